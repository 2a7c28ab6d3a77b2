//! How an analysis sees the articles: one after another, in the order of their ids.
//!
//! Records lie on disk if there are many, so that an analysis never holds them: it is a [`Fold`], which
//! takes in each article once and keeps sums. Folds that need nothing from each other share one
//! reading. To add an analysis, write a fold and name it where `run` reads.

use crate::compare::comparison::Comparison;
use crate::compare::counted::{Counted, counted};
use crate::tally::{ArticleRecord, TallyError};

/// One article while it is read.
pub struct Article<'r> {
    /// What is compared.
    pub comparison: &'r Comparison<'r>,
    /// Its position in [`Tally::heads`](crate::tally::Tally::heads): articles are sorted by id.
    pub at: usize,
    /// Position of its outlet in [`Comparison::outlets`].
    pub outlet: usize,
    /// All that is kept of it.
    pub record: &'r ArticleRecord,
    /// Its mentions as the tables count them, in reading order.
    pub(crate) counted: Vec<Counted<'r>>,
}

/// An analysis that takes in every article once.
pub trait Fold {
    /// Takes in an article; they come in the order of their ids.
    fn add(&mut self, article: &Article<'_>);
}

impl Comparison<'_> {
    /// Reads every article once, for all of the folds.
    pub fn read(&self, folds: &mut [&mut dyn Fold]) -> Result<(), TallyError> {
        for (at, record) in self.tally.records.read()?.enumerate() {
            let record = &record?;
            let counted = counted(record, self);
            let article =
                Article { comparison: self, at, outlet: self.outlet_of(at), record, counted };
            for fold in folds.iter_mut() {
                fold.add(&article);
            }
        }
        Ok(())
    }

    /// A fold that has taken in every article.
    #[cfg(test)]
    pub(crate) fn fold<F: Fold>(&self, mut fold: F) -> Result<F, TallyError> {
        self.read(&mut [&mut fold])?;
        Ok(fold)
    }
}
