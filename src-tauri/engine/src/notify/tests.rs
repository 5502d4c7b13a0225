//! The notifier on a scripted desktop and a paused clock.

use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use tokio::time::{advance, sleep};

use super::desktop::{Answer, Button, Deed, Popup, PopupId, Sound};
use super::*;

mod behaving;

/// A notice of a feed that is called like its id.
pub(super) fn notice(feed: &str, event: i64) -> Notice {
    Notice {
        event: EventId(event),
        feed: FeedId::from_text(feed),
        feed_name: feed.to_owned(),
        title: format!("Event {event}"),
        body: "Body".to_owned(),
        priority: Priority::Normal,
        key: None,
        group: None,
        picture: Named::Nothing,
        insistence: Insistence::default(),
        progress: None,
        opens: None,
    }
}

pub(super) fn offered(buttons: &[(Choice, &str)]) -> Vec<Button> {
    buttons.iter().map(|(choice, label)| Button { choice: *choice, label: (*label).to_owned() }).collect()
}

/// A desktop that does what a test tells it.
#[derive(Debug, Default)]
struct Scripted {
    shown: Mutex<Vec<Popup>>,
    fails: Mutex<Option<ShowError>>,
    takes: Mutex<Duration>,
    answers: Mutex<Option<mpsc::Sender<Answer>>>,
    taken_away: Mutex<Vec<u32>>,
    closed: AtomicU32,
}

#[async_trait]
impl Desktop for Scripted {
    async fn show(&self, popup: Popup, answers: &mpsc::Sender<Answer>) -> Result<PopupId, ShowError> {
        *lock(&self.answers) = Some(answers.clone());
        let takes = *lock(&self.takes);
        sleep(takes).await;
        if let Some(error) = lock(&self.fails).clone() {
            return Err(error);
        }
        let mut shown = lock(&self.shown);
        let number =
            popup.replaces.map_or(u32::try_from(shown.len()).unwrap() + 1, |replaced| replaced.number);
        shown.push(popup);
        Ok(PopupId { run: 1, number })
    }

    async fn presenter(&self) -> Result<Presenter, ShowError> {
        match lock(&self.fails).clone() {
            Some(error) => Err(error),
            None => Ok(Presenter { name: "Scripted".into(), ..Presenter::default() }),
        }
    }

    async fn close_one(&self, popup: PopupId) {
        lock(&self.taken_away).push(popup.number);
    }

    async fn close(&self) {
        self.closed.fetch_add(1, Ordering::Relaxed);
    }
}

impl Scripted {
    fn titles(&self) -> Vec<String> {
        lock(&self.shown).iter().map(|popup| popup.title.clone()).collect()
    }

    async fn answer(&self, number: u32, deed: Deed) {
        let answers = lock(&self.answers).clone().unwrap();
        answers.send(Answer { popup: PopupId { run: 1, number }, deed }).await.unwrap();
    }
}

fn stage() -> (Arc<Scripted>, Notifier, mpsc::Receiver<Report>) {
    let desktop = Arc::new(Scripted::default());
    let (notifier, reports) = Notifier::start(desktop.clone());
    (desktop, notifier, reports)
}

fn settled(feed: &str, events: &[i64], shown: Result<(), ShowError>) -> Report {
    Report::Settled {
        feed: FeedId::from_text(feed),
        events: events.iter().copied().map(EventId).collect(),
        shown,
    }
}

fn drain(reports: &mut mpsc::Receiver<Report>) -> Vec<Report> {
    std::iter::from_fn(|| reports.try_recv().ok()).collect()
}

#[tokio::test(start_paused = true)]
async fn a_notice_is_shown_at_once_and_reported_once() {
    let (desktop, notifier, mut reports) = stage();
    assert_eq!(notifier.offer(notice("Server alerts", 7)), Offered::Taken);
    assert_eq!(reports.recv().await, Some(settled("Server alerts", &[7], Ok(()))));
    let wanted = Popup {
        replaces: None,
        title: "Event 7".into(),
        feed_name: Some("Server alerts".into()),
        picture: None,
        body: "Body".into(),
        priority: Priority::Normal,
        stays: false,
        sound: Sound::Usual,
        progress: None,
        click: "Open",
        buttons: offered(&[
            (Choice::MarkRead, "Mark read"),
            (Choice::MuteHour, "Mute 1 h"),
            (Choice::Copy, "Copy text"),
        ]),
    };
    assert_eq!(*lock(&desktop.shown), [wanted]);
    sleep(Duration::from_secs(60)).await;
    assert_eq!(drain(&mut reports), []);
}

#[tokio::test(start_paused = true)]
async fn a_burst_is_few_popups_and_every_event_is_settled_once() {
    let (desktop, notifier, mut reports) = stage();
    for event in 0..10_000 {
        assert_eq!(notifier.offer(notice("a", event)), Offered::Taken);
    }
    sleep(Duration::from_secs(10)).await;
    assert_eq!(desktop.titles(), ["Event 0", "Event 1", "Event 2", "9997 more from a"]);
    let reports = drain(&mut reports);
    let mut events: Vec<_> = reports.iter().flat_map(events).collect();
    events.sort_unstable();
    assert_eq!(events, (0..10_000).map(EventId).collect::<Vec<_>>());
}

