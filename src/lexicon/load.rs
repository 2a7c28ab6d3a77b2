//! Reads every lexicon file and reports every bad row of every file at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::{Message, sha256_hex};
use crate::lexicon::category::{self, Key, Policy};
use crate::lexicon::entry::{CategoryId, Kind, Lexicon, LexiconFile};
use crate::lexicon::error::{LexiconError, Problem};
use crate::lexicon::files::{LexiconFiles, WordList};
use crate::lexicon::rows::{Notes, Rows, place};
use crate::lexicon::sheet::Sheet;

/// The list of categories.
const CATEGORIES: &str = "categories.csv";

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

/// Parses all lexicon rows; on failure every bad row of every file.
///
/// A row that says the same as an earlier one is left out with a warning; one that differs from it
/// in weight alone is an error, because the result would depend on the order of the rows.
pub fn load(files: &LexiconFiles) -> Result<Lexicon, Vec<LexiconError>> {
    let loading = Loading::new(files);
    loading.work();
    loading.finish()
}

/// The lexicon of the rows that can be used, and what is wrong with the others; trusts no list.
pub(crate) fn load_what_can_be(files: &LexiconFiles) -> (Lexicon, Vec<LexiconError>) {
    let loading = Loading { trusts: false, ..Loading::new(files) };
    loading.work();
    loading.finish_what_can_be()
}

/// Lists being read, each by whichever thread is free.
pub struct Loading<'a> {
    files: &'a LexiconFiles,
    /// Whether the terms and conditions of our own lists need no look: a test has parsed them, which is
    /// a third of what reading the lists takes (November 2026).
    trusts: bool,
    /// The lists that nobody has begun with, the longest last.
    waiting: Mutex<Vec<&'a WordList>>,
    read: Mutex<Vec<List>>,
}

/// A list that has been read.
struct List {
    /// The file for the manifest. For a list that holds no entries, its rows are counted.
    file: LexiconFile,
    rows: Option<Rows>,
    policies: Option<Policies>,
}

/// What a `categories.csv` says of categories.
#[derive(Default)]
struct Policies {
    by_category: BTreeMap<Key, Policy>,
    notes: Notes,
}

impl List {
    fn read(list: &WordList, trusts: bool) -> Self {
        let of_list = |kind: &Kind| list.name.strip_suffix(".csv") == Some(kind.file_stem());
        let kind = Kind::ALL.into_iter().find(of_list);
        let rows = kind.map(|kind| Rows::read(kind, list, trusts && list.built_in));
        let n_entries = match &rows {
            Some(rows) => rows.entries.len(),
            None => Sheet::read(&list.bytes).map_or(0, |sheet| sheet.rows().len()),
        };
        let file = LexiconFile {
            name: list.name.to_owned(),
            built_in: list.built_in,
            sha256: sha256_hex(&list.bytes),
            entries: n_entries as u64,
        };
        let policies = (list.name == CATEGORIES).then(|| Policies::read(list));
        Self { file, rows, policies }
    }
}

impl<'a> Loading<'a> {
    /// No list has been read yet.
    pub fn new(files: &'a LexiconFiles) -> Self {
        let mut waiting: Vec<&WordList> = files.lists().iter().collect();
        waiting.sort_by_key(|list| list.bytes.len());
        Self { files, trusts: true, waiting: Mutex::new(waiting), read: Mutex::default() }
    }

    /// Reads one list after another until none is left to begin with.
    pub fn work(&self) {
        loop {
            let next = whole(&self.waiting).pop();
            let Some(list) = next else { break };
            let list = List::read(list, self.trusts);
            whole(&self.read).push(list);
        }
    }

    /// The lexicon, once all who work have come back; on failure every bad row of every file.
    pub fn finish(self) -> Result<Lexicon, Vec<LexiconError>> {
        let (lexicon, errors) = self.finish_what_can_be();
        if errors.is_empty() { Ok(lexicon) } else { Err(errors) }
    }

