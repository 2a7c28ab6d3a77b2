//! Each statistic against numbers printed in its literature or computed by another program.
//!
//! The source of every expected number stands beside it.

use parallax::compare::keyness::{Contingency, g2_4cell, g2_signed, log_ratio_addhalf};

/// Mentions and words of the target, then of the reference.
fn counts(
    (target, reference): (u64, u64),
    (target_words, reference_words): (u64, u64),
) -> Contingency {
    Contingency { target, target_words, reference, reference_words }
}

/// A term's 2x2 table as the literature prints it: k11, k12, k21, k22.
fn table([[k11, k12], [k21, k22]]: [[u64; 2]; 2]) -> Contingency {
    counts((k11, k12), (k11 + k21, k12 + k22))
}

fn close(what: &str, got: Option<f64>, expect: f64, tolerance: f64) {
    let got = got.unwrap_or(f64::NAN);
    assert!((got - expect).abs() <= tolerance, "{what}: {got} instead of {expect}");
}

#[test]
fn g2_is_the_number_dunning_prints() {
    // Dunning 1993, Computational Linguistics 19(1), p. 72.
    close("p. 72", g2_4cell(&table([[10, 0], [3, 31_764]])), 167.23, 0.005);
}

#[test]
fn g2_is_what_text_nsp_tests_for() {
    // Perl Text-NSP, t/Text-NSP-Measures-2D-MI-ll.t.
    let first = g2_4cell(&table([[10, 10], [10, 30]]));
    close("first", first, 3.669_001_405, 1e-8);
    let fourth = g2_4cell(&table([[2_298, 2_326], [6_379, 556_832]]));
    close("fourth", fourth, 13_520.916_860_5, 1e-5);
    let fifth = g2_4cell(&table([[44_796, 135_170], [389_035, 7_724_548]]));
    close("fifth", fifth, 80_098.907_955_05, 1e-5);
}

#[test]
fn g2_is_what_scipy_computes() {
    // scipy 1.12.0, chi2_contingency(lambda_="log-likelihood", correction=False).
    let cases = [
        ((5, 1), (533, 283), 0.976_492_951_367_367_2),
        ((5, 0), (533, 801), 9.202_445_610_033_696),
        ((0, 4), (283, 1_051), 1.910_755_782_344_527_6),
        ((6, 2), (533, 801), 4.076_655_237_835_959_5),
        ((7, 4), (518, 816), 2.778_760_291_318_651),
        ((3, 7), (10, 9), 4.534_939_332_256_226),
        ((110, 111), (31_777, 999_999), 466.589_110_174_667),
        ((16_217, 735), (2_796_938, 2_087_946), 13_319.958_248_494_991),
    ];
    for (mentions, words, expect) in cases {
        let got = g2_4cell(&counts(mentions, words));
        close(&format!("{mentions:?} of {words:?}"), got, expect, expect * 1e-12);
    }
}

#[test]
fn the_cells_of_the_other_words_do_not_cancel_the_last_digits() {
    // Exact by 50 decimal digits; plain logarithms (scipy) give 1.386 294 861 342, wrong in the
    // tenth digit.
    let got = g2_4cell(&counts((1, 0), (1_000_000, 1_000_000)));
    close("one in a million", got, 1.386_294_861_120_140_6, 1e-14);
}

#[test]
fn the_sign_of_g2_is_that_of_the_difference_of_rates() {
    let three_of_ten = counts((3, 7), (10, 9));
    close("under-used", g2_signed(&three_of_ten), -4.534_939_332_256_226, 1e-12);
    close("equal", g2_signed(&counts((10, 20), (1_000, 2_000))), 0.0, 0.0);
    close("over-used", g2_signed(&counts((7, 3), (9, 10))), 4.534_939_332_256_226, 1e-12);
}

#[test]
fn small_texts_tell_the_two_forms_of_g2_apart() {
    // Rayson & Garside 2000, who leave out the other words, give 2.09 for 3 of 10 against 7 of 9.
    let ours = g2_4cell(&counts((3, 7), (10, 9))).unwrap_or(f64::NAN);
    assert!(ours > 2.0 * 2.09, "{ours}");
}

#[test]
fn the_log_ratio_adds_half_on_both_sides() {
    // log2(((a + .5)/(n1 + .5)) / ((b + .5)/(n2 + .5))), computed in Python.
    let cases = [
        ((5, 1), (533, 283), 0.962_329_582_033_944_9),
        ((5, 0), (533, 801), 4.046_645_867_967_42),
        ((0, 4), (283, 1_051), -1.278_896_791_652_762),
        ((6, 2), (533, 801), 1.965_725_872_583_853),
        ((10, 20), (1_000, 2_000), 0.034_404_879_600_537_425),
        ((110, 111), (31_777, 999_999), 4.962_852_498_475_192),
    ];
    for (mentions, words, expect) in cases {
        let got = log_ratio_addhalf(&counts(mentions, words));
        close(&format!("{mentions:?} of {words:?}"), got, expect, 1e-9);
    }
}

#[test]
fn with_many_mentions_the_log_ratio_is_hardies() {
    // Hardie 2014: 0.0006 against 0.0002 is three times as often, log2(3) = 1.585.
    let got = log_ratio_addhalf(&counts((60_000, 20_000), (100_000_000, 100_000_000)));
    close("three times", got, 1.584_962_5, 1e-4);
}

#[test]
fn without_words_nothing_is_defined() {
    let empty = counts((3, 0), (10, 0));
    assert_eq!(
        (g2_4cell(&empty), g2_signed(&empty), log_ratio_addhalf(&empty)),
        (None, None, None)
    );
}
