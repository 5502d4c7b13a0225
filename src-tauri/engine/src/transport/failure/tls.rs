//! What a failed TLS handshake means, in words a person can act on.

use rustls::{AlertDescription as Alert, CertificateError as C, Error};

use crate::transport::certificate::Fingerprint;
use crate::transport::fault::{Cause, Fault};
use crate::transport::tls::{Problem, Refusal};

/// Reads the fault out of an error of the TLS library, met while connecting or afterwards.
#[expect(clippy::wildcard_enum_match_arm, reason = "rustls names far more errors than a person can act on")]
pub(super) fn of_tls(error: &Error, connecting: bool) -> Fault {
    let sentence = match error {
        Error::InvalidCertificate(C::Other(other)) => match other.0.downcast_ref::<Refusal>() {
            Some(refusal) => return Fault::new(cause(refusal), of_refusal(refusal)),
            None => UNACCEPTABLE.into(),
        },
        Error::InvalidCertificate(problem) => of_chain(problem, ""),
        Error::AlertReceived(Alert::CertificateRequired) => {
            "The server wants a client certificate. Give this feed one, with its key.".into()
        }
        Error::AlertReceived(
            Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRevoked
            | Alert::CertificateExpired
            | Alert::CertificateUnknown
            | Alert::UnknownCA
            | Alert::AccessDenied,
        ) => "The server did not accept this feed's client certificate, or that it has none. Ask its operator for a valid one."
            .into(),
        Error::AlertReceived(Alert::HandshakeFailure) => {
            return Fault::new(
                Cause::Failed,
                "The server refused the secure connection (TLS). It may want a client certificate.",
            );
        }
        _ if !connecting => {
            return Fault::new(
                Cause::Failed,
                "The secure connection (TLS) broke off, or was damaged on its way.",
            );
        }
        _ => {
            return Fault::new(
                Cause::Failed,
                "The server and this computer could not agree on a secure connection (TLS). Is it https at all?",
            );
        }
    };
    Fault::new(Cause::Person, sentence)
}

const UNACCEPTABLE: &str = "The server's certificate is not acceptable. Its operator must replace it.";

/// Only where nobody vouches for a key is it for a person to do so: an expired or misnamed certificate has its own mend.
fn cause(Refusal { problem, key }: &Refusal) -> Cause {
    match (problem, key) {
        (Problem::SelfSigned | Problem::OtherKey { .. } | Problem::Chain(C::UnknownIssuer), Some(key)) => {
            Cause::Untrusted { key: *key }
        }
        (Problem::SelfSigned | Problem::OtherKey { .. } | Problem::Chain(_), _) => Cause::Person,
    }
}

fn of_refusal(Refusal { problem, key }: &Refusal) -> String {
    let key = key.as_ref().map_or_else(|| "none that can be read".into(), Fingerprint::to_string);
    match problem {
        Problem::Chain(problem) => of_chain(problem, &key),
        Problem::SelfSigned => format!(
            "The server signed its certificate itself, so nobody vouches for it. Ask its operator for its key's fingerprint; \
             if it is {key}, pin that for this feed."
        ),
        Problem::OtherKey { pinned } => format!(
            "The server's key is not the one pinned for this feed. Pinned is {pinned}, but it showed {key}. If its operator \
             confirms the change, pin that key, else somebody may be listening in."
        ),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "rustls names far more errors than a person can act on")]
fn of_chain(problem: &C, key: &str) -> String {
    match problem {
        C::Expired | C::ExpiredContext { .. } => {
            "The server's certificate has expired. Its operator must renew it; check this computer's clock too.".into()
        }
        C::NotValidYet | C::NotValidYetContext { .. } => {
            "The server's certificate is not valid yet. Check this computer's clock.".into()
        }
        C::UnknownIssuer => format!(
            "The server's certificate comes from an authority this computer does not know, such as a company's own. Give this \
             feed that authority's certificate, or pin the server's key ({key}) if its operator confirms it."
        ),
        C::NotValidForName | C::NotValidForNameContext { .. } => {
            "The server's certificate is for another name. Check the address.".into()
        }
        C::Revoked => "The server's certificate was revoked. Its operator must replace it.".into(),
        _ => UNACCEPTABLE.into(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rustls::OtherError;

    use super::*;

    fn key(byte: &str) -> Fingerprint {
        Fingerprint::read(&byte.repeat(32)).expect("32 bytes")
    }

    #[test]
    fn only_a_key_that_nobody_vouches_for_is_left_to_a_person() {
        let (shown, pinned) = (key("ab"), key("cd"));
        for (problem, asked) in [
            (Problem::SelfSigned, true),
            (Problem::OtherKey { pinned }, true),
            (Problem::Chain(C::UnknownIssuer), true),
            (Problem::Chain(C::Expired), false),
            (Problem::Chain(C::NotValidForName), false),
            (Problem::Chain(C::Revoked), false),
        ] {
            let expected = if asked { Cause::Untrusted { key: shown } } else { Cause::Person };
            let refusal = Refusal { problem, key: Some(shown) };
            assert_eq!(cause(&refusal), expected, "{refusal}");
        }
        assert_eq!(cause(&Refusal { problem: Problem::SelfSigned, key: None }), Cause::Person);
    }

    #[test]
    fn a_changed_key_is_told_with_the_old_one_and_the_new_one() {
        let (shown, pinned) = (key("ab"), key("cd"));
        let told = of_refusal(&Refusal { problem: Problem::OtherKey { pinned }, key: Some(shown) });
        let at = |key: Fingerprint| told.find(&key.to_string()).expect("it is told");
        assert!(at(pinned) < at(shown), "{told}");
    }

    #[test]
    fn every_problem_has_a_sentence_of_its_own_that_says_what_to_do() {
        let pinned = key("cd");
        let refusal = |problem| {
            let key = Some(key("ab"));
            Error::InvalidCertificate(C::Other(OtherError(Arc::new(Refusal { problem, key }))))
        };
        let table = [
            (refusal(Problem::Chain(C::Expired)), "has expired"),
            (refusal(Problem::Chain(C::NotValidYet)), "not valid yet"),
            (refusal(Problem::Chain(C::NotValidForName)), "another name"),
            (refusal(Problem::Chain(C::UnknownIssuer)), "an authority this computer does not know"),
            (refusal(Problem::Chain(C::Revoked)), "was revoked"),
            (refusal(Problem::Chain(C::BadEncoding)), "not acceptable"),
            (refusal(Problem::SelfSigned), "signed its certificate itself"),
            (refusal(Problem::OtherKey { pinned }), "not the one pinned"),
            (Error::AlertReceived(Alert::CertificateRequired), "wants a client certificate"),
            (Error::AlertReceived(Alert::UnknownCA), "did not accept this feed's client certificate"),
        ];
        for (error, words) in &table {
            let fault = of_tls(error, true);
            assert!(matches!(fault.cause, Cause::Person | Cause::Untrusted { .. }), "{words}");
            assert!(fault.sentence.contains(words), "{words}: {}", fault.sentence);
            let alike = table.iter().filter(|(other, _)| of_tls(other, true) == fault).count();
            assert_eq!(alike, 1, "{words}");
        }
    }
    #[test]
    fn a_link_that_breaks_later_is_not_taken_for_a_server_without_tls() {
        let told = |connecting| of_tls(&Error::DecryptError, connecting).sentence;
        assert!(told(true).contains("Is it https at all?"));
        assert!(told(false).contains("damaged on its way"));
    }
}
