//! What is known of the services behind feeds: here, which of their messages are signs of life, not events.

mod generic;

use crate::event::Received;

/// Whether a message is an event for people; if not, it only says that the feed is alive.
///
/// In doubt it is one. The id of a message that is not an event still moves the feed's cursor.
pub fn is_event(received: &Received) -> bool {
    !generic::is_sign_of_life(received)
}
