//! The German of what the engine says in English, as people see it in the window.
//!
//! Nobody is addressed: what is to be done is said in the infinitive. The words are those of the window's own German, listed
//! at the top of `ui/src/text/de.ts`.

mod feeds;
mod fields;
mod program;

/// English and German; `{}` stands for the same words in both, in the same order. The first that fits is taken.
pub const GERMAN: &[&[(&str, &str)]] = &[feeds::FEEDS, fields::FIELDS, program::PROGRAM];

#[cfg(test)]
mod tests {
    use super::GERMAN;

    #[test]
    fn holes_are_the_same_in_both_languages_and_no_sentence_is_there_twice() {
        let mut known = std::collections::HashSet::new();
        for (english, german) in GERMAN.iter().copied().flatten() {
            assert_eq!(english.matches("{}").count(), german.matches("{}").count(), "{english}");
            assert!(known.insert(english), "twice: {english}");
            assert!(english != german && !german.is_empty(), "not in German: {english}");
            assert_ne!(english.trim_matches(['{', '}', ' ']), "", "a sentence that is everything");
        }
    }
}
