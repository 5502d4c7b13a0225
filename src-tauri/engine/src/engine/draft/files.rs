//! Certificates and keys that a person gives as files: read once, so that a feed needs no file afterwards.

use std::fs::File;
use std::io::Read as _;

use super::connection::ConnectionDraft;
use super::{FeedDraft, invalid};
use crate::engine::{Field, RequestError};

/// A bundle of every public authority has about 220 KiB.
const LONGEST: u64 = 512 * 1024;
/// How PEM begins (RFC 7468).
const PEM: &str = "-----BEGIN";

/// Puts the content of the files a draft names in the places of their paths.
pub(in crate::engine) async fn read(mut draft: FeedDraft) -> Result<FeedDraft, RequestError> {
    if let Some(ConnectionDraft { authority, client_certificate, client_key, .. }) = &mut draft.connection {
        replace(authority, Field::Authority, "The authority's certificate").await?;
        replace(client_certificate, Field::ClientCertificate, "The client certificate").await?;
        replace(client_key, Field::ClientKey, "The client certificate's key").await?;
    }
    Ok(draft)
}

async fn replace(entered: &mut Option<String>, field: Field, what: &str) -> Result<(), RequestError> {
    let Some(text) = entered else { return Ok(()) };
    let path = text.trim().to_owned();
    if path.is_empty() || path.contains(PEM) {
        return Ok(());
    }
    let content = tokio::task::spawn_blocking(move || content(&path)).await.ok().flatten();
    // Without what was entered: it may be a key.
    let message = || format!("{what} is neither PEM nor the path of a file of PEM that can be read.");
    *text = content.ok_or_else(|| invalid(field, message()))?;
    Ok(())
}

fn content(path: &str) -> Option<String> {
    // Opening a pipe would wait for its writer.
    if !std::fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let mut text = String::new();
    File::open(path).ok()?.take(LONGEST).read_to_string(&mut text).ok()?;
    text.contains(PEM).then_some(text)
}
