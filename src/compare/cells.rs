//! Sums of mentions for every category, outlet, section and voice; zero cells included.

use std::collections::BTreeMap;

use crate::base::{Section, Voice};
use hashbrown::HashMap;

use crate::compare::comparison::{Comparison, SECTIONS};
use crate::compare::counted::{Counted, counted};
use crate::compare::fold::{Article, Fold};
use crate::compare::interval::RatioSums;
use crate::compare::units::Gathered;
use crate::lexicon::{CategoryId, Kind, Negation};
use crate::tally::{ArticleRecord, MentionRecord};

/// Sections and voices of one category and outlet: 4 x 4 with `all` last.
const PARTS: usize = 16;

/// The mentions of one category, outlet, section and voice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    /// All of them.
    pub(crate) mentions: u64,
    /// Those within the reach of a negator.
    pub(crate) negated: u64,
    /// Those in a short quotation that is no sentence with its speaker.
    pub(crate) scare_quoted: u64,
    /// Those neither negated nor in such marks.
    pub(crate) used: u64,
    /// Those in a hedged clause.
    pub(crate) hedged: u64,
    /// Those that say that somebody did not mention it.
    pub(crate) silence: u64,
    /// Those that rates count.
    pub(crate) in_rate: u64,
    /// Sum of the entries' weights, in millionths.
    pub(crate) weighted: i64,
    /// Articles with a mention that is not a reported silence, near-duplicates counted once.
    pub(crate) articles: u64,
    /// Sum over articles of the square of `in_rate`.
    pub(crate) xx: u128,
    /// Sum over articles of `in_rate` times the words of the section.
    pub(crate) xn: u128,
}

/// The words of one outlet and section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// Words by voice, all of them last.
    pub(crate) by_voice: [u64; 4],
    /// Articles with words there, near-duplicates counted once.
    pub(crate) articles: u64,
    /// Sum over articles of the square of their words.
    pub(crate) nn: u128,
}

/// The sums of every actor, concept, frame and label, rolled up at every level.
pub struct Cells<'a> {
    comparison: &'a Comparison<'a>,
    /// For each category whether it is summed.
    summed: Vec<bool>,
    /// The sums of each category and outlet with a mention.
    cells: HashMap<(CategoryId, usize), Box<[Cell; PARTS]>, foldhash::fast::FixedState>,
    words: Vec<[Words; 4]>,
    sentences: Vec<[u64; 4]>,
    /// Clusters of near-duplicates that are not whole yet.
    gathered: Gathered<Unit>,
}

/// The sums of what counts as one article.
struct Unit {
    cells: BTreeMap<CategoryId, Box<[Cell; PARTS]>>,
    /// Words by section, all of them last.
    words: [u64; 4],
}

/// Position of a section among those of a table, `all` last.
fn section_at(section: Option<Section>) -> usize {
    section.map_or(3, Section::index)
}

/// Position of a voice among those of a table, `all` last.
fn voice_at(voice: Option<Voice>) -> usize {
    voice.map_or(3, Voice::index)
}

impl Fold for Cells<'_> {
    fn add(&mut self, article: &Article<'_>) {
        if self.comparison.is_of_rollups() {
            self.add_unit(article, &counted(article.record, self.comparison));
        } else {
            self.add_unit(article, &article.counted);
        }
        for (section, words) in SECTIONS.iter().zip(&mut self.words[article.outlet]) {
            add_words(words, article.record, *section);
        }
        let sentences = &mut self.sentences[article.outlet];
        for paragraph in &article.record.paragraphs {
            let n = u64::from(paragraph.sentences.1 - paragraph.sentences.0);
            sentences[paragraph.section.index()] += n;
            sentences[3] += n;
        }
    }
}

impl<'a> Cells<'a> {
    /// Sums without an article.
    pub fn new(comparison: &'a Comparison<'a>) -> Self {
        let n_outlets = comparison.outlets.len();
        let mut summed = vec![false; comparison.lexicon.categories.len()];
        for kind in [Kind::Actor, Kind::Concept, Kind::Frame, Kind::Label] {
            for (id, _) in comparison.categories(kind) {
                summed[id.0 as usize] = true;
            }
        }
        Cells {
            comparison,
            summed,
            cells: HashMap::default(),
            words: vec![Default::default(); n_outlets],
            sentences: vec![[0; 4]; n_outlets],
            gathered: Gathered::default(),
        }
    }

