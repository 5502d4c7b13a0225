#![doc = include_str!("../ARCHITECTURE.md")]

pub mod clock;
pub mod connection;
pub mod event;
pub mod format;
pub mod id;
pub mod preset;
pub mod secrets;
pub mod settings;
pub mod supervisor;
pub mod transport;
pub mod update;
