//! A feed's events of some time, oldest first, for whoever sums them up: all of them, or an even sample where they are many.

use rusqlite::{Connection, params};

use super::{History, StoreError, feeds, search};
use crate::event::GAP_TYPE;
use crate::id::{EventId, FeedId};

/// Numbers gone through at most, which costs far less than reading an event: a month of a feed that never rests.
const NUMBERS: usize = 2_000_000;
/// Events of a sample that follow one another, so that a feed of several things in turn shows each of them.
const RUN: usize = 16;
/// Events read at one go; whoever searches meanwhile waits no longer than for these.
const STEP_ROWS: usize = 512;

/// Which events to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readings {
    /// The feed.
    pub feed: FeedId,
    /// Since when, in milliseconds since the Unix epoch.
    pub from_ms: i64,
    /// Until when, this millisecond excluded.
    pub to_ms: i64,
    /// Only events after this one.
    pub after: Option<EventId>,
    /// Only events up to this one.
    pub until: EventId,
    /// How many at most.
    pub rows: usize,
    /// Whether their data is wanted, and not only that there were events.
    pub data: bool,
}

/// An event as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When it arrived, in milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// What it is a state of.
    pub key: Option<String>,
    /// Its title.
    pub title: String,
    /// Its raw data; empty where it isn't wanted.
    pub data: String,
}

/// How much was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// How many events were read; each stands for `of / looked`.
    pub looked: u64,
    /// How many there are, deleted ones and those at the edges of the time included.
    pub of: u64,
}

/// The numbers to read, oldest first, and how many they were picked from.
#[derive(Debug, Default)]
struct Picked {
    numbers: Vec<i64>,
    of: usize,
}

impl History {
    /// Gives the newest event's number; 0 before the first.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn newest(&self) -> Result<EventId, StoreError> {
        self.shared.finder.ask(|database| search::newest(database).map(EventId)).await
    }

    /// Hands events to `take`, oldest first, on the thread of searches, and in small steps so that these hardly wait.
    ///
    /// Where there are more than `rows`, short runs of them are read, evenly spread, the newest among them.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn read<T: Send + 'static>(
        &self,
        readings: Readings,
        mut taken: T,
        take: impl Fn(&mut T, &Seen) + Clone + Send + 'static,
    ) -> Result<(T, Looked), StoreError> {
        let (wanted, data) = (readings.clone(), readings.data);
        let Picked { numbers, of } = self.shared.finder.ask(move |database| pick(database, &wanted)).await?;
        let looked = Looked { looked: numbers.len() as u64, of: of as u64 };
        for step in numbers.chunks(STEP_ROWS) {
            let (step, take, readings) = (step.to_vec(), take.clone(), readings.clone());
            taken = self
                .shared
                .finder
                .ask(move |database| {
                    each(database, &step, data, |seen| {
                        if (readings.from_ms..readings.to_ms).contains(&seen.at_ms) {
                            take(&mut taken, seen);
                        }
                    })?;
                    Ok(taken)
                })
                .await?;
        }
        Ok((taken, looked))
    }
}

/// Picks the events to read; deleted ones may be among them.
fn pick(connection: &Connection, readings: &Readings) -> rusqlite::Result<Picked> {
    let Some(feed) = feeds::number(connection, &readings.feed)? else { return Ok(Picked::default()) };
    let first = readings.after.map_or(0, |after| after.0.saturating_add(1));
    let mut sample = Sample::new(readings.rows);
    let ranges = search::ranges(connection, Some(readings.from_ms), Some(readings.to_ms))?;
    let mut numbers = connection.prepare_cached(
        "SELECT id FROM event INDEXED BY event_by_feed WHERE feed = ?1 AND id BETWEEN ?2 AND ?3 ORDER BY id DESC",
    )?;
    for (from, to) in ranges.into_iter().rev() {
        let mut rows = numbers.query(params![feed, from.max(first), to.min(readings.until.0)])?;
        while let Some(row) = rows.next()? {
            if sample.of == NUMBERS {
                break;
            }
            sample.add(row.get(0)?);
        }
    }
    Ok(sample.picked())
}

/// An even pick of at most so many things, made in one go without knowing how many will come.
struct Sample {
    /// Things with their places.
    kept: Vec<(usize, i64)>,
    most: usize,
    of: usize,
    /// Every how manyth run is kept.
    stride: usize,
}

impl Sample {
    fn new(most: usize) -> Self {
        Self { kept: Vec::new(), most: most.max(RUN), of: 0, stride: 1 }
    }

    fn add(&mut self, number: i64) {
        let place = self.of;
        self.of += 1;
        if !(place / RUN).is_multiple_of(self.stride) {
            return;
        }
        if self.kept.len() == self.most {
            self.stride *= 2;
            let stride = self.stride;
            self.kept.retain(|(place, _)| (place / RUN).is_multiple_of(stride));
            if !(place / RUN).is_multiple_of(stride) {
                return;
            }
        }
        if self.kept.len() < self.most {
            self.kept.push((place, number));
        }
    }

    fn picked(self) -> Picked {
        Picked { numbers: self.kept.into_iter().rev().map(|(_, number)| number).collect(), of: self.of }
    }
}

fn each(
    connection: &Connection,
    numbers: &[i64],
    data: bool,
    mut take: impl FnMut(&Seen),
) -> rusqlite::Result<()> {
    let mut find = connection.prepare_cached(if data {
        "SELECT received_at_ms, key, title, content.data FROM event JOIN content ON content.event = event.id
         WHERE event.id = ?1 AND deletion IS NULL AND event_type <> ?2"
    } else {
        "SELECT received_at_ms, NULL, '', '' FROM event WHERE id = ?1 AND deletion IS NULL AND event_type <> ?2"
    })?;
    for number in numbers {
        let mut rows = find.query(params![number, GAP_TYPE])?;
        while let Some(row) = rows.next()? {
            take(&Seen { at_ms: row.get(0)?, key: row.get(1)?, title: row.get(2)?, data: row.get(3)? });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sampled(most: usize, of: usize) -> Picked {
        let mut sample = Sample::new(most);
        // The newest come first, as the index is read.
        (0..of).rev().for_each(|number| sample.add(number as i64));
        sample.picked()
    }

    #[test]
    fn few_are_all_taken_in_order() {
        let Picked { numbers, of } = sampled(100, 100);
        assert_eq!((numbers, of), ((0..100).collect(), 100));
    }

    proptest! {
        #[test]
        fn many_are_sampled_evenly_and_never_too_many(most in 16_usize..400, of in 0_usize..20_000) {
            let Picked { numbers, of: told } = sampled(most, of);
            prop_assert_eq!(told, of);
            prop_assert!(numbers.len() <= most);
            prop_assert!(numbers.is_sorted());
            if let Some(newest) = of.checked_sub(1) {
                prop_assert_eq!(numbers.last(), Some(&(newest as i64)), "the newest is always among them");
                let widest = numbers.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(0);
                // At worst a sample was just halved: two runs in every four of the ideal stride.
                let even = (4 * of / most + 4) * RUN;
                prop_assert!(widest as usize <= even, "a hole of {} in {} of {}", widest, numbers.len(), of);
                prop_assert!(numbers[0] as usize <= even, "the oldest are looked at too");
            }
        }
    }
}
