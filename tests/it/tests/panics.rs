//! A fault of the program's own in one feed's task: told, survived, and nobody else's business.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::StreamExt as _;
use tidings_engine::engine::{Engine, Parts};
use tidings_engine::health::What;
use tidings_engine::transport::{Call, CallParts, Frame, Frames, SseTransport, Transport};
use tidings_engine::update::FeedState;
use tidings_support::{Answer, House, Script, Server, draft, stored, until};

/// Dials as usual, and panics in the first link that says event 3 of the server at `origin`.
struct Trapped {
    inner: SseTransport,
    origin: String,
    panics: Arc<AtomicUsize>,
}

impl Transport for Trapped {
    fn dial(&self, call: &Call, last_event_id: &str) -> Frames {
        let frames = self.inner.dial(call, last_event_id);
        if call.origin() != self.origin {
            return frames;
        }
        let panics = Arc::clone(&self.panics);
        let look = move |frame: &_| {
            let trapped = matches!(frame, Ok(Frame::Message(event)) if event.last_event_id == "3");
            assert!(!trapped || panics.fetch_add(1, Ordering::SeqCst) > 0, "the trap");
        };
        frames.inspect(look).boxed()
    }
}

fn answers(ids: std::ops::RangeInclusive<u32>) -> Answer {
    ids.fold(Answer::stream(), |answer, n| answer.event_with_id(&n.to_string(), &n.to_string()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_told_and_survived_with_nothing_lost_and_no_other_feed_notices() {
    let bad = Server::start(Script::new([answers(1..=5), answers(3..=5)])).await;
    let good = Server::start(Script::new([answers(1..=5)])).await;
    let house = House::new();
    let panics = Arc::new(AtomicUsize::new(0));
    let call = CallParts { url: bad.url().to_owned(), ..CallParts::default() };
    let origin = Call::new(call).expect("the address is right").origin();
    let inner = SseTransport::new().expect("the network part can be set up");
    let parts = Parts {
        transport: Arc::new(Trapped { inner, origin, panics: Arc::clone(&panics) }),
        keyring: house.drawer.clone(),
        desktop: Arc::clone(&house.popups) as _,
    };
    let engine = Engine::start_with(house.options(), parts).await.expect("the engine starts");
    let good_feed = engine.add_feed(draft("Good", good.url())).await.unwrap().id;
    stored(&engine, &good_feed, 5).await;
    let feed = engine.add_feed(draft("Bad", bad.url())).await.unwrap().id;
    until(&engine, "the panic is told", |at| {
        at.feeds.iter().any(|view| view.id == feed && matches!(view.state, FeedState::Waiting { .. }))
    })
    .await;

    let events = stored(&engine, &feed, 5).await;
    let data: Vec<_> = events.iter().map(|event| event.data.as_str()).collect();
    assert_eq!(data, ["1", "2", "3", "4", "5"]);
    let health = engine.health(&feed).unwrap();
    let told = health.happenings.iter().filter(|told| matches!(told.what, What::Panicked { .. })).count();
    assert_eq!(told, 1, "{health:#?}");
    assert!(panics.load(Ordering::SeqCst) > 0, "it panicked");
    let undisturbed = engine.health(&good_feed).unwrap().counts;
    assert_eq!((undisturbed.dials, undisturbed.events), (1, 5));
    engine.shutdown().await;
}
