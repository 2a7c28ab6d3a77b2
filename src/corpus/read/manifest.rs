//! Reads `corpus.csv`, the list of a folder's articles, and finds all its errors before any work.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Component, Path, PathBuf};

use csv::StringRecord;

use crate::base::{Message, read_ordinary, sha256_hex};
use crate::corpus::dates::{DATE_MEND, DateFault, ORDER_MEND, order_seen, read_cell};
use crate::corpus::decode::decode;
use crate::corpus::error::{InputError, first_twenty};
use crate::corpus::options::{DayOrder, ReadOptions};
use crate::corpus::outlets::{OutletRow, OutletTable};
use crate::corpus::read::columns::{Choice, Column, N_COLUMNS, fold_heading};
use crate::corpus::read::files::Files;
use crate::corpus::read::ledger::Ledger;
use crate::corpus::read::names::is_about;
use crate::corpus::read::record::Record;
use crate::corpus::read::rows::{Next, Row, Rows};
use crate::corpus::read::stream::unpack;
use crate::corpus::read::table::{headings, lacking, misquoted, no_column, unclear, unclosed};
use crate::corpus::read::walk::walk;

/// A whole small table: its headings and its rows with their lines.
pub(crate) struct SmallTable {
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<(u64, StringRecord)>,
}

/// Reads a small table into memory, packed or not and in any encoding; notes it among the input files as `name`.
pub(crate) fn small_table(
    path: &Path,
    name: &str,
    options: &ReadOptions,
    ledger: &mut Ledger,
) -> Result<SmallTable, InputError> {
    let shown = path.display().to_string();
    let bytes = read_ordinary(path).map_err(|error| InputError::unreadable(path, &error))?;
    ledger.add_file(name, sha256_hex(&bytes));
    let bytes =
        unpack(bytes, &shown, ledger).map_err(|error| InputError::unreadable(path, &error))?;
    let mend = "save it as CSV in UTF-8";
    let decoded = decode(bytes, options.said_encoding())
        .map_err(|_| InputError::table(&shown, "it is not a text file", mend))?;
    if let Some(doubt) = decoded.doubt {
        ledger.doubt(&shown, &doubt);
    }
    let mut reader = Rows::new(Box::new(Cursor::new(decoded.text)));
    let headings = headings(&mut reader, &shown)?;
    let (mut row, mut rows) = (Row::default(), Vec::new());
    loop {
        let next = reader.next(&mut row).map_err(|error| InputError::unreadable(path, &error))?;
        match next {
            Next::End => break,
            Next::Row if row.is_blank() => {}
            Next::Row => {
                rows.push((row.line, row.cells().map(String::from_utf8_lossy).collect()));
            }
            Next::TooLarge => {
                let reason = "the row is too large for one article";
                let mend = "close its quotation marks";
                return Err(InputError::row(&shown, row.line, reason, mend));
            }
            Next::Misquoted => {
                let mend = "double each quotation mark inside a quoted cell";
                let reason = misquoted(row.line, reader.line());
                return Err(InputError::row(&shown, row.line, reason, mend));
            }
            Next::Unclosed => {
                let mend = "close it, or double it inside a quoted cell";
                let line = row.last_line(next);
                return Err(InputError::row(&shown, line, unclosed(line), mend));
            }
        }
    }
    Ok(SmallTable { headings, rows })
}

/// Reads the rows of an `outlets.csv`, with the groups that articles are to be divided by, and notes the
/// headings of all columns that may hold groups.
pub(crate) fn outlet_rows(
    path: &Path,
    name: &str,
    options: &ReadOptions,
    outlets: &mut OutletTable,
    ledger: &mut Ledger,
) -> Result<Vec<OutletRow>, InputError> {
    const OWN: [&str; 3] = ["outlet", "alias", "order"];
    let table = small_table(path, name, options, ledger)?;
    let folded: Vec<String> = table.headings.iter().map(|heading| fold_heading(heading)).collect();
    let place = |name: &str| folded.iter().position(|heading| heading == name);
    let [outlet, alias, order] = OWN.map(place);
    let is_group = |heading: &&str| !heading.is_empty() && !OWN.contains(heading);
    let by = options.columns.get(Column::By.name()).map(|by| fold_heading(by));
    let group = by.as_deref().filter(is_group).and_then(place);
    if outlet.is_none() {
        let mend = "rename the column that holds the outlets' names to `outlet`";
        let reason = lacking(Column::Outlet, &table.headings);
        return Err(InputError::table(&path.display().to_string(), reason, mend));
    }
    let groups = table.headings.iter().zip(&folded).filter(|(_, name)| is_group(&name.as_str()));
    outlets.add_group_headings(groups.map(|(heading, _)| heading.trim().to_string()).collect());
    let row = |(line, cells): &(u64, StringRecord)| {
        let cell = |place: Option<usize>| place.and_then(|at| cells.get(at)).unwrap_or("").into();
        let [outlet, alias, order, group] = [outlet, alias, order, group].map(cell);
        OutletRow { line: *line, outlet, alias, order, group }
    };
    Ok(table.rows.iter().map(row).collect())
}

