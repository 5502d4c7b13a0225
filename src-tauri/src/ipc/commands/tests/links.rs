//! What reaches the browser, and what never does: the browser here only notes the pages that it is given.

use std::sync::mpsc;

use tidings_engine::event::StoredEvent;
use tidings_engine::id::EventId;
use tidings_engine::notify::Choice;
use tidings_engine::update::Update;
use tidings_support::{FINE, HOSTILE, PLACES, carry, draft};

use super::*;
use crate::{links, watch};

impl Stage {
    /// Has addresses sent in one place of their events, and gives the events as they were stored.
    fn carry(&self, addresses: &[&str], place: usize) -> Vec<StoredEvent> {
        block_on(carry(self.app.state::<Running>().engine(), addresses, place))
    }

    /// The pages that the browser was given since it was asked last.
    fn opened(&self) -> Vec<String> {
        std::mem::take(&mut *self.pages.lock().expect("one test"))
    }

    /// Asks for an event's link, or for one of its actions, as the window does.
    fn open(&self, event: &StoredEvent, action: Option<usize>) -> Result<Value, Value> {
        self.ask("open_link", json!({"event": event.row.id.to_string(), "action": action}))
    }

    /// Does what the app does with a popup's wish for a link, for the updates of the engine as they come; tells of each
    /// event whose link was not opened.
    fn watch(&self) -> mpsc::Receiver<EventId> {
        let (refused, told) = mpsc::channel();
        let app = self.app.handle().clone();
        let follow = move |event| {
            let refused = refused.clone();
            links::follow(&app, event, move || refused.send(event).expect("the test listens"));
        };
        let running = self.app.state::<Running>();
        let (engine, ending) = (running.engine().clone(), running.ending().clone());
        // Attached before anything happens, so that no update is missed.
        let attached = Mutex::new(Some(engine.attach()));
        let attach = move || {
            let first = attached.lock().expect("one test").take();
            first.unwrap_or_else(|| engine.attach())
        };
        running.run(async move { watch::watch(attach, |_| {}, follow, |_| {}, |_| {}, ending).await });
        told
    }
}

#[test]
fn open_link_refuses_an_event_without_one() {
    let stage = Stage::new();
    stage.add();
    let newest = stage.until("anything", |_| true).recent[0].id.to_string();
    assert_eq!(stage.code("open_link", json!({"event": newest, "action": null})), "gone");
    assert_eq!(stage.code("open_link", json!({"event": newest, "action": 0})), "gone");
    assert_eq!(stage.code("open_link", json!({"event": "https://example.org/", "action": null})), "gone");
    assert_eq!(stage.opened(), [""; 0]);
}

#[test]
fn the_window_gets_none_of_sixty_hostile_addresses_opened_and_every_fine_one_once() {
    let stage = Stage::new();
    for place in 0..PLACES {
        for event in stage.carry(&HOSTILE, place) {
            for action in [None, Some(0)] {
                let refused = stage.open(&event, action).expect_err("refused");
                assert_eq!(refused["code"], "gone", "{}", event.data);
            }
        }
        assert_eq!(stage.opened(), [""; 0], "place {place}");
        for event in stage.carry(FINE, place) {
            assert_eq!(stage.open(&event, None), Ok(Value::Null), "{}", event.data);
            let opened = stage.opened();
            assert!(
                matches!(&opened[..], [page] if page.starts_with("http")),
                "{opened:?} of {}",
                event.data
            );
            if !event.row.reading.actions.is_empty() {
                assert_eq!(stage.open(&event, Some(0)), Ok(Value::Null), "{}", event.data);
                assert_eq!(stage.opened(), opened);
            }
        }
    }
}

#[test]
fn a_popup_gets_none_of_sixty_hostile_addresses_opened_and_every_fine_one_once() {
    let stage = Stage::new();
    let (refused, told) = mpsc::channel();
    let follow = |event: EventId| {
        let refused = refused.clone();
        links::follow(stage.app.handle(), event, move || refused.send(event).expect("the test listens"));
    };
    for place in 0..PLACES {
        for event in stage.carry(&HOSTILE, place) {
            follow(event.row.id);
            assert_eq!(told.recv_timeout(Duration::from_secs(30)), Ok(event.row.id), "{}", event.data);
        }
        assert_eq!(stage.opened(), [""; 0], "place {place}");
        for event in stage.carry(FINE, place) {
            follow(event.row.id);
            let given = || !stage.pages.lock().expect("one test").is_empty();
            stage.until("the browser has it", |_| given());
            let opened = stage.opened();
            assert!(
                matches!(&opened[..], [page] if page.starts_with("http")),
                "{opened:?} of {}",
                event.data
            );
        }
    }
    assert!(told.try_recv().is_err(), "no fine one was refused");
}

#[test]
fn a_press_on_a_popup_opens_its_page_and_a_forged_one_opens_nothing() {
    for (address, opens) in [("https://example.com/a", true), ("file:///etc/passwd", false)] {
        let stage = Stage::new();
        let refused = stage.watch();
        let data = format!(r#"{{"title": "A", "message": "B", "url": "{address}"}}"#);
        let stream = Answer::stream().event(&data).hold_before_eof(Duration::from_secs(60));
        let server = block_on(Server::start(Script::new([stream])));
        let running = stage.app.state::<Running>();
        let mut updates = running.engine().attach().updates;
        block_on(running.engine().add_feed(draft("Shop", server.url()))).expect("the draft is right");
        stage.until("it pops up", |_| !stage.house.popups.shown().is_empty());
        block_on(async {
            stage.house.popups.press(0, Choice::Follow).await;
            while !matches!(updates.recv().await.expect("the engine runs"), Update::Follow(_)) {}
        });
        if opens {
            stage.until("the browser has it", |_| !stage.pages.lock().expect("one test").is_empty());
            assert_eq!(stage.opened(), [address]);
        } else {
            refused.recv_timeout(Duration::from_secs(30)).expect("it is told");
            assert_eq!(stage.opened(), [""; 0]);
        }
    }
}
