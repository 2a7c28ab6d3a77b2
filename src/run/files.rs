//! The files of a report's tables, each written when its table is filled.

use crate::report::{Cell, Folder, Output, ReportError, Stream, Table, write_stream, write_table};

/// Writes the tables of one report.
pub(crate) struct Files<'a> {
    folder: &'a Folder,
    /// The tables to write; all of them if empty.
    wanted: &'a [String],
    /// What was written.
    pub(crate) outputs: Vec<Output>,
    /// Cells guarded against being run as formulas.
    pub(crate) guarded_cells: u64,
}

impl<'a> Files<'a> {
    pub(crate) fn new(folder: &'a Folder, wanted: &'a [String]) -> Self {
        Self { folder, wanted, outputs: Vec::new(), guarded_cells: 0 }
    }

    /// Writes a filled table.
    pub(crate) fn write(&mut self, table: &Table) -> Result<(), ReportError> {
        if self.wants(table.name) {
            let path = path(table.name);
            let written = self.folder.write(&path, |out| write_table(table, out))?;
            self.guarded_cells += written.value;
            self.outputs.push(written.output);
        }
        Ok(())
    }

    /// Writes a table row by row.
    pub(crate) fn stream(&mut self, table: Stream<'_>) -> Result<(), ReportError> {
        if self.wants(table.name) {
            let path = path(table.name);
            let written = self.folder.write(&path, |out| write_stream(table, out))?;
            self.guarded_cells += written.value;
            self.outputs.push(written.output);
        }
        Ok(())
    }

    /// Writes a table row by row and gives back those on whole articles: what people read is made
    /// from these.
    pub(crate) fn stream_whole(&mut self, table: Stream<'_>) -> Result<Table, ReportError> {
        let section = table.position("section");
        let whole = |row: &Vec<Cell>| section.is_none_or(|at| row[at] == Cell::text("all"));
        let mut kept = Table { name: table.name, columns: table.columns.clone(), rows: Vec::new() };
        if self.wants(table.name) {
            let keep =
                |row: &Vec<Cell>| kept.rows.extend(Some(row).filter(|row| whole(row)).cloned());
            self.stream(Stream { rows: Box::new(table.rows.inspect(keep)), ..table })?;
        } else {
            kept.rows.extend(table.rows.filter(whole));
        }
        Ok(kept)
    }

    fn wants(&self, table: &str) -> bool {
        self.wanted.is_empty() || self.wanted.iter().any(|name| name == table)
    }
}

fn path(table: &str) -> String {
    format!("tables/{table}.csv")
}