fn events(report: &Report) -> Vec<EventId> {
    match report {
        Report::Settled { events, .. } => events.clone(),
        Report::Summarised { .. } | Report::Clicked(_) | Report::Chosen(..) | Report::Health(_) => Vec::new(),
    }
}

#[tokio::test(start_paused = true)]
async fn a_hung_daemon_never_holds_up_who_offers() {
    let (desktop, notifier, mut reports) = stage();
    *lock(&desktop.takes) = Duration::from_secs(5);
    let before = Instant::now();
    for event in 0..5_000 {
        let _ = notifier.offer(notice("a", event));
        tokio::task::yield_now().await;
    }
    assert_eq!(Instant::now(), before);
    sleep(Duration::from_secs(60)).await;
    assert_eq!(desktop.titles().last().unwrap(), "4997 more from a");
    assert_eq!(drain(&mut reports).iter().flat_map(events).count(), 5_000);
}

#[tokio::test(start_paused = true)]
async fn an_unread_report_holds_up_nobody_either() {
    let (_desktop, notifier, mut reports) = stage();
    for event in 0..1_000 {
        let _ = notifier.offer(notice(&format!("feed {event}"), event));
    }
    sleep(Duration::from_secs(1_000)).await;
    assert_eq!(notifier.offer(notice("late", 5_000)), Offered::Taken);
    let mut seen = 0;
    while seen < 1_001 {
        seen += events(&reports.recv().await.unwrap()).len();
    }
}

