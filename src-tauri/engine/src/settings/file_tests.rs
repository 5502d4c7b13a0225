//! Reading, refusing and replacing real files.

use super::*;
use crate::id::FeedId;
use crate::settings::{Connection, Feed, Preset, Proxy, SignIn};

fn sample() -> Settings {
    let feed = |name: &str, sign_in| Feed {
        id: FeedId::random(),
        name: name.into(),
        url: "https://example.org/feed".into(),
        enabled: true,
        notify: true,
        sign_in,
        headers: vec!["x-key".into()],
        preset: None,
        recognised: None,
        connection: Connection::default(),
    };
    let connection = Connection {
        body: Some("{\"a\": 1}\n'''".into()),
        authority: "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----".into(),
        proxy: Proxy::Url { url: "socks5://proxy:1080".into(), username: Some("me".into()) },
        silence_seconds: Some(600),
        secrets_over_plain_http: true,
        ..Connection::default()
    };
    Settings {
        feeds: vec![
            feed("Büro \"1\"\n", SignIn::None),
            feed("b", SignIn::Basic { username: "me".into() }),
            feed("c", SignIn::Bearer),
            Feed { connection, preset: Some(Preset::HomeAssistant), ..feed("d", SignIn::None) },
        ],
        ..Settings::default()
    }
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/settings.toml");
    (folder, path)
}

#[test]
fn what_is_saved_is_read_again() {
    let (_folder, path) = place();
    let (mut file, settings) = SettingsFile::open(&path).unwrap();
    assert_eq!(settings, Settings::default());
    file.save(&sample()).unwrap();
    let settings = sample();
    file.save(&settings).unwrap();
    assert_eq!(SettingsFile::open(&path).unwrap().1, settings);
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path) = place();
    SettingsFile::open(&path).unwrap().0.save(&sample()).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
}

#[test]
fn a_broken_file_is_reported_with_line_and_column_and_never_overwritten() {
    let table: [(&[u8], usize, usize); 6] = [
        (b"version = 1\npaused = maybe\n", 2, 10),
        (b"version = 1\n[[feed]]\nid = \"x\"\n", 2, 1),
        (b"version = 1\ncolour = 3\n", 2, 1),
        (b"version = 1\n\xff\n", 2, 1),
        (b"version = \"1\"", 1, 11),
        (b"{", 1, 1),
    ];
    for (bytes, line, column) in table {
        let (_folder, path) = place();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        let error = SettingsFile::open(&path).unwrap_err();
        let at =
            matches!(&error, SettingsError::Broken { line: l, column: c, .. } if (*l, *c) == (line, column));
        assert!(at, "{} -> {error}", String::from_utf8_lossy(bytes));
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn a_newer_file_is_refused_in_clear_words() {
    let (_folder, path) = place();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "version = 9\nsomething_else = true\n").unwrap();
    let text = SettingsFile::open(&path).unwrap_err().to_string();
    assert!(text.contains("newer Tidings") && text.contains('9'), "{text}");
}

#[test]
fn an_edit_made_meanwhile_is_not_overwritten() {
    let (_folder, path) = place();
    let (mut file, _) = SettingsFile::open(&path).unwrap();
    file.save(&sample()).unwrap();
    fs::write(&path, "version = 1 # mine\n").unwrap();
    assert!(matches!(file.save(&sample()), Err(SettingsError::Edited(_))));
    assert_eq!(fs::read_to_string(&path).unwrap(), "version = 1 # mine\n");
}

#[test]
fn a_disk_that_takes_nothing_leaves_the_file_as_it_was() {
    let (folder, _) = place();
    // A file where the folder should be: creating anything below it fails even for root.
    fs::write(folder.path().join("blocked"), "x").unwrap();
    let path = folder.path().join("blocked/settings.toml");
    assert!(
        SettingsFile::open(&path).is_err() || SettingsFile::open(&path).unwrap().0.save(&sample()).is_err()
    );
}
