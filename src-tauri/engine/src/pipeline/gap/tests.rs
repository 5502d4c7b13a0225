//! Where a gap is suspected, and where it would be a false alarm.

use super::*;

const MINUTE: i64 = 60_000;

fn happening(at_ms: i64, what: What) -> Happening {
    Happening { at_ms, what }
}

/// A watch of a connection that began with nothing to resume from, and what it suspected.
struct Feed {
    watch: Watch,
    gaps: Vec<(i64, i64, Option<u64>)>,
}

impl Feed {
    fn begin(last_event_id: &str, past: &[(&str, i64)]) -> Self {
        let mut watch = Watch::default();
        assert!(watch.resume(&Resume { last_event_id: last_event_id.into(), reconnection: None }));
        watch.recall(&past.iter().map(|(id, at)| ((*id).to_owned(), *at)).collect::<Vec<_>>(), None);
        Self { watch, gaps: Vec::new() }
    }

    fn note(&mut self, gap: Option<Gap>) {
        self.gaps.extend(gap.map(|gap| (gap.from_ms, gap.to_ms, gap.missing)));
    }

    fn opens(&mut self, at_ms: i64) -> &mut Self {
        self.watch.happened(&happening(at_ms, What::Dialled { resumed_from: None }));
        let gap = self.watch.happened(&happening(at_ms, What::Opened { after_ms: 0 }));
        self.note(gap);
        self
    }

    fn ends(&mut self, at_ms: i64) -> &mut Self {
        let what = What::Ended { open_ms: 0, away_since_ms: at_ms, why: String::new() };
        assert_eq!(self.watch.happened(&happening(at_ms, what)), None);
        self
    }

    fn says(&mut self, ids: &[&str], at_ms: i64) -> &mut Self {
        for id in ids {
            let received = Received {
                event_type: "message".into(),
                data: String::new(),
                last_event_id: (*id).into(),
                own_id: !id.is_empty(),
                received_at_ms: at_ms,
            };
            let gap = self.watch.message(&received);
            self.note(gap);
        }
        self
    }
}

#[test]
fn numbers_that_skip_after_a_reconnection_are_missing_events() {
    for prefix in ["", "log-", "ä/7:"] {
        let ids: Vec<_> = [1, 2, 3, 4, 10, 11, 15].map(|n| format!("{prefix}{n}")).into();
        let ids: Vec<_> = ids.iter().map(String::as_str).collect();
        let mut feed = Feed::begin("", &[]);
        feed.opens(0).says(&ids[..4], 5).ends(10).opens(20).says(&ids[4..6], 30);
        assert_eq!(feed.gaps, [(5, 30, Some(5))], "{prefix}");
        feed.ends(40).opens(50).says(&ids[6..], 60);
        assert_eq!(feed.gaps[1..], [(30, 60, Some(3))], "it still counts one by one");
    }
}

#[test]
fn ids_that_never_counted_one_by_one_suspect_nothing() {
    let table: &[(&[&str], &[&str], &str)] = &[
        (&["1", "5", "6", "9"], &["20"], "numbers shared with other feeds"),
        (&["1", "2", "3"], &["9"], "two steps are a coincidence"),
        (&["1", "2", "3", "4"], &["5", "9"], "a skip on an open link is the server's way"),
        (&["1", "2", "3", "4"], &["1", "2"], "a server that counts from one again"),
        (&["a1", "a2", "a3", "a4"], &["b9"], "another count"),
        (&["a", "b", "c", "d"], &["z"], "no numbers"),
        (&["1-0", "2-0", "3-0", "4-0"], &["9-0"], "the number isn't at the end"),
        (&["1", "2", "3", "4"], &["99999999999999999999999999"], "no number of ours"),
    ];
    for (before, after, why) in table {
        let mut feed = Feed::begin("", &[]);
        feed.opens(0).says(before, 1).ends(2).opens(60 * MINUTE).says(after, 60 * MINUTE);
        assert_eq!(feed.gaps, [], "{why}");
    }
}

#[test]
fn numbers_that_skip_over_a_restart_of_the_program_are_missing_events() {
    let past = [("38", 1), ("39", 2), ("40", 3), ("41", 4)];
    let mut feed = Feed::begin("41", &past);
    feed.opens(10 * MINUTE).says(&["57"], 10 * MINUTE);
    assert_eq!(feed.gaps, [(4, 10 * MINUTE, Some(15))]);
    let mut feed = Feed::begin("41", &past[1..]);
    feed.opens(10).says(&["57"], 10);
    assert_eq!(feed.gaps, [], "the past shows too little");
    let mut feed = Feed::begin("50", &past);
    feed.opens(10).says(&["57"], 10);
    assert_eq!(feed.gaps, [], "the past is of another count");
}

#[test]
fn a_feed_without_ids_that_was_away_may_have_missed_events() {
    let mut feed = Feed::begin("", &[]);
    feed.opens(0).says(&["", ""], 1).ends(MINUTE).ends(2 * MINUTE).opens(3 * MINUTE).says(&[""], 3 * MINUTE);
    assert_eq!(feed.gaps, [(MINUTE, 3 * MINUTE, None)], "one an outage, from its begin");
    feed.ends(4 * MINUTE).opens(4 * MINUTE + 11_000);
    assert_eq!(feed.gaps.len(), 1, "an ordinary reconnection");
    feed.ends(5 * MINUTE).opens(5 * MINUTE + 11_001);
    assert_eq!(feed.gaps.len(), 2, "a little longer than one");
    feed.watch.reconnection(Duration::from_secs(30));
    feed.ends(6 * MINUTE).opens(7 * MINUTE);
    assert_eq!(feed.gaps.len(), 2, "a server that wants to be asked every half minute");
}

