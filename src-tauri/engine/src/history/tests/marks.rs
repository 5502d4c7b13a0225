//! Read and unread, and the counts that follow.

use std::collections::HashMap;

use proptest::prelude::*;

use super::super::sweep::{self, Change};
use super::*;

#[derive(Clone, Debug)]
enum Act {
    Store { feed: usize, read: bool },
    MarkEvent { nth: usize, read: bool },
    MarkFeed { feed: usize, read: bool },
    MarkAll { read: bool },
    ForgetEvent { nth: usize },
    ForgetFeed { feed: usize },
    RemoveFeed { feed: usize },
    Reopen,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        8 => (0_usize..3, any::<bool>()).prop_map(|(feed, read)| Act::Store { feed, read }),
        3 => (0_usize..40, any::<bool>()).prop_map(|(nth, read)| Act::MarkEvent { nth, read }),
        2 => (0_usize..3, any::<bool>()).prop_map(|(feed, read)| Act::MarkFeed { feed, read }),
        1 => any::<bool>().prop_map(|read| Act::MarkAll { read }),
        2 => (0_usize..40).prop_map(|nth| Act::ForgetEvent { nth }),
        1 => (0_usize..3).prop_map(|feed| Act::ForgetFeed { feed }),
        1 => (0_usize..3).prop_map(|feed| Act::RemoveFeed { feed }),
        1 => Just(Act::Reopen),
    ]
}

/// What the history should hold: number, feed, read.
#[derive(Default)]
struct Model {
    events: Vec<(EventId, FeedId, bool)>,
    stored: usize,
}

impl Model {
    fn unread(&self) -> HashMap<FeedId, u64> {
        let mut counts = HashMap::new();
        for (_, feed, read) in &self.events {
            *counts.entry(feed.clone()).or_default() += u64::from(!read);
        }
        counts
    }

    /// An event held, or a number that none has.
    fn nth(&self, nth: usize) -> EventId {
        self.events.get(nth).map_or(EventId(1_000_000), |(id, _, _)| *id)
    }

    fn mark(&mut self, read: bool, meant: impl Fn(&(EventId, FeedId, bool)) -> bool) -> HashMap<FeedId, u64> {
        let mut changed = Vec::new();
        for event in self.events.iter_mut().filter(|event| meant(event) && event.2 != read) {
            event.2 = read;
            changed.push(event.1.clone());
        }
        let counts = self.unread();
        changed.into_iter().map(|feed| (feed.clone(), counts[&feed])).collect()
    }

