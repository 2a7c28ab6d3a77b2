//! What a reader must know before comparing: few articles, other events, other days.

use std::collections::BTreeSet;

use crate::base::{Message, listed};
use crate::report::{Row, Tables};
use crate::run::about::ASIDE;

/// Outlets that get a warning each; more share one.
const NAMED: usize = 3;

/// The warnings that follow from what was counted, in the order in which they should be read.
pub(crate) fn warnings(tables: &Tables) -> Vec<Message> {
    let found = [
        one_article(tables),
        other_events(tables),
        skipped(tables),
        reduced_from_html(tables),
        near_duplicates(tables),
        undated(tables),
        wordless(tables),
    ];
    found.into_iter().flatten().collect()
}

/// How many articles each outlet has.
fn one_article(tables: &Tables) -> Vec<Message> {
    let outlets: Vec<(&str, i64)> = tables
        .rows("outlets")
        .map(|row| (row.text("outlet"), row.count("distinct_articles")))
        .collect();
    let single: Vec<&str> =
        outlets.iter().filter(|(_, n)| *n == 1).map(|(name, _)| *name).collect();
    let what = match (outlets.as_slice(), single.as_slice()) {
        ([(only, _)], _) => {
            let mend = "add articles of another outlet";
            let what = format!("only one outlet, `{only}`: there is nothing to compare it with");
            return vec![Message::new("W203", "", what, mend)];
        }
        (_, []) => return Vec::new(),
        (all, single) if all.len() == single.len() => {
            "one article per outlet: no tests, no intervals; differences describe these articles, \
             not their outlets"
                .to_string()
        }
        (_, single) => {
            let names = listed(single);
            format!("only one article by {names}: described, not tested; no intervals")
        }
    };
    vec![Message::new("W201", "", what, "add articles before you generalise")]
}

/// Outlets that have no event in common with any other, and how many days they are away; nothing if
/// no table rests on events, which are not known then.
fn other_events(tables: &Tables) -> Vec<Message> {
    if !tables.articles.on_events {
        return Vec::new();
    }
    let outlets = tables.outlets();
    let mend = "compare articles on one event, or fill the `event` column";
    let matched = |outlet: &&&str| {
        tables.articles.by_outlet.get(**outlet).is_some_and(|sums| sums.matched > 0)
    };
    let together: BTreeSet<&str> = outlets.iter().filter(matched).copied().collect();
    if outlets.len() > 1 && together.is_empty() {
        let what = "no two outlets have an article on the same event: differences may be the events, \
                    not the outlets, and nothing is called omitted";
        return vec![Message::new("W204", "", what, mend)];
    }
    let alone: Vec<&str> =
        outlets.iter().copied().filter(|outlet| !together.contains(outlet)).collect();
    let caution = "differences may be the event, not the outlet";
    let whats: Vec<String> = match alone.len() {
        _ if outlets.len() == 1 => Vec::new(),
        n if n > NAMED => {
            let names = listed(&alone);
            vec![format!(
                "{n} outlets have no article on an event of another one: {caution}: {names}"
            )]
        }
        _ => alone
            .iter()
            .map(|outlet| {
                let away = away(tables, outlet);
                format!("`{outlet}` has no article on an event of another outlet{away}: {caution}")
            })
            .collect(),
    };
    whats.into_iter().map(|what| Message::new("W202", "", what, mend)).collect()
}

/// How far an outlet's articles are from all others, as the end of a sentence.
fn away(tables: &Tables, outlet: &str) -> String {
    let days = days_away(tables, outlet).filter(|&days| days > 0);
    days.map(|days| format!(", the nearest {days} days away")).unwrap_or_default()
}

/// Days between an outlet's articles and the nearest one of another outlet, by printed days.
fn days_away(tables: &Tables, outlet: &str) -> Option<i64> {
    let days = |own: bool| -> Vec<i64> {
        let sums = tables.articles.by_outlet.iter().filter(|(name, _)| (*name == outlet) == own);
        sums.flat_map(|(_, sums)| &sums.days).filter_map(|day| day_number(day)).collect()
    };
    let mut others = days(false);
    others.sort_unstable();
    let nearest = |day: i64| -> Option<i64> {
        let at = others.partition_point(|&other| other < day);
        let around = others[at.saturating_sub(1)..].iter().take(2);
        around.map(|&other| (other - day).abs()).min()
    };
    days(true).into_iter().filter_map(nearest).min()
}

