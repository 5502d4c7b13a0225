//! The decoders: chunks in, events out, no network.

use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use clap::ValueEnum;
use eventsource_client::{Client as _, ClientBuilder, ReconnectOptions, SSE};
use futures_util::{StreamExt as _, stream};
use launchdarkly_sdk_transport::{ByteStream, HttpTransport, ResponseFuture};

use crate::Seen;

/// A decoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Decoder {
    /// Ours, as reqwest-eventsource uses it.
    Ours,
    /// eventsource-stream as published.
    Stock,
    /// sse-stream; it gives blocks and leaves the standard's state between them to its user.
    SseStream,
    /// eventsource-client; its parser isn't public, so a transport in memory hands it the chunks.
    EventsourceClient,
}

impl Decoder {
    /// Decodes a stream to its end, or to the error that the decoder gives up with.
    ///
    /// # Panics
    ///
    /// Where the decoder does.
    pub async fn decode(self, chunks: Vec<Bytes>, each: impl FnMut(Seen)) {
        match self {
            Self::Ours => ours(chunks, each).await,
            Self::Stock => stock(chunks, each).await,
            Self::SseStream => sse_stream(chunks, each).await,
            Self::EventsourceClient => eventsource_client(chunks, each).await,
        }
    }
}

fn source(chunks: Vec<Bytes>) -> impl futures_util::Stream<Item = Result<Bytes, Infallible>> + Unpin {
    stream::iter(chunks.into_iter().map(Ok))
}

async fn ours(chunks: Vec<Bytes>, mut each: impl FnMut(Seen)) {
    let mut events = ours::EventStream::new(source(chunks));
    while let Some(Ok(event)) = events.next().await {
        if ours::Sign::read(&event).is_none() {
            each(Seen { kind: Cow::Owned(event.event), data: event.data, id: event.id });
        }
    }
}

async fn stock(chunks: Vec<Bytes>, mut each: impl FnMut(Seen)) {
    let mut events = stock::EventStream::new(source(chunks));
    while let Some(Ok(event)) = events.next().await {
        each(Seen { kind: Cow::Owned(event.event), data: event.data, id: event.id });
    }
}

async fn sse_stream(chunks: Vec<Bytes>, mut each: impl FnMut(Seen)) {
    let mut blocks = sse_stream::SseByteStream::new(source(chunks));
    let mut last_event_id = String::new();
    while let Some(Ok(block)) = blocks.next().await {
        if let Some(id) = block.id {
            last_event_id = id;
        }
        if let Some(data) = block.data {
            let kind =
                block.event.filter(|kind| !kind.is_empty()).map_or(Cow::Borrowed("message"), Cow::Owned);
            each(Seen { kind, data, id: last_event_id.clone() });
        }
    }
}

/// Answers every request with the same chunks.
#[derive(Clone)]
struct Memory(Arc<Vec<Bytes>>);

impl HttpTransport for Memory {
    fn request(&self, _: http::Request<Option<Bytes>>) -> ResponseFuture {
        let chunks = Vec::clone(&self.0).into_iter().map(Ok);
        let body: ByteStream = Box::pin(stream::iter(chunks));
        Box::pin(std::future::ready(Ok(http::Response::new(body))))
    }
}

async fn eventsource_client(chunks: Vec<Bytes>, mut each: impl FnMut(Seen)) {
    let once = ReconnectOptions::reconnect(false).retry_initial(false).build();
    let client = ClientBuilder::for_url("http://localhost/")
        .expect("this is an address")
        .reconnect(once)
        .build_with_transport(Memory(Arc::new(chunks)));
    let mut events = client.stream();
    while let Some(Ok(event)) = events.next().await {
        match event {
            SSE::Event(event) => each(Seen {
                kind: Cow::Owned(event.event_type),
                data: event.data,
                id: event.id.unwrap_or_default(),
            }),
            SSE::Connected(_) | SSE::Comment(_) => {}
        }
    }
}
