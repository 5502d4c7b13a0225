//! What a daemon is sent and what comes back, on a private bus with a daemon that the test plays.

use super::*;

mod escaping;
mod fake;

use fake::{Fake, Temper, connections, on_a_private_bus, until, without_a_bus};

/// What most daemons can do.
const ALL: &[&str] = &["actions", "body", "body-markup", "persistence"];

/// A test's whole path.
macro_rules! path {
    ($name:ident) => {
        concat!(module_path!(), "::", stringify!($name))
    };
}

mod profiles;

fn desktop() -> Freedesktop {
    Freedesktop::new(Identity { name: "Tidings".into(), desktop_entry: "app.tidings.Tidings".into() })
}

fn popup(title: &str) -> Popup {
    Popup {
        replaces: None,
        title: title.into(),
        feed_name: Some("R&D".into()),
        picture: None,
        body: "<b>a</b> & b".into(),
        priority: Priority::Normal,
        stays: false,
        sound: Sound::Usual,
        progress: None,
        click: "Open",
        buttons: Vec::new(),
    }
}

fn answers() -> (mpsc::Sender<Answer>, mpsc::Receiver<Answer>) {
    mpsc::channel(100)
}

#[test]
fn a_daemon_is_sent_every_field() {
    on_a_private_bus(path!(a_daemon_is_sent_every_field), || async {
        let mut fake = Fake::start(ALL, Temper::Kind).await;
        desktop().show(popup("Disk <full>"), &answers().0).await.unwrap();
        let seen = fake.seen().await;
        assert_eq!((seen.app_name.as_str(), seen.icon.as_str()), ("Tidings", "app.tidings.Tidings"));
        assert_eq!((seen.replaces, seen.expires), (0, -1));
        assert_eq!(seen.summary, "Disk <full>");
        assert_eq!(seen.body, "<i>R&amp;D</i>\n&lt;b&gt;a&lt;/b&gt; &amp; b");
        assert_eq!(seen.actions, ["default", "Open"]);
        let entry: &str = seen.hints["desktop-entry"].downcast_ref().unwrap();
        assert_eq!(entry, "app.tidings.Tidings");
        assert_eq!(seen.hints["urgency"].downcast_ref::<u8>().unwrap(), 1);
        assert_eq!(seen.hints.len(), 2);
    });
}

#[test]
fn a_plain_daemon_is_sent_neither_actions_nor_escapes() {
    on_a_private_bus(path!(a_plain_daemon_is_sent_neither_actions_nor_escapes), || async {
        let mut fake = Fake::start(&["body"], Temper::Kind).await;
        desktop().show(popup("Title"), &answers().0).await.unwrap();
        let seen = fake.seen().await;
        assert_eq!((seen.body.as_str(), seen.actions.len()), ("R&D\n<b>a</b> & b", 0));
    });
}

#[test]
fn a_program_that_is_not_installed_brings_its_icon() {
    on_a_private_bus(path!(a_program_that_is_not_installed_brings_its_icon), || async {
        let mut fake = Fake::start(ALL, Temper::Kind).await;
        desktop().with_icon("/opt/tidings/icon.png").show(popup("Title"), &answers().0).await.unwrap();
        assert_eq!(fake.seen().await.icon, "/opt/tidings/icon.png");
    });
}

#[test]
fn a_feeds_picture_goes_as_each_specification_has_it() {
    on_a_private_bus(path!(a_feeds_picture_goes_as_each_specification_has_it), || async {
        let desktop = desktop();
        let own = "app.tidings.Tidings";
        let url = "file:///data/a%20b/icons/0a.png";
        for (specification, icon, hint) in
            [("1.2", own, Some(url)), ("1.3", own, Some(url)), ("1.1", url, None), ("odd", url, None)]
        {
            let mut fake = Fake::start_following(specification, ALL, Temper::Kind).await;
            let picture = Some("/data/a b/icons/0a.png".into());
            desktop.show(Popup { picture, ..popup("x") }, &answers().0).await.unwrap();
            desktop.show(popup("y"), &answers().0).await.unwrap();
            let seen = fake.seen().await;
            let path = seen.hints.get("image-path").map(|path| path.downcast_ref::<&str>().unwrap());
            assert_eq!((seen.icon.as_str(), path), (icon, hint), "{specification}");
            let plain = fake.seen().await;
            assert_eq!((plain.icon.as_str(), plain.hints.contains_key("image-path")), (own, false));
            fake.quit().await;
        }
    });
}

