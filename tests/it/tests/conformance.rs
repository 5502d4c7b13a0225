//! The standard, case by case over real sockets: what `tidings-cli listen --strict` prints and asks of the server.

mod connections;
mod listener;
mod parsing;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Cases at the same time: enough to end within seconds, few enough that a busy machine keeps to their times.
const AT_ONCE: usize = 16;

/// Checks every case and tells of all that fail, each with its name and all that is unmet.
///
/// # Panics
///
/// Where a case is unmet or panics.
async fn check_all<Case, Check>(cases: Vec<(String, Case)>, check: impl Fn(Case) -> Check)
where
    Check: Future<Output = Vec<String>> + Send + 'static,
{
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    let mut names = HashMap::new();
    for (name, case) in cases {
        let (turns, checked) = (Arc::clone(&turns), check(case));
        let handle = running.spawn(async move {
            let _turn = turns.acquire().await.expect("turns are never closed");
            checked.await
        });
        names.insert(handle.id(), name);
    }
    let mut failures = String::new();
    while let Some(ended) = running.join_next_with_id().await {
        let (id, unmet) = match ended {
            Ok(ended) => ended,
            Err(error) => (error.id(), vec![error.to_string()]),
        };
        if !unmet.is_empty() {
            let name = names.get(&id).map_or("", String::as_str);
            write!(failures, "\n{name}\n  - {}", unmet.join("\n  - ")).expect("a string takes all");
        }
    }
    assert!(failures.is_empty(), "unmet:{failures}");
}
