//! What accompanies an engine wherever it runs: popups' clicks, links and copies carried out, and the tray drawn.

use std::sync::Arc;

use tidings_engine::id::EventId;

use crate::clipboard::Clipboard;
use crate::host::Host;
use crate::tray::TrayModel;
use crate::watch;

/// Follows the engine until the host ends.
///
/// `show` brings the window to the front, making it where there is none; `draw` draws the tray.
pub fn accompany(
    host: &Arc<Host>,
    clipboard: Clipboard,
    show: impl Fn() + Clone + Send + Sync + 'static,
    draw: impl Fn(TrayModel) + Send + 'static,
) {
    let clipboard = Arc::new(clipboard);
    let (attached, opener, follower, copier) = (host.clone(), host.clone(), host.clone(), host.clone());
    let shown = show.clone();
    let open = move |event| open(&opener, event, &shown);
    let shown = show.clone();
    let follow = move |event| {
        let show = shown.clone();
        follow_link(&follower, event, show);
    };
    let copy = move |event| copy_text(&copier, event, &clipboard, show.clone());
    let ending = host.ending().clone();
    let attach = move || attached.engine().attach();
    host.run(async move { watch::watch(attach, open, follow, copy, draw, ending).await });
}

/// Has the window show an event, or just itself.
fn open(host: &Host, event: Option<EventId>, show: &impl Fn()) {
    host.open(event);
    show();
}

/// Opens the link of an event whose popup asked for that; where it can't be opened, the window shows the event.
fn follow_link(host: &Arc<Host>, event: EventId, show: impl Fn() + Send + Sync + 'static) {
    let own = Arc::clone(host);
    host.run(async move {
        if let Err(failure) = own.browser().open(own.engine(), event, None).await {
            tracing::warn!(?failure, "a popup's link was not opened");
            open(&own, Some(event), &show);
        }
    });
}

/// Copies an event's text; where that can't be done, the window shows the event, whose text can be copied there.
fn copy_text(
    host: &Arc<Host>,
    event: EventId,
    clipboard: &Arc<Clipboard>,
    show: impl Fn() + Send + Sync + 'static,
) {
    let (own, clipboard) = (Arc::clone(host), Arc::clone(clipboard));
    host.run(async move {
        let copied = match own.engine().text(event).await {
            Ok(text) => clipboard.write(text).await,
            Err(error) => {
                tracing::warn!(%error, "an event's text was not found");
                false
            }
        };
        if !copied {
            open(&own, Some(event), &show);
        }
    });
}
