//! Where in a stream of events a fault comes.

use super::{Fault, Phase};

/// How much of a line stands before a fault in its middle: its name and the beginning of its value.
const INTO_THE_LINE: usize = "data: ab".len();

/// Reads a stream up to the place of a fault.
#[derive(Debug)]
pub(super) struct Place {
    /// A comment is a line of its own, so it comes between two lines of an event.
    between_lines: bool,
    phase: Phase,
    line: Vec<u8>,
    has_data: bool,
    events: usize,
}

impl Place {
    pub(super) fn new(fault: Fault, phase: Phase) -> Self {
        let between_lines = fault == Fault::EndlessComment;
        Self { between_lines, phase, line: Vec::new(), has_data: false, events: 0 }
    }

    /// Returns how many of the bytes come before the place; `None` where all do.
    pub(super) fn find(&mut self, bytes: &[u8]) -> Option<usize> {
        bytes.iter().position(|&byte| self.reaches(byte)).map(|at| at + 1)
    }

    fn reaches(&mut self, byte: u8) -> bool {
        if byte != b'\n' {
            self.line.push(byte);
            let inside = self.line.starts_with(b"data:") && self.line.len() == INTO_THE_LINE;
            return self.phase == Phase::MidLine && !self.between_lines && self.events == 1 && inside;
        }
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.has_data |= line.starts_with(b"data:");
            let inside = self.between_lines && line.starts_with(b"id:");
            return self.phase == Phase::MidLine && self.events == 1 && inside;
        }
        if !std::mem::take(&mut self.has_data) {
            return false;
        }
        self.events += 1;
        self.phase == Phase::Between && self.events == 1
    }
}
