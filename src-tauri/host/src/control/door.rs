//! Who may stay at the socket: at most so many programs, and who has been silent longest makes room for who comes.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};

use tokio_util::sync::CancellationToken;

/// More programs at a time than a person ever runs.
pub(super) const CLIENTS: usize = 32;

/// All programs at the other end.
#[derive(Debug, Default)]
pub(super) struct Door {
    guests: Vec<Weak<Guest>>,
    words: Arc<AtomicU64>,
}

/// A program at the other end, for as long as this lives.
#[derive(Debug)]
pub(super) struct Guest {
    words: Arc<AtomicU64>,
    has_greeted: AtomicBool,
    is_window: AtomicBool,
    /// How much is being done for it; an answer that only waits to be read is done.
    doing: AtomicUsize,
    /// When it spoke last, counted in words of all.
    spoke: AtomicU64,
    sent_away: CancellationToken,
}

/// Something that is being done for a program.
#[derive(Debug)]
pub(super) struct Doing(Arc<Guest>);

impl Door {
    /// Lets a program in. Where there are too many, one that is no window and for which nothing is being done is sent
    /// away: rather one that hasn't greeted, and the one that has been silent longest; none where all are served.
    pub(super) fn let_in(&mut self) -> Option<Arc<Guest>> {
        self.guests.retain(|guest| guest.strong_count() > 0);
        if self.guests.len() >= CLIENTS {
            let guests = self.guests.iter().filter_map(Weak::upgrade);
            let idle = guests.filter(|guest| guest.is_idle()).min_by_key(|guest| guest.claim())?;
            idle.sent_away.cancel();
            self.guests.retain(|guest| !std::ptr::eq(guest.as_ptr(), Arc::as_ptr(&idle)));
        }
        let guest = Arc::new(Guest {
            words: Arc::clone(&self.words),
            has_greeted: AtomicBool::new(false),
            is_window: AtomicBool::new(false),
            doing: AtomicUsize::new(0),
            spoke: AtomicU64::new(self.words.fetch_add(1, Ordering::Relaxed)),
            sent_away: CancellationToken::new(),
        });
        self.guests.push(Arc::downgrade(&guest));
        Some(guest)
    }
}

impl Guest {
    /// Is cancelled when it has to make room.
    pub(super) fn sent_away(&self) -> &CancellationToken {
        &self.sent_away
    }

    /// Notes that it has greeted.
    pub(super) fn greeted(&self) {
        self.has_greeted.store(true, Ordering::Relaxed);
        self.spoke();
    }

    /// Notes that it said something.
    pub(super) fn spoke(&self) {
        self.spoke.store(self.words.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
    }

    /// Notes whether it is the window that is told everything.
    pub(super) fn set_window(&self, is_window: bool) {
        self.is_window.store(is_window, Ordering::Relaxed);
    }

    /// Notes that something is being done for it, until what this gives is dropped.
    pub(super) fn doing(self: &Arc<Self>) -> Doing {
        self.doing.fetch_add(1, Ordering::Relaxed);
        Doing(Arc::clone(self))
    }

    fn is_idle(&self) -> bool {
        !self.is_window.load(Ordering::Relaxed) && self.doing.load(Ordering::Relaxed) == 0
    }

    /// The lowest is sent away first.
    fn claim(&self) -> (bool, u64) {
        (self.has_greeted.load(Ordering::Relaxed), self.spoke.load(Ordering::Relaxed))
    }
}

impl Drop for Doing {
    fn drop(&mut self) {
        self.0.doing.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(door: &mut Door) -> Vec<Arc<Guest>> {
        (0..CLIENTS).map(|_| door.let_in().expect("there is room")).collect()
    }

    fn gone(guests: &[Arc<Guest>]) -> Vec<usize> {
        (0..guests.len()).filter(|at| guests[*at].sent_away.is_cancelled()).collect()
    }

    #[test]
    fn who_never_greeted_makes_room_before_who_did_and_the_longest_silent_first() {
        let mut door = Door::default();
        let guests = full(&mut door);
        guests.iter().filter(|guest| !Arc::ptr_eq(guest, &guests[7])).for_each(|guest| guest.greeted());
        guests[0].spoke();
        let newcomers = [door.let_in().expect("room is made")];
        assert_eq!(gone(&guests), [7]);
        newcomers[0].greeted();
        let _next = door.let_in().expect("room is made");
        assert_eq!(gone(&guests), [1, 7]);
    }

    #[test]
    fn a_window_and_who_is_being_served_stay() {
        let mut door = Door::default();
        let guests = full(&mut door);
        guests[0].set_window(true);
        let work: Vec<_> = guests[1..].iter().map(Guest::doing).collect();
        assert!(door.let_in().is_none());
        drop(work);
        let _next = door.let_in().expect("room is made");
        assert_eq!(gone(&guests), [1]);
    }

    #[test]
    fn who_left_by_itself_has_given_its_place_back() {
        let mut door = Door::default();
        let mut guests = full(&mut door);
        guests.pop();
        let _next = door.let_in().expect("there is room");
        assert!(gone(&guests).is_empty());
    }
}
