//! The clients: an address in, events out, over a socket.

use clap::ValueEnum;
use eventsource_client::{Client as _, ClientBuilder, SSE};
use futures_util::StreamExt as _;
use launchdarkly_sdk_transport::HyperTransport;
use reqwest_eventsource::{Event, EventSource};

/// A client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Client {
    /// reqwest-eventsource with the decoder it is published with.
    ReqwestEventsource,
    /// eventsource-client with its own hyper transport.
    EventsourceClient,
}

/// Why a client didn't get all events.
pub type Cut = Box<dyn std::error::Error + Send + Sync>;

impl Client {
    /// Reads so many events; gives the bytes of their data.
    ///
    /// # Errors
    ///
    /// The client's own, or that the stream ended before.
    pub async fn read(self, url: &str, count: u64) -> Result<u64, Cut> {
        match self {
            Self::ReqwestEventsource => reqwest_eventsource(url, count).await,
            Self::EventsourceClient => eventsource_client(url, count).await,
        }
    }
}

async fn reqwest_eventsource(url: &str, count: u64) -> Result<u64, Cut> {
    let mut events = EventSource::get(url);
    let (mut seen, mut bytes) = (0, 0);
    while seen < count {
        match events.next().await.ok_or("the stream ended")?? {
            Event::Open => {}
            Event::Message(event) => {
                seen += 1;
                bytes += event.data.len() as u64;
            }
        }
    }
    Ok(bytes)
}

async fn eventsource_client(url: &str, count: u64) -> Result<u64, Cut> {
    let transport = HyperTransport::builder().disable_proxy().build_http()?;
    let mut events = ClientBuilder::for_url(url)?.build_with_transport(transport).stream();
    let (mut seen, mut bytes) = (0, 0);
    while seen < count {
        match events.next().await.ok_or("the stream ended")?? {
            SSE::Event(event) => {
                seen += 1;
                bytes += event.data.len() as u64;
            }
            SSE::Connected(_) | SSE::Comment(_) => {}
        }
    }
    Ok(bytes)
}
