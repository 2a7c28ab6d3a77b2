//! What the terminal says after a run: the answer in 80 columns, made by rules from the tables.

use std::cmp::Reverse;

use crate::report::comparison::one_decimal;
use crate::report::layout::{
    TextRow, WIDTH, blocks, first_of, padded_left, padded_right, shortened, wrapped,
};
use crate::report::readings::{FrameReading, Item, Name, Rate, Referent, frames, items, referents};
use crate::report::sensitivity::in_sentences;
use crate::report::table::{Row, Tables};

/// Frames shown at most.
const FRAMES: usize = 4;
/// Fewer mentions in all outlets together show no difference.
const FEWEST: i64 = 3;
/// Items named in one cell at most.
const ITEMS: usize = 3;
/// Things shown with their names at most.
const THINGS: usize = 2;
/// More outlets than this stand in lines of their own.
const COLUMNS: usize = 8;
/// Outlets in lines of their own at most.
const LINES: usize = 30;
/// What stands for the omissions of an outlet that has no article on an event of another one.
const NOT_COMPARABLE: &str = "(not comparable)";
/// Columns for the name of an outlet with a line of its own.
const NAME: usize = 24;

/// The summary of a report.
pub fn summary(tables: &Tables) -> String {
    let outlets = tables.outlets();
    let frames = chosen_frames(tables);
    if outlets.len() > COLUMNS {
        return many(tables, &frames);
    }
    let mut rows = base_rows(tables);
    rows.extend(frames.iter().flat_map(|frame| frame_rows(frame, tables.one_voice)));
    rows.extend(naming_rows(tables));
    rows.extend(coverage_rows(tables));
    let mut text = blocks(&outlets, &rows);
    let mut notes = vec![frames_note(tables, frames.len())];
    notes.extend(in_sentences(tables, &frames));
    let comparable = !outlets.iter().any(|outlet| stands_alone(tables, outlet));
    text += &legend(notes, &items(tables), comparable);
    text
}

/// A frame by whoever speaks, what of it is denied, and in the outlet's own voice.
fn frame_rows(frame: &FrameReading, one_voice: bool) -> Vec<TextRow> {
    let mut rows = vec![TextRow::new(&frame.label, frame.all.iter().map(rate).collect())];
    if frame.all.iter().any(|rate| rate.negated > 0) {
        let negated = |rate: &Rate| match rate.negated {
            0 => "-".to_string(),
            n => format!("({n})"),
        };
        rows.push(TextRow::new("  of these negated", frame.all.iter().map(negated).collect()));
    }
    if !one_voice {
        rows.push(TextRow::new("  in own voice", frame.own.iter().map(rate).collect()));
    }
    rows
}

/// The frames that say most: the one with most mentions, then those where another outlet leads once
/// only the outlets' own voices count, then those whose rates differ most. A frame that counts in
/// another one is not shown beside it.
fn chosen_frames(tables: &Tables) -> Vec<FrameReading> {
    let mut frames = frames(tables);
    frames.retain(|frame| frame.mentions() >= FEWEST);
    let shown: Vec<String> = frames.iter().map(|frame| frame.frame.clone()).collect();
    let is_shown = |path: &String| shown.contains(path);
    let part = |frame: &str| tables.roll_ups.get(frame).is_some_and(|ups| ups.iter().any(is_shown));
    frames.retain(|frame| !part(&frame.frame));
    let most = frames.iter().map(FrameReading::mentions).max();
    let largest = frames.iter().position(|frame| Some(frame.mentions()) == most).unwrap_or(0);
    let largest = frames.get(largest).map(|frame| frame.frame.clone());
    let is_largest = |frame: &FrameReading| Some(&frame.frame) == largest.as_ref();
    frames.sort_by(|a, b| {
        let order = is_largest(b).cmp(&is_largest(a)).then(b.turns_over().cmp(&a.turns_over()));
        order.then(b.spread().total_cmp(&a.spread())).then(a.frame.cmp(&b.frame))
    });
    frames.truncate(FRAMES);
    frames
}

