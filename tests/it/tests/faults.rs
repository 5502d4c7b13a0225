//! Whatever a server or a network does to a feed: what is said of it, and that the feed is back afterwards.

mod feed;
mod matrix;
mod redirects;
mod silences;
mod sockets;
mod statuses;
