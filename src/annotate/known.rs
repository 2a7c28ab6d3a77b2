//! What the rules know before they read: the class of each distinct word, worked out once, and what
//! each row of the lexicons is good for.

use hashbrown::HashMap;

use crate::annotate::cues::{Role, role_of};
use crate::annotate::grammar::{Class, class_of};
use crate::lexicon::{CategoryId, EntryId, Kind, Lexicon};
use crate::text::{Analyzer, Type, TypeId};

/// Knowledge of words by their number in one analyzer, and of rows by their number in one lexicon.
#[derive(Debug, Default)]
pub(super) struct Known {
    classes: Vec<Class>,
    roles: Vec<Option<Role>>,
    actors: HashMap<String, CategoryId, foldhash::fast::FixedState>,
}

impl Known {
    /// What the lexicons say.
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let mut known = Self::default();
        for entry in &lexicon.entries {
            let path = lexicon.category(entry.category).path.as_str();
            let reach = usize::try_from(entry.weight.0 / 1_000_000).unwrap_or(0);
            let is_cue = entry.kind == Kind::Cue;
            known.roles.push(if is_cue { role_of(path, reach) } else { None });
            if entry.kind == Kind::Actor {
                // Of several rows with one term the first counts.
                for name in entry.phrases() {
                    known.actors.entry(name).or_insert(entry.category);
                }
            }
        }
        known
    }

    /// Adds the words that the analyzer has met since the last article.
    pub(super) fn learn(&mut self, words: &Analyzer) {
        let id = |at: usize| TypeId(u32::try_from(at).expect("type ids have 32 bits"));
        let new = self.classes.len()..words.n_types();
        self.classes.extend(new.map(|at| class_of_type(words.kind(id(at)))));
    }

    /// The class of a word.
    pub(super) fn class(&self, kind: TypeId) -> Class {
        self.classes[kind.0 as usize]
    }

    /// What a cue does; `None` for those that no rule reads.
    pub(super) fn role(&self, entry: EntryId) -> Option<Role> {
        self.roles[entry.0 as usize]
    }

    /// The actor that a row names by exactly these characters.
    pub(super) fn actor(&self, term: &str) -> Option<CategoryId> {
        self.actors.get(term).copied()
    }
}

fn class_of_type(kind: &Type) -> Class {
    // `U.S.` is `US` by now; the pronoun never has two capitals.
    // "the WHO said": no pronoun either.
    let acronym = kind.lower == "us" && kind.surface != "us" || kind.surface == "WHO";
    if acronym { Class::Open } else { class_of(&kind.lower) }
}
