//! How far a run has come, for another thread to look at, and whether the user wants it to end.
//!
//! Holds numbers only: knows no clock, and prints nothing.

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::compare::{Article, Fold};
use crate::corpus::Size;

/// How far a run has come. Clones look at the same run.
#[derive(Clone, Debug, Default)]
pub struct Watch(Arc<Watched>);

#[derive(Debug, Default)]
struct Watched {
    progress: Mutex<Progress>,
    /// Articles of the phase that are done; apart, because every thread counts them.
    articles: AtomicU64,
    interrupted: Arc<AtomicBool>,
    only_counts: AtomicBool,
    end: Mutex<End>,
}

/// What a run is doing, and how much of it is done.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progress {
    /// What it is doing.
    pub phase: Phase,
    /// Articles read, or looked at again, in this phase.
    pub articles: u64,
    /// Done of the phase, from 0 to 1; `None` if nobody knows how much there is to do.
    pub share: Option<f64>,
    /// How much there is to read; `None` if nobody knows.
    pub size: Option<Size>,
    /// Whether nothing is compared once everything has been read.
    pub only_counts: bool,
}

/// What a run is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Loading word lists, looking into inputs, putting tallies together.
    #[default]
    Starting,
    /// Reading articles to see whether something is wrong with them.
    LookingThrough,
    /// Reading and counting articles.
    Reading,
    /// Comparing what was counted, which reads every record a few times.
    Comparing,
}

/// What is at stake when a run ends early.
#[derive(Debug, Default)]
struct End {
    /// Whether the result is being put in its place: then it is too late to stop.
    is_settled: bool,
    /// Files and folders that nobody wants once the run has ended.
    passing: Vec<PathBuf>,
}

/// What a run unwinds with when the user has interrupted it.
#[derive(Debug)]
pub struct Interrupted;

/// How far a run has come is no part of what it depends on.
impl PartialEq for Watch {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Watch {}

impl Watch {
    /// What the run is doing now.
    pub fn progress(&self) -> Progress {
        let progress = *whole(&self.0.progress);
        let articles = self.0.articles.load(Relaxed);
        Progress { articles, only_counts: self.0.only_counts.load(Relaxed), ..progress }
    }

    /// What is set to interrupt the run; it may be set by a signal.
    pub fn interrupter(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0.interrupted)
    }

    /// Whether the user wants the run to end.
    pub fn is_interrupted(&self) -> bool {
        self.0.interrupted.load(Relaxed)
    }

    /// For a run that does not come to a point where it could end, as when it waits for its input:
    /// calls `say`, removes what it has begun, and calls `leave`, which must end the program at once.
    /// Does nothing if the result is being put in its place.
    pub fn abandon(&self, say: impl FnOnce(), leave: impl FnOnce()) {
        let end = whole(&self.0.end);
        if !end.is_settled {
            say();
            for path in &end.passing {
                remove(path);
            }
            leave();
        }
    }

    /// Ends the run here if the user wants it to end, by unwinding: whatever guards a folder or a
    /// file on the way removes it, as after a fault.
    pub(crate) fn pause(&self) {
        if self.is_interrupted() {
            resume_unwind(Box::new(Interrupted));
        }
    }

    /// From here on the result is put in its place, and the run is not to be interrupted.
    pub(crate) fn settle(&self) {
        let mut end = whole(&self.0.end);
        if self.is_interrupted() {
            drop(end);
            self.pause();
        } else {
            end.is_settled = true;
        }
    }

    /// A file or folder that nobody wants if the run is interrupted.
    pub(crate) fn passing(&self, path: &Path) {
        whole(&self.0.end).passing.push(path.to_path_buf());
    }

    /// The run ends when everything is counted.
    pub(crate) fn only_counts(&self) {
        self.0.only_counts.store(true, Relaxed);
    }

