//! What is done behind a history that is in use already: checking it after a crash, and saving a damaged one's events.

use std::path::PathBuf;

use super::files::Files;
use super::reader::Reader;
use super::salvage::{self, Salvage};
use super::writer::Weight;
use super::{History, StoreError, schema};
use crate::update::{Course, WorkKind};

/// What an opened history still needs; given to [`History::care`].
#[derive(Debug)]
pub struct Care {
    pub(super) files: Files,
    /// The file is to be checked.
    pub(super) check: bool,
    /// The damaged file whose events are to be saved.
    pub(super) salvage: Option<PathBuf>,
}

impl History {
    /// Does what an opened history still needs, while it is in use; gives what people should be told of it, in sentences.
    ///
    /// What isn't finished when the history is closed is taken up at the next start. `begin` is told what takes long.
    pub async fn care(&self, care: Care, begin: impl Fn(WorkKind) -> Course) -> Option<String> {
        let Care { files, check, salvage } = care;
        let words = match salvage {
            Some(damaged) => self.save_events(&files, damaged, &begin(WorkKind::Salvage)).await,
            None => Ok(None),
        };
        let checked = match check {
            true => {
                // How far SQLite is with it, it doesn't say.
                let _course = begin(WorkKind::Check);
                self.check(&files).await
            }
            false => Ok(None),
        };
        let words: Vec<String> =
            [words, checked].into_iter().filter_map(|said| said.ok().flatten()).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    async fn check(&self, files: &Files) -> Result<Option<String>, StoreError> {
        let checking = Reader::start_on(&files.database(), files.clone())?;
        let sound = self.shared.closed.run_until_cancelled(checking.ask(schema::check)).await;
        let sound = sound.ok_or(StoreError::Closed)?;
        // The last connection to close folds the log in, which a reader can't.
        checking.close().await;
        match sound {
            Ok(true) => Ok(None),
            Ok(false) => {
                files.mark_damage();
                Ok(Some(StoreError::damaged().to_string()))
            }
            Err(error) => Ok(Some(error.to_string())),
        }
    }

    async fn save_events(
        &self,
        files: &Files,
        damaged: PathBuf,
        watched: &Course,
    ) -> Result<Option<String>, StoreError> {
        let name = damaged.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let layout = self.shared.reader.ask(salvage::layout).await?;
        let reading = Reader::start_on(&damaged, files.clone())?;
        let mut saved = 0;
        let mut course = reading.ask(move |database| Ok(Salvage::survey(database, &layout))).await?;
        while let Some(mut salvage) = course.take() {
            let step = reading.ask(move |database| {
                let rows = salvage.read(database);
                Ok((salvage, rows))
            });
            let (salvage, Some(rows)) = step.await? else { break };
            let weight: Weight = rows.weight();
            let storing = salvage.clone();
            saved += self.shared.writer.ask(weight, move |fresh| storing.store(fresh, &rows)).await?;
            let (done, all) = salvage.progress();
            watched.at(done, Some(all));
            course = Some(salvage);
        }
        reading.close().await;
        if let Err(cause) = files.clear_salvage() {
            tracing::warn!(%cause, "the damaged history will be looked through again at the next start");
        }
        Ok(Some(match saved {
            0 => format!(
                "The history was damaged. A fresh one was started; no event of the damaged one, kept as {name}, could be saved."
            ),
            1 => format!(
                "The history was damaged. A fresh one was started; 1 event of the damaged one, kept as {name}, was saved."
            ),
            _ => format!(
                "The history was damaged. A fresh one was started; {saved} events of the damaged one, kept as {name}, were saved."
            ),
        }))
    }
}
