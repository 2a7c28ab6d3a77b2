//! `pairs.csv`: how each outlet frames the relationship of two actors.

use crate::compare::PairRow;
use crate::report::table::{Cell, Column, TableSpec};
use crate::report::tables::units::{MENTIONS, SENTENCES, SHARE};

/// One row per pair, outlet, frame and voice; zero rows written for pairs with any sentence.
pub static PAIRS: TableSpec<PairRow> = TableSpec {
    name: "pairs",
    meaning: "One row per two actors, outlet, frame (every level) and voice; two actors that \
              stand together in no sentence of any outlet have no row.",
    key: &["actor_a", "actor_b", "outlet", "frame", "voice"],
    columns: &[
        Column::text(
            "actor_a",
            "Path of a topmost actor; of the two the one that comes first in byte order.",
            |row| Cell::text(&row.actor_a),
        ),
        Column::text("actor_b", "The other actor.", |row| Cell::text(&row.actor_b)),
        Column::text("outlet", "Who published it.", |row| Cell::text(&row.outlet)),
        Column::text(
            "frame",
            "Path of the frame; a level above counts the mentions of the levels below it.",
            |row| Cell::text(&row.frame),
        ),
        Column::text(
            "voice",
            "Voice of the frame's mentions: own, reported, quoted, or all.",
            |row| Cell::text(row.voice),
        ),
        Column::int(
            "sentences_with_pair",
            SENTENCES,
            "Sentences that name both actors, or hold a word that stands for the two states \
             named last (the two countries), whoever speaks.",
            |row| Cell::count(row.sentences_with_pair),
        ),
        Column::int(
            "sentences_with_frame",
            SENTENCES,
            "Those of them with a mention of the frame in this voice.",
            |row| Cell::count(row.sentences_with_frame),
        ),
        Column::number(
            "share_sentences",
            SHARE,
            "sentences_with_frame / sentences_with_pair; empty without such sentences.",
            |row| Cell::number(row.share_sentences),
        ),
        Column::int(
            "mentions",
            MENTIONS,
            "Mentions of the frame in the pair's sentences in this voice, negated and \
             scare-quoted ones included.",
            |row| Cell::count(row.mentions),
        ),
        Column::int("all_sentences", SENTENCES, "All sentences of the outlet.", |row| {
            Cell::count(row.all_sentences)
        }),
        Column::int(
            "all_sentences_with_frame",
            SENTENCES,
            "All sentences of the outlet with a mention of the frame in this voice.",
            |row| Cell::count(row.all_sentences_with_frame),
        ),
        Column::number(
            "share_all_sentences",
            SHARE,
            "all_sentences_with_frame / all_sentences; empty without sentences.",
            |row| Cell::number(row.share_all_sentences),
        ),
    ],
};
