//! The notifier on a scripted desktop and a paused clock.

use super::*;

/// A notice of a feed that is called like its id.
pub(super) fn notice(feed: &str, event: i64) -> Notice {
    Notice {
        event: EventId(event),
        feed: FeedId::from_text(feed),
        feed_name: feed.to_owned(),
        title: format!("Event {event}"),
        body: "Body".to_owned(),
        priority: Priority::Normal,
        key: None,
    }
}
