//! What the manifest says of all articles together.

use crate::base::Language;
use crate::compare::{Article, Events, Fold};
use crate::report::{ArticleSums, RecordList};
use crate::tally::Tally;

/// Sums over all articles.
#[derive(Default)]
pub(crate) struct Census {
    /// Kept words.
    pub(crate) words: u64,
    /// Matches of the lexicons.
    pub(crate) mentions: u64,
    /// Quotes.
    pub(crate) quotes: u64,
    /// Whether any article is in a script without spaces, whose words are cut by dictionaries.
    pub(crate) dictionaries: bool,
    /// Whether any article has a file of its own.
    pub(crate) whole_files: bool,
    /// The articles that came as records.
    pub(crate) records: RecordList,
    /// Their outlets, days and languages.
    pub(crate) articles: ArticleSums,
}

impl Fold for Census {
    fn add(&mut self, article: &Article<'_>) {
        let record = article.record;
        self.articles.add(record);
        self.words += record.words.len() as u64;
        self.mentions += record.mentions.len() as u64;
        self.quotes += record.quotes.len() as u64;
        let language = Language::parse(&record.language);
        self.dictionaries |= language.is_some_and(|language| !language.has_spaces());
        if record.source_file.is_empty() {
            self.records.add(&record.id, &record.text_sha256);
        } else {
            self.whole_files = true;
        }
    }
}

impl Census {
    /// What people read of the articles, with their events if these are known.
    pub(crate) fn take_articles(&mut self, tally: &Tally, events: Option<&Events>) -> ArticleSums {
        let mut articles = std::mem::take(&mut self.articles);
        articles.on_events = events.is_some();
        for (at, head) in tally.heads.iter().enumerate() {
            if events.is_some_and(|events| events.comparable_articles(at) > 0) {
                articles.add_matched(&head.outlet);
            }
        }
        articles
    }
}
