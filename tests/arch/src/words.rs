//! Words that don't belong into the repository.

use crate::Fault;
use crate::tree::File;

/// What must not stand anywhere, and what mends it; written in halves so that this file passes itself.
const WORDS: &[(&str, &str)] = &[
    (concat!("TO", "DO"), "Do it, or open an issue"),
    (concat!("FIX", "ME"), "Mend it, or open an issue"),
    (concat!("/wo", "rk/"), "Name things by their place in the repository, not on one machine"),
];

/// Written by package tools: hashes hold any letters.
const LOCKS: &[&str] = &["Cargo.lock", "package-lock.json"];

/// Finds unfinished work and paths of one machine.
pub fn check(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| !LOCKS.iter().any(|lock| file.path.ends_with(lock))) {
        for (index, line) in file.text.lines().enumerate() {
            for (word, mend) in WORDS.iter().filter(|(word, _)| has(line, word)) {
                let what = format!("`{word}` is left in");
                faults.push(Fault { path: file.path.clone(), line: index + 1, what, mend });
            }
        }
    }
    faults
}

/// Whether `word` stands in `line` and isn't a part of a longer word.
pub(crate) fn has(line: &str, word: &str) -> bool {
    let is_letter = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let goes_on = |one: Option<char>, other: Option<char>| is_letter(one) && is_letter(other);
    line.match_indices(word).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + word.len()..]);
        !goes_on(before.chars().next_back(), word.chars().next())
            && !goes_on(word.chars().next_back(), after.chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_word_wherever_it_stands() {
        for (word, _) in WORDS {
            for line in [format!("// {word}: later"), format!("x\n{word}"), format!("a {word}")] {
                assert_eq!(check(&[File::new("a.md", &line)]).len(), 1, "{line}");
            }
        }
    }

    #[test]
    fn takes_longer_words_and_hashes_for_what_they_are() {
        let longer = format!("{}S x{}", WORDS[0].0, WORDS[1].0);
        assert_eq!(check(&[File::new("a.md", &longer)]), []);
        assert_eq!(check(&[File::new("ui/package-lock.json", WORDS[0].0)]), []);
    }
}
