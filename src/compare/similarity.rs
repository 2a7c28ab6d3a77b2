//! How alike two articles are in what they talk about: weighted terms and the cosine between them.
//!
//! Weights are whole millionths, so that sums are exact in any order.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::base::EVERYDAY_WORDS;
use crate::tally::{ArticleRecord, Surface, Tally};

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

/// The profile of every article, in the order of the records.
///
/// Weight of a term = (1 + ln mentions) · ln((N + 1000) / (articles with it + 1)), times 1.5 for
/// names; then scaled to unit length. Function words, reporting words and numbers have none. The
/// cosine of two profiles is [`Profile::dot`]; METHODS section 14, TF-IDF after Salton & Buckley
/// 1988.
pub(crate) fn profiles(tally: &Tally) -> Vec<Profile> {
    let ranks = ranks(tally);
    let counts: Vec<_> = tally.records.iter().map(|record| counts(record, &ranks)).collect();
    let rarity = rarity(tally, &ranks, &counts);
    counts.iter().map(|counts| profile(counts, &rarity)).collect()
}

/// The rank of each surface's stem in byte order; `None` for words that tell nothing.
fn ranks(tally: &Tally) -> Vec<Option<u32>> {
    let common: BTreeSet<&str> = EVERYDAY_WORDS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect();
    let stems: BTreeSet<&str> = tally.surfaces.iter().map(|s| s.stem.as_str()).collect();
    let rank_of: BTreeMap<&str, u32> = stems.into_iter().zip(0..).collect();
    let rank = |s: &Surface| {
        // `US` is not `us`: written in capitals, only the stem decides.
        let shouted = s.surface.chars().all(char::is_uppercase);
        let lower = s.surface.to_lowercase();
        let dull = s.numeric
            || s.surface.chars().nth(1).is_none()
            || common.contains(s.stem.as_str())
            || (!shouted && common.contains(lower.as_str()));
        (!dull).then(|| rank_of[s.stem.as_str()])
    };
    tally.surfaces.iter().map(rank).collect()
}

/// How often an article mentions each stem, by rank.
fn counts(record: &ArticleRecord, ranks: &[Option<u32>]) -> Vec<(u32, u32)> {
    let mut found: Vec<u32> =
        record.words.iter().filter_map(|word| ranks[word.surface as usize]).collect();
    found.sort_unstable();
    found.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)).collect()
}

/// Weight of one mention of each stem, by rank.
fn rarity(tally: &Tally, ranks: &[Option<u32>], counts: &[Vec<(u32, u32)>]) -> Vec<f64> {
    let n_ranks = ranks.iter().flatten().max().map_or(0, |&rank| rank as usize + 1);
    let mut articles = vec![0_u32; n_ranks];
    let mut mentions = vec![(0_u64, 0_u64); n_ranks];
    for &(rank, _) in counts.iter().flatten() {
        articles[rank as usize] += 1;
    }
    for word in tally.records.iter().flat_map(|record| &record.words) {
        if let Some(rank) = ranks[word.surface as usize] {
            let surface = &tally.surfaces[word.surface as usize].surface;
            let (all, capital) = &mut mentions[rank as usize];
            *all += 1;
            *capital += u64::from(surface.chars().next().is_some_and(char::is_uppercase));
        }
    }
    let corpus = tally.records.len() as f64 + UNSEEN_ARTICLES;
    let weight = |(&articles, &(all, capital)): (&u32, &(u64, u64))| {
        let name = if capital * 5 > all * 4 { NAME_WEIGHT } else { 1.0 };
        name * libm::log(corpus / (f64::from(articles) + 1.0))
    };
    articles.iter().zip(&mentions).map(weight).collect()
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
