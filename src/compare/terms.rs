//! Which words set an outlet apart: every term of an outlet against all other outlets together.
//!
//! The measures themselves stand in `keyness`.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::compare::keyness::{Contingency, g2_signed};
use crate::tally::{ArticleRecord, Surface, Tally};

/// Which terms are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermSettings {
    /// Least mentions in the outlet.
    pub min_mentions: u64,
    /// Least articles of the outlet with the term; 1 where the outlet has only one article.
    pub min_articles: u64,
    /// Most terms per outlet, the ones with the largest G² first; `None` = all.
    pub most: Option<usize>,
}

impl Default for TermSettings {
    fn default() -> Self {
        Self { min_mentions: 3, min_articles: 2, most: Some(2_000) }
    }
}

/// One term of one outlet.
#[derive(Clone, Debug, PartialEq)]
pub struct TermRow {
    /// The target.
    pub outlet: String,
    /// The commonest surface form of the stem in the whole corpus.
    pub term: String,
    /// The stem.
    pub stem: String,
    /// Mentions and words of the outlet against all other outlets together.
    pub counts: Contingency,
    /// Articles of the outlet with the term.
    pub articles_with_term: u64,
    /// Articles of the outlet.
    pub articles: u64,
    /// The side with the higher rate: an outlet, or [`OTHERS`]; `None` if the rates are equal or
    /// there is no other side.
    pub favours: Option<String>,
    /// Why there is no p-value.
    pub test: &'static str,
}

/// What the tables call several outlets together.
pub const OTHERS: &str = "other outlets";

/// No test: one article says nothing about the others of its outlet.
const ONE_ARTICLE: &str = "none (one article)";

/// No test: the words of an article hang together, so a test that takes each as a case of its own
/// would promise too much.
const DESCRIPTIVE: &str = "none (descriptive)";

/// The terms of every outlet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    /// In outlet order, then by G² as printed, the largest first, then by stem.
    pub rows: Vec<TermRow>,
    /// Outlet to the number of its terms that [`TermSettings::most`] left out.
    pub left_out: BTreeMap<String, u64>,
}

/// Compares each outlet with all others together; `outlets` is their order in the table.
///
/// Numbers are no terms, but count as words.
pub fn find_terms(tally: &Tally, outlets: &[String], settings: &TermSettings) -> Terms {
    let vocabulary = Vocabulary::of(tally);
    let mut by_outlet: BTreeMap<&str, Vec<&ArticleRecord>> = BTreeMap::new();
    for record in &tally.records {
        by_outlet.entry(&record.outlet).or_default().push(record);
    }
    let mut terms = Terms::default();
    for outlet in outlets {
        let Some(records) = by_outlet.get(outlet.as_str()) else { continue };
        let others: Vec<&str> = by_outlet.keys().copied().filter(|name| name != outlet).collect();
        let mut rows = outlet_terms(&vocabulary, outlet, records, &others, settings);
        let kept = settings.most.unwrap_or(usize::MAX).min(rows.len());
        if rows.len() > kept {
            terms.left_out.insert(outlet.clone(), (rows.len() - kept) as u64);
        }
        terms.rows.extend(rows.drain(..kept));
    }
    terms
}

/// The stems of the corpus in byte order.
struct Vocabulary<'a> {
    /// Rank of each surface's stem; `None` for numbers.
    ranks: Vec<Option<u32>>,
    /// By rank: stem, commonest form, mentions.
    stems: Vec<(&'a str, &'a str, u64)>,
    words: u64,
}

impl<'a> Vocabulary<'a> {
    fn of(tally: &'a Tally) -> Self {
        let mut mentions = vec![0_u64; tally.surfaces.len()];
        for word in tally.records.iter().flat_map(|record| &record.words) {
            mentions[word.surface as usize] += 1;
        }
        let mut forms: BTreeMap<&str, Vec<(&str, u64)>> = BTreeMap::new();
        for (surface, &n) in tally.surfaces.iter().zip(&mentions) {
            if !surface.numeric {
                forms.entry(&surface.stem).or_default().push((&surface.surface, n));
            }
        }
        let rank_of: BTreeMap<&str, u32> = forms.keys().copied().zip(0..).collect();
        let rank = |s: &Surface| (!s.numeric).then(|| rank_of[s.stem.as_str()]);
        Self {
            ranks: tally.surfaces.iter().map(rank).collect(),
            words: mentions.iter().sum(),
            stems: forms
                .into_iter()
                .map(|(stem, forms)| {
                    (stem, commonest(&forms), forms.iter().map(|form| form.1).sum())
                })
                .collect(),
        }
    }
}

