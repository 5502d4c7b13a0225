//! Our transport alone: one dial, read to a number of events.

use futures_util::StreamExt as _;
use tidings_engine::transport::{Call, CallParts, Frame, SseTransport, Transport as _};
use tidings_gauge::Gauge;

use crate::child::Trouble;
use crate::facts::Facts;

/// Reads so many events.
///
/// # Errors
///
/// If the stream ends before.
pub(super) async fn read(url: &str, events: u64) -> Result<Facts, Trouble> {
    let transport = SseTransport::new().map_err(|error| Trouble::Worker(error.to_string()))?;
    let call = Call::new(CallParts { url: url.into(), ..CallParts::default() })
        .map_err(|error| Trouble::Worker(error.to_string()))?;
    let gauge = Gauge::start();
    let mut frames = transport.dial(&call, "");
    let (mut seen, mut bytes) = (0, 0);
    while seen < events {
        match frames.next().await {
            Some(Ok(Frame::Message(received))) => {
                seen += 1;
                bytes += received.data.len() as u64;
            }
            Some(Ok(
                Frame::Opened
                | Frame::Lost
                | Frame::Cursor(_)
                | Frame::Retry(_)
                | Frame::Alive
                | Frame::Chunk { .. }
                | Frame::Oversized { .. },
            )) => {}
            Some(Err(fault)) => return Err(Trouble::Worker(fault.sentence)),
            None => return Err(Trouble::Worker("the stream ended".into())),
        }
    }
    Ok(gauge.stop(events, bytes).into())
}
