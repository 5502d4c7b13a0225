//! Long work that is stopped: an export leaves no file, an import what came so far, and the same file goes on from there.

use std::io::{BufRead, BufReader, Cursor, Read};
use std::sync::Arc;

use super::*;
use crate::update::{Board, Course, Update, WorkKind};

const EVENTS: usize = 3_000;

async fn filled(folder: &Path) -> History {
    let history = open(folder);
    for thousand in 0..EVENTS / 1_000 {
        let events = (0..1_000).map(|n| new(Some(&format!("{thousand}-{n}")), "some data of an event"));
        store(&history, feed("1"), events.collect(), false).await;
    }
    history
}

/// A file during whose reading somebody stops it.
struct Stopping {
    file: BufReader<Cursor<Vec<u8>>>,
    after: usize,
    course: Arc<Course>,
}

impl Read for Stopping {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.file.read(into)
    }
}

impl BufRead for Stopping {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.file.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.file.consume(bytes);
        self.after = self.after.saturating_sub(bytes);
        if self.after == 0 {
            self.course.stop();
        }
    }
}

#[test]
fn an_import_that_is_stopped_goes_on_where_it_was_and_doubles_nothing() {
    run(async {
        let [from, to] = folders();
        let history = filled(from.path()).await;
        let (file, _) = export(&history, Format::JsonLines).await;
        let other = open(to.path());
        let course = Arc::new(Course::unwatched());
        let length = Some(file.len() as u64);
        let stopping = Stopping {
            file: BufReader::new(Cursor::new(file.clone())),
            after: file.len() / 2,
            course: Arc::clone(&course),
        };
        let stopped = import(&other, names(), stopping, length, &course).await.unwrap();
        assert!(stopped.stopped && stopped.stored < EVENTS as u64, "{stopped:?}");
        let again = read_in(&other, &file).await.unwrap();
        assert!(!again.stopped);
        assert_eq!((again.stored + stopped.stored, again.held), (EVENTS as u64, stopped.stored));
    });
}

#[test]
fn an_export_that_is_stopped_leaves_the_file_of_before_and_nothing_beside_it() {
    run(async {
        let [from, to] = folders();
        let history = filled(from.path()).await;
        let path = to.path().join("events.csv");
        std::fs::write(&path, "of before").unwrap();
        let course = Course::unwatched();
        course.stop();
        let export = Export::new(history, Query::default(), Names::default(), Format::Csv);
        assert!(matches!(export.into_file(&path, &course).await, Err(ExportError::Stopped)));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "of before");
        assert_eq!(std::fs::read_dir(to.path()).unwrap().count(), 1, "half a file is left");
    });
}

#[test]
fn an_export_tells_how_far_it_is_up_to_all_of_it() {
    run(async {
        let [from, to] = folders();
        let history = filled(from.path()).await;
        let board = Board::new(Vec::new(), Vec::new(), false, Default::default(), Default::default());
        let board = Arc::new(board);
        let course = board.begin(WorkKind::Export);
        let export = Export::new(history, Query::default(), Names::default(), Format::Markdown);
        let mut updates = board.attach().updates;
        assert_eq!(export.into_file(&to.path().join("all.md"), &course).await.unwrap(), EVENTS as u64);
        let works = board.attach().snapshot.works;
        assert_eq!((works[0].done, works[0].total), (EVENTS as u64 - 1, Some(EVENTS as u64 - 1)));
        drop(course);
        let told = std::iter::from_fn(|| updates.try_recv().ok()).last();
        assert_eq!(told, Some(Update::Works(Vec::new())), "it is over");
    });
}
