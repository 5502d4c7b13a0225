//! The demo on the person's own screen, with a profile that is gone afterwards.

use std::process::{ExitCode, Stdio};

use tidings_demo::Options;
use tidings_desktop::{Profile, Trouble, program};
use tokio::process::Command;

use crate::{say, serve, subscriptions};

/// Opens the app on the demo feeds and waits until it ends.
pub(crate) async fn run() -> Result<ExitCode, Trouble> {
    let demo = serve(Options::default()).await?;
    let refused = |source| Trouble::Refused { what: "making a folder for the demo".to_owned(), source };
    let folder = tempfile::Builder::new().prefix("tidings-demo-").tempdir().map_err(refused)?;
    let profile = Profile::create(&folder.path().join("profile"), subscriptions(&demo))?;
    say(&format!("Demo feeds are served at {}/ and shown on a temporary profile.", demo.base_url()));
    say("Publish one yourself:");
    say(&format!(
        "  curl -d '{{\"title\":\"Hello\",\"message\":\"from the terminal\"}}' {}/publish",
        demo.base_url()
    ));
    say("Quit from the tray or with Ctrl-C; nothing is left behind.");
    let mut command = Command::new(program()?);
    command.arg("--profile").arg(profile.folder()).stdin(Stdio::null()).kill_on_drop(true);
    let refused = |source| Trouble::Refused { what: "starting the app".to_owned(), source };
    let mut app = command.spawn().map_err(refused)?;
    let status = tokio::select! {
        biased;
        status = app.wait() => status,
        // The terminal told the app too.
        _ = tokio::signal::ctrl_c() => app.wait().await,
    };
    let status = status.map_err(refused)?;
    demo.stop().await;
    if status.success() {
        return Ok(ExitCode::SUCCESS);
    }
    Err(Trouble::Failed { program: "tidings".to_owned(), said: status.to_string() })
}
