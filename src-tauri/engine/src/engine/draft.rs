//! What a person fills in for a feed: checked field by field, split into settings and secrets.

mod address;
mod connection;
mod files;
mod icon;
mod settled;

use std::collections::BTreeSet;

use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use address::Address;
pub use address::{holds_secrets, shown};
pub use connection::{ConnectionDraft, ParameterDraft, ProxyDraft};
pub(super) use connection::{
    checked_proxy, longest_wait, proxy_view, sign_in_of_proxy, silence, view as connection_view,
};
pub(super) use files::read as read_files;
pub use icon::IconDraft;
pub(super) use icon::{read as read_icon, refused};
pub(super) use settled::settled;

use super::{Field, RequestError, demo};
use crate::id::FeedId;
use crate::language::Language;
use crate::preset::{self, Origin, Preset};
use crate::secrets::{Home, Secrets};
use crate::settings::{self, Allowed, Feed, SignIn};
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
    /// Its address. A user and password in it become Basic sign-in; parameters with a secret's name become secrets, and
    /// `***` in the place of one keeps the value that is set.
    pub url: String,
    /// What stands for it; `None` keeps what is set.
    pub icon: Option<IconDraft>,
    /// Whether its events raise popups.
    pub notify: bool,
    /// What its server may decide of its popups; `None` keeps what is set.
    pub allowed: Option<Allowed>,
    /// The service behind it; `None` leaves that to what is recognised.
    pub preset: Option<Preset>,
    /// How it signs in.
    pub sign_in: SignInDraft,
    /// Extra request headers.
    pub headers: Vec<HeaderDraft>,
    /// Where its secrets go.
    pub secrets: Home,
    /// Whether a person agreed to send its secrets over plain http within a private network; never taken back by `false`.
    pub plain_http: bool,
    /// How its server is reached; `None` keeps what is set, for a new feed the default.
    pub connection: Option<ConnectionDraft>,
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

pub(super) fn invalid(field: Field, message: impl Into<String>) -> RequestError {
    RequestError::Invalid { field, message: message.into() }
}

/// Checks a draft for the feed `id`; what is known of it, and its present secrets, stand in where the draft keeps them.
pub(super) fn check(
    mut draft: FeedDraft,
    id: FeedId,
    known: Option<&Feed>,
    present: &Secrets,
) -> Result<Checked, RequestError> {
    let Address { url, query } = address::take_secrets_out(&mut draft, known, present)?;
    let name = checked_name(&draft.name, &url)?;
    let mut secrets = Secrets { query, ..Secrets::default() };
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
    let mut connection = match draft.connection.take() {
        Some(draft) => connection::checked(draft, known, present, &mut secrets)?,
        None => {
            let kept = known.map(|feed| feed.connection.clone()).unwrap_or_default();
            connection::keep(&kept, present, &mut secrets);
            kept
        }
    };
    connection.secrets_over_plain_http |= draft.plain_http;
    let (url, notify, preset) = (String::from(url), draft.notify, draft.preset);
    let icon = icon::checked(draft.icon, known)?;
    let mut notices = known.map(|feed| feed.notices.clone()).unwrap_or_default();
    notices.allowed = draft.allowed.unwrap_or(notices.allowed);
    let keep = known.map(|feed| feed.keep).unwrap_or_default();
    // Another address may be of another service.
    let recognised = known.filter(|feed| feed.url == url).and_then(|feed| feed.recognised);
    let plain = Feed::new(id, name, url);
    let feed =
        Feed { icon, notify, sign_in, headers, preset, recognised, connection, notices, keep, ..plain };
    call(&demo::somewhere(&feed), &secrets)?;
    Ok(Checked { feed, secrets })
}

/// Builds the request of a feed, secrets spliced in.
pub(super) fn call(feed: &Feed, secrets: &Secrets) -> Result<Call, RequestError> {
    address::check_way(feed)?;
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
    let settings::Connection { method, body, .. } = &feed.connection;
    if let Some(body) = body
        && !secrets.headers.contains_key(CONTENT_TYPE.as_str())
    {
        headers.push((CONTENT_TYPE.to_string(), connection::content_type(body).into()));
    }
    let query = secrets.query.iter().map(|(name, value)| (name.clone(), value.expose_secret().to_owned()));
    let parts = connection::route(&feed.connection, secrets).map(|route| CallParts {
        url: feed.url.clone(),
        method: method.clone(),
        headers,
        body: body.clone(),
        query: query.collect(),
        route,
        dialect: preset::dialect(understood_as(feed)),
        secrets: secrets.all().map(str::to_owned).collect(),
        ..CallParts::default()
    });
    parts.and_then(Call::new).map_err(of_call)
}

/// Where a feed's messages come from, and in which language they are spoken of.
pub(super) fn origin(feed: &Feed, language: Language) -> Origin {
    Origin { preset: understood_as(feed), several: preset::asks_for_several(&feed.url), language }
}

/// The service behind a feed: the one that was set, else recognised, else told by its address.
pub(super) fn understood_as(feed: &Feed) -> Option<Preset> {
    feed.preset.or_else(|| recognised_as(feed))
}

/// The service a feed is taken for, whichever was set.
pub(super) fn recognised_as(feed: &Feed) -> Option<Preset> {
    feed.recognised.or_else(|| preset::of_address(&feed.url))
}

fn of_call(error: CallError) -> RequestError {
    let field = match error {
        CallError::Url(_) => Field::Url,
        CallError::Method(_) => Field::Method,
        CallError::Header(_) => Field::Headers,
        CallError::Authority(_) => Field::Authority,
        CallError::ClientCertificate(_) => Field::ClientCertificate,
        CallError::ClientKey(_) => Field::ClientKey,
        CallError::Pin(_) => Field::Pin,
        CallError::Proxy(_) => Field::Proxy,
    };
    invalid(field, error.to_string())
}

/// Whether a feed can't be dialled without secrets.
pub(super) fn needs_secrets(feed: &Feed) -> bool {
    feed.sign_in != SignIn::None
        || !feed.headers.is_empty()
        || !masked(&feed.url).is_empty()
        || connection::needs_secrets(&feed.connection)
}

/// Whether a feed can't be dialled with these secrets alone.
pub fn lacks_secrets(feed: &Feed, secrets: Option<&Secrets>) -> bool {
    needs_secrets(feed) && !secrets.is_some_and(|secrets| complete(feed, secrets))
}

/// Whether the secrets hold everything the feed names.
pub(super) fn complete(feed: &Feed, secrets: &Secrets) -> bool {
    (feed.sign_in == SignIn::None || secrets.sign_in.is_some())
        && feed.headers.iter().all(|name| secrets.headers.contains_key(name))
        && masked(&feed.url).iter().all(|name| secrets.query.contains_key(name))
        && connection::complete(&feed.connection, secrets)
}

/// The names of the address's parameters whose values are secret.
fn masked(url: &str) -> Vec<String> {
    Url::parse(url).map(|url| crate::transport::masked(&url)).unwrap_or_default()
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
mod tests;
