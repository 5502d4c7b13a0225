//! What people wish about popups: rules, quiet hours, mutes and templates.

use jiff::{Timestamp, ToSpan as _, Zoned};

use super::desk::Desk;
use super::{Engine, RequestError};
use crate::format::template::Compiled;
use crate::id::FeedId;
use crate::rules::Rules;
use crate::settings::{Mute, Quiet, Rule, Templates};

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

impl Desk {
    /// Mutes the popups of a feed, or of all.
    pub(super) fn mute(&mut self, feed: Option<&FeedId>, mute: Mute) -> Result<(), RequestError> {
        let Some(id) = feed else { return self.save(|settings| settings.mute = mute) };
        self.feed(id)?;
        self.save(|settings| {
            let meant = settings.feeds.iter_mut().filter(|feed| feed.id == *id);
            meant.for_each(|feed| feed.notices.mute = mute);
        })
    }
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
        ready(&rules, None)?;
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
        desk.mute(feed, mute)?;
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

    /// Gives how a feed's events read where a person said so.
    ///
    /// # Errors
    /// If the feed is gone.
    pub async fn templates(&self, id: &FeedId) -> Result<Templates, RequestError> {
        Ok(self.inner.desk.lock().await.feed(id)?.notices.templates.clone())
    }

    /// Sets how a feed's events read, from the next one on.
    ///
    /// # Errors
    /// If a template can't be used, the feed is gone or the disk refuses; nothing is changed then.
    pub async fn set_templates(&self, id: &FeedId, templates: Templates) -> Result<(), RequestError> {
        let (_, errors) = Compiled::new(&templates);
        if !errors.is_empty() {
            return Err(RequestError::Templates(errors));
        }
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
}

impl MuteFor {
    pub(super) fn from(self, now: &Zoned) -> Mute {
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

/// Makes rules ready, all of them or none.
pub(super) fn ready(rules: &[Rule], quiet: Option<Quiet>) -> Result<Rules, RequestError> {
    match Rules::new(rules, quiet, Mute::Off) {
        (rules, errors) if errors.is_empty() => Ok(rules),
        (_, errors) => Err(RequestError::Rules(errors)),
    }
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
