//! Updates gathered for the window, folded where the order can't be told apart.

use tidings_engine::update::Update;

use crate::dto;

/// Updates in order, with repeated states, counts and arrivals folded into one.
#[derive(Debug, Default)]
pub(super) struct Batch {
    updates: Vec<Update>,
    gathered: usize,
}

impl Batch {
    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.updates.is_empty()
    }

    /// How much was gathered: updates before folding, and each row of an arrival.
    pub(super) fn gathered(&self) -> usize {
        self.gathered
    }

    /// Adds an update, folding it into an earlier one that says the same kind of thing.
    pub(super) fn push(&mut self, update: Update) {
        if let Update::Open(_) | Update::Follow(_) | Update::Copy(_) = update {
            // A click outlives the window it finds: it comes by its own way. Links and the clipboard are the shell's business.
            return;
        }
        self.gathered += if let Update::Arrived(rows) = &update { rows.len() } else { 1 };
        match (self.twin(&update), update) {
            (Some(Update::Arrived(earlier)), Update::Arrived(mut rows)) => earlier.append(&mut rows),
            (Some(earlier), later) => *earlier = later,
            (None, later) => self.updates.push(later),
        }
    }

    /// Empties itself into a sink, in order; says whether the sink took everything.
    pub(super) fn hand_over(&mut self, sink: impl Fn(dto::Update) -> bool) -> bool {
        self.gathered = 0;
        self.updates.drain(..).all(|update| sink(update.into()))
    }

    /// The earlier update that a later one may join without changing what comes out in the end.
    fn twin(&mut self, later: &Update) -> Option<&mut Update> {
        self.updates
            .iter_mut()
            .rev()
            .take_while(|earlier| may_be_passed(earlier))
            .find(|earlier| says_the_same_kind_of_thing(earlier, later))
    }
}

/// States, counts and arrivals touch nothing of each other; everything else keeps its place.
fn may_be_passed(earlier: &Update) -> bool {
    match earlier {
        Update::State { .. } | Update::Unread { .. } | Update::Arrived(_) => true,
        Update::Feed(_)
        | Update::FeedRemoved(_)
        | Update::Read { .. }
        | Update::Starred { .. }
        | Update::Deleted { .. }
        | Update::Restored(_)
        | Update::Paused(_)
        | Update::Muted(_)
        | Update::Window(_)
        | Update::Problems(_)
        | Update::Works(_)
        | Update::Open(_)
        | Update::Follow(_)
        | Update::Copy(_) => false,
    }
}

fn says_the_same_kind_of_thing(earlier: &Update, later: &Update) -> bool {
    match (earlier, later) {
        (Update::State { feed: one, .. }, Update::State { feed: other, .. })
        | (Update::Unread { feed: one, .. }, Update::Unread { feed: other, .. }) => one == other,
        (Update::Arrived(_), Update::Arrived(_)) => true,
        (_, _) => false,
    }
}
