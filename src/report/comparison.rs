//! The one wide table: rows are measures, one column per outlet, ready to paste into a paper.
//!
//! Its values are rounded for reading; the files in `tables/` are for analysis.

use crate::report::csv::Grid;
use crate::report::readings::{
    FrameReading, Item, Name, Rate, Treatment, frames, items, referents, shared_runs,
};
use crate::report::sensitivity::{in_a_cell, standings};
use crate::report::table::{Cell, Row, Tables};

/// One measure: its group, name and unit, one value per outlet, and what must be said about it.
struct Measure {
    group: &'static str,
    measure: String,
    unit: &'static str,
    values: Vec<String>,
    /// Whether its differences stand without one lexicon entry or one article.
    sensitivity: String,
    note: String,
}

impl Measure {
    fn new(
        group: &'static str,
        measure: impl Into<String>,
        unit: &'static str,
        values: Vec<String>,
    ) -> Self {
        let (sensitivity, note) = Default::default();
        Self { group, measure: measure.into(), unit, values, sensitivity, note }
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// The comparison as a grid; display values, not for analysis.
pub fn comparison(tables: &Tables) -> Grid {
    let outlets = tables.outlets();
    let mut measures = base(tables);
    for frame in frames(tables).iter().filter(|frame| frame.mentions() > 0) {
        let [all, own] = frame_measures(tables, frame, &outlets);
        measures.push(all);
        measures.extend(Some(own).filter(|_| !tables.one_voice));
    }
    measures.extend(naming_measures(tables));
    for item in items(tables).iter().filter(|item| item.differs() && item.mentions() > 0) {
        measures.push(coverage_measure(item));
    }
    measures.extend(quote_measures(tables, &outlets));
    measures.extend(overlap_measure(tables, &outlets));
    let mut header = vec!["group".to_string(), "measure".to_string(), "unit".to_string()];
    header.extend(outlets.iter().map(|outlet| outlet.to_string()));
    header.extend(["sensitivity", "note"].map(String::from));
    Grid { header, rows: measures.into_iter().map(row).collect() }
}

fn row(measure: Measure) -> Vec<Cell> {
    let start = [measure.group.to_string(), measure.measure, measure.unit.to_string()];
    let end = [measure.sensitivity, measure.note];
    start.into_iter().chain(measure.values).chain(end).map(Cell::text).collect()
}

/// A number for reading; empty if undefined.
pub(crate) fn one_decimal(x: Option<f64>) -> String {
    x.map_or_else(String::new, |x| {
        let text = format!("{x:.1}");
        if text == "-0.0" { "0.0".to_string() } else { text }
    })
}

/// What the comparison rests on.
fn base(tables: &Tables) -> Vec<Measure> {
    let column = |cell: &dyn Fn(&Row<'_>) -> String| -> Vec<String> {
        tables.rows("outlets").map(|row| cell(&row)).collect()
    };
    let percent = |name: &'static str| {
        column(&|row| one_decimal(row.number(name).map(|share| share * 100.0)))
    };
    let articles = Measure::new(
        "Base",
        "Articles",
        "articles",
        column(&|row| row.count("articles").to_string()),
    );
    let single = tables.rows("outlets").any(|row| row.count("articles") == 1);
    let articles = if single {
        let sensitivity =
            "without its only article an outlet has no rate: only entries are left out";
        Measure { sensitivity: sensitivity.to_string(), ..articles }
            .note("an outlet with one article is described, not tested: no p-values, no intervals")
    } else {
        articles
    };
    let dates = column(&|row| match (row.text("first_published"), row.text("last_published")) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first} to {last}"),
    });
    let mut base = vec![articles, Measure::new("Base", "Published", "date", dates)];
    base.extend(tables.articles.on_events.then(|| events_measure(tables)));
    base.extend([Measure::new(
        "Base",
        "Words",
        "words",
        column(&|row| row.count("words").to_string()),
    )
    .note("title and body, after cleaning; see tables/removed.csv")]);
    let voices = [
        ("Own voice", "share_words_own"),
        ("Reported speech", "share_words_reported"),
        ("Quoted speech", "share_words_quoted"),
    ];
    let share = |(name, column)| Measure::new("Voice", name, "% of words", percent(column));
    base.extend(voices.into_iter().filter(|_| !tables.one_voice).map(share));
    base
}

