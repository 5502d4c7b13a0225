//! Tasks from 0 to 100 %, one after another; all steps of a task share its key.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::time::Interval;

use crate::feed::Feed;

const TASKS: [&str; 4] =
    ["Copying photographs", "Checking the archive", "Building the index", "Sending the newsletter"];

/// The steps of a task, in per cent: small enough to watch it move.
const STEP: u64 = 5;

/// The steps it takes from 0 to 100 %, both counted.
const STEPS: u64 = 100 / STEP + 1;

/// Publishes a step at every tick.
pub(super) async fn run(feed: Arc<Feed>, mut ticks: Interval) {
    for step in 0_u64.. {
        ticks.tick().await;
        feed.publish(Some("progress"), &told(step).to_string());
    }
}

/// Tells the step that is the `step`th since the start, over all tasks.
fn told(step: u64) -> Value {
    let (task, percent) = (step / STEPS, step % STEPS * STEP);
    let title = TASKS[(task % TASKS.len() as u64) as usize];
    let message = if percent == 100 { "Done.".to_owned() } else { format!("{percent} %") };
    json!({ "key": format!("task-{}", task + 1), "title": title, "percent": percent, "message": message })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_goes_from_nothing_to_all_under_one_key() {
        let percents: Vec<_> = (0..STEPS).map(|step| told(step)["percent"].as_u64().unwrap()).collect();
        assert_eq!((percents[0], percents[20], percents.len()), (0, 100, 21));
        assert!((0..STEPS).all(|step| told(step)["key"] == "task-1"));
    }

    #[test]
    fn another_task_follows_under_another_key() {
        let next = told(STEPS);
        assert_eq!(next["key"], "task-2");
        assert_eq!(next["percent"], 0);
        assert_eq!(next["title"], TASKS[1]);
    }
}
