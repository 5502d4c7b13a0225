//! Which redirects are followed, and what of the request goes along.

use std::sync::Arc;

use http::header::{self, HeaderMap};
use http::{Method, StatusCode};
use url::Url;

use super::dialect::Dialect;
use super::fault::{Cause, Fault};
use super::request::Call;
use super::route::Route;

/// The Fetch standard follows 20; a feed that needs more than a few is a loop.
const MAX_HOPS: u32 = 10;

/// Where a dial stands in a chain of redirects.
#[derive(Clone)]
pub(super) struct Hop {
    pub(super) call: Call,
    /// The origin has changed, so nothing of ours may go along but the protocol's own headers.
    pub(super) stranger: bool,
    count: u32,
}

impl Hop {
    pub(super) fn first(call: Call) -> Self {
        Self { call, stranger: false, count: 0 }
    }

    /// Follows one redirect answer.
    pub(super) fn follow(&self, status: StatusCode, headers: &HeaderMap) -> Result<Self, Fault> {
        let target = headers.get(header::LOCATION).filter(|value| !value.is_empty());
        let Some(target) = target.and_then(|value| value.to_str().ok()) else {
            return Err(Fault::new(
                Cause::Useless,
                format!("The server redirects ({status}) without saying where."),
            ));
        };
        if self.count >= MAX_HOPS {
            return Err(Fault::new(
                Cause::Useless,
                format!("The server redirects in circles (over {MAX_HOPS} times)."),
            ));
        }
        let url = self.call.url.join(target).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let Some(url) = url else {
            return Err(Fault::new(
                Cause::Useless,
                "The server redirects to something that is not a web address.",
            ));
        };
        let within =
            may_carry_secrets(&self.call.url, &url) || self.call.dialect.is_kin(&self.call.url, &url);
        // A body may hold a secret, and a request that needs one is useless without.
        let free = self.call.follow_anywhere && (self.call.body.is_none() || becomes_get(status, &self.call));
        if !within && !free {
            let origin = url.origin().ascii_serialization();
            return Err(Fault::new(
                Cause::Person,
                format!(
                    "The server redirects to another site, {origin}. If you trust it, use its address for this feed."
                ),
            ));
        }
        Ok(self.moved(status, url, within))
    }

    fn moved(&self, status: StatusCode, mut url: Url, within: bool) -> Self {
        let mut call = self.call.clone();
        // An address in a redirect must not smuggle a sign-in of its own.
        let _ = url.set_username("").and_then(|()| url.set_password(None));
        if url.fragment().is_none() {
            url.set_fragment(call.url.fragment());
        }
        call.url = url;
        if becomes_get(status, &call) {
            call.method = Method::GET;
            call.body = None;
            call.headers.remove(header::CONTENT_TYPE);
        }
        let stranger = self.stranger || !within;
        if stranger {
            call.headers.clear();
            call.query.clear();
            call.dialect = Dialect::default();
            call.route = Arc::new(Route { proxy: call.route.proxy.clone(), ..Route::default() });
        }
        Self { call, stranger, count: self.count + 1 }
    }
}

/// Whether the redirected request is a GET without a body (Fetch, HTTP-redirect fetch, step 12).
fn becomes_get(status: StatusCode, call: &Call) -> bool {
    status == StatusCode::SEE_OTHER && call.method != Method::HEAD
        || matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND) && call.method == Method::POST
}