#[test]
fn priorities_become_urgencies() {
    on_a_private_bus(path!(priorities_become_urgencies), || async {
        let mut fake = Fake::start(ALL, Temper::Kind).await;
        let desktop = desktop();
        for (priority, wanted) in [
            (Priority::Min, 0_u8),
            (Priority::Low, 0),
            (Priority::Normal, 1),
            (Priority::High, 1),
            (Priority::Urgent, 2),
        ] {
            desktop.show(Popup { priority, ..popup("x") }, &answers().0).await.unwrap();
            assert_eq!(fake.seen().await.hints["urgency"].downcast_ref::<u8>().unwrap(), wanted);
        }
    });
}

#[test]
fn a_popup_that_stays_never_expires_and_is_no_more_urgent_for_it() {
    on_a_private_bus(path!(a_popup_that_stays_never_expires_and_is_no_more_urgent_for_it), || async {
        let mut fake = Fake::start(ALL, Temper::Kind).await;
        desktop().show(Popup { stays: true, ..popup("x") }, &answers().0).await.unwrap();
        let seen = fake.seen().await;
        assert_eq!((seen.expires, seen.hints["urgency"].downcast_ref::<u8>().unwrap()), (0, 1));
    });
}

#[test]
fn sounds_are_named_or_kept_off_where_the_daemon_plays_any() {
    on_a_private_bus(path!(sounds_are_named_or_kept_off_where_the_daemon_plays_any), || async {
        let desktop = desktop();
        for (can, sound, wanted) in [
            (&["body", "sound"][..], Sound::Named("bell".into()), (Some("bell"), None)),
            (&["body", "sound"], Sound::Mute, (None, Some(true))),
            (&["body", "sound"], Sound::Usual, (None, None)),
            (&["body"], Sound::Named("bell".into()), (None, None)),
            (&["body"], Sound::Mute, (None, None)),
        ] {
            let mut fake = Fake::start(can, Temper::Kind).await;
            desktop.show(Popup { sound, ..popup("x") }, &answers().0).await.unwrap();
            let hints = fake.seen().await.hints;
            let name = hints.get("sound-name").map(|name| name.downcast_ref::<&str>().unwrap());
            let off = hints.get("suppress-sound").map(|off| off.downcast_ref::<bool>().unwrap());
            assert_eq!((name, off), wanted);
            assert!(!hints.contains_key("sound-file"));
            fake.quit().await;
        }
    });
}

#[test]
fn clicks_and_dismissals_are_heard_of_the_right_popup() {
    on_a_private_bus(path!(clicks_and_dismissals_are_heard_of_the_right_popup), || async {
        let fake = Fake::start(ALL, Temper::Kind).await;
        let desktop = desktop();
        let (sender, mut heard) = answers();
        let first = desktop.show(popup("a"), &sender).await.unwrap();
        let second = desktop.show(popup("b"), &sender).await.unwrap();
        let third = desktop.show(popup("c"), &sender).await.unwrap();
        let answer = until(heard.recv(), async || fake.click(second.number, "default").await).await;
        assert_eq!(answer, Some(Answer { popup: second, deed: Deed::Clicked }));
        let answer = until(heard.recv(), async || fake.dismiss(first.number).await).await;
        assert_eq!(answer, Some(Answer { popup: first, deed: Deed::Closed }));
        let answer = until(heard.recv(), async || fake.click(third.number, "button").await).await;
        assert_eq!(answer, Some(Answer { popup: third, deed: Deed::Clicked }));
        desktop.close().await;
        assert!(heard.try_recv().is_err());
    });
}

#[test]
fn each_button_is_heard_as_what_it_does() {
    on_a_private_bus(path!(each_button_is_heard_as_what_it_does), || async {
        let fake = Fake::start(ALL, Temper::Kind).await;
        let desktop = desktop();
        let (sender, mut heard) = answers();
        for choice in [Choice::Follow, Choice::MarkRead, Choice::MuteHour, Choice::Copy] {
            let shown = desktop.show(popup("a"), &sender).await.unwrap();
            let press = async || fake.click(shown.number, word_of(choice)).await;
            let answer = until(heard.recv(), press).await;
            assert_eq!(answer, Some(Answer { popup: shown, deed: Deed::Chosen(choice) }));
        }
        desktop.close().await;
    });
}