/// The commonest form without regard to case, then its commonest spelling; ties by byte order.
fn commonest<'a>(forms: &[(&'a str, u64)]) -> &'a str {
    let mut folded: BTreeMap<String, u64> = BTreeMap::new();
    for &(form, n) in forms {
        *folded.entry(form.to_lowercase()).or_default() += n;
    }
    let key = |&(form, n): &(&'a str, u64)| {
        let lower = form.to_lowercase();
        (Reverse(folded[&lower]), lower, Reverse(n), form)
    };
    forms.iter().min_by_key(|form| key(form)).map_or("", |form| form.0)
}

fn outlet_terms(
    vocabulary: &Vocabulary<'_>,
    outlet: &str,
    records: &[&ArticleRecord],
    others: &[&str],
    settings: &TermSettings,
) -> Vec<TermRow> {
    let articles = records.len() as u64;
    let words: u64 = records.iter().map(|record| record.words.len() as u64).sum();
    let min_articles = settings.min_articles.min(articles);
    let mut rows = Vec::new();
    for (rank, mentions, articles_with_term) in stem_counts(vocabulary, records) {
        if mentions < settings.min_mentions || articles_with_term < min_articles {
            continue;
        }
        let (stem, term, all) = vocabulary.stems[rank as usize];
        let counts = Contingency {
            target: mentions,
            target_words: words,
            reference: all - mentions,
            reference_words: vocabulary.words - words,
        };
        rows.push(TermRow {
            outlet: outlet.to_owned(),
            term: term.to_owned(),
            stem: stem.to_owned(),
            favours: favours(&counts, outlet, others),
            counts,
            articles_with_term,
            articles,
            test: if articles == 1 { ONE_ARTICLE } else { DESCRIPTIVE },
        });
    }
    let printed = |row: &TermRow| g2_signed(&row.counts).map(|g2| libm::round(g2 * 1e6) as i64);
    // A stable sort: at equal values the rows keep the byte order of their stems.
    rows.sort_by_cached_key(|row| Reverse(printed(row)));
    rows
}

/// (rank, mentions, articles) of every stem in the records, by rank.
fn stem_counts(vocabulary: &Vocabulary<'_>, records: &[&ArticleRecord]) -> Vec<(u32, u64, u64)> {
    let mut mentions = vec![0_u64; vocabulary.stems.len()];
    let mut articles = vec![0_u64; vocabulary.stems.len()];
    let mut last_seen = vec![usize::MAX; vocabulary.stems.len()];
    for (position, record) in records.iter().enumerate() {
        for word in &record.words {
            let Some(rank) = vocabulary.ranks[word.surface as usize] else { continue };
            let rank = rank as usize;
            mentions[rank] += 1;
            articles[rank] += u64::from(last_seen[rank] != position);
            last_seen[rank] = position;
        }
    }
    (0..).zip(mentions.into_iter().zip(articles)).map(|(rank, (m, a))| (rank, m, a)).collect()
}

