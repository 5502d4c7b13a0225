//! Whatever a person pastes or a server answers: nothing panics, and nothing secret is left where it doesn't belong.
//!
//! Each property also holds for the seeds in `tests/data/seeds`. `make fuzz` runs a hundred thousand cases of each.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::header::{self, HeaderMap, HeaderValue};
use http::{HeaderName, StatusCode};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use url::{Url, form_urlencoded};

use super::certificate::traits;
use super::failure::{of_content_type, of_status, retry_after};
use super::redirect::Hop;
use super::*;

/// What every secret of these tests begins with.
const SECRET: &str = "hush";

fn seeds(file: &str) -> String {
    let path = format!("{}/../../tests/data/seeds/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("the seeds are part of the repository")
}

/// Text made of what such a text is made of, and now and then of anything.
fn text(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => select(words).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn query() -> impl Strategy<Value = String> {
    text(&[
        "token", "key", "to%6ben", "ke%79", "=", "=hush1", "=hush2", "&", "&", "***", "x", "%", "%2", "%zz",
        "%26", "+", "'", "#", "?", ";", "é", "\t", "%C3%A9", "&token=", "&key=***",
    ])
}

fn is_secret(name: &str) -> bool {
    matches!(name, "token" | "key")
}

/// The parameters as the URL standard reads them, independent of how ours are taken out.
fn pairs(url: &Url) -> Vec<(String, String)> {
    form_urlencoded::parse(url.query().unwrap_or_default().as_bytes()).into_owned().collect()
}

fn check_masking(address: &str) {
    let Ok(whole) = Url::parse(address) else { return };
    let mut url = whole.clone();
    let taken = take(&mut url, |name, value| is_secret(name) && value != MASK);
    for (name, value) in pairs(&url) {
        assert!(!is_secret(&name) || value.is_empty() || value == MASK, "{name}={value} is left in {url}");
    }
    let with_values: Vec<_> = pairs(&whole).into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let is_single = |name: &str| with_values.iter().filter(|(other, _)| other == name).count() == 1;
    // Which of two equal names a value belongs to is not kept; drafts refuse such addresses.
    if taken.iter().all(|(name, _)| is_single(name)) {
        splice(&mut url, &taken);
        assert_eq!(url, whole);
    }
}

fn check_retry_after(value: &[u8], now: SystemTime) {
    let Ok(value) = HeaderValue::from_bytes(value) else { return };
    let headers = HeaderMap::from_iter([(header::RETRY_AFTER, value.clone())]);
    for status in [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE] {
        let named = value.to_str().ok().and_then(|text| retry_after(text, now));
        let expected = named.map_or(Cause::Useless, |retry_after| Cause::Busy { retry_after });
        assert_eq!(of_status(status, &headers, now).cause, expected);
    }
}

fn check_header(name: &str, value: &str) {
    let parts = CallParts {
        url: "http://a.test/".into(),
        headers: vec![(name.into(), value.into())],
        ..CallParts::default()
    };
    match Call::new(parts) {
        Ok(call) => {
            let (name, value) = call.headers.iter().next().expect("it was taken");
            assert!(!FORBIDDEN_HEADERS.contains(name), "{name}");
            assert!(!value.as_bytes().iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)), "{name}");
            assert!(!format!("{call:?} {:?}", call.headers).contains(SECRET), "{name}");
        }
        Err(CallError::Header(message)) => assert!(!message.contains(SECRET), "{message}"),
        Err(other) => panic!("the header is to blame, not: {other}"),
    }
}

fn check_redirect(location: &[u8]) {
    let Ok(location) = HeaderValue::from_bytes(location) else { return };
    let parts = CallParts {
        url: "https://me:hush1@a.test/x?token=***".into(),
        headers: vec![("x-key".into(), "hush2".into())],
        query: vec![("token".into(), "hush3".into())],
        follow_anywhere: true,
        ..CallParts::default()
    };
    let first = Hop::first(Call::new(parts).expect("the call is sound"));
    let Ok(hop) = first.follow(StatusCode::FOUND, &HeaderMap::from_iter([(header::LOCATION, location)]))
    else {
        return;
    };
    let at_home = hop.call.origin() == "https://a.test";
    assert_eq!(hop.stranger, !at_home, "{}", hop.call.origin());
    if !at_home {
        assert!(hop.call.headers.is_empty() && hop.call.query.is_empty());
        let address = hop.call.address("");
        assert!(!address.as_str().contains(SECRET), "{address}");
    }
}

fn check_route(parts: &RouteParts) {
    let key_lines = parts.identity.as_ref().map_or("", |(_, key)| key).lines().filter(|line| line.len() > 30);
    let said = match Route::new(parts) {
        Ok(route) => format!("{route:?}"),
        Err(error) => error.to_string(),
    };
    key_lines.filter(|line| !line.contains("KEY")).for_each(|line| assert!(!said.contains(line), "{said}"));
}

/// What damages a text or a file: other bytes at some places, a part left out, a part twice.
fn damage() -> impl Strategy<Value = Vec<(Index, Index, u8, u8)>> {
    proptest::collection::vec(any::<(Index, Index, u8, u8)>(), 0..4)
}

