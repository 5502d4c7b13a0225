//! Sleep: the whole program, told of a wake on the system's bus, looks after every feed.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tidings_support::{Answer, House, Script, Server, draft, stored};
use tokio::time;
use zbus::connection::Builder;

/// Longer than a start and a dial take on a busy machine; only a failure waits so long.
const PATIENCE: Duration = Duration::from_secs(60);
const CONFIGURATION: &str = r#"<busconfig><type>system</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/><allow user="*"/></policy></busconfig>"#;

/// A process that ends with the test.
struct Ending(Child);

impl Drop for Ending {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn spawn(command: &mut Command) -> Ending {
    Ending(command.stdin(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program is there"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wake_told_on_the_system_bus_dials_an_open_feed_again_from_its_last_id() {
    let house = House::new();
    let file = house.folder().join("bus.conf");
    std::fs::write(&file, CONFIGURATION).unwrap();
    let configuration = format!("--config-file={}", file.display());
    let arguments = ["--nofork", "--nopidfile", "--print-address=1", configuration.as_str()];
    let mut bus = spawn(Command::new("dbus-daemon").args(arguments).stdout(Stdio::piped()));
    let mut address = String::new();
    BufReader::new(bus.0.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let address = address.trim();
    let name = "org.freedesktop.login1";
    let logind = Builder::address(address).unwrap().name(name).unwrap().build().await.unwrap();

    let server = Server::start(Script::new([Answer::stream().event_with_id("7", "seven")])).await;
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    stored(&engine, &feed, 1).await;
    engine.shutdown().await;
    drop(engine);

    let victim = env!("CARGO_BIN_EXE_tidings-it-victim");
    let _victim = spawn(Command::new(victim).arg(house.folder()).env("DBUS_SYSTEM_BUS_ADDRESS", address));
    server.wait_until(PATIENCE, |requests| requests.len() >= 2).await;
    time::sleep(Duration::from_secs(1)).await;
    assert_eq!(server.requests().len(), 2, "nothing has happened that would have it dialled again");
    let path = "/org/freedesktop/login1";
    let signal = "PrepareForSleep";
    logind.emit_signal(None::<&str>, path, "org.freedesktop.login1.Manager", signal, &false).await.unwrap();
    let requests = server.wait_until(PATIENCE, |requests| requests.len() >= 3).await;
    assert_eq!(requests[2].header("last-event-id"), Some("7"));
}
