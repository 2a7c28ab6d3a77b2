//! What counts as one mention: a stretch of words in a category, however many entries match it.
//!
//! Every table and every row of the evidence goes through here, so that they cannot disagree.

use crate::compare::comparison::Comparison;
use crate::lexicon::{CategoryId, Lexicon};
use crate::tally::{ArticleRecord, CharSpan, MentionRecord};

/// A mention as the tables count it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted<'a> {
    /// The mention; if several entries of the category match the same words, the first of them.
    pub(crate) mention: &'a MentionRecord,
    /// Its position in [`ArticleRecord::mentions`].
    pub(crate) at: usize,
    /// The category it counts in, and with it every level above.
    pub(crate) category: CategoryId,
}

impl Counted<'_> {
    /// Whether the mention says that somebody was silent about what a level stands for: about the
    /// category of the mention and the levels above, but about no country whose leader alone is passed
    /// over.
    pub(crate) fn is_silence_about(&self, level: CategoryId, lexicon: &Lexicon) -> bool {
        let own = || lexicon.entry(self.mention.entry).category;
        let person = || lexicon.category(own()).path.ends_with("/person");
        self.mention.reported_silence && (level == own() || !person())
    }
}

/// For each category of a lexicon where its mentions count: the category itself and those into which
/// it counts by `also_in`, without levels above another of them. Worked out once per run.
#[derive(Clone, Debug)]
pub(crate) struct Placements(Vec<Vec<CategoryId>>);

impl Placements {
    /// `wanted` says of each category whether anything counts in it.
    pub(crate) fn new(lexicon: &Lexicon, wanted: &[bool]) -> Self {
        let categories = 0..u32::try_from(lexicon.categories.len()).unwrap_or(u32::MAX);
        let lowest = |id| {
            let mut all = lexicon.counts_in(CategoryId(id));
            all.retain(|category| wanted[category.0 as usize]);
            drop_levels_above(&mut all, lexicon, |category| *category);
            all
        };
        Placements(categories.map(lowest).collect())
    }

    fn of(&self, category: CategoryId) -> &[CategoryId] {
        &self.0[category.0 as usize]
    }
}

/// The mentions of an article as the tables count them, in reading order.
///
/// The same words count once in a category, even if several of its entries match them; they count
/// in each category that lists them, except in the levels above another of those, where they count
/// already. An outlet's own name is no mention of an actor.
pub(crate) fn counted<'a>(
    record: &'a ArticleRecord,
    comparison: &Comparison<'_>,
) -> Vec<Counted<'a>> {
    let own_names = comparison.own_names(&record.outlet);
    let mut all = Vec::with_capacity(record.mentions.len());
    let mut start = 0;
    for group in record.mentions.chunk_by(|a, b| place(a) == place(b)) {
        let first = all.len();
        count_here(group.iter(), comparison, &mut all);
        for one in &mut all[first..] {
            one.at += start;
        }
        start += group.len();
    }
    all.retain(|one| !own_names.contains(&one.mention.entry));
    all
}

/// The words that a mention stands for.
pub(crate) fn place(mention: &MentionRecord) -> (u32, CharSpan) {
    (mention.paragraph, mention.chars)
}

/// The mentions over the same words as the tables count them; positions are those in `group`.
pub(crate) fn counted_here<'a>(
    group: impl ExactSizeIterator<Item = &'a MentionRecord>,
    comparison: &Comparison<'_>,
) -> Vec<Counted<'a>> {
    let mut here = Vec::new();
    count_here(group, comparison, &mut here);
    here
}

/// Appends the mentions over the same words as the tables count them.
fn count_here<'a>(
    group: impl ExactSizeIterator<Item = &'a MentionRecord>,
    comparison: &Comparison<'_>,
    all: &mut Vec<Counted<'a>>,
) {
    let lexicon = comparison.lexicon;
    let several = group.len() > 1;
    let first = all.len();
    for (at, mention) in group.enumerate() {
        for &category in comparison.placements.of(lexicon.entry(mention.entry).category) {
            if all[first..].iter().all(|other| other.category != category) {
                all.push(Counted { mention, at, category });
            }
        }
    }
    if several {
        let mut here = all.split_off(first);
        drop_levels_above(&mut here, lexicon, |counted| counted.category);
        all.append(&mut here);
    }
}

