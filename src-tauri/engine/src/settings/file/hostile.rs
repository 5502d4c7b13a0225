//! Settings edited by hand, with whatever slips in: refused at a place and in words, or read, and then written the same.

use proptest::prelude::*;
use proptest::sample::Index;

use super::{SettingsError, parse};

const SEED: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/seeds/settings/everything.toml"));

fn check(bytes: &[u8]) {
    match parse("settings.toml", bytes) {
        Ok(settings) => {
            let text = toml::to_string(&settings).expect("settings hold only what TOML can say");
            assert_eq!(parse("settings.toml", text.as_bytes()).expect("what is written is read"), settings);
        }
        Err(SettingsError::Broken { line, column, problem, .. }) => {
            let lines = bytes.split(|&byte| byte == b'\n').count();
            assert!((1..=lines).contains(&line) && (1..=bytes.len() + 1).contains(&column));
            assert!(!problem.is_empty() && !problem.contains('\n'), "{problem:?}");
        }
        Err(SettingsError::Newer { found, .. }) => assert!(found > super::VERSION),
        Err(other) => panic!("nothing but the bytes can be to blame, not: {other}"),
    }
}

/// A line of the seed with another value.
fn edited(lines: &[(Index, String)]) -> String {
    let mut text: Vec<_> = SEED.lines().map(str::to_owned).collect();
    for (at, value) in lines {
        let line = at.get_mut(&mut text);
        let name = line.split('=').next().unwrap_or_default().to_owned();
        *line = format!("{name}= {value}");
    }
    text.join("\n")
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i128>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| format!("{number:?}")),
        any::<String>().prop_map(|text| toml::Value::String(text).to_string()),
        proptest::sample::select(vec![
            "true",
            "[]",
            "{}",
            "''",
            "\"\"",
            "1979-05-27T07:32:00Z",
            "24:00:00",
            "'23:59:60'",
            "'07:30'",
            "nan",
            "[[1]]",
            "{ kind = 'none' }",
            "{ kind = 'until', at_ms = -9223372036854775808 }",
            "0xff",
            "'urgent'",
            "\"\"\"",
            "\"\\u0000\"",
            "{ from = '08:00', to = '08:00:00.5' }",
            "# nothing",
        ])
        .prop_map(str::to_owned),
    ]
}

#[test]
fn the_seed_is_read() {
    assert!(parse("settings.toml", SEED.as_bytes()).is_ok_and(|settings| settings.feeds.len() == 2));
    check(SEED.as_bytes());
}

proptest! {
    #[test]
    fn any_value_in_any_place_is_taken_or_refused(
        lines in proptest::collection::vec((any::<Index>(), value()), 1..3),
    ) {
        check(edited(&lines).as_bytes());
    }

    #[test]
    fn any_damage_is_survived(
        cut in any::<Index>(),
        at in any::<Index>(),
        bytes in proptest::collection::vec(any::<u8>(), 0..9),
    ) {
        let mut text = SEED.as_bytes().to_vec();
        let at = at.index(text.len());
        text.splice(at..at, bytes);
        text.truncate(cut.index(text.len() * 2));
        check(&text);
    }
}
