//! How often each outlet uses each stem: in memory while these are few, rare stems on disk after that.

use std::borrow::Cow;
use std::path::Path;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::tally::{Store, TallyError};

/// Stems of all outlets that stay in memory, up to 30 MB.
const MOST: usize = 1 << 20;

/// A stem that an outlet used less often is rare.
const OFTEN: u32 = 8;

/// Mentions of each stem, by rank, and articles with it.
pub(crate) type Stems = HashMap<u32, (u32, u32), FixedState>;

/// The stems of each outlet.
pub(crate) struct Uses {
    outlets: Vec<Stems>,
    /// Stems in memory.
    n_stems: usize,
    most: usize,
    /// What went to disk: for each time one list per outlet, of rank, mentions and articles.
    gone: Store,
}

impl Uses {
    /// No stem yet.
    pub(crate) fn new(n_outlets: usize, scratch: &Path) -> Self {
        let (outlets, gone) = (vec![Stems::default(); n_outlets], Store::new(scratch));
        Uses { outlets, n_stems: 0, most: MOST, gone }
    }

    /// Adds mentions of stems in an article and whether it is one more article with the stem.
    pub(crate) fn add(
        &mut self,
        outlet: usize,
        stems: impl Iterator<Item = (u32, u32, bool)>,
    ) -> Result<(), TallyError> {
        let counts = &mut self.outlets[outlet];
        let before = counts.len();
        for (rank, n, is_new) in stems {
            let (mentions, articles) = counts.entry(rank).or_default();
            *mentions += n;
            *articles += u32::from(is_new);
        }
        self.n_stems += counts.len() - before;
        if self.n_stems <= self.most {
            return Ok(());
        }
        self.put_aside(OFTEN)?;
        if self.n_stems > self.most / 2 { self.put_aside(u32::MAX) } else { Ok(()) }
    }

    /// Writes the stems with fewer mentions than `often`. What an outlet uses often stays, or it would
    /// be written again and again.
    fn put_aside(&mut self, often: u32) -> Result<(), TallyError> {
        self.n_stems = 0;
        for counts in &mut self.outlets {
            let mut rare: Vec<(u32, (u32, u32))> =
                counts.extract_if(|_, (mentions, _)| *mentions < often).collect();
            counts.shrink_to_fit();
            self.n_stems += counts.len();
            rare.sort_unstable();
            self.gone.push(rare.iter().flat_map(|&(rank, (n, articles))| [rank, n, articles]))?;
        }
        Ok(())
    }

    /// All stems of an outlet.
    pub(crate) fn of(&self, outlet: usize) -> Result<Cow<'_, Stems>, TallyError> {
        let mut counts = Cow::Borrowed(&self.outlets[outlet]);
        for list in (outlet..self.gone.len()).step_by(self.outlets.len()) {
            let counts = counts.to_mut();
            for stem in self.gone.get(list)?.chunks_exact(3) {
                let (mentions, articles) = counts.entry(stem[0]).or_default();
                *mentions += stem[1];
                *articles += stem[2];
            }
        }
        Ok(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_to_disk_counts_as_if_it_had_stayed() {
        let dir = tempfile::tempdir().unwrap();
        let uses = |most: usize| {
            let mut uses = Uses { most, ..Uses::new(3, dir.path()) };
            for article in 0..300_u32 {
                let stems = (0..20).map(|n| ((article * n * n) % 97, 1 + n % 3, n % 4 > 0));
                uses.add(article as usize % 3, stems).unwrap();
            }
            uses
        };
        let (whole, parts, fewer) = (uses(1_000), uses(60), uses(4));
        assert!(whole.gone.is_empty() && parts.n_stems <= 60 && fewer.n_stems <= 4);
        for outlet in 0..3 {
            let expect = whole.of(outlet).unwrap();
            assert!(expect.len() > 50);
            assert_eq!(parts.of(outlet).unwrap(), expect);
            assert_eq!(fewer.of(outlet).unwrap(), expect);
        }
    }
}
