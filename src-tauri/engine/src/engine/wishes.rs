//! What people wish about popups: rules, quiet hours, mutes and templates, and how each would come out.

use jiff::{Timestamp, ToSpan as _, Zoned};

use super::{Engine, Field, RequestError, draft};
use crate::event::{Reading, Received, StoredEvent};
use crate::format::template::{Compiled, TemplateError};
use crate::id::FeedId;
use crate::preset;
use crate::rules::{Moment, Rules, Subject};
use crate::settings::{Mute, Quiet, Rule, Templates};

/// Events that rules are tried on: a look back that answers at once.
const TRIED_ON: usize = 200;
/// Events that a template is shown on while it is typed.
const SHOWN: usize = 5;
/// When "until tomorrow" ends: most people are at their desk then.
const MORNING: i8 = 8;
/// A morning nearer than this is today's, as for somebody up past midnight; it isn't "tomorrow".
const NIGHT_HOURS: i64 = 4;

/// What decides about all feeds' popups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wishes {
    /// The rules, in the order in which they are asked.
    pub rules: Vec<Rule>,
    /// When popups wait.
    pub quiet: Option<Quiet>,
    /// Whether all are muted.
    pub mute: Mute,
}

/// How long to mute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MuteFor {
    /// Not at all, from here on.
    Nothing,
    /// An hour.
    Hour,
    /// Until the next morning, 8 o'clock.
    Tomorrow,
    /// Until it is turned off.
    Ever,
}

/// What rules would have done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// How many of the newest events were looked at.
    pub of: u64,
    /// How many would have raised a popup.
    pub popups: u64,
    /// How often each rule would have decided, in their order.
    pub held: Vec<u64>,
}

/// How a stored event would read by templates.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// How it would read; the parts whose template fails as they read by themselves.
    pub reading: Reading,
    /// What is wrong with the templates, for this event.
    pub errors: Vec<TemplateError>,
}

impl Engine {
    /// Gives what decides about all feeds' popups.
    pub async fn wishes(&self) -> Wishes {
        let desk = self.inner.desk.lock().await;
        let settings = &desk.settings;
        Wishes { rules: settings.rules.clone(), quiet: settings.quiet.clone(), mute: settings.mute }
    }

    /// Sets the rules.
    ///
    /// # Errors
    /// If one of them can't be used, or the disk refuses; nothing is changed then.
    pub async fn set_rules(&self, rules: Vec<Rule>) -> Result<(), RequestError> {
        ready(&rules, None, Mute::Off)?;
        let mut desk = self.inner.desk.lock().await;
        desk.save(|settings| settings.rules = rules)?;
        self.inner.pipeline.set_rules(desk.rules());
        Ok(())
    }

    /// Sets or ends quiet hours.
    ///
    /// # Errors
    /// If the disk refuses.
    pub async fn set_quiet(&self, quiet: Option<Quiet>) -> Result<(), RequestError> {
        let mut desk = self.inner.desk.lock().await;
        desk.save(|settings| settings.quiet = quiet)?;
        self.inner.pipeline.set_rules(desk.rules());
        Ok(())
    }

    /// Mutes a feed, or all, and gives until when.
    ///
    /// # Errors
    /// If the feed is gone or the disk refuses.
    pub async fn mute(&self, feed: Option<&FeedId>, how_long: MuteFor) -> Result<Mute, RequestError> {
        let mute = how_long.from(&Zoned::now());
        let mut desk = self.inner.desk.lock().await;
        match feed {
            Some(id) => {
                desk.feed(id)?;
                desk.save(|settings| {
                    settings
                        .feeds
                        .iter_mut()
                        .filter(|feed| feed.id == *id)
                        .for_each(|feed| feed.notices.mute = mute);
                })?;
            }
            None => desk.save(|settings| settings.mute = mute)?,
        }
        match feed {
            Some(id) => self.inner.board.feed_muted(id, mute),
            None => self.inner.board.muted(mute),
        }
        self.inner.pipeline.set_rules(desk.rules());
        self.inner.pipeline.set_tastes(desk.tastes());
        if !mute.is_off()
            && let Some(feed) = feed
        {
            self.inner.pipeline.held().forget(feed);
            self.inner.notifier.forget(feed);
        }
        Ok(mute)
    }

