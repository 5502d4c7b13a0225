//! Opens an event's link in the person's own browser.

use std::fmt;
use std::sync::Arc;

use tidings_engine::engine::Engine;
use tidings_engine::id::EventId;
use url::Url;

use crate::failure::Failure;

/// The only way to a browser; the person's own but in tests.
#[derive(Clone)]
pub struct Browser(Arc<Open>);

/// Opens a page; says in words why it can't.
type Open = dyn Fn(&Url) -> Result<(), String> + Send + Sync;

impl fmt::Debug for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Browser")
    }
}

impl Browser {
    /// Opens pages in some way, which may block.
    pub fn new(open: impl Fn(&Url) -> Result<(), String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(open))
    }

    /// Opens pages in the browser that the person has chosen for all programs.
    pub fn of_desktop() -> Self {
        Self::new(|page| open::that_detached(page.as_str()).map_err(|error| error.to_string()))
    }

    /// Opens the link of a stored event, or the page that its service offers with it, or the one of its actions that is
    /// asked for.
    ///
    /// # Errors
    /// Gone: the event, its link, or every program that could open it.
    pub async fn open(&self, engine: &Engine, event: EventId, action: Option<usize>) -> Result<(), Failure> {
        let link = match action {
            None => engine.link(event).await?,
            Some(at) => {
                engine.event(event).await?.row.reading.actions.into_iter().nth(at).map(|action| action.url)
            }
        };
        let page = link.as_deref().and_then(web_address);
        let page = page.ok_or_else(|| Failure::gone("This event has no link that can be opened."))?;
        let open = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || open(&page))
            .await
            .is_ok_and(|opened| {
                opened.inspect_err(|error| tracing::warn!(%error, "no browser opened")).is_ok()
            })
            .then_some(())
            .ok_or_else(|| Failure::gone("No browser could be started to open this link."))
    }
}

/// Reads a link as a web address; everything else (files, mail, other programs' schemes) is refused.
fn web_address(link: &str) -> Option<Url> {
    let url = Url::parse(link).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::web_address;

    #[test]
    fn only_web_addresses_are_opened() {
        for link in ["https://example.org/a?b#c", "http://localhost:8080/", "HTTPS://EXAMPLE.ORG"] {
            assert!(web_address(link).is_some(), "{link}");
        }
        let refused = [
            "",
            "example.org",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "mailto:someone@example.org",
            "tidings://add?url=x",
            "--help",
            "https://",
            " smb://host/share",
        ];
        for link in refused {
            assert!(web_address(link).is_none(), "{link}");
        }
    }

    #[test]
    fn what_is_opened_is_the_address_as_read_and_not_as_written() {
        let url = web_address("  https://example.org/a b\"$(x)\n").expect("a web address");
        assert_eq!(url.as_str(), "https://example.org/a%20b%22$(x)");
    }
}
