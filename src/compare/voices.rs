//! How much each article and each outlet says in its own voice, and what else describes them.

use std::collections::BTreeMap;

use foldhash::fast::FixedState;
use hashbrown::HashSet;

use crate::base::{LanguageFrom, Published, Voice};
use crate::compare::cells::share;
use crate::compare::comparison::Comparison;
use crate::compare::events::Events;
use crate::compare::fold::{Article, Fold};
use crate::corpus::TextBasis;
use crate::lexicon::Kind;
use crate::tally::{ArticleRecord, StableHash};

/// One article.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleRow {
    /// Unique in the corpus.
    pub article_id: String,
    /// Who published it.
    pub outlet: String,
    /// When.
    pub published: Published,
    /// Code of the language whose rules it was counted by.
    pub language: String,
    /// How that is known.
    pub language_from: LanguageFrom,
    /// Its headline; empty if it has none.
    pub title: String,
    /// Sentences of the kept text, title included.
    pub sentences: u64,
    /// Words of the kept text, title included, by voice in the order of [`Voice::ALL`].
    pub words_by_voice: [u64; 3],
    /// Stretches of text that do not count.
    pub paragraphs_excluded: u64,
    /// Mentions of each topmost frame, in the order of [`top_frames`].
    pub frames: Vec<u64>,
    /// The first version of its cluster of near-duplicates; empty if it is alone.
    pub duplicate_cluster: String,
    /// The event it is about; empty if unknown.
    pub event: String,
    /// Articles of other outlets on its event.
    pub comparable_articles: u64,
    /// What its offsets count in.
    pub text_basis: TextBasis,
    /// Checksum of that text.
    pub text_sha256: String,
    /// Its own file; empty for records.
    pub source_file: String,
    /// Checksum of the file, or of title and text of a record.
    pub source_sha256: String,
}

impl ArticleRow {
    /// Words of the kept text, title included.
    pub fn words(&self) -> u64 {
        self.words_by_voice.iter().sum()
    }
}

/// Paths of the topmost frames, in the order of [`ArticleRow::frames`].
pub fn top_frames(comparison: &Comparison<'_>) -> Vec<String> {
    comparison.top_categories(Kind::Frame).map(|(_, category)| category.path.clone()).collect()
}

/// The row of an article.
pub fn article_row(article: &Article<'_>, events: &Events) -> ArticleRow {
    let record = article.record;
    ArticleRow {
        article_id: record.id.clone(),
        outlet: record.outlet.clone(),
        published: record.published.clone(),
        language: record.language.clone(),
        language_from: record.language_from,
        title: record.title.clone(),
        sentences: u64::from(record.sentences),
        words_by_voice: record.words_by_voice_in(None),
        paragraphs_excluded: record.removals.len() as u64,
        frames: frame_counts(article),
        duplicate_cluster: article.comparison.units.name(article.at, article.comparison.tally),
        event: events.of(article.at, article.comparison.tally),
        comparable_articles: events.comparable_articles(article.at),
        text_basis: record.text_basis,
        text_sha256: record.text_sha256.0.clone(),
        source_file: record.source_file.clone(),
        source_sha256: record.source_sha256.0.clone(),
    }
}

/// Mentions of each topmost frame in one article.
fn frame_counts(article: &Article<'_>) -> Vec<u64> {
    let comparison = article.comparison;
    let mut counts: BTreeMap<_, u64> =
        comparison.top_categories(Kind::Frame).map(|(id, _)| (id, 0)).collect();
    for one in &article.counted {
        if let Some(count) = counts.get_mut(&comparison.lexicon.top(one.category)) {
            *count += 1;
        }
    }
    counts.into_values().collect()
}

/// One outlet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutletRow {
    /// Its name.
    pub outlet: String,
    /// Its articles.
    pub articles: u64,
    /// The same with near-duplicates counted once.
    pub distinct_articles: u64,
    /// Earliest printed day; `None` if no article has a date.
    pub first_published: Option<String>,
    /// Latest printed day.
    pub last_published: Option<String>,
    /// Sentences of all its articles.
    pub sentences: u64,
    /// Words of all its articles, by voice in the order of [`Voice::ALL`].
    pub words_by_voice: [u64; 3],
    /// Speakers with a name; the same name in two articles is one speaker.
    pub speakers: u64,
}

impl OutletRow {
    /// Words of all its articles.
    pub fn words(&self) -> u64 {
        self.words_by_voice.iter().sum()
    }

    /// Share of its words in one voice, in [0, 1]; `None` without words.
    pub fn share_words(&self, voice: Voice) -> Option<f64> {
        share(self.words_by_voice[voice.index()], self.words())
    }
}

