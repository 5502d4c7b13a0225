//! What cleaning promises, for chosen and for any text.

use proptest::prelude::*;

use super::*;

#[test]
fn a_title_is_one_line() {
    assert_eq!(title("  Disk\r\nfull\t on \u{2028} node-3 \n"), "Disk full on node-3");
}

#[test]
fn a_body_keeps_its_lines_and_indents() {
    assert_eq!(body("\n\na\r\n  b  \rc\n\n\n\nd\n"), "a\n  b\nc\n\nd");
}

#[test]
fn writing_direction_can_not_be_turned() {
    assert_eq!(title("invoice\u{202e}fdp.exe\u{2066}\u{200f}"), "invoicefdp.exe");
    assert_eq!(text("a\u{0}\u{1b}[31mred\u{7f}\u{9b}b"), "a[31mredb");
}

#[test]
fn stacked_marks_are_thinned_out_and_accents_stay() {
    let stacked = format!("Z{}a", "\u{300}".repeat(40));
    assert_eq!(title(&stacked), format!("Z{}a", "\u{300}".repeat(4)));
    for word in ["Việt Nam", "e\u{301}\u{323}", "שָׁלוֹם", "हिन्दी", "Ångström", "日本語"]
    {
        assert_eq!(title(word), word);
    }
}

#[test]
fn emoji_sequences_stay_whole() {
    for emoji in ["👩🏽‍❤️‍💋‍👨🏿", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", "👨‍👩‍👧‍👦", "🇩🇪", "❤️"]
    {
        assert_eq!(title(emoji), emoji);
    }
}

#[test]
fn a_grapheme_without_end_becomes_one_sign() {
    assert_eq!(title(&format!("a{}b", "\u{1100}".repeat(5_000))), "a\u{fffd}b");
}

#[test]
fn long_titles_end_in_a_sign_of_the_cut() {
    let long = title(&"é".repeat(500));
    assert_eq!(long.graphemes(true).count(), TITLE_GRAPHEMES);
    assert!(long.ends_with("é…"));
    assert_eq!(title(&"x".repeat(120)), "x".repeat(120));
}

#[test]
fn long_bodies_are_cut_by_lines_and_by_graphemes() {
    let lines: Vec<String> = (1..=30).map(|n| n.to_string()).collect();
    assert_eq!(body(&lines.join("\n")), "1\n2\n3\n4\n5\n6\n7\n8\n9\n10…");
    assert_eq!(body(&"ab".repeat(5_000)).graphemes(true).count(), BODY_GRAPHEMES);
    assert!(body(&"ab ".repeat(5_000)).ends_with("ab…"));
    assert_eq!(body(&lines[..10].join("\n")).lines().count(), 10);
}

#[test]
fn a_huge_text_is_bounded_before_anything_else() {
    assert!(text(&"ü".repeat(4 << 20)).len() <= TEXT_BYTES);
    assert!(title(&"\u{301}".repeat(1 << 20)).len() < 100);
}

/// Text rich in what cleaning is about.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => any::<char>().prop_map(|letter| letter.to_string()),
        2 => "[a-z ]{0,9}",
        2 => prop::sample::select(vec!["\n", "\r", "\r\n", "\t", " ", "\u{2028}", "\u{85}"]).prop_map(str::to_owned),
        2 => prop::sample::select(vec!["\u{301}", "\u{202e}", "\u{200d}", "\u{fe0f}", "👩", "🏽", "🇩", "\u{94d}", "क", "\u{1100}"])
            .prop_map(str::to_owned),
        1 => (prop::sample::select(vec!["\u{300}", "x", "\n", "👩\u{200d}"]), 0..400_usize)
            .prop_map(|(what, times)| what.repeat(times)),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing(raw in nasty()) {
        prop_assert_eq!(title(&title(&raw)), title(&raw));
        prop_assert_eq!(body(&body(&raw)), body(&raw));
        prop_assert_eq!(text(&text(&raw)), text(&raw));
    }

    #[test]
    fn nothing_that_deceives_is_left(raw in nasty()) {
        prop_assert!(!title(&raw).chars().any(deceives));
        prop_assert!(!body(&raw).chars().any(|letter| letter != '\n' && deceives(letter)));
        prop_assert!(!text(&raw).chars().any(|letter| letter != '\n' && deceives(letter)));
    }

    #[test]
    fn the_limits_hold(raw in nasty()) {
        prop_assert!(title(&raw).graphemes(true).count() <= TITLE_GRAPHEMES);
        prop_assert!(title(&raw).len() <= TITLE_GRAPHEMES * SCALARS * 4);
        let body = body(&raw);
        prop_assert!(body.graphemes(true).count() <= BODY_GRAPHEMES);
        prop_assert!(body.split('\n').count() <= BODY_LINES);
        prop_assert!(!title(&raw).contains('\n'));
    }
}
