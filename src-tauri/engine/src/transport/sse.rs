//! Real dials: reqwest-eventsource used single-shot, with our decoder beneath it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::SystemTime;

use eventsource_stream::{Event as Decoded, EventStreamError, Eventsource as _, Sign};
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream};
use http::StatusCode;
use http::header::{self, HeaderName, HeaderValue};
use reqwest::{RequestBuilder, Response};
use reqwest_eventsource::{Error as ClientError, Event as ClientEvent, EventSource, retry};
use thiserror::Error;
use url::Url;

use super::clients::Clients;
use super::dialect::InPayload;
use super::fault::{Cause, Fault};
use super::redirect::Hop;
use super::{Call, FetchError, Frame, Frames, Transport, failure, fetch};
use crate::clock;
use crate::event::Received;

/// Where to go on from, in a request; in an answer, where the server goes on from.
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Dials over HTTP/1.1 with rustls.
#[derive(Clone, Debug)]
pub struct SseTransport {
    clients: Arc<Clients>,
}

/// The HTTP client could not be made: the system's certificates or proxy settings can't be read.
#[derive(Debug, Error)]
#[error("The network part could not be set up: {0}")]
pub struct TransportError(String);

impl SseTransport {
    /// Makes the client that feeds without settings of their own share; others are made as they are needed.
    ///
    /// # Errors
    /// If the system's certificate store or proxy settings can't be used.
    pub fn new() -> Result<Self, TransportError> {
        Ok(Self { clients: Arc::new(Clients::new().map_err(TransportError)?) })
    }
}

impl Transport for SseTransport {
    fn dial(&self, call: &Call, last_event_id: &str) -> Frames {
        let dial = Dial {
            clients: Arc::clone(&self.clients),
            hop: Hop::first(call.clone()),
            id: last_event_id.to_owned(),
            own_id: false,
            link: Link::Unborn,
            ready: VecDeque::new(),
        };
        stream::unfold(Some(dial), |dial| async {
            let mut dial = dial?;
            match dial.next().await {
                Ok(frame) => Some((Ok(frame), Some(dial))),
                Err(fault) => {
                    let sentence = dial.hop.call.hush(&fault.sentence);
                    Some((Err(Fault { sentence, ..fault }), None))
                }
            }
        })
        .boxed()
    }

    fn fetch(&self, call: &Call, address: &Url) -> BoxFuture<'static, Result<Vec<u8>, FetchError>> {
        let clients = Arc::clone(&self.clients);
        let route = Arc::new(call.route.without_identity());
        let address = fetch::may_ask(call, address).then(|| address.clone());
        Box::pin(async move {
            let address = address.ok_or_else(|| FetchError("its address may not be asked for".into()))?;
            fetch::get(clients.of(&route).map_err(FetchError)?, address).await
        })
    }
}

/// A dial on its way: at most one socket.
struct Dial {
    clients: Arc<Clients>,
    hop: Hop,
    /// The last event ID string of the standard; survives id-less events and starts as the caller's.
    id: String,
    /// The decoder announced that the next event's own block set the id.
    own_id: bool,
    link: Link,
    ready: VecDeque<Frame>,
}

enum Link {
    Unborn,
    Client(Box<EventSource>),
    /// A stream whose content type is right by the standard and too odd for the client, or whose headers are wanted.
    Lenient(BoxStream<'static, Result<Decoded, EventStreamError<reqwest::Error>>>),
}

impl Dial {
    async fn next(&mut self) -> Result<Frame, Fault> {
        loop {
            if let Some(frame) = self.ready.pop_front() {
                return Ok(frame);
            }
            let decoded = match &mut self.link {
                Link::Unborn => {
                    self.begin().await?;
                    continue;
                }
                Link::Client(source) => match source.next().await {
                    Some(Ok(ClientEvent::Open)) => return Ok(Frame::Opened),
                    Some(Ok(ClientEvent::Message(decoded))) => decoded,
                    Some(Err(error)) => {
                        self.refused(error)?;
                        continue;
                    }
                    None => return Err(Fault::ended()),
                },
                Link::Lenient(stream) => match stream.next().await {
                    Some(Ok(decoded)) => decoded,
                    Some(Err(EventStreamError::Transport(error))) => return Err(failure::of_error(error)),
                    Some(Err(EventStreamError::Utf8(_) | EventStreamError::Parser(_))) | None => {
                        return Err(Fault::ended());
                    }
                },
            };
            if let Some(frame) = self.frame(decoded)? {
                return Ok(frame);
            }
        }
    }

    async fn begin(&mut self) -> Result<(), Fault> {
        if self.hop.call.dialect.says_where && !self.id.is_empty() {
            return self.ask().await;
        }
        let mut source = EventSource::new(self.request()?)
            .map_err(|_| Fault::new(Cause::Person, "The request's body can't be sent twice."))?;
        source.set_retry_policy(Box::new(retry::Never));
        self.link = Link::Client(Box::new(source));
        Ok(())
    }

    /// Sends the request beside the client, which keeps the headers of a good answer to itself.
    async fn ask(&mut self) -> Result<(), Fault> {
        let request = self.request()?.header(header::ACCEPT, HeaderValue::from_static("text/event-stream"));
        let response = request.send().await.map_err(failure::of_error)?;
        let headers = response.headers();
        let goes_on_from = headers.get(LAST_EVENT_ID).and_then(|id| id.to_str().ok()).map(str::to_owned);
        let kind = headers.get(header::CONTENT_TYPE).cloned();
        match response.status() {
            StatusCode::OK => self.lenient(&kind.unwrap_or(HeaderValue::from_static("")), response)?,
            status => return self.refused(ClientError::InvalidStatusCode(status, response)),
        }
        if let Some(id) = goes_on_from.filter(|id| !id.is_empty() && *id != self.id) {
            self.id.clone_from(&id);
            self.ready.extend([Frame::Lost, Frame::Cursor(id)]);
        }
        Ok(())
    }