fn damaged(bytes: &[u8], damage: &[(Index, Index, u8, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (one, other, how, byte) in damage {
        let (one, other) = (one.index(bytes.len() + 1), other.index(bytes.len() + 1));
        let (from, to) = (one.min(other), one.max(other));
        match how % 4 {
            0 if from < bytes.len() => bytes[from] = *byte,
            1 => drop(bytes.drain(from..to)),
            2 => bytes.extend_from_within(from..to),
            _ => bytes.insert(from, *byte),
        }
    }
    bytes
}

fn damaged_text(text: &str, damage: &[(Index, Index, u8, u8)]) -> String {
    String::from_utf8_lossy(&damaged(text.as_bytes(), damage)).into_owned()
}

#[test]
fn the_seeds_are_survived() {
    for address in seeds("addresses.txt").lines() {
        check_masking(address);
        check_redirect(address.replace("sh", "x").as_bytes());
        let _ = Proxy::at(address, Some(("me", "hush1")));
    }
    for value in seeds("retry-after.txt").lines() {
        check_retry_after(value.as_bytes(), UNIX_EPOCH);
        check_retry_after(value.as_bytes(), SystemTime::now());
    }
    for line in seeds("headers.txt").split('\n') {
        let (name, value) = line.split_once(": ").unwrap_or((line, ""));
        check_header(name, value);
    }
    let (certificate, key) = (seeds("pem/certificate.pem"), seeds("pem/throwaway-key.pem"));
    let parts = RouteParts {
        authority: certificate.clone(),
        identity: Some((certificate, key)),
        ..RouteParts::default()
    };
    assert!(Route::new(&parts).is_ok(), "undamaged they can be used");
}

proptest! {
    #[test]
    fn no_value_is_left_where_it_was_taken_out_and_all_are_put_back(query in query()) {
        check_masking(&format!("https://a.test/feed?{query}"));
        check_masking(&query);
    }

    #[test]
    fn percent_signs_are_read_as_the_standard_reads_them(
        name in text(&["%", "%4", "%41", "%c3%a9", "%ff", "%+5", "% 5", "%-1", "+", "a", "é", "%%41"]),
    ) {
        let escaped = name.replace('&', "%26").replace('=', "%3D").replace('+', "%2B");
        let expected = form_urlencoded::parse(escaped.as_bytes()).next();
        let expected = expected.map_or(String::new(), |(name, _)| name.into_owned());
        prop_assert_eq!(percent_decoded(&name), expected);
    }

    #[test]
    fn any_retry_after_is_a_time_or_none(
        value in text(&["0", "9", "18446744073709551615", "-", "+", ".", "Sun", "Sunday", ", ", " ", "06", "Nov",
            "-Nov-", "1994", "94", "08:49:37", "24:00:00", ":", " GMT", "\t", "\u{661}"]),
        now in any::<u32>(),
    ) {
        check_retry_after(value.as_bytes(), UNIX_EPOCH + Duration::from_secs(now.into()));
    }

    #[test]
    fn a_date_to_come_back_is_read_to_the_second(now in any::<u32>(), wait in 0..u64::from(u32::MAX)) {
        let now = UNIX_EPOCH + Duration::from_secs(now.into());
        let date = httpdate::fmt_http_date(now + Duration::from_secs(wait));
        prop_assert_eq!(retry_after(&date, now), Some(Duration::from_secs(wait)));
    }

    #[test]
    fn a_header_that_is_taken_can_neither_break_the_request_nor_be_seen(
        name in text(&["X-Key", "host", "Last-Event-ID", "authorization", "TE", " ", ":", "\r\n", "_", "a", "-"]),
        before in text(&["a", " ", "\r\n", "\n", "\0", "\t", ": ", "é", "x-b: c", "\u{7f}"]),
    ) {
        check_header(&name, &format!("{before}hush1"));
        check_header("x-key", &format!("hush1{before}"));
        let _ = HeaderName::from_bytes(name.as_bytes()).map(|_| check_header(&name, ""));
    }

    #[test]
    fn no_redirect_takes_a_secret_abroad(
        location in text(&["http", "https", ":", "//", "/", "\\", "@", "a.test", "b.test", "me:x", ":443", ":80",
            "?token=", "#", "..", "%2f", "\t", "[::1]", "javascript:", "."]),
    ) {
        check_redirect(location.as_bytes());
    }

    #[test]
    fn no_content_type_makes_a_sentence_too_long(value in text(&["text/", "html", ";", "é", "\u{202e}", "x"])) {
        let sentence = of_content_type(&value.repeat(9), str::to_owned).sentence;
        prop_assert!(sentence.chars().count() < 250, "{}", sentence);
    }

    #[test]
    fn damaged_certificates_and_keys_are_refused_in_words_without_the_key(
        damage in [damage(), damage(), damage()],
        pin in text(&["sha256/", "sha256:", "/", "A", "=", ":", "e3b0c44298fc1c14", "47DEQpj8HBSa"]),
    ) {
        let (certificate, key) = (seeds("pem/certificate.pem"), seeds("pem/throwaway-key.pem"));
        let [authority, chain] = [&damage[0], &damage[1]].map(|damage| damaged_text(&certificate, damage));
        check_route(&RouteParts { authority, ..RouteParts::default() });
        let identity = Some((chain, damaged_text(&key, &damage[2])));
        check_route(&RouteParts { identity, ..RouteParts::default() });
        check_route(&RouteParts { pin, ..RouteParts::default() });
    }

    #[test]
    fn damaged_certificates_of_servers_are_read_or_not(damage in damage()) {
        use rustls::pki_types::pem::PemObject as _;
        let pem = seeds("pem/certificate.pem");
        let whole = rustls::pki_types::CertificateDer::from_pem_slice(pem.as_bytes()).unwrap();
        prop_assert!(traits(&whole).is_some_and(|traits| traits.self_signed));
        let _ = traits(&damaged(&whole, &damage));
    }

    #[test]
    fn any_proxy_is_taken_or_refused(
        address in text(&["http://", "socks5://", "socks5h:", "//", "a.test", "@", ":", "8080", "[::1]", "%", "/"]),
        user in any::<String>(),
    ) {
        if let Ok(proxy) = Proxy::at(&address, Some((&user, "hush1"))) {
            let shown = format!("{proxy:?}");
            prop_assert!(!shown.contains(SECRET));
        }
    }
}
