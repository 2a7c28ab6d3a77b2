//! The log-likelihood ratio G² on all four cells, signed by the side that uses the term more.

use crate::compare::keyness::{Contingency, Measure};

/// The column `g2_4cell`: [`g2_signed`].
pub struct G2;

impl Measure for G2 {
    const NAME: &'static str = "g2_4cell";
    const UNIT: &'static str = "G2, signed";
    const MEANING: &'static str = "Log-likelihood ratio on all four cells (Dunning 1993), positive \
        if the outlet uses the term more than the others together, negative if less; ranks terms, \
        is no test of outlets; empty without words on both sides.";

    fn value(counts: &Contingency) -> Option<f64> {
        g2_signed(counts)
    }
}

/// Log-likelihood ratio for one term, signed: positive means over-used in the target.
///
/// Unit: G², range (−∞, ∞); 0 at equal rates. `None` if a side has no words. Dunning 1993.
pub fn g2_signed(counts: &Contingency) -> Option<f64> {
    let excess = counts.excess()?;
    Some(g2_4cell(counts)? * excess.signum() as f64)
}

/// Log-likelihood ratio for one term: 2 Σ O ln(O/E) over the four cells of term and other words,
/// target and reference.
///
/// Unit: G², range [0, ∞). `None` if a side has no words. Dunning 1993, on the full table (the form
/// of Rayson & Garside 2000 leaves out the other words); agrees with quanteda's `lr` without
/// correction and scipy's `chi2_contingency(lambda_="log-likelihood", correction=False)`.
///
/// # Panics
/// If a side has more mentions than words: a fault of ours.
pub fn g2_4cell(counts: &Contingency) -> Option<f64> {
    let excess = counts.excess()?;
    let others = |mentions: u64, words: u64| {
        words.checked_sub(mentions).expect("no side has more mentions than words")
    };
    let Contingency { target, target_words, reference, reference_words } = *counts;
    let target_others = others(target, target_words);
    let reference_others = others(reference, reference_words);
    let (mentions, rest) = (target + reference, target_others + reference_others);
    let words = (target_words + reference_words) as f64;
    // O − E is the same for all four cells but for its sign, and exact.
    let difference = excess as f64 / words;
    let cell = |observed: u64, row: u64, column: u64, difference: f64| {
        let expected = row as f64 * column as f64 / words;
        // ln(O/E) as ln(1 + (O − E)/E): the cells of the other words nearly cancel, and a plain
        // logarithm would lose their last digits.
        if observed == 0 { 0.0 } else { observed as f64 * libm::log1p(difference / expected) }
    };
    let sum = cell(target, mentions, target_words, difference)
        + cell(reference, mentions, reference_words, -difference)
        + cell(target_others, rest, target_words, -difference)
        + cell(reference_others, rest, reference_words, difference);
    Some((2.0 * sum).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(target: u64, target_words: u64, reference: u64, reference_words: u64) -> Contingency {
        Contingency { target, target_words, reference, reference_words }
    }

    #[test]
    fn a_term_of_one_side_only_is_worth_twice_its_surprise() {
        // 1 of 2 words against 0 of 2: 2 (1 ln 2 + 1 ln(2/3) + 2 ln(4/3)).
        let by_hand = 2.0 * (libm::log(2.0) + libm::log(2.0 / 3.0) + 2.0 * libm::log(4.0 / 3.0));
        assert!((g2_4cell(&counts(1, 2, 0, 2)).unwrap() - by_hand).abs() < 1e-12);
    }

    #[test]
    fn the_sign_names_the_side() {
        assert!(g2_signed(&counts(3, 10, 7, 9)).unwrap() < -4.5);
        assert!(g2_signed(&counts(7, 9, 3, 10)).unwrap() > 4.5);
    }

    #[test]
    fn equal_rates_give_exactly_zero() {
        assert_eq!(g2_signed(&counts(10, 1_000, 20, 2_000)), Some(0.0));
    }

    #[test]
    fn a_side_without_words_leaves_it_undefined() {
        assert_eq!(g2_4cell(&counts(3, 10, 0, 0)), None);
    }

    #[test]
    fn a_side_that_is_all_term_is_finite() {
        assert!(g2_4cell(&counts(5, 5, 1, 9)).unwrap().is_finite());
    }
}
