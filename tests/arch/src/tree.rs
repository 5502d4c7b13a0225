//! The text files of the repository.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The largest file that is read; what is larger is data, not something people wrote.
const SIZE_LIMIT: u64 = 2 << 20;

/// A text file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it is, from the root of the repository, with forward slashes.
    pub path: String,
    /// What is in it.
    pub text: String,
}

impl File {
    /// Makes a file that exists in a test only.
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Whether its name ends in one of these extensions.
    pub fn is_any(&self, extensions: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
    }
}

/// Gives the root of this repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Reads every text file below `root` that `.gitignore` doesn't leave out, in the order of their paths.
///
/// Of `.gitignore` only names and paths of folders and files are understood, no patterns.
///
/// # Errors
/// Gives the operating system's error when a folder or file can't be read.
pub fn read(root: &Path) -> io::Result<Vec<File>> {
    let ignored = fs::read_to_string(root.join(".gitignore")).unwrap_or_default();
    let ignored: Vec<_> = ignored.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut files = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let path = format!("{folder}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type()?;
            if is_ignored(&path, &ignored) {
                continue;
            } else if kind.is_dir() {
                folders.push(format!("{path}/"));
            } else if kind.is_file() && entry.metadata()?.len() <= SIZE_LIMIT {
                // What isn't UTF-8 is a picture or a recording.
                files.extend(String::from_utf8(fs::read(entry.path())?).ok().map(|text| File { path, text }));
            }
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn is_ignored(path: &str, ignored: &[&str]) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name == ".git"
        || ignored.iter().any(|line| {
            let line = line.trim_end_matches('/');
            if line.contains('/') { path == line.trim_start_matches('/') } else { name == line }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_what_git_ignores() {
        let ignored = ["/target/", "node_modules/", "/ui/dist/"];
        for path in ["target", "ui/node_modules", "ui/dist", ".git"] {
            assert!(is_ignored(path, &ignored), "{path}");
        }
        for path in ["src/target", "dist", "ui", "ui/distant"] {
            assert!(!is_ignored(path, &ignored), "{path}");
        }
    }

    #[test]
    fn reads_this_repository() {
        let files = read(&root()).unwrap();
        assert!(files.iter().any(|file| file.path == "tests/arch/src/tree.rs"));
        assert!(!files.iter().any(|file| file.path.starts_with("target/")));
    }
}
