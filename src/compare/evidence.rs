//! The row behind every count: which words, where, in whose voice, under which lexicon entry.

use std::collections::{BTreeMap, BinaryHeap};

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::base::{Section, Voice};
use crate::compare::counted::Counted;
use crate::compare::fold::{Article, Fold};
use crate::lexicon::{CategoryId, Entry, Kind};
use crate::tally::{ArticleRecord, CueRecord, MentionRecord, QuoteRecord, StableHash, collapse};

/// Code points shown on either side of the mention by [`EvidenceText::Kwic`], at most.
const CONTEXT: usize = 60;
/// Digits of an id at least, so that ids sort as text.
const ID_DIGITS: usize = 6;

/// How much of the text around a mention is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EvidenceText {
    /// The whole sentence.
    #[default]
    Sentence,
    /// The mention and a few words on either side.
    Kwic,
    /// None, for texts that may not be passed on; the offsets still point at it.
    None,
}

/// How much evidence is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvidenceSettings {
    /// Rows above which not every mention is shown; `None` for no limit.
    pub most_rows: Option<u64>,
    /// The same for words that take a stance, which are so many that they would crowd out mentions.
    pub most_stance_rows: Option<u64>,
    /// How much of the text around each.
    pub text: EvidenceText,
}

impl Default for EvidenceSettings {
    fn default() -> Self {
        EvidenceSettings {
            most_rows: Some(200_000),
            most_stance_rows: Some(20_000),
            text: EvidenceText::Sentence,
        }
    }
}

/// One mention.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceRow {
    /// `e` and its number among the rows shown.
    pub evidence_id: String,
    /// The article.
    pub article_id: String,
    /// Its outlet.
    pub outlet: String,
    /// `actor`, `concept`, `cue` (a word that takes a stance), `frame` or `label`.
    pub kind: &'static str,
    /// The path of the category it counts in; it counts in every level above, too.
    pub item: String,
    /// How people call the category.
    pub label: String,
    /// The lexicon row: its term and its match mode.
    pub entry: String,
    /// The term as typed in the lexicon.
    pub term: String,
    /// The words in the article.
    pub matched: String,
    /// First code point in the article's text.
    pub char_start: u32,
    /// One past the last.
    pub char_end: u32,
    /// Sentence number, from 1, the title first.
    pub sentence_no: u32,
    /// `title`, `lead` or `body`.
    pub section: &'static str,
    /// `own`, `reported` or `quoted`.
    pub voice: &'static str,
    /// Who says it, as far as the text tells.
    pub speaker: String,
    /// In a hedged clause.
    pub hedged: bool,
    /// Within the reach of a negator.
    pub negated: bool,
    /// In a short quotation that is no sentence with its speaker.
    pub scare_quoted: bool,
    /// The text says that somebody did not mention it.
    pub reported_silence: bool,
    /// Who did not.
    pub silent_party: String,
    /// The sentence.
    pub sentence: String,
}

/// A category and an outlet: what the evidence is a sample of, where it is one.
type Cell = (CategoryId, usize);

/// A mention in the order in which a cell keeps them: hash, article and mention.
type Draw = (u64, u32, u32);

/// Mentions, and words that take a stance, of each category by each outlet; pairs have no evidence of
/// their own.
#[derive(Default)]
pub struct EvidenceSizes {
    mentions: Sizes,
    stance: Sizes,
}

type Sizes = HashMap<Cell, u64, FixedState>;

impl Fold for EvidenceSizes {
    fn add(&mut self, article: &Article<'_>) {
        for one in shown_in(article) {
            *self.mentions.entry((one.category, article.outlet)).or_insert(0) += 1;
        }
        let lexicon = article.comparison.lexicon;
        for cue in article.record.cues.iter().filter(|cue| cue.place.is_some()) {
            let category = lexicon.entry(cue.entry).category;
            *self.stance.entry((category, article.outlet)).or_insert(0) += 1;
        }
    }
}

