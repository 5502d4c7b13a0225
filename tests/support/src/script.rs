//! What a scripted server answers to which request.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::answer::{Answer, Piece, Then};
use crate::cases::{ParseCase, cases};

/// The answers to the first, second, … request to each sub-path; the last one repeats.
#[derive(Clone, Debug, Default)]
pub struct Script {
    answers: BTreeMap<String, Vec<Answer>>,
    late_port: Duration,
}

impl Script {
    /// Makes a script of answers to the feed's own URL.
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self::default().at("", answers)
    }

    /// Takes the script of a connection case.
    ///
    /// # Panics
    ///
    /// Where no connection case has this ID.
    pub fn case(id: &str) -> Self {
        let case = cases().conn.into_iter().find(|case| case.id == id);
        case.unwrap_or_else(|| panic!("no connection case is named {id}")).script()
    }

    /// Serves the body of a parse case, chunk by chunk, and stays open.
    pub fn body(case: &ParseCase) -> Self {
        let serve = |answer: Answer, Piece(bytes): &Piece| answer.chunk(bytes.clone());
        Self::new([case.chunks.iter().fold(Answer::stream().then(Then::Hold), serve)])
    }

    /// Sets the answers to a sub-path; the empty one is the feed's own URL.
    pub fn at(mut self, sub: &str, answers: impl IntoIterator<Item = Answer>) -> Self {
        self.answers.insert(sub.to_owned(), answers.into_iter().collect());
        self
    }

    /// Refuses connections for so long after the start.
    pub fn late_port(self, late_port: Duration) -> Self {
        Self { late_port, ..self }
    }

    /// Returns for how long connections are refused.
    pub(crate) fn port_opens_after(&self) -> Duration {
        self.late_port
    }

    /// Returns the answer to the `n`-th request, from 1, to a sub-path; `None` where the script doesn't know it.
    pub(crate) fn answer(&self, sub: &str, n: usize) -> Option<&Answer> {
        let answers = self.answers.get(sub)?;
        answers.get(n.saturating_sub(1)).or(answers.last())
    }
}
