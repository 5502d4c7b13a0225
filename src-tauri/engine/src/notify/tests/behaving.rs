//! Popups that insist, take one another's place and are taken back.

use super::*;

#[tokio::test(start_paused = true)]
async fn what_is_taken_back_closes_its_popup_and_may_be_told_anew() {
    let (desktop, notifier, mut reports) = stage();
    let at = |event, key: &str| Notice { key: Some(key.into()), ..notice("a", event) };
    let feed = FeedId::from_text("a");
    for event in [1, 2] {
        let _ = notifier.offer(at(event, &event.to_string()));
    }
    sleep(Duration::from_secs(5)).await;
    assert_eq!(notifier.withdraw(&feed, "2"), []);
    assert_eq!(notifier.withdraw(&FeedId::from_text("b"), "1"), []);
    let _ = notifier.offer(at(3, "2"));
    sleep(Duration::from_secs(5)).await;
    assert_eq!(*lock(&desktop.taken_away), [2]);
    let replaces: Vec<_> = lock(&desktop.shown).iter().map(|popup| popup.replaces).collect();
    assert_eq!(replaces, [None, None, None]);
    drain(&mut reports);
    desktop.answer(2, Deed::Clicked).await;
    sleep(Duration::from_secs(1)).await;
    assert_eq!(drain(&mut reports), [], "it stands for nothing any more");
}

#[tokio::test(start_paused = true)]
async fn what_is_taken_back_while_it_is_being_shown_is_closed_after() {
    let (desktop, notifier, _reports) = stage();
    *lock(&desktop.takes) = Duration::from_secs(2);
    let _ = notifier.offer(Notice { key: Some("k".into()), ..notice("a", 1) });
    sleep(Duration::from_secs(1)).await;
    assert_eq!(notifier.withdraw(&FeedId::from_text("a"), "k"), []);
    sleep(Duration::from_secs(3)).await;
    assert_eq!((desktop.titles().len(), lock(&desktop.taken_away).clone()), (1, vec![1]));
}

#[tokio::test(start_paused = true)]
async fn the_same_key_replaces_until_the_popup_is_gone() {
    let (desktop, notifier, _reports) = stage();
    let at = |percent| Notice { key: Some("task:1".into()), ..notice("a", percent) };
    for percent in [10, 20] {
        let _ = notifier.offer(at(percent));
        sleep(Duration::from_secs(3)).await;
    }
    desktop.answer(1, Deed::Closed).await;
    let _ = notifier.offer(at(30));
    sleep(Duration::from_secs(3)).await;
    let replaces: Vec<_> =
        lock(&desktop.shown).iter().map(|popup| popup.replaces.map(|id| id.number)).collect();
    assert_eq!(replaces, [None, Some(1), None]);
}

#[tokio::test(start_paused = true)]
async fn a_popup_insists_as_a_person_wants_and_a_count_is_heard_once() {
    let (desktop, notifier, _reports) = stage();
    let like = |event, stays, sound: &str| Notice {
        insistence: Insistence { stays, sound: Some(sound.into()) },
        ..notice("a", event)
    };
    let _ = notifier.offer(like(0, true, "bell"));
    let _ = notifier.offer(like(1, false, "none"));
    for event in 2..20 {
        let _ = notifier.offer(like(event, event == 7, "bell"));
    }
    sleep(Duration::from_secs(5)).await;
    for event in 20..30 {
        let _ = notifier.offer(like(event, false, "bell"));
    }
    sleep(Duration::from_secs(20)).await;
    let shown = lock(&desktop.shown);
    let insists = |at: usize| (shown[at].stays, shown[at].sound.clone());
    let bell = || Sound::Named("bell".into());
    assert_eq!((insists(0), insists(1)), ((true, bell()), (false, Sound::Mute)));
    assert_eq!((shown[3].title.as_str(), insists(3)), ("17 more from a", (true, bell())));
    let last = shown.last().unwrap();
    assert_eq!((last.replaces.is_some(), &last.sound), (true, &Sound::Mute));
}