/// Which mentions are shown: all of them, or of each cell those with the smallest hashes.
pub struct Evidence {
    text: EvidenceText,
    /// Mentions counted.
    pub total: u64,
    /// Rows kept for each kind, item and outlet, if not every mention is shown.
    pub per_cell: Option<u64>,
    /// The same for words that take a stance.
    pub per_cell_stance: Option<u64>,
    /// How many rows there are.
    pub n_rows: u64,
    /// The mentions drawn so far, the last one of each cell on top.
    drawn: HashMap<Cell, BinaryHeap<Draw>, FixedState>,
}

/// The evidence behind the counts of frames, coverage, naming, pairs and stance.
///
/// If there is more than may be shown, each kind, item and outlet keeps the same number of rows, as
/// many as fit, but at least one. Then every article must be read twice: first to draw (this is a
/// fold), then to show what was drawn.
impl Fold for Evidence {
    fn add(&mut self, article: &Article<'_>) {
        if let Some(most) = self.per_cell {
            shown_in(article).for_each(|one| self.draw(article, one, most));
        }
        if let Some(most) = self.per_cell_stance {
            let words = stance_words(article.record);
            counted_stance(article, &words).for_each(|one| self.draw(article, &one, most));
        }
    }
}

impl Evidence {
    /// Nothing drawn yet, if there is need to.
    pub fn new(sizes: &EvidenceSizes, settings: &EvidenceSettings) -> Self {
        let (total, per_cell, n_rows) = kept(&sizes.mentions, settings.most_rows);
        let stance = kept(&sizes.stance, settings.most_stance_rows);
        Evidence {
            text: settings.text,
            total: total + stance.0,
            per_cell,
            per_cell_stance: stance.1,
            n_rows: n_rows + stance.2,
            drawn: HashMap::default(),
        }
    }

    fn draw(&mut self, article: &Article<'_>, one: &Counted<'_>, most: u64) {
        let drawn = self.drawn.entry((one.category, article.outlet)).or_default();
        drawn.push(draw(article, one));
        if drawn.len() as u64 > most {
            drawn.pop();
        }
    }

    /// Whether every article must be read once before rows are made.
    pub fn is_drawn(&self) -> bool {
        self.per_cell.is_some() || self.per_cell_stance.is_some()
    }

    /// The rows of an article, sorted by place, kind, item and entry; `first` is the number of the
    /// first one among all rows.
    pub fn of(&self, article: &Article<'_>, first: u64) -> ArticleEvidence {
        let stance = stance_words(article.record);
        let shown = |one: &Counted<'_>| self.shows(article, one, self.per_cell);
        let shown_stance = |one: &Counted<'_>| self.shows(article, one, self.per_cell_stance);
        let stance = counted_stance(article, &stance).filter(shown_stance);
        let mut mentions: Vec<Counted<'_>> =
            shown_in(article).copied().filter(shown).chain(stance).collect();
        mentions.sort_by_key(|one| sort_key(article, one));
        let mut ids = BTreeMap::new();
        let mut rows = Vec::with_capacity(mentions.len());
        for (number, one) in (first..).zip(mentions) {
            let id = self.id(number);
            ids.entry(one.at).or_insert_with(|| id.clone());
            rows.push(row(article, &one, id, self.text));
        }
        ArticleEvidence { rows, ids }
    }

    fn shows(&self, article: &Article<'_>, one: &Counted<'_>, per_cell: Option<u64>) -> bool {
        let last = || self.drawn.get(&(one.category, article.outlet))?.peek();
        per_cell.is_none() || last().is_some_and(|last| draw(article, one) <= *last)
    }

    fn id(&self, number: u64) -> String {
        let digits = self.n_rows.to_string().len().max(ID_DIGITS);
        format!("e{number:0digits$}")
    }
}

/// The evidence of one article.
pub struct ArticleEvidence {
    /// One row for each mention shown.
    pub rows: Vec<EvidenceRow>,
    /// The id of each mention shown; of one that counts in several categories the first.
    ids: BTreeMap<usize, String>,
}

impl ArticleEvidence {
    /// The evidence id of a mention; empty if it is not among the rows shown.
    pub(crate) fn id_of(&self, mention: usize) -> String {
        self.ids.get(&mention).cloned().unwrap_or_default()
    }
}