/// The side with the higher rate.
fn favours(counts: &Contingency, outlet: &str, others: &[&str]) -> Option<String> {
    match (counts.excess()?, others) {
        (0, _) => None,
        (1.., _) => Some(outlet.to_owned()),
        (_, [other]) => Some((*other).to_owned()),
        _ => Some(OTHERS.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::fixture::{Text, renumbered, tally};

    const EELS: &str = "Eels eels Eels eels eels swim";
    const BEES: &str = "Bees bees bees fly and eels swim";

    fn find(texts: &[Text<'_>], outlets: &[&str]) -> Vec<TermRow> {
        let outlets: Vec<String> = outlets.iter().map(|o| (*o).to_owned()).collect();
        find_terms(&tally(texts), &outlets, &TermSettings::default()).rows
    }

    #[test]
    fn each_outlet_is_compared_with_all_others_together() {
        let rows = find(&[("a", "A", 1, EELS), ("b", "B", 1, BEES)], &["A", "B"]);
        let names: Vec<_> = rows.iter().map(|r| (r.outlet.as_str(), r.term.as_str())).collect();
        assert_eq!(names, [("A", "eels"), ("B", "bees")]);
        let expect = Contingency { target: 5, target_words: 6, reference: 1, reference_words: 7 };
        assert_eq!(rows[0].counts, expect);
        assert_eq!(rows[0].test, "none (one article)");
    }

    #[test]
    fn a_negative_value_names_the_other_side() {
        let texts = [
            ("a", "A", 1, "eels eels eels and much more besides about other fish"),
            ("b", "B", 1, "eels eels eels eels"),
            ("c", "C", 1, "eels eels eels eels"),
        ];
        let favours = |rows: &[TermRow]| rows[0].favours.clone();
        assert_eq!(favours(&find(&texts[..2], &["A"])).as_deref(), Some("B"));
        assert_eq!(favours(&find(&texts, &["A"])).as_deref(), Some(OTHERS));
        assert_eq!(favours(&find(&texts[..1], &["A"])), None);
    }

    #[test]
    fn a_term_of_one_article_is_left_to_outlets_with_one_article() {
        let texts = [("a1", "A", 1, EELS), ("a2", "A", 1, "nothing here"), ("b", "B", 1, BEES)];
        let rows = find(&texts, &["A", "B"]);
        assert_eq!(rows.iter().map(|r| r.term.as_str()).collect::<Vec<_>>(), ["bees"]);
    }

    #[test]
    fn numbers_count_as_words_but_are_no_terms() {
        let rows = find(&[("a", "A", 1, "2023 2023 2023 eels eels eels")], &["A"]);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].counts.target_words, 6);
    }

    #[test]
    fn the_commonest_form_folds_case_before_it_counts() {
        assert_eq!(commonest(&[("sanction", 6), ("Sanctions", 4), ("sanctions", 5)]), "sanctions");
        assert_eq!(commonest(&[("trade", 2), ("trades", 2)]), "trade");
    }

    #[test]
    fn the_country_and_the_pronoun_are_two_terms() {
        let rows = find(&[("a", "A", 1, "US US US told us us us")], &["A"]);
        let terms: Vec<_> = rows.iter().map(|row| row.term.as_str()).collect();
        assert_eq!(terms, ["US", "us"]);
    }

    #[test]
    fn a_limit_keeps_the_largest_and_counts_the_rest() {
        let tally = tally(&[("a", "A", 1, "x x x y y y y"), ("b", "B", 1, "z x")]);
        let settings = TermSettings { most: Some(1), ..TermSettings::default() };
        let terms = find_terms(&tally, &["A".into()], &settings);
        assert_eq!(terms.rows[0].term, "y");
        assert_eq!(terms.left_out["A"], 1);
    }

    #[test]
    fn the_order_of_articles_and_surfaces_changes_nothing() {
        let texts = [("a", "A", 1, EELS), ("b", "B", 1, BEES), ("c", "C", 1, "Eels eels EELS")];
        let outlets = ["A".to_owned(), "B".to_owned(), "C".to_owned()];
        let mut backwards = renumbered(tally(&texts));
        backwards.records.reverse();
        let rows = find_terms(&backwards, &outlets, &TermSettings::default()).rows;
        assert_eq!(rows, find(&texts, &["A", "B", "C"]));
    }

    #[test]
    fn the_two_sides_together_are_the_whole_corpus() {
        let texts = [("a", "A", 1, EELS), ("b", "B", 1, BEES), ("c", "C", 1, "eels eels eels fly")];
        for row in find(&texts, &["A", "B", "C"]) {
            let counts = row.counts;
            assert_eq!(counts.target_words + counts.reference_words, 17);
            let eels = if row.stem == "eels" { 9 } else { 3 };
            assert_eq!(counts.target + counts.reference, eels, "{}", row.stem);
        }
    }
}
