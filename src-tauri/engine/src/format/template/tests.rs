//! What templates make of events, what they refuse, and that none can take more than its share.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::event::Priority;

fn received(data: impl Into<String>) -> Received {
    Received {
        event_type: "order".into(),
        data: data.into(),
        last_event_id: "42".into(),
        own_id: true,
        received_at_ms: 1_700_000_000_000,
    }
}

fn sample() -> Received {
    received(
        json!({
            "a": {"b": [{"c": "deep"}, 2]}, "name": "  Tea ", "price": 1_234_567.891, "bytes": 1_500_000, "text": "12.50",
            "tags": ["x", "y"], "empty": "", "none": null, "yes": true, "big": 9_007_199_254_740_993_u64,
            "at": "2026-11-21T10:00:00Z", "local": "2026-11-21T10:00:00", "url": "https://a.test/x", "level": "high",
        })
        .to_string(),
    )
}

fn default() -> Reading {
    Reading { title: "Default".into(), body: "by itself".into(), ..Reading::default() }
}

fn read(templates: &Templates, received: &Received) -> (Reading, Vec<TemplateError>) {
    Compiled::new(templates).0.unwrap().read(received, "Shop", default())
}

/// What a body template makes of the sample.
fn body(template: &str) -> String {
    let (reading, errors) = read(&Templates { body: template.into(), ..Templates::default() }, &sample());
    assert_eq!(errors, [], "{template}");
    reading.body
}

#[test]
fn every_value_and_filter_reads_as_documented() {
    let table = [
        ("{{ json.a.b[0].c }}/{{ json.a.b[1] }}", "deep/2"),
        ("{{ type }} {{ id }} {{ feed }} {{ received_at }}", "order 42 Shop 1700000000000"),
        ("{{ data[:2] }}", "{\""),
        ("[{{ json.missing.far.away }}{{ json.none.x }}]", "[]"),
        ("{{ json.yes }} {{ json.big }}", "true 9007199254740993"),
        ("{{ json.name | trim | upper }}{{ json.name | trim | lower }}", "TEAtea"),
        ("{{ 'abcdef' | truncate(3) }} {{ 'abc' | truncate(3) }}", "abc… abc"),
        ("{{ 'a-b' | replace('-', '+') }}", "a+b"),
        ("{{ '<p>Tea &amp; <b>milk</b></p>' | plain }}{{ json.missing | plain }}", "Tea & milk"),
        ("{{ json.tags | join }} {{ json.tags | join('/') }}", "x, y x/y"),
        ("{{ json.tags | first }}{{ json.tags | last }}{{ json.tags | length }}", "xy2"),
        ("{{ json.missing | first }}{{ json.missing | length }}{{ json.missing | join }}", "0"),
        (
            "{{ json.empty | default('none') }} {{ json.missing | default(7) }} {{ json.yes | default(1) }}",
            "none 7 true",
        ),
        (
            "{{ json.price | number }} {{ json.price | number(2) }} {{ json.text | number(1) }}",
            "1,234,567.891 1,234,567.89 12.5",
        ),
        (
            "{{ -1234 | number }} {{ -0.001 | number(1) }} {{ 0 | number }} {{ 999 | number }}",
            "-1,234 0.0 0 999",
        ),
        ("[{{ json.missing | number }}{{ json.none | size }}{{ json.empty | date }}]", "[]"),
        (
            "{{ json.bytes | size }} {{ 999 | size }} {{ 999999 | size }} {{ 0 | size }}",
            "1.5 MB 999 B 1.0 MB 0 B",
        ),
        ("{{ json.local | date }} {{ json.local | date('%d.%m.') }}", "2026-11-21 10:00 21.11."),
        (
            "{{ (json.at | date('%s')) }} {{ 1700000000 | date('%s') }} {{ received_at | date('%s') }}",
            "1795255200 1700000000 1700000000",
        ),
        ("{{ 0.25 | times(100) }} % {{ json.text | times(3) }}{{ json.missing | times(2) }}", "25 % 37.5"),
        ("* {{ '*|x}}' }} {{ \"'*\" }} {{ '\\'*' }}{{ none }}", "* *|x}} '* '*"),
        ("{% if json.price > 10 and json.yes %}dear{% else %}cheap{% endif %}", "dear"),
        ("{% for tag in json.tags %}<{{ tag }}>{% endfor %}", "<x><y>"),
        ("{% if json.missing is defined %}a{% elif json.name is string %}b{% endif %}", "b"),
    ];
    for (template, expected) in table {
        assert_eq!(body(template), expected, "{template}");
    }
}

#[test]
fn each_part_goes_to_its_place_and_the_rest_stays() {
    let templates = Templates {
        title: "{{ json.name }}\n{{ type }}".into(),
        link: "{{ json.url }}".into(),
        priority: "{{ json.level }}".into(),
        key: "order {{ id }}".into(),
        group: "shop \"{{ type }}\"".into(),
        ..Templates::default()
    };
    let (reading, errors) = read(&templates, &sample());
    assert_eq!(errors, []);
    let expected = Reading {
        title: "Tea order".into(),
        body: "by itself".into(),
        link: Some("https://a.test/x".into()),
        priority: Priority::High,
        key: Some("order 42".into()),
        // Without quotation marks, which a search could not hold.
        group: Some("shop 'order'".into()),
        ..Reading::default()
    };
    assert_eq!(reading, expected);
}

