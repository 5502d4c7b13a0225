//! What reaches the browser, and what never does: the browser here only notes the pages that it is given.

use std::sync::mpsc;

use tidings_engine::event::StoredEvent;
use tidings_engine::notify::Choice;
use tidings_host::clipboard::Clipboard;
use tidings_host::company;
use tidings_support::{FINE, HOSTILE, PLACES, carry, draft};

use super::*;

impl Stage {
    /// Has addresses sent in one place of their events, and gives the events as they were stored.
    fn carry(&self, addresses: &[&str], place: usize) -> Vec<StoredEvent> {
        block_on(carry(self.engine(), addresses, place))
    }

    /// The pages that the browser was given since it was asked last.
    fn opened(&self) -> Vec<String> {
        std::mem::take(&mut *self.pages.lock().expect("one test"))
    }

    /// Asks for an event's link, or for one of its actions, as the window does.
    fn open(&self, event: &StoredEvent, action: Option<usize>) -> Result<Value, Value> {
        self.ask("open_link", json!({"event": event.row.id.to_string(), "action": action}))
    }

    /// Does what accompanies an engine; tells of each time that the window was wanted.
    fn accompany(&self) -> mpsc::Receiver<()> {
        let (wanted, told) = mpsc::channel();
        let show = move || wanted.send(()).expect("the test listens");
        let clipboard = Clipboard::of_desktop().expect("a thread");
        company::accompany(&self.host, clipboard, show, |_| {});
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
    for place in 0..PLACES {
        for event in stage.carry(&HOSTILE, place) {
            let opened = block_on(stage.host.browser().open(stage.engine(), event.row.id, None));
            assert!(opened.is_err(), "{}", event.data);
        }
        assert_eq!(stage.opened(), [""; 0], "place {place}");
        for event in stage.carry(FINE, place) {
            let opened = block_on(stage.host.browser().open(stage.engine(), event.row.id, None));
            assert!(opened.is_ok(), "{}", event.data);
            let opened = stage.opened();
            assert!(
                matches!(&opened[..], [page] if page.starts_with("http")),
                "{opened:?} of {}",
                event.data
            );
        }
    }
}

#[test]
fn a_press_on_a_popup_opens_its_page_and_a_forged_one_opens_nothing_but_the_window() {
    for (address, opens) in [("https://example.com/a", true), ("file:///etc/passwd", false)] {
        let stage = Stage::new();
        let window = stage.accompany();
        let data = format!(r#"{{"title": "A", "message": "B", "url": "{address}"}}"#);
        let stream = Answer::stream().event(&data).hold_before_eof(Duration::from_secs(60));
        let server = block_on(Server::start(Script::new([stream])));
        block_on(stage.engine().add_feed(draft("Shop", server.url()))).expect("the draft is right");
        stage.until("it pops up", |_| !stage.house.popups.shown().is_empty());
        block_on(stage.house.popups.press(0, Choice::Follow));
        if opens {
            stage.until("the browser has it", |_| !stage.pages.lock().expect("one test").is_empty());
            assert_eq!(stage.opened(), [address]);
        } else {
            window.recv_timeout(Duration::from_secs(30)).expect("the window is wanted");
            assert_eq!(stage.opened(), [""; 0]);
        }
    }
}
