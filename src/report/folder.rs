//! Writes a report folder whole or not at all.
//!
//! Files go to a hidden sibling of the folder, are synced all at once, and change places with the
//! folder in one step. Whatever a crash leaves behind, the next command that names the folder tidies up.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

use rustix::fs::{FlockOperation, RenameFlags, flock, renameat_with};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::{Sha256Hex, open_ordinary};
use crate::report::ReportError;
use crate::report::read::{MANIFEST, files_below, read_manifest};

/// Files that are synced to disk at once.
const SYNCED_AT_ONCE: usize = 8;

/// A file of a report, for the manifest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Output {
    /// Path inside the report folder, with `/`.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// Checksum of its bytes.
    pub sha256: Sha256Hex,
}

/// What [`Folder::write`] has written: the file's entry in the manifest, and what the writing
/// function returned.
#[derive(Clone, Debug)]
pub struct Written<T> {
    /// The file.
    pub output: Output,
    /// What the writing function returned.
    pub value: T,
}

/// A report folder that is being written. Dropped before [`Folder::finish`], it leaves no trace.
pub struct Folder {
    target: PathBuf,
    building: PathBuf,
    old: PathBuf,
    /// Folders above the target that did not exist before.
    created: Vec<PathBuf>,
    keep_foreign: bool,
    finished: bool,
    /// Held, and locked, as long as the folder is being written.
    _lock: File,
}

/// The hidden siblings of a report folder: where it is built, and where the earlier one waits while
/// it is replaced on systems that cannot exchange two folders.
fn siblings(target: &Path) -> Option<(PathBuf, PathBuf)> {
    let name = target.file_name()?;
    let sibling = |end: &str| {
        let parts = [OsStr::new("."), name, OsStr::new(".parallax-"), OsStr::new(end)];
        target.with_file_name(parts.into_iter().collect::<OsString>())
    };
    Some((sibling("tmp"), sibling("old")))
}

/// The folder that a path means: without a slash at its end, and behind a link the folder itself,
/// because it is the folder that changes places, not the link.
fn meant(target: &Path) -> PathBuf {
    let path: PathBuf = target.components().collect();
    if path.is_symlink() { fs::canonicalize(&path).unwrap_or(path) } else { path }
}

/// Finishes or undoes what an interrupted run left beside the folder.
///
/// A new report that was complete (its manifest is written last) takes its place; else the earlier
/// one comes back. Does nothing while another run is writing.
pub fn recover(target: &Path) -> io::Result<()> {
    let target = &meant(target);
    let Some((building, old)) = siblings(target) else { return Ok(()) };
    if building.is_dir() {
        let lock = File::open(&building)?;
        if flock(&lock, FlockOperation::NonBlockingLockExclusive).is_err() {
            return Ok(());
        }
        if !target.exists() && old.exists() && building.join(MANIFEST).exists() {
            fs::rename(&building, target)?;
        } else {
            fs::remove_dir_all(&building)?;
        }
    }
    if old.exists() {
        if target.exists() {
            fs::remove_dir_all(&old)?;
        } else {
            fs::rename(&old, target)?;
        }
    }
    Ok(())
}

/// Files in the folder that no run wrote: all that its manifest does not list.
fn foreign_files(target: &Path) -> io::Result<Vec<String>> {
    let mut files = files_below(target)?;
    if let Ok(manifest) = read_manifest(target) {
        files.retain(|file| {
            file != MANIFEST && !manifest.outputs.iter().any(|output| output.path == *file)
        });
    }
    Ok(files)
}

/// Refuses a folder with files that no run wrote.
fn refuse_foreign(target: &Path, typed: &Path) -> Result<(), ReportError> {
    let dir = typed.to_path_buf();
    match foreign_files(target) {
        Ok(foreign) => match foreign.first().cloned() {
            Some(example) => Err(ReportError::Foreign { dir, count: foreign.len(), example }),
            None => Ok(()),
        },
        Err(error) => Err(ReportError::Write { path: dir, error }),
    }
}

impl Folder {
    /// Makes ready to write a report, before the long work starts: tidies up, refuses a folder with
    /// files that no run wrote (`keep_foreign` keeps them instead), and proves that it can write.
    pub fn prepare(target: &Path, keep_foreign: bool) -> Result<Self, ReportError> {
        let typed = target.to_path_buf();
        let place = |why| ReportError::Place { dir: typed.clone(), why };
        let failed = |error| ReportError::Write { path: typed.clone(), error };
        let target = meant(target);
        let (building, old) =
            siblings(&target).ok_or_else(|| place("it must be a folder with a name of its own"))?;
        recover(&target).map_err(failed)?;
        if target.is_symlink() || target.exists() && !target.is_dir() {
            return Err(place("there is a file of that name"));
        }
        if target.is_dir() && !keep_foreign {
            refuse_foreign(&target, &typed)?;
        }
        let created = create_above(&target).map_err(failed)?;
        let locked = create_locked(&building).map_err(failed)?;
        let lock = locked.ok_or(ReportError::Busy { dir: typed })?;
        Ok(Self { target, building, old, created, keep_foreign, finished: false, _lock: lock })
    }

