//! What was left out of the articles: nothing vanishes.

use crate::compare::fold::Article;
use crate::tally::{RemovalRecord, collapse};

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

/// The removals of an article, by place.
pub fn removed(article: &Article<'_>) -> Vec<RemovedRow> {
    let record = article.record;
    let row = |removal: &RemovalRecord| RemovedRow {
        article_id: record.id.clone(),
        outlet: record.outlet.clone(),
        char_start: removal.chars.start,
        char_end: removal.chars.end,
        rule: removal.rule.clone(),
        repeats_char_start: removal.repeats_char_start,
        text: collapse(&removal.text),
    };
    let mut rows: Vec<RemovedRow> = record.removals.iter().map(row).collect();
    let key = |row: &RemovedRow| (row.char_start, row.char_end, row.rule.clone());
    rows.sort_by_cached_key(key);
    rows
}
