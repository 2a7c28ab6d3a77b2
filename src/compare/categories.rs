//! The categories of the lexicons in use: what they are called, and what they count in.

use crate::compare::comparison::Comparison;
use crate::lexicon::CategoryId;

/// One category, or a level above one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryRow {
    /// `actor`, `frame`, `concept`, `label`, `pair` or `cue`.
    pub kind: &'static str,
    /// Its path.
    pub item: String,
    /// How people call it.
    pub label: String,
    /// Whether it only collects other categories and has no entries of its own.
    pub roll_up: bool,
    /// Paths of other categories of the same lexicon in which its mentions count too.
    pub counts_in: Vec<String>,
    /// What it means, as far as the lexicon says.
    pub definition: String,
}

/// Every category at every level, in lexicon order; without blockers.
pub fn categories(comparison: &Comparison<'_>) -> Vec<CategoryRow> {
    let lexicon = comparison.lexicon;
    let path = |id: &CategoryId| lexicon.category(*id).path.clone();
    let all = lexicon.categories.iter().zip(lexicon.rollups());
    all.filter(|(category, _)| !category.blocker)
        .map(|(category, roll_up)| CategoryRow {
            kind: category.kind.name(),
            item: category.path.clone(),
            label: category.label.clone(),
            roll_up,
            counts_in: category.also_in.iter().map(path).collect(),
            definition: category.definition.clone(),
        })
        .collect()
}
