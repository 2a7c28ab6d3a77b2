//! Reads the rows of every lexicon file and reports every bad row of every file at once.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry as Slot;

use crate::base::{Interval, Language, Message, Micro, sha256_hex};
use crate::lexicon::category::{self, Key, Policy};
use crate::lexicon::condition::{parse_requires, parse_unless};
use crate::lexicon::dates::parse_date;
use crate::lexicon::entry::{CategoryId, Entry, Kind, Lexicon, LexiconFile, MatchMode};
use crate::lexicon::error::{LexiconError, Problem};
use crate::lexicon::files::{LexiconFiles, WordList};
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

/// Columns that `categories.csv` may have and that change a result.
pub(crate) const POLICY_COLUMNS: [&str; 8] = [
    "lexicon",
    "category",
    "label",
    "definition",
    "negation",
    "valid_from",
    "expect_until",
    "also_in",
];

const HASH: FixedState = FixedState::with_seed(0);

const MODES: [MatchMode; 5] =
    [MatchMode::Stem, MatchMode::Word, MatchMode::Case, MatchMode::Lower, MatchMode::Prefix];

/// Parses all lexicon rows; on failure every bad row of every file.
///
/// A row that says the same as an earlier one is left out with a warning; one that differs from it
/// in weight alone is an error, because the result would depend on the order of the rows.
pub fn load(files: &LexiconFiles) -> Result<Lexicon, Vec<LexiconError>> {
    let (lexicon, errors) = Reading { trusts: true, ..Reading::default() }.read(files);
    if errors.is_empty() { Ok(lexicon) } else { Err(errors) }
}

/// The lexicon of the rows that can be used, and what is wrong with the others; trusts no list.
pub(crate) fn load_what_can_be(files: &LexiconFiles) -> (Lexicon, Vec<LexiconError>) {
    Reading::default().read(files)
}

/// The rows of one list.
struct Rows {
    kind: Kind,
    /// Whether terms and conditions need no look.
    trusted: bool,
    /// Where they stand among the entries of all lists. Until all lists are read, the category of each
    /// is the place of its path among those of the list.
    rows: Range<usize>,
    /// The paths of their categories, each once.
    paths: Vec<String>,
    by_path: HashTable<CategoryId>,
}

impl Rows {
    /// The place of a path among those of the list; a new one is checked and kept.
    fn path(&mut self, path: &str) -> Result<CategoryId, Problem> {
        let (paths, new) = (&self.paths, place_of(self.paths.len()));
        let same = |&at: &CategoryId| paths[at.0 as usize] == path;
        let rehash = |&at: &CategoryId| HASH.hash_one(paths[at.0 as usize].as_str());
        match self.by_path.entry(HASH.hash_one(path), same, rehash) {
            Slot::Occupied(known) => Ok(*known.get()),
            Slot::Vacant(slot) => {
                category::check_path(path)?;
                slot.insert(new);
                self.paths.push(path.to_owned());
                Ok(new)
            }
        }
    }
}

/// Everything read so far.
#[derive(Default)]
struct Reading {
    /// Whether the terms and conditions of our own lists need no look: a test has parsed them, which is
    /// a third of what reading the lists takes (November 2026).
    trusts: bool,
    lists: Vec<Rows>,
    entries: Vec<Entry>,
    policies: BTreeMap<Key, Policy>,
    warnings: Vec<Message>,
    errors: Vec<LexiconError>,
}

impl Reading {
    fn read(mut self, files: &LexiconFiles) -> (Lexicon, Vec<LexiconError>) {
        self.warnings.extend_from_slice(files.warnings());
        // Room for all at once: what grows is copied, to pages that are new each time.
        let n_lines = |list: &WordList| list.bytes.iter().filter(|&&byte| byte == b'\n').count();
        self.entries.reserve(files.lists().iter().map(n_lines).sum());
        for kind in Kind::ALL {
            if let Some(list) = files.list(&format!("{}.csv", kind.file_stem())) {
                self.read_entries(kind, list);
            }
        }
        if let Some(list) = files.list("categories.csv") {
            self.read_policies(list);
            self.refuse_circles(list);
        }
        if let Some((list, kinds)) = files.shared_categories() {
            self.read_shared_policies(&list, &kinds);
        }
        let errors = std::mem::take(&mut self.errors);
        (self.finish(files), errors)
    }