/// The words of an article that take a stance, as mentions of their categories.
fn stance_words(record: &ArticleRecord) -> Vec<MentionRecord> {
    let word = |cue: &CueRecord| {
        let (marks, place) = (cue.marks?, cue.place?);
        Some(MentionRecord {
            entry: cue.entry,
            chars: place.chars,
            sentence: place.sentence,
            paragraph: cue.paragraph,
            voice: marks.voice,
            quote: None,
            negated: marks.negated,
            hedged: false,
            scare_quoted: false,
            reported_silence: false,
            silent_party: String::new(),
        })
    };
    record.cues.iter().filter_map(word).collect()
}

/// The first quote around a word that takes a stance, in its voice; of a mention it is known.
fn quote_around<'a>(record: &'a ArticleRecord, word: &MentionRecord) -> Option<&'a QuoteRecord> {
    // Offsets of a record start again in its text.
    let in_title = |at: u32| record.paragraphs[at as usize].section == Section::Title;
    let around = |quote: &&QuoteRecord| {
        quote.voice == word.voice
            && quote.chars.start <= word.chars.start
            && word.chars.end <= quote.chars.end
            && in_title(quote.paragraph) == in_title(word.paragraph)
    };
    record.quotes.iter().find(around).filter(|_| word.voice != Voice::Own)
}

/// The same with their categories; their positions go on after those of the mentions.
fn counted_stance<'a>(
    article: &'a Article<'_>,
    words: &'a [MentionRecord],
) -> impl Iterator<Item = Counted<'a>> {
    let category = |word: &MentionRecord| article.comparison.lexicon.entry(word.entry).category;
    (article.record.mentions.len()..).zip(words).map(move |(at, word)| Counted {
        mention: word,
        at,
        category: category(word),
    })
}

fn shown_in<'a>(article: &'a Article<'_>) -> impl Iterator<Item = &'a Counted<'a>> {
    let lexicon = article.comparison.lexicon;
    article.counted.iter().filter(|one| lexicon.category(one.category).kind != Kind::Pair)
}

/// A mention in the order in which its cell keeps them.
fn draw(article: &Article<'_>, one: &Counted<'_>) -> Draw {
    (hash(article, one), article.at as u32, one.at as u32)
}

/// How many there are, how many of each cell are shown if not all, and how many are then shown.
fn kept(sizes: &Sizes, most: Option<u64>) -> (u64, Option<u64>, u64) {
    let total: u64 = sizes.values().sum();
    let per_cell = most.filter(|&most| total > most).map(|most| rows_per_cell(sizes, most));
    let kept = |k: u64| sizes.values().map(|&size| size.min(k)).sum();
    (total, per_cell, per_cell.map_or(total, kept))
}

/// The largest number of rows per cell that fits; 1 even if that does not.
fn rows_per_cell(sizes: &Sizes, most: u64) -> u64 {
    let fits = |k: u64| sizes.values().map(|&size| size.min(k)).sum::<u64>() <= most;
    let (mut fitting, mut too_many) = (1, most + 1);
    while fitting + 1 < too_many {
        let middle = fitting + (too_many - fitting) / 2;
        if fits(middle) { fitting = middle } else { too_many = middle }
    }
    fitting
}

/// A number that looks random but depends on nothing except where the mention stands and what it
/// is, so that the same rows are kept on every machine.
fn hash(article: &Article<'_>, one: &Counted<'_>) -> u64 {
    let lexicon = article.comparison.lexicon;
    let category = lexicon.category(one.category);
    StableHash::default()
        .text(&article.record.id)
        .number(u64::from(one.mention.chars.start))
        .text(category.kind.name())
        .text(&category.path)
        .text(&entry_name(lexicon.entry(one.mention.entry)))
        .finish()
}

/// Rows are in the order of what they print.
fn sort_key<'a>(
    article: &'a Article<'_>,
    one: &Counted<'_>,
) -> (u32, u32, &'static str, &'a str, Section, usize) {
    let category = article.comparison.lexicon.category(one.category);
    let mention = one.mention;
    (
        mention.chars.start,
        mention.chars.end,
        category.kind.name(),
        &category.path,
        article.record.section_of(mention),
        one.at,
    )
}

