//! The secrets of a call, kept out of every sentence about it: a server may say back what it was told.

use http::header::{CONTENT_TYPE, HeaderMap};

use super::query::MASK;
use super::request::percent_decoded;

/// Shorter ones are found in any text; nobody guards anything with them.
const SHORTEST: usize = 4;
/// Shorter parts of a header are names and schemes.
const SHORTEST_PART: usize = 9;

/// The secrets of a call, in every form in which its server gets them.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Unsaid(Vec<String>);

impl Unsaid {
    /// Takes secrets as they were entered, and those in headers and parameters as they are sent.
    pub(super) fn new(secrets: Vec<String>, headers: &HeaderMap, query: &[(String, String)]) -> Self {
        // What a body is, is said to everybody.
        let sent = headers.iter().filter(|(name, value)| value.is_sensitive() && **name != CONTENT_TYPE);
        let sent: Vec<&str> = sent.filter_map(|(_, value)| value.to_str().ok()).collect();
        // Behind the scheme of a sign-in, or the name of a cookie.
        let parts = sent.iter().flat_map(|value| value.split([' ', ';', ',', '=']));
        let parts = parts.filter(|part| part.len() >= SHORTEST_PART);
        let sent = sent.iter().copied().chain(parts).map(str::to_owned);
        let parameters = query.iter().flat_map(|(_, value)| [value.clone(), percent_decoded(value)]);
        let mut all: Vec<String> = secrets.into_iter().chain(sent).chain(parameters).collect();
        all.retain(|secret| secret.len() >= SHORTEST);
        // Whole ones before those that are a part of them.
        all.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        all.dedup();
        all.iter_mut().for_each(|secret| secret.make_ascii_lowercase());
        Self(all)
    }

    /// Takes them out of a text, in capitals or not: hosts and content types lose theirs.
    pub(super) fn out_of(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, secret| {
            let lower = text.to_ascii_lowercase();
            let mut hushed = String::with_capacity(text.len());
            let mut end = 0;
            for (at, _) in lower.match_indices(secret.as_str()) {
                hushed.push_str(&text[end..at]);
                hushed.push_str(MASK);
                end = at + secret.len();
            }
            hushed.push_str(&text[end..]);
            hushed
        })
    }
}

#[cfg(test)]
mod tests {
    use http::header::{AUTHORIZATION, COOKIE, HeaderValue};

    use super::*;

    #[test]
    fn takes_every_form_of_a_secret_out_in_capitals_or_not() {
        let value = |text| {
            let mut value = HeaderValue::from_static(text);
            value.set_sensitive(true);
            value
        };
        let headers = HeaderMap::from_iter([
            (AUTHORIZATION, value("Basic bWU6aHVzaA==")),
            (COOKIE, value("session=1234567890; a=b")),
            (CONTENT_TYPE, value("application/json")),
        ]);
        let query = [("token".to_owned(), "a%20Key".to_owned())];
        let unsaid = Unsaid::new(vec!["Hush!".into(), "me".into()], &headers, &query);
        for (text, hushed) in [
            ("text/hush!; x", "text/***; x"),
            ("basic bwu6ahvzaa== me", "*** me"),
            ("say a Key, a%20key", "say ***, ***"),
            ("ÄHUSH!ÄHush!Ä", "Ä***Ä***Ä"),
            ("session 1234567890", "session ***"),
            ("application/json", "application/json"),
        ] {
            assert_eq!(unsaid.out_of(text), hushed);
        }
    }
}
