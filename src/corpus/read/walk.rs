//! Lists the files of a folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::corpus::error::InputError;

/// Every file below a folder, relative to it, sorted. Left out are hidden ones, those of earlier
/// reports, those behind a link to a folder that holds the link, and those more than sixteen deep.
pub(crate) fn walk(folder: &Path) -> Result<BTreeSet<PathBuf>, InputError> {
    const DEEPEST: usize = 16;
    let mut found = BTreeSet::new();
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        let here = if below.as_os_str().is_empty() { folder } else { &folder.join(&below) };
        let unreadable = |error| InputError::unreadable(here, &error);
        for entry in fs::read_dir(here).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name();
            let (path, at) = (below.join(&name), here.join(&name));
            if name.to_string_lossy().starts_with('.') {
                continue;
            } else if !at.is_dir() {
                found.insert(path);
            } else if path.components().count() < DEEPEST && !leads_back(&at) && !is_report(&at) {
                open.push(path);
            }
        }
    }
    Ok(found)
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
    let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap_or_default();
    manifest.contains("\"run_id\"") && manifest.contains("\"name\": \"parallax\"")
}
