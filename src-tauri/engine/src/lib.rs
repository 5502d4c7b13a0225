#![doc = include_str!("../ARCHITECTURE.md")]

pub mod clock;
pub mod engine;
pub mod event;
pub mod history;
pub mod id;
pub mod settings;
pub mod update;
