//! Finds what an input is: a folder with a manifest, a folder of outlets, a file of records, stdin.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::BufRead;
use std::path::{Component, Path, PathBuf};

use glob::MatchOptions;

use crate::base::Message;
use crate::corpus::error::{InputError, first_twenty};
use crate::corpus::options::ReadOptions;
use crate::corpus::outlets::OutletTable;
use crate::corpus::read::columns::{Choice, Column};
use crate::corpus::read::files::Files;
use crate::corpus::read::jsonl::JsonLines;
use crate::corpus::read::later::{Broken, Later};
use crate::corpus::read::ledger::{Ledger, SkipCode};
use crate::corpus::read::manifest::{manifest, outlet_rows, slashed, warn_of_unlisted};
use crate::corpus::read::names::{
    Format, PARQUET, PARQUET_MEND, format_of, has_ending, is_about, is_article, is_outlets,
    is_part_of_page, parquet_from_stdin, unknown_format,
};
#[cfg(feature = "parquet")]
use crate::corpus::read::parquet::Parquet;
use crate::corpus::read::record::Record;
use crate::corpus::read::rows::Rows;
use crate::corpus::read::stream::{Stream, sha256_of};
use crate::corpus::read::table::{Table, headings};
use crate::corpus::read::walk::{is_report, walk};
use crate::corpus::read::{Source, cut_off, shown};

/// What the inputs hold, and what is wrong with them.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) sources: VecDeque<Box<dyn Source>>,
    pub(crate) outlets: OutletTable,
    pub(crate) ledger: Ledger,
    pub(crate) errors: Vec<InputError>,
    pub(crate) options: ReadOptions,
    /// The `outlets.csv` files read already.
    outlet_files: Vec<PathBuf>,
}

/// A file of records.
#[derive(Clone, Debug)]
pub(crate) struct RecordFile {
    path: PathBuf,
    /// Its path relative to the input.
    pub(crate) name: String,
    format: Format,
    options: ReadOptions,
}

