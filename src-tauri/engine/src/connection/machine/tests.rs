//! The table of what a connection does, row by row.

use super::*;
use crate::transport::Fingerprint;

const S: fn(u64) -> Duration = Duration::from_secs;

fn fault(cause: Cause) -> Fault {
    Fault { cause, sentence: "why".into() }
}

fn broke(cause: Cause, open_for: Option<u64>) -> Input {
    Input::Broke { fault: fault(cause), open_for: open_for.map(S) }
}

fn wait(machine: &mut Machine, input: Input, jitter: f64) -> (u64, bool) {
    let action = machine.on(input, jitter);
    let Action::Wait { wait, for_person, .. } = action else { panic!("a wait was due, not {action:?}") };
    (wait.as_secs(), for_person)
}

fn unattended() -> Machine {
    Machine::new(Manner::Unattended, RECONNECTION_TIME)
}

#[test]
fn comes_back_after_the_reconnection_time_of_a_clean_end() {
    let mut machine = unattended();
    assert_eq!(wait(&mut machine, broke(Cause::Ended, Some(1)), 0.0), (3, false));
    assert_eq!(wait(&mut machine, broke(Cause::Ended, Some(1)), 1.0), (6, false));
    assert_eq!(machine.on(Input::Retry(S(20)), 0.0), Action::Stay);
    assert_eq!(wait(&mut machine, broke(Cause::Ended, Some(1)), 0.0), (20, false));
}

#[test]
fn backs_off_from_failures_until_a_link_held_for_a_minute() {
    let mut machine = unattended();
    let waits: Vec<_> = [None, None, Some(59), None, Some(60), None]
        .map(|open| wait(&mut machine, broke(Cause::Failed, open), 1.0).0)
        .into();
    assert_eq!(waits, [6, 12, 24, 48, 6, 12]);
}

#[test]
fn honours_the_time_a_busy_server_names() {
    let busy = |seconds| broke(Cause::Busy { retry_after: S(seconds) }, None);
    let table = [(0, 1), (120, 120), (100_000, 3600)];
    for (asked, waited) in table {
        assert_eq!(wait(&mut unattended(), busy(asked), 0.0), (waited, false));
    }
}

#[test]
fn waits_for_a_person_on_sign_in_and_looks_every_half_hour() {
    let key = Fingerprint::read(&"ab".repeat(32)).unwrap();
    for cause in [Cause::SignIn, Cause::Untrusted { key }, Cause::Person] {
        let mut machine = unattended();
        assert_eq!(wait(&mut machine, broke(cause, None), 0.5), (30 * 60, true));
        assert_eq!(machine.on(Input::Go, 0.5), Action::Dial);
        assert_eq!(wait(&mut machine, broke(cause, None), 0.5), (30 * 60, true));
    }
}

#[test]
fn looks_ever_more_rarely_for_what_is_absent_until_it_was_there_once() {
    let mut machine = unattended();
    let mut minutes = |open| wait(&mut machine, broke(Cause::Absent, open), 0.5).0 / 60;
    assert_eq!([minutes(None), minutes(None), minutes(None)], [15, 30, 60]);
    assert_eq!(wait(&mut machine, broke(Cause::Ended, Some(5)), 0.0), (3, false));
    assert_eq!(wait(&mut machine, broke(Cause::Absent, None), 0.5).0, 15 * 60);
}

#[test]
fn stops_where_the_server_says_so_and_goes_on_when_told() {
    for (cause, for_person) in [(Cause::Gone, true), (Cause::Stopped, false)] {
        let mut machine = unattended();
        let expected = Action::Stop { why: fault(cause), for_person };
        assert_eq!(machine.on(broke(cause, None), 0.5), expected);
        assert_eq!(machine.on(Input::Go, 0.5), Action::Dial);
    }
}

#[test]
fn says_what_it_looks_like_after_three_answers_alike() {
    let mut machine = unattended();
    let mut sentence = || {
        let action = machine.on(broke(Cause::Useless, None), 0.5);
        let Action::Wait { why, .. } = action else { panic!("a wait was due, not {action:?}") };
        why.sentence
    };
    assert_eq!([sentence(), sentence()], ["why", "why"]);
    assert!(sentence().contains("3 times"));
}

#[test]
fn strict_stops_where_the_standard_stops_and_waits_exactly() {
    for cause in [
        Cause::Useless,
        Cause::Busy { retry_after: S(1) },
        Cause::SignIn,
        Cause::Absent,
        Cause::Gone,
        Cause::Stopped,
    ] {
        let mut machine = Machine::new(Manner::Strict, RECONNECTION_TIME);
        assert!(matches!(machine.on(broke(cause, None), 0.5), Action::Stop { .. }), "{cause:?}");
    }
    let mut machine = Machine::new(Manner::Strict, S(2));
    let waits: Vec<_> = [Cause::Ended, Cause::Failed, Cause::Failed, Cause::Ended, Cause::Failed]
        .map(|cause| wait(&mut machine, broke(cause, None), 0.9).0)
        .into();
    assert_eq!(waits, [2, 2, 4, 2, 2]);
}

#[test]
fn a_feeds_own_ceiling_bounds_its_waits_but_not_those_the_server_asked_for() {
    let mut machine = unattended().with_longest_wait(S(20));
    let waits: Vec<_> = (0..5).map(|_| wait(&mut machine, broke(Cause::Failed, None), 1.0).0).collect();
    assert_eq!(waits, [6, 12, 20, 20, 20]);
    let busy = Cause::Busy { retry_after: S(600) };
    assert_eq!(wait(&mut machine, broke(busy, None), 0.0), (600, false));
}
