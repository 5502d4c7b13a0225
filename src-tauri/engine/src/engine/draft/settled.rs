//! A feed as another installation has it set.

use url::Url;

use super::{call, checked_name, holds_secrets, invalid, needs_secrets};
use crate::engine::{Field, RequestError};
use crate::secrets::Secrets;
use crate::settings::Feed;

/// Checks it as far as that can be done without its secrets.
pub(in crate::engine) fn settled(feed: Feed) -> Result<Feed, RequestError> {
    let url =
        Url::parse(&feed.url).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let url = url.ok_or_else(|| invalid(Field::Url, "Its address is none that can be dialled."))?;
    if holds_secrets(&feed.url) {
        return Err(invalid(Field::Url, "Its address holds a secret. Add it by its address instead."));
    }
    let feed = Feed { name: checked_name(&feed.name, &url)?, recognised: None, ..feed };
    if !needs_secrets(&feed) {
        call(&feed, &Secrets::default())?;
    }
    Ok(feed)
}
