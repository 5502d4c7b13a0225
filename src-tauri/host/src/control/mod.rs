//! The way to an engine in another process: a socket that only this person's programs may use (on Windows a pipe), and lines
//! of JSON on it.
//!
//! Both sides greet first, each with its version. Programs of another version are heard only where they ask the engine to
//! finish: greeting and finishing stay as they are for ever, all else may change with every version.

mod client;
mod door;
pub mod link;
pub mod place;
mod server;
pub mod start;
#[cfg(test)]
mod tests;
mod wire;
pub mod words;

pub use link::{End, Link, LinkError};
pub use server::Server;
