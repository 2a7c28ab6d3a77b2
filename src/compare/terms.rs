//! Which words set an outlet apart: every term of an outlet against all other outlets together.
//!
//! The measures themselves stand in `keyness`.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::compare::comparison::Comparison;
use crate::compare::fold::{Article, Fold};
use crate::compare::keyness::{Contingency, g2_signed};
use crate::compare::stems::Stems;
use crate::compare::units::Once;
use crate::compare::uses;
use crate::compare::uses::Uses;
use crate::tally::{Forms, TallyError};

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

/// The terms of one outlet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutletTerms {
    /// By G² as printed, the largest first, then by stem.
    pub rows: Vec<TermRow>,
    /// How many of its terms [`TermSettings::most`] left out.
    pub left_out: u64,
}

/// How often each outlet uses each stem. Numbers are no terms, but count as words.
pub struct TermCounts<'a> {
    comparison: &'a Comparison<'a>,
    stems: Stems<'a>,
    /// Rank of each surface's stem; [`NUMBER`] for numbers.
    ranks: Vec<u32>,
    /// Mentions of each surface form.
    surfaces: Vec<u64>,
    /// Words of each outlet.
    words: Vec<u64>,
    uses: Uses,
    /// Mentions of each stem in the article that is read.
    here: Vec<u32>,
    /// Stems of near-duplicates.
    met: Once<u32>,
    failed: Option<TallyError>,
}

/// Stands for the rank of a number.
const NUMBER: u32 = u32::MAX;

impl Fold for TermCounts<'_> {
    fn add(&mut self, article: &Article<'_>) {
        let mut met = Vec::new();
        for word in &article.record.words {
            let surface = word.surface as usize;
            self.surfaces[surface] += 1;
            let rank = self.ranks[surface];
            if rank != NUMBER {
                if self.here[rank as usize] == 0 {
                    met.push(rank);
                }
                self.here[rank as usize] += 1;
            }
        }
        self.words[article.outlet] += article.record.words.len() as u64;
        let (here, once) = (&mut self.here, &mut self.met);
        let stems = met.into_iter().map(|rank| {
            let mentions = std::mem::take(&mut here[rank as usize]);
            (rank, mentions, once.is_new(article, || rank))
        });
        if let Err(error) = self.uses.add(article.outlet, stems) {
            self.failed.get_or_insert(error);
        }
    }
}

impl<'a> TermCounts<'a> {
    /// No article yet.
    pub fn new(comparison: &'a Comparison<'a>) -> Self {
        let stems = Stems::of(comparison.tally);
        let surfaces = comparison.tally.surfaces.iter().zip(&stems.of_surface);
        TermCounts {
            comparison,
            ranks: surfaces.map(|(s, &rank)| if s.numeric { NUMBER } else { rank }).collect(),
            surfaces: vec![0; comparison.tally.surfaces.len()],
            words: vec![0; comparison.outlets.len()],
            uses: Uses::new(comparison.outlets.len(), &comparison.scratch),
            here: vec![0; stems.names.len()],
            met: Once::default(),
            failed: None,
            stems,
        }
    }

    /// Compares each outlet with all others together, one outlet after another, so that no more than
    /// the terms of one are in memory.
    pub fn terms(
        &mut self,
        settings: TermSettings,
    ) -> Result<impl Iterator<Item = Result<OutletTerms, TallyError>>, TallyError> {
        self.failed.take().map_or(Ok(()), Err)?;
        let counts = &*self;
        let vocabulary = Vocabulary::of(counts);
        let names = &counts.comparison.outlets;
        let mut by_name = names.clone();
        by_name.sort_unstable();
        let articles = counts.comparison.articles().into_iter();
        let outlets = names.iter().zip(&counts.words).zip(articles).enumerate();
        Ok(outlets.map(move |(at, ((outlet, &words), articles))| {
            let others: Vec<&str> = by_name.iter().copied().filter(|name| name != outlet).collect();
            let counts = OutletCounts { words, stems: counts.uses.of(at)? };
            Ok(outlet_terms(&vocabulary, outlet, &counts, articles, &others, &settings))
        }))
    }
}

/// The stems of the corpus in byte order. It holds numbers for words, as there are as many as the
/// corpus has.
struct Vocabulary<'a> {
    stems: &'a Stems<'a>,
    surfaces: &'a Forms,
    /// By rank: position of the commonest form, mentions.
    commonest: Vec<(u32, u64)>,
    words: u64,
}

impl<'a> Vocabulary<'a> {
    fn of(counts: &'a TermCounts<'_>) -> Self {
        let (stems, surfaces) = (&counts.stems, &counts.comparison.tally.surfaces);
        let ranks = &stems.of_surface;
        let mut forms: Vec<u32> = (0..).take(surfaces.len()).collect();
        forms.retain(|&form| !surfaces.get(form).numeric);
        // Surface forms are sorted, so that those of one stem stand in byte order.
        forms.sort_unstable_by_key(|&form| (ranks[form as usize], form));
        let mut commonest_forms = vec![(0, 0); stems.names.len()];
        for forms in forms.chunk_by(|&one, &other| ranks[one as usize] == ranks[other as usize]) {
            let of = |&form: &u32| (surfaces.get(form).surface, counts.surfaces[form as usize]);
            let all: Vec<(&str, u64)> = forms.iter().map(of).collect();
            let most = forms[commonest(&all)];
            let mentions = all.iter().map(|form| form.1).sum();
            commonest_forms[ranks[most as usize] as usize] = (most, mentions);
        }
        let words = counts.surfaces.iter().sum();
        Self { stems, surfaces, commonest: commonest_forms, words }
    }

