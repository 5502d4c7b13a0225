//! What a failed dial or a refusing answer means, in words a person can act on.

mod tls;

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use http::StatusCode;
use http::header::{self, HeaderMap};

use super::OpenFiles;
use super::fault::{Cause, Fault};

/// Reads the fault out of an error of the HTTP client.
pub(super) fn of_error(error: reqwest::Error) -> Fault {
    let error = error.without_url();
    match links(&error).find_map(|link| link.downcast_ref::<rustls::Error>()) {
        Some(tls) => tls::of_tls(tls, error.is_connect()),
        None if no_file_is_left(&error) => Fault::no_more_files(OpenFiles::present()),
        None => Fault::new(Cause::Failed, sentence(&error)),
    }
}

/// Whether the process (EMFILE) or the whole system (ENFILE) has as many files open as it may.
fn no_file_is_left(error: &reqwest::Error) -> bool {
    const EMFILE: i32 = 24;
    const ENFILE: i32 = 23;
    links(error)
        .filter_map(|link| link.downcast_ref::<io::Error>()?.raw_os_error())
        .any(|code| cfg!(unix) && matches!(code, EMFILE | ENFILE))
}

fn sentence(error: &reqwest::Error) -> &'static str {
    use io::ErrorKind as E;
    // The innermost is the system's own, the others wrap it.
    let io = links(error).filter_map(|link| link.downcast_ref::<io::Error>()).last().map(io::Error::kind);
    let http = links(error).find_map(|link| link.downcast_ref::<hyper::Error>());
    let says = |words: &str| links(error).any(|link| link.to_string().contains(words));
    if says("dns error") || says("failed to lookup") {
        "The name of the server could not be found. Check the address and the network."
    } else if error.is_connect() && error.is_timeout() {
        "The server did not accept the connection within 15 s."
    } else if io == Some(E::ConnectionRefused) {
        "The server refused the connection: nothing listens at that address and port."
    } else if matches!(io, Some(E::ConnectionReset | E::ConnectionAborted | E::BrokenPipe)) {
        "The server broke the connection off."
    } else if matches!(io, Some(E::NetworkUnreachable | E::HostUnreachable)) {
        "The network can't reach the server."
    } else if says("proxy") || says("tunnel") {
        "The proxy did not let the connection through. Check its address and sign-in, here or in the settings of the system."
    } else if http.is_some_and(hyper::Error::is_parse_too_large) {
        "The server's headers are too long."
    } else if http.is_some_and(hyper::Error::is_parse) {
        "The server does not speak HTTP at that address and port. Check both, and whether it should be https."
    } else if http.is_some_and(hyper::Error::is_incomplete_message) {
        "The server closed the connection without an answer."
    } else if io == Some(E::UnexpectedEof) || says("unexpected end of file") {
        "The connection ended in the middle of the answer."
    } else if error.is_connect() {
        "The connection could not be made."
    } else if http.is_some() {
        "The answer is damaged: it breaks the rules of HTTP."
    } else if error.is_decode() {
        "The answer's compression is damaged."
    } else {
        "The connection broke."
    }
}

/// Reads the fault out of a status that is neither 200 nor a redirect.
pub(super) fn of_status(status: StatusCode, headers: &HeaderMap, now: std::time::SystemTime) -> Fault {
    let fault = |cause, text: &str| Fault::new(cause, format!("{text} ({status})"));
    if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)
        && let Some(retry_after) =
            headers.get(header::RETRY_AFTER).and_then(|value| retry_after(value.to_str().ok()?, now))
    {
        return fault(Cause::Busy { retry_after }, "The server is busy and named a time to come back.");
    }
    match status {
        StatusCode::NO_CONTENT => fault(Cause::Stopped, "The server asks not to connect again."),
        StatusCode::UNAUTHORIZED => {
            fault(Cause::SignIn, "The server wants a sign-in, or did not accept the one given.")
        }
        StatusCode::FORBIDDEN => {
            fault(Cause::SignIn, "The server does not allow this sign-in to read the feed.")
        }
        StatusCode::PROXY_AUTHENTICATION_REQUIRED => fault(Cause::Useless, "The proxy wants a sign-in."),
        StatusCode::GONE => fault(Cause::Gone, "The server says this feed is gone for good."),
        StatusCode::NOT_FOUND => fault(Cause::Absent, "There is no feed at this address. Check the path."),
        StatusCode::REQUEST_TIMEOUT
        | StatusCode::MISDIRECTED_REQUEST
        | StatusCode::TOO_EARLY
        | StatusCode::TOO_MANY_REQUESTS => fault(Cause::Useless, "The server asks to try again."),
        other if other.is_server_error() => fault(Cause::Useless, "The server has a fault of its own."),
        other if other.is_client_error() => fault(Cause::Absent, "The server does not accept the request."),
        _ => fault(Cause::Useless, "The server answered, but not with a feed."),
    }
}

