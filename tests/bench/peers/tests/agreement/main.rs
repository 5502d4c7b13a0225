//! Ours and its peers on the same bytes: where both are right they agree, and where a peer is wrong a table says why.

mod cases;
mod random;
mod wrong;

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use futures_util::FutureExt as _;
use tidings_peers::Seen;
use tidings_peers::decoder::Decoder;

/// Decodes chunks; nothing where the decoder panics.
fn decode(decoder: Decoder, chunks: Vec<Bytes>) -> Option<Vec<Seen>> {
    let decode = || {
        let mut events = Vec::new();
        let done = decoder.decode(chunks, |seen| events.push(seen)).now_or_never();
        done.expect("chunks in memory are never waited for");
        events
    };
    catch_unwind(AssertUnwindSafe(decode)).ok()
}
