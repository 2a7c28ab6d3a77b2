//! Rows that never count anything, because another row always has their words.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::entry::{Entry, Kind, Lexicon};
use crate::lexicon::findings::fit::{Place, covers, places};
use crate::lexicon::findings::{Finding, of_entry};
use crate::lexicon::pattern::{Piece, parse_phrases};
use crate::lexicon::steps::{Comparison, parts};
use crate::text::Analyzer;

/// An entry and what the analyzer makes of its term.
pub(super) struct Read<'a> {
    pub(super) entry: &'a Entry,
    /// The words of each phrase that the term stands for.
    pub(super) phrases: Vec<Vec<Place>>,
}

/// Every entry with its analyzed term.
pub(super) fn read<'a>(lexicon: &'a Lexicon, words: &mut Analyzer) -> Vec<Read<'a>> {
    let mut all = Vec::with_capacity(lexicon.entries.len());
    for entry in &lexicon.entries {
        let how = Comparison::of_mode(entry.mode);
        let phrases = parse_phrases(&entry.term).expect("`load` has parsed every term");
        let mut analyzed = |pieces: &Vec<Piece>| places(parts(words, pieces, how), words);
        all.push(Read { entry, phrases: phrases.iter().map(&mut analyzed).collect() });
    }
    all
}

/// Compares every entry with those of its category and with the blockers of its list.
pub(super) fn look(lexicon: &Lexicon, all: &[Read<'_>], found: &mut Vec<Finding>) {
    // By the number of words of their phrases: a phrase is covered by one that is as long.
    let mut rivals: BTreeMap<(Kind, usize, Option<u32>), Vec<usize>> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        let blocker = lexicon.category(one.entry.category).blocker;
        let category = (!blocker).then_some(one.entry.category.0);
        let lengths: BTreeSet<usize> = one.phrases.iter().map(Vec::len).collect();
        for length in lengths {
            rivals.entry((one.entry.kind, length, category)).or_default().push(at);
        }
        found.extend(twice_in_one_row(one));
    }
    for (at, one) in all.iter().enumerate() {
        let own = Some(one.entry.category.0);
        for category in [own, None] {
            let key = (one.entry.kind, one.phrases[0].len(), category);
            let others = rivals.get(&key).map_or(&[][..], Vec::as_slice);
            let wins = |&&other: &&usize| wins(at, other, all);
            if let Some(&other) = others.iter().find(wins) {
                found.push(finding(one, &all[other], category.is_none()));
                break;
            }
        }
    }
}

/// A row in which one phrase finds all that another one of its phrases finds.
fn twice_in_one_row(one: &Read<'_>) -> Option<Finding> {
    let entry = one.entry;
    let again = |at: usize, phrase: &Vec<Place>| {
        let others = one.phrases.iter().enumerate().filter(|(other, _)| *other != at);
        others.into_iter().any(|(_, other)| covers(other, phrase))
    };
    one.phrases.iter().enumerate().any(|(at, phrase)| again(at, phrase)).then(|| {
        let what = format!(
            "two words of a choice in `{}` ({}) find the same",
            entry.term,
            entry.mode.name()
        );
        of_entry(entry, "repeated", what, "delete one of them")
    })
}

/// Whether one of the phrases of `wide` covers each of `narrow`.
fn all_covered(wide: &Read<'_>, narrow: &Read<'_>) -> bool {
    narrow.phrases.iter().all(|phrase| wide.phrases.iter().any(|other| covers(other, phrase)))
}

