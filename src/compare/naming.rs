//! What each outlet calls the same thing.

use crate::base::Voice;
use crate::compare::cells::{Cells, share};
use crate::compare::comparison::{Comparison, SECTIONS, section_name};
use crate::lexicon::{Category, CategoryId, Kind};

/// One label of one referent in one outlet and section; zero rows included.
#[derive(Clone, Debug, PartialEq)]
pub struct NamingRow {
    /// What is named: the first part of the label's path.
    pub referent: String,
    /// The name: the rest of the path.
    pub label: String,
    /// The outlet.
    pub outlet: String,
    /// `title`, `lead`, `body` or `all`.
    pub section: &'static str,
    /// All mentions.
    pub mentions: u64,
    /// In the outlet's own voice.
    pub mentions_own: u64,
    /// Those of them within the reach of a negator.
    pub mentions_own_negated: u64,
    /// Those of them that are neither negated nor in short quotation marks: what the outlet itself
    /// calls it.
    pub mentions_own_used: u64,
    /// In reported speech.
    pub mentions_reported: u64,
    /// In the voice `quoted`.
    pub mentions_quoted: u64,
    /// Within the reach of a negator ("refrained from calling it").
    pub mentions_negated: u64,
    /// In a short quotation that is no sentence with its speaker: the word is mentioned rather than used.
    pub mentions_scare_quoted: u64,
    /// Share of all the outlet's names for the referent in this section, in [0, 1]; `None` if it
    /// never names it.
    pub share_of_labels: Option<f64>,
}

/// Every label of every referent, for every outlet and section.
pub fn naming(comparison: &Comparison<'_>, cells: &Cells<'_>) -> Vec<NamingRow> {
    let mut rows = Vec::new();
    for (label, category) in comparison.categories(Kind::Label) {
        if !names_something(comparison, label, category) {
            continue;
        }
        for outlet in 0..comparison.outlets.len() {
            for section in SECTIONS {
                let referent = comparison.lexicon.top(label);
                let all = cells.get(referent, outlet, section, None).mentions;
                let cell = cells.get(label, outlet, section, None);
                let own = cells.get(label, outlet, section, Some(Voice::Own));
                let by_voice =
                    Voice::ALL.map(|v| cells.get(label, outlet, section, Some(v)).mentions);
                let (referent, label) =
                    category.path.split_once('/').unwrap_or((&category.path, &category.path));
                rows.push(NamingRow {
                    referent: referent.to_string(),
                    label: label.to_string(),
                    outlet: comparison.outlets[outlet].to_string(),
                    section: section_name(section),
                    mentions: cell.mentions,
                    mentions_own: by_voice[Voice::Own.index()],
                    mentions_own_negated: own.negated,
                    mentions_own_used: own.used,
                    mentions_reported: by_voice[Voice::Reported.index()],
                    mentions_quoted: by_voice[Voice::Quoted.index()],
                    mentions_negated: cell.negated,
                    mentions_scare_quoted: cell.scare_quoted,
                    share_of_labels: share(cell.mentions, all),
                });
            }
        }
    }
    rows
}

/// Whether a category is a label; the level above labels is the referent, not a name for it.
fn names_something(comparison: &Comparison<'_>, id: CategoryId, category: &Category) -> bool {
    category.parent.is_some()
        || comparison.categories(Kind::Label).all(|(_, other)| other.parent != Some(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::lexicon_fixture::lexicon;
    use crate::tally::Tally;
    use crate::tally::fixture::{Part, article};

    fn rows() -> Vec<NamingRow> {
        let lexicon = lexicon(&[
            ("labels", "war/conflict", "conflict"),
            ("labels", "war/invasion", "invasion"),
            ("labels", "war/operation", "operation"),
        ]);
        let alpha = article(
            "a",
            "Alpha",
            &[
                Part::title("The conflict drags on").mention("conflict", 0),
                Part::body("They spoke of a conflict, never of an invasion.")
                    .voice(Voice::Reported)
                    .mention("conflict", 0)
                    .marked("invasion", 1, |m| {
                        m.negated = true;
                        m.scare_quoted = true;
                    }),
            ],
        );
        let beta = article("b", "Beta", &[Part::body("Nothing.")]);
        let tally = Tally::merge_all([alpha, beta]).unwrap();
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        naming(&comparison, &comparison.fold(Cells::new(&comparison)).unwrap())
    }

    fn find(label: &str, outlet: &str, section: &str) -> NamingRow {
        let same = |r: &&NamingRow| {
            (r.label.as_str(), r.outlet.as_str(), r.section) == (label, outlet, section)
        };
        rows().iter().find(same).unwrap().clone()
    }

    #[test]
    fn shares_are_of_all_names_for_the_same_thing() {
        let conflict = find("conflict", "Alpha", "all");
        assert_eq!(
            (conflict.mentions, conflict.mentions_own, conflict.mentions_reported),
            (2, 1, 1)
        );
        assert_eq!(conflict.share_of_labels, Some(2.0 / 3.0));
        assert_eq!(find("operation", "Alpha", "all").share_of_labels, Some(0.0));
        assert_eq!(find("conflict", "Alpha", "title").share_of_labels, Some(1.0));
    }

    #[test]
    fn a_word_avoided_is_counted_and_marked() {
        let invasion = find("invasion", "Alpha", "body");
        assert_eq!((invasion.mentions, invasion.mentions_negated), (1, 1));
        assert_eq!(invasion.mentions_scare_quoted, 1);
    }

    #[test]
    fn what_others_deny_takes_nothing_from_what_the_outlet_itself_says() {
        let lexicon = lexicon(&[("labels", "war/invasion", "invasion")]);
        let part = |voice, negated, scare_quoted| {
            Part::body("The invasion.").voice(voice).marked("invasion", 0, move |m| {
                m.negated = negated;
                m.scare_quoted = scare_quoted;
            })
        };
        let parts = [
            part(Voice::Own, false, false),
            part(Voice::Own, false, false),
            part(Voice::Own, true, true),
            part(Voice::Own, false, true),
            part(Voice::Quoted, true, false),
        ];
        let tally = article("a", "Alpha", &parts);
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let rows = naming(&comparison, &comparison.fold(Cells::new(&comparison)).unwrap());
        let all = rows.iter().find(|row| row.section == "all").unwrap();
        assert_eq!((all.mentions, all.mentions_own, all.mentions_negated), (5, 4, 2));
        assert_eq!((all.mentions_own_used, all.mentions_own_negated), (2, 1));
    }

    #[test]
    fn an_outlet_that_never_names_it_has_zero_rows_without_shares() {
        let conflict = find("conflict", "Beta", "all");
        assert_eq!((conflict.mentions, conflict.share_of_labels), (0, None));
    }

    #[test]
    fn the_referent_is_no_label() {
        assert_eq!(rows().len(), 3 * 2 * 4);
        assert!(rows().iter().all(|row| row.referent == "war"));
    }
}
