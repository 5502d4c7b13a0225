//! A program's side of the socket: what it asks is answered, and what changes is told to its window.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use thiserror::Error;
use tokio::sync::{Notify, mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time;
use tokio_util::codec::{FramedRead, FramedWrite, LinesCodec, LinesCodecError};

use super::wire::{Reader, Writer, dial};
use super::words::{Call, GREETING, Hello, LONGEST_CALL, LONGEST_WORD, Word, lines};
use crate::dto::{Snapshot, Update};
use crate::failure::Failure;
use crate::host::Goodbye;
use crate::request::Request;

/// Calls on their way to the socket.
const CALLS: usize = 16;

/// Why there is no link.
#[derive(Debug, Error)]
pub enum LinkError {
    /// Nobody listens.
    #[error("Tidings isn't running with this profile.")]
    Nobody,
    /// The engine's home is a program of another version.
    #[error("The Tidings that runs in the background is version {version}.")]
    Foreign {
        /// Its version.
        version: String,
    },
    /// It doesn't speak as it should.
    #[error("The Tidings that runs in the background doesn't answer: {0}.")]
    Broken(String),
}

/// How a link ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// With a goodbye.
    Said(Goodbye),
    /// Without one: the engine's home has crashed.
    Lost,
}

type Answer = Result<Value, Failure>;
type Sink = Box<dyn Fn(Update) -> bool + Send + Sync>;

/// A link to an engine in another process; it ends with the value.
#[derive(Debug)]
pub struct Link {
    calls: mpsc::Sender<Call>,
    state: Arc<State>,
    number: AtomicU64,
    end: watch::Receiver<Option<End>>,
    _tasks: JoinSet<()>,
}

#[derive(Default)]
struct State {
    /// Who waits for which answer; none once there are no more answers.
    asked: Mutex<Option<HashMap<u64, oneshot::Sender<Answer>>>>,
    window: Mutex<Window>,
    /// Told that events were stored; once is as good as often.
    stored: Notify,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("State")
    }
}

/// Who is told of changes.
#[derive(Default)]
enum Window {
    #[default]
    Nobody,
    /// The first word is everything there is, and is somebody's answer.
    Waits(oneshot::Sender<Snapshot>, Sink),
    Told(Sink),
}

impl Link {
    /// Opens a link to the engine at a socket, for a program of a version.
    ///
    /// # Errors
    /// If nobody listens, or it is another version or no engine at all.
    pub async fn open(socket: &Path, version: &str) -> Result<Self, LinkError> {
        let (words, mut speaker, theirs) = greet(socket).await?;
        if theirs != version {
            return Err(LinkError::Foreign { version: theirs });
        }
        speak(&mut speaker, &Call::Hello(Hello { version: version.to_owned() })).await?;
        let (calls, wanted) = mpsc::channel(CALLS);
        let (ended, end) = watch::channel(None);
        let state = Arc::new(State { asked: Mutex::new(Some(HashMap::new())), ..State::default() });
        let mut tasks = JoinSet::new();
        tasks.spawn(carry(speaker, wanted));
        let heard = Arc::clone(&state);
        tasks.spawn(async move {
            let end = hear(words, &heard).await;
            heard.forsake();
            ended.send_replace(Some(end));
        });
        Ok(Self { calls, state, number: AtomicU64::new(0), end, _tasks: tasks })
    }

    /// Asks the engine at a socket to finish, of whatever version it is, and waits until it has.
    ///
    /// # Errors
    /// If nobody listens, or it doesn't finish in time.
    pub async fn finish(socket: &Path, version: &str, upgrade: bool) -> Result<(), LinkError> {
        let (mut words, mut speaker, _) = greet(socket).await?;
        speak(&mut speaker, &Call::Hello(Hello { version: version.to_owned() })).await?;
        speak(&mut speaker, &Call::Finish { upgrade }).await?;
        let finished = async { while let Some(Ok(_)) = words.next().await {} };
        let late = |_| LinkError::Broken("it was asked to finish and did not".to_owned());
        time::timeout(GREETING, finished).await.map_err(late)
    }

    /// Has something answered.
    ///
    /// # Errors
    /// Why it wasn't done; also where the link ends first.
    pub async fn ask(&self, request: Request) -> Answer {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let (tell, answer) = oneshot::channel();
        match &mut *self.state.asked() {
            Some(asked) => drop(asked.insert(number, tell)),
            None => return Err(away()),
        }
        let sent = self.calls.send(Call::Ask { number, request: Box::new(request) }).await;
        if sent.is_err() {
            return Err(away());
        }
        answer.await.unwrap_or_else(|_| Err(away()))
    }

    /// Attaches a window: gives everything there is, and sends what follows to `sink`.
    ///
    /// # Errors
    /// If the link ends first.
    pub async fn attach(
        &self,
        sink: impl Fn(Update) -> bool + Send + Sync + 'static,
    ) -> Result<Snapshot, Failure> {
        let (tell, snapshot) = oneshot::channel();
        self.show(Window::Waits(tell, Box::new(sink))).await?;
        snapshot.await.map_err(|_| away())
    }

    /// Attaches a window to a link that never had one: everything there is comes to `sink` as well, and first.
    ///
    /// # Errors
    /// If the link ends first.
    pub async fn follow(&self, sink: impl Fn(Update) -> bool + Send + Sync + 'static) -> Result<(), Failure> {
        self.show(Window::Told(Box::new(sink))).await
    }

