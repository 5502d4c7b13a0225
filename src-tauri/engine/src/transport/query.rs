//! Secrets in the query of an address: taken out where a person enters it, spliced in where it is dialled.

use url::Url;

use super::request::percent_decoded;

/// What stands in an address where a secret was taken out; servers' secrets are longer.
pub(crate) const MASK: &str = "***";

/// Takes the values of the parameters that `is_secret` says of (by name and value) out of an address, in order, as they stood there
/// (percent-encoded), and leaves [`MASK`] in their places. A parameter without a value has nothing to hide.
pub(crate) fn take(url: &mut Url, is_secret: impl Fn(&str, &str) -> bool) -> Vec<(String, String)> {
    let mut taken = Vec::new();
    let masked = rewritten(url, |name, value| {
        let secret = !value.is_empty() && is_secret(name, value);
        secret.then(|| {
            taken.push((name.to_owned(), value.to_owned()));
            MASK.to_owned()
        })
    });
    if !taken.is_empty() {
        url.set_query(masked.as_deref());
    }
    taken
}

/// Puts values, percent-encoded, into the parameters of these names, into the masked ones where there are any; those that
/// aren't there are added at the end.
pub(crate) fn splice(url: &mut Url, values: &[(String, String)]) {
    if values.is_empty() {
        return;
    }
    let masked = masked(url);
    let mut missing: Vec<_> = values.iter().collect();
    let spliced = rewritten(url, |name, value| {
        let (_, secret) = values.iter().find(|(known, _)| known == name)?;
        missing.retain(|other| other.0 != name);
        let is_its_place = value == MASK || !masked.iter().any(|other| other == name);
        is_its_place.then(|| secret.clone())
    });
    let added = missing.iter().map(|(name, value)| format!("{}={value}", encoded(name)));
    let parts: Vec<_> = spliced.filter(|query| !query.is_empty()).into_iter().chain(added).collect();
    url.set_query(Some(&parts.join("&")));
}

/// The names of the parameters that are masked.
pub(crate) fn masked(url: &Url) -> Vec<String> {
    let pairs = url.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(_, value)| *value == MASK).map(|(name, _)| decoded(name)).collect()
}

/// Percent-encodes everything but the unreserved characters (RFC 3986, 2.3).
pub(crate) fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            other => write!(out, "%{other:02X}").expect("a string takes everything"),
        }
    }
    out
}

fn decoded(name: &str) -> String {
    percent_decoded(&name.replace('+', " "))
}

/// The query with other values where `change` gives some; everything else to the byte as it was.
fn rewritten(url: &Url, mut change: impl FnMut(&str, &str) -> Option<String>) -> Option<String> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        change(&decoded(name), value).map_or_else(|| pair.to_owned(), |value| format!("{name}={value}"))
    };
    Some(url.query()?.split('&').map(pair).collect::<Vec<_>>().join("&"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn takes_values_out_and_puts_them_back_to_the_byte() {
        let table = [
            ("?token=a%2Bb+c%3D=&x=%20%7e&&y", "?token=***&x=%20%7e&&y", "token=a%2Bb+c%3D="),
            ("?x=1&to%6ben=s", "?x=1&to%6ben=***", "token=s"),
            ("?token&x=1", "?token&x=1", ""),
            ("?token=", "?token=", ""),
            ("?", "?", ""),
            ("", "", ""),
        ];
        for (query, shown, secret) in table {
            let whole = Url::parse(&format!("https://a.test/feed{query}")).unwrap();
            let mut url = whole.clone();
            let taken = take(&mut url, |name, _| name == "token");
            assert_eq!(url.as_str(), format!("https://a.test/feed{shown}"));
            let pairs: Vec<_> = taken.iter().map(|(name, value)| format!("{name}={value}")).collect();
            assert_eq!(pairs.join("&"), secret);
            assert_eq!(masked(&url), taken.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
            splice(&mut url, &taken);
            assert_eq!(url, whole);
        }
    }

    #[test]
    fn adds_what_the_address_has_no_place_for() {
        let mut url = Url::parse("https://a.test/feed?").unwrap();
        splice(&mut url, &[("a b".into(), encoded("ü&=#"))]);
        assert_eq!(url.as_str(), "https://a.test/feed?a%20b=%C3%BC%26%3D%23");
    }

    proptest! {
        #[test]
        fn what_was_taken_is_nowhere_in_what_is_left(name in "[a-z +%&=é]{0,8}", secret in "[A-Z]{4,20}") {
            let mut url = Url::parse(&format!("https://a.test/?q=1&{name}&token={secret}#")).unwrap();
            let taken = take(&mut url, |name, _| name == "token");
            prop_assert!(taken.iter().any(|(_, value)| *value == secret) && !url.as_str().contains(&secret));
        }
    }
}
