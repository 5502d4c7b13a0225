//! The commands of the demo.

use serde_json::{Value, json};

use super::Stage;

#[test]
fn add_demo_gives_feeds_that_go_live_and_remove_demo_takes_them_away() {
    let stage = Stage::new();
    let feeds = stage.ask("add_demo", json!({})).expect("the demo");
    let feeds = feeds.as_array().expect("a list");
    assert!(
        feeds.iter().all(|feed| feed["url"].as_str().is_some_and(|url| url.starts_with("tidings-demo:/")))
    );
    stage.until("prices come", |now| now.recent.len() > 3);
    assert_eq!(stage.ask("remove_demo", json!({})), Ok(Value::Null));
    let now = stage.until("they are gone", |now| now.feeds.is_empty());
    assert!(now.recent.is_empty());
}
