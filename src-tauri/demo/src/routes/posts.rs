//! What is posted: events for everyone, commands from this machine.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::header::ORIGIN;
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::Value;

use crate::control::{Command, Control, ControlError};
use crate::server::Peer;
use crate::site::Site;
use crate::tally::Counts;

/// The key that names an event's type; it isn't part of the data.
const EVENT_KEY: &str = "_event";

pub(super) async fn publish_on_broadcast(State(site): State<Arc<Site>>, body: Bytes) -> Response {
    publish(site, "/broadcast", &body)
}

pub(super) async fn publish_on_replay(State(site): State<Arc<Site>>, body: Bytes) -> Response {
    publish(site, "/replay", &body)
}

pub(super) async fn publish_on_channel(State(site): State<Arc<Site>>, uri: Uri, body: Bytes) -> Response {
    publish(site, uri.path(), &body)
}

fn publish(site: Arc<Site>, path: &str, body: &[u8]) -> Response {
    let mut value: Value = match serde_json::from_slice(body) {
        Ok(value) => value,
        Err(error) => return (StatusCode::BAD_REQUEST, format!("Not JSON: {error}.")).into_response(),
    };
    let event_type = match value.as_object_mut().and_then(|object| object.shift_remove(EVENT_KEY)) {
        None => None,
        Some(Value::String(name)) => Some(name),
        Some(_) => return refuse(&ControlError::EventType),
    };
    match Control::new(site).publish(path, event_type.as_deref(), &value.to_string()) {
        Ok(published) => (StatusCode::ACCEPTED, Json(published)).into_response(),
        Err(error) => refuse(&error),
    }
}

/// A request from this machine that no web page made.
pub(super) struct Local;

impl<S: Sync> FromRequestParts<S> for Local {
    type Rejection = (StatusCode, &'static str);

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<Peer>();
        let is_here = peer.is_some_and(|Peer(address)| address.ip().to_canonical().is_loopback());
        // A browser names the page that asks; any page could otherwise command a demo on this machine.
        if is_here && !parts.headers.contains_key(ORIGIN) {
            Ok(Self)
        } else {
            Err((StatusCode::FORBIDDEN, "Commands are taken from programs on this machine only."))
        }
    }
}

pub(super) async fn read_counts(_: Local, State(site): State<Arc<Site>>) -> Json<BTreeMap<String, Counts>> {
    Json(site.counts())
}

pub(super) async fn command(_: Local, State(site): State<Arc<Site>>, body: Bytes) -> Response {
    let command: Command = match serde_json::from_slice(&body) {
        Ok(command) => command,
        Err(error) => return (StatusCode::BAD_REQUEST, format!("Not a command: {error}.")).into_response(),
    };
    match Control::new(site).apply(&command) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refuse(&error),
    }
}

fn refuse(error: &ControlError) -> Response {
    let status = match error {
        ControlError::NoFeed(_) => StatusCode::NOT_FOUND,
        ControlError::TooManyChannels => StatusCode::SERVICE_UNAVAILABLE,
        ControlError::NothingToPublish(_) => StatusCode::METHOD_NOT_ALLOWED,
        ControlError::EventType | ControlError::Status(_) => StatusCode::BAD_REQUEST,
    };
    (status, error.to_string()).into_response()
}
