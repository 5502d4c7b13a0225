//! A server that others wrote, as quickly as can be: the whole course is `make interop`.

use tidings_interop::{Cell, Place, course, servers};

#[tokio::test(flavor = "multi_thread")]
async fn axum_is_followed_through_drops_and_restarts_and_its_popups_read_well() {
    let checked = course(&servers::AXUM, &Place::default(), false).await;
    let expected = [Cell::Holds, Cell::Holds, Cell::Holds, Cell::Untried, Cell::Holds];
    assert_eq!(checked.cells, expected);
}
