//! What lives while the app runs: the engine, the window's attachment, and the tasks around them.

use std::sync::{Arc, Mutex, PoisonError};

use tidings_engine::engine::Engine;
use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::ipc::dto::{Snapshot, Update};
use crate::updates::{self, Openings};

/// The running app, without anything of tauri in it.
#[derive(Debug)]
pub(crate) struct Running {
    engine: Engine,
    openings: Arc<Openings>,
    attached: Mutex<CancellationToken>,
    tasks: TaskTracker,
    runtime: Handle,
    ending: CancellationToken,
}

impl Running {
    /// Takes a started engine and the runtime it runs on.
    pub(crate) fn new(engine: Engine, runtime: Handle) -> Self {
        Self {
            engine,
            openings: Arc::default(),
            attached: Mutex::default(),
            tasks: TaskTracker::new(),
            runtime,
            ending: CancellationToken::new(),
        }
    }

    /// The engine.
    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// What a click on a popup asked to see.
    pub(crate) fn openings(&self) -> &Openings {
        &self.openings
    }

    /// Runs a task beside the engine, owned by this.
    pub(crate) fn run(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn_on(task, &self.runtime);
    }

    /// Is cancelled when the app is asked to end.
    pub(crate) fn ending(&self) -> &CancellationToken {
        &self.ending
    }

    /// Gives everything there is and sends what follows to `sink`, in place of any window before.
    pub(crate) fn attach(&self, sink: impl Fn(Update) -> bool + Send + 'static) -> Snapshot {
        let attached = self.engine.attach();
        let gone = self.ending.child_token();
        self.replace_attachment(gone.clone());
        let (engine, openings) = (self.engine.clone(), Arc::clone(&self.openings));
        self.run(async move {
            updates::forward(attached.updates, || engine.attach(), &openings, sink, gone).await;
        });
        attached.snapshot.into()
    }

    /// Ends what the window was sent: it is gone.
    pub(crate) fn detach(&self) {
        self.replace_attachment(CancellationToken::new());
    }

    fn replace_attachment(&self, next: CancellationToken) {
        let mut attached = self.attached.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *attached, next).cancel();
    }
}