    /// The commonest form of a stem.
    fn term(&self, rank: u32) -> &'a str {
        self.surfaces.get(self.commonest[rank as usize].0).surface
    }
}

/// Which is the commonest form without regard to case, in its commonest spelling; ties by byte order.
fn commonest(forms: &[(&str, u64)]) -> usize {
    if forms.len() == 1 {
        return 0;
    }
    let mut folded: BTreeMap<String, u64> = BTreeMap::new();
    for &(form, n) in forms {
        *folded.entry(form.to_lowercase()).or_default() += n;
    }
    let key = |&at: &usize| {
        let (form, n) = forms[at];
        let lower = form.to_lowercase();
        (Reverse(folded[&lower]), lower, Reverse(n), form)
    };
    (0..forms.len()).min_by_key(key).unwrap_or(0)
}

/// What one outlet uses.
struct OutletCounts<'a> {
    words: u64,
    stems: Cow<'a, uses::Stems>,
}

fn outlet_terms(
    vocabulary: &Vocabulary<'_>,
    outlet: &str,
    counts: &OutletCounts<'_>,
    articles: u64,
    others: &[&str],
    settings: &TermSettings,
) -> OutletTerms {
    let words = counts.words;
    let min_articles = settings.min_articles.min(articles);
    let common =
        |n: &(u32, u32)| u64::from(n.0) >= settings.min_mentions && u64::from(n.1) >= min_articles;
    let candidate = |(&rank, &(mentions, articles_with_term)): (&u32, &(u32, u32))| {
        let mentions = u64::from(mentions);
        let counts = Contingency {
            target: mentions,
            target_words: words,
            reference: vocabulary.commonest[rank as usize].1 - mentions,
            reference_words: vocabulary.words - words,
        };
        let printed = g2_signed(&counts).map(|g2| libm::round(g2 * 1e6) as i64);
        (Reverse(printed), rank, counts, u64::from(articles_with_term))
    };
    let mut found: Vec<(Reverse<Option<i64>>, u32, Contingency, u64)> =
        counts.stems.iter().filter(|(_, n)| common(n)).map(candidate).collect();
    // At equal values terms stand in the byte order of their stems.
    found.sort_unstable_by_key(|(printed, rank, ..)| (*printed, *rank));
    let kept = settings.most.unwrap_or(usize::MAX).min(found.len());
    let left_out = (found.len() - kept) as u64;
    let row = |(_, rank, counts, articles_with_term): (_, u32, Contingency, u64)| TermRow {
        outlet: outlet.to_owned(),
        term: vocabulary.term(rank).to_owned(),
        stem: vocabulary.stems.names[rank as usize].to_owned(),
        favours: favours(&counts, outlet, others),
        counts,
        articles_with_term,
        articles,
        test: if articles == 1 { ONE_ARTICLE } else { DESCRIPTIVE },
    };
    OutletTerms { rows: found.into_iter().take(kept).map(row).collect(), left_out }
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
    use crate::tally::Tally;

    const EELS: &str = "Eels eels Eels eels eels swim";
    const BEES: &str = "Bees bees bees fly and eels swim";

    fn find(texts: &[Text<'_>], outlets: &[&str]) -> Vec<TermRow> {
        let mut rows = rows(&tally(texts));
        rows.retain(|row| outlets.contains(&row.outlet.as_str()));
        rows
    }

    /// The terms of each outlet.
    fn find_terms(tally: &Tally, settings: TermSettings) -> Vec<OutletTerms> {
        let lexicon = crate::lexicon::Lexicon::default();
        let comparison = Comparison::new(tally, &lexicon, &[]);
        let mut counts = comparison.fold(TermCounts::new(&comparison)).unwrap();
        counts.terms(settings).unwrap().map(Result::unwrap).collect()
    }

    fn rows(tally: &Tally) -> Vec<TermRow> {
        let outlets = find_terms(tally, TermSettings::default()).into_iter();
        outlets.flat_map(|outlet| outlet.rows).collect()
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
        assert_eq!(commonest(&[("sanction", 6), ("Sanctions", 4), ("sanctions", 5)]), 2);
        assert_eq!(commonest(&[("trade", 2), ("trades", 2)]), 0);
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
        let terms = find_terms(&tally, settings);
        assert_eq!((terms[0].rows[0].term.as_str(), terms[0].left_out), ("y", 1));
    }

    #[test]
    fn the_order_of_articles_and_surfaces_changes_nothing() {
        let texts = [("a", "A", 1, EELS), ("b", "B", 1, BEES), ("c", "C", 1, "Eels eels EELS")];
        let rows = rows(&renumbered(tally(&texts)));
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
