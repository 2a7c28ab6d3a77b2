//! The counts of any set of articles, and how two sets become one.
//!
//! Merging is associative and commutative and [`Tally::default`] is its zero, so threads and shards
//! cannot change a result.

use std::sync::Arc;

use crate::corpus::Skipped;
use crate::tally::TallyError;
use crate::tally::forms::Forms;
use crate::tally::records::{Head, Recorder, Records};

/// The counts of any set of articles. `Tally::default()` holds none.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Distinct surface forms, sorted; records point into it.
    pub surfaces: Forms,
    /// What stays in memory of each article, sorted by id.
    pub heads: Vec<Head>,
    /// One record per article, in the order of the heads, on disk if there are many.
    pub records: Records,
    /// Articles that could not be used, sorted.
    pub skipped: Vec<Skipped>,
}

impl Tally {
    /// The tally of the records that one thread wrote, which point into `surfaces`.
    ///
    /// An error if two records have the same id.
    pub fn new(
        surfaces: Forms,
        recorder: Recorder,
        skipped: Vec<Skipped>,
    ) -> Result<Tally, TallyError> {
        let (records, heads) = recorder.finish()?;
        Tally::merge_all([Tally { surfaces, heads, records, skipped }])
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
        let mut records = Vec::new();
        let mut tables = Vec::new();
        for mut part in parts {
            whole.heads.append(&mut part.heads);
            whole.skipped.append(&mut part.skipped);
            tables.push(part.surfaces);
            records.push(part.records);
        }
        let (surfaces, moved) = Forms::merged(&tables);
        drop(tables);
        whole.surfaces = surfaces;
        for (mut records, moved) in records.into_iter().zip(moved) {
            records.renumber(&Arc::new(moved));
            whole.records.append(records);
        }
        whole.heads.sort_by(|a, b| a.id.cmp(&b.id));
        whole.skipped.sort();
        whole.refuse_repeated_ids()?;
        Ok(whole)
    }

    fn refuse_repeated_ids(&self) -> Result<(), TallyError> {
        let pair = self.heads.windows(2).find(|pair| pair[0].id == pair[1].id);
        let Some(id) = pair.map(|pair| &pair[0].id) else { return Ok(()) };
        let mut same = Vec::new();
        for record in self.records.read()? {
            let record = record?;
            if *record.id == **id {
                same.push(record);
            } else if !same.is_empty() {
                break;
            }
        }
        same.sort_by(|a, b| (&a.outlet, &a.title).cmp(&(&b.outlet, &b.title)));
        match same.as_slice() {
            [one, other, ..] => Err(TallyError::repeated_id(one, other)),
            _ => Ok(()),
        }
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
    use crate::tally::fixture::{changed, of_records, records};
    use crate::tally::record::{ArticleRecord, Surface, WordRecord};

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
        of_records(surfaces, &[record])
    }

    fn spelled(tally: &Tally, record: usize) -> Vec<&str> {
        let words = &records(tally)[record].words;
        words.iter().map(|w| tally.surfaces.get(w.surface).surface).collect()
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
        let other = changed(article("a1", &["y"]), |record| {
            record.outlet = "Daily".into();
            record.title = "Title".into();
        });
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
