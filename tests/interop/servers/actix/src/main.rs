//! actix with actix-web-lab: a stream of events for each client, with replay and the library's own keep-alive.

use std::convert::Infallible;
use std::sync::Mutex;
use std::time::Duration;

use actix_web::web::{Data, Json};
use actix_web::{App, HttpRequest, HttpServer, Responder, get, post};
use actix_web_lab::sse::{self, Sse};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::UnboundedReceiverStream;

/// What was said, and who listens.
#[derive(Default)]
struct Told {
    history: Vec<Said>,
    clients: Vec<UnboundedSender<(usize, Said)>>,
}

#[derive(Clone, Deserialize)]
struct Said {
    #[serde(rename = "type")]
    kind: String,
    data: String,
}

#[get("/events")]
async fn events(request: HttpRequest, told: Data<Mutex<Told>>) -> impl Responder {
    let last = request.headers().get("Last-Event-ID").and_then(|id| id.to_str().ok()?.parse::<usize>().ok());
    let mut told = told.lock().expect("never poisoned");
    let (client, events) = unbounded_channel();
    for (index, said) in told.history.iter().enumerate().skip(last.unwrap_or(usize::MAX)) {
        let _ = client.send((index + 1, said.clone()));
    }
    told.clients.push(client);
    let written = UnboundedReceiverStream::new(events).map(|(id, said)| {
        let data = sse::Data::new(said.data).id(id.to_string()).event(said.kind);
        Ok::<_, Infallible>(sse::Event::Data(data))
    });
    Sse::from_stream(written).with_keep_alive(Duration::from_secs(4))
}

#[post("/publish")]
async fn publish(said: Json<Said>, told: Data<Mutex<Told>>) -> Json<Value> {
    let mut told = told.lock().expect("never poisoned");
    let said = said.into_inner();
    told.history.push(said.clone());
    let id = told.history.len();
    told.clients.retain(|client| client.send((id, said.clone())).is_ok());
    Json(json!({ "id": id }))
}

#[post("/drop")]
async fn drop_all(told: Data<Mutex<Told>>) -> Json<Value> {
    told.lock().expect("never poisoned").clients.clear();
    Json(json!({}))
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::var("PORT").expect("PORT says where to listen");
    let told = Data::new(Mutex::new(Told::default()));
    let app = move || App::new().app_data(told.clone()).service(events).service(publish).service(drop_all);
    HttpServer::new(app).workers(1).bind(format!("127.0.0.1:{port}"))?.run().await
}
