//! Whether the tray's library is there: it is loaded at run time, and where it is missing that ends the program.

use std::path::PathBuf;

/// What the tray loads, whichever comes first.
const LIBRARIES: [&str; 2] = ["libayatana-appindicator3.so.1", "libappindicator3.so.1"];

/// Whether a tray can be built. Windows and macOS bring their own.
pub(crate) fn is_there() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let named = std::env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
    any_holds(std::env::split_paths(&named).chain(usual_folders()))
}

/// The folders that loaders search on the usual distributions, for programs of this architecture.
fn usual_folders() -> impl Iterator<Item = PathBuf> {
    let plain = ["/usr/local/lib", "/usr/lib64", "/lib64", "/usr/lib", "/lib"].map(PathBuf::from);
    let triples = ["/usr/local/lib", "/usr/lib", "/lib"]
        .map(|folder| PathBuf::from(format!("{folder}/{}-linux-gnu", std::env::consts::ARCH)));
    plain.into_iter().chain(triples)
}

fn any_holds(mut folders: impl Iterator<Item = PathBuf>) -> bool {
    folders.any(|folder| LIBRARIES.iter().any(|library| folder.join(library).is_file()))
}

#[cfg(test)]
mod tests {
    use super::any_holds;

    #[test]
    fn the_library_is_found_under_either_name_and_only_then() {
        let empty = tempfile::tempdir().expect("a folder");
        let full = tempfile::tempdir().expect("a folder");
        let folders = || [empty.path().to_owned(), full.path().to_owned()].into_iter();
        assert!(!any_holds(folders()));
        for name in ["libayatana-appindicator3.so.1", "libappindicator3.so.1"] {
            std::fs::write(full.path().join(name), "").expect("written");
            assert!(any_holds(folders()), "{name}");
            std::fs::remove_file(full.path().join(name)).expect("removed");
        }
        std::fs::write(full.path().join("libayatana-appindicator3.so"), "").expect("written");
        assert!(!any_holds(folders()), "the name without a version is not what is loaded");
    }
}
