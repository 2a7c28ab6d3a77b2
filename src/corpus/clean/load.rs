//! Reads `cleaning.csv` and reports every bad row.

use csv::{ReaderBuilder, StringRecord};

use crate::base::{Message, line_after_breaks};
use crate::corpus::clean::pattern::{Pattern, Where};
use crate::corpus::clean::rules::{CleaningRules, Extent, Needy, Position, Recurring, Rule};
use crate::corpus::fold::{fold, rough_words};

/// The columns of `cleaning.csv`.
const COLUMNS: [&str; 13] = [
    "rule",
    "where",
    "match",
    "pattern",
    "unless",
    "needs",
    "min_words",
    "max_words",
    "position",
    "extent",
    "min_articles",
    "min_share",
    "note",
];

const PLACES: [(&str, Where); 4] = [
    ("paragraph", Where::Paragraph),
    ("after", Where::After),
    ("prefix", Where::Prefix),
    ("suffix", Where::Suffix),
];

const POSITIONS: [(&str, Position); 6] = [
    ("any", Position::Any),
    ("start", Position::Start),
    ("head", Position::Head),
    ("body", Position::Body),
    ("tail", Position::Tail),
    ("end", Position::End),
];

const EXTENTS: [(&str, Extent); 6] = [
    ("alone", Extent::Alone),
    ("name", Extent::Name),
    ("heading", Extent::Heading),
    ("list", Extent::List),
    ("box", Extent::Box),
    ("above", Extent::Above),
];

/// How a row recognises text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match {
    Exact,
    Regex,
    Outlet,
    Repeat,
    Recurring,
}

const MATCHES: [(&str, Match); 5] = [
    ("exact", Match::Exact),
    ("regex", Match::Regex),
    ("outlet", Match::Outlet),
    ("repeat", Match::Repeat),
    ("recurring", Match::Recurring),
];

/// What is wrong with `cleaning.csv`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CleaningError {
    /// The file as a whole.
    #[error("{reason}")]
    File {
        /// As the user named it.
        file: String,
        /// What is wrong.
        reason: String,
        /// What to do.
        mend: String,
    },
    /// One row.
    #[error("{reason}")]
    Row {
        /// As the user named it.
        file: String,
        /// Line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
        /// What to do.
        mend: String,
    },
}

impl From<CleaningError> for Message {
    fn from(error: CleaningError) -> Self {
        let what = error.to_string();
        match error {
            CleaningError::File { file, mend, .. } => Message::new("E540", file, what, mend),
            CleaningError::Row { file, line, mend, .. } => {
                Message::new("E541", format!("{file}, line {line}"), what, mend)
            }
        }
    }
}

/// What is wrong in a cell, and how to mend it.
type Fault = (String, String);

/// Compiles the rows of a file; on failure every bad row. Those of a `trusted` file are compiled when
/// they are first needed.
pub(crate) fn load(
    file: &str,
    bytes: &[u8],
    trusted: bool,
) -> Result<CleaningRules, Vec<CleaningError>> {
    let whole = |reason: String, mend: &str| {
        vec![CleaningError::File { file: file.into(), reason, mend: mend.into() }]
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|_| whole("it is not UTF-8".into(), "save it as UTF-8"))?;
    let mut builder = ReaderBuilder::new();
    let mut reader = builder.flexible(true).comment(Some(b'#')).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|e| whole(e.to_string(), "save it as CSV"))?.clone();
    check_headings(&headings).map_err(|(reason, mend)| whole(reason, &mend))?;
    let (mut rules, mut errors) = (CleaningRules::default(), Vec::new());
    for row in reader.records() {
        let row = row.map_err(|error| whole(error.to_string(), "save it as CSV"))?;
        let line = row
            .position()
            .map_or(0, |at| line_after_breaks(at.line(), &bytes[at.byte() as usize..]));
        let cells = Cells { headings: &headings, row: &row, trusted };
        if let Err((reason, mend)) = add(&mut rules, &cells) {
            errors.push(CleaningError::Row { file: file.into(), line, reason, mend });
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(rules)
}

fn check_headings(headings: &StringRecord) -> Result<(), Fault> {
    let known = COLUMNS.join(", ");
    for heading in headings {
        if !COLUMNS.contains(&heading.trim()) {
            let reason = format!("there is no column `{}` in this file", heading.trim());
            return Err((reason, format!("the columns are {known}")));
        }
    }
    if let Some(twice) =
        COLUMNS.iter().find(|&&c| headings.iter().filter(|h| h.trim() == c).count() > 1)
    {
        let reason = format!("two columns are called `{twice}`");
        return Err((reason, "rename or delete one of them".to_owned()));
    }
    for needed in ["rule", "match"] {
        if !headings.iter().any(|heading| heading.trim() == needed) {
            return Err((
                format!("no column is called `{needed}`"),
                format!("the columns are {known}"),
            ));
        }
    }
    Ok(())
}

/// One row by column name.
struct Cells<'a> {
    headings: &'a StringRecord,
    row: &'a StringRecord,
    trusted: bool,
}

