//! The demo servers, held against what clients see on real sockets.

mod client;
mod feeds;
mod orders;
