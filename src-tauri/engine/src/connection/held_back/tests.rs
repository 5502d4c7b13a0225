//! What servers write, led through what may lie between: which of it is told, and which never is.

use eventsource_stream::{Decoder, Sign};
use proptest::prelude::*;

use super::Verdict::{HeldBack as Held, PassesAgain};
use super::*;
use crate::event::Received;

/// Bytes at a time in milliseconds: as a server writes them, or as we read them.
type Bytes = (u64, Vec<u8>);

/// Every so many milliseconds one of these.
fn every(period_ms: u64, count: u64, what: impl Fn(u64) -> String) -> Vec<Bytes> {
    (1..=count).map(|n| (n * period_ms, what(n).into_bytes())).collect()
}

fn event(n: u64) -> String {
    format!(
        "id: {n}\nevent: build\ndata: {{\"title\": \"Build {n} passed\", \"message\": \"main is green\"}}\n\n"
    )
}

fn keep_alive(_: u64) -> String {
    ": keepalive\n\n".to_owned()
}

/// A buffer that is handed on when it is full, and not before.
fn buffered(written: &[Bytes], size: usize) -> Vec<Bytes> {
    let (mut read, mut buffer) = (Vec::new(), Vec::new());
    for (at, bytes) in written {
        buffer.extend_from_slice(bytes);
        while buffer.len() >= size {
            read.push((*at, buffer.drain(..size).collect()));
        }
    }
    read
}

/// What came is handed on every so many milliseconds.
fn collected(written: &[Bytes], period_ms: u64) -> Vec<Bytes> {
    let mut read: Vec<Bytes> = Vec::new();
    for (at, bytes) in written {
        let at = at.div_ceil(period_ms) * period_ms;
        match read.last_mut() {
            Some((last, all)) if *last == at => all.extend_from_slice(bytes),
            Some(_) | None => read.push((at, bytes.clone())),
        }
    }
    read
}

/// A link that brings packets of so many bytes, as fast as it is.
fn slow(written: &[Bytes], bits_a_second: u64, packet: usize) -> Vec<Bytes> {
    let (mut read, mut free_at) = (Vec::new(), 0);
    for (at, bytes) in written {
        for part in bytes.chunks(packet) {
            free_at = free_at.max(*at) + part.len() as u64 * 8 * 1000 / bits_a_second;
            read.push((free_at, part.to_vec()));
        }
    }
    read
}

/// The frames of what was read at once.
fn frames(decoder: &mut Decoder, mut bytes: &[u8]) -> Vec<Frame> {
    let (length, mut frames) = (bytes.len() as u64, Vec::new());
    while let Some(item) = decoder.decode(&mut bytes) {
        if Sign::read(&item).is_none() {
            let (event_type, data, last_event_id) = (item.event, item.data, item.id);
            frames.push(Frame::Message(Received {
                event_type,
                data,
                last_event_id,
                own_id: false,
                received_at_ms: 0,
            }));
        }
    }
    let (keep_alives, in_line) = (decoder.take_keep_alives(), decoder.is_in_line());
    if keep_alives > 0 || in_line {
        frames.push(Frame::Chunk { bytes: length, keep_alives, in_line });
    } else if frames.is_empty() {
        frames.push(Frame::Alive);
    }
    frames
}

/// Reads one link that opened at once; gives what was told, and after how many reads.
fn hear(held: &mut HeldBack, read: &[Bytes]) -> Vec<(usize, Verdict)> {
    hear_late(held, read, 0)
}

/// The same, with the head of the answer so many milliseconds after the dial.
fn hear_late(held: &mut HeldBack, read: &[Bytes], opened_ms: u64) -> Vec<(usize, Verdict)> {
    let (mut decoder, mut told, mut before_ms) = (Decoder::new(), Vec::new(), opened_ms);
    held.opened(Duration::from_millis(opened_ms));
    for (number, (at, bytes)) in read.iter().enumerate() {
        for frame in frames(&mut decoder, bytes) {
            let gap = Duration::from_millis(at - before_ms);
            told.extend(held.heard(gap, &frame).map(|verdict| (number + 1, verdict)));
            before_ms = *at;
        }
    }
    told
}

