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
