//! What charts promise: the right buckets, bounds on everything, and no harm from strange data.

use proptest::prelude::*;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::*;
use crate::event::{GAP_TYPE, Presented, Reading, Received, Trace};
use crate::history::{Batch, Cursor, NewEvent};
use crate::update::Scope;

const MINUTE_MS: i64 = 60_000;

/// A history of one feed in a folder that is gone when the test is.
struct Stage {
    runtime: Runtime,
    history: History,
    feed: FeedId,
    _folder: TempDir,
}

impl Stage {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let history = History::open(folder.path()).unwrap().history;
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        Self { runtime, history, feed: FeedId::from_text("f"), _folder: folder }
    }

    /// A stage with one event a second, each with this data.
    fn with(data: &[&str]) -> Self {
        let stage = Self::new();
        stage.store(data.iter().enumerate().map(|(n, data)| event(n as i64 * 1_000, data, None)).collect());
        stage
    }

    fn store(&self, events: Vec<NewEvent>) {
        let batch = Batch { feed: self.feed.clone(), events, cursor: Cursor::default() };
        self.runtime.block_on(self.history.store(batch)).unwrap();
    }

    fn line(&self, what: What) -> Line {
        Line { feed: self.feed.clone(), what, only: None }
    }

    fn number(&self, path: &str) -> Line {
        self.line(What::Number(path.into()))
    }

    fn chart(&self, lines: &[Line], span: Span, after: Option<EventId>) -> Chart {
        self.runtime.block_on(chart(&self.history, lines, span, after)).unwrap()
    }

    fn series(&self, line: Line) -> Series {
        self.chart(&[line], hour(MINUTE_MS), None).series.remove(0)
    }

    fn numbers(&self) -> FeedNumbers {
        self.runtime.block_on(numbers(&self.history, &self.feed)).unwrap()
    }
}

fn hour(width_ms: i64) -> Span {
    Span { from_ms: 0, to_ms: 60 * MINUTE_MS, width_ms }
}

fn event(at_ms: i64, data: &str, key: Option<&str>) -> NewEvent {
    NewEvent {
        received: Received {
            event_type: "message".into(),
            data: data.into(),
            last_event_id: String::new(),
            own_id: false,
            received_at_ms: at_ms,
        },
        reading: Reading { title: "Title".into(), key: key.map(Into::into), ..Reading::default() },
        read: false,
        presented: Presented::New,
        trace: Trace::default(),
        starred: false,
    }
}

fn lasts(series: &Series) -> Vec<f64> {
    series.buckets.iter().map(|bucket| bucket.last).collect()
}