#[tokio::test(start_paused = true)]
async fn trouble_is_told_once_and_so_is_its_end() {
    let (desktop, notifier, mut reports) = stage();
    *lock(&desktop.fails) = Some(ShowError::NoDaemon);
    for event in 1..=2 {
        let _ = notifier.offer(notice("a", event));
        sleep(Duration::from_secs(5)).await;
    }
    *lock(&desktop.fails) = None;
    let _ = notifier.offer(notice("a", 3));
    sleep(Duration::from_secs(5)).await;
    assert_eq!(
        drain(&mut reports),
        [
            Report::Health(Err(ShowError::NoDaemon)),
            settled("a", &[1], Err(ShowError::NoDaemon)),
            settled("a", &[2], Err(ShowError::NoDaemon)),
            Report::Health(Ok(())),
            settled("a", &[3], Ok(())),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_click_names_its_event_once() {
    let (desktop, notifier, mut reports) = stage();
    let _ = notifier.offer(notice("a", 1));
    let _ = notifier.offer(notice("a", 2));
    sleep(Duration::from_secs(1)).await;
    drain(&mut reports);
    desktop.answer(1, Deed::Clicked).await;
    desktop.answer(1, Deed::Clicked).await;
    desktop.answer(2, Deed::Closed).await;
    desktop.answer(2, Deed::Clicked).await;
    desktop.answer(99, Deed::Clicked).await;
    sleep(Duration::from_secs(1)).await;
    let clicked = Clicked { feed: FeedId::from_text("a"), event: Some(EventId(1)) };
    assert_eq!(drain(&mut reports), [Report::Clicked(clicked)]);
}

#[tokio::test(start_paused = true)]
async fn a_count_opens_its_newest_event_and_starts_afresh_after() {
    let (desktop, notifier, mut reports) = stage();
    let flood = || (0..13).for_each(|event| assert_eq!(notifier.offer(notice("a", event)), Offered::Taken));
    flood();
    sleep(Duration::from_secs(20)).await;
    drain(&mut reports);
    desktop.answer(4, Deed::Clicked).await;
    let clicked = Clicked { feed: FeedId::from_text("a"), event: Some(EventId(12)) };
    assert_eq!(reports.recv().await, Some(Report::Clicked(clicked)));
    flood();
    sleep(Duration::from_secs(20)).await;
    flood();
    sleep(Duration::from_secs(20)).await;
    let counts: Vec<_> = desktop.titles().into_iter().filter(|title| title.contains("more")).collect();
    assert_eq!(counts, ["10 more from a", "10 more from a", "20 more from a"]);
    let shown = lock(&desktop.shown);
    assert_eq!(shown.iter().filter(|popup| popup.replaces.is_some()).count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_summary_says_how_many_and_is_reported() {
    let (desktop, notifier, mut reports) = stage();
    notifier.summarise(Summary {
        count: 14,
        newest: EventId(9),
        most_urgent: Notice {
            feed_name: "Server alerts".into(),
            title: "Disk full".into(),
            priority: Priority::Urgent,
            ..notice("a", 7)
        },
    });
    let feed = FeedId::from_text("a");
    assert_eq!(reports.recv().await, Some(Report::Summarised { feed, newest: EventId(9), shown: Ok(()) }));
    let shown = lock(&desktop.shown)[0].clone();
    assert_eq!(
        (shown.title.as_str(), shown.body.as_str(), shown.priority),
        ("14 from Server alerts while you were away", "Disk full", Priority::High)
    );
}

#[tokio::test(start_paused = true)]
async fn a_word_of_the_program_is_shown_at_once_and_a_click_opens_the_window() {
    let (desktop, notifier, mut reports) = stage();
    notifier.say("Tidings can't store events".into(), "The disk is full.".into());
    sleep(Duration::from_millis(1)).await;
    let shown = lock(&desktop.shown)[0].clone();
    assert_eq!(
        (shown.title.as_str(), shown.body.as_str()),
        ("Tidings can't store events", "The disk is full.")
    );
    desktop.answer(1, Deed::Clicked).await;
    sleep(Duration::from_millis(1)).await;
    let told = drain(&mut reports);
    assert!(matches!(&told[..], [Report::Clicked(Clicked { event: None, .. })]), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn popups_are_clean_and_short_and_name_their_feed() {
    let (desktop, notifier, _reports) = stage();
    let name = "A feed with quite a long name that somebody gave it";
    let _ = notifier.offer(Notice {
        feed_name: name.into(),
        title: format!("a\u{202e}b\n{}", "x".repeat(500)),
        body: "line\n".repeat(50),
        ..notice("a", 1)
    });
    let _ = notifier.offer(Notice { title: "a".into(), body: String::new(), ..notice("a", 2) });
    sleep(Duration::from_secs(1)).await;
    let shown = lock(&desktop.shown);
    assert!(shown[0].title.starts_with("ab xxx") && shown[0].title.chars().count() == 120);
    assert_eq!(shown[0].feed_name.as_deref(), Some("A feed with quite a long name that someb…"));
    assert_eq!(shown[0].body.lines().count(), 10);
    assert_eq!((shown[1].title.as_str(), &shown[1].feed_name), ("a", &None));
}

#[tokio::test(start_paused = true)]
async fn a_popup_names_its_group_beside_its_feed_unless_its_title_does() {
    let (desktop, notifier, _reports) = stage();
    let of = |feed: &str, event, title: &str| Notice {
        title: title.into(),
        group: Some("we\u{202e}b-1".into()),
        ..notice(feed, event)
    };
    let _ = notifier.offer(of("a", 1, "Disk full"));
    let _ = notifier.offer(of("b", 2, "web-1"));
    let _ = notifier.offer(of("c", 3, "c"));
    sleep(Duration::from_secs(1)).await;
    let shown = lock(&desktop.shown);
    let mut said: Vec<_> =
        shown.iter().map(|popup| (popup.title.as_str(), popup.feed_name.as_deref())).collect();
    said.sort_unstable();
    assert_eq!(said, [("Disk full", Some("a · web-1")), ("c · web-1", None), ("web-1", Some("b"))]);
}

#[tokio::test(start_paused = true)]
async fn a_count_names_the_group_that_all_it_counts_belong_to() {
    for (last, named) in [("web", "more from a · web"), ("mail", "more from a")] {
        let (desktop, notifier, _reports) = stage();
        for event in 1..=20 {
            let group = if event == 20 { last } else { "web" };
            let _ = notifier.offer(Notice { group: Some(group.into()), ..notice("a", event) });
        }
        sleep(Duration::from_secs(60)).await;
        let shown = lock(&desktop.shown);
        let title = &shown.last().unwrap().title;
        assert!(title.ends_with(named), "{title}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_forgotten_feed_is_silent_and_its_popups_are_dead() {
    let (desktop, notifier, mut reports) = stage();
    let _ = notifier.offer(notice("a", 1));
    sleep(Duration::from_secs(1)).await;
    for event in 2..20 {
        let _ = notifier.offer(notice("a", event));
    }
    notifier.forget(&FeedId::from_text("a"));
    sleep(Duration::from_secs(60)).await;
    desktop.answer(1, Deed::Clicked).await;
    sleep(Duration::from_secs(1)).await;
    assert_eq!(drain(&mut reports), [settled("a", &[1], Ok(()))]);
}

#[tokio::test(start_paused = true)]
async fn shutdown_ends_at_once_even_while_the_daemon_hangs() {
    let (desktop, notifier, mut reports) = stage();
    *lock(&desktop.takes) = Duration::from_secs(5);
    let _ = notifier.offer(notice("a", 1));
    advance(Duration::from_millis(10)).await;
    let before = Instant::now();
    notifier.shutdown().await;
    assert_eq!(Instant::now(), before);
    assert_eq!(desktop.closed.load(Ordering::Relaxed), 1);
    assert_eq!(reports.recv().await, None);
    let _ = notifier.offer(notice("a", 2));
    notifier.shutdown().await;
}
