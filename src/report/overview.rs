//! What a dry run shows: what was read, kept, removed and skipped, article by article.

use std::collections::BTreeMap;

use crate::base::harmless;
use crate::report::layout::{WIDTH, padded_left, padded_right, shortened, wrapped};
use crate::report::table::{Row, Tables};

/// Articles shown one by one at most.
const ARTICLES: usize = 20;
/// Skipped articles shown at most.
const SKIPPED: usize = 20;

/// The overview of an input.
pub fn overview(tables: &Tables) -> String {
    let outlets = tables.outlets().len();
    let articles = tables.rows("articles").count();
    let skipped = tables.rows("skipped").count();
    let events = tables.rows("events");
    let shared = events.filter(|row| row.count("outlets") > 1).count();
    let first = format!(
        "{}, {}, {}; {} with articles of several outlets; {} skipped",
        counted(articles, "article"),
        counted(outlets, "outlet"),
        counted(tables.rows("events").count(), "event"),
        shared,
        skipped,
    );
    let mut text = wrapped(&first, WIDTH).join("\n  ") + "\n";
    text += &outlet_lines(tables);
    text += &removal_lines(tables);
    if articles <= ARTICLES {
        text += &article_lines(tables);
    }
    text + &skipped_lines(tables)
}

/// `1 article`, `2 articles`.
fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// No column of texts is made narrower than this to fit the terminal.
const NARROWEST: usize = 10;

/// Cells in columns under a first row of names: numbers at the right, texts at the left. The columns
/// that `gives` names are made narrower, the first of them first, until a line fits the terminal.
fn columns(rows: &[Vec<String>], gives: &[usize]) -> String {
    let n = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |at: usize| {
        rows.iter()
            .filter_map(|row| row.get(at))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..n).map(width).collect();
    for &at in gives {
        let too_wide = (widths.iter().sum::<usize>() + 2 * (n - 1)).saturating_sub(WIDTH);
        widths[at] -= too_wide.min(widths[at].saturating_sub(NARROWEST));
    }
    let number = |cell: &String| cell.bytes().all(|b| b.is_ascii_digit());
    let numeric = |at: usize| rows.iter().skip(1).filter_map(|row| row.get(at)).all(number);
    let numeric: Vec<bool> = (0..n).map(numeric).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().enumerate().map(|(at, cell)| match numeric[at] {
            true => padded_left(cell, widths[at]),
            false => padded_right(&shortened(cell, widths[at]), widths[at]),
        });
        text += cells.collect::<Vec<_>>().join("  ").trim_end();
        text.push('\n');
    }
    text
}

fn outlet_lines(tables: &Tables) -> String {
    let removed = by_outlet(tables.rows("removed"));
    let skipped = by_outlet(tables.rows("skipped"));
    let head = ["outlet", "articles", "words", "removed", "skipped", "first", "last"];
    let mut rows = vec![head.map(String::from).to_vec()];
    for row in tables.rows("outlets") {
        let outlet = row.text("outlet");
        let of = |counts: &BTreeMap<String, usize>| counts.get(outlet).copied().unwrap_or(0);
        rows.push(vec![
            outlet.to_string(),
            row.count("articles").to_string(),
            row.count("words").to_string(),
            of(&removed).to_string(),
            of(&skipped).to_string(),
            row.text("first_published").to_string(),
            row.text("last_published").to_string(),
        ]);
    }
    format!("\n{}", columns(&rows, &[0]))
}

fn by_outlet<'a>(rows: impl Iterator<Item = Row<'a>>) -> BTreeMap<String, usize> {
    rows.fold(BTreeMap::new(), |mut counts, row| {
        *counts.entry(row.text("outlet").to_string()).or_insert(0) += 1;
        counts
    })
}

fn removal_lines(tables: &Tables) -> String {
    let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
    for row in tables.rows("removed") {
        *by_rule.entry(row.text("rule")).or_insert(0) += 1;
    }
    if by_rule.is_empty() {
        return String::new();
    }
    let rules: Vec<String> = by_rule.iter().map(|(rule, n)| format!("{rule} {n}")).collect();
    let text = format!("removed by rule: {}", rules.join(", "));
    format!("\n{}\n", wrapped(&text, WIDTH).join("\n  "))
}

