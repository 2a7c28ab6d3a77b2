//! The sums of each speaker in each outlet: in memory while these are few, on disk after that.
//!
//! Most speakers are quoted once: a million articles have two million of them.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::compare::speakers::Speaker;
use crate::tally::{Merge, Run, Sorter, TallyError};

/// Speakers of all outlets that stay in memory, up to 15 MB.
const MOST: usize = 64 << 10;

/// A speaker with fewer quotes in an outlet is rare.
const OFTEN: u32 = 4;

/// Bytes of speakers that are sorted at a time.
const BUDGET: usize = 2 << 20;

/// The speakers of one outlet by name.
pub(crate) type Names = BTreeMap<Box<str>, Speaker>;

/// The speakers of each outlet.
pub(crate) struct Said {
    outlets: Vec<Names>,
    /// Speakers in memory.
    n_speakers: usize,
    most: usize,
    dir: PathBuf,
    gone: Option<Sorter>,
    runs: Vec<Run>,
}

/// A speaker on disk.
#[derive(Serialize, Deserialize)]
struct Line {
    outlet: u32,
    name: Box<str>,
    speaker: Speaker,
}

impl Said {
    /// Nobody yet.
    pub(crate) fn new(n_outlets: usize, scratch: &Path) -> Self {
        let (outlets, dir) = (vec![Names::new(); n_outlets], scratch.to_path_buf());
        Said { outlets, n_speakers: 0, most: MOST, dir, gone: None, runs: Vec::new() }
    }

    /// The sums of a speaker so far, or those since they last went to disk.
    pub(crate) fn of(&mut self, outlet: usize, name: &str) -> &mut Speaker {
        let names = &mut self.outlets[outlet];
        if !names.contains_key(name) {
            names.insert(name.into(), Speaker::default());
            self.n_speakers += 1;
        }
        names.get_mut(name).expect("it was put in if it was missing")
    }

    /// Writes rare speakers if there are too many. Those that are quoted often stay, or they would be
    /// written again and again.
    pub(crate) fn end_article(&mut self) -> Result<(), TallyError> {
        if self.n_speakers <= self.most {
            return Ok(());
        }
        let put = self.put_aside(OFTEN).and_then(|()| {
            if self.n_speakers > self.most / 2 { self.put_aside(u32::MAX) } else { Ok(()) }
        });
        put.map_err(|error| TallyError::of_io(&self.dir, &error, true))
    }

    fn put_aside(&mut self, often: u32) -> io::Result<()> {
        let gone = self.gone.get_or_insert_with(|| Sorter::new(&self.dir, BUDGET));
        self.n_speakers = 0;
        for (outlet, names) in (0_u32..).zip(&mut self.outlets) {
            for (name, speaker) in std::mem::take(names) {
                if speaker.quotes() >= often {
                    names.insert(name, speaker);
                    continue;
                }
                let key = [&outlet.to_be_bytes(), name.as_bytes()].concat();
                let line = postcard::to_stdvec(&Line { outlet, name, speaker });
                gone.push(&key, &line.map_err(io::Error::other)?)?;
            }
            self.n_speakers += names.len();
        }
        Ok(())
    }

    /// The speakers of each outlet, one outlet after another.
    pub(crate) fn by_outlet(
        &mut self,
    ) -> Result<impl Iterator<Item = Result<Names, TallyError>>, TallyError> {
        let failed = |error, writing| TallyError::of_io(&self.dir, &error, writing);
        if let Some(gone) = self.gone.take() {
            self.runs = gone.finish().map_err(|error| failed(error, true))?;
        }
        let mut merge = Merge::new(&self.runs).map_err(|error| failed(error, false))?;
        let mut next = read(&mut merge).map_err(|error| failed(error, false))?;
        let outlets = (0_u32..).zip(&self.outlets);
        Ok(outlets.map(move |(outlet, here)| {
            let mut names = here.clone();
            while let Some(line) = next.take_if(|line| line.outlet == outlet) {
                names.entry(line.name).or_default().join(line.speaker);
                next = read(&mut merge).map_err(|error| failed(error, false))?;
            }
            Ok(names)
        }))
    }
}

/// The next speaker on disk.
fn read(merge: &mut Merge<'_>) -> io::Result<Option<Line>> {
    merge.take(|_, line| postcard::from_bytes(line).map_err(io::Error::other))?.transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::CategoryId;

    #[test]
    fn who_went_to_disk_counts_as_if_they_had_stayed() {
        let dir = tempfile::tempdir().unwrap();
        let said = |most: usize| {
            let mut said = Said { most, ..Said::new(3, dir.path()) };
            for n in 0..600_u32 {
                let speaker = said.of(n as usize % 3, &format!("Lee {}", n * n % 89));
                speaker.add_actor(CategoryId(n % 2));
                speaker.sums.quotes[n as usize % 3] += 1;
                said.end_article().unwrap();
            }
            let outlets = said.by_outlet().unwrap();
            outlets.map(Result::unwrap).collect::<Vec<Names>>()
        };
        let whole = said(1_000);
        assert!(whole.iter().all(|names| names.len() > 20));
        // Actors come in another order, which is none.
        let sorted = |mut outlets: Vec<Names>| {
            let speakers = outlets.iter_mut().flat_map(Names::values_mut);
            speakers.for_each(Speaker::sort_actors);
            outlets
        };
        let whole = sorted(whole);
        for most in [40, 3] {
            assert_eq!(sorted(said(most)), whole);
        }
    }
}
