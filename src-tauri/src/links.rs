//! Opens an event's link in the person's own browser.

use std::sync::Arc;

use tauri::{AppHandle, Manager, Runtime, Url};
use tidings_engine::engine::Engine;
use tidings_engine::id::EventId;

use crate::ipc::error::Failure;
use crate::running::Running;

/// The only way to a browser; the person's own but in tests.
#[derive(Clone)]
pub(crate) struct Browser(Arc<Open>);

/// Opens a page; says in words why it can't.
type Open = dyn Fn(&Url) -> Result<(), String> + Send + Sync;

impl Browser {
    /// Opens pages in some way, which may block.
    pub(crate) fn new(open: impl Fn(&Url) -> Result<(), String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(open))
    }

    /// Opens pages in the browser that the person has chosen for all programs.
    pub(crate) fn of_desktop() -> Self {
        Self::new(|page| {
            tauri_plugin_opener::open_url(page.as_str(), None::<&str>).map_err(|error| error.to_string())
        })
    }

    /// Opens the link of a stored event, or the page that its service offers with it, or the one of its actions that is
    /// asked for.
    ///
    /// # Errors
    /// Gone: the event, its link, or every program that could open it.
    pub(crate) async fn open(
        &self,
        engine: &Engine,
        event: EventId,
        action: Option<usize>,
    ) -> Result<(), Failure> {
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

/// Opens the link of an event whose popup asked for that; where it can't be opened, does something else.
pub(crate) fn follow<R: Runtime>(
    app: &AppHandle<R>,
    event: EventId,
    otherwise: impl FnOnce() + Send + 'static,
) {
    let running = app.state::<Running>();
    let (engine, browser) = (running.engine().clone(), app.state::<Browser>().inner().clone());
    running.run(async move {
        if let Err(failure) = browser.open(&engine, event, None).await {
            tracing::warn!(?failure, "a popup's link was not opened");
            otherwise();
        }
    });
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
