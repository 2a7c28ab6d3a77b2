//! `coverage.csv`: what each outlet covers, what it leaves out, and what that rests on.

use crate::base::Voice;
use crate::compare::CoverageRow;
use crate::compare::Verdict;
use crate::report::table::{Cell, Column, TableSpec};
use crate::report::tables::units::{ARTICLES, MENTIONS, PER_1K, SENTENCES, SHARE, WORDS};

/// One row per actor or concept, outlet and section; zero rows written. What holds for whole
/// articles only (peers to basis) is empty for a single section.
pub static COVERAGE: TableSpec<CoverageRow> = TableSpec {
    name: "coverage",
    meaning: "One row per actor or concept (every level), outlet and section; what an outlet never \
              mentions is a row of zeros. Columns from peers_with_item to basis are filled for \
              section all.",
    key: &["item_type", "item", "outlet", "section"],
    columns: &[
        Column::text("item_type", "actor or concept.", |row| Cell::text(row.item_type)),
        Column::text(
            "item",
            "Path of the item; a level above counts the mentions of the levels below it.",
            |row| Cell::text(&row.item),
        ),
        Column::text("item_label", "How people call the item.", |row| Cell::text(&row.item_label)),
        Column::text("outlet", "Who published it.", |row| Cell::text(&row.outlet)),
        Column::text(
            "section",
            "title, lead (first paragraph after the headline), body (the rest), or all of them.",
            |row| Cell::text(row.section),
        ),
        Column::int(
            "mentions",
            MENTIONS,
            "All mentions, those of the levels below included; as many rows stand in the \
             evidence, unless the manifest says that not all are shown.",
            |row| Cell::count(row.mentions),
        ),
        Column::int("mentions_own", MENTIONS, "Those in the outlet's own voice.", |row| {
            Cell::count(row.by_voice[Voice::Own.index()])
        }),
        Column::int("mentions_reported", MENTIONS, "Those in reported speech.", |row| {
            Cell::count(row.by_voice[Voice::Reported.index()])
        }),
        Column::int("mentions_quoted", MENTIONS, "Those in voice quoted.", |row| {
            Cell::count(row.by_voice[Voice::Quoted.index()])
        }),
        Column::int("mentions_hedged", MENTIONS, "Those in a hedged clause.", |row| {
            Cell::count(row.mentions_hedged)
        }),
        Column::int(
            "mentions_silence",
            MENTIONS,
            "Those that say that somebody did not mention the item (reported silence); of a person \
             (a category that ends in /person) not in the levels above, which are not passed over.",
            |row| Cell::count(row.mentions_silence),
        ),
        Column::int(
            "articles_with_item",
            ARTICLES,
            "Articles of the outlet with a mention that is not a reported silence, near-duplicates \
             counted once.",
            |row| Cell::count(row.articles_with_item),
        ),
        Column::int(
            "articles",
            ARTICLES,
            "Articles of the outlet, near-duplicates counted once.",
            |row| Cell::count(row.articles),
        ),
        Column::number(
            "per_1k_words",
            PER_1K,
            "Mentions per 1,000 words of the section, reported silences left out as in the peers' \
             rate; empty without words.",
            |row| Cell::number(row.per_1k_words),
        ),
        Column::int(
            "first_sentence_no",
            "sentence number",
            "Number of the earliest sentence with a mention in any of the outlet's articles, the \
             headline being 1; empty without a mention.",
            |row| row.first_sentence_no.map_or(Cell::Empty, Cell::count),
        ),
        Column::int(
            "sentences",
            SENTENCES,
            "Sentences of the outlet in this section of its kept text.",
            |row| Cell::count(row.sentences),
        ),
        Column::int(
            "peers_with_item",
            "outlets",
            "Those of the peers that mention the item on the outlet's events, reported silences \
             left out; empty for a single section.",
            |row| count(row, |verdict| verdict.peers_with_item),
        ),
        Column::int(
            "peers",
            "outlets",
            "Other outlets with an article on one of the outlet's events, within the item's \
             dates; empty for a single section.",
            |row| count(row, |verdict| verdict.peers),
        ),
        Column::int(
            "comparable_articles",
            ARTICLES,
            "Articles of the outlet, within the item's dates, on whose event a peer has one too, \
             near-duplicates counted once; empty for a single section.",
            |row| count(row, |verdict| verdict.comparable_articles),
        ),
        Column::int(
            "comparable_words",
            WORDS,
            "Words of the comparable articles; empty for a single section.",
            |row| count(row, |verdict| verdict.comparable_words),
        ),
        Column::number(
            "expected_mentions",
            MENTIONS,
            "Mentions the outlet would have at its peers' rate: sum over its events of the \
             peers' mentions / the peers' words x the outlet's words, reported silences left \
             out; empty without peers and for a single section.",
            |row| number(row, |verdict| verdict.expected_mentions),
        ),
        Column::number(
            "peer_per_1k_words",
            PER_1K,
            "expected_mentions per 1,000 comparable words: the peers' rate on the outlet's \
             events; empty without peers and for a single section.",
            |row| number(row, |verdict| verdict.peer_per_1k_words),
        ),
        Column::number(
            "peer_per_1k_words_all_events",
            PER_1K,
            "Mentions per 1,000 words of all other outlets in all their articles, reported \
             silences left out; empty with one outlet and for a single section.",
            |row| number(row, |verdict| verdict.peer_per_1k_words_all_events),
        ),
        Column::number(
            "p_zero",
            "probability, 0 to 1",
            "Probability of no mention in the comparable words at the peers' rate \
             (gamma-Poisson, see METHODS.md); treats mentions as independent, so the true one is \
             larger; empty without peers, with basis one_article and for a single section.",
            |row| number(row, |verdict| verdict.p_zero),
        ),
        Column::number(
            "share_articles_upper95",
            SHARE,
            "Upper end of the exact 95 % interval (Clopper-Pearson) of the share of articles \
             that mention the item, if no article does: 1 - 0.025^(1/comparable_articles); empty \
             with a mention, without comparable articles, with basis one_article and for a \
             single section.",
            |row| number(row, |verdict| verdict.share_articles_upper95),
        ),
        Column::text(
            "status",
            "First that applies: covered (in own voice, outside a reported silence), \
             reported_silence (every mention says that somebody did not mention it), \
             attributed_only (never in own voice), not_yet_possible (every article lies before \
             the item's valid_from), stale (every article lies after its expect_until, or \
             outside both dates), not_comparable (no peer), omitted (a peer mentions it), absent \
             (no peer does either); empty for a single section.",
            |row| row.verdict.as_ref().map_or(Cell::Empty, |v| Cell::text(v.status.name())),
        ),
        Column::text(
            "basis",
            "The smaller of the outlet's comparable articles and its peers' (without peers, the \
             outlet's articles): one_article (at most one: a description), few_articles (fewer \
             than five), or articles; empty for a single section.",
            |row| row.verdict.as_ref().map_or(Cell::Empty, |v| Cell::text(v.basis.name())),
        ),
        Column::text(
            "silent_party",
            "Who is said not to have mentioned the item, divided by semicolons; empty if nobody \
             is.",
            |row| Cell::text(&row.silent_party),
        ),
    ],
};

/// A count of the verdict; empty for a single section.
fn count(row: &CoverageRow, of: fn(&Verdict) -> u64) -> Cell {
    row.verdict.as_ref().map_or(Cell::Empty, |verdict| Cell::count(of(verdict)))
}

/// A measure of the verdict; empty for a single section.
fn number(row: &CoverageRow, of: fn(&Verdict) -> Option<f64>) -> Cell {
    Cell::number(row.verdict.as_ref().and_then(of))
}
