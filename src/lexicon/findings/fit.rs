//! Whether one pattern matches everything that another one does.

use crate::lexicon::steps::Part;
use crate::lexicon::symbols::{Capitals, Extent, PatternWord};
use crate::text::Analyzer;

/// A word of a pattern, with what is compared of it worked out once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Words that may be skipped before it.
    gap: u8,
    /// Whether the word stays free for other patterns.
    free: bool,
    word: PatternWord,
    /// In small letters; empty for a word ending.
    lower: String,
    /// Its stem, if the word is asked for whole.
    stem: Option<String>,
}

/// The words of a pattern in order.
pub(super) fn places(parts: Vec<Part>, analyzer: &mut Analyzer) -> Vec<Place> {
    let mut gap = 0;
    let mut places = Vec::new();
    for part in parts {
        match part {
            Part::Gap(width) => gap = width,
            Part::Word(word) => places.push(place(std::mem::take(&mut gap), word, analyzer)),
            Part::Free(word) => {
                let word = place(std::mem::take(&mut gap), word, analyzer);
                places.push(Place { free: true, ..word });
            }
        }
    }
    places
}

fn place(gap: u8, word: PatternWord, analyzer: &mut Analyzer) -> Place {
    let PatternWord::Text { text, extent, .. } = &word else {
        return Place { gap, free: false, word, lower: String::new(), stem: None };
    };
    let ids = if *extent == Extent::Whole { analyzer.words(text) } else { Vec::new() };
    let stem = ids.first().map(|id| analyzer.kind(*id).stem.clone());
    Place { gap, free: false, lower: text.to_lowercase(), stem, word }
}

/// Whether a pattern matches the same words wherever another one matches.
pub(super) fn covers(wide: &[Place], narrow: &[Place]) -> bool {
    wide.len() == narrow.len()
        && wide
            .iter()
            .zip(narrow)
            .all(|(w, n)| w.gap >= n.gap && w.free == n.free && word_covers(w, n))
}

/// The words that a pattern takes: without those at its ends that stay free for others.
pub(super) fn taken(places: &[Place]) -> &[Place] {
    let first = places.iter().position(|place| !place.free).unwrap_or(0);
    let end = places.iter().rposition(|place| !place.free).map_or(places.len(), |last| last + 1);
    &places[first..end]
}

/// Whether a pattern stands, word by word, somewhere in whatever another one matches.
pub(super) fn stands_in(part: &[Place], whole: &[Place]) -> bool {
    let fits = |window: &[Place]| {
        let words = window.iter().zip(part).enumerate();
        words.into_iter().all(|(at, (w, p))| (at == 0 || w.gap <= p.gap) && word_covers(p, w))
    };
    !part.is_empty() && whole.windows(part.len()).any(fits)
}

/// Whether a word of an article that is `narrow` is always `wide`.
fn word_covers(wide: &Place, narrow: &Place) -> bool {
    if wide.word == narrow.word {
        return true;
    }
    let PatternWord::Text { text, extent, capitals } = &narrow.word else { return false };
    match &wide.word {
        PatternWord::EndsInNt => *extent == Extent::Whole && text.ends_with("n't"),
        PatternWord::Text { text: of, extent: Extent::Stem, .. } => {
            narrow.stem.as_ref() == Some(of)
        }
        PatternWord::Text { text: of, extent: Extent::Whole, capitals: asked } => {
            *extent == Extent::Whole
                && wide.lower == narrow.lower
                && capitals_cover(*asked, of, *capitals, text)
        }
        PatternWord::Text { text: of, extent: Extent::Beginning, capitals: asked } => {
            *extent != Extent::Stem
                && narrow.lower.starts_with(&wide.lower)
                && capitals_cover(*asked, of, *capitals, text)
        }
    }
}

/// Whether capitals as `narrow` asks for them are such as `wide` takes.
fn capitals_cover(wide: Capitals, of: &str, narrow: Capitals, text: &str) -> bool {
    match (wide, narrow) {
        (Capitals::Any, _) | (Capitals::None, Capitals::None) => true,
        (Capitals::None, _) => false,
        (Capitals::AsTyped, Capitals::AsTyped) => {
            of.chars().zip(text.chars()).all(|(w, n)| !w.is_uppercase() || w == n)
        }
        (Capitals::AsTyped, _) => !of.chars().any(char::is_uppercase),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::lexicon::entry::MatchMode;
    use crate::lexicon::pattern::parse_term;
    use crate::lexicon::steps::{Comparison, parts};
    use crate::text::TextRules;

    fn check(wide: (&str, MatchMode), narrow: (&str, MatchMode), expect: bool) {
        let mut analyzer = Analyzer::new(Arc::new(TextRules::built_in()));
        let mut of = |(term, mode): (&str, MatchMode)| {
            let pieces = parse_term(term).unwrap();
            let parts = parts(&analyzer, &pieces, Comparison::of_mode(mode));
            places(parts, &mut analyzer)
        };
        let got = covers(&of(wide), &of(narrow));
        assert_eq!(got, expect, "{wide:?} {narrow:?}");
    }

    #[test]
    fn a_stem_covers_the_forms_of_its_words() {
        use MatchMode::{Case, Lower, Prefix, Stem, Word};
        check(("sanction", Stem), ("sanctions", Stem), true);
        check(("sanction", Stem), ("sanctioned", Word), true);
        check(("sanctions", Word), ("sanction", Stem), false);
        check(("sanction*", Word), ("sanctioned", Word), true);
        check(("sanction", Prefix), ("sanctioning", Lower), true);
        check(("sanction", Prefix), ("sanction", Stem), false);
        check(("us", Word), ("US", Case), true);
        check(("US", Case), ("US", Word), false);
        check(("the West", Case), ("The West", Case), true);
        check(("The West", Case), ("the West", Case), false);
    }

    #[test]
    fn a_gap_covers_narrower_ones() {
        use MatchMode::Stem;
        check(("accuse .. of", Stem), ("accused of", Stem), true);
        check(("accuse of", Stem), ("accuse .. of", Stem), false);
        check(("war", Stem), ("trade war", Stem), false);
    }
}
