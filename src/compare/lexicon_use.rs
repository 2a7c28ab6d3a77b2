//! Which lexicon entries match, and which are dead.

use std::collections::BTreeSet;

use crate::compare::comparison::Comparison;
use crate::compare::fold::{Article, Fold};
use crate::compare::units::Once;
use crate::lexicon::{Entry, EntryId};
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

/// How often every entry of every lexicon matches.
///
/// Entries that match the same words each have their match here, although those words are one
/// mention in the other tables.
pub struct LexiconUse<'a> {
    comparison: &'a Comparison<'a>,
    /// The first entry of each row.
    rows: Vec<EntryId>,
    row_of: Vec<usize>,
    uses: Vec<Use>,
    /// Rows that match in near-duplicates.
    met: Once<usize>,
}

impl Fold for LexiconUse<'_> {
    fn add(&mut self, article: &Article<'_>) {
        let uses = article_uses(article.record, &self.row_of);
        for matches in uses.chunk_by(|one, other| one == other) {
            let one = &mut self.uses[matches[0]];
            one.mentions += matches.len() as u64;
            one.articles += u64::from(self.met.is_new(article, || matches[0]));
            one.outlets.insert(article.outlet);
        }
    }
}

impl<'a> LexiconUse<'a> {
    /// No article yet.
    pub fn new(comparison: &'a Comparison<'a>) -> Self {
        let entries = &comparison.lexicon.entries;
        let (mut rows, mut row_of) = (Vec::new(), Vec::with_capacity(entries.len()));
        // A lexicon is sorted: the entries of a row stand side by side.
        let same = |one: &Entry, other: &Entry| {
            let of = |entry: &Entry| (entry.category, entry.mode);
            of(one) == of(other) && one.term == other.term
        };
        for row in entries.chunk_by(same) {
            let first = row_of.len();
            row_of.resize(first + row.len(), rows.len());
            rows.push(entry_id(first));
        }
        let uses = vec![Use::default(); rows.len()];
        LexiconUse { comparison, rows, row_of, uses, met: Once::default() }
    }

    /// Every entry, dead ones included, by lexicon, category, term and match mode.
    pub fn rows(&self) -> impl Iterator<Item = LexiconUseRow> {
        let mut rows: Vec<(EntryId, &Use)> = self.rows.iter().copied().zip(&self.uses).collect();
        rows.sort_by_key(|&(id, _)| key(self.comparison, id));
        rows.into_iter().map(|(id, one)| row(self.comparison, id, one))
    }
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

fn row(comparison: &Comparison<'_>, id: EntryId, one: &Use) -> LexiconUseRow {
    let (lexicon, category, term, mode) = key(comparison, id);
    let is_blocker = comparison.lexicon.category(comparison.lexicon.entry(id).category).blocker;
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
    use crate::tally::fixture::{Part, article, changed};
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
        let one = article(
            "a",
            "Alpha",
            &[Part::body("War and war.").mention("War", 3).mention("war", 3)],
        );
        let cue = CueRecord { entry: EntryId(4), paragraph: 0, marks: None, place: None };
        let one = changed(one, |record| record.cues.push(cue));
        let two = article("b", "Beta", &[Part::body("No war.").mention("war", 3)]);
        let tally = Tally::merge_all([one, two]).unwrap();
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let uses = comparison.fold(LexiconUse::new(&comparison)).unwrap();
        let rows: Vec<LexiconUseRow> = uses.rows().collect();
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
