//! What a feed can set beyond its address and sign-in: the request, who vouches for whom, the proxy, and patience.

use std::ops::RangeInclusive;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::{invalid, secret};
use crate::connection::{SILENCE, backoff};
use crate::engine::{Field, RequestError};
use crate::secrets::Secrets;
use crate::settings::{self, Feed};
use crate::transport::{CallError, Fingerprint, Proxy, Route, RouteParts, percent_decoded};
use crate::update::{ConnectionView, ProxyView};

/// How long a feed may be silent, in seconds: shorter would end links that merely stall, longer would lose hours.
const SILENCES: RangeInclusive<u32> = 15..=3600;
/// How long the wait between two dials may grow, in seconds: shorter would storm a server that is down.
const WAITS: RangeInclusive<u32> = 10..=3600;
/// Far more than a query for a stream takes.
const LONGEST_BODY: usize = 64 * 1024;
/// These have no stream for an answer, or mean something else to proxies.
const USELESS_METHODS: [&str; 4] = ["CONNECT", "HEAD", "OPTIONS", "TRACE"];

/// What a feed can set beyond its address and sign-in. The default is what nearly every feed has.
#[derive(Clone, Default)]
pub struct ConnectionDraft {
    /// Parameters of the address that hold secrets.
    pub parameters: Vec<ParameterDraft>,
    /// The method; empty means GET, or POST where there is a body.
    pub method: String,
    /// The body, which is stored with the settings; empty for none, `None` keeps what is set.
    pub body: Option<String>,
    /// Certificates of the server's own authority, in PEM, or the path of a file of them; empty for none, `None` keeps
    /// what is set.
    pub authority: Option<String>,
    /// A client certificate, in PEM, or the path of its file; empty for none, `None` keeps what is set.
    pub client_certificate: Option<String>,
    /// The client certificate's key, in PEM, or the path of its file; `None` keeps the one that is set.
    pub client_key: Option<String>,
    /// The fingerprint of the only key the server may have; empty for any that is vouched for.
    pub pin: String,
    /// The proxy.
    pub proxy: ProxyDraft,
    /// A link without a byte for so many seconds is dead, 15 to 3600; `None` for 90.
    pub silence_seconds: Option<u32>,
    /// The longest wait between two dials in seconds, 10 to 3600; `None` for 300.
    pub longest_wait_seconds: Option<u32>,
    /// Whether secrets may be sent over plain http in a private network.
    pub secrets_over_plain_http: bool,
}

/// A parameter of the address that holds a secret.
#[derive(Clone)]
pub struct ParameterDraft {
    /// Its name.
    pub name: String,
    /// Its value as plain text; `None` keeps the one that is set.
    pub value: Option<String>,
}

/// Which proxy a feed is to use.
#[derive(Clone, Default)]
pub enum ProxyDraft {
    /// What the system says.
    #[default]
    System,
    /// None.
    None,
    /// This one.
    Url {
        /// Its address, `http`, `https`, `socks5` or `socks5h`; a user and password in it become its sign-in.
        url: String,
        /// Its user; empty for none.
        username: String,
        /// The password; `None` keeps the one that is set.
        password: Option<String>,
    },
}

