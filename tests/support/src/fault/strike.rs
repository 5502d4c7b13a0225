//! The faults themselves, each in each phase.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::wire::{Pace, Wire};
use super::{Fault, Phase, Proxy, Stage};

/// The wait before a reset or a damaged record, because both may discard what the client hasn't read.
const BEFORE_DAMAGE: Duration = Duration::from_millis(300);
/// One write of a flood.
const PIECE: usize = 64 << 10;
/// No status line, no header, no size of a chunk.
const GARBAGE: &[u8] = b"\x00\xff\xfe\x13garbage\x00\xff\r\n\r\n";
/// A record of TLS that says it holds data and can't be decrypted (RFC 8446, 5.2).
const DAMAGED_RECORD: &[u8] = b"\x17\x03\x03\x00\x20................................";
const INTERIM: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n\
    HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n";
const STATUS: &[u8] = b"HTTP/1.1 200 OK\r\n";
const PACKED_REFUSAL: &[u8] =
    b"HTTP/1.1 503 Busy\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
const CIRCLE: &[u8] =
    b"HTTP/1.1 302 Found\r\nLocation: /circle\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/// Does a fault to a connection that is in a phase, and gives the connection back where it goes on.
pub(super) async fn strike(
    stage: &Stage,
    fault: Fault,
    phase: Phase,
    mut wire: Wire,
) -> io::Result<Option<Wire>> {
    match fault {
        Fault::Refused => {
            stage.close();
            reset(wire).await?;
        }
        Fault::Reset => reset(wire).await?,
        Fault::End => end(phase, wire).await?,
        Fault::HalfOpen => wire.hold().await?,
        Fault::Trickle(time) => return Ok(paced(wire, Pace::Bytewise(time))),
        Fault::Latency(time) => return Ok(paced(wire, Pace::Later(time))),
        Fault::SlowHeaders(time) => return Ok(paced(wire, Pace::Bytewise(time))),
        Fault::Cut => cut(phase, wire).await?,
        Fault::CutAt(bytes) => {
            wire.left = bytes;
            return Ok(Some(wire));
        }
        Fault::WrongTls => {
            tokio::time::sleep(BEFORE_DAMAGE).await;
            wire.send_bare(DAMAGED_RECORD).await?;
            wire.hold().await?;
        }
        Fault::Garbage => {
            wire.send(GARBAGE).await?;
            wire.hold().await?;
        }
        Fault::Interim => {
            wire.send(INTERIM).await?;
            return Ok(Some(wire));
        }
        Fault::EndlessLine => return endless_line(phase, wire).await,
        Fault::EndlessComment => return endless_comment(phase, wire).await,
        Fault::EndlessHeader => endless_header(phase, wire).await?,
        Fault::GzipBomb => return gzip_bomb(phase, wire).await,
        Fault::RedirectLoop => {
            stage.turn_to(Fault::RedirectLoop);
            match phase {
                Phase::Connecting => wire.send(CIRCLE).await?,
                Phase::Headers | Phase::MidLine | Phase::Between => {}
            }
            end(phase, wire).await?;
        }
    }
    Ok(None)
}

/// Answers the greeting of TLS as a server would that speaks none.
pub(super) async fn refuse_plainly(socket: &mut TcpStream) -> io::Result<()> {
    let mut greeting = [0; 4096];
    let _ = socket.read(&mut greeting).await?;
    socket.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n").await?;
    socket.shutdown().await
}

async fn reset(wire: Wire) -> io::Result<()> {
    tokio::time::sleep(BEFORE_DAMAGE).await;
    wire.reset()
}

fn paced(mut wire: Wire, pace: Pace) -> Option<Wire> {
    wire.pace = pace;
    Some(wire)
}

/// Ends politely: where the body has begun, by its last chunk.
async fn end(phase: Phase, mut wire: Wire) -> io::Result<()> {
    match phase {
        Phase::Connecting | Phase::Headers => {}
        Phase::MidLine | Phase::Between => wire.send(b"0\r\n\r\n").await?,
    }
    wire.close().await
}

/// Closes in the middle of a word, or of a chunk.
async fn cut(phase: Phase, mut wire: Wire) -> io::Result<()> {
    let half: &[u8] = match phase {
        Phase::Connecting => b"HTTP/1.",
        Phase::Headers => b"X-Ha",
        Phase::MidLine | Phase::Between => b"40\r\nda",
    };
    wire.send(half).await?;
    wire.close().await
}

async fn flood(wire: &mut Wire, first: &[u8]) -> io::Result<()> {
    wire.send(first).await?;
    let piece = vec![b'x'; PIECE];
    for _ in 0..Proxy::FLOOD / PIECE {
        wire.send(&piece).await?;
    }
    Ok(())
}

async fn flood_body(wire: &mut Wire, first: &[u8]) -> io::Result<()> {
    wire.send_chunk(first).await?;
    let piece = vec![b'x'; PIECE];
    for _ in 0..Proxy::FLOOD / PIECE {
        wire.send_chunk(&piece).await?;
    }
    Ok(())
}

async fn endless_line(phase: Phase, mut wire: Wire) -> io::Result<Option<Wire>> {
    match phase {
        Phase::Connecting => flood(&mut wire, b"HTTP/1.1 200 ").await?,
        Phase::Headers => flood(&mut wire, b"").await?,
        Phase::MidLine => flood_body(&mut wire, b"").await?,
        Phase::Between => {
            flood_body(&mut wire, b"data: ").await?;
            wire.send_chunk(b"\n\n").await?;
            return Ok(Some(wire));
        }
    }
    wire.close().await?;
    Ok(None)
}

async fn endless_comment(phase: Phase, mut wire: Wire) -> io::Result<Option<Wire>> {
    match phase {
        // A head has no comments.
        Phase::Connecting | Phase::Headers => {}
        Phase::MidLine | Phase::Between => {
            flood_body(&mut wire, b": ").await?;
            wire.send_chunk(b"\n").await?;
        }
    }
    Ok(Some(wire))
}

async fn endless_header(phase: Phase, mut wire: Wire) -> io::Result<()> {
    match phase {
        Phase::Connecting => flood(&mut wire, &[STATUS, b"X-Endless: "].concat()).await?,
        Phase::Headers => flood(&mut wire, b"X-Endless: ").await?,
        // The only head left is a chunk's.
        Phase::MidLine | Phase::Between => flood(&mut wire, b"40;endless=").await?,
    }
    wire.close().await
}

async fn gzip_bomb(phase: Phase, mut wire: Wire) -> io::Result<Option<Wire>> {
    match phase {
        Phase::Connecting => {
            wire.send(PACKED_REFUSAL).await?;
            wire.pack();
            flood_body(&mut wire, b"data: ").await?;
        }
        Phase::MidLine => flood_body(&mut wire, b"").await?,
        Phase::Headers | Phase::Between => {
            flood_body(&mut wire, b"data: ").await?;
            wire.send_chunk(b"\n\n").await?;
            return Ok(Some(wire));
        }
    }
    wire.close().await?;
    Ok(None)
}
