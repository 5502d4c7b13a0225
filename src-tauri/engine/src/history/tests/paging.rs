//! Pages that join without a gap or a double.

use proptest::prelude::*;

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn pages_joined_are_all_events_newest_first(
        from in prop::collection::vec(0_usize..3, 0..60),
        limit in 1_usize..20,
    ) {
        runtime().block_on(async {
            let folder = folder();
            let history = open(folder.path());
            let feeds = [feed("a"), feed("b"), feed("c")];
            let mut expected = Vec::new();
            for (n, &which) in from.iter().enumerate() {
                let id = store(&history, &feeds[which], &[&n.to_string()]).await[0].unwrap();
                expected.insert(0, (which, id));
            }
            for which in [None, Some(0), Some(1), Some(2)] {
                let of_feed = which.map(|which: usize| feeds[which].clone());
                let mut joined: Vec<EventId> = Vec::new();
                loop {
                    let page = history.page(of_feed.clone(), joined.last().copied(), limit).await.unwrap();
                    assert!(page.len() <= limit);
                    joined.extend(page.iter().map(|row| row.id));
                    if page.len() < limit {
                        break;
                    }
                }
                let wanted = expected.iter().filter(|(of, _)| which.is_none_or(|which| *of == which));
                assert_eq!(joined, wanted.map(|(_, id)| *id).collect::<Vec<_>>());
            }
            history.close().await;
        });
    }
}

#[tokio::test]
async fn a_page_is_not_moved_by_what_arrives_meanwhile() {
    let folder = folder();
    let history = open(folder.path());
    store(&history, &feed("a"), &["1", "2", "3", "4"]).await;
    let first = history.page(None, None, 2).await.unwrap();
    store(&history, &feed("a"), &["5", "6"]).await;
    let second = history.page(None, Some(first[1].id), 2).await.unwrap();
    let joined: Vec<_> = first.iter().chain(&second).map(|row| row.reading.title.as_str()).collect();
    assert_eq!(joined, ["4", "3", "2", "1"]);
}

#[tokio::test]
async fn gives_nothing_for_an_unknown_feed_or_an_empty_page_or_a_number_below_all() {
    let folder = folder();
    let history = open(folder.path());
    store(&history, &feed("a"), &["1"]).await;
    assert!(history.page(Some(feed("?")), None, 10).await.unwrap().is_empty());
    assert!(history.page(None, None, 0).await.unwrap().is_empty());
    assert!(history.page(None, Some(EventId(i64::MIN)), usize::MAX).await.unwrap().is_empty());
}

#[test]
fn every_list_is_served_by_an_index_and_sorted_by_it() {
    let folder = folder();
    runtime().block_on(open(folder.path()).close());
    let database = rusqlite::Connection::open(folder.path().join("history.db")).unwrap();
    let cases = [
        ("feed = ?1 AND id < 9", "event_by_feed"),
        ("feed = ?1 AND read = 0 AND id > 1 AND id <= 9", "event_unread"),
        ("feed = ?1 AND presented < 2 AND id > 1 AND id <= 9", "event_unshown"),
    ];
    for (condition, index) in cases {
        let sql = format!("EXPLAIN QUERY PLAN SELECT id FROM event WHERE {condition} ORDER BY id LIMIT 9");
        let mut plan = database.prepare(&sql).unwrap();
        let steps: Vec<String> =
            plan.query_map(["1"], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
        assert_eq!(steps.len(), 1, "{condition}: {steps:?}");
        assert!(steps[0].contains(&format!(" INDEX {index} (feed=? AND rowid")), "{steps:?}");
    }
}
