//! Keyness: how much more, or less, one side uses a term than the other. One file per measure.
//!
//! A measure sees four counts and nothing else; which terms are compared is decided in `terms`.

mod g2_4cell;
mod log_ratio_addhalf;

pub use g2_4cell::{G2, g2_4cell, g2_signed};
pub use log_ratio_addhalf::{LogRatio, log_ratio_addhalf};

/// Calls a macro with every measure, in the order of the columns. To add a measure, write its file,
/// list the file above and the measure here: column, data dictionary and table follow.
macro_rules! for_each_measure {
    ($call:ident) => {
        $call![$crate::compare::keyness::G2, $crate::compare::keyness::LogRatio]
    };
}
pub(crate) use for_each_measure;

/// The counts that keyness is computed from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contingency {
    /// Mentions of the term in the target.
    pub target: u64,
    /// Words of the target.
    pub target_words: u64,
    /// Mentions of the term in the reference.
    pub reference: u64,
    /// Words of the reference.
    pub reference_words: u64,
}

/// A measure of keyness. Positive favours the target, negative the reference.
pub trait Measure {
    /// Column name; it says form and correction (`g2_4cell`, not `g2`).
    const NAME: &'static str;
    /// Unit and range.
    const UNIT: &'static str;
    /// Meaning in one sentence, undefined case included.
    const MEANING: &'static str;

    /// The measure; `None` where it is undefined.
    fn value(counts: &Contingency) -> Option<f64>;
}

impl Contingency {
    /// Mentions in the target beyond those expected if both sides used the term alike, times all
    /// words: exact, so that its sign is. `None` if a side has no words.
    pub fn excess(&self) -> Option<i128> {
        if self.target_words == 0 || self.reference_words == 0 {
            return None;
        }
        let product = |a: u64, b: u64| i128::from(a) * i128::from(b);
        Some(
            product(self.target, self.reference_words) - product(self.reference, self.target_words),
        )
    }

    /// Mentions per 1,000 words of the target; `None` without words.
    pub fn target_per_1k(&self) -> Option<f64> {
        per_1k(self.target, self.target_words)
    }

    /// Mentions per 1,000 words of the reference; `None` without words.
    pub fn reference_per_1k(&self) -> Option<f64> {
        per_1k(self.reference, self.reference_words)
    }
}

fn per_1k(mentions: u64, words: u64) -> Option<f64> {
    (words > 0).then(|| mentions as f64 * 1_000.0 / words as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_per_thousand_words_and_undefined_without_words() {
        let counts = Contingency { target: 6, target_words: 533, reference: 0, reference_words: 0 };
        assert!((counts.target_per_1k().unwrap() - 11.257_035_647_279_55).abs() < 1e-12);
        assert_eq!((counts.reference_per_1k(), counts.excess()), (None, None));
    }

    #[test]
    fn equal_rates_have_no_excess() {
        let counts =
            Contingency { target: 10, target_words: 1_000, reference: 20, reference_words: 2_000 };
        assert_eq!(counts.excess(), Some(0));
    }
}
