//! Where peers leave the standard.

use tidings_peers::decoder::Decoder;

/// A fault of one peer.
pub(crate) struct Wrong {
    /// Whose.
    pub(crate) peer: Decoder,
    /// What it does.
    pub(crate) what: &'static str,
    /// The cases that show it.
    pub(crate) cases: &'static [&'static str],
}

/// All that is known, and the test holds it complete.
pub(crate) const WRONG: &[Wrong] = &[
    Wrong {
        peer: Decoder::Stock,
        what: "panics on a byte-order mark",
        cases: &[
            "bom-double",
            "bom-in-value",
            "bom-later-kept",
            "bom-multiline",
            "bom-only",
            "bom-split-1-1-1",
            "bom-split-2-1",
            "bom-start",
            "bom-then-blank",
        ],
    },
    Wrong {
        peer: Decoder::Stock,
        what: "waits after CR for a byte that may never come",
        cases: &[
            "eof-cr-cr",
            "eof-crlf-cr",
            "line-cr-bytewise",
            "line-cr-empty-first",
            "line-cr-extra-blank",
            "line-cr-one",
            "line-cr-two",
            "line-lf-cr",
            "line-mixed-cr-last",
        ],
    },
    Wrong {
        peer: Decoder::Stock,
        what: "ends at a malformed byte",
        cases: &[
            "bom-truncated-prefix",
            "utf8-bad-c3-28",
            "utf8-bad-comment",
            "utf8-bad-ff",
            "utf8-bad-id",
            "utf8-bad-name",
            "utf8-latin1",
            "utf8-overlong",
            "utf8-surrogate",
        ],
    },
    Wrong {
        peer: Decoder::EventsourceClient,
        what: "ends at a block of nothing but unknown fields",
        cases: &["bom-double", "bom-later-kept", "data-event-data-wpt"],
    },
    Wrong {
        peer: Decoder::EventsourceClient,
        what: "ends at a malformed byte, in comments too",
        cases: &[
            "bom-truncated-prefix",
            "utf8-bad-c3-28",
            "utf8-bad-comment",
            "utf8-bad-ff",
            "utf8-bad-id",
            "utf8-bad-name",
            "utf8-latin1",
            "utf8-overlong",
            "utf8-surrogate",
        ],
    },
    Wrong {
        peer: Decoder::SseStream,
        what: "ends at a malformed byte in a known field",
        cases: &[
            "utf8-bad-c3-28",
            "utf8-bad-ff",
            "utf8-bad-id",
            "utf8-latin1",
            "utf8-overlong",
            "utf8-surrogate",
        ],
    },
];
