//! Servers, proxies and networks that others wrote, against the whole engine: what works with each, as a table.
//!
//! A [`Subject`] is one server with what it can do by nature; [`course`] takes it through every check. A [`Passage`] is
//! something between a feed and its server, with what happens there and what a person sees of it. A check that doesn't
//! hold panics, as in a test, and becomes a cell of the table.

pub mod between;
mod course;
mod line;
mod passage;
mod place;
mod program;
pub mod servers;
mod stage;
mod subject;
mod table;
pub mod uses;

pub use course::{Cell, Checked, course};
pub use line::Line;
pub use passage::{Passage, Passed, pass};
pub use place::{Place, Source};
pub use program::Program;
pub use stage::Stage;
pub use subject::{Control, Nature, Site, Start, Subject};
pub use table::{happens_table, servers_table};
