//! Which pictures are kept, which are on their way, and whether another one may be asked for. Pure.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;

use tokio::time::Instant;
use url::Url;

use crate::id::FeedId;

/// Pictures kept: as many as popups are remembered.
const KEPT: usize = 64;
/// Time after which one is asked for again: an avatar is fetched rarely, and a camera's still isn't old.
const FRESH: Duration = Duration::from_secs(60);
/// Pictures on their way, of all feeds.
const AT_ONCE: usize = 4;
/// Events that wait for one picture; popups show no more at once.
const WAITING: usize = 32;
/// A feed asks for at most so many in [`SPAN`]: as many as it can have popups.
const MOST: usize = 8;
/// The time in which [`MOST`] are counted.
const SPAN: Duration = Duration::from_secs(10);

/// What is known of pictures; `T` is who is to be told.
#[derive(Debug)]
pub(super) struct Shelf<T> {
    /// Oldest first.
    kept: VecDeque<Kept>,
    coming: Vec<Coming<T>>,
    /// Who has asked a server lately, oldest first.
    begun: VecDeque<(FeedId, Instant)>,
}

/// What became of asking.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked<T> {
    /// It is known.
    Told {
        /// Who asked.
        tell: T,
        /// The file, if there is one.
        picture: Option<PathBuf>,
    },
    /// It is on its way.
    Waits,
    /// It is to be fetched.
    Begins,
}

#[derive(Debug)]
struct Kept {
    feed: FeedId,
    address: Url,
    picture: Option<PathBuf>,
    since: Instant,
}

#[derive(Debug)]
struct Coming<T> {
    feed: FeedId,
    address: Url,
    tell: Vec<T>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { kept: VecDeque::new(), coming: Vec::new(), begun: VecDeque::new() }
    }
}

impl<T> Shelf<T> {
    /// Asks for a picture.
    pub(super) fn ask(&mut self, feed: &FeedId, address: &Url, tell: T, now: Instant) -> Asked<T> {
        let same = |kept: &&Kept| kept.feed == *feed && kept.address == *address && kept.since + FRESH > now;
        if let Some(kept) = self.kept.iter().rev().find(same) {
            return Asked::Told { tell, picture: kept.picture.clone() };
        }
        let same = |coming: &&mut Coming<T>| coming.feed == *feed && coming.address == *address;
        if let Some(coming) = self.coming.iter_mut().find(same) {
            if coming.tell.len() >= WAITING {
                return Asked::Told { tell, picture: None };
            }
            coming.tell.push(tell);
            return Asked::Waits;
        }
        self.begun.retain(|(_, at)| *at + SPAN > now);
        let lately = self.begun.iter().filter(|(begun, _)| begun == feed).count();
        if self.coming.len() >= AT_ONCE || lately >= MOST {
            return Asked::Told { tell, picture: None };
        }
        self.begun.push_back((feed.clone(), now));
        self.coming.push(Coming { feed: feed.clone(), address: address.clone(), tell: vec![tell] });
        Asked::Begins
    }

    /// Keeps what came; gives who is to be told, and the files that nothing names any more.
    pub(super) fn end(
        &mut self,
        feed: &FeedId,
        address: &Url,
        picture: Option<PathBuf>,
        now: Instant,
    ) -> (Vec<T>, Vec<PathBuf>) {
        let same = |coming: &Coming<T>| coming.feed == *feed && coming.address == *address;
        let tell = match self.coming.iter().position(same) {
            Some(at) => self.coming.swap_remove(at).tell,
            None => Vec::new(),
        };
        let mut dropped = Vec::new();
        let (feed, address) = (feed.clone(), address.clone());
        self.kept.push_back(Kept { feed, address, picture, since: now });
        if self.kept.len() > KEPT {
            dropped.extend(self.kept.pop_front().and_then(|kept| kept.picture));
        }
        dropped.retain(|file| self.kept.iter().all(|kept| kept.picture.as_ref() != Some(file)));
        (tell, dropped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(name: &str) -> FeedId {
        FeedId::from_text(name)
    }

    fn at(n: usize) -> Url {
        Url::parse(&format!("https://example.org/{n}.png")).unwrap()
    }

    fn told<T>(asked: Asked<T>) -> Option<PathBuf> {
        match asked {
            Asked::Told { picture, .. } => picture,
            Asked::Waits | Asked::Begins => panic!("it isn't known"),
        }
    }

    #[test]
    fn one_address_is_fetched_once_and_all_who_ask_are_told() {
        let (mut shelf, now) = (Shelf::default(), Instant::now());
        assert_eq!(shelf.ask(&feed("a"), &at(1), 1, now), Asked::Begins);
        assert_eq!(shelf.ask(&feed("a"), &at(1), 2, now), Asked::Waits);
        assert_eq!(shelf.ask(&feed("b"), &at(1), 3, now), Asked::Begins, "by another way");
        let (tell, dropped) = shelf.end(&feed("a"), &at(1), Some("file".into()), now);
        assert_eq!((tell, dropped), (vec![1, 2], vec![]));
        assert_eq!(told(shelf.ask(&feed("a"), &at(1), 4, now)), Some("file".into()));
        assert_eq!(shelf.ask(&feed("a"), &at(1), 5, now + FRESH), Asked::Begins, "it may be another one");
    }

    #[test]
    fn no_more_are_on_their_way_than_a_few_and_the_rest_goes_without() {
        let (mut shelf, now) = (Shelf::default(), Instant::now());
        for n in 0..AT_ONCE {
            assert_eq!(shelf.ask(&feed(&n.to_string()), &at(n), n, now), Asked::Begins);
        }
        assert_eq!(told(shelf.ask(&feed("x"), &at(99), 0, now)), None);
        shelf.end(&feed("0"), &at(0), None, now);
        assert_eq!(shelf.ask(&feed("x"), &at(99), 0, now), Asked::Begins);
    }

    #[test]
    fn a_flood_of_addresses_asks_its_server_no_more_often_than_popups_come() {
        let (mut shelf, now) = (Shelf::default(), Instant::now());
        let mut begun = 0;
        for n in 0..10_000 {
            if shelf.ask(&feed("a"), &at(n), n, now) == Asked::Begins {
                begun += 1;
                shelf.end(&feed("a"), &at(n), None, now);
            }
        }
        assert_eq!((begun, shelf.kept.len()), (MOST, MOST));
        assert_eq!(shelf.ask(&feed("b"), &at(1), 0, now), Asked::Begins, "another feed has its own");
        assert_eq!(shelf.ask(&feed("a"), &at(0), 0, now + FRESH), Asked::Begins);
    }

    #[test]
    fn what_is_kept_is_bounded_and_a_file_goes_with_the_last_that_names_it() {
        let (mut shelf, mut now) = (Shelf::default(), Instant::now());
        let mut dropped = Vec::new();
        for n in 0..KEPT + 2 {
            now += SPAN;
            assert_eq!(shelf.ask(&feed("a"), &at(n), n, now), Asked::Begins);
            let file = if n == 0 || n == 5 { "same".to_owned() } else { n.to_string() };
            dropped.extend(shelf.end(&feed("a"), &at(n), Some(file.into()), now).1);
        }
        assert_eq!((dropped, shelf.kept.len()), (vec![PathBuf::from("1")], KEPT), "another one is the same");
    }
}
