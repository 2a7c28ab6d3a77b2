//! Intervals for rates: the ratio estimator over articles, with quantiles of Student's t.

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2};

/// The normal quantile that 97.5 % of the distribution lie below.
const Z975: f64 = 1.959_963_984_540_054;
/// From this many degrees of freedom on the expansion around the normal quantile is exact to the
/// last printed digit.
const MANY: u64 = 200;

/// Whole-number sums over the articles of one outlet: all that the interval of a rate needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RatioSums {
    /// Articles with at least one word.
    pub(crate) articles: u64,
    /// Mentions.
    pub(crate) x: u64,
    /// Words.
    pub(crate) n: u64,
    /// Sum of squared mentions.
    pub(crate) xx: u128,
    /// Sum of mentions times words.
    pub(crate) xn: u128,
    /// Sum of squared words.
    pub(crate) nn: u128,
}

/// A 95 % interval and the method it comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RateInterval {
    /// Lower end, mentions per word; may lie below 0, as the ratio estimator does not know that a
    /// rate cannot.
    pub(crate) low: f64,
    /// Upper end, mentions per word.
    pub(crate) high: f64,
    /// `doc_cluster_rate`, or `poisson_rate_ci` where nothing was counted.
    pub(crate) method: &'static str,
}

impl RatioSums {
    /// 95 % interval of the rate x/n with the article as sampling unit.
    ///
    /// Unit: mentions per word. `None` with fewer than two articles or no words.
    /// Ratio estimator with Taylor linearisation and t with m-1 degrees of freedom (R `survey`,
    /// `svyratio`). A count of zero has no spread to estimate: there the interval is that of
    /// Garwood 1936 for a Poisson count of zero, 0 to -ln(0.025)/n.
    pub(crate) fn interval(&self) -> Option<RateInterval> {
        if self.articles < 2 || self.n == 0 {
            return None;
        }
        let n = self.n as f64;
        if self.x == 0 {
            let high = -libm::log(0.025) / n;
            return Some(RateInterval { low: 0.0, high, method: "poisson_rate_ci" });
        }
        let rate = self.x as f64 / n;
        let half = t975(self.articles - 1) * self.standard_error();
        Some(RateInterval { low: rate - half, high: rate + half, method: "doc_cluster_rate" })
    }

    /// Standard error of x/n, for two articles or more: sqrt(m/(m-1) * sum of squared residuals) / n.
    ///
    /// The residuals are summed exactly, as n^2 times their square is a whole number.
    pub(crate) fn standard_error(&self) -> f64 {
        let (x, n) = (u128::from(self.x), u128::from(self.n));
        let positive = n * n * self.xx + x * x * self.nn;
        let squares = positive.saturating_sub(2 * x * n * self.xn) as f64;
        let m = self.articles as f64;
        let n = self.n as f64;
        libm::sqrt(m / (m - 1.0) * squares) / (n * n)
    }
}

/// The value that 97.5 % of Student's t distribution lie below.
///
/// Range: from 12.706 with one degree of freedom down to 1.960. Abramowitz & Stegun 1964, 26.7.3
/// and 26.7.4 (the distribution, for few degrees of freedom) and 26.7.5 (the expansion, for many).
pub(crate) fn t975(freedom: u64) -> f64 {
    let start = expansion(freedom as f64);
    if freedom >= MANY { start } else { bisect(freedom) }
}

fn expansion(freedom: f64) -> f64 {
    let z = Z975;
    let square = z * z;
    let powers = [
        (square + 1.0) * z / 4.0,
        ((5.0 * square + 16.0) * square + 3.0) * z / 96.0,
        (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) * z / 384.0,
        ((((79.0 * square + 776.0) * square + 1482.0) * square - 1920.0) * square - 945.0) * z
            / 92_160.0,
    ];
    z + powers.iter().rev().fold(0.0, |sum, term| (sum + term) / freedom)
}

/// Halves the bracket until it cannot be halved any more.
fn bisect(freedom: u64) -> f64 {
    let (mut low, mut high) = (1.0, 16.0);
    loop {
        let middle = (low + high) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if within(middle, freedom) < 0.95 { low = middle } else { high = middle }
    }
}

/// Probability that |t| is smaller than the given value.
fn within(t: f64, freedom: u64) -> f64 {
    let theta = libm::atan(t / libm::sqrt(freedom as f64));
    let cos2 = libm::cos(theta) * libm::cos(theta);
    let odd = freedom % 2 == 1;
    let (mut term, mut sum) = if odd { (libm::cos(theta), 0.0) } else { (1.0, 0.0) };
    let mut k = if odd { 3 } else { 2 };
    while k <= freedom {
        sum += term;
        term *= cos2 * (k - 1) as f64 / k as f64;
        k += 2;
    }
    if odd {
        FRAC_2_PI * (theta + libm::sin(theta) * sum)
    } else {
        debug_assert!(theta < FRAC_PI_2);
        libm::sin(theta) * sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(counts: &[u64], words: &[u64]) -> RatioSums {
        let mut sums = RatioSums::default();
        for (&x, &n) in counts.iter().zip(words) {
            sums.articles += 1;
            sums.x += x;
            sums.n += n;
            sums.xx += u128::from(x * x);
            sums.xn += u128::from(x * n);
            sums.nn += u128::from(n * n);
        }
        sums
    }

    /// Values from integrating the density numerically (Gauss, 2,400 nodes).
    #[test]
    fn quantiles_agree_with_the_integrated_density() {
        let known = [
            (1, 12.706_204_736_175),
            (2, 4.302_652_729_749),
            (3, 3.182_446_305_284),
            (5, 2.570_581_835_636),
            (10, 2.228_138_851_986),
            (30, 2.042_272_456_301),
            (100, 1.983_971_518_524),
            (200, 1.971_896_223_634),
            (1000, 1.962_339_080_826),
        ];
        for (freedom, expect) in known {
            let got = t975(freedom);
            assert!((got - expect).abs() < 1e-11, "{freedom}: {got} {expect}");
        }
    }

    #[test]
    fn where_the_two_ways_meet_they_agree() {
        assert!((bisect(MANY) - expansion(MANY as f64)).abs() < 1e-11);
    }

    #[test]
    fn intervals_agree_with_svyratio() {
        let one = sums(&[2, 0, 5, 1], &[400, 250, 600, 310]).interval().unwrap();
        assert!((one.low + 0.000_491_972_457_443_144_4).abs() < 1e-12);
        assert!((one.high - 0.010_748_382_713_853_4).abs() < 1e-12);
        let two = sums(&[4, 9, 2, 7, 3, 0, 0, 12], &[812, 900, 300, 750, 410, 333, 298, 1020]);
        let two = two.interval().unwrap();
        assert!((two.low - 0.004_347_989_613_967_903).abs() < 1e-12);
        assert!((two.high - 0.010_995_157_804_651_214).abs() < 1e-12);
    }

    #[test]
    fn one_article_has_no_interval() {
        assert_eq!(sums(&[3], &[100]).interval(), None);
    }

    #[test]
    fn nothing_counted_is_not_an_interval_of_no_width() {
        let interval = sums(&[0, 0], &[500, 500]).interval().unwrap();
        assert_eq!((interval.low, interval.method), (0.0, "poisson_rate_ci"));
        assert!((interval.high - 3.688_879_454_113_936 / 1000.0).abs() < 1e-12);
    }
}
