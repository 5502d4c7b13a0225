//! Servers that speak by themselves, or only as they were scripted to.

use std::process::Command;

use futures_util::FutureExt as _;
use tempfile::TempDir;

use crate::between::a_while;
use crate::passage::Passage;
use crate::place::{Place, free_port};
use crate::program::Program;
use crate::stage::Stage;

pub(super) const PASSAGES: &[Passage] = &[
    Passage {
        name: "Express, a counter",
        happens: "it counts on from the last event ID, also after its own restart and after ours",
        seen: "every number once, each as “Count n”",
        check: |place| counter(place).boxed_local(),
    },
    Passage {
        name: "esbuild --serve (Go's net/http)",
        happens: "each build is an event without ID; a restart of the server is noticed",
        seen: "“change”, with the files that changed",
        check: |place| esbuild(place).boxed_local(),
    },
    Passage {
        name: "WireMock",
        happens: "resets, an empty answer, a malformed chunk, 500, 503 and 429, then a stream in dribbles",
        seen: "each in its own words in the feed's health; then the events, once",
        check: |place| wiremock(place).boxed_local(),
    },
];

/// More changes than esbuild can miss.
const REBUILDS: u32 = 20;

fn node(place: &Place, file: &str, port: u16) -> Command {
    let mut command = place.node(file);
    command.env("PORT", port.to_string());
    command
}

async fn counter(place: &Place) {
    let (port, logs) = (free_port(), place.installed("logs"));
    let name = format!("express-counter-{port}");
    let start =
        || async { Program::start(&name, &mut node(place, "express-counter.js", port), port, &logs).await };
    let server = start().await;
    let mut stage =
        Stage::open(Stage::draft("counter", &format!("http://127.0.0.1:{port}/events"), 15)).await;
    counted(&stage, 5).await;
    drop(server);
    stage.told_of("refused: ").await;
    let before = stage.stored().await.len();
    let _server = start().await;
    counted(&stage, before + 5).await;
    stage.leave().await;
    stage.come_back().await;
    counted(&stage, before + 12).await;
    assert_eq!(stage.popup("Count 1").await.body, "of many");
    stage.leave().await;
}

/// Waits until so many were counted, and sees that each number is there once and in order.
async fn counted(stage: &Stage, count: usize) {
    let events = stage
        .until(&format!("it counted to {count}"), async || {
            Some(stage.stored().await).filter(|events| events.len() >= count)
        })
        .await;
    let ids: Vec<_> = events.iter().map(|event| event.last_event_id.clone()).collect();
    assert_eq!(ids, (1..=ids.len()).map(|n| n.to_string()).collect::<Vec<_>>());
    assert!(events.iter().all(|event| event.row.event_type == "count"));
}

async fn esbuild(place: &Place) {
    let (port, logs) = (free_port(), place.installed("logs"));
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let source = folder.path().join("app.js");
    let write = |number: u32| {
        std::fs::write(&source, format!("console.log({number})")).expect("there is room for a file");
    };
    write(0);
    let start = || async {
        let mut command = Command::new(place.installed("node/node_modules/.bin/esbuild"));
        command.current_dir(folder.path());
        command.args(["app.js", "--bundle", "--outdir=www", "--servedir=www", "--watch=forever"]);
        command.arg(format!("--serve=127.0.0.1:{port}"));
        Program::start(&format!("esbuild-{port}"), &mut command, port, &logs).await
    };
    let server = start().await;
    let mut stage =
        Stage::open(Stage::draft("esbuild", &format!("http://127.0.0.1:{port}/esbuild"), 15)).await;
    stage.live().await;
    rebuilt(&stage, &write).await;
    let popup = stage.until("it pops up", async || stage.newest_popup()).await;
    assert!(popup.body.contains("/app.js"), "{popup:?}");
    drop(server);
    stage.told_of("refused: ").await;
    let opens = stage.opens();
    let _server = start().await;
    stage.until("it is dialled again", async || (stage.opens() > opens).then_some(())).await;
    rebuilt(&stage, &write).await;
    stage.leave().await;
}