#[test]
fn what_comes_out_empty_or_odd_is_no_harm() {
    let templates = Templates {
        title: "{{ json.missing }}".into(),
        body: "{{ json.missing }}".into(),
        link: "javascript:alert(1)".into(),
        priority: "purple".into(),
        key: " ".into(),
        group: "{{ json.missing }}".into(),
    };
    let (reading, errors) = read(&templates, &sample());
    assert_eq!(errors, []);
    assert_eq!(reading, Reading { title: "Default".into(), ..Reading::default() });
    let (reading, _) = read(
        &Templates { title: "{{ data }}".into(), priority: "5".into(), ..Templates::default() },
        &received("a\u{202e}b\u{7}<b>c</b>"),
    );
    assert_eq!((reading.title.as_str(), reading.priority), ("ab<b>c</b>", Priority::Urgent));
}

/// The one thing that is wrong with templates.
fn wrong(templates: &Templates) -> TemplateError {
    let (_, mut errors) = Compiled::new(templates);
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.remove(0)
}

#[test]
fn each_wrong_template_is_told_and_leaves_the_others_in_use() {
    let templates = Templates {
        title: "{{ json.name }}!".into(),
        body: "{{ a".into(),
        key: "{% set %}".into(),
        ..Templates::default()
    };
    let (compiled, errors) = Compiled::new(&templates);
    assert_eq!(errors.iter().map(|error| error.part).collect::<Vec<_>>(), [Part::Body, Part::Key]);
    let (reading, failed) = compiled.unwrap().read(&sample(), "Shop", default());
    assert_eq!((failed, reading.body, reading.key), (vec![], default().body, default().key));
    assert!(reading.title.ends_with('!') && reading.title.len() > 1, "{}", reading.title);
}

#[test]
fn a_wrong_template_names_its_place() {
    let table = [
        ("{{ json.a }", 1, "unexpected"),
        ("one\ntwo {{ json.a | nofilter }}", 2, "there is no filter nofilter; there are date,"),
        ("{{ 2 * 3 }}", 1, "times(100)"),
        ("{% if [1] * 9 %}{% endif %}", 1, "times(100)"),
        ("{{ '}}*' }}{{ 2 ** 3 }}", 1, "times(100)"),
        ("{% if x %}", 1, "unexpected end"),
        ("ä {% set x = 1 %}", 1, "{% set %} is not for templates"),
        ("{%- with x = 1 %}{% endwith %}", 1, "{% with %} is not for templates"),
        ("{% macro x() %}{% endmacro %}", 1, "{% macro %}"),
        ("{% include 'x' %}", 1, "{% include %}"),
    ];
    for (template, line, says) in table {
        let templates = Templates { body: template.into(), ..Templates::default() };
        let error = wrong(&templates);
        assert_eq!((error.part, error.line), (Part::Body, line), "{template}: {error}");
        assert!(error.problem.contains(says), "{template}: {error}");
    }
    let error = wrong(&Templates { title: "ä\nöö{% set %}".into(), ..Templates::default() });
    assert_eq!((error.part, error.line, error.column), (Part::Title, 2, 3));
    assert_eq!(error.problem, "{% set %} is not for templates; if and for are");
    assert!(error.to_string().ends_with("(line 2, column 3)"), "{error}");
    let long = Templates { key: "x".repeat(LENGTH + 1), ..Templates::default() };
    assert!(wrong(&long).problem.contains("at most 2000 characters"));
    let (none, errors) = Compiled::new(&Templates::default());
    assert!(none.is_none() && errors.is_empty());
}

#[test]
fn a_template_that_fails_for_an_event_leaves_the_default_and_says_where() {
    let table = [
        ("{{ json.name | number }}", "needs a number"),
        ("{{ json.name | date }}", "needs a time"),
        ("{{ json.at | date('%!') }}", "can't write"),
        ("{{ json.name + 1 }}", ""),
        ("{{ 'x' | replace('', 'y') }}", "needs a text"),
        ("{{ nothing() }}", ""),
    ];
    for (template, says) in table {
        let templates = Templates { body: format!("\n {template}"), ..Templates::default() };
        let (reading, errors) = read(&templates, &sample());
        assert_eq!(reading, default(), "{template}");
        assert_eq!(
            (errors.len(), errors[0].part, errors[0].line),
            (1, Part::Body, 2),
            "{template}: {errors:?}"
        );
        assert!(errors[0].problem.contains(says), "{template}: {errors:?}");
    }
}

#[test]
fn no_template_takes_more_than_its_share() {
    let loops = "{% for a in data %}{% for b in data %}{% for c in data %}{{ c }}{% endfor %}{% endfor %}{% endfor %}";
    let table = [
        (loops.to_owned(), "too many steps"),
        ("{{ data | replace('a', data) }}".into(), "more text than can be shown"),
    ];
    for (template, says) in table {
        let templates = Templates { body: template.clone(), ..Templates::default() };
        let (reading, errors) = read(&templates, &received("a".repeat(1 << 20)));
        assert!(reading.body.len() <= TEXT_BYTES, "{template}");
        assert!(errors.iter().all(|error| error.problem.contains(says)), "{template}: {errors:?}");
    }
    let (reading, errors) = read(
        &Templates {
            body: "{{ json.t ~ json.t ~ json.t ~ json.t ~ json.t ~ json.t }}".into(),
            ..Templates::default()
        },
        &received(json!({"t": "é".repeat(1 << 19)}).to_string()),
    );
    assert_eq!(errors, []);
    assert!(reading.body.len() <= TEXT_BYTES && reading.body.starts_with("éé"));
}

proptest! {
    #[test]
    fn no_template_and_no_data_is_a_panic(template in "(\\{\\{|\\}\\}|\\{%|%\\}|[a-z.|\\[\\]()0-9'* ]){0,40}", data in ".*") {
        if let (Some(compiled), _) = Compiled::new(&Templates { title: template, ..Templates::default() }) {
            compiled.read(&received(data), "Feed", default());
        }
    }
}