    async fn act(&mut self, history: &History, act: &Act) {
        let feeds = [feed("a"), feed("b"), feed("c")];
        match *act {
            Act::Store { feed, read } => {
                self.stored += 1;
                let event = NewEvent { read, ..event(&self.stored.to_string()) };
                let id = history.store(batch(&feeds[feed], vec![event])).await.unwrap()[0].unwrap();
                self.events.push((id, feeds[feed].clone(), read));
            }
            Act::MarkEvent { nth, read } => {
                let id = self.nth(nth);
                let changed = history.mark_read(Scope::Event { id }, read).await.unwrap();
                assert_eq!(changed, self.mark(read, |event| event.0 == id));
            }
            Act::MarkFeed { feed, read } => {
                let feed = feeds[feed].clone();
                let changed = history.mark_read(Scope::Feed { feed: feed.clone() }, read).await.unwrap();
                assert_eq!(changed, self.mark(read, |event| event.1 == feed));
            }
            Act::MarkAll { read } => {
                let changed = history.mark_read(Scope::All, read).await.unwrap();
                assert_eq!(changed, self.mark(read, |_| true));
            }
            Act::ForgetEvent { nth } => {
                let id = self.nth(nth);
                forget(history, Scope::Event { id }).await;
                self.events.retain(|event| event.0 != id);
            }
            Act::ForgetFeed { feed } => {
                forget(history, Scope::Feed { feed: feeds[feed].clone() }).await;
                self.events.retain(|event| event.1 != feeds[feed]);
            }
            Act::RemoveFeed { feed } => {
                history.remove_feed(feeds[feed].clone()).await.unwrap();
                self.events.retain(|event| event.1 != feeds[feed]);
            }
            Act::Reopen => unreachable!("done by the test"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn counts_are_those_of_the_rows_whatever_was_done(acts in prop::collection::vec(act(), 0..50)) {
        runtime().block_on(async {
            let folder = folder();
            let mut history = open(folder.path());
            let mut model = Model::default();
            for act in acts {
                if matches!(act, Act::Reopen) {
                    history.close().await;
                    history = open(folder.path());
                } else {
                    model.act(&history, &act).await;
                }
                let mut counts = history.unread().await.unwrap();
                let expected = model.unread();
                counts.retain(|feed, count| *count > 0 || expected.contains_key(feed));
                assert_eq!(counts, expected);
            }
            let read: Vec<_> = all(&history, None).await.iter().rev().map(|row| (row.id, row.read)).collect();
            assert_eq!(read, model.events.iter().map(|event| (event.0, event.2)).collect::<Vec<_>>());
            history.close().await;
        });
    }
}

#[tokio::test]
async fn marks_and_deletes_more_events_than_one_step_takes() {
    let folder = folder();
    let history = open(folder.path());
    let count = sweep::STEP_ROWS * 2 + 1;
    let many = (0..count).map(|n| event(&n.to_string())).collect();
    history.store(batch(&feed("a"), many)).await.unwrap();
    assert_eq!(history.mark_read(Scope::All, true).await.unwrap(), [(feed("a"), 0)].into());
    assert_eq!(history.mark_read(Scope::All, true).await.unwrap(), [].into());
    let unread = [(feed("a"), count as u64)].into();
    assert_eq!(history.mark_read(Scope::Feed { feed: feed("a") }, false).await.unwrap(), unread);
    forget(&history, Scope::All).await;
    assert!(all(&history, None).await.is_empty());
}

#[tokio::test]
async fn some_events_are_deleted_together_and_come_back_together() {
    let folder = folder();
    let history = open(folder.path());
    let many: Vec<String> = (0..200).map(|n| n.to_string()).collect();
    let names: Vec<&str> = many.iter().map(String::as_str).collect();
    let stored: Vec<EventId> = store(&history, &feed("a"), &names).await.into_iter().flatten().collect();
    let kept = store(&history, &feed("b"), &["kept"]).await[0].unwrap();
    let mut ids: Vec<EventId> = stored.iter().copied().step_by(2).collect();
    // Named twice, and one that is not there.
    ids.extend([ids[0], EventId(1_000_000)]);
    let scope = Scope::Events { ids };
    assert_eq!(history.mark_read(scope.clone(), true).await.unwrap(), [(feed("a"), 100)].into());
    let deleted = history.delete(scope).await.unwrap();
    assert_eq!((deleted.count, deleted.until), (100, stored[198]));
    let left: Vec<EventId> = all(&history, None).await.iter().map(|row| row.id).collect();
    assert_eq!((left.len(), left[0]), (101, kept));
    assert_eq!(history.restore(deleted.number).await.unwrap(), 100);
    assert_eq!(all(&history, None).await.len(), 201);
}

#[tokio::test]
async fn what_arrives_while_all_is_marked_stays_unread() {
    let folder = folder();
    let history = open(folder.path());
    store(&history, &feed("a"), &["1", "2"]).await;
    let plan = history.shared.reader.ask(|database| sweep::plan(database, &Scope::All)).await.unwrap();
    let late = store(&history, &feed("a"), &["late"]).await[0].unwrap();
    for sweep in plan {
        assert_eq!(history.sweep(sweep, Change::Read(true)).await.unwrap().changed, 2);
    }
    assert!(!history.event(late).await.unwrap().unwrap().row.read);
    assert_eq!(history.unread().await.unwrap(), [(feed("a"), 1)].into());
}
