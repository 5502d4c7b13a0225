//! Putting an engine together, room by room.

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Weak};
use std::time::Duration;

use thiserror::Error;
use tokio::sync::{Mutex, Notify, mpsc};
use tokio::task::JoinSet;
use tokio::time;

use super::chores::Chores;
use super::desk::{Desk, Wish};
use super::notices::{Follower, offer_missed};
use super::{Engine, Inner, Options, lock};
use super::{bursts, icons, outages, popups, quiet};
use crate::connection::{Gate, Lookout};
use crate::gallery::Gallery;
use crate::health::Book;
use crate::history::{Care, History, OpenError, Opened, StoreError};
use crate::language::Language;
use crate::notify::SystemDesktop;
use crate::notify::desktop::Identity;
use crate::notify::{Choice, Clicked, Desktop, Notifier};
use crate::pipeline::{LIFE_PACE, Pipeline};
use crate::secrets::{Keyring, SystemKeyring, Vault};
use crate::settings::{Loaded, SettingsFile};
use crate::supervisor::Supervisor;
use crate::transport::{OpenFiles, SseTransport, Transport, TransportError};
use crate::update::{Board, FeedState, Part};
use crate::wake::{self, Sources};

/// Counts follow a burst at this pace instead of every commit.
const COUNT_PACE: Duration = Duration::from_millis(50);
/// The name popups carry.
const APP_NAME: &str = "Tidings";
/// The program's one identity on a desktop: its .desktop file, its Tauri identifier and the hint of its popups.
pub const APP_ID: &str = "app.tidings.Tidings";
/// The first page of a window.
pub(super) const RECENT: usize = 200;

/// The ways out into the world; tests put their own in.
pub struct Parts<K> {
    /// Who dials.
    pub transport: Arc<dyn Transport>,
    /// Where lasting secrets are kept.
    pub keyring: K,
    /// Who shows popups.
    pub desktop: Arc<dyn Desktop>,
}