/// The fault of a 400 over https to a feed without a client certificate: nginx asks for one so, after the handshake.
pub(super) fn of_nameless_request() -> Fault {
    let sentence =
        "The server does not accept the request. It may want a client certificate. (400 Bad Request)";
    Fault::new(Cause::Absent, sentence)
}

/// The fault of a 200 whose content type is not `text/event-stream`; `hush` takes secrets out of it.
pub(super) fn of_content_type(content_type: &str, hush: impl Fn(&str) -> String) -> Fault {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let sentence = match essence.as_str() {
        "" => "The server answered without saying what it sends; a feed says “text/event-stream”.".into(),
        "text/html" => {
            "The server answered with a web page, not a stream of events. Check the address, or sign in to the network first.".into()
        }
        "application/json" => "The server answered with JSON, not a stream of events. Check the address.".into(),
        other => {
            let shown: String = hush(other).chars().filter(|c| !c.is_control()).take(80).collect();
            format!("The server answered with “{shown}”, not a stream of events (text/event-stream).")
        }
    };
    Fault::new(Cause::NotAStream, sentence)
}

/// Whether a content type is `text/event-stream`, whatever parameters follow (WHATWG MIME Sniffing, "parse a MIME type").
pub(super) fn is_event_stream(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim_matches([' ', '\t', '\r', '\n']).eq_ignore_ascii_case("text/event-stream")
}

/// Reads `Retry-After` in both its forms, seconds and date (RFC 9110, 10.2.3); `None` for anything else.
pub(super) fn retry_after(value: &str, now: std::time::SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or(Duration::ZERO))
}

/// Follows an error to its root. The `source` of an I/O error passes over the error that it wraps, so that is asked for.
fn links<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&link| {
        match link.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped as &(dyn StdError + 'static)),
            None => link.source(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_of_the_table_has_its_cause() {
        let table = [
            (204, Cause::Stopped),
            (401, Cause::SignIn),
            (403, Cause::SignIn),
            (404, Cause::Absent),
            (400, Cause::Absent),
            (410, Cause::Gone),
            (408, Cause::Useless),
            (421, Cause::Useless),
            (425, Cause::Useless),
            (429, Cause::Useless),
            (500, Cause::Useless),
            (503, Cause::Useless),
            (299, Cause::Useless),
        ];
        for (status, cause) in table {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(of_status(status, &HeaderMap::new(), std::time::UNIX_EPOCH).cause, cause, "{status}");
        }
    }

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        let table = [
            ("120", Some(120)),
            (" 7 ", Some(7)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some(60)),
            ("Sunday, 06-Nov-94 08:49:38 GMT", Some(1)),
            ("Sun, 06 Nov 1994 07:00:00 GMT", Some(0)),
            ("-1", None),
            ("1.5", None),
            ("", None),
            ("soon", None),
        ];
        for (value, seconds) in table {
            assert_eq!(retry_after(value, now), seconds.map(Duration::from_secs), "{value}");
        }
    }

    #[test]
    fn a_date_is_read_by_a_clock_that_is_ten_years_off() {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        let right = httpdate::parse_http_date(date).unwrap();
        let decade = Duration::from_secs(10 * 365 * 86_400);
        assert_eq!(retry_after(date, right - decade), Some(decade));
        assert_eq!(retry_after(date, right + decade), Some(Duration::ZERO));
    }

    #[test]
    fn knows_a_stream_by_its_essence_alone() {
        for good in [
            "text/event-stream",
            "Text/Event-Stream;",
            "text/event-stream ;charset=x",
            "text/event-stream; a; b=c",
        ] {
            assert!(is_event_stream(good), "{good}");
        }
        for bad in [
            "",
            "text/plain",
            "application/text/event-stream",
            "text/event-streams",
            "text/html; text/event-stream",
        ] {
            assert!(!is_event_stream(bad), "{bad}");
        }
    }
}
