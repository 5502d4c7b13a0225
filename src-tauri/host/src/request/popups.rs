//! What can be asked about popups, and what decides about them.

use serde::{Deserialize, Serialize};
use tidings_engine::engine::Engine;

use super::{Answer, all, say};
use crate::dto::{self, feed_id};

/// Something asked about popups: mutes, quiet hours, rules and templates.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of the engine's calls of the same names")]
pub enum Popups {
    /// Mutes those of a feed, or of all, or unmutes them.
    Mute { feed: Option<String>, span: dto::MuteFor },
    /// Answers what to do about a feed that bursts.
    SettleBursts { feed: String, popups: bool },
    /// Gives the quiet hours.
    Quiet,
    /// Sets those.
    SetQuiet { quiet: dto::Quiet },
    /// Gives the rules, in the order in which they are asked.
    Rules,
    /// Sets those; gives what is wrong with them.
    SetRules { rules: Vec<dto::Rule> },
    /// Gives what rules would have done.
    TryRules { rules: Vec<dto::Rule>, feed: Option<String> },
    /// Gives what events had to offer lately.
    Seen { feed: Option<String> },
    /// Gives a feed's templates.
    Templates { feed: String },
    /// Sets those; gives what is wrong with them.
    SetTemplates { feed: String, templates: dto::Templates },
    /// Gives how a feed's newest events would read.
    TryTemplates { feed: String, templates: dto::Templates },
    /// Shows one, and gives what happened at each step.
    Test,
}

impl Popups {
    pub(super) async fn answer(self, engine: &Engine) -> Answer {
        match self {
            Self::Mute { feed, span } => {
                say(engine.mute(feed.map(feed_id).as_ref(), span.into()).await.map(drop)?)
            }
            Self::SettleBursts { feed, popups } => say(engine.settle_bursts(&feed_id(feed), popups).await?),
            Self::Quiet => say(dto::Quiet::from(engine.wishes().await.quiet)),
            Self::SetQuiet { quiet } => say(engine.set_quiet(quiet.read()?).await?),
            Self::Rules => all::<dto::Rule>(engine.wishes().await.rules),
            Self::SetRules { rules } => set_rules(engine, rules).await,
            Self::TryRules { rules, feed } => try_rules(engine, rules, feed).await,
            Self::Seen { feed } => say(dto::Seen::from(engine.seen(feed.map(feed_id).as_ref()).await?)),
            Self::Templates { feed } => say(dto::Templates::from(engine.templates(&feed_id(feed)).await?)),
            Self::SetTemplates { feed, templates } => set_templates(engine, feed, templates).await,
            Self::TryTemplates { feed, templates } => {
                say(dto::Rehearsal::from(engine.try_templates(&feed_id(feed), &templates.into()).await?))
            }
            Self::Test => all::<dto::PopupStep>(engine.test_popup().await),
        }
    }
}

async fn set_rules(engine: &Engine, rules: Vec<dto::Rule>) -> Answer {
    let rules = match dto::read_rules(rules) {
        Ok(rules) => rules,
        Err(faults) => return say(faults),
    };
    match engine.set_rules(rules).await {
        Ok(()) => say(Vec::<dto::RuleFault>::new()),
        Err(error) => say(dto::faults_of(error)?),
    }
}

async fn try_rules(engine: &Engine, rules: Vec<dto::Rule>, feed: Option<String>) -> Answer {
    let rules = match dto::read_rules(rules) {
        Ok(rules) => rules,
        Err(faults) => return say(dto::Trial::Wrong { faults }),
    };
    match engine.try_rules(&rules, feed.map(feed_id).as_ref()).await {
        Ok(trial) => say(dto::Trial::from(trial)),
        Err(error) => say(dto::Trial::Wrong { faults: dto::faults_of(error)? }),
    }
}

async fn set_templates(engine: &Engine, feed: String, templates: dto::Templates) -> Answer {
    match engine.set_templates(&feed_id(feed), templates.into()).await {
        Ok(()) => say(Vec::<dto::TemplateFault>::new()),
        Err(error) => say(dto::template_faults_of(error)?),
    }
}
