//! `quotes.csv`: who speaks, and how.

use crate::compare::QuoteRow;
use crate::report::table::{Cell, Column, TableSpec};
use crate::report::tables::units::{CODE_POINTS, WORDS};

/// One row per stretch of somebody else's words, by article and place.
pub static QUOTES: TableSpec<QuoteRow> = TableSpec {
    name: "quotes",
    meaning: "One row per quotation, stretch of reported speech, or word in quotation marks.",
    key: &["quote_id"],
    columns: &[
        Column::text("quote_id", "q and a number, in the order of the rows.", |row| {
            Cell::text(&row.quote_id)
        }),
        Column::text("article_id", "The article.", |row| Cell::text(&row.article_id)),
        Column::text("outlet", "Who published it.", |row| Cell::text(&row.outlet)),
        Column::int(
            "sentence_no",
            "sentence number",
            "The sentence it starts in, the headline being 1.",
            |row| Cell::count(row.sentence_no),
        ),
        Column::text(
            "form",
            "direct (in quotation marks: more than six words, or a sentence with its speaker), \
             indirect (in the outlet's words), partial (other words in quotation marks, up to six, \
             with a speaker), scare (the same without one).",
            |row| Cell::text(row.form),
        ),
        Column::text(
            "voice",
            "Voice of the first of the words: quoted, reported, or own (what is attributed to \
             nobody, as is believed to, and short quotations outside reported speech).",
            |row| Cell::text(row.voice.name()),
        ),
        Column::int(
            "char_start",
            CODE_POINTS,
            "First code point of the words, quotation marks included, in the article's text, from \
             0 (records: in its title or its text).",
            |row| Cell::count(row.char_start),
        ),
        Column::int(
            "char_end",
            CODE_POINTS,
            "One past the last code point, quotation marks included.",
            |row| Cell::count(row.char_end),
        ),
        Column::int("words", WORDS, "How many words they are.", |row| Cell::count(row.words)),
        Column::text(
            "speaker_text",
            "The words in the article that name the speaker, pronouns included; empty if none do.",
            |row| Cell::text(&row.speaker_text),
        ),
        Column::text("speaker", "The speaker's name; empty if it cannot be resolved.", |row| {
            Cell::text(&row.speaker)
        }),
        Column::text(
            "speaker_actor",
            "Path of the topmost actor the speaker belongs to; empty if none.",
            |row| Cell::text(&row.speaker_actor),
        ),
        Column::text(
            "speaker_kind",
            "official, expert, media, unnamed (nobody, or several without names), or other, also \
             where no speaker was found.",
            |row| Cell::text(row.speaker_kind),
        ),
        Column::text(
            "stance",
            "Stance of the reporting verb: neutral (also where there is none), endorsing, \
             emphatic, doubting, hostile, conceding or opinion; empty for form scare.",
            |row| Cell::text(row.stance),
        ),
        Column::flag(
            "vague",
            "Whether the attribution has no agent or a collective one (is believed to, experts \
             say).",
            |row| Cell::flag(row.vague),
        ),
    ],
};
