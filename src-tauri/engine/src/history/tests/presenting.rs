//! What became of the popups.

use super::*;
use crate::event::Priority;

#[tokio::test]
async fn sums_up_what_was_stored_and_never_shown() {
    let folder = folder();
    let history = open(folder.path());
    let ids = store(&history, &feed("a"), &["1", "2", "3", "4", "5"]).await;
    let ids: Vec<EventId> = ids.into_iter().flatten().collect();
    let mut urgent = event("urgent");
    urgent.reading.priority = Priority::Urgent;
    let muted = NewEvent { presented: Presented::Suppressed, ..event("muted") };
    let b = history.store(batch(&feed("b"), vec![event("1"), urgent, event("2"), muted])).await.unwrap();
    store(&history, &feed("c"), &["1"]).await;
    history.present(ids[..2].to_vec(), Presented::Shown).await.unwrap();
    history.present(vec![ids[2]], Presented::Presenting).await.unwrap();
    let c = history.unshown().await.unwrap()[2].last;
    history.settle(feed("c"), c, Presented::Suppressed).await.unwrap();
    history.close().await;

    let unshown = open(folder.path()).unshown().await.unwrap();
    let summed: Vec<_> = unshown
        .iter()
        .map(|of| (of.feed.as_str(), of.count, of.last, of.most_urgent.reading.title.as_str()))
        .collect();
    assert_eq!(summed, [("a", 3, ids[4], "5"), ("b", 3, b[2].unwrap(), "urgent")]);
}

#[tokio::test]
async fn settles_what_a_summary_stands_for_and_nothing_later_or_already_settled() {
    let folder = folder();
    let history = open(folder.path());
    let mut count = 0;
    let mut next = || {
        count += 1;
        event(&count.to_string())
    };
    let suppressed = NewEvent { presented: Presented::Suppressed, ..next() };
    let many: Vec<_> = std::iter::once(suppressed).chain((0..1_200).map(|_| next())).collect();
    history.store(batch(&feed("a"), many)).await.unwrap();
    store(&history, &feed("b"), &["other"]).await;
    let summary = history.unshown().await.unwrap().remove(0);
    assert_eq!((summary.feed, summary.count), (feed("a"), 1_200));
    store(&history, &feed("a"), &["late"]).await;
    history.settle(feed("a"), summary.last, Presented::Shown).await.unwrap();
    history.settle(feed("never seen"), summary.last, Presented::Shown).await.unwrap();

    let left = history.unshown().await.unwrap();
    assert_eq!(
        left.iter().map(|of| of.most_urgent.reading.title.as_str()).collect::<Vec<_>>(),
        ["late", "other"]
    );
    let rows = all(&history, Some(&feed("a"))).await;
    assert_eq!(rows.last().unwrap().presented, Presented::Suppressed);
    assert_eq!(rows.iter().filter(|row| row.presented == Presented::Shown).count(), 1_200);
}

#[tokio::test]
async fn notes_longer_lists_than_one_step_takes() {
    let folder = folder();
    let history = open(folder.path());
    let many = (0..1_001).map(|n| event(&n.to_string())).collect();
    let ids = history.store(batch(&feed("a"), many)).await.unwrap().into_iter().flatten().collect();
    history.present(ids, Presented::Shown).await.unwrap();
    assert!(history.unshown().await.unwrap().is_empty());
    history.present(vec![EventId(0), EventId(i64::MAX)], Presented::Shown).await.unwrap();
    history.present(vec![], Presented::Shown).await.unwrap();
}
