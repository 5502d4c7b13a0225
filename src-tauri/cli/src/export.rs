//! `export` and `import`: events in files.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use tidings_engine::engine::Register;
use tidings_engine::exchange::{Export, Format, Imported};
use tidings_engine::secrets::SystemKeyring;
use tidings_engine::update::Course;

use crate::complaint::Complaint;
use crate::history::{SEARCHES, query};
use crate::profile::Place;
use crate::report::plain;
use crate::{line, many, print};

#[derive(Debug, clap::Args)]
#[command(after_help = SEARCHES)]
pub(crate) struct Arguments {
    /// Only what this search finds
    search: Vec<String>,
    /// How to write; without it, what the ending of the file says, else jsonl
    #[arg(long, value_enum)]
    format: Option<Kind>,
    /// The file to write, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replaces the file if it is there already
    #[arg(long, requires = "output")]
    force: bool,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// A file that was exported as jsonl
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Formats by the names of their endings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// JSON Lines: all there is, and the one that can be imported
    Jsonl,
    /// Comma-separated values, for spreadsheets
    Csv,
    /// Markdown, for reading
    Md,
}

impl Kind {
    fn format(self) -> Format {
        match self {
            Self::Jsonl => Format::JsonLines,
            Self::Csv => Format::Csv,
            Self::Md => Format::Markdown,
        }
    }

    fn of(file: Option<&Path>) -> Self {
        let ending = file.and_then(Path::extension).and_then(|ending| ending.to_str());
        ending.and_then(|ending| Self::from_str(ending, true).ok()).unwrap_or(Self::Jsonl)
    }
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Complaint> {
    let Arguments { search, format, output, force, place } = arguments;
    let profile = place.find()?;
    let settings = profile.settings()?;
    let query = query(&search, &settings)?;
    let history = profile.history()?.ok_or_else(|| Complaint::stopped("There is no history yet."))?;
    let format = format.unwrap_or_else(|| Kind::of(output.as_deref())).format();
    let mut export = Export::new(history, query, line::names(&settings.feeds), format);
    let Some(file) = output else {
        while let Some(piece) = export.piece().await? {
            let mut out = io::stdout().lock();
            // A reader who has gone away has seen enough.
            if out.write_all(&piece).and_then(|()| out.flush()).is_err() {
                break;
            }
        }
        return Ok(ExitCode::SUCCESS);
    };
    if !force && file.exists() {
        return Err(Complaint::misused(format!(
            "{} is there already. Take another name, or --force to replace it.",
            file.display()
        )));
    }
    let events = export.into_file(&file, &Course::unwatched()).await.map_err(Complaint::stopped)?;
    Ok(print(&format!("Wrote {} to {}.\n", many(events, "event", "events"), file.display())))
}

pub(crate) async fn import(arguments: Import) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find()?;
    let options = profile.options();
    let keyring = SystemKeyring::new(options.keyring_service.clone());
    let mut register = Register::open(&options, keyring)?;
    let Imported { stored, held, homeless, stopped: _ } = register.import(&arguments.file).await?;
    let mut said = format!("Imported {}", many(stored, "event", "events"));
    if held > 0 {
        said.push_str(&format!("; {held} were there already"));
    }
    said.push_str(".\n");
    for (name, events) in homeless {
        let name = plain(&name);
        let events = many(events, "event", "events");
        said.push_str(&format!(
            "Left out {events} of “{name}”: no feed here is called so. Add one, and import again.\n"
        ));
    }
    Ok(print(&said))
}