    fn read_entries(&mut self, kind: Kind, list: &WordList) {
        let Some(sheet) = self.sheet(list, &["category", "term"], &COLUMNS) else { return };
        if sheet.rows().len() == 0 && sheet.problems.is_empty() {
            let what = "the list has headings and no row";
            let mend = "add rows, or delete the file";
            self.warnings.push(Message::new("W506", place(list, None), what, mend));
        }
        let (trusted, start) = (self.trusts && list.built_in, self.entries.len());
        let (paths, by_path) = <(Vec<String>, HashTable<CategoryId>)>::default();
        let mut read = Rows { kind, trusted, rows: start..start, paths, by_path };
        // Entries of this list by what they say.
        let mut seen: HashTable<usize> = HashTable::with_capacity(sheet.rows().len());
        for row in sheet.rows() {
            let entry = match parse_row(row, &mut read) {
                Err(problems) => {
                    self.refuse(list, row.line(), problems);
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
                    self.repeat(list, &entry, &read.paths[entry.category.0 as usize], first);
                }
                Slot::Vacant(slot) => {
                    slot.insert(entries.len());
                    self.entries.push(entry);
                }
            }
        }
        read.rows.end = self.entries.len();
        self.lists.push(read);
    }

    fn read_policies(&mut self, list: &WordList) {
        let Some(sheet) = self.sheet(list, &["lexicon", "category"], &POLICY_COLUMNS) else {
            return;
        };
        for row in sheet.rows() {
            match category::parse_policy(row) {
                Err(problems) => self.refuse(list, row.line(), problems),
                Ok((key, policy)) => {
                    if self.policies.insert(key, policy).is_some() {
                        let what = format!("`{}` has a row already", row.cell("category"));
                        let mend = "keep one row for each category of a lexicon";
                        self.refuse(list, row.line(), vec![Problem::new(what, mend)]);
                    }
                }
            }
        }
    }

    /// Categories that would count in themselves, each circle once.
    fn refuse_circles(&mut self, list: &WordList) {
        for (line, circle) in category::circles(&self.policies) {
            let what = format!("`{}` counts in itself: {}", circle[0], circle.join(" → "));
            let mend = "let `also_in` lead from the narrower category to the wider one only";
            self.refuse(list, line, vec![Problem::new(what, mend)]);
        }
    }

    /// The categories of lists that a folder shares with the built-in set, where it is silent itself.
    fn read_shared_policies(&mut self, list: &WordList, kinds: &[Kind]) {
        let Some(sheet) = self.sheet(list, &["lexicon", "category"], &POLICY_COLUMNS) else {
            return;
        };
        for (key, policy) in sheet.rows().filter_map(|row| category::parse_policy(row).ok()) {
            if kinds.contains(&key.0) {
                self.policies.entry(key).or_insert(policy);
            }
        }
    }

    /// The sheet of a list; `None` after an error that concerns all of it.
    fn sheet<'a>(
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

