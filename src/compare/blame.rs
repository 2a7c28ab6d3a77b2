//! Who is held responsible, by whom, in whose voice.

use crate::compare::counted::Counted;
use crate::compare::evidence::ArticleEvidence;
use crate::compare::fold::Article;
use crate::tally::{BlameRecord, MentionRecord};

/// One ascription of blame.
#[derive(Clone, Debug, PartialEq)]
pub struct BlameRow {
    /// The article.
    pub article_id: String,
    /// Its outlet.
    pub outlet: String,
    /// Sentence number.
    pub sentence_no: u32,
    /// Who is blamed, in the words of the article; empty if undecided.
    pub blamed_text: String,
    /// The topmost actor that they name; empty if they name none.
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

/// The ascriptions of blame in an article, by sentence.
pub fn blame(article: &Article<'_>, evidence: &ArticleEvidence) -> Vec<BlameRow> {
    let record = article.record;
    let row = |blame: &BlameRecord| BlameRow {
        article_id: record.id.clone(),
        outlet: record.outlet.clone(),
        sentence_no: blame.sentence,
        blamed_text: blame.blamed_text.clone(),
        blamed_actor: article.comparison.actor_name(blame.blamed_actor),
        blamer: blame.blamer.clone(),
        voice: blame.voice.name(),
        harm_text: blame.harm_text.clone(),
        meta_blame: blame.meta_blame,
        negated: blame.negated,
        evidence_id: evidence.id_of(counted_as(article, blame)),
    };
    let mut rows: Vec<BlameRow> = record.blame.iter().map(row).collect();
    rows.sort_by(|a, b| (a.sentence_no, &a.evidence_id).cmp(&(b.sentence_no, &b.evidence_id)));
    rows
}

/// The mention that stands in the tables for the one behind the blame: the first one over the same
/// words that counts in its category.
fn counted_as(article: &Article<'_>, blame: &BlameRecord) -> usize {
    let lexicon = article.comparison.lexicon;
    let behind = &article.record.mentions[blame.mention as usize];
    let category = lexicon.entry(behind.entry).category;
    let stands_for = |one: &&Counted<'_>| {
        let same = one.mention.chars == behind.chars;
        same && lexicon.with_ancestors(one.category).any(|level| level == category)
    };
    // Counted mentions stand in reading order.
    let start = |mention: &MentionRecord| (mention.paragraph, mention.chars.start);
    let first = article.counted.partition_point(|one| start(one.mention) < start(behind));
    let mut here =
        article.counted[first..].iter().take_while(|one| start(one.mention) == start(behind));
    here.find(stands_for).map_or(blame.mention as usize, |one| one.at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Voice;
    use crate::compare::fold::Fold;
    use crate::compare::lexicon_fixture::lexicon;
    use crate::compare::{Comparison, Evidence, EvidenceRow, EvidenceSettings, EvidenceSizes};
    use crate::tally::fixture::{Part, article, changed};

    struct Rows(Evidence, Vec<EvidenceRow>, Vec<BlameRow>);

    impl Fold for Rows {
        fn add(&mut self, article: &Article<'_>) {
            let evidence = self.0.of(article, 1);
            self.2 = blame(article, &evidence);
            self.1 = evidence.rows;
        }
    }

    impl Rows {
        fn both(self) -> (Vec<EvidenceRow>, Vec<BlameRow>) {
            (self.1, self.2)
        }
    }

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
        let tally = article("a", "Daily", &[part]);
        let blame = BlameRecord {
            sentence: 1,
            paragraph: 0,
            blamed_text: "The US".into(),
            blamed_actor: lexicon.find_category(crate::lexicon::Kind::Actor, "us/state"),
            blamer: "Zhang".into(),
            voice: Voice::Reported,
            harm_text: "war".into(),
            meta_blame: false,
            negated: false,
            mention: 2,
        };
        let tally = changed(tally, |record| record.blame.push(blame.clone()));
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let sizes = comparison.fold(EvidenceSizes::default()).unwrap();
        let evidence = Evidence::new(&sizes, &EvidenceSettings::default());
        let (evidence, rows) =
            comparison.fold(Rows(evidence, Vec::new(), Vec::new())).unwrap().both();
        assert_eq!((rows[0].blamed_actor.as_str(), rows[0].blamer.as_str()), ("us", "Zhang"));
        let behind = evidence.iter().find(|row| row.evidence_id == rows[0].evidence_id);
        assert_eq!(behind.unwrap().matched, "fuel war");
    }
}