/// Why an engine couldn't start.
#[derive(Debug, Error)]
pub enum StartError {
    /// Another one is running on this data folder.
    #[error("Tidings is already running with this profile.")]
    AlreadyRunning,
    /// The history can't be used.
    #[error(transparent)]
    History(#[from] OpenError),
    /// The network part can't be set up.
    #[error(transparent)]
    Network(#[from] TransportError),
    /// A folder can't be used; the text says which and why.
    #[error("{0}")]
    Folder(String),
}

impl Engine {
    /// Starts feeds, history and notices on the current tokio runtime.
    ///
    /// Settings that can't be read don't keep it from starting: it runs with the last good ones, or without feeds, says
    /// so, and never writes them.
    ///
    /// # Errors
    /// If another engine runs on the same data folder, or the folder can't be used.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let identity = Identity { name: APP_NAME.into(), desktop_entry: APP_ID.into() };
        let desktop = SystemDesktop::new(identity);
        let desktop = match options.icon.as_deref().and_then(Path::to_str) {
            Some(icon) => desktop.with_icon(icon),
            None => desktop,
        };
        let parts = Parts {
            transport: Arc::new(SseTransport::new()?),
            keyring: SystemKeyring::new(options.keyring_service.clone()),
            desktop: Arc::new(desktop),
        };
        Self::start_with(options, parts).await
    }

    /// Starts with other ways out into the world.
    ///
    /// # Errors
    /// As [`Engine::start`].
    pub async fn start_with<K: Keyring>(options: Options, parts: Parts<K>) -> Result<Self, StartError> {
        let folder = options.data_folder.clone();
        // Opening checks and migrates, which takes a while on a large database.
        let transport = Arc::clone(&parts.transport);
        let opening = tokio::task::spawn_blocking(move || open(&folder, transport)).await;
        let (lock, Opened { history, note, care }, gallery) =
            opening.map_err(|_| StartError::Folder("The history could not be opened.".into()))??;
        let Loaded { settings, file, problem } = SettingsFile::load(&options.settings_file);
        let album = icons::album(&options.data_folder, &settings, problem.is_none());
        let mut desk = Desk::new(file.map_err(|error| error.to_string()), settings, album);
        desk.light().await;
        let board = Arc::new(first_board(&desk, &history).await);
        board.problem(Part::Settings, problem);
        board.problem(Part::History, note);

        let mut tasks = JoinSet::new();
        let stored = Arc::new(Notify::new());
        let (notifier, reports) = Notifier::start(parts.desktop);
        let pipeline = Arc::new(Pipeline::new(
            history.clone(),
            notifier.clone(),
            Arc::clone(&board),
            // What can't be read begins anew: nothing but people depends on it.
            Book::new(history.records().await.unwrap_or_default()),
            gallery,
            Arc::clone(&stored),
        ));
        let outlet: Arc<Pipeline> = Arc::clone(&pipeline);
        let gate = Gate::new(OpenFiles::raise());
        let lookout = Lookout::new(wake::watch(Sources::default(), &mut tasks).await);
        let supervisor = Supervisor::start(Arc::clone(&parts.transport), outlet, gate, lookout, &mut tasks);
        // Asked before the first dial: what arrives from then on is shown by itself.
        pipeline.set_rules(desk.rules());
        notifier.set_icons(desk.icons());
        notifier.speak(Language::of(desk.settings.window.language));
        offer_missed(&history, &pipeline, &notifier, &board).await;
        let (chosen, presses) = mpsc::channel(popups::PRESSES);
        let follower = Follower {
            history: history.clone(),
            board: Arc::clone(&board),
            notifier: notifier.clone(),
            pipeline: Arc::clone(&pipeline),
            chosen,
            missed: HashMap::new(),
        };
        tasks.spawn(follower.run(reports));
        tasks.spawn(care_for(history.clone(), care, Arc::clone(&board), Arc::clone(&stored)));
        let chores = Chores::start(history.clone(), desk.retention(), Arc::clone(&board), &mut tasks);
        tasks.spawn(quiet::keep(Arc::clone(&pipeline), notifier.clone()));
        tasks.spawn(outages::keep(Arc::clone(&board), Arc::clone(&pipeline), notifier.clone()));
        tasks.spawn(keep_life(Arc::clone(&pipeline)));
        tasks.spawn(keep_counts(history.clone(), Arc::clone(&board), Arc::clone(&stored)));

        let inner = Inner {
            desk: Mutex::new(desk),
            board,
            history,
            pipeline,
            supervisor,
            notifier,
            vault: Vault::new(parts.keyring),
            dead_entries: Arc::default(),
            transport: parts.transport,
            stored,
            chores,
            tasks: Mutex::new(tasks),
            _lock: lock,
        };
        let engine = Self { inner: Arc::new(inner) };
        engine.begin(presses).await;
        Ok(engine)
    }

    /// Starts what can start at once; the keyring may take its time.
    async fn begin(&self, presses: mpsc::Receiver<(Choice, Clicked)>) {
        let inner = Arc::clone(&self.inner);
        inner.apply(&*inner.desk.lock().await).await;
        inner.stored.notify_one();
        let mut tasks = inner.tasks.lock().await;
        let asking = Arc::downgrade(&self.inner);
        tasks.spawn(async move {
            if let Some(inner) = asking.upgrade() {
                inner.ask_keyring().await;
            }
        });
        tasks.spawn(forget_secrets(Arc::clone(&inner.dead_entries), Arc::downgrade(&self.inner)));
        tasks.spawn(popups::carry_out(presses, Arc::downgrade(&self.inner)));
        tasks.spawn(bursts::keep(Arc::downgrade(&self.inner)));
        tasks.spawn(remember(Arc::clone(&inner.pipeline), Arc::downgrade(&self.inner)));
    }
}

fn open(folder: &Path, transport: Arc<dyn Transport>) -> Result<(File, Opened, Gallery), StartError> {
    let lock = lock::take(folder)?;
    Ok((lock, History::open(folder)?, Gallery::open(folder, transport)))
}

async fn first_board(desk: &Desk, history: &History) -> Board {
    // A history that can't be read shows as empty here and as a problem at the first store.
    let unread = history.unread().await.unwrap_or_default();
    let recent = history.page(None, None, RECENT).await.unwrap_or_default();
    let views = desk.wishes().into_iter().map(|(feed, wish)| {
        let state = match wish {
            Wish::Run(_) => FeedState::Connecting,
            Wish::Rest(state) => state,
        };
        desk.view(feed, state, unread.get(&feed.id).copied().unwrap_or(0))
    });
    let settings = &desk.settings;
    Board::new(views.collect(), recent, settings.paused, settings.mute, settings.window.within_limits())
}

/// Does what the history still needs, and says what came of it.
async fn care_for(history: History, care: Care, board: Arc<Board>, stored: Arc<Notify>) {
    if let Some(words) = history.care(care, |kind| board.begin(kind)).await {
        board.problem(Part::History, Some(words));
        stored.notify_one();
    }
}

/// Has dead entries of the keyring removed, in nobody's way: it may take a minute to say nothing.
async fn forget_secrets(due: Arc<Notify>, engine: Weak<Inner>) {
    loop {
        due.notified().await;
        let Some(inner) = engine.upgrade() else { return };
        inner.forget_secrets().await;
    }
}

/// Has every service kept that is recognised.
async fn remember(pipeline: Arc<Pipeline>, engine: Weak<Inner>) {
    loop {
        let recognised = pipeline.recognised().await;
        let Some(inner) = engine.upgrade() else { return };
        inner.remember(recognised).await;
    }
}

/// Keeps until when streams are known to be open.
async fn keep_life(pipeline: Arc<Pipeline>) {
    loop {
        time::sleep(LIFE_PACE).await;
        pipeline.note_life().await;
    }
}

/// Keeps the board's unread counts equal to the history's.
async fn keep_counts(history: History, board: Arc<Board>, stored: Arc<Notify>) {
    loop {
        stored.notified().await;
        match history.unread().await {
            Ok(counts) => board.unread(&counts),
            Err(StoreError::Closed) => return,
            Err(error @ StoreError::Failed { .. }) => {
                tracing::warn!(%error, "unread events could not be counted")
            }
        }
        time::sleep(COUNT_PACE).await;
    }
}
