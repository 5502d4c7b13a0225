//! What bursts come to, on virtual time.

use proptest::prelude::*;

use super::super::tests::notice;
use super::*;
use crate::event::Priority;

mod digest;
mod keys;
mod pictures;

const SECOND: Duration = Duration::from_secs(1);

/// A virtual clock around bursts, and what was shown when.
struct Stage {
    bursts: Bursts,
    start: Instant,
    now: Instant,
    shown: Vec<(Duration, Call)>,
}

impl Stage {
    fn new() -> Self {
        let start = Instant::now();
        Self { bursts: Bursts::new(start), start, now: start, shown: Vec::new() }
    }

    fn offer(&mut self, notice: Notice) -> Offered {
        self.bursts.offer(notice, self.now)
    }

    /// Shows everything that may be shown until then.
    fn run(&mut self, time: Duration) {
        let end = self.now + time;
        loop {
            while let Some(call) = self.bursts.take(self.now) {
                self.bursts.settle(&call, true, self.now);
                self.shown.push((self.now - self.start, call));
            }
            match self.bursts.next(self.now) {
                Some(at) if at <= end => {
                    assert!(at > self.now, "what is due is given");
                    self.now = at;
                }
                Some(_) | None => break,
            }
        }
        self.now = end;
    }

    /// When each popup of a feed was shown, in milliseconds, and how many events it counts.
    fn of(&self, feed: &str) -> Vec<(u128, u64)> {
        let calls = self.shown.iter().filter(|(_, call)| call.feed.as_str() == feed);
        calls.map(|(at, call)| (at.as_millis(), count(call))).collect()
    }

    fn settled(&self) -> Vec<i64> {
        let mut events: Vec<i64> =
            self.shown.iter().flat_map(|(_, call)| &call.events).map(|event| event.0).collect();
        events.sort_unstable();
        events
    }
}

fn count(call: &Call) -> u64 {
    match &call.content {
        Content::Event(_) | Content::Alert(_) | Content::Word(_) => 1,
        Content::More { count, .. } => *count,
        Content::Summary(summary) => summary.count,
        Content::Digest(sums) => sums.iter().map(|summary| summary.count).sum(),
    }
}

fn keyed(feed: &str, event: i64, key: &str) -> Notice {
    Notice { key: Some(key.to_owned()), ..notice(feed, event) }
}

#[test]
fn ten_thousand_at_once_make_three_popups_and_one_count() {
    let mut stage = Stage::new();
    for event in 0..10_000 {
        assert_eq!(stage.offer(notice("a", event)), Offered::Taken);
    }
    stage.run(SECOND * 20);
    assert_eq!(stage.of("a"), [(0, 1), (0, 1), (0, 1), (1_000, 9_997)]);
    assert_eq!(stage.settled(), (0..10_000).collect::<Vec<_>>());
}

#[test]
fn ten_thousand_in_ten_seconds_make_at_most_eight_calls_and_lose_nobody() {
    let mut stage = Stage::new();
    for event in 0..10_000 {
        assert_eq!(stage.offer(notice("a", event)), Offered::Taken);
        stage.run(Duration::from_millis(1));
    }
    assert_eq!(
        stage.of("a").iter().map(|(at, _)| *at).collect::<Vec<_>>(),
        [0, 1, 2, 1_003, 2_500, 5_000, 7_500, 10_000]
    );
    stage.run(SECOND * 10);
    assert_eq!(stage.of("a").last().map(|(_, count)| *count), Some(9_997));
    assert_eq!(stage.settled(), (0..10_000).collect::<Vec<_>>());
}

#[test]
fn a_few_events_are_shown_one_by_one_at_once() {
    let mut stage = Stage::new();
    for event in 0..3 {
        let _ = stage.offer(notice("a", event));
    }
    stage.run(Duration::ZERO);
    assert_eq!(stage.of("a"), [(0, 1), (0, 1), (0, 1)]);
    stage.run(SECOND * 6);
    let _ = stage.offer(notice("a", 3));
    stage.run(Duration::ZERO);
    assert_eq!(stage.of("a").last(), Some(&(6_000, 1)));
}

