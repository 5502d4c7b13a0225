//! Whether something between a server and us holds events back, told from when and how bytes come: pure arithmetic.

use std::time::Duration;

use crate::transport::Frame;

/// Bytes that come closer together than this are one delivery. A slow link's packets are: at 16 kbit/s one takes 0.75 s.
const TOGETHER: Duration = Duration::from_secs(1);
/// No server stops for so long inside a line that it writes, and no slow link does while there is something to bring.
const LONG: Duration = Duration::from_secs(2);
/// A buffer holds 4 KiB or more as a rule, and gives less at its first time; a packet of a slow link is smaller.
const BUFFERFUL: u64 = 2048;
/// Two keep-alives may meet on the way; more of them have waited for one another.
const KEEP_ALIVES: u64 = 3;
/// Keep-alives are further apart than this when they are written.
const APART: Duration = Duration::from_secs(1);
/// An answer that begins later than this has waited for something: for its first event, or for a buffer to be full.
const LATE: Duration = Duration::from_secs(5);
/// Signs in a row that make it known, and deliveries as a server writes them that take it back.
const ENOUGH: u8 = 3;
/// What comes without a wait for the network came in one read with what is before it.
const READ: Duration = Duration::from_millis(1);
/// So many reads in a row that end where a line ends say as much as a pause: a full buffer ends anywhere.
const WHOLE_READS: u32 = 64;

/// What became known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Something holds events back.
    HeldBack,
    /// Nothing does any more.
    PassesAgain,
}

/// Weighs how bytes come.
///
/// A server writes whole lines, each when it is due. So what ends inside a line, as large as a buffer, and goes on seconds
/// later was held; so were several keep-alives at once after a silence as long as they are apart, and kilobytes of events
/// together with an answer that took its time. A delivery that ends with a line and is none of these speaks against it. One
/// sign is a coincidence (a lost packet, a server that stumbles): only [`ENOUGH`] more signs than their opposite are told,
/// and only as many of these take it back.
#[derive(Clone, Debug, Default)]
pub(super) struct HeldBack {
    signs: u8,
    told: bool,
    /// None before a link is open.
    delivery: Option<Delivery>,
    whole_reads: u32,
}

/// What came together.
#[derive(Clone, Copy, Debug, Default)]
struct Delivery {
    /// How long nothing had come before it; for the first one of a link, since the dial.
    waited: Duration,
    /// Whether it began with the head of the answer.
    is_first: bool,
    /// Nothing but that head has come.
    is_bare: bool,
    /// The bytes of chunks that ended inside a line.
    cut_bytes: u64,
    event_bytes: u64,
    events: u64,
    keep_alives: u64,
    in_line: bool,
}

impl HeldBack {
    /// A link opened, so long after its dial.
    pub(super) fn opened(&mut self, waited: Duration) {
        self.delivery = Some(Delivery { waited, is_first: true, is_bare: true, ..Delivery::default() });
        self.whole_reads = 0;
    }

    /// A frame came `gap` after the one before.
    pub(super) fn heard(&mut self, gap: Duration, frame: &Frame) -> Option<Verdict> {
        let mut delivery = self.delivery?;
        if gap >= READ && !delivery.is_bare {
            self.end_read(delivery.in_line);
        }
        if gap >= TOGETHER {
            self.weigh(&delivery, gap);
            delivery = Delivery { waited: gap, ..Delivery::default() };
        }
        delivery.add(frame);
        self.delivery = Some(delivery);
        self.verdict()
    }

    /// An open link was silent for so long that it counts as dead.
    pub(super) fn silent(&mut self, limit: Duration) -> Option<Verdict> {
        if let Some(delivery) = self.delivery.take() {
            self.weigh(&delivery, limit);
        }
        self.verdict()
    }

    /// A dial was accepted and never answered. Servers that wait for their first event do that too: it only adds to other
    /// signs.
    pub(super) fn unanswered(&mut self) {
        self.delivery = None;
        self.signs = self.signs.max((self.signs + 1).min(ENOUGH - 1));
    }

    fn end_read(&mut self, in_line: bool) {
        self.whole_reads = if in_line { 0 } else { self.whole_reads + 1 };
        if self.whole_reads >= WHOLE_READS {
            self.whole_reads = 0;
            self.signs = self.signs.saturating_sub(1);
        }
    }

    /// Weighs a delivery after which nothing came for `pause`.
    fn weigh(&mut self, delivery: &Delivery, pause: Duration) {
        if delivery.was_held(pause) {
            self.signs = (self.signs + 1).min(ENOUGH);
        } else if !delivery.in_line && !delivery.is_bare {
            self.signs = self.signs.saturating_sub(1);
        }
    }

    fn verdict(&mut self) -> Option<Verdict> {
        match (self.told, self.signs) {
            (false, ENOUGH..) => {
                self.told = true;
                Some(Verdict::HeldBack)
            }
            (true, 0) => {
                self.told = false;
                Some(Verdict::PassesAgain)
            }
            (false, _) | (true, _) => None,
        }
    }
}

impl Delivery {
    fn add(&mut self, frame: &Frame) {
        self.is_bare = false;
        match frame {
            Frame::Message(received) => {
                self.events += 1;
                let bytes = received.data.len() + received.event_type.len();
                self.event_bytes = self.event_bytes.saturating_add(bytes as u64);
                self.in_line = false;
            }
            Frame::Chunk { bytes, keep_alives, in_line } => {
                self.keep_alives = self.keep_alives.saturating_add(*keep_alives);
                self.in_line = *in_line;
                if *in_line {
                    self.cut_bytes = self.cut_bytes.saturating_add(*bytes);
                }
            }
            Frame::Alive => self.in_line = false,
            Frame::Opened | Frame::Lost | Frame::Cursor(_) | Frame::Retry(_) | Frame::Oversized { .. } => {}
        }
    }

    fn was_held(&self, pause: Duration) -> bool {
        self.is_cut(pause) || self.is_of_keep_alives() || self.is_late()
    }

    /// Its rest was held, and not one event that is slow to come: something ended in it too.
    fn is_cut(&self, pause: Duration) -> bool {
        let ends_something = self.events + self.keep_alives > 0;
        self.in_line && self.cut_bytes >= BUFFERFUL && ends_something && pause >= LONG
    }

    fn is_of_keep_alives(&self) -> bool {
        let apart = APART.saturating_mul(u32::try_from(self.keep_alives).unwrap_or(u32::MAX));
        self.keep_alives >= KEEP_ALIVES && self.waited >= apart
    }

    fn is_late(&self) -> bool {
        self.is_first
            && self.waited >= LATE
            && self.events > 1
            && self.event_bytes.max(self.cut_bytes) >= BUFFERFUL
    }
}

#[cfg(test)]
mod tests;
