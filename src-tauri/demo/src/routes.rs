//! What each path answers.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::catalogue;
use crate::delivery::{Delivery, Position};
use crate::feed::{Feed, Source};
use crate::gate::Answer;
use crate::site::{NoFeed, Site};

mod posts;

/// The largest post that is taken: sixteen times what a notification can show.
const BODY_LIMIT: usize = 64 << 10;

/// The counter's fastest and slowest, in seconds: what a timer can do, and an hour.
const EVERY: std::ops::RangeInclusive<f64> = 0.001..=3600.0;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Builds the whole server.
pub(crate) fn router(site: Arc<Site>) -> Router {
    let feeds = feeds();
    let all = if site.read_only { feeds } else { feeds.merge(hands()) };
    all.layer(DefaultBodyLimit::max(BODY_LIMIT)).with_state(site)
}

fn feeds() -> Router<Arc<Site>> {
    Router::new()
        .route("/", get(async || catalogue::index()))
        .route("/counter", get(count))
        .route("/broadcast", get(follow))
        .route("/replay", get(follow))
        .route("/channels/{name}", get(follow))
        .route("/ticker", get(follow))
        .route("/metrics", get(follow))
        .route("/activity", get(follow))
        .route("/progress", get(follow))
}

/// What changes a feed.
fn hands() -> Router<Arc<Site>> {
    Router::new()
        .route("/publish", post(posts::publish_on_broadcast))
        .route("/replay/publish", post(posts::publish_on_replay))
        .route("/channels/{name}", post(posts::publish_on_channel))
        .route("/control", get(posts::read_counts).post(posts::command))
}

#[derive(Debug, Deserialize)]
struct Rhythm {
    every: Option<f64>,
}

async fn count(
    State(site): State<Arc<Site>>,
    uri: Uri,
    Query(rhythm): Query<Rhythm>,
    headers: HeaderMap,
) -> Response {
    let every = match rhythm.every {
        None => site.counter_every,
        Some(seconds) if EVERY.contains(&seconds) => Duration::from_secs_f64(seconds),
        Some(_) => {
            return (StatusCode::BAD_REQUEST, "every is a number of seconds up to 3600").into_response();
        }
    };
    respond(&site, &uri, &headers, every)
}

async fn follow(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    respond(&site, &uri, &headers, site.counter_every)
}

/// Answers a request for a feed: with its stream, or with what was ordered instead.
fn respond(site: &Site, uri: &Uri, headers: &HeaderMap, every: Duration) -> Response {
    let feed = match site.feed(uri.path()) {
        Ok(feed) => feed,
        Err(missing) => return no_feed(missing),
    };
    let last_event_id = headers.get(LAST_EVENT_ID).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let last_event_id = last_event_id.as_deref();
    feed.tally.requested(last_event_id);
    if let Some(answer) = feed.gate.take_answer() {
        feed.tally.answered();
        return ordered(answer);
    }
    stream(site, feed, last_event_id, every)
}

fn stream(site: &Site, feed: Arc<Feed>, last_event_id: Option<&str>, every: Duration) -> Response {
    let position = match &feed.source {
        Source::Counter => Position::count(last_event_id, every),
        Source::Log(log) => Position::log(log, last_event_id),
    };
    let delivery = Delivery::open(feed, position, site.keep_alive, site.stop.clone());
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        // nginx would collect events otherwise.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    (headers, Body::from_stream(delivery.into_stream())).into_response()
}

fn ordered(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = if status == StatusCode::NO_CONTENT {
        status.into_response()
    } else {
        let page = format!("<!doctype html><title>{status}</title><p>The demo was told to answer {status}.");
        (status, Html(page)).into_response()
    };
    if let Some(seconds) = answer.retry_after_s {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn no_feed(missing: NoFeed) -> Response {
    match missing {
        NoFeed::Unknown => (StatusCode::NOT_FOUND, "There is no such feed."),
        NoFeed::TooManyChannels => (StatusCode::SERVICE_UNAVAILABLE, "There can be no more channels."),
    }
    .into_response()
}
