//! How alike two articles are in what they talk about: weighted terms and the cosine between them.
//!
//! Weights are whole millionths, so that sums are exact in any order.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::Path;

use crate::base::EVERYDAY_WORDS;
use crate::compare::comparison::Comparison;
use crate::compare::fold::{Article, Fold};
use crate::compare::stems::Stems;
use crate::tally::{ArticleRecord, Form, Store, Tally, TallyError};

/// Articles that an inverse document frequency acts as if it had seen besides those of the corpus,
/// without any of its terms. In a corpus of three articles on one event what all three share is what
/// ties them, not what tells nothing; with 1,000 unseen articles one threshold serves corpora of 3
/// to 2,000 articles, with 20 the right one falls from 0.29 to 0.19 between 3 and 25 articles
/// (measured 2026-11).
const UNSEEN_ARTICLES: f64 = 1_000.0;

/// How much more a name weighs than another word: who and where tell events apart.
const NAME_WEIGHT: f64 = 1.5;

/// Millionths in one.
const ONE: f64 = 1e6;

/// What an article talks about: its terms with weights whose squares sum to one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Profile {
    /// (rank of the stem in byte order, weight in millionths), by rank.
    pub(crate) weights: Vec<(u32, u64)>,
}

impl Profile {
    /// The sum of two profiles, as the profile of the group of both.
    pub(crate) fn plus(&self, other: &Profile) -> Profile {
        let (mut left, mut right) =
            (self.weights.iter().peekable(), other.weights.iter().peekable());
        let mut weights = Vec::with_capacity(self.weights.len() + other.weights.len());
        while let (Some(&&(a, wa)), Some(&&(b, wb))) = (left.peek(), right.peek()) {
            weights.push((a.min(b), if a <= b { wa } else { 0 } + if b <= a { wb } else { 0 }));
            if a <= b {
                left.next();
            }
            if b <= a {
                right.next();
            }
        }
        weights.extend(left.chain(right));
        Profile { weights }
    }

    /// Sum over shared terms of the product of their weights, in millionths of millionths.
    pub(crate) fn dot(&self, other: &Profile) -> u128 {
        let (mut i, mut j, mut sum) = (0, 0, 0);
        while let (Some(&(a, wa)), Some(&(b, wb))) = (self.weights.get(i), other.weights.get(j)) {
            if a == b {
                sum += u128::from(wa) * u128::from(wb);
            }
            i += usize::from(a <= b);
            j += usize::from(b <= a);
        }
        sum
    }

    /// The `n` heaviest terms, ties by rank.
    pub(crate) fn heaviest(&self, n: usize) -> Vec<u32> {
        let mut terms = self.weights.clone();
        terms.sort_by_key(|&(rank, weight)| (Reverse(weight), rank));
        terms.iter().take(n).map(|&(rank, _)| rank).collect()
    }
}

/// How rare each stem is, and which of them are names: what the weights of [`Profiles`] rest on.
pub struct Rarity<'a> {
    tally: &'a Tally,
    /// Rank of each surface's stem; [`DULL`] for words that tell nothing.
    ranks: Vec<u32>,
    /// Whether a surface starts with a capital letter.
    capital: Vec<bool>,
    /// By rank.
    stems: Vec<Spread>,
}

/// Stands for the rank of a word that tells nothing.
const DULL: u32 = u32::MAX;

/// Where a stem stands.
#[derive(Clone, Copy, Default)]
struct Spread {
    mentions: u64,
    /// Mentions that start with a capital letter.
    capital: u64,
    /// Articles with it.
    articles: u32,
    /// One more than the position of the last of them.
    last: u32,
}

impl Fold for Rarity<'_> {
    fn add(&mut self, article: &Article<'_>) {
        let here = article.at as u32 + 1;
        for word in &article.record.words {
            let rank = self.ranks[word.surface as usize];
            if rank == DULL {
                continue;
            }
            let stem = &mut self.stems[rank as usize];
            stem.mentions += 1;
            stem.capital += u64::from(self.capital[word.surface as usize]);
            stem.articles += u32::from(stem.last != here);
            stem.last = here;
        }
    }
}

impl<'a> Rarity<'a> {
    /// No article yet.
    pub fn new(comparison: &Comparison<'a>) -> Self {
        let tally = comparison.tally;
        let (ranks, n_stems) = ranks(tally);
        let upper = |s: Form<'_>| s.surface.chars().next().is_some_and(char::is_uppercase);
        Rarity {
            tally,
            ranks,
            capital: tally.surfaces.iter().map(upper).collect(),
            stems: vec![Spread::default(); n_stems],
        }
    }

    /// Weight of one mention of each stem, by rank.
    fn weights(&self) -> Vec<f64> {
        let corpus = self.tally.heads.len() as f64 + UNSEEN_ARTICLES;
        let weight = |stem: &Spread| {
            let name = if stem.capital * 5 > stem.mentions * 4 { NAME_WEIGHT } else { 1.0 };
            name * libm::log(corpus / (f64::from(stem.articles) + 1.0))
        };
        self.stems.iter().map(weight).collect()
    }
}

/// The profile of every article.
///
/// Weight of a term = (1 + ln mentions) · ln((N + 1000) / (articles with it + 1)), times 1.5 for
/// names; then scaled to unit length. Function words, reporting words and numbers have none. The
/// cosine of two profiles is their dot product; METHODS section 14, TF-IDF after Salton & Buckley
/// 1988.
pub struct Profiles {
    ranks: Vec<u32>,
    weights: Vec<f64>,
    store: Store,
    failed: Option<TallyError>,
}

