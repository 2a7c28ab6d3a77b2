//! `terms.csv`: the words that set each outlet apart from the others.

use crate::compare::TermRow;
use crate::compare::keyness::{Measure, for_each_measure};
use crate::report::table::{Cell, Column, ColumnKind, TableSpec};

macro_rules! columns {
    ($($measure:ty),*) => {
        &[
            OUTLET, TERM, STEM, MENTIONS, PER_1K, MENTIONS_REST, REST_PER_1K, WITH_TERM, ARTICLES,
            $(measure::<$measure>(),)*
            ZERO_ADJUSTED, FAVOURS, P, Q, LOG_P, LOG_Q, FAMILY, TEST,
        ]
    };
}

/// One row per outlet and term, in outlet order, then by G², the largest first.
pub static TERMS: TableSpec<TermRow> = TableSpec {
    name: "terms",
    meaning: "One row per outlet and term (stem): its use in the outlet against its use in all \
              other outlets together.",
    key: &["outlet", "stem"],
    columns: for_each_measure!(columns),
};

/// The column of a measure.
const fn measure<M: Measure>() -> Column<TermRow> {
    Column {
        name: M::NAME,
        kind: ColumnKind::Number,
        unit: M::UNIT,
        meaning: M::MEANING,
        cell: |row| Cell::number(M::value(&row.counts)),
    }
}

const OUTLET: Column<TermRow> = Column {
    name: "outlet",
    kind: ColumnKind::Text,
    unit: "",
    meaning: "The outlet; the other side is all other outlets together.",
    cell: |row| Cell::text(&row.outlet),
};

const TERM: Column<TermRow> = Column {
    name: "term",
    kind: ColumnKind::Text,
    unit: "",
    meaning: "The commonest form of the stem in the corpus.",
    cell: |row| Cell::text(&row.term),
};

const STEM: Column<TermRow> = Column {
    name: "stem",
    kind: ColumnKind::Text,
    unit: "",
    meaning: "The stem: forms with one stem are one term.",
    cell: |row| Cell::text(&row.stem),
};

const MENTIONS: Column<TermRow> = Column {
    name: "mentions",
    kind: ColumnKind::Int,
    unit: "mentions",
    meaning: "Mentions of the term in the outlet; terms below 3 mentions, or in fewer than 2 \
              articles of an outlet that has several, are not listed.",
    cell: |row| Cell::count(row.counts.target),
};

const PER_1K: Column<TermRow> = Column {
    name: "per_1k_words",
    kind: ColumnKind::Number,
    unit: "mentions per 1,000 words",
    meaning: "Mentions divided by all kept words of the outlet, times 1,000.",
    cell: |row| Cell::number(row.counts.target_per_1k()),
};

const MENTIONS_REST: Column<TermRow> = Column {
    name: "mentions_rest",
    kind: ColumnKind::Int,
    unit: "mentions",
    meaning: "Mentions of the term in all other outlets together.",
    cell: |row| Cell::count(row.counts.reference),
};

const REST_PER_1K: Column<TermRow> = Column {
    name: "rest_per_1k_words",
    kind: ColumnKind::Number,
    unit: "mentions per 1,000 words",
    meaning: "The same rate in all other outlets together, each word counting alike; empty if \
              there is no other outlet.",
    cell: |row| Cell::number(row.counts.reference_per_1k()),
};

const WITH_TERM: Column<TermRow> = Column {
    name: "articles_with_term",
    kind: ColumnKind::Int,
    unit: "articles",
    meaning: "Articles of the outlet that mention the term.",
    cell: |row| Cell::count(row.articles_with_term),
};

const ARTICLES: Column<TermRow> = Column {
    name: "articles",
    kind: ColumnKind::Int,
    unit: "articles",
    meaning: "Articles of the outlet.",
    cell: |row| Cell::count(row.articles),
};

const ZERO_ADJUSTED: Column<TermRow> = Column {
    name: "zero_adjusted",
    kind: ColumnKind::Flag,
    unit: "",
    meaning: "1 if one side never mentions the term, so that its ratio rests on the added half.",
    cell: |row| Cell::flag(row.counts.target == 0 || row.counts.reference == 0),
};

const FAVOURS: Column<TermRow> = Column {
    name: "favours",
    kind: ColumnKind::Text,
    unit: "",
    meaning: "The side that uses the term more often: an outlet, or `other outlets`; positive \
              measures favour the row's outlet. Empty at equal rates and with one outlet.",
    cell: |row| Cell::text(row.favours.as_deref().unwrap_or_default()),
};

/// A column that stays empty as long as no test by article was made.
const fn untested(
    name: &'static str,
    kind: ColumnKind,
    unit: &'static str,
    meaning: &'static str,
) -> Column<TermRow> {
    Column { name, kind, unit, meaning, cell: |_| Cell::Empty }
}

const P: Column<TermRow> = untested(
    "p_value",
    ColumnKind::Number,
    "probability",
    "p-value of a test by article; empty where `test` says none, as it does in this version.",
);

const Q: Column<TermRow> = untested(
    "q_value",
    ColumnKind::Number,
    "probability",
    "p-value adjusted for the whole family (Benjamini & Hochberg 1995); empty without a test.",
);

const LOG_P: Column<TermRow> = untested(
    "neg_log10_p",
    ColumnKind::Number,
    "-log10",
    "Negative decimal logarithm of the p-value; empty without a test.",
);

const LOG_Q: Column<TermRow> = untested(
    "neg_log10_q",
    ColumnKind::Number,
    "-log10",
    "Negative decimal logarithm of the q-value; empty without a test.",
);

const FAMILY: Column<TermRow> = untested(
    "family_size",
    ColumnKind::Int,
    "tests",
    "Tests adjusted for together; empty without a test.",
);

const TEST: Column<TermRow> = Column {
    name: "test",
    kind: ColumnKind::Text,
    unit: "",
    meaning: "The test behind the p-value, or why there is none: none (one article), none \
              (descriptive).",
    cell: |row| Cell::text(row.test),
};
