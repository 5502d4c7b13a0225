//! The address a person enters: secrets are taken out of it, and it says whether they may be sent there.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use secrecy::SecretString;
use url::{Host, Url};

use super::connection::ParameterDraft;
use super::{FeedDraft, SignInDraft, invalid};
use crate::engine::{Field, RequestError};
use crate::secrets::Secrets;
use crate::settings::{Feed, SignIn};
use crate::transport::{Call, CallParts, MASK, encoded, masked, percent_decoded, splice, take};

/// Parameters with these names hold secrets, whatever the case and with or without `-` and `_`.
const SECRET_NAMES: [&str; 11] = [
    "auth",
    "authorization",
    "key",
    "jwt",
    "pass",
    "passwd",
    "pwd",
    "sig",
    "sid",
    "credential",
    "credentials",
];
/// So do those that end like this: `access_token`, `client_secret`, `X-Amz-Signature`.
const SECRET_ENDINGS: [&str; 6] = ["token", "secret", "signature", "password", "apikey", "accesskey"];

/// An address without secrets, and what was in it.
pub(super) struct Address {
    pub(super) url: Url,
    /// Parameters by name, percent-encoded.
    pub(super) query: BTreeMap<String, SecretString>,
}

/// Takes user, password and secret parameters out of a draft's address; a masked parameter keeps its present value.
pub(super) fn take_secrets_out(
    draft: &mut FeedDraft,
    known: Option<&Feed>,
    present: &Secrets,
) -> Result<Address, RequestError> {
    let mut url = take_user_out(draft)?;
    // A server is never sent a fragment, and what signs people in leaves tokens in it.
    url.set_fragment(None);
    let none = Vec::new();
    let parameters = draft.connection.as_ref().map_or(&none, |connection| &connection.parameters);
    let entered = entered(parameters)?;
    let mut query = BTreeMap::new();
    let absent =
        |name: &str| invalid(Field::Url, format!("Enter the value of the address's parameter {name}."));
    for (name, value) in
        take(&mut url, |name, value| value == MASK || is_secret(name) || entered.contains_key(name))
    {
        let value = match entered.get(&name) {
            Some(Some(value)) => value.clone(),
            None if value != MASK => value.into(),
            Some(None) | None => kept(&name, known, present).ok_or_else(|| absent(&name))?,
        };
        if query.insert(name.clone(), value).is_some() {
            return Err(invalid(Field::Url, format!("The address has {name} twice. Leave one out.")));
        }
    }
    let there = masked(&url);
    for (name, value) in entered.into_iter().filter(|(name, _)| !there.contains(name)) {
        let value = value.or_else(|| kept(&name, known, present)).ok_or_else(|| absent(&name))?;
        splice(&mut url, &[(name.clone(), MASK.into())]);
        query.insert(name, value);
    }
    Ok(Address { url, query })
}

/// An address as it may be shown: settings edited by hand may hold secrets in theirs.
pub(in crate::engine) fn shown(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return address.to_owned() };
    if without_secrets(&mut url) { url.into() } else { address.to_owned() }
}

/// Whether something was taken out.
fn without_secrets(url: &mut Url) -> bool {
    let user = !url.username().is_empty() || url.password().is_some();
    if user {
        let _ = url.set_username("").and_then(|()| url.set_password(None));
    }
    let taken = take(url, |name, value| value != MASK && is_secret(name));
    user || !taken.is_empty()
}

/// Refuses to send secrets where anybody on the way can read them.
pub(super) fn check_way(feed: &Feed) -> Result<(), RequestError> {
    let Ok(mut url) = Url::parse(&feed.url) else { return Ok(()) };
    let secret = feed.sign_in != SignIn::None
        || !feed.headers.is_empty()
        || !masked(&url).is_empty()
        || without_secrets(&mut url);
    if url.scheme() != "http" || !secret {
        return Ok(());
    }
    match reach(&url) {
        Reach::Loopback => Ok(()),
        Reach::Private if feed.connection.secrets_over_plain_http => Ok(()),
        Reach::Private => Err(invalid(
            Field::Url,
            "Over http:// everybody in that network can read this feed's secrets. Use https://, or agree to it below.",
        )),
        Reach::Open => Err(invalid(
            Field::Url,
            "Over http:// everybody on the way can read this feed's secrets. Use https://, or take the secrets out.",
        )),
    }
}

fn is_secret(name: &str) -> bool {
    let plain: String =
        name.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect();
    SECRET_NAMES.contains(&plain.as_str()) || SECRET_ENDINGS.iter().any(|ending| plain.ends_with(ending))
}

fn entered(parameters: &[ParameterDraft]) -> Result<BTreeMap<String, Option<SecretString>>, RequestError> {
    let mut all = BTreeMap::new();
    for ParameterDraft { name, value } in parameters {
        let name = name.trim();
        if name.is_empty() || name.chars().any(char::is_control) {
            return Err(invalid(
                Field::Url,
                "A parameter of the address needs a name without control characters.",
            ));
        }
        let value = value.as_deref().map(|value| encoded(value).into());
        if all.insert(name.to_owned(), value).is_some() {
            return Err(invalid(Field::Url, format!("The parameter {name} is there twice. Leave one out.")));
        }
    }
    Ok(all)
}