/// Keeps what stands in no level above another.
fn drop_levels_above<T>(all: &mut Vec<T>, lexicon: &Lexicon, category: fn(&T) -> CategoryId) {
    let levels = |one: &T| lexicon.with_ancestors(category(one)).skip(1);
    let above: Vec<CategoryId> = all.iter().flat_map(levels).collect();
    all.retain(|one| !above.contains(&category(one)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::lexicon_fixture::lexicon;
    use crate::lexicon::Kind;
    use crate::tally::Tally;
    use crate::tally::fixture::{Part, article, changed, records};

    const ROWS: [(&str, &str, &str); 4] = [
        ("frames", "blame", "fuel conflict"),
        ("frames", "tension", "fuel conflict"),
        ("frames", "tension/dispute", "conflict"),
        ("frames", "tension/dispute", "fuel conflict"),
    ];

    fn paths(tally: &Tally) -> Vec<String> {
        let lexicon = lexicon(&ROWS);
        let record = &records(tally)[0];
        let counted = counted(record, &Comparison::new(tally, &lexicon, &[]));
        counted.iter().map(|c| lexicon.category(c.category).path.clone()).collect()
    }

    #[test]
    fn two_entries_of_a_category_over_the_same_words_are_one_mention() {
        let part = Part::body("They fuel conflict.").mention("conflict", 2).mention("conflict", 3);
        assert_eq!(paths(&article("a", "X", &[part])), ["tension/dispute"]);
    }

    #[test]
    fn the_same_words_count_in_each_category_but_not_twice_on_a_level_above() {
        let part = Part::body("They fuel conflict.");
        let part = (0..4).fold(part, |part, entry| part.mention("fuel conflict", entry));
        assert_eq!(paths(&article("a", "X", &[part])), ["blame", "tension/dispute"]);
    }

    #[test]
    fn a_category_can_count_in_another_one_too() {
        let mut lexicon = lexicon(&[("concepts", "arms", "tanks"), ("concepts", "war/all", "war")]);
        let war = lexicon.find_category(Kind::Concept, "war").unwrap();
        lexicon.categories[0].also_in = vec![war];
        let tally = article("a", "X", &[Part::body("Tanks.").mention("Tanks", 0)]);
        let record = &records(&tally)[0];
        let counted = counted(record, &Comparison::new(&tally, &lexicon, &[]));
        let categories: Vec<CategoryId> = counted.iter().map(|c| c.category).collect();
        assert_eq!(categories, [CategoryId(0), war]);
    }

    #[test]
    fn a_roll_up_is_counted_apart_and_the_same_words_once() {
        let mut lexicon = lexicon(&[
            ("frames", "tension", "row"),
            ("frames", "war", "row"),
            ("frames", "z", "z"),
        ]);
        let both = lexicon.find_category(Kind::Frame, "z").unwrap();
        lexicon.entries.truncate(2);
        lexicon.categories[0].also_in = vec![both];
        lexicon.categories[1].also_in = vec![both];
        let part = Part::body("A row.").mention("row", 0).mention("row", 1);
        let tally = article("a", "X", &[part]);
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let record = &records(&tally)[0];
        assert_eq!(counted(record, &comparison).len(), 2);
        let rollups = comparison.of_rollups();
        let of_rollups = counted(record, &rollups);
        assert_eq!(of_rollups.iter().map(|c| c.category).collect::<Vec<_>>(), [both]);
    }

    #[test]
    fn the_same_offsets_in_title_and_text_of_a_record_are_two_mentions() {
        let tally = article(
            "a",
            "X",
            &[Part::title("Conflict").mention("Conflict", 2), Part::body("Conflict.")],
        );
        let tally = changed(tally, |record| {
            let second = MentionRecord { paragraph: 1, ..record.mentions[0].clone() };
            record.mentions.push(second);
        });
        assert_eq!(paths(&tally).len(), 2);
    }
}
