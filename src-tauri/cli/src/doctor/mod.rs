//! `doctor`: what keeps Tidings from working, in sentences that say what mends it.

mod desktop;
mod files;
mod finding;
mod surroundings;

use std::fmt::Write as _;
use std::process::ExitCode;

use serde::Serialize;
use tidings_engine::settings::Settings;

use self::finding::{Finding, Verdict};
use crate::complaint::Complaint;
use crate::profile::Place;
use crate::report::plain;
use crate::{STOPPED, print, print_json};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// Everything that was found.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    version: &'static str,
    settings_file: String,
    data_folder: String,
    running: bool,
    findings: Vec<Finding>,
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find()?;
    let running = profile.is_running();
    let mut findings = files::look(&profile).await;
    let settings = profile.settings().unwrap_or_else(|_| Settings::default());
    findings.push(desktop::keyring(&profile, &settings).await);
    findings.push(desktop::notifications().await);
    findings.push(surroundings::clock(&profile).await);
    findings.extend(surroundings::network(&settings).await);
    findings.extend(surroundings::feeds(&profile, &settings).await);
    let report = Report {
        version: env!("CARGO_PKG_VERSION"),
        settings_file: profile.paths.settings_file.display().to_string(),
        data_folder: profile.paths.data_folder.display().to_string(),
        running,
        findings,
    };
    let ill = report.findings.iter().any(|finding| finding.verdict == Verdict::Trouble);
    if arguments.json {
        print_json(&report);
    } else {
        print(&for_people(&report));
    }
    Ok(if ill { ExitCode::from(STOPPED) } else { ExitCode::SUCCESS })
}

fn for_people(report: &Report) -> String {
    let mut text =
        format!("Tidings {}, {}\n", report.version, if report.running { "running" } else { "not running" });
    let _ = writeln!(text, "settings: {}", plain(&report.settings_file));
    let _ = writeln!(text, "history:  {}\n", plain(&report.data_folder));
    for Finding { about, verdict, said, mend } in &report.findings {
        let mark = match verdict {
            Verdict::Fine => "ok  ",
            Verdict::Note => "note",
            Verdict::Trouble => "BAD ",
        };
        let _ = writeln!(text, "{mark}  {about}: {}", plain(said));
        if let Some(mend) = mend {
            let _ = writeln!(text, "      {}", plain(mend));
        }
    }
    let troubles = report.findings.iter().filter(|finding| finding.verdict == Verdict::Trouble).count();
    match troubles {
        0 => text.push_str("\nNothing needs you.\n"),
        1 => text.push_str("\nOne thing needs you.\n"),
        many => {
            let _ = writeln!(text, "\n{many} things need you.");
        }
    }
    text
}
