//! What is compared: the counts, the lexicons behind them, and the outlets in the order of every
//! table.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::base::{Section, Voice};
use crate::compare::counted::Placements;
use crate::compare::units::Units;
use crate::lexicon::{Category, CategoryId, EntryId, Kind, Lexicon};
use crate::tally::Tally;

/// The sections of every table that is split by section: title, lead, body, then all of them.
pub(crate) const SECTIONS: [Option<Section>; 4] =
    [Some(Section::Title), Some(Section::Lead), Some(Section::Body), None];

/// The voices of every table that is split by voice: own, reported, quoted, then all of them.
pub(crate) const VOICES: [Option<Voice>; 4] =
    [Some(Voice::Own), Some(Voice::Reported), Some(Voice::Quoted), None];

/// The word the tables print for a section; `all` for all of them.
pub(crate) fn section_name(section: Option<Section>) -> &'static str {
    section.map_or("all", Section::name)
}

/// The word the tables print for a voice; `all` for all of them.
pub(crate) fn voice_name(voice: Option<Voice>) -> &'static str {
    voice.map_or("all", Voice::name)
}

/// The topmost actor under which media stand.
const MEDIA: &str = "media";

/// What is compared. Every analysis takes it and changes nothing in it.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The counts.
    pub tally: &'a Tally,
    /// The lexicons behind them.
    pub lexicon: &'a Lexicon,
    /// Every outlet with an article, in the order of every table.
    pub outlets: Vec<&'a str>,
    /// Position of each article's outlet.
    outlet_of: Vec<u32>,
    /// Where an analysis may put what does not fit in memory, in files without a name.
    pub scratch: PathBuf,
    /// The articles that count once together.
    pub units: Arc<Units>,
    /// How many threads may read; never changes a result.
    pub threads: usize,
    /// For each category whether it is looked at: all but the roll-ups, or the roll-ups alone.
    wanted: Vec<bool>,
    of_rollups: bool,
    /// Where the mentions of each category count.
    pub(crate) placements: Placements,
    /// The entries that name an outlet itself, of the outlets that have any.
    own_names: BTreeMap<String, Vec<EntryId>>,
}

impl<'a> Comparison<'a> {
    /// Outlets stand in the given `order`, those it does not name after them, by name.
    pub fn new(tally: &'a Tally, lexicon: &'a Lexicon, order: &[String]) -> Self {
        let mut outlets: Vec<&str> = tally.heads.iter().map(|head| &*head.outlet).collect();
        outlets.sort_unstable();
        outlets.dedup();
        let rank = |outlet: &str| order.iter().position(|name| name == outlet);
        outlets.sort_by_key(|outlet| rank(outlet).unwrap_or(order.len()));
        let places: BTreeMap<&str, u32> = outlets.iter().copied().zip(0..).collect();
        let outlet_of = tally.heads.iter().map(|head| places[&*head.outlet]).collect();
        let wanted: Vec<bool> = lexicon.rollups().iter().map(|rollup| !rollup).collect();
        let placements = Placements::new(lexicon, &wanted);
        let own_names = own_names(lexicon, &outlets);
        Comparison {
            own_names,
            tally,
            lexicon,
            outlets,
            outlet_of,
            scratch: std::env::temp_dir(),
            units: Arc::default(),
            threads: 1,
            wanted,
            of_rollups: false,
            placements,
        }
    }

    /// The same counts looked at through the roll-ups of the lexicon, such as war and tension
    /// together. They stand in a table of their own: in the others each mention would count twice.
    #[must_use]
    pub fn of_rollups(&self) -> Self {
        let wanted = self.lexicon.rollups();
        let placements = Placements::new(self.lexicon, &wanted);
        Comparison { wanted, placements, of_rollups: true, ..self.clone() }
    }

    /// Whether it looks at the roll-ups alone.
    pub(crate) fn is_of_rollups(&self) -> bool {
        self.of_rollups
    }

    /// Position of an article's outlet.
    pub(crate) fn outlet_of(&self, article: usize) -> usize {
        self.outlet_of[article] as usize
    }

    /// The entries that name the outlet itself. In its own articles they are no actor: `told the
    /// Daily` says where somebody spoke.
    pub(crate) fn own_names(&self, outlet: &str) -> &[EntryId] {
        self.own_names.get(outlet).map_or(&[], Vec::as_slice)
    }

