//! Opening what is new, private, damaged or not ours.

use std::fs;
use std::path::PathBuf;

use super::super::{OpenError, StoreError};
use super::*;

fn database(folder: &TempDir) -> PathBuf {
    folder.path().join("history.db")
}

/// A history with some hundred events, closed.
fn filled() -> TempDir {
    let folder = folder();
    runtime().block_on(async {
        let history = open(folder.path());
        let many = (0..500).map(|n| event(&n.to_string())).collect();
        history.store(batch(&feed("a"), many)).await.unwrap();
        history.close().await;
    });
    folder
}

/// The names of the files moved aside, oldest first.
fn aside(folder: &TempDir) -> Vec<String> {
    let names =
        folder.path().read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut aside: Vec<String> = names.filter(|name| name.starts_with("history.corrupt-")).collect();
    aside.sort();
    aside.retain(|name| name.ends_with(".db"));
    aside
}

/// Opens a damaged history and proves that it starts afresh and works.
fn opens_afresh(folder: &TempDir, what: &str) {
    runtime().block_on(async {
        let opened = History::open(folder.path()).unwrap();
        let note = opened.note.expect(what);
        assert!(note.contains(aside(folder).last().unwrap()), "{note}");
        assert!(all(&opened.history, None).await.is_empty());
        assert!(store(&opened.history, &feed("a"), &["1"]).await[0].is_some());
        opened.history.close().await;
        open(folder.path()).close().await;
    });
}

#[cfg(unix)]
#[tokio::test]
async fn is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let outer = folder();
    let folder = outer.path().join("made/by/us");
    let history = open(&folder);
    store(&history, &feed("a"), &["1"]).await;
    for opened_up in [false, true] {
        assert_eq!(mode(&folder), 0o700);
        for name in ["history.db", "history.db-wal", "history.db-shm"] {
            assert_eq!(mode(&folder.join(name)), 0o600, "{name}, opened up before: {opened_up}");
        }
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        for name in ["history.db", "history.db-wal", "history.db-shm"] {
            fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o644)).unwrap();
        }
        // A second one stands for the next start; only the modes count here.
        open(&folder);
    }
}

#[test]
fn moves_a_damaged_file_aside_and_starts_afresh() {
    let whole = fs::read(database(&filled())).unwrap();
    let zeroed_page = [&whole[..4096], &[0; 4096], &whole[8192..]].concat();
    let cases: [(&str, Vec<u8>); 5] = [
        ("text", b"this was never a database, though it is long enough to look at".repeat(100)),
        ("less than a page", b"x".repeat(600)),
        ("half of it", whole[..whole.len() / 2 + 100].to_vec()),
        ("a page of zeros", zeroed_page),
        ("a garbled head", [&whole[..20], &[0xA5; 60], &whole[80..]].concat()),
    ];
    for (what, bytes) in cases {
        let folder = filled();
        fs::write(database(&folder), &bytes).unwrap();
        opens_afresh(&folder, what);
        assert_eq!(fs::read(folder.path().join(&aside(&folder)[0])).unwrap(), bytes, "{what}");
    }
}

#[test]
fn keeps_the_two_newest_damaged_files() {
    let folder = filled();
    for round in ["first", "second", "third"] {
        fs::write(database(&folder), round.repeat(1_000)).unwrap();
        opens_afresh(&folder, round);
    }
    let kept = aside(&folder).into_iter().map(|name| fs::read(folder.path().join(name)).unwrap());
    assert_eq!(kept.collect::<Vec<_>>(), [b"second".repeat(1_000), b"third".repeat(1_000)]);
}

#[test]
fn keeps_the_write_ahead_log_beside_the_damaged_file() {
    let folder = filled();
    fs::write(database(&folder), b"no database".repeat(1_000)).unwrap();
    fs::write(folder.path().join("history.db-wal"), b"events, perhaps").unwrap();
    opens_afresh(&folder, "no database");
    let log = folder.path().join(format!("{}-wal", aside(&folder)[0]));
    assert_eq!(fs::read(log).unwrap(), b"events, perhaps");
}

/// Damages the file under an open history, in the pages that events lie in.
async fn damage_while_open(folder: &TempDir, history: &History) -> StoreError {
    let mut bytes = fs::read(database(folder)).unwrap();
    bytes[4096..].fill(0xA5);
    fs::write(database(folder), bytes).unwrap();
    history.page(None, None, 500).await.unwrap_err()
}

#[test]
fn damage_met_while_running_is_mended_at_the_next_start() {
    let folder = filled();
    runtime().block_on(async {
        let history = open(folder.path());
        let error = damage_while_open(&folder, &history).await;
        assert!(error.to_string().contains("damaged"), "{error}");
        history.close().await;
    });
    assert!(folder.path().join("history.damaged").exists());
    opens_afresh(&folder, "damaged while open");
    assert!(!folder.path().join("history.damaged").exists());
}

#[test]
fn says_which_folder_it_cannot_use() {
    let folder = folder();
    let file = folder.path().join("file");
    fs::write(&file, "in the way").unwrap();
    let error = History::open(&file).unwrap_err();
    assert!(matches!(&error, OpenError::Unusable { folder, .. } if *folder == file), "{error}");
    assert_eq!(fs::read(&file).unwrap(), b"in the way");
}
