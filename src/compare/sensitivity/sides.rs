//! One side of a comparison: an outlet, or several together.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::compare::sensitivity::extremes::{Extremes, of_the_others};
use crate::compare::terms::OTHERS;
use crate::lexicon::EntryId;

/// What one frame has on one side.
#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    pub(super) name: String,
    /// Articles with words.
    pub(super) articles: u64,
    pub(super) words: u64,
    pub(super) mentions: u64,
    /// What would be added to the mentions without an entry.
    pub(super) without: BTreeMap<EntryId, i64>,
    pub(super) extremes: Extremes,
}

impl Side {
    /// Mentions and words.
    pub(super) fn counts(&self) -> (u64, u64) {
        (self.mentions, self.words)
    }

    /// The same if an entry were not in the lexicon.
    pub(super) fn counts_without_entry(&self, entry: EntryId) -> (u64, u64) {
        let change = self.without.get(&entry).copied().unwrap_or(0);
        let mentions = self.mentions.checked_add_signed(change);
        (mentions.expect("an entry has no more mentions than there are"), self.words)
    }

    /// The same without each article that can be furthest; there are at least two.
    pub(super) fn without_articles(&self) -> impl Iterator<Item = ((u64, u64), &Arc<str>)> {
        let without = |(mentions, words, id)| ((self.mentions - mentions, self.words - words), id);
        self.extremes.articles().map(without)
    }
}

/// For each side all the others together.
pub(super) fn others_of(sides: &[Side]) -> Vec<Side> {
    let mut all = Side { name: OTHERS.to_string(), ..Side::default() };
    for side in sides {
        all.articles += side.articles;
        all.words += side.words;
        all.mentions += side.mentions;
        for (&entry, &n) in &side.without {
            *all.without.entry(entry).or_default() += n;
        }
    }
    let extremes = of_the_others(&sides.iter().map(|side| &side.extremes).collect::<Vec<_>>());
    let less = |(side, extremes): (&Side, Extremes)| {
        let own = |entry| side.without.get(entry).copied().unwrap_or(0);
        Side {
            name: all.name.clone(),
            articles: all.articles - side.articles,
            words: all.words - side.words,
            mentions: all.mentions - side.mentions,
            without: all.without.iter().map(|(entry, n)| (*entry, n - own(entry))).collect(),
            extremes,
        }
    };
    sides.iter().zip(extremes).map(less).collect()
}
