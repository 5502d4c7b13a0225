//! What can be asked about the dashboard.

use serde::{Deserialize, Serialize};
use tidings_engine::engine::Engine;
use tidings_engine::id::EventId;

use super::{Answer, say};
use crate::dto::{self, event_id};

/// Something asked about the dashboard.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of the engine's calls of the same names")]
pub enum Charts {
    /// Gives its tiles; null where nobody has chosen any yet.
    Tiles,
    /// Sets those.
    SetTiles { tiles: Vec<dto::Tile> },
    /// Gives what lines show in a time, as far as it follows an event that a chart of before held.
    Chart { lines: Vec<dto::Line>, span: dto::Span, after: Option<String> },
}

impl Charts {
    pub(super) async fn answer(self, engine: &Engine) -> Answer {
        match self {
            Self::Tiles => {
                let tiles = engine.tiles().await;
                say(tiles.map(|tiles| tiles.into_iter().map(dto::Tile::from).collect::<Vec<_>>()))
            }
            Self::SetTiles { tiles } => {
                say(engine.set_tiles(tiles.into_iter().map(Into::into).collect()).await?)
            }
            Self::Chart { lines, span, after } => {
                let after: Option<EventId> = after.as_deref().map(event_id).transpose()?;
                let lines: Vec<_> = lines.into_iter().map(Into::into).collect();
                say(dto::Chart::from(engine.chart(&lines, span.into(), after).await?))
            }
        }
    }
}