#[tokio::test(start_paused = true)]
async fn a_digest_names_the_feeds_and_settles_each() {
    let (desktop, notifier, mut reports) = stage();
    let sum = |feed: &str, count, event, priority| Summary {
        count,
        newest: EventId(event),
        most_urgent: Notice { priority, ..notice(feed, event - 1) },
    };
    notifier.digest(vec![
        sum("Shop", 14, 10, Priority::Normal),
        sum("Server alerts", 3, 20, Priority::Urgent),
        sum("Weather & <wind> in the mountains", 2, 30, Priority::Low),
        sum("Chat", 7, 40, Priority::Normal),
    ]);
    sleep(Duration::from_secs(1)).await;
    let shown = lock(&desktop.shown)[0].clone();
    let title = "While it was quiet: 3 from Server alerts, 14 from Shop, 9 from 2 other feeds";
    assert_eq!((shown.title.as_str(), shown.body.as_str()), (title, "Event 19"));
    assert_eq!((shown.feed_name.as_deref(), shown.priority), (Some("Server alerts"), Priority::High));
    let settled = |feed: &str, event| Report::Summarised {
        feed: FeedId::from_text(feed),
        newest: EventId(event),
        shown: Ok(()),
    };
    assert_eq!(
        drain(&mut reports),
        [
            settled("Shop", 10),
            settled("Server alerts", 20),
            settled("Weather & <wind> in the mountains", 30),
            settled("Chat", 40)
        ]
    );
    desktop.answer(1, Deed::Clicked).await;
    let Some(Report::Clicked(clicked)) = reports.recv().await else { panic!("a click") };
    assert_eq!(clicked.event, Some(EventId(19)));
}

#[tokio::test(start_paused = true)]
async fn a_digest_of_one_feed_names_it_once_and_long_names_fit() {
    let (desktop, notifier, _reports) = stage();
    let long = "A feed with quite a long name that somebody gave it";
    let sum = |feed: &str| Summary { count: 100_000, ..Summary::of(notice(feed, 9)) };
    notifier.digest(vec![sum("Shop")]);
    sleep(Duration::from_secs(5)).await;
    notifier.digest(["1", "2", "3"].map(|feed| sum(&format!("{long}{feed}"))).to_vec());
    sleep(Duration::from_secs(5)).await;
    let shown = lock(&desktop.shown);
    assert_eq!(
        (shown[0].title.as_str(), &shown[0].feed_name),
        ("While it was quiet: 100000 from Shop", &None)
    );
    assert!(shown[1].title.chars().count() <= 120, "{}", shown[1].title);
    assert_eq!(shown[1].title.matches("100000 from A feed with quite…").count(), 3, "{}", shown[1].title);
}

#[tokio::test(start_paused = true)]
async fn a_test_is_shown_in_the_middle_of_a_flood_and_says_how_it_went() {
    let (desktop, notifier, mut reports) = stage();
    for event in 0..1_000 {
        let _ = notifier.offer(notice("a", event));
    }
    sleep(Duration::from_millis(1)).await;
    let tested = notifier.test("Test".into(), "Body".into()).await;
    assert_eq!(tested.presenter.map(|presenter| presenter.name), Ok("Scripted".into()));
    assert_eq!(tested.shown, Some(Ok(())));
    assert_eq!(desktop.titles().last().map(String::as_str), Some("Test"));
    drain(&mut reports);
    let number = u32::try_from(desktop.titles().len()).unwrap();
    desktop.answer(number, Deed::Clicked).await;
    sleep(Duration::from_millis(1)).await;
    assert!(matches!(&drain(&mut reports)[..], [Report::Clicked(Clicked { event: None, .. })]));
}

