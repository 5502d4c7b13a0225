//! What must be seen of a conversation, and what of it the requests alone can tell.

use std::time::Duration;

use serde::Deserialize;

use crate::answer::milliseconds;
use crate::cases::{ExpectedEvent, maybe_milliseconds};
use crate::request::Request;

/// What must be seen in a connection case.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConnExpect {
    /// The events in order.
    pub events: Option<Vec<ExpectedEvent>>,
    /// Whether the client has stopped for good.
    pub closed: Option<bool>,
    /// The least number of requests to the feed's own URL.
    pub min_requests: Option<usize>,
    /// The largest number of requests to the feed's own URL.
    pub max_requests: Option<usize>,
    /// What single requests must look like.
    pub req: Vec<RequestExpect>,
    /// The waits between requests.
    pub gaps: Vec<Gap>,
    /// How soon an event comes after its bytes were sent.
    #[serde(rename = "within_ms", deserialize_with = "maybe_milliseconds")]
    pub within: Option<Duration>,
    /// The least number of errors the client tells of.
    pub errors_min: Option<usize>,
    /// The least number of times the client tells that it is open.
    pub opens_min: Option<usize>,
    /// The client must not panic.
    pub no_panic: bool,
    /// No request may follow the first answer's end sooner.
    #[serde(rename = "no_req_before_ms", deserialize_with = "maybe_milliseconds")]
    pub no_request_before: Option<Duration>,
}

/// What one request must look like.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestExpect {
    /// Its sub-path.
    #[serde(default)]
    pub sub: String,
    /// Which request to this sub-path it is, from 1.
    pub n: usize,
    /// Its method.
    pub method: Option<String>,
    /// Its body.
    pub body: Option<String>,
    /// The header that the next two are about.
    pub header: Option<String>,
    /// The header's one value.
    pub equals: Option<String>,
    /// The header isn't there.
    #[serde(default)]
    pub absent: bool,
}

/// The wait between the end of one answer and the next request, both to the feed's own URL.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// Which answer, from 1.
    pub from: usize,
    /// Which request, from 1.
    pub to: usize,
    /// The shortest wait.
    #[serde(rename = "min_ms", deserialize_with = "milliseconds")]
    pub min: Duration,
    /// The longest wait.
    #[serde(rename = "max_ms", deserialize_with = "milliseconds")]
    pub max: Duration,
}

impl ConnExpect {
    /// Says in words what the requests of a finished conversation leave unmet, nothing where all is met.
    ///
    /// Events, errors and whether the client has stopped are for the client's side to check.
    pub fn unmet(&self, requests: &[Request]) -> Vec<String> {
        let feed = requests.iter().filter(|request| request.sub.is_empty()).count();
        let mut unmet = Vec::new();
        if let Some(least) = self.min_requests.filter(|&least| feed < least) {
            unmet.push(format!("{feed} requests, at least {least} expected"));
        }
        if let Some(most) = self.max_requests.filter(|&most| feed > most) {
            unmet.push(format!("{feed} requests, at most {most} expected"));
        }
        unmet.extend(self.req.iter().filter_map(|expect| expect.unmet(requests)));
        unmet.extend(self.gaps.iter().filter_map(|gap| gap.unmet(requests)));
        unmet.extend(self.no_request_before.and_then(|min| {
            let early = wait(requests, 1, 2).filter(|&wait| wait < min)?;
            Some(format!("the second request came after {early:?}, before {min:?}"))
        }));
        unmet
    }
}

impl RequestExpect {
    fn unmet(&self, requests: &[Request]) -> Option<String> {
        let name = format!("request {} to '{}'", self.n, self.sub);
        let Some(request) = find(requests, &self.sub, self.n) else {
            return Some(format!("{name} never came"));
        };
        if let Some(method) = self.method.as_ref().filter(|&method| *method != request.method) {
            return Some(format!("{name} is a {}, not a {method}", request.method));
        }
        let body = String::from_utf8_lossy(&request.body);
        if let Some(expected) = self.body.as_ref().filter(|&expected| *expected != body) {
            return Some(format!("{name} has the body {body:?}, not {expected:?}"));
        }
        let header = self.header.as_ref()?;
        let values: Vec<_> = request.header_values(header).collect();
        let expected: Vec<_> = self.equals.iter().map(String::as_str).collect();
        let met = values == expected || (!self.absent && self.equals.is_none());
        (!met).then(|| format!("{name} has {header}: {values:?}, not {expected:?}"))
    }
}

impl Gap {
    fn unmet(&self, requests: &[Request]) -> Option<String> {
        let Self { from, to, min, max } = *self;
        match wait(requests, from, to) {
            None => Some(format!("answer {from} never ended, or request {to} never came")),
            Some(wait) if wait < min || wait > max => {
                Some(format!("{wait:?} from answer {from} to request {to}, not {min:?} to {max:?}"))
            }
            Some(_) => None,
        }
    }
}

fn find<'a>(requests: &'a [Request], sub: &str, n: usize) -> Option<&'a Request> {
    requests.iter().find(|request| request.sub == sub && request.n == n)
}

/// The wait between the end of an answer and a request, zero where the request came first.
fn wait(requests: &[Request], from: usize, to: usize) -> Option<Duration> {
    let ended = find(requests, "", from)?.ended?;
    Some(find(requests, "", to)?.received.saturating_duration_since(ended))
}

#[cfg(test)]
mod tests;