fn rate(rate: &Rate) -> String {
    match rate.per_1k {
        Some(_) => format!("{} ({})", one_decimal(rate.per_1k), rate.in_rate),
        None => "-".to_string(),
    }
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "-".to_string(), |share| format!("{:.0} %", share * 100.0))
}

fn base_rows(tables: &Tables) -> Vec<TextRow> {
    let articles = tables.rows("outlets").map(|row| row.count("articles").to_string());
    let words = tables.rows("outlets").map(|row| row.count("words").to_string());
    let own = tables.rows("outlets").map(|row| percent(row.number("share_words_own")));
    let mut rows = vec![
        TextRow::new("articles", articles.collect()),
        TextRow::new("words", words.collect()),
        TextRow::new("words in own voice", own.collect()),
    ];
    rows.truncate(if tables.one_voice { 2 } else { 3 });
    rows
}

/// What the things are called whose names differ most: by the outlet, and by others in it.
fn naming_rows(tables: &Tables) -> Vec<TextRow> {
    let mut things = referents(tables);
    things.retain(|thing| thing.n_names() > 1 && thing.mentions() >= FEWEST);
    things.sort_by_key(|thing| (Reverse(thing.n_unshared()), Reverse(thing.mentions())));
    things.truncate(THINGS);
    let of_voices = |thing| names_of(thing).into();
    let of_all = |thing: &Referent| vec![counted_names(thing)];
    let rows = |thing| if tables.one_voice { of_all(thing) } else { of_voices(thing) };
    things.iter().flat_map(rows).collect()
}

/// The names of one thing, where nobody knows whose words they are.
fn counted_names(thing: &Referent) -> TextRow {
    let shown = |name: &Name| format!("{} {}", name.label, name.mentions);
    let list = |names: &Vec<Name>| first_of(&names.iter().map(shown).collect::<Vec<_>>(), ITEMS);
    TextRow::new(&thing.label, thing.names.iter().map(list).collect())
}

/// The names of one thing. A name that the outlet itself only quotes is not what it calls the thing,
/// and stands between quotation marks; one that anybody denies says so.
fn names_of(thing: &Referent) -> [TextRow; 3] {
    let counted = |label: String, n: i64| (n > 0).then(|| format!("{label} {n}"));
    let own = |name: &Name| counted(name.label.clone(), name.own_used).into_iter().collect();
    let others = |name: &Name| -> Vec<String> {
        let denied = name.reported + name.quoted - name.others_used() + name.own_negated;
        let parts = [
            counted(name.label.clone(), name.others_used()),
            counted(format!("“{}”", name.label), name.own_short_quoted),
            counted(format!("not “{}”", name.label), denied),
        ];
        parts.into_iter().flatten().collect()
    };
    let row = |label: &str, shown: &dyn Fn(&Name) -> Vec<String>| {
        let list =
            |names: &Vec<Name>| first_of(&names.iter().flat_map(shown).collect::<Vec<_>>(), ITEMS);
        TextRow::new(label, thing.names.iter().map(list).collect())
    };
    [
        TextRow::new(&thing.label, vec![String::new(); thing.names.len()]),
        row("  in own words", &own),
        row("  in others' words", &others),
    ]
}

