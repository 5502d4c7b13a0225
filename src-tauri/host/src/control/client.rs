//! One program at the socket: what it asks is carried out and answered, what changes is told where it is the window, or follows.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{FutureExt as _, SinkExt as _, StreamExt as _};
use tidings_engine::update;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time;
use tokio_util::codec::{FramedRead, FramedWrite, LinesCodec, LinesCodecError};

use super::door::Guest;
use super::wire::{Reader, Writer};
use super::words::{Call, GREETING, Hello, LONGEST_CALL, LONGEST_WORD, Word, lines};
use crate::dto::Update;
use crate::failure::Failure;
use crate::host::{Goodbye, Host};
use crate::request::Request;

/// What one program may have asked without an answer; more waits in its socket.
const ASKED: usize = 64;
/// Words that wait for a program to read them; one that is slower gets a snapshot instead of what it missed.
const WORDS: usize = 256;
/// Who doesn't read for so long is gone.
const READING: Duration = Duration::from_secs(30);

type Calls = FramedRead<Reader, LinesCodec>;

/// A program at the other end.
pub(super) struct Client {
    host: Arc<Host>,
    version: String,
    guest: Arc<Guest>,
    words: mpsc::Sender<Word>,
    asked: Arc<Semaphore>,
    /// What is carried out for it.
    tasks: JoinSet<()>,
    /// What tells it everything, where it is the window.
    telling: JoinSet<()>,
    /// What tells it that events were stored, where it follows.
    knocking: JoinSet<()>,
}

impl Client {
    /// Serves a program until it leaves, has to, or the host ends.
    pub(super) async fn serve(
        host: Arc<Host>,
        (reader, writer): (Reader, Writer),
        version: String,
        guest: Arc<Guest>,
    ) {
        let (words, spoken) = mpsc::channel(WORDS);
        let mut speaking = JoinSet::new();
        speaking.spawn(speak(writer, Hello { version: version.clone() }, spoken));
        let (ending, sent_away) = (host.ending().clone(), guest.sent_away().clone());
        let mut client = Self {
            host,
            version,
            guest,
            words,
            asked: Arc::new(Semaphore::new(ASKED)),
            tasks: JoinSet::new(),
            telling: JoinSet::new(),
            knocking: JoinSet::new(),
        };
        let calls = FramedRead::new(reader, lines(LONGEST_CALL));
        let goodbye = tokio::select! {
            biased;
            () = ending.cancelled() => Some(client.host.goodbye()),
            () = sent_away.cancelled() => return,
            goodbye = client.attend(calls, &mut speaking) => goodbye,
        };
        client.tasks.shutdown().await;
        client.telling.shutdown().await;
        client.knocking.shutdown().await;
        if let Some(why) = goodbye {
            let _ = client.words.try_send(Word::Goodbye { why });
        }
        // What was said is still carried to the end, and keeps the place; the sender has to go for that.
        let Self { words, guest: _guest, .. } = client;
        drop(words);
        tokio::select! {
            () = sent_away.cancelled() => {}
            _ = time::timeout(GREETING, speaking.join_next()) => {}
        }
    }

    /// Carries out what it asks until it leaves or can't be understood; gives what is to be said to it then.
    async fn attend(&mut self, mut calls: Calls, speaking: &mut JoinSet<()>) -> Option<Goodbye> {
        let goodbye = tokio::select! {
            goodbye = self.hear(&mut calls) => goodbye,
            // It reads no more.
            _ = speaking.join_next() => None,
        };
        self.guest.set_window(false);
        self.telling.shutdown().await;
        self.knocking.shutdown().await;
        // Whoever left: half of a change is none that anybody asked for.
        while self.tasks.join_next().await.is_some() {}
        goodbye
    }

    /// Hears calls until there are no more, and says why nothing more is heard where the other side would wonder.
    async fn hear(&mut self, calls: &mut Calls) -> Option<Goodbye> {
        let greeted = time::timeout(GREETING, calls.next()).await;
        let foreign = match greeted.map(|line| line.map(read)) {
            Ok(Some(Ok(Call::Hello(hello)))) => hello.version != self.version,
            Ok(Some(Ok(Call::Ask { .. } | Call::Attach | Call::Follow | Call::Finish { .. })) | None)
            | Err(_) => {
                return Some(misunderstood("A program has to greet first."));
            }
            Ok(Some(Err(goodbye))) => return Some(goodbye),
        };
        self.guest.greeted();
        while let Some(line) = calls.next().await {
            self.guest.spoke();
            match read(line) {
                Err(goodbye) => return Some(goodbye),
                Ok(Call::Finish { upgrade }) => {
                    self.host.finish(if upgrade { Goodbye::Upgrade } else { Goodbye::Quit });
                    // The goodbye comes with the end.
                    std::future::pending::<()>().await;
                }
                Ok(Call::Hello(_)) => return Some(misunderstood("A program greets once.")),
                Ok(Call::Ask { .. } | Call::Attach | Call::Follow) if foreign => {
                    return Some(misunderstood(
                        "Programs of another version may only ask this one to finish.",
                    ));
                }
                Ok(Call::Ask { number, request }) => self.carry_out(number, *request).await,
                Ok(Call::Attach) => self.attach().await,
                Ok(Call::Follow) => self.follow().await,
            }
        }
        None
    }

