//! Where settings, history and passing things lie, and the names that go with the place.

use std::path::{Path, PathBuf};

use tidings_engine::engine::APP_ID;

/// Where one person's Tidings lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The settings file.
    pub settings_file: PathBuf,
    /// The folder of the history.
    pub data_folder: PathBuf,
    /// What may be deleted at any time.
    pub cache_folder: PathBuf,
    /// This place's own name: of its keyring entries, and on the session bus.
    pub identity: String,
}

impl Paths {
    /// The person's own place: `tidings` below the desktop's folders (XDG on Linux); `None` without a home.
    pub fn own() -> Option<Self> {
        Some(Self::below(&dirs::config_dir()?, &dirs::data_dir()?, &dirs::cache_dir()?))
    }

    /// A profile: everything in one folder, under an identity of its own, so that it never meets the person's.
    ///
    /// # Errors
    /// The folder can't be made or found.
    pub fn profile(folder: &Path) -> std::io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let folder = folder.canonicalize()?;
        let hash = blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex();
        Ok(Self {
            settings_file: folder.join("settings.toml"),
            data_folder: folder.join("data"),
            cache_folder: folder.join("cache"),
            // 64 bits of the hash: short enough for people to compare, long enough for any number of profiles.
            identity: format!("{APP_ID}.profile-{}", &hash[..16]),
        })
    }

    fn below(config: &Path, data: &Path, cache: &Path) -> Self {
        Self {
            settings_file: config.join("tidings").join("settings.toml"),
            data_folder: data.join("tidings"),
            cache_folder: cache.join("tidings"),
            identity: APP_ID.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_place_follows_the_desktops_folders() {
        let paths = Paths::below(Path::new("/c"), Path::new("/d"), Path::new("/t"));
        assert_eq!(paths.settings_file, Path::new("/c/tidings/settings.toml"));
        assert_eq!(paths.data_folder, Path::new("/d/tidings"));
        assert_eq!(paths.cache_folder, Path::new("/t/tidings"));
        assert_eq!(paths.identity, "app.tidings.Tidings");
    }

    #[test]
    fn a_profile_keeps_everything_in_its_folder_under_its_own_name() {
        let temporary = tempfile::tempdir().expect("a folder");
        let folder = temporary.path().join("not/there/yet");
        let paths = Paths::profile(&folder).expect("a profile");
        let folder = folder.canonicalize().expect("made by then");
        for path in [&paths.settings_file, &paths.data_folder, &paths.cache_folder] {
            assert!(path.starts_with(&folder), "{}", path.display());
        }
        assert_ne!(paths.identity, APP_ID);
        assert!(paths.identity.starts_with("app.tidings.Tidings.profile-"));
    }

    #[test]
    fn a_profile_is_the_same_one_by_every_way_to_its_folder_and_no_other() {
        let temporary = tempfile::tempdir().expect("a folder");
        let profile = |name: &str| Paths::profile(&temporary.path().join(name)).expect("a profile");
        assert_eq!(profile("one"), profile("one/../one/."));
        assert_ne!(profile("one").identity, profile("two").identity);
    }

    #[test]
    fn a_profile_that_is_a_file_is_refused() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        assert!(Paths::profile(file.path()).is_err());
    }
}
