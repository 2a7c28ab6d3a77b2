//! Single words that mean too much: names in the wrong case, everyday words, stems of two families.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::base::EVERYDAY_WORDS;
use crate::lexicon::entry::{Entry, Kind, Lexicon, MatchMode};
use crate::lexicon::findings::{Finding, of_entry};
use crate::text::Analyzer;

const CASE_WORDS: &str = include_str!("case_words.txt");
const STEM_FAMILIES: &str = include_str!("stem_families.txt");

/// Looks at every row that is one word. Cues of `voice.csv` are everyday words by nature, and a row
/// with a condition is taken to know what it does.
pub(super) fn look(lexicon: &Lexicon, words: &mut Analyzer, found: &mut Vec<Finding>) {
    let names = names();
    let everyday = everyday(words);
    let families = families(words);
    for entry in &lexicon.entries {
        let free = entry.unless.is_empty() && entry.requires.is_empty();
        let judged = free && entry.kind != Kind::Cue && !lexicon.category(entry.category).blocker;
        let mut in_phrase = |phrase: String| {
            let [id] = words.words(&phrase)[..] else { return None };
            let kind = words.kind(id).clone();
            let case = case_trap(entry, &kind.surface, &names);
            if case.is_some() || !judged {
                return case;
            }
            // The everyday word is the name: in small letters (`march`) it is another one.
            let other_word = entry.mode == MatchMode::Lower && names.contains_key(&kind.lower);
            let common = if other_word { None } else { too_common(entry, &kind, &everyday) };
            let by_stem = entry.mode == MatchMode::Stem;
            let family = families.get(&kind.stem).filter(|_| by_stem);
            common.or_else(|| collision(entry, &kind.lower, family))
        };
        found.extend(entry.phrases().into_iter().find_map(&mut in_phrase));
    }
}

/// How a name must be typed, by the word in small letters: as typed, and whether even the word in
/// small letters is a trap.
fn names() -> BTreeMap<String, (String, bool)> {
    let mut names = BTreeMap::new();
    for line in CASE_WORDS.lines().filter(|line| !line.starts_with('#')) {
        let (kind, words) = line.split_once(':').unwrap_or(("", line));
        for word in words.split_whitespace() {
            names.insert(word.to_lowercase(), (word.to_owned(), kind == "month"));
        }
    }
    names
}

/// A name that is found in small letters too, or a word that is found as a name.
fn case_trap(
    entry: &Entry,
    surface: &str,
    names: &BTreeMap<String, (String, bool)>,
) -> Option<Finding> {
    let any_case = matches!(entry.mode, MatchMode::Stem | MatchMode::Word);
    let (name, month) = names.get(&surface.to_lowercase())?;
    let typed_as_name = surface.chars().any(char::is_uppercase);
    let small = surface.to_lowercase();
    if typed_as_name && any_case {
        let what = format!("`{}` is found in `{small}` as well", entry.term);
        return Some(of_entry(entry, "case", what, "write `case` in the column `match`"));
    }
    if !typed_as_name && entry.kind == Kind::Actor && entry.mode != MatchMode::Lower {
        let what = format!("`{}` is an everyday word in small letters", entry.term);
        let mend = format!("write `{name}` with `case` in the column `match`");
        return Some(of_entry(entry, "case", what, mend));
    }
    if !typed_as_name && *month && (any_case || entry.mode == MatchMode::Case) {
        let what = format!("`{}` is found in `{name}` as well", entry.term);
        return Some(of_entry(entry, "case", what, "write `lower` in the column `match`"));
    }
    None
}

/// Everyday words and their stems.
struct Everyday {
    words: BTreeSet<String>,
    stems: BTreeSet<String>,
}

fn everyday(words: &mut Analyzer) -> Everyday {
    let all: Vec<String> = EVERYDAY_WORDS.split_whitespace().map(str::to_owned).collect();
    let stem = |word: &String| {
        let ids = words.words(word);
        ids.first().map(|id| words.kind(*id).stem.clone())
    };
    let stems = all.iter().filter_map(stem).collect();
    Everyday { words: all.into_iter().collect(), stems }
}

