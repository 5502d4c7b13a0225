//! How text falls into words, for the index and for a query alike.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Longer words are alike if these characters are; only encoded data has such.
const WORD_CHARS: usize = 64;

/// Gives a text's words, each folded, with one blank before and after each; a single blank where there are none.
///
/// Case, accents and compatibility forms are folded (Unicode NFKD and NFC). Scripts written without blanks, and
/// symbols, are a word a character, so that a phrase of them is found wherever it stands.
pub(crate) fn words(text: &str) -> String {
    let mut words = Words { text: String::with_capacity(text.len() + 2), chars: 0 };
    words.text.push(' ');
    if text.is_ascii() {
        text.chars().for_each(|char| words.take(char.to_ascii_lowercase()));
    } else {
        for char in text.nfkd().filter(|char| !is_dropped(*char)).nfc().flat_map(char::to_lowercase) {
            match unfolded(char) {
                Some(folded) => folded.chars().for_each(|char| words.take(char)),
                None => words.take(char),
            }
        }
    }
    words.end();
    words.text
}

struct Words {
    text: String,
    /// Of the word that is being read.
    chars: usize,
}

impl Words {
    fn take(&mut self, char: char) {
        if stands_alone(char) {
            self.end();
            self.text.push(char);
            self.text.push(' ');
        } else if char.is_alphanumeric() || is_combining_mark(char) {
            if self.chars < WORD_CHARS {
                self.text.push(char);
            }
            self.chars += 1;
        } else {
            self.end();
        }
    }

    fn end(&mut self) {
        if self.chars > 0 {
            self.text.push(' ');
            self.chars = 0;
        }
    }
}

/// Whether people leave it out when they type: accents, vowel points, selectors, soft hyphens.
fn is_dropped(char: char) -> bool {
    matches!(char,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// Letters that Unicode doesn't take apart but people write in plain ones.
fn unfolded(char: char) -> Option<&'static str> {
    match char {
        'ß' => Some("ss"),
        'æ' => Some("ae"),
        'œ' => Some("oe"),
        'ø' => Some("o"),
        'ł' => Some("l"),
        'đ' | 'ð' => Some("d"),
        'þ' => Some("th"),
        'ı' => Some("i"),
        'ς' => Some("σ"),
        _ => None,
    }
}

/// Thai, Lao, Burmese, Khmer, Chinese, Japanese and Korean letters; arrows, signs of money, pictures.
fn stands_alone(char: char) -> bool {
    matches!(char,
        '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' | '\u{e81}'..='\u{ebd}' | '\u{ec0}'..='\u{ecf}'
        | '\u{1000}'..='\u{103f}' | '\u{1050}'..='\u{109f}' | '\u{1780}'..='\u{17d3}'
        | '\u{20a0}'..='\u{20cf}' | '\u{2190}'..='\u{2bff}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{3105}'..='\u{312f}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{1f000}'..='\u{1faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_people_type_differently() {
        for (text, expected) in [
            ("Disk FULL!", " disk full "),
            ("disk_full: 98.5%", " disk full 98 5 "),
            ("Über-Größe", " uber grosse "),
            ("Smørrebrød æøå", " smorrebrod aeoa "),
            ("Łódź İstanbul ΣΟΦΟΣ", " lodz istanbul σοφοσ "),
            ("e\u{301}te\u{301} été", " ete ete "),
            ("ﬁle ＡＢＣ", " file abc "),
            ("東京タワー", " 東 京 タ ワ ー "),
            ("ｶﾞｽ ガス", " ガ ス ガ ス "),
            ("서울 abc서울", " 서 울 abc 서 울 "),
            ("🔥disk🔥️ ❤️", " 🔥 disk 🔥 ❤ "),
            ("हिन्दी", " हिन्दी "),
            ("مُحَمَّد שָׁלוֹם", " محمد שלום "),
            ("soft\u{ad}hyphen", " softhyphen "),
            ("", " "),
            ("… — !", " "),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn a_long_word_is_cut() {
        assert_eq!(words(&"x".repeat(1000)).len(), WORD_CHARS + 2);
    }

    proptest::proptest! {
        #[test]
        fn words_fold_to_themselves(text in ".{0,80}") {
            let once = words(&text);
            proptest::prop_assert_eq!(words(&once), once);
        }
    }
}
