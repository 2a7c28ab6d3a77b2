//! What people's texts say of tables that are too long to keep: summed while articles are read.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Language, Voice};
use crate::compare::QuoteRow;
use crate::corpus::TextBasis;
use crate::tally::ArticleRecord;

/// Sums over all articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArticleSums {
    /// All of them.
    pub articles: u64,
    /// By outlet.
    pub by_outlet: BTreeMap<String, OutletArticles>,
    /// By language, and by how it is known in the order of `LanguageFrom`.
    pub by_language: BTreeMap<Language, [u64; 4]>,
    /// Those whose title or text was reduced from HTML.
    pub html: u64,
    /// Those without a date.
    pub undated: u64,
    /// Those of which cleaning leaves no word.
    pub wordless: u64,
    /// Whether it is known which of them are on one event.
    pub on_events: bool,
}

/// The articles of one outlet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutletArticles {
    /// All of them.
    pub all: u64,
    /// Those on whose event another outlet has an article; 0 if that is not known.
    pub matched: u64,
    /// Their printed days.
    pub days: BTreeSet<String>,
}

impl ArticleSums {
    /// Takes in an article; whether another outlet has one on its event is not known yet.
    pub fn add(&mut self, record: &ArticleRecord) {
        let language = Language::parse(&record.language).unwrap_or_default();
        self.by_language.entry(language).or_default()[record.language_from as usize] += 1;
        self.undated += u64::from(record.published.day.is_none());
        self.wordless += u64::from(record.words.is_empty());
        self.html += u64::from(record.text_basis == TextBasis::Html);
        self.add_article(&record.outlet, record.published.day.as_deref(), false);
    }

    /// Takes in that another outlet has an article on the event of one of this outlet's.
    pub fn add_matched(&mut self, outlet: &str) {
        if let Some(sums) = self.by_outlet.get_mut(outlet) {
            sums.matched += 1;
        }
    }

    pub(crate) fn add_article(&mut self, outlet: &str, day: Option<&str>, matched: bool) {
        if !self.by_outlet.contains_key(outlet) {
            self.by_outlet.insert(outlet.to_string(), OutletArticles::default());
        }
        self.articles += 1;
        if let Some(sums) = self.by_outlet.get_mut(outlet) {
            sums.all += 1;
            sums.matched += u64::from(matched);
            if let Some(day) = day.filter(|day| !sums.days.contains(*day)) {
                sums.days.insert(day.to_string());
            }
        }
    }
}

/// Quotes and their words by kind and outlet, those within another one of their kind left out, so
/// that a statement within a statement never counts twice. The kinds are the four forms, the
/// `indirect` ones only where they are reported speech; of these again those of a `collective`; and
/// `agentless` ones, whose words stay the outlet's own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuoteSums {
    sums: BTreeMap<(&'static str, String), (usize, i64)>,
}

/// A quote as the sums see it.
pub(crate) struct QuoteSpan {
    pub(crate) form: &'static str,
    pub(crate) voice: Voice,
    /// Said by a collective without names ("experts say").
    pub(crate) collective: bool,
    pub(crate) outlet: String,
    /// Offsets of a record start again in its text, so that its title, sentence 1, stands apart.
    pub(crate) in_title: bool,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) words: i64,
}

impl QuoteSums {
    /// Takes in the rows of one article.
    pub fn add(&mut self, rows: &[QuoteRow]) {
        let span = |row: &QuoteRow| QuoteSpan {
            form: row.form,
            voice: row.voice,
            collective: row.vague && !row.speaker_text.is_empty(),
            outlet: row.outlet.clone(),
            in_title: row.sentence_no == 1,
            start: row.char_start,
            end: row.char_end,
            words: i64::from(row.words),
        };
        self.add_spans(rows.iter().map(span).collect());
    }

    /// Takes in the quotes of one article: those that do not lie within another one of their kind;
    /// of equal ones the first.
    pub(crate) fn add_spans(&mut self, mut spans: Vec<QuoteSpan>) {
        spans.sort_by_key(|span| (span.in_title, span.start, std::cmp::Reverse(span.end)));
        let mut reached: BTreeMap<(&'static str, bool), u32> = BTreeMap::new();
        for span in &spans {
            let kind = kind(span);
            let reach = reached.entry((kind, span.in_title)).or_default();
            if span.end <= *reach {
                continue;
            }
            *reach = span.end;
            self.count(kind, span);
            if kind == "indirect" && span.collective {
                self.count("collective", span);
            }
        }
    }

    fn count(&mut self, kind: &'static str, span: &QuoteSpan) {
        let (n, words) = self.sums.entry((kind, span.outlet.clone())).or_default();
        *n += 1;
        *words += span.words;
    }

    /// Quotes of a kind in an outlet, and their words.
    pub fn of(&self, kind: &'static str, outlet: &str) -> (usize, i64) {
        self.sums.get(&(kind, outlet.to_string())).copied().unwrap_or_default()
    }
}

/// The kind that a quote counts in, `collective` ones among the `indirect`.
fn kind(span: &QuoteSpan) -> &'static str {
    match span.form {
        "indirect" if span.voice == Voice::Own => "agentless",
        form => form,
    }
}
