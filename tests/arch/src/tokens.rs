//! Rust source as words and marks, without comments and strings: as much of the grammar as paths need.

/// A word or a mark, and its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind<'a>,
    /// Its line, from 1.
    pub line: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// A keyword, a name or a number.
    Word(&'a str),
    /// Any other sign; a path's `::` is one mark, every other one is a single character.
    Mark(&'a str),
}

/// Cuts source into tokens.
pub fn read(source: &str) -> Vec<Token<'_>> {
    let mut scan = Scan { rest: source, line: 1 };
    let mut tokens = Vec::new();
    while let Some(first) = scan.rest.chars().next() {
        if let Some(length) = skipped(scan.rest) {
            scan.take(length);
            continue;
        }
        let line = scan.line;
        let kind = if is_word(first) {
            Kind::Word(scan.take(word_length(scan.rest)))
        } else if scan.rest.starts_with("::") {
            Kind::Mark(scan.take(2))
        } else {
            Kind::Mark(scan.take(first.len_utf8()))
        };
        tokens.push(Token { kind, line });
    }
    tokens
}

struct Scan<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Scan<'a> {
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken
    }
}

/// Measures what is no token at the start of `rest`: white space, a comment, a string, a character.
fn skipped(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    if first.is_whitespace() {
        return Some(first.len_utf8());
    }
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(block_comment(rest));
    }
    let prefix = ["br", "cr", "b", "c", "r"].into_iter().find(|prefix| {
        rest.strip_prefix(prefix).is_some_and(|after| after.trim_start_matches('#').starts_with('"'))
    });
    let prefix = prefix.unwrap_or("");
    let quoted = &rest[prefix.len()..];
    if prefix.ends_with('r') {
        return Some(prefix.len() + raw_string(quoted));
    }
    if quoted.starts_with('"') {
        return Some(prefix.len() + string(quoted));
    }
    (first == '\'').then(|| character(rest))
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(close) = rest[at..].find("*/") {
        let open = rest[at..].find("/*").unwrap_or(usize::MAX);
        if open < close {
            depth += 1;
            at += open + 2;
        } else {
            depth = depth.saturating_sub(1);
            at += close + 2;
            if depth == 0 {
                return at;
            }
        }
    }
    rest.len()
}

fn raw_string(quoted: &str) -> usize {
    let hashes = quoted.len() - quoted.trim_start_matches('#').len();
    let end = format!("\"{}", "#".repeat(hashes));
    let inside = hashes + 1;
    quoted[inside..].find(&end).map_or(quoted.len(), |at| inside + at + end.len())
}

fn string(quoted: &str) -> usize {
    let mut escaped = false;
    for (at, sign) in quoted.char_indices().skip(1) {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    quoted.len()
}

/// Measures a character literal, or only the tick where it begins a lifetime.
fn character(rest: &str) -> usize {
    let mut signs = rest.char_indices().skip(1);
    match (signs.next(), signs.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let after = at + escaped.len_utf8();
            rest[after..].find('\'').map_or(rest.len(), |end| after + end + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

fn word_length(rest: &str) -> usize {
    rest.find(|sign| !is_word(sign)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<&str> {
        read(source)
            .into_iter()
            .map(|token| match token.kind {
                Kind::Word(text) | Kind::Mark(text) => text,
            })
            .collect()
    }

    #[test]
    fn keeps_words_and_marks_with_their_lines() {
        assert_eq!(
            texts("use crate::id::{A, B};"),
            ["use", "crate", "::", "id", "::", "{", "A", ",", "B", "}", ";"]
        );
        assert_eq!(read("a\n\nb")[1], Token { kind: Kind::Word("b"), line: 3 });
    }

    #[test]
    fn skips_comments_even_nested_ones() {
        assert_eq!(texts("a // crate::x\nb /* c /* d */ e */ f /* g"), ["a", "b", "f"]);
    }

    #[test]
    fn skips_strings_of_every_kind() {
        assert_eq!(texts(r##"a "b \" {" r"c\" r#"d " e"# b"f" br#"g"# h "i"##), ["a", "h"]);
    }

    #[test]
    fn tells_characters_from_lifetimes() {
        assert_eq!(texts(r"'{' '\'' '\u{7b}' 'ü' &'a str"), ["&", "a", "str"]);
    }

    #[test]
    fn counts_the_lines_inside_what_it_skips() {
        assert_eq!(read("\"one\ntwo\" /*\n*/ a")[0].line, 3);
    }
}