/// Days since 1970-01-01 of a `YYYY-MM-DD`; `None` if it is none.
fn day_number(day: &str) -> Option<i64> {
    let date: jiff::civil::Date = day.parse().ok()?;
    let start = jiff::civil::date(1970, 1, 1);
    Some(i64::from(start.until(date).ok()?.get_days()))
}

fn skipped(tables: &Tables) -> Vec<Message> {
    let broken = || tables.rows("skipped").filter(|row| row.text("code") != ASIDE);
    let all = broken().count();
    let Some(first) = broken().next() else { return Vec::new() };
    let read = tables.articles.articles + (tables.rows("skipped").count() - all) as u64;
    let articles = if all == 1 { "article" } else { "articles" };
    let cut_off = |row: &Row<'_>| row.text("reason").contains("later articles are missing");
    let (least, more) = match broken().any(|row| cut_off(&row)) {
        true => ("at least ", ", as a file breaks off and nobody knows how many it held"),
        false => ("", ""),
    };
    let what = format!(
        "{least}{all} {articles} skipped of {}{more}, the first because {}",
        all as u64 + read,
        first.text("reason")
    );
    vec![Message::new("W205", "", what, "see `tables/skipped.csv`, or run `parallax check`")]
}

/// How many articles have no date.
fn undated(tables: &Tables) -> Vec<Message> {
    let (undated, all) = (tables.articles.undated, tables.articles.articles);
    if undated == 0 {
        return Vec::new();
    }
    let (n, have) = if undated == 1 { ("1 article", "has") } else { ("articles", "have") };
    let n = if undated == 1 { n.to_string() } else { format!("{undated} {n}") };
    let what = format!(
        "{n} of {all} {have} no date: without the column `event` each is an event of its own"
    );
    vec![Message::new("N402", "", what, "fill in the column `date`, for texts in a `corpus.csv`")]
}

/// How many articles have nothing left that counts.
fn wordless(tables: &Tables) -> Vec<Message> {
    let (n, all) = (tables.articles.wordless, tables.articles.articles);
    if n == 0 {
        return Vec::new();
    }
    let (have, count) = if n == 1 {
        ("has", "it counts as an article")
    } else {
        ("have", "they count as articles")
    };
    let what = format!(
        "{n} of {all} articles {have} no word left after cleaning; {count} all the same, which makes \
         shares of articles smaller"
    );
    let mend = "see `words` in `tables/articles.csv` and what went in `tables/removed.csv`; take \
                stubs out of the corpus";
    vec![Message::new("W215", "", what, mend)]
}

/// How many articles were handed in as HTML.
fn reduced_from_html(tables: &Tables) -> Vec<Message> {
    let (html, all) = (tables.articles.html, tables.articles.articles);
    if html == 0 {
        return Vec::new();
    }
    let what = format!(
        "{html} of {all} articles hold HTML: tags, scripts and styles are left out, character \
         references are decoded, and offsets count in the text that is left"
    );
    let mend =
        "see `text_basis` in `tables/articles.csv`; `parallax text INPUT ID` shows that text";
    vec![Message::new("N209", "", what, mend)]
}

