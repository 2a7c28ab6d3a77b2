//! `speakers.csv`: who gets how many words in which outlet.

use crate::compare::SpeakerRow;
use crate::report::table::{Cell, Column, TableSpec};
use crate::report::tables::units::{ARTICLES, QUOTES, SHARE, WORDS};

/// One row per outlet and speaker, most words first; speakers that are not resolved are one row.
pub static SPEAKERS: TableSpec<SpeakerRow> = TableSpec {
    name: "speakers",
    meaning: "One row per outlet and speaker; quotes of form scare and what is attributed to \
              nobody (is believed to) are left out; all quotes of an outlet whose speaker is not \
              resolved are one row without a speaker, the last one.",
    key: &["outlet", "speaker"],
    columns: &[
        Column::text("outlet", "Who published it.", |row| Cell::text(&row.outlet)),
        Column::text(
            "speaker",
            "The speaker's name, as resolved in each article; empty: all speakers whose name could \
             not be resolved, and what is said by nobody.",
            |row| Cell::text(&row.speaker),
        ),
        Column::text(
            "speaker_actor",
            "Path of the topmost actor that most of the speaker's quotes give, among those that \
             give one; empty if none does, and for speakers not resolved.",
            |row| Cell::text(&row.speaker_actor),
        ),
        Column::text(
            "speaker_kind",
            "official, expert, media, unnamed, or other: what most of the quotes give, other only \
             if none gives more; empty for speakers not resolved.",
            |row| Cell::text(row.speaker_kind),
        ),
        Column::int("articles", ARTICLES, "Articles of the outlet with such a quote.", |row| {
            Cell::count(row.articles)
        }),
        Column::int(
            "quotes_direct",
            QUOTES,
            "Quotes of form direct: between quotation marks, in voice quoted.",
            |row| Cell::count(row.sums.quotes[0]),
        ),
        Column::int(
            "quotes_indirect",
            QUOTES,
            "Quotes of form indirect: in the outlet's words.",
            |row| Cell::count(row.sums.quotes[1]),
        ),
        Column::int(
            "quotes_partial",
            QUOTES,
            "Quotes of form partial: up to six words between quotation marks, no sentence.",
            |row| Cell::count(row.sums.quotes[2]),
        ),
        Column::int("words_direct", WORDS, "Words of the quotes of form direct.", |row| {
            Cell::count(row.sums.words[0])
        }),
        Column::int("words_indirect", WORDS, "Words of the quotes of form indirect.", |row| {
            Cell::count(row.sums.words[1])
        }),
        Column::int("words_partial", WORDS, "Words of the quotes of form partial.", |row| {
            Cell::count(row.sums.words[2])
        }),
        Column::int(
            "words_attributed",
            WORDS,
            "Words of these quotes, each word once: words within the statement of another speaker \
             count for that one, the outer one, alone.",
            |row| Cell::count(row.sums.words_attributed),
        ),
        Column::number(
            "share_words",
            SHARE,
            "words_attributed / those of all speakers of the outlet; empty if there are none.",
            |row| Cell::number(row.share_words),
        ),
        Column::int(
            "quotes_neutral",
            QUOTES,
            "Quotes by a verb of neutral stance (said; also where there is no verb); the seven stances add up to all quotes.",
            |row| Cell::count(row.sums.stances[0]),
        ),
        Column::int(
            "quotes_endorsing",
            QUOTES,
            "Quotes by a verb of endorsing stance (noted); the seven stances add up to all quotes.",
            |row| Cell::count(row.sums.stances[1]),
        ),
        Column::int(
            "quotes_emphatic",
            QUOTES,
            "Quotes by a verb of emphatic stance (stressed); the seven stances add up to all quotes.",
            |row| Cell::count(row.sums.stances[2]),
        ),
        Column::int(
            "quotes_doubting",
            QUOTES,
            "Quotes by a verb of doubting stance (claimed); the seven stances add up to all quotes.",
            |row| Cell::count(row.sums.stances[3]),
        ),
        Column::int(
            "quotes_hostile",
            QUOTES,
            "Quotes by a verb of hostile stance (accused); the seven stances add up to all quotes.",
            |row| Cell::count(row.sums.stances[4]),
        ),
        Column::int(
            "quotes_conceding",
            QUOTES,
            "Quotes by a verb of conceding stance (admitted); the seven stances add up to all quotes.",
            |row| Cell::count(row.sums.stances[5]),
        ),
        Column::int(
            "quotes_opinion",
            QUOTES,
            "Quotes by a verb of opinion stance (believes); the seven stances add up to all quotes.",
            |row| Cell::count(row.sums.stances[6]),
        ),
        Column::int(
            "quotes_vague",
            QUOTES,
            "Quotes of a collective without names (experts say).",
            |row| Cell::count(row.sums.vague),
        ),
    ],
};