/// Whether the other entry has the words wherever the one matches. Of two that match the same, the
/// later row is the one to delete.
fn wins(one: usize, other: usize, all: &[Read<'_>]) -> bool {
    if one == other {
        return false;
    }
    let (narrow, wide) = (&all[one], &all[other]);
    if !holds_whenever(wide.entry, narrow.entry) || !all_covered(wide, narrow) {
        return false;
    }
    let equal = holds_whenever(narrow.entry, wide.entry)
        && all_covered(narrow, wide)
        && narrow.entry.category == wide.entry.category;
    !equal || (wide.entry.line, other) < (narrow.entry.line, one)
}

/// Whether the conditions of `wide` hold wherever those of `narrow` do, as far as can be seen from
/// the cells.
pub(super) fn holds_whenever(wide: &Entry, narrow: &Entry) -> bool {
    let cell = |wide: &str, narrow: &str| wide.is_empty() || wide == narrow;
    let from = match (wide.valid_from, narrow.valid_from) {
        (None, _) => true,
        (Some(wide), Some(narrow)) => wide.from <= narrow.from,
        (Some(_), None) => false,
    };
    let to = match (wide.valid_to, narrow.valid_to) {
        (None, _) => true,
        (Some(wide), Some(narrow)) => wide.to >= narrow.to,
        (Some(_), None) => false,
    };
    // The words of a condition are compared by stem or as typed, depending on the row's mode.
    let same_reading =
        wide.mode == narrow.mode || (wide.unless.is_empty() && wide.requires.is_empty());
    same_reading
        && cell(&wide.unless, &narrow.unless)
        && cell(&wide.requires, &narrow.requires)
        && from
        && to
}

fn finding(one: &Read<'_>, other: &Read<'_>, blocker: bool) -> Finding {
    let (entry, wide) = (one.entry, other.entry);
    let row = format!("`{}` ({}) in line {}", wide.term, wide.mode.name(), wide.line);
    if blocker && entry.category != wide.category {
        let what = format!("`{}` never counts: the blocker {row} takes its words", entry.term);
        return of_entry(entry, "shadowed", what, "delete one of the two rows");
    }
    if one.phrases == other.phrases {
        let what = format!("`{}` is read as the same words as {row}", entry.term);
        return of_entry(entry, "repeated", what, "delete one of the two rows");
    }
    let what = format!("`{}` adds nothing: {row} finds all that it finds", entry.term);
    of_entry(entry, "shadowed", what, "delete the row, or narrow the other one")
}

#[cfg(test)]
mod tests {
    use crate::lexicon::findings::tests::found_in_frames as lines;

    #[test]
    fn rows_that_are_read_as_the_same_words_are_found() {
        assert_eq!(lines("war,truce talk\nwar,truce-talks\n"), [(3, "repeated")]);
        assert_eq!(lines("war,truce,word\npeace,truce,word\n"), []);
        assert_eq!(lines("war,truce\nwar,truce,,,,2023,\n"), [(3, "repeated")]);
        assert_eq!(lines("war,truce,,,,2023,\nwar,truce,,,,2020,2021\n"), []);
    }

    #[test]
    fn a_row_that_another_one_includes_is_found() {
        assert_eq!(lines("war,siege,word\nwar,siege,stem\n"), [(2, "shadowed")]);
        assert_eq!(lines("war,bombarding,word\nwar,bombard,prefix\n"), [(2, "shadowed")]);
        assert_eq!(lines("war,accused of,word\nwar,accused .. of,word\n"), [(2, "shadowed")]);
    }

    #[test]
    fn a_wider_row_with_a_condition_of_its_own_shadows_nothing() {
        assert_eq!(lines("war,sieges,word\nwar,siege,stem,castle\n"), []);
        assert_eq!(lines("war,siege,stem\nwar,siege of,stem\n"), []);
    }

    #[test]
    fn a_row_whose_choices_another_one_includes_is_found() {
        assert_eq!(lines("war,open|wage war\nwar,wage war\n"), [(3, "shadowed")]);
        assert_eq!(lines("war,open|wage war\nwar,wage war|battle\n"), []);
        assert_eq!(lines("war,wage war,word\nwar,wage|open|start war|siege\n"), [(2, "shadowed")]);
    }

    #[test]
    fn a_choice_between_forms_of_one_stem_is_found() {
        assert_eq!(lines("war,deepen|deepens ties\n"), [(2, "repeated")]);
        assert_eq!(lines("war,deepen|deepens ties,word\n"), []);
        assert_eq!(lines("war,grow|grew closer\n"), []);
    }

    #[test]
    fn a_row_whose_words_a_blocker_takes_is_found() {
        assert_eq!(lines("war,truce bay\nblocker,Truce Bay,word\n"), []);
        assert_eq!(lines("war,Truce Bay,case\nblocker,Truce Bay,word\n"), [(2, "shadowed")]);
    }
}