/// One manifest being read.
struct Manifest<'a> {
    folder: &'a Path,
    shown: String,
    prefix: &'a str,
    headings: &'a [String],
    columns: [Option<usize>; N_COLUMNS],
    options: &'a ReadOptions,
    files: Files,
    /// Line of each id and of each listed file.
    ids: BTreeMap<String, u64>,
    listed: BTreeMap<PathBuf, u64>,
    errors: Vec<InputError>,
    /// The first date that can be read in one order only: the order, its line and its cell.
    order: Option<(DayOrder, u64, String)>,
}

/// Reads a manifest; the paths in it are relative to its folder, those of messages and records get
/// the prefix.
pub(crate) fn manifest(
    path: &Path,
    prefix: &str,
    options: &ReadOptions,
    ledger: &mut Ledger,
) -> Result<Files, Vec<InputError>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let table = small_table(path, &format!("{prefix}{name}"), options, ledger);
    let table = table.map_err(|error| vec![error])?;
    let shown = path.display().to_string();
    let choice = Choice::new(&table.headings, options);
    let choice = choice.map_err(|fault| vec![unclear(&shown, &fault)])?;
    let lacks = |column: Column| !choice.has(column);
    if lacks(Column::Outlet) {
        return Err(vec![no_column(&shown, Column::Outlet, &table.headings)]);
    }
    if lacks(Column::File) && lacks(Column::Text) {
        return Err(vec![no_column(&shown, Column::File, &table.headings)]);
    }
    ledger.unread(&format!("{prefix}{name}"), &choice.unread);
    let mut manifest = Manifest {
        folder: path.parent().unwrap_or(Path::new("")),
        shown,
        prefix,
        headings: &table.headings,
        columns: choice.places,
        options,
        files: Files { encoding: options.said_encoding(), ..Files::default() },
        ids: BTreeMap::new(),
        listed: BTreeMap::new(),
        errors: Vec::new(),
        order: None,
    };
    for (row_no, (line, row)) in (1..).zip(&table.rows) {
        manifest.add_row(row_no, *line, row);
    }
    if !manifest.errors.is_empty() {
        return Err(first_twenty(&manifest.shown, manifest.errors));
    }
    warn_of_unlisted(manifest.folder, path, &manifest.listed, ledger);
    Ok(manifest.files)
}

