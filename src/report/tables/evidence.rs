//! `evidence.csv`: the words behind every count.

use crate::compare::EvidenceRow;
use crate::report::table::{Cell, Column, TableSpec};
use crate::report::tables::units::CODE_POINTS;

/// One row per mention, by article and place.
pub static EVIDENCE: TableSpec<EvidenceRow> = TableSpec {
    name: "evidence",
    meaning: "One row per mention of an actor, concept, frame or label, and per word that takes a \
              stance: as many rows as the counts of the other tables; above 200,000 mentions, or \
              20,000 such words, a fixed sample for each kind, item and outlet.",
    key: &["evidence_id"],
    columns: &[
        Column::text("evidence_id", "e and a number, in the order of the rows.", |row| {
            Cell::text(&row.evidence_id)
        }),
        Column::text("article_id", "The article.", |row| Cell::text(&row.article_id)),
        Column::text("outlet", "Who published it.", |row| Cell::text(&row.outlet)),
        Column::text(
            "kind",
            "actor, concept, frame, label, or cue: a word that takes a stance, as stance counts it.",
            |row| Cell::text(row.kind),
        ),
        Column::text(
            "item",
            "Path of the category; the mention counts in every level above it, too.",
            |row| Cell::text(&row.item),
        ),
        Column::text("label", "How people call the category.", |row| Cell::text(&row.label)),
        Column::text("entry", "The lexicon entry: its term and its match mode.", |row| {
            Cell::text(&row.entry)
        }),
        Column::text("term", "The term as typed in the lexicon.", |row| Cell::text(&row.term)),
        Column::text("match", "The words in the article, white space collapsed.", |row| {
            Cell::text(&row.matched)
        }),
        Column::int(
            "char_start",
            CODE_POINTS,
            "First code point of those words in the article's text, from 0 (records: in its \
             title or its text, see section).",
            |row| Cell::count(row.char_start),
        ),
        Column::int("char_end", CODE_POINTS, "One past their last code point.", |row| {
            Cell::count(row.char_end)
        }),
        Column::int(
            "sentence_no",
            "sentence number",
            "The sentence, the headline being 1.",
            |row| Cell::count(row.sentence_no),
        ),
        Column::text(
            "section",
            "title, lead (first paragraph after the headline) or body (the rest).",
            |row| Cell::text(row.section),
        ),
        Column::text(
            "voice",
            "own (the outlet speaks), reported (a speaker, in the outlet's words) or quoted (a \
             speaker, between quotation marks).",
            |row| Cell::text(row.voice),
        ),
        Column::text(
            "speaker",
            "Who says it: the name, else the words that stand for it; empty if nobody is named.",
            |row| Cell::text(&row.speaker),
        ),
        Column::flag("hedged", "Whether it stands in a hedged clause.", |row| {
            Cell::flag(row.hedged)
        }),
        Column::flag("negated", "Whether it stands within the reach of a negator.", |row| {
            Cell::flag(row.negated)
        }),
        Column::flag(
            "scare_quoted",
            "Whether it stands in a short quotation that is no sentence with its speaker.",
            |row| Cell::flag(row.scare_quoted),
        ),
        Column::flag(
            "reported_silence",
            "Whether the text says that somebody did not mention it.",
            |row| Cell::flag(row.reported_silence),
        ),
        Column::text("silent_party", "Who did not mention it; empty if nobody is named.", |row| {
            Cell::text(&row.silent_party)
        }),
        Column::text("sentence", "The sentence, white space collapsed.", |row| {
            Cell::text(&row.sentence)
        }),
    ],
};
