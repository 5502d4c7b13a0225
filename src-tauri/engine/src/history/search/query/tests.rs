//! The search box's language, case by case.

use jiff::civil::date;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;

fn known() -> Vec<(FeedId, String)> {
    [("1", "Home"), ("2", "Build server"), ("3", "Build (test)"), ("4", "Übung")]
        .map(|(id, name)| (FeedId::from_text(id), name.to_owned()))
        .into()
}

fn parse(text: &str) -> Result<Query, Wrong> {
    let now = date(2026, 11, 21).at(14, 30, 0, 0).to_zoned(TimeZone::UTC).unwrap();
    Query::parse(text, Standpoint { now: &now, feeds: &known() })
}

fn texts(text: &str) -> Vec<(String, bool, bool)> {
    let texts = parse(text).unwrap().texts.into_iter();
    texts.map(|text| (text.words.trim().to_owned(), text.prefix, text.not)).collect()
}

fn text(words: &str) -> (String, bool, bool) {
    (words.to_owned(), false, false)
}

#[test]
fn words_phrases_prefixes_and_what_is_left_out() {
    assert_eq!(texts("disk FULL"), [text("disk"), text("full")]);
    assert_eq!(texts("\"disk full\""), [text("disk full")]);
    assert_eq!(texts("“disk full” now"), [text("disk full"), text("now")]);
    assert_eq!(texts("\"disk fu"), [text("disk fu")]);
    assert_eq!(texts("dis*"), [("dis".into(), true, false)]);
    assert_eq!(texts("\"disk fu\"*"), [("disk fu".into(), true, false)]);
    assert_eq!(
        texts("disk -full -\"no space\" -tmp*"),
        [
            text("disk"),
            ("full".into(), false, true),
            ("no space".into(), false, true),
            ("tmp".into(), true, true),
        ]
    );
    assert_eq!(
        texts("half-life 24\" a:b https://x.org/y 12:30"),
        [text("half life"), text("24"), text("a b"), text("https x org y"), text("12 30"),]
    );
    assert_eq!(texts(" - … * \"\" -- "), []);
    assert_eq!(texts("東京"), [text("東 京")]);
}

#[test]
fn nothing_typed_finds_everything() {
    assert_eq!(parse("").unwrap(), Query::default());
    assert_eq!(parse(" \t\u{3000}").unwrap(), Query::default());
}

#[test]
fn filters_take_values_quoted_or_not_and_a_minus() {
    let query =
        parse("feed:\"build server\" -feed:home type:push -type:\"a b\" has:link is:unread -is:starred")
            .unwrap();
    assert_eq!(query.feeds.one_of, [FeedId::from_text("2")]);
    assert_eq!(query.feeds.none_of, [FeedId::from_text("1")]);
    assert_eq!((query.types.one_of, query.types.none_of), (vec!["push".to_owned()], vec!["a b".to_owned()]));
    assert_eq!((query.link, query.read, query.starred), (Some(true), Some(false), Some(false)));
    let groups = parse("group:web-1 -group:\"web 2\"").unwrap().groups;
    assert_eq!((groups.one_of, groups.none_of), (vec!["web-1".to_owned()], vec!["web 2".to_owned()]));
    let query = parse("PRIORITY:High+ is:read -has:link").unwrap();
    assert_eq!(query.priorities.one_of, [Priority::High, Priority::Urgent]);
    assert_eq!((query.link, query.read), (Some(false), Some(true)));
}

#[test]
fn a_feed_is_meant_by_its_name_else_by_a_part_of_it() {
    let feeds =
        |text| parse(text).unwrap().feeds.one_of.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(feeds("feed:HOME"), ["1"]);
    assert_eq!(feeds("feed:build"), ["2", "3"]);
    assert_eq!(feeds("feed:ubung"), ["4"]);
    assert_eq!(feeds("feed:home feed:ubung"), ["1", "4"]);
    assert_eq!(feeds("feed:3"), ["3"]);
}

