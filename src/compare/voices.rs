//! How much each article and each outlet says in its own voice, and what else describes them.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Published, Voice};
use crate::compare::cells::share;
use crate::compare::comparison::Comparison;
use crate::compare::counted::counted;
use crate::compare::events::Events;
use crate::corpus::TextBasis;
use crate::lexicon::Kind;
use crate::tally::ArticleRecord;

/// One article.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleRow {
    /// Unique in the corpus.
    pub article_id: String,
    /// Who published it.
    pub outlet: String,
    /// When.
    pub published: Published,
    /// Language tag; empty if unknown.
    pub language: String,
    /// Its headline; empty if it has none.
    pub title: String,
    /// Sentences of the kept text, title included.
    pub sentences: u64,
    /// Words of the kept text, title included, by voice in the order of [`Voice::ALL`].
    pub words_by_voice: [u64; 3],
    /// Stretches of text that do not count.
    pub paragraphs_excluded: u64,
    /// Mentions of each topmost frame, in the order of [`ArticleTable::frames`].
    pub frames: Vec<u64>,
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

/// Every article, and the frames that are counted for each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArticleTable {
    /// Paths of the topmost frames.
    pub frames: Vec<String>,
    /// One row per article, by outlet, then id.
    pub rows: Vec<ArticleRow>,
}

/// Every article.
pub fn articles(comparison: &Comparison<'_>, events: &Events) -> ArticleTable {
    let tops = comparison.top_categories(Kind::Frame);
    let frames: Vec<String> = tops.map(|(_, category)| category.path.clone()).collect();
    let mut records: Vec<&ArticleRecord> = comparison.tally.records.iter().collect();
    records.sort_by_key(|record| comparison.outlet_of(record));
    let rows = records.into_iter().map(|record| ArticleRow {
        article_id: record.id.clone(),
        outlet: record.outlet.clone(),
        published: record.published.clone(),
        language: record.language.clone(),
        title: record.title.clone(),
        sentences: u64::from(record.sentences),
        words_by_voice: record.words_by_voice_in(None),
        paragraphs_excluded: record.removals.len() as u64,
        frames: frame_counts(comparison, record),
        event: events.of_article.get(&record.id).cloned().unwrap_or_default(),
        comparable_articles: events.comparable_articles.get(&record.id).copied().unwrap_or(0),
        text_basis: record.text_basis,
        text_sha256: record.text_sha256.0.clone(),
        source_file: record.source_file.clone(),
        source_sha256: record.source_sha256.0.clone(),
    });
    ArticleTable { rows: rows.collect(), frames }
}

/// Mentions of each topmost frame in one article.
fn frame_counts(comparison: &Comparison<'_>, record: &ArticleRecord) -> Vec<u64> {
    let mut counts: BTreeMap<_, u64> =
        comparison.top_categories(Kind::Frame).map(|(id, _)| (id, 0)).collect();
    for one in counted(record, comparison) {
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
pub fn outlets(comparison: &Comparison<'_>) -> Vec<OutletRow> {
    let named = |outlet: &&str| OutletRow { outlet: outlet.to_string(), ..OutletRow::default() };
    let mut rows: Vec<OutletRow> = comparison.outlets.iter().map(named).collect();
    let mut speakers = vec![BTreeSet::new(); rows.len()];
    for record in &comparison.tally.records {
        let outlet = comparison.outlet_of(record);
        add(&mut rows[outlet], record);
        let names = record.quotes.iter().map(|quote| quote.speaker.as_str());
        speakers[outlet].extend(names.filter(|name| !name.is_empty()));
    }
    for (row, speakers) in rows.iter_mut().zip(speakers) {
        row.speakers = speakers.len() as u64;
    }
    rows
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
    use crate::tally::Tally;
    use crate::tally::fixture::{Part, article};

    fn tally() -> Tally {
        let mut one = article(
            "b",
            "Alpha",
            &[
                Part::title("War and row").mention("War", 2).mention("row", 0),
                Part::body("He said war. And row.").voice(Voice::Reported).mention("row", 1),
            ],
        );
        one.records[0].published = Published::new("1970-01-05".into(), 4, None, Zone::Utc);
        let mut two = article("a", "Alpha", &[Part::body("Peace.")]);
        two.records[0].published = Published::new("1970-01-03".into(), 2, None, Zone::Utc);
        let three = article("c", "Beta", &[Part::body("Quiet.")]);
        Tally::merge_all([one, two, three]).unwrap()
    }

    #[test]
    fn an_outlet_sums_its_articles() {
        let tally = tally();
        let rows = outlets(&Comparison::new(&tally, &Default::default(), &[]));
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
        let lexicon = lexicon(&[
            ("frames", "tension/dispute", "row"),
            ("frames", "tension/rivalry", "row"),
            ("frames", "war", "war"),
        ]);
        let tally = tally();
        let order = ["Beta".to_string()];
        let table = articles(&Comparison::new(&tally, &lexicon, &order), &Events::default());
        assert_eq!(table.frames, ["tension", "war"]);
        let ids: Vec<&str> = table.rows.iter().map(|row| row.article_id.as_str()).collect();
        assert_eq!(ids, ["c", "a", "b"]);
        assert_eq!(
            (table.rows[2].frames.clone(), table.rows[1].frames.clone()),
            (vec![2, 1], vec![0, 0])
        );
    }
}