    /// Where the report is built.
    pub fn building(&self) -> &Path {
        &self.building
    }

    /// Writes one file of the report; [`Folder::finish`] syncs it to disk.
    pub fn write<T>(
        &self,
        path: &str,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<T>,
    ) -> Result<Written<T>, ReportError> {
        let failed = |error| ReportError::Write { path: self.target.join(path), error };
        write_file(&self.building.join(path), path, fill).map_err(failed)
    }

    /// Where a file of the report will stand.
    pub fn place(&self, path: &str) -> PathBuf {
        self.target.join(path)
    }

    /// Begins a file of the report that grows while others do.
    pub fn create(&self, path: &str) -> Result<Growing, ReportError> {
        let place = self.place(path);
        match Hashing::create(&self.building.join(path)) {
            Ok(out) => Ok(Growing { path: path.to_string(), place, out }),
            Err(error) => Err(ReportError::Write { path: place, error }),
        }
    }

    /// Puts the report in its place. An earlier one goes, all in one step where the system can.
    pub fn finish(mut self) -> Result<(), ReportError> {
        let failed = |error| ReportError::Write { path: self.target.clone(), error };
        if self.keep_foreign && self.target.exists() {
            self.bring_over()?;
        } else if self.target.exists() {
            // What somebody has put there during the run goes no more than what lay there before.
            refuse_foreign(&self.target, &self.target)?;
        }
        sync(&self.building).and_then(|()| self.swap()).map_err(failed)?;
        self.finished = true;
        Ok(())
    }

    fn swap(&self) -> io::Result<()> {
        if !self.target.exists() {
            fs::rename(&self.building, &self.target)?;
            return sync_above(&self.target);
        }
        let cwd = rustix::fs::CWD;
        let earlier =
            match renameat_with(cwd, &self.building, cwd, &self.target, RenameFlags::EXCHANGE) {
                Ok(()) => &self.building,
                Err(_) => {
                    fs::rename(&self.target, &self.old)?;
                    fs::rename(&self.building, &self.target)?;
                    &self.old
                }
            };
        sync_above(&self.target)?;
        fs::remove_dir_all(earlier)
    }

    /// Puts what no run wrote into the new folder too, before it takes the place of the earlier
    /// one: whenever a crash comes, the folder has it. A file that a new one would cover stops the
    /// run.
    fn bring_over(&self) -> Result<(), ReportError> {
        let failed = |error| ReportError::Write { path: self.target.clone(), error };
        for file in foreign_files(&self.target).map_err(failed)? {
            let (from, to) = (self.target.join(&file), self.building.join(&file));
            if to.exists() || to.ancestors().any(Path::is_file) {
                return Err(ReportError::Covered { dir: self.target.clone(), file });
            }
            let folder = to.parent().map_or(Ok(()), fs::create_dir_all);
            folder.and_then(|()| link_or_copy(&from, &to)).map_err(failed)?;
        }
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing more can be done about a failure here; the next run tidies up.
            let _ = fs::remove_dir_all(&self.building);
            for dir in self.created.iter().rev() {
                let _ = fs::remove_dir(dir);
            }
        }
    }
}

/// Creates the folders above the target; returns those that were missing, outermost first.
fn create_above(target: &Path) -> io::Result<Vec<PathBuf>> {
    let above = target.ancestors().skip(1).filter(|dir| !dir.as_os_str().is_empty());
    let mut missing: Vec<PathBuf> =
        above.take_while(|dir| !dir.exists()).map(Path::to_path_buf).collect();
    missing.reverse();
    for dir in &missing {
        fs::create_dir(dir)?;
    }
    Ok(missing)
}

/// Creates the folder and locks it; `None` if another run holds it.
fn create_locked(building: &Path) -> io::Result<Option<File>> {
    match fs::create_dir(building) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(None),
        Err(error) => return Err(error),
    }
    let lock = File::open(building)?;
    Ok(flock(&lock, FlockOperation::NonBlockingLockExclusive).is_ok().then_some(lock))
}

fn write_file<T>(
    at: &Path,
    path: &str,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<T>,
) -> io::Result<Written<T>> {
    let mut out = Hashing::create(at)?;
    let value = fill(&mut out)?;
    Ok(Written { output: out.finish(path)?, value })
}

