//! What the window may touch: the shell through one file, event content as text alone.

use crate::Fault;
use crate::tree::File;
use crate::words;

/// The only file that may import the shell.
const DOOR: &str = "ui/src/ipc/tauri.ts";

/// Ways to turn text into markup or code.
const SINKS: &[&str] = &[
    "{@html",
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "createContextualFragment",
    "document.write",
    "eval(",
    "new Function(",
    "srcdoc",
];

const SOURCES: &[&str] = &["ts", "js", "mjs", "svelte", "html"];

/// Finds files of the window besides the one door that import the shell.
pub fn check_door(files: &[File]) -> Vec<Fault> {
    let elsewhere = files.iter().filter(|file| file.path != DOOR);
    find(
        elsewhere,
        &["@tauri-apps/"],
        "Ask for it in ui/src/ipc/backend.ts and import it in ui/src/ipc/tauri.ts alone",
    )
}

/// Finds ways by which a feed's text could become markup or code.
pub fn check_sinks(files: &[File]) -> Vec<Fault> {
    find(files.iter(), SINKS, "Show it as a text node: {value}")
}

fn find<'a>(files: impl Iterator<Item = &'a File>, signs: &[&str], mend: &'static str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.filter(|file| file.path.starts_with("ui/src/") && file.is_any(SOURCES)) {
        for (index, line) in file.text.lines().enumerate() {
            for sign in signs.iter().filter(|sign| words::has(line, sign)) {
                let what = format!("`{sign}` is used");
                faults.push(Fault { path: file.path.clone(), line: index + 1, what, mend });
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_an_import_of_the_shell_beside_the_door() {
        let import = "import { invoke } from '@tauri-apps/api/core';";
        let files = [
            File::new(DOOR, import),
            File::new("ui/src/views/App.svelte", &format!("<script>\n{import}")),
            File::new("ui/package.json", import),
        ];
        let faults = check_door(&files);
        assert_eq!(faults.len(), 1);
        assert_eq!((faults[0].path.as_str(), faults[0].line), ("ui/src/views/App.svelte", 2));
    }

    #[test]
    fn finds_every_way_to_turn_text_into_markup() {
        for sink in SINKS {
            let file = File::new("ui/src/parts/Body.svelte", &format!("<p>\n{sink}"));
            assert_eq!(check_sinks(&[file]).len(), 1, "{sink}");
        }
        let harmless = File::new(
            "ui/src/parts/Body.svelte",
            "<p>{event.body}</p> node.textContent = body; retrieval(1)",
        );
        assert_eq!(check_sinks(&[harmless]), []);
    }
}
