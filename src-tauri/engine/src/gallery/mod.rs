//! Pictures that events name, for the feeds that allow it: fetched from their own servers, decoded, made small and kept
//! for a moment. Few at a time, and nobody waits for one here.

mod shelf;

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::Instant;
use url::Url;

use crate::id::FeedId;
use crate::picture;
use crate::transport::{Call, Transport};
use shelf::{Asked, Shelf};

/// The folder of the pictures within that of the data; emptied at each start.
const FOLDER: &str = "pictures";

/// Who is told of a picture: its file, or that there is none.
type Tell = Box<dyn FnOnce(Option<PathBuf>) + Send>;

/// Brings pictures.
pub struct Gallery {
    transport: Arc<dyn Transport>,
    folder: PathBuf,
    calls: Mutex<HashMap<FeedId, Call>>,
    shelf: Arc<Mutex<Shelf<Tell>>>,
    tasks: Mutex<JoinSet<()>>,
}

impl fmt::Debug for Gallery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gallery").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Gallery {
    /// Opens it, empty. Blocks for a few small files.
    pub fn open(data_folder: &Path, transport: Arc<dyn Transport>) -> Self {
        let folder = data_folder.join(FOLDER);
        picture::clear(&folder);
        let (calls, shelf, tasks) = (Mutex::default(), Arc::default(), Mutex::default());
        Self { transport, folder, calls, shelf, tasks }
    }

    /// Sets which feeds allow it, and how the server of each is reached.
    pub fn allow(&self, calls: HashMap<FeedId, Call>) {
        *lock(&self.calls) = calls;
    }

    /// Brings the picture at an address that an event of a feed names, and tells its file, at once or later.
    ///
    /// Where the feed doesn't allow it, the address is none that may be asked for, or too many are on their way, it tells
    /// at once that there is none.
    pub fn bring(&self, feed: &FeedId, address: &str, tell: impl FnOnce(Option<PathBuf>) + Send + 'static) {
        let call = lock(&self.calls).get(feed).cloned();
        let (Some(call), Ok(address)) = (call, Url::parse(address)) else { return tell(None) };
        let asked = lock(&self.shelf).ask(feed, &address, Box::new(tell), Instant::now());
        match asked {
            Asked::Told { tell, picture } => tell(picture),
            Asked::Waits => {}
            Asked::Begins => self.begin(feed.clone(), call, address),
        }
    }

    /// Ends what is on its way.
    pub async fn shutdown(&self) {
        let mut tasks = std::mem::take(&mut *lock(&self.tasks));
        tasks.shutdown().await;
    }

    fn begin(&self, feed: FeedId, call: Call, address: Url) {
        let (folder, shelf) = (self.folder.clone(), Arc::clone(&self.shelf));
        let fetch = self.transport.fetch(&call, &address);
        let mut tasks = lock(&self.tasks);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(async move {
            let picture = match fetch.await {
                Ok(content) => spawn_blocking(move || drawn(&folder, &content)).await.unwrap_or_default(),
                Err(error) => {
                    tracing::debug!(%feed, %error, "a picture that an event names was not fetched");
                    None
                }
            };
            let (told, dropped) = lock(&shelf).end(&feed, &address, picture.clone(), Instant::now());
            told.into_iter().for_each(|tell| tell(picture.clone()));
            if !dropped.is_empty() {
                // Popups have long read what is dropped; no file outlives the next start.
                let _ = spawn_blocking(move || dropped.iter().for_each(|file| picture::remove(file))).await;
            }
        });
    }
}

/// Decodes what was fetched and writes it anew; none if it is no picture that is taken.
fn drawn(folder: &Path, content: &[u8]) -> Option<PathBuf> {
    let drawn = picture::of_stranger(content).and_then(|small| picture::put(folder, &small));
    drawn.inspect_err(|error| tracing::debug!(%error, "what an event names is no picture that is shown")).ok()
}

/// Locks what is only ever left whole, so that a panic elsewhere doesn't spread.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