/// The same file in a second place; a copy where the file system knows no hard links.
fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|_| {
        let (mut from, mut to) = (open_ordinary(from)?, File::create_new(to)?);
        io::copy(&mut from, &mut to).map(|_| ())
    })
}

/// Lets the disk begin with a file that is complete, while others are made: the system stores what it
/// is told that nobody needs in memory. Syncing then waits for half as long (November 2026). A system
/// that does not listen stores the file when it is synced.
#[cfg(target_os = "linux")]
fn begin_to_store(file: &File) {
    use rustix::fs::{Advice, fadvise};
    let _ = fadvise(file, 0, None, Advice::DontNeed);
}

#[cfg(not(target_os = "linux"))]
fn begin_to_store(_: &File) {}

/// Syncs a folder and all that is in it to disk: many at once, each on a thread that does nothing but
/// wait. The disk's journal takes all that waits for it in one go: one file after another waited for
/// it 26 times, a third of the time of three articles; files, then folders four times (November 2026).
fn sync(dir: &Path) -> io::Result<()> {
    let (all, next) = (all_of(dir)?, AtomicUsize::new(0));
    let rest = || -> io::Result<()> {
        while let Some(path) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            File::open(path)?.sync_all()?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        // Where the system gives no more threads, fewer do it.
        let start = |_| thread::Builder::new().spawn_scoped(scope, rest).ok();
        let helpers: Vec<_> = (1..SYNCED_AT_ONCE.min(all.len())).map_while(start).collect();
        let own = rest();
        let join = |helper: ScopedJoinHandle<'_, io::Result<()>>| {
            helper.join().unwrap_or_else(|fault| resume_unwind(fault))
        };
        helpers.into_iter().map(join).fold(own, io::Result::and)
    })
}

/// The files and folders in a folder, and last the folder itself.
fn all_of(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            all.extend(all_of(&entry.path())?);
        } else if kind.is_file() {
            all.push(entry.path());
        }
    }
    all.push(dir.to_path_buf());
    Ok(all)
}

fn sync_above(target: &Path) -> io::Result<()> {
    let above = target.parent().filter(|dir| !dir.as_os_str().is_empty());
    File::open(above.unwrap_or(Path::new(".")))?.sync_all()
}

/// Computes length and checksum of what passes through.
struct Hashing {
    inner: BufWriter<File>,
    sha: Sha256,
    bytes: u64,
}

impl Hashing {
    fn create(at: &Path) -> io::Result<Self> {
        if let Some(dir) = at.parent() {
            fs::create_dir_all(dir)?;
        }
        Ok(Hashing { inner: BufWriter::new(File::create(at)?), sha: Sha256::new(), bytes: 0 })
    }

    fn finish(self, path: &str) -> io::Result<Output> {
        let file = self.inner.into_inner().map_err(io::IntoInnerError::into_error)?;
        begin_to_store(&file);
        let digits = self.sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Output { path: path.to_string(), bytes: self.bytes, sha256: Sha256Hex(digits) })
    }
}

/// A file of a report that is being written.
pub struct Growing {
    path: String,
    place: PathBuf,
    out: Hashing,
}

impl Growing {
    /// The file's entry in the manifest.
    pub fn finish(self) -> Result<Output, ReportError> {
        let Growing { path, place, out } = self;
        out.finish(&path).map_err(|error| ReportError::Write { path: place, error })
    }
}

impl Write for Growing {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.out.write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Write for Hashing {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let n = self.inner.write(buf)?;
        self.sha.update(&buf[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Manifest;

    fn report(target: &Path, text: &str) -> Result<(), ReportError> {
        let folder = Folder::prepare(target, false)?;
        let written = folder.write("tables/a.csv", |out| out.write_all(text.as_bytes()))?;
        let manifest = Manifest { outputs: vec![written.output], ..Manifest::default() };
        folder.write(MANIFEST, |out| out.write_all(manifest.to_json().as_bytes()))?;
        folder.finish()
    }

    fn hidden(dir: &Path) -> Vec<String> {
        let names = fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name());
        names.map(|n| n.into_string().unwrap()).filter(|n| n.starts_with('.')).collect()
    }

    #[test]
    fn an_earlier_report_is_replaced_and_nothing_is_left_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("reports/r");
        report(&target, "one").unwrap();
        report(&target, "two").unwrap();
        assert_eq!(fs::read_to_string(target.join("tables/a.csv")).unwrap(), "two");
        assert_eq!(hidden(&dir.path().join("reports")), Vec::<String>::new());
    }

    #[test]
    fn a_folder_with_files_of_somebody_else_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("r");
        report(&target, "one").unwrap();
        fs::write(target.join("notes.txt"), "mine").unwrap();
        let refused = report(&target, "two").unwrap_err();
        assert!(matches!(refused, ReportError::Foreign { count: 1, .. }), "{refused}");
        assert_eq!(fs::read_to_string(target.join("tables/a.csv")).unwrap(), "one");
    }