fn article_lines(tables: &Tables) -> String {
    let mut removed: BTreeMap<&str, usize> = BTreeMap::new();
    for row in tables.rows("removed") {
        *removed.entry(row.text("article_id")).or_insert(0) += 1;
    }
    let head = ["article", "outlet", "published", "words", "removed", "event"];
    let mut rows = vec![head.map(String::from).to_vec()];
    for row in tables.rows("articles") {
        let id = row.text("article_id");
        rows.push(vec![
            id.to_string(),
            row.text("outlet").to_string(),
            published(&row),
            row.count("words").to_string(),
            removed.get(id).copied().unwrap_or(0).to_string(),
            row.text("event").to_string(),
        ]);
    }
    // Event, outlet and date give way; an id does not, as it is copied.
    format!("\n{}", columns(&rows, &[5, 1, 2]))
}

/// Date, time and zone, as far as they are known.
fn published(row: &Row<'_>) -> String {
    let (day, time) = (row.text("published"), row.text("published_time"));
    match (day, time, row.text("published_zone")) {
        ("", _, _) => "no date".to_string(),
        (day, "", _) => day.to_string(),
        (day, time, "") => format!("{day} {time}"),
        (day, time, zone) => format!("{day} {time} {zone}"),
    }
}

fn skipped_lines(tables: &Tables) -> String {
    let mut text = String::new();
    let all = tables.rows("skipped").count();
    // What must be mended first, then what was only not asked for.
    let of =
        |letter| tables.rows("skipped").filter(move |row| row.text("code").starts_with(letter));
    for row in of('W').chain(of('N')).take(SKIPPED) {
        let record = row.int("record_no").map(|no| format!(", record {no}")).unwrap_or_default();
        let source = match row.text("source") {
            "" => row.text("article_id").to_string(),
            source => format!("{source}{record}"),
        };
        let (source, reason) = (harmless(&source), harmless(row.text("reason")));
        text += &format!("\nskipped[{}]: {source}: {reason}\n", row.text("code"));
        if !row.text("mend").is_empty() {
            text += &format!("mend: {}\n", row.text("mend"));
        }
    }
    if all > SKIPPED {
        text += &format!("\nand {} more skipped\n", all - SKIPPED);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::readings::tests::table;

    #[test]
    fn a_table_fits_the_terminal_and_ids_are_whole() {
        let row = |event: &str, words: &str| {
            let cells = [
                "a0123456789abcdef",
                "Outlet with a long name",
                "2024-03-01 15:27",
                words,
                "0",
                event,
            ];
            cells.map(String::from).to_vec()
        };
        let text = columns(&[row("event", "words"), row("ev_a0123456789abcdef", "40")], &[5, 1, 2]);
        let longest = text.lines().map(|line| line.chars().count()).max();
        assert_eq!(longest, Some(WIDTH), "{text}");
        assert!(text.contains("a0123456789abcdef  Outlet with a long n…  2024-03-01 15:27"));
    }

    #[test]
    fn the_overview_names_dates_removals_and_skipped_articles() {
        let all = vec![
            table("outlets", "outlet|articles|words", &["Daily|1|40", "Post|1|30"]),
            table(
                "articles",
                "article_id|outlet|published|published_time|published_zone|words|event",
                &["a1|Daily|2024-03-01|15:27||40|ev_a1", "a2|Post||||30|ev_a2"],
            ),
            table("removed", "article_id|outlet|rule", &["a1|Daily|byline", "a1|Daily|byline"]),
            table("events", "event|outlets", &["ev_a1|1", "ev_a2|1"]),
            table(
                "skipped",
                "source|record_no|outlet|code|reason|mend",
                &["x.csv|3||W411|no text|fill it"],
            ),
        ];
        let text = overview(&Tables { all, ..Tables::default() });
        for part in [
            "2 articles, 2 outlets, 2 events; 0 with articles of several outlets; 1 skipped",
            "2024-03-01 15:27  ",
            "no date",
            "removed by rule: byline 2",
            "skipped[W411]: x.csv, record 3: no text",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
    }
}
