//! What `parallax lexicon check` says on a terminal of 80 columns.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::base::harmless;
use crate::report::layout::{WIDTH, padded_left, padded_right, wrapped};
use crate::report::table::{Row, Tables};

/// Entries shown with their places; the files hold the rest.
const ENTRIES: usize = 15;
/// Forms that may be another word.
const FORMS: usize = 12;
/// Words that nothing covers, for each outlet.
const WORDS: usize = 15;
/// Characters before a match in its line.
const BEFORE: usize = 30;

/// The findings, and what is known of the entries if a corpus was read.
pub fn lexicon_text(tables: &Tables, n_rows: usize, n_errors: usize) -> String {
    let mut text = findings(tables);
    let n = tables.rows("findings").count();
    let errors = match n_errors {
        0 => String::new(),
        1 => ", 1 that cannot be used".to_string(),
        n => format!(", {n} that cannot be used"),
    };
    let found = if n == 1 { "1 finding".to_string() } else { format!("{n} findings") };
    let rows = if n_rows == 1 { "1 row".to_string() } else { format!("{n_rows} rows") };
    text += &format!("{rows}{errors}; {found}\n");
    if tables.rows("entries").next().is_some() {
        text += &usage(tables);
        text += &places(tables);
        text += &derived(tables);
        text += &uncovered(tables);
    }
    text
}

fn findings(tables: &Tables) -> String {
    let mut text = String::new();
    let mut file = "";
    for row in tables.rows("findings") {
        if row.text("file") != file {
            file = row.text("file");
            text += &format!("{file}\n");
        }
        let line = row.int("line").map(|n| n.to_string()).unwrap_or_default();
        let head = format!("{}  {}", padded_left(&line, 6), padded_right(row.text("rule"), 10));
        let body = wrapped(row.text("what"), WIDTH - 20).into_iter();
        let mend = wrapped(&format!("mend: {}", row.text("mend")), WIDTH - 20);
        for (at, part) in body.chain(mend).enumerate() {
            let start = if at == 0 { head.clone() } else { String::new() };
            text += &format!("{}{part}\n", padded_right(&start, 20));
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// How many entries of each list match something.
fn usage(tables: &Tables) -> String {
    let mut lists: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in tables.rows("entries").filter(|row| row.text("status") != "blocker") {
        let (used, all) = lists.entry(row.text("lexicon")).or_default();
        *used += usize::from(row.text("status") == "used");
        *all += 1;
    }
    let mut text = "\nrows that match something here\n".to_string();
    for (list, (used, all)) in lists {
        text += &format!(
            "  {}{} of {all}\n",
            padded_right(list, 12),
            padded_left(&used.to_string(), 6)
        );
    }
    text
}

/// The rows that match most often, each with its places.
fn places(tables: &Tables) -> String {
    let key = |row: &Row<'_>| (row.text("lexicon").to_string(), row.count("line"));
    let mut contexts: BTreeMap<(String, i64), Vec<Row<'_>>> = BTreeMap::new();
    for row in tables.rows("contexts") {
        contexts.entry(key(&row)).or_default().push(row);
    }
    let mut used: Vec<Row<'_>> =
        tables.rows("entries").filter(|row| contexts.contains_key(&key(row))).collect();
    let n_used = used.len();
    used.sort_by_key(|row| (Reverse(row.count("mentions")), key(row)));
    used.truncate(ENTRIES);
    let mut text =
        "\nthe rows that match most, with up to three places to judge them by\n".to_string();
    for row in used {
        text += &format!(
            "{}.csv, line {}: {} `{}` ({})\n  {} in {} of all articles, {} of its category\n",
            row.text("lexicon"),
            row.count("line"),
            harmless(row.text("category")),
            harmless(row.text("term")),
            row.text("match"),
            counted(row.count("mentions"), "mention"),
            percent(row.number("share_articles")),
            percent(row.number("share_category")),
        );
        for place in contexts.get(&key(&row)).into_iter().flatten() {
            text += &in_context(place);
        }
    }
    if n_used > ENTRIES {
        text += &format!("and {} more; `--out DIR` writes all of them\n", n_used - ENTRIES);
    }
    text
}

fn counted(n: i64, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "-".to_string(), |share| format!("{:.0} %", share * 100.0))
}

/// A match between its neighbours, matches one below the other.
fn in_context(row: &Row<'_>) -> String {
    let letters = |text: &str| text.chars().collect::<Vec<char>>();
    let before = letters(row.text("before"));
    let start = before.len().saturating_sub(BEFORE);
    let before: String = before[start..].iter().collect();
    let after = row.text("after");
    let gap = if after.starts_with([',', '.', ';', ':', '!', '?', ')', '’', '\'', '”', '-', '–'])
    {
        ""
    } else {
        " "
    };
    let rest = format!("[{}]{gap}{after}", row.text("matched"));
    let rest: String = rest.chars().take(WIDTH - BEFORE - 5).collect();
    format!("    {} {}\n", padded_left(&before, BEFORE), rest.trim_end())
}

/// Forms that a stem catches and that are no inflection of the term.
fn derived(tables: &Tables) -> String {
    let mut rows: Vec<Row<'_>> =
        tables.rows("forms").filter(|row| row.count("derived") == 1).collect();
    if rows.is_empty() {
        return String::new();
    }
    rows.sort_by_key(|row| (Reverse(row.count("mentions")), row.text("form").to_string()));
    let mut text = "\nforms that a stem finds besides its term: the same word?\n".to_string();
    for row in rows.iter().take(FORMS) {
        text += &format!(
            "  {} {} by `{}` ({}.csv, line {})\n",
            padded_left(&row.count("mentions").to_string(), 6),
            padded_right(row.text("form"), 20),
            harmless(row.text("term")),
            row.text("lexicon"),
            row.count("line"),
        );
    }
    text
}

/// The commonest words that nothing covers, by outlet.
fn uncovered(tables: &Tables) -> String {
    let mut text = "\nthe commonest words that no row covers\n".to_string();
    let mut outlets: Vec<&str> = tables.rows("uncovered").map(|row| row.text("outlet")).collect();
    outlets.dedup();
    for outlet in outlets {
        let rows = tables.rows("uncovered").filter(|row| row.text("outlet") == outlet);
        let words: Vec<String> = rows
            .take(WORDS)
            .map(|row| format!("{}\u{1}{}", row.text("term"), row.count("words")))
            .collect();
        text += &format!("  {outlet}\n");
        for line in wrapped(&words.join(", "), WIDTH - 4) {
            text += &format!("    {}\n", line.replace('\u{1}', " "));
        }
    }
    text
}