/// The same origin, or the same host from http up to https on the schemes' own ports.
fn may_carry_secrets(from: &Url, to: &Url) -> bool {
    from.origin() == to.origin()
        || from.scheme() == "http"
            && to.scheme() == "https"
            && from.host() == to.host()
            && to.port().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::CallParts;

    fn hop(url: &str, follow_anywhere: bool) -> Hop {
        let headers = vec![("x-key".into(), "secret".into())];
        Hop::first(
            Call::new(CallParts { url: url.into(), headers, follow_anywhere, ..CallParts::default() })
                .unwrap(),
        )
    }

    fn to(location: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::LOCATION, location.parse().unwrap())])
    }

    #[test]
    fn stays_within_the_origin() {
        let table = [
            ("http://a.test/x", "/y", Some("http://a.test/y")),
            ("http://a.test:81/x", "http://a.test:81/y", Some("http://a.test:81/y")),
            ("http://a.test/x", "https://a.test/x", Some("https://a.test/x")),
            ("https://a.test/x", "http://a.test/x", None),
            ("http://a.test/x", "http://a.test:81/x", None),
            ("http://a.test/x", "https://a.test:8443/x", None),
            ("http://a.test/x", "http://b.test/x", None),
            ("http://a.test/x", "//b.test/x", None),
            ("http://a.test/x", "ftp://a.test/x", None),
            ("http://a.test/x", "", None),
        ];
        for (from, location, expected) in table {
            let followed = hop(from, false).follow(StatusCode::FOUND, &to(location)).ok();
            assert_eq!(followed.as_ref().map(|hop| hop.call.url.as_str()), expected, "{from} -> {location}");
            assert!(followed.is_none_or(|hop| hop.call.headers.contains_key("x-key")));
        }
    }

    #[test]
    fn a_secret_parameter_goes_along_within_the_origin_alone() {
        let query = vec![("token".into(), "t".into())];
        let parts = CallParts {
            url: "http://a.test/x?token=***".into(),
            query,
            follow_anywhere: true,
            ..CallParts::default()
        };
        let first = Hop::first(Call::new(parts).unwrap());
        assert_eq!(first.call.address("").as_str(), "http://a.test/x?token=t");
        let to = |location| first.follow(StatusCode::FOUND, &to(location)).ok().unwrap().call.address("");
        assert_eq!(to("/y?a=1").as_str(), "http://a.test/y?a=1&token=t");
        assert_eq!(to("/y?token=old").as_str(), "http://a.test/y?token=t");
        assert_eq!(to("http://b.test/y").as_str(), "http://b.test/y");
    }

    #[test]
    fn carries_secrets_to_another_host_of_the_same_service_and_to_no_other() {
        let parts = CallParts {
            url: "https://a.fire.test/x.json?auth=***".into(),
            query: vec![("auth".into(), "s".into())],
            headers: vec![("x-key".into(), "secret".into())],
            dialect: Dialect { kin: &["fire.test"], ..Dialect::default() },
            ..CallParts::default()
        };
        let first = Hop::first(Call::new(parts).unwrap());
        let shard = "https://s-1.fire.test/x.json?auth=s&ns=a";
        let followed = first.follow(StatusCode::TEMPORARY_REDIRECT, &to(shard)).ok().unwrap();
        assert_eq!(followed.call.address("").as_str(), shard);
        assert!(followed.call.headers.contains_key("x-key") && !followed.stranger);
        let abroad = first.follow(StatusCode::TEMPORARY_REDIRECT, &to("https://evil.test/x.json"));
        assert_eq!(abroad.err().unwrap().cause, Cause::Person);
    }

    #[test]
    fn names_the_other_origin_but_not_its_path() {
        let fault = hop("http://a.test/x", false)
            .follow(StatusCode::FOUND, &to("http://b.test/y?token=t"))
            .err()
            .unwrap();
        assert_eq!(fault.cause, Cause::Person);
        assert!(fault.sentence.contains("http://b.test") && !fault.sentence.contains("token"));
    }

    #[test]
    fn leaves_every_header_behind_where_it_may_go_anywhere_and_never_takes_them_up_again() {
        let there =
            hop("http://a.test/x", true).follow(StatusCode::FOUND, &to("http://u:p@b.test/y")).ok().unwrap();
        assert_eq!(there.call.url.as_str(), "http://b.test/y");
        let back = there.follow(StatusCode::FOUND, &to("http://a.test/x")).ok().unwrap();
        assert!(there.call.headers.is_empty() && back.call.headers.is_empty() && back.stranger);
    }

    #[test]
    fn gives_up_on_a_circle() {
        let mut at = hop("http://a.test/x", false);
        for _ in 0..MAX_HOPS {
            at = at.follow(StatusCode::FOUND, &to("/x")).ok().unwrap();
        }
        assert_eq!(at.follow(StatusCode::FOUND, &to("/x")).err().unwrap().cause, Cause::Useless);
    }
}