/// On which events each outlet has articles, those shared with another outlet marked.
fn events_measure(tables: &Tables) -> Measure {
    let value = |outlet: &&str| {
        let sums = tables.articles.by_outlet.get(*outlet);
        let (matched, all) = sums.map_or((0, 0), |sums| (sums.matched, sums.all));
        format!("{matched} of {all}")
    };
    let values = tables.outlets().iter().map(value).collect();
    Measure::new("Base", "On an event of another outlet", "articles", values)
        .note("omissions are judged on these alone")
}

fn rate(rate: &Rate) -> String {
    match rate.per_1k {
        Some(_) => format!("{} ({})", one_decimal(rate.per_1k), rate.in_rate),
        None => String::new(),
    }
}

fn frame_measures(tables: &Tables, frame: &FrameReading, outlets: &[&str]) -> [Measure; 2] {
    let unit = "per 1,000 words (mentions)";
    let note = |rates: &[Rate]| frame_note(rates, outlets);
    let values = |rates: &[Rate]| rates.iter().map(rate).collect();
    let own = format!("{}, own voice only", frame.label);
    let standing = |voice| in_a_cell(&standings(tables, &frame.frame, voice));
    let measure = |name: &str, rates: &[Rate], voice| Measure {
        sensitivity: standing(voice),
        ..Measure::new("Frames", name, unit, values(rates)).note(note(rates))
    };
    [measure(&frame.label, &frame.all, "all"), measure(&own, &frame.own, "own")]
}