#[test]
fn a_popup_is_taken_away_and_no_answer_comes_of_it() {
    on_a_private_bus(path!(a_popup_is_taken_away_and_no_answer_comes_of_it), || async {
        let mut fake = Fake::start(ALL, Temper::Kind).await;
        let desktop = desktop();
        let (sender, mut heard) = answers();
        let first = desktop.show(popup("a"), &sender).await.unwrap();
        let second = desktop.show(popup("b"), &sender).await.unwrap();
        desktop.close_one(first).await;
        assert_eq!(fake.closed().await, first.number);
        desktop.close_one(PopupId { run: 99, ..second }).await;
        let answer = until(heard.recv(), async || fake.click(second.number, "default").await).await;
        assert_eq!(answer, Some(Answer { popup: second, deed: Deed::Clicked }));
        assert!(fake.none_closed());
        fake.quit().await;
        desktop.close_one(second).await;
    });
}

#[test]
fn a_replaced_popup_keeps_its_number_and_answers_once() {
    on_a_private_bus(path!(a_replaced_popup_keeps_its_number_and_answers_once), || async {
        let mut fake = Fake::start(ALL, Temper::Kind).await;
        let desktop = desktop();
        let (sender, mut heard) = answers();
        let first = desktop.show(popup("40 %"), &sender).await.unwrap();
        let again = desktop.show(Popup { replaces: Some(first), ..popup("50 %") }, &sender).await.unwrap();
        assert_eq!(again, first);
        assert_eq!((fake.seen().await.replaces, fake.seen().await.replaces), (0, first.number));
        let answer = until(heard.recv(), async || fake.click(first.number, "default").await).await;
        assert_eq!(answer, Some(Answer { popup: first, deed: Deed::Clicked }));
        fake.click(first.number, "default").await;
        let other = desktop.show(popup("other"), &sender).await.unwrap();
        let answer = until(heard.recv(), async || fake.click(other.number, "default").await).await;
        assert_eq!(answer, Some(Answer { popup: other, deed: Deed::Clicked }));
    });
}

#[test]
fn another_daemon_is_asked_afresh_and_not_for_popups_of_the_former() {
    on_a_private_bus(path!(another_daemon_is_asked_afresh_and_not_for_popups_of_the_former), || async {
        let desktop = desktop();
        let fake = Fake::start(ALL, Temper::Kind).await;
        let first = desktop.show(popup("a"), &answers().0).await.unwrap();
        fake.quit().await;
        assert_eq!(desktop.show(popup("b"), &answers().0).await, Err(ShowError::NoDaemon));
        let mut fake = Fake::start(&["body"], Temper::Kind).await;
        let second = desktop.show(Popup { replaces: Some(first), ..popup("c") }, &answers().0).await.unwrap();
        let seen = fake.seen().await;
        assert_eq!((seen.replaces, seen.actions.len(), seen.summary.as_str()), (0, 0, "c"));
        assert_ne!(first.run, second.run);
    });
}

#[test]
fn a_daemon_that_takes_the_place_of_another_is_asked_before_it_is_sent_anything() {
    on_a_private_bus(
        path!(a_daemon_that_takes_the_place_of_another_is_asked_before_it_is_sent_anything),
        || async {
            let desktop = desktop();
            let former = Fake::start(ALL, Temper::Kind).await;
            let first = desktop.show(popup("a"), &answers().0).await.unwrap();
            former.quit().await;
            let mut plain = Fake::start(&["body"], Temper::Kind).await;
            for _ in 0..3 {
                desktop.show(Popup { replaces: Some(first), ..popup("b") }, &answers().0).await.unwrap();
                let seen = plain.seen().await;
                assert_eq!((seen.replaces, seen.actions.len()), (0, 0));
                assert_eq!(seen.body, "R&D\n<b>a</b> & b");
            }
            assert_eq!(plain.asked(), 1);
        },
    );
}