#[test]
fn what_was_never_open_or_can_be_resumed_has_missed_nothing() {
    let mut feed = Feed::begin("", &[]);
    feed.watch.happened(&happening(0, What::Refused { why: String::new() }));
    feed.watch.ended(1);
    feed.opens(60 * MINUTE);
    feed.says(&["x"], 60 * MINUTE).ends(61 * MINUTE).opens(99 * MINUTE);
    assert_eq!(feed.gaps, []);
    // The server took its id back, so there is nothing to resume from any more.
    assert_eq!(feed.watch.cursor(""), None);
    feed.ends(100 * MINUTE).opens(101 * MINUTE);
    assert_eq!(feed.gaps, [(100 * MINUTE, 101 * MINUTE, None)]);
}

#[test]
fn an_absence_begins_where_the_link_died_and_ends_where_the_server_listened() {
    let mut feed = Feed::begin("", &[]);
    feed.opens(0);
    let silent = What::Silent { for_ms: 90_000, away_since_ms: Some(MINUTE) };
    feed.watch.happened(&happening(3 * MINUTE, silent));
    feed.watch.happened(&happening(4 * MINUTE, What::Dialled { resumed_from: None }));
    feed.watch.happened(&happening(5 * MINUTE, What::Accepted));
    let gap = feed.watch.happened(&happening(9 * MINUTE, What::Opened { after_ms: 0 }));
    feed.note(gap);
    assert_eq!(feed.gaps, [(MINUTE, 4 * MINUTE, None)]);
}

#[test]
fn a_feed_without_ids_was_away_while_the_program_was_not_running() {
    let mut feed = Feed::begin("", &[("", 1), ("", MINUTE)]);
    feed.opens(60 * MINUTE).ends(61 * MINUTE).opens(61 * MINUTE);
    assert_eq!(feed.gaps, [(MINUTE, 60 * MINUTE, None)]);
    let mut feed = Feed::begin("x", &[("x", MINUTE)]);
    feed.opens(60 * MINUTE);
    assert_eq!(feed.gaps, [], "the server goes on from there");
}

#[test]
fn a_run_before_is_an_absence_from_when_its_stream_was_last_known_to_be_open() {
    let past = [(String::new(), MINUTE)];
    for (last_open_ms, from_ms) in [(Some(9 * MINUTE), 9 * MINUTE), (Some(0), MINUTE), (None, MINUTE)] {
        let mut watch = Watch::default();
        watch.resume(&Resume::default());
        watch.recall(&past, last_open_ms);
        let mut feed = Feed { watch, gaps: Vec::new() };
        feed.opens(60 * MINUTE);
        assert_eq!(feed.gaps, [(from_ms, 60 * MINUTE, None)]);
    }
}

#[test]
fn a_clock_that_is_set_during_an_outage_makes_it_no_longer() {
    for by_ms in [600 * MINUTE, -600 * MINUTE] {
        let mut feed = Feed::begin("", &[]);
        feed.opens(0).ends(MINUTE);
        feed.watch.shift(by_ms);
        feed.opens(MINUTE + 3000 + by_ms);
        assert_eq!(feed.gaps, [], "an ordinary reconnection");
        feed.ends(3 * MINUTE + by_ms);
        feed.watch.shift(by_ms);
        feed.opens(4 * MINUTE + 2 * by_ms);
        assert_eq!(feed.gaps, [(3 * MINUTE + 2 * by_ms, 4 * MINUTE + 2 * by_ms, None)]);
    }
}

#[test]
fn a_server_that_says_it_has_lost_what_it_was_asked_for_has_a_gap() {
    let reset = |at_ms| Received {
        event_type: "stream-reset".into(),
        data: "{}".into(),
        last_event_id: "test:3".into(),
        own_id: false,
        received_at_ms: at_ms,
    };
    let mut feed = Feed::begin("", &[]);
    feed.opens(0);
    assert_eq!(feed.watch.message(&reset(1)), None, "nothing was asked for");
    feed.says(&["test:3"], MINUTE);
    assert_eq!(feed.watch.message(&reset(MINUTE)), None, "the server's own business on an open link");
    feed.ends(2 * MINUTE).opens(3 * MINUTE);
    let gap = Gap { from_ms: MINUTE, to_ms: 3 * MINUTE, missing: None };
    assert_eq!(feed.watch.message(&reset(3 * MINUTE)), Some(gap));
}

#[test]
fn a_pause_of_the_feed_is_an_absence_and_its_past_is_asked_for_once() {
    let mut feed = Feed::begin("", &[]);
    feed.opens(0);
    feed.watch.ended(MINUTE);
    assert!(!feed.watch.resume(&Resume::default()));
    feed.opens(60 * MINUTE);
    assert_eq!(feed.gaps, [(MINUTE, 60 * MINUTE, None)]);
}
