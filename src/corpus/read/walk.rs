//! Lists the files of a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::base::{Message, read_ordinary};
use crate::corpus::error::InputError;
use crate::corpus::read::manifest::slashed;
use crate::corpus::read::names::is_article;

/// How many folders deep files are looked for; below lie mostly links that lead in circles.
const DEEPEST: usize = 16;

/// What lies below a folder; all paths are relative to it.
#[derive(Default)]
pub(crate) struct Walked {
    /// Every file but hidden ones and those of earlier reports.
    pub(crate) files: BTreeSet<PathBuf>,
    /// The folders right below it.
    folders: BTreeSet<PathBuf>,
    /// Folders that were not looked into, and why.
    left_out: BTreeMap<PathBuf, &'static str>,
}

impl Walked {
    /// That folders were left out: those behind a link to a folder that holds the link, and those
    /// too deep down.
    pub(crate) fn warnings(&self, place: &str) -> Vec<Message> {
        let warning = |(path, why): (&PathBuf, &&str)| {
            let what = format!("the folder `{}` was not looked into: {why}", slashed(path));
            Message::new("W401", place, what, "move what counts elsewhere in the input")
        };
        self.left_out.iter().map(warning).collect()
    }

    /// That a folder which may be an outlet's holds nothing. No article is lost there, so that a strict
    /// run goes on.
    pub(crate) fn empty_folders(&self, place: &str) -> Vec<Message> {
        let holds_nothing = |folder: &&PathBuf| {
            let mut all = self.files.iter().chain(self.left_out.keys());
            !all.any(|path| path.starts_with(folder))
        };
        let note = |folder: &PathBuf| {
            let what =
                format!("the folder `{}` is empty: no outlet comes from it", slashed(folder));
            let mend = "put articles into it, if they are missing";
            Message::new("N403", place, what, mend)
        };
        self.folders.iter().filter(holds_nothing).map(note).collect()
    }
}

/// Looks for the files below a folder.
pub(crate) fn walk(folder: &Path) -> Result<Walked, InputError> {
    let mut found = Walked::default();
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        let here = if below.as_os_str().is_empty() { folder } else { &folder.join(&below) };
        let names = match names_in(here) {
            Ok(names) => names,
            Err(error) if here == folder => return Err(InputError::unreadable(here, &error)),
            Err(_) => {
                found.left_out.insert(below, "it cannot be read");
                continue;
            }
        };
        for name in names {
            let (path, at) = (below.join(&name), here.join(&name));
            if name.to_string_lossy().starts_with('.') {
                continue;
            } else if !at.is_dir() {
                found.files.insert(path);
            } else if leads_back(&at) {
                found.left_out.insert(path, "it is a link to a folder that holds it");
            } else if path.components().count() >= DEEPEST {
                found.left_out.insert(path, "it lies more than fifteen folders deep");
            } else if is_report(&at) {
                if holds_texts(&at) {
                    found.left_out.insert(path, "it is a report, though texts lie in it");
                }
            } else {
                if below.as_os_str().is_empty() {
                    found.folders.insert(path.clone());
                }
                open.push(path);
            }
        }
    }
    Ok(found)
}

/// The names of what lies right in a folder.
fn names_in(folder: &Path) -> io::Result<Vec<OsString>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name())).collect()
}

/// Whether texts lie right in a folder. A report has none, so somebody has put one on top of the other.
fn holds_texts(folder: &Path) -> bool {
    let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.any(|entry| is_article(Path::new(&entry.file_name())))
}

/// Whether a folder is a link to one that holds it: what lies there would be read again, as if
/// another outlet had published it.
fn leads_back(folder: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    let holder = folder.parent().and_then(real);
    folder.is_symlink() && real(folder).zip(holder).is_some_and(|(to, from)| from.starts_with(to))
}

/// Whether a folder is a report that an earlier run wrote.
pub(crate) fn is_report(folder: &Path) -> bool {
    let manifest = read_ordinary(&folder.join("manifest.json")).unwrap_or_default();
    let manifest = String::from_utf8_lossy(&manifest);
    manifest.contains("\"run_id\"") && manifest.contains("\"name\": \"parallax\"")
}