fn told(read: &[Bytes]) -> Vec<(usize, Verdict)> {
    hear(&mut HeldBack::default(), read)
}

#[test]
fn a_buffer_that_is_handed_on_when_full_is_told_once_its_fourth_begins() {
    for size in [4_000, 4_096, 8_192, 16_384] {
        for period_ms in [200, 3_000, 15_000] {
            let read = buffered(&every(period_ms, 1_500, event), size);
            let is_slow = read[1].0 - read[0].0 >= 2_000;
            assert_eq!(
                told(&read),
                if is_slow { vec![(4, Held)] } else { vec![] },
                "{size} at {period_ms} ms"
            );
        }
    }
    let idle = buffered(&every(15_000, 5_000, keep_alive), 4_096);
    assert_eq!(told(&idle), [(4, Held)], "keep-alives alone fill it too");
}

#[test]
fn keep_alives_that_come_several_at_once_after_a_silence_are_told() {
    for (apart_ms, at_once_ms, is_told) in
        [(15_000, 60_000, true), (5_000, 15_000, true), (15_000, 30_000, false)]
    {
        let read = collected(&every(apart_ms, 200, keep_alive), at_once_ms);
        let expected = if is_told { vec![(4, Held)] } else { vec![] };
        assert_eq!(told(&read), expected, "every {apart_ms} ms, at once after {at_once_ms} ms");
    }
}

#[test]
fn an_answer_that_begins_with_a_buffer_of_events_is_one_sign_and_no_answer_at_all_only_adds_to_it() {
    let full = vec![(20_000, (1..=60).map(event).collect::<String>().into_bytes())];
    let mut held = HeldBack::default();
    for _ in 0..10 {
        held.unanswered();
    }
    assert_eq!(held.verdict(), None, "a server may wait for its first event");
    hear_late(&mut held, &full, 20_000);
    assert_eq!(held.silent(Duration::from_secs(90)), Some(Held));

    let mut held = HeldBack::default();
    held.unanswered();
    held.unanswered();
    let first = vec![(20_000, event(1).into_bytes())];
    hear_late(&mut held, &first, 20_000);
    assert_eq!(held.silent(Duration::from_secs(90)), None, "it waited for its first event");
    hear_late(&mut held, &full, 100);
    assert_eq!(held.silent(Duration::from_secs(90)), None, "it replays what it keeps");
}

#[test]
fn it_is_told_once_and_taken_back_when_events_come_singly_again() {
    let mut held = HeldBack::default();
    assert_eq!(hear(&mut held, &buffered(&every(3_000, 500, event), 4_096)), [(4, Held)]);
    assert_eq!(hear(&mut held, &every(3_000, 3, event)), [], "a pause must follow the third");
    assert_eq!(hear(&mut held, &every(3_000, 1_000, event)), [(2, PassesAgain)]);
    assert_eq!(hear(&mut held, &buffered(&every(3_000, 500, event), 4_096)), [(4, Held)]);
    assert_eq!(hear(&mut held, &every(25, 1_000, event)), [(193, PassesAgain)], "a ticker makes no pauses");
}

