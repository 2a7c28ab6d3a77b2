//! Who is held responsible, by whom, in whose voice.

use crate::compare::comparison::Comparison;
use crate::compare::counted::{Counted, counted};
use crate::compare::evidence::Evidence;
use crate::tally::{ArticleRecord, BlameRecord};

/// One ascription of blame.
#[derive(Clone, Debug, PartialEq)]
pub struct BlameRow {
    /// The article.
    pub article_id: String,
    /// Its outlet.
    pub outlet: String,
    /// Sentence number.
    pub sentence_no: u32,
    /// The topmost actor that is blamed; empty if undecided.
    pub blamed_actor: String,
    /// Who blames; empty for the outlet itself.
    pub blamer: String,
    /// `own`, `reported` or `quoted`.
    pub voice: &'static str,
    /// The harm in the article's words; empty if they do not name it.
    pub harm_text: String,
    /// Blame that is said to be shifted.
    pub meta_blame: bool,
    /// Denied blame.
    pub negated: bool,
    /// The row of the evidence behind it; empty if that is not shown.
    pub evidence_id: String,
}

/// Every ascription of blame, by article and sentence.
pub fn blame(comparison: &Comparison<'_>, evidence: &Evidence<'_>) -> Vec<BlameRow> {
    let mut rows = Vec::new();
    for (at, record) in comparison.tally.records.iter().enumerate() {
        for blame in &record.blame {
            let mention = counted_as(comparison, record, blame);
            rows.push(BlameRow {
                article_id: record.id.clone(),
                outlet: record.outlet.clone(),
                sentence_no: blame.sentence,
                blamed_actor: comparison.actor_name(blame.blamed_actor),
                blamer: blame.blamer.clone(),
                voice: blame.voice.name(),
                harm_text: blame.harm_text.clone(),
                meta_blame: blame.meta_blame,
                negated: blame.negated,
                evidence_id: evidence.id_of(at, mention),
            });
        }
    }
    rows.sort_by(|a, b| {
        let key =
            |row: &BlameRow| (row.article_id.clone(), row.sentence_no, row.evidence_id.clone());
        key(a).cmp(&key(b))
    });
    rows
}

/// The mention that stands in the tables for the one behind the blame: the first one over the same
/// words that counts in its category.
fn counted_as(comparison: &Comparison<'_>, record: &ArticleRecord, blame: &BlameRecord) -> usize {
    let lexicon = comparison.lexicon;
    let behind = &record.mentions[blame.mention as usize];
    let category = lexicon.entry(behind.entry).category;
    let stands_for = |one: &Counted<'_>| {
        let here = (one.mention.paragraph, one.mention.chars) == (behind.paragraph, behind.chars);
        here && lexicon.with_ancestors(one.category).any(|level| level == category)
    };
    let counted = counted(record, comparison).into_iter().find(stands_for);
    counted.map_or(blame.mention as usize, |one| one.at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Voice;
    use crate::compare::lexicon_fixture::lexicon;
    use crate::compare::{EvidenceSettings, evidence};
    use crate::tally::fixture::{Part, article};

    #[test]
    fn blame_leads_to_the_row_behind_it_and_names_the_topmost_actor() {
        let lexicon = lexicon(&[
            ("actors", "us/state", "US"),
            ("frames", "blame/cause", "fuel"),
            ("frames", "blame/cause", "fuel war"),
            ("frames", "war", "war"),
        ]);
        let part = Part::body("The US would fuel war.")
            .voice(Voice::Reported)
            .mention("US", 0)
            .mention("fuel war", 1)
            .mention("fuel war", 2)
            .mention("war.", 3);
        let mut tally = article("a", "Daily", &[part]);
        tally.records[0].blame.push(BlameRecord {
            sentence: 1,
            paragraph: 0,
            blamed_actor: lexicon.find_category(crate::lexicon::Kind::Actor, "us/state"),
            blamer: "Zhang".into(),
            voice: Voice::Reported,
            harm_text: "war".into(),
            meta_blame: false,
            negated: false,
            mention: 2,
        });
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let evidence = evidence(&comparison, &EvidenceSettings::default());
        let rows = blame(&comparison, &evidence);
        assert_eq!((rows[0].blamed_actor.as_str(), rows[0].blamer.as_str()), ("us", "Zhang"));
        let behind = evidence.rows().find(|row| row.evidence_id == rows[0].evidence_id);
        assert_eq!(behind.unwrap().matched, "fuel war");
    }
}
