//! `tidings-cli listen --json --strict` in this process, and what it printed.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tidings_support::{Client, ExpectedEvent};
use tokio::sync::watch;
use tokio::time::timeout;

/// A printed line, in the form that other programs read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Line {
    Open,
    Event(ExpectedEvent),
    Waiting { ms: u64, why: String },
    Oversized { bytes: u64 },
    Stopped { why: String },
}

/// What was printed, each line with the moment at which its reader had it.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    lines: Arc<watch::Sender<Vec<(Instant, Line)>>>,
}

/// Standard output in a test: bytes count as printed when they are flushed.
struct Out {
    unflushed: Vec<u8>,
    printed: Printed,
}

/// Listens by the command's own way, from its arguments to its lines. What is printed can be read meanwhile.
pub(super) fn listen(
    url: &str,
    client: &Client,
    more: &[&str],
) -> (Printed, impl Future<Output = ExitCode> + use<>) {
    let mut words = [url, "--json", "--strict"].map(OsString::from).to_vec();
    let mut option = |text: String| words.push(text.into());
    client.headers.iter().for_each(|(name, value)| option(format!("--header={name}: {value}")));
    client.last_event_id.iter().for_each(|id| option(format!("--last-event-id={id}")));
    client.method.iter().for_each(|method| option(format!("--method={method}")));
    client.body.iter().for_each(|body| option(format!("--body={body}")));
    client.close_on_event.iter().for_each(|events| option(format!("--events={events}")));
    words.extend(more.iter().map(OsString::from));
    let printed = Printed { lines: Arc::new(watch::Sender::new(Vec::new())) };
    let out = Out { unflushed: Vec::new(), printed: printed.clone() };
    (printed, tidings_cli::listen(words, out))
}

impl Printed {
    /// Returns all lines so far.
    pub(super) fn lines(&self) -> Vec<Line> {
        self.lines.borrow().iter().map(|(_, line)| line.clone()).collect()
    }

    /// Returns all events so far, each with the moment at which it was printed.
    pub(super) fn events(&self) -> Vec<(Instant, ExpectedEvent)> {
        let event = |(at, line): &(Instant, Line)| match line {
            Line::Event(event) => Some((*at, event.clone())),
            Line::Open | Line::Waiting { .. } | Line::Oversized { .. } | Line::Stopped { .. } => None,
        };
        self.lines.borrow().iter().filter_map(event).collect()
    }

    /// Waits until the lines so far are as asked, and says whether they were in time.
    pub(super) async fn wait_until(
        &self,
        within: Duration,
        asked: impl Fn(&[(Instant, Line)]) -> bool,
    ) -> bool {
        let mut lines = self.lines.subscribe();
        timeout(within, lines.wait_for(|lines| asked(lines))).await.is_ok()
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unflushed.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let at = Instant::now();
        let bytes = std::mem::take(&mut self.unflushed);
        let lines: Vec<_> =
            serde_json::Deserializer::from_slice(&bytes).into_iter().collect::<Result<_, _>>()?;
        assert_eq!(bytes.split(|&byte| byte == b'\n').count(), lines.len() + 1, "one object a line");
        self.printed.lines.send_modify(|all| all.extend(lines.into_iter().map(|line| (at, line))));
        Ok(())
    }
}

/// Says in words where the events differ from the expected ones.
pub(super) fn unmet_events(expected: &[ExpectedEvent], seen: &[(Instant, ExpectedEvent)]) -> Option<String> {
    let seen: Vec<_> = seen.iter().map(|(_, event)| event).collect();
    let differ = seen != expected.iter().collect::<Vec<_>>();
    // Some cases hold megabytes.
    differ.then(|| {
        format!("the events are {:.1000}, not {:.1000}", format!("{seen:?}"), format!("{expected:?}"))
    })
}
