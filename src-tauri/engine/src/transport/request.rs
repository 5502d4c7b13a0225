//! What is asked of a server: address, method, headers, body.

use std::fmt;
use std::sync::Arc;

use http::Method;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use thiserror::Error;
use url::Url;

use super::dialect::Dialect;
use super::query;
use super::route::Route;
use super::unsaid::Unsaid;

/// Headers that belong to the protocol and can't be set for a feed.
pub const FORBIDDEN_HEADERS: [HeaderName; 8] = [
    header::ACCEPT,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::HOST,
    header::TE,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    HeaderName::from_static("last-event-id"),
];

/// A request that can be made again and again.
///
/// Its `Debug` shows neither query nor header values: both may hold secrets.
#[derive(Clone, PartialEq)]
pub struct Call {
    pub(super) url: Url,
    /// Secrets that belong into the address, see [`query::splice`].
    pub(super) query: Vec<(String, String)>,
    pub(super) method: Method,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<String>,
    pub(super) follow_anywhere: bool,
    pub(super) route: Arc<Route>,
    pub(super) dialect: Dialect,
    /// What no sentence may repeat, whoever says it.
    unsaid: Unsaid,
}

/// The parts of a [`Call`], as a person enters them. Full of secrets, so it has no `Debug`.
#[derive(Clone, Default)]
pub struct CallParts {
    /// An `http` or `https` address.
    pub url: String,
    /// The method; empty means GET.
    pub method: String,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<String>,
    /// Follow redirects to other origins, as the standard does; every header of ours stays behind.
    pub follow_anywhere: bool,
    /// Secret parameters of the address: names, and values percent-encoded. Where the address has the name, the value
    /// takes its place, else it is added.
    pub query: Vec<(String, String)>,
    /// How the server is reached.
    pub route: Route,
    /// What the service does its own way.
    pub dialect: Dialect,
    /// The secrets among all this, as they were entered: a server that says them back is not repeated.
    pub secrets: Vec<String>,
}

/// What is wrong with the parts of a call.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CallError {
    /// The address can't be used.
    #[error("{0}")]
    Url(String),
    /// The method isn't one.
    #[error("“{0}” is not an HTTP method.")]
    Method(String),
    /// A header can't be sent.
    #[error("{0}")]
    Header(String),
    /// The authority's certificate can't be used.
    #[error("{0}")]
    Authority(String),
    /// The client certificate can't be used.
    #[error("{0}")]
    ClientCertificate(String),
    /// The client certificate's key can't be used.
    #[error("{0}")]
    ClientKey(String),
    /// The pin is no fingerprint.
    #[error("{0}")]
    Pin(String),
    /// The proxy's address can't be used.
    #[error("{0}")]
    Proxy(String),
}

impl Call {
    /// Checks the parts and puts them together. A user and password in the address become Basic sign-in.
    ///
    /// # Errors
    /// Names the part that is wrong and what mends it.
    pub fn new(parts: CallParts) -> Result<Self, CallError> {
        let mut url = checked_url(&parts.url)?;
        let (mut headers, mut secrets) = (HeaderMap::new(), parts.secrets);
        secrets.extend(url.password().map(percent_decoded));
        if !url.username().is_empty() || url.password().is_some() {
            headers.insert(header::AUTHORIZATION, basic(&url));
            url.set_username("").and_then(|()| url.set_password(None)).expect("an http address has a host");
        }
        for (name, value) in &parts.headers {
            let (name, value) = checked_header(name, value)?;
            headers.insert(name, value);
        }
        let method = match parts.method.trim() {
            "" => Method::GET,
            text => Method::from_bytes(text.as_bytes()).map_err(|_| CallError::Method(text.into()))?,
        };
        let unsaid = Unsaid::new(secrets, &headers, &parts.query);
        Ok(Self {
            url,
            query: parts.query,
            method,
            headers,
            body: parts.body,
            follow_anywhere: parts.follow_anywhere,
            route: Arc::new(parts.route),
            dialect: parts.dialect,
            unsaid,
        })
    }

    /// Whether it goes over TLS without a certificate of its own.
    pub(super) fn is_nameless_over_tls(&self) -> bool {
        self.url.scheme() == "https" && self.route.identity.is_none()
    }

    /// Takes the call's secrets out of what is to be said, whoever put them there.
    pub(super) fn hush(&self, text: &str) -> String {
        self.unsaid.out_of(text)
    }

    /// The value of a header, `None` where it isn't text or isn't set.
    #[cfg(test)]
    pub(crate) fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The address as it is dialled, with its secrets and, where the service wants it there, the last event ID.
    pub(super) fn address(&self, last_event_id: &str) -> Url {
        let mut url = self.url.clone();
        query::splice(&mut url, &self.query);
        if let Some(name) = self.dialect.resume.parameter().filter(|_| !last_event_id.is_empty()) {
            query::splice(&mut url, &[(name.to_owned(), query::encoded(last_event_id))]);
        }
        url
    }

