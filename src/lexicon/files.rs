//! Gathers the bytes of every word list of a run: those of a folder, the built-in ones for the rest.

use std::borrow::Cow;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::base::{Message, Sha256Hex, read_ordinary, sha256_hex};
use crate::lexicon::entry::Kind;
use crate::lexicon::error::LexiconError;
use crate::lexicon::nearest::{did_you_mean, nearest};
use crate::lexicon::sheet::Sheet;

/// Lists that a folder replaces as one set.
const SET: [&str; 6] =
    ["actors.csv", "categories.csv", "concepts.csv", "frames.csv", "labels.csv", "pairs.csv"];

/// In a folder, the file that names the lists of the set which the folder takes from the built-in
/// ones instead of leaving them empty.
const SHARED: &str = "shared.csv";

/// Lists that fall back to the built-in ones, file by file.
const SINGLE: [&str; 5] =
    ["abbreviations.csv", "cleaning.csv", "joins.csv", "stems.csv", "voice.csv"];

/// The lists compiled into the program, sorted by name.
const BUILT_IN: [(&str, &[u8]); 11] = [
    ("abbreviations.csv", include_bytes!("../../lexicons/abbreviations.csv")),
    ("actors.csv", include_bytes!("../../lexicons/actors.csv")),
    ("categories.csv", include_bytes!("../../lexicons/categories.csv")),
    ("cleaning.csv", include_bytes!("../../lexicons/cleaning.csv")),
    ("concepts.csv", include_bytes!("../../lexicons/concepts.csv")),
    ("frames.csv", include_bytes!("../../lexicons/frames.csv")),
    ("joins.csv", include_bytes!("../../lexicons/joins.csv")),
    ("labels.csv", include_bytes!("../../lexicons/labels.csv")),
    ("pairs.csv", include_bytes!("../../lexicons/pairs.csv")),
    ("stems.csv", include_bytes!("../../lexicons/stems.csv")),
    ("voice.csv", include_bytes!("../../lexicons/voice.csv")),
];

/// One word list.
#[derive(Clone, Debug)]
pub(crate) struct WordList {
    /// File name without folder.
    pub(crate) name: &'static str,
    /// Where it lies, as the user typed it; `lexicons/...` for the built-in ones.
    pub(crate) path: PathBuf,
    pub(crate) built_in: bool,
    pub(crate) bytes: Cow<'static, [u8]>,
}

/// The bytes of every lexicon file of a run.
///
/// A folder replaces actors, frames, concepts, labels, pairs and categories as one set: one of them
/// that it lacks is empty, or the built-in one if `shared.csv` of the folder names it. Voice, stems,
/// joins, abbreviations and cleaning fall back file by file.
#[derive(Clone, Debug, Default)]
pub struct LexiconFiles {
    lists: Vec<WordList>,
    warnings: Vec<Message>,
}

impl LexiconFiles {
    /// The built-in files, or those of `folder` with the fallback rule above.
    pub fn gather(folder: Option<&Path>) -> Result<Self, Vec<LexiconError>> {
        let Some(folder) = folder else { return Ok(Self::assemble(Vec::new(), &[])) };
        let (mut given, mut errors) = (Vec::new(), Vec::new());
        let names = csv_names(folder).map_err(|error| vec![error])?;
        for name in known(&names) {
            match read(folder, name) {
                Ok(list) => given.push(list),
                Err(error) => errors.push(error),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        if given.is_empty() {
            return Err(vec![no_lexicon(folder)]);
        }
        let shared = shared_lists(folder, &names)?;
        let own: Vec<&str> = SET.into_iter().filter(|name| !shared.contains(name)).collect();
        let mut files = Self::assemble(given, &own);
        files.warnings = names.iter().filter_map(|name| unknown_list(folder, name)).collect();
        Ok(files)
    }

    /// As if a folder held these files; names as in a folder (`frames.csv`).
    ///
    /// # Panics
    /// If a name is not that of a word list.
    pub fn of_texts(texts: &[(&str, &str)]) -> Self {
        let list = |&(name, text): &(&str, &str)| {
            let name = find_name(name).expect("the name of a word list");
            let bytes = Cow::Owned(text.as_bytes().to_vec());
            WordList { name, path: PathBuf::from(name), built_in: false, bytes }
        };
        Self::assemble(texts.iter().map(list).collect(), &SET)
    }

    /// The given lists, and the built-in ones for the rest, but for those of `own`.
    fn assemble(mut lists: Vec<WordList>, own: &[&str]) -> Self {
        for (name, bytes) in BUILT_IN {
            if !own.contains(&name) && !lists.iter().any(|list| list.name == name) {
                let path = Path::new("lexicons").join(name);
                let bytes = Cow::Borrowed(bytes);
                lists.push(WordList { name, path, built_in: true, bytes });
            }
        }
        lists.sort_by_key(|list| list.name);
        Self { lists, warnings: Vec::new() }
    }

    /// The bytes of a list by file name (`stems.csv`); `None` if the run has none.
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.list(name).map(|list| &*list.bytes)
    }

    /// Where a list lies, for messages: as the user typed it, or `lexicons/...` if it is built in.
    pub fn path(&self, name: &str) -> Option<&Path> {
        self.list(name).map(|list| list.path.as_path())
    }

    /// Name and bytes of every list, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.lists.iter().map(|list| (list.name, &*list.bytes))
    }

