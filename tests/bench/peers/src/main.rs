//! A worker of `make bench`: measures one decoder or client once and prints one line of JSON.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;

use bytes::Bytes;
use clap::Parser;
use tidings_gauge::{Gauge, Measured};
use tidings_peers::bodies::Column;
use tidings_peers::client::{Client, Cut};
use tidings_peers::decoder::Decoder;

/// A decoder decodes its body again and again for so long: clocks tick in milliseconds, and rounds are to be short.
const LONG_ENOUGH: Duration = Duration::from_millis(300);
/// Above the line of 10 MB, which ours would leave out by default; the others have no limit.
const EVENT_LIMIT: usize = 16 * 1024 * 1024;

/// Measures one decoder or client once.
#[derive(Parser)]
enum Work {
    /// A decoder, on chunks in memory.
    Decoder {
        /// Which.
        decoder: Decoder,
        /// On what.
        column: Column,
    },
    /// A client, on a socket.
    Client {
        /// Which.
        client: Client,
        /// The server's address.
        url: String,
        /// How many events it reads.
        events: u64,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let measured = match Work::parse() {
        Work::Decoder { decoder, column } => Ok(decode(decoder, column).await),
        Work::Client { client, url, events } => read(client, &url, events).await,
    };
    match measured {
        Ok(measured) => {
            println!("{}", measured.line());
            ExitCode::SUCCESS
        }
        Err(cut) => {
            eprintln!("{cut}");
            ExitCode::FAILURE
        }
    }
}

async fn decode(decoder: Decoder, column: Column) -> Measured {
    ours::set_event_limit(EVENT_LIMIT);
    let chunks = column.chunks();
    let length = chunks.iter().map(Bytes::len).sum::<usize>() as u64;
    let (mut events, mut bytes) = (0, 0);
    // The first pass warms up.
    decoder.decode(chunks.clone(), |seen| drop(black_box(seen))).await;
    let gauge = Gauge::start();
    while gauge.cpu() < LONG_ENOUGH {
        decoder
            .decode(chunks.clone(), |seen| {
                events += 1;
                drop(black_box(seen));
            })
            .await;
        bytes += length;
    }
    gauge.stop(events, bytes)
}

async fn read(client: Client, url: &str, events: u64) -> Result<Measured, Cut> {
    let gauge = Gauge::start();
    let bytes = client.read(url, events).await?;
    Ok(gauge.stop(events, bytes))
}
