//! Measures Tidings beside its peers: `make bench`.

mod child;
mod facts;
mod figures;
mod machine;
mod plots;
mod section;
mod server;
mod soak;
mod work;

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use child::Trouble;
use figures::Figures;
use section::{Run, Section};
use work::Work;

/// Measures Tidings beside its peers.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measures the sections and prints their tables.
    Run {
        /// Only these sections; all where there is none.
        #[arg(long, value_enum, value_delimiter = ',')]
        only: Vec<Section>,
        /// How often each contender is measured, one after another; the median counts.
        #[arg(long, default_value_t = 5)]
        rounds: usize,
        /// Searches among four million events too.
        #[arg(long)]
        full: bool,
        /// The folder that figures.json and figures.md go into.
        #[arg(long)]
        into: PathBuf,
        /// Puts the tables into this file too, in the place of those of the same sections.
        #[arg(long)]
        keep: Option<PathBuf>,
    },
    /// Runs an engine at length with a fault every minute, and counts what is lost and what grows.
    Soak {
        /// For how long.
        #[arg(long, default_value_t = 60)]
        minutes: u32,
        /// Puts the table into this file, in the place of the one before.
        #[arg(long)]
        keep: Option<PathBuf>,
    },
    /// Serves event streams; prints its port.
    #[command(hide = true)]
    Serve,
    /// Measures one thing once and prints one line of JSON.
    #[command(hide = true)]
    Work {
        #[command(subcommand)]
        work: Work,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Run { only, rounds, full, into, keep } => run(&only, &Run { rounds, full }, &into, keep),
        Command::Soak { minutes, keep } => soak(minutes, keep),
        Command::Serve => {
            end_with_owner();
            server::serve().map_err(Trouble::from)
        }
        Command::Work { work } => {
            end_with_owner();
            work.run().map(|facts| say(&facts.line()))
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            warn(&trouble.to_string());
            ExitCode::FAILURE
        }
    }
}

fn run(only: &[Section], run: &Run, into: &Path, keep: Option<PathBuf>) -> Result<(), Trouble> {
    let sections = if only.is_empty() { Section::ALL } else { only };
    std::fs::create_dir_all(into)?;
    let mut figures = Figures::begin();
    for section in sections {
        warn(&format!("measuring {}", section.name()));
        figures.add(section.name(), section.measure(run)?);
        // A later section's trouble takes nothing away.
        std::fs::write(into.join("figures.json"), figures.json())?;
        std::fs::write(into.join("figures.md"), figures.markdown())?;
        figures.draw_into(&into.join("plots"))?;
    }
    if let Some(page) = keep {
        let text = std::fs::read_to_string(&page)?;
        std::fs::write(&page, figures.put_into(&text))?;
        figures.draw_into(&page.with_file_name("plots"))?;
    }
    say(&figures.markdown());
    Ok(())
}

fn soak(minutes: u32, keep: Option<PathBuf>) -> Result<(), Trouble> {
    let mut figures = Figures::begin();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    figures.add("soak", vec![runtime.block_on(soak::run(minutes))?]);
    if let Some(page) = keep {
        let text = std::fs::read_to_string(&page)?;
        std::fs::write(&page, figures.put_into(&text))?;
    }
    say(&figures.markdown());
    Ok(())
}

/// Ends this process once nobody holds the other end of its input, however the owner ended.
fn end_with_owner() {
    std::thread::spawn(|| {
        while matches!(std::io::stdin().read(&mut [0; 64]), Ok(1..)) {}
        std::process::exit(1);
    });
}

#[expect(clippy::print_stdout, reason = "the tables, or a worker's line, are what the program is run for")]
fn say(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "who waits wants to see what is being measured")]
fn warn(text: &str) {
    eprintln!("bench: {text}");
}
