//! What a connection does next: pure, without clock, socket or randomness.

use std::time::Duration;

use super::backoff;
use crate::transport::{Cause, Fault};

/// The standard leaves it to the client, "probably in the region of a few seconds".
pub const RECONNECTION_TIME: Duration = Duration::from_secs(3);
/// After this long a link counts as good, and failures count from one again.
const GOOD: Duration = Duration::from_secs(60);
/// One odd answer is a hiccup; after this many alike the health says what it looks like.
const ALIKE: u32 = 3;

/// How a connection behaves where the standard would stop for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// For programs that run for months: tries again wherever that is harmless, spread by jitter.
    Unattended,
    /// The standard to the letter: any answer but a stream ends it, waits are exact.
    Strict,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The connection begins, its wait is over, or a person wants it dialled.
    Go,
    /// The machine woke or the network came back: the link is to be dialled again, and earlier failures mean nothing.
    Woken,
    /// The server set the reconnection time.
    Retry(Duration),
    /// A dial ended.
    Broke {
        /// Why.
        fault: Fault,
        /// How long it had been open; `None` if it never was.
        open_for: Option<Duration>,
    },
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Dial.
    Dial,
    /// Go on as it is.
    Stay,
    /// Wait, then say [`Input::Go`].
    Wait {
        /// How long.
        wait: Duration,
        /// Why.
        why: Fault,
        /// Whether only a person can mend it; the dial after the wait is then a mere look.
        for_person: bool,
    },
    /// Don't dial again unless a person says so.
    Stop {
        /// Why.
        why: Fault,
        /// Whether only a person can mend it; else the server asked for it.
        for_person: bool,
    },
}

/// The memory of one connection.
#[derive(Clone, Debug)]
pub struct Machine {
    manner: Manner,
    reconnection: Duration,
    longest: Duration,
    failures: u32,
    refusals: u32,
    alike: u32,
    last: Option<Fault>,
}

impl Machine {
    /// Begins with the reconnection time a server set before, or [`RECONNECTION_TIME`].
    pub fn new(manner: Manner, reconnection: Duration) -> Self {
        let longest = backoff::LONGEST;
        Self { manner, reconnection, longest, failures: 0, refusals: 0, alike: 0, last: None }
    }

    /// Never waits longer than this after an end or a failure; the default is [`backoff::LONGEST`].
    pub fn with_longest_wait(self, longest: Duration) -> Self {
        Self { longest, ..self }
    }

    /// Says what to do; `jitter` is a random number from 0 to 1.
    pub fn on(&mut self, input: Input, jitter: f64) -> Action {
        match input {
            Input::Go => Action::Dial,
            Input::Woken => {
                self.failures = 0;
                Action::Dial
            }
            Input::Retry(time) => {
                self.reconnection = time;
                Action::Stay
            }
            Input::Broke { fault, open_for } => {
                self.count(&fault, open_for);
                match self.manner {
                    Manner::Unattended => self.unattended(fault, jitter),
                    Manner::Strict => self.strict(fault),
                }
            }
        }
    }

    fn count(&mut self, fault: &Fault, open_for: Option<Duration>) {
        if open_for.is_some() {
            self.refusals = 0;
        }
        if open_for.is_some_and(|time| time >= GOOD) || fault.cause == Cause::Ended {
            self.failures = 0;
        }
        self.alike = if self.last.as_ref() == Some(fault) { self.alike.saturating_add(1) } else { 1 };
        self.last = Some(fault.clone());
    }

    fn unattended(&mut self, why: Fault, jitter: f64) -> Action {
        let (wait, for_person) = match why.cause {
            Cause::Ended => (backoff::after_end(self.reconnection, jitter, self.longest), false),
            Cause::Failed | Cause::Useless | Cause::NotAStream => {
                self.failures = self.failures.saturating_add(1);
                (backoff::after_failure(self.reconnection, self.failures, jitter, self.longest), false)
            }
            Cause::Busy { retry_after } => (backoff::asked(retry_after, jitter), false),
            Cause::Absent => {
                self.refusals = self.refusals.saturating_add(1);
                (backoff::after_absence(self.refusals), false)
            }
            Cause::SignIn | Cause::Untrusted { .. } | Cause::Person => (backoff::SIGN_IN, true),
            Cause::Gone => return Action::Stop { why, for_person: true },
            Cause::Stopped => return Action::Stop { why, for_person: false },
        };
        Action::Wait { wait, why: self.told(why), for_person }
    }

    fn strict(&mut self, why: Fault) -> Action {
        match why.cause {
            Cause::Ended => {
                Action::Wait { wait: backoff::strict(self.reconnection, 0), why, for_person: false }
            }
            Cause::Failed => {
                self.failures = self.failures.saturating_add(1);
                Action::Wait {
                    wait: backoff::strict(self.reconnection, self.failures),
                    why,
                    for_person: false,
                }
            }
            Cause::Useless
            | Cause::NotAStream
            | Cause::Busy { .. }
            | Cause::SignIn
            | Cause::Absent
            | Cause::Gone
            | Cause::Stopped
            | Cause::Untrusted { .. }
            | Cause::Person => Action::Stop { why, for_person: false },
        }
    }

    fn told(&self, mut why: Fault) -> Fault {
        if matches!(why.cause, Cause::Useless | Cause::NotAStream) && self.alike >= ALIKE {
            why.sentence.push_str(&format!(
                " It has said so {} times; it may not be a feed, or the network wants a sign-in.",
                self.alike
            ));
        }
        why
    }
}

#[cfg(test)]
mod tests;