    /// Begins to read articles without counting them.
    pub(crate) fn look_through(&self, size: Option<Size>) {
        self.begin(Progress { phase: Phase::LookingThrough, size, ..Progress::default() });
    }

    /// Begins to read articles.
    pub(crate) fn read(&self, size: Option<Size>) {
        self.begin(Progress { phase: Phase::Reading, size, ..Progress::default() });
    }

    /// So many bytes of the inputs have been read.
    pub(crate) fn bytes_read(&self, bytes: u64) {
        let mut progress = whole(&self.0.progress);
        progress.share = progress.size.map(|size| bytes as f64 / size.bytes.max(1) as f64);
    }

    /// An article is done.
    pub(crate) fn article(&self) {
        self.0.articles.fetch_add(1, Relaxed);
    }

    /// Begins to compare `n_articles`, which are read `n_readings` times; what is to be read with
    /// them, each time.
    pub(crate) fn compare(&self, n_articles: usize, n_readings: u64) -> Reading {
        self.begin(Progress { phase: Phase::Comparing, ..Progress::default() });
        let n_all = (n_articles as u64 * n_readings).max(1);
        Reading { watch: self.clone(), n_read: 0, n_all }
    }

    fn begin(&self, progress: Progress) {
        *whole(&self.0.progress) = progress;
        self.0.articles.store(0, Relaxed);
    }
}

/// Counts the articles that are read again.
pub(crate) struct Reading {
    watch: Watch,
    n_read: u64,
    n_all: u64,
}

impl Fold for Reading {
    fn add(&mut self, _: &Article<'_>) {
        self.n_read += 1;
        self.watch.pause();
        self.watch.article();
        whole(&self.watch.0.progress).share = Some(self.n_read as f64 / self.n_all as f64);
    }
}

/// Removes a folder in which the run may still be making files. What is left after all these tries,
/// the next run tidies up.
fn remove(folder: &Path) {
    const TRIES: usize = 100;
    let is_gone = |_: &usize| std::fs::remove_dir_all(folder).is_ok() || !folder.exists();
    let _ = (0..TRIES).find(is_gone);
}

/// What a lock holds; a thread that died while it held it has left plain numbers behind.
fn whole<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    fn unwinds(what: impl FnOnce()) -> bool {
        let ended = catch_unwind(AssertUnwindSafe(what));
        ended.is_err_and(|fault| fault.is::<Interrupted>())
    }

    #[test]
    fn a_run_ends_where_it_pauses_and_only_if_it_was_interrupted() {
        let watch = Watch::default();
        assert!(!unwinds(|| watch.pause()));
        watch.interrupter().store(true, Relaxed);
        assert!(unwinds(|| watch.pause()));
        assert!(unwinds(|| watch.settle()));
        assert!(!whole(&watch.0.end).is_settled, "an interrupted run puts nothing in its place");
    }

    #[test]
    fn a_run_that_puts_its_result_in_place_is_not_abandoned() {
        let dir = tempfile::tempdir().unwrap();
        let passing = dir.path().join("passing");
        std::fs::create_dir(&passing).unwrap();
        let (settled, waiting) = (Watch::default(), Watch::default());
        settled.passing(&passing);
        settled.settle();
        settled.abandon(|| panic!("it is too late"), || panic!("it is too late to leave"));
        assert!(passing.exists());
        waiting.passing(&passing);
        let mut left = false;
        waiting.abandon(|| (), || left = true);
        assert!(left && !passing.exists());
    }

    #[test]
    fn what_is_done_of_a_phase_is_a_share() {
        let watch = Watch::default();
        assert_eq!(watch.progress(), Progress::default());
        watch.read(Some(Size { bytes: 200, text: 600 }));
        watch.article();
        watch.bytes_read(50);
        assert_eq!((watch.progress().articles, watch.progress().share), (1, Some(0.25)));
        watch.read(None);
        watch.bytes_read(50);
        assert_eq!((watch.progress().articles, watch.progress().share), (0, None));
    }
}
