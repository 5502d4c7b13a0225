//! What each known daemon is sent, and how what it refuses is taken.

use super::super::super::desktop::Button;
use super::*;

/// A daemon as it introduces itself, and what it is to be sent.
struct Profile {
    who: (&'static str, &'static str, &'static str),
    can: &'static [&'static str],
    body: &'static str,
    /// A click on the popup itself and buttons.
    actions: usize,
    expires: i32,
    progress: bool,
    sound: bool,
}

const MARKED: &str = "<i>R&amp;D</i>\n&lt;b&gt;a&lt;/b&gt; &amp; b";

const PROFILES: &[Profile] = &[
    Profile {
        who: ("gnome-shell", "GNOME", "43.9"),
        can: &["actions", "body", "body-markup", "icon-static", "persistence", "sound"],
        body: MARKED,
        actions: 4,
        expires: 0,
        progress: false,
        sound: true,
    },
    Profile {
        who: ("Plasma", "KDE", "5.27.5"),
        can: &[
            "body",
            "body-hyperlinks",
            "body-markup",
            "body-images",
            "icon-static",
            "actions",
            "persistence",
            "inline-reply",
            "x-kde-urls",
            "x-kde-origin-name",
            "x-kde-display-appname",
            "inhibitions",
        ],
        body: MARKED,
        actions: 5,
        expires: 0,
        progress: false,
        sound: false,
    },
    Profile {
        who: ("dunst", "knopwob", "1.9.0"),
        can: &["actions", "body", "body-hyperlinks", "body-markup", "icon-static", "x-dunst-stack-tag"],
        body: MARKED,
        actions: 5,
        expires: 0,
        progress: true,
        sound: false,
    },
    Profile {
        who: ("notify-osd", "Canonical Ltd", "1.0"),
        can: &[
            "body",
            "body-markup",
            "icon-static",
            "image/svg+xml",
            "x-canonical-private-synchronous",
            "x-canonical-append",
            "x-canonical-private-icon-only",
            "x-canonical-truncation",
        ],
        body: MARKED,
        actions: 0,
        expires: -1,
        progress: false,
        sound: false,
    },
    Profile {
        who: ("Xfce Notify Daemon", "Xfce", "0.7.3"),
        can: &[
            "action-icons",
            "actions",
            "body",
            "body-hyperlinks",
            "body-markup",
            "icon-static",
            "sound",
            "x-canonical-private-icon-only",
        ],
        body: MARKED,
        actions: 5,
        expires: 0,
        progress: true,
        sound: true,
    },
    Profile {
        who: ("Notification Daemon", "MATE", "1.26.0"),
        can: &["actions", "action-icons", "body", "body-hyperlinks", "body-markup", "icon-static", "sound"],
        body: MARKED,
        actions: 5,
        expires: 0,
        progress: false,
        sound: true,
    },
    Profile {
        who: ("something else", "somebody", "0"),
        can: &["body"],
        body: "R&D\n<b>a</b> & b",
        actions: 0,
        expires: 0,
        progress: false,
        sound: false,
    },
];

#[test]
fn each_known_daemon_is_sent_what_it_can_show() {
    on_a_private_bus(path!(each_known_daemon_is_sent_what_it_can_show), || async {
        let desktop = desktop();
        for profile in PROFILES {
            let name = profile.who.0;
            let mut fake = Fake::start_as(profile.who, profile.can, Temper::Kind).await;
            let sound = Sound::Named("bell".into());
            let buttons = [Choice::Follow, Choice::MarkRead, Choice::MuteHour, Choice::Copy]
                .map(|choice| Button { choice, label: "Label".into() });
            let (buttons, progress) = (buttons.to_vec(), Some(40));
            let popup = Popup { stays: true, progress, sound, buttons, ..popup("Title") };
            desktop.show(popup, &answers().0).await.unwrap();
            let seen = fake.seen().await;
            assert_eq!((seen.body.as_str(), seen.expires), (profile.body, profile.expires), "{name}");
            assert_eq!(seen.actions.len() / 2, profile.actions, "{name}");
            let value = seen.hints.get("value").map(|value| value.downcast_ref::<i32>().unwrap());
            assert_eq!(value, profile.progress.then_some(40), "{name}");
            assert_eq!(seen.hints.contains_key("sound-name"), profile.sound, "{name}");
            assert_eq!(seen.hints["urgency"].downcast_ref::<u8>().unwrap(), 1, "{name}");
            fake.quit().await;
        }
    });
}

#[test]
fn the_same_text_again_within_a_second_counts_as_shown() {
    on_a_private_bus(path!(the_same_text_again_within_a_second_counts_as_shown), || async {
        let kde = PROFILES[1].who;
        let _fake = Fake::start_as(kde, PROFILES[1].can, Temper::NoTwins).await;
        let desktop = desktop();
        let first = desktop.show(popup("a"), &answers().0).await.unwrap();
        assert_eq!(desktop.show(popup("a"), &answers().0).await, Ok(first));
        assert_ne!(desktop.show(popup("b"), &answers().0).await.unwrap(), first);
    });
}

#[test]
fn a_daemon_with_few_places_is_never_filled_by_one_program() {
    on_a_private_bus(path!(a_daemon_with_few_places_is_never_filled_by_one_program), || async {
        let mate = &PROFILES[5];
        let mut fake = Fake::start_as(mate.who, mate.can, Temper::Places(20)).await;
        let desktop = desktop();
        let (sender, _heard) = answers();
        for number in 0..30 {
            desktop.show(popup(&number.to_string()), &sender).await.unwrap();
        }
        for oldest in 1..=20 {
            assert_eq!(fake.closed().await, oldest);
        }
        assert!(fake.none_closed());
        desktop.close().await;
    });
}

#[test]
fn a_daemon_is_described_by_what_it_says_of_itself() {
    on_a_private_bus(path!(a_daemon_is_described_by_what_it_says_of_itself), || async {
        let desktop = desktop();
        assert_eq!(desktop.presenter().await, Err(ShowError::NoDaemon));
        let fake = Fake::start_as(("dunst", "knopwob", "1.9.0"), PROFILES[2].can, Temper::Kind).await;
        let wanted = Presenter {
            name: "dunst 1.9.0 by knopwob".into(),
            lacks: vec![Lack::Sounds, Lack::Keeping],
            holds_back: None,
        };
        assert_eq!(desktop.presenter().await, Ok(wanted));
        fake.quit().await;
        let _fake = Fake::start_as(PROFILES[1].who, &["body"], Temper::Quiet).await;
        let met = desktop.presenter().await.unwrap();
        assert_eq!(
            (met.lacks, met.holds_back),
            (vec![Lack::Clicks, Lack::Sounds, Lack::Keeping], Some(true))
        );
    });
}
