//! What of a certificate its key's fingerprint and its issuer are read from; the rest is the verifier's business.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest as _, Sha256};

/// The tag of a sequence (X.690, 8.9).
const SEQUENCE: u8 = 0x30;
/// The tag of a certificate's version, which the first version leaves out (RFC 5280, 4.1).
const VERSION: u8 = 0xa0;

/// The letters of 32 bytes in Base64.
const BASE64_LENGTH: usize = 44;

/// The SHA-256 of a public key as certificates hold it (RFC 7469, 2.4), shown as `sha256/` and Base64.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// Reads a fingerprint in Base64, with or without `sha256/` or `sha256//` before it, or in hexadecimal, with or
    /// without colons; `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let bare = match text.get(..7) {
            Some(scheme)
                if scheme.eq_ignore_ascii_case("sha256/") || scheme.eq_ignore_ascii_case("sha256:") =>
            {
                let rest = &text[7..];
                // Base64 may begin with a slash of its own.
                rest.strip_prefix('/').filter(|bare| bare.len() >= BASE64_LENGTH).unwrap_or(rest)
            }
            Some(_) | None => text,
        };
        let hex: String = bare.chars().filter(|c| *c != ':').collect();
        let bytes = if hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            (0..32)
                .map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok())
                .collect::<Option<Vec<_>>>()?
        } else {
            BASE64.decode(bare).ok()?
        };
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256/{}", BASE64.encode(self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a certificate says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Traits {
    pub(super) key: Fingerprint,
    /// It names itself as its issuer.
    pub(super) self_signed: bool,
}

/// Reads a certificate's traits; `None` if it isn't one.
pub(super) fn traits(certificate: &[u8]) -> Option<Traits> {
    let (certificate, _) = sequence(certificate)?;
    let (mut fields, _) = sequence(certificate)?;
    if fields.first() == Some(&VERSION) {
        fields = next(fields)?.1;
    }
    // In order: serial number, signature algorithm, issuer, validity, subject, public key (RFC 5280, 4.1).
    let mut read = || {
        let (field, rest) = next(fields)?;
        fields = rest;
        Some(field)
    };
    let (_serial, _algorithm, issuer, _validity) = (read()?, read()?, read()?, read()?);
    let (subject, key) = (read()?, read()?);
    Some(Traits { key: Fingerprint(Sha256::digest(key).into()), self_signed: issuer == subject })
}

/// Splits off the next element, header and all.
fn next(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (header, length) = measure(bytes)?;
    bytes.split_at_checked(header.checked_add(length)?)
}

/// Splits off the content of the sequence that `bytes` begin with.
fn sequence(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (header, length) = measure(bytes).filter(|_| bytes.first() == Some(&SEQUENCE))?;
    bytes.get(header..)?.split_at_checked(length)
}

/// The lengths of an element's header and content in bytes (X.690, 8.1.3); a header has at most four length bytes here.
fn measure(bytes: &[u8]) -> Option<(usize, usize)> {
    let first = usize::from(*bytes.get(1)?);
    if first < 0x80 {
        return Some((2, first));
    }
    let count = first - 0x80;
    let length = bytes.get(2..2 + count).filter(|length| (1..=4).contains(&length.len()))?;
    Some((2 + count, length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte))))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_a_fingerprint_in_every_form_people_have_it_in() {
        let base64 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        let hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let colons: Vec<_> =
            hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap()).collect();
        let all = [
            base64.to_owned(),
            format!(" sha256/{base64} "),
            format!("SHA256//{base64}"),
            hex.to_uppercase(),
            colons.join(":"),
        ];
        for text in all {
            let read = Fingerprint::read(&text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(read.to_string(), format!("sha256/{base64}"));
        }
        for bad in ["", "sha256/", "47DEQpj8", &hex[2..], "ä47DEQpj8HBSa", &base64[..43]] {
            assert_eq!(Fingerprint::read(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_again(bytes: [u8; 32]) {
            let shown = Fingerprint(bytes);
            for text in [shown.to_string(), shown.to_string().replacen('/', "//", 1), BASE64.encode(bytes)] {
                prop_assert_eq!(Fingerprint::read(&text), Some(shown));
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>, content: Vec<u8>) {
            let _ = traits(&bytes);
            let _ = traits(&[&[SEQUENCE, 0x82, 0, 40, SEQUENCE, 0x81, 30], content.as_slice()].concat());
        }
    }
}