#[test]
fn nothing_is_told_of_servers_and_links_that_only_look_like_it() {
    let large = |n: u64| format!("id: {n}\ndata: {}\n\n", "x".repeat(100_000));
    let mut by_line: Vec<Bytes> = every(10_000, 200, |n| format!("id: {n}\n"))
        .into_iter()
        .chain(
            every(10_000, 200, |n| format!("data: {}\n", n.to_string().repeat(3_000)))
                .into_iter()
                .map(later(3_000)),
        )
        .chain(every(10_000, 200, |_| "\n".to_owned()).into_iter().map(later(6_000)))
        .collect();
    by_line.sort_by_key(|(at, _)| *at);
    let token_by_token =
        every(3_000, 2_000, |n| if n % 9 == 0 { "\n\ndata: ".into() } else { "token ".into() });
    let replay = vec![(50, (1..=5_000).map(event).collect::<String>().into_bytes())];
    let bursts = every(30_000, 50, |n| (1..=500).map(|m| event(n * 500 + m)).collect());
    let padded = every(30_000, 50, |_| format!(":{}\n:\n:\n:\n\n", " ".repeat(2_048)));
    let table: &[(&str, Vec<Bytes>)] = &[
        ("events as they are written", every(7_000, 500, event)),
        ("a line at a time, seconds apart", by_line),
        ("a piece of a line at a time", token_by_token),
        ("a replay at the start", replay),
        ("bursts", bursts),
        ("comments in many lines", padded),
        ("a link of 16 kbit/s", slow(&every(1_500, 1_000, event), 16_000, 1_448)),
        ("large events on it", slow(&every(60_000, 50, large), 16_000, 1_448)),
        ("a link of 4 kbit/s", slow(&every(1_500, 1_000, event), 4_000, 1_448)),
        ("large events on it", slow(&every(60_000, 50, large), 4_000, 1_448)),
    ];
    for (what, read) in table {
        assert_eq!(told(read), [], "{what}");
    }
}

fn later(by_ms: u64) -> impl Fn(Bytes) -> Bytes {
    move |(at, bytes)| (at + by_ms, bytes)
}

#[test]
fn a_network_that_stalls_now_and_then_is_not_told_of() {
    // For ten seconds of every minute nothing comes through; then all of it at once.
    let stalled = |written: Vec<Bytes>| {
        let mut read: Vec<Bytes> = Vec::new();
        for (at, bytes) in written {
            let at = if at % 60_000 < 10_000 { at - at % 60_000 + 10_000 } else { at };
            match read.last_mut() {
                Some((last, all)) if *last == at => all.extend_from_slice(&bytes),
                Some(_) | None => read.push((at, bytes)),
            }
        }
        read
    };
    assert_eq!(told(&stalled(every(2_500, 5_000, keep_alive))), []);
    assert_eq!(told(&stalled(every(2_500, 5_000, event))), []);
}

proptest! {
    #[test]
    fn whoever_writes_whole_lines_is_never_told_of(
        writes in proptest::collection::vec((0..100_000_u64, 0..40_u64, any::<bool>()), 0..200),
    ) {
        let mut at = 0;
        let written: Vec<Bytes> = writes
            .into_iter()
            .map(|(gap, count, alive)| {
                at += gap;
                let bytes: String = if alive { keep_alive(0) } else { (1..=count).map(event).collect() };
                (at, bytes.into_bytes())
            })
            .filter(|(_, bytes)| !bytes.is_empty())
            .collect();
        prop_assert_eq!(told(&written), []);
    }

    #[test]
    fn no_packets_of_a_slow_link_are_told_of(
        bits in 1_000..64_000_u64,
        period in 500..60_000_u64,
        packet in 500..1_460_usize,
    ) {
        let written = every(period, 300, event);
        prop_assert_eq!(told(&slow(&written, bits, packet)), []);
    }

    #[test]
    fn every_full_buffer_is_told_of_and_taken_back_by_what_passes(size in 2_500..9_000_usize, period in 3_000..60_000_u64) {
        let mut held = HeldBack::default();
        let read = buffered(&every(period, 700, event), size);
        let verdicts: Vec<_> = hear(&mut held, &read).into_iter().map(|(_, verdict)| verdict).collect();
        prop_assert_eq!(verdicts, [Held]);
        let verdicts: Vec<_> = hear(&mut held, &every(period, 10, event)).into_iter().map(|(_, verdict)| verdict).collect();
        prop_assert_eq!(verdicts, [PassesAgain]);
    }
}