/// Items that are left out, kept silent by others, or only in others' words.
fn coverage_rows(tables: &Tables) -> Vec<TextRow> {
    let mut items = items(tables);
    items.sort_by_key(|item| -item.mentions());
    let outlets = tables.outlets().len();
    let named = |status: &str, outlet: usize| -> Vec<String> {
        let treated = items.iter().filter(|item| item.by_outlet[outlet].status == status);
        let mut treated: Vec<&Item> = treated.collect();
        let expected = |item: &Item| item.by_outlet[outlet].expected;
        // The sort keeps items of equal expectation in the order of their mentions.
        treated.sort_by(|a, b| expected(b).total_cmp(&expected(a)));
        let mut names: Vec<String> = Vec::new();
        for name in treated.into_iter().map(|item| with_party(item, outlet)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    };
    let row = |label: &str, status: &str| {
        let cells: Vec<Vec<String>> = (0..outlets).map(|outlet| named(status, outlet)).collect();
        let any = cells.iter().any(|cell| !cell.is_empty());
        any.then(|| TextRow::new(label, cells.iter().map(|cell| first_of(cell, ITEMS)).collect()))
    };
    // Nothing omitted is said only of an outlet that can be compared.
    let omitted = |mut row: TextRow| {
        for (cell, outlet) in row.cells.iter_mut().zip(tables.outlets()) {
            if cell == "-" && stands_alone(tables, outlet) {
                *cell = NOT_COMPARABLE.to_string();
            }
        }
        row
    };
    [
        row("omitted", "omitted").map(omitted),
        row("silence reported", "reported_silence"),
        row("only in others' words", "attributed_only"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether no other outlet has an article on an event of this one, as far as is known.
fn stands_alone(tables: &Tables, outlet: &str) -> bool {
    let alone = tables.articles.by_outlet.get(outlet).is_some_and(|sums| sums.matched == 0);
    tables.articles.on_events && alone
}

/// An item, and who is said to have kept silent about it.
fn with_party(item: &Item, outlet: usize) -> String {
    let treatment = &item.by_outlet[outlet];
    match treatment.silent_party.as_str() {
        party if !party.is_empty() && treatment.status == "reported_silence" => {
            format!("{} (by {party})", item.label)
        }
        _ => item.label.clone(),
    }
}

/// What the rows of the frames mean, and by which rule these and no others are shown; nothing if none
/// are.
fn frames_note(tables: &Tables, shown: usize) -> String {
    if shown == 0 {
        return String::new();
    }
    let all = frames(tables).iter().filter(|frame| frame.mentions() > 0).count();
    let turned =
        if tables.one_voice { "" } else { "those that another outlet leads in own voice and " };
    let rule = if all > shown {
        format!(
            " {shown} of {all} frames are shown: the largest, then {turned}those that differ most; a \
             roll-up instead of its parts, none below {FEWEST} mentions. All are in comparison.csv."
        )
    } else {
        String::new()
    };
    let own = if tables.one_voice {
        "whoever speaks, and denied or not"
    } else {
        "own voice leaves out negated mentions, those in short quotation marks and reported silences, \
         what others say keeps them"
    };
    format!("Frames: mentions per 1,000 words (mentions); {own}.{rule}")
}

/// What the rows mean, as far as they need it.
fn legend(mut notes: Vec<String>, items: &[Item], comparable: bool) -> String {
    notes.retain(|note| !note.is_empty());
    let omitted: Vec<&str> = items
        .iter()
        .flat_map(|item| &item.by_outlet)
        .filter(|treatment| treatment.status == "omitted")
        .map(|treatment| treatment.basis.as_str())
        .collect();
    if !omitted.is_empty() {
        let one = omitted.contains(&"one_article");
        let caution =
            if one { "; with one article that is a description, not a pattern" } else { "" };
        notes.push(format!(
            "Omitted: no row of the word list matched here, but one did in another outlet on the same \
             event{caution}."
        ));
        if !comparable {
            notes.push("Not comparable: no other outlet has an article on its events.".to_string());
        }
    }
    let lines: Vec<String> = notes.iter().flat_map(|note| wrapped(note, WIDTH)).collect();
    if lines.is_empty() { String::new() } else { format!("\n{}\n", lines.join("\n")) }
}

/// One line per outlet, for runs with many: those with most words, in the order of every table.
fn many(tables: &Tables, frames: &[FrameReading]) -> String {
    let frame = frames.first();
    let mut head = format!("{} {:>9} {:>9}", padded_right("", NAME), "articles", "words");
    if !tables.one_voice {
        head += &format!(" {:>6}", "own");
    }
    if let Some(frame) = frame {
        let own = if tables.one_voice { "" } else { " (own)" };
        head += &format!("  {}{own}", shortened(&frame.label, 20));
    }
    let mut text = head + "\n";
    let smallest = smallest_shown(tables);
    let shown = |row: &(usize, Row<'_>)| row.1.count("words") >= smallest;
    for (at, row) in tables.rows("outlets").enumerate().filter(shown).take(LINES) {
        text += &outlet_line(&row, tables.one_voice);
        if let Some(frame) = frame {
            text += &format!("  {}", one_decimal(frame.all[at].per_1k));
        }
        if let Some(frame) = frame.filter(|_| !tables.one_voice) {
            text += &format!(" ({})", one_decimal(frame.own[at].per_1k));
        }
        text.push('\n');
    }
    let outlets = tables.outlets().len();
    if outlets > LINES {
        let more = outlets - LINES;
        text += &format!("and {more} outlets with fewer words, see comparison.csv\n");
    }
    let mut notes = Vec::new();
    if let Some(frame) = frame.filter(|_| tables.one_voice) {
        notes.push(format!(
            "{}: mentions per 1,000 words, whoever speaks, and denied or not.",
            frame.label
        ));
    } else if let Some(frame) = frame {
        notes.push(format!(
            "own: share of words in the outlet's own voice. {}: mentions per 1,000 words, by whoever \
             speaks (and in own voice, negated ones and those in short quotation marks left out).",
            frame.label
        ));
    }
    notes.extend(in_sentences(tables, &frames[..frames.len().min(1)]));
    text + &legend(notes, &[], true)
}

/// Words of the smallest outlet that gets a line.
fn smallest_shown(tables: &Tables) -> i64 {
    let mut words: Vec<i64> = tables.rows("outlets").map(|row| row.count("words")).collect();
    words.sort_unstable_by_key(|&n| Reverse(n));
    words.get(LINES - 1).copied().unwrap_or(0)
}

fn outlet_line(row: &Row<'_>, one_voice: bool) -> String {
    let cells = [
        (row.count("articles").to_string(), 10),
        (row.count("words").to_string(), 10),
        (percent(row.number("share_words_own")), 7),
    ];
    let name = padded_right(&shortened(row.text("outlet"), NAME), NAME);
    let shown = if one_voice { &cells[..2] } else { &cells[..] };
    shown.iter().fold(name, |line, (cell, width)| line + &padded_left(cell, *width))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::readings::tests::{table, tables};
    use crate::report::table::Cell;

    #[test]
    fn the_summary_answers_in_eighty_columns() {
        let text = summary(&tables());
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        for part in ["16.0 (8)", "6.7 (2)", "Spy balloon", "Ukraine (by the", "conflict 1", "war 2"]
        {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
    }

    #[test]
    fn where_voices_were_not_told_nothing_is_said_of_them() {
        let mut tables = tables();
        tables.one_voice = true;
        let few = summary(&tables);
        let columns = "outlet|articles|words|share_words_own";
        let rows: Vec<String> = (1..=9).map(|n| format!("Outlet {n}|3|{}|1.0", 1000 * n)).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let outlets = tables.all.iter().position(|table| table.name == "outlets").unwrap();
        tables.all[outlets] = table("outlets", columns, &rows);
        let many = summary(&tables);
        let grid = crate::report::comparison(&tables);
        let cells = grid.rows.iter().flatten().filter_map(|cell| match cell {
            Cell::Text(text) => Some(text.as_str()),
            _ => None,
        });
        for text in cells.chain([few.as_str(), many.as_str()]) {
            assert!(!["own ", "(own", "oice"].iter().any(|word| text.contains(word)), "{text}");
        }
        assert!(few.contains("16.0 (8)") && many.contains("Outlet 9"), "{few}{many}");
    }

    #[test]
    fn an_outlet_that_cannot_be_compared_has_not_omitted_nothing() {
        let mut tables = tables();
        let line = |tables: &Tables| {
            let text = summary(tables);
            let line = text.lines().find(|line| line.starts_with("omitted")).unwrap().to_string();
            (line, text.contains("Not comparable: no other outlet"))
        };
        tables.articles.add_article("Daily", None, true);
        tables.articles.add_article("Post", None, true);
        assert!(line(&tables).0.ends_with(" -") && !line(&tables).1);
        tables.articles =
            crate::report::sums::ArticleSums { on_events: true, ..Default::default() };
        tables.articles.add_article("Post", None, false);
        assert!(line(&tables).0.ends_with("(not comparable)") && line(&tables).1);
    }

    #[test]
    fn a_name_that_is_only_denied_is_not_what_the_outlet_calls_the_thing() {
        let text = summary(&tables());
        let line = |start| text.lines().find(|line| line.starts_with(start)).unwrap();
        assert!(!line("  in own words").contains("invasion"), "{text}");
        assert!(line("  in others' words").contains("not “invasion” 1"), "{text}");
    }

    #[test]
    fn a_denial_by_somebody_else_is_no_name_either() {
        let mut tables = tables();
        tables.all[2].rows[0][8] = Cell::Int(1);
        let names = names_of(&referents(&tables)[0]);
        assert_eq!(names[1].cells[0], "conflict 1");
        assert_eq!(names[2].cells[0], "conflict 1, not “conflict” 1");
    }

    #[test]
    fn the_largest_frame_is_shown_and_the_rule_is_said() {
        let mut tables = tables();
        for (name, daily, post) in
            [("a", 3, 9), ("b", 9, 3), ("c", 1, 8), ("d", 8, 1), ("large", 40, 40)]
        {
            for (outlet, n) in [("Daily", daily), ("Post", post)] {
                let row = format!("{outlet}|{name}|all|all|{n}|{n}|{n}.5");
                let columns = "outlet|frame|section|voice|mentions|mentions_in_rate|per_1k_words";
                let rows = table("frames", columns, &[row.as_str()]).rows;
                tables.all[1].rows.extend(rows);
            }
        }
        let chosen: Vec<String> = chosen_frames(&tables).into_iter().map(|f| f.frame).collect();
        assert_eq!(chosen, ["large", "war", "c", "d"]);
        let text = summary(&tables);
        assert!(text.replace('\n', " ").contains("4 of 6 frames are shown"), "{text}");
    }

    #[test]
    fn what_peers_mention_most_is_the_first_omission() {
        let mut tables = tables();
        let columns = "item_type|item|item_label|outlet|section|mentions|status|basis\
                       |silent_party|expected_mentions";
        let rows = [
            "concept|a|Far away|Daily|all|0|omitted|articles||0.5",
            "concept|a|Far away|Post|all|9|covered|articles||0.0",
            "concept|b|Near by|Daily|all|0|omitted|articles||2.5",
            "concept|b|Near by|Post|all|2|covered|articles||0.0",
            "actor|b|Near by|Daily|all|0|omitted|articles||1.5",
            "actor|b|Near by|Post|all|2|covered|articles||0.0",
        ];
        tables.all[3] = table("coverage", columns, &rows);
        assert_eq!(coverage_rows(&tables)[0].cells[0], "Near by, Far away");
    }

    #[test]
    fn one_article_makes_an_omission_a_description() {
        assert!(summary(&tables()).contains("a description, not a pattern"));
    }

    #[test]
    fn a_frame_that_counts_in_another_is_not_shown_beside_it() {
        let mut tables = tables();
        let frames = &mut tables.all[1].rows;
        let copy: Vec<_> =
            frames.iter().filter(|row| row[1] == Cell::text("war")).cloned().collect();
        for mut row in copy {
            row[1] = Cell::text("conflict");
            frames.push(row);
        }
        assert_eq!(chosen_frames(&tables).len(), 2);
        tables.roll_ups.insert("war".to_string(), vec!["conflict".to_string()]);
        let chosen: Vec<String> = chosen_frames(&tables).into_iter().map(|f| f.frame).collect();
        assert_eq!(chosen, ["conflict"]);
    }

    #[test]
    fn many_outlets_stand_in_lines_of_their_own() {
        let rows: Vec<String> = (10..50).map(|no| format!("Outlet {no}|2|900|0.5")).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let outlets = table("outlets", "outlet|articles|words|share_words_own", &rows);
        let text = summary(&Tables { all: vec![outlets], ..Tables::default() });
        assert!(text.contains("Outlet 39") && !text.contains("Outlet 40"), "{text}");
        assert!(text.contains("and 10 outlets with fewer words"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
    }
}
