//! A decoder written from the standard's text with no thought of speed, chunks or limits.

use std::time::Duration;

use eventsource_stream::{Event, Sign};

/// Decodes a whole body: decode as UTF-8, cut into lines, interpret each.
pub(crate) fn decode(body: &[u8]) -> Vec<Event> {
    let text = String::from_utf8_lossy(body);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut state = State::default();
    for line in complete_lines(text) {
        state.interpret(&line);
    }
    state.items
}

/// The lines that have an end; what follows the last end is no line yet.
fn complete_lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                characters.next_if_eq(&'\n');
                lines.push(std::mem::take(&mut line));
            }
            '\n' => lines.push(std::mem::take(&mut line)),
            other => line.push(other),
        }
    }
    lines
}

#[derive(Default)]
struct State {
    data: String,
    kind: String,
    id_buffer: String,
    id_in_force: String,
    id_seen: bool,
    retry: Option<Duration>,
    items: Vec<Event>,
}

impl State {
    fn interpret(&mut self, line: &str) {
        if line.is_empty() {
            return self.dispatch();
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => self.kind = value.to_owned(),
            "data" => self.data += &format!("{value}\n"),
            "id" if !value.contains('\0') => {
                self.id_buffer = value.to_owned();
                self.id_seen = true;
            }
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                let time = Duration::from_millis(value.parse().unwrap_or(u64::MAX));
                self.retry = Some(time);
                self.items.push(Sign::Retry(time).into_event(&self.id_in_force));
            }
            _ => {}
        }
    }

    fn dispatch(&mut self) {
        self.id_in_force = self.id_buffer.clone();
        let id_seen = std::mem::take(&mut self.id_seen);
        let kind = std::mem::take(&mut self.kind);
        let retry = self.retry.take();
        let data = std::mem::take(&mut self.data);
        let Some(data) = data.strip_suffix('\n') else {
            if id_seen {
                self.items.push(Sign::Cursor(self.id_in_force.clone()).into_event(""));
            }
            return;
        };
        if id_seen {
            self.items.push(Sign::Identified.into_event(&self.id_in_force));
        }
        let event = if kind.is_empty() { "message".to_owned() } else { kind };
        self.items.push(Event { event, data: data.to_owned(), id: self.id_in_force.clone(), retry });
    }
}
