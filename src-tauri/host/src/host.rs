//! What lives around an engine while it runs: the window's attachment, what a click asked for, and the tasks beside it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};
use tidings_engine::engine::{Attached, Engine};
use tidings_engine::id::EventId;
use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::browser::Browser;
use crate::dto::{Snapshot, Update};
use crate::updates::{self, Openings};

/// A running engine with what accompanies it.
#[derive(Debug)]
pub struct Host {
    engine: Engine,
    browser: Browser,
    openings: Arc<Openings>,
    window: Mutex<Window>,
    tasks: TaskTracker,
    runtime: Handle,
    ending: CancellationToken,
    goodbye: OnceLock<Goodbye>,
    in_tray: AtomicBool,
}

/// Why a home says no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Goodbye {
    /// A person ended it.
    Quit,
    /// A program of another version takes over.
    Upgrade,
    /// Another window took the place of this one.
    Replaced,
    /// It couldn't make sense of what was said.
    Misunderstood {
        /// What.
        message: String,
    },
}

/// The window that is told everything; each one that comes takes the place of the one before.
#[derive(Debug, Default)]
struct Window {
    number: u64,
    /// Cancelled when another takes its place; none where there is no window.
    replaced: Option<CancellationToken>,
}

/// What one window is told; it is the window's for as long as it lives and no other comes.
#[derive(Debug)]
pub struct Attachment {
    host: Arc<Host>,
    attached: Option<Attached>,
    number: u64,
    replaced: CancellationToken,
}

impl Host {
    /// Takes a started engine, the way to a browser and the runtime it runs on.
    pub fn new(engine: Engine, browser: Browser, runtime: Handle) -> Self {
        Self {
            engine,
            browser,
            openings: Arc::default(),
            window: Mutex::default(),
            tasks: TaskTracker::new(),
            runtime,
            ending: CancellationToken::new(),
            goodbye: OnceLock::new(),
            in_tray: AtomicBool::new(false),
        }
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The only way to a browser.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// Runs a task beside the engine, owned by this.
    pub fn run(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn_on(task, &self.runtime);
    }

    /// Is cancelled when the host is asked to end.
    pub fn ending(&self) -> &CancellationToken {
        &self.ending
    }

    /// Has the window show an event, or just itself; kept for the next window where there is none.
    pub fn open(&self, event: Option<EventId>) {
        self.openings.ask(event);
    }

    /// Whether a window is attached.
    pub fn has_window(&self) -> bool {
        self.window().replaced.is_some()
    }

    /// Attaches a window, in place of any before.
    pub fn attach(self: &Arc<Self>) -> Attachment {
        let attached = Some(self.engine.attach());
        let replaced = self.ending.child_token();
        let mut window = self.window();
        window.number += 1;
        if let Some(before) = window.replaced.replace(replaced.clone()) {
            before.cancel();
        }
        Attachment { host: Arc::clone(self), attached, number: window.number, replaced }
    }

    /// Whether there is a tray that shows an item.
    pub fn in_tray(&self) -> bool {
        self.in_tray.load(Ordering::Relaxed)
    }

    /// Notes whether there is.
    pub fn set_in_tray(&self, in_tray: bool) {
        self.in_tray.store(in_tray, Ordering::Relaxed);
    }

    /// Ends what the window is told: it is gone.
    pub fn detach(&self) {
        if let Some(window) = self.window().replaced.take() {
            window.cancel();
        }
    }

    /// Asks the host to end; programs at the socket are told why.
    pub fn finish(&self, why: Goodbye) {
        // The first reason is the one.
        let _ = self.goodbye.set(why);
        self.ending.cancel();
    }

    /// Why it ends.
    pub fn goodbye(&self) -> Goodbye {
        self.goodbye.get().cloned().unwrap_or(Goodbye::Quit)
    }

    /// Ends the engine and what accompanies it.
    pub async fn end(&self) {
        self.ending.cancel();
        self.engine.shutdown().await;
        self.tasks.close();
    }

    fn window(&self) -> MutexGuard<'_, Window> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Attachment {
    /// Gives everything there was when it began, or is by now.
    pub fn snapshot(&mut self) -> Snapshot {
        let engine = &self.host.engine;
        let snapshot = self.attached.get_or_insert_with(|| engine.attach()).snapshot.clone();
        snapshot.into()
    }

    /// Hands what follows on until the sink takes no more, another window comes or the host ends.
    pub async fn forward(&mut self, sink: impl Fn(Update) -> bool) {
        let host = &self.host;
        let updates = self.attached.take().unwrap_or_else(|| host.engine.attach()).updates;
        let again = || host.engine.attach();
        updates::forward(updates, again, &host.openings, sink, self.replaced.clone()).await;
    }

    /// Whether another window has taken its place.
    pub fn is_replaced(&self) -> bool {
        self.host.window().number != self.number
    }
}

impl Drop for Attachment {
    fn drop(&mut self) {
        let mut window = self.host.window();
        if window.number == self.number {
            window.replaced = None;
        }
        self.replaced.cancel();
    }
}
