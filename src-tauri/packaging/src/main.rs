//! Writes what packages hold besides the programs: man pages and shell completions, made of the programs' own arguments.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use clap::{Command, CommandFactory as _};
use clap_complete::Shell;

#[path = "../../src/arguments.rs"]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "only what the arguments are is of interest here, not how they are read")
)]
mod arguments;

const SHELLS: &[Shell] = &[Shell::Bash, Shell::Fish, Shell::Zsh];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args_os().nth(1).map(PathBuf::from).ok_or("Say into which folder.")?;
    for program in [arguments::Arguments::command(), tidings_cli::command()] {
        write_pages(&folder.join("man"), &program)?;
        write_completions(&folder.join("completions"), program)?;
    }
    Ok(())
}

/// Writes a page for the program and one for each of its commands, as `man tidings-cli-listen` finds them.
fn write_pages(folder: &Path, program: &Command) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    clap_mangen::generate_to(program.clone().disable_help_subcommand(true), folder)
}

/// Writes a file for each shell, by the name under which the shell looks for it.
fn write_completions(folder: &Path, mut program: Command) -> io::Result<()> {
    let name = program.get_name().to_owned();
    for shell in SHELLS {
        let folder = folder.join(shell.to_string());
        fs::create_dir_all(&folder)?;
        clap_complete::generate_to(*shell, &mut program, &name, &folder)?;
    }
    Ok(())
}
