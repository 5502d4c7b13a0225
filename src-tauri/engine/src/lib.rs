#![doc = include_str!("../ARCHITECTURE.md")]

pub mod clock;
pub mod connection;
pub mod engine;
pub mod event;
pub mod id;
pub mod secrets;
pub mod settings;
pub mod supervisor;
pub mod transport;
pub mod update;
