//! axum as its documents show it: a stream of events for each client, with replay and the library's own keep-alive.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Json, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::{get, post};
use axum::{Router, serve};
use futures_util::{Stream, StreamExt as _, stream};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;

/// What was said, and who listens.
struct Told {
    history: Mutex<Vec<Said>>,
    clients: Mutex<broadcast::Sender<Said>>,
}

#[derive(Clone)]
struct Said {
    id: usize,
    kind: String,
    data: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let told = Told { history: Mutex::default(), clients: Mutex::new(channel()) };
    let app = Router::new()
        .route("/events", get(events))
        .route("/publish", post(publish))
        .route("/drop", post(drop_all))
        .with_state(Arc::new(told));
    let port = std::env::var("PORT").expect("PORT says where to listen");
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await.expect("the port is free");
    serve(listener, app).await.expect("it serves until it is ended");
}

fn channel() -> broadcast::Sender<Said> {
    broadcast::Sender::new(1000)
}

async fn events(
    State(told): State<Arc<Told>>,
    headers: HeaderMap,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse::<usize>().ok());
    let history = told.history.lock().unwrap_or_else(PoisonError::into_inner);
    let clients = told.clients.lock().unwrap_or_else(PoisonError::into_inner).subscribe();
    let missed = last.map(|last| history.iter().skip(last).cloned().collect::<Vec<_>>()).unwrap_or_default();
    let live = BroadcastStream::new(clients).filter_map(async |said| said.ok());
    let written = stream::iter(missed)
        .chain(live)
        .map(|said| Ok(Event::default().id(said.id.to_string()).event(said.kind).data(said.data)));
    Sse::new(written).keep_alive(KeepAlive::new().interval(Duration::from_secs(4)))
}

async fn publish(State(told): State<Arc<Told>>, Json(said): Json<Value>) -> Json<Value> {
    let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
    let mut history = told.history.lock().unwrap_or_else(PoisonError::into_inner);
    let said = Said { id: history.len() + 1, kind: text("type"), data: text("data") };
    let id = said.id;
    history.push(said.clone());
    // Nobody may be listening.
    let _ = told.clients.lock().unwrap_or_else(PoisonError::into_inner).send(said);
    Json(json!({ "id": id }))
}

async fn drop_all(State(told): State<Arc<Told>>) -> Json<Value> {
    *told.clients.lock().unwrap_or_else(PoisonError::into_inner) = channel();
    Json(json!({}))
}
