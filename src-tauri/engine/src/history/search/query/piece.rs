//! How a search text falls into words, phrases and filters.

use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use super::{Wrong, distance};

/// The filters there are.
const KEYS: [&str; 8] = ["feed", "type", "group", "priority", "is", "has", "before", "after"];

/// Shorter filters have neighbours that are words of their own, as "id:".
const GUESSED_FROM: usize = 4;

/// One term of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it stands, in characters.
    pub(super) place: Range<usize>,
    /// Whether a minus stands before it.
    pub(super) not: bool,
    /// The filter's name, in lower case; or one so much like a filter's that it must be a slip.
    pub(super) key: Option<String>,
    /// What is looked for, without quotation marks.
    pub(super) value: String,
    /// Whether an asterisk stands after it.
    pub(super) prefix: bool,
}

impl Piece {
    pub(super) fn wrong(&self, message: String, mend: String) -> Wrong {
        Wrong { place: self.place.clone(), message, mend }
    }
}

/// Splits a search text. A quotation mark without a partner holds until the end, as while it is being typed.
pub(super) fn split(text: &str) -> Vec<Piece> {
    let chars: Vec<(usize, char)> = text.chars().enumerate().collect();
    let end = chars.len();
    let mut rest = chars.into_iter().peekable();
    let mut pieces = Vec::new();
    while let Some(&(start, char)) = rest.peek() {
        if char.is_whitespace() {
            rest.next();
            continue;
        }
        let piece = next(start, &mut rest);
        let until = rest.peek().map_or(end, |&(at, _)| at);
        pieces.push(Piece { place: start..until, ..piece });
    }
    pieces
}

type Rest = Peekable<IntoIter<(usize, char)>>;

fn next(start: usize, rest: &mut Rest) -> Piece {
    let not = rest.next_if(|&(_, char)| char == '-').is_some();
    let mut piece = Piece { place: start..start, not, key: None, value: String::new(), prefix: false };
    let mut quoted = false;
    while let Some((_, char)) = rest.next_if(|&(_, char)| !char.is_whitespace()) {
        if is_quote(char) {
            // A mark inside a word ends nothing: 24" is a size.
            if !piece.value.is_empty() {
                piece.value.push(char);
                continue;
            }
            piece.value = rest.by_ref().map(|(_, char)| char).take_while(|char| !is_quote(*char)).collect();
            quoted = true;
            break;
        }
        if char == ':' && piece.key.is_none() && is_key(&piece.value) {
            piece.key = Some(std::mem::take(&mut piece.value).to_lowercase());
            continue;
        }
        piece.value.push(char);
    }
    let starred = if quoted {
        rest.next_if(|&(_, char)| char == '*').is_some()
    } else {
        piece.key.is_none() && piece.value.ends_with('*')
    };
    piece.prefix = starred && piece.key.is_none();
    piece
}

/// Whether a word before a colon is meant as a filter; other words with colons are text, as addresses and times are.
fn is_key(word: &str) -> bool {
    let word = word.to_lowercase();
    let close =
        |key: &&str| key.len() >= GUESSED_FROM && word.len() >= GUESSED_FROM && distance(key, &word) == 1;
    KEYS.contains(&word.as_str()) || KEYS.iter().any(close)
}

fn is_quote(char: char) -> bool {
    matches!(char, '"' | '“' | '”' | '„')
}
