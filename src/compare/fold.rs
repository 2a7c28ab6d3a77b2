//! How an analysis sees the articles: one after another, in the order of their ids.
//!
//! Records lie on disk if there are many, so that an analysis never holds them: it is a [`Fold`], which
//! takes in each article once and keeps sums. Folds that need nothing from each other share one
//! reading. To add an analysis, write a fold and name it where `run` reads.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;

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
    /// The first version of its cluster of near-duplicates; `None` if it is alone.
    pub(crate) cluster: Option<usize>,
    /// Whether no other article of that cluster comes after it.
    pub(crate) ends_cluster: bool,
    /// All that is kept of it.
    pub record: &'r ArticleRecord,
    /// Its mentions as the tables count them, in reading order.
    pub(crate) counted: Vec<Counted<'r>>,
}

/// An analysis that takes in every article once.
pub trait Fold: Send {
    /// Takes in an article; they come in the order of their ids.
    fn add(&mut self, article: &Article<'_>);
}

/// Records that go to the other thread together, unless they are long.
const BATCH: usize = 16;

/// Words from which on a batch is full.
const BATCH_WORDS: usize = 20_000;

/// Records and their positions.
type Batch = Vec<(usize, ArticleRecord)>;

impl Comparison<'_> {
    /// Reads every article once, for all of the folds. With more than one thread every other fold runs
    /// on a second one; each still sees all articles in order.
    pub fn read(&self, folds: &mut [&mut dyn Fold]) -> Result<(), TallyError> {
        if self.threads > 1 && folds.len() > 1 {
            return self.read_on_two(folds);
        }
        for (at, record) in self.tally.records.read()?.enumerate() {
            self.show(at, &record?, folds);
        }
        Ok(())
    }

    /// Shows an article to some folds.
    fn show(&self, at: usize, record: &ArticleRecord, folds: &mut [&mut dyn Fold]) {
        let counted = counted(record, self);
        let article = Article {
            comparison: self,
            at,
            outlet: self.outlet_of(at),
            cluster: self.units.cluster(at),
            ends_cluster: self.units.ends_cluster(at),
            record,
            counted,
        };
        for fold in folds.iter_mut() {
            fold.add(&article);
        }
    }

    fn read_on_two(&self, folds: &mut [&mut dyn Fold]) -> Result<(), TallyError> {
        let (mut here, mut there): (Vec<&mut dyn Fold>, Vec<&mut dyn Fold>) = Default::default();
        for (at, fold) in folds.iter_mut().enumerate() {
            let side = if at % 2 == 0 { &mut here } else { &mut there };
            side.push(&mut **fold);
        }
        thread::scope(|scope| {
            let (sender, receiver) = sync_channel::<Arc<Batch>>(2);
            let second = scope.spawn(move || {
                for batch in receiver {
                    batch.iter().for_each(|(at, record)| self.show(*at, record, &mut there));
                }
            });
            let read = self.read_batches(|batch| {
                let batch = Arc::new(batch);
                // Only fails if the other thread has died; joining it says why.
                let _ = sender.send(Arc::clone(&batch));
                batch.iter().for_each(|(at, record)| self.show(*at, record, &mut here));
            });
            drop(sender);
            second.join().unwrap_or_else(|fault| resume_unwind(fault));
            read
        })
    }

    fn read_batches(&self, mut give: impl FnMut(Batch)) -> Result<(), TallyError> {
        let (mut batch, mut words) = (Batch::new(), 0);
        for (at, record) in self.tally.records.read()?.enumerate() {
            let record = record?;
            words += record.words.len();
            batch.push((at, record));
            if batch.len() >= BATCH || words >= BATCH_WORDS {
                give(std::mem::take(&mut batch));
                words = 0;
            }
        }
        give(batch);
        Ok(())
    }

    /// A fold that has taken in every article.
    #[cfg(test)]
    pub(crate) fn fold<F: Fold>(&self, mut fold: F) -> Result<F, TallyError> {
        self.read(&mut [&mut fold])?;
        Ok(fold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::fixture::tally;

    /// Ids and words of the articles it has seen.
    #[derive(Default)]
    struct Seen(Vec<(String, usize, usize)>);

    impl Fold for Seen {
        fn add(&mut self, article: &Article<'_>) {
            self.0.push((article.record.id.clone(), article.record.words.len(), article.at));
        }
    }

    #[test]
    fn each_fold_sees_every_article_in_order_on_any_number_of_threads() {
        let ids: Vec<String> = (100..150).map(|n| format!("a{n}")).collect();
        let texts: Vec<_> = ids.iter().map(|id| (id.as_str(), "A", 1, "one two three")).collect();
        let (tally, lexicon) = (tally(&texts), crate::lexicon::Lexicon::default());
        let mut comparison = Comparison::new(&tally, &lexicon, &[]);
        let seen = |comparison: &Comparison<'_>| {
            let (mut one, mut two, mut three) = <(Seen, Seen, Seen)>::default();
            comparison.read(&mut [&mut one, &mut two, &mut three]).unwrap();
            assert!(one.0 == two.0 && two.0 == three.0);
            one.0
        };
        let alone = seen(&comparison);
        assert_eq!((alone.len(), alone[49].0.as_str(), alone[49].2), (50, "a149", 49));
        comparison.threads = 4;
        assert_eq!(seen(&comparison), alone);
    }

    #[test]
    fn a_fold_that_panics_on_the_second_thread_is_not_lost() {
        struct Faulty;
        impl Fold for Faulty {
            fn add(&mut self, _: &Article<'_>) {
                panic!("a fault of ours");
            }
        }
        let (tally, lexicon) = (tally(&[("a", "A", 1, "one")]), Default::default());
        let mut comparison = Comparison::new(&tally, &lexicon, &[]);
        comparison.threads = 2;
        let mut seen = Seen::default();
        let read = || comparison.read(&mut [&mut seen, &mut Faulty]);
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).is_err());
    }
}
