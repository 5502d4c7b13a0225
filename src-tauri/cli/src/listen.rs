//! `listen`: one feed, by the engine's own connection.

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tidings_engine::connection::machine::Manner;
use tidings_engine::connection::{
    self, Gate, Learned, Lookout, Parcel, Resume, SILENCE, Setup, State, Telling, backoff,
};
use tidings_engine::transport::{Call, CallParts, Frame, SseTransport, allow_large_events};
use tokio::sync::{mpsc, watch};
use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;

use crate::report::{Line, Report};
use crate::{MISUSED, STOPPED, complain, interrupted};

/// What is waiting is printed together and flushed once.
const BATCH: usize = 256;
/// `--for` takes seconds; a longer time than a century is a mistake of the caller's.
const LONGEST: f64 = 3_153_600_000.0;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The feed's address.
    url: String,
    /// Print one JSON object a line instead of text for people.
    #[arg(long)]
    json: bool,
    /// Print also how the connection fares.
    ///
    /// With --json as further kinds, each with its time as `atMs`: dialled, accepted, opened, silent, refused, ended and
    /// reconnectionTime.
    #[arg(long, short)]
    verbose: bool,
    /// A request header, as 'Name: value'; may be given several times.
    #[arg(long = "header", short = 'H', value_name = "NAME: VALUE", value_parser = header)]
    headers: Vec<(String, String)>,
    /// Resume after this event.
    #[arg(long, value_name = "ID", default_value = "")]
    last_event_id: String,
    /// The request's method.
    #[arg(long, default_value = "GET")]
    method: String,
    /// The request's body.
    #[arg(long)]
    body: Option<String>,
    /// End after so many events.
    #[arg(long, value_name = "N")]
    events: Option<u64>,
    /// End after so many seconds.
    #[arg(long = "for", value_name = "SECONDS", value_parser = seconds)]
    duration: Option<Duration>,
    /// The reconnection time to begin with, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 3000)]
    reconnection_time: u64,
    /// The standard to the letter: stop where it stops, wait exactly the reconnection time.
    #[arg(long)]
    strict: bool,
}

fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("write it as 'Name: value'")?;
    Ok((name.trim().into(), value.trim().into()))
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "that is not a number of seconds")?;
    if (0.0..=LONGEST).contains(&seconds) {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err("from 0 up".into())
    }
}

pub(crate) async fn run(arguments: Arguments) -> ExitCode {
    tokio::select! {
        code = listen(arguments, io::stdout()) => code,
        () = interrupted() => ExitCode::SUCCESS,
    }
}

/// Listens until the feed stops for good or the arguments say it is enough.
pub(crate) async fn listen(arguments: Arguments, out: impl Write) -> ExitCode {
    let end = arguments.duration.map(|duration| Instant::now() + duration);
    let (json, verbose, most) = (arguments.json, arguments.verbose, arguments.events);
    match setup(arguments) {
        Ok(setup) => follow(setup, Report::new(json, verbose, out), most, end).await,
        Err(code) => code,
    }
}

/// Puts together what a connection needs, or complains.
fn setup(arguments: Arguments) -> Result<Setup, ExitCode> {
    let parts = CallParts {
        url: arguments.url,
        method: arguments.method,
        headers: arguments.headers,
        body: arguments.body,
        follow_anywhere: arguments.strict,
        ..CallParts::default()
    };
    let call = Call::new(parts).map_err(|error| complain(MISUSED, &error.to_string()))?;
    let transport = SseTransport::new().map_err(|error| complain(STOPPED, &error.to_string()))?;
    if arguments.strict {
        allow_large_events();
    }
    let reconnection = Some(Duration::from_millis(arguments.reconnection_time));
    Ok(Setup {
        transport: Arc::new(transport),
        call,
        resume: Resume { last_event_id: arguments.last_event_id, reconnection },
        manner: if arguments.strict { Manner::Strict } else { Manner::Unattended },
        silence: SILENCE,
        learned: Learned::default(),
        longest_wait: backoff::LONGEST,
        gate: Gate::default(),
        lookout: Lookout::default(),
    })
}

async fn follow(
    setup: Setup,
    report: Report<impl Write>,
    most: Option<u64>,
    end: Option<Instant>,
) -> ExitCode {
    let (outbox, parcels) = connection::outbox();
    let (state, _watched) = watch::channel(State::Connecting);
    let (_orders, ordered) = mpsc::channel(1);
    let cancel = CancellationToken::new();
    let running = connection::run(setup, outbox, state, ordered, cancel.clone());
    let ended = async {
        match end {
            Some(end) => time::sleep_until(end).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        code = async { tokio::join!(running, print(parcels, report, most)).1 } => code,
        () = ended => ExitCode::SUCCESS,
    }
}

/// Prints until the connection stops for good, `most` events have come, or nobody reads any more.
async fn print(
    mut parcels: mpsc::Receiver<Parcel>,
    mut report: Report<impl Write>,
    most: Option<u64>,
) -> ExitCode {
    let mut left = most.unwrap_or(u64::MAX);
    if left == 0 {
        return ExitCode::SUCCESS;
    }
    let mut batch = Vec::with_capacity(BATCH);
    let mut stopped = false;
    while parcels.recv_many(&mut batch, BATCH).await > 0 {
        for parcel in batch.drain(..) {
            report.happening(&parcel.telling);
            let Some(line) = Line::of(&parcel.telling) else { continue };
            report.line(&line);
            stopped = matches!(line, Line::Stopped { .. });
            if matches!(parcel.telling, Telling::Frame(Frame::Message(_))) {
                left -= 1;
            }
            if left == 0 || stopped {
                break;
            }
        }
        if report.flush().is_err() || left == 0 {
            return ExitCode::SUCCESS;
        }
        if stopped {
            return ExitCode::from(STOPPED);
        }
    }
    ExitCode::from(STOPPED)
}