/// How many of the counted mentions are denials or in short quotation marks, and how many are not
/// counted, by outlet: a denial must not be read as the frame.
fn frame_note(rates: &[Rate], outlets: &[&str]) -> String {
    let part = |what: &str, n: &dyn Fn(&Rate) -> i64| {
        let named = rates.iter().zip(outlets).filter(|(rate, _)| n(rate) > 0);
        let named: Vec<String> =
            named.map(|(rate, outlet)| format!("{outlet} {}", n(rate))).collect();
        (!named.is_empty()).then(|| format!("{what}: {}", named.join(", ")))
    };
    let left_out = "not counted, as negated, in short quotation marks or a silence";
    [
        part("of these negated", &|rate| rate.negated),
        part("of these in short quotation marks", &|rate| rate.short_quoted),
        part(left_out, &|rate| rate.mentions - rate.in_rate),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join("; ")
}

/// A name with its count and whose word it is: `crisis 1 (quoted 1)`.
fn name_in_words(name: &Name, one_voice: bool) -> String {
    let mut marks = Vec::new();
    let voices = [(name.own, "own"), (name.reported, "reported"), (name.quoted, "quoted")];
    for (count, word) in voices {
        if count > 0 && !one_voice {
            marks.push(format!("{word} {count}"));
        }
    }
    for (count, word) in
        [(name.short_quoted, "in short quotation marks"), (name.negated, "negated")]
    {
        if count > 0 {
            marks.push(format!("{word} {count}"));
        }
    }
    let counted = format!("{} {}", name.label, name.mentions);
    if marks.is_empty() { counted } else { format!("{counted} ({})", marks.join(", ")) }
}

fn naming_measures(tables: &Tables) -> Vec<Measure> {
    let values = |names: &Vec<Vec<Name>>| -> Vec<String> {
        let shown = |name: &Name| name_in_words(name, tables.one_voice);
        let list = |names: &Vec<Name>| names.iter().map(shown).collect::<Vec<_>>();
        names.iter().map(|names| list(names).join("; ")).collect()
    };
    let unit = if tables.one_voice {
        "names used (mentions)"
    } else {
        "names used (mentions, whose words)"
    };
    let measure = |referent: crate::report::readings::Referent| {
        let values = values(&referent.names);
        Measure::new("Naming", referent.label, unit, values)
    };
    referents(tables).into_iter().map(measure).collect()
}

/// A status with its count and, beside it, the reported silences and who kept them: a silence is no
/// coverage, and is not counted as such.
fn treatment(treatment: &Treatment) -> String {
    let status = match (treatment.status.as_str(), treatment.mentions - treatment.silences) {
        ("reported_silence", _) => String::new(),
        (_, 0) => treatment.in_words(),
        (_, n) => format!("{} ({n})", treatment.in_words()),
    };
    if treatment.silences == 0 {
        return status;
    }
    let silence = match treatment.silent_party.as_str() {
        "" => format!("reported silence ({})", treatment.silences),
        party => format!("reported silence ({}): {party}", treatment.silences),
    };
    if status.is_empty() { silence } else { format!("{status}, {silence}") }
}

fn coverage_measure(item: &Item) -> Measure {
    let values = item.by_outlet.iter().map(treatment).collect();
    let described = item
        .by_outlet
        .iter()
        .any(|treatment| treatment.status == "omitted" && treatment.basis == "one_article");
    let measure = Measure::new("Coverage", &item.label, "status (mentions)", values);
    if described {
        measure.note("omitted: one article, a description and no pattern")
    } else {
        measure
    }
}

/// Who speaks, by form. Words of reported statements are those in reported speech, so that none counts
/// twice where statements overlap.
fn quote_measures(tables: &Tables, outlets: &[&str]) -> Vec<Measure> {
    let sum = |group: &'static str, outlet: &str| tables.quotes.of(group, outlet);
    let number = |group: &'static str, outlet: &str| sum(group, outlet).0;
    let forms = [
        ("direct", "Direct quotations", ""),
        ("indirect", "Reported statements", "share_words_reported"),
        ("collective", "Of these by unnamed collectives (experts say)", ""),
        ("agentless", "Attributions to nobody (is believed to)", ""),
        ("partial", "Short quotations with a speaker, no sentences", ""),
        ("scare", "Short quotations without a speaker", ""),
    ];
    let measure = |(group, name, share): (&'static str, &'static str, &'static str)| {
        let shown = |outlet: &&str| match (group, share) {
            (_, "") => format!("{} ({})", number(group, outlet), sum(group, outlet).1),
            _ => format!("{} ({})", number(group, outlet), words_in(tables, outlet, share)),
        };
        let any = outlets.iter().any(|outlet| number(group, outlet) > 0);
        any.then(|| {
            let values = outlets.iter().map(shown).collect();
            Measure::new("Quotations", name, "number (words)", values).note(quote_note(group))
        })
    };
    forms.into_iter().filter_map(measure).collect()
}

fn quote_note(group: &str) -> &'static str {
    match group {
        "indirect" => {
            "a statement within a statement is none of its own; words: all in reported speech"
        }
        "collective" => "their words are among those of the reported statements",
        "agentless" => {
            "their words are the outlet's own, hedged, and in no other row of quotations"
        }
        _ => "",
    }
}

/// Words of an outlet in one voice, from its share of all words.
fn words_in(tables: &Tables, outlet: &str, share: &str) -> String {
    let row = tables.rows("outlets").find(|row| row.text("outlet") == outlet);
    let words = row.map_or(0.0, |row| row.number(share).unwrap_or(0.0) * row.count("words") as f64);
    format!("{words:.0}")
}

