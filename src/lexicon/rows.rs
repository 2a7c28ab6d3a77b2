//! Reads the rows of one list: its entries, the categories they stand for, and every bad row at once.
//!
//! What the lists are together is left to `load`.

use std::cmp::Ordering;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry as Slot;

use crate::base::{Interval, Language, Message, Micro};
use crate::lexicon::category::check_path;
use crate::lexicon::condition::{parse_requires, parse_unless};
use crate::lexicon::dates::parse_date;
use crate::lexicon::entry::{CategoryId, Entry, Kind, MatchMode};
use crate::lexicon::error::{LexiconError, Problem};
use crate::lexicon::files::WordList;
use crate::lexicon::nearest::{did_you_mean, nearest};
use crate::lexicon::pattern::parse_places;
use crate::lexicon::sheet::{Sheet, SheetRow};

/// Columns that a lexicon may have.
pub(crate) const COLUMNS: [&str; 9] = [
    "language",
    "category",
    "term",
    "match",
    "weight",
    "unless",
    "requires",
    "valid_from",
    "valid_to",
];

const HASH: FixedState = FixedState::with_seed(0);

const MODES: [MatchMode; 5] =
    [MatchMode::Stem, MatchMode::Word, MatchMode::Case, MatchMode::Lower, MatchMode::Prefix];

/// What is wrong with lists, or odd.
#[derive(Default)]
pub(crate) struct Notes {
    pub(crate) warnings: Vec<Message>,
    pub(crate) errors: Vec<LexiconError>,
}

impl Notes {
    /// Adds others behind them.
    pub(crate) fn add(&mut self, others: Notes) {
        self.warnings.extend(others.warnings);
        self.errors.extend(others.errors);
    }

    /// The sheet of a list; `None` after an error that concerns all of it.
    pub(crate) fn sheet<'a>(
        &mut self,
        list: &'a WordList,
        needed: &[&str],
        known: &[&str],
    ) -> Option<Sheet<'a>> {
        let sheet = match Sheet::read(&list.bytes) {
            Ok(sheet) => sheet,
            Err(problem) => return self.refuse_file(list, problem),
        };
        if let Some(problem) = sheet.missing_column(needed) {
            return self.refuse_file(list, problem);
        }
        for (line, problem) in &sheet.problems {
            self.refuse(list, *line, vec![problem.clone()]);
        }
        for column in sheet.columns.iter().filter(|c| !known.contains(&c.as_str())) {
            if let Some(meant) = nearest(column, known) {
                let what = format!("the column `{column}` is not read");
                let mend = format!("did you mean `{meant}`?");
                self.warnings.push(Message::new("W502", place(list, None), what, mend));
            }
        }
        Some(sheet)
    }

    /// Notes what is wrong with a row.
    pub(crate) fn refuse(&mut self, list: &WordList, line: u64, problems: Vec<Problem>) {
        let file = || list.path.clone();
        self.errors.extend(problems.into_iter().map(|Problem { what, mend }| LexiconError::Row {
            file: file(),
            line,
            what,
            mend,
        }));
    }

    fn refuse_file<'a>(
        &mut self,
        list: &WordList,
        Problem { what, mend }: Problem,
    ) -> Option<Sheet<'a>> {
        self.errors.push(LexiconError::File { file: list.path.clone(), what, mend });
        None
    }
}

/// The entries of one list.
pub(crate) struct Rows {
    pub(crate) kind: Kind,
    /// Whether terms and conditions need no look.
    trusted: bool,
    /// The paths of the categories, each once; sorted once all rows are read.
    pub(crate) paths: Vec<String>,
    by_path: HashTable<CategoryId>,
    /// Sorted by what they say once all are read. The category of each is the place of its path among
    /// those of the list.
    pub(crate) entries: Vec<Entry>,
    pub(crate) notes: Notes,
}

