//! Rows of two categories below one that find the same words: on the level above they count twice.

use std::collections::BTreeMap;

use crate::lexicon::entry::{CategoryId, Entry, Kind, Lexicon};
use crate::lexicon::findings::fit::{Place, covers, taken};
use crate::lexicon::findings::rivals::{Read, holds_whenever};
use crate::lexicon::findings::{Finding, of_entry};

/// An entry and one of its phrases.
type Phrase<'a> = (&'a Read<'a>, &'a [Place]);

/// Compares every phrase with those of the other categories below the same topmost one.
pub(super) fn look(lexicon: &Lexicon, all: &[Read<'_>], found: &mut Vec<Finding>) {
    // Of cues, what they do in a sentence decides which one counts.
    let counts = |one: &&Read<'_>| {
        one.entry.kind != Kind::Cue && !lexicon.category(one.entry.category).blocker
    };
    let all: Vec<&Read<'_>> = all.iter().filter(counts).collect();
    let mut beside: BTreeMap<(CategoryId, usize), Vec<Phrase<'_>>> = BTreeMap::new();
    for (one, phrase) in all.iter().copied().flat_map(phrases) {
        let key = (lexicon.top(one.entry.category), taken(phrase).len());
        beside.entry(key).or_default().push((one, phrase));
    }
    for one in all {
        let twice = phrases(one).find_map(|phrase| {
            let key = (lexicon.top(one.entry.category), taken(phrase.1).len());
            let level = |other: &Read<'_>| level_above_both(lexicon, one.entry, other.entry);
            let others = beside[&key].iter().filter(|other| counts_again(phrase, **other));
            others.into_iter().find_map(|(other, _)| Some((other.entry, level(other)?)))
        });
        found.extend(twice.map(|(other, level)| finding(lexicon, one.entry, other, level)));
    }
}

fn phrases<'a>(one: &'a Read<'a>) -> impl Iterator<Item = Phrase<'a>> {
    one.phrases.iter().map(move |phrase| (one, phrase.as_slice()))
}

/// Whether the other row finds all that the phrase does. Of two that find the same, the later row is
/// the one to look at.
fn counts_again((one, phrase): Phrase<'_>, (other, wide): Phrase<'_>) -> bool {
    let (narrow_row, wide_row) = (one.entry, other.entry);
    // What stays free is a condition of the one, as long as the other has none.
    let finds = covers(wide, taken(phrase)) && holds_whenever(wide_row, narrow_row);
    let found = covers(phrase, taken(wide)) && holds_whenever(narrow_row, wide_row);
    finds && (!found || wide_row.line < narrow_row.line)
}

/// The nearest level above two categories of which none stands above the other.
fn level_above_both(lexicon: &Lexicon, one: &Entry, other: &Entry) -> Option<CategoryId> {
    let levels: Vec<CategoryId> = lexicon.with_ancestors(one.category).collect();
    let both = lexicon.with_ancestors(other.category).find(|level| levels.contains(level))?;
    (both != one.category && both != other.category).then_some(both)
}

fn finding(lexicon: &Lexicon, entry: &Entry, other: &Entry, level: CategoryId) -> Finding {
    let path = |id| &lexicon.category(id).path;
    let what = format!(
        "words of `{}` count twice in `{}`: `{}` ({}) in line {}, of `{}`, finds them too",
        entry.term,
        path(level),
        other.term,
        other.mode.name(),
        other.line,
        path(other.category)
    );
    of_entry(entry, "doubled", what, "let one of the two categories have the words")
}

#[cfg(test)]
mod tests {
    use crate::lexicon::findings::tests::found_in_frames as lines;

    #[test]
    fn words_of_two_categories_below_one_are_found() {
        assert_eq!(lines("war/arms,siege\nwar/field,siege\n"), [(3, "doubled")]);
        assert_eq!(lines("war/arms,sieges,word\nwar/field,siege\n"), [(2, "doubled")]);
        assert_eq!(lines("war/field,siege of\nwar/arms,start|siege of\n"), [(3, "doubled")]);
        assert_eq!(lines("war/arms,break (siege|blockade)\nwar/field,break\n"), [(2, "doubled")]);
        assert_eq!(lines("war/a/b,siege\nwar/a/c,siege\n"), [(3, "doubled")]);
    }

    #[test]
    fn words_that_count_once_on_every_level_are_left() {
        assert_eq!(lines("war/arms,siege\npeace/talks,siege\n"), []);
        assert_eq!(lines("war,siege\nwar/arms,siege\n"), []);
        assert_eq!(lines("war/arms,siege\nwar/field,siege of\n"), []);
        assert_eq!(lines("war/arms,siege,,castle\nwar/field,siege,,,castle\n"), []);
    }
}