fn overlap_measure(tables: &Tables, outlets: &[&str]) -> Option<Measure> {
    let mut values = vec![Vec::new(); outlets.len()];
    let mut runs = shared_runs(tables);
    runs.sort_by_key(|&(one, other, words)| (one, -words, other));
    for (one, other, words) in runs {
        values[one].push(format!("{words} with {}", outlets[other]));
    }
    let any = values.iter().any(|values| !values.is_empty());
    let values = values.iter().map(|runs| runs.join("; ")).collect();
    any.then(|| {
        Measure::new("Shared wording", "Longest shared run", "words", values)
            .note("see tables/overlap.csv")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Voice;
    use crate::report::readings::tests::{table, tables};
    use crate::report::sums::{QuoteSpan, QuoteSums};

    /// The cells of a measure, joined by `|`.
    fn line(measure: &str) -> String {
        let grid = comparison(&tables());
        let text = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            _ => String::new(),
        };
        let rows = grid.rows.iter().map(|row| row.iter().map(text).collect::<Vec<_>>());
        rows.filter(|row| row[1] == measure).map(|row| row.join("|")).collect()
    }

    #[test]
    fn a_frame_has_a_row_for_all_voices_and_one_for_the_own_voice() {
        assert_eq!(line("war"), "Frames|war|per 1,000 words (mentions)|16.0 (8)|10.0 (3)||");
        let own = line("war, own voice only");
        assert!(own.contains("|2.0 (1)|6.7 (2)||not counted"), "{own}");
        assert!(own.ends_with("Post 1"), "{own}");
    }

    #[test]
    fn a_denial_among_the_counted_is_said_where_the_number_stands() {
        let rate = |negated, short_quoted| Rate {
            mentions: 4,
            in_rate: 3,
            negated,
            short_quoted,
            ..Rate::default()
        };
        assert_eq!(
            frame_note(&[rate(1, 2), rate(2, 0)], &["Daily", "Post"]),
            "of these negated: Daily 1, Post 2; of these in short quotation marks: Daily 2; not \
             counted, as negated, in short quotation marks or a silence: Daily 1, Post 1"
        );
        let counted = Rate { mentions: 3, in_rate: 3, ..Rate::default() };
        assert_eq!(frame_note(&[counted], &["Daily"]), "");
    }

    #[test]
    fn no_word_of_a_statement_within_a_statement_counts_twice() {
        let outlets = table(
            "outlets",
            "outlet|words|share_words_reported|share_words_quoted",
            &["Daily|100|0.25|0.0"],
        );
        let span = |form, in_title, (start, end), words| QuoteSpan {
            form,
            voice: if words == 5 && start == 100 { Voice::Own } else { Voice::Reported },
            collective: words != 5,
            outlet: "Daily".into(),
            in_title,
            start,
            end,
            words,
        };
        let mut quotes = QuoteSums::default();
        quotes.add_spans(vec![
            span("indirect", false, (10, 90), 20),
            span("indirect", false, (40, 90), 12),
            span("indirect", false, (10, 90), 20),
            span("indirect", false, (100, 120), 5),
        ]);
        quotes.add_spans(vec![
            span("indirect", false, (10, 90), 5),
            span("scare", false, (100, 110), 2),
            span("scare", false, (100, 110), 2),
            span("scare", true, (100, 110), 2),
        ]);
        let tables = Tables { all: vec![outlets], quotes, ..Tables::default() };
        let lines: Vec<String> = quote_measures(&tables, &["Daily"])
            .into_iter()
            .map(|measure| format!("{}: {}", measure.measure, measure.values.join("|")))
            .collect();
        assert_eq!(
            lines,
            [
                "Reported statements: 2 (25)",
                "Of these by unnamed collectives (experts say): 1 (20)",
                "Attributions to nobody (is believed to): 1 (5)",
                "Short quotations without a speaker: 2 (4)",
            ]
        );
    }

    #[test]
    fn names_say_whose_words_they_are() {
        let line = line("the war");
        assert!(line.contains("|conflict 3 (own 1, quoted 2)|"), "{line}");
        assert!(
            line.contains("invasion 1 (own 1, in short quotation marks 1, negated 1)"),
            "{line}"
        );
    }

    #[test]
    fn only_items_that_the_outlets_treat_differently_stand_in_it() {
        let balloon = line("Spy balloon");
        assert!(
            balloon.contains("|omitted|covered (2), reported silence (1): China||"),
            "{balloon}"
        );
        assert!(balloon.ends_with("omitted: one article, a description and no pattern"));
        assert!(line("Ukraine").contains("|covered (5)|reported silence (1): the ministry|"));
        assert_eq!(line("Trade"), "");
    }

    #[test]
    fn every_row_has_a_cell_for_every_column() {
        let grid = comparison(&tables());
        assert_eq!(
            grid.header,
            ["group", "measure", "unit", "Daily", "Post", "sensitivity", "note"]
        );
        assert!(grid.rows.iter().all(|row| row.len() == grid.header.len()));
    }
}