#[test]
fn no_daemon_is_said_until_one_comes() {
    on_a_private_bus(path!(no_daemon_is_said_until_one_comes), || async {
        let desktop = desktop();
        assert_eq!(desktop.show(popup("a"), &answers().0).await, Err(ShowError::NoDaemon));
        assert_eq!(desktop.show(popup("a"), &answers().0).await, Err(ShowError::NoDaemon));
        let _fake = Fake::start(ALL, Temper::Kind).await;
        assert!(desktop.show(popup("a"), &answers().0).await.is_ok());
    });
}

#[test]
fn no_bus_is_said() {
    without_a_bus(path!(no_bus_is_said), || async {
        assert_eq!(desktop().show(popup("a"), &answers().0).await, Err(ShowError::NoBus));
    });
}

#[test]
fn a_refusal_is_told_in_the_daemons_words() {
    on_a_private_bus(path!(a_refusal_is_told_in_the_daemons_words), || async {
        let _fake = Fake::start(ALL, Temper::Refusing).await;
        let Err(ShowError::Refused(words)) = desktop().show(popup("a"), &answers().0).await else {
            panic!("refused")
        };
        assert!(words.contains("too many"), "{words}");
    });
}

#[test]
fn a_daemon_is_asked_once_and_again_after_an_error() {
    on_a_private_bus(path!(a_daemon_is_asked_once_and_again_after_an_error), || async {
        let kind = Fake::start(ALL, Temper::Kind).await;
        let desktop = desktop();
        for _ in 0..5 {
            desktop.show(popup("a"), &answers().0).await.unwrap();
        }
        assert_eq!(kind.asked(), 1);
        kind.quit().await;
        let refusing = Fake::start(ALL, Temper::Refusing).await;
        for asked in 1..=3 {
            assert!(desktop.show(popup("a"), &answers().0).await.is_err());
            assert_eq!(refusing.asked(), asked);
        }
    });
}

#[test]
fn a_hung_daemon_is_given_up_and_its_successor_used() {
    on_a_private_bus(path!(a_hung_daemon_is_given_up_and_its_successor_used), || async {
        let desktop = Freedesktop { answer_time: Duration::from_millis(300), ..desktop() };
        let fake = Fake::start(ALL, Temper::Hanging).await;
        assert_eq!(desktop.show(popup("a"), &answers().0).await, Err(ShowError::TimedOut));
        fake.quit().await;
        let _fake = Fake::start(ALL, Temper::Kind).await;
        assert!(desktop.show(popup("b"), &answers().0).await.is_ok());
    });
}

#[test]
fn connections_are_bounded_and_all_closed_at_the_end() {
    on_a_private_bus(path!(connections_are_bounded_and_all_closed_at_the_end), || async {
        let mut fake = Fake::start(ALL, Temper::Kind).await;
        let desktop = desktop();
        let (sender, _heard) = answers();
        let others = connections().await.len();
        for number in 0..60 {
            desktop.show(popup(&number.to_string()), &sender).await.unwrap();
        }
        let first = fake.seen().await.sender;
        // One for asking, the live ones, and the first of all.
        settle(others + 1 + LIVE + 1).await;
        assert!(connections().await.contains(&first));
        desktop.close().await;
        settle(others + 1).await;
    });
}

#[test]
fn the_first_connection_outlives_its_popup_while_others_live() {
    on_a_private_bus(path!(the_first_connection_outlives_its_popup_while_others_live), || async {
        let mut fake = Fake::start(ALL, Temper::Kind).await;
        let desktop = desktop();
        let (sender, mut heard) = answers();
        let first = desktop.show(popup("a"), &sender).await.unwrap();
        let second = desktop.show(popup("b"), &sender).await.unwrap();
        let (anchor, other) = (fake.seen().await.sender, fake.seen().await.sender);
        until(heard.recv(), async || fake.dismiss(first.number).await).await;
        desktop.show(popup("c"), &sender).await.unwrap();
        let open = connections().await;
        assert!(open.contains(&anchor) && open.contains(&other));
        until(heard.recv(), async || fake.dismiss(second.number).await).await;
        desktop.close().await;
    });
}

/// Waits until the bus has that many connections.
async fn settle(wanted: usize) {
    while connections().await.len() != wanted {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