/// Checks a draft and splits it into settings and secrets.
pub(super) fn checked(
    draft: ConnectionDraft,
    known: Option<&Feed>,
    present: &Secrets,
    secrets: &mut Secrets,
) -> Result<settings::Connection, RequestError> {
    let known = known.map(|feed| &feed.connection);
    let certificate = |entered: Option<String>, kept: fn(&settings::Connection) -> &String| match entered {
        Some(text) => text.trim().to_owned(),
        None => known.map(kept).cloned().unwrap_or_default(),
    };
    let client_certificate = certificate(draft.client_certificate, |kept| &kept.client_certificate);
    if !client_certificate.is_empty() {
        let key = draft.client_key.as_deref().map(str::trim);
        let what = "the client certificate's key";
        secrets.client_key = Some(secret(key, present.client_key.as_ref(), Field::ClientKey, what)?);
    }
    let pin = match draft.pin.trim() {
        "" => String::new(),
        // One that can't be read is refused with the route.
        text => Fingerprint::read(text).map_or_else(|| text.to_owned(), |pin| pin.to_string()),
    };
    let body = draft.body.or_else(|| known?.body.clone()).filter(|body| !body.is_empty());
    Ok(settings::Connection {
        method: checked_method(&draft.method, body.as_deref())?,
        body,
        authority: certificate(draft.authority, |kept| &kept.authority),
        client_certificate,
        pin,
        proxy: checked_proxy(draft.proxy, present, secrets)?,
        silence_seconds: within(draft.silence_seconds, &SILENCES, Field::Silence, "The silence time")?,
        longest_wait_seconds: within(
            draft.longest_wait_seconds,
            &WAITS,
            Field::LongestWait,
            "The longest wait",
        )?,
        secrets_over_plain_http: draft.secrets_over_plain_http,
    })
}

/// The secrets of settings that stay as they are.
pub(super) fn keep(connection: &settings::Connection, present: &Secrets, secrets: &mut Secrets) {
    if !connection.client_certificate.is_empty() {
        secrets.client_key.clone_from(&present.client_key);
    }
    if sign_in_of_proxy(&connection.proxy) {
        secrets.proxy.clone_from(&present.proxy);
    }
}

/// Whether a connection can't be made without secrets.
pub(super) fn needs_secrets(connection: &settings::Connection) -> bool {
    !connection.client_certificate.is_empty() || sign_in_of_proxy(&connection.proxy)
}

/// Whether the secrets hold everything the connection needs.
pub(super) fn complete(connection: &settings::Connection, secrets: &Secrets) -> bool {
    (connection.client_certificate.is_empty() || secrets.client_key.is_some())
        && (!sign_in_of_proxy(&connection.proxy) || secrets.proxy.is_some())
}

/// Puts together how a feed's server is reached.
pub(super) fn route(connection: &settings::Connection, secrets: &Secrets) -> Result<Route, CallError> {
    let exposed = |secret: &Option<SecretString>| {
        secret.as_ref().map_or_else(String::new, |secret| secret.expose_secret().to_owned())
    };
    let certificate = &connection.client_certificate;
    let password = exposed(&secrets.proxy);
    Route::new(&RouteParts {
        authority: connection.authority.clone(),
        identity: (!certificate.is_empty()).then(|| (certificate.clone(), exposed(&secrets.client_key))),
        pin: connection.pin.clone(),
        proxy: match &connection.proxy {
            settings::Proxy::System => Proxy::System,
            settings::Proxy::None => Proxy::None,
            settings::Proxy::Url { url, username: None } => Proxy::at(url, None)?,
            settings::Proxy::Url { url, username: Some(user) } => Proxy::at(url, Some((user, &password)))?,
        },
    })
}

/// What of a connection may be shown.
pub(in crate::engine) fn view(connection: &settings::Connection) -> ConnectionView {
    ConnectionView {
        method: connection.method.clone(),
        body: connection.body.is_some(),
        authority: !connection.authority.is_empty(),
        client_certificate: !connection.client_certificate.is_empty(),
        pin: connection.pin.clone(),
        proxy: proxy_view(&connection.proxy),
        silence_seconds: connection.silence_seconds,
        longest_wait_seconds: connection.longest_wait_seconds,
        plain_http: connection.secrets_over_plain_http,
    }
}

/// What of a proxy may be shown.
pub(in crate::engine) fn proxy_view(proxy: &settings::Proxy) -> ProxyView {
    match proxy {
        settings::Proxy::System => ProxyView::System,
        settings::Proxy::None => ProxyView::None,
        settings::Proxy::Url { url, username } => {
            ProxyView::Url { url: super::shown(url), username: username.clone() }
        }
    }
}

