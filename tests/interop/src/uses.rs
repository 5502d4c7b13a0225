//! What people use feeds for, each by a server that others wrote and with the settings a person gets.

use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use serde_json::json;
use tidings_engine::notify::desktop::Popup;
use tidings_support::draft;

use crate::between::a_while;
use crate::passage::Passage;
use crate::place::Place;
use crate::servers;
use crate::stage::Stage;
use crate::subject::Site;

/// Every use.
pub const PASSAGES: &[Passage] = &[
    Passage {
        name: "notifications (Flask, queues)",
        happens: "one every two seconds, with title, message and link",
        seen: "a popup for each: its title, its message, the feed's name, and “Open link”",
        check: |place| notifications(place).boxed_local(),
    },
    Passage {
        name: "an activity feed (FastAPI)",
        happens: "who did what, twelve at once",
        seen: "“Mira closed issue 1” and the next two; the others are counted in one popup, with the newest",
        check: |place| activity(place).boxed_local(),
    },
    Passage {
        name: "a ticker (Express)",
        happens: "40 prices a second for a minute, of four symbols",
        seen: "a popup for each symbol, which follows its price, with at most eight calls in ten seconds",
        check: |place| ticker(place).boxed_local(),
    },
    Passage {
        name: "metrics (Fastify)",
        happens: "a machine's load four times a second",
        seen: "one popup, which follows it",
        check: |place| metrics(place).boxed_local(),
    },
    Passage {
        name: "progress of a task (aiohttp)",
        happens: "0 to 100 per cent in steps of five",
        seen: "one popup with a bar that fills, and 100 % at the end",
        check: |place| progress(place).boxed_local(),
    },
    Passage {
        name: "a log tail (Redis channels)",
        happens: "150 lines of text as quickly as they are written",
        seen: "the first lines, then how many more there are, and the newest",
        check: |place| log(place).boxed_local(),
    },
    Passage {
        name: "scores (better-sse)",
        happens: "five goals of one match",
        seen: "“Goal”, with the match, its score and the minute, each as it falls",
        check: |place| scores(place).boxed_local(),
    },
    Passage {
        name: "chat (Express)",
        happens: "three people say something, one of them in two lines",
        seen: "a popup for each: who says it, and what",
        check: |place| chat(place).boxed_local(),
    },
];

/// Prices that the ticker sends.
const PRICES: usize = 2400;
/// Calls of the notification daemon that a feed may make in [`GLANCE`].
const MOST_CALLS: usize = 8;
const GLANCE: Duration = Duration::from_secs(10);

/// A server, and a feed of it.
struct Use {
    site: Site,
    stage: Stage,
}

impl Use {
    /// Follows a server of the list.
    async fn of(place: &Place, server: &str, feed: &str) -> Self {
        let subject = servers::all().into_iter().find(|one| one.name == server).expect("it is in the list");
        let site = (subject.start)(place).await;
        let stage = Stage::open(draft(feed, &site.url)).await;
        stage.live().await;
        // Live is what was promised; the server may still be at putting us on its list.
        a_while(1).await;
        Self { site, stage }
    }

    async fn say(&mut self, kind: &str, data: &str) {
        self.stage.say(&self.site.control, kind, data).await;
    }

    /// Everything arrived once and in order, nothing held it back, and no moment had too many popups.
    async fn ends_well(mut self) {
        self.stage.all_of_it().await;
        assert_eq!(self.stage.remark(), None, "{}", self.stage.told());
        few_at_a_time(&self.stage);
        self.stage.leave().await;
    }
}

fn few_at_a_time(stage: &Stage) {
    let shown = stage.shown();
    for (at, _) in &shown {
        let count = shown.iter().filter(|(other, _)| (*at..*at + GLANCE).contains(other)).count();
        assert!(count <= MOST_CALLS, "{count} popups in ten seconds: {:?}", stage.popups());
    }
}

/// A popup as people read it.
fn read(popup: &Popup) -> (&str, &str) {
    (&popup.title, &popup.body)
}

async fn notifications(place: &Place) {
    let mut used = Use::of(place, "Flask, queues", "Office").await;
    let told = [
        ("Invoice 31 is paid", "Thank you, 120 € arrived."),
        ("Invoice 32 is overdue", "It was due on Friday."),
        ("A comment on invoice 30", "Mira: is this the right address?"),
    ];
    for (title, message) in told {
        let data = json!({ "title": title, "message": message, "url": "https://example.org/invoices" });
        used.say("notification", &data.to_string()).await;
        let popup = used.stage.popup(title).await;
        assert_eq!((popup.body.as_str(), popup.feed_name.as_deref()), (message, Some("Office")));
        assert!(popup.buttons.iter().any(|button| button.label == "Open link"), "{popup:?}");
        a_while(2).await;
    }
    used.ends_well().await;
}

