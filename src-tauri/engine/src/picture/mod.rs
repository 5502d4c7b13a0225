//! Pictures that people choose for feeds, and those that events name: decoded, made small and written anew by us, each under a name made of its
//! content, so that a picture that is another one is another file and nothing but what was written here is ever shown.

mod small;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tempfile::NamedTempFile;
use thiserror::Error;

pub use small::SIDE;

/// The folder of the pictures within that of the data.
pub const FOLDER: &str = "icons";
/// A photograph of a telephone; nobody draws an icon of more.
const LONGEST_FILE: u64 = 16 * 1024 * 1024;
/// What a picture of [`SIDE`] takes at most, with room for what PNG adds.
const LONGEST_PICTURE: u64 = 64 * 1024;
/// Hexadecimal digits of a name: 128 bits of the content's digest.
const NAME: usize = 32;

/// Why a file gives no picture. The text is for people.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The file can't be read.
    #[error("The file can't be read: {0}.")]
    Unreadable(io::Error),
    /// The file, or the picture in it, is larger than anybody draws an icon.
    #[error("The picture is too large: at most {most} by {most} pixels and 16 MiB are taken.", most = small::MOST)]
    TooLarge,
    /// It holds none that is understood.
    #[error("The file is no picture that can be read. PNG, JPEG and WebP are taken.")]
    NotAPicture,
    /// It can't be kept.
    #[error("The picture can't be kept: {0}.")]
    NotKept(io::Error),
}

/// A picture that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its name: a digest of what is in its file.
    pub name: String,
    /// Its file's content as a `data:` URL.
    pub url: Arc<str>,
}

/// The pictures of a data folder.
#[derive(Debug)]
pub struct Album {
    folder: PathBuf,
    pictures: HashMap<String, Arc<str>>,
}

impl Album {
    /// Reads the pictures of these names. Blocks. What is missing or isn't what its name says is left out.
    pub fn open<'a>(data_folder: &Path, names: impl Iterator<Item = &'a str>) -> Self {
        let mut album = Self { folder: data_folder.join(FOLDER), pictures: HashMap::new() };
        for name in names.filter(|name| name.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            match read(&album.file(name), LONGEST_PICTURE) {
                Ok(content) if name_of(&content) == name => {
                    album.pictures.insert(name.to_owned(), url(&content));
                }
                Ok(_) | Err(_) => tracing::warn!("a feed's picture can't be read"),
            }
        }
        album
    }

    /// Removes what else is in the folder. Blocks.
    pub fn tidy(&self) {
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let file = entry.path();
            let name = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            if !self.pictures.contains_key(name)
                && let Err(error) = fs::remove_file(&file)
            {
                tracing::debug!(%error, "a picture of no feed was not removed");
            }
        }
    }

    /// Makes a picture of what [`read_small`] gave, and keeps it. Blocks for one small file.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn keep(&mut self, content: &[u8]) -> Result<Picture, PictureError> {
        let name = name_of(content);
        put(&self.folder, content)?;
        let url = self.pictures.entry(name.clone()).or_insert_with(|| url(content));
        Ok(Picture { url: Arc::clone(url), name })
    }

    /// Gives a picture as a `data:` URL, if it is kept.
    pub fn url(&self, name: &str) -> Option<Arc<str>> {
        self.pictures.get(name).cloned()
    }

    /// Gives a picture's file, if it is kept.
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        self.pictures.contains_key(name).then(|| self.file(name))
    }

    fn file(&self, name: &str) -> PathBuf {
        file_of(&self.folder, name)
    }
}

/// Decodes a picture that a server names and writes it anew, as [`read_small`] does, within closer limits. Blocks.
///
/// # Errors
/// If it is too large, or none.
pub fn of_stranger(content: &[u8]) -> Result<Vec<u8>, PictureError> {
    small::of(content, small::NAMED)
}

/// Writes what [`read_small`] or [`of_stranger`] gave into a folder, under the name that its content gives; gives the file.
/// Blocks for one small file.
///
/// # Errors
/// If the disk refuses.
pub fn put(folder: &Path, content: &[u8]) -> Result<PathBuf, PictureError> {
    let file = file_of(folder, &name_of(content));
    let written = fs::create_dir_all(folder)
        .and_then(|()| NamedTempFile::new_in(folder))
        .and_then(|mut beside| beside.write_all(content).map(|()| beside))
        .and_then(|beside| beside.persist(&file).map_err(|error| error.error));
    written.map_err(PictureError::NotKept)?;
    Ok(file)
}

/// Removes what [`put`] wrote. Blocks.
pub fn remove(file: &Path) {
    if let Err(error) = fs::remove_file(file) {
        tracing::debug!(%error, "a picture was not removed");
    }
}

/// Removes a folder of pictures. Blocks for small files.
pub fn clear(folder: &Path) {
    match fs::remove_dir_all(folder) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => tracing::debug!(%error, "the pictures of an earlier run were not removed"),
    }
}

fn file_of(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.png"))
}

/// Reads the picture in a file and writes it anew as a PNG of at most [`SIDE`] pixels each way, without anything else
/// that was in the file. Blocks, for a large picture half a second.
///
/// # Errors
/// If it can't be read, is too large, or is none.
pub fn read_small(file: &Path) -> Result<Vec<u8>, PictureError> {
    // Opening a pipe would wait for its writer.
    let known = fs::metadata(file).map_err(PictureError::Unreadable)?;
    if !known.is_file() {
        return Err(PictureError::NotAPicture);
    }
    if known.len() > LONGEST_FILE {
        return Err(PictureError::TooLarge);
    }
    small::of(&read(file, LONGEST_FILE).map_err(PictureError::Unreadable)?, small::CHOSEN)
}

fn read(file: &Path, longest: u64) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    File::open(file)?.take(longest).read_to_end(&mut content)?;
    Ok(content)
}

fn name_of(content: &[u8]) -> String {
    blake3::hash(content).to_hex()[..NAME].to_owned()
}

fn url(content: &[u8]) -> Arc<str> {
    format!("data:image/png;base64,{}", STANDARD.encode(content)).into()
}

#[cfg(test)]
mod tests;
