//! Reading, refusing and replacing real files.

use jiff::civil::time;

use super::*;
use crate::event::Priority;
use crate::id::FeedId;
use crate::settings::{
    Allowed, Comparison, Connection, Day, Density, Feed, FeedKeep, Hours, Icon, JsonTest, Mute, Network,
    Notices, OnClose, OnlyWhere, Preset, Proxy, Quiet, Rule, Shows, SignIn, Templates, Theme, Then, Tile,
    Tongue, Urgency, When, Window,
};

fn sample() -> Settings {
    let feed = |name: &str, sign_in| Feed {
        sign_in,
        headers: vec!["x-key".into()],
        keep: FeedKeep { days: 7, bodies: false, ..FeedKeep::default() },
        ..Feed::new(FeedId::random(), name, "https://example.org/feed")
    };
    let connection = Connection {
        body: Some("{\"a\": 1}\n'''".into()),
        authority: "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----".into(),
        proxy: Proxy::Url { url: "socks5://proxy:1080".into(), username: Some("me".into()) },
        silence_seconds: Some(600),
        secrets_over_plain_http: true,
        ..Connection::default()
    };
    let templates = Templates { body: "{{ json.a }}\n'''".into(), ..Templates::default() };
    let mute = Mute::Until { at_ms: 1 << 50 };
    let allowed = Allowed { urgency: Urgency::Normal, pictures: true };
    let notices = Notices { mute, bursts_are_fine: true, allowed, templates };
    let hours = Hours { from: time(22, 0, 0, 0), to: time(7, 30, 0, 0), days: vec![Day::Mon, Day::Sun] };
    let test = JsonTest { path: "a[0].\"b\"".into(), is: Comparison::NotEqual, value: "\n".into() };
    let when = When {
        feeds: vec![FeedId::random()],
        types: vec!["order".into()],
        text: "^\\d+'''".into(),
        json: vec![test.clone(), JsonTest { is: Comparison::Less, ..test }],
        at_least: Some(Priority::Low),
        at_most: Some(Priority::Urgent),
        hours: Some(hours.clone()),
    };
    let then = Then {
        popup: Some(false),
        stays: true,
        priority: Some(Priority::Min),
        sound: Some("bell".into()),
        read: true,
        star: true,
    };
    let tile = Tile {
        feed: FeedId::random(),
        shows: Shows::Number,
        path: "[\"a b\"].c".into(),
        only_where: Some(OnlyWhere { path: "s".into(), equals: "'''\n".into() }),
        label: "É".into(),
        unit: "%".into(),
    };
    let rate = Tile { shows: Shows::Rate, path: String::new(), only_where: None, ..tile.clone() };
    let rule = Rule { name: "All \"of\" it".into(), off: true, when, then };
    let network = Network { proxy: Proxy::Url { url: "http://proxy:3128".into(), username: None } };
    Settings {
        network,
        feeds: vec![
            feed("Büro \"1\"\n", SignIn::None),
            feed("b", SignIn::Basic { username: "me".into() }),
            feed("c", SignIn::Bearer),
            Feed { connection, preset: Some(Preset::HomeAssistant), ..feed("d", SignIn::None) },
            Feed { notices, icon: Some(Icon::Picture("0a".into())), ..feed("e", SignIn::None) },
        ],
        tiles: Some(vec![tile, rate]),
        mute: Mute::On,
        quiet: Some(Quiet { hours: hours.clone(), lets_urgent_through: true }),
        window: Window {
            theme: Theme::HighContrast,
            density: Density::Compact,
            text_percent: 150,
            on_close: OnClose::Quit,
            hidden_at_login: false,
            language: Tongue::German,
        },
        rules: vec![Rule::default(), rule],
        ..Settings::default()
    }
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/settings.toml");
    (folder, path)
}

/// The names of the files beside the settings, in order.
fn files(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path.parent().unwrap()).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Saves the sample and gives it.
fn saved(path: &Path) -> Settings {
    let settings = sample();
    SettingsFile::open(path).unwrap().0.save(&settings).unwrap();
    settings
}

#[test]
fn a_broken_file_is_stood_in_for_by_the_last_good_one_and_left_as_it_is() {
    for broken in [b"version = 1\npaused = maybe\n".as_slice(), b"", &[0; 300], b"\xff\xfe"] {
        let (_folder, path) = place();
        let settings = saved(&path);
        fs::write(&path, broken).unwrap();
        for start in 0..2 {
            let loaded = SettingsFile::load(&path);
            assert_eq!(loaded.settings, settings, "start {start}");
            assert!(loaded.file.is_err(), "nothing is written over an edit that went wrong");
            let problem = loaded.problem.unwrap();
            assert!(problem.contains("line 1") || problem.contains("line 2"), "{problem}");
            assert!(problem.contains("settings.toml.bak, are in use; delete settings.toml"), "{problem}");
            assert_eq!(fs::read(&path).unwrap(), broken);
        }
        fs::remove_file(&path).unwrap();
        let loaded = SettingsFile::load(&path);
        assert_eq!(loaded.settings, settings);
        assert!(loaded.problem.unwrap().contains("is missing"));
        loaded.file.unwrap().save(&settings).unwrap();
        assert!(SettingsFile::load(&path).problem.is_none(), "all is well again");
    }
}

#[test]
fn an_edit_that_was_read_is_the_last_good_one() {
    let (_folder, path) = place();
    saved(&path);
    fs::write(&path, "version = 1 # mine\npaused = true\n").unwrap();
    assert!(SettingsFile::load(&path).settings.paused);
    fs::write(&path, "version = ").unwrap();
    assert!(SettingsFile::load(&path).settings.paused);
}

#[test]
fn without_a_good_copy_a_broken_or_newer_file_gives_no_feeds_and_is_left_as_it_is() {
    let table: [(&str, Option<&str>, &str); 3] = [
        ("version = ", None, "Mend the file"),
        ("version = ", Some("also broken"), "Mend the file"),
        ("version = 9\n", Some("version = 1\npaused = true\n"), "newer Tidings"),
    ];
    for (text, copy, words) in table {
        let (_folder, path) = place();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        if let Some(copy) = copy {
            fs::write(copy_of(&path), copy).unwrap();
        }
        let loaded = SettingsFile::load(&path);
        assert_eq!(loaded.settings, Settings::default());
        assert!(loaded.file.is_err() && loaded.problem.unwrap().contains(words));
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        assert_eq!(fs::read_to_string(copy_of(&path)).ok().as_deref(), copy);
    }
}

#[test]
fn a_first_start_has_no_problem() {
    let (_folder, path) = place();
    let loaded = SettingsFile::load(&path);
    assert!(loaded.problem.is_none() && loaded.file.is_ok());
    assert_eq!(loaded.settings, Settings::default());
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
    assert_eq!(files(&path), ["settings.toml", "settings.toml.bak"], "nothing else is left beside it");
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path) = place();
    SettingsFile::open(&path).unwrap().0.save(&sample()).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(&copy_of(&path)), mode(path.parent().unwrap())), (0o600, 0o600, 0o700));
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