impl RecordFile {
    /// Where it lies.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// An input, and what its files are called by.
pub(crate) struct NamedInput {
    path: PathBuf,
    /// Its file name, with as many folders before it as tell it from other inputs.
    name: String,
    /// Whether the files of a folder are called by its name too.
    is_prefix: bool,
}

/// The inputs, patterns replaced by what they match.
pub(crate) fn named(inputs: &[PathBuf]) -> Vec<NamedInput> {
    let matched = |input: &PathBuf| match input.exists() {
        true => vec![input.clone()],
        false => matching(input).unwrap_or_else(|| vec![input.clone()]),
    };
    let paths: Vec<PathBuf> = inputs.iter().flat_map(matched).collect();
    let parts: Vec<Vec<String>> = paths.iter().map(|path| parts(path)).collect();
    let named = paths.into_iter().zip(&parts).map(|(path, own)| {
        let others = || parts.iter().filter(|other| *other != own);
        let tells = |n: &usize| !others().any(|other| other.ends_with(&own[own.len() - n..]));
        let n = (1..=own.len()).find(tells).unwrap_or(own.len());
        NamedInput { path, name: own[own.len() - n..].join("/"), is_prefix: parts.len() > 1 }
    });
    named.collect()
}

/// The folders and the file of a path.
fn parts(path: &Path) -> Vec<String> {
    let normal = path.components().filter(|part| matches!(part, Component::Normal(_)));
    normal.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
}

/// Finds the articles of one input.
pub(crate) fn find(input: &NamedInput, found: &mut Found) {
    let NamedInput { path, name, is_prefix } = input;
    if path == Path::new("-") {
        return open_stdin(found);
    }
    let named = path.file_name().is_none_or(|name| name.to_str().is_some());
    if !named && (*is_prefix || !path.is_dir()) {
        let reason = "its name is not UTF-8, so that no report could name it";
        found.errors.push(InputError::format(path, reason, "rename it"));
    } else if path.is_dir() {
        find_in_folder(path, &input.prefix(), found);
    } else if path.exists() {
        open_file(path, name.clone(), found);
    } else {
        found.errors.push(InputError::missing(path));
    }
}

impl NamedInput {
    /// What stands before the names of the files in it.
    fn prefix(&self) -> String {
        match self.is_prefix && !self.name.is_empty() {
            true => format!("{}/", self.name),
            false => String::new(),
        }
    }
}

/// Reads the `outlets.csv` beside the articles of one input. All of them are read before any article,
/// for one may hold the column that articles are divided by.
pub(crate) fn find_outlets(input: &NamedInput, found: &mut Found) {
    if input.path == Path::new("-") {
        return;
    }
    if input.path.is_dir() {
        read_outlets(&input.path, &input.prefix(), found);
    } else if input.path.exists() {
        let (folder, prefix) = (input.path.parent(), input.name.rsplit_once('/'));
        let prefix = prefix.map_or(String::new(), |(above, _)| format!("{above}/"));
        read_outlets(folder.unwrap_or(Path::new("")), &prefix, found);
    }
}

/// The paths that a pattern such as `2023/*.csv` matches, sorted; `None` if it matches none. Shells
/// expand patterns themselves, unless they stand between quotation marks; as with them, a file whose
/// name begins with a dot must be asked for with one.
fn matching(input: &Path) -> Option<Vec<PathBuf>> {
    let pattern = input.to_str().filter(|text| text.contains(['*', '?', '[']))?;
    let as_shells = MatchOptions { require_literal_leading_dot: true, ..MatchOptions::new() };
    let paths: Vec<PathBuf> = glob::glob_with(pattern, as_shells).ok()?.flatten().collect();
    (!paths.is_empty()).then_some(paths)
}

fn read_outlets(folder: &Path, prefix: &str, found: &mut Found) {
    let path = folder.join("outlets.csv");
    if !is_there(&path) || found.outlet_files.contains(&path) {
        return;
    }
    let name = format!("{prefix}outlets.csv");
    let rows = outlet_rows(&path, &name, &found.options, &mut found.outlets, &mut found.ledger);
    match rows {
        Ok(rows) => {
            let errors = found.outlets.add_rows(&shown(&path), &rows);
            found.errors.extend(first_twenty(&shown(&path), errors));
        }
        Err(error) => found.errors.push(error),
    }
    found.outlet_files.push(path);
}

/// Whether something lies there that may be read as a file; what is none is an error then.
fn is_there(path: &Path) -> bool {
    path.exists() && !path.is_dir()
}

/// The list of a folder's articles; the first of these that is there.
const LISTS: [&str; 3] = ["corpus.csv", "corpus.csv.gz", "corpus.csv.zst"];

fn find_in_folder(folder: &Path, prefix: &str, found: &mut Found) {
    if let Some(list) = LISTS.map(|name| folder.join(name)).iter().find(|list| is_there(list)) {
        return add_list(folder, list, prefix, found);
    }
    if is_report(folder) {
        let mend = "name the folder of the articles instead";
        return found.errors.push(InputError::format(folder, "this is a report", mend));
    }
    let walked = match walk(folder) {
        Ok(walked) => walked,
        Err(error) => return found.errors.push(error),
    };
    walked.warnings(&shown(folder)).into_iter().for_each(|warning| found.ledger.warn(warning));
    let before = found.sources.len();
    let files = without_unnameable(&walked.files, prefix, found);
    let files = files.into_iter().filter(|path| !is_part_of_page(path, &walked.files));
    let (articles, others): (Vec<&PathBuf>, Vec<&PathBuf>) =
        files.partition(|path| is_article(path));
    let records = |path: &&PathBuf| format_of(path).is_some() && !is_outlets(path);
    let loose: Vec<&PathBuf> =
        articles.iter().copied().filter(|path| path.components().count() < 2).collect();
    let (records, others): (Vec<&PathBuf>, Vec<&PathBuf>) = others.into_iter().partition(records);
    let texts = articles.len() > loose.len();
    let others_hold = || others.iter().find(|path| has_ending(path, "parquet"));
    if let Some(path) = others_hold().filter(|_| !texts && records.is_empty()) {
        return found.errors.push(unknown_format(&folder.join(path)));
    }
    if !texts && (articles.is_empty() || !records.is_empty()) {
        if records.is_empty() && others.is_empty() && found.sources.len() > before {
            return;
        }
        warn_of_unread(folder, loose.into_iter().chain(others), found);
        return open_shards(folder, prefix, records.into_iter(), found);
    }
    if !texts {
        found.errors.push(InputError::format(
            folder,
            format!("its {} texts do not say which outlet they are from", loose.len()),
            "put the texts into one folder per outlet, or list them in a `corpus.csv` with the \
             columns `outlet` and `file`",
        ));
        return;
    }
    let (records, tables): (Vec<&PathBuf>, Vec<&PathBuf>) =
        records.into_iter().partition(|path| may_hold_articles(&folder.join(path), found));
    walked.empty_folders(&shown(folder)).into_iter().for_each(|note| found.ledger.warn(note));
    warn_of_unread(folder, loose.into_iter().chain(others).chain(tables), found);
    let articles = articles.into_iter().filter(|path| path.components().count() > 1);
    let entries = articles.map(|path| entry(folder, prefix, path)).collect();
    let encoding = found.options.said_encoding();
    found.sources.push_back(Box::new(Files { entries, encoding, bytes_read: 0 }));
    if !records.is_empty() {
        return open_shards(folder, prefix, records.into_iter(), found);
    }
    if let Some(by) = found.options.columns.get(Column::By.name()).filter(|_| prefix.is_empty()) {
        let (path, heading, groups) = (shown(folder), by.clone(), Vec::new());
        found.errors.push(InputError::NoStratum { path, heading, groups });
    }
}

/// The files whose paths can be written down. A report could not name the others, and two outlets
/// would become one: those that hold articles are skipped.
fn without_unnameable<'a>(
    files: &'a BTreeSet<PathBuf>,
    prefix: &str,
    found: &mut Found,
) -> Vec<&'a PathBuf> {
    let (named, unnameable): (Vec<&PathBuf>, Vec<&PathBuf>) =
        files.iter().partition(|path| path.to_str().is_some());
    let holds = |path: &&&PathBuf| is_article(path) || format_of(path).is_some();
    for path in unnameable.iter().filter(holds) {
        let source = format!("{prefix}{}", slashed(path));
        let skipped = SkipCode::Unnameable.skipped(&source, None, "its path is not UTF-8");
        found.sources.push_back(Box::new(Broken(Some(skipped))));
    }
    named.into_iter().chain(unnameable.into_iter().filter(|path| !holds(&path))).collect()
}

