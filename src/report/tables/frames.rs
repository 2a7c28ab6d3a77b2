//! `frames.csv`: how often each outlet uses each frame, in whose voice and in which section.

use crate::compare::FrameRow;
use crate::report::table::{Cell, Column, TableSpec};
use crate::report::tables::units::{ARTICLES, MENTIONS, PER_1K, SHARE, WORDS};

/// One row per outlet, frame, section and voice, in outlet and lexicon order; zero rows written.
pub static FRAMES: TableSpec<FrameRow> = TableSpec {
    name: "frames",
    meaning: "One row per outlet, frame (every level), section and voice; what nobody mentions is \
              a row of zeros.",
    key: KEY,
    columns: COLUMNS,
};

/// The same for the roll-ups of the lexicon, such as war and tension together.
pub static ROLLUPS: TableSpec<FrameRow> = TableSpec {
    name: "rollups",
    meaning: "One row per outlet, roll-up of frames (see also_in in categories.csv), section and \
              voice; words that several of its frames list count once.",
    key: KEY,
    columns: COLUMNS,
};

const KEY: &[&str] = &["outlet", "frame", "section", "voice"];

const COLUMNS: &[Column<FrameRow>] = &[
    Column::text("outlet", "Who published it.", |row| Cell::text(&row.outlet)),
    Column::text(
        "frame",
        "Path of the frame; a level above counts the mentions of the levels below it.",
        |row| Cell::text(&row.frame),
    ),
    Column::text(
        "section",
        "title, lead (first paragraph after the headline), body (the rest), or all of them.",
        |row| Cell::text(row.section),
    ),
    Column::text(
        "voice",
        "own (the outlet speaks), reported (a speaker, in the outlet's words), quoted (a \
             speaker, between quotation marks), or all of them.",
        |row| Cell::text(row.voice),
    ),
    Column::int(
        "mentions",
        MENTIONS,
        "All mentions, those of the levels below included; as many rows stand in the evidence (of \
         a roll-up those of its frames, the same words once), unless the manifest says that not \
         all are shown.",
        |row| Cell::count(row.mentions),
    ),
    Column::int(
        "mentions_negated",
        MENTIONS,
        "Those within the reach of a negator (no alliance); part of mentions.",
        |row| Cell::count(row.mentions_negated),
    ),
    Column::int(
        "mentions_scare_quoted",
        MENTIONS,
        "Those in a short quotation that is no sentence with its speaker; part of mentions.",
        |row| Cell::count(row.mentions_scare_quoted),
    ),
    Column::int(
        "mentions_hedged",
        MENTIONS,
        "Those in a hedged clause (may, is likely to); part of mentions.",
        |row| Cell::count(row.mentions_hedged),
    ),
    Column::int(
        "mentions_in_rate",
        MENTIONS,
        "Those that the rates count: in the outlet's own voice mentions that are neither negated \
         (unless categories.csv says keep) nor scare-quoted nor a reported silence, in the other \
         voices all; the voices add up.",
        |row| Cell::count(row.mentions_in_rate),
    ),
    Column::number(
        "mentions_weighted",
        "sum of weights",
        "Sum of the weights of the lexicon entries behind the mentions; equals mentions if all \
             weights are 1.",
        |row| Cell::Number(row.mentions_weighted),
    ),
    Column::int(
        "words",
        WORDS,
        "Kept words of the outlet in the section, whoever speaks.",
        |row| Cell::count(row.words),
    ),
    Column::int(
        "voice_words",
        WORDS,
        "Kept words of the outlet in the section in this voice.",
        |row| Cell::count(row.voice_words),
    ),
    Column::number(
        "per_1k_words",
        PER_1K,
        "mentions_in_rate per 1,000 words of the section in any voice, so that the voices add \
             up; empty without words.",
        |row| Cell::number(row.per_1k_words),
    ),
    Column::number(
        "per_1k_voice_words",
        PER_1K,
        "mentions_in_rate per 1,000 words in this voice; empty below 100 such words.",
        |row| Cell::number(row.per_1k_voice_words),
    ),
    Column::number(
        "rate_ci_low",
        PER_1K,
        "Lower end of the 95 % interval of per_1k_words, the article being the sampling unit; \
             may lie below 0; empty below two articles with words.",
        |row| Cell::number(row.rate_ci_low),
    ),
    Column::number(
        "rate_ci_high",
        PER_1K,
        "Upper end of that interval; empty below two articles with words.",
        |row| Cell::number(row.rate_ci_high),
    ),
    Column::text(
        "ci_method",
        "doc_cluster_rate (ratio estimator over articles, Taylor linearisation, t with one \
             degree of freedom less than articles), poisson_rate_ci (exact interval of a count of \
             zero), or empty without an interval.",
        |row| Cell::text(row.ci_method),
    ),
    Column::int(
        "articles_with_frame",
        ARTICLES,
        "Articles of the outlet with at least one mention in this section and voice that is not a \
         reported silence; near-duplicates counted once.",
        |row| Cell::count(row.articles_with_frame),
    ),
    Column::int(
        "articles",
        ARTICLES,
        "Articles of the outlet, near-duplicates counted once.",
        |row| Cell::count(row.articles),
    ),
    Column::number("share_articles", SHARE, "articles_with_frame / articles.", |row| {
        Cell::number(row.share_articles)
    }),
];
