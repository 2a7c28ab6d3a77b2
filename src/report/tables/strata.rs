//! `strata.csv` and `stratified.csv`: outlets compared within strata, such as months, and over all
//! strata together; written with `--by`.

use crate::compare::{StratifiedRow, StratumRow};
use crate::report::table::{Cell, Column, TableSpec};
use crate::report::tables::units::{ARTICLES, MENTIONS, PER_1K, WORDS};

/// One row per stratum, outlet, frame and voice.
pub static STRATA: TableSpec<StratumRow> = TableSpec {
    name: "strata",
    meaning: "With --by: one row per stratum, outlet with words in it, frame that any outlet \
              mentions, and voice. Above 1,000 strata only those of several outlets.",
    key: &["stratum", "outlet", "frame", "voice"],
    columns: &[
        Column::text(
            "stratum",
            "What --by divides articles by; empty for articles of which it is unknown.",
            |row| Cell::text(&row.stratum),
        ),
        Column::text("outlet", "Who published it.", |row| Cell::text(&row.outlet)),
        Column::text(
            "missing_outlets",
            "Outlets without words in the stratum, at most 5 by name; empty if none is missing.",
            |row| Cell::text(&row.missing),
        ),
        Column::text("frame", "Path of the frame.", |row| Cell::text(&row.frame)),
        Column::text("voice", "own, or all.", |row| Cell::text(row.voice)),
        Column::int(
            "articles",
            ARTICLES,
            "Its articles in the stratum, near-duplicates counted once, in the stratum of the first \
             version.",
            |row| Cell::count(row.articles),
        ),
        Column::int("words", WORDS, "Its words there, whoever speaks.", |row| {
            Cell::count(row.words)
        }),
        Column::int("mentions_in_rate", MENTIONS, "Mentions that the rate counts.", |row| {
            Cell::count(row.mentions)
        }),
        Column::number("per_1k_words", PER_1K, "mentions_in_rate / words.", |row| {
            Cell::number(Some(row.per_1k_words))
        }),
        Column::number(
            "rate_ci_low",
            PER_1K,
            "Lower end of the 95 % interval, as in frames; empty below two articles.",
            |row| Cell::number(row.rate_ci_low),
        ),
        Column::number("rate_ci_high", PER_1K, "Upper end.", |row| Cell::number(row.rate_ci_high)),
    ],
};

/// One row per difference, frame and voice.
pub static STRATIFIED: TableSpec<StratifiedRow> = TableSpec {
    name: "stratified",
    meaning: "With --by: one row per two outlets (of more than five, each and all others), frame \
              that one of them mentions, and voice: the difference of their rates within strata.",
    key: &["frame", "voice", "target", "reference"],
    columns: &[
        Column::text("frame", "Path of the frame.", |row| Cell::text(&row.frame)),
        Column::text("voice", "own, or all.", |row| Cell::text(row.voice)),
        Column::text("target", "The outlet whose rate the other one is taken from.", |row| {
            Cell::text(&row.target)
        }),
        Column::text("reference", "The other outlet, or all other outlets.", |row| {
            Cell::text(&row.reference)
        }),
        Column::int("strata", "strata", "Strata that both have words in.", |row| {
            Cell::count(row.strata)
        }),
        Column::text(
            "strata_without_target",
            "Strata in which only the reference has words, at most 20 by name.",
            |row| Cell::text(&row.strata_without_target),
        ),
        Column::text(
            "strata_without_reference",
            "Strata in which only the target has words, at most 20 by name.",
            |row| Cell::text(&row.strata_without_reference),
        ),
        Column::int("target_words", WORDS, "Words of the target in the strata of both.", |row| {
            Cell::count(row.target_words)
        }),
        Column::int(
            "target_words_left_out",
            WORDS,
            "Its words elsewhere, of unknown stratum included.",
            |row| Cell::count(row.target_words_left_out),
        ),
        Column::int(
            "reference_words",
            WORDS,
            "Words of the reference in the strata of both.",
            |row| Cell::count(row.reference_words),
        ),
        Column::int("reference_words_left_out", WORDS, "Its words elsewhere.", |row| {
            Cell::count(row.reference_words_left_out)
        }),
        Column::number(
            "difference_pooled",
            PER_1K,
            "Rate of the target less that of the reference, strata not looked at.",
            |row| Cell::number(Some(row.difference_pooled)),
        ),
        Column::number(
            "difference_stratified",
            PER_1K,
            "The same within strata, each weighing n1 n0 / (n1 + n0) by the words of the two; empty \
             if no stratum has both.",
            |row| Cell::number(row.difference_stratified),
        ),
        Column::number(
            "diff_ci_low",
            PER_1K,
            "Lower end of its 95 % interval; empty unless both mention the frame and each has two \
             articles in every stratum of both.",
            |row| Cell::number(row.diff_ci_low),
        ),
        Column::number("diff_ci_high", PER_1K, "Upper end.", |row| Cell::number(row.diff_ci_high)),
        Column::number(
            "rate_ratio_stratified",
            "ratio",
            "Rate of the target by that of the reference within strata; empty if the reference has \
             no mention there.",
            |row| Cell::number(row.rate_ratio_stratified),
        ),
    ],
};
