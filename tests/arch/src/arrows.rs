//! Which room of the engine may know which others.

use crate::Fault;
use crate::tokens::{self, Kind, Token};
use crate::tree::File;

/// Where the engine's rooms are.
pub const ENGINE: &str = "src-tauri/engine/src/";

/// The rooms of the engine, each with those it may use; `engine` sees them all.
///
/// A room uses only rooms above it in this table, so no two need each other.
pub const ARROWS: &[(&str, &[&str])] = &[
    ("id", &[]),
    ("clock", &[]),
    ("event", &["id"]),
    ("state", &[]),
    ("picture", &[]),
    ("settings", &["id", "event"]),
    ("language", &["settings"]),
    ("update", &["id", "event", "state", "settings"]),
    ("secrets", &["id", "settings"]),
    ("roster", &["id", "settings"]),
    ("transport", &["clock", "event"]),
    ("gallery", &["id", "picture", "transport"]),
    ("health", &["id", "clock", "state"]),
    ("connection", &["clock", "event", "health", "transport"]),
    ("wake", &["connection"]),
    ("supervisor", &["id", "clock", "event", "transport", "connection"]),
    ("format", &["event", "settings"]),
    ("preset", &["event", "settings", "language", "transport", "format"]),
    ("rules", &["id", "event", "settings"]),
    ("history", &["id", "clock", "event", "update", "health"]),
    ("exchange", &["id", "event", "update", "format", "history"]),
    ("chart", &["id", "event", "update", "rules", "history"]),
    ("notify", &["id", "clock", "event", "language", "format"]),
    (
        "pipeline",
        &[
            "id",
            "clock",
            "event",
            "update",
            "transport",
            "health",
            "connection",
            "supervisor",
            "preset",
            "rules",
            "settings",
            "format",
            "history",
            "notify",
            "gallery",
        ],
    ),
];

/// The room that sees all others.
pub const TOP: &str = "engine";

/// What mends an arrow that isn't in the table.
const MEND: &str = "Hand the thing over as data, or add the arrow to ARROWS in tests/arch and to ARCHITECTURE.md in the same commit";

/// Gives the rooms that `room` may use, all of `rooms` for the top one, `None` for a room the table doesn't name.
pub fn allowed<'a>(room: &str, table: &[(&'a str, &'a [&'a str])]) -> Option<Vec<&'a str>> {
    if room == TOP {
        return Some(table.iter().map(|(name, _)| *name).collect());
    }
    table.iter().find(|(name, _)| *name == room).map(|(_, may_use)| may_use.to_vec())
}

/// Finds paths into rooms that the table doesn't allow, and rooms it doesn't name.
pub fn check(files: &[File], table: &[(&str, &[&str])]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.is_any(&["rs"])) {
        let Some((room, depth)) = file.path.strip_prefix(ENGINE).and_then(place) else { continue };
        let fault = |line, what, mend| Fault { path: file.path.clone(), line, what, mend };
        let Some(allowed) = allowed(room, table) else {
            let what = format!("the room `{room}` is not in the table of arrows");
            faults.push(fault(1, what, "Name it in ARROWS in tests/arch, with the rooms it may use"));
            continue;
        };
        for (line, used) in rooms_used(&tokens::read(&file.text), depth, table) {
            if used != room && !allowed.contains(&used) {
                faults.push(fault(line, format!("`{room}` uses `{used}`"), MEND));
            }
        }
    }
    faults
}

/// Gives the room a file belongs to and how deep its module lies; `None` for the crate's root.
fn place(path: &str) -> Option<(&str, usize)> {
    let module = path.strip_suffix(".rs")?;
    let module = module.strip_suffix("/mod").unwrap_or(module);
    let room = module.split('/').next()?;
    (room != "lib").then(|| (room, module.split('/').count()))
}

/// Finds the rooms that paths from the crate's root name, written as `crate::` or as enough `super::`.
fn rooms_used<'a>(tokens: &[Token<'a>], depth: usize, table: &[(&str, &[&str])]) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    let mut inline = Inline::default();
    let mut at = 0;
    while at < tokens.len() {
        inline.step(&tokens[at..]);
        let climbed = supers(&tokens[at..]);
        if tokens[at].kind == Kind::Word("crate") && is_mark(tokens.get(at + 1), "::") {
            found.extend(heads(&tokens[at + 2..]));
        } else if climbed > 0 && climbed == depth + inline.depth() {
            let names = heads(&tokens[at + 2 * climbed..]);
            found.extend(names.into_iter().filter(|(_, name)| allowed(name, table).is_some()));
        }
        at += (2 * climbed).max(1);
    }
    found
}

/// Counts how many `super::` stand at the start.
fn supers(tokens: &[Token<'_>]) -> usize {
    let is_super = |pair: &&[Token<'_>]| pair[0].kind == Kind::Word("super") && is_mark(pair.get(1), "::");
    tokens.chunks(2).take_while(is_super).count()
}

/// Gives the first name of a path, or of every path in a group.
fn heads<'a>(tokens: &[Token<'a>]) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    let (mut depth, mut is_start) = (0_usize, true);
    for token in tokens {
        match token.kind {
            Kind::Word(name) if is_start && depth <= 1 => found.push((token.line, name)),
            Kind::Mark("{") => depth += 1,
            Kind::Mark("}") => depth = depth.saturating_sub(1),
            Kind::Word(_) | Kind::Mark(_) => {}
        }
        if depth == 0 {
            break;
        }
        is_start = depth == 1 && matches!(token.kind, Kind::Mark("{" | ","));
    }
    found
}

/// The modules written inside the file that a token lies in.
#[derive(Default)]
struct Inline {
    braces: usize,
    opened_at: Vec<usize>,
}

impl Inline {
    fn step(&mut self, tokens: &[Token<'_>]) {
        if tokens[0].kind == Kind::Word("mod") && is_mark(tokens.get(2), "{") {
            self.opened_at.push(self.braces);
        } else if is_mark(tokens.first(), "{") {
            self.braces += 1;
        } else if is_mark(tokens.first(), "}") {
            self.braces = self.braces.saturating_sub(1);
            self.opened_at.pop_if(|opened_at| *opened_at == self.braces);
        }
    }

    fn depth(&self) -> usize {
        self.opened_at.len()
    }
}

fn is_mark(token: Option<&Token<'_>>, mark: &str) -> bool {
    token.is_some_and(|token| token.kind == Kind::Mark(mark))
}

#[cfg(test)]
mod tests;
