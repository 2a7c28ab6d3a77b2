//! A difference between two rates, and how far it moves when one thing after another is left out.

use std::cmp::Ordering;

/// A difference between two rates as the whole numbers behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// Mentions and words of the target; some words.
    pub(super) target: (u64, u64),
    /// Mentions and words of the reference; some words.
    pub(super) reference: (u64, u64),
}

/// Mentions per 1,000 words, of some words.
pub(super) fn per_1k((mentions, words): (u64, u64)) -> f64 {
    mentions as f64 * 1000.0 / words as f64
}

impl Difference {
    /// Rate of the target less that of the reference, in mentions per 1,000 words.
    pub(super) fn value(self) -> f64 {
        per_1k(self.target) - per_1k(self.reference)
    }

    /// Which rate is larger, from whole numbers, so that no rounding turns a tie.
    fn sign(self) -> Ordering {
        let across = |(mentions, _): (u64, u64), (_, words): (u64, u64)| {
            u128::from(mentions) * u128::from(words)
        };
        across(self.target, self.reference).cmp(&across(self.reference, self.target))
    }
}

/// What becomes of the sign of a difference when one thing is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignWithout {
    /// The same, whichever one is left out.
    Holds,
    /// Without one of them the rates are equal; it never turns.
    Gone,
    /// Without one of them the other rate is larger.
    Turns,
}

impl SignWithout {
    /// The word the tables print.
    pub fn name(self) -> &'static str {
        match self {
            SignWithout::Holds => "holds",
            SignWithout::Gone => "gone",
            SignWithout::Turns => "turns",
        }
    }
}

/// How far a difference moves when each of several things is left out in turn.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// How many things are left out, one at a time.
    pub n: u64,
    /// Smallest difference, in mentions per 1,000 words.
    pub low: f64,
    /// Largest difference.
    pub high: f64,
    /// What becomes of its sign; `None` if there is no difference to begin with.
    pub sign: Option<SignWithout>,
    /// What takes the difference furthest to the other side; empty if the sign holds.
    pub sign_breaker: String,
    /// What moves the difference furthest; empty if nothing moves it.
    pub furthest: String,
    /// How far it does: the difference without it, less the difference; 0 if nothing moves it.
    pub moved: f64,
}

/// Leaves out one thing after another: the difference without each, and its name. `n` is how many
/// there are, of which only those that can be furthest need to be given; `None` of nothing.
///
/// Of equal ones the first counts.
pub(super) fn leave_out<N: ToString>(
    whole: Difference,
    n: u64,
    parts: impl Iterator<Item = (Difference, N)>,
) -> Option<LeftOut> {
    let (value, sign) = (whole.value(), whole.sign());
    let mut found: Option<LeftOut> = None;
    // How far to the other side: of an upper rate the fall, of a lower one the rise.
    let beyond = |then: f64| if sign == Ordering::Greater { -then } else { then };
    let mut furthest_beyond = f64::NEG_INFINITY;
    for (without, name) in parts {
        let then = without.value();
        let all = found.get_or_insert(LeftOut {
            n,
            low: then,
            high: then,
            sign: (sign != Ordering::Equal).then_some(SignWithout::Holds),
            sign_breaker: String::new(),
            furthest: String::new(),
            moved: 0.0,
        });
        all.low = all.low.min(then);
        all.high = all.high.max(then);
        if (then - value).abs() > all.moved.abs() {
            (all.moved, all.furthest) = (then - value, name.to_string());
        }
        let becomes = match without.sign() {
            same if same == sign => SignWithout::Holds,
            Ordering::Equal => SignWithout::Gone,
            _ => SignWithout::Turns,
        };
        all.sign = all.sign.map(|worst| worst.max(becomes));
        let breaks = all.sign.is_some() && becomes != SignWithout::Holds;
        if breaks && beyond(then) > furthest_beyond {
            furthest_beyond = beyond(then);
            all.sign_breaker = name.to_string();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(target: (u64, u64), reference: (u64, u64)) -> Difference {
        Difference { target, reference }
    }

    fn of(whole: Difference, parts: &[(Difference, &str)]) -> LeftOut {
        let n = parts.len() as u64;
        let parts = parts.iter().map(|(part, name)| (*part, name));
        leave_out(whole, n, parts).unwrap()
    }

    /// 6 of 1,000 against 2 of 500: 6 - 4 = 2.
    const WHOLE: Difference = Difference { target: (6, 1000), reference: (2, 500) };

    #[test]
    fn by_hand() {
        let parts = [
            (difference((5, 1000), (2, 500)), "one in the target"),
            (difference((2, 1000), (2, 500)), "four in the target"),
            (difference((6, 1000), (0, 500)), "both of the reference"),
        ];
        let all = of(WHOLE, &parts);
        assert_eq!((all.low, all.high, all.moved), (-2.0, 6.0, -4.0));
        assert_eq!(all.furthest, "four in the target", "of equal ones the first");
        assert_eq!(all.sign, Some(SignWithout::Turns));
        assert_eq!(all.sign_breaker, "four in the target");
        let all = of(WHOLE, &[parts[0], parts[2]]);
        assert_eq!((all.sign, all.sign_breaker.as_str()), (Some(SignWithout::Holds), ""));
        assert_eq!((all.furthest.as_str(), all.moved), ("both of the reference", 4.0));
    }

    #[test]
    fn a_difference_can_be_gone_without_turning() {
        let all = of(WHOLE, &[(difference((4, 1000), (2, 500)), "two")]);
        assert_eq!((all.sign, all.sign_breaker.as_str()), (Some(SignWithout::Gone), "two"));
        let lower = difference((1, 1000), (1, 500));
        let all = of(lower, &[(difference((1, 1000), (0, 500)), "the one")]);
        assert_eq!((all.sign, all.low), (Some(SignWithout::Turns), 1.0));
    }

    #[test]
    fn without_a_difference_there_is_no_sign_to_hold() {
        let equal = difference((2, 1000), (1, 500));
        let all = of(equal, &[(difference((1, 1000), (1, 500)), "one")]);
        assert_eq!((all.sign, all.sign_breaker.as_str(), all.moved), (None, "", -1.0));
    }

    #[test]
    fn equal_rates_are_equal_however_they_round() {
        assert_eq!(difference((1, 3), (7, 21)).sign(), Ordering::Equal);
        assert_eq!(difference((1, 3), (7, 22)).sign(), Ordering::Greater);
    }
}