#[tokio::test(start_paused = true)]
async fn a_test_without_anybody_to_show_it_says_why() {
    let (desktop, notifier, _reports) = stage();
    *lock(&desktop.fails) = Some(ShowError::NoDaemon);
    let tested = notifier.test("Test".into(), "Body".into()).await;
    assert_eq!(tested, Tested { presenter: Err(ShowError::NoDaemon), shown: Some(Err(ShowError::NoDaemon)) });
    assert_eq!(desktop.titles(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn an_event_offers_its_link_reading_muting_and_copying_and_a_count_only_muting() {
    let (desktop, notifier, mut reports) = stage();
    let opens = Opens::Page("Show the \u{202e}log of the whole long night\nand more".into());
    let _ = notifier.offer(Notice { opens: Some(opens), ..notice("a", 1) });
    for event in 2..9 {
        let _ = notifier.offer(Notice { opens: Some(Opens::Page("\u{202e}".into())), ..notice("a", event) });
    }
    sleep(Duration::from_secs(5)).await;
    let buttons = |at: usize| lock(&desktop.shown)[at].buttons.clone();
    let (read, mute) = ((Choice::MarkRead, "Mark read"), (Choice::MuteHour, "Mute 1 h"));
    let copy = (Choice::Copy, "Copy text");
    assert_eq!(buttons(0), offered(&[(Choice::Follow, "Show the log of the whol…"), read, mute, copy]));
    assert_eq!(buttons(1), offered(&[read, mute, copy]));
    assert_eq!((desktop.titles()[3].as_str(), buttons(3)), ("5 more from a", offered(&[mute])));
    drain(&mut reports);
    desktop.answer(1, Deed::Chosen(Choice::MarkRead)).await;
    desktop.answer(1, Deed::Chosen(Choice::Follow)).await;
    sleep(Duration::from_secs(1)).await;
    let clicked = Clicked { feed: FeedId::from_text("a"), event: Some(EventId(1)) };
    assert_eq!(drain(&mut reports), [Report::Chosen(Choice::MarkRead, clicked)], "a popup answers once");
}

#[tokio::test(start_paused = true)]
async fn popups_speak_the_language_that_was_set_last() {
    let (desktop, notifier, _reports) = stage();
    notifier.speak(Language::German);
    for event in 1..9 {
        let _ = notifier.offer(Notice { opens: Some(Opens::Link), ..notice("a", event) });
    }
    sleep(Duration::from_secs(5)).await;
    let shown = lock(&desktop.shown).clone();
    let labels = |at: usize| shown[at].buttons.iter().map(|button| button.label.as_str()).collect::<Vec<_>>();
    assert_eq!(labels(0), ["Link öffnen", "Gelesen", "1 h stumm", "Text kopieren"]);
    assert_eq!((shown[0].click, shown[3].title.as_str()), ("Öffnen", "5 weitere von a"));
    notifier.speak(Language::English);
    notifier.summarise(Summary { count: 4, ..Summary::of(notice("b", 20)) });
    sleep(Duration::from_secs(60)).await;
    assert!(desktop.titles().contains(&"4 from b while you were away".to_owned()), "{:?}", desktop.titles());
}

#[tokio::test(start_paused = true)]
async fn an_alert_is_soft_replaced_in_place_and_taken_back() {
    let (desktop, notifier, mut reports) = stage();
    let feed = FeedId::from_text("a");
    for body in ["once", "twice"] {
        notifier.alert(Some(&feed), "a is down".into(), body.into());
        sleep(Duration::from_secs(5)).await;
    }
    notifier.end_alert(Some(&feed));
    notifier.alert(None, "8 feeds are down".into(), String::new());
    notifier.end_alert(None);
    sleep(Duration::from_secs(5)).await;
    assert_eq!(*lock(&desktop.taken_away), [1]);
    let shown = lock(&desktop.shown).clone();
    assert_eq!(shown.iter().map(|popup| popup.body.as_str()).collect::<Vec<_>>(), ["once", "twice"]);
    assert_eq!(shown[1].replaces.map(|popup| popup.number), Some(1));
    assert!(shown.iter().all(|popup| popup.sound == Sound::Mute && popup.priority == Priority::Normal));
    assert_eq!(drain(&mut reports), []);
}

#[tokio::test(start_paused = true)]
async fn a_feeds_icon_is_in_all_that_it_says_and_in_nothing_else() {
    let (desktop, notifier, _reports) = stage();
    let id = FeedId::from_text;
    let picture = PathBuf::from("/data/icons/0a.png");
    let icons = [(id("a"), Icon::Emoji("🐙".into())), (id("b"), Icon::Picture(picture.clone()))];
    notifier.set_icons(icons.into());
    for event in 0..9 {
        let _ = notifier.offer(notice("a", event));
    }
    let _ = notifier.offer(Notice { title: "a".into(), ..notice("a", 9) });
    let _ = notifier.offer(notice("b", 10));
    notifier.alert(Some(&id("b")), "b is down".into(), String::new());
    let _ = notifier.offer(notice("c", 11));
    notifier.say("Disk full".into(), String::new());
    sleep(Duration::from_secs(5)).await;
    let shown = lock(&desktop.shown).clone();
    let of = |title: &str| shown.iter().find(|popup| popup.title == title).unwrap();
    assert_eq!(of("Event 0").feed_name.as_deref(), Some("🐙 a"));
    assert_eq!((of("7 more from 🐙 a").feed_name.as_deref(), &of("Event 0").picture), (None, &None));
    assert_eq!(
        (of("Event 10").feed_name.as_deref(), &of("Event 10").picture),
        (Some("b"), &Some(picture.clone()))
    );
    assert_eq!(of("b is down").picture, Some(picture));
    assert_eq!((of("Event 11").feed_name.as_deref(), &of("Event 11").picture), (Some("c"), &None));
    assert_eq!(of("Disk full").picture, None);
    let _ = notifier.offer(Notice { title: "b".into(), ..notice("b", 12) });
    notifier.set_icons([(id("d"), Icon::Emoji("🐙".into()))].into());
    let _ = notifier.offer(Notice { title: "d".into(), ..notice("d", 13) });
    sleep(Duration::from_secs(5)).await;
    let shown = lock(&desktop.shown).clone();
    let titles: Vec<_> = shown.iter().map(|popup| popup.title.as_str()).collect();
    assert!(titles.contains(&"🐙 d"), "{titles:?}");
    assert!(
        shown.iter().any(|popup| popup.title == "b" && popup.picture.is_none()),
        "taken back: {titles:?}"
    );
}
