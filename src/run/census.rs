//! What the manifest says of all articles together.

use crate::compare::{Article, Fold};
use crate::report::RecordList;

/// Sums over all articles.
#[derive(Default)]
pub(crate) struct Census {
    /// Kept words.
    pub(crate) words: u64,
    /// Matches of the lexicons.
    pub(crate) mentions: u64,
    /// Quotes.
    pub(crate) quotes: u64,
    /// Whether any article has a file of its own.
    pub(crate) whole_files: bool,
    /// The articles that came as records.
    pub(crate) records: RecordList,
}

impl Fold for Census {
    fn add(&mut self, article: &Article<'_>) {
        let record = article.record;
        self.words += record.words.len() as u64;
        self.mentions += record.mentions.len() as u64;
        self.quotes += record.quotes.len() as u64;
        if record.source_file.is_empty() {
            self.records.add(&record.id, &record.text_sha256);
        } else {
            self.whole_files = true;
        }
    }
}