impl Rows {
    /// Reads a list; terms and conditions of a trusted one are not looked at.
    pub(crate) fn read(kind: Kind, list: &WordList, trusted: bool) -> Self {
        let (paths, by_path, entries, notes) = <(Vec<_>, HashTable<_>, Vec<_>, Notes)>::default();
        let mut rows = Self { kind, trusted, paths, by_path, entries, notes };
        if let Some(sheet) = rows.notes.sheet(list, &["category", "term"], &COLUMNS) {
            rows.add_all(&sheet, list);
            rows.sort();
        }
        rows
    }

    fn add_all(&mut self, sheet: &Sheet<'_>, list: &WordList) {
        let n_rows = sheet.rows().len();
        if n_rows == 0 && sheet.problems.is_empty() {
            let what = "the list has headings and no row";
            let mend = "add rows, or delete the file";
            self.notes.warnings.push(Message::new("W506", place(list, None), what, mend));
        }
        // Room for all at once: what grows is copied, to pages that are new each time.
        self.entries.reserve_exact(n_rows);
        // Entries by what they say.
        let mut seen: HashTable<usize> = HashTable::with_capacity(n_rows);
        for row in sheet.rows() {
            let entry = match parse_row(row, self) {
                Err(problems) => {
                    self.notes.refuse(list, row.line(), problems);
                    continue;
                }
                Ok(entry) => entry,
            };
            let entries = &self.entries;
            let hash = |entry: &Entry| HASH.hash_one((entry.category, &entry.term));
            let same = |&at: &usize| by_meaning(&entries[at], &entry).is_eq();
            match seen.entry(hash(&entry), same, |&at| hash(&entries[at])) {
                Slot::Occupied(first) => {
                    let first = &entries[*first.get()];
                    let first = (first.line, first.weight);
                    self.repeat(list, &entry, first);
                }
                Slot::Vacant(slot) => {
                    slot.insert(entries.len());
                    self.entries.push(entry);
                }
            }
        }
    }

    fn repeat(&mut self, list: &WordList, entry: &Entry, (line, weight): (u64, Micro)) {
        let path = &self.paths[entry.category.0 as usize];
        let what = format!("`{}` stands for `{path}` in line {line} already", entry.term);
        if weight == entry.weight {
            let place = place(list, Some(entry.line));
            let mend = "delete one of the two rows";
            self.notes.warnings.push(Message::new("W503", place, what, mend));
        } else {
            let what = format!("{what}, with another weight");
            let problem = Problem::new(what, "keep the row with the weight you mean");
            self.notes.refuse(list, entry.line, vec![problem]);
        }
    }

    /// The place of a path among those of the list; a new one is checked and kept.
    fn path(&mut self, path: &str) -> Result<CategoryId, Problem> {
        let (paths, new) = (&self.paths, place_of(self.paths.len()));
        let same = |&at: &CategoryId| paths[at.0 as usize] == path;
        let rehash = |&at: &CategoryId| HASH.hash_one(paths[at.0 as usize].as_str());
        match self.by_path.entry(HASH.hash_one(path), same, rehash) {
            Slot::Occupied(known) => Ok(*known.get()),
            Slot::Vacant(slot) => {
                check_path(path)?;
                slot.insert(new);
                self.paths.push(path.to_owned());
                Ok(new)
            }
        }
    }

    /// Sorts the paths, and the entries by what they say.
    fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.paths.len()).collect();
        order.sort_unstable_by_key(|&at| &self.paths[at]);
        let mut places = vec![CategoryId(0); order.len()];
        (0..).zip(order).for_each(|(place, at)| places[at] = place_of(place));
        self.paths.sort_unstable();
        self.by_path.clear();
        for entry in &mut self.entries {
            entry.category = places[entry.category.0 as usize];
        }
        // No two are equal.
        self.entries.sort_unstable_by(by_meaning);
    }
}

/// The place of a path among those of its list, as a category has it until it has its number.
fn place_of(at: usize) -> CategoryId {
    CategoryId(u32::try_from(at).expect("fewer than 2^32 categories"))
}