    fn refuse(&mut self, list: &WordList, line: u64, problems: Vec<Problem>) {
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

    fn repeat(&mut self, list: &WordList, entry: &Entry, path: &str, (line, weight): (u64, Micro)) {
        let what = format!("`{}` stands for `{path}` in line {line} already", entry.term);
        if weight == entry.weight {
            let place = place(list, Some(entry.line));
            self.warnings.push(Message::new("W503", place, what, "delete one of the two rows"));
        } else {
            let what = format!("{what}, with another weight");
            let problem = Problem::new(what, "keep the row with the weight you mean");
            self.refuse(list, entry.line, vec![problem]);
        }
    }

    fn finish(self, files: &LexiconFiles) -> Lexicon {
        let keys = |list: &Rows| -> Vec<Key> {
            list.paths.iter().map(|path| (list.kind, path.clone())).collect()
        };
        let used: BTreeSet<Key> = self.lists.iter().flat_map(keys).collect();
        let (categories, dead) = category::build(&used, &self.policies);
        let mut lexicon = Lexicon { categories, warnings: self.warnings, ..Lexicon::default() };
        if let Some(list) = files.list("categories.csv") {
            let at = |line| place(list, Some(line));
            lexicon.warnings.extend(dead.into_iter().map(|(l, m)| Message { place: at(l), ..m }));
        }
        let mut entries = self.entries;
        for Rows { kind, rows, paths, .. } in self.lists {
            let category = |path: &String| lexicon.find_category(kind, path);
            let ids: Option<Vec<CategoryId>> = paths.iter().map(category).collect();
            let ids = ids.expect("every path of a row has its category");
            let entries = &mut entries[rows];
            entries.iter_mut().for_each(|entry| entry.category = ids[entry.category.0 as usize]);
            // No two are equal.
            entries.sort_unstable_by(by_meaning);
        }
        lexicon.entries = entries;
        lexicon.files = files.lists().iter().map(|list| file_record(list, &lexicon)).collect();
        lexicon
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

fn place(list: &WordList, line: Option<u64>) -> String {
    match line {
        Some(line) => format!("{}, line {line}", list.path.display()),
        None => list.path.display().to_string(),
    }
}

/// The file for the manifest. For lists that hold no entries, their rows are counted.
fn file_record(list: &WordList, lexicon: &Lexicon) -> LexiconFile {
    let kind =
        Kind::ALL.into_iter().find(|k| list.name.strip_suffix(".csv") == Some(k.file_stem()));
    let entries = match kind {
        Some(kind) => lexicon.entries.iter().filter(|entry| entry.kind == kind).count(),
        None => Sheet::read(&list.bytes).map_or(0, |sheet| sheet.rows().len()),
    };
    LexiconFile {
        name: list.name.to_owned(),
        built_in: list.built_in,
        sha256: sha256_hex(&list.bytes),
        entries: entries as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::entry::Negation;

    fn lexicon(texts: &[(&str, &str)]) -> Lexicon {
        load(&LexiconFiles::of_texts(texts)).unwrap()
    }

    fn frames(rows: &str) -> Result<Lexicon, Vec<LexiconError>> {
        let text =
            format!("category,term,match,weight,unless,requires,valid_from,valid_to\n{rows}");
        load(&LexiconFiles::of_texts(&[("frames.csv", &text), ("voice.csv", "category,term")]))
    }

    /// Lines and texts of all errors of a file.
    fn errors(rows: &str) -> Vec<(u64, String, String)> {
        let row = |error| match error {
            LexiconError::Row { line, what, mend, .. } => (line, what, mend),
            other => panic!("{other:?}"),
        };
        frames(rows).unwrap_err().into_iter().map(row).collect()
    }

    #[test]
    fn the_built_in_lexicons_load_without_a_warning() {
        let (lexicon, errors) = load_what_can_be(&LexiconFiles::gather(None).unwrap());
        let errors: Vec<String> =
            errors.into_iter().map(|e| Message::from(e).to_string()).collect();
        assert_eq!(errors, [""; 0]);
        assert_eq!(lexicon.warnings, []);
        for kind in Kind::ALL {
            assert!(lexicon.entries.iter().any(|e| e.kind == kind), "{}", kind.name());
        }
    }

    #[test]
    fn every_bad_row_of_every_file_is_reported_at_once() {
        let texts = [
            ("frames.csv", "category,term,match\nwar,,stem\nwar,war,stm\n"),
            ("labels.csv", "term\nwar\n"),
            ("categories.csv", "lexicon,category,negation\nframe,war,flip\nframez,war,\n"),
        ];
        let errors = load(&LexiconFiles::of_texts(&texts)).unwrap_err();
        let messages: Vec<String> =
            errors.into_iter().map(|e| Message::from(e).to_string()).collect();
        assert_eq!(messages.len(), 5, "{messages:#?}");
        assert!(messages[1].contains("frames.csv, line 3: no match mode is called `stm`"));
        assert!(messages[1].ends_with("mend: did you mean `stem`?"));
        assert!(messages[2].contains("labels.csv: no column is called `category`"));
    }

    #[test]
    fn each_bad_cell_of_a_row_is_named() {
        let all = errors("war,war ..,stem,heavy,_,a ~ b ~ c,04/02/2023,2023-02-30\n");
        assert_eq!(all.len(), 6, "{all:#?}");
        assert!(all.iter().all(|(line, _, mend)| *line == 2 && !mend.is_empty()));
    }

    #[test]
    fn an_entry_cannot_end_before_it_begins() {
        assert_eq!(errors("war,war,,,,,2023-02,2022\n")[0].1, "the entry ends before it begins");
        assert!(frames("war,war,,,,,2022,2022-03-01\n").is_ok());
    }

    #[test]
    fn a_repeated_row_is_left_out_with_a_warning_and_another_weight_is_an_error() {
        let lexicon = frames("war,war\nwar,war,stem,1\n").unwrap();
        let repeats = lexicon.warnings.iter().filter(|warning| warning.code == "W503").count();
        assert_eq!((lexicon.entries.len(), repeats), (1, 1));
        assert!(errors("war,war\nwar,war,stem,2\n")[0].1.ends_with("with another weight"));
        assert_eq!(frames("war,war\nwar,war,word\n").unwrap().entries.len(), 2);
    }

    #[test]
    fn a_misspelled_column_is_a_warning_and_a_free_one_is_not() {
        let text = "category,term,unles,citation\nwar,war,x,y\n";
        let lexicon = lexicon(&[("frames.csv", text)]);
        assert_eq!(lexicon.warnings.len(), 1);
        assert_eq!(lexicon.warnings[0].mend, "did you mean `unless`?");
    }

    #[test]
    fn levels_above_are_categories_and_hand_down_their_policy() {
        let categories = "lexicon,category,label,negation,valid_from\n\
                          frames,tension,Dispute,keep,2020\nframes,idle,,,\n";
        let frames = "category,term\ntension/rivalry/old,foe\nwar,war\n";
        let lexicon = lexicon(&[("frames.csv", frames), ("categories.csv", categories)]);
        let paths: Vec<&str> =
            lexicon.categories.iter().filter(|c| c.kind == Kind::Frame).map(|c| &*c.path).collect();
        assert_eq!(paths, ["tension", "tension/rivalry", "tension/rivalry/old", "war"]);
        let id = lexicon.find_category(Kind::Frame, "tension/rivalry/old").unwrap();
        let foe = lexicon.category(id);
        assert_eq!((foe.label.as_str(), foe.negation), ("old", Negation::Keep));
        assert!(foe.valid_from.is_some());
        assert_eq!(lexicon.category(lexicon.top(id)).label, "Dispute");
        let war = lexicon.find_category(Kind::Frame, "war").unwrap();
        assert_eq!(lexicon.category(war).negation, Negation::Split);
        assert!(lexicon.warnings[0].what.contains("`idle`"));
    }

    #[test]
    fn a_category_may_count_in_another_one_too() {
        let categories = "lexicon,category,also_in\nframes,war,conflict\nframes,tension,conflict\n";
        let frames = "category,term\nwar/arms,tank\ntension,row\n";
        let lexicon = lexicon(&[("frames.csv", frames), ("categories.csv", categories)]);
        let id = |path| lexicon.find_category(Kind::Frame, path).unwrap();
        assert_eq!(lexicon.counts_in(id("war/arms")), [id("conflict"), id("war"), id("war/arms")]);
        assert_eq!(lexicon.counts_in(id("tension")), [id("conflict"), id("tension")]);
    }

    #[test]
    fn a_category_cannot_end_before_it_begins() {
        let row = |from, until| {
            let head = "lexicon,category,valid_from,expect_until\n";
            let categories = format!("{head}frames,war,{from},{until}\n");
            let frames = ("frames.csv", "category,term\nwar,war\n");
            load(&LexiconFiles::of_texts(&[frames, ("categories.csv", &categories)]))
        };
        assert!(row("2023-02", "2023-02-04").is_ok());
        assert_eq!(row("2023-05-01", "2023-02-04").unwrap_err().len(), 1);
    }

    #[test]
    fn ids_do_not_depend_on_the_order_of_rows() {
        let one = frames("war,war\nwar,siege\npeace,truce\n").unwrap();
        let other = frames("peace,truce\nwar,siege\nwar,war\n").unwrap();
        let terms = |l: &Lexicon| -> Vec<(CategoryId, String)> {
            l.entries.iter().map(|e| (e.category, e.term.clone())).collect()
        };
        assert_eq!(terms(&one), terms(&other));
        assert_eq!(one.categories, other.categories);
    }

    #[test]
    fn the_manifest_knows_each_file_and_its_entries() {
        let lexicon = frames("war,war\n").unwrap();
        let frames = lexicon.files.iter().find(|f| f.name == "frames.csv").unwrap();
        assert!(!frames.built_in);
        assert_eq!(frames.entries, 1);
        assert_eq!(frames.sha256.0.len(), 64);
        let stems = lexicon.files.iter().find(|f| f.name == "stems.csv").unwrap();
        assert!(stems.built_in && stems.entries > 10);
    }
}
