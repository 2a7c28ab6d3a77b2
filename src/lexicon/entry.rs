//! What a lexicon holds: categories, and the entries that stand for them.

use serde::{Deserialize, Serialize};

use crate::base::{Interval, Language, Message, Micro, Sha256Hex};
use crate::lexicon::pattern::phrases;

/// The kinds of lexicon. Lexicons never compete with each other for words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// States, blocs, persons, media: `actors.csv`.
    Actor,
    /// Ways of presenting: `frames.csv`.
    Frame,
    /// Agenda items: `concepts.csv`.
    Concept,
    /// Names for a referent: `labels.csv`; path `referent/label`.
    Label,
    /// Words that stand for a pair of actors, "the two countries": `pairs.csv`.
    Pair,
    /// Cues of voice, negation, hedging, silence and blame: `voice.csv`.
    Cue,
}

impl Kind {
    /// Every kind, in file order.
    pub const ALL: [Kind; 6] =
        [Kind::Actor, Kind::Frame, Kind::Concept, Kind::Label, Kind::Pair, Kind::Cue];

    /// The word the tables print (`actor`, `frame`, `concept`, `label`, `pair`, `cue`).
    pub fn name(self) -> &'static str {
        match self {
            Kind::Actor => "actor",
            Kind::Frame => "frame",
            Kind::Concept => "concept",
            Kind::Label => "label",
            Kind::Pair => "pair",
            Kind::Cue => "cue",
        }
    }

    /// The file that holds it, without folder and ending (`actors`, ..., `voice`), which is also its
    /// name in the `lexicon` column of `categories.csv`.
    pub fn file_stem(self) -> &'static str {
        match self {
            Kind::Actor => "actors",
            Kind::Frame => "frames",
            Kind::Concept => "concepts",
            Kind::Label => "labels",
            Kind::Pair => "pairs",
            Kind::Cue => "voice",
        }
    }
}

/// Position of a category in [`Lexicon::categories`]. Categories are sorted by (kind, path), so ids
/// are the same for the same lexicon files, whatever the order of their rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CategoryId(pub u32);

/// Position of an entry in [`Lexicon::entries`], whose order does not depend on that of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryId(pub u32);

/// What negation does to mentions of a category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Negation {
    /// The mention counts and carries a flag.
    #[default]
    Keep,
    /// Negated mentions are counted apart from asserted ones.
    Split,
}

/// A category, or a level above one: `tension/rivalry` and `tension` are both categories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its lexicon.
    pub kind: Kind,
    /// Its path, such as `tension/rivalry`.
    pub path: String,
    /// The level above, if any.
    pub parent: Option<CategoryId>,
    /// How tables call it; the last part of the path if `categories.csv` does not say.
    pub label: String,
    /// What it means, from `categories.csv`.
    pub definition: String,
    /// What negation does; inherited from the level above.
    pub negation: Negation,
    /// Before this moment the item could not be mentioned.
    pub valid_from: Option<Interval>,
    /// After this moment silence means nothing.
    pub expect_until: Option<Interval>,
    /// Its matches consume their words and count nothing.
    pub blocker: bool,
    /// Other categories of the same lexicon in which its mentions count too (column `also_in`).
    pub also_in: Vec<CategoryId>,
}

/// How the words of a term are compared with the words of an article.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum MatchMode {
    /// By stem.
    #[default]
    Stem,
    /// Exact word, any case.
    Word,
    /// Letters typed as capitals must match; all-lower-case words match any case.
    Case,
    /// Only in lower case (`may` the hedge, not the month).
    Lower,
    /// The word typed is a beginning.
    Prefix,
}

impl MatchMode {
    /// The word of the `match` column.
    pub fn name(self) -> &'static str {
        match self {
            MatchMode::Stem => "stem",
            MatchMode::Word => "word",
            MatchMode::Case => "case",
            MatchMode::Lower => "lower",
            MatchMode::Prefix => "prefix",
        }
    }
}

