//! Programs that send what they like: Spring, Flask, Express and their like, most of them JSON.

use crate::event::{Reading, Received};
use crate::format;

/// Reads JSON by the names its members usually have, and everything else as text.
pub(super) fn read(received: &Received, feed_name: &str) -> Reading {
    format::read(received, feed_name)
}
