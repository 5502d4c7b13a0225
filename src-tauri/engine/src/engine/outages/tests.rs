//! Which outages are told, on a clock that is handed in.

use super::*;
use crate::settings::Mute;
use crate::update::{ConnectionView, Reason, ReasonCode, SecretsView, SignInView};

const MINUTE: Duration = Duration::from_secs(60);
const LIVE: FeedState = FeedState::Live { since_ms: 0 };

/// Outages, the feeds they are of, and a clock.
struct Stage {
    outages: Outages,
    feeds: Vec<FeedView>,
    now: Instant,
    silent: bool,
}

impl Stage {
    /// Feeds that are there.
    fn live(names: &[&str]) -> Self {
        let feeds = names.iter().map(|name| view(name, LIVE)).collect();
        let mut stage = Self { outages: Outages::default(), feeds, now: Instant::now(), silent: false };
        assert_eq!(stage.look(), []);
        stage
    }

    fn look(&mut self) -> Vec<Told> {
        let silent = self.silent;
        self.outages.look(&self.feeds, self.now, Language::English, |_| !silent)
    }

    fn enter(&mut self, name: &str, state: FeedState) -> Vec<Told> {
        let view = self.feeds.iter_mut().find(|view| view.name == name).unwrap();
        view.state = state;
        self.look()
    }

    fn wait(&mut self, time: Duration) -> Vec<Told> {
        self.now += time;
        self.look()
    }
}

fn view(name: &str, state: FeedState) -> FeedView {
    FeedView {
        id: FeedId::from_text(name),
        name: name.to_owned(),
        icon: None,
        url: String::new(),
        enabled: true,
        notify: true,
        mute: Mute::Off,
        allowed: Default::default(),
        bursting: false,
        preset: None,
        recognised: None,
        sign_in: SignInView::None,
        header_names: Vec::new(),
        connection: Box::<ConnectionView>::default(),
        secrets: SecretsView::NotNeeded,
        state,
        unread: 0,
    }
}

fn why() -> Reason {
    Reason { code: ReasonCode::Other, message: "The server can't be reached.".into() }
}

fn waiting() -> FeedState {
    FeedState::Waiting { until_ms: 0, why: why() }
}

fn needs_person() -> FeedState {
    FeedState::NeedsPerson { why: why() }
}

fn down(name: &str) -> Told {
    Told::Down {
        feed: Some(FeedId::from_text(name)),
        title: format!("{name} is down"),
        body: "The server can't be reached.".into(),
    }
}

fn over(name: &str) -> Told {
    Told::Over(Some(FeedId::from_text(name)))
}

#[test]
fn ten_minutes_are_told_once_and_taken_back() {
    let mut stage = Stage::live(&["a", "b"]);
    assert_eq!(stage.outages.next(stage.now), None);
    assert_eq!(stage.enter("a", waiting()), []);
    assert_eq!(stage.outages.next(stage.now), Some(stage.now + LONG));
    assert_eq!(stage.wait(MINUTE * 5), []);
    assert_eq!(stage.enter("a", FeedState::Connecting), [], "a try is no end");
    assert_eq!(stage.enter("a", waiting()), []);
    assert_eq!(stage.wait(MINUTE * 4), []);
    assert_eq!(stage.wait(MINUTE), [down("a")]);
    assert_eq!(stage.wait(MINUTE * 600), []);
    assert_eq!(stage.enter("a", FeedState::Connecting), []);
    assert_eq!(stage.enter("a", LIVE), [over("a")]);
    assert_eq!(stage.wait(MINUTE * 600), []);
}

#[test]
fn one_that_never_was_there_is_told_only_if_it_needs_a_person() {
    let mut stage = Stage::live(&[]);
    stage.feeds = vec![view("a", waiting()), view("b", needs_person())];
    assert_eq!(stage.look(), []);
    assert_eq!(stage.wait(MINUTE * 11), [down("b")]);
}

#[test]
fn what_is_no_fault_of_the_feed_is_not_told() {
    for state in [
        FeedState::Offline,
        FeedState::Paused,
        FeedState::Disabled,
        FeedState::StoppedByServer { why: why() },
        FeedState::Connecting,
    ] {
        let mut stage = Stage::live(&["a"]);
        assert_eq!(stage.enter("a", state), []);
        assert_eq!(stage.wait(MINUTE * 60), []);
    }
}

#[test]
fn without_a_network_the_time_counts_anew_and_what_was_said_stays() {
    let mut stage = Stage::live(&["a"]);
    stage.enter("a", waiting());
    stage.wait(MINUTE * 9);
    stage.enter("a", FeedState::Offline);
    stage.wait(MINUTE * 9);
    stage.enter("a", waiting());
    assert_eq!(stage.wait(MINUTE * 9), []);
    assert_eq!(stage.wait(MINUTE), [down("a")]);
    assert_eq!(stage.enter("a", FeedState::Offline), []);
    assert_eq!(stage.enter("a", waiting()), []);
    assert_eq!(stage.wait(MINUTE * 60), []);
    assert_eq!(stage.enter("a", FeedState::Paused), [over("a")]);
}

#[test]
fn quiet_hours_and_mutes_are_waited_out() {
    let mut stage = Stage::live(&["a"]);
    stage.enter("a", waiting());
    stage.silent = true;
    assert_eq!(stage.wait(MINUTE * 60), []);
    assert_eq!(stage.outages.next(stage.now), Some(stage.now + LOOK));
    stage.silent = false;
    assert_eq!(stage.wait(LOOK), [down("a")]);
}

#[test]
fn many_at_once_are_one_popup_until_all_are_back() {
    let names = ["a", "b", "c", "d"];
    let mut stage = Stage::live(&names);
    for name in names {
        stage.enter(name, waiting());
        stage.wait(Duration::from_secs(10));
    }
    assert_eq!(stage.wait(MINUTE * 9), []);
    let told = stage.wait(MINUTE);
    let title = "4 feeds are down".to_owned();
    assert_eq!(told, [Told::Down { feed: None, title, body: "a\nb\nc\nd".into() }]);
    for name in &names[..3] {
        assert_eq!(stage.enter(name, LIVE), []);
    }
    assert_eq!(stage.enter("d", LIVE), [Told::Over(None)]);
}

#[test]
fn a_removed_feed_is_forgotten() {
    let mut stage = Stage::live(&["a"]);
    stage.enter("a", waiting());
    stage.feeds.clear();
    assert_eq!(stage.wait(MINUTE * 60), []);
    assert_eq!(stage.outages.next(stage.now), None);
}
