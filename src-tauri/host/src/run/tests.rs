//! A newer version takes over in the middle of a stream: nothing is lost, nothing comes twice.

use std::collections::BTreeSet;
use std::ffi::OsString;

use tidings_demo::{Demo, Options};
use tidings_engine::event::Presented;
use tidings_support::{House, draft, stored, until};
use tokio::task::JoinSet;

use super::*;
use crate::control::End;
use crate::control::start::{Starter, open_or_start};
use crate::request::{Feeds, Request, Settings};

const OLDER: &str = "1.9.0";
const NEWER: &str = "1.10.0";

/// A profile with a feed whose server sends numbered events and resumes.
struct Place {
    house: House,
    paths: Paths,
    socket: PathBuf,
    demo: Demo,
    sent: usize,
}

impl Place {
    async fn new() -> Self {
        let options = Options { reconnection_time: Duration::from_millis(20), ..Options::quiet() };
        let demo = Demo::start(([127, 0, 0, 1], 0).into(), options).await.expect("a free port");
        let house = House::new();
        let paths = Paths::profile(&house.folder()).expect("a profile");
        let socket = house.folder().join("control.sock");
        Self { house, paths, socket, demo, sent: 0 }
    }

    /// A home of a version, on this profile.
    async fn home(&self, version: &str) -> (Arc<Host>, Server) {
        let engine = self.house.start().await;
        let browser = Browser::new(|_| Ok(()));
        let host = Arc::new(Host::new(engine, browser, runtime::Handle::current()));
        (host, Server::bind(&self.socket, version).expect("a socket"))
    }

    fn publish(&mut self) {
        self.demo.control().publish("/replay", None, &event(self.sent)).expect("a feed");
        self.sent += 1;
    }

    /// What a home of the newer version finds in the end: every event once, and each popped up once.
    async fn each_once(&self, host: &Host) {
        let engine = host.engine();
        let feed = engine.attach().snapshot.feeds[0].id.clone();
        let is_told = |at: Presented| matches!(at, Presented::Shown);
        let mut events = stored(engine, &feed, self.sent).await;
        for _ in 0..1_000 {
            if events.iter().all(|event| is_told(event.row.presented)) {
                break;
            }
            time::sleep(LOOK).await;
            events = stored(engine, &feed, self.sent).await;
        }
        let data: Vec<_> = events.iter().map(|event| event.data.clone()).collect();
        assert_eq!(data, (0..self.sent).map(event).collect::<Vec<_>>());
        assert!(events.iter().all(|event| is_told(event.row.presented)));
        let popups = self.house.popups.shown();
        let replaced = popups.iter().filter_map(|(_, popup)| popup.replaces);
        let replaced: Vec<_> = replaced.map(|popup| popup.number).collect();
        let seen = (0..).zip(&popups).filter(|(at, _)| !replaced.contains(at));
        let titles: Vec<_> = seen.map(|(_, (_, popup))| popup.title.as_str()).collect();
        // "4 more from Numbers" stands for four.
        let stands_for = |title: &&str| title.split(' ').next().and_then(|word| word.parse().ok());
        let told: usize = titles.iter().map(|title| stands_for(title).unwrap_or(1)).sum();
        assert_eq!(told, self.sent, "{titles:?}");
        let alone: Vec<_> = titles.iter().filter(|title| stands_for(title).is_none()).collect();
        assert_eq!(alone.iter().collect::<BTreeSet<_>>().len(), alone.len(), "{titles:?}");
    }
}

/// The data of an event.
fn event(number: usize) -> String {
    format!(r#"{{"title":"Event {number}"}}"#)
}

/// Serves to the end, as the program does.
async fn serve(host: Arc<Host>, server: Server) {
    server.serve(Arc::clone(&host)).await;
    host.end().await;
}

/// Has the older home stream, a window of its own version attached; gives that window.
async fn set_out(place: &mut Place, homes: &mut JoinSet<()>) -> Link {
    let (host, server) = place.home(OLDER).await;
    homes.spawn(serve(host, server));
    let window = Link::open(&place.socket, OLDER).await.expect("it listens");
    let url = format!("{}/replay", place.demo.base_url());
    let add = Feeds::Add { draft: Box::new(draft("Numbers", &url).into()) };
    window.ask(Request::from(add)).await.expect("added");
    window.attach(|_| true).await.expect("attached");
    let control = place.demo.control();
    while control.counts("/replay").expect("a feed").open == 0 {
        time::sleep(LOOK).await;
    }
    for _ in 0..3 {
        place.publish();
    }
    window
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_home_takes_over_in_mid_stream_and_every_event_comes_once() {
    let (mut place, mut homes) = (Place::new().await, JoinSet::new());
    let window = set_out(&mut place, &mut homes).await;
    let (paths, socket) = (place.paths.clone(), place.socket.clone());
    let over = take_over(&paths, &socket, NEWER);
    tokio::pin!(over);
    let mut pace = time::interval(Duration::from_millis(5));
    loop {
        tokio::select! {
            () = &mut over => break,
            _ = pace.tick() => if place.sent < 8 { place.publish() },
        }
    }
    assert!(!engine::is_running(&paths.data_folder), "the older one has let go");
    assert_eq!(window.ended().await, End::Said(Goodbye::Upgrade));
    place.publish();
    let (host, server) = place.home(NEWER).await;
    homes.spawn(serve(Arc::clone(&host), server));
    place.publish();
    place.each_once(&host).await;
    let asks = Link::open(&socket, NEWER).await.expect("the newer one listens");
    asks.ask(Settings::Window.into()).await.expect("and answers");
    host.finish(Goodbye::Quit);
    while homes.join_next().await.is_some() {}
    place.demo.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_window_has_the_older_home_give_way_and_finds_the_newer_one() {
    let (mut place, mut homes) = (Place::new().await, JoinSet::new());
    let window = set_out(&mut place, &mut homes).await;
    // The program it starts says that another was quicker: the home below.
    let says = ["-c", r#"echo '"alreadyRuns"'"#].map(OsString::from);
    let starter = Starter::new("/bin/sh".into(), says, place.socket.clone(), NEWER);
    let newer = async {
        while engine::is_running(&place.paths.data_folder) {
            time::sleep(LOOK).await;
        }
        let (host, server) = place.home(NEWER).await;
        homes.spawn(serve(Arc::clone(&host), server));
        host
    };
    let (link, host) = tokio::join!(open_or_start(&starter), newer);
    assert_eq!(window.ended().await, End::Said(Goodbye::Upgrade));
    link.expect("the newer one listens").attach(|_| true).await.expect("and tells everything");
    place.publish();
    place.each_once(&host).await;
    host.finish(Goodbye::Quit);
    while homes.join_next().await.is_some() {}
    place.demo.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_program_lets_a_newer_home_be() {
    let (place, mut homes) = (Place::new().await, JoinSet::new());
    let (host, server) = place.home(NEWER).await;
    homes.spawn(serve(Arc::clone(&host), server));
    take_over(&place.paths, &place.socket, OLDER).await;
    let starter = Starter::new("/bin/false".into(), [], place.socket.clone(), OLDER);
    let refused = open_or_start(&starter).await.expect_err("it is newer");
    assert!(refused.to_string().contains(NEWER), "{refused}");
    until(host.engine(), "it goes on", |_| engine::is_running(&place.paths.data_folder)).await;
    assert!(!host.ending().is_cancelled());
    host.finish(Goodbye::Quit);
    while homes.join_next().await.is_some() {}
    place.demo.stop().await;
}
