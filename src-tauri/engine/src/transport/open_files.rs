//! How many files and sockets the system lets the program have open, and how many of them may be links.

use super::Fault;
use super::fault::Cause;

/// What everything else than links needs: sixteen dials under way with name lookups, proxies and both families of
/// addresses (48), the history, settings and log (16), and buses, timers and a window (64).
const RESERVE: u64 = 128;

/// The system's limit of open files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenFiles {
    /// `None` where there is none, or none is known.
    limit: Option<u64>,
}

impl OpenFiles {
    /// There is no limit, as far as is known.
    pub const UNKNOWN: Self = Self { limit: None };

    /// A known limit.
    pub fn limited_to(limit: u64) -> Self {
        Self { limit: Some(limit) }
    }

    /// Raises the process's soft limit to the hard one, which needs no rights, and gives what holds then.
    #[cfg(unix)]
    pub fn raise() -> Self {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let before = getrlimit(Resource::Nofile);
        let mut raised = before;
        raised.current = raised.maximum;
        if let Err(error) = setrlimit(Resource::Nofile, raised) {
            tracing::debug!(%error, "the limit of open files could not be raised");
        }
        Self::present()
    }

    /// Gives what holds: elsewhere the system sets no such limit to sockets.
    #[cfg(not(unix))]
    pub fn raise() -> Self {
        Self::UNKNOWN
    }

    #[cfg(unix)]
    pub(super) fn present() -> Self {
        Self { limit: rustix::process::getrlimit(rustix::process::Resource::Nofile).current }
    }

    #[cfg(not(unix))]
    pub(super) fn present() -> Self {
        Self::UNKNOWN
    }

    /// How many links may be open: what the reserve leaves, and a quarter where it would leave less.
    pub fn links(self) -> usize {
        let links = self.limit.map(|limit| limit.saturating_sub(RESERVE).max(limit / 4).max(1));
        links.and_then(|links| usize::try_from(links).ok()).unwrap_or(usize::MAX)
    }
}

impl Fault {
    /// The fault of a dial for which the system has no file left.
    pub fn no_more_files(open_files: OpenFiles) -> Self {
        let limit = open_files.limit.map(|limit| format!(" (limit {limit})")).unwrap_or_default();
        Self::new(
            Cause::Failed,
            format!(
                "This computer allows Tidings no more open connections{limit}. \
                 Turn feeds off, or raise the limit of open files (ulimit -n)."
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_leave_room_for_everything_else_and_there_is_always_one() {
        let table = [(1024, 896), (256, 128), (200, 72), (100, 25), (3, 1), (0, 1)];
        for (limit, links) in table {
            assert_eq!(OpenFiles::limited_to(limit).links(), links, "{limit}");
        }
        assert_eq!(OpenFiles::UNKNOWN.links(), usize::MAX);
    }

    #[test]
    fn says_the_limit_where_it_is_known() {
        let said = |files| Fault::no_more_files(files).sentence;
        assert!(said(OpenFiles::limited_to(256)).contains("no more open connections (limit 256). "));
        assert!(said(OpenFiles::UNKNOWN).contains("no more open connections. "));
    }

    #[cfg(unix)]
    #[test]
    fn raising_reaches_the_hard_limit_and_can_be_repeated() {
        let hard = rustix::process::getrlimit(rustix::process::Resource::Nofile).maximum;
        assert_eq!(OpenFiles::raise().limit, hard);
        assert_eq!(OpenFiles::raise(), OpenFiles::present());
    }
}
