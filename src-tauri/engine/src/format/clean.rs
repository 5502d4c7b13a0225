//! Text from a server made fit to be shown: nothing invisible that deceives, nothing that floods.

use unicode_segmentation::UnicodeSegmentation;

/// Graphemes of a title: two lines of the widest popup there is.
pub const TITLE_GRAPHEMES: usize = 120;
/// Graphemes of a popup's body: about what fits beside other windows; the whole text is in the history.
pub const BODY_GRAPHEMES: usize = 1_000;
/// Lines of a popup's body, for the same reason.
pub const BODY_LINES: usize = 10;
/// Bytes of a text shown whole: more than anybody reads, little enough to draw at once.
pub const TEXT_BYTES: usize = 64 * 1024;

/// Combining marks on one letter: Vietnamese and Hebrew need up to three, stacked "zalgo" text far more.
const MARKS: usize = 4;
/// Scalars in one grapheme: the longest emoji sequence in use has ten.
const SCALARS: usize = 16;
/// What stands for a cut.
const CUT: char = '…';

/// Gives the text as one line of at most [`TITLE_GRAPHEMES`].
pub fn title(text: &str) -> String {
    let text = scrub(clip(text).as_ref());
    let words: Vec<&str> = text.split_whitespace().collect();
    limit(&words.join(" "), TITLE_GRAPHEMES)
}

/// Gives the text as the name of a group: a title without quotation marks, so that a search can quote it. None of nothing.
pub fn group(text: &str) -> Option<String> {
    let quotes = |letter| matches!(letter, '"' | '“' | '”' | '„');
    Some(title(text).replace(quotes, "'")).filter(|group| !group.is_empty())
}

/// Gives the text as a popup's body: at most [`BODY_LINES`] and [`BODY_GRAPHEMES`], its lines kept.
pub fn body(text: &str) -> String {
    let text = self::text(text);
    let Some((end, _)) = text.match_indices('\n').nth(BODY_LINES - 1) else {
        return limit(&text, BODY_GRAPHEMES);
    };
    let kept = text[..end].trim_end();
    limit(&format!("{kept}{CUT}"), BODY_GRAPHEMES)
}

/// Gives the text with its lines and indents kept, at most [`TEXT_BYTES`].
///
/// Blank lines at both ends go, several in a row become one, and so do spaces at line ends.
pub fn text(text: &str) -> String {
    let text = scrub(clip(text).as_ref());
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.split('\n').map(str::trim_end) {
        if line.is_empty() {
            blank = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank { "\n\n" } else { "\n" });
        }
        out.push_str(line);
        blank = false;
    }
    out
}

/// Cuts to [`TEXT_BYTES`], so that no later step works on more.
fn clip(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= TEXT_BYTES {
        return text.into();
    }
    let end = text.floor_char_boundary(TEXT_BYTES - CUT.len_utf8());
    format!("{}{CUT}", &text[..end]).into()
}

/// Cuts to `most` graphemes, the last of them a sign of the cut.
fn limit(text: &str, most: usize) -> String {
    if text.len() <= most || text.graphemes(true).nth(most).is_none() {
        return text.to_owned();
    }
    let end = text.grapheme_indices(true).nth(most - 1).map_or(text.len(), |(end, _)| end);
    format!("{}{CUT}", text[..end].trim_end())
}

/// Makes every line end `\n` and every other blank a space, and takes out what is not text.
fn scrub(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut after_return = false;
    for letter in text.chars() {
        match letter {
            '\n' if after_return => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => plain.push('\n'),
            '\t' => plain.push(' '),
            hidden if deceives(hidden) => {}
            shown => plain.push(shown),
        }
        after_return = letter == '\r';
    }
    if plain.is_ascii() { plain } else { unstack(&plain) }
}

/// Whether a character controls the terminal or the writing direction, or marks what nobody sees.
fn deceives(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Takes away marks beyond [`MARKS`] in a row, and graphemes that go on for ever.
fn unstack(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        if grapheme.chars().nth(1).is_none() {
            out.push_str(grapheme);
            continue;
        }
        let start = out.len();
        let mut marks = 0;
        for letter in grapheme.chars() {
            marks = if stacks(letter) { marks + 1 } else { 0 };
            if marks <= MARKS {
                out.push(letter);
            }
        }
        if out[start..].chars().nth(SCALARS).is_some() {
            out.truncate(start);
            out.push(char::REPLACEMENT_CHARACTER);
        }
    }
    out
}

/// Whether a character joins the letter before it; the tags that spell a flag's region don't count.
fn stacks(letter: char) -> bool {
    if letter.is_ascii() || matches!(letter, '\u{e0020}'..='\u{e007f}') {
        return false;
    }
    let mut pair = String::from("a");
    pair.push(letter);
    pair.graphemes(true).nth(1).is_none()
}

#[cfg(test)]
mod tests;