#[test]
fn a_window_of_one_feed_searches_no_other() {
    let mut query = parse("feed:home").unwrap();
    query.within(FeedId::from_text("1"));
    assert_eq!(query, parse("feed:home").unwrap());
    query.within(FeedId::from_text("2"));
    assert_eq!(query.feeds.one_of, query.feeds.none_of);
}

#[test]
fn times_are_dates_instants_and_spans() {
    let ms = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
    for (value, expected) in [
        ("2026-11-20", "2026-11-20T00:00:00Z"),
        ("2026-11", "2026-11-01T00:00:00Z"),
        ("2026-11-20T08:15", "2026-11-20T08:15:00Z"),
        ("\"2026-11-20 08:15:30\"", "2026-11-20T08:15:30Z"),
        ("today", "2026-11-21T00:00:00Z"),
        ("Yesterday", "2026-11-20T00:00:00Z"),
        ("90s", "2026-11-21T14:28:30Z"),
        ("30m", "2026-11-21T14:00:00Z"),
        ("2h", "2026-11-21T12:30:00Z"),
        ("3d", "2026-11-18T14:30:00Z"),
        ("1w", "2026-11-14T14:30:00Z"),
    ] {
        let query = parse(&format!("after:{value} -before:{value} ")).unwrap();
        assert_eq!((query.after_ms, query.before_ms), (Some(ms(expected)), None), "{value}");
        let query = parse(&format!("before:{value}")).unwrap();
        assert_eq!((query.after_ms, query.before_ms), (None, Some(ms(expected))), "{value}");
    }
    let query = parse("after:3d after:2h before:1h before:2d").unwrap();
    assert_eq!(query.after_ms, parse("after:2h").unwrap().after_ms);
    assert_eq!(query.before_ms, parse("before:2d").unwrap().before_ms);
}

#[test]
fn what_means_nothing_is_explained_where_it_stands() {
    for (text, place, message, mend) in [
        ("a feed:", 2..7, "“feed:” has no value.", "feed:name"),
        ("feed:hime", 0..9, "No feed is called “hime”.", "feed:Home."),
        ("feed:buidl", 0..10, "No feed is called “buidl”.", "feed:"),
        ("ü is:old x", 2..8, "“is:” doesn't know “old”.", "is:unread"),
        ("has:dog", 0..7, "“has:” doesn't know “dog”.", "has:link"),
        ("priority:hgih", 0..13, "“priority:” doesn't know “hgih”.", "priority:min"),
        ("after:soon", 0..10, "“soon” is no date", "2026-11-21"),
        ("after:2026-13-01", 0..16, "“2026-13-01” is no date", "2026-11-21"),
        ("before:99999999999999999999d", 0..28, "is no date", "2026-11-21"),
        ("befor:2d", 0..8, "There is no filter “befor:”.", "quotation marks"),
        ("is:read is:unread", 8..17, "contradicts", "Leave one"),
    ] {
        let wrong = parse(text).unwrap_err();
        assert_eq!(wrong.place, place, "{text}");
        assert!(wrong.message.contains(message), "{text}: {}", wrong.message);
        assert!(wrong.mend.contains(mend), "{text}: {}", wrong.mend);
    }
}

#[test]
fn a_search_has_an_end() {
    assert_eq!(parse(&"x".repeat(1_001)).unwrap_err().place, 1_000..1_001);
    assert_eq!(parse(&"x ".repeat(33)).unwrap_err().place, 64..65);
}

proptest! {
    #[test]
    fn no_text_panics_and_what_is_wrong_lies_inside_it(text in "[a-z:\"*\\-0-9東é ]{0,60}|(after|before|feed|is|has|priority|type):.{0,20}|\\PC{0,40}") {
        if let Err(wrong) = parse(&text) {
            prop_assert!(wrong.place.start < wrong.place.end);
            prop_assert!(wrong.place.end <= text.chars().count());
        }
    }
}
