//! The draft of a feed out of arguments and secrets.

use tidings_engine::engine::{FeedDraft, HeaderDraft, SecretsHome, SignInDraft, holds_secrets};
use tidings_engine::settings::{Allowed, Feed, SignIn, Urgency};

use super::secret::{self, Source};
use crate::complaint::Complaint;

/// What may be said of a feed, whether it is added or changed.
#[derive(Debug, clap::Args)]
pub(super) struct Form {
    /// Its name; without one the address's host
    #[arg(long)]
    name: Option<String>,
    /// What stands for it: an emoji, a picture's file (PNG, JPEG or WebP), or none
    #[arg(long, value_name = "EMOJI|FILE|none")]
    icon: Option<String>,
    /// Whether its events raise popups
    #[arg(long, value_name = "on|off", value_parser = on_or_off)]
    popups: Option<bool>,
    /// How urgent its server may make them at most: low, normal or urgent
    #[arg(long, value_name = "URGENCY", value_parser = urgency)]
    at_most: Option<Urgency>,
    /// Whether they show pictures that its events name, fetched from its own address over https
    #[arg(long, value_name = "on|off", value_parser = on_or_off)]
    pictures: Option<bool>,
    /// Signs in as this user; the password is asked for
    #[arg(long, value_name = "USER", conflicts_with = "bearer")]
    basic: Option<String>,
    /// Signs in with a token, which is asked for
    #[arg(long)]
    bearer: bool,
    /// Sends this header, whose value is asked for; may be given several times
    #[arg(long = "header", short = 'H', value_name = "NAME")]
    headers: Vec<String>,
    /// Reads what would be asked for from standard input, in lines: first the password or token, then the headers' values
    #[arg(long)]
    token_stdin: bool,
    /// Lets its secrets go over plain http within a private network, where everybody can read them
    #[arg(long)]
    plain_http: bool,
}

fn on_or_off(text: &str) -> Result<bool, String> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("write on or off".into()),
    }
}

fn urgency(text: &str) -> Result<Urgency, String> {
    match text {
        "low" => Ok(Urgency::Low),
        "normal" => Ok(Urgency::Normal),
        "urgent" => Ok(Urgency::Urgent),
        _ => Err("write low, normal or urgent".into()),
    }
}

/// Takes an address from the arguments, or from standard input where it says `-`.
pub(super) fn address(given: &str) -> Result<String, Complaint> {
    if given == "-" {
        return secret::address();
    }
    if holds_secrets(given) {
        return Err(Complaint::misused(
            "The address holds a secret, and every program on this machine can read arguments. Give - in its place and the \
             address on standard input.",
        ));
    }
    Ok(given.to_owned())
}

impl Form {
    /// Whether a header of this name is given.
    pub(super) fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|given| given.trim().eq_ignore_ascii_case(name))
    }

    /// What is said to stand for it.
    pub(super) fn icon(&self) -> Option<String> {
        self.icon.clone()
    }

    /// Drafts a feed that isn't there yet, but for its icon.
    pub(super) fn draft(self, url: String) -> Result<FeedDraft, Complaint> {
        let sign_in = self.sign_in()?.unwrap_or(SignInDraft::None);
        let headers = self.headers()?;
        let allowed = self.allowed(Allowed::default());
        Ok(FeedDraft {
            name: self.name.unwrap_or_default(),
            url,
            icon: None,
            notify: self.popups.unwrap_or(true),
            allowed,
            preset: None,
            sign_in,
            headers,
            secrets: SecretsHome::Keyring,
            plain_http: self.plain_http,
            connection: None,
        })
    }

    /// Drafts changes of a feed, but for its icon; what isn't given stays as it is.
    pub(super) fn redraft(
        self,
        feed: &Feed,
        url: Option<String>,
        no_sign_in: bool,
        dropped: &[String],
    ) -> Result<FeedDraft, Complaint> {
        let sign_in = match self.sign_in()? {
            Some(sign_in) => sign_in,
            None if no_sign_in => SignInDraft::None,
            None => self.kept_sign_in(feed)?,
        };
        let dropped = |name: &str| dropped.iter().any(|dropped| dropped.trim().eq_ignore_ascii_case(name));
        let kept = feed.headers.iter().filter(|name| !dropped(name) && !self.has_header(name));
        let kept = kept.map(|name| HeaderDraft { name: name.clone(), value: None });
        let headers = kept.chain(self.headers()?).collect();
        let allowed = self.allowed(feed.notices.allowed);
        Ok(FeedDraft {
            name: self.name.unwrap_or_else(|| feed.name.clone()),
            url: url.unwrap_or_else(|| feed.url.clone()),
            icon: None,
            notify: self.popups.unwrap_or(feed.notify),
            allowed,
            preset: feed.preset,
            sign_in,
            headers,
            secrets: SecretsHome::Keyring,
            plain_http: self.plain_http,
            connection: None,
        })
    }

    /// What its server may decide of its popups, `kept` where nothing is said.
    fn allowed(&self, kept: Allowed) -> Option<Allowed> {
        Some(Allowed {
            urgency: self.at_most.unwrap_or(kept.urgency),
            pictures: self.pictures.unwrap_or(kept.pictures),
        })
    }

    fn source(&self) -> Source {
        Source::new(self.token_stdin)
    }

    fn sign_in(&self) -> Result<Option<SignInDraft>, Complaint> {
        if let Some(username) = &self.basic {
            let password = self.source().sign_in("the password")?;
            return Ok(Some(SignInDraft::Basic { username: username.clone(), password: Some(password) }));
        }
        if self.bearer {
            return Ok(Some(SignInDraft::Bearer { token: Some(self.source().sign_in("the token")?) }));
        }
        Ok(None)
    }

    /// A secret that is given without a way to sign in is the new one of the present way.
    fn kept_sign_in(&self, feed: &Feed) -> Result<SignInDraft, Complaint> {
        let renewed = |what| {
            let given = self.source().is_given() && self.headers.is_empty();
            given.then(|| self.source().sign_in(what)).transpose()
        };
        Ok(match &feed.sign_in {
            SignIn::None => SignInDraft::None,
            SignIn::Basic { username } => {
                SignInDraft::Basic { username: username.clone(), password: renewed("the password")? }
            }
            SignIn::Bearer => SignInDraft::Bearer { token: renewed("the token")? },
        })
    }

    fn headers(&self) -> Result<Vec<HeaderDraft>, Complaint> {
        let asked = self.headers.iter().map(|name| {
            if name.contains(':') {
                return Err(Complaint::misused(
                    "Give a header's name alone: its value is asked for, because every program on this machine can read \
                     arguments.",
                ));
            }
            let value = self.source().next(&format!("the value of {}", name.trim()))?;
            Ok(HeaderDraft { name: name.clone(), value: Some(value) })
        });
        asked.collect()
    }
}
