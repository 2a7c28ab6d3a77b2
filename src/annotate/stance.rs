//! Which cues take a stance where they stand: hedges that doubt, boosters, evaluations outside
//! names, and the verbs that report.
//!
//! Counting them by outlet and voice is left to `compare`.

use std::collections::BTreeMap;

use crate::annotate::Input;
use crate::annotate::attribution::Attribution;
use crate::annotate::clauses::Clauses;
use crate::annotate::cues::{Cue, Role, role_of};
use crate::annotate::facts::{CueMarks, Stance};
use crate::annotate::negation::Negation;
use crate::annotate::reading::Gap;
use crate::base::Voice;
use crate::lexicon::{CategoryId, Mention};

/// The marks of every cue; positions agree with `Found::cues`.
pub(super) fn mark_cues(
    input: &Input<'_>,
    clauses: &Clauses<'_, '_>,
    attributions: &[Attribution],
    voices: &[Voice],
    negation: &Negation,
) -> Vec<CueMarks> {
    let mut reported: BTreeMap<(usize, usize), Stance> =
        attributions.iter().map(|a| ((a.cue.start, a.cue.end), a.stance)).collect();
    let mut before: Option<(CategoryId, (usize, usize))> = None;
    let mark = |cue: &Mention| {
        let category = input.lexicon.category(input.lexicon.entry(cue.entry).category);
        let top = input.lexicon.top(input.lexicon.entry(cue.entry).category);
        let place = (cue.tokens.start, cue.tokens.end);
        let again = before == Some((top, place));
        before = Some((top, place));
        let counts = match category.path.split('/').next().unwrap_or_default() {
            "attribution" => reported.remove(&place).is_some(),
            "report" => {
                let stance = reported.get(&place).copied();
                let this = stance.filter(|stance| says(&category.path, *stance));
                this.and_then(|_| reported.remove(&place)).is_some()
            }
            "hedge" => !again && clauses.doubts(cue),
            "booster" => !again,
            "evaluative" => !again && !clauses.in_name(cue),
            _ => false,
        };
        let voice = voices[cue.tokens.start];
        CueMarks { voice, counts, negated: counts && negation.covers(&cue.tokens) }
    };
    input.found.cues.iter().map(mark).collect()
}

/// Whether a category is one of verbs with this stance.
fn says(path: &str, stance: Stance) -> bool {
    matches!(role_of(path, 0), Some(Role::Report(this, _)) if this == stance)
}

impl Clauses<'_, '_> {
    /// Whether a hedge that begins at a cue expresses doubt.
    fn doubts(&self, cue: &Mention) -> bool {
        let here = self.cues.at(cue.tokens.start);
        let same = |c: &&Cue| matches!(c.role, Role::Hedge(_)) && c.tokens == cue.tokens;
        here.iter().find(same).is_some_and(|c| self.is_doubt(c))
    }

    /// Whether an evaluation is part of a name: written with a capital within a sentence, or, where
    /// every first word has one, followed by a capital and written so elsewhere in the article.
    fn in_name(&self, cue: &Mention) -> bool {
        let words = &self.reading.words;
        let word = &words[cue.tokens.start];
        if !word.capital {
            return false;
        }
        let placed = word.before.has(Gap::SENTENCE.or(Gap::QUOTE_OPENS).or(Gap::COLON));
        if !placed && !self.reading.in_title(cue.tokens.start) {
            return true;
        }
        let next = words.get(cue.tokens.end).filter(|w| !w.before.has(Gap::ANY));
        next.is_some_and(|w| w.capital) && self.names.binary_search(&word.lower).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::read_with_title;

    /// What counts, as `category: words`, with ` (not)` where it is denied.
    fn check_titled(title: &str, text: &str, expect: &[&str]) {
        let read = read_with_title(title, text);
        let path = |entry| {
            let category = read.lexicon.entry(entry).category;
            read.lexicon.category(category).path.clone()
        };
        let counted = read.found.cues.iter().zip(&read.facts.cues).filter(|(_, m)| m.counts);
        let shown: Vec<String> = counted
            .map(|(cue, marks)| {
                let not = if marks.negated { " (not)" } else { "" };
                format!("{}: {}{not}", path(cue.entry), cue.span.of(&read.text))
            })
            .collect();
        assert_eq!(shown, expect, "{title} / {text}");
    }

    fn check(text: &str, expect: &[&str]) {
        check_titled("", text, expect);
    }

    #[test]
    fn a_month_and_a_power_are_no_hedges() {
        check("It may rain.", &["hedge/modal: may"]);
        check("In May it rained.", &[]);
        check("The talks of may 2 went on.", &[]);
        check("The might of the fleet grew.", &[]);
        check("Their naval might grew.", &[]);
        check("The fleet might leave.", &["hedge/modal: might"]);
        check("The fleet could not leave.", &[]);
        check("They left as soon as possible.", &[]);
        check("They turned right and just walked like men who will win.", &[]);
    }

    #[test]
    fn boosters_and_evaluations_are_counted_and_denied_ones_marked() {
        check(
            "It was clearly a brutal raid.",
            &["booster/certainty: clearly", "evaluative/negative: brutal"],
        );
        check("The plan was not good.", &["evaluative/positive: good (not)"]);
        check("The plan was good.", &["evaluative/positive: good"]);
        check("The goods came in the morning.", &[]);
        check("A great deal of rain fell.", &[]);
        check("Imports fell and the effect passed.", &[]);
    }

    #[test]
    fn an_evaluation_in_a_name_is_none() {
        check("He crossed the Great Plain.", &[]);
        check("Great crowds came.", &["evaluative/positive: Great"]);
        check("They like the Great Plain. Great Plain farms thrive.", &[]);
        check_titled("Great Harvest In Valley", "The rain came.", &["evaluative/positive: Great"]);
        check_titled("Great Plain Farms", "They left the Great Plain.", &[]);
    }

    #[test]
    fn a_verb_counts_where_it_reports() {
        check("Lee claimed the port was open.", &["report/doubting: claimed"]);
        check("The claims court sat.", &[]);
        check("The port was open, according to Lee.", &["attribution: according to"]);
    }
}
