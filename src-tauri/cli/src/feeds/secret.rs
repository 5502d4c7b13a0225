//! Secrets from where nobody else can read them: a prompt, standard input or the environment; never from arguments, which
//! every program on the machine can see.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};

use crate::complaint::Complaint;

/// The environment's way to give the password or token.
pub(super) const VARIABLE: &str = "TIDINGS_SECRET";
/// Longer than any token; who pipes in something else made a mistake.
const LONGEST: u64 = 64 * 1024;

/// Where a command's secrets come from.
#[derive(Debug)]
pub(super) struct Source {
    from_stdin: bool,
}

impl Source {
    /// Reads from standard input, a secret a line, where `from_stdin` says so.
    pub(super) fn new(from_stdin: bool) -> Self {
        Self { from_stdin }
    }

    /// Whether a secret was given without anybody being asked.
    pub(super) fn is_given(&self) -> bool {
        self.from_stdin || std::env::var_os(VARIABLE).is_some()
    }

    /// Gives the password or token.
    pub(super) fn sign_in(&self, what: &str) -> Result<String, Complaint> {
        if !self.from_stdin
            && let Ok(secret) = std::env::var(VARIABLE)
        {
            return Ok(secret);
        }
        self.next(what)
    }

    /// Gives the next secret: a line, or what a person types.
    pub(super) fn next(&self, what: &str) -> Result<String, Complaint> {
        if self.from_stdin {
            return line().map_err(|error| unreadable(what, &error));
        }
        if !io::stdin().is_terminal() {
            return Err(Complaint::misused(format!(
                "Nobody can be asked for {what}: there is no terminal. Give it with --token-stdin, a secret a line."
            )));
        }
        rpassword::prompt_password(format!("Enter {what}: ")).map_err(|error| unreadable(what, &error))
    }
}

/// Reads an address from standard input, its end being the line's.
pub(super) fn address() -> Result<String, Complaint> {
    if io::stdin().is_terminal() {
        let _ = write!(io::stderr(), "Enter the address: ");
    }
    line().map_err(|error| unreadable("the address", &error))
}

/// Asks a question that only "yes" affirms.
pub(super) fn agrees(question: &str) -> bool {
    let _ = write!(io::stderr(), "{question} Type yes: ");
    line().is_ok_and(|answer| answer.trim().eq_ignore_ascii_case("yes"))
}

fn line() -> io::Result<String> {
    let mut bytes = Vec::new();
    // What is read ahead stays with the process's one buffer, for the next line.
    let read = io::stdin().lock().take(LONGEST).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let text = String::from_utf8(bytes).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn unreadable(what: &str, error: &io::Error) -> Complaint {
    if error.kind() == io::ErrorKind::UnexpectedEof {
        return Complaint::misused(format!(
            "Standard input ended before {what} came: give it in a line of its own."
        ));
    }
    Complaint::misused(format!("{what} can't be read: {error}."))
}
