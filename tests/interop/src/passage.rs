//! Something between a feed and its server: what happens there, and what a person sees of it.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;

use crate::course::words;
use crate::place::Place;

/// Something between a feed and its server.
#[derive(Clone, Copy, Debug)]
pub struct Passage {
    /// Its name.
    pub name: &'static str,
    /// What happens, in a few words.
    pub happens: &'static str,
    /// What a person sees, in a few words.
    pub seen: &'static str,
    /// Sees that it is so; panics where it isn't.
    pub check: for<'a> fn(&'a Place) -> LocalBoxFuture<'a, ()>,
}

/// How it was.
#[derive(Clone, Debug)]
pub struct Passed {
    /// Its name.
    pub name: &'static str,
    /// What happens.
    pub happens: &'static str,
    /// What a person sees.
    pub seen: &'static str,
    /// What was otherwise.
    pub fault: Option<String>,
}

/// Sees what happens in between.
pub async fn pass(passage: &Passage, place: &Place) -> Passed {
    let went = AssertUnwindSafe((passage.check)(place)).catch_unwind().await;
    let &Passage { name, happens, seen, .. } = passage;
    Passed { name, happens, seen, fault: went.err().map(|panic| words(panic.as_ref())) }
}
