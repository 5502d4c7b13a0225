//! What the tests stand on: a scripted server that says exactly what it is told, and the standard's cases as data.
//!
//! A [`Script`] holds the [`Answer`]s to each request, a [`Server`] plays it on the loopback and records the
//! requests, and [`cases()`] gives the cases of `tests/data/sse-cases.json`. A [`Proxy`] does one [`Fault`] in one
//! [`Phase`] to what passes between a feed and any server.

mod addresses;
mod answer;
mod cases;
mod desktop;
mod expect;
mod fault;
mod house;
mod keyring;
mod log;
mod request;
mod script;
mod server;
mod view;
mod wire;

pub use addresses::{FINE, HOSTILE, PLACES, carry};
pub use answer::{Answer, Framing, Piece, Then, Version};
pub use cases::{Cases, Client, ConnCase, ExpectedEvent, Level, ParseCase, ParseExpect, cases};
pub use desktop::Popups;
pub use expect::{ConnExpect, Gap, RequestExpect};
pub use fault::{Fault, Phase, Proxy};
pub use house::{House, all, draft, stored, until};
pub use keyring::{Drawer, Mute};
pub use log::Log;
pub use request::{Origin, Request};
pub use script::Script;
pub use server::Server;
pub use view::view;