    /// Begins to hear whenever events are stored; see [`Link::stored`].
    ///
    /// # Errors
    /// If the link ends first.
    pub async fn follow_events(&self) -> Result<(), Failure> {
        self.calls.send(Call::Follow).await.map_err(|_| away())
    }

    /// Waits until events were stored since this was asked last, or the link has ended.
    pub async fn stored(&self) {
        tokio::select! {
            () = self.state.stored.notified() => {}
            _ = self.ended() => {}
        }
    }

    async fn show(&self, window: Window) -> Result<(), Failure> {
        *self.state.window() = window;
        self.calls.send(Call::Attach).await.map_err(|_| away())
    }

    /// Whether the link has ended.
    pub fn has_ended(&self) -> bool {
        self.end.borrow().is_some()
    }

    /// Waits until the link has ended, and tells how.
    pub async fn ended(&self) -> End {
        let mut end = self.end.clone();
        match end.wait_for(Option::is_some).await {
            Ok(end) => end.clone().unwrap_or(End::Lost),
            Err(_) => End::Lost,
        }
    }
}

impl State {
    fn asked(&self) -> MutexGuard<'_, Option<HashMap<u64, oneshot::Sender<Answer>>>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn window(&self) -> MutexGuard<'_, Window> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, number: u64, answer: Answer) {
        let waits = self.asked().as_mut().and_then(|asked| asked.remove(&number));
        // Who asked may have gone meanwhile.
        if let Some(waits) = waits {
            let _ = waits.send(answer);
        }
    }

    fn tell(&self, update: Update) {
        let mut window = self.window();
        *window = match (std::mem::take(&mut *window), update) {
            (Window::Waits(answer, sink), Update::Snapshot { snapshot }) => {
                let _ = answer.send(snapshot);
                Window::Told(sink)
            }
            // What a window before this one was told.
            (waits @ Window::Waits(..), _) => waits,
            (Window::Told(sink), update) => {
                if sink(update) {
                    Window::Told(sink)
                } else {
                    Window::Nobody
                }
            }
            (Window::Nobody, _) => Window::Nobody,
        };
    }

    /// Nothing more comes: who waits is told so.
    fn forsake(&self) {
        self.asked().take();
        *self.window() = Window::Nobody;
    }
}

type Words = FramedRead<Reader, LinesCodec>;
type Speaker = FramedWrite<Writer, LinesCodec>;

/// Connects, and hears which version speaks.
async fn greet(socket: &Path) -> Result<(Words, Speaker, String), LinkError> {
    let (reader, writer) = dial(socket).await.map_err(failed)?;
    let mut words = FramedRead::new(reader, lines(LONGEST_WORD));
    let first = time::timeout(GREETING, words.next()).await;
    let first = first.map_err(|_| LinkError::Broken("it doesn't greet".to_owned()))?;
    match first.map(|line| line.map(|line| serde_json::from_str(&line))) {
        Some(Ok(Ok(Word::Hello(Hello { version })))) => {
            Ok((words, FramedWrite::new(writer, lines(LONGEST_CALL)), version))
        }
        // It ended just then.
        None => Err(LinkError::Nobody),
        Some(Err(LinesCodecError::Io(error))) => Err(failed(error)),
        Some(_) => Err(LinkError::Broken("it greets in a way that can't be meant".to_owned())),
    }
}

/// Why a socket can't be used; one whose program is just dying still takes a connection, and loses it.
fn failed(error: io::Error) -> LinkError {
    use io::ErrorKind::{BrokenPipe, ConnectionRefused, ConnectionReset, NotFound};
    let nobody = [NotFound, ConnectionRefused, ConnectionReset, BrokenPipe].contains(&error.kind());
    if nobody { LinkError::Nobody } else { LinkError::Broken(error.to_string()) }
}

async fn speak(speaker: &mut Speaker, call: &Call) -> Result<(), LinkError> {
    let line = serde_json::to_string(call).map_err(|error| LinkError::Broken(error.to_string()))?;
    speaker.send(line).await.map_err(|error| match error {
        LinesCodecError::Io(error) => failed(error),
        LinesCodecError::MaxLineLengthExceeded => LinkError::Broken(error.to_string()),
    })
}

async fn carry(mut speaker: Speaker, mut wanted: mpsc::Receiver<Call>) {
    while let Some(call) = wanted.recv().await {
        if let Err(error) = speak(&mut speaker, &call).await {
            tracing::debug!(%error, "a call was not carried");
            return;
        }
    }
}

/// Hears words until the end, and tells how that was.
async fn hear(mut words: Words, state: &State) -> End {
    while let Some(Ok(line)) = words.next().await {
        match serde_json::from_str(&line) {
            Ok(Word::Done { number, answer }) => state.answer(number, Ok(answer)),
            Ok(Word::Failed { number, failure }) => state.answer(number, Err(failure)),
            Ok(Word::Update(update)) => state.tell(*update),
            Ok(Word::Stored) => state.stored.notify_one(),
            Ok(Word::Goodbye { why }) => return End::Said(why),
            Ok(Word::Hello(_)) => {}
            Err(error) => {
                tracing::error!(%error, "the engine's home says what can't be meant");
                return End::Lost;
            }
        }
    }
    End::Lost
}

fn away() -> Failure {
    Failure::away("The part of Tidings that runs in the background has ended. It is started again.")
}
