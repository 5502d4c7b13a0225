//! Servers written in Rust.

use std::path::PathBuf;
use std::process::Command;

use futures_util::FutureExt as _;

use super::ours;
use crate::place::{Place, Source};
use crate::subject::{Nature, Site, Subject};

/// axum, which is built with this package.
pub const AXUM: Subject = Subject {
    name: "axum",
    parts: &[Source::Crate("axum", "Cargo.lock")],
    start: |place| {
        let beside = std::env::current_exe().expect("a program knows where it is");
        // Tests lie one folder further down.
        let mut folders = beside.ancestors().skip(1);
        let program = folders
            .find_map(|folder| Some(folder.join("tidings-interop-axum")).filter(|file| file.is_file()));
        rust(place, "axum", program.expect("cargo builds it with this package")).boxed()
    },
    nature: Nature::WHOLE,
};

pub(super) const SUBJECTS: &[Subject] = &[
    AXUM,
    Subject {
        name: "actix",
        parts: &[
            Source::Crate("actix-web", "tests/interop/servers/actix/Cargo.lock"),
            Source::Crate("actix-web-lab", "tests/interop/servers/actix/Cargo.lock"),
        ],
        start: |place| rust(place, "actix", place.installed("rust/debug/tidings-interop-actix")).boxed(),
        nature: Nature::WHOLE,
    },
];

async fn rust(place: &Place, name: &str, program: PathBuf) -> Site {
    ours(place, name, |port| {
        let mut command = Command::new(program);
        command.env("PORT", port.to_string());
        command
    })
    .await
}
