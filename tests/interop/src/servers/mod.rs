//! The servers that are taken through the course.

mod home_assistant;
mod java;
mod nginx;
mod node;
mod pushpin;
mod python;
mod rust;
mod unprompted;

pub use rust::AXUM;

pub(crate) use node::{broadcaster, ticker};
pub(crate) use python::{instance, redis};

use std::process::Command;

use crate::line::Line;
use crate::passage::Passage;
use crate::place::{Place, free_port};
use crate::program::Program;
use crate::subject::{Control, Site, Subject};

/// Every server.
pub fn all() -> Vec<Subject> {
    [node::SUBJECTS, python::SUBJECTS, rust::SUBJECTS, nginx::SUBJECTS, pushpin::SUBJECTS, java::SUBJECTS]
        .concat()
}

/// Servers that speak by themselves, or only as they were scripted to.
pub fn unprompted() -> Vec<Passage> {
    [unprompted::PASSAGES, home_assistant::PASSAGES].concat()
}

/// Starts one of our programs with `{port}` in its arguments; it has the paths of [`Control::Ours`].
async fn ours(place: &Place, name: &str, command: impl FnOnce(u16) -> Command) -> Site {
    ours_at(place, name, free_port(), command).await
}

async fn ours_at(place: &Place, name: &str, port: u16, command: impl FnOnce(u16) -> Command) -> Site {
    let program =
        Program::start(&format!("{name}-{port}"), &mut command(port), port, &place.installed("logs")).await;
    let base = format!("http://127.0.0.1:{port}");
    Site {
        url: format!("{base}/events"),
        control: Control::Ours { base },
        programs: vec![program],
        folder: None,
    }
}

/// The same behind a line that can be cut, for a library that has no way to drop us.
async fn behind_a_line(mut site: Site) -> Site {
    let line = Line::to(site.port()).await;
    let Control::Ours { base } = site.control else { return site };
    site.url = format!("http://127.0.0.1:{}/events", line.port());
    site.control = Control::Cut { base, line };
    site
}
