//! `stance.csv`: how often each outlet hedges, boosts and evaluates, and with which verbs it lets
//! others speak, in whose voice.

use crate::compare::StanceRow;
use crate::report::table::{Cell, Column, TableSpec};
use crate::report::tables::units::{ARTICLES, MENTIONS, PER_1K, SHARE, WORDS};

/// One row per outlet, category of stance and voice, in outlet and lexicon order; zero rows written.
pub static STANCE: TableSpec<StanceRow> = TableSpec {
    name: "stance",
    meaning: "One row per outlet, category of stance (hedges, boosters, evaluations, verbs and \
              phrases of attribution) and voice; none if the run did not look at voices.",
    key: &["outlet", "category", "voice"],
    columns: &[
        Column::text("outlet", "Who published it.", |row| Cell::text(&row.outlet)),
        Column::text(
            "category",
            "Path of the category in voice.csv: hedge, booster, evaluative/positive, \
             evaluative/negative, report/STANCE (verbs and nouns of saying), attribution (according \
             to), and levels above and below; a level above counts those below it.",
            |row| Cell::text(&row.category),
        ),
        Column::text(
            "voice",
            "Whose voice the word stands in: own (also a reporting verb in the outlet's sentence), \
             reported, quoted, or all of them.",
            |row| Cell::text(row.voice),
        ),
        Column::int(
            "mentions",
            MENTIONS,
            "Words and phrases that do there what the category says: no month, no name, no verb \
             that reports nothing.",
            |row| Cell::count(row.mentions),
        ),
        Column::int(
            "mentions_negated",
            MENTIONS,
            "Those within the reach of a negator (not good); part of mentions, not of the rates.",
            |row| Cell::count(row.mentions_negated),
        ),
        Column::int("voice_words", WORDS, "Kept words of the outlet in this voice.", |row| {
            Cell::count(row.voice_words)
        }),
        Column::number(
            "per_1k_words",
            PER_1K,
            "Mentions that are not negated per 1,000 words in any voice, so that the voices add up; \
             empty without words.",
            |row| Cell::number(row.per_1k_words),
        ),
        Column::number(
            "per_1k_voice_words",
            PER_1K,
            "Mentions that are not negated per 1,000 words in this voice; empty below 100 such \
             words.",
            |row| Cell::number(row.per_1k_voice_words),
        ),
        Column::int(
            "articles_with_category",
            ARTICLES,
            "Articles of the outlet with a mention in this voice that is not negated.",
            |row| Cell::count(row.articles_with_category),
        ),
        Column::int(
            "articles",
            ARTICLES,
            "Articles of the outlet, near-duplicates counted once.",
            |row| Cell::count(row.articles),
        ),
        Column::number("share_articles", SHARE, "articles_with_category / articles.", |row| {
            Cell::number(row.share_articles)
        }),
    ],
};
