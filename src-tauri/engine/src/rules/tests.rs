//! Every condition by a table, the order of what decides, and hostile expressions.

use jiff::civil::{DateTime, time};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::settings::{Comparison, Hours, JsonTest, When};

const NOON: &str = "2026-11-21T12:00";
const NIGHT: &str = "2026-11-21T23:30";

fn at(local: &str) -> Moment {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    Moment { at: local.parse::<DateTime>().unwrap().to_zoned(zone.clone()).unwrap().timestamp(), zone }
}

fn received(event_type: &str, data: impl Into<String>) -> Received {
    Received {
        event_type: event_type.into(),
        data: data.into(),
        last_event_id: String::new(),
        own_id: false,
        received_at_ms: 0,
    }
}

fn reading(title: &str, priority: Priority) -> Reading {
    Reading { title: title.into(), priority, ..Reading::default() }
}

fn rules(rules: &[Rule]) -> Rules {
    let (rules, errors) = Rules::new(rules, None, Mute::Off);
    assert_eq!(errors, []);
    rules
}

fn rule(name: &str, when: When, then: Then) -> Rule {
    Rule { name: name.into(), off: false, when, then }
}

fn silent() -> Then {
    Then { popup: Some(false), ..Then::default() }
}

/// Asks about an event of feed "a", which raises popups.
fn judge(rules: &Rules, received: &Received, reading: &Reading, local: &str) -> Verdict {
    let feed = FeedId::from_text("a");
    let subject =
        Subject { feed: &feed, popups: true, mute: Mute::Off, at_most: Priority::Urgent, received, reading };
    rules.judge(&subject, &at(local))
}

/// Whether a rule with these conditions holds for an order over 12.5 at noon.
fn holds(when: When) -> bool {
    let data = json!({
        "total": 12.5, "text": "12.5", "state": "Paid", "open": true, "none": null,
        "tags": ["new", "VIP", 7], "items": [{"name": "Tea"}], "huge": 9_007_199_254_740_993_u64,
    });
    let rules = rules(&[rule("r", when, silent())]);
    let title = reading("New order", Priority::High);
    judge(&rules, &received("order", data.to_string()), &title, NOON).trace.rule.is_some()
}

fn json(path: &str, is: Comparison, value: &str) -> When {
    When { json: vec![JsonTest { path: path.into(), is, value: value.into() }], ..When::default() }
}

#[test]
fn a_json_test_compares_as_people_read_the_value() {
    use Comparison::{Contains, Equal, Greater, Less, Matches, NotEqual};
    let table = [
        ("total", Equal, "12.5", true),
        ("total", Equal, "12.50", true),
        ("total", Equal, "12", false),
        ("total", NotEqual, "12", true),
        ("total", Less, "12.5", false),
        ("total", Less, "13", true),
        ("total", Greater, "12.4", true),
        ("text", Greater, "12.4", true),
        ("state", Greater, "1", false),
        ("state", Equal, "Paid", true),
        ("state", Equal, "paid", false),
        ("state", Contains, "PAI", true),
        ("state", Matches, "^p.*d$", true),
        ("state", NotEqual, "Paid", false),
        ("open", Equal, "true", true),
        ("none", Equal, "null", true),
        ("tags", Contains, "vip", true),
        ("tags", Contains, "vi", false),
        ("tags", Contains, "7", true),
        ("tags[0]", Equal, "new", true),
        ("items[0].name", Matches, "tea|coffee", true),
        ("items[0]", Contains, "name", true),
        ("items", Equal, "x", false),
        ("huge", Equal, "9007199254740993", true),
        ("missing", Equal, "x", false),
        ("missing", NotEqual, "x", false),
    ];
    for (path, is, value, expected) in table {
        assert_eq!(holds(json(path, is, value)), expected, "{path} {is:?} {value}");
    }
}

#[test]
fn a_rule_holds_when_all_that_it_sets_is_so() {
    let feed = |id: &str| When { feeds: vec![FeedId::from_text(id)], ..When::default() };
    let types = |name: &str| When { types: vec!["other".into(), name.into()], ..When::default() };
    let text = |text: &str| When { text: text.into(), ..When::default() };
    let least = |priority| When { at_least: Some(priority), ..When::default() };
    let most = |priority| When { at_most: Some(priority), ..When::default() };
    let hours = |from, to| When {
        hours: Some(Hours { from: time(from, 0, 0, 0), to: time(to, 0, 0, 0), days: vec![] }),
        ..When::default()
    };
    let table = [
        (When::default(), true),
        (feed("a"), true),
        (feed("b"), false),
        (types("order"), true),
        (types("Order"), false),
        (text("ORDER$"), true),
        (text("^order"), false),
        (least(Priority::High), true),
        (least(Priority::Urgent), false),
        (most(Priority::High), true),
        (most(Priority::Normal), false),
        (hours(9, 17), true),
        (hours(22, 7), false),
        (When { text: "order".into(), ..types("order") }, true),
        (When { text: "refund".into(), ..types("order") }, false),
    ];
    for (when, expected) in table {
        assert_eq!(holds(when.clone()), expected, "{when:?}");
    }
}

