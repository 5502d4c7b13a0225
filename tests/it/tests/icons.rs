//! What stands for a feed: chosen once, written by us, shown wherever the feed speaks.

use std::path::{Path, PathBuf};

use tidings_engine::engine::{FeedDraft, Field, IconDraft, RequestError};
use tidings_engine::update::IconView;
use tidings_support::{Answer, House, Script, Server, draft, until};

/// A picture as people have them, of which nothing but the pixels is taken.
const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../icons/128x128.png");

fn with(icon: IconDraft, name: &str, server: &Server) -> FeedDraft {
    FeedDraft { icon: Some(icon), ..draft(name, server.url()) }
}

async fn server() -> Server {
    Server::start(Script::new([Answer::stream().event_with_id("1", "one")])).await
}

fn pictures(house: &House) -> Vec<PathBuf> {
    let folder = std::fs::read_dir(house.options().data_folder.join("icons"));
    folder.into_iter().flatten().map(|entry| entry.expect("it can be read").path()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emoji_stands_before_the_feeds_name_in_its_popups() {
    let house = House::new();
    let engine = house.start().await;
    let server = server().await;
    let bell = IconDraft::Emoji("🔔".into());
    engine.add_feed(with(bell, "Shop", &server)).await.expect("the draft is right");
    until(&engine, "it pops up", |_| !house.popups.shown().is_empty()).await;
    let popup = house.popups.shown().remove(0).1;
    assert_eq!((popup.feed_name.as_deref(), popup.picture), (Some("🔔 Shop"), None));
    assert_eq!(engine.attach().snapshot.feeds[0].icon, Some(IconView::Emoji("🔔".into())));
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_kept_as_we_wrote_it_shown_in_popups_and_gone_with_its_feed() {
    let house = House::new();
    let engine = house.start().await;
    let server = server().await;
    let taken = engine.take_picture(Path::new(PICTURE)).await.expect("it is a picture");
    let chosen = IconDraft::Picture(taken.name.clone());
    let feed = engine.add_feed(with(chosen, "Shop", &server)).await.expect("the draft is right").id;
    until(&engine, "it pops up", |_| !house.popups.shown().is_empty()).await;
    let popup = house.popups.shown().remove(0).1;
    let file = popup.picture.expect("it carries the picture");
    assert_eq!(pictures(&house), std::slice::from_ref(&file));
    assert_ne!(std::fs::read(&file).unwrap(), std::fs::read(PICTURE).unwrap(), "written anew");
    let view = IconView::Picture { name: taken.name, url: taken.url };
    engine.shutdown().await;
    drop(engine);

    let engine = house.start().await;
    let kept = || engine.attach().snapshot.feeds[0].icon.clone();
    assert_eq!(kept(), Some(view.clone()));
    engine.edit_feed(&feed, draft("Shop", server.url())).await.expect("nothing is said of the icon");
    assert_eq!(kept(), Some(view));
    engine.remove_feed(&feed).await.expect("there is room");
    engine.shutdown().await;
    drop(engine);
    house.start().await.shutdown().await;
    assert_eq!(pictures(&house), Vec::<PathBuf>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_icon_is_refused_and_pictures_outlive_broken_settings() {
    let house = House::new();
    let engine = house.start().await;
    let server = server().await;
    let wrong = [IconDraft::Emoji("x".into()), IconDraft::Picture("../../settings".into())];
    for icon in wrong {
        let refused = engine.add_feed(with(icon, "Shop", &server)).await.expect_err("that is none");
        assert!(matches!(refused, RequestError::Invalid { field: Field::Icon, .. }), "{refused:?}");
    }
    let refused = engine.take_picture(&house.options().settings_file).await.expect_err("that is none");
    assert!(matches!(refused, RequestError::Invalid { field: Field::Icon, .. }), "{refused:?}");
    let taken = engine.take_picture(Path::new(PICTURE)).await.expect("it is a picture");
    let feed = with(IconDraft::Picture(taken.name), "Shop", &server);
    engine.add_feed(feed).await.expect("the draft is right");
    engine.shutdown().await;
    drop(engine);
    let settings = house.options().settings_file;
    std::fs::write(&settings, "version = ").unwrap();
    let _ = std::fs::remove_file(settings.with_extension("toml.bak"));
    house.start().await.shutdown().await;
    assert_eq!(pictures(&house).len(), 1, "a person may mend the settings");
}