/// Every outlet, in the order of every table.
pub struct Outlets {
    rows: Vec<OutletRow>,
    /// Hashes of the speakers of each: they may be more than the articles, and are only counted.
    speakers: Vec<HashSet<u64, FixedState>>,
}

impl Fold for Outlets {
    fn add(&mut self, article: &Article<'_>) {
        let row = &mut self.rows[article.outlet];
        add(row, article.record);
        row.distinct_articles += u64::from(article.comparison.units.is_distinct(article.at));
        let speakers = &mut self.speakers[article.outlet];
        for quote in &article.record.quotes {
            if !quote.speaker.is_empty() {
                speakers.insert(StableHash::default().text(&quote.speaker).finish());
            }
        }
    }
}

impl Outlets {
    /// No article yet.
    pub fn new(comparison: &Comparison<'_>) -> Self {
        let named =
            |outlet: &&str| OutletRow { outlet: outlet.to_string(), ..OutletRow::default() };
        let rows: Vec<OutletRow> = comparison.outlets.iter().map(named).collect();
        Outlets { speakers: vec![HashSet::default(); rows.len()], rows }
    }

    /// One row per outlet.
    pub fn rows(mut self) -> Vec<OutletRow> {
        for (row, speakers) in self.rows.iter_mut().zip(self.speakers) {
            row.speakers = speakers.len() as u64;
        }
        self.rows
    }
}

fn add(row: &mut OutletRow, record: &ArticleRecord) {
    row.articles += 1;
    row.sentences += u64::from(record.sentences);
    for (sum, words) in row.words_by_voice.iter_mut().zip(record.words_by_voice_in(None)) {
        *sum += words;
    }
    if let Some(day) = &record.published.day {
        let earlier = row.first_published.as_ref().is_none_or(|first| day < first);
        let later = row.last_published.as_ref().is_none_or(|last| day > last);
        if earlier {
            row.first_published = Some(day.clone());
        }
        if later {
            row.last_published = Some(day.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Zone;
    use crate::compare::lexicon_fixture::lexicon;
    use crate::lexicon::Lexicon;
    use crate::tally::Tally;
    use crate::tally::fixture::{Part, article, changed};

    fn words() -> Lexicon {
        lexicon(&[
            ("frames", "tension/dispute", "row"),
            ("frames", "tension/rivalry", "row"),
            ("frames", "war", "war"),
        ])
    }

    fn tally() -> Tally {
        let one = article(
            "b",
            "Alpha",
            &[
                Part::title("War and row").mention("War", 2).mention("row", 0),
                Part::body("He said war. And row.").voice(Voice::Reported).mention("row", 1),
            ],
        );
        let dated = |tally, day: &str, number| {
            let published = Published::new(day.into(), number, None, Zone::Utc);
            changed(tally, |record| record.published = published.clone())
        };
        let one = dated(one, "1970-01-05", 4);
        let two = dated(article("a", "Alpha", &[Part::body("Peace.")]), "1970-01-03", 2);
        let three = article("c", "Beta", &[Part::body("Quiet.")]);
        Tally::merge_all([one, two, three]).unwrap()
    }

    #[test]
    fn an_outlet_sums_its_articles() {
        let tally = tally();
        let lexicon = words();
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let rows = comparison.fold(Outlets::new(&comparison)).unwrap().rows();
        let alpha = &rows[0];
        assert_eq!((alpha.articles, alpha.sentences, alpha.words()), (2, 4, 9));
        assert_eq!(alpha.words_by_voice, [4, 5, 0]);
        assert_eq!(alpha.share_words(Voice::Own), Some(4.0 / 9.0));
        assert_eq!(alpha.first_published.as_deref(), Some("1970-01-03"));
        assert_eq!(alpha.last_published.as_deref(), Some("1970-01-05"));
        assert_eq!((rows[1].outlet.as_str(), rows[1].first_published.as_deref()), ("Beta", None));
    }

    #[test]
    fn an_article_counts_its_topmost_frames() {
        let lexicon = words();
        let tally = tally();
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        assert_eq!(top_frames(&comparison), ["tension", "war"]);
        let rows = comparison.fold(Rows(Vec::new())).unwrap().0;
        let shown: Vec<(&str, &[u64])> =
            rows.iter().map(|row| (row.article_id.as_str(), row.frames.as_slice())).collect();
        assert_eq!(shown, [("a", &[0, 0][..]), ("b", &[2, 1]), ("c", &[0, 0])]);
    }

    struct Rows(Vec<ArticleRow>);

    impl Fold for Rows {
        fn add(&mut self, article: &Article<'_>) {
            self.0.push(article_row(article, &Events::default()));
        }
    }
}
