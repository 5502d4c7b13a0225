//! A damaged history: the program goes on at once, and what can be read is saved behind it.

use std::fs;
use std::path::PathBuf;

use super::super::{Care, Opened};
use super::*;
use crate::update::Course;
use Scope;

const PAGE: usize = 4096;

fn database(folder: &TempDir) -> PathBuf {
    folder.path().join("history.db")
}

/// A closed history of two feeds: 2,000 events of one, every third of them read, and the other one deleted.
async fn filled() -> TempDir {
    let folder = folder();
    let history = open(folder.path());
    let mut events: Vec<_> =
        (1..=2_000).map(|n| NewEvent { read: n % 3 == 0, ..event(&n.to_string()) }).collect();
    events.iter_mut().step_by(2).for_each(|event| event.reading.group = Some("web 1".to_owned()));
    history.store(batch(&feed("a"), events)).await.unwrap();
    store(&history, &feed("b"), &["x", "y"]).await;
    forget(&history, Scope::Feed { feed: feed("b") }).await;
    history.close().await;
    folder
}

/// Overwrites some pages with what no database holds.
fn damage(folder: &TempDir, pages: impl IntoIterator<Item = usize>) {
    let mut bytes = fs::read(database(folder)).unwrap();
    for page in pages {
        bytes[page * PAGE..(page + 1) * PAGE].fill(0xA5);
    }
    fs::write(database(folder), bytes).unwrap();
}

fn pages(folder: &TempDir) -> usize {
    fs::read(database(folder)).unwrap().len() / PAGE
}

/// Opens a damaged history, which says so.
fn open_damaged(folder: &TempDir) -> (History, Care) {
    let Opened { history, note, care } = History::open(folder.path()).unwrap();
    assert!(note.unwrap().contains("what can be read in it is being saved"));
    (history, care)
}

#[tokio::test]
async fn goes_on_at_once_where_it_was_and_saves_what_can_be_read() {
    let folder = filled().await;
    let whole = all(&open(folder.path()), None).await;
    damage(&folder, (10..pages(&folder)).step_by(7));
    let (history, care) = open_damaged(&folder);
    let cursors = history.cursors().await.unwrap();
    assert_eq!(cursors[&feed("a")].last_event_id.as_deref(), Some("2000"));
    assert_eq!(cursors[&feed("b")].last_event_id.as_deref(), Some("y"));
    let fresh = store(&history, &feed("a"), &["2001"]).await[0].unwrap();
    assert!(fresh > whole[0].id, "new events come after the old ones");

    let words = history.care(care, |_| Course::unwatched()).await.unwrap();
    let saved: Vec<_> = all(&history, Some(&feed("a"))).await.into_iter().skip(1).collect();
    assert!(words.contains(&format!("{} events", saved.len())), "{words}");
    assert!(saved.len() > 1_000 && saved.len() < 2_000, "{} saved", saved.len());
    assert!(saved.iter().all(|row| whole.contains(row)), "as they were");
    let unread = saved.iter().filter(|row| !row.read).count() as u64 + 1;
    assert_eq!(history.unread().await.unwrap()[&feed("a")], unread);
    let one = saved[0].reading.title.clone();
    let again = store(&history, &feed("a"), &[&one]).await;
    assert_eq!(again, [None], "what was saved is known to the next replay");
    history.close().await;
    open(folder.path()).close().await;
}

#[tokio::test]
async fn takes_up_the_saving_where_a_kill_ended_it() {
    let folder = filled().await;
    damage(&folder, [pages(&folder) - 5]);
    drop(open_damaged(&folder));
    let Opened { history, note, care } = History::open(folder.path()).unwrap();
    assert_eq!(note, None);
    assert!(history.care(care, |_| Course::unwatched()).await.unwrap().contains("events of the damaged one"));
    let saved = all(&history, None).await.len();
    assert!(saved > 1_500, "{saved} saved");
    history.close().await;
    let Opened { history, care, .. } = History::open(folder.path()).unwrap();
    assert_eq!(history.care(care, |_| Course::unwatched()).await, None, "it is done once");
    assert_eq!(all(&history, None).await.len(), saved);
    history.close().await;
}