fn row(article: &Article<'_>, one: &Counted<'_>, id: String, text: EvidenceText) -> EvidenceRow {
    let (record, mention) = (article.record, one.mention);
    let lexicon = article.comparison.lexicon;
    let category = lexicon.category(one.category);
    let entry = lexicon.entry(mention.entry);
    let pieces = pieces(record, mention);
    EvidenceRow {
        evidence_id: id,
        article_id: record.id.clone(),
        outlet: record.outlet.clone(),
        kind: category.kind.name(),
        item: category.path.clone(),
        label: category.label.clone(),
        entry: entry_name(entry),
        term: entry.term.clone(),
        matched: collapse(&pieces[1]),
        char_start: mention.chars.start,
        char_end: mention.chars.end,
        sentence_no: mention.sentence,
        section: record.section_of(mention).name(),
        voice: mention.voice.name(),
        speaker: speaker_of(record, mention, category.kind),
        hedged: mention.hedged,
        negated: mention.negated,
        scare_quoted: mention.scare_quoted,
        reported_silence: mention.reported_silence,
        silent_party: mention.silent_party.clone(),
        sentence: shown_text(&pieces, text),
    }
}

/// How the tables call a lexicon row; line numbers would change with the order of rows.
fn entry_name(entry: &Entry) -> String {
    format!("{}:{}", entry.term, entry.mode.name())
}

/// The sentence before a mention, the mention, and the sentence after it.
pub(crate) fn pieces(record: &ArticleRecord, mention: &MentionRecord) -> [String; 3] {
    let at = record.sentence_texts.binary_search_by_key(&mention.sentence, |s| s.no);
    let Ok(at) = at else { return Default::default() };
    let sentence = &record.sentence_texts[at];
    let before = mention.chars.start.saturating_sub(sentence.chars.start) as usize;
    let length = (mention.chars.end - mention.chars.start) as usize;
    let mut chars = sentence.text.chars();
    let mut next = |n: usize| chars.by_ref().take(n).collect::<String>();
    [next(before), next(length), next(usize::MAX)]
}

/// The text around a mention, on one line.
fn shown_text(pieces: &[String; 3], text: EvidenceText) -> String {
    match text {
        EvidenceText::Sentence => collapse(&pieces.concat()),
        EvidenceText::Kwic => keyword_in_context(pieces),
        EvidenceText::None => String::new(),
    }
}

/// The mention between as many whole words as have room, with `…` where words are left out.
fn keyword_in_context(pieces: &[String; 3]) -> String {
    let [before, after] = cut_sides(pieces);
    collapse(&format!("{before}{}{after}", pieces[1]))
}

/// As many whole words before and after a mention as have room, each on one line.
pub(crate) fn sides(pieces: &[String; 3]) -> [String; 2] {
    cut_sides(pieces).map(|side| collapse(&side))
}

fn cut_sides([before, _, after]: &[String; 3]) -> [String; 2] {
    let has_room = |text: &&str| text.chars().count() <= CONTEXT;
    let ends = before.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let left = std::iter::once(0).chain(ends).map(|at| &before[at..]).find(has_room);
    let ends = after.char_indices().rev().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let right = std::iter::once(after.len()).chain(ends).map(|at| &after[..at]).find(has_room);
    let (left, right) = (left.unwrap_or_default(), right.unwrap_or_default());
    let head = if left.len() < before.len() { "… " } else { "" };
    let tail = if right.len() < after.len() { " …" } else { "" };
    [format!("{head}{left}"), format!("{right}{tail}")]
}

