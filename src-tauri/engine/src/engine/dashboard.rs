//! The dashboard: its tiles, and the numbers they are made of.

use super::{Engine, Field, RequestError};
use crate::chart::{self, Chart, FeedNumbers, Line, Place, Span};
use crate::id::{EventId, FeedId};
use crate::settings::{Shows, Tile};

/// More tiles than anybody looks at.
const TILES: usize = 48;
/// A label is one line of a tile.
const LABEL_CHARS: usize = 80;
/// A unit stands behind a number.
const UNIT_CHARS: usize = 16;

impl Engine {
    /// Gives the tiles of the dashboard; none at all where nobody has chosen any yet.
    pub async fn tiles(&self) -> Option<Vec<Tile>> {
        self.inner.desk.lock().await.settings.tiles.clone()
    }

    /// Sets the tiles of the dashboard.
    ///
    /// # Errors
    /// If one of them can't be read or its feed is gone, or the disk refuses; nothing is changed then.
    pub async fn set_tiles(&self, tiles: Vec<Tile>) -> Result<(), RequestError> {
        let tiles = checked(tiles)?;
        let mut desk = self.inner.desk.lock().await;
        tiles.iter().try_for_each(|tile| desk.feed(&tile.feed).map(drop))?;
        desk.save(|settings| settings.tiles = Some(tiles))
    }

    /// Gives the numbers that the newest events of a feed hold.
    ///
    /// # Errors
    /// If the feed is gone or the history can't be read.
    pub async fn numbers(&self, feed: &FeedId) -> Result<FeedNumbers, RequestError> {
        self.inner.desk.lock().await.feed(feed)?;
        Ok(chart::numbers(&self.inner.history, feed).await?)
    }

    /// Gives what lines show in a time, as far as it follows an event that a chart of before held.
    ///
    /// Reads at most 16,384 events of each feed, evenly picked where there are more; see [`chart::Series::looked`].
    ///
    /// # Errors
    /// If the history can't be read.
    pub async fn chart(
        &self,
        lines: &[Line],
        span: Span,
        after: Option<EventId>,
    ) -> Result<Chart, RequestError> {
        Ok(chart::chart(&self.inner.history, lines, span, after).await?)
    }
}

/// Tidies tiles, or says what is wrong with one.
fn checked(tiles: Vec<Tile>) -> Result<Vec<Tile>, RequestError> {
    let wrong = |message: String| RequestError::Invalid { field: Field::Tiles, message };
    if tiles.len() > TILES {
        return Err(wrong(format!("The dashboard holds at most {TILES} tiles. Remove one first.")));
    }
    let tidy = |mut tile: Tile| {
        let paths = match tile.shows {
            Shows::Rate => vec![],
            Shows::Number | Shows::Tasks => vec![&tile.path],
        };
        let only = tile.only_where.as_ref().map(|only| &only.path);
        for path in paths.into_iter().chain(only) {
            Place::parse(path).map_err(|error| wrong(error.to_string()))?;
        }
        tile.label = line(&tile.label, LABEL_CHARS);
        tile.unit = line(&tile.unit, UNIT_CHARS);
        if tile.label.is_empty() { Err(wrong("Give the tile a name.".into())) } else { Ok(tile) }
    };
    tiles.into_iter().map(tidy).collect()
}

/// One line without what can't be seen.
fn line(text: &str, chars: usize) -> String {
    let words: Vec<&str> = text.split(|char: char| char.is_whitespace() || char.is_control()).collect();
    let joined = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    joined.chars().take(chars).collect()
}
