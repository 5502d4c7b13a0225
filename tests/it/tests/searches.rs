//! Searches that a person keeps outlive the program.

use tidings_engine::engine::RequestError;
use tidings_engine::settings::SavedSearch;

use tidings_support::House;

fn search(name: &str, text: &str) -> SavedSearch {
    SavedSearch { name: name.into(), text: text.into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_searches_are_there_after_a_restart_in_their_order() {
    let house = House::new();
    let engine = house.start().await;
    assert_eq!(engine.searches().await, []);
    let kept = vec![search(" Alarms\n", "priority:urgent "), search("Deploys", "feed:\"My deploys\" -test")];
    engine.set_searches(kept).await.expect("there is room");
    engine.shutdown().await;
    drop(engine);
    let engine = house.start().await;
    let expected = [search("Alarms", "priority:urgent"), search("Deploys", "feed:\"My deploys\" -test")];
    assert_eq!(engine.searches().await, expected);
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_without_a_name_or_one_too_many_is_refused_and_changes_nothing() {
    let house = House::new();
    let engine = house.start().await;
    engine.set_searches(vec![search("One", "one")]).await.expect("there is room");
    for wrong in [vec![search(" ", "x")], vec![search("x", "")], vec![search("x", "y"); 101]] {
        let refused = engine.set_searches(wrong).await;
        assert!(matches!(refused, Err(RequestError::Invalid { .. })), "{refused:?}");
    }
    assert_eq!(engine.searches().await, [search("One", "one")]);
    engine.shutdown().await;
}
