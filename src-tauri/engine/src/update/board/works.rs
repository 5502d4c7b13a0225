//! Long work: how far it is, told a few times a second, and the word that stops it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::{Board, Update};
use crate::update::{Work, WorkKind};

/// Progress is told no more often: nobody reads faster.
const PACE: Duration = Duration::from_millis(250);

/// What is under way.
#[derive(Debug, Default)]
pub(super) struct UnderWay {
    works: Vec<(Work, CancellationToken)>,
    begun: u64,
    told: Option<Instant>,
}

impl UnderWay {
    pub(super) fn list(&self) -> Vec<Work> {
        self.works.iter().map(|(work, _)| *work).collect()
    }

    fn of(&mut self, number: u64) -> Option<&mut Work> {
        self.works.iter_mut().map(|(work, _)| work).find(|work| work.number == number)
    }

    /// Whether it was told so lately that the next time will do.
    fn just_told(&self) -> bool {
        self.told.is_some_and(|told| told.elapsed() < PACE)
    }
}

/// The course of one piece of long work, which ends when this is dropped.
#[derive(Debug)]
pub struct Course {
    told_to: Option<(Arc<Board>, u64)>,
    stop: CancellationToken,
}

impl Course {
    /// One that nobody watches or stops.
    pub fn unwatched() -> Self {
        Self { told_to: None, stop: CancellationToken::new() }
    }

    /// Notes how much is done, of how much where that is known.
    pub fn at(&self, done: u64, total: Option<u64>) {
        let Some((board, number)) = &self.told_to else { return };
        let mut inner = board.inner();
        let Some(work) = inner.works.of(*number) else { return };
        // What grows while it is worked on never seems to be more than done.
        (work.done, work.total) = (done, total.map(|total| total.max(done)));
        if !inner.works.just_told() {
            board.tell_works(&mut inner);
        }
    }

    /// Whether it is to stop.
    pub fn is_stopped(&self) -> bool {
        self.stop.is_cancelled()
    }

    /// Waits until it is to stop.
    pub async fn stopped(&self) {
        self.stop.cancelled().await;
    }

    /// The word that stops it, for one that nobody watches.
    pub fn stop(&self) {
        self.stop.cancel();
    }
}

impl Drop for Course {
    fn drop(&mut self) {
        let Some((board, number)) = &self.told_to else { return };
        let mut inner = board.inner();
        inner.works.works.retain(|(work, _)| work.number != *number);
        board.tell_works(&mut inner);
    }
}

impl Board {
    /// Begins long work, which is told until the course is dropped.
    pub fn begin(self: &Arc<Self>, kind: WorkKind) -> Course {
        let stop = CancellationToken::new();
        let mut inner = self.inner();
        inner.works.begun += 1;
        let number = inner.works.begun;
        inner.works.works.push((Work { number, kind, done: 0, total: None }, stop.clone()));
        self.tell_works(&mut inner);
        drop(inner);
        Course { told_to: Some((Arc::clone(self), number)), stop }
    }

    /// Tells long work to stop, where it can be; whether there was such work.
    pub fn stop(&self, number: u64) -> bool {
        let inner = self.inner();
        let found = inner.works.works.iter().find(|(work, _)| work.number == number && work.kind.can_stop());
        if let Some((_, stop)) = found {
            stop.cancel();
        }
        found.is_some()
    }

    fn tell_works(&self, inner: &mut std::sync::MutexGuard<'_, super::Inner>) {
        inner.works.told = Some(Instant::now());
        self.tell(inner, Update::Works(inner.works.list()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Mute, Window};

    fn board() -> Arc<Board> {
        Arc::new(Board::new(Vec::new(), Vec::new(), false, Mute::Off, Window::default()))
    }

    #[test]
    fn work_is_there_from_its_begin_to_its_end_and_told_no_oftener_than_can_be_read() {
        let board = board();
        let mut updates = board.attach().updates;
        let course = board.begin(WorkKind::Export);
        for done in 1..=1000 {
            course.at(done, Some(1000));
        }
        let works = board.attach().snapshot.works;
        assert_eq!(works, [Work { number: 1, kind: WorkKind::Export, done: 1000, total: Some(1000) }]);
        drop(course);
        assert!(board.attach().snapshot.works.is_empty());
        let told = std::iter::from_fn(|| updates.try_recv().ok()).count();
        assert!((2..100).contains(&told), "told {told} times");
    }

    #[test]
    fn a_stop_reaches_the_work_that_is_meant_and_none_that_must_go_on() {
        let board = board();
        let [export, check] = [WorkKind::Export, WorkKind::Check].map(|kind| board.begin(kind));
        assert!(!board.stop(2) && !board.stop(3));
        assert!(board.stop(1) && export.is_stopped() && !check.is_stopped());
        drop(export);
        assert!(!board.stop(1), "it is over");
    }

    #[test]
    fn what_is_done_is_never_more_than_all() {
        let board = board();
        let course = board.begin(WorkKind::Index);
        course.at(7, Some(5));
        assert_eq!(board.attach().snapshot.works[0].total, Some(7));
    }
}
