//! Feeds changed without an engine are the same feeds, secrets and all, when one runs.

use tidings_engine::engine::{FeedDraft, HeaderDraft, Register, RequestError, SignInDraft, StartError};
use tidings_support::{Answer, House, Script, Server, Then, draft, stored};

fn open(house: &House) -> Result<Register, StartError> {
    Register::open(&house.options(), house.drawer.clone())
}

fn with_token(name: &str, url: &str, token: Option<&str>) -> FeedDraft {
    let token = token.map(str::to_owned);
    let header = HeaderDraft { name: "X-Key".into(), value: token.clone() };
    FeedDraft { sign_in: SignInDraft::Bearer { token }, headers: vec![header], ..draft(name, url) }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_was_entered_without_an_engine_is_sent_by_one_and_kept_by_an_edit() {
    let stream = Answer::stream().event_with_id("1", "one").then(Then::Hold);
    let server = Server::start(Script::new([stream])).await;
    let house = House::new();
    let mut register = open(&house).unwrap();
    let feed = register.add(with_token("A", server.url(), Some("hush"))).await.unwrap();
    register.edit(&feed, with_token("B", server.url(), None)).await.unwrap();
    assert_eq!(register.feeds()[0].name, "B");
    drop(register);
    let engine = house.start().await;
    stored(&engine, &feed, 1).await;
    let request = &server.requests()[0];
    for (name, value) in [("authorization", "Bearer hush"), ("x-key", "hush")] {
        assert_eq!(request.header_values(name).collect::<Vec<_>>(), [value]);
    }
    assert!(matches!(open(&house), Err(StartError::AlreadyRunning)));
    engine.shutdown().await;
    drop(engine);

    let mut register = open(&house).unwrap();
    register.remove(&feed).await.unwrap();
    assert!(house.drawer.entries().is_empty() && register.feeds().is_empty());
    assert!(matches!(register.enable(&feed, true), Err(RequestError::Gone(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_register_is_open_no_engine_starts() {
    let house = House::new();
    let register = open(&house).unwrap();
    assert!(tidings_engine::engine::is_running(&house.options().data_folder));
    assert!(matches!(open(&house), Err(StartError::AlreadyRunning)));
    drop(register);
    assert!(!tidings_engine::engine::is_running(&house.options().data_folder));
    house.start().await.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_keyring_changes_nothing_and_a_removed_feed_s_entry_goes_when_it_opens() {
    let house = House::new();
    let url = "https://example.org/";
    let mut register = open(&house).unwrap();
    let feed = register.add(with_token("A", url, Some("hush"))).await.unwrap();
    house.drawer.lock(true);
    let refused = register.add(with_token("B", url, Some("hush"))).await.unwrap_err();
    assert!(matches!(refused, RequestError::Keyring(_)));
    let refused = register.edit(&feed, with_token("B", url, None)).await.unwrap_err();
    assert!(matches!(refused, RequestError::Keyring(_)));
    assert_eq!((register.feeds().len(), register.feeds()[0].name.as_str()), (1, "A"));
    register.remove(&feed).await.unwrap();
    assert_eq!((register.feeds().len(), house.drawer.entries().len()), (0, 1));
    drop(register);
    house.drawer.lock(false);
    let engine = house.start().await;
    for _ in 0..1_000 {
        if house.drawer.entries().is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert!(house.drawer.entries().is_empty(), "the next engine forgets what is left");
    engine.shutdown().await;
}

#[tokio::test]
async fn settings_that_cannot_be_read_are_left_alone() {
    let house = House::new();
    let file = house.options().settings_file;
    std::fs::write(&file, "version = 99\n").unwrap();
    let error = open(&house).unwrap_err().to_string();
    assert!(error.contains("newer Tidings"), "{error}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "version = 99\n");
}