/// A word that most articles hold, without any condition.
fn too_common(entry: &Entry, kind: &crate::text::Type, everyday: &Everyday) -> Option<Finding> {
    let common = match entry.mode {
        MatchMode::Stem => everyday.stems.contains(&kind.stem),
        MatchMode::Word | MatchMode::Lower => everyday.words.contains(&kind.lower),
        MatchMode::Case => !kind.capitalized && everyday.words.contains(&kind.lower),
        MatchMode::Prefix => everyday.words.iter().any(|word| word.starts_with(&kind.lower)),
    };
    common.then(|| {
        let what =
            format!("`{}` stands in nearly every article ({})", entry.term, entry.mode.name());
        let mend = "add the words that make it mean what you mean, or a condition";
        of_entry(entry, "common", what, mend)
    })
}

/// Words that are joined by a stem although they mean different things, by stem.
type Families = BTreeMap<String, Senses>;

/// The words of each sense.
type Senses = Vec<Vec<String>>;

fn families(words: &mut Analyzer) -> Families {
    let mut families = Families::new();
    for line in STEM_FAMILIES.lines().filter(|line| !line.starts_with('#')) {
        let senses: Senses =
            line.split('|').map(|f| f.split_whitespace().map(str::to_owned).collect()).collect();
        let ids = words.words(&senses[0][0]);
        if let Some(id) = ids.first() {
            families.insert(words.kind(*id).stem.clone(), senses);
        }
    }
    families
}

fn collision(entry: &Entry, word: &str, senses: Option<&Senses>) -> Option<Finding> {
    let senses = senses?;
    let own = senses.iter().position(|sense| sense.iter().any(|w| w == word))?;
    let others: Vec<&str> = senses
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != own)
        .filter_map(|(_, sense)| sense.first().map(String::as_str))
        .collect();
    let what = format!("by its stem `{}` finds `{}` as well", entry.term, others.join("`, `"));
    let mend = "write `word` in the column `match`, with one row for each form that you mean";
    Some(of_entry(entry, "stem", what, mend))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::lexicon::findings::tests::found;
    use crate::text::TextRules;

    fn rule(file: &str, row: &str) -> Option<&'static str> {
        let rows = format!("category,term,match,unless,requires\n{row}\n");
        found(&[(file, &rows)]).first().map(|(_, rule)| *rule)
    }

    #[test]
    fn every_family_is_joined_by_the_stemmer_in_use() {
        let mut words = Analyzer::new(Arc::new(TextRules::built_in()));
        let mut wrong = Vec::new();
        for line in STEM_FAMILIES.lines().filter(|line| !line.starts_with('#')) {
            let all: Vec<&str> = line.split(['|', ' ']).filter(|w| !w.is_empty()).collect();
            let mut stems: Vec<String> = Vec::new();
            for word in &all {
                let id = words.words(word)[0];
                stems.push(words.kind(id).stem.clone());
            }
            stems.dedup();
            if stems.len() != 1 || !line.contains('|') {
                wrong.push(format!("{line}  =>  {stems:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_name_needs_its_capitals() {
        for row in ["us,US,word", "us,us,case", "may,May,stem", "china,Ma,word", "x,Polish,word"] {
            assert_eq!(rule("actors.csv", row), Some("case"), "{row}");
        }
        for row in ["us,US,case", "china,Ma,case", "x,Polish,case", "us,Washington,word"] {
            assert_eq!(rule("actors.csv", row), None, "{row}");
        }
        assert_eq!(rule("frames.csv", "protest,march,stem"), Some("case"));
        assert_eq!(rule("frames.csv", "protest,march,lower,,rally"), None);
    }

    #[test]
    fn an_everyday_word_needs_a_condition() {
        assert_eq!(rule("frames.csv", "war,people,stem"), Some("common"));
        assert_eq!(rule("frames.csv", "war,sto,prefix"), Some("common"));
        assert_eq!(rule("frames.csv", "war,people,stem,,militia"), None);
        assert_eq!(rule("frames.csv", "war,people at arms,stem"), None);
        assert_eq!(rule("voice.csv", "hedge,may,lower"), None);
    }
}