    /// The articles of each outlet, near-duplicates counted once.
    pub(crate) fn articles(&self) -> Vec<u64> {
        let mut articles = vec![0; self.outlets.len()];
        for (at, &outlet) in self.outlet_of.iter().enumerate() {
            articles[outlet as usize] += u64::from(self.units.is_distinct(at));
        }
        articles
    }

    /// The categories of one lexicon at every level that are looked at, in lexicon order; without
    /// blockers.
    pub(crate) fn categories(
        &self,
        kind: Kind,
    ) -> impl Iterator<Item = (CategoryId, &'a Category)> + use<'a, '_> {
        let categories = self.lexicon.categories.iter().zip(&self.wanted).enumerate();
        categories
            .filter(move |(_, (one, wanted))| one.kind == kind && !one.blocker && **wanted)
            .map(|(at, (category, _))| (id(at), category))
    }

    /// The topmost categories of one lexicon, in lexicon order; without blockers.
    pub(crate) fn top_categories(
        &self,
        kind: Kind,
    ) -> impl Iterator<Item = (CategoryId, &'a Category)> + use<'a, '_> {
        self.categories(kind).filter(|(_, category)| category.parent.is_none())
    }

    /// The path of an actor's topmost level; empty for nobody.
    pub(crate) fn actor_name(&self, actor: Option<CategoryId>) -> String {
        actor.map_or_else(String::new, |actor| {
            self.lexicon.category(self.lexicon.top(actor)).path.clone()
        })
    }
}

/// The media of the actor list that are outlets of the corpus, by outlet; case and an article at the
/// start do not matter.
fn own_names(lexicon: &Lexicon, outlets: &[&str]) -> BTreeMap<String, Vec<EntryId>> {
    let folded = |name: &str| {
        let name = name.to_lowercase();
        name.strip_prefix("the ").map_or(name.clone(), String::from)
    };
    let mut of_name: BTreeMap<String, Vec<EntryId>> = BTreeMap::new();
    for (at, entry) in (0..).zip(&lexicon.entries) {
        let top = lexicon.category(lexicon.top(entry.category));
        if top.kind == Kind::Actor && top.path == MEDIA {
            of_name.entry(folded(&entry.term)).or_default().push(EntryId(at));
        }
    }
    let names = outlets.iter().map(|outlet| (outlet, of_name.get(&folded(outlet))));
    names.filter_map(|(outlet, entries)| Some((outlet.to_string(), entries?.clone()))).collect()
}

fn id(at: usize) -> CategoryId {
    CategoryId(u32::try_from(at).expect("fewer than 2^32 categories"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::fixture::{Part, article};

    #[test]
    fn an_outlets_own_name_is_no_actor_in_its_articles() {
        let rows = [("actors", "daily/state", "Daily"), ("actors", "media", "Daily")];
        let lexicon = crate::compare::lexicon_fixture::lexicon(&rows);
        let part = || Part::body("Lee told the Daily.").mention("Daily", 0).mention("Daily", 1);
        let counted = |outlet: &str| {
            let tally = article("a", outlet, &[part()]);
            let comparison = Comparison::new(&tally, &lexicon, &[]);
            let record = &crate::tally::fixture::records(&tally)[0];
            let counted = crate::compare::counted::counted(record, &comparison);
            let path = |id| lexicon.category(id).path.clone();
            counted.iter().map(|one| path(one.category)).collect::<Vec<_>>()
        };
        assert_eq!(counted("Post").len(), 2);
        assert_eq!(counted("The daily"), ["daily/state"]);
    }

    #[test]
    fn outlets_stand_in_the_given_order_and_the_rest_by_name() {
        let parts = ["Beta", "Alpha", "Gamma", "Delta"];
        let tally =
            Tally::merge_all(parts.map(|outlet| article(outlet, outlet, &[Part::body("Words.")])))
                .unwrap();
        let lexicon = Lexicon::default();
        let order = ["Gamma".to_string(), "Nobody".to_string()];
        let comparison = Comparison::new(&tally, &lexicon, &order);
        assert_eq!(comparison.outlets, ["Gamma", "Alpha", "Beta", "Delta"]);
        assert_eq!(comparison.outlet_of(2), 3);
    }
}
