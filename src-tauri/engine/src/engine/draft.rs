//! What a person fills in for a feed: checked field by field, split into settings and secrets.

use std::collections::BTreeSet;

use http::header::{AUTHORIZATION, HeaderName};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::{Field, RequestError};
use crate::id::FeedId;
use crate::secrets::{Home, Secrets};
use crate::settings::{Feed, SignIn};
use crate::transport::{Call, CallError, CallParts, FORBIDDEN_HEADERS, basic_value};

/// Longer names push everything else out of the list and the popup.
const LONGEST_NAME: usize = 100;
/// More than any access proxy asks for.
const MOST_HEADERS: usize = 20;

/// What a person fills in to add or edit a feed.
#[derive(Clone)]
pub struct FeedDraft {
    /// Its name; empty takes the address's host.
    pub name: String,
    /// Its address; a user and password in it become Basic sign-in.
    pub url: String,
    /// Whether its events raise popups.
    pub notify: bool,
    /// How it signs in.
    pub sign_in: SignInDraft,
    /// Extra request headers.
    pub headers: Vec<HeaderDraft>,
    /// Where its secrets go.
    pub secrets: Home,
}

/// How a feed is to sign in.
#[derive(Clone)]
pub enum SignInDraft {
    /// Not at all.
    None,
    /// HTTP Basic.
    Basic {
        /// The user's name.
        username: String,
        /// The password; `None` keeps the one that is set.
        password: Option<String>,
    },
    /// A bearer token.
    Bearer {
        /// The token; `None` keeps the one that is set.
        token: Option<String>,
    },
}

/// An extra request header.
#[derive(Clone)]
pub struct HeaderDraft {
    /// Its name.
    pub name: String,
    /// Its value; `None` keeps the one that is set.
    pub value: Option<String>,
}

/// A draft that holds together.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) feed: Feed,
    pub(super) secrets: Secrets,
}

fn invalid(field: Field, message: impl Into<String>) -> RequestError {
    RequestError::Invalid { field, message: message.into() }
}

/// Checks a draft for the feed `id`, whose present secrets stand in where the draft keeps them.
pub(super) fn check(mut draft: FeedDraft, id: FeedId, present: &Secrets) -> Result<Checked, RequestError> {
    let url = take_user_out(&mut draft)?;
    let name = checked_name(&draft.name, &url)?;
    let mut secrets = Secrets::default();
    let sign_in = match &draft.sign_in {
        SignInDraft::None => SignIn::None,
        SignInDraft::Basic { username, password } => {
            secrets.sign_in =
                Some(secret(password.as_deref(), present.sign_in.as_ref(), Field::SignIn, "the password")?);
            SignIn::Basic { username: checked_username(username)? }
        }
        SignInDraft::Bearer { token } => {
            let token = secret(token.as_deref(), present.sign_in.as_ref(), Field::SignIn, "the token")?;
            secrets.sign_in = Some(checked_token(&token)?);
            SignIn::Bearer
        }
    };
    let headers = take_headers(&draft, present, &mut secrets)?;
    let feed = Feed { id, name, url: url.into(), enabled: true, notify: draft.notify, sign_in, headers };
    call(&feed, &secrets)?;
    Ok(Checked { feed, secrets })
}

/// Builds the request of a feed, secrets spliced in.
pub(super) fn call(feed: &Feed, secrets: &Secrets) -> Result<Call, RequestError> {
    let mut headers: Vec<_> = secrets
        .headers
        .iter()
        .map(|(name, value)| (name.clone(), value.expose_secret().to_owned()))
        .collect();
    let secret = secrets.sign_in.as_ref().map_or("", |secret| secret.expose_secret());
    match &feed.sign_in {
        SignIn::None => {}
        SignIn::Basic { username } => {
            headers.push((AUTHORIZATION.to_string(), basic_value(username, secret)))
        }
        SignIn::Bearer => headers.push((AUTHORIZATION.to_string(), format!("Bearer {secret}"))),
    }
    let parts = CallParts { url: feed.url.clone(), headers, ..CallParts::default() };
    Call::new(parts).map_err(|error| match error {
        CallError::Url(message) | CallError::Method(message) => invalid(Field::Url, message),
        CallError::Header(message) => invalid(Field::Headers, message),
    })
}