/// Orders the rows of a list by what they say, which is all but their weight.
fn by_meaning(one: &Entry, other: &Entry) -> Ordering {
    let terms = (one.category, &one.term).cmp(&(other.category, &other.term));
    terms.then_with(|| rest(one).cmp(&rest(other)))
}

/// What besides its category and its term makes a row of a list say something else.
fn rest(entry: &Entry) -> impl Ord {
    let dates = [entry.valid_from, entry.valid_to].map(|d| d.map(|i| (i.from, i.to)));
    (entry.mode, &entry.unless, &entry.requires, dates, entry.language)
}

fn parse_row(row: SheetRow<'_>, read: &mut Rows) -> Result<Entry, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut note = |problem: Option<Problem>| problems.extend(problem);
    let path = read.path(row.cell("category"));
    note(path.as_ref().err().cloned());
    if !read.trusted {
        note(parse_places(row.cell("term")).err());
        note(parse_unless(row.cell("unless")).err());
        note(parse_requires(row.cell("requires")).err());
    }
    let mode = parse_mode(row.cell("match"));
    let weight = parse_weight(row.cell("weight"));
    let dates = [parse_optional(row.cell("valid_from")), parse_optional(row.cell("valid_to"))];
    let language = parse_language(read.kind, row.cell("language"));
    note(language.as_ref().err().cloned());
    note(mode.as_ref().err().cloned());
    note(weight.as_ref().err().cloned());
    note(dates[0].as_ref().err().cloned());
    note(dates[1].as_ref().err().cloned());
    let [from, to] = dates.map(Result::unwrap_or_default);
    if from.zip(to).is_some_and(|(from, to)| to.to < from.from) {
        let mend = "swap `valid_from` and `valid_to`, or delete one";
        note(Some(Problem::new("the entry ends before it begins", mend)));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Entry {
        kind: read.kind,
        category: path.unwrap_or(CategoryId(0)),
        term: row.cell("term").to_owned(),
        mode: mode.unwrap_or_default(),
        weight: weight.unwrap_or(Micro::ONE),
        unless: row.cell("unless").to_owned(),
        requires: row.cell("requires").to_owned(),
        valid_from: from,
        valid_to: to,
        language: language.unwrap_or_default(),
        line: row.line(),
    })
}

fn parse_mode(cell: &str) -> Result<MatchMode, Problem> {
    if cell.is_empty() {
        return Ok(MatchMode::default());
    }
    let cell = cell.to_lowercase();
    MODES.into_iter().find(|mode| mode.name() == cell).ok_or_else(|| {
        let known = MODES.map(MatchMode::name);
        Problem::new(format!("no match mode is called `{cell}`"), did_you_mean(&cell, &known))
    })
}

fn parse_weight(cell: &str) -> Result<Micro, Problem> {
    if cell.is_empty() {
        return Ok(Micro::ONE);
    }
    Micro::parse(cell).ok_or_else(|| {
        let mend =
            "write a plain number such as `1` or `0.5`, with a point and at most six decimals";
        Problem::new(format!("`{cell}` is not a weight"), mend)
    })
}

fn parse_language(kind: Kind, cell: &str) -> Result<Language, Problem> {
    if cell.is_empty() {
        return Ok(Language::ENGLISH);
    }
    let Some(language) = Language::parse(cell) else {
        let mend = "write its code, such as `de`, or leave the cell empty for English";
        return Err(Problem::new(format!("no language is called `{cell}`"), mend));
    };
    if kind == Kind::Cue && language != Language::ENGLISH {
        let mend = "leave the cell empty, or delete the row";
        return Err(Problem::new("voices are told in English only", mend));
    }
    Ok(language)
}

fn parse_optional(cell: &str) -> Result<Option<Interval>, Problem> {
    (!cell.is_empty()).then(|| parse_date(cell)).transpose()
}

/// Where a list lies, or a line of it.
pub(crate) fn place(list: &WordList, line: Option<u64>) -> String {
    match line {
        Some(line) => format!("{}, line {line}", list.path.display()),
        None => list.path.display().to_string(),
    }
}
