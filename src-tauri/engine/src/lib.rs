#![doc = include_str!("../ARCHITECTURE.md")]

pub mod clock;
pub mod engine;
pub mod event;
pub mod format;
pub mod id;
pub mod notify;
pub mod preset;
pub mod settings;
pub mod update;
