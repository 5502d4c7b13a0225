//! A server: how it is started, how it is made to speak, and what it can do by nature.

use futures_util::future::BoxFuture;
use reqwest::Client;
use serde_json::json;
use tempfile::TempDir;

use crate::line::Line;
use crate::place::{Place, Source};
use crate::program::Program;

/// Starts a server.
pub type Start = for<'a> fn(&'a Place) -> BoxFuture<'a, Site>;

/// A server that is to be taken through the course.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// Its name, as people know it.
    pub name: &'static str,
    /// What it is made of, the server first.
    pub parts: &'static [Source],
    /// Starts it.
    pub start: Start,
    /// What it can do.
    pub nature: Nature,
}

/// What a server can do by nature.
#[derive(Clone, Copy, Debug)]
pub struct Nature {
    /// Whether it sends again what came after the last event ID it is given.
    pub resumes: bool,
    /// Whether it sends keep-alives while it has nothing to say.
    pub keeps_alive: bool,
    /// Whether the lines of data arrive as they were published; else as JSON in one line.
    pub keeps_lines: bool,
    /// After how long a silence the feed takes the link for dead; keep-alives come more often.
    pub silence_seconds: u32,
}

impl Nature {
    /// Can do everything, with keep-alives every few seconds.
    pub const WHOLE: Self = Self { resumes: true, keeps_alive: true, keeps_lines: true, silence_seconds: 15 };
}

/// A running server.
#[derive(Debug)]
pub struct Site {
    /// The address of its stream.
    pub url: String,
    /// How it is made to speak.
    pub control: Control,
    /// What is ended with it.
    pub programs: Vec<Program>,
    /// Where it keeps what it writes.
    pub folder: Option<TempDir>,
}

impl Site {
    /// The port its stream is at.
    ///
    /// # Panics
    ///
    /// Where its address has none.
    pub fn port(&self) -> u16 {
        let url = reqwest::Url::parse(&self.url).expect("the address is one");
        url.port().expect("the address has a port")
    }
}

/// How a server is made to speak, and to drop us.
#[derive(Debug)]
pub enum Control {
    /// Our program around somebody's library: it publishes what is posted to `/publish`, and ends every stream when
    /// `/drop` is posted to.
    Ours {
        /// Where those paths are.
        base: String,
    },
    /// Our program around somebody's library; the line to it is cut.
    Cut {
        /// Where `/publish` is.
        base: String,
        /// The line.
        line: Line,
    },
    /// nchan; the line to it is cut.
    Nchan {
        /// Where is published.
        url: String,
        /// The line.
        line: Line,
    },
}

impl Control {
    /// Publishes an event.
    ///
    /// # Panics
    ///
    /// Where the server doesn't take it.
    pub async fn publish(&self, kind: &str, data: &str) {
        let request = match self {
            Self::Ours { base } | Self::Cut { base, .. } => Client::new()
                .post(format!("{base}/publish"))
                .header("content-type", "application/json")
                .body(json!({ "type": kind, "data": data }).to_string()),
            Self::Nchan { url, .. } => {
                Client::new().post(url).header("X-EventSource-Event", kind).body(data.to_owned())
            }
        };
        let answer = request.send().await.expect("the server answers");
        assert!(answer.status().is_success(), "it does not publish: {}", answer.status());
    }

    /// Ends every stream.
    ///
    /// # Panics
    ///
    /// Where the server doesn't.
    pub async fn drop_all(&self) {
        match self {
            Self::Ours { base } => {
                let answer = Client::new().post(format!("{base}/drop")).send().await;
                let status = answer.expect("the server answers").status();
                assert!(status.is_success(), "it does not drop its clients: {status}");
            }
            Self::Cut { line, .. } | Self::Nchan { line, .. } => line.cut(),
        }
    }
}
