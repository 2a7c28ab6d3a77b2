//! Finds what an input is: a folder with a manifest, a folder of outlets, a file of records, stdin.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use crate::base::Message;
use crate::corpus::error::{InputError, first_twenty};
use crate::corpus::outlets::OutletTable;
use crate::corpus::read::columns::{Column, places};
use crate::corpus::read::files::Files;
use crate::corpus::read::jsonl::JsonLines;
use crate::corpus::read::ledger::Ledger;
use crate::corpus::read::manifest::{manifest, outlet_rows, slashed};
#[cfg(feature = "parquet")]
use crate::corpus::read::parquet::Parquet;
use crate::corpus::read::record::Record;
use crate::corpus::read::stream::Stream;
use crate::corpus::read::table::{Table, csv_reader, headings};
use crate::corpus::read::walk::{is_report, walk};
use crate::corpus::read::{Source, shown};

/// What the inputs hold, and what is wrong with them.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) sources: VecDeque<Box<dyn Source>>,
    pub(crate) outlets: OutletTable,
    pub(crate) ledger: Ledger,
    pub(crate) errors: Vec<InputError>,
    /// The `outlets.csv` files read already.
    outlet_files: Vec<PathBuf>,
}

/// A file of records, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    JsonLines,
    Table,
    #[cfg(feature = "parquet")]
    Parquet,
}

/// What people hand in where a text or a table is expected, and what to do then.
const KNOWN_OTHERS: [(&str, &str); 9] = [
    (
        "parquet",
        "install with the feature `parquet` (`cargo install --path . --features parquet`), or write \
         it as .jsonl or .csv",
    ),
    ("xlsx", "save the sheet as CSV UTF-8"),
    ("xls", "save the sheet as CSV UTF-8"),
    ("ods", "save the sheet as CSV UTF-8"),
    ("pdf", "convert it to plain text first"),
    ("docx", "save it as plain text first"),
    ("html", "save the article's text as .txt first"),
    ("zip", "unpack it and name the folder"),
    ("txt", "put it into a folder named after its outlet, and name the folder above it"),
];

/// Finds the articles of one input. `several` says that its name must tell its files from others'.
pub(crate) fn find(input: &Path, several: bool, found: &mut Found) {
    if input == Path::new("-") {
        return open_stdin(found);
    }
    let name = input.file_name().unwrap_or_default().to_string_lossy();
    if input.is_dir() {
        let prefix = if several && !name.is_empty() { format!("{name}/") } else { String::new() };
        read_outlets(input, &prefix, found);
        find_in_folder(input, &prefix, found);
    } else if input.exists() {
        read_outlets(input.parent().unwrap_or(Path::new("")), "", found);
        open_file(input, name.into_owned(), found);
    } else {
        found.errors.push(InputError::missing(input));
    }
}

fn read_outlets(folder: &Path, prefix: &str, found: &mut Found) {
    let path = folder.join("outlets.csv");
    if !path.is_file() || found.outlet_files.contains(&path) {
        return;
    }
    match outlet_rows(&path, &format!("{prefix}outlets.csv"), &mut found.ledger) {
        Ok(rows) => {
            let errors = found.outlets.add_rows(&shown(&path), &rows);
            found.errors.extend(first_twenty(&shown(&path), errors));
        }
        Err(error) => found.errors.push(error),
    }
    found.outlet_files.push(path);
}

fn find_in_folder(folder: &Path, prefix: &str, found: &mut Found) {
    let list = folder.join("corpus.csv");
    if list.is_file() {
        return add_manifest(&list, prefix, found);
    }
    if is_report(folder) {
        let mend = "name the folder of the articles instead";
        return found.errors.push(InputError::format(folder, "this is a report", mend));
    }
    let files = match walk(folder) {
        Ok(files) => files,
        Err(error) => return found.errors.push(error),
    };
    let (articles, others): (Vec<&PathBuf>, Vec<&PathBuf>) =
        files.iter().partition(|path| has_ending(path, "txt") && !is_about(path));
    let records = |path: &&PathBuf| format_of(path).is_some() && !is_outlets(path);
    if articles.is_empty() {
        return open_shards(folder, prefix, others.into_iter().filter(records), found);
    }
    let loose: Vec<&PathBuf> =
        articles.iter().copied().filter(|path| path.components().count() < 2).collect();
    if loose.len() == articles.len() {
        found.errors.push(InputError::format(
            folder,
            format!("its {} texts do not say which outlet they are from", loose.len()),
            "put the texts into one folder per outlet, or list them in a `corpus.csv` with the \
             columns `outlet` and `file`",
        ));
        return;
    }
    warn_of_unread(folder, loose.into_iter().chain(others), found);
    let articles = articles.into_iter().filter(|path| path.components().count() > 1);
    let entries = articles.map(|path| entry(folder, prefix, path)).collect();
    found.sources.push_back(Box::new(Files { entries }));
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
        let what = format!("the file `{}` is not a text in an outlet's folder", slashed(path));
        let mend = "move it into the folder of its outlet as .txt, or elsewhere";
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
        open_file(&folder.join(path), format!("{prefix}{}", slashed(path)), found);
    }
    if empty {
        found.errors.push(InputError::format(
            folder,
            "there are no articles in this folder",
            "put one folder per outlet into it with the articles as .txt, or a `corpus.csv`",
        ));
    }
}

