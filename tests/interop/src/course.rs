//! What every server is taken through.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt as _;
use tidings_engine::event::StoredEvent;
use tidings_engine::update::FeedState;

use crate::place::Place;
use crate::stage::{KIND, Stage, same, titles};
use crate::subject::{Site, Subject};

/// How a check went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// It holds.
    Holds,
    /// The server can't do it; what happens instead holds.
    ByNature,
    /// It doesn't hold, and why.
    Fails(String),
    /// It was not tried, because one before it failed.
    Untried,
}

/// A server after the course.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Its name.
    pub name: &'static str,
    /// What it is made of, with versions.
    pub parts: String,
    /// In the order of [`Checked::COLUMNS`].
    pub cells: Vec<Cell>,
}

impl Checked {
    /// What is checked.
    pub const COLUMNS: [&'static str; 5] = [
        "live",
        "after the server drops us",
        "after Tidings restarts",
        "keep-alive is life",
        "popup says it",
    ];

    /// Whether everything holds.
    pub fn holds(&self) -> bool {
        self.cells.iter().all(|cell| matches!(cell, Cell::Holds | Cell::ByNature))
    }
}

/// Takes a server through every check, the keep-alives only where `at_length`: they take a minute.
pub async fn course(subject: &Subject, place: &Place, at_length: bool) -> Checked {
    let mut checked = Checked { name: subject.name, parts: String::new(), cells: Vec::new() };
    let parts = AssertUnwindSafe(async {
        let versions = subject.parts.iter().map(|source| place.version(*source));
        let parts = versions.collect::<Vec<_>>().join(", ");
        let site = (subject.start)(place).await;
        let stage = Stage::open(Stage::draft(subject.name, &site.url, subject.nature.silence_seconds)).await;
        (parts, Walk { subject, site, stage, at_length })
    });
    match parts.catch_unwind().await {
        Ok((parts, walk)) => {
            checked.parts = parts;
            walk.through(&mut checked.cells).await;
        }
        Err(panic) => checked.cells.push(Cell::Fails(words(panic.as_ref()))),
    }
    checked.cells.resize(Checked::COLUMNS.len(), Cell::Untried);
    checked
}

/// What a check that doesn't hold said.
pub(crate) fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it panicked").to_owned()
}

/// One server on its way.
struct Walk<'a> {
    subject: &'a Subject,
    site: Site,
    stage: Stage,
    at_length: bool,
}

impl Walk<'_> {
    async fn through(mut self, cells: &mut Vec<Cell>) {
        for column in 0..Checked::COLUMNS.len() {
            let step = AssertUnwindSafe(self.step(column)).catch_unwind().await;
            let cell = step.unwrap_or_else(|panic| Cell::Fails(words(panic.as_ref())));
            let fails = matches!(cell, Cell::Fails(_));
            cells.push(cell);
            if fails {
                break;
            }
        }
        self.stage.leave().await;
    }

    async fn step(&mut self, column: usize) -> Cell {
        match column {
            0 => self.live().await,
            1 => self.dropped().await,
            2 => self.restarted().await,
            3 if self.at_length => self.kept_alive().await,
            3 => Cell::Untried,
            _ => self.popped_up().await,
        }
    }

    /// Events come as they are published: type, ID, lines of data.
    async fn live(&mut self) -> Cell {
        self.stage.publish_until_heard(&self.site.control).await;
        self.stage.publish(&self.site.control).await;
        let events = self.stage.caught_up().await;
        let (newest, published) = (&events[events.len() - 1], self.stage.published());
        assert_eq!(newest.row.event_type, KIND);
        assert!(!newest.last_event_id.is_empty(), "it has no ID: {newest:?}");
        if self.subject.nature.keeps_lines {
            assert_eq!(newest.data, published[published.len() - 1]);
        }
        self.nothing_doubled(&events);
        Cell::Holds
    }

    /// The server ends our stream; what it says meanwhile is there afterwards, once.
    async fn dropped(&mut self) -> Cell {
        let opens = self.stage.opens();
        self.site.control.drop_all().await;
        self.away().await;
        assert!(self.stage.opens() > opens, "it was not dialled again: {}", self.stage.told());
        self.resumed().await
    }

    /// The app is ended and started again.
    async fn restarted(&mut self) -> Cell {
        self.stage.leave().await;
        self.stage.publish(&self.site.control).await;
        self.stage.publish(&self.site.control).await;
        self.stage.come_back().await;
        self.stage.publish_until_heard(&self.site.control).await;
        self.resumed().await
    }

    async fn away(&mut self) {
        self.stage.publish(&self.site.control).await;
        self.stage.publish(&self.site.control).await;
        self.stage.publish_until_heard(&self.site.control).await;
        self.stage.publish(&self.site.control).await;
    }

    async fn resumed(&mut self) -> Cell {
        let events = self.stage.caught_up().await;
        self.nothing_doubled(&events);
        if !self.subject.nature.resumes {
            return Cell::ByNature;
        }
        self.stage.whole().await;
        Cell::Holds
    }

    /// While nothing but keep-alives comes for more than two times the silence, the link stays; without keep-alives it
    /// is dialled again, and goes on.
    async fn kept_alive(&mut self) -> Cell {
        let opens = self.stage.opens();
        let silence = Duration::from_secs(self.subject.nature.silence_seconds.into());
        tokio::time::sleep(silence * 2 + Duration::from_secs(3)).await;
        let told = self.stage.told();
        if self.subject.nature.keeps_alive {
            assert_eq!(self.stage.opens(), opens, "it was dialled again: {told}");
            assert!(matches!(self.stage.state(), FeedState::Live { .. }), "{:?}", self.stage.state());
            self.stage.publish(&self.site.control).await;
            self.resumed().await;
            assert_eq!(self.stage.opens(), opens, "it was dialled again: {}", self.stage.told());
            return Cell::Holds;
        }
        assert!(told.contains("silent for "), "its silence was not noticed: {told}");
        self.stage.publish_until_heard(&self.site.control).await;
        self.resumed().await;
        Cell::ByNature
    }

    /// The popup reads as a person expects.
    async fn popped_up(&mut self) -> Cell {
        let events = self.stage.stored().await;
        let number = self.first(&events) + 1;
        let popup = self.stage.popup(&format!("Build {number} passed")).await;
        assert_eq!(popup.body, format!("main is green\nafter {number} s"));
        assert_eq!(popup.feed_name.as_deref(), Some(self.subject.name));
        assert_eq!(self.stage.remark(), None, "nothing holds its events back: {}", self.stage.told());
        Cell::Holds
    }

    /// The place of the first stored event among the published ones.
    fn first(&self, events: &[StoredEvent]) -> usize {
        let mut published = self.stage.published().iter();
        published.position(|data| same(data, &events[0].data)).expect("what arrived was published")
    }

    /// What arrived was published in this order, and nothing came twice.
    fn nothing_doubled(&self, events: &[StoredEvent]) {
        let mut published = self.stage.published().iter();
        for event in events {
            let found = published.any(|data| same(data, &event.data));
            assert!(found, "{:?} came twice, too late or from nowhere: {:?}", event.data, titles(events));
        }
    }
}
