//! Links that propose a feed: `tidings://add?url=…&name=…`, or its address alone. A person is asked before anything is done.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, Url, Wry};
use tauri_plugin_dialog::{DialogExt as _, MessageDialogButtons, MessageDialogKind};
use tidings_engine::engine::holds_secrets;
use tidings_engine::language::Language;
use tidings_host::dto::Update;
use tokio::sync::Notify;

use crate::window;

/// Longer addresses fit into no dialog, and nobody could judge them.
const LONGEST_ADDRESS: usize = 1000;
/// What a page takes to paint what it was told; on a slow machine it is painted after the answer.
const PAINTING: Duration = Duration::from_millis(500);
/// As many characters as a feed's name may have.
const LONGEST_NAME: usize = 100;

/// A feed that somebody proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// Its address, as it would be dialled.
    pub(crate) url: String,
    /// Its name; empty for none.
    pub(crate) name: String,
}

/// Why a link proposes nothing, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is no address of a feed.
    Meaningless,
    /// It carries a user, a password or a secret parameter: who made the link would choose whose events these are.
    Secret,
}

impl Proposal {
    /// Reads a link.
    ///
    /// # Errors
    /// Why it proposes nothing.
    pub(crate) fn read(link: &str) -> Result<Self, Refusal> {
        let link = Url::parse(link.trim()).map_err(|_| Refusal::Meaningless)?;
        let (address, name) = match link.scheme() {
            "tidings" if link.host_str() == Some("add") => {
                let said =
                    |key: &str| link.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value);
                let url = said("url").ok_or(Refusal::Meaningless)?;
                (
                    Url::parse(&url).map_err(|_| Refusal::Meaningless)?,
                    said("name").unwrap_or_default().into_owned(),
                )
            }
            "http" | "https" => (link, String::new()),
            _ => return Err(Refusal::Meaningless),
        };
        if !matches!(address.scheme(), "http" | "https")
            || !address.has_host()
            || address.as_str().len() > LONGEST_ADDRESS
        {
            return Err(Refusal::Meaningless);
        }
        let address = String::from(address);
        if holds_secrets(&address) {
            return Err(Refusal::Secret);
        }
        Ok(Self { url: address, name: printable(&name) })
    }
}

/// A name without anything that could disguise the sentence around it.
fn printable(name: &str) -> String {
    let plain = tidings_engine::format::clean::text(name);
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_NAME).collect()
}

/// What a person agreed to, until a page takes it.
#[derive(Default)]
pub(crate) struct Agreed(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    page: Option<Channel<Update>>,
    proposal: Option<Proposal>,
    /// Told once there is a page.
    shown: Arc<Notify>,
}

impl Agreed {
    /// Hands over to a page what it is told of, and what was agreed to before it was there.
    pub(crate) fn page(&self, page: Channel<Update>) {
        let mut waiting = self.waiting();
        waiting.page = Some(page);
        waiting.shown.notify_one();
        waiting.tell();
    }

    /// Waits until there is a page, painted.
    async fn painted(&self) {
        let (there, shown) = {
            let waiting = self.waiting();
            (waiting.page.is_some(), Arc::clone(&waiting.shown))
        };
        if !there {
            shown.notified().await;
            tokio::time::sleep(PAINTING).await;
        }
    }

    /// Notes that the page is gone.
    pub(crate) fn gone(&self) {
        self.waiting().page = None;
    }

    fn add(&self, proposal: Proposal) {
        let mut waiting = self.waiting();
        waiting.proposal = Some(proposal);
        waiting.tell();
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn tell(&mut self) {
        let (Some(page), Some(Proposal { url, name })) = (&self.page, self.proposal.take()) else { return };
        let told = Update::Proposed { url: url.clone(), name: name.clone() };
        if page.send(told).is_err() {
            self.proposal = Some(Proposal { url, name });
        }
    }
}

/// Asks a person about a link, with the address in full; only where they agree the window begins a feed with it.
///
/// While a dialog is open the page is told nothing: it is painted first.
pub(crate) async fn ask(app: &AppHandle<Wry>, link: &str, language: Language) {
    window::show(app);
    app.state::<Agreed>().painted().await;
    let dialog = |sentence: String| app.dialog().message(sentence).title(language.link_title());
    let proposal = match Proposal::read(link) {
        Ok(proposal) => proposal,
        Err(refusal) => {
            let said = language.link_refused(refusal == Refusal::Secret).to_owned();
            return dialog(said).kind(MessageDialogKind::Warning).show(|_| {});
        }
    };
    let (add, cancel) = language.add_or_cancel();
    let buttons = MessageDialogButtons::OkCancelCustom(add.to_owned(), cancel.to_owned());
    let asked = app.clone();
    dialog(language.link_proposes(&proposal.name, &proposal.url)).buttons(buttons).show(move |agreed| {
        if agreed {
            asked.state::<Agreed>().add(proposal);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(link: &str) -> Result<(String, String), Refusal> {
        Proposal::read(link).map(|Proposal { url, name }| (url, name))
    }

    #[test]
    fn a_link_proposes_an_address_and_a_name() {
        let added = |url: &str, name: &str| Ok((url.to_owned(), name.to_owned()));
        assert_eq!(
            read("tidings://add?url=https%3A%2F%2Fexample.org%2Fevents%3Fa%3Db&name=Deploys%20%26%20more"),
            added("https://example.org/events?a=b", "Deploys & more")
        );
        assert_eq!(read("https://example.org/events"), added("https://example.org/events", ""));
        assert_eq!(
            read("tidings://add?name=x&url=http://localhost:3000"),
            added("http://localhost:3000/", "x")
        );
    }

    #[test]
    fn what_is_no_feeds_address_is_refused() {
        let long = format!("tidings://add?url=https://example.org/{}", "a".repeat(LONGEST_ADDRESS));
        for link in [
            "",
            "tidings://add",
            "tidings://remove?feed=1",
            "tidings:add?url=https://example.org/",
            "tidings://add?url=file:///etc/passwd",
            "tidings://add?url=javascript:alert(1)",
            "tidings://add?url=tidings-demo:ticker",
            "tidings://add?url=https://",
            "ftp://example.org/",
            "--help",
            &long,
        ] {
            assert_eq!(read(link), Err(Refusal::Meaningless), "{link}");
        }
    }

    #[test]
    fn no_secret_is_taken_from_a_link() {
        for url in [
            "https://me:pw@example.org/",
            "https://example.org/?access_token=abc",
            "https://example.org/?auth=x",
        ] {
            assert_eq!(read(url), Err(Refusal::Secret), "{url}");
            let encoded: String =
                tauri::Url::parse_with_params("tidings://add", [("url", url)]).expect("a link").into();
            assert_eq!(read(&encoded), Err(Refusal::Secret), "{url}");
        }
    }

    #[test]
    fn a_name_disguises_nothing() {
        let name = |name: &str| {
            let link =
                Url::parse_with_params("tidings://add", [("url", "https://example.org/"), ("name", name)]);
            Proposal::read(link.expect("a link").as_str()).expect("a proposal").name
        };
        assert_eq!(name("a\u{202e}b\nhttps://bank.example/"), "ab https://bank.example/");
        assert_eq!(name(&"x".repeat(500)).len(), LONGEST_NAME);
    }
}
