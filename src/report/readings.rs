//! Reads the filled tables the way people ask: frame by frame, thing by thing, item by item, with
//! one value per outlet.

use std::collections::BTreeMap;

use crate::report::table::{Row, Tables};

/// The columns that are read here, of whichever table has them; a report keeps no others in memory.
pub const READ: [&str; 29] = [
    "outlet",
    "section",
    "frame",
    "voice",
    "mentions",
    "mentions_in_rate",
    "mentions_negated",
    "mentions_scare_quoted",
    "per_1k_words",
    "referent",
    "label",
    "mentions_own",
    "mentions_own_negated",
    "mentions_own_used",
    "mentions_reported",
    "mentions_quoted",
    "mentions_silence",
    "item_type",
    "item",
    "item_label",
    "status",
    "basis",
    "silent_party",
    "expected_mentions",
    "outlet_a",
    "outlet_b",
    "words_shared",
    "articles",
    "words",
];

/// How often a frame occurs in one outlet.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Rate {
    /// Mentions, negated and short-quoted ones included.
    pub(crate) mentions: i64,
    /// Those that the rate counts.
    pub(crate) in_rate: i64,
    /// Counted ones within the reach of a negator: a speaker's denial counts as the speaker's word.
    pub(crate) negated: i64,
    /// Counted ones in short quotation marks.
    pub(crate) short_quoted: i64,
    /// Per 1,000 words; `None` without words.
    pub(crate) per_1k: Option<f64>,
}

/// A top-level frame across the outlets.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FrameReading {
    pub(crate) frame: String,
    pub(crate) label: String,
    /// Whoever speaks, one per outlet.
    pub(crate) all: Vec<Rate>,
    /// In the outlet's own voice, one per outlet.
    pub(crate) own: Vec<Rate>,
}

/// Rows of whole articles; tables that are not split by section have no such column.
fn whole(row: &Row<'_>) -> bool {
    matches!(row.text("section"), "" | "all")
}

fn place(outlets: &[&str], row: &Row<'_>) -> Option<usize> {
    outlets.iter().position(|outlet| *outlet == row.text("outlet"))
}

/// Every top-level frame, in lexicon order, then the roll-ups.
pub(crate) fn frames(tables: &Tables) -> Vec<FrameReading> {
    let outlets = tables.outlets();
    let mut found: Vec<FrameReading> = Vec::new();
    for row in tables.rows("frames").chain(tables.rows("rollups")).filter(whole) {
        let frame = row.text("frame");
        let Some(outlet) = place(&outlets, &row).filter(|_| !frame.contains('/')) else { continue };
        let at = found.iter().position(|reading| reading.frame == frame).unwrap_or_else(|| {
            found.push(FrameReading {
                frame: frame.to_string(),
                label: plain(tables.label("frame", frame), frame),
                all: vec![Rate::default(); outlets.len()],
                own: vec![Rate::default(); outlets.len()],
            });
            found.len() - 1
        });
        let reading = &mut found[at];
        match row.text("voice") {
            "all" => reading.all[outlet].read(&row),
            "own" => {
                reading.own[outlet].read(&row);
                let kept = kept_negations(&row);
                reading.own[outlet].negated += kept;
                reading.all[outlet].negated += kept;
            }
            _ => {
                reading.all[outlet].negated += row.count("mentions_negated");
                reading.all[outlet].short_quoted += row.count("mentions_scare_quoted");
            }
        }
    }
    found
}

/// Negated mentions that count in the outlet's own voice: none, unless the frame keeps them. What is
/// left out is then fewer than the negated ones.
fn kept_negations(row: &Row<'_>) -> i64 {
    let left_out = row.count("mentions") - row.count("mentions_in_rate");
    (row.count("mentions_negated") - left_out).max(0)
}

/// How people read a category: its label, or the last part of its path with blanks if it has none.
fn plain(label: &str, path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or(path);
    if label == path || label == last { last.replace('_', " ") } else { label.to_string() }
}