/// Whether a file beside the folders of outlets holds articles: notes and lists of other things lie
/// there too. A file that cannot be looked into does: it is reported as broken.
fn may_hold_articles(path: &Path, found: &Found) -> bool {
    let said = found.options.said_encoding();
    let Ok(stream) = Stream::open(Some(path), said) else { return true };
    if format_of(path) != Some(Format::Table) {
        let read = || JsonLines::new(String::new(), "", stream, &found.options);
        return !has_ending(path, "json") || !read().is_ok_and(|file| file.is_foreign());
    }
    let Ok(headings) = headings(&mut Rows::new(stream.bytes), "") else { return true };
    match Choice::new(&headings, &found.options) {
        Ok(choice) => choice.has(Column::Outlet) && choice.has(Column::Text),
        Err(_) => true,
    }
}

/// An article whose outlet is the name of its topmost folder.
fn entry(folder: &Path, prefix: &str, path: &Path) -> (Option<PathBuf>, Record) {
    let outlet = path.components().next().map(|part| part.as_os_str().to_string_lossy());
    let record = Record {
        source: format!("{prefix}{}", slashed(path)),
        outlet: outlet.unwrap_or_default().into_owned(),
        ..Record::default()
    };
    (Some(folder.join(path)), record)
}

fn warn_of_unread<'a>(folder: &Path, paths: impl Iterator<Item = &'a PathBuf>, found: &mut Found) {
    for path in paths.filter(|path| !is_about(path) && !is_outlets(path)) {
        let (why, mend) = if format_of(path).is_some() {
            let mend = "if it holds articles, name it as an input of its own, which says what is \
                        missing; else move it elsewhere";
            ("does not look like a file of articles with their outlets", mend)
        } else if has_ending(path, "parquet") {
            ("is Parquet, which this program was installed without", PARQUET_MEND)
        } else {
            let mend = "move it into the folder of its outlet as .txt or .html, write it as .csv, .tsv, \
                        .jsonl or .json (also packed as .gz or .zst), or move it elsewhere";
            ("is neither a text in an outlet's folder nor a file of articles that is read", mend)
        };
        let what = format!("the file `{}` {why}", slashed(path));
        found.ledger.warn(Message::new("W401", shown(folder), what, mend));
    }
}

fn open_shards<'a>(
    folder: &Path,
    prefix: &str,
    shards: impl Iterator<Item = &'a PathBuf>,
    found: &mut Found,
) {
    let mut empty = true;
    for path in shards {
        empty = false;
        open_in_folder(&folder.join(path), format!("{prefix}{}", slashed(path)), found);
    }
    if empty {
        found.errors.push(InputError::format(
            folder,
            "there are no articles in this folder",
            "put one folder per outlet into it with the articles as .txt or .html, or a `corpus.csv`",
        ));
    }
}

/// Opens a file among others: one that is empty or damaged at its start is skipped, not an error.
fn open_in_folder(path: &Path, name: String, found: &mut Found) {
    let start = Stream::open(Some(path), found.options.said_encoding())
        .and_then(|mut stream| stream.bytes.fill_buf().map(|bytes| bytes.is_empty()));
    let skipped = match start {
        Ok(false) => {
            let n_errors = found.errors.len();
            open_file(path, name.clone(), found);
            let damaged = |error: &mut InputError| matches!(error, InputError::Damaged { .. });
            match found.errors.extract_if(n_errors.., damaged).next() {
                Some(error) => SkipCode::Damaged.skipped(&name, None, error.to_string()),
                None => return,
            }
        }
        Ok(true) => SkipCode::Empty.skipped(&name, None, "it is empty"),
        Err(error) => cut_off(&name, 1, &error),
    };
    if let Ok(sum) = sha256_of(path) {
        found.ledger.add_file(&name, sum);
    }
    found.sources.push_back(Box::new(Broken(Some(skipped))));
}

