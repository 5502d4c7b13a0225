//! nginx with nchan (<https://nchan.io/>): whatever its publishers send, under ids of its own.

use crate::event::Received;

/// Recognises ids made of a Unix time and places in one channel or several: `1795227106:0`, `1795227106:[0],-`.
///
/// They go back verbatim in the header. The pings and the opening `: hi` are signs of life for every feed.
pub(super) fn is_message(received: &Received) -> bool {
    let Some((time, place)) = received.last_event_id.split_once(':') else { return false };
    let one = |place: &str| {
        let number = place.strip_prefix('[').and_then(|place| place.strip_suffix(']')).unwrap_or(place);
        number == "-" || !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    received.own_id
        // From 2001 to 2286.
        && time.len() == 10
        && time.bytes().all(|byte| byte.is_ascii_digit())
        && place.split(',').all(one)
}
