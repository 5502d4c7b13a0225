//! What people wish about popups, through a whole engine: rules, mutes, quiet hours and templates.

use jiff::civil::Time;
use tidings_engine::engine::{Engine, MuteFor, RequestError};
use tidings_engine::event::{Presented, Priority};
use tidings_engine::format::template::Part;
use tidings_engine::id::FeedId;
use tidings_engine::rules::RulePart;
use tidings_engine::settings::{Hours, Quiet, Rule, Templates, Then, When};
use tidings_support::{Answer, House, Script, Server, all, draft, stored, until};

fn rule(text: &str, then: Then) -> Rule {
    Rule { name: text.into(), when: When { text: text.into(), ..When::default() }, then, ..Rule::default() }
}

fn silent() -> Then {
    Then { popup: Some(false), ..Then::default() }
}

/// A whole day that began this midnight: it holds now, whatever the hour.
fn always() -> Quiet {
    let hours = Hours { from: Time::midnight(), to: Time::midnight(), days: Vec::new() };
    Quiet { hours, lets_urgent_through: false }
}

/// Gives a server that sends each of these when told to, one connection each.
async fn server(events: &[&str]) -> Server {
    let answers =
        events.iter().enumerate().map(|(n, event)| Answer::stream().event_with_id(&n.to_string(), event));
    Server::start(Script::new(answers.collect::<Vec<_>>())).await
}

/// Adds a feed of these events, its popups being few enough to be shown one by one.
async fn feed(engine: &Engine, server: &Server, events: usize) -> FeedId {
    let feed = engine.add_feed(draft("Shop", server.url())).await.expect("the draft is right").id;
    stored(engine, &feed, events).await;
    feed
}