fn open_file(path: &Path, name: String, found: &mut Found) {
    let Some(format) = format_of(path) else {
        return found.errors.push(unknown_format(path));
    };
    if format == Format::Table && lists_files(path, &found.options) {
        let prefix = name.rsplit_once('/').map_or(String::new(), |(above, _)| format!("{above}/"));
        return add_manifest(path, &prefix, found);
    }
    let options = found.options.clone();
    let file = RecordFile { path: path.to_owned(), name, format, options };
    match open_records(&file, &mut found.ledger) {
        Ok(_) => found.sources.push_back(Box::new(Later::new(file))),
        Err(error) => found.errors.push(error),
    }
}

/// Opens a file of records as far as its headings or first record.
pub(crate) fn open_records(
    file: &RecordFile,
    ledger: &mut Ledger,
) -> Result<Box<dyn Source>, InputError> {
    #[cfg(feature = "parquet")]
    if file.format == Format::Parquet {
        let (name, options) = (file.name.clone(), &file.options);
        return Ok(Box::new(Parquet::open(&file.path, name, options, ledger)?));
    }
    let stream = Stream::open(Some(&file.path), file.options.said_encoding())
        .map_err(|error| InputError::unreadable(&file.path, &error))?;
    source(file.format, file.name.clone(), &shown(&file.path), stream, &file.options, ledger)
}

/// Stdin holds JSON lines if it starts like them, else a table.
fn open_stdin(found: &mut Found) {
    let opened = Stream::open(None, found.options.said_encoding()).and_then(|mut stream| {
        let start = stream.bytes.fill_buf()?.trim_ascii_start();
        if start.starts_with(PARQUET) {
            return Ok(None);
        }
        let json = start.starts_with(b"{") || start.starts_with(b"[");
        let format = if json { Format::JsonLines } else { Format::Table };
        Ok(Some((format, stream)))
    });
    match opened {
        Ok(None) => found.errors.push(parquet_from_stdin()),
        Ok(Some((format, stream))) => {
            let options = found.options.clone();
            match source(format, "-".into(), "-", stream, &options, &mut found.ledger) {
                Ok(source) => found.sources.push_back(source),
                Err(error) => found.errors.push(error),
            }
        }
        Err(error) => found.errors.push(InputError::unreadable(Path::new("-"), &error)),
    }
}

fn source(
    format: Format,
    name: String,
    shown: &str,
    stream: Stream,
    options: &ReadOptions,
    ledger: &mut Ledger,
) -> Result<Box<dyn Source>, InputError> {
    Ok(match format {
        #[cfg(feature = "parquet")]
        Format::Parquet => unreachable!("a Parquet file is read from its end, not as a stream"),
        Format::JsonLines => Box::new(JsonLines::new(name, shown, stream, options)?),
        Format::Table => Box::new(Table::new(name, shown, stream, options, ledger)?),
    })
}

/// Opens the list of a folder. One that holds the texts and names no files is a table of articles like
/// any other.
fn add_list(folder: &Path, list: &Path, prefix: &str, found: &mut Found) {
    if !holds_texts(list, &found.options) {
        return add_manifest(list, prefix, found);
    }
    warn_of_unlisted(folder, list, &BTreeMap::new(), &mut found.ledger);
    let name = list.file_name().unwrap_or_default().to_string_lossy();
    open_in_folder(list, format!("{prefix}{name}"), found);
}

fn add_manifest(path: &Path, prefix: &str, found: &mut Found) {
    match manifest(path, prefix, &found.options, &mut found.ledger) {
        Ok(files) if files.entries.is_empty() => found.errors.push(InputError::table(
            &shown(path),
            "it lists no article",
            "add a row for each article",
        )),
        Ok(files) => found.sources.push_back(Box::new(files)),
        Err(errors) => found.errors.extend(errors),
    }
}

/// Whether a table names the articles' files instead of holding their texts.
fn lists_files(path: &Path, options: &ReadOptions) -> bool {
    chosen(path, options)
        .is_some_and(|choice| choice.has(Column::File) && !choice.has(Column::Text))
}

/// Whether a table holds the texts and names no files.
fn holds_texts(path: &Path, options: &ReadOptions) -> bool {
    chosen(path, options)
        .is_some_and(|choice| choice.has(Column::Text) && !choice.has(Column::File))
}

/// What the headings of a table hold, if that can be told.
fn chosen(path: &Path, options: &ReadOptions) -> Option<Choice> {
    let stream = Stream::open(Some(path), options.said_encoding()).ok()?;
    let headings = headings(&mut Rows::new(stream.bytes), "").ok()?;
    Choice::new(&headings, options).ok()
}
