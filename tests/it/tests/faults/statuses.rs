//! What a refusing answer means for the feed, row by row.

use std::time::{Duration, SystemTime};

use tidings_engine::transport::Cause;
use tidings_support::{Answer, Script, Server};
use tokio::task::JoinSet;

use super::feed::{Ending, Feed};

/// What the feed does after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// Comes back by itself within the seconds.
    Back(u64, u64),
    /// Looks again after the minutes, and a person can mend it.
    Person(u64),
    /// Looks again after the minutes.
    Later(u64),
    Stopped,
    StoppedForPerson,
}

use Then::{Back, Later, Person, Stopped, StoppedForPerson};

/// An answer, the words that are said of it, its cause and what follows.
type Row = (Answer, &'static str, Cause, Then);

/// Meets the answer, then a good one: at once where the wait is long and a person asks for it.
async fn check((answer, words, cause, then): Row) {
    let server = Server::start(Script::new([answer.clone(), Answer::stream().event("back")])).await;
    let mut feed = Feed::start(server.url());
    let ending = feed.ending().await;
    let Ending { why, wait, for_person } = &ending;
    assert!(why.sentence.contains(words), "“{words}”: {ending:?}");
    // How long is asked is checked by the wait.
    let same = matches!((cause, why.cause), (Cause::Busy { .. }, Cause::Busy { .. })) || cause == why.cause;
    assert!(same, "{cause:?}: {ending:?}");
    let seconds = wait.map(|wait| wait.as_secs());
    let met = match then {
        Back(from, to) => !for_person && seconds.is_some_and(|wait| (from..=to).contains(&wait)),
        Person(minutes) => *for_person && seconds == Some(minutes * 60),
        Later(minutes) => !for_person && seconds == Some(minutes * 60),
        Stopped => !for_person && seconds.is_none(),
        StoppedForPerson => *for_person && seconds.is_none(),
    };
    assert!(met, "{then:?}: {ending:?}");
    if !matches!(then, Back(_, 0..=3)) {
        feed.redial().await;
    }
    assert_eq!(feed.event().await, "back", "{ending:?}");
}

async fn check_each(rows: Vec<Row>) {
    let mut running = JoinSet::new();
    rows.into_iter().for_each(|row| {
        running.spawn(check(row));
    });
    running.join_all().await;
}

#[tokio::test]
async fn every_status_has_its_sentence_and_its_wait() {
    let soon = Back(1, 2);
    let table = [
        (204, "asks not to connect again", Cause::Stopped, Stopped),
        (205, "not with a feed", Cause::Useless, soon),
        (304, "not with a feed", Cause::Useless, soon),
        (400, "does not accept the request", Cause::Absent, Later(15)),
        (401, "wants a sign-in", Cause::SignIn, Person(30)),
        (403, "does not allow", Cause::SignIn, Person(30)),
        (404, "no feed at this address", Cause::Absent, Later(15)),
        (405, "does not accept the request", Cause::Absent, Later(15)),
        (407, "proxy wants a sign-in", Cause::Useless, soon),
        (408, "asks to try again", Cause::Useless, soon),
        (410, "gone for good", Cause::Gone, StoppedForPerson),
        (421, "asks to try again", Cause::Useless, soon),
        (425, "asks to try again", Cause::Useless, soon),
        (429, "asks to try again", Cause::Useless, soon),
        (500, "fault of its own", Cause::Useless, soon),
        (502, "fault of its own", Cause::Useless, soon),
        (503, "fault of its own", Cause::Useless, soon),
        (504, "fault of its own", Cause::Useless, soon),
        (599, "fault of its own", Cause::Useless, soon),
    ];
    let rows = table.map(|(status, words, cause, then)| (Answer::status(status), words, cause, then));
    check_each(rows.into()).await;
}

#[tokio::test]
async fn a_busy_server_is_given_the_time_it_names_in_either_form() {
    let busy = Cause::Busy { retry_after: Duration::ZERO };
    let answer = |status, value: &str| Answer::status(status).header("Retry-After", value);
    let row = |status, value: &str, then| (answer(status, value), "named a time", busy, then);
    let date = |seconds| httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(seconds));
    check_each(vec![
        row(429, "7", Back(7, 7)),
        row(503, "120", Back(120, 132)),
        row(503, "0", Back(1, 1)),
        row(429, "999999999999999999999999", Back(3600, 3600)),
        // A date has whole seconds, and a busy machine takes a few to ask.
        row(429, &date(1000), Back(980, 1100)),
        row(503, "Sun, 06 Nov 1994 08:49:37 GMT", Back(1, 1)),
        (answer(503, "soon"), "fault of its own", Cause::Useless, Back(1, 2)),
        (answer(500, "7"), "fault of its own", Cause::Useless, Back(1, 2)),
    ])
    .await;
}

#[tokio::test]
async fn another_content_type_is_named_in_words() {
    let table = [
        ("text/html; charset=utf-8", "a web page"),
        ("application/json", "JSON"),
        ("text/plain", "“text/plain”"),
        ("application/text/event-stream", "“application/text/event-stream”"),
    ];
    let row = |kind, words| (Answer::status(200).header("Content-Type", kind).chunk("<html>"), words);
    let mut rows: Vec<_> = table.map(|(kind, words)| row(kind, words)).into();
    rows.push((Answer::status(200), "without saying what it sends"));
    check_each(
        rows.into_iter().map(|(answer, words)| (answer, words, Cause::NotAStream, Back(1, 2))).collect(),
    )
    .await;
}

#[tokio::test]
async fn an_answer_that_comes_again_and_again_is_told_as_what_it_looks_like() {
    let page = || Answer::status(200).header("Content-Type", "text/html");
    let server = Server::start(Script::new([page(), page(), page(), Answer::stream().event("back")])).await;
    let mut feed = Feed::start(server.url());
    for times in 1..=3 {
        let sentence = feed.ending().await.why.sentence;
        assert_eq!(sentence.contains("3 times"), times == 3, "{sentence}");
        feed.redial().await;
    }
    assert_eq!(feed.event().await, "back");
}
