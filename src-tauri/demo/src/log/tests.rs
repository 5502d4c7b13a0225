//! What a log remembers, and what it says about what it doesn't.

use super::*;

fn filled(limit: usize, events: usize) -> (Log, Vec<String>) {
    let log = Log::new(Resume::AfterLastEventId, limit);
    let ids = (1..=events).map(|n| log.publish(None, &n.to_string()).unwrap()).collect();
    (log, ids)
}

fn data_from(log: &Log, mut position: u64) -> Vec<String> {
    let mut found = Vec::new();
    while let Read::Frame(frame) = log.read(position) {
        let text = String::from_utf8(frame.to_vec()).unwrap();
        let data = text.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
        found.push(data.to_owned());
        position += 1;
    }
    found
}

#[test]
fn begins_after_the_id_a_client_brings() {
    let (log, ids) = filled(10, 5);
    assert_eq!(data_from(&log, log.position(Some(&ids[2]))), ["4", "5"]);
    assert_eq!(data_from(&log, log.position(Some(&ids[4]))), [""; 0]);
}

#[test]
fn begins_with_the_next_event_for_a_client_without_an_id() {
    let (log, _) = filled(10, 5);
    let position = log.position(None);
    assert_eq!(log.read(position), Read::Awaited);
    log.publish(None, "6");
    assert_eq!(data_from(&log, position), ["6"]);
}

#[test]
fn replays_everything_for_an_id_it_never_gave() {
    let (log, ids) = filled(10, 3);
    let epoch = ids[0].split_once('-').unwrap().0;
    for id in ["", "7", "error", "1-2", &format!("{epoch}-99"), &format!("{epoch}-18446744073709551615")] {
        assert_eq!(data_from(&log, log.position(Some(id))), ["1", "2", "3"], "{id}");
    }
}

#[test]
fn forgets_the_oldest_and_says_so_to_a_reader_that_was_too_slow() {
    let (log, ids) = filled(3, 5);
    assert_eq!(log.read(1), Read::Forgotten);
    assert_eq!(data_from(&log, log.position(Some(&ids[0]))), ["3", "4", "5"]);
}

#[test]
fn keeps_no_more_bytes_than_its_limit_but_always_the_newest() {
    let log = Log::new(Resume::AfterLastEventId, 1000);
    let data = "x".repeat(BYTES_LIMIT / 3);
    for _ in 0..5 {
        log.publish(None, &data);
    }
    assert_eq!(log.lock().frames.len(), 2);
    log.publish(None, &"x".repeat(2 * BYTES_LIMIT));
    assert_eq!(log.lock().frames.len(), 1);
}

#[test]
fn gives_no_id_twice_after_a_restart_and_treats_the_old_ones_as_unknown() {
    let (log, before) = filled(10, 5);
    log.restart();
    let after: Vec<_> = ["6", "7"].iter().map(|data| log.publish(None, data).unwrap()).collect();
    assert!(after.iter().all(|id| !before.contains(id)), "{before:?} {after:?}");
    assert_eq!(data_from(&log, log.position(Some(&before[4]))), ["6", "7"]);
    assert_eq!(log.read(5), Read::Forgotten);
}

#[test]
fn writes_no_ids_and_resumes_nothing_where_it_is_told_so() {
    let log = Log::new(Resume::Never, 10);
    assert_eq!(log.publish(Some("note"), "1"), None);
    assert_eq!(log.read(1), Read::Frame(Bytes::from_static(b"event: note\ndata: 1\n\n")));
    assert_eq!(log.position(Some("1-1")), 2);
}
