//! What was left out of the articles: nothing vanishes.

use crate::compare::comparison::Comparison;
use crate::tally::collapse;

/// One stretch of text that does not count.
#[derive(Clone, Debug, PartialEq)]
pub struct RemovedRow {
    /// The article.
    pub article_id: String,
    /// Its outlet.
    pub outlet: String,
    /// First code point.
    pub char_start: u32,
    /// One past the last.
    pub char_end: u32,
    /// The rule that removed it.
    pub rule: String,
    /// First code point of the first copy; `None` unless it is a repeat.
    pub repeats_char_start: Option<u32>,
    /// What was removed.
    pub text: String,
}

/// Every removal, by article and place.
pub fn removed(comparison: &Comparison<'_>) -> Vec<RemovedRow> {
    let mut rows = Vec::new();
    for record in &comparison.tally.records {
        rows.extend(record.removals.iter().map(|removal| RemovedRow {
            article_id: record.id.clone(),
            outlet: record.outlet.clone(),
            char_start: removal.chars.start,
            char_end: removal.chars.end,
            rule: removal.rule.clone(),
            repeats_char_start: removal.repeats_char_start,
            text: collapse(&removal.text),
        }));
    }
    rows.sort_by(|a, b| {
        (&a.article_id, a.char_start, a.char_end, &a.rule).cmp(&(
            &b.article_id,
            b.char_start,
            b.char_end,
            &b.rule,
        ))
    });
    rows
}
