//! Which lexicon entries match, and which are dead.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::comparison::Comparison;
use crate::lexicon::EntryId;
use crate::tally::ArticleRecord;

/// One entry of a lexicon; entries with the same category, term and match mode are one row.
#[derive(Clone, Debug, PartialEq)]
pub struct LexiconUseRow {
    /// File name without ending.
    pub lexicon: &'static str,
    /// The path of its category.
    pub category: String,
    /// The term as typed.
    pub term: String,
    /// How its words are compared.
    pub mode: &'static str,
    /// How often it matches; `None` for a blocker, whose matches only consume their words.
    pub mentions: Option<u64>,
    /// Articles in which it does.
    pub articles: Option<u64>,
    /// Outlets in which it does.
    pub outlets: Option<u64>,
    /// `used`, `unused` or `blocker`.
    pub status: &'static str,
}

/// Lexicon, category, term and match mode.
type Key<'a> = (&'static str, &'a str, &'a str, &'static str);

/// How often one row matches.
#[derive(Clone, Debug, Default)]
struct Use {
    mentions: u64,
    articles: u64,
    outlets: BTreeSet<usize>,
}

/// Every entry of every lexicon, dead ones included, by lexicon, category, term and match mode.
///
/// Entries that match the same words each have their match here, although those words are one
/// mention in the other tables.
pub fn lexicon_use(comparison: &Comparison<'_>) -> Vec<LexiconUseRow> {
    let entries = 0..comparison.lexicon.entries.len();
    let keys: Vec<Key<'_>> = entries.map(|at| key(comparison, entry_id(at))).collect();
    let sorted: BTreeSet<Key<'_>> = keys.iter().copied().collect();
    let rows: BTreeMap<Key<'_>, usize> = sorted.into_iter().zip(0..).collect();
    let row_of: Vec<usize> = keys.iter().map(|key| rows[key]).collect();
    let mut uses = vec![Use::default(); rows.len()];
    for record in &comparison.tally.records {
        let outlet = comparison.outlet_of(record);
        for matches in article_uses(record, &row_of).chunk_by(|one, other| one == other) {
            let one = &mut uses[matches[0]];
            one.mentions += matches.len() as u64;
            one.articles += 1;
            one.outlets.insert(outlet);
        }
    }
    rows.into_keys().zip(&uses).map(|(key, one)| row(comparison, key, one)).collect()
}

fn entry_id(at: usize) -> EntryId {
    EntryId(u32::try_from(at).expect("fewer than 2^32 entries"))
}

fn key<'a>(comparison: &Comparison<'a>, id: EntryId) -> Key<'a> {
    let entry = comparison.lexicon.entry(id);
    let category = comparison.lexicon.category(entry.category);
    (entry.kind.file_stem(), &category.path, &entry.term, entry.mode.name())
}

/// The row of each match in one article, sorted; `row_of` gives the row of each entry.
fn article_uses(record: &ArticleRecord, row_of: &[usize]) -> Vec<usize> {
    let mentions = record.mentions.iter().map(|mention| mention.entry);
    let cues = record.cues.iter().map(|cue| cue.entry);
    let mut uses: Vec<usize> = mentions.chain(cues).map(|id| row_of[id.0 as usize]).collect();
    uses.sort_unstable();
    uses
}

fn row(comparison: &Comparison<'_>, key: Key<'_>, one: &Use) -> LexiconUseRow {
    let (lexicon, category, term, mode) = key;
    let is_blocker =
        comparison.lexicon.categories.iter().any(|other| {
            other.blocker && other.kind.file_stem() == lexicon && other.path == category
        });
    let counted = |n: u64| (!is_blocker).then_some(n);
    LexiconUseRow {
        lexicon,
        category: category.to_string(),
        term: term.to_string(),
        mode,
        mentions: counted(one.mentions),
        articles: counted(one.articles),
        outlets: counted(one.outlets.len() as u64),
        status: match (is_blocker, one.mentions) {
            (true, _) => "blocker",
            (false, 0) => "unused",
            (false, _) => "used",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::lexicon_fixture::lexicon;
    use crate::tally::fixture::{Part, article};
    use crate::tally::{CueRecord, Tally};

    #[test]
    fn dead_entries_are_listed_and_live_ones_counted() {
        let lexicon = lexicon(&[
            ("actors", "blocker", "Air China"),
            ("actors", "china", "China"),
            ("frames", "war", "invade"),
            ("frames", "war", "war"),
            ("voice", "hedge", "likely"),
        ]);
        let mut one = article(
            "a",
            "Alpha",
            &[Part::body("War and war.").mention("War", 3).mention("war", 3)],
        );
        one.records[0].cues.push(CueRecord { entry: EntryId(4), paragraph: 0, marks: None });
        let two = article("b", "Beta", &[Part::body("No war.").mention("war", 3)]);
        let tally = Tally::merge_all([one, two]).unwrap();
        let rows = lexicon_use(&Comparison::new(&tally, &lexicon, &[]));
        let shown: Vec<_> = rows.iter().map(|r| (r.term.as_str(), r.mentions, r.status)).collect();
        assert_eq!(
            shown,
            [
                ("Air China", None, "blocker"),
                ("China", Some(0), "unused"),
                ("invade", Some(0), "unused"),
                ("war", Some(3), "used"),
                ("likely", Some(1), "used"),
            ]
        );
        assert_eq!((rows[3].articles, rows[3].outlets), (Some(2), Some(2)));
    }
}
