//! The servers that are taken through the course.

mod node;
mod python;

use std::process::Command;

use crate::line::Line;
use crate::place::{Place, free_port};
use crate::program::Program;
use crate::subject::{Control, Site, Subject};

/// Every server.
pub fn all() -> Vec<Subject> {
    [node::SUBJECTS, python::SUBJECTS].concat()
}

/// Starts one of our programs with `{port}` in its arguments; it has the paths of [`Control::Ours`].
async fn ours(place: &Place, name: &str, command: impl FnOnce(u16) -> Command) -> Site {
    let port = free_port();
    let program = Program::start(name, &mut command(port), port, &place.installed("logs")).await;
    let base = format!("http://127.0.0.1:{port}");
    Site { url: format!("{base}/events"), control: Control::Ours { base }, programs: vec![program] }
}

/// The same behind a line that can be cut, for a library that has no way to drop us.
async fn behind_a_line(mut site: Site) -> Site {
    let Control::Ours { base } = site.control else { return site };
    let port = base.rsplit(':').next().and_then(|port| port.parse().ok()).expect("the address has a port");
    let line = Line::to(port).await;
    site.url = format!("http://127.0.0.1:{}/events", line.port());
    site.control = Control::Cut { base, line };
    site
}