    fn request(&self) -> Result<RequestBuilder, Fault> {
        let call = &self.hop.call;
        let mut headers = call.headers.clone();
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
        // A proxy that compresses also buffers; servers that compress regardless are still understood.
        headers.entry(header::ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
        // An id with control characters can't travel in a header; the feed goes on without it.
        if !self.id.is_empty()
            && call.dialect.resume.uses_header()
            && let Ok(id) = HeaderValue::from_bytes(self.id.as_bytes())
        {
            headers.insert(LAST_EVENT_ID, id);
        }
        let client = self.clients.of(&call.route).map_err(|problem| {
            Fault::new(
                Cause::Person,
                format!("The proxy or certificates of this feed can't be used: {problem}."),
            )
        })?;
        let mut request = client.request(call.method.clone(), call.address(&self.id)).headers(headers);
        if let Some(body) = &call.body {
            request = request.body(body.clone());
        }
        Ok(request)
    }

    /// Turns an error of the client into a fault, unless the dial goes on: after a redirect, or an odd content type.
    fn refused(&mut self, error: ClientError) -> Result<(), Fault> {
        match error {
            ClientError::Transport(error) => Err(failure::of_error(error)),
            ClientError::InvalidStatusCode(status, response) if is_redirect(status) => {
                self.hop = self.hop.follow(status, response.headers())?;
                self.link = Link::Unborn;
                Ok(())
            }
            ClientError::InvalidStatusCode(StatusCode::BAD_REQUEST, _)
                if self.hop.call.is_nameless_over_tls() =>
            {
                Err(failure::of_nameless_request())
            }
            ClientError::InvalidStatusCode(status, response) => {
                Err(failure::of_status(status, response.headers(), SystemTime::now()))
            }
            ClientError::InvalidContentType(content_type, response) => self.lenient(&content_type, response),
            ClientError::StreamEnded => Err(Fault::ended()),
            ClientError::Utf8(_) | ClientError::Parser(_) | ClientError::InvalidLastEventId(_) => {
                Err(Fault::new(Cause::Failed, "The stream could not be read."))
            }
        }
    }

    fn lenient(&mut self, content_type: &HeaderValue, response: Response) -> Result<(), Fault> {
        let text = String::from_utf8_lossy(content_type.as_bytes());
        if !failure::is_event_stream(&text) {
            return Err(failure::of_content_type(&text, |text| self.hop.call.hush(text)));
        }
        self.link = Link::Lenient(response.bytes_stream().eventsource().boxed());
        self.ready.push_back(Frame::Opened);
        Ok(())
    }

    fn frame(&mut self, decoded: Decoded) -> Result<Option<Frame>, Fault> {
        Ok(match Sign::read(&decoded) {
            None => Some(self.message(decoded)?),
            Some(Sign::Identified) => {
                self.own_id = true;
                None
            }
            Some(Sign::Cursor(id)) => {
                self.id.clone_from(&id);
                Some(Frame::Cursor(id))
            }
            Some(Sign::Retry(time)) => Some(Frame::Retry(time)),
            Some(Sign::Alive) => Some(Frame::Alive),
            Some(Sign::Chunk { bytes, keep_alives, in_line }) => {
                Some(Frame::Chunk { bytes, keep_alives, in_line })
            }
            Some(Sign::Oversized(bytes)) => Some(Frame::Oversized { bytes }),
        })
    }

    /// Makes an event of a message, or ends the dial where its service says goodbye by one.
    fn message(&mut self, decoded: Decoded) -> Result<Frame, Fault> {
        let dialect = &self.hop.call.dialect;
        if let Some(goodbye) = dialect.goodbyes.iter().find(|goodbye| goodbye.event_type == decoded.event) {
            return Err(Fault::new(Cause::SignIn, goodbye.sentence));
        }
        let mut own_id = std::mem::take(&mut self.own_id);
        let mut start = None;
        if own_id {
            self.id.clone_from(&decoded.id);
        } else if let Some(payload) = &dialect.payload_id {
            match payload.read(&decoded.data) {
                Some(InPayload::Id(id)) => {
                    self.id = id;
                    own_id = true;
                }
                Some(InPayload::Start(id)) if self.id.is_empty() && !self.hop.call.names_its_start() => {
                    self.id.clone_from(&id);
                    start = Some(Frame::Cursor(id));
                }
                Some(InPayload::Start(_)) | None => {}
            }
        }
        let message = Frame::Message(Received {
            event_type: decoded.event,
            data: decoded.data,
            last_event_id: self.id.clone(),
            own_id,
            received_at_ms: clock::now_ms(),
        });
        Ok(match start {
            Some(cursor) => {
                self.ready.push_back(message);
                cursor
            }
            None => message,
        })
    }
}

fn is_redirect(status: http::StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Events up to 16 MiB instead of 1 MiB, for the whole process: the standard has no limit, and its test suites send
/// events of 10 MiB.
pub fn allow_large_events() {
    eventsource_stream::set_event_limit(16 * 1024 * 1024);
}
