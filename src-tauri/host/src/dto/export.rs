//! Exports as the window asks for them.

use std::path::Path;

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::exchange::Format;

/// How exported events are written.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ExportFormat {
    JsonLines,
    Csv,
    Markdown,
}

/// What was exported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ExportDone {
    path: String,
    events: u64,
}

impl ExportDone {
    /// Tells of a file that was written.
    pub fn new(file: &Path, events: u64) -> Self {
        Self { path: file.display().to_string(), events }
    }
}

/// The name that is proposed for a file.
pub fn file_name(format: Format) -> String {
    format!("tidings-events.{}", format.ending())
}

impl From<ExportFormat> for Format {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::JsonLines => Self::JsonLines,
            ExportFormat::Csv => Self::Csv,
            ExportFormat::Markdown => Self::Markdown,
        }
    }
}