impl Rate {
    fn read(&mut self, row: &Row<'_>) {
        self.mentions = row.count("mentions");
        self.in_rate = row.count("mentions_in_rate");
        self.per_1k = row.number("per_1k_words");
    }
}

impl FrameReading {
    /// Mentions in all outlets.
    pub(crate) fn mentions(&self) -> i64 {
        self.all.iter().map(|rate| rate.mentions).sum()
    }

    /// Difference between the highest and the lowest rate.
    pub(crate) fn spread(&self) -> f64 {
        let rates = || self.all.iter().filter_map(|rate| rate.per_1k);
        rates().fold(0.0, f64::max) - rates().fold(f64::INFINITY, f64::min).min(f64::MAX)
    }

    /// Whether another outlet leads once only the outlets' own voices count.
    pub(crate) fn turns_over(&self) -> bool {
        let leader = |rates: &[Rate]| -> Option<usize> {
            let best = rates.iter().filter_map(|rate| rate.per_1k).fold(0.0, f64::max);
            let mut leaders =
                (0..rates.len()).filter(|&at| best > 0.0 && rates[at].per_1k == Some(best));
            leaders.next().filter(|_| leaders.next().is_none())
        };
        match (leader(&self.all), leader(&self.own)) {
            (Some(all), Some(own)) => all != own,
            _ => false,
        }
    }
}

/// One name for a thing in one outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) label: String,
    pub(crate) mentions: i64,
    pub(crate) own: i64,
    /// What the outlet itself calls the thing: neither denied nor only quoted.
    pub(crate) own_used: i64,
    pub(crate) reported: i64,
    pub(crate) quoted: i64,
    /// Mentioned as a word, in a short quotation that is no sentence with its speaker.
    pub(crate) short_quoted: i64,
    pub(crate) negated: i64,
    /// Denied in the outlet's own voice.
    pub(crate) own_negated: i64,
    /// In short quotation marks in the outlet's own voice, and not denied.
    pub(crate) own_short_quoted: i64,
}

/// What a thing is called, outlet by outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Referent {
    pub(crate) label: String,
    /// The names each outlet uses, the commonest first.
    pub(crate) names: Vec<Vec<Name>>,
}

/// Every thing that at least one outlet names, in lexicon order.
pub(crate) fn referents(tables: &Tables) -> Vec<Referent> {
    let outlets = tables.outlets();
    let mut found: Vec<(String, Referent)> = Vec::new();
    for row in tables.rows("naming").filter(whole) {
        let top = row.text("label").to_string();
        let counted = row.count("mentions") > 0 && !top.contains('/');
        let Some(outlet) = place(&outlets, &row).filter(|_| counted) else { continue };
        let referent = row.text("referent");
        let at = found.iter().position(|(path, _)| path == referent).unwrap_or_else(|| {
            let label = plain(tables.label("label", referent), referent);
            let names = vec![Vec::new(); outlets.len()];
            found.push((referent.to_string(), Referent { label, names }));
            found.len() - 1
        });
        let path = format!("{referent}/{top}");
        let label = plain(tables.label("label", &path), &path);
        found[at].1.names[outlet].push(name(&row, label));
    }
    let mut referents: Vec<Referent> = found.into_iter().map(|(_, referent)| referent).collect();
    for names in referents.iter_mut().flat_map(|referent| &mut referent.names) {
        names.sort_by(|a, b| (-a.mentions, &a.label).cmp(&(-b.mentions, &b.label)));
    }
    referents
}

/// A name as a row of `naming` has it.
fn name(row: &Row<'_>, label: String) -> Name {
    let own = row.count("mentions_own");
    let (own_negated, own_used) =
        (row.count("mentions_own_negated"), row.count("mentions_own_used"));
    Name {
        label,
        mentions: row.count("mentions"),
        own,
        own_used,
        reported: row.count("mentions_reported"),
        quoted: row.count("mentions_quoted"),
        short_quoted: row.count("mentions_scare_quoted"),
        negated: row.count("mentions_negated"),
        own_negated,
        own_short_quoted: own - own_negated - own_used,
    }
}

