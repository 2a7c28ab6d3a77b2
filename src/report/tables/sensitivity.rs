//! `sensitivity.csv`: how far each difference between outlets rests on one entry or one article.

use crate::compare::{LeftOut, SensitivityRow, SignWithout};
use crate::report::table::{Cell, Column, TableSpec};
use crate::report::tables::units::{ARTICLES, MENTIONS, PER_1K};

/// One row per frame, voice and two outlets, or one outlet and all others.
pub static SENSITIVITY: TableSpec<SensitivityRow> = TableSpec {
    name: "sensitivity",
    meaning: "One row per frame (levels and roll-ups), voice and two outlets (with more than five \
              outlets, one and all others together): how far the difference of their rates moves \
              when one lexicon entry or one article is left out. Frames that neither side mentions \
              have no row.",
    key: &["frame", "voice", "target", "reference"],
    columns: COLUMNS,
};

const COLUMNS: &[Column<SensitivityRow>] = &[
    Column::text("frame", "Path of the frame or roll-up.", |row| Cell::text(&row.frame)),
    Column::text("voice", "own (the outlet speaks), or all of them.", |row| Cell::text(row.voice)),
    Column::text("target", "The outlet whose rate the difference begins with.", |row| {
        Cell::text(&row.target)
    }),
    Column::text(
        "reference",
        "The outlet whose rate is taken from it, or other outlets for all others together.",
        |row| Cell::text(&row.reference),
    ),
    Column::int(
        "target_mentions",
        MENTIONS,
        "mentions_in_rate of the target, as in frames or rollups.",
        |row| Cell::count(row.target_mentions),
    ),
    Column::int("reference_mentions", MENTIONS, "The same of the reference.", |row| {
        Cell::count(row.reference_mentions)
    }),
    Column::number(
        "target_per_1k_words",
        PER_1K,
        "per_1k_words of the target, as in frames or rollups: of all its words, whoever speaks.",
        |row| Cell::Number(row.target_per_1k_words),
    ),
    Column::number("reference_per_1k_words", PER_1K, "The same of the reference.", |row| {
        Cell::Number(row.reference_per_1k_words)
    }),
    Column::number(
        "difference",
        PER_1K,
        "target_per_1k_words less reference_per_1k_words.",
        |row| Cell::Number(row.difference),
    ),
    Column::int(
        "entries",
        "entries",
        "Lexicon entries left out, one at a time: those behind the counted mentions of both sides, \
         and those whose absence would let other entries count.",
        |row| Cell::count(row.entries.n),
    ),
    Column::number(
        "without_entry_low",
        PER_1K,
        "Smallest difference without one of the entries.",
        |row| Cell::Number(row.entries.low),
    ),
    Column::number(
        "without_entry_high",
        PER_1K,
        "Largest difference without one of the entries.",
        |row| Cell::Number(row.entries.high),
    ),
    Column::text(
        "without_entry_sign",
        "holds (the sign of the difference is the same without any one entry), gone (without one \
         the rates are equal), turns (without one the other side is higher); empty if the rates \
         are equal to begin with.",
        |row| sign(Some(&row.entries)),
    ),
    Column::text(
        "sign_entry",
        "The entry, as category: term, without which the difference goes furthest to the other \
         side; empty if the sign holds.",
        |row| Cell::text(&row.entries.sign_breaker),
    ),
    Column::text(
        "entry",
        "The entry, as category: term, whose absence moves the difference furthest; of equal ones \
         the first in lexicon order; empty if none moves it.",
        |row| Cell::text(&row.entries.furthest),
    ),
    Column::number(
        "entry_move",
        PER_1K,
        "The difference without that entry, less difference; 0 if none moves it.",
        |row| Cell::Number(row.entries.moved),
    ),
    Column::int(
        "articles",
        ARTICLES,
        "Articles left out, one at a time, with their words: all of both sides. This and the \
         columns on articles are empty if a side has one article, without which it has no rate.",
        |row| row.articles.as_ref().map_or(Cell::Empty, |all| Cell::count(all.n)),
    ),
    Column::number(
        "without_article_low",
        PER_1K,
        "Smallest difference without one of the articles; empty if a side has one article.",
        |row| Cell::number(row.articles.as_ref().map(|all| all.low)),
    ),
    Column::number(
        "without_article_high",
        PER_1K,
        "Largest difference without one of the articles; empty if a side has one article.",
        |row| Cell::number(row.articles.as_ref().map(|all| all.high)),
    ),
    Column::text(
        "without_article_sign",
        "holds, gone or turns, as without_entry_sign; empty if a side has one article or the rates \
         are equal to begin with.",
        |row| sign(row.articles.as_ref()),
    ),
    Column::text(
        "sign_article",
        "article_id of the article without which the difference goes furthest to the other side; \
         empty if the sign holds or a side has one article.",
        |row| row.articles.as_ref().map_or(Cell::Empty, |all| Cell::text(&all.sign_breaker)),
    ),
    Column::text(
        "article_id",
        "The article whose absence moves the difference furthest; of equal ones the first by mentions; \
         empty if none moves it or a side \
         has one article.",
        |row| row.articles.as_ref().map_or(Cell::Empty, |all| Cell::text(&all.furthest)),
    ),
    Column::number(
        "article_move",
        PER_1K,
        "The difference without that article, less difference; empty if a side has one article.",
        |row| Cell::number(row.articles.as_ref().map(|all| all.moved)),
    ),
    Column::text(
        "basis",
        "one_article (a side has only one: leaving entries out still says what the lexicon does, \
         leaving articles out says nothing), few_articles (fewer than five on a side), or articles.",
        |row| Cell::text(row.basis.name()),
    ),
];

fn sign(left_out: Option<&LeftOut>) -> Cell {
    let sign = left_out.and_then(|all| all.sign);
    sign.map_or(Cell::Empty, |sign: SignWithout| Cell::text(sign.name()))
}