/// Changes the source until a build is told: it is looked at now and then, and not before it was read once.
async fn rebuilt(stage: &Stage, write: impl Fn(u32)) {
    let before = stage.stored().await.len();
    for number in 1..=REBUILDS {
        write(number + u32::try_from(before).unwrap_or_default() * REBUILDS);
        a_while(1).await;
        let events = stage.stored().await;
        if let Some(event) = events.get(before) {
            assert_eq!(event.row.event_type, "change");
            assert_eq!(event.data, r#"{"added":[],"removed":[],"updated":["/app.js"]}"#);
            return;
        }
    }
    panic!("no build is told: {}", stage.told());
}

/// What WireMock answers, one after the other, and what a person reads of each.
const SCRIPT: &[(&str, &str)] = &[
    (r#""fault": "CONNECTION_RESET_BY_PEER""#, "The server broke the connection off."),
    (r#""fault": "EMPTY_RESPONSE""#, "The server closed the connection without an answer."),
    // It comes without a content type.
    (r#""fault": "MALFORMED_RESPONSE_CHUNK""#, "The server answered without saying what it sends"),
    (r#""status": 500"#, "The server has a fault of its own. (500"),
    (r#""status": 503"#, "The server has a fault of its own. (503"),
    (
        r#""status": 429, "headers": {"Retry-After": "1"}"#,
        "The server is busy and named a time to come back. (429",
    ),
];
/// The stream that it answers at last, in five pieces that cut lines apart.
const STREAM: &str = r#""status": 200, "headers": {"Content-Type": "text/event-stream"},
    "body": "id: 1\ndata: one\n\nid: 2\ndata: two\n\nid: 3\ndata: three\n\n",
    "chunkedDribbleDelay": {"numberOfChunks": 5, "totalDuration": 2000}"#;

fn mapping(step: usize, answer: &str) -> String {
    let state = |step: usize| if step == 0 { "Started".to_owned() } else { step.to_string() };
    format!(
        r#"{{"scenarioName": "s", "requiredScenarioState": "{}", "newScenarioState": "{}",
            "request": {{"method": "GET", "url": "/events"}}, "response": {{{answer}}}}}"#,
        state(step),
        state(step + 1)
    )
}

async fn wiremock(place: &Place) {
    let (port, folder) = (free_port(), tempfile::tempdir().expect("there is room for a folder"));
    let answers = SCRIPT.iter().map(|(answer, _)| *answer).chain([STREAM]).enumerate();
    for (step, answer) in answers {
        put(&folder, step, &mapping(step, answer));
    }
    let mut command = Command::new("java");
    command.args(["-Xmx128m", "-jar"]);
    command.arg(place.installed("node/node_modules/wiremock/build/wiremock-standalone-3.13.2.jar"));
    command
        .args(["--bind-address", "127.0.0.1", "--port", &port.to_string(), "--root-dir"])
        .arg(folder.path());
    let name = format!("wiremock-{port}");
    let _server = Program::start(&name, &mut command, port, &place.installed("logs")).await;
    let mut stage =
        Stage::open(Stage::draft("WireMock", &format!("http://127.0.0.1:{port}/events"), 15)).await;
    for (_, words) in SCRIPT {
        stage.told_of(words).await;
        stage.dial().await;
    }
    let events = stage
        .until("it sent all", async || Some(stage.stored().await).filter(|events| events.len() == 3))
        .await;
    let data: Vec<_> = events.iter().map(|event| event.data.as_str()).collect();
    assert_eq!(data, ["one", "two", "three"]);
    stage.leave().await;
}

fn put(folder: &TempDir, step: usize, mapping: &str) {
    let mappings = folder.path().join("mappings");
    std::fs::create_dir_all(&mappings).expect("there is room for a folder");
    std::fs::write(mappings.join(format!("{step}.json")), mapping).expect("there is room for a file");
}