    /// Name, whether it is built in, and checksum of every list, sorted by name.
    pub fn sums(&self) -> impl Iterator<Item = (&str, bool, Sha256Hex)> {
        self.lists.iter().map(|list| (list.name, list.built_in, sha256_hex(&list.bytes)))
    }

    /// What the user should know about the folder, such as a file whose name is no word list's.
    pub fn warnings(&self) -> &[Message] {
        &self.warnings
    }

    pub(crate) fn list(&self, name: &str) -> Option<&WordList> {
        self.lists.iter().find(|list| list.name == name)
    }

    /// The built-in `categories.csv` and the kinds whose rows a folder with shared lists takes from
    /// it beside its own; none if no list is shared.
    pub(crate) fn shared_categories(&self) -> Option<(WordList, Vec<Kind>)> {
        let of_folder = self.lists.iter().any(|list| SET.contains(&list.name) && !list.built_in);
        let shares = |kind: &Kind| {
            let name = format!("{}.csv", kind.file_stem());
            SET.contains(&&*name) && self.list(&name).is_some_and(|list| list.built_in)
        };
        let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(shares).collect();
        let built_in = Self::assemble(Vec::new(), &[]);
        let list = built_in.lists.into_iter().find(|list| list.name == "categories.csv");
        list.filter(|_| of_folder && !kinds.is_empty()).map(|list| (list, kinds))
    }

    pub(crate) fn lists(&self) -> &[WordList] {
        &self.lists
    }
}

/// The list of this name, with a name that outlives the question.
fn find_name(name: &str) -> Option<&'static str> {
    SET.into_iter().chain(SINGLE).find(|&known| known == name)
}

fn known(names: &[String]) -> impl Iterator<Item = &'static str> + '_ {
    names.iter().filter_map(|name| find_name(name))
}

/// The CSV files of a folder by name, sorted.
fn csv_names(folder: &Path) -> Result<Vec<String>, LexiconError> {
    let unreadable = |error: std::io::Error| LexiconError::File {
        file: folder.to_owned(),
        what: match error.kind() {
            ErrorKind::NotFound => "there is no such folder".into(),
            ErrorKind::NotADirectory => "this is not a folder".into(),
            _ => format!("the folder cannot be read: {error}"),
        },
        mend: "give `--lexicons` a folder of CSV files".into(),
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
        if name.to_lowercase().ends_with(".csv") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn read(folder: &Path, name: &'static str) -> Result<WordList, LexiconError> {
    let path = folder.join(name);
    match read_ordinary(&path) {
        Ok(bytes) => Ok(WordList { name, path, built_in: false, bytes: Cow::Owned(bytes) }),
        Err(error) => Err(LexiconError::File {
            file: path,
            what: format!("the file cannot be read: {error}"),
            mend: "make it readable, or delete it to use the built-in list".into(),
        }),
    }
}

/// The lists that `shared.csv` of a folder names; none without that file.
fn shared_lists(folder: &Path, names: &[String]) -> Result<Vec<&'static str>, Vec<LexiconError>> {
    if !names.iter().any(|name| name == SHARED) {
        return Ok(Vec::new());
    }
    let file = folder.join(SHARED);
    let whole = |what: String, mend: &str| {
        vec![LexiconError::File { file: file.clone(), what, mend: mend.into() }]
    };
    let bytes = read_ordinary(&file).map_err(|error| {
        whole(format!("the file cannot be read: {error}"), "make it readable, or delete it")
    })?;
    let sheet = Sheet::read(&bytes).map_err(|problem| whole(problem.what, &problem.mend))?;
    if let Some(problem) = sheet.missing_column(&["list"]) {
        return Err(whole(problem.what, &problem.mend));
    }
    let (mut shared, mut errors) = (Vec::new(), Vec::new());
    for row in sheet.rows() {
        match shared_list(row.cell("list"), names) {
            Ok(list) => shared.push(list),
            Err((what, mend)) => {
                errors.push(LexiconError::Row { file: file.clone(), line: row.line(), what, mend });
            }
        }
    }
    if errors.is_empty() { Ok(shared) } else { Err(errors) }
}

/// One list named in `shared.csv`; what is wrong with it and how to mend that.
fn shared_list(name: &str, names: &[String]) -> Result<&'static str, (String, String)> {
    let sharable: Vec<&str> = SET.into_iter().filter(|&list| list != "categories.csv").collect();
    let Some(list) = SET.into_iter().find(|list| *list == name && sharable.contains(list)) else {
        let what = format!("`{name}` is no list that can be shared");
        return Err((what, did_you_mean(name, &sharable)));
    };
    if names.iter().any(|own| own == name) {
        let what = format!("`{name}` is shared and lies in the folder too");
        return Err((what, "delete the row, or the file".into()));
    }
    Ok(list)
}