impl Fold for Profiles {
    fn add(&mut self, article: &Article<'_>) {
        let profile = profile(&counts(article.record, &self.ranks), &self.weights);
        let numbers = profile.weights.iter().flat_map(|&(rank, weight)| [rank, weight as u32]);
        if let Err(error) = self.store.push(numbers) {
            self.failed.get_or_insert(error);
        }
    }
}

impl Profiles {
    /// No article yet; `rarity` has taken in all of them.
    pub fn new(comparison: &Comparison<'_>, rarity: Rarity<'_>) -> Self {
        let weights = rarity.weights();
        let store = Store::new(&comparison.scratch);
        Profiles { ranks: rarity.ranks, weights, store, failed: None }
    }

    /// Where what does not fit in memory lies.
    pub(crate) fn dir(&self) -> &Path {
        self.store.dir()
    }

    /// The profile of an article.
    pub(crate) fn get(&self, article: usize) -> Result<Profile, TallyError> {
        let numbers = self.store.get(article)?;
        let weights = numbers.chunks_exact(2).map(|pair| (pair[0], u64::from(pair[1])));
        Ok(Profile { weights: weights.collect() })
    }

    /// The error that kept a profile from being written.
    pub(crate) fn check(&mut self) -> Result<(), TallyError> {
        self.failed.take().map_or(Ok(()), Err)
    }
}

/// The rank of each surface's stem in byte order, [`DULL`] for words that tell nothing, and how many
/// stems there are.
fn ranks(tally: &Tally) -> (Vec<u32>, usize) {
    let common: BTreeSet<&str> = EVERYDAY_WORDS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect();
    let stems = Stems::of(tally);
    let dull = |s: Form<'_>| {
        // `US` is not `us`: written in capitals, only the stem decides.
        let shouted = s.surface.chars().all(char::is_uppercase);
        let lower = s.surface.to_lowercase();
        s.numeric
            || s.surface.chars().nth(1).is_none()
            || common.contains(s.stem)
            || (!shouted && common.contains(lower.as_str()))
    };
    let ranks = tally.surfaces.iter().zip(&stems.of_surface);
    (ranks.map(|(s, &rank)| if dull(s) { DULL } else { rank }).collect(), stems.names.len())
}

/// How often an article mentions each stem, by rank.
fn counts(record: &ArticleRecord, ranks: &[u32]) -> Vec<(u32, u32)> {
    let ranks = record.words.iter().map(|word| ranks[word.surface as usize]);
    let mut found: Vec<u32> = ranks.filter(|&rank| rank != DULL).collect();
    found.sort_unstable();
    found.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)).collect()
}

fn profile(counts: &[(u32, u32)], rarity: &[f64]) -> Profile {
    let weight = |&(rank, n): &(u32, u32)| (1.0 + libm::log(f64::from(n))) * rarity[rank as usize];
    let length = libm::sqrt(counts.iter().map(|c| weight(c) * weight(c)).sum());
    let scaled = |c: &(u32, u32)| (c.0, libm::round(weight(c) / length * ONE) as u64);
    Profile { weights: counts.iter().map(scaled).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::fixture::{renumbered, tally};

    fn profiles(tally: &Tally) -> Vec<Profile> {
        let lexicon = crate::lexicon::Lexicon::default();
        let comparison = Comparison::new(tally, &lexicon, &[]);
        let rarity = comparison.fold(Rarity::new(&comparison)).unwrap();
        let profiles = comparison.fold(Profiles::new(&comparison, rarity)).unwrap();
        (0..tally.heads.len()).map(|at| profiles.get(at).unwrap()).collect()
    }

    fn cosine(a: &str, b: &str) -> f64 {
        let profiles = profiles(&tally(&[("a", "A", 1, a), ("b", "B", 1, b)]));
        profiles[0].dot(&profiles[1]) as f64 / 1e12
    }

    #[test]
    fn an_article_is_wholly_like_itself() {
        let text = "Envoy Marlow visits Tarn harbour";
        assert!((cosine(text, text) - 1.0).abs() < 1e-5);
    }

    #[test]
    fn function_words_make_nothing_alike() {
        assert_eq!(cosine("He said that it was over", "It was said that he is over there"), 0.0);
    }

    #[test]
    fn the_country_is_not_the_pronoun() {
        assert_eq!(cosine("US tariffs", "they told us"), 0.0);
        assert!(cosine("US tariffs", "US envoys") > 0.0);
    }

    #[test]
    fn a_shared_name_weighs_more_than_a_shared_word() {
        assert!(cosine("Marlow spoke", "Marlow left") > cosine("marlow spoke", "marlow left"));
    }

    #[test]
    fn the_order_of_surfaces_changes_nothing() {
        let tally = tally(&[("a", "A", 1, "Tarn bans eels"), ("b", "B", 1, "eels leave Tarn bay")]);
        assert_eq!(profiles(&tally), profiles(&renumbered(tally.clone())));
    }

    #[test]
    fn a_sum_of_profiles_keeps_every_term_once() {
        let (a, b) =
            (Profile { weights: vec![(1, 5), (3, 2)] }, Profile { weights: vec![(2, 1), (3, 4)] });
        assert_eq!(a.plus(&b).weights, vec![(1, 5), (2, 1), (3, 6)]);
        assert_eq!((a.dot(&b), a.heaviest(1)), (8, vec![1]));
    }
}
