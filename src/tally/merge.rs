//! The counts of any set of articles, and how two sets become one.
//!
//! Merging is associative and commutative and [`Tally::default`] is its zero, so threads and shards
//! cannot change a result.

use serde::{Deserialize, Serialize};

use crate::corpus::Skipped;
use crate::tally::TallyError;
use crate::tally::record::{ArticleRecord, Surface};

/// The counts of any set of articles. `Tally::default()` holds none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Distinct surface forms, sorted; records point into it, and every one is pointed at.
    pub surfaces: Vec<Surface>,
    /// One record per article, sorted by id.
    pub records: Vec<ArticleRecord>,
    /// Articles that could not be used, sorted.
    pub skipped: Vec<Skipped>,
}

impl Tally {
    /// The tally of some records that point into `surfaces`.
    ///
    /// An error if two records have the same id.
    pub fn new(
        surfaces: Vec<Surface>,
        records: Vec<ArticleRecord>,
        skipped: Vec<Skipped>,
    ) -> Result<Tally, TallyError> {
        Tally { surfaces, records, skipped }.settle()
    }

    /// Both tallies as one.
    ///
    /// An error if an article of one has the id of an article of the other.
    pub fn merge(self, other: Tally) -> Result<Tally, TallyError> {
        Tally::merge_all([self, other])
    }

    /// Many tallies as one; the same as merging them one by one, but sorted only once.
    pub fn merge_all(parts: impl IntoIterator<Item = Tally>) -> Result<Tally, TallyError> {
        let mut whole = Tally::default();
        for mut part in parts {
            let shift = position(whole.surfaces.len());
            for word in part.records.iter_mut().flat_map(|record| &mut record.words) {
                word.surface += shift;
            }
            whole.surfaces.append(&mut part.surfaces);
            whole.records.append(&mut part.records);
            whole.skipped.append(&mut part.skipped);
        }
        whole.settle()
    }

    /// Brings everything into the one order that equal content has.
    fn settle(mut self) -> Result<Tally, TallyError> {
        self.records
            .sort_by(|a, b| (&a.id, &a.outlet, &a.title).cmp(&(&b.id, &b.outlet, &b.title)));
        if let Some(pair) = self.records.windows(2).find(|pair| pair[0].id == pair[1].id) {
            return Err(TallyError::repeated_id(&pair[0], &pair[1]));
        }
        self.skipped.sort();
        self.settle_surfaces();
        Ok(self)
    }

    /// Sorts the surface forms, drops the doubled and the unused ones, and points the words anew.
    pub(crate) fn settle_surfaces(&mut self) {
        let mut used = vec![false; self.surfaces.len()];
        for word in self.records.iter().flat_map(|record| &record.words) {
            used[word.surface as usize] = true;
        }
        let mut order: Vec<usize> = (0..self.surfaces.len()).filter(|&at| used[at]).collect();
        order.sort_by(|&a, &b| self.surfaces[a].cmp(&self.surfaces[b]));
        let mut moved = vec![0; self.surfaces.len()];
        let mut sorted: Vec<Surface> = Vec::with_capacity(order.len());
        for at in order {
            if sorted.last() != Some(&self.surfaces[at]) {
                sorted.push(self.surfaces[at].clone());
            }
            moved[at] = position(sorted.len() - 1);
        }
        for word in self.records.iter_mut().flat_map(|record| &mut record.words) {
            word.surface = moved[word.surface as usize];
        }
        self.surfaces = sorted;
    }
}

/// A position as it is stored.
pub(crate) fn position(at: usize) -> u32 {
    u32::try_from(at).expect("fewer than 2^32 surface forms, words, mentions or sentences")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tally::record::WordRecord;

    fn surface(word: &str) -> Surface {
        Surface { surface: word.into(), stem: word.into(), numeric: false }
    }

    /// A tally of one article with the given words.
    fn article(id: &str, words: &[&str]) -> Tally {
        let surfaces = words.iter().map(|word| surface(word)).collect();
        let words = (0..words.len())
            .map(|at| WordRecord { surface: position(at), chars: Default::default() });
        let record =
            ArticleRecord { id: id.into(), words: words.collect(), ..ArticleRecord::default() };
        Tally::new(surfaces, vec![record], Vec::new()).unwrap()
    }

    fn spelled(tally: &Tally, record: usize) -> Vec<&str> {
        let words = &tally.records[record].words;
        words.iter().map(|w| tally.surfaces[w.surface as usize].surface.as_str()).collect()
    }

    #[test]
    fn words_keep_their_surface_when_tables_are_joined() {
        let merged = article("b", &["war", "and", "peace"])
            .merge(article("a", &["peace", "and", "trade", "and"]))
            .unwrap();
        assert_eq!(spelled(&merged, 0), ["peace", "and", "trade", "and"]);
        assert_eq!(spelled(&merged, 1), ["war", "and", "peace"]);
        assert_eq!(merged.surfaces.len(), 4);
    }

    #[test]
    fn an_id_that_two_articles_share_is_an_error_that_names_both() {
        let one = article("a1", &["x"]);
        let mut other = article("a1", &["y"]);
        other.records[0].outlet = "Daily".into();
        other.records[0].title = "Title".into();
        let forth = one.clone().merge(other.clone()).unwrap_err().to_string();
        let back = other.merge(one).unwrap_err().to_string();
        assert_eq!(forth, back);
        assert!(forth.contains("`a1`") && forth.contains("Daily") && forth.contains("Title"));
    }

    #[test]
    fn the_empty_tally_is_the_zero_of_merging() {
        let one = article("a", &["x", "y"]);
        assert_eq!(one.clone().merge(Tally::default()).unwrap(), one);
        assert_eq!(Tally::default().merge(one.clone()).unwrap(), one);
    }

    proptest! {
        #[test]
        fn any_order_and_any_grouping_gives_the_same_tally(
            articles in prop::collection::vec(prop::collection::vec("[a-e]{1,2}", 0..6), 1..7),
            order in any::<prop::sample::Index>(),
            cut in any::<prop::sample::Index>(),
        ) {
            let parts: Vec<Tally> = articles.iter().enumerate().map(|(at, words)| {
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                article(&format!("a{at}"), &words)
            }).collect();
            let straight = Tally::merge_all(parts.clone()).unwrap();
            let mut turned = parts;
            turned.reverse();
            let n = turned.len();
            turned.rotate_left(order.index(n));
            let rest = turned.split_off(cut.index(n));
            let left = turned.into_iter().fold(Tally::default(), |sum, t| sum.merge(t).unwrap());
            let right = rest.into_iter().rev().fold(Tally::default(), |sum, t| t.merge(sum).unwrap());
            prop_assert_eq!(&right.clone().merge(left.clone()).unwrap(), &straight);
            prop_assert_eq!(&left.merge(right).unwrap(), &straight);
        }
    }
}