fn no_lexicon(folder: &Path) -> LexiconError {
    LexiconError::File {
        file: folder.to_owned(),
        what: "the folder holds no word list".into(),
        mend: format!("name at least one of {}", [&SET[..], &SINGLE[..]].concat().join(", ")),
    }
}

/// A warning if the file's name is no word list's.
fn unknown_list(folder: &Path, name: &str) -> Option<Message> {
    if find_name(name).is_some() || name == SHARED {
        return None;
    }
    let mend = match nearest(name, &[&SET[..], &SINGLE[..]].concat()) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "it is not read; move it elsewhere to silence this".to_owned(),
    };
    let what = format!("the file `{name}` is not a word list by its name");
    Some(Message::new("W501", folder.display().to_string(), what, mend))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_replaces_the_set_and_the_rest_falls_back() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("frames.csv"), "category,term\nwar,war\n").unwrap();
        fs::write(folder.path().join("frame.csv"), "x").unwrap();
        let files = LexiconFiles::gather(Some(folder.path())).unwrap();
        assert!(files.bytes("frames.csv").unwrap().starts_with(b"category,term"));
        assert!(files.bytes("actors.csv").is_none());
        assert!(files.list("voice.csv").unwrap().built_in);
        assert_eq!(files.warnings()[0].mend, "did you mean `frames.csv`?");
    }

    #[test]
    fn a_folder_may_share_built_in_lists_by_name() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("frames.csv"), "category,term\nwar,war\n").unwrap();
        fs::write(folder.path().join("shared.csv"), "list\nactors.csv\n").unwrap();
        let files = LexiconFiles::gather(Some(folder.path())).unwrap();
        assert!(files.list("actors.csv").unwrap().built_in);
        assert!(files.bytes("concepts.csv").is_none());
        assert_eq!(files.shared_categories().unwrap().1, [Kind::Actor]);
        assert!(files.warnings().is_empty());
        assert!(LexiconFiles::gather(None).unwrap().shared_categories().is_none());
    }

    #[test]
    fn a_shared_list_must_be_one_of_the_set_and_not_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("frames.csv"), "category,term\nwar,war\n").unwrap();
        let shared = "list\nactor.csv\nframes.csv\nstems.csv\n";
        fs::write(folder.path().join("shared.csv"), shared).unwrap();
        let errors = LexiconFiles::gather(Some(folder.path())).unwrap_err();
        let lines: Vec<u64> = errors
            .iter()
            .map(|error| match error {
                LexiconError::Row { line, .. } => *line,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(lines, [2, 3, 4]);
    }

    #[test]
    fn a_folder_without_word_lists_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(LexiconFiles::gather(Some(folder.path())).unwrap_err().len(), 1);
        assert!(LexiconFiles::gather(Some(Path::new("/no/such/folder"))).is_err());
    }

    #[test]
    fn the_built_in_lists_are_all_there() {
        let files = LexiconFiles::gather(None).unwrap();
        assert!(files.lists().iter().all(|list| list.built_in && !list.bytes.is_empty()));
        assert_eq!(files.lists().len(), BUILT_IN.len());
    }
}
