//! Text that is to be shown as it is, logs and chats for the most part.

use crate::event::{Reading, Received};
use crate::format;

/// Reads data as text, even where it looks like JSON.
pub(super) fn read(received: &Received, feed_name: &str) -> Reading {
    format::read_text(received, feed_name)
}