/// The value a parameter has at present; in settings edited by hand it may stand in the address itself.
fn kept(name: &str, known: Option<&Feed>, present: &Secrets) -> Option<SecretString> {
    let in_address = || {
        let mut url = Url::parse(&known?.url).ok()?;
        let taken = take(&mut url, |other, value| other == name && value != MASK);
        taken.into_iter().next().map(|(_, value)| value.into())
    };
    present.query.get(name).cloned().or_else(in_address)
}

/// People paste addresses with a user and password in them; those are secrets and have no place in the settings.
fn take_user_out(draft: &mut FeedDraft) -> Result<Url, RequestError> {
    let parts = CallParts { url: draft.url.clone(), ..CallParts::default() };
    Call::new(parts).map_err(|error| invalid(Field::Url, error.to_string()))?;
    let mut url = Url::parse(draft.url.trim()).map_err(|error| invalid(Field::Url, error.to_string()))?;
    if url.username().is_empty() && url.password().is_none() {
        return Ok(url);
    }
    if !matches!(draft.sign_in, SignInDraft::None) {
        return Err(invalid(Field::Url, "The address holds a user and password too. Take them out of it."));
    }
    draft.sign_in = SignInDraft::Basic {
        username: percent_decoded(url.username()),
        password: Some(percent_decoded(url.password().unwrap_or_default())),
    };
    url.set_username("").and_then(|()| url.set_password(None)).expect("an http address has a host");
    Ok(url)
}

/// How far a request travels.
#[derive(Debug, PartialEq)]
enum Reach {
    Loopback,
    Private,
    Open,
}

fn reach(url: &Url) -> Reach {
    match url.host() {
        Some(Host::Ipv4(address)) => of_address(address.into()),
        Some(Host::Ipv6(address)) => {
            of_address(address.to_ipv4_mapped().map_or(IpAddr::V6(address), IpAddr::V4))
        }
        Some(Host::Domain(name)) => of_name(name.trim_end_matches('.')),
        None => Reach::Open,
    }
}

fn of_address(address: IpAddr) -> Reach {
    let private = match address {
        IpAddr::V4(v4) => v4.is_private() || v4.is_link_local() || is_shared(v4),
        IpAddr::V6(v6) => v6.is_unique_local() || v6.is_unicast_link_local(),
    };
    if address.is_loopback() {
        Reach::Loopback
    } else if private {
        Reach::Private
    } else {
        Reach::Open
    }
}

/// The address space of carriers and of private overlay networks, 100.64.0.0/10 (RFC 6598).
fn is_shared(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    first == 100 && second & 0xc0 == 64
}

/// Names that never leave this computer (RFC 6761), and those that never leave a home or company network (RFC 6762,
/// RFC 8375, `.internal`, and names without a dot).
fn of_name(name: &str) -> Reach {
    let within =
        |domain: &str| name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    if within("localhost") {
        Reach::Loopback
    } else if !name.contains('.') || ["local", "lan", "internal", "home.arpa"].into_iter().any(within) {
        Reach::Private
    } else {
        Reach::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_secrets_by_their_parameters_names() {
        for secret in [
            "token",
            "access_token",
            "Access-Token",
            "auth",
            "authorization",
            "api_key",
            "apikey",
            "key",
            "JWT",
            "client_secret",
            "password",
            "sig",
            "X-Amz-Signature",
        ] {
            assert!(is_secret(secret), "{secret}");
        }
        for plain in ["topic", "since", "keyword", "monkey", "author", "stream", "tokens", "signal", ""] {
            assert!(!is_secret(plain), "{plain}");
        }
    }

    #[test]
    fn knows_how_far_a_request_travels() {
        use Reach::{Loopback, Open, Private};
        let table = [
            ("127.0.0.1:8080", Loopback),
            ("127.9.9.9", Loopback),
            ("[::1]", Loopback),
            ("[::ffff:127.0.0.1]", Loopback),
            ("localhost", Loopback),
            ("feed.localhost", Loopback),
            ("10.0.0.1", Private),
            ("172.31.0.1", Private),
            ("192.168.1.1", Private),
            ("169.254.1.1", Private),
            ("100.100.1.1", Private),
            ("[fd00::1]", Private),
            ("[fe80::1]", Private),
            ("nas", Private),
            ("nas.local.", Private),
            ("nas.home.arpa", Private),
            ("100.128.0.1", Open),
            ("172.32.0.1", Open),
            ("8.8.8.8", Open),
            ("[2001:db8::1]", Open),
            ("notlocalhost.test", Open),
            ("mylocal.test", Open),
            ("localhost.evil.test", Open),
            ("127.0.0.1.evil.test", Open),
        ];
        for (host, expected) in table {
            assert_eq!(reach(&Url::parse(&format!("http://{host}/")).unwrap()), expected, "{host}");
        }
    }

    #[test]
    fn an_address_edited_by_hand_is_shown_without_its_secrets() {
        assert_eq!(shown("https://me:hush@a.test/x?Token=hush&a=%20"), "https://a.test/x?Token=***&a=%20");
        assert_eq!(shown("https://a.test/x?a=1#top"), "https://a.test/x?a=1#top");
        assert_eq!(shown("nonsense"), "nonsense");
    }
}
