//! One small file from a feed's own server, asked for as a stranger would ask.
//!
//! **Architecture Invariant:** whoever publishes in a feed chooses the address, so nothing that says who we are goes along:
//! no header, no sign-in, no parameter and no client certificate of the feed. Only https at the feed's own origin is asked,
//! and no redirect is followed.

use std::time::Duration;

use http::header;
use reqwest::{Client, StatusCode};
use thiserror::Error;
use tokio::time;
use url::Url;

use super::Call;

/// Nobody draws an icon of more.
pub const FETCH_BYTES: usize = 256 * 1024;
/// Whoever takes longer is not waited for.
const DEADLINE: Duration = Duration::from_secs(10);

/// Why a file wasn't fetched; for the log.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct FetchError(pub String);

/// Whether an address may be asked for: https, at the origin of the feed, without a sign-in.
pub(super) fn may_ask(call: &Call, address: &Url) -> bool {
    address.scheme() == "https"
        && address.origin() == call.url.origin()
        && address.username().is_empty()
        && address.password().is_none()
}

/// Asks for it and takes what comes, up to [`FETCH_BYTES`].
pub(super) async fn get(client: Client, address: Url) -> Result<Vec<u8>, FetchError> {
    let taken = time::timeout(DEADLINE, take(client, address)).await;
    taken.unwrap_or_else(|_| Err(FetchError("the server took too long".into())))
}

async fn take(client: Client, address: Url) -> Result<Vec<u8>, FetchError> {
    let failed = |error: reqwest::Error| FetchError(error.without_url().to_string());
    let request = client.get(address).header(header::ACCEPT, "image/png, image/jpeg, image/webp");
    let mut answer = request.send().await.map_err(failed)?;
    if answer.status() != StatusCode::OK {
        return Err(FetchError(format!("the server answered {}", answer.status())));
    }
    let mut content = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(failed)? {
        if content.len() + chunk.len() > FETCH_BYTES {
            return Err(FetchError("it is too large".into()));
        }
        content.extend_from_slice(&chunk);
    }
    Ok(content)
}
