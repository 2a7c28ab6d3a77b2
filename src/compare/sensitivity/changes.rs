//! What the frame counts of one article are, and what they would be without each lexicon entry.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::base::Voice;
use crate::compare::cells::is_in_rate;
use crate::compare::comparison::Comparison;
use crate::compare::counted::{counted_here, place};
use crate::lexicon::{CategoryId, EntryId, Kind};
use crate::tally::{ArticleRecord, CharSpan, MentionRecord};

/// A frame on one level and the voices that count: the outlet's own alone (0), or all (1).
pub(super) type Level = (CategoryId, usize);

/// The words that a mention stands for.
type Place = (u32, CharSpan);

/// The frame counts of one article.
#[derive(Debug, Default)]
pub(super) struct ArticleCounts {
    /// Mentions that the rates count.
    pub(super) counts: BTreeMap<Level, u64>,
    /// What would be added to them without an entry; an entry behind a counted mention stands here
    /// even if nothing would change, as another entry counts the same words.
    pub(super) without: BTreeMap<(Level, EntryId), i64>,
}

impl ArticleCounts {
    /// Counts one article as it is, and without each of its entries.
    pub(super) fn of(comparison: &Comparison<'_>, record: &ArticleRecord) -> Self {
        let mut article = ArticleCounts::default();
        let frames = Frames::of(comparison, record);
        for (at, group) in &frames.by_place {
            let now = levels(comparison, group);
            for (&level, n) in &now {
                *article.counts.entry(level).or_default() += n;
            }
            // Where nothing shifts, nothing is left without the only entry.
            if let [only] = group[..]
                && !frames.shifted.contains(at)
            {
                for (level, n) in now {
                    *article.without.entry((level, only.entry)).or_default() -= n as i64;
                }
            }
        }
        for (entry, at) in frames.touched(record) {
            let now = frames.by_place.get(&at).map_or(&[][..], Vec::as_slice);
            let then = frames.without(record, entry, at);
            let now = levels(comparison, now);
            let then = levels(comparison, &then);
            let every: BTreeSet<Level> = now.keys().chain(then.keys()).copied().collect();
            for level in every {
                let n = |counts: &BTreeMap<Level, u64>| counts.get(&level).map_or(0, |&n| n as i64);
                *article.without.entry((level, entry)).or_default() += n(&then) - n(&now);
            }
        }
        article
    }
}

/// The frame mentions of one article by the words that they stand for.
struct Frames<'a> {
    by_place: BTreeMap<Place, Vec<&'a MentionRecord>>,
    /// Where something changes without an entry, beyond the loss of its own mentions.
    shifted: BTreeSet<Place>,
}

impl<'a> Frames<'a> {
    fn of(comparison: &Comparison<'_>, record: &'a ArticleRecord) -> Self {
        let is_frame = |m: &&MentionRecord| comparison.lexicon.entry(m.entry).kind == Kind::Frame;
        let mut by_place: BTreeMap<Place, Vec<&MentionRecord>> = BTreeMap::new();
        for mention in record.mentions.iter().filter(is_frame) {
            by_place.entry(place(mention)).or_default().push(mention);
        }
        let shifted = record.shifts.iter().map(|shift| place(&shift.mention)).collect();
        Frames { by_place, shifted }
    }

    /// Every entry with the places where something changes without it, those apart where it is the only
    /// one and nothing shifts.
    fn touched(&self, record: &ArticleRecord) -> BTreeSet<(EntryId, Place)> {
        let several = |at: &Place, group: &[_]| group.len() > 1 || self.shifted.contains(at);
        let places = self.by_place.iter().filter(|(at, group)| several(at, group));
        let own = places.flat_map(|(&at, group)| group.iter().map(move |m| (m.entry, at)));
        let shifted = record.shifts.iter().map(|shift| (shift.without, place(&shift.mention)));
        own.chain(shifted).collect()
    }

    /// The mentions in one place if an entry were not in its lexicon.
    fn without(
        &self,
        record: &'a ArticleRecord,
        entry: EntryId,
        at: Place,
    ) -> Vec<&'a MentionRecord> {
        let mut then = self.by_place.get(&at).cloned().unwrap_or_default();
        then.retain(|mention| mention.entry != entry);
        let shifts = || {
            record
                .shifts
                .iter()
                .filter(|shift| shift.without == entry && place(&shift.mention) == at)
        };
        for gone in shifts().filter(|shift| !shift.appears) {
            then.retain(|mention| mention.entry != gone.mention.entry);
        }
        then.extend(shifts().filter(|shift| shift.appears).map(|shift| &shift.mention));
        then.sort_by_key(|mention| mention.entry);
        then
    }
}

/// The counts of the mentions over the same words, at every level.
fn levels(comparison: &Comparison<'_>, group: &[&MentionRecord]) -> BTreeMap<Level, u64> {
    let mut counts = BTreeMap::new();
    for one in counted_here(group.iter().copied(), comparison) {
        if !is_in_rate(comparison, one.category, one.mention) {
            continue;
        }
        for level in comparison.lexicon.with_ancestors(one.category) {
            if one.mention.voice == Voice::Own {
                *counts.entry((level, 0)).or_default() += 1;
            }
            *counts.entry((level, 1)).or_default() += 1;
        }
    }
    counts
}
