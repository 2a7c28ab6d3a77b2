//! Conditions that contradict their row or each other, or that always hold.

use crate::lexicon::condition::{Cancel, Test, parse_requires, parse_unless};
use crate::lexicon::entry::{Entry, Lexicon};
use crate::lexicon::findings::fit::{places, stands_in};
use crate::lexicon::findings::rivals::Read;
use crate::lexicon::findings::{Finding, of_entry};
use crate::lexicon::steps::{Comparison, parts};
use crate::text::Analyzer;

/// Looks at the conditions of every entry.
pub(super) fn look(
    lexicon: &Lexicon,
    all: &[Read<'_>],
    words: &mut Analyzer,
    found: &mut Vec<Finding>,
) {
    for one in all {
        let entry = one.entry;
        if !entry.unless.is_empty() || !entry.requires.is_empty() {
            found.extend(contradiction(one, words));
        }
        found.extend(outside_its_category(lexicon, entry));
    }
}

fn contradiction(one: &Read<'_>, words: &mut Analyzer) -> Option<Finding> {
    let entry = one.entry;
    let how = Comparison::of_condition(entry.mode);
    let mut in_term = |test: &Test| {
        let phrase = places(parts(words, &test.phrase, how), words);
        one.phrases.iter().all(|whole| stands_in(&phrase, whole))
    };
    let cancels = parse_unless(&entry.unless).expect("`load` has parsed every `unless`");
    let requires = parse_requires(&entry.requires).expect("`load` has parsed every `requires`");
    let by = |cancel| match cancel {
        Cancel::By(test) => Some(test),
        Cancel::Around { .. } => None,
    };
    let unwanted: Vec<Test> = cancels.into_iter().filter_map(by).chain(requires.none).collect();
    if unwanted.iter().any(&mut in_term) {
        let what = format!("`{}` never counts: its own words cancel it", entry.term);
        return Some(of_entry(
            entry,
            "condition",
            what,
            "delete that alternative of the condition",
        ));
    }
    let impossible = |any: &Vec<Test>| any.iter().all(|test| cancelled(test, &unwanted));
    if requires.all.iter().any(impossible) {
        let what = format!("`{}` never counts: what it requires also cancels it", entry.term);
        return Some(of_entry(entry, "condition", what, "delete one of the two conditions"));
    }
    if requires.all.iter().flatten().any(in_term) {
        let what = format!(
            "`requires` asks for nothing: `{}` itself holds one of its alternatives",
            entry.term
        );
        return Some(of_entry(entry, "condition", what, "delete the alternative the term fulfils"));
    }
    None
}

/// Whether what is required is surely unwanted: the same phrase, at least as far around. A phrase of
/// several words in `unless` cancels only where it overlaps the match, so that one word decides.
fn cancelled(required: &Test, unwanted: &[Test]) -> bool {
    let one_word = required.phrase.len() == 1;
    one_word
        && unwanted
            .iter()
            .any(|test| test.phrase == required.phrase && (test.in_article || !required.in_article))
}

/// A row that matches only when its category could not, or need not, be mentioned.
fn outside_its_category(lexicon: &Lexicon, entry: &Entry) -> Option<Finding> {
    let category = lexicon.category(entry.category);
    let before =
        category.valid_from.zip(entry.valid_to).is_some_and(|(from, to)| to.to < from.from);
    let after = category
        .expect_until
        .zip(entry.valid_from)
        .is_some_and(|(until, from)| from.from > until.to);
    (before || after).then(|| {
        let when = if before { "before its category begins" } else { "after its category ends" };
        let what = format!("`{}` matches only {when} (`{}`)", entry.term, category.path);
        of_entry(entry, "date", what, "correct the dates of the row or of `categories.csv`")
    })
}

#[cfg(test)]
mod tests {
    use crate::lexicon::findings::tests::{found, found_in_frames as lines};

    #[test]
    fn conditions_that_can_never_hold_are_found() {
        for row in [
            "war,siege,stem,sieges,",
            "war,city siege,stem,city siege,",
            "war,siege,stem,,~ siege",
            "war,siege,stem,chess,chess",
            "war,siege,stem,,chess ~ chess",
        ] {
            assert_eq!(lines(&format!("{row}\n")), [(2, "condition")], "{row}");
        }
    }

    #[test]
    fn a_requirement_that_always_holds_is_found() {
        assert_eq!(lines("war,city siege,stem,,city|castle\n"), [(2, "condition")]);
        assert_eq!(lines("war,siege,stem,,city|castle ~ chess\n"), []);
        assert_eq!(lines("war,siege,stem,chess|Siege _|siege tower,castle\n"), []);
    }

    #[test]
    fn a_row_outside_the_dates_of_its_category_is_found() {
        let categories = "lexicon,category,valid_from,expect_until\nframes,war,2022-02,2022-12\n";
        let found = |dates: &str| {
            let rows = format!("category,term,valid_from,valid_to\nwar,siege,{dates}\n");
            found(&[("categories.csv", categories), ("frames.csv", &rows)])
        };
        assert_eq!(found(",2021"), [(2, "date")]);
        assert_eq!(found("2023,"), [(2, "date")]);
        assert_eq!(found("2022,"), []);
    }
}
