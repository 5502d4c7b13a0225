//! The dashboard through a whole engine: tiles are kept and go with their feed, charts follow what a server sends.

use std::time::Duration;

use tidings_engine::chart::{Line, Only, Span, What};
use tidings_engine::clock;
use tidings_engine::engine::{Engine, Field, RequestError};
use tidings_engine::id::FeedId;
use tidings_engine::settings::{OnlyWhere, Shows, Tile};
use tidings_support::{Answer, House, Script, Server, draft, stored};

const HOUR_MS: i64 = 3_600_000;

fn tile(feed: &FeedId, path: &str) -> Tile {
    Tile {
        feed: feed.clone(),
        shows: Shows::Number,
        path: path.into(),
        only_where: Some(OnlyWhere { path: "s".into(), equals: "OAK".into() }),
        label: "Oak".into(),
        unit: "€".into(),
    }
}

fn tick(symbol: &str, price: f64) -> String {
    format!(r#"{{"s": "{symbol}", "price": {price}}}"#)
}

/// A feed of prices that goes on when it is dialled again.
async fn prices(engine: &Engine) -> (Server, FeedId) {
    let first = Answer::stream()
        .event_with_id("1", &tick("OAK", 1.5))
        .event_with_id("2", &tick("ELM", 8.0))
        .event_with_id("3", &tick("OAK", 2.5));
    let then = Answer::stream().event_with_id("4", &tick("OAK", 0.5));
    let answers = [first, then].map(|answer| answer.hold_before_eof(Duration::from_secs(60)));
    let server = Server::start(Script::new(answers)).await;
    let feed = engine.add_feed(draft("Prices", server.url())).await.expect("the draft is right").id;
    stored(engine, &feed, 3).await;
    (server, feed)
}

#[tokio::test(flavor = "multi_thread")]
async fn tiles_outlive_the_program_and_go_with_their_feed() {
    let house = House::new();
    let engine = house.start().await;
    assert_eq!(engine.tiles().await, None, "nobody has chosen any");
    let (_server, feed) = prices(&engine).await;
    let odd = Tile { label: " O\u{7}a\n k ".into(), unit: "x".repeat(99), ..tile(&feed, "price") };
    engine.set_tiles(vec![tile(&feed, "price"), odd]).await.unwrap();
    engine.shutdown().await;
    drop(engine);

    let engine = house.start().await;
    let tiles = engine.tiles().await.unwrap();
    assert_eq!(tiles[0], tile(&feed, "price"));
    assert_eq!((tiles[1].label.as_str(), tiles[1].unit.len()), ("O a k", 16), "labels are tidied");
    engine.remove_feed(&feed).await.unwrap();
    assert_eq!(engine.tiles().await, Some(vec![]), "and it is remembered that tiles were chosen");
    engine.shutdown().await;
    drop(engine);
    let engine = house.start().await;
    assert_eq!(engine.tiles().await, Some(vec![]));
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tile_that_makes_no_sense_is_refused_and_nothing_changes() {
    let house = House::new();
    let engine = house.start().await;
    let (_server, feed) = prices(&engine).await;
    let good = tile(&feed, "price");
    engine.set_tiles(vec![good.clone()]).await.unwrap();
    let wrong_only = Some(OnlyWhere { path: "a[".into(), equals: String::new() });
    for wrong in [
        vec![Tile { path: "a..b".into(), ..good.clone() }],
        vec![Tile { only_where: wrong_only, ..good.clone() }],
        vec![Tile { label: " \n".into(), ..good.clone() }],
        vec![good.clone(); 49],
    ] {
        let error = engine.set_tiles(wrong).await.unwrap_err();
        assert!(matches!(error, RequestError::Invalid { field: Field::Tiles, .. }), "{error}");
    }
    let gone = Tile { feed: FeedId::from_text("gone"), ..good.clone() };
    assert!(matches!(engine.set_tiles(vec![gone]).await, Err(RequestError::Gone(_))));
    assert_eq!(engine.tiles().await, Some(vec![good]));
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chart_follows_what_arrives_after_it() {
    let house = House::new();
    let engine = house.start().await;
    let (_server, feed) = prices(&engine).await;
    let found = engine.numbers(&feed).await.unwrap();
    assert_eq!((found.numbers[0].path.as_str(), found.numbers[0].max), ("price", 8.0));
    assert_eq!(found.choices[0].values, ["ELM", "OAK"]);

    let only = Some(Only { path: "s".into(), equals: "OAK".into() });
    let lines = [
        Line { feed: feed.clone(), what: What::Number("price".into()), only },
        Line { feed: feed.clone(), what: What::Count, only: None },
    ];
    let now_ms = clock::now_ms();
    let span = Span { from_ms: now_ms - HOUR_MS, to_ms: now_ms + HOUR_MS, width_ms: HOUR_MS };
    let before = engine.chart(&lines, span, None).await.unwrap();
    let oak = before.series[0].buckets.last().unwrap();
    assert_eq!((oak.max, oak.last), (2.5, 2.5));
    assert_eq!(before.series[1].buckets.iter().map(|bucket| bucket.count).sum::<u64>(), 3);

    engine.reconnect(Some(&feed)).await;
    stored(&engine, &feed, 4).await;
    let after = engine.chart(&lines, span, Some(before.until)).await.unwrap();
    assert_eq!((after.series[0].buckets[0].last, after.series[1].looked.of), (0.5, 1));
    assert!(matches!(engine.numbers(&FeedId::from_text("gone")).await, Err(RequestError::Gone(_))));
    engine.shutdown().await;
}