#[test]
fn a_single_event_too_many_is_shown_as_itself() {
    let mut stage = Stage::new();
    for event in 0..4 {
        let _ = stage.offer(notice("a", event));
    }
    stage.run(SECOND * 5);
    let last = &stage.shown.last().unwrap().1;
    assert_eq!((&last.place, &last.content), (&Place::Own, &Content::Event(notice("a", 3))));
}

#[test]
fn other_feeds_are_not_delayed_by_a_flood() {
    let mut stage = Stage::new();
    for second in 0..60 {
        for event in 0..100 {
            for feed in ["flood", "flood 2", "flood 3", "flood 4", "flood 5"] {
                let _ = stage.offer(notice(feed, second * 100 + event));
            }
        }
        if second % 10 == 5 {
            let _ = stage.offer(notice("quiet", second));
        }
        stage.run(SECOND);
    }
    let wanted: Vec<_> = (0..6).map(|nth| (5_000 + nth * 10_000, 1)).collect();
    assert_eq!(stage.of("quiet"), wanted);
}

#[test]
fn the_count_goes_on_until_a_person_deals_with_it() {
    let mut stage = Stage::new();
    let flood = |stage: &mut Stage| {
        for event in 0..13 {
            let _ = stage.offer(notice("a", event));
        }
        stage.run(SECOND * 20);
        stage.of("a").last().unwrap().1
    };
    assert_eq!(flood(&mut stage), 10);
    assert_eq!(flood(&mut stage), 20);
    stage.bursts.start_afresh(&FeedId::from_text("a"));
    assert_eq!(flood(&mut stage), 10);
    stage.run(SECOND * 60);
    assert_eq!(flood(&mut stage), 10);
}

#[test]
fn a_count_that_nobody_saw_is_not_counted_again() {
    let mut stage = Stage::new();
    for event in 0..13 {
        let _ = stage.offer(notice("a", event));
    }
    stage.now += SECOND;
    let calls: Vec<_> = std::iter::from_fn(|| stage.bursts.take(stage.now)).collect();
    assert_eq!(calls.iter().map(count).collect::<Vec<_>>(), [1, 1, 1, 10]);
    for call in &calls {
        stage.bursts.settle(call, false, stage.now);
    }
    stage.run(SECOND * 2);
    for event in 20..25 {
        let _ = stage.offer(notice("a", event));
    }
    stage.run(SECOND * 20);
    assert_eq!(stage.of("a").last().map(|(_, count)| *count), Some(5));
}

#[test]
fn what_must_be_seen_at_once_may_use_the_last_call() {
    let mut stage = Stage::new();
    for event in 0..3 {
        let _ = stage.offer(notice("a", event));
    }
    let _ = stage.offer(Notice { priority: Priority::Urgent, ..notice("a", 3) });
    stage.run(Duration::ZERO);
    assert_eq!(stage.of("a").len(), 4);
}

#[test]
fn a_count_is_as_urgent_as_its_most_urgent_event() {
    let mut stage = Stage::new();
    for event in 0..20 {
        let priority = if event == 10 { Priority::High } else { Priority::Low };
        let _ = stage.offer(Notice { priority, ..notice("a", event) });
    }
    stage.run(SECOND * 2);
    let Content::More { newest, .. } = &stage.shown.last().unwrap().1.content else { panic!("a count") };
    assert_eq!((newest.event, newest.priority), (EventId(19), Priority::High));
}

fn summary(count: u64) -> Summary {
    Summary { count, newest: EventId(9), most_urgent: notice("a", 9) }
}

#[test]
fn a_catch_up_comes_once_a_feed_and_waits_a_second_for_more() {
    let mut stage = Stage::new();
    let _ = stage.offer(notice("a", 10));
    stage.bursts.summarise(summary(3), stage.now);
    stage.bursts.summarise(summary(14), stage.now);
    for event in 11..16 {
        stage.bursts.catch_up(notice("a", event), stage.now);
    }
    stage.run(SECOND);
    assert_eq!(stage.of("a"), [(0, 1), (1_000, 19)]);
    assert_eq!(stage.settled(), [10], "a summary settles by its newest event");
}