    fn finish_what_can_be(self) -> (Lexicon, Vec<LexiconError>) {
        let files = self.files;
        let mut lists = self.read.into_inner().unwrap_or_else(PoisonError::into_inner);
        lists.sort_by(|one, other| one.file.name.cmp(&other.file.name));
        let mut rows: Vec<Rows> = lists.iter_mut().filter_map(|list| list.rows.take()).collect();
        rows.sort_by_key(|rows| rows.kind);
        let mut policies =
            lists.iter_mut().find_map(|list| list.policies.take()).unwrap_or_default();
        policies.share(files);
        let mut notes = Notes { warnings: files.warnings().to_vec(), errors: Vec::new() };
        rows.iter_mut().for_each(|rows| notes.add(std::mem::take(&mut rows.notes)));
        notes.add(policies.notes);
        let lexicon = assemble(files, rows, &policies.by_category, notes.warnings);
        let files = lists.into_iter().map(|list| list.file).collect();
        (Lexicon { files, ..lexicon }, notes.errors)
    }
}

/// A lock that a thread which failed may have held.
fn whole<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Policies {
    fn read(list: &WordList) -> Self {
        let mut policies = Self::default();
        let Policies { by_category, notes } = &mut policies;
        let sheet = notes.sheet(list, &["lexicon", "category"], &POLICY_COLUMNS);
        for row in sheet.iter().flat_map(Sheet::rows) {
            match category::parse_policy(row) {
                Err(problems) => notes.refuse(list, row.line(), problems),
                Ok((key, policy)) => {
                    if by_category.insert(key, policy).is_some() {
                        let what = format!("`{}` has a row already", row.cell("category"));
                        let mend = "keep one row for each category of a lexicon";
                        notes.refuse(list, row.line(), vec![Problem::new(what, mend)]);
                    }
                }
            }
        }
        policies.refuse_circles(list);
        policies
    }

    /// Categories that would count in themselves, each circle once.
    fn refuse_circles(&mut self, list: &WordList) {
        for (line, circle) in category::circles(&self.by_category) {
            let what = format!("`{}` counts in itself: {}", circle[0], circle.join(" → "));
            let mend = "let `also_in` lead from the narrower category to the wider one only";
            self.notes.refuse(list, line, vec![Problem::new(what, mend)]);
        }
    }

    /// Adds the categories of lists that a folder shares with the built-in set, where it is silent
    /// itself.
    fn share(&mut self, files: &LexiconFiles) {
        let Some((list, kinds)) = files.shared_categories() else { return };
        let sheet = self.notes.sheet(&list, &["lexicon", "category"], &POLICY_COLUMNS);
        let rows = sheet.iter().flat_map(Sheet::rows);
        for (key, policy) in rows.filter_map(|row| category::parse_policy(row).ok()) {
            if kinds.contains(&key.0) {
                self.by_category.entry(key).or_insert(policy);
            }
        }
    }
}

/// The lexicon of the rows of all lists, but for what the manifest says of the files.
fn assemble(
    files: &LexiconFiles,
    lists: Vec<Rows>,
    policies: &BTreeMap<Key, Policy>,
    warnings: Vec<Message>,
) -> Lexicon {
    let keys = |list: &Rows| -> Vec<Key> {
        list.paths.iter().map(|path| (list.kind, path.clone())).collect()
    };
    let used: BTreeSet<Key> = lists.iter().flat_map(keys).collect();
    let (categories, dead) = category::build(&used, policies);
    let mut lexicon = Lexicon { categories, warnings, ..Lexicon::default() };
    if let Some(list) = files.list(CATEGORIES) {
        let at = |line| place(list, Some(line));
        lexicon.warnings.extend(dead.into_iter().map(|(l, m)| Message { place: at(l), ..m }));
    }
    lexicon.entries.reserve_exact(lists.iter().map(|list| list.entries.len()).sum());
    for Rows { kind, paths, mut entries, .. } in lists {
        let category = |path: &String| lexicon.find_category(kind, path);
        let ids: Option<Vec<CategoryId>> = paths.iter().map(category).collect();
        let ids = ids.expect("every path of a row has its category");
        // Categories have their numbers in the order of their paths, so that the entries stay sorted.
        entries.iter_mut().for_each(|entry| entry.category = ids[entry.category.0 as usize]);
        lexicon.entries.append(&mut entries);
    }
    lexicon
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::both;
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
    fn two_threads_read_what_one_does() {
        let files = LexiconFiles::gather(None).unwrap();
        let loading = Loading::new(&files);
        both(2, || loading.work(), || loading.work());
        let shown = |lexicon: Lexicon| format!("{lexicon:?}");
        assert_eq!(shown(loading.finish().unwrap()), shown(load(&files).unwrap()));
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
