#![doc = include_str!("../ARCHITECTURE.md")]

/// Secrets as [`secrets`] takes them.
pub use secrecy;

pub mod chart;
pub mod clock;
pub mod connection;
pub mod engine;
pub mod event;
pub mod exchange;
pub mod format;
pub mod gallery;
pub mod health;
pub mod history;
pub mod id;
pub mod language;
pub mod notify;
pub mod picture;
pub mod pipeline;
pub mod preset;
pub mod roster;
pub mod rules;
pub mod secrets;
pub mod settings;
pub mod state;
pub mod supervisor;
pub mod transport;
pub mod update;
pub mod wake;
