//! Conversations with a server: requests, redirects, reconnecting, waits.

use std::process::ExitCode;
use std::time::Instant;

use tidings_support::{ConnCase, ConnExpect, ExpectedEvent, Request, Server, cases};
use tokio::time::{sleep_until, timeout_at};

use super::check_all;
use super::listener::{Line, Printed, listen, unmet_events};

#[tokio::test(flavor = "multi_thread")]
async fn converses_with_every_server_as_the_standard_says() {
    let cases = cases().conn;
    assert_eq!(cases.len(), 79);
    let named = cases.into_iter().map(|case| (format!("{}: {}", case.id, case.note), case));
    check_all(named.collect(), check).await;
}

/// Watches a conversation for exactly the case's time. A panic is caught by [`check_all`].
async fn check(case: ConnCase) -> Vec<String> {
    let server = Server::start(case.script()).await;
    let end = tokio::time::Instant::now() + case.run;
    let (printed, listening) = listen(server.url(), &case.client, &[]);
    let mut listening = std::pin::pin!(listening);
    let code = timeout_at(end, &mut listening).await.ok();
    sleep_until(end).await;
    let requests = server.requests();
    let mut unmet = case.expect.unmet(&requests);
    unmet.extend(unmet_lines(&case.expect, &printed));
    unmet.extend(unmet_end(&case, code, &printed));
    unmet.extend(unmet_promptness(&case.expect, &requests, &printed.events()));
    unmet
}

fn unmet_lines(expect: &ConnExpect, printed: &Printed) -> Vec<String> {
    let lines = printed.lines();
    let mut unmet = Vec::new();
    if let Some(expected) = &expect.events {
        unmet.extend(unmet_events(expected, &printed.events()));
    }
    let opens = lines.iter().filter(|line| **line == Line::Open).count();
    if let Some(least) = expect.opens_min.filter(|&least| opens < least) {
        unmet.push(format!("opened {opens} times, at least {least} expected"));
    }
    let error = |line: &&Line| matches!(line, Line::Waiting { .. } | Line::Stopped { .. });
    let errors = lines.iter().filter(error).count();
    if let Some(least) = expect.errors_min.filter(|&least| errors < least) {
        unmet.push(format!("{errors} errors, at least {least} expected"));
    }
    unmet
}

/// Closed for good is told by the last line and by the exit code; a case that closes by itself ends well.
fn unmet_end(case: &ConnCase, code: Option<ExitCode>, printed: &Printed) -> Option<String> {
    let stopped = matches!(printed.lines().last(), Some(Line::Stopped { .. }));
    let met = match (case.expect.closed, case.client.close_on_event) {
        (_, Some(_)) => code == Some(ExitCode::SUCCESS) && !stopped,
        (Some(true), None) => code == Some(ExitCode::from(1)) && stopped,
        (Some(false), None) => code.is_none() && !stopped,
        (None, None) => true,
    };
    (!met).then(|| format!("ended with {code:?}; the lines are {:.2000}", format!("{:?}", printed.lines())))
}

/// In the cases that ask for it each piece of the first answer completes one event.
fn unmet_promptness(
    expect: &ConnExpect,
    requests: &[Request],
    events: &[(Instant, ExpectedEvent)],
) -> Vec<String> {
    let Some(within) = expect.within else { return Vec::new() };
    let sent = requests.first().map(|request| request.sent.as_slice()).unwrap_or_default();
    if sent.len() != events.len() {
        return vec![format!("{} events of {} pieces", events.len(), sent.len())];
    }
    let late = sent.iter().zip(events).filter_map(|(sent, (printed, event))| {
        let took = printed.saturating_duration_since(*sent);
        (took > within).then(|| format!("{event:?} came after {took:?}, not {within:?}"))
    });
    late.collect()
}