    /// Adds an article, or its cluster once that is whole.
    fn add_unit(&mut self, article: &Article<'_>, mentions: &[Counted<'_>]) {
        let unit = self.unit(article.record, mentions);
        let Some(unit) = self.gathered.whole(article, unit, Unit::join) else { return };
        for (category, cells) in unit.cells {
            let sums = self.cells.entry((category, article.outlet)).or_default();
            for (at, (sum, cell)) in sums.iter_mut().zip(&*cells).enumerate() {
                sum.add_article(cell, unit.words[at / 4]);
            }
        }
        for (words, n) in self.words[article.outlet].iter_mut().zip(unit.words) {
            words.articles += u64::from(n > 0);
            words.nn += u128::from(n) * u128::from(n);
        }
    }

    /// The sums of one article.
    fn unit(&self, record: &ArticleRecord, mentions: &[Counted<'_>]) -> Unit {
        let mut sums: BTreeMap<CategoryId, Box<[Cell; PARTS]>> = BTreeMap::new();
        for one in mentions {
            let cell = cell_of(self.comparison, one.category, one.mention);
            for level in self.comparison.lexicon.with_ancestors(one.category) {
                if self.summed[level.0 as usize] {
                    let cells = sums.entry(level).or_default();
                    let silence = u64::from(one.is_silence_about(level, self.comparison.lexicon));
                    let cell = Cell { silence, ..cell };
                    add_everywhere(cells, record.section_of(one.mention), one.mention, &cell);
                }
            }
        }
        Unit { cells: sums, words: SECTIONS.map(|section| record.words_in(section)) }
    }

    /// Kept sentences of an outlet: title, lead, body, then all of them.
    pub(crate) fn sentences(&self, outlet: usize) -> &[u64; 4] {
        &self.sentences[outlet]
    }

    /// The sums of one cell; zero if nothing was counted.
    pub(crate) fn get(
        &self,
        category: CategoryId,
        outlet: usize,
        section: Option<Section>,
        voice: Option<Voice>,
    ) -> Cell {
        let at = section_at(section) * 4 + voice_at(voice);
        self.cells.get(&(category, outlet)).map_or_else(Cell::default, |cells| cells[at])
    }

    /// Whether any article mentions something of a category.
    pub(crate) fn mentions(&self, category: CategoryId) -> bool {
        let outlets = 0..self.comparison.outlets.len();
        outlets.into_iter().any(|outlet| self.cells.contains_key(&(category, outlet)))
    }

    /// The words of an outlet in a section.
    pub(crate) fn words(&self, outlet: usize, section: Option<Section>) -> &Words {
        &self.words[outlet][section_at(section)]
    }

    /// What the interval of a cell's rate needs.
    pub(crate) fn ratio(&self, cell: &Cell, outlet: usize, section: Option<Section>) -> RatioSums {
        let words = self.words(outlet, section);
        RatioSums {
            articles: words.articles,
            x: cell.in_rate,
            n: words.by_voice[3],
            xx: cell.xx,
            xn: cell.xn,
            nn: words.nn,
        }
    }
}

fn add_words(words: &mut Words, record: &ArticleRecord, section: Option<Section>) {
    let by_voice = record.words_by_voice_in(section);
    let all: u64 = by_voice.iter().sum();
    for (sum, n) in words.by_voice.iter_mut().zip(by_voice.iter().chain([&all])) {
        *sum += n;
    }
}

impl Unit {
    /// Takes in another article of the cluster.
    fn join(&mut self, other: Unit) {
        for (category, cells) in other.cells {
            let sums = self.cells.entry(category).or_default();
            sums.iter_mut().zip(&*cells).for_each(|(sum, cell)| sum.add_mention(cell));
        }
        self.words.iter_mut().zip(other.words).for_each(|(sum, n)| *sum += n);
    }
}

/// Whether rates count a mention in a category: in the outlet's own voice not if it is scare-quoted,
/// a reported silence, or negated where the category keeps denials apart.
pub(crate) fn is_in_rate(
    comparison: &Comparison<'_>,
    category: CategoryId,
    mention: &MentionRecord,
) -> bool {
    let split = comparison.lexicon.category(category).negation == Negation::Split;
    let left_out = mention.scare_quoted || mention.reported_silence || (split && mention.negated);
    mention.voice != Voice::Own || !left_out
}

/// One mention as a cell.
fn cell_of(comparison: &Comparison<'_>, category: CategoryId, mention: &MentionRecord) -> Cell {
    Cell {
        mentions: 1,
        negated: u64::from(mention.negated),
        scare_quoted: u64::from(mention.scare_quoted),
        used: u64::from(!mention.negated && !mention.scare_quoted),
        hedged: u64::from(mention.hedged),
        silence: u64::from(mention.reported_silence),
        in_rate: u64::from(is_in_rate(comparison, category, mention)),
        weighted: comparison.lexicon.entry(mention.entry).weight.0,
        ..Cell::default()
    }
}

/// Adds a mention to its section and to all, in its voice and in all.
fn add_everywhere(
    cells: &mut [Cell; PARTS],
    section: Section,
    mention: &MentionRecord,
    cell: &Cell,
) {
    for section in [section_at(Some(section)), 3] {
        for voice in [voice_at(Some(mention.voice)), 3] {
            cells[section * 4 + voice].add_mention(cell);
        }
    }
}

impl Cell {
    fn add_mention(&mut self, one: &Cell) {
        self.mentions += one.mentions;
        self.negated += one.negated;
        self.scare_quoted += one.scare_quoted;
        self.hedged += one.hedged;
        self.silence += one.silence;
        self.used += one.used;
        self.in_rate += one.in_rate;
        self.weighted += one.weighted;
    }

    /// Adds the sums of one article with `words` words in the section.
    fn add_article(&mut self, article: &Cell, words: u64) {
        self.add_mention(article);
        self.articles += u64::from(article.mentions > article.silence);
        self.xx += u128::from(article.in_rate) * u128::from(article.in_rate);
        self.xn += u128::from(article.in_rate) * u128::from(words);
    }
}

/// Mentions per 1,000 words; `None` without words.
pub(crate) fn per_1k(mentions: u64, words: u64) -> Option<f64> {
    (words > 0).then(|| mentions as f64 * 1000.0 / words as f64)
}

/// A proportion from 0 to 1; `None` of nothing.
pub(crate) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
