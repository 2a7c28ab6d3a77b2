//! How an analysis sees the articles: one after another, in the order of their ids.
//!
//! Records lie on disk if there are many, so that an analysis never holds them: it is a [`Fold`], which
//! takes in each article once and keeps sums. Folds that need nothing from each other share one
//! reading. To add an analysis, write a fold and name it where `run` reads.

use std::sync::{Mutex, PoisonError};

use crate::base::both;
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

/// Articles that are shown together for each thread, unless they are long: threads wait for each
/// other after every batch.
const BATCH: usize = 48;

/// Words of an article, as many as it has as a rule.
const WORDS: usize = 1_250;

/// Records and their positions.
type Batch = Vec<(usize, ArticleRecord)>;

impl Comparison<'_> {
    /// Reads every article once, for all of the folds. Whichever thread is free takes the next fold and
    /// shows it some articles, or reads the next ones; each fold sees all articles in order.
    pub fn read(&self, folds: &mut [&mut dyn Fold]) -> Result<(), TallyError> {
        let mut records = self.tally.records.read()?.enumerate();
        let most = BATCH * self.threads.clamp(1, 2);
        let mut batch = next_batch(&mut records, most)?;
        while !batch.is_empty() {
            batch = self.show(&batch, folds, || next_batch(&mut records, most))?;
        }
        Ok(())
    }

    /// Shows some articles to all of the folds; gives what `next` gives, which it calls meanwhile.
    fn show<T>(&self, batch: &Batch, folds: &mut [&mut dyn Fold], next: impl FnOnce() -> T) -> T {
        let articles = batch.iter().map(|(at, record)| self.article(*at, record));
        let articles: Vec<Article<'_>> = articles.collect();
        let waiting = Mutex::new(folds.iter_mut());
        let show = || {
            let first = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
            while let Some(fold) = first() {
                articles.iter().for_each(|article| fold.add(article));
            }
        };
        let (_, next) = both(self.threads, show, || {
            let next = next();
            show();
            next
        });
        next
    }

    fn article<'r>(&'r self, at: usize, record: &'r ArticleRecord) -> Article<'r> {
        Article {
            comparison: self,
            at,
            outlet: self.outlet_of(at),
            cluster: self.units.cluster(at),
            ends_cluster: self.units.ends_cluster(at),
            record,
            counted: counted(record, self),
        }
    }

    /// A fold that has taken in every article.
    #[cfg(test)]
    pub(crate) fn fold<F: Fold>(&self, mut fold: F) -> Result<F, TallyError> {
        self.read(&mut [&mut fold])?;
        Ok(fold)
    }
}

/// The next articles, `most` if they are no longer than usual; none at the end.
fn next_batch(
    records: &mut impl Iterator<Item = (usize, Result<ArticleRecord, TallyError>)>,
    most: usize,
) -> Result<Batch, TallyError> {
    let (mut batch, mut words) = (Batch::new(), 0);
    while batch.len() < most && words < most * WORDS {
        let Some((at, record)) = records.next() else { break };
        let record = record?;
        words += record.words.len();
        batch.push((at, record));
    }
    Ok(batch)
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