#[test]
fn a_long_catch_up_goes_on_counting_and_a_later_one_starts_anew() {
    let mut stage = Stage::new();
    for event in 0..250 {
        stage.bursts.catch_up(notice("a", event), stage.now);
        stage.run(Duration::from_millis(10));
    }
    stage.run(SECOND * 20);
    let counts: Vec<u64> = stage.of("a").iter().map(|(_, count)| *count).collect();
    assert_eq!(counts, [100, 200, 250]);
    assert!(stage.shown.iter().all(|(_, call)| call.place == Place::Summary), "in place");
    for event in 250..252 {
        stage.bursts.catch_up(notice("a", event), stage.now);
    }
    stage.run(SECOND * 2);
    assert_eq!(stage.of("a").last().unwrap().1, 2);
}

#[test]
fn a_catch_up_of_one_event_is_that_event() {
    let mut stage = Stage::new();
    stage.bursts.catch_up(notice("a", 7), stage.now);
    stage.run(SECOND);
    let (_, call) = &stage.shown[0];
    assert_eq!((&call.place, &call.content), (&Place::Own, &Content::Event(notice("a", 7))));
    assert_eq!(stage.settled(), [7]);
}

#[test]
fn a_catch_up_names_the_newest_of_the_most_urgent() {
    let mut stage = Stage::new();
    for (event, priority) in
        [(1, Priority::Low), (2, Priority::High), (3, Priority::High), (4, Priority::Normal)]
    {
        stage.bursts.catch_up(Notice { priority, ..notice("a", event) }, stage.now);
    }
    stage.run(SECOND);
    let Content::Summary(summary) = &stage.shown[0].1.content else { panic!("a summary") };
    assert_eq!((summary.count, summary.newest, summary.most_urgent.event), (4, EventId(4), EventId(3)));
}

#[test]
fn waiting_events_are_bounded_and_still_counted() {
    let mut stage = Stage::new();
    let counted = (0..50_000).filter(|event| stage.offer(notice("a", *event)) == Offered::Counted).count();
    assert_eq!(counted, 50_000 - 3 - 20_000);
    stage.run(SECOND * 2);
    assert_eq!(stage.of("a").last().map(|(_, count)| *count), Some(49_997));
}

#[test]
fn a_forgotten_feed_shows_nothing() {
    let mut stage = Stage::new();
    let _ = stage.offer(notice("a", 1));
    stage.bursts.forget(&FeedId::from_text("a"));
    stage.run(SECOND * 10);
    assert!(stage.shown.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_comes_the_limits_hold_and_every_event_is_settled_once(
        offers in prop::collection::vec((0..4_usize, prop::option::of(0..30_u8), 0..4_u8, 0..400_u64), 1..400)
    ) {
        let feeds = ["a", "b", "c", "d"];
        let mut stage = Stage::new();
        for (event, (feed, key, priority, wait)) in offers.iter().enumerate() {
            let priority = if *priority == 0 { Priority::Urgent } else { Priority::Normal };
            let key = key.filter(|key| *key < 20).map(|key| key.to_string());
            let _ = stage.offer(Notice { priority, key, ..notice(feeds[*feed], i64::try_from(event).unwrap()) });
            stage.run(Duration::from_millis(*wait));
        }
        stage.run(SECOND * 120);
        prop_assert_eq!(stage.settled(), (0..i64::try_from(offers.len()).unwrap()).collect::<Vec<_>>());
        for feed in feeds {
            let times: Vec<u128> = stage.of(feed).iter().map(|(at, _)| *at).collect();
            for (nth, from) in times.iter().enumerate() {
                let within = times[nth..].iter().filter(|at| **at - from <= 10_000).count();
                prop_assert!(within <= 8, "{} calls from {} ms", within, from);
            }
        }
        let mores = stage.shown.iter().filter(|(_, call)| call.place == Place::More);
        let mut last: HashMap<&str, Duration> = HashMap::new();
        for (at, call) in mores {
            if let Some(before) = last.insert(call.feed.as_str(), *at) {
                prop_assert!(*at - before >= SECOND);
            }
        }
    }
}
