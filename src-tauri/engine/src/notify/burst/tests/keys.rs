//! Events with keys: states of things, names that never come again, and what is taken back.

use super::*;

#[test]
fn states_of_one_thing_are_updated_in_place_and_the_last_one_is_shown() {
    let mut stage = Stage::new();
    for percent in 0..=100 {
        let _ = stage.offer(keyed("a", percent, "task"));
        stage.run(Duration::from_millis(50));
    }
    stage.run(SECOND * 10);
    let times: Vec<_> = stage.of("a").iter().map(|(at, _)| *at).collect();
    assert_eq!(times, [0, 1_000, 2_000, 3_000, 4_000, 5_000, 7_500]);
    let (_, last) = stage.shown.last().unwrap();
    assert_eq!(
        (&last.place, &last.content),
        (&Place::Key("task".into()), &Content::Event(keyed("a", 100, "task")))
    );
    assert_eq!(stage.settled(), (0..=100).collect::<Vec<_>>());
}

#[test]
fn a_ticker_of_four_symbols_takes_turns() {
    let mut stage = Stage::new();
    for round in 0..200 {
        for (nth, symbol) in ["A", "B", "C", "D"].into_iter().enumerate() {
            let _ = stage.offer(keyed("ticker", round * 4 + i64::try_from(nth).unwrap(), symbol));
        }
        stage.run(Duration::from_millis(100));
    }
    let places: Vec<_> = stage.shown.iter().map(|(_, call)| call.place.clone()).collect();
    let turns = ["A", "B", "C", "D"].map(|symbol| Place::Key(symbol.into()));
    assert_eq!(places[..8], [turns.clone(), turns].concat());
    assert!(stage.shown.iter().all(|(_, call)| call.place != Place::More));
}

#[test]
fn keys_that_never_come_again_are_counted_like_events_without_one() {
    let mut stage = Stage::new();
    for event in 0..1_000 {
        let _ = stage.offer(keyed("a", event, &event.to_string()));
    }
    stage.run(SECOND * 60);
    assert_eq!(stage.of("a"), [(0, 1), (0, 1), (0, 1), (1_000, 997)]);
}

#[test]
fn what_was_counted_of_a_thing_joins_its_state_when_that_comes_again() {
    let mut stage = Stage::new();
    for event in 0..5 {
        let _ = stage.offer(keyed("a", event, &event.to_string()));
    }
    for event in 3..5 {
        let _ = stage.offer(keyed("a", event + 10, &event.to_string()));
    }
    stage.run(SECOND * 20);
    assert!(stage.shown.iter().all(|(_, call)| call.place != Place::More));
    assert_eq!(stage.settled(), [0, 1, 2, 3, 4, 13, 14]);
}

#[test]
fn what_is_taken_back_before_it_is_shown_never_is() {
    let mut stage = Stage::new();
    let feed = FeedId::from_text("a");
    for event in 0..6 {
        let _ = stage.offer(keyed("a", event, &event.to_string()));
    }
    let mut taken = |key| stage.bursts.withdraw(&feed, key, stage.now);
    assert_eq!((taken("1"), taken("4"), taken("none")), (vec![EventId(1)], vec![EventId(4)], vec![]));
    stage.run(SECOND * 20);
    assert_eq!(stage.settled(), [0, 2, 3, 5]);
    assert_eq!(stage.of("a"), [(0, 1), (0, 1), (1_000, 2)]);
}

#[test]
fn a_catch_up_of_one_event_that_is_taken_back_is_none() {
    let mut stage = Stage::new();
    let feed = FeedId::from_text("a");
    stage.bursts.catch_up(keyed("a", 1, "k"), stage.now);
    assert_eq!(stage.bursts.withdraw(&feed, "k", stage.now), [EventId(1)]);
    stage.run(SECOND * 5);
    assert!(stage.shown.is_empty());
}

#[test]
fn keys_whose_popups_are_to_be_closed_are_given_once_and_bounded() {
    let mut stage = Stage::new();
    let feed = FeedId::from_text("a");
    for key in 0..1_000 {
        for _ in 0..2 {
            let _ = stage.bursts.withdraw(&feed, &key.to_string(), stage.now);
        }
    }
    let given = stage.bursts.take_withdrawn();
    assert_eq!((given.len(), given.last()), (64, Some(&(feed, Place::Key("999".to_owned())))));
    assert_eq!(stage.bursts.take_withdrawn(), []);
}

#[test]
fn more_keys_than_gauges_are_counted() {
    let mut stage = Stage::new();
    for event in 0..1_000 {
        let _ = stage.offer(keyed("a", event, &event.to_string()));
    }
    stage.run(SECOND * 60);
    assert_eq!(stage.shown.iter().map(|(_, call)| count(call)).sum::<u64>(), 1_000);
    assert_eq!(stage.settled().len(), 1_000);
}

/// Sends for minutes on end, and gives whether that is found to be more than popups can show, and the number of calls.
fn sent(minutes: i64, per_second: u32, of: impl Fn(i64) -> Notice) -> (bool, usize) {
    let mut stage = Stage::new();
    for event in 0..minutes * 60 * i64::from(per_second) {
        let _ = stage.offer(of(event));
        stage.run(SECOND / per_second);
    }
    (!stage.bursts.bursting(stage.now).is_empty(), stage.shown.len())
}

#[test]
fn a_ticker_of_forty_a_second_is_one_popup_that_changes_in_place() {
    let mut stage = Stage::new();
    for event in 0..40 * 60 {
        let _ = stage.offer(keyed("ticker", event, "TSTA"));
        stage.run(SECOND / 40);
    }
    stage.run(SECOND * 10);
    assert!(stage.shown.len() <= 4 + 28, "{} calls in seventy seconds", stage.shown.len());
    assert!(stage.shown.iter().all(|(_, call)| call.place == Place::Key("TSTA".into())));
    assert_eq!(stage.settled(), (0..40 * 60).collect::<Vec<_>>());
}

#[test]
fn what_goes_on_for_ten_minutes_beyond_what_popups_show_is_noticed() {
    let ticker = |event| keyed("ticker", event, "TSTA");
    let gauges = |event: i64| keyed("gauges", event, &(event % 40).to_string());
    let log = |event| notice("log", event);
    for of in [&ticker as &dyn Fn(i64) -> Notice, &gauges, &log] {
        let (noticed, calls) = sent(1, 40, of);
        assert!(!noticed && calls <= 4 + 24, "{calls} calls in a minute, and no habit yet");
        assert!(sent(10, 40, of).0);
    }
}

#[test]
fn what_is_shown_and_the_progress_of_a_task_are_no_excess() {
    let mut stage = Stage::new();
    for event in 0..400 {
        let _ = stage.offer(keyed("price", event, "TSTA"));
        stage.run(SECOND * 3);
    }
    assert!(stage.bursts.bursting(stage.now).is_empty());
    let progress = |event: i64| Notice { progress: Some(40), ..keyed("task", event, "backup") };
    assert!(!sent(15, 4, progress).0);
}