#[test]
fn sums_up_each_span_of_time_by_least_greatest_and_last() {
    let stage = Stage::new();
    let at = |minute: i64, n: &str| event(minute * MINUTE_MS + 7, &format!(r#"{{"a": {{"n": {n}}}}}"#), None);
    stage.store(vec![at(0, "5"), at(0, "-2.5"), at(0, "3"), at(2, "1e3")]);
    let series = stage.series(stage.number("a.n"));
    let bucket = |at_ms, count, min, max, last| Bucket { at_ms, count, min, max, last };
    assert_eq!(series.buckets, [bucket(0, 3, -2.5, 5.0, 3.0), bucket(2 * MINUTE_MS, 1, 1e3, 1e3, 1e3)]);
    assert_eq!(series.looked, Looked { looked: 4, of: 4 });
    let count = stage.series(stage.line(What::Count));
    assert_eq!(count.buckets.iter().map(|bucket| bucket.count).collect::<Vec<_>>(), [3, 1]);
}

#[test]
fn takes_only_what_lies_in_the_time_and_follows_the_event_before() {
    let stage = Stage::with(&["1", "2", "3", "4", "5"]);
    let span = Span { from_ms: 1_000, to_ms: 4_000, width_ms: 1_000 };
    let line = [stage.number("")];
    let all = stage.chart(&line, span, None);
    assert_eq!(lasts(&all.series[0]), [2.0, 3.0, 4.0]);
    assert_eq!(all.until, EventId(5), "also those outside of the time are dealt with");
    assert_eq!(lasts(&stage.chart(&line, span, Some(EventId(3))).series[0]), [4.0]);
    let later = stage.chart(&line, span, Some(all.until));
    assert_eq!((&later.series[0].buckets, later.series[0].looked.of), (&vec![], 0));
}

#[test]
fn takes_only_events_whose_data_says_so() {
    let ticks = [r#"{"s": "OAK", "p": 1}"#, r#"{"s": "ELM", "p": 2}"#, r#"{"p": 3}"#, r#"{"s": 7, "p": 4}"#];
    let stage = Stage::with(&ticks);
    let of = |equals: &str| {
        let only = Some(Only { path: "s".into(), equals: equals.into() });
        lasts(&stage.series(Line { only, ..stage.number("p") }))
    };
    assert_eq!((of("OAK"), of("ELM"), of("7"), of("")), (vec![1.0], vec![2.0], vec![4.0], vec![]));
    let only = Some(Only { path: "s".into(), equals: "OAK".into() });
    let counted = stage.series(Line { only, ..stage.line(What::Count) });
    assert_eq!(counted.buckets[0].count, 1, "a count can be of some events too");
}

#[test]
fn leaves_out_what_is_no_number() {
    let odd = [
        "",
        "{",
        "null",
        "true",
        "[]",
        "{}",
        r#"{"n": null}"#,
        r#"{"n": "x"}"#,
        r#"{"n": "inf"}"#,
        r#"{"n": "NaN"}"#,
        r#"{"n": "1e999"}"#,
        r#"{"n": 1e999}"#,
        r#"{"n": []}"#,
        r#"{"n": "infinity"}"#,
        r#"{"n": ""}"#,
        "plain text",
    ];
    let stage = Stage::with(&odd);
    assert_eq!(stage.series(stage.number("n")).buckets, []);
    let numbers =
        [r#"{"n": " 21.4 "}"#, r#"{"n": "-3"}"#, r#"{"n": 18446744073709551615}"#, r#"{"n": 1e308}"#];
    let stage = Stage::with(&numbers);
    let span = Span { from_ms: 0, to_ms: 4_000, width_ms: 1_000 };
    let chart = stage.chart(&[stage.number("n")], span, None);
    assert_eq!(lasts(&chart.series[0]), [21.4, -3.0, 18_446_744_073_709_551_615.0, 1e308]);
}

#[test]
fn a_path_that_is_none_says_why_and_the_other_lines_are_there() {
    let stage = Stage::with(&[r#"{"n": 1}"#]);
    let only = Only { path: "b[".into(), equals: String::new() };
    let lines = [stage.number("a..b"), Line { only: Some(only), ..stage.number("n") }, stage.number("n")];
    let series = stage.chart(&lines, hour(MINUTE_MS), None).series;
    assert!(series[0].wrong.is_some() && series[1].wrong.is_some());
    assert_eq!((&series[1].buckets, lasts(&series[2])), (&vec![], vec![1.0]));
    let gone = Line { feed: FeedId::from_text("gone"), ..stage.number("n") };
    assert_eq!(stage.series(gone), Series::default());
}

#[test]
fn deleted_events_and_gaps_are_no_readings() {
    let stage = Stage::with(&["1", "2"]);
    let mut gap = event(3_000, r#"{"n": 1}"#, None);
    gap.received.event_type = GAP_TYPE.into();
    stage.store(vec![gap]);
    stage.runtime.block_on(stage.history.delete(Scope::Event { id: EventId(2) })).unwrap();
    assert_eq!(lasts(&stage.series(stage.number(""))), [1.0]);
    assert_eq!(stage.series(stage.line(What::Count)).buckets[0].count, 1);
}

#[test]
fn tells_the_latest_state_of_the_latest_tasks() {
    let stage = Stage::new();
    let state = |at, key: &str, percent: &str| event(at, &format!(r#"{{"percent": {percent}}}"#), Some(key));
    let mut events: Vec<_> = (0..2_000).map(|n| state(n, &format!("old {n}"), "100")).collect();
    events.extend([state(5_000, "a", "10"), state(6_000, "b", "50"), state(7_000, "a", "15.5")]);
    events.extend([
        state(8_000, "c", "101"),
        state(8_000, "d", "-1"),
        event(9_000, r#"{"percent": 3}"#, None),
    ]);
    stage.store(events);
    let series = stage.series(stage.line(What::Tasks("percent".into())));
    let told: Vec<_> =
        series.tasks.iter().map(|task| (task.key.as_str(), task.percent, task.at_ms)).collect();
    assert_eq!(told[..3], [("a", 15.5, 7_000), ("b", 50.0, 6_000), ("old 1999", 100.0, 1_999)]);
    assert_eq!((told.len(), series.tasks[0].title.as_str()), (TASKS, "Title"));
    assert_eq!(series.buckets, []);
}

#[test]
fn a_flood_of_tasks_at_one_moment_keeps_memory_bounded() {
    let mut tasks = HashMap::new();
    for n in 0..10 * TASKS_HELD {
        let seen = Seen { at_ms: 1, key: Some(n.to_string()), title: String::new(), data: String::new() };
        note(&mut tasks, &seen, 1.0);
        assert!(tasks.len() <= TASKS_HELD);
    }
}

/// `TIDINGS_CHART_EVENTS=1000000` makes it a month of a busy feed, and says how long the chart took.
#[test]
fn many_events_are_sampled_and_counted_all_the_same() {
    let many =
        std::env::var("TIDINGS_CHART_EVENTS").ok().and_then(|many| many.parse().ok()).unwrap_or(40_000);
    let stage = Stage::new();
    let (month_ms, every_ms) = (30 * 24 * 60 * MINUTE_MS, 30 * 24 * 60 * MINUTE_MS / many);
    for from in (0..many).step_by(500) {
        let to = many.min(from + 500);
        let tick = |n: i64| event(n * every_ms, &format!(r#"{{"s": "{}", "n": {n}}}"#, n % 4), None);
        stage.store((from..to).map(tick).collect());
    }
    let span = Span { from_ms: 0, to_ms: month_ms, width_ms: month_ms / 120 };
    let only = |equals: i64| Some(Only { path: "s".into(), equals: equals.to_string() });
    let mut lines: Vec<_> = (0..4).map(|n| Line { only: only(n), ..stage.number("n") }).collect();
    lines.push(stage.line(What::Count));
    let began = std::time::Instant::now();
    let chart = stage.chart(&lines, span, None);
    println!("{many} events in {:?}", began.elapsed());
    for series in &chart.series {
        assert!(series.looked.looked <= ROWS as u64, "{:?}", series.looked);
        assert_eq!(series.looked.of, many as u64);
        assert!(series.buckets.len() >= 120, "{} buckets have something", series.buckets.len());
    }
    let newest = chart.series.iter().take(4).map(|series| lasts(series)[120 - 1]).fold(0.0, f64::max);
    assert_eq!(newest, (many - 1) as f64, "the newest event is never left out");
    let counted: u64 = chart.series[4].buckets.iter().map(|bucket| bucket.count).sum();
    assert!(counted.abs_diff(many as u64) * 50 < many as u64, "{counted} of {many}");
}

#[test]
fn says_which_numbers_a_feed_sends_and_by_what_they_differ() {
    let metric = r#"{"cpu": 3, "a b": {"x.y": "7.5"}, "list": [1, 2, 3, 4, 5], "s": "OAK", "id": "ID", "deep": {"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}}}"#;
    let mut data: Vec<String> = (0..40).map(|n| metric.replace("ID", &format!("id {n}"))).collect();
    data.push(metric.replace("OAK", "ELM").replace("\"cpu\": 3", "\"cpu\": 5"));
    let stage = Stage::with(&data.iter().map(String::as_str).collect::<Vec<_>>());
    let found = stage.numbers();
    let paths: Vec<_> = found.numbers.iter().map(|number| number.path.as_str()).collect();
    assert_eq!(paths, ["cpu", "a b[\"x.y\"]", "list[0]", "list[1]", "list[2]", "list[3]"]);
    let cpu = Numbers { path: "cpu".into(), seen: 41, keyed: 0, min: 3.0, max: 5.0, last: 5.0 };
    assert_eq!((&found.numbers[0], found.of), (&cpu, 41));
    let choice = Choice { path: "s".into(), seen: 41, values: vec!["ELM".into(), "OAK".into()] };
    assert_eq!(found.choices, [choice]);
}

#[test]
fn a_number_by_itself_has_the_empty_path() {
    let found = Stage::with(&["1", "4"]).numbers();
    assert_eq!((found.numbers[0].path.as_str(), found.numbers[0].max), ("", 4.0));
    assert_eq!(Stage::new().numbers().of, 0, "a feed without events has none");
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<f64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
    ];
    leaf.prop_recursive(8, 200, 80, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((".{0,6}", inner), 0..80)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_path_that_is_told_of_leads_to_its_number(data in json()) {
        let found = Stage::with(&[&data.to_string()]).numbers();
        let read: Value = serde_json::from_str(&data.to_string()).unwrap();
        prop_assert!(found.numbers.len() <= 64);
        for number in found.numbers {
            let place = Place::parse(&number.path);
            let place = place.map_err(|error| TestCaseError::fail(format!("{}: {error}", number.path)))?;
            prop_assert_eq!(place.number(&read), Some(number.last), "{}", number.path);
        }
    }

    #[test]
    fn any_span_of_time_gives_whole_buckets_within_bounds(
        from_ms in any::<i64>(), to_ms in any::<i64>(), width_ms in any::<i64>(), at in prop::collection::vec(0_i64..4_000_000_000_000, 1..40),
    ) {
        let span = Span { from_ms, to_ms, width_ms }.bounded();
        prop_assert!(span.from_ms >= 0 && span.to_ms >= span.from_ms && span.width_ms > 0);
        prop_assert!((span.to_ms - span.from_ms) / span.width_ms <= BUCKETS);
        let mut buckets = Buckets::new(span.width_ms);
        at.iter().for_each(|at| buckets.add(*at, *at as f64));
        let buckets = buckets.read(Looked { looked: 1, of: 3 });
        prop_assert_eq!(buckets.iter().map(|bucket| bucket.count).sum::<u64>(), 3 * at.len() as u64);
        for bucket in buckets {
            prop_assert_eq!(bucket.at_ms % span.width_ms, 0);
            prop_assert!(bucket.min <= bucket.last && bucket.last <= bucket.max);
            prop_assert!(bucket.min >= bucket.at_ms as f64);
        }
    }
}