#[test]
fn the_first_rule_that_holds_decides_alone() {
    let first = rule("first", When::default(), Then { star: true, ..Then::default() });
    let second = rule("second", When::default(), silent());
    let event = received("x", "text");
    let verdict = judge(&rules(&[first.clone(), second.clone()]), &event, &Reading::default(), NOON);
    assert_eq!((verdict.trace.rule.as_deref(), verdict.star), (Some("first"), true));
    assert_eq!(verdict.presented(), Presented::New, "the second was not asked");
    let off = Rule { off: true, ..first };
    let verdict = judge(&rules(&[off, second]), &event, &Reading::default(), NOON);
    assert_eq!((verdict.trace.rule.as_deref(), verdict.presented()), (Some("second"), Presented::Suppressed));
}

#[test]
fn a_rule_that_does_nothing_keeps_later_ones_from_it() {
    let verdict = judge(
        &rules(&[rule("let be", When::default(), Then::default()), rule("hush", When::default(), silent())]),
        &received("x", "text"),
        &reading("Title", Priority::Low),
        NOON,
    );
    let trace = Trace { rule: Some("let be".into()), ..Trace::default() };
    assert_eq!(verdict, Verdict { priority: Priority::Low, trace, ..Verdict::default() });
}

#[test]
fn a_rule_raises_popups_where_the_feed_raises_none() {
    let loud = rules(&[rule(
        "loud",
        When { text: "fire".into(), ..When::default() },
        Then { popup: Some(true), priority: Some(Priority::Urgent), ..Then::default() },
    )]);
    let feed = FeedId::from_text("a");
    let event = received("x", "text");
    let ask = |title| {
        let reading = reading(title, Priority::Normal);
        let subject = Subject {
            feed: &feed,
            popups: false,
            mute: Mute::Off,
            at_most: Priority::Urgent,
            received: &event,
            reading: &reading,
        };
        loud.judge(&subject, &at(NOON))
    };
    assert_eq!((ask("Fire!").trace.stop, ask("Fire!").priority), (None, Priority::Urgent));
    assert_eq!(ask("Water").trace.stop, Some(Stop::FeedOff));
}

#[test]
fn a_server_raises_nothing_above_its_limit_and_a_rule_that_sees_its_word_may() {
    let alarm = When { at_least: Some(Priority::Urgent), ..When::default() };
    let raise = Then { priority: Some(Priority::Urgent), ..Then::default() };
    let (feed, event) = (FeedId::from_text("a"), received("x", "text"));
    for (rules, said, at_most, expected) in [
        (rules(&[]), Priority::Urgent, Priority::Urgent, Priority::Urgent),
        (rules(&[]), Priority::Urgent, Priority::High, Priority::High),
        (rules(&[]), Priority::Urgent, Priority::Low, Priority::Low),
        (rules(&[]), Priority::Min, Priority::Low, Priority::Min),
        (rules(&[rule("alarm", alarm.clone(), raise)]), Priority::Urgent, Priority::Low, Priority::Urgent),
        (
            rules(&[rule("star", alarm, Then { star: true, ..Then::default() })]),
            Priority::Urgent,
            Priority::High,
            Priority::High,
        ),
    ] {
        let reading = reading("Title", said);
        let mute = Mute::Off;
        let subject =
            Subject { feed: &feed, popups: true, mute, at_most, received: &event, reading: &reading };
        assert_eq!(rules.judge(&subject, &at(NOON)).priority, expected, "{said:?} of {at_most:?}");
    }
    let quiet = Quiet {
        hours: Hours { from: time(22, 0, 0, 0), to: time(7, 0, 0, 0), days: vec![] },
        lets_urgent_through: true,
    };
    let (rules, _) = Rules::new(&[], Some(quiet), Mute::Off);
    let reading = reading("Title", Priority::Urgent);
    let (mute, at_most) = (Mute::Off, Priority::High);
    let subject = Subject { feed: &feed, popups: true, mute, at_most, received: &event, reading: &reading };
    let stop = rules.judge(&subject, &at("2026-11-21T23:00")).trace.stop;
    assert!(matches!(stop, Some(Stop::Quiet { .. })), "it doesn't break through: {stop:?}");
}

#[test]
fn mutes_end_when_they_should_and_say_whose_they_are() {
    let now_ms = at(NOON).at.as_millisecond();
    let table = [
        (Mute::Off, Mute::Off, None),
        (Mute::On, Mute::Off, Some(Stop::AllMuted)),
        (Mute::On, Mute::On, Some(Stop::AllMuted)),
        (Mute::Off, Mute::On, Some(Stop::FeedMuted)),
        (Mute::Until { at_ms: now_ms + 1 }, Mute::Off, Some(Stop::AllMuted)),
        (Mute::Until { at_ms: now_ms }, Mute::Off, None),
        (Mute::Off, Mute::Until { at_ms: now_ms + 1 }, Some(Stop::FeedMuted)),
        (Mute::Off, Mute::Until { at_ms: now_ms }, None),
    ];
    let (feed, event) = (FeedId::from_text("a"), received("x", "text"));
    let reading = reading("Title", Priority::Urgent);
    for (all, one, expected) in table {
        let (rules, _) = Rules::new(&[], None, all);
        let subject = Subject {
            feed: &feed,
            popups: true,
            mute: one,
            at_most: Priority::Urgent,
            received: &event,
            reading: &reading,
        };
        let verdict = rules.judge(&subject, &at(NOON));
        assert_eq!(verdict.trace.stop, expected, "{all:?} {one:?}");
    }
}

