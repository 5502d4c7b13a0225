//! What `listen` prints: a line a happening, for programs or for people.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use tidings_engine::connection::{State, Telling};
use tidings_engine::transport::Frame;

use crate::verbose;

/// A happening, as it is printed.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Line<'a> {
    Open,
    Event {
        #[serde(rename = "type")]
        event_type: &'a str,
        data: &'a str,
        #[serde(rename = "lastEventId")]
        last_event_id: &'a str,
    },
    Offline,
    Waiting {
        ms: u64,
        why: &'a str,
    },
    Oversized {
        bytes: u64,
    },
    Stopped {
        why: &'a str,
    },
}

impl<'a> Line<'a> {
    /// The line of a telling; most have none.
    pub(crate) fn of(telling: &'a Telling) -> Option<Self> {
        match telling {
            Telling::Frame(Frame::Opened) => Some(Self::Open),
            Telling::Frame(Frame::Message(message)) => Some(Self::Event {
                event_type: &message.event_type,
                data: &message.data,
                last_event_id: &message.last_event_id,
            }),
            Telling::Frame(Frame::Oversized { bytes }) => Some(Self::Oversized { bytes: *bytes }),
            Telling::Frame(
                Frame::Lost | Frame::Cursor(_) | Frame::Retry(_) | Frame::Alive | Frame::Chunk { .. },
            ) => None,
            Telling::State(State::Waiting { wait, why, .. }) => {
                let ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
                Some(Self::Waiting { ms, why: &why.sentence })
            }
            Telling::State(State::Stopped { why, .. }) => Some(Self::Stopped { why: &why.sentence }),
            Telling::State(State::Offline) => Some(Self::Offline),
            Telling::State(State::Connecting | State::Live { .. }) | Telling::Happened(_) => None,
        }
    }

    fn for_people(&self) -> String {
        match self {
            Self::Open => "-- open".into(),
            Self::Event { event_type, data, last_event_id } => {
                let id = if last_event_id.is_empty() {
                    String::new()
                } else {
                    format!(" #{}", plain(last_event_id))
                };
                let data: Vec<_> = data.split('\n').map(|line| format!("   {}", plain(line))).collect();
                format!("{}{id}\n{}", plain(event_type), data.join("\n"))
            }
            Self::Offline => "-- offline: this computer has no network".into(),
            Self::Waiting { ms, why } => format!("-- again in {:.1} s: {why}", *ms as f64 / 1000.0),
            Self::Oversized { bytes } => {
                format!("-- an event of {bytes} bytes was skipped: it is over the limit")
            }
            Self::Stopped { why } => format!("-- stopped: {why}"),
        }
    }
}

/// A server must not steer the terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect()
}

/// One line a happening; its reader has them when they are flushed.
#[derive(Debug)]
pub(crate) struct Report<W: Write> {
    json: bool,
    verbose: bool,
    out: BufWriter<W>,
    result: io::Result<()>,
}

impl<W: Write> Report<W> {
    pub(crate) fn new(json: bool, verbose: bool, out: W) -> Self {
        Self { json, verbose, out: BufWriter::new(out), result: Ok(()) }
    }

    /// Prints a line; a failure is told by the next [`Report::flush`].
    pub(crate) fn line(&mut self, line: &Line<'_>) {
        self.print(line, || line.for_people());
    }

    /// Prints how the connection fares, for those who want to know.
    pub(crate) fn happening(&mut self, telling: &Telling) {
        let Telling::Happened(happening) = telling else { return };
        if !self.verbose {
            return;
        }
        if let Some(text) = verbose::for_people(&happening.what) {
            self.print(happening, || text);
        }
    }

    fn print(&mut self, line: &impl Serialize, for_people: impl FnOnce() -> String) {
        if self.result.is_err() {
            return;
        }
        self.result = if self.json {
            serde_json::to_writer(&mut self.out, line)
                .map_err(io::Error::from)
                .and_then(|()| self.out.write_all(b"\n"))
        } else {
            writeln!(self.out, "{}", for_people())
        };
    }

    /// Hands everything to the reader.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        std::mem::replace(&mut self.result, Ok(()))?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_json_object_with_the_standards_names() {
        let line = Line::Event { event_type: "t", data: "a\nb", last_event_id: "5" };
        let json = serde_json::to_string(&line).unwrap();
        assert_eq!(json, r#"{"kind":"event","type":"t","data":"a\nb","lastEventId":"5"}"#);
        assert_eq!(serde_json::to_string(&Line::Open).unwrap(), r#"{"kind":"open"}"#);
        let waiting = Line::Waiting { ms: 3000, why: "w" };
        assert_eq!(serde_json::to_string(&waiting).unwrap(), r#"{"kind":"waiting","ms":3000,"why":"w"}"#);
    }

    #[test]
    fn a_server_cannot_steer_the_terminal() {
        let line =
            Line::Event { event_type: "t\u{1b}[31m", data: "a\u{7}\u{9b}2J\nb", last_event_id: "\u{1b}c" };
        assert!(line.for_people().chars().all(|c| !c.is_control() || c == '\n'));
    }
}