/// How many articles count together as one.
fn near_duplicates(tables: &Tables) -> Vec<Message> {
    let (articles, clusters) = tables.near_duplicates;
    if clusters == 0 {
        return Vec::new();
    }
    let clusters = if clusters == 1 { "1 cluster".into() } else { format!("{clusters} clusters") };
    let what = format!(
        "{articles} articles are near-duplicates of others of their outlet, in {clusters}: their \
         words and mentions count, but each cluster counts as one article"
    );
    vec![Message::new("N210", "", what, "see `tables/duplicates.csv`; remove what is no version")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ArticleSums, Cell, Table};

    fn table(name: &'static str, columns: &'static str, rows: &[&str]) -> Table {
        let cell = |text: &str| text.parse().map_or_else(|_| Cell::text(text), Cell::Int);
        Table {
            name,
            columns: columns.split('|').map(Into::into).collect(),
            rows: rows.iter().map(|row| row.split('|').map(cell).collect()).collect(),
        }
    }

    /// Articles as (outlet, day, event).
    fn said(articles: &[&str]) -> Vec<String> {
        let mut outlets: Vec<&str> =
            articles.iter().map(|row| row.split('|').next().unwrap()).collect();
        outlets.sort_unstable();
        outlets.dedup();
        let of = |outlet: &str| articles.iter().filter(|row| row.starts_with(outlet)).count();
        let outlets: Vec<String> = outlets.iter().map(|o| format!("{o}|{}", of(o))).collect();
        let outlets: Vec<&str> = outlets.iter().map(String::as_str).collect();
        let mut events: Vec<&str> =
            articles.iter().map(|row| row.rsplit('|').next().unwrap()).collect();
        events.sort_unstable();
        events.dedup();
        let on = |event: &str| {
            let rows = articles.iter().filter(|row| row.ends_with(event));
            let mut names: Vec<&str> = rows.map(|row| row.split('|').next().unwrap()).collect();
            names.dedup();
            names.len()
        };
        let shared: Vec<&&str> = events.iter().filter(|event| on(event) > 1).collect();
        let mut sums = ArticleSums { on_events: true, ..ArticleSums::default() };
        for row in articles {
            let cells: Vec<&str> = row.split('|').collect();
            sums.add_article(cells[0], Some(cells[1]), shared.contains(&&cells[2]));
        }
        let all = vec![table("outlets", "outlet|distinct_articles", &outlets)];
        let messages = warnings(&Tables { all, articles: sums, ..Tables::default() });
        messages.into_iter().map(|message| format!("{} {}", message.code, message.what)).collect()
    }

    #[test]
    fn one_article_per_outlet_and_another_event_are_both_said() {
        let said = said(&["A|2023-02-04|x", "B|2023-02-04|x", "C|2023-09-22|y"]);
        assert_eq!(said.len(), 2);
        assert!(said[0].starts_with("W201 one article per outlet"), "{said:?}");
        assert!(said[1].starts_with("W202 `C`") && said[1].contains("230 days"), "{said:?}");
    }

    #[test]
    fn events_that_nobody_worked_out_are_no_reason_to_warn() {
        let outlets = table("outlets", "outlet|distinct_articles", &["A|2", "B|2"]);
        let tables = |on_events| {
            let mut articles = ArticleSums { on_events, ..ArticleSums::default() };
            for outlet in ["A", "B"] {
                articles.add_article(outlet, Some("2023-02-04"), false);
            }
            Tables { all: vec![outlets.clone()], articles, ..Tables::default() }
        };
        assert_eq!(warnings(&tables(true)).len(), 1);
        assert!(warnings(&tables(false)).is_empty());
    }

    #[test]
    fn several_articles_on_shared_events_are_no_reason_to_warn() {
        let articles = ["A|2023-02-04|x", "A|2023-02-05|y", "B|2023-02-04|x", "B|2023-03-04|z"];
        assert_eq!(said(&articles), [""; 0]);
    }

    #[test]
    fn outlets_without_a_common_event_are_said_once() {
        let said = said(&["A|2023-02-04|x", "A|2023-02-05|x", "B|2023-05-04|y", "B|2023-05-05|y"]);
        assert_eq!(said.len(), 1);
        assert!(said[0].starts_with("W204"), "{said:?}");
    }

    #[test]
    fn many_outlets_on_events_of_their_own_share_one_warning() {
        let mut articles = vec!["A|2023-02-04|x".to_string(), "B|2023-02-04|x".to_string()];
        articles.extend(["C", "D", "E", "F"].map(|name| format!("{name}|2023-05-04|{name}")));
        let articles: Vec<&str> = articles.iter().map(String::as_str).collect();
        let said = said(&articles);
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[1].starts_with("W202 4 outlets") && said[1].contains("`F`"), "{said:?}");
    }

    #[test]
    fn a_single_outlet_has_nothing_to_be_compared_with() {
        assert!(said(&["A|2023-02-04|x", "A|2023-02-05|x"])[0].starts_with("W203"));
    }
}
