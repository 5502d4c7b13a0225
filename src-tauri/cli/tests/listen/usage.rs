//! What the arguments ask of the server, and what is said about wrong ones.

use tidings_support::{Answer, Script, Server};

use crate::program::run;

#[tokio::test]
async fn asks_the_server_as_it_is_told() {
    let server = Server::start(Script::new([Answer::stream().event("x")])).await;
    let told =
        ["--last-event-id", "41", "--method", "POST", "--body", "{}", "-H", "X-A: 1: 2", "--header", "x-b:3"];
    let (code, _) = run(&[&[server.url(), "--events", "1"], told.as_slice()].concat()).await;
    assert_eq!(code, Some(0));
    let requests = server.requests();
    let [request] = requests.as_slice() else { panic!("one request came, not {requests:#?}") };
    assert_eq!((request.method.as_str(), request.body.as_slice()), ("POST", b"{}".as_slice()));
    let headers = [("last-event-id", "41"), ("x-a", "1: 2"), ("x-b", "3"), ("accept", "text/event-stream")];
    for (name, value) in headers {
        assert_eq!(request.header_values(name).collect::<Vec<_>>(), [value], "{name}");
    }
}

#[tokio::test]
async fn ends_with_2_and_says_why_where_it_is_called_wrongly() {
    let url = "http://127.0.0.1:9/";
    let table: &[(&[&str], &str)] = &[
        (&[], "<URL>"),
        (&["nonsense"], "https://"),
        (&["ftp://example.org/"], "ftp"),
        (&[url, "--header", "no colon"], "Name: value"),
        (&[url, "--header", "a b: c"], "header name"),
        (&[url, "--header", "a: b\nc: d"], "line break"),
        (&[url, "--header", "Last-Event-ID: 7"], "last-event-id"),
        (&[url, "--method", "GE T"], "GE T"),
        (&[url, "--events", "some"], "--events"),
        (&[url, "--events", "-1"], "-1"),
        (&[url, "--for", "NaN"], "--for"),
        (&[url, "--for", "soon"], "seconds"),
        (&[url, "--reconnection-time", "99999999999999999999"], "--reconnection-time"),
        (&[url, "--unheard-of"], "--unheard-of"),
        (&[url, "a-second-url"], "a-second-url"),
    ];
    for (arguments, said) in table {
        let (code, output) = run(arguments).await;
        assert_eq!((code, output.stdout.len()), (Some(2), 0), "{arguments:?}");
        let sentence = String::from_utf8(output.stderr).unwrap();
        assert!(sentence.contains(said), "{arguments:?}: {sentence}");
    }
}

#[tokio::test]
async fn says_nothing_of_a_header_s_value_where_it_is_wrong() {
    let (code, output) = run(&["http://127.0.0.1:9/", "--header", "authorization: hush\u{1}"]).await;
    assert_eq!(code, Some(2));
    assert!(!String::from_utf8(output.stderr).unwrap().contains("hush"));
}