    #[test]
    fn a_file_that_comes_while_the_report_is_written_is_kept_too() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("r");
        report(&target, "one").unwrap();
        let folder = Folder::prepare(&target, false).unwrap();
        fs::write(target.join("notes.txt"), "mine").unwrap();
        assert!(matches!(folder.finish(), Err(ReportError::Foreign { count: 1, .. })));
        assert_eq!(fs::read_to_string(target.join("notes.txt")).unwrap(), "mine");
        assert_eq!(hidden(dir.path()), Vec::<String>::new());
    }

    #[test]
    fn force_writes_among_the_files_of_somebody_else() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("r");
        fs::create_dir_all(target.join("sub")).unwrap();
        fs::write(target.join("sub/notes.txt"), "mine").unwrap();
        let folder = Folder::prepare(&target, true).unwrap();
        folder.write(MANIFEST, |out| out.write_all(b"{}")).unwrap();
        folder.finish().unwrap();
        assert_eq!(fs::read_to_string(target.join("sub/notes.txt")).unwrap(), "mine");
        assert!(target.join(MANIFEST).exists());
    }

    #[test]
    fn not_even_force_covers_a_file_of_somebody_else() {
        for mine in [MANIFEST, "tables"] {
            let dir = tempfile::tempdir().unwrap();
            let target = dir.path().join("r");
            fs::create_dir(&target).unwrap();
            fs::write(target.join(mine), "mine").unwrap();
            let folder = Folder::prepare(&target, true).unwrap();
            folder.write("tables/a.csv", |out| out.write_all(b"a")).unwrap();
            folder.write(MANIFEST, |out| out.write_all(b"{}")).unwrap();
            let refused = folder.finish().unwrap_err();
            assert!(matches!(refused, ReportError::Covered { .. }), "{refused}");
            assert_eq!(fs::read_to_string(target.join(mine)).unwrap(), "mine");
            assert_eq!(hidden(dir.path()), Vec::<String>::new());
        }
    }

    #[test]
    fn a_crash_right_after_the_exchange_loses_no_file_of_somebody_else() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("r");
        fs::create_dir(&target).unwrap();
        fs::write(target.join("notes.txt"), "mine").unwrap();
        let folder = Folder::prepare(&target, true).unwrap();
        folder.bring_over().unwrap();
        assert_eq!(fs::read_to_string(folder.building.join("notes.txt")).unwrap(), "mine");
        assert!(target.join("notes.txt").exists());
    }

    #[test]
    fn a_link_stays_a_link_and_its_folder_gets_the_report() {
        let dir = tempfile::tempdir().unwrap();
        let (real, link) = (dir.path().join("real"), dir.path().join("link"));
        fs::create_dir(&real).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        report(&link, "one").unwrap();
        report(&link.join(""), "two").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(real.join("tables/a.csv")).unwrap(), "two");
        fs::remove_dir_all(&real).unwrap();
        assert!(matches!(report(&link, "three"), Err(ReportError::Place { .. })));
    }

    #[test]
    fn a_run_that_fails_leaves_no_trace() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("new/deep/r");
        drop(Folder::prepare(&target, false).unwrap());
        assert!(!dir.path().join("new").exists());
    }

    #[test]
    fn two_runs_cannot_write_the_same_report_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("r");
        let _first = Folder::prepare(&target, false).unwrap();
        assert!(matches!(Folder::prepare(&target, false), Err(ReportError::Busy { .. })));
    }

    #[test]
    fn a_complete_report_takes_its_place_after_a_crash_between_two_renames() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("r");
        report(&target, "new").unwrap();
        let (building, old) = siblings(&target).unwrap();
        fs::rename(&target, &building).unwrap();
        fs::create_dir(&old).unwrap();
        recover(&target).unwrap();
        assert_eq!(fs::read_to_string(target.join("tables/a.csv")).unwrap(), "new");
        assert_eq!(hidden(dir.path()), Vec::<String>::new());
    }

    #[test]
    fn the_earlier_report_comes_back_if_the_new_one_was_not_complete() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("r");
        report(&target, "earlier").unwrap();
        let (building, old) = siblings(&target).unwrap();
        fs::rename(&target, &old).unwrap();
        fs::create_dir(&building).unwrap();
        recover(&target).unwrap();
        assert_eq!(fs::read_to_string(target.join("tables/a.csv")).unwrap(), "earlier");
        assert_eq!(hidden(dir.path()), Vec::<String>::new());
    }

    #[test]
    fn the_file_system_root_is_no_place_for_a_report() {
        assert!(matches!(Folder::prepare(Path::new("/"), true), Err(ReportError::Place { .. })));
    }
}
