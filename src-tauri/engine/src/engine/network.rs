//! How feeds reach the network where they say nothing of their own.

use super::{Engine, ProxyDraft, RequestError, SecretsHome};
use crate::update::{ProxyView, SecretsView};

impl Engine {
    /// Gives the proxy of all feeds without one of their own, and where its password is.
    pub async fn proxy(&self) -> (ProxyView, SecretsView) {
        self.inner.desk.lock().await.proxy()
    }

    /// Sets that proxy; the feeds it concerns are dialled again.
    ///
    /// # Errors
    /// If a field is wrong, or keyring or disk refuse; the proxy stays as it was then.
    pub async fn set_proxy(&self, draft: ProxyDraft, home: SecretsHome) -> Result<(), RequestError> {
        let inner = &self.inner;
        let proxying = inner.desk.lock().await.begin_to_set_proxy(draft, home)?;
        let kept = proxying.keeping.keep(&inner.vault).await;
        let mut desk = inner.desk.lock().await;
        desk.finish_setting_proxy(proxying, kept)?;
        inner.apply(&desk).await;
        drop(desk);
        inner.dead_entries.notify_one();
        Ok(())
    }
}
