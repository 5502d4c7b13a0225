//! A client that reads a stream as raw text and says how it ended.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use reqwest::{Client, RequestBuilder, Response, StatusCode};
use tidings_demo::{Demo, Options};
use tokio::time::timeout;

/// Longer than anything here takes; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// Any free port of this machine.
pub(crate) const ANYWHERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// How a stream ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// As it should.
    Clean,
    /// The connection broke.
    Broken,
}

/// Starts a demo in which only the counter speaks by itself.
pub(crate) async fn quiet() -> Demo {
    started(Options::quiet()).await
}

/// Starts a demo.
pub(crate) async fn started(options: Options) -> Demo {
    Demo::start(ANYWHERE, options).await.expect("a free port of this machine can be bound")
}

/// Prepares a request that no proxy sees.
pub(crate) fn get(demo: &Demo, path: &str) -> RequestBuilder {
    client().get(format!("{}{path}", demo.base_url()))
}

/// Posts a body and gives status and answer.
pub(crate) async fn post(demo: &Demo, path: &str, body: &str) -> (StatusCode, String) {
    let request = client().post(format!("{}{path}", demo.base_url())).body(body.to_owned());
    let response = request.send().await.expect("the demo answers");
    (response.status(), response.text().await.expect("the answer is text"))
}

fn client() -> Client {
    Client::builder().no_proxy().build().expect("a plain client can be built")
}

/// An open stream.
pub(crate) struct Subscriber {
    /// What the server answered.
    pub(crate) response: Response,
    text: String,
}

impl Subscriber {
    /// Subscribes and waits for the stream's first bytes, so that what is published next reaches it.
    pub(crate) async fn open(demo: &Demo, path: &str, last_event_id: Option<&str>) -> Self {
        let mut request = get(demo, path);
        if let Some(id) = last_event_id {
            request = request.header("Last-Event-ID", id);
        }
        let response = request.send().await.expect("the demo answers");
        assert_eq!(response.status(), StatusCode::OK);
        let mut subscriber = Self { response, text: String::new() };
        subscriber.until("\n\n").await;
        subscriber
    }

    /// Reads until `wanted` has come and gives everything read so far.
    pub(crate) async fn until(&mut self, wanted: &str) -> &str {
        let reading = async {
            let mut searched = 0;
            while !self.text[searched..].contains(wanted) {
                // Only the end can still become a match; long streams are read in linear time.
                searched = self.text.floor_char_boundary(self.text.len().saturating_sub(wanted.len()));
                let chunk = self.response.chunk().await.expect("the stream is whole");
                let chunk =
                    chunk.unwrap_or_else(|| panic!("the stream ended before {wanted:?}: {:?}", self.text));
                self.text.push_str(&String::from_utf8_lossy(&chunk));
            }
        };
        timeout(PATIENCE, reading).await.unwrap_or_else(|_| panic!("{wanted:?} never came: {:?}", self.text));
        &self.text
    }

    /// Reads to the end.
    pub(crate) async fn rest(mut self) -> (String, End) {
        let reading = async {
            loop {
                match self.response.chunk().await {
                    Ok(Some(chunk)) => self.text.push_str(&String::from_utf8_lossy(&chunk)),
                    Ok(None) => return End::Clean,
                    Err(_) => return End::Broken,
                }
            }
        };
        let end = timeout(PATIENCE, reading).await.expect("the stream ends");
        (self.text, end)
    }
}

/// Gives the values of a field, in order.
pub(crate) fn values<'a>(text: &'a str, field: &str) -> Vec<&'a str> {
    let prefix = format!("{field}: ");
    text.lines().filter_map(|line| line.strip_prefix(prefix.as_str())).collect()
}
