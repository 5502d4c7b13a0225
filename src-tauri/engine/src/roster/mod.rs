//! Lists of feeds from elsewhere, read; and what people have set, written without secrets for elsewhere.
//!
//! **Architecture Invariant:** reading adds nothing: a list is shown to a person first.

mod client;
mod own;
mod phone;
#[cfg(test)]
mod tests;

use secrecy::SecretString;
use thiserror::Error;
use url::Url;

pub use own::write;

use crate::settings::Feed;

/// A phone's backup holds its messages too; more than this is no list.
const LONGEST_TEXT: usize = 16 * 1024 * 1024;
/// More feeds than anybody looks through before agreeing.
pub const MOST_FEEDS: usize = 500;
/// What is shown of a line that is no feed, in characters.
const LONGEST_ODD: usize = 80;

/// What a list turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An address a line.
    Addresses,
    /// A backup of the ntfy app for Android.
    NtfyPhone,
    /// A `client.yml` of ntfy's command line.
    NtfyClient,
    /// Settings of this program.
    Own,
}

/// A list that was read.
#[derive(Debug)]
pub struct Roster {
    /// What it is.
    pub kind: Kind,
    /// Its feeds, in its order.
    pub feeds: Vec<Newcomer>,
    /// What in it is no feed, cut to what people recognise.
    pub odd: Vec<String>,
}

/// A feed of a list.
#[derive(Debug)]
pub struct Newcomer {
    /// What it is called; empty where the list doesn't say.
    pub name: String,
    /// Its address, which may hold secrets.
    pub url: String,
    /// Whether its events raise popups.
    pub notify: bool,
    /// How it signs in.
    pub entrance: Entrance,
    /// What the list says of it that can't be taken over.
    pub left_out: Option<&'static str>,
    /// All that is set of it, where the list is this program's own.
    pub settings: Option<Box<Feed>>,
}

/// How a feed of a list signs in.
#[derive(Debug)]
pub enum Entrance {
    /// Not at all.
    Open,
    /// HTTP Basic.
    Basic {
        /// The user's name.
        username: String,
        /// The password.
        password: SecretString,
    },
    /// A bearer token.
    Bearer {
        /// The token.
        token: SecretString,
    },
}

/// Why a list can't be read; each sentence says what could.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum RosterError {
    /// There is no feed in it.
    #[error(
        "No feeds were found in it. A list has one address a line; a backup of ntfy's Android app, its client.yml and \
         settings exported from Tidings are read too."
    )]
    Empty,
    /// It is longer than any list.
    #[error("It is too long for a list of feeds.")]
    TooLong,
    /// It names more feeds than can be looked through.
    #[error("It holds more than {MOST_FEEDS} feeds. Split it.")]
    TooMany,
    /// It begins like a known kind and isn't sound.
    #[error("It looks like {what} and can't be read: {why}")]
    Broken {
        /// What it looks like.
        what: &'static str,
        /// Where and what, without anything secret.
        why: String,
    },
}

impl Newcomer {
    fn at(url: impl Into<String>) -> Self {
        Self {
            name: String::new(),
            url: url.into(),
            notify: true,
            entrance: Entrance::Open,
            left_out: None,
            settings: None,
        }
    }
}

/// Reads a list, whichever kind it is.
///
/// # Errors
/// If it is none of the known kinds, broken or out of measure.
pub fn read(text: &str) -> Result<Roster, RosterError> {
    if text.len() > LONGEST_TEXT {
        return Err(RosterError::TooLong);
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    let begins = |marks: &[&str]| text.lines().any(|line| marks.iter().any(|mark| line.starts_with(mark)));
    let roster = if text.starts_with('{') {
        phone::read(text)?
    } else if begins(&["[[feed]]"]) {
        own::read(text)?
    } else if begins(&["subscribe:", "default-host:"]) {
        client::read(text)?
    } else {
        addresses(text)
    };
    match roster.feeds.len() {
        0 => Err(RosterError::Empty),
        count if count > MOST_FEEDS => Err(RosterError::TooMany),
        _ => Ok(roster),
    }
}

/// An address a line, with a name behind it or none; what follows a `#` at the beginning is for people.
fn addresses(text: &str) -> Roster {
    let mut roster = Roster { kind: Kind::Addresses, feeds: Vec::new(), odd: Vec::new() };
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (address, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if is_address(address) {
            roster.feeds.push(Newcomer { name: name.trim().to_owned(), ..Newcomer::at(address) });
        } else if roster.odd.len() < MOST_FEEDS {
            roster.odd.push(odd(line));
        }
    }
    roster
}

fn is_address(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn odd(line: &str) -> String {
    let plain = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    line.chars().take(LONGEST_ODD).map(plain).collect()
}

/// The stream of a topic of ntfy, below the address of its server.
fn topic(host: &str, topic: &str) -> String {
    format!("{}/{topic}/sse", host.trim_end_matches('/'))
}