    /// Whether the address says itself where the service is to resume.
    pub(super) fn names_its_start(&self) -> bool {
        self.dialect.resume.parameter().is_some_and(|name| self.url.query_pairs().any(|(key, _)| key == name))
    }

    /// The scheme, host and port the call goes to.
    pub fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("origin", &self.origin())
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

/// Makes the value of an `Authorization` header for HTTP Basic (RFC 7617, UTF-8).
pub(crate) fn basic_value(username: &str, password: &str) -> String {
    use base64::Engine as _;
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{username}:{password}")))
}

fn checked_url(text: &str) -> Result<Url, CallError> {
    let url = Url::parse(text.trim()).map_err(|_| {
        CallError::Url("That is not a web address. It begins with https:// or http://.".into())
    })?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        let scheme = url.scheme();
        return Err(CallError::Url(format!("Feeds are read over https:// or http://, not “{scheme}:”.")));
    }
    Ok(url)
}

fn basic(url: &Url) -> HeaderValue {
    let value =
        basic_value(&percent_decoded(url.username()), &percent_decoded(url.password().unwrap_or_default()));
    let mut value = HeaderValue::from_str(&value).expect("base64 is plain ASCII");
    value.set_sensitive(true);
    value
}

/// Reads the user or password of an address as people mean it (URL standard, percent-decode; invalid UTF-8 replaced).
pub(crate) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16)?.try_into().ok();
        match digit(at + 1).zip(digit(at + 2)).map(|(high, low): (u8, u8)| high << 4 | low) {
            Some(byte) if bytes[at] == b'%' => {
                out.push(byte);
                at += 3;
            }
            Some(_) | None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn checked_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), CallError> {
    let parsed = HeaderName::from_bytes(name.trim().as_bytes()).map_err(|_| {
        CallError::Header(format!("“{}” is not a header name: use letters, digits and hyphens.", name.trim()))
    })?;
    if FORBIDDEN_HEADERS.contains(&parsed) {
        return Err(CallError::Header(format!(
            "The header {parsed} is set by Tidings itself; leave it out."
        )));
    }
    let mut value = HeaderValue::from_bytes(value.trim().as_bytes()).map_err(|_| {
        CallError::Header(format!("The value of {parsed} holds a line break or a control character."))
    })?;
    value.set_sensitive(true);
    Ok((parsed, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(url: &str, headers: &[(&str, &str)]) -> Result<Call, CallError> {
        let headers = headers.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
        Call::new(CallParts { url: url.into(), headers, ..CallParts::default() })
    }

    #[test]
    fn rejects_what_is_no_web_address_and_says_how_to_mend_it() {
        for bad in
            ["", "example", "ftp://example.org/x", "file:///etc/passwd", "javascript:alert(1)", "http://"]
        {
            let CallError::Url(text) = call(bad, &[]).unwrap_err() else {
                panic!("{bad}: not the address's error")
            };
            assert!(text.contains("http"), "{bad}: {text}");
        }
    }

    #[test]
    fn moves_user_and_password_out_of_the_address() {
        let call = call("https://me:p%40ss@example.org/feed?x=1", &[]).unwrap();
        assert_eq!(call.url.as_str(), "https://example.org/feed?x=1");
        assert_eq!(call.headers[header::AUTHORIZATION], basic_value("me", "p@ss"));
    }

    #[test]
    fn refuses_headers_that_would_break_the_request() {
        for (name, value) in
            [("Last-Event-ID", "1"), ("host", "x"), ("a b", "1"), ("x", "a\r\nb: c"), ("", "1")]
        {
            assert!(
                matches!(call("http://localhost/", &[(name, value)]), Err(CallError::Header(_))),
                "{name}"
            );
        }
    }

    #[test]
    fn the_last_id_takes_its_place_in_the_address_where_the_service_wants_it_there() {
        use crate::transport::ResumeBy;
        let at = |resume, url: &str, id: &str| {
            let dialect = Dialect { resume, ..Dialect::default() };
            let parts = CallParts { url: url.into(), dialect, ..CallParts::default() };
            String::from(Call::new(parts).unwrap().address(id))
        };
        let since = ResumeBy::Parameter("since");
        assert_eq!(at(since, "http://a.test/t/sse", "x1"), "http://a.test/t/sse?since=x1");
        assert_eq!(at(since, "http://a.test/t/sse?since=all&p=1", "x1"), "http://a.test/t/sse?since=x1&p=1");
        assert_eq!(at(since, "http://a.test/t/sse?since=all", ""), "http://a.test/t/sse?since=all");
        assert_eq!(
            at(ResumeBy::HeaderAndParameter("id"), "http://a.test/", "urn:a&b"),
            "http://a.test/?id=urn%3Aa%26b"
        );
        assert_eq!(at(ResumeBy::Header, "http://a.test/", "x1"), "http://a.test/");
    }

    #[test]
    fn shows_neither_query_nor_header_values_in_debug() {
        let call = call("https://example.org/feed?token=hush1", &[("x-key", "hush2")]).unwrap();
        assert!(!format!("{call:?} {:?}", call.headers).contains("hush"));
    }
}
