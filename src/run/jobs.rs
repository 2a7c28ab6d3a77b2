//! Jobs in a row, done by whichever thread is free.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::Message;
use crate::report::Table;

/// The tables that people's texts are made from.
pub(crate) type Given = Result<Vec<Table>, Message>;

/// Writes tables.
pub(crate) type Job<'a> = Box<dyn FnOnce() -> Given + Send + 'a>;

/// Jobs that have not begun, and what the others have given.
pub(crate) struct Jobs<'a> {
    waiting: Mutex<VecDeque<(usize, Job<'a>)>>,
    done: Mutex<Vec<(usize, Given)>>,
}

impl<'a> Jobs<'a> {
    pub(crate) fn new(jobs: Vec<Job<'a>>) -> Self {
        let waiting = Mutex::new(jobs.into_iter().enumerate().collect());
        Self { waiting, done: Mutex::default() }
    }

    /// Does one job after another until none is left to begin.
    pub(crate) fn work(&self) {
        loop {
            let next = whole(&self.waiting).pop_front();
            let Some((number, job)) = next else { break };
            let given = job();
            whole(&self.done).push((number, given));
        }
    }

    /// What the jobs have given, in the order of the jobs; the first failure if one has failed.
    pub(crate) fn finish(self) -> Given {
        let mut done = self.done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(number, _)| *number);
        let given: Result<Vec<Vec<Table>>, Message> =
            done.into_iter().map(|(_, given)| given).collect();
        Ok(given?.into_iter().flatten().collect())
    }
}

/// A lock that a thread which failed may have held.
fn whole<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::both;

    fn table(name: &'static str) -> Table {
        Table { name, ..Table::default() }
    }

    #[test]
    fn what_jobs_give_comes_in_their_order_whoever_did_them() {
        for threads in [1, 2] {
            let one = |name| Box::new(move || Ok(vec![table(name)])) as Job<'_>;
            let jobs = Jobs::new(["a", "b", "c", "d"].map(one).into());
            both(threads, || jobs.work(), || jobs.work());
            let names: Vec<_> = jobs.finish().unwrap().iter().map(|table| table.name).collect();
            assert_eq!(names, ["a", "b", "c", "d"]);
        }
    }

    #[test]
    fn the_first_failure_is_told() {
        let fail = |code| Box::new(move || Err(Message::new(code, "", "", ""))) as Job<'_>;
        let jobs = Jobs::new(vec![Box::new(|| Ok(Vec::new())), fail("E901"), fail("E902")]);
        jobs.work();
        assert_eq!(jobs.finish().unwrap_err().code, "E901");
    }
}
