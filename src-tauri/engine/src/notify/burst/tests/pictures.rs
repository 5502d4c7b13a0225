//! Popups that wait for the picture that their event names.

use std::path::PathBuf;

use super::*;

fn naming(feed: &str, event: i64) -> Notice {
    Notice { picture: Named::Coming, ..notice(feed, event) }
}

impl Stage {
    fn bring(&mut self, feed: &str, event: i64, picture: Option<&str>) {
        let picture = picture.map_or(Named::Nothing, |file| Named::Here(file.into()));
        self.bursts.picture(&FeedId::from_text(feed), EventId(event), picture);
    }

    /// When each event was shown, and with which picture.
    fn pictures(&self) -> Vec<(i64, u128, Option<PathBuf>)> {
        let shown = self.shown.iter().map(|(at, call)| match &call.content {
            Content::Event(Notice { event, picture: Named::Here(file), .. }) => {
                (event.0, at.as_millis(), Some(file.clone()))
            }
            Content::Event(notice) => (notice.event.0, at.as_millis(), None),
            other @ (Content::More { .. }
            | Content::Summary(_)
            | Content::Digest(_)
            | Content::Alert(_)
            | Content::Word(_)) => panic!("{other:?}"),
        });
        shown.collect()
    }
}

#[test]
fn a_popup_waits_for_its_picture_for_a_second_and_then_comes_without() {
    let mut stage = Stage::new();
    let _ = stage.offer(naming("a", 1));
    let _ = stage.offer(naming("b", 2));
    stage.run(SECOND / 4);
    stage.bring("b", 2, Some("b.png"));
    stage.run(SECOND);
    assert_eq!(stage.pictures(), [(2, 250, Some("b.png".into())), (1, 1_000, None)]);
    stage.bring("a", 1, Some("late.png"));
    stage.run(SECOND);
    assert_eq!(stage.shown.len(), 2, "what comes late is left out");
}

#[test]
fn a_picture_that_never_comes_holds_up_no_other_feed_and_keeps_the_order_of_its_own() {
    let mut stage = Stage::new();
    let _ = stage.offer(naming("a", 1));
    let _ = stage.offer(notice("a", 2));
    let _ = stage.offer(notice("b", 3));
    stage.run(SECOND * 2);
    assert_eq!(stage.pictures(), [(3, 0, None), (1, 1_000, None), (2, 1_000, None)]);
}

#[test]
fn none_to_be_had_is_no_reason_to_wait() {
    let mut stage = Stage::new();
    let _ = stage.offer(naming("a", 1));
    stage.bring("a", 1, None);
    let _ = stage.offer(Notice { key: Some("k".into()), ..naming("b", 2) });
    stage.bring("b", 2, Some("b.png"));
    let _ = stage.offer(Notice { key: Some("k".into()), ..naming("c", 3) });
    stage.run(SECOND * 2);
    let mut shown = stage.pictures();
    shown.sort();
    assert_eq!(shown, [(1, 0, None), (2, 0, Some("b.png".into())), (3, 1_000, None)]);
}
