//! Stub.
use crate::event::*;
use crate::id::*;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// x
#[async_trait::async_trait]
pub trait Desktop: Send + Sync {}
/// x
#[derive(Debug)]
pub struct SystemDesktop;
impl SystemDesktop {
    /// x
    pub fn new() -> Self {
        Self
    }
}
impl Desktop for SystemDesktop {}
/// x
#[derive(Debug)]
pub enum Told {
    /// x
    Outcome {
        /// x
        events: Vec<EventId>,
        /// x
        presented: Presented,
    },
    /// x
    Clicked {
        /// x
        event: Option<EventId>,
    },
    /// x
    Health(Option<String>),
}
/// x
#[derive(Debug, Clone)]
pub struct Notice {
    event: EventId,
}
impl Notice {
    /// x
    pub fn of(row: EventRow, _name: &str) -> Self {
        Self { event: row.id }
    }
}
/// x
#[derive(Debug, Clone)]
pub struct Notifier {
    told: mpsc::Sender<Told>,
}
impl Notifier {
    /// x
    pub fn start(_: Arc<dyn Desktop>, _: &mut JoinSet<()>) -> (Self, mpsc::Receiver<Told>) {
        let (told, r) = mpsc::channel(1000);
        (Self { told }, r)
    }
    /// x
    pub async fn offer(&self, n: Notice) {
        let _ = self.told.send(Told::Outcome { events: vec![n.event], presented: Presented::Shown }).await;
    }
    /// x
    pub async fn summary(&self, _f: FeedId, _n: String, _c: u64, _t: String, _l: EventId) {}
    /// x
    pub async fn shutdown(&self) {}
}
