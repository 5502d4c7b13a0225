//! What is known of the services behind feeds: how to recognise one, how it resumes, and how its events read.
//!
//! **Architecture Invariant:** a preset never opens a socket and never drops an event. What it says of a service's ways
//! reaches the connection as a [`Dialect`], plain data; in doubt a message is an event and reads as any other.

mod firebase;
mod generic;
mod home_assistant;
mod json;
mod mastodon;
mod mercure;
mod nchan;
mod ntfy;
mod text;
mod wikimedia;

use serde_json::Value;
use url::Url;

use crate::event::{Reading, Received};
use crate::format;
use crate::language::Language;
pub use crate::settings::Preset;
use crate::transport::{Dialect, ResumeBy};
use firebase::Mirror;

/// A service shows itself in its first messages; what comes after so many is of no service that is known.
const LOOKS: u32 = 50;

/// The ways of a server that follows the standard, or is not known yet.
///
/// Ids are taken from ntfy's payloads before it is recognised, so that what it sends first can be resumed from.
const ORDINARY: Dialect = Dialect {
    resume: ResumeBy::Header,
    payload_id: Some(ntfy::PAYLOAD_ID),
    goodbyes: &[],
    says_where: false,
    kin: &[],
};

/// What is known of where a feed's messages come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The service, where that is known.
    pub preset: Option<Preset>,
    /// Whether the address asks for several of the service's topics, so that each message's says what it belongs to.
    pub several: bool,
    /// What is said of messages is said in it.
    pub language: Language,
}

/// What a message is to its service.
enum Meaning {
    /// An event, which reads like this.
    Event(Reading),
    /// An event without ways of its own.
    Ordinary,
    /// A sign of life.
    Alive,
}

/// Recognises a service by an address that only it has.
pub fn of_address(address: &str) -> Option<Preset> {
    let url = Url::parse(address).ok()?;
    Preset::ALL.into_iter().find(|preset| match preset {
        Preset::Ntfy => ntfy::is_address(&url),
        Preset::Mercure => mercure::is_address(&url),
        Preset::Mastodon => mastodon::is_address(&url),
        Preset::HomeAssistant => home_assistant::is_address(&url),
        Preset::Wikimedia => wikimedia::is_address(&url),
        Preset::Firebase => firebase::is_address(&url),
        Preset::Generic | Preset::Json | Preset::Text | Preset::Nchan => false,
    })
}

/// Recognises a service by a message that only it sends.
pub fn of_message(received: &Received) -> Option<Preset> {
    let data = serde_json::from_str(&received.data).unwrap_or(Value::Null);
    Preset::ALL.into_iter().find(|preset| match preset {
        Preset::Ntfy => ntfy::is_message(received, &data),
        Preset::Nchan => nchan::is_message(received),
        Preset::Mastodon => mastodon::is_message(received, &data),
        Preset::HomeAssistant => home_assistant::is_message(received, &data),
        Preset::Wikimedia => wikimedia::is_message(received, &data),
        Preset::Firebase => firebase::is_message(received, &data),
        Preset::Generic | Preset::Json | Preset::Text | Preset::Mercure => false,
    })
}

/// Whether an address asks its service for several topics at once.
pub fn asks_for_several(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| ntfy::has_several_topics(&url))
}

/// What a service does its own way on the wire; `None` is one that isn't known yet.
pub fn dialect(preset: Option<Preset>) -> Dialect {
    match preset {
        Some(Preset::Ntfy) => ntfy::DIALECT,
        Some(Preset::Mercure) => mercure::DIALECT,
        Some(Preset::Firebase) => firebase::DIALECT,
        Some(
            Preset::Generic
            | Preset::Json
            | Preset::Text
            | Preset::Nchan
            | Preset::Mastodon
            | Preset::HomeAssistant
            | Preset::Wikimedia,
        )
        | None => ORDINARY,
    }
}

/// Reads an event that was stored before.
pub fn read_again(origin: Origin, received: &Received, feed_name: &str) -> Reading {
    let Origin { preset, several, language } = origin;
    let mut reader = Reader { preset, several, language, looked: LOOKS, ..Reader::default() };
    let read = reader.read(&mut received.clone(), feed_name);
    read.unwrap_or_else(|| format::read(received, feed_name))
}

