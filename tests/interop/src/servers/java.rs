//! Spring's SseEmitter on Tomcat.

use std::process::Command;

use futures_util::FutureExt as _;

use super::ours;
use crate::place::{Place, Source};
use crate::subject::{Nature, Subject};

pub(super) const SUBJECTS: &[Subject] = &[Subject {
    name: "Spring SseEmitter",
    parts: &[Source::Apt("libspring-web-servlet-java"), Source::Apt("libtomcat9-java")],
    start: |place| ours(place, "spring", |port| spring(place, port)).boxed(),
    nature: Nature { keeps_lines: false, ..Nature::WHOLE },
}];

fn spring(place: &Place, port: u16) -> Command {
    let mut command = Command::new("java");
    command.args(["-Xmx128m", "-cp"]);
    command.arg(format!("{}:/usr/share/java/*", place.installed("java").display()));
    command.arg("SpringApp").env("PORT", port.to_string());
    command
}
