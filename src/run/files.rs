//! The files of a report's tables, each written when its table is filled.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::report::{
    Cell, Folder, Growing, Lines, Output, READ, ReportError, Stream, Table, TableSpec,
    write_stream, write_table,
};
use crate::run::Watch;

/// Writes the tables of one report; two threads may write different ones.
pub(crate) struct Files<'a> {
    folder: &'a Folder,
    /// The tables to write; all of them if empty.
    wanted: &'a [String],
    watch: &'a Watch,
    written: Mutex<Total>,
}

/// What has been written, in no order.
#[derive(Debug, Default)]
pub(crate) struct Total {
    /// The files.
    pub(crate) outputs: Vec<Output>,
    /// Cells guarded against being run as formulas.
    pub(crate) guarded_cells: u64,
}

impl<'a> Files<'a> {
    pub(crate) fn new(folder: &'a Folder, wanted: &'a [String], watch: &'a Watch) -> Self {
        Self { folder, wanted, watch, written: Mutex::default() }
    }

    /// Writes a filled table.
    pub(crate) fn write(&self, table: &Table) -> Result<(), ReportError> {
        if self.wants(table.name) {
            self.watch.pause();
            let path = path(table.name);
            let written = self.folder.write(&path, |out| write_table(table, out))?;
            self.add(written.output, written.value);
        }
        Ok(())
    }

    /// Writes a table row by row.
    pub(crate) fn stream(&self, table: Stream<'_>) -> Result<(), ReportError> {
        if self.wants(table.name) {
            let path = path(table.name);
            let rows = table.rows.inspect(|_| self.watch.pause());
            let table = Stream { rows: Box::new(rows), ..table };
            let written = self.folder.write(&path, |out| write_stream(table, out))?;
            self.add(written.output, written.value);
        }
        Ok(())
    }

    /// Writes a table row by row and gives back what people read of it: the rows on whole articles
    /// and topmost categories, and their columns that are read.
    pub(crate) fn stream_whole(&self, table: Stream<'_>) -> Result<Table, ReportError> {
        let excerpt = Excerpt::of(&table);
        let columns = excerpt.columns.iter().map(|&at| table.columns[at].clone()).collect();
        let mut kept = Table { name: table.name, columns, rows: Vec::new() };
        if self.wants(table.name) {
            let keep = |row: &Vec<Cell>| kept.rows.extend(excerpt.row(row));
            self.stream(Stream { rows: Box::new(table.rows.inspect(keep)), ..table })?;
        } else {
            kept.rows.extend(table.rows.filter_map(|row| excerpt.row(&row)));
        }
        Ok(kept)
    }

    /// Begins a table whose rows come article by article, beside those of others.
    pub(crate) fn open<R>(&self, spec: &'static TableSpec<R>) -> Result<Rising<R>, ReportError> {
        let path = path(spec.name);
        let mut rising = Rising { spec, place: self.folder.place(&path), lines: None };
        if self.wants(spec.name) {
            let names = spec.columns.iter().map(|column| column.name);
            let lines = Lines::with_header(self.folder.create(&path)?, names);
            let lines = lines.map_err(|error| rising.failed(error))?;
            rising.lines = Some(lines);
        }
        Ok(rising)
    }

    /// Ends such a table.
    pub(crate) fn close<R>(&self, rising: Rising<R>) -> Result<(), ReportError> {
        let Some(lines) = rising.lines else { return Ok(()) };
        let write = |error| ReportError::Write { path: rising.place.clone(), error };
        let (file, guarded) = lines.finish().map_err(write)?;
        self.add(file.finish()?, guarded);
        Ok(())
    }

    /// Writes a table whose lines were made, guarded and sorted before; `write` adds them.
    pub(crate) fn lines<'c>(
        &self,
        table: &str,
        columns: impl Iterator<Item = &'c str>,
        guarded: u64,
        write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>,
    ) -> Result<(), ReportError> {
        if self.wants(table) {
            let written = self.folder.write(&path(table), |out| {
                let (out, header) = Lines::with_header(out, columns)?.finish()?;
                write(out)?;
                Ok(header)
            })?;
            self.add(written.output, guarded + written.value);
        }
        Ok(())
    }

    fn add(&self, output: Output, guarded: u64) {
        let mut total = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        total.outputs.push(output);
        total.guarded_cells += guarded;
    }

    /// What was written.
    pub(crate) fn total(self) -> Total {
        self.written.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a table is to be written.
    pub(crate) fn wants(&self, table: &str) -> bool {
        self.wanted.is_empty() || self.wanted.iter().any(|name| name == table)
    }
}

/// Which part of a table people's texts are made from. All of `coverage` would be the largest thing in
/// memory: the world's states times 156 outlets took 75 MB (November 2026).
struct Excerpt {
    /// Positions of the columns that are read.
    columns: Vec<usize>,
    /// The column that tells whole articles from their sections.
    section: Option<usize>,
    /// The columns with the path of a category.
    paths: Vec<usize>,
}

impl Excerpt {
    fn of(table: &Stream<'_>) -> Self {
        let at = |names: &[&str]| names.iter().filter_map(|name| table.position(name)).collect();
        let section = table.position("section");
        Excerpt { columns: at(&READ), section, paths: at(&["frame", "label", "item"]) }
    }

    /// What is kept of a row; `None` of a section or a category below another.
    fn row(&self, row: &[Cell]) -> Option<Vec<Cell>> {
        let whole = self.section.is_none_or(|at| row[at] == Cell::text("all"));
        let top = |&at: &usize| !matches!(&row[at], Cell::Text(path) if path.contains('/'));
        let kept = whole && self.paths.iter().all(top);
        kept.then(|| self.columns.iter().map(|&at| row[at].clone()).collect())
    }
}

/// A table that grows article by article; it takes its rows even if nobody wants it.
pub(crate) struct Rising<R: 'static> {
    spec: &'static TableSpec<R>,
    place: PathBuf,
    lines: Option<Lines<Growing>>,
}

impl<R> Rising<R> {
    /// Whether anybody wants it.
    pub(crate) fn is_wanted(&self) -> bool {
        self.lines.is_some()
    }

    /// Writes a row.
    pub(crate) fn push(&mut self, row: &R) -> Result<(), ReportError> {
        let Some(lines) = &mut self.lines else { return Ok(()) };
        let cells: Vec<Cell> = self.spec.columns.iter().map(|c| (c.cell)(row)).collect();
        lines.row(&cells).map_err(|error| self.failed(error))
    }

    fn failed(&self, error: std::io::Error) -> ReportError {
        ReportError::Write { path: self.place.clone(), error }
    }
}

fn path(table: &str) -> String {
    format!("tables/{table}.csv")
}
