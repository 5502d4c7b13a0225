//! Takes every server through the course, looks at what lies in between, and prints what was found.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use futures_util::{StreamExt as _, stream};
use tidings_interop::{
    Cell, Checked, Passed, Place, between, course, happens_table, pass, servers, servers_table, uses,
};
use tokio::signal::ctrl_c;
use tokio::signal::unix::{SignalKind, signal};

/// Servers and what lies in between that others wrote, against the whole engine.
#[derive(Parser)]
struct Arguments {
    /// Only those whose names hold one of these, separated by commas.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// How many at a time.
    #[arg(long, default_value_t = 6)]
    lanes: usize,
    /// Puts what was found into this page, between its marks.
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Only one check of networks, in a process that has a network of its own.
    #[arg(long, hide = true)]
    inside: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut terminate = signal(SignalKind::terminate()).expect("signals can be heard");
    // Whatever ends it: dropping the work ends every server that was started.
    tokio::select! {
        biased;
        _ = ctrl_c() => ExitCode::FAILURE,
        _ = terminate.recv() => ExitCode::FAILURE,
        code = work(Arguments::parse()) => code,
    }
}

async fn work(arguments: Arguments) -> ExitCode {
    let is_wanted = |name: &str| {
        let name = name.to_lowercase();
        arguments.only.is_empty() || arguments.only.iter().any(|only| name.contains(&only.to_lowercase()))
    };
    let place = Place::default();
    if let Some(check) = arguments.inside {
        between::network::check(&check, &place).await;
        return ExitCode::SUCCESS;
    }
    let subjects = servers::all().into_iter().filter(|one| is_wanted(one.name));
    let walks = subjects.map(|subject| {
        let place = &place;
        async move { course(&subject, place, true).await }
    });
    let checked = in_lanes(arguments.lanes, walks).await;
    let mut passed = Vec::new();
    for passages in [servers::unprompted(), uses::PASSAGES.to_vec(), between::all()] {
        let wanted = passages.into_iter().filter(|one| is_wanted(one.name));
        let passings = wanted.map(|passage| {
            let place = &place;
            async move { pass(&passage, place).await }
        });
        passed.push(in_lanes(arguments.lanes, passings).await);
    }
    let tables = [
        servers_table(&checked),
        happens_table("server that speaks by itself", &passed[0]),
        happens_table("use", &passed[1]),
        happens_table("in between", &passed[2]),
    ];
    if let Some(page) = arguments.keep {
        keep(&page, &tables);
    }
    tell(&tables, &checked, &passed.concat())
}

/// Does the work a few at a time, and gives what came of it in the order of the work.
async fn in_lanes<F: Future>(lanes: usize, work: impl Iterator<Item = F>) -> Vec<F::Output> {
    let numbered = work.enumerate().map(|(number, one)| async move { (number, one.await) });
    let mut done: Vec<_> = stream::iter(numbered).buffer_unordered(lanes).collect().await;
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, one)| one).collect()
}

/// Puts the tables between the marks of a page, with the day and the system.
fn keep(page: &Path, tables: &[String]) {
    let text = std::fs::read_to_string(page).expect("the page is there");
    let (before, rest) = text.split_once("<!-- found -->\n").expect("the page has marks");
    let (_, after) = rest.split_once("<!-- end -->").expect("the page has marks");
    let system = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let system = system.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).unwrap_or("Linux");
    let day = jiff::Zoned::now().date();
    let found = format!("Found on {day}, on {}:\n\n{}", system.trim_matches('"'), tables.join("\n"));
    let text = format!("{before}<!-- found -->\n{found}<!-- end -->{after}");
    std::fs::write(page, text).expect("the page can be written");
}

#[expect(clippy::print_stdout, reason = "the tables are what this program is for")]
fn tell(tables: &[String], checked: &[Checked], passed: &[Passed]) -> ExitCode {
    println!("{}", tables.join("\n"));
    for one in checked {
        for (column, cell) in Checked::COLUMNS.iter().zip(&one.cells) {
            if let Cell::Fails(why) = cell {
                println!("{}: {column}: {why}\n", one.name);
            }
        }
    }
    for one in passed {
        if let Some(fault) = &one.fault {
            println!("{}: {fault}\n", one.name);
        }
    }
    let holds = checked.iter().all(Checked::holds) && passed.iter().all(|one| one.fault.is_none());
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
