//! `demo`: serves the demo feeds.

use std::io::{self, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;

use tidings_demo::{Demo, Options};

use crate::{STOPPED, complain, interrupted};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The port on this machine; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
}

pub(crate) async fn run(arguments: Arguments) -> ExitCode {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port));
    let demo = match Demo::start(address, Options::default()).await {
        Ok(demo) => demo,
        Err(error) => return complain(STOPPED, &format!("The demo can't listen on {address}: {error}.")),
    };
    // Who reads the addresses from a pipe may close it and still want the feeds.
    let _ = print(&demo);
    interrupted().await;
    demo.stop().await;
    ExitCode::SUCCESS
}

fn print(demo: &Demo) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for feed in Demo::feeds() {
        writeln!(out, "{}{}  {}", demo.base_url(), feed.path, feed.about)?;
    }
    out.flush()
}