impl Name {
    /// What others call it, without denials.
    pub(crate) fn others_used(&self) -> i64 {
        let said = self.reported + self.quoted;
        said - (self.negated - self.own_negated).clamp(0, said)
    }
}

impl Referent {
    /// Mentions in all outlets.
    pub(crate) fn mentions(&self) -> i64 {
        self.names.iter().flatten().map(|name| name.mentions).sum()
    }

    /// How many different names are used.
    pub(crate) fn n_names(&self) -> usize {
        let mut labels: Vec<&str> = self.names.iter().flatten().map(|n| n.label.as_str()).collect();
        labels.sort_unstable();
        labels.dedup();
        labels.len()
    }

    /// How many of them only one outlet uses.
    pub(crate) fn n_unshared(&self) -> usize {
        let users = |label: &str| {
            self.names.iter().filter(|names| names.iter().any(|name| name.label == label)).count()
        };
        let labels = self.names.iter().flatten().map(|name| name.label.as_str());
        labels.filter(|label| users(label) == 1).count()
    }
}

/// What an outlet does with an item.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Treatment {
    pub(crate) status: String,
    pub(crate) basis: String,
    pub(crate) mentions: i64,
    /// Mentions that say that somebody did not mention it.
    pub(crate) silences: i64,
    pub(crate) silent_party: String,
    /// Mentions that the rate of its peers on the same events predicts; 0 without peers.
    pub(crate) expected: f64,
}

/// An actor or concept across the outlets.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Item {
    pub(crate) kind: String,
    pub(crate) label: String,
    /// One per outlet.
    pub(crate) by_outlet: Vec<Treatment>,
}

/// Every top-level item, in lexicon order. Media are left out: naming no other medium is the custom
/// of an outlet, and no omission; `coverage.csv` holds them.
pub(crate) fn items(tables: &Tables) -> Vec<Item> {
    let outlets = tables.outlets();
    let mut order: Vec<Item> = Vec::new();
    let mut at: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in tables.rows("coverage").filter(whole) {
        let (kind, item) = (row.text("item_type"), row.text("item"));
        let medium = kind == "actor" && item == MEDIA;
        let shown = !medium && !item.contains('/');
        let Some(outlet) = place(&outlets, &row).filter(|_| shown) else { continue };
        let position = *at.entry((kind.to_string(), item.to_string())).or_insert_with(|| {
            order.push(Item {
                kind: kind.to_string(),
                label: plain(row.text("item_label"), item),
                by_outlet: vec![Treatment::default(); outlets.len()],
            });
            order.len() - 1
        });
        order[position].by_outlet[outlet] = Treatment {
            status: row.text("status").to_string(),
            basis: row.text("basis").to_string(),
            mentions: row.count("mentions"),
            silences: row.count("mentions_silence"),
            silent_party: in_prose(row.text("silent_party")),
            expected: row.number("expected_mentions").unwrap_or(0.0),
        };
    }
    order
}

/// The category of actors that are media; speakers are told to be media by the same name.
const MEDIA: &str = "media";

/// A name within a sentence: an article at its start is written small.
fn in_prose(name: &str) -> String {
    match name.split_once(' ') {
        Some((article @ ("The" | "A" | "An"), rest)) => {
            format!("{} {rest}", article.to_lowercase())
        }
        _ => name.to_string(),
    }
}

impl Treatment {
    /// The status in words.
    pub(crate) fn in_words(&self) -> String {
        match self.status.as_str() {
            "stale" => "no longer expected".to_string(),
            status => status.replace('_', " "),
        }
    }
}

