//! The commonest words of each outlet that no lexicon entry covers: where a lexicon may be blind.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::EVERYDAY_WORDS;
use crate::tally::{ArticleRecord, Form, Forms};

/// Terms listed for each outlet.
const MOST: usize = 200;

/// A term of an outlet that no mention covers.
#[derive(Clone, Debug, PartialEq)]
pub struct UncoveredRow {
    /// The outlet.
    pub outlet: String,
    /// The commonest surface form of the stem among these words, in small letters.
    pub term: String,
    /// The stem.
    pub stem: String,
    /// Words of this stem outside of any mention.
    pub words: u64,
    /// Articles of the outlet with such a word.
    pub articles: u64,
}

/// Words outside of mentions; articles are added one by one, in any order.
///
/// Everyday words (`the`, `said`, `Monday`), numbers and single letters are left out.
#[derive(Clone, Debug)]
pub struct Uncovered<'a> {
    surfaces: &'a Forms,
    /// For each surface form whether it is looked at.
    wanted: Vec<bool>,
    /// By outlet and surface form: words and articles.
    counts: BTreeMap<String, BTreeMap<u32, u64>>,
    /// By outlet and stem: articles.
    articles: BTreeMap<String, BTreeMap<&'a str, u64>>,
}

impl<'a> Uncovered<'a> {
    /// Nothing counted yet.
    pub fn new(surfaces: &'a Forms) -> Self {
        let everyday: BTreeSet<&str> = EVERYDAY_WORDS.split_whitespace().collect();
        let wanted = |surface: Form<'_>| {
            let lower = surface.surface.to_lowercase();
            !surface.numeric && lower.chars().count() > 1 && !everyday.contains(lower.as_str())
        };
        let wanted = surfaces.iter().map(wanted).collect();
        Uncovered { surfaces, wanted, counts: BTreeMap::new(), articles: BTreeMap::new() }
    }

    /// Adds the words of one article.
    pub fn add(&mut self, record: &ArticleRecord) {
        let covered = covered(record);
        let counts = self.counts.entry(record.outlet.clone()).or_default();
        let mut stems: BTreeSet<&'a str> = BTreeSet::new();
        for (word, covered) in record.words.iter().zip(covered) {
            if !covered && self.wanted[word.surface as usize] {
                *counts.entry(word.surface).or_insert(0) += 1;
                stems.insert(self.surfaces.get(word.surface).stem);
            }
        }
        let articles = self.articles.entry(record.outlet.clone()).or_default();
        for stem in stems {
            *articles.entry(stem).or_insert(0) += 1;
        }
    }

    /// The commonest terms of each outlet, in the given order of outlets.
    pub fn rows(&self, outlets: &[&str]) -> Vec<UncoveredRow> {
        let mut rows = Vec::new();
        for outlet in outlets {
            let Some(counts) = self.counts.get(*outlet) else { continue };
            let mut stems: BTreeMap<&str, BTreeMap<String, u64>> = BTreeMap::new();
            for (&surface, &n) in counts {
                let surface = self.surfaces.get(surface);
                let forms = stems.entry(surface.stem).or_default();
                *forms.entry(surface.surface.to_lowercase()).or_insert(0) += n;
            }
            let mut of_outlet: Vec<UncoveredRow> =
                stems.into_iter().map(|(stem, forms)| self.row(outlet, stem, &forms)).collect();
            of_outlet.sort_by(|a, b| {
                (Reverse(a.words), &a.term, &a.stem).cmp(&(Reverse(b.words), &b.term, &b.stem))
            });
            of_outlet.truncate(MOST);
            rows.append(&mut of_outlet);
        }
        rows
    }

    fn row(&self, outlet: &str, stem: &str, forms: &BTreeMap<String, u64>) -> UncoveredRow {
        let commonest = forms.iter().max_by_key(|(form, n)| (**n, Reverse(*form)));
        UncoveredRow {
            outlet: outlet.to_owned(),
            term: commonest.map_or_else(String::new, |(form, _)| form.clone()),
            stem: stem.to_owned(),
            words: forms.values().sum(),
            articles: self.articles[outlet].get(stem).copied().unwrap_or(0),
        }
    }
}

/// For each word whether a mention covers it, words under gaps included.
fn covered(record: &ArticleRecord) -> Vec<bool> {
    let mut covered = vec![false; record.words.len()];
    for mention in &record.mentions {
        let (first, end) = record.paragraphs[mention.paragraph as usize].words;
        let words = first as usize..end as usize;
        for (word, covered) in record.words[words.clone()].iter().zip(&mut covered[words]) {
            let (one, other) = (word.chars, mention.chars);
            *covered |= one.start < other.end && other.start < one.end;
        }
    }
    covered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::Tally;
    use crate::tally::fixture::{Part, article, records};

    #[test]
    fn words_outside_of_mentions_are_counted_by_outlet_and_everyday_words_are_not() {
        let one = Part::body("The dam war and the dam of 12 dams").mention("war", 0);
        let two = Part::body("A dam and a war").mention("dam", 0);
        let tally = Tally::merge_all([article("a", "Alpha", &[one]), article("b", "Beta", &[two])])
            .unwrap();
        let mut uncovered = Uncovered::new(&tally.surfaces);
        records(&tally).iter().for_each(|record| uncovered.add(record));
        let rows = uncovered.rows(&["Beta", "Alpha"]);
        let shown: Vec<(&str, &str, u64)> =
            rows.iter().map(|r| (r.outlet.as_str(), r.term.as_str(), r.words)).collect();
        assert_eq!(shown, [("Beta", "war", 1), ("Alpha", "dam", 2), ("Alpha", "dams", 1)]);
    }
}