fn open_file(path: &Path, name: String, found: &mut Found) {
    let Some(format) = format_of(path) else {
        return found.errors.push(unknown_format(path));
    };
    if format == Format::Table && lists_files(path) {
        let prefix = name.rsplit_once('/').map_or(String::new(), |(above, _)| format!("{above}/"));
        return add_manifest(path, &prefix, found);
    }
    #[cfg(feature = "parquet")]
    if format == Format::Parquet {
        return match Parquet::open(path, name) {
            Ok(rows) => found.sources.push_back(Box::new(rows)),
            Err(error) => found.errors.push(error),
        };
    }
    let stream = match Stream::open(Some(path)) {
        Ok(stream) => stream,
        Err(error) => return found.errors.push(InputError::unreadable(path, &error)),
    };
    add_stream(format, name, &shown(path), stream, found);
}

/// Stdin holds JSON lines if it starts like them, else a table.
fn open_stdin(found: &mut Found) {
    let opened = Stream::open(None).and_then(|mut stream| {
        let start = stream.bytes.fill_buf()?.trim_ascii_start();
        let format = if start.starts_with(b"{") { Format::JsonLines } else { Format::Table };
        Ok((format, stream))
    });
    match opened {
        Ok((format, stream)) => add_stream(format, "-".into(), "-", stream, found),
        Err(error) => found.errors.push(InputError::unreadable(Path::new("-"), &error)),
    }
}

fn add_stream(format: Format, name: String, shown: &str, stream: Stream, found: &mut Found) {
    match format {
        #[cfg(feature = "parquet")]
        Format::Parquet => unreachable!("a Parquet file is read from its end, not as a stream"),
        Format::JsonLines => found.sources.push_back(Box::new(JsonLines::new(name, stream))),
        Format::Table => match Table::new(name, shown, stream) {
            Ok(table) => found.sources.push_back(Box::new(table)),
            Err(error) => found.errors.push(error),
        },
    }
}

fn add_manifest(path: &Path, prefix: &str, found: &mut Found) {
    match manifest(path, prefix, &mut found.ledger) {
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
fn lists_files(path: &Path) -> bool {
    let Ok(stream) = Stream::open(Some(path)) else { return false };
    let Ok(headings) = headings(&mut csv_reader(stream.bytes), "") else { return false };
    let columns = places(headings.iter().map(String::as_str));
    columns[Column::File as usize].is_some() && columns[Column::Text as usize].is_none()
}

fn format_of(path: &Path) -> Option<Format> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let name = name.trim_end_matches(".gz").trim_end_matches(".zst").trim_end_matches(".zstd");
    match name.rsplit_once('.')?.1 {
        "jsonl" | "ndjson" | "jl" => Some(Format::JsonLines),
        "csv" | "tsv" | "tab" => Some(Format::Table),
        #[cfg(feature = "parquet")]
        "parquet" if has_ending(path, "parquet") => Some(Format::Parquet),
        _ => None,
    }
}

fn unknown_format(path: &Path) -> InputError {
    let known = KNOWN_OTHERS.iter().find(|(ending, _)| has_ending(path, ending));
    let mend = known.map_or("hand in .csv, .tsv or .jsonl, or a folder of texts", |(_, mend)| mend);
    InputError::format(path, "this kind of file is not read", mend)
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|known| known.eq_ignore_ascii_case(ending))
}

/// A file that tells people about the folder; `license-dispute.txt` may be an article.
pub(crate) fn is_about(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let stem = name.split_once('.').map_or(name.as_str(), |(stem, _)| stem);
    matches!(stem, "readme" | "license" | "licence")
}

fn is_outlets(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "outlets.csv")
}