/// Whether a feed can't be dialled without secrets.
pub(super) fn needs_secrets(feed: &Feed) -> bool {
    feed.sign_in != SignIn::None || !feed.headers.is_empty()
}

/// Whether the secrets hold everything the feed names.
pub(super) fn complete(feed: &Feed, secrets: &Secrets) -> bool {
    (feed.sign_in == SignIn::None || secrets.sign_in.is_some())
        && feed.headers.iter().all(|name| secrets.headers.contains_key(name))
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
    let plain = |text: &str| crate::transport::percent_decoded(text);
    draft.sign_in = SignInDraft::Basic {
        username: plain(url.username()),
        password: Some(plain(url.password().unwrap_or_default())),
    };
    url.set_username("").and_then(|()| url.set_password(None)).expect("an http address has a host");
    Ok(url)
}

fn checked_name(name: &str, url: &Url) -> Result<String, RequestError> {
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().any(char::is_control) {
        return Err(invalid(Field::Name, "The name holds a control character. Type it again."));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(invalid(
            Field::Name,
            format!("The name is longer than {LONGEST_NAME} characters. Shorten it."),
        ));
    }
    Ok(if name.is_empty() { url.host_str().unwrap_or("Feed").to_owned() } else { name })
}

fn checked_username(username: &str) -> Result<String, RequestError> {
    let username = username.trim();
    if username.is_empty() {
        return Err(invalid(Field::SignIn, "Enter the user name."));
    }
    if username.contains(':') || username.chars().any(char::is_control) {
        return Err(invalid(Field::SignIn, "A user name can't hold a colon or a control character."));
    }
    Ok(username.to_owned())
}

/// Pasted tokens often bring the scheme along.
fn checked_token(token: &SecretString) -> Result<SecretString, RequestError> {
    let mut words = token.expose_secret().split_whitespace().peekable();
    words.next_if(|word| word.eq_ignore_ascii_case("bearer"));
    let bare = words.next().filter(|_| words.next().is_none()).unwrap_or_default();
    if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(invalid(
            Field::SignIn,
            "A token is one word of letters, digits and signs, without spaces.",
        ));
    }
    Ok(bare.to_owned().into())
}

fn secret(
    entered: Option<&str>,
    present: Option<&SecretString>,
    field: Field,
    what: &str,
) -> Result<SecretString, RequestError> {
    match (entered, present) {
        (Some(text), _) if !text.is_empty() => Ok(text.to_owned().into()),
        (None, Some(present)) => Ok(present.clone()),
        (Some(_) | None, _) => Err(invalid(field, format!("Enter {what}."))),
    }
}

fn take_headers(
    draft: &FeedDraft,
    present: &Secrets,
    secrets: &mut Secrets,
) -> Result<Vec<String>, RequestError> {
    if draft.headers.len() > MOST_HEADERS {
        return Err(invalid(Field::Headers, format!("No more than {MOST_HEADERS} headers.")));
    }
    let mut names = BTreeSet::new();
    for header in &draft.headers {
        let name = checked_header_name(&header.name, &draft.sign_in)?;
        let what = format!("the value of {name}");
        let value = secret(header.value.as_deref(), present.headers.get(&name), Field::Headers, &what)?;
        if !names.insert(name.clone()) {
            return Err(invalid(Field::Headers, format!("The header {name} is there twice. Leave one out.")));
        }
        secrets.headers.insert(name, value);
    }
    Ok(names.into_iter().collect())
}

fn checked_header_name(name: &str, sign_in: &SignInDraft) -> Result<String, RequestError> {
    let name = name.trim();
    let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        invalid(Field::Headers, format!("“{name}” is not a header name: use letters, digits and hyphens."))
    })?;
    if FORBIDDEN_HEADERS.contains(&parsed) {
        return Err(invalid(
            Field::Headers,
            format!("The header {parsed} is set by Tidings itself; leave it out."),
        ));
    }
    if parsed == AUTHORIZATION && !matches!(sign_in, SignInDraft::None) {
        return Err(invalid(
            Field::Headers,
            "The sign-in sets the header authorization already. Use one of the two.",
        ));
    }
    Ok(parsed.to_string())
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