/// The resolved name, else the words that name the speaker, else nobody.
fn speaker_of(record: &ArticleRecord, mention: &MentionRecord, kind: Kind) -> String {
    let quote = match kind {
        Kind::Cue => quote_around(record, mention),
        _ => mention.quote.map(|at| &record.quotes[at as usize]),
    };
    let Some(quote) = quote else { return String::new() };
    let name = if quote.speaker.is_empty() { &quote.speaker_text } else { &quote.speaker };
    name.clone()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::compare::lexicon_fixture::lexicon;
    use crate::compare::{
        Cells, Comparison, Events, Exposure, Pairs, Places, coverage, frames, naming,
    };
    use crate::lexicon::Lexicon;
    use crate::tally::Tally;
    use crate::tally::fixture::{Part, article};

    fn words() -> Lexicon {
        lexicon(&[
            ("actors", "china/state", "China"),
            ("actors", "russia/state", "Russia"),
            ("frames", "tension/dispute", "row"),
            ("frames", "tension/rivalry", "row"),
            ("frames", "war", "war"),
            ("frames", "war", "wars"),
            ("concepts", "trade", "trade row"),
            ("labels", "conflict/war", "war"),
            ("pairs", "pair", "both sides"),
        ])
    }

    fn tally() -> Tally {
        let one = article(
            "a",
            "Alpha",
            &[
                Part::title("China and Russia at war")
                    .mention("China", 0)
                    .mention("Russia", 1)
                    .mention("war", 4)
                    .mention("war", 5)
                    .mention("war", 7),
                Part::body("The  row\nover trade. “No war,” both sides of the trade row say.")
                    .voice(Voice::Reported)
                    .mention("row", 2)
                    .mention("row", 3)
                    .marked("war,", 4, |m| m.scare_quoted = true)
                    .mention("both sides", 8)
                    .mention("trade row", 6),
            ],
        );
        let two = article("b", "Beta", &[Part::body("China says war.").mention("China", 0)]);
        Tally::merge_all([one, two]).unwrap()
    }

    /// The evidence and all its rows.
    struct Shown {
        evidence: Evidence,
        rows: Vec<EvidenceRow>,
    }

    #[derive(Default)]
    struct Rows<'a>(Option<&'a Evidence>, Vec<EvidenceRow>);

    impl Fold for Rows<'_> {
        fn add(&mut self, article: &Article<'_>) {
            let first = self.1.len() as u64 + 1;
            self.1.extend(self.0.unwrap().of(article, first).rows);
        }
    }

    impl Shown {
        fn rows(&self) -> impl Iterator<Item = EvidenceRow> {
            self.rows.iter().cloned()
        }
    }

    fn evidence(comparison: &Comparison<'_>, settings: &EvidenceSettings) -> Shown {
        let sizes = comparison.fold(EvidenceSizes::default()).unwrap();
        let evidence = comparison.fold(Evidence::new(&sizes, settings)).unwrap();
        let rows = comparison.fold(Rows(Some(&evidence), Vec::new())).unwrap().1;
        assert_eq!(evidence.n_rows, rows.len() as u64);
        Shown { evidence, rows }
    }

    /// Evidence rows of an item at any level, by outlet, voice and section.
    fn rows_behind(
        evidence: &Shown,
        kind: &str,
        item: &str,
        key: [&str; 3],
        in_sentence: impl Fn(&EvidenceRow) -> bool,
    ) -> u64 {
        let below = format!("{item}/");
        let same = |row: &EvidenceRow| {
            row.kind == kind
                && (row.item == item || row.item.starts_with(&below))
                && row.outlet == key[0]
                && (key[1] == "all" || row.voice == key[1])
                && (key[2] == "all" || row.section == key[2])
                && in_sentence(row)
        };
        evidence.rows().filter(same).count() as u64
    }

    /// An article in which Lee is said to doubt twice, with its lexicon.
    fn doubts() -> (Lexicon, Tally) {
        let lexicon = lexicon(&[("frames", "war", "war"), ("voice", "hedge/modal", "may")]);
        let part = Part::body("A war may end. Lee said it may last.").mention("war", 0);
        let tally = crate::tally::fixture::changed(article("a", "Alpha", &[part]), |record| {
            let cue = |start: u32, sentence, voice| crate::tally::CueRecord {
                entry: crate::lexicon::EntryId(1),
                paragraph: 0,
                marks: Some(crate::annotate::CueMarks { voice, counts: true, negated: false }),
                place: Some(crate::tally::CuePlace {
                    sentence,
                    chars: crate::tally::CharSpan { start, end: start + 3 },
                }),
            };
            record.cues = vec![cue(6, 1, Voice::Own), cue(27, 2, Voice::Reported)];
        });
        (lexicon, tally)
    }

    #[test]
    fn words_that_take_a_stance_have_rows_of_their_own() {
        let (lexicon, tally) = doubts();
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let rows = evidence(&comparison, &EvidenceSettings::default()).rows;
        let shown: Vec<_> =
            rows.iter().map(|r| (r.kind, r.item.as_str(), &*r.matched, r.sentence_no)).collect();
        let may = |sentence| ("cue", "hedge/modal", "may", sentence);
        assert_eq!(shown, [("frame", "war", "war", 1), may(1), may(2)]);
        assert_eq!(rows[2].voice, "reported");
    }

    #[test]
    fn a_sample_of_stance_takes_no_mention_away() {
        let (lexicon, tally) = doubts();
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let settings = EvidenceSettings { most_stance_rows: Some(1), ..Default::default() };
        let shown = evidence(&comparison, &settings);
        assert_eq!((shown.evidence.total, shown.evidence.n_rows), (3, 2));
        assert_eq!((shown.evidence.per_cell, shown.evidence.per_cell_stance), (None, Some(1)));
    }

    #[test]
    fn every_count_of_every_table_equals_its_rows() {
        let (tally, lexicon) = (tally(), words());
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let evidence = evidence(&comparison, &EvidenceSettings::default());
        let evidence = &evidence;
        let cells = comparison.fold(Cells::new(&comparison)).unwrap();
        let places = comparison.fold(Places::new(&comparison)).unwrap();
        let exposure = Exposure::new(&comparison, &Events::default());
        let pairs = comparison.fold(Pairs::new(&comparison)).unwrap();
        fn rows(evidence: &Shown, kind: &str, item: &str, key: [&str; 3]) -> u64 {
            rows_behind(evidence, kind, item, key, |_| true)
        }
        for row in frames(&comparison, &cells) {
            let key = [row.outlet.as_str(), row.voice, row.section];
            assert_eq!(row.mentions, rows(evidence, "frame", &row.frame, key), "{row:?}");
        }
        for row in naming(&comparison, &cells) {
            let item = format!("{}/{}", row.referent, row.label);
            let count =
                |voice| rows(evidence, "label", &item, [row.outlet.as_str(), voice, row.section]);
            assert_eq!([row.mentions, row.mentions_own], [count("all"), count("own")]);
            assert_eq!(row.mentions_reported, count("reported"));
        }
        for row in coverage(&comparison, &cells, &places, &exposure) {
            let voices = Voice::ALL.map(Voice::name);
            let count =
                |voice| rows(evidence, row.item_type, &row.item, [&row.outlet, voice, row.section]);
            assert_eq!((row.by_voice, row.mentions), (voices.map(count), count("all")));
        }
        for row in pairs.rows().filter(|row| row.outlet == "Alpha") {
            let key = ["Alpha", row.voice, "all"];
            let in_pair = |e: &EvidenceRow| [1, 3].contains(&e.sentence_no);
            let count = rows_behind(evidence, "frame", &row.frame, key, in_pair);
            assert_eq!(row.mentions, count, "{row:?}");
        }
    }

    #[test]
    fn words_are_those_of_the_article_on_one_line() {
        let (tally, lexicon) = (tally(), words());
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let evidence = evidence(&comparison, &EvidenceSettings::default());
        let row = evidence.rows().find(|row| row.item == "tension/dispute").unwrap();
        assert_eq!((row.matched.as_str(), row.sentence.as_str()), ("row", "The row over trade."));
        assert_eq!(row.entry, "row:stem");
        let quoted = evidence.rows().find(|row| row.scare_quoted).unwrap();
        assert_eq!((quoted.matched.as_str(), quoted.sentence_no), ("war,", 3));
    }

    #[test]
    fn rows_are_numbered_in_printed_order() {
        let (tally, lexicon) = (tally(), words());
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let evidence = evidence(&comparison, &EvidenceSettings::default());
        let printed = |row: &EvidenceRow| {
            (row.article_id.clone(), row.char_start, row.char_end, row.kind, row.item.clone())
        };
        assert!(evidence.rows().map(|row| printed(&row)).is_sorted());
        assert_eq!(evidence.rows().next().unwrap().evidence_id, "e000001");
        assert_eq!((evidence.evidence.total, evidence.evidence.per_cell), (9, None));
    }

    #[test]
    fn a_mention_shows_its_sentence_or_a_few_words_or_nothing() {
        let lexicon = words();
        let long = "Nobody in the two capitals, it is said by those who know, wants a war, \
                    least of all those who would have to pay for it with their lives.";
        let tally = article("a", "Alpha", &[Part::body(long).mention("war", 4)]);
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let shown = |text| {
            let settings = EvidenceSettings { text, ..EvidenceSettings::default() };
            evidence(&comparison, &settings).rows().next().unwrap().sentence
        };
        assert_eq!(shown(EvidenceText::Sentence), long);
        assert_eq!(shown(EvidenceText::None), "");
        assert_eq!(
            shown(EvidenceText::Kwic),
            "… in the two capitals, it is said by those who know, wants a war, least of all those \
             who would have to pay for it with their …"
        );
    }

    fn at_most(comparison: &Comparison<'_>, most: u64) -> Shown {
        let settings = EvidenceSettings { most_rows: Some(most), ..EvidenceSettings::default() };
        evidence(comparison, &settings)
    }

    #[test]
    fn above_the_limit_every_cell_keeps_its_share_and_at_least_one_row() {
        let lexicon = words();
        let parts = (0..40).map(|n| {
            let part = Part::body("War and a row.").mention("War", 4);
            let part = if n == 7 { part.mention("row", 2) } else { part };
            article(&format!("x{n}"), "Alpha", &[part])
        });
        let tally = Tally::merge_all(parts).unwrap();
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let evidence = at_most(&comparison, 10);
        assert_eq!((evidence.evidence.total, evidence.evidence.per_cell), (41, Some(9)));
        let of = |item: &str| evidence.rows().filter(|row| row.item == item).count();
        assert_eq!((of("war"), of("tension/dispute")), (9, 1));
        let least = at_most(&comparison, 1);
        assert_eq!((least.rows.len(), least.evidence.per_cell), (2, Some(1)));
        let more = at_most(&comparison, 20);
        let place = |row: &EvidenceRow| (row.article_id.clone(), row.char_start);
        let kept: Vec<_> = more.rows().map(|row| place(&row)).collect();
        assert!(least.rows().all(|row| kept.contains(&place(&row))));
    }

    proptest! {
        /// Any mentions of any entries, overlapping or not, in any voice.
        #[test]
        fn counts_equal_rows_whatever_is_mentioned(
            mentions in prop::collection::vec((0_usize..4, 0_u32..8, 0_usize..3), 0..20),
        ) {
            let mut lexicon = words();
            let war = lexicon.find_category(Kind::Frame, "war");
            let row = lexicon.find_category(Kind::Frame, "tension/dispute").unwrap();
            lexicon.categories[row.0 as usize].also_in = war.into_iter().collect();
            let mut part = Part::body("China row. War trade.");
            for (word, entry, voice) in mentions {
                let word = ["China", "row", "War", "War trade"][word];
                part = part.marked(word, entry, |m| m.voice = Voice::ALL[voice]);
            }
            let tally = article("a", "Alpha", &[part]);
            let comparison = Comparison::new(&tally, &lexicon, &[]);
            let evidence = evidence(&comparison, &EvidenceSettings::default());
            let cells = comparison.fold(Cells::new(&comparison)).unwrap();
            for row in frames(&comparison, &cells) {
                let key = [row.outlet.as_str(), row.voice, row.section];
                let rows = rows_behind(&evidence, "frame", &row.frame, key, |_| true);
                prop_assert_eq!(row.mentions, rows, "{:?}", row);
            }
        }
    }
}
