//! Bodies and the events in them.

use std::process::ExitCode;
use std::time::Duration;

use tidings_support::{Answer, Client, ParseCase, Piece, Script, Server, cases};

use super::check_all;
use super::listener::{Line, listen, unmet_events};

/// A deadline for what happens at once, long enough for 10 MiB unoptimised on a busy machine.
const SOON: Duration = Duration::from_secs(30);
/// The reconnection time where the body sets none; no case sets this one.
const OWN_RECONNECTION: Duration = Duration::from_millis(123);

#[tokio::test(flavor = "multi_thread")]
async fn reads_every_body_as_the_standard_says() {
    let cases = cases().parse;
    assert_eq!(cases.len(), 115);
    let named = cases.into_iter().map(|case| (format!("{}: {}", case.id, case.note), case));
    check_all(named.collect(), check).await;
}

/// Sends the body, waits for its events while it is open, ends it, and refuses the second request.
///
/// The wait between the two tells the reconnection time, and the second request the last event ID.
async fn check(case: ParseCase) -> Vec<String> {
    assert!(case.expect.prompt, "a case that must wait for the end is not covered");
    let body = case.chunks.iter().fold(Answer::stream(), |answer, Piece(bytes)| answer.chunk(bytes.clone()));
    let server = Server::start(Script::new([body, Answer::status(204)])).await;
    let own = format!("--reconnection-time={}", OWN_RECONNECTION.as_millis());
    let (printed, listening) = listen(server.url(), &Client::default(), &[&own]);
    let whole = case.expect.events.len();
    let conversation = async {
        let sent = |requests: &[tidings_support::Request]| {
            requests.first().is_some_and(|request| request.sent.len() == case.chunks.len())
        };
        server.wait_until(SOON, sent).await;
        let count = |lines: &[_]| lines.iter().filter(|(_, line)| matches!(line, Line::Event(_))).count();
        let prompt = printed.wait_until(SOON, |lines| count(lines) >= whole).await;
        server.release();
        prompt
    };
    let ended = tokio::time::timeout(3 * SOON, async { tokio::join!(listening, conversation) }).await;
    let mut unmet = Vec::new();
    match ended {
        Ok((code, prompt)) => {
            unmet.extend((code != ExitCode::from(1)).then(|| format!("ended with {code:?}")));
            unmet.extend((!prompt).then(|| "the events did not come while the body was open".to_owned()));
        }
        Err(_) => unmet.push("it did not stop at the second answer".to_owned()),
    }
    unmet.extend(unmet_events(&case.expect.events, &printed.events()));
    let reconnection = case.expect.retry.unwrap_or(OWN_RECONNECTION).as_millis();
    unmet.extend(unmet_waits(&printed.lines(), reconnection));
    let requests = server.requests();
    // Around a header's value the protocol drops spaces.
    let expected = Some(case.expect.last_id.trim_matches([' ', '\t'])).filter(|id| !id.is_empty());
    let id = requests.get(1).and_then(|request| request.header("last-event-id"));
    unmet.extend((id != expected).then(|| format!("the last event ID is {id:?}, not {expected:?}")));
    unmet.extend((requests.len() != 2).then(|| format!("{} requests, not 2", requests.len())));
    unmet
}

/// Open, one wait, stopped, and nothing skipped.
fn unmet_waits(lines: &[Line], reconnection_ms: u128) -> Option<String> {
    let others: Vec<_> = lines.iter().filter(|line| !matches!(line, Line::Event(_))).collect();
    let met = match others[..] {
        [Line::Open, Line::Waiting { ms, .. }, Line::Stopped { .. }] => u128::from(*ms) == reconnection_ms,
        _ => false,
    };
    (!met).then(|| format!("the other lines are {others:?}, with {reconnection_ms} ms to wait"))
}