    /// Tries rules on the newest events of a feed, or of all, as if they arrived again when they did; mutes don't count.
    ///
    /// # Errors
    /// If a rule can't be used or the history can't be read.
    pub async fn try_rules(&self, rules: &[Rule], feed: Option<&FeedId>) -> Result<Trial, RequestError> {
        let (quiet, tastes) = {
            let desk = self.inner.desk.lock().await;
            (desk.settings.quiet.clone(), desk.tastes())
        };
        let mut trial = Trial { held: vec![0; rules.len()], ..Trial::default() };
        let each: Vec<Rules> = rules
            .iter()
            .map(|rule| ready(std::slice::from_ref(rule), None, Mute::Off))
            .collect::<Result<_, _>>()?;
        let all = ready(rules, quiet, Mute::Off)?;
        for event in self.newest(feed, TRIED_ON).await? {
            let popups = tastes.get(&event.row.feed).is_some_and(|taste| taste.notify);
            let (received, at) = (received(&event), moment(event.row.received_at_ms));
            let reading = &event.row.reading;
            let subject =
                Subject { feed: &event.row.feed, popups, mute: Mute::Off, received: &received, reading };
            let verdict = all.judge(&subject, &at);
            trial.of += 1;
            trial.popups += u64::from(verdict.trace.stop.is_none());
            let first = each.iter().position(|rule| rule.judge(&subject, &at).trace.rule.is_some());
            if let Some(held) = first.and_then(|first| trial.held.get_mut(first)) {
                *held += 1;
            }
        }
        Ok(trial)
    }

    /// Sets how a feed's events read, from the next one on.
    ///
    /// # Errors
    /// If a template can't be used, the feed is gone or the disk refuses; nothing is changed then.
    pub async fn set_templates(&self, id: &FeedId, templates: Templates) -> Result<(), RequestError> {
        Compiled::new(&templates).map_err(|error| unusable(&error))?;
        let mut desk = self.inner.desk.lock().await;
        desk.feed(id)?;
        desk.save(|settings| {
            for feed in settings.feeds.iter_mut().filter(|feed| feed.id == *id) {
                feed.notices.templates = templates.clone();
            }
        })?;
        self.inner.pipeline.set_tastes(desk.tastes());
        Ok(())
    }

    /// Shows how a feed's newest events would read by templates.
    ///
    /// # Errors
    /// If a template can't be used, the feed is gone or the history can't be read.
    pub async fn try_templates(
        &self,
        id: &FeedId,
        templates: &Templates,
    ) -> Result<Vec<Preview>, RequestError> {
        let compiled = Compiled::new(templates).map_err(|error| unusable(&error))?;
        let (name, preset) = {
            let desk = self.inner.desk.lock().await;
            let feed = desk.feed(id)?;
            (feed.name.clone(), draft::understood_as(feed))
        };
        let events = self.newest(Some(id), SHOWN).await?;
        Ok(events
            .into_iter()
            .map(|event| {
                let received = received(&event);
                let reading = preset::read_again(preset, &received, &name);
                let (reading, errors) = match &compiled {
                    Some(compiled) => compiled.read(&received, &name, reading),
                    None => (reading, Vec::new()),
                };
                Preview { reading, errors }
            })
            .collect())
    }

    /// Gives the newest events that a server sent, whole.
    async fn newest(&self, feed: Option<&FeedId>, count: usize) -> Result<Vec<StoredEvent>, RequestError> {
        let rows = self.inner.history.page(feed.cloned(), None, count).await?;
        let mut events = Vec::with_capacity(rows.len());
        for row in rows.into_iter().filter(|row| row.event_type != crate::event::GAP_TYPE) {
            // One that was deleted meanwhile is no loss here.
            events.extend(self.inner.history.event(row.id).await?);
        }
        Ok(events)
    }
}

