//! The address a person enters: secrets are taken out of it, and it says whether they may be sent there.

use std::collections::BTreeMap;

use secrecy::SecretString;
use url::Url;

use super::connection::ParameterDraft;
use super::{FeedDraft, SignInDraft, invalid};
use crate::engine::{Field, RequestError, demo};
use crate::secrets::Secrets;
use crate::settings::{Feed, SignIn};
use crate::transport::{Call, CallParts, MASK, Reach, encoded, masked, percent_decoded, splice, take};

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
    let mut url = take_user_out(draft, known)?;
    // A server is never sent a fragment, and what signs people in leaves tokens in it.
    url.set_fragment(None);
    let none = Vec::new();
    let parameters = draft.connection.as_ref().map_or(&none, |connection| &connection.parameters);
    let entered = entered(parameters)?;
    let mut query = BTreeMap::new();
    let absent = |name: &str| {
        let field = if entered.contains_key(name) { Field::SignIn } else { Field::Url };
        invalid(field, format!("Enter the value of the address's parameter {name}."))
    };
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
    for (name, value) in entered.iter().filter(|(name, _)| !there.contains(name)) {
        let value = value.clone().or_else(|| kept(name, known, present)).ok_or_else(|| absent(name))?;
        splice(&mut url, &[(name.clone(), MASK.into())]);
        query.insert(name.clone(), value);
    }
    Ok(Address { url, query })
}

/// Whether an address holds a user, a password or a parameter with a secret's name.
pub fn holds_secrets(address: &str) -> bool {
    Url::parse(address.trim()).is_ok_and(|mut url| without_secrets(&mut url))
}

/// An address as it may be shown: settings edited by hand may hold secrets in theirs.
pub fn shown(address: &str) -> String {
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
    let fragment = url.fragment().is_some_and(holds_token);
    if fragment {
        url.set_fragment(None);
    }
    user || !taken.is_empty() || fragment
}

/// Whether a fragment is one that a sign-in page left a token in.
fn holds_token(fragment: &str) -> bool {
    let mut pairs = fragment.split(['?', '&']).filter_map(|pair| pair.split_once('='));
    pairs.any(|(name, value)| !value.is_empty() && is_secret(&percent_decoded(name)))
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
    match Reach::of(&url) {
        Reach::Loopback => Ok(()),
        Reach::Private if feed.connection.secrets_over_plain_http => Ok(()),
        Reach::Private => Err(invalid(
            Field::Url,
            "Over http:// everybody in that network can read this feed's secrets. Use https://, or agree to it.",
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
                Field::SignIn,
                "A parameter of the address needs a name without control characters.",
            ));
        }
        let value = value.as_deref().map(|value| encoded(value).into());
        if all.insert(name.to_owned(), value).is_some() {
            return Err(invalid(
                Field::SignIn,
                format!("The parameter {name} is there twice. Leave one out."),
            ));
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

/// The address of a demo feed that keeps it; nobody else may enter one.
fn unchanged_demo(entered: &str, known: Option<&Feed>) -> Option<Url> {
    let known = known.filter(|feed| demo::is_demo(&feed.url) && feed.url == entered.trim())?;
    Url::parse(&known.url).ok()
}

/// People paste addresses with a user and password in them; those are secrets and have no place in the settings.
fn take_user_out(draft: &mut FeedDraft, known: Option<&Feed>) -> Result<Url, RequestError> {
    if let Some(url) = unchanged_demo(&draft.url, known) {
        return Ok(url);
    }
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
    fn an_address_edited_by_hand_is_shown_without_its_secrets() {
        assert_eq!(shown("https://me:hush@a.test/x?Token=hush&a=%20"), "https://a.test/x?Token=***&a=%20");
        assert_eq!(shown("https://a.test/x#state=1&access%5Ftoken=hush"), "https://a.test/x");
        assert_eq!(shown("https://a.test/x?a=1#top"), "https://a.test/x?a=1#top");
        assert_eq!(shown("nonsense"), "nonsense");
    }
}
