//! Where the socket lies: in the folder of the session, which the system empties, else beside the history.

use std::path::{Path, PathBuf};

use crate::paths::Paths;

/// The folder of the session, where the desktop gives one ("XDG Base Directory Specification").
const SESSION: &str = "XDG_RUNTIME_DIR";

/// The socket of the engine on a place of settings and history.
pub fn socket(paths: &Paths) -> PathBuf {
    let session = std::env::var_os(SESSION).filter(|folder| !folder.is_empty()).map(PathBuf::from);
    within(session.filter(|folder| folder.is_absolute()).as_deref(), paths)
}

fn within(session: Option<&Path>, paths: &Paths) -> PathBuf {
    match session {
        Some(session) => session.join("tidings").join(format!("{}.sock", paths.identity)),
        None => paths.data_folder.join("control.sock"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_profile_has_a_socket_of_its_own_that_fits_into_a_sockets_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = Paths::profile(folder.path()).expect("a profile");
        let socket = within(Some(Path::new("/run/user/1000")), &paths);
        assert_eq!(socket.parent(), Some(Path::new("/run/user/1000/tidings")));
        // 108 bytes with the end, by unix(7).
        assert!(socket.as_os_str().len() < 100, "{}", socket.display());
        assert_eq!(within(None, &paths), paths.data_folder.join("control.sock"));
    }
}
