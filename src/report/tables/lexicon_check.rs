//! The tables of `parallax lexicon check --out DIR`: findings, and what each entry finds.

use crate::compare::{ContextRow, EntryName, EntryRow, FormRow, UncoveredRow};
use crate::lexicon::Finding;
use crate::report::table::{Cell, Column, TableSpec};
use crate::report::tables::units::{ARTICLES, MENTIONS, SHARE, WORDS};

/// One row per finding, by file, line and rule.
pub static FINDINGS: TableSpec<Finding> = TableSpec {
    name: "findings",
    meaning: "One row per finding about a row of a word list.",
    key: &["file", "line", "rule", "what"],
    columns: &[
        Column::text("file", "File name.", |row| Cell::text(&row.file)),
        Column::int("line", "lines", "Line in the file, from 1; empty for the file.", |row| {
            if row.line == 0 { Cell::Empty } else { Cell::count(row.line) }
        }),
        Column::text("rule", "Which rule found it.", |row| Cell::text(row.rule)),
        Column::text("what", "What is wrong.", |row| Cell::text(&row.what)),
        Column::text("mend", "How to mend it.", |row| Cell::text(&row.mend)),
        Column::text("verdict", "Empty, for yours.", |_| Cell::Empty),
    ],
};

/// The columns that name an entry.
macro_rules! entry_columns {
    ($($column:expr),* $(,)?) => {
        &[
            Column::text("lexicon", "File name without ending.", |row| {
                Cell::text(name(row).lexicon)
            }),
            Column::int("line", "lines", "Line in the file, from 1.", |row| {
                Cell::count(name(row).line)
            }),
            Column::text("category", "Path of the category.", |row| {
                Cell::text(&name(row).category)
            }),
            Column::text("term", "The term as typed.", |row| Cell::text(&name(row).term)),
            Column::text("match", "How its words are compared.", |row| {
                Cell::text(name(row).mode)
            }),
            $($column),*
        ]
    };
}

/// A row that is about one entry.
trait OfEntry {
    fn entry(&self) -> &EntryName;
}

fn name<R: OfEntry>(row: &R) -> &EntryName {
    row.entry()
}

impl OfEntry for EntryRow {
    fn entry(&self) -> &EntryName {
        &self.name
    }
}

impl OfEntry for ContextRow {
    fn entry(&self) -> &EntryName {
        &self.name
    }
}

impl OfEntry for FormRow {
    fn entry(&self) -> &EntryName {
        &self.name
    }
}

/// One row per entry, whether it matches anything or not.
pub static ENTRIES: TableSpec<EntryRow> = TableSpec {
    name: "entries",
    meaning: "One row per lexicon entry, whether it matches anything or not.",
    key: &["lexicon", "line"],
    columns: entry_columns![
        Column::int("mentions", MENTIONS, "How often it matches; empty for a blocker.", |row| {
            row.mentions.map_or(Cell::Empty, Cell::count)
        }),
        Column::int("articles", ARTICLES, "Articles in which it does.", |row| {
            row.articles.map_or(Cell::Empty, Cell::count)
        }),
        Column::int("outlets", "outlets", "Outlets in which it does.", |row| {
            row.outlets.map_or(Cell::Empty, Cell::count)
        }),
        Column::number("share_articles", SHARE, "articles / all articles.", |row| {
            Cell::number(row.share_articles)
        }),
        Column::number(
            "share_category",
            SHARE,
            "mentions / mentions of all entries of its category; empty if there are none.",
            |row| Cell::number(row.share_category)
        ),
        Column::text("status", "used, unused, or blocker.", |row| Cell::text(row.status)),
    ],
};

/// Up to three places of every entry that matches.
pub static CONTEXTS: TableSpec<ContextRow> = TableSpec {
    name: "contexts",
    meaning: "Up to three places where an entry matches, to accept or to strike.",
    key: &["lexicon", "line", "context_no"],
    columns: entry_columns![
        Column::int("context_no", "", "1 to 3.", |row| Cell::count(row.context_no)),
        Column::text("article_id", "The article.", |row| Cell::text(&row.article_id)),
        Column::text("outlet", "Its outlet.", |row| Cell::text(&row.outlet)),
        Column::int("sentence_no", "", "Sentence number, from 1, the title first.", |row| {
            Cell::count(row.sentence_no)
        }),
        Column::text("before", "The words before the match.", |row| Cell::text(&row.before)),
        Column::text("matched", "The match.", |row| Cell::text(&row.matched)),
        Column::text("after", "The words after it.", |row| Cell::text(&row.after)),
        Column::text("verdict", "Empty, for yours.", |_| Cell::Empty),
    ],
};

/// Every form of words that an entry matches.
pub static FORMS: TableSpec<FormRow> = TableSpec {
    name: "forms",
    meaning: "Every form of words that an entry matches, the commonest first.",
    key: &["lexicon", "line", "form"],
    columns: entry_columns![
        Column::text("form", "The words in small letters.", |row| Cell::text(&row.form)),
        Column::int("mentions", MENTIONS, "How often.", |row| Cell::count(row.mentions)),
        Column::flag(
            "derived",
            "The entry is one word compared by stem, and the form is more than a plural, a past \
             or a participle of it.",
            |row| Cell::flag(row.derived)
        ),
    ],
};

/// The commonest words of each outlet that no entry covers.
pub static UNCOVERED: TableSpec<UncoveredRow> = TableSpec {
    name: "uncovered",
    meaning: "The commonest words of each outlet that no entry covers, at most 200 an outlet.",
    key: &["outlet", "stem"],
    columns: &[
        Column::text("outlet", "Who published it.", |row| Cell::text(&row.outlet)),
        Column::text("term", "The commonest form, in small letters.", |row| Cell::text(&row.term)),
        Column::text("stem", "Its stem.", |row| Cell::text(&row.stem)),
        Column::int("words", WORDS, "Words of this stem outside of any mention.", |row| {
            Cell::count(row.words)
        }),
        Column::int("articles", ARTICLES, "Articles of the outlet with such a word.", |row| {
            Cell::count(row.articles)
        }),
    ],
};