impl Item {
    /// Mentions in all outlets.
    pub(crate) fn mentions(&self) -> i64 {
        self.by_outlet.iter().map(|treatment| treatment.mentions).sum()
    }

    /// Whether the outlets do different things with it.
    pub(crate) fn differs(&self) -> bool {
        self.by_outlet.iter().any(|other| other.status != self.by_outlet[0].status)
    }
}

/// The longest run of words that each outlet shares with each other one, as (outlet, other, words).
pub(crate) fn shared_runs(tables: &Tables) -> Vec<(usize, usize, i64)> {
    let outlets = tables.outlets();
    let at = |name: &str| outlets.iter().position(|outlet| *outlet == name);
    let mut longest: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for row in tables.rows("overlap") {
        let pair = (at(row.text("outlet_a")), at(row.text("outlet_b")));
        let (Some(one), Some(other)) = pair else { continue };
        let words = row.count("words_shared");
        for pair in [(one, other), (other, one)] {
            let best = longest.entry(pair).or_insert(0);
            *best = words.max(*best);
        }
    }
    longest.into_iter().map(|((one, other), words)| (one, other, words)).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::report::table::{Cell, Table};

    /// A table from lines of cells separated by `|`; whole numbers become counts, numbers with a
    /// point measures.
    pub(crate) fn table(name: &'static str, columns: &'static str, rows: &[&str]) -> Table {
        let cell = |text: &str| match (text.parse::<i64>(), text.parse::<f64>()) {
            (Ok(n), _) => Cell::Int(n),
            (_, Ok(x)) => Cell::Number(x),
            _ => Cell::text(text),
        };
        Table {
            name,
            columns: columns.split('|').map(Into::into).collect(),
            rows: rows.iter().map(|row| row.split('|').map(cell).collect()).collect(),
        }
    }

    /// Two outlets: Daily speaks of war through others, Post for itself.
    pub(crate) fn tables() -> Tables {
        let outlets = table(
            "outlets",
            "outlet|articles|words|share_words_own",
            &["Daily|1|500|0.3", "Post|1|300|0.45"],
        );
        let frames = table(
            "frames",
            "outlet|frame|section|voice|mentions|mentions_in_rate|per_1k_words",
            &[
                "Daily|war|all|all|8|8|16.0",
                "Daily|war|all|own|1|1|2.0",
                "Daily|war|title|all|1|1|90.0",
                "Post|war|all|all|3|3|10.0",
                "Post|war|all|own|3|2|6.66",
                "Post|war/arms|all|all|1|1|3.3",
            ],
        );
        let naming = table(
            "naming",
            "referent|label|outlet|section|mentions|mentions_own|mentions_reported|mentions_quoted\
             |mentions_negated|mentions_scare_quoted|mentions_own_negated|mentions_own_used",
            &[
                "the_war|conflict|Daily|all|3|1|0|2|0|0|0|1",
                "the_war|war|Daily|all|0|0|0|0|0|0|0|0",
                "the_war|war|Post|all|2|2|0|0|0|0|0|2",
                "the_war|invasion|Post|all|1|1|0|0|1|1|1|0",
            ],
        );
        let coverage = table(
            "coverage",
            "item_type|item|item_label|outlet|section|mentions|mentions_silence|status|basis\
             |silent_party",
            &[
                "concept|balloon|Spy balloon|Daily|all|0|0|omitted|one_article|",
                "concept|balloon|Spy balloon|Post|all|3|1|covered|one_article|China",
                "concept|trade|Trade|Daily|all|1|0|covered|one_article|",
                "concept|trade|Trade|Post|all|1|0|covered|one_article|",
                "actor|ukraine|Ukraine|Daily|all|5|0|covered|one_article|",
                "actor|ukraine|Ukraine|Post|all|1|1|reported_silence|one_article|the ministry",
            ],
        );
        Tables { all: vec![outlets, frames, naming, coverage], ..Tables::default() }
    }

    #[test]
    fn another_outlet_leads_once_only_own_voices_count() {
        let frames = frames(&tables());
        assert_eq!(frames.len(), 1, "levels below the top are left out");
        assert!(frames[0].turns_over());
        assert_eq!((frames[0].mentions(), frames[0].spread()), (11, 6.0));
    }

    #[test]
    fn names_that_no_outlet_uses_are_left_out() {
        let referents = referents(&tables());
        assert_eq!(referents[0].n_names(), 3);
        assert_eq!(referents[0].names[0].len(), 1);
        assert_eq!(referents[0].names[1][0].label, "war");
    }

    #[test]
    fn a_denial_by_a_speaker_is_counted_among_the_counted() {
        let row = |voice: &str, n: i64, in_rate: i64, negated: i64, short: i64| {
            format!("Daily|war|all|{voice}|{n}|{in_rate}|1.5|{negated}|{short}")
        };
        let rows = [
            row("own", 3, 1, 2, 0),
            row("reported", 2, 2, 1, 1),
            row("quoted", 1, 1, 1, 0),
            row("all", 6, 4, 4, 1),
        ];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let columns = "outlet|frame|section|voice|mentions|mentions_in_rate|per_1k_words\
                       |mentions_negated|mentions_scare_quoted";
        let outlets = table("outlets", "outlet", &["Daily"]);
        let all = vec![outlets, table("frames", columns, &rows)];
        let frame = frames(&Tables { all, ..Tables::default() }).remove(0);
        let counted = |rate: &Rate| (rate.in_rate, rate.negated, rate.short_quoted);
        assert_eq!((counted(&frame.all[0]), counted(&frame.own[0])), ((4, 2, 1), (1, 0, 0)));
    }

    #[test]
    fn a_name_that_others_deny_stays_what_the_outlet_says() {
        let mut tables = tables();
        tables.all[2].rows[0][8] = Cell::Int(1);
        let conflict = referents(&tables)[0].names[0][0].clone();
        assert_eq!((conflict.own_used, conflict.others_used()), (1, 1));
        tables.all[2].rows[0][11] = Cell::Int(0);
        let quoted = referents(&tables)[0].names[0][0].clone();
        assert_eq!((quoted.own_used, quoted.own_short_quoted), (0, 1));
    }

    #[test]
    fn a_category_without_a_label_is_read_with_blanks() {
        assert_eq!(plain("no_limits", "partnership/no_limits"), "no limits");
        assert_eq!(plain("the_war", "the_war"), "the war");
        assert_eq!(plain("War, at A_B", "the_war"), "War, at A_B");
    }

    #[test]
    fn a_name_in_a_sentence_starts_small_and_a_status_is_said_in_words() {
        assert_eq!(in_prose("The minister"), "the minister");
        assert_eq!(in_prose("Theresa May"), "Theresa May");
        let said =
            |status: &str| Treatment { status: status.into(), ..Treatment::default() }.in_words();
        assert_eq!(said("stale"), "no longer expected");
        assert_eq!(said("not_yet_possible"), "not yet possible");
    }

    #[test]
    fn media_are_no_item() {
        let mut tables = tables();
        let row = |kind: &str, item: &str| format!("{kind}|{item}|Papers|Post|all|0|0|omitted||");
        let rows = [row("actor", "media"), row("concept", "media")];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let columns = "item_type|item|item_label|outlet|section|mentions|mentions_own|status\
                       |basis|silent_party";
        tables.all[3] = table("coverage", columns, &rows);
        let kinds: Vec<String> = items(&tables).into_iter().map(|item| item.kind).collect();
        assert_eq!(kinds, ["concept"]);
    }

    #[test]
    fn an_item_differs_if_the_outlets_treat_it_differently() {
        let differing: Vec<bool> = items(&tables()).iter().map(Item::differs).collect();
        assert_eq!(differing, [true, false, true]);
    }
}