impl Manifest<'_> {
    fn add_row(&mut self, row_no: u64, line: u64, row: &StringRecord) {
        if row.len() > self.headings.len() {
            let reason = format!("it has {} cells for {} columns", row.len(), self.headings.len());
            self.error(line, reason, "put cells that hold a separator between double quotes");
            return;
        }
        let cells = self.columns.map(|place| place.and_then(|at| row.get(at)).unwrap_or("").into());
        let file = Some(row)
            .zip(self.columns[Column::File as usize])
            .and_then(|(row, at)| row.get(at))
            .map_or("", str::trim);
        let mut record = Record::from_cells(cells);
        self.check_cells(line, &record);
        if file.is_empty() {
            if record.text.trim().is_empty() {
                self.error(line, "columns `file` and `text` are empty", "fill in one of them");
            }
            record.source = format!("{}{}", self.prefix, file_name(&self.shown));
            record.record_no = Some(row_no);
            self.files.entries.push_back((None, record));
            return;
        }
        let path = relative(file);
        record.source = format!("{}{}", self.prefix, slashed(&path));
        self.check_file(line, file, &path);
        self.files.entries.push_back((Some(self.folder.join(&path)), record));
    }

    fn check_cells(&mut self, line: u64, record: &Record) {
        if record.outlet.trim().is_empty() {
            self.error(line, "column `outlet` is empty", "fill in who published the article");
        }
        let mend = match read_cell(&record.published, self.options.dates) {
            Err(DateFault::Ambiguous) => Some((DateFault::Ambiguous, ORDER_MEND)),
            Err(fault @ (DateFault::Unreadable | DateFault::Against(_))) => {
                Some((fault, DATE_MEND))
            }
            _ => None,
        };
        if let Some((fault, mend)) = mend {
            self.error(line, fault.reason(record.published.trim()), mend);
        }
        self.check_order(line, &record.published);
        let id = record.id.trim();
        if id.is_empty() {
            return;
        }
        if let Some(first) = self.ids.insert(id.to_owned(), line) {
            self.ids.insert(id.to_owned(), first);
            self.errors.push(InputError::RepeatedId {
                id: id.to_owned(),
                first: format!("{}, line {first}", self.shown),
                second: format!("{}, line {line}", self.shown),
            });
        }
    }

    /// Dates that contradict each other are an error at the second of them.
    fn check_order(&mut self, line: u64, published: &str) {
        let Some(order) = order_seen(published) else { return };
        if self.options.dates != DayOrder::Unsaid {
            return;
        }
        let (known, first_line, first) =
            self.order.get_or_insert_with(|| (order, line, published.trim().to_string()));
        if *known != order {
            let reason = format!(
                "the dates `{first}` in line {first_line} and `{}` contradict each other: one has the \
                 day first, the other the month",
                published.trim()
            );
            self.error(line, reason, DATE_MEND);
        }
    }

    fn check_file(&mut self, line: u64, file: &str, path: &Path) {
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            let reason = format!("the path `{file}` leads out of this folder");
            self.error(line, reason, "move the file into the folder, so that the corpus is whole");
        } else if !self.folder.join(path).is_file() {
            let reason = match self.folder.join(path).exists() {
                true => format!("`{file}` is no ordinary file"),
                false => format!("there is no file `{file}` in this folder"),
            };
            self.error(line, reason, "check the spelling, or remove the row");
        }
        if let Some(first) = self.listed.insert(path.to_owned(), line) {
            let reason = format!("the file `{file}` is listed in line {first} already");
            self.error(line, reason, "list each file once");
        }
    }

    fn error(&mut self, line: u64, reason: impl Into<String>, mend: &str) {
        self.errors.push(InputError::row(&self.shown, line, reason, mend));
    }
}

/// Warns of the files in the folder of a list that the list does not name.
pub(crate) fn warn_of_unlisted(
    folder: &Path,
    list: &Path,
    listed: &BTreeMap<PathBuf, u64>,
    ledger: &mut Ledger,
) {
    let place = list.display().to_string();
    let walked = walk(folder).unwrap_or_default();
    walked.warnings(&place).into_iter().for_each(|warning| ledger.warn(warning));
    for path in walked.files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let about = is_about(&path)
            || name.ends_with(".toml")
            || name == "outlets.csv"
            || Some(path.as_os_str()) == list.file_name();
        if !about && !listed.contains_key(&path) {
            let what = format!("the file `{}` is not listed and was not read", slashed(&path));
            let mend = "add a row for it, or move it elsewhere";
            ledger.warn(Message::new("W401", place.clone(), what, mend));
        }
    }
}

/// A path as written in a cell, without `./` and with either kind of slash.
fn relative(cell: &str) -> PathBuf {
    let cell = cell.replace('\\', "/");
    Path::new(&cell).components().filter(|part| *part != Component::CurDir).collect()
}

/// A relative path with forward slashes, the same on every system. Bytes that are no UTF-8 are spelled
/// out (`caf\xE9`), so that no two paths look the same.
pub(crate) fn slashed(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in path.components() {
        let mut name = String::new();
        for piece in part.as_os_str().as_encoded_bytes().utf8_chunks() {
            name += piece.valid();
            piece.invalid().iter().for_each(|byte| name += &format!("\\x{byte:02X}"));
        }
        parts.push(name);
    }
    parts.join("/")
}

fn file_name(shown: &str) -> String {
    Path::new(shown).file_name().unwrap_or_default().to_string_lossy().into_owned()
}
