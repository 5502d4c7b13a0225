//! Many feeds storing at once.

use tokio::task::JoinSet;

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keeps_each_feeds_order_while_sixteen_store_at_once() {
    let folder = folder();
    let history = open(folder.path());
    let mut feeds = JoinSet::new();
    for name in 0..16 {
        let history = history.clone();
        feeds.spawn(async move {
            let feed = feed(&name.to_string());
            for first in (0..60).step_by(3) {
                let ids: Vec<String> = (first..first + 3).map(|n: u32| n.to_string()).collect();
                let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                assert!(store(&history, &feed, &ids).await.iter().all(Option::is_some));
            }
        });
    }
    while let Some(done) = feeds.join_next().await {
        done.unwrap();
    }
    let expected: Vec<String> = (0..60).map(|n: u32| n.to_string()).collect();
    for name in 0..16 {
        assert_eq!(titles(&history, &feed(&name.to_string())).await, expected);
    }
    history.close().await;
}

#[tokio::test]
async fn stores_what_nobody_waits_for_any_longer() {
    let folder = folder();
    let history = open(folder.path());
    let waiting = history.store(batch(&feed("a"), vec![event("1")]));
    tokio::select! {
        biased;
        _ = waiting => {}
        () = tokio::task::yield_now() => {}
    }
    store(&history, &feed("a"), &["2"]).await;
    assert_eq!(titles(&history, &feed("a")).await, ["1", "2"]);
}

#[tokio::test]
async fn a_batch_larger_than_all_the_room_takes_its_turn() {
    let folder = folder();
    let history = open(folder.path());
    let mut large = batch(&feed("a"), vec![]);
    for n in 0..5 {
        let mut event = event(&n.to_string());
        event.received.data = "x".repeat(14 * 1024 * 1024);
        large.events.push(event);
    }
    let other = feed("b");
    let (stored, small) = tokio::join!(history.store(large), store(&history, &other, &["small"]));
    assert_eq!(stored.unwrap().iter().flatten().count(), 5);
    assert!(small[0].is_some());
}