/// Reads one feed's messages in the way of its service, which it recognises where nobody has named one.
#[derive(Debug, Default)]
pub struct Reader {
    preset: Option<Preset>,
    several: bool,
    language: Language,
    looked: u32,
    told: bool,
    mirror: Mirror,
}

impl Reader {
    /// Says where its messages come from; without a service it leaves the one recognised, and has what was said before
    /// recognised afresh.
    pub fn know(&mut self, origin: Origin) {
        match origin.preset {
            Some(_) => (self.preset, self.told) = (origin.preset, true),
            None if self.told => *self = Self::default(),
            None => {}
        }
        self.several = origin.several;
        self.language = origin.language;
    }

    /// Which service it is, as far as that is known.
    pub fn preset(&self) -> Option<Preset> {
        self.preset
    }

    /// Takes what was stored to resume from, and gives what of it is for the server.
    pub fn resume(&mut self, last_event_id: String) -> String {
        match self.preset {
            Some(Preset::Firebase) => {
                self.mirror.resume(&last_event_id);
                String::new()
            }
            Some(_) | None => last_event_id,
        }
    }

    /// Notes that the stream is open again: some services then send what they have sent before.
    pub fn opened(&mut self) {
        self.mirror.opened();
    }

    /// Reads a message; `None` where it only says that the feed is alive.
    ///
    /// Where the service names its events in another way than the standard, the message gets that name for its id.
    pub fn read(&mut self, received: &mut Received, feed_name: &str) -> Option<Reading> {
        if self.preset.is_none() && self.looked < LOOKS {
            self.looked += 1;
            self.preset = of_message(received);
        }
        match self.meaning(received, feed_name) {
            Meaning::Event(reading) => {
                // Where there is but one topic it says nothing.
                let group = reading.group.filter(|_| self.several);
                Some(format::fit(Reading { group, ..reading }, received, feed_name))
            }
            Meaning::Alive => None,
            Meaning::Ordinary if generic::is_sign_of_life(received) => None,
            Meaning::Ordinary => Some(self.ordinary(received, feed_name)),
        }
    }

    /// Gives where to resume after what was read, for a service whose events say nothing of it.
    pub fn cursor(&mut self) -> Option<String> {
        self.mirror.cursor()
    }

    /// Whether an event without an id may be one that was sent before; a service that tells by itself sends none twice.
    pub fn may_come_again(&self) -> bool {
        self.preset != Some(Preset::Firebase)
    }

    fn meaning(&mut self, received: &mut Received, feed_name: &str) -> Meaning {
        let language = self.language;
        match self.preset {
            Some(Preset::Ntfy) => of_json(received, |data| ntfy::read(data, language)),
            Some(Preset::Mercure) => of_json(received, |data| mercure::read(received, data)),
            Some(Preset::Mastodon) => mastodon::read(received, language),
            Some(Preset::HomeAssistant) => of_json(received, |data| home_assistant::read(data, language)),
            Some(Preset::Wikimedia) => wikimedia::read(received, language),
            Some(Preset::Firebase) => firebase::read(received, feed_name, language, &mut self.mirror),
            Some(Preset::Generic | Preset::Json | Preset::Text | Preset::Nchan) | None => Meaning::Ordinary,
        }
    }

    fn ordinary(&self, received: &Received, feed_name: &str) -> Reading {
        match self.preset {
            Some(Preset::Text) => text::read(received, feed_name),
            Some(_) | None => json::read(received, feed_name),
        }
    }
}

fn of_json(received: &Received, read: impl FnOnce(&Value) -> Meaning) -> Meaning {
    serde_json::from_str(&received.data).map_or(Meaning::Ordinary, |data| read(&data))
}

/// A member's text, unless it is blank.
fn word<'a>(data: &'a Value, path: &str) -> Option<&'a str> {
    data.pointer(path)?.as_str().map(str::trim).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests;
