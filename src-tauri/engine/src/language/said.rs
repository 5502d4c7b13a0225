//! Sentences found again by their English, with what stands in their holes.

use super::{GERMAN, Language};

/// Stands in a sentence of the tables for any words, which are looked for in turn.
const HOLE: &str = "{}";
/// A sentence in a sentence in a sentence is the deepest there is.
const DEEPEST: usize = 3;

impl Language {
    /// Gives the sentences of this language by their English; none for English itself.
    ///
    /// A `{}` in both stands for the same words, in the order in which they come.
    pub fn sentences(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let tables: &[&[(&str, &str)]] = match self {
            Self::English => &[],
            Self::German => GERMAN,
        };
        tables.iter().copied().flatten().copied()
    }

    /// Says a sentence of the engine in this language; one that isn't known stays as it is.
    pub fn said(self, english: &str) -> String {
        self.deep(english, DEEPEST)
    }

    fn deep(self, english: &str, depth: usize) -> String {
        let found = self.sentences().find_map(|(known, other)| Some((holes(known, english)?, other)));
        let Some((filled, other)) = found.filter(|_| depth > 0) else { return english.to_owned() };
        let mut said = String::new();
        let mut filled = filled.into_iter();
        for (place, piece) in other.split(HOLE).enumerate() {
            if place > 0 {
                said.push_str(&self.deep(filled.next().unwrap_or_default(), depth - 1));
            }
            said.push_str(piece);
        }
        said
    }
}

/// What stands in the holes of a sentence, where it is this one; each holds as little as it can.
fn holes<'a>(known: &str, said: &'a str) -> Option<Vec<&'a str>> {
    let mut pieces = known.split(HOLE);
    let mut rest = said.strip_prefix(pieces.next()?)?;
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty().then(Vec::new);
    }
    let mut filled = Vec::new();
    while let Some(piece) = pieces.next() {
        let end = if pieces.peek().is_none() { rest.strip_suffix(piece)?.len() } else { rest.find(piece)? };
        filled.push(&rest[..end]);
        rest = &rest[end + piece.len()..];
    }
    Some(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_hold_what_stands_between_the_pieces() {
        let table: [(&str, &str, Option<&[&str]>); 8] = [
            ("It is open.", "It is open.", Some(&[])),
            ("It is open.", "It is open. Or not.", None),
            ("{} is down", "a is down", Some(&["a"])),
            ("{} is down", "a is up", None),
            ("from {} to {}.", "from 1 to 2.", Some(&["1", "2"])),
            ("from {} to {}.", "from 1 to 2 to 3.", Some(&["1", "2 to 3"])),
            ("refused: {}", "refused: ", Some(&[""])),
            ("a{}a", "a", None),
        ];
        for (known, said, filled) in table {
            assert_eq!(holes(known, said).as_deref(), filled, "{known}");
        }
    }

    #[test]
    fn sentences_are_said_with_what_they_hold() {
        let german = |english: &str| Language::German.said(english);
        assert_eq!(german("The server ended the stream."), "Der Server hat den Datenstrom beendet.");
        assert_eq!(
            german("There is no feed at this address. Check the path. (404 Not Found)"),
            "Unter dieser Adresse gibt es keinen Feed. Den Pfad prüfen. (404 Not Found)"
        );
        assert_eq!(
            german("ended after 1.5 s: Nothing came for 90 s, not even a sign of life."),
            "endete nach 1.5 s: 90 s lang kam nichts, nicht einmal ein Lebenszeichen."
        );
        assert_eq!(german("A word of somebody else"), "A word of somebody else");
        assert_eq!(Language::English.said("The server ended the stream."), "The server ended the stream.");
    }
}