/// One row of a lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its lexicon.
    pub kind: Kind,
    /// What it stands for.
    pub category: CategoryId,
    /// The term as typed.
    pub term: String,
    /// How its words are compared.
    pub mode: MatchMode,
    /// Weight; for `negator` rows the reach in words.
    pub weight: Micro,
    /// What cancels a match, as typed.
    pub unless: String,
    /// What a match needs around it, as typed.
    pub requires: String,
    /// Before this moment the entry does not match.
    pub valid_from: Option<Interval>,
    /// After this moment the entry does not match.
    pub valid_to: Option<Interval>,
    /// The language of its term: it is looked for in articles of that language only.
    pub language: Language,
    /// Line in its file, from 1.
    pub line: u64,
}

impl Entry {
    /// The phrases that its term stands for: more than one if words of it stand between `|`.
    ///
    /// # Panics
    /// If the term cannot be parsed: `load` refuses such rows.
    pub fn phrases(&self) -> Vec<String> {
        phrases(&self.term).expect("`load` has parsed every term")
    }
}

/// A lexicon file in use, for the manifest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LexiconFile {
    /// File name without folder.
    pub name: String,
    /// Whether it is compiled into the program rather than given by `--lexicons`.
    pub built_in: bool,
    /// Checksum of its bytes.
    pub sha256: Sha256Hex,
    /// Rows that are entries.
    pub entries: u64,
}

/// All lexicons of a run.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Sorted by (kind, path).
    pub categories: Vec<Category>,
    /// Sorted by (kind, category path, term, match mode, conditions, dates).
    pub entries: Vec<Entry>,
    /// The files behind them, sorted by name.
    pub files: Vec<LexiconFile>,
    /// What the user should know about the files: repeated rows, columns that are not read, ...
    pub warnings: Vec<Message>,
}

impl Lexicon {
    /// The category behind an id.
    pub fn category(&self, id: CategoryId) -> &Category {
        &self.categories[id.0 as usize]
    }

    /// The entry behind an id.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// The category with this path, if there is one.
    pub fn find_category(&self, kind: Kind, path: &str) -> Option<CategoryId> {
        let at = self.categories.binary_search_by(|c| (c.kind, c.path.as_str()).cmp(&(kind, path)));
        at.ok().map(|i| CategoryId(u32::try_from(i).expect("fewer than 2^32 categories")))
    }

    /// A category and every level above it, nearest first.
    pub fn with_ancestors(&self, id: CategoryId) -> impl Iterator<Item = CategoryId> + '_ {
        std::iter::successors(Some(id), |&c| self.category(c).parent)
    }

    /// Every category in which a mention of `id` counts: itself, the levels above, and whatever
    /// those count in by `also_in`, with the levels above that. Sorted, each once.
    pub fn counts_in(&self, id: CategoryId) -> Vec<CategoryId> {
        let mut open = vec![id];
        let mut all = Vec::new();
        while let Some(next) = open.pop() {
            if !all.contains(&next) {
                all.push(next);
                open.extend(self.category(next).parent);
                open.extend(&self.category(next).also_in);
            }
        }
        all.sort_unstable();
        all
    }

    /// For each category whether it is a roll-up: other categories count in it by `also_in`, and no
    /// entry stands for it or for a level below it.
    pub fn rollups(&self) -> Vec<bool> {
        let mut rollups = vec![false; self.categories.len()];
        for target in self.categories.iter().flat_map(|category| &category.also_in) {
            rollups[target.0 as usize] = true;
        }
        for entry in &self.entries {
            for level in self.with_ancestors(entry.category) {
                rollups[level.0 as usize] = false;
            }
        }
        rollups
    }

    /// The topmost level above a category.
    pub fn top(&self, id: CategoryId) -> CategoryId {
        self.with_ancestors(id).last().unwrap_or(id)
    }
}
