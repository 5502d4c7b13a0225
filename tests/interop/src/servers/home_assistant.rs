//! Home Assistant Core, whose stream tells everything that happens in a house.

use std::process::Command;
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use tidings_engine::engine::{FeedDraft, SignInDraft};

use crate::between::a_while;
use crate::passage::Passage;
use crate::place::{Place, free_port};
use crate::program::Program;
use crate::stage::Stage;

pub(super) const PASSAGES: &[Passage] = &[Passage {
    name: "Home Assistant",
    happens: "states of things are events without ID; “ping” comes as an event every 50 s and counts as life alone",
    seen: "“Front door”, “closed (was open)”",
    check: |place| house(place).boxed_local(),
}];

/// Its first start installs what it needs; only a failure waits so long.
const PATIENCE: Duration = Duration::from_mins(8);
/// The server says so little that only its ping, every 50 s, keeps the feed from taking it for dead.
const SILENCE: u32 = 60;
const PASSWORD: &str = "hush-11c0";

async fn house(place: &Place) {
    let (port, folder) = (free_port(), tempfile::tempdir().expect("there is room for a folder"));
    let settings = format!("http:\n  server_host: 127.0.0.1\n  server_port: {port}\napi:\nauth:\n");
    std::fs::write(folder.path().join("configuration.yaml"), settings).expect("there is room for a file");
    let hass = || Command::new(place.installed("homeassistant/bin/hass"));
    let mut add = hass();
    add.args(["--script", "auth", "--config"]).arg(folder.path()).args(["add", "me", PASSWORD]);
    let added = add.output().expect("it is installed");
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stdout));
    let name = format!("home-assistant-{port}");
    let _server = Program::spawn(&name, hass().arg("--config").arg(folder.path()), &place.installed("logs"));
    let base = format!("http://127.0.0.1:{port}");
    let token = sign_in(&base).await;

    let sign_in = SignInDraft::Bearer { token: Some(token.clone()) };
    let plain = Stage::draft("House", &format!("{base}/api/stream?restrict=state_changed"), SILENCE);
    let mut stage = Stage::open(FeedDraft { sign_in, ..plain }).await;
    stage.live().await;
    let door = async |state: &str| {
        let said = json!({ "state": state, "attributes": { "friendly_name": "Front door" } });
        let request = Client::new().post(format!("{base}/api/states/binary_sensor.door")).bearer_auth(&token);
        let answer = request.body(said.to_string()).send().await.expect("it answers");
        assert!(answer.status().is_success(), "it does not take the state: {}", answer.status());
    };
    door("open").await;
    assert_eq!(stage.popup("Front door").await.body, "open");
    let opens = stage.opens();
    a_while(u64::from(SILENCE) * 2).await;
    door("closed").await;
    let popup = stage
        .until("the door is closed", async || stage.newest_popup().filter(|one| one.body != "open"))
        .await;
    assert_eq!((popup.title.as_str(), popup.body.as_str()), ("Front door", "closed (was open)"));
    assert_eq!(stage.opens(), opens, "it was dialled again: {}", stage.told());
    assert_eq!(stage.stored().await.len(), 2, "a ping is no event");
    stage.leave().await;
}

/// Signs in as its login page does, and gives the token (<https://developers.home-assistant.io/docs/auth_api/>).
async fn sign_in(base: &str) -> String {
    let end = Instant::now() + PATIENCE;
    let begun = loop {
        let begin = json!({ "client_id": base, "handler": ["homeassistant", null], "redirect_uri": base });
        let asked = ask(Client::new().post(format!("{base}/auth/login_flow")).body(begin.to_string())).await;
        match asked {
            Some(begun) => break begun,
            None => assert!(Instant::now() < end, "Home Assistant does not start"),
        }
        a_while(1).await;
    };
    let flow = begun["flow_id"].as_str().expect("a login has a number");
    let known = json!({ "client_id": base, "username": "me", "password": PASSWORD });
    let login = Client::new().post(format!("{base}/auth/login_flow/{flow}")).body(known.to_string());
    let code = ask(login).await.expect("it answers");
    let code = code["result"].as_str().expect("the password is right");
    let form = format!("grant_type=authorization_code&code={code}&client_id={base}");
    let grant = Client::new()
        .post(format!("{base}/auth/token"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form);
    let granted = ask(grant).await.expect("it answers");
    granted["access_token"].as_str().expect("it grants a token").to_owned()
}

async fn ask(request: RequestBuilder) -> Option<Value> {
    let answer = request.send().await.ok()?.text().await.ok()?;
    serde_json::from_str(&answer).ok()
}
