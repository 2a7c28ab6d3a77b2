//! The log ratio: how many times more often one side uses a term, in doublings.

use crate::compare::keyness::{Contingency, Measure};

/// The column `log_ratio_addhalf`.
pub struct LogRatio;

impl Measure for LogRatio {
    const NAME: &'static str = "log_ratio_addhalf";
    const UNIT: &'static str = "doublings (log2)";
    const MEANING: &'static str = "Binary logarithm of the ratio of the two rates, half a mention \
        and half a word added on both sides (Hardie 2014): 1 = twice as often as in the other \
        outlets together, -1 = half as often; empty without words on both sides.";

    fn value(counts: &Contingency) -> Option<f64> {
        log_ratio_addhalf(counts)
    }
}

/// Binary logarithm of the ratio of relative frequencies, with half a mention and half a word added
/// on both sides.
///
/// Unit: doublings, range (−∞, ∞); 1 = twice as often. `None` if a side has no words. Hardie 2014;
/// the added half keeps it finite where a side has no mention, alike for both sides.
pub fn log_ratio_addhalf(counts: &Contingency) -> Option<f64> {
    counts.excess()?;
    let rate = |mentions: u64, words: u64| (mentions as f64 + 0.5) / (words as f64 + 0.5);
    let target = rate(counts.target, counts.target_words);
    Some(libm::log2(target / rate(counts.reference, counts.reference_words)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_as_often_is_about_one() {
        let counts = Contingency {
            target: 200,
            target_words: 9_000,
            reference: 100,
            reference_words: 9_000,
        };
        assert!((log_ratio_addhalf(&counts).unwrap() - 1.0).abs() < 0.01);
    }

    #[test]
    fn it_is_finite_where_the_other_side_is_silent() {
        // (5.5/533.5)/(0.5/801.5) = 16.52...
        let counts =
            Contingency { target: 5, target_words: 533, reference: 0, reference_words: 801 };
        let ratio = 5.5 / 533.5 / (0.5 / 801.5);
        assert!((log_ratio_addhalf(&counts).unwrap() - libm::log2(ratio)).abs() < 1e-12);
    }

    #[test]
    fn swapping_sides_swaps_the_sign() {
        let (one, other) = (
            Contingency { target: 7, target_words: 518, reference: 4, reference_words: 816 },
            Contingency { target: 4, target_words: 816, reference: 7, reference_words: 518 },
        );
        let sum = log_ratio_addhalf(&one).unwrap() + log_ratio_addhalf(&other).unwrap();
        assert!(sum.abs() < 1e-12);
    }
}
