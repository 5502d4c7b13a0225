//! What the generator writes, as man and shells look for it.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

fn write() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let status =
        Command::new(env!("CARGO_BIN_EXE_tidings-packaging")).arg(folder.path()).status().expect("it runs");
    assert!(status.success());
    folder
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn both_programs_and_every_command_have_a_page() {
    let folder = write();
    let app = read(folder.path(), "man/tidings.1");
    assert!(app.contains("Desktop notifications from any") && app.contains(r"\-\-profile"), "{app}");
    let terminal = read(folder.path(), "man/tidings-cli.1");
    for command in tidings_cli::command().get_subcommands() {
        let name = format!("tidings-cli-{}", command.get_name());
        assert!(terminal.contains(&name.replace('-', r"\-")), "the page of tidings-cli names {name}");
        assert!(read(folder.path(), &format!("man/{name}.1")).contains(".SH SYNOPSIS"), "{name}");
    }
}

#[test]
fn both_programs_are_completed_by_three_shells() {
    let folder = write();
    let file = |name: &str| read(folder.path(), &format!("completions/{name}"));
    for (app, terminal) in [
        ("bash/tidings.bash", "bash/tidings-cli.bash"),
        ("fish/tidings.fish", "fish/tidings-cli.fish"),
        ("zsh/_tidings", "zsh/_tidings-cli"),
    ] {
        assert!(file(app).contains("profile"), "{app}");
        for command in tidings_cli::command().get_subcommands() {
            assert!(file(terminal).contains(command.get_name()), "{terminal}: {}", command.get_name());
        }
    }
}