#[test]
fn quiet_hours_hold_popups_and_urgent_ones_break_through_only_if_told() {
    let quiet = |lets_urgent_through| Quiet {
        hours: Hours { from: time(22, 0, 0, 0), to: time(7, 0, 0, 0), days: vec![] },
        lets_urgent_through,
    };
    let until_ms = at("2026-11-22T07:00").at.as_millisecond();
    let held = Some(Stop::Quiet { until_ms });
    let table = [
        (quiet(false), Priority::Normal, NOON, None),
        (quiet(false), Priority::Normal, NIGHT, held.clone()),
        (quiet(false), Priority::Urgent, NIGHT, held.clone()),
        (quiet(true), Priority::High, NIGHT, held.clone()),
        (quiet(true), Priority::Urgent, NIGHT, None),
    ];
    for (quiet, priority, local, expected) in table {
        let (rules, _) = Rules::new(&[], Some(quiet), Mute::Off);
        let verdict = judge(&rules, &received("x", "text"), &reading("Title", priority), local);
        assert_eq!(verdict.trace.stop, expected, "{priority:?} at {local}");
        assert_eq!(verdict.presented(), Presented::New, "held, not given up");
        assert_eq!(rules.quiet_until(&at(local)), (local == NIGHT).then_some(until_ms));
    }
}

#[test]
fn what_cannot_be_used_is_told_and_the_rest_still_decides() {
    let text = |text: &str| When { text: text.into(), ..When::default() };
    let broken = [
        (text("("), RulePart::Text, "unclosed group"),
        (text("(?:a{99}){99}{99}"), RulePart::Text, "too large"),
        (json("a..b", Comparison::Equal, "x"), RulePart::Json(0), "path is wrong from"),
        (json("a", Comparison::Less, "many"), RulePart::Json(0), "is no number"),
        (json("a", Comparison::Matches, "["), RulePart::Json(0), "can't be read"),
        (
            When { at_least: Some(Priority::High), at_most: Some(Priority::Low), ..When::default() },
            RulePart::Priority,
            "Swap",
        ),
    ];
    for (when, part, says) in broken {
        let list = [rule("bad", when, silent()), rule("good", When::default(), silent())];
        let (rules, errors) = Rules::new(&list, None, Mute::Off);
        assert_eq!((errors.len(), errors[0].index, errors[0].part), (1, 0, part));
        assert!(errors[0].to_string().starts_with("Rule 1, \"bad\": "), "{}", errors[0]);
        assert!(errors[0].problem.contains(says), "{}", errors[0].problem);
        let verdict = judge(&rules, &received("x", "text"), &Reading::default(), NOON);
        assert_eq!(verdict.trace.rule.as_deref(), Some("good"));
    }
}

#[test]
fn a_sound_is_a_name_and_never_a_file() {
    let told = |sound: &str| {
        let then = Then { sound: Some(sound.into()), ..Then::default() };
        Rules::new(&[rule("r", When::default(), then)], None, Mute::Off).1.first().map(|error| error.part)
    };
    for good in ["none", "message-new-instant", "bell"] {
        assert_eq!(told(good), None, "{good}");
    }
    for bad in ["", "/tmp/x.wav", "..", "a b", "file:x", &"x".repeat(65)] {
        assert_eq!(told(bad), Some(RulePart::Sound), "{bad}");
    }
}

#[test]
fn rules_beyond_the_limit_are_told() {
    let many = vec![rule("r", When::default(), silent()); MOST_RULES + 1];
    let (rules, errors) = Rules::new(&many, None, Mute::Off);
    assert_eq!((rules.rules.len(), errors.len(), errors[0].part), (MOST_RULES, 1, RulePart::List));
}

#[test]
fn an_expression_made_to_be_slow_is_not() {
    let rules = rules(&[rule("r", When { text: "(a+)+(a+)+b".into(), ..When::default() }, silent())]);
    let long = Reading { body: format!("{}!", "a".repeat(1 << 20)), ..Reading::default() };
    assert_eq!(judge(&rules, &received("x", ""), &long, NOON).trace.rule, None);
}

proptest! {
    #[test]
    fn no_rule_and_no_event_is_a_panic(text in ".*", path in ".*", value in ".*", data in ".*", title in ".*") {
        for is in [Comparison::Equal, Comparison::Less, Comparison::Contains, Comparison::Matches] {
            let when = When { text: text.clone(), ..json(&path, is, &value) };
            let (rules, _) = Rules::new(&[rule("r", when, silent())], None, Mute::Off);
            judge(&rules, &received("x", data.clone()), &reading(&title, Priority::Normal), NOON);
        }
    }
}