#[tokio::test]
async fn a_feed_that_was_removed_meanwhile_stays_removed() {
    let folder = filled().await;
    damage(&folder, [pages(&folder) - 5]);
    let (history, care) = open_damaged(&folder);
    history.remove_feed(feed("a")).await.unwrap();
    history.remove_feed(feed("b")).await.unwrap();
    store(&history, &feed("c"), &["1"]).await;
    history.care(care, |_| Course::unwatched()).await.unwrap();
    assert_eq!(titles(&history, &feed("c")).await, ["1"]);
    assert_eq!(all(&history, None).await.len(), 1);
    history.close().await;
}

#[tokio::test]
async fn any_damage_lets_it_start_and_work() {
    let folder = filled().await;
    let whole = fs::read(database(&folder)).unwrap();
    let mut dice = super::proof::Dice(3);
    for _ in 0..40 {
        let folder = self::folder();
        let mut bytes = whole.clone();
        for _ in 0..=dice.below(4) {
            let at = dice.below(bytes.len());
            let end = (at + dice.within(1..20_000)).min(bytes.len());
            bytes[at..end].fill_with(|| u8::try_from(dice.below(256)).unwrap());
        }
        fs::write(database(&folder), bytes).unwrap();
        let Opened { history, care, .. } = match History::open(folder.path()) {
            Ok(opened) => opened,
            // A version number that was hit looks like a newer one, which nobody may touch.
            Err(error) => {
                assert!(error.to_string().contains("newer version"), "{error}");
                continue;
            }
        };
        history.care(care, |_| Course::unwatched()).await;
        let new = event("new");
        assert!(history.store(batch(&feed("n"), vec![new])).await.unwrap()[0].is_some());
        assert_eq!(titles(&history, &feed("n")).await, ["new"]);
        history.close().await;
    }
}

/// Makes a history large, and leaves it as a crash does.
async fn large_and_unclosed() -> TempDir {
    let (made, left) = (folder(), folder());
    let history = open(made.path());
    store(&history, &feed("a"), &["1", "2", "3"]).await;
    let mut large = event("large");
    large.received.data = "x".repeat(16 * 1024 * 1024);
    history.store(batch(&feed("a"), vec![large])).await.unwrap();
    history.close().await;
    let history = open(made.path());
    store(&history, &feed("a"), &["4"]).await;
    for name in ["history.db", "history.db-wal"] {
        fs::copy(made.path().join(name), left.path().join(name)).unwrap();
    }
    left
}

#[tokio::test]
async fn a_large_file_is_checked_behind_the_start_and_mended_at_the_next() {
    let folder = large_and_unclosed().await;
    let Opened { history, note, care } = History::open(folder.path()).unwrap();
    assert_eq!((note, care.check), (None, true));
    assert_eq!(history.care(care, |_| Course::unwatched()).await, None, "it is sound");
    history.close().await;
    assert!(!History::open(folder.path()).unwrap().care.check, "it was closed");

    let folder = large_and_unclosed().await;
    let last = pages(&folder) - 1;
    damage(&folder, [last - 200, last]);
    let Opened { history, note, care } = History::open(folder.path()).unwrap();
    assert_eq!((note, care.check), (None, true), "it starts without waiting");
    let words = history.care(care, |_| Course::unwatched()).await.unwrap();
    assert!(words.contains("damaged") && words.contains("Restart Tidings"), "{words}");
    history.close().await;
    let (history, care) = open_damaged(&folder);
    history.care(care, |_| Course::unwatched()).await.unwrap();
    assert_eq!(titles(&history, &feed("a")).await, ["1", "2", "3", "4"]);
    history.close().await;
}