impl MuteFor {
    fn from(self, now: &Zoned) -> Mute {
        match self {
            Self::Nothing => Mute::Off,
            Self::Hour => Mute::Until {
                at_ms: now.timestamp().saturating_add(1.hour()).map_or(i64::MAX, Timestamp::as_millisecond),
            },
            Self::Tomorrow => morning(now).map_or(Mute::On, |at| Mute::Until { at_ms: at.as_millisecond() }),
            Self::Ever => Mute::On,
        }
    }
}

/// The next morning that isn't just about to come.
fn morning(now: &Zoned) -> Option<Timestamp> {
    let soon = now.timestamp().checked_add(NIGHT_HOURS.hours()).ok()?;
    let mornings = [0, 1, 2].into_iter().filter_map(|days: i64| {
        let date = now.date().checked_add(days.days()).ok()?;
        let zoned = now.time_zone().to_ambiguous_zoned(date.at(MORNING, 0, 0, 0)).compatible().ok()?;
        Some(zoned.timestamp())
    });
    mornings.into_iter().find(|morning| *morning >= soon)
}

fn ready(rules: &[Rule], quiet: Option<Quiet>, mute: Mute) -> Result<Rules, RequestError> {
    match Rules::new(rules, quiet, mute) {
        (rules, errors) if errors.is_empty() => Ok(rules),
        (_, errors) => Err(RequestError::Invalid {
            field: Field::Rules,
            message: errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        }),
    }
}

fn unusable(error: &TemplateError) -> RequestError {
    RequestError::Invalid { field: Field::Templates, message: format!("{:?}: {error}.", error.part) }
}

/// An event as it came, from the history.
/// A stored event as its server sent it.
pub(super) fn received(event: &StoredEvent) -> Received {
    Received {
        event_type: event.row.event_type.clone(),
        data: event.data.clone(),
        last_event_id: event.last_event_id.clone(),
        own_id: !event.last_event_id.is_empty(),
        received_at_ms: event.row.received_at_ms,
    }
}

fn moment(at_ms: i64) -> Moment {
    let present = Moment::present();
    Moment { at: Timestamp::from_millisecond(at_ms).unwrap_or(present.at), ..present }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn until_tomorrow_ends_in_the_morning_after_a_night() {
        let table = [
            ("2026-11-21T14:00[Europe/Berlin]", "2026-11-22T08:00:00+01:00[Europe/Berlin]"),
            ("2026-11-21T23:59[Europe/Berlin]", "2026-11-22T08:00:00+01:00[Europe/Berlin]"),
            ("2026-11-22T01:00[Europe/Berlin]", "2026-11-22T08:00:00+01:00[Europe/Berlin]"),
            ("2026-11-22T04:00[Europe/Berlin]", "2026-11-22T08:00:00+01:00[Europe/Berlin]"),
            ("2026-11-22T04:01[Europe/Berlin]", "2026-11-23T08:00:00+01:00[Europe/Berlin]"),
            ("2026-11-22T07:30[Europe/Berlin]", "2026-11-23T08:00:00+01:00[Europe/Berlin]"),
            ("2026-10-24T20:00[Europe/Berlin]", "2026-10-25T08:00:00+01:00[Europe/Berlin]"),
            ("2026-03-28T20:00[Europe/Berlin]", "2026-03-29T08:00:00+02:00[Europe/Berlin]"),
        ];
        for (now, expected) in table {
            let now: Zoned = now.parse().unwrap();
            let at = morning(&now).unwrap().to_zoned(now.time_zone().clone());
            assert_eq!(at.to_string(), expected, "{now}");
        }
    }

    #[test]
    fn an_hour_is_an_hour_and_ever_has_no_end() {
        let now: Zoned = "2026-11-21T14:00[Europe/Berlin]".parse().unwrap();
        let at_ms = now.timestamp().as_millisecond() + 3_600_000;
        assert_eq!(MuteFor::Hour.from(&now), Mute::Until { at_ms });
        assert_eq!((MuteFor::Ever.from(&now), MuteFor::Nothing.from(&now)), (Mute::On, Mute::Off));
    }
}