async fn activity(place: &Place) {
    let mut used = Use::of(place, "FastAPI", "Project").await;
    for number in 1..=12 {
        let data =
            json!({ "user": "Mira", "action": "closed", "target": format!("issue {number}"), "id": number });
        used.say("activity", &data.to_string()).await;
    }
    used.stage
        .popup_of("the others are counted, with the newest", |popup| {
            popup.title.contains(" more ") && popup.body == "Mira closed issue 12"
        })
        .await;
    let shown = used.stage.shown();
    let alone: Vec<_> = shown.iter().filter(|(_, popup)| !popup.title.contains(" more ")).collect();
    assert!((2..=4).contains(&alone.len()), "{shown:#?}");
    assert_eq!(read(&alone[0].1), ("Mira closed issue 1", ""));
    used.ends_well().await;
}

async fn ticker(place: &Place) {
    let site = servers::ticker(place).await;
    let mut stage = Stage::open(draft("Prices", &site.url)).await;
    let began = Instant::now();
    while stage.count().await < PRICES {
        assert!(began.elapsed() < Duration::from_secs(180), "{} came; {}", stage.count().await, stage.told());
        a_while(2).await;
    }
    let ids: Vec<_> = stage.stored().await.into_iter().map(|event| event.last_event_id).collect();
    assert_eq!(ids, (1..=PRICES).map(|number| number.to_string()).collect::<Vec<_>>());
    assert_eq!((stage.opens(), stage.remark()), (1, None), "{}", stage.told());
    a_while(GLANCE.as_secs()).await;
    few_at_a_time(&stage);
    for symbol in ["ACME", "GLOBEX", "INITECH", "UMBRELLA"] {
        let shown = stage.shown();
        let of_it: Vec<_> = shown.iter().filter(|(_, popup)| popup.title.starts_with(symbol)).collect();
        let places = of_it.iter().filter(|(_, popup)| popup.replaces.is_none()).count();
        assert!(of_it.len() > 2 && places == 1, "{symbol}: {:?}", stage.popups());
    }
    stage.leave().await;
}

async fn metrics(place: &Place) {
    let mut used = Use::of(place, "Fastify", "Machine").await;
    for number in 0..60 {
        let data = json!({ "cpu": 20 + number % 7, "memory": 48, "load": 0.5 });
        used.say("metrics", &data.to_string()).await;
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    a_while(3).await;
    let shown = used.stage.shown();
    assert!(shown.iter().skip(1).all(|(_, popup)| popup.replaces.is_some()), "{shown:#?}");
    assert!(
        shown.last().is_some_and(|(_, popup)| popup.body.contains("23")),
        "the newest stands: {shown:#?}"
    );
    used.ends_well().await;
}

async fn progress(place: &Place) {
    let mut used = Use::of(place, "aiohttp", "Backups").await;
    for percent in (0..=100).step_by(5) {
        let data = json!({ "task": "Photographs", "percent": percent });
        used.say("progress", &data.to_string()).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    let last = used.stage.popup_of("it is done", |popup| popup.progress == Some(100)).await;
    assert!(last.title.contains("Photographs"), "{last:?}");
    let shown = used.stage.shown();
    let bars: Vec<_> = shown.iter().filter_map(|(_, popup)| popup.progress).collect();
    assert!(bars.len() == shown.len() && bars.is_sorted(), "{bars:?}");
    assert!(shown.iter().skip(1).all(|(_, popup)| popup.replaces.is_some()), "{shown:#?}");
    used.ends_well().await;
}

async fn log(place: &Place) {
    let mut used = Use::of(place, "Redis channels", "web-1").await;
    for number in 1..=150 {
        used.say("log", &format!("2026-11-21 22:00:{:02} INFO request {number} took 12 ms", number % 60))
            .await;
    }
    used.stage
        .popup_of("the others are counted, with the newest", |popup| {
            popup.title.contains(" more ") && popup.body.contains("request 150")
        })
        .await;
    assert_eq!(used.stage.shown()[0].1.title, "2026-11-21 22:00:01 INFO request 1 took 12 ms");
    used.ends_well().await;
}

async fn scores(place: &Place) {
    let mut used = Use::of(place, "better-sse", "League").await;
    for (minute, score) in [(11, "1:0"), (35, "1:1"), (60, "2:1"), (77, "2:2"), (90, "3:2")] {
        let data = json!({ "match": "Reds – Blues", "score": score, "minute": minute });
        used.say("goal", &data.to_string()).await;
        let popup = used.stage.popup_of(score, |popup| popup.body.contains(score)).await;
        let body = format!("match: Reds – Blues\nscore: {score}\nminute: {minute}");
        assert_eq!(read(&popup), ("Goal", body.as_str()));
        a_while(3).await;
    }
    used.ends_well().await;
}

async fn chat(place: &Place) {
    let mut used = Use::of(place, "Express", "Team").await;
    for (user, message) in
        [("Mira", "Lunch?"), ("Jonas", "In five minutes,\nat the door."), ("Ada", "🍜 yes")]
    {
        let data = json!({ "user": user, "message": message });
        used.say("message", &data.to_string()).await;
        let popup = used.stage.popup_of(message, |popup| popup.body == message).await;
        assert_eq!((read(&popup), popup.feed_name.as_deref()), ((user, message), Some("Team")));
        a_while(3).await;
    }
    used.ends_well().await;
}
