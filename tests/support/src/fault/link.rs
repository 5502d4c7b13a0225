//! One connection through the proxy.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::body::Place;
use super::strike::{refuse_plainly, strike};
use super::wire::{Pace, Wire, read_head};
use super::{Fault, Phase, Stage};

/// One read from the server.
const PIECE: usize = 16 << 10;

/// One connection, and what is done to it.
pub(super) struct Link {
    stage: Arc<Stage>,
    fault: Option<(Fault, Phase)>,
}

impl Link {
    pub(super) fn new(stage: Arc<Stage>) -> Self {
        let fault = stage.plan.borrow().fault;
        Self { stage, fault }
    }

    /// Serves one request to its end.
    pub(super) async fn serve(self, socket: TcpStream) {
        // Either side may go away at any byte; that is the end of the connection and nothing more.
        let _ = self.play(socket).await;
    }

    async fn play(self, mut socket: TcpStream) -> io::Result<()> {
        if self.fault == Some((Fault::WrongTls, Phase::Connecting)) {
            return refuse_plainly(&mut socket).await;
        }
        let mut wire = Wire::accept(socket, &self.stage).await?;
        let request = wire.read_head().await?;
        let Some(wire) = self.meet(Phase::Connecting, wire).await? else { return Ok(()) };
        let mut server = TcpStream::connect(self.stage.server).await?;
        let request = String::from_utf8_lossy(&request).replacen(" HTTP/1.1\r\n", " HTTP/1.0\r\n", 1);
        server.write_all(request.as_bytes()).await?;
        let head = read_head(&mut server).await?;
        let Some(wire) = self.forward_head(&head, wire).await? else { return Ok(()) };
        self.forward_body(server, wire).await
    }

    /// Does what is planned for a phase.
    async fn meet(&self, phase: Phase, wire: Wire) -> io::Result<Option<Wire>> {
        match self.fault {
            Some((fault, planned)) if planned == phase => strike(&self.stage, fault, phase, wire).await,
            Some(_) | None => Ok(Some(wire)),
        }
    }

    async fn forward_head(&self, head: &[u8], mut wire: Wire) -> io::Result<Option<Wire>> {
        let head = String::from_utf8_lossy(head);
        let (status, headers) = head.split_once("\r\n").unwrap_or_default();
        let packed = matches!(self.fault, Some((Fault::GzipBomb, _)));
        let encoding = if packed { "Content-Encoding: gzip\r\n" } else { "" };
        let status = status.replacen("HTTP/1.0", "HTTP/1.1", 1);
        wire.send(format!("{status}\r\nTransfer-Encoding: chunked\r\n{encoding}").as_bytes()).await?;
        if packed {
            // The head says that the body is packed, and the bomb is the first of it.
            wire.send(headers.as_bytes()).await?;
            wire.pack();
            return self.meet(Phase::Headers, wire).await;
        }
        let Some(mut wire) = self.meet(Phase::Headers, wire).await? else { return Ok(None) };
        wire.send(headers.as_bytes()).await?;
        if matches!(self.fault, Some((Fault::SlowHeaders(_), _))) {
            wire.pace = Pace::Unhindered;
        }
        Ok(Some(wire))
    }

    async fn forward_body(&self, mut server: TcpStream, mut wire: Wire) -> io::Result<()> {
        let mut place = self.fault.map(|(fault, phase)| (Place::new(fault, phase), phase));
        let mut buffer = vec![0; PIECE];
        loop {
            let read = tokio::select! {
                read = server.read(&mut buffer) => read?,
                closed = wire.hold() => return closed,
            };
            if read == 0 {
                wire.send(b"0\r\n\r\n").await?;
                return wire.close().await;
            }
            let mut rest = &buffer[..read];
            let found = place.as_mut().and_then(|(place, phase)| Some((place.find(rest)?, *phase)));
            if let Some((at, phase)) = found {
                place = None;
                wire.send_chunk(&rest[..at]).await?;
                rest = &rest[at..];
                let Some(after) = self.meet(phase, wire).await? else { return Ok(()) };
                wire = after;
            }
            wire.send_chunk(rest).await?;
        }
    }
}
