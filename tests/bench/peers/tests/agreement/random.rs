//! Any well-formed stream that all decoders understand, in any chunks.

use bytes::Bytes;
use proptest::prelude::*;
use tidings_peers::decoder::Decoder;

/// Every decoder beside ours.
const PEERS: [Decoder; 3] = [Decoder::Stock, Decoder::EventsourceClient, Decoder::SseStream];

/// One event of lines that every peer reads as the standard says: it has data, and nothing in it is malformed.
fn event() -> impl Strategy<Value = Vec<String>> {
    let word = "[a-z :é€👍]{0,12}";
    let field = prop_oneof![
        4 => word.prop_map(|value| format!("data: {value}")),
        1 => word.prop_map(|value| format!("data:{value}")),
        1 => Just("data".to_owned()),
        1 => "[a-z]{1,8}".prop_map(|value| format!("event: {value}")),
        1 => "[a-z0-9]{1,8}".prop_map(|value| format!("id: {value}")),
        1 => (0..100_000).prop_map(|value| format!("retry: {value}")),
        1 => word.prop_map(|value| format!(":{value}")),
        1 => word.prop_map(|value| format!("x-{value}: {value}")),
    ];
    let fields = proptest::collection::vec(field, 0..6);
    (fields, "[a-zé]{1,12}").prop_map(|(mut fields, value)| {
        fields.push(format!("data: {value}"));
        fields
    })
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    let events = proptest::collection::vec(event(), 0..8);
    (events, prop_oneof![Just("\n"), Just("\r\n")]).prop_map(|(events, end)| {
        let lines = events.into_iter().flat_map(|event| event.into_iter().chain([String::new()]));
        // The byte after the last line's end lets decoders go on that wait for it.
        let text: String = lines.map(|line| line + end).chain([":".to_owned()]).collect();
        text.into_bytes()
    })
}

fn cut(body: Vec<u8>, sizes: &[usize]) -> Vec<Bytes> {
    let mut rest = Bytes::from(body);
    let mut chunks = Vec::new();
    for &size in sizes.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        chunks.push(rest.split_to(size.min(rest.len())));
    }
    chunks
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn all_agree_on_any_well_formed_stream_in_any_chunks(
        body in body(),
        sizes in proptest::collection::vec(1..40_usize, 1..20),
    ) {
        let ours = crate::decode(Decoder::Ours, cut(body.clone(), &sizes));
        prop_assert!(ours.is_some());
        for peer in PEERS {
            prop_assert_eq!(&ours, &crate::decode(peer, cut(body.clone(), &sizes)), "{:?}", peer);
        }
    }
}
