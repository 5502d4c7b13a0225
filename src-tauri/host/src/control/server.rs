//! The engine's side of the socket: whoever speaks well is answered, whoever doesn't harms nobody.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time;
use tokio_util::codec::{FramedRead, FramedWrite, LinesCodecError};

use super::words::{Call, GREETING, Hello, LONGEST_CALL, LONGEST_WORD, Word, lines};
use crate::dto::Update;
use crate::host::{Goodbye, Host};

/// More programs at a time than a person ever runs.
const CLIENTS: usize = 32;
/// What one program may have asked without an answer; more waits in its socket.
const ASKED: usize = 64;
/// Words that wait for a program to read them; one that is slower gets a snapshot instead of what it missed.
const WORDS: usize = 256;
/// Who doesn't read for so long is gone.
const READING: Duration = Duration::from_secs(30);
/// After a refused connection, so that a full table of files makes no busy loop.
const BREATH: Duration = Duration::from_millis(200);

/// The engine's home as it listens.
#[derive(Debug)]
pub struct Server {
    listener: UnixListener,
    socket: PathBuf,
    version: String,
}

impl Server {
    /// Listens. Only who holds the engine's lock may call this: a socket that is there is one of a home that died.
    ///
    /// # Errors
    /// If the folder or the socket can't be made.
    pub fn bind(socket: &Path, version: &str) -> io::Result<Self> {
        if let Some(folder) = socket.parent() {
            own_folder(folder)?;
        }
        match std::fs::remove_file(socket) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let listener = UnixListener::bind(socket)?;
        // The folder keeps others out until then.
        std::fs::set_permissions(socket, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        Ok(Self { listener, socket: socket.to_owned(), version: version.to_owned() })
    }

    /// Serves programs until the host ends; then each is told why, and the socket is gone.
    pub async fn serve(self, host: Arc<Host>) {
        let mut clients = JoinSet::new();
        loop {
            let accepted = tokio::select! {
                biased;
                () = host.ending().cancelled() => break,
                Some(_) = clients.join_next(), if clients.len() >= CLIENTS => continue,
                accepted = self.listener.accept(), if clients.len() < CLIENTS => accepted,
            };
            while clients.try_join_next().is_some() {}
            match accepted {
                Ok((stream, _)) if is_own(&stream) => {
                    clients.spawn(Client::serve(Arc::clone(&host), stream, self.version.clone()));
                }
                Ok(_) => tracing::warn!("a program of somebody else was refused at the socket"),
                Err(error) => {
                    tracing::warn!(%error, "no program can be heard");
                    time::sleep(BREATH).await;
                }
            }
        }
        // Gone before the lock is: whoever comes next makes its own.
        let _ = std::fs::remove_file(&self.socket);
        while clients.join_next().await.is_some() {}
    }
}

/// Makes a folder that only this person may look into.
fn own_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    std::os::unix::fs::DirBuilderExt::mode(builder.recursive(true), 0o700);
    builder.create(folder)
}

/// Whether this person's program is at the other end, by the system's word.
fn is_own(stream: &UnixStream) -> bool {
    let own = rustix::process::geteuid().as_raw();
    stream.peer_cred().is_ok_and(|peer| peer.uid() == own)
}

/// A program at the other end.
struct Client {
    host: Arc<Host>,
    words: mpsc::Sender<Word>,
    asked: Arc<Semaphore>,
    tasks: JoinSet<()>,
}

impl Client {
    async fn serve(host: Arc<Host>, stream: UnixStream, version: String) {
        let (reader, writer) = stream.into_split();
        let (words, mut spoken) = mpsc::channel(WORDS);
        let mut tasks = JoinSet::new();
        let hello = Word::Hello(Hello { version: version.clone() });
        let speaking = async move {
            let mut writer = FramedWrite::new(writer, lines(LONGEST_WORD));
            let mut word = Some(hello);
            while let Some(said) = word {
                let Ok(line) = serde_json::to_string(&said) else { return };
                if !matches!(time::timeout(READING, writer.send(line)).await, Ok(Ok(()))) {
                    return;
                }
                word = spoken.recv().await;
            }
        };
        let ending = host.ending().clone();
        let mut client = Self { host, words, asked: Arc::new(Semaphore::new(ASKED)), tasks: JoinSet::new() };
        let speaker = tasks.spawn(speaking);
        let mut calls = FramedRead::new(reader, lines(LONGEST_CALL));
        let goodbye = tokio::select! {
            biased;
            () = ending.cancelled() => Some(client.host.goodbye()),
            heard = client.hear(&mut calls, &version) => heard,
            // It reads no more.
            _ = tasks.join_next() => None,
        };
        client.tasks.shutdown().await;
        if let Some(why) = goodbye {
            let _ = client.words.try_send(Word::Goodbye { why });
        }
        // What was said is still carried to the end.
        drop(client);
        let _ = time::timeout(GREETING, async { while tasks.join_next().await.is_some() {} }).await;
        speaker.abort();
    }

    /// Hears calls until there are no more, and says why nothing more is heard where the other side would wonder.
    async fn hear(
        &mut self,
        calls: &mut (impl futures_util::Stream<Item = Result<String, LinesCodecError>> + Unpin),
        version: &str,
    ) -> Option<Goodbye> {
        let greeted = time::timeout(GREETING, calls.next()).await;
        let foreign = match greeted.map(|line| line.map(read)) {
            Ok(Some(Ok(Call::Hello(hello)))) => hello.version != version,
            Ok(Some(Ok(Call::Ask { .. } | Call::Attach | Call::Finish { .. })) | None) | Err(_) => {
                return Some(misunderstood("A program has to greet first."));
            }
            Ok(Some(Err(goodbye))) => return Some(goodbye),
        };
        while let Some(line) = calls.next().await {
            match read(line) {
                Err(goodbye) => return Some(goodbye),
                Ok(Call::Finish { upgrade }) => {
                    self.host.finish(if upgrade { Goodbye::Upgrade } else { Goodbye::Quit });
                    // The goodbye comes with the end.
                    std::future::pending::<()>().await;
                }
                Ok(Call::Hello(_)) => return Some(misunderstood("A program greets once.")),
                Ok(Call::Ask { .. } | Call::Attach) if foreign => {
                    return Some(misunderstood(
                        "Programs of another version may only ask this one to finish.",
                    ));
                }
                Ok(Call::Ask { number, request }) => {
                    let permit = Arc::clone(&self.asked).acquire_owned().await.ok()?;
                    let (host, words) = (Arc::clone(&self.host), self.words.clone());
                    self.tasks.spawn(async move {
                        let word = match request.answer(&host).await {
                            Ok(answer) => Word::Done { number, answer },
                            Err(failure) => Word::Failed { number, failure },
                        };
                        let _ = words.send(word).await;
                        drop(permit);
                    });
                    while self.tasks.try_join_next().is_some() {}
                }
                Ok(Call::Attach) => {
                    let (host, words) = (Arc::clone(&self.host), self.words.clone());
                    self.tasks.spawn(tell(host, words));
                }
            }
        }
        None
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
