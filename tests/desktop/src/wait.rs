//! Waiting for something outside this process, with an end.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::trouble::Trouble;

/// Between two looks: short beside what programs take to start, long enough not to keep them from it.
const PAUSE: Duration = Duration::from_millis(40);

/// Looks again and again until `look` finds something.
///
/// # Errors
/// Says `what` was waited for when `limit` has passed.
pub async fn until<T>(
    what: &str,
    limit: Duration,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> Result<T, Trouble> {
    let end = Instant::now() + limit;
    loop {
        if let Some(found) = look().await {
            return Ok(found);
        }
        if Instant::now() >= end {
            return Err(Trouble::NotInTime { what: what.to_owned(), limit });
        }
        sleep(PAUSE).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn gives_what_a_later_look_finds() {
        let mut looks = 0;
        let found = until("the third look", Duration::from_secs(1), async || {
            looks += 1;
            (looks == 3).then_some("it")
        });
        assert_eq!(found.await.expect("found"), "it");
        assert_eq!(looks, 3);
    }

    #[tokio::test(start_paused = true)]
    async fn says_what_never_came() {
        let never = until("the Greek calends", Duration::from_secs(1), async || None::<()>);
        let trouble = never.await.expect_err("nothing to find");
        assert_eq!(trouble.to_string(), "the Greek calends: not within 1s");
    }
}
