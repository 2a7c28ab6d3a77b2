//! Exact decimals with six places, held as whole millionths, so that sums never depend on order.

use serde::{Deserialize, Serialize};

/// A decimal number with six places: `Micro(1_500_000)` is 1.5.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Micro(pub i64);

impl Micro {
    /// The number one.
    pub const ONE: Micro = Micro(1_000_000);

    /// Reads `1`, `0.25`, `-2.5`; at most six decimals, no exponent.
    ///
    /// `None` for anything else, and beyond nine billion.
    pub fn parse(text: &str) -> Option<Micro> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || fraction.len() > 6 {
            return None;
        }
        let whole: i64 = whole.parse().ok().filter(|&n: &i64| n <= 9_000_000_000)?;
        let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(6);
        let millionths = digits.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        let value = whole * 1_000_000 + millionths;
        Some(Micro(if negative { -value } else { value }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        assert_eq!(Micro::parse("1"), Some(Micro::ONE));
        assert_eq!(Micro::parse("0.25"), Some(Micro(250_000)));
        assert_eq!(Micro::parse("-2.5"), Some(Micro(-2_500_000)));
    }

    #[test]
    fn what_is_not_a_plain_decimal_is_refused() {
        for text in ["", ".", "1e3", "1,5", "0.1234567", "one", "--1"] {
            assert!(Micro::parse(text).is_none(), "{text}");
        }
    }
}
