//! What the window may touch: the shell through one file, event content as text alone.

use crate::Fault;
use crate::tree::File;
use crate::words;

/// The only file written by hand that may import the shell.
const DOOR: &str = "ui/src/ipc/tauri.ts";

/// The file the shell's commands write; it imports the shell, so its values are for the door and its types for all.
const BINDINGS: &str = "ui/src/ipc/bindings.ts";

/// The door's own test, which plays the shell's side of it.
const DOOR_TEST: &str = "ui/src/ipc/tauri.test.ts";

const DOOR_MEND: &str = "Ask for it in ui/src/ipc/backend.ts and import it in ui/src/ipc/tauri.ts alone";

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

/// Finds files of the window besides the one door that import the shell, or more than types of its bindings.
pub fn check_door(files: &[File]) -> Vec<Fault> {
    let elsewhere = |file: &&File| ![DOOR, BINDINGS, DOOR_TEST].contains(&file.path.as_str());
    let mut faults = find(files.iter().filter(elsewhere), &["@tauri-apps/"], DOOR_MEND);
    for file in files.iter().filter(elsewhere).filter(is_window) {
        let values = ["/bindings\"", "/bindings'"].into_iter().flat_map(|end| file.text.match_indices(end));
        for (at, _) in values.filter(|(at, _)| !is_type_import(&file.text[..*at])) {
            let line = file.text[..at].matches('\n').count() + 1;
            let what = "values of the bindings are imported".to_owned();
            faults.push(Fault { path: file.path.clone(), line, what, mend: DOOR_MEND });
        }
    }
    faults
}

/// Whether the last import or export that begins in `before` is one of types.
fn is_type_import(before: &str) -> bool {
    let start = before.rfind("import").max(before.rfind("export"));
    start.is_some_and(|start| before[start + "import".len()..].starts_with(" type "))
}

fn is_window(file: &&File) -> bool {
    file.path.starts_with("ui/src/") && file.is_any(SOURCES)
}

/// Finds ways by which a feed's text could become markup or code.
pub fn check_sinks(files: &[File]) -> Vec<Fault> {
    find(files.iter(), SINKS, "Show it as a text node: {value}")
}

fn find<'a>(files: impl Iterator<Item = &'a File>, signs: &[&str], mend: &'static str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.filter(is_window) {
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
    fn lets_everyone_have_the_types_of_the_bindings_and_the_door_alone_their_values() {
        for (import, is_fault) in [
            ("import type { Feed } from \"../ipc/bindings\";", false),
            ("import type {\n  Feed,\n} from '../ipc/bindings';", false),
            ("import { commands } from \"../ipc/bindings\";", true),
            ("import {\n  commands,\n} from '../ipc/bindings';", true),
            ("import type { Feed } from './x';\nawait import('../ipc/bindings');", true),
            ("export * from \"../ipc/bindings\";", true),
        ] {
            assert_eq!(
                check_door(&[File::new("ui/src/state/x.ts", import)]).len(),
                usize::from(is_fault),
                "{import}"
            );
            assert_eq!(check_door(&[File::new(DOOR, import)]), []);
        }
        assert_eq!(
            check_door(&[File::new(BINDINGS, "import { invoke } from \"@tauri-apps/api/core\";")]),
            []
        );
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
