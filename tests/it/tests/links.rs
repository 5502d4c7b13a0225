//! Sixty addresses that no popup and no window may open, in every place where an event can carry one, beside some that may.

use tidings_engine::notify::Choice;
use tidings_engine::update::Update;
use tidings_support::{Answer, FINE, HOSTILE, House, PLACES, Script, Server, carry, draft, stored, until};

#[tokio::test(flavor = "multi_thread")]
async fn none_of_sixty_hostile_addresses_is_ever_handed_to_the_opener_and_the_others_always_are() {
    let house = House::new();
    let engine = house.start().await;
    for place in 0..PLACES {
        for event in carry(&engine, &HOSTILE, place).await {
            let link = engine.link(event.row.id).await.expect("it is there");
            assert_eq!((link, &event.row.reading.link), (None, &None), "{}", event.data);
        }
        for event in carry(&engine, FINE, place).await {
            let link = engine.link(event.row.id).await.expect("it is there").expect("it has a link");
            assert!(link.starts_with("http"), "{link} of {}", event.data);
        }
    }
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_popup_offers_no_hostile_address_and_a_forged_press_opens_nothing() {
    let house = House::new();
    let engine = house.start().await;
    let data = r#"{"title": "A", "message": "B", "url": "file:///etc/passwd"}"#;
    let server = Server::start(Script::new([Answer::stream().event(data)])).await;
    let feed = engine.add_feed(draft("Shop", server.url())).await.expect("the draft is right").id;
    until(&engine, "it pops up", |_| !house.popups.shown().is_empty()).await;
    let popup = house.popups.shown().remove(0).1;
    assert!(popup.buttons.iter().all(|button| button.choice != Choice::Follow), "{popup:?}");
    let event = stored(&engine, &feed, 1).await[0].row.id;
    let mut updates = engine.attach().updates;
    house.popups.press(0, Choice::Follow).await;
    while updates.recv().await.expect("the engine runs") != Update::Follow(event) {}
    assert_eq!(engine.link(event).await, Ok(None), "the shell asks, and is given nothing");
    engine.shutdown().await;
}