impl<'a> Cells<'a> {
    fn get(&self, column: &str) -> &'a str {
        self.typed(column).trim()
    }

    /// The cell with the blanks at its ends.
    fn typed(&self, column: &str) -> &'a str {
        let place = self.headings.iter().position(|heading| heading.trim() == column);
        place.and_then(|at| self.row.get(at)).unwrap_or("")
    }

    /// The value that the cell names; the first one if it is empty.
    fn choice<T: Copy>(&self, column: &str, choices: &[(&str, T)]) -> Result<T, Fault> {
        let cell = self.get(column);
        if cell.is_empty() {
            return Ok(choices[0].1);
        }
        let found = choices.iter().find(|(name, _)| *name == cell);
        found.map(|(_, value)| *value).ok_or_else(|| {
            let names: Vec<String> = choices.iter().map(|(name, _)| format!("`{name}`")).collect();
            (
                format!("`{cell}` is no value of `{column}`"),
                format!("write one of {}", names.join(", ")),
            )
        })
    }

    fn number(&self, column: &str, empty: usize) -> Result<usize, Fault> {
        match self.get(column) {
            "" => Ok(empty),
            cell => cell.parse().map_err(|_| {
                let reason = format!("`{column}` is `{cell}`, which is not a whole number");
                (reason, "write a number such as 12, or leave the cell empty".into())
            }),
        }
    }

    /// The cell as a pattern; `None` if it is empty.
    fn pattern(&self, column: &str, place: Option<Where>) -> Result<Option<Pattern>, Fault> {
        // A blank at its end is one that the text must have.
        let source = match self.typed(column) {
            cell if cell.trim().is_empty() => return Ok(None),
            cell => cell,
        };
        if self.trusted {
            return Ok(Some(Pattern::trusted(source, place)));
        }
        Pattern::checked(source, place).map(Some).map_err(|why| {
            (
                format!("`{column}` is not a regular expression: {why}"),
                "write it as the Rust crate `regex` reads it, without look-around".into(),
            )
        })
    }

    /// The words of the cell `needs`, in lower case.
    fn needs(&self) -> Result<Vec<String>, Fault> {
        let words = self.get("needs").split('|').map(str::trim).filter(|word| !word.is_empty());
        let plain = |word: &str| {
            word.bytes().all(|byte| byte.is_ascii_alphanumeric()) && word.len() <= Needy::LONGEST
        };
        let longest = Needy::LONGEST;
        words
            .map(|word| {
                let reason =
                    format!("`{word}` in `needs` is no word of at most {longest} plain letters");
                let mend = "write words of the letters a to z or digits, separated by `|`";
                if plain(word) { Ok(word.to_lowercase()) } else { Err((reason, mend.into())) }
            })
            .collect()
    }
}

/// Adds one row.
fn add(rules: &mut CleaningRules, cells: &Cells) -> Result<(), Fault> {
    let name = cells.get("rule");
    if name.is_empty() {
        return Err(("column `rule` is empty".into(), "name the rule".into()));
    }
    if cells.row.len() > cells.headings.len() {
        let mend = "put cells that hold a comma between double quotes";
        return Err(("the row has more cells than the first row".into(), mend.into()));
    }
    if cells.row.iter().any(|cell| cell.contains('\n')) {
        let mend = "close the quotation mark that opens the cell";
        return Err(("a cell of the row runs over several lines".into(), mend.into()));
    }
    match cells.choice("match", &MATCHES)? {
        Match::Repeat => rules.repeat = Some((name.to_owned(), cells.number("min_words", 8)?)),
        Match::Recurring => rules.recurring = Some(recurring(cells)?),
        kind => add_rule(rules, name, kind, cells)?,
    }
    Ok(())
}

fn add_rule(
    rules: &mut CleaningRules,
    name: &str,
    kind: Match,
    cells: &Cells,
) -> Result<(), Fault> {
    let place = cells.choice("where", &PLACES)?;
    let pattern = cells.get("pattern");
    if pattern.is_empty() && kind != Match::Outlet {
        return Err(("column `pattern` is empty".into(), "write what the row removes".into()));
    }
    let mut rule = rule(name, cells)?;
    let row = rules.rows.len();
    match (kind, place) {
        (Match::Regex, _) => {
            rule.pattern = cells.pattern("pattern", Some(place))?;
            let listed = match place {
                Where::Paragraph => &mut rules.whole,
                Where::After => &mut rules.after,
                Where::Prefix => &mut rules.prefix,
                Where::Suffix => &mut rules.suffix,
            };
            listed.add(row, &cells.needs()?);
        }
        (Match::Outlet, Where::Suffix) => rules.headline_end = Some(name.to_owned()),
        (Match::Outlet, Where::Paragraph) => rules.outlet.push(row),
        (_, Where::Paragraph) => {
            rules.longest_exact = rules.longest_exact.max(rough_words(pattern));
            rules.exact.entry(fold(pattern)).or_default().push(row);
        }
        _ => {
            let reason = "this kind of `match` only removes whole paragraphs".into();
            return Err((reason, "write `regex` in the column `match`".into()));
        }
    }
    rules.rows.push(rule);
    Ok(())
}

/// A row's guards.
fn rule(name: &str, cells: &Cells) -> Result<Rule, Fault> {
    Ok(Rule {
        name: name.to_owned(),
        pattern: None,
        unless: cells.pattern("unless", None)?,
        position: cells.choice("position", &POSITIONS)?,
        min_words: cells.number("min_words", 0)?,
        max_words: cells.number("max_words", usize::MAX)?,
        extent: cells.choice("extent", &EXTENTS)?,
    })
}

fn recurring(cells: &Cells) -> Result<Recurring, Fault> {
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let share = cells.get("min_share");
    let min_share = match crate::base::Micro::parse(share) {
        Some(micro) if (0..=1_000_000).contains(&micro.0) => small(micro.0 as usize / 100),
        _ => {
            let reason = format!("`min_share` is `{share}`, which is no share");
            return Err((reason, "write a number from 0 to 1 such as 0.2".into()));
        }
    };
    Ok(Recurring {
        min_articles: small(cells.number("min_articles", 5)?),
        min_share,
        max_words: small(cells.number("max_words", usize::MAX)?),
    })
}