fn titles(house: &House) -> Vec<String> {
    house.popups.shown().into_iter().map(|(_, popup)| format!("{} {}", popup.title, popup.body)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_silences_an_event_and_keeps_it() {
    let house = House::new();
    let engine = house.start().await;
    engine.set_rules(vec![rule("noise", silent())]).await.unwrap();
    let server =
        Server::start(Script::new([Answer::stream().event_with_id("1", "noise").event_with_id("2", "news")]))
            .await;
    let feed = feed(&engine, &server, 2).await;
    until(&engine, "the news pops up", |_| titles(&house).iter().any(|title| title.contains("news"))).await;
    assert!(!titles(&house).iter().any(|title| title.contains("noise")), "{:?}", titles(&house));
    let events = all(&engine, &feed).await;
    let presented: Vec<_> = events.iter().map(|event| (event.data.as_str(), event.row.presented)).collect();
    assert_eq!(presented[0], ("noise", Presented::Suppressed));
    engine.shutdown().await;
    drop(engine);

    let engine = house.start().await;
    assert_eq!(engine.wishes().await.rules, [rule("noise", silent())], "rules outlive the program");
    let trial =
        engine.try_rules(&[rule("noise", silent()), rule(".", Then::default())], Some(&feed)).await.unwrap();
    assert_eq!((trial.of, trial.popups, trial.held), (2, 1, vec![1, 1]));
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_rule_or_template_is_refused_and_nothing_changes() {
    let house = House::new();
    let engine = house.start().await;
    let refused = engine.set_rules(vec![rule("fine", silent()), rule("(", silent())]).await.unwrap_err();
    assert!(refused.to_string().starts_with("Rule 2, \"(\": The expression can't be read"), "{refused}");
    let RequestError::Rules(errors) = refused else { panic!("{refused:?}") };
    assert_eq!((errors.len(), errors[0].index, errors[0].part), (1, 1, RulePart::Text));
    assert_eq!(engine.wishes().await.rules, []);

    let server = server(&["news"]).await;
    let feed = feed(&engine, &server, 1).await;
    let wrong = Templates { body: "{{ a".into(), ..Templates::default() };
    let refused = engine.set_templates(&feed, wrong).await.unwrap_err();
    let RequestError::Templates(errors) = refused else { panic!("{refused:?}") };
    assert_eq!((errors.len(), errors[0].part, errors[0].line), (1, Part::Body, 1));
    assert_eq!(engine.templates(&feed).await.unwrap(), Templates::default());
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_quiet_hours_hold_is_told_once_at_their_end() {
    let house = House::new();
    let engine = house.start().await;
    engine.set_quiet(Some(always())).await.unwrap();
    let server =
        Server::start(Script::new([Answer::stream().event_with_id("1", "one").event_with_id("2", "two")]))
            .await;
    let feed = feed(&engine, &server, 2).await;
    assert_eq!(titles(&house), Vec::<String>::new());
    let events = all(&engine, &feed).await;
    assert!(events.iter().all(|event| event.row.presented == Presented::New), "held, not given up");

    engine.set_quiet(None).await.unwrap();
    until(&engine, "the digest pops up", |_| !titles(&house).is_empty()).await;
    while all(&engine, &feed).await.iter().any(|event| event.row.presented != Presented::Shown) {
        tokio::task::yield_now().await;
    }
    assert_eq!(titles(&house).len(), 1, "{:?}", titles(&house));
    assert!(titles(&house)[0].contains('2'), "{:?}", titles(&house));
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_hours_outlive_the_program_and_hold_what_was_missed() {
    let house = House::new();
    let server = server(&["one"]).await;
    {
        let engine = house.start().await;
        engine.set_quiet(Some(always())).await.unwrap();
        feed(&engine, &server, 1).await;
        engine.shutdown().await;
    }
    let engine = house.start().await;
    until(&engine, "it is up", |at| !at.recent.is_empty()).await;
    assert_eq!(titles(&house), Vec::<String>::new());
    engine.set_quiet(None).await.unwrap();
    until(&engine, "the digest pops up", |_| titles(&house).len() == 1).await;
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_muted_feed_is_stored_in_silence_while_others_pop_up() {
    let house = House::new();
    let engine = house.start().await;
    let quiet = server(&["hush"]).await;
    engine.mute(None, MuteFor::Ever).await.unwrap();
    let muted = feed(&engine, &quiet, 1).await;
    engine.mute(Some(&muted), MuteFor::Hour).await.unwrap();
    engine.mute(None, MuteFor::Nothing).await.unwrap();
    let loud = server(&["hello"]).await;
    feed(&engine, &loud, 1).await;
    until(&engine, "the other pops up", |_| titles(&house).iter().any(|title| title.contains("hello"))).await;
    assert!(!titles(&house).iter().any(|title| title.contains("hush")), "{:?}", titles(&house));
    assert_eq!(all(&engine, &muted).await[0].row.presented, Presented::Suppressed);
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_previewed_on_stored_events_and_then_used() {
    let house = House::new();
    let engine = house.start().await;
    let script = Script::new([Answer::stream().event_with_id("1", r#"{"n": 1234, "who": "Tea"}"#)])
        .at("later", [Answer::stream().event_with_id("2", r#"{"n": 5678, "who": "Milk"}"#)]);
    let server = Server::start(script).await;
    let id = feed(&engine, &server, 1).await;
    let templates = Templates {
        title: "{{ json.who }}".into(),
        body: "{{ json.n | number }} from {{ feed }}".into(),
        ..Templates::default()
    };
    let shown = engine.try_templates(&id, &templates).await.unwrap();
    let reading = &shown.previews[0].reading;
    assert_eq!((reading.title.as_str(), reading.body.as_str()), ("Tea", "1,234 from Shop"));
    let half = Templates { body: "{{ json.n".into(), key: "{% set %}".into(), ..templates.clone() };
    let shown = engine.try_templates(&id, &half).await.unwrap();
    assert_eq!(shown.errors.len(), 2, "both are told at once");
    assert_eq!(shown.previews[0].reading.title, "Tea", "and the right ones are shown all the same");
    engine.set_templates(&id, templates).await.unwrap();
    let moved = draft("Shop", &format!("{}/later", server.url()));
    engine.edit_feed(&id, moved).await.unwrap();
    stored(&engine, &id, 2).await;
    let events = all(&engine, &id).await;
    assert_eq!(events[1].row.reading.title, "Milk", "an edit of the feed keeps its templates");
    assert_eq!(events[1].row.reading.body, "5,678 from Shop");
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_tried_on_what_events_said_before_any_rule_changed_how_much_they_matter() {
    let house = House::new();
    let engine = house.start().await;
    let loud = rule("news", Then { priority: Some(Priority::Urgent), ..Then::default() });
    engine.set_rules(vec![loud]).await.unwrap();
    let server = server(&["news"]).await;
    let id = feed(&engine, &server, 1).await;
    assert_eq!(all(&engine, &id).await[0].row.reading.priority, Priority::Urgent);
    let when = |at_least| When { at_least: Some(at_least), ..When::default() };
    let tried = |at_least| Rule { when: when(at_least), then: silent(), ..Rule::default() };
    let trial = engine.try_rules(&[tried(Priority::High)], Some(&id)).await.unwrap();
    assert_eq!((trial.popups, trial.held), (1, vec![0]));
    let trial = engine.try_rules(&[tried(Priority::Normal)], Some(&id)).await.unwrap();
    assert_eq!((trial.popups, trial.held), (0, vec![1]));
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn types_and_values_that_were_sent_are_offered_for_rules_and_templates() {
    let house = House::new();
    let engine = house.start().await;
    let server = server(&[r#"{"n": 1234, "who": {"name": "Tea"}}"#]).await;
    let id = feed(&engine, &server, 1).await;
    for asked in [Some(&id), None] {
        let seen = engine.seen(asked).await.unwrap();
        assert_eq!(seen.types, ["message"]);
        let values: Vec<_> = seen.values.iter().map(|value| (&*value.path, &*value.sample)).collect();
        assert_eq!(values, [("n", "1234"), ("who.name", "Tea")]);
    }
    assert_eq!(engine.seen(Some(&FeedId::from_text("gone"))).await.unwrap().types, Vec::<String>::new());
    engine.shutdown().await;
}