    /// Has something answered beside what else is asked; waits where too much is.
    async fn carry_out(&mut self, number: u64, request: Request) {
        let Ok(permit) = Arc::clone(&self.asked).acquire_owned().await else { return };
        let (host, words, doing) = (Arc::clone(&self.host), self.words.clone(), self.guest.doing());
        self.tasks.spawn(async move {
            let answered = AssertUnwindSafe(request.answer(&host)).catch_unwind().await;
            drop(doing);
            let word = match answered {
                Ok(Ok(answer)) => Word::Done { number, answer },
                Ok(Err(failure)) => Word::Failed { number, failure },
                Err(_) => Word::Failed { number, failure: panicked() },
            };
            let _ = words.send(word).await;
            drop(permit);
        });
        while self.tasks.try_join_next().is_some() {}
    }

    /// Makes this program the window, from the start again where it was.
    async fn attach(&mut self) {
        self.telling.shutdown().await;
        self.guest.set_window(true);
        let (host, words, guest) = (Arc::clone(&self.host), self.words.clone(), Arc::clone(&self.guest));
        self.telling.spawn(async move {
            tell(host, words).await;
            guest.set_window(false);
        });
    }

    /// Tells this program whenever events were stored, once however often it asks for that.
    async fn follow(&mut self) {
        self.knocking.shutdown().await;
        let updates = self.host.engine().attach().updates;
        self.knocking.spawn(knock(updates, self.words.clone()));
    }
}

/// Carries words to a program until there are no more, or it doesn't read.
async fn speak(writer: Writer, hello: Hello, mut spoken: mpsc::Receiver<Word>) {
    let mut writer = FramedWrite::new(writer, lines(LONGEST_WORD));
    let mut word = Some(Word::Hello(hello));
    while let Some(said) = word {
        let Ok(line) = serde_json::to_string(&said) else { return };
        if !matches!(time::timeout(READING, writer.send(line)).await, Ok(Ok(()))) {
            return;
        }
        word = spoken.recv().await;
    }
}

fn read(line: Result<String, LinesCodecError>) -> Result<Call, Goodbye> {
    let line = line.map_err(|error| match error {
        LinesCodecError::MaxLineLengthExceeded => misunderstood("A line was longer than 4 MiB."),
        LinesCodecError::Io(error) => misunderstood(&format!("A line can't be read: {error}.")),
    })?;
    // What was said may hold a secret, and serde's message the words around it.
    serde_json::from_str(&line).map_err(|error| {
        misunderstood(&format!("A line is no call: column {} can't be meant.", error.column()))
    })
}

fn misunderstood(message: &str) -> Goodbye {
    Goodbye::Misunderstood { message: message.to_owned() }
}

/// What is said where an answer ended in a fault of ours, so that nobody waits for it.
fn panicked() -> Failure {
    Failure::gone("Tidings met a fault of its own. Please report this.")
}

/// Tells a window everything, from the start again where it reads too slowly, until another takes its place.
async fn tell(host: Arc<Host>, words: mpsc::Sender<Word>) {
    // Waits until the window has read something.
    while let Ok(permit) = words.clone().reserve_owned().await {
        let mut attachment = host.attach();
        let snapshot = attachment.snapshot();
        permit.send(Word::Update(Box::new(Update::Snapshot { snapshot })));
        let sink = words.clone();
        attachment.forward(move |update| sink.try_send(Word::Update(Box::new(update))).is_ok()).await;
        if attachment.is_replaced() {
            let _ = words.send(Word::Goodbye { why: Goodbye::Replaced }).await;
            return;
        }
    }
}

/// Says that events were stored, once for all that were until it could be said.
async fn knock(mut updates: broadcast::Receiver<update::Update>, words: mpsc::Sender<Word>) {
    loop {
        let stored = match updates.recv().await {
            Ok(update) => brings_events(&update),
            Err(RecvError::Lagged(_)) => true,
            Err(RecvError::Closed) => return,
        };
        if !stored {
            continue;
        }
        let Ok(permit) = words.reserve().await else { return };
        // What came meanwhile is asked for with the rest.
        updates = updates.resubscribe();
        permit.send(Word::Stored);
    }
}

fn brings_events(update: &update::Update) -> bool {
    use update::Update;
    match update {
        Update::Arrived(_) | Update::Restored(_) => true,
        Update::Feed(_)
        | Update::FeedRemoved(_)
        | Update::State { .. }
        | Update::Unread { .. }
        | Update::Read { .. }
        | Update::Starred { .. }
        | Update::Deleted { .. }
        | Update::Paused(_)
        | Update::Muted(_)
        | Update::Window(_)
        | Update::Problems(_)
        | Update::Works(_)
        | Update::Open(_)
        | Update::Follow(_)
        | Update::Copy(_) => false,
    }
}
