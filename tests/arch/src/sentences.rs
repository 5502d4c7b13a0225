//! What the engine says to people, held against its German.

use crate::Fault;
use crate::arrows::ENGINE;
use crate::tree::File;

/// Where the tables are.
const TABLES: &str = "src-tauri/engine/src/language/german/";
/// Who says what is in them.
const SPEAKERS: &[&str] = &[ENGINE, "src-tauri/host/src/", "src-tauri/src/"];
/// What is said in these is for a log, a command line or an event's own text, or has its German beside it.
const ENGLISH: &[&str] = &[
    "src-tauri/engine/src/language/",
    "src-tauri/engine/src/preset/",
    "src-tauri/engine/src/engine/diagnostics.rs",
    "src-tauri/engine/src/engine/start.rs",
    "src-tauri/engine/src/engine/lock.rs",
    "src-tauri/engine/src/history/look.rs",
    "src-tauri/engine/src/engine/register.rs",
    "src-tauri/host/src/control/",
    "src-tauri/host/src/run.rs",
    "src-tauri/src/app.rs",
    "src-tauri/src/arguments.rs",
    "src-tauri/src/display.rs",
];

/// Finds sentences without German, and German of what nobody says.
pub fn check(files: &[File]) -> Vec<Fault> {
    let is_table = |file: &&File| file.path.starts_with(TABLES) && !file.path.ends_with("/mod.rs");
    let tables: Vec<&File> = files.iter().filter(is_table).collect();
    let pairs: Vec<(&File, Said)> = tables
        .iter()
        .flat_map(|file| literals(&file.text).into_iter().map(move |said| (*file, said)))
        .collect();
    let known: Vec<&str> = pairs.iter().step_by(2).map(|(_, said)| said.words.as_str()).collect();
    let speakers: Vec<&File> = files.iter().filter(|file| speaks(&file.path)).collect();
    let mut faults = Vec::new();
    for file in speakers.iter().filter(|file| !ENGLISH.iter().any(|path| file.path.starts_with(path))) {
        for said in literals(product(&file.text)).into_iter().filter(|said| is_sentence(&said.words)) {
            if !known.iter().any(|known| is_part(&said.words, known)) {
                let what = format!("“{}” has no German", said.words);
                faults.push(Fault {
                    path: file.path.clone(),
                    line: said.line,
                    what,
                    mend: "Add it to the tables in language/german",
                });
            }
        }
    }
    let all: String = speakers
        .iter()
        .filter(|file| !file.path.starts_with(TABLES))
        .map(|file| joined(&file.text))
        .collect();
    for (file, said) in pairs.iter().step_by(2) {
        // What is put together of two sentences is looked for by each of them.
        let parts = pieces(&said.words);
        if !parts.iter().flat_map(|piece| piece.split(". (")).all(|part| all.contains(part.trim())) {
            let what = format!("nobody says “{}”", said.words);
            faults.push(Fault {
                path: file.path.clone(),
                line: said.line,
                what,
                mend: "Follow the sentence it was made of",
            });
        }
    }
    faults
}

struct Said {
    words: String,
    line: usize,
}

fn speaks(path: &str) -> bool {
    SPEAKERS.iter().any(|room| path.starts_with(room))
        && path.ends_with(".rs")
        && !path.contains("test")
        && !path.contains("hostile")
}

/// What ships of a file: its tests come last.
fn product(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod ").next().unwrap_or(text)
}

/// A whole sentence for people begins with a capital or a hole and ends with a stop.
fn is_sentence(words: &str) -> bool {
    let opens = words.starts_with(|first: char| first.is_uppercase() || first == '“');
    opens && words.ends_with('.') && words.contains(' ')
}

/// What stands between the holes of a sentence, however these are written.
fn pieces(words: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut rest = words;
    while let Some(first) = rest.chars().next() {
        let hole =
            rest.strip_prefix('{').filter(|after| !after.starts_with('{')).and_then(|after| after.find('}'));
        match hole {
            Some(end) => {
                pieces.push(String::new());
                rest = &rest[end + 2..];
            }
            None => {
                pieces.last_mut().expect("there is one from the start").push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    pieces
}

/// Whether a sentence is one of a table, or a part of one that is put together.
fn is_part(words: &str, known: &str) -> bool {
    let mut rest = known;
    pieces(words).iter().all(|piece| match rest.find(piece.as_str()) {
        Some(at) => {
            rest = &rest[at + piece.len()..];
            true
        }
        None => false,
    })
}

/// The text with its broken strings joined, as the compiler reads them.
fn joined(text: &str) -> String {
    let mut lines = text.split("\\\n");
    let first = lines.next().unwrap_or_default().to_owned();
    lines
        .fold(first, |all, line| all + line.trim_start())
        .replace("\\\"", "\"")
        .replace("\\\\", "\\")
        .replace("{{", "{")
        .replace("}}", "}")
}

/// The strings of a source, with their lines; reasons, expectations and what is logged are for nobody else.
fn literals(text: &str) -> Vec<Said> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(at) = rest.find(['"', '/']) {
        line += rest[..at].matches('\n').count();
        let before = rest[..at].trim_end();
        rest = &rest[at..];
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
            continue;
        }
        if rest.starts_with('/') || before.ends_with('\'') || before.ends_with("'\\") {
            rest = &rest[1..];
            continue;
        }
        let end = end_of(rest);
        let words = joined(&rest[1..end]);
        if !before.ends_with("expect(") && !before.ends_with("reason =") && !before.ends_with("doc =") {
            found.push(Said { words, line });
        }
        line += rest[..end].matches('\n').count();
        rest = &rest[(end + 1).min(rest.len())..];
    }
    found
}

/// Where a string that begins the text ends.
fn end_of(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            '"' if !escaped => return at,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "src-tauri/engine/src/language/german/feeds.rs";
    const ROOM: &str = "src-tauri/engine/src/transport/fault.rs";

    fn faults(table: &str, room: &str) -> Vec<String> {
        let files = [File::new(TABLE, table), File::new(ROOM, room)];
        check(&files)
            .into_iter()
            .map(|fault| format!("{}:{}: {}", fault.path, fault.line, fault.what))
            .collect()
    }

    #[test]
    fn a_sentence_needs_its_german_whatever_its_holes_are_called() {
        let table = r#"[("It broke.", "Kaputt."), ("{} is gone, “{}” is not.", "{} ist weg, „{}“ nicht.")]"#;
        assert_eq!(
            faults(table, "f(\"It broke.\"); g(\"{name} is gone, “{0:?}” is not.\"); // \"And this.\""),
            Vec::<String>::new()
        );
        assert_eq!(
            faults(table, "\n\"It \\\n    broke.\"; \"{} is gone, “{}” is not.\"; \"It is new.\""),
            [format!("{ROOM}:3: “It is new.” has no German")]
        );
        let aside = "\"It broke.\"; \"{} is gone, “{}” is not.\"; x.expect(\"It is there.\"); \"no sentence\"\n#[cfg(test)]\nmod tests { \"It is odd.\" }";
        assert_eq!(faults(table, aside), Vec::<String>::new());
    }

    #[test]
    fn german_of_what_nobody_says_is_found() {
        assert_eq!(
            faults("\n(\"It broke.\", \"Kaputt.\")", "\"It broke off.\""),
            [
                format!("{ROOM}:1: “It broke off.” has no German"),
                format!("{TABLE}:2: nobody says “It broke.”"),
            ]
        );
    }
}