/// The type of a body that names none of its own.
pub(super) fn content_type(body: &str) -> &'static str {
    if serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok() {
        "application/json"
    } else {
        "text/plain;charset=UTF-8"
    }
}

/// How long a feed may be silent.
pub(in crate::engine) fn silence(feed: &Feed) -> Duration {
    seconds(feed.connection.silence_seconds, &SILENCES).unwrap_or(SILENCE)
}

/// How long the wait between two dials may grow.
pub(in crate::engine) fn longest_wait(feed: &Feed) -> Duration {
    seconds(feed.connection.longest_wait_seconds, &WAITS).unwrap_or(backoff::LONGEST)
}

/// Settings edited by hand may hold any number.
fn seconds(set: Option<u32>, range: &RangeInclusive<u32>) -> Option<Duration> {
    set.map(|seconds| Duration::from_secs(seconds.clamp(*range.start(), *range.end()).into()))
}

fn within(
    seconds: Option<u32>,
    range: &RangeInclusive<u32>,
    field: Field,
    what: &str,
) -> Result<Option<u32>, RequestError> {
    match seconds {
        Some(seconds) if !range.contains(&seconds) => {
            Err(invalid(field, format!("{what} is {} to {} seconds.", range.start(), range.end())))
        }
        fitting => Ok(fitting),
    }
}

fn checked_method(method: &str, body: Option<&str>) -> Result<String, RequestError> {
    let method = method.trim().to_ascii_uppercase();
    let body = body.unwrap_or_default();
    if body.len() > LONGEST_BODY {
        return Err(invalid(Field::Body, format!("The body is longer than {} KiB.", LONGEST_BODY / 1024)));
    }
    if USELESS_METHODS.contains(&method.as_str()) {
        return Err(invalid(Field::Method, format!("{method} brings no stream. Use GET or POST.")));
    }
    match (method.as_str(), body.is_empty()) {
        ("GET", false) => Err(invalid(Field::Method, "A GET has no body. Use POST, or take the body out.")),
        ("", false) => Ok("POST".into()),
        ("GET", true) => Ok(String::new()),
        _ => Ok(method),
    }
}

/// Checks which proxy is to be used and takes its sign-in apart.
pub(in crate::engine) fn checked_proxy(
    draft: ProxyDraft,
    present: &Secrets,
    secrets: &mut Secrets,
) -> Result<settings::Proxy, RequestError> {
    let (address, mut username, mut password) = match draft {
        ProxyDraft::System => return Ok(settings::Proxy::System),
        ProxyDraft::None => return Ok(settings::Proxy::None),
        ProxyDraft::Url { url, username, password } => (url, username.trim().to_owned(), password),
    };
    Proxy::at(&address, None).map_err(|error| invalid(Field::Proxy, error.to_string()))?;
    let url = Url::parse(address.trim()).map_err(|error| invalid(Field::Proxy, error.to_string()))?;
    if !url.username().is_empty() {
        username = percent_decoded(url.username());
        password = Some(percent_decoded(url.password().unwrap_or_default()));
    }
    if username.contains(':') {
        return Err(invalid(Field::ProxySignIn, "The proxy's user name can't hold a colon."));
    }
    let signs_in = !username.is_empty();
    if signs_in {
        let what = "the proxy's password";
        secrets.proxy = Some(secret(password.as_deref(), present.proxy.as_ref(), Field::ProxySignIn, what)?);
    }
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let url = format!("{}://{}{port}", url.scheme(), url.host_str().unwrap_or_default());
    Ok(settings::Proxy::Url { url, username: signs_in.then_some(username) })
}

/// Whether a proxy can't be asked without a password.
pub(in crate::engine) fn sign_in_of_proxy(proxy: &settings::Proxy) -> bool {
    matches!(proxy, settings::Proxy::Url { username: Some(_), .. })
}
