//! Reads Parquet, as Spark, pandas and DuckDB write it: one article per row.

use std::path::Path;

use encoding_rs::Encoding;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use parquet::basic::{LogicalType, TimeUnit, Type as PhysicalType};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;

use crate::base::open_ordinary;
use crate::corpus::article::Skipped;
use crate::corpus::decode::decode;
use crate::corpus::error::InputError;
use crate::corpus::options::ReadOptions;
use crate::corpus::read::columns::{Cells, Choice, Column};
use crate::corpus::read::ledger::{Ledger, SkipCode};
use crate::corpus::read::record::Record;
use crate::corpus::read::stream::Checksum;
use crate::corpus::read::table::{no_column, unclear};
use crate::corpus::read::{Size, Source, shown};

/// A Parquet file of articles. Only the columns that are read are decoded.
pub(crate) struct Parquet {
    path: String,
    rows: Option<RowIter<'static>>,
    sum: Checksum,
    columns: Vec<(Column, Clock)>,
    row_no: u64,
    n_rows: u64,
    encoding: Option<&'static Encoding>,
}

/// How the numbers of a column of moments are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Clock {
    /// Ticks in a second; 0 if the column holds no moments.
    ticks: i64,
    /// Whether the moments are in UTC; else their zone is unknown.
    is_utc: bool,
}

impl Parquet {
    /// Reads the schema; `name` is relative to the input.
    pub(crate) fn open(
        path: &Path,
        name: String,
        options: &ReadOptions,
        ledger: &mut Ledger,
    ) -> Result<Self, InputError> {
        let file = open_ordinary(path).map_err(|error| InputError::unreadable(path, &error))?;
        let broken = |error: parquet::errors::ParquetError| {
            let mend = "write the file again; it may have been cut off while it was copied";
            let reason = format!("it is no whole Parquet file ({error})");
            InputError::damaged(&shown(path), reason, mend)
        };
        let reader = SerializedFileReader::new(file).map_err(broken)?;
        let schema = reader.metadata().file_metadata().schema().clone();
        let n_rows = reader.metadata().file_metadata().num_rows();
        let n_rows = u64::try_from(n_rows).unwrap_or_default();
        let (fields, columns, unread) = wanted(&schema, path, options)?;
        ledger.unread(&name, &unread);
        let projection =
            Type::group_type_builder(schema.name()).with_fields(fields).build().map_err(broken)?;
        let rows =
            RowIter::from_file_into(Box::new(reader)).project(Some(projection)).map_err(broken)?;
        let (sum, encoding) = (Checksum::of_file(path), options.said_encoding());
        Ok(Self { path: name, rows: Some(rows), sum, columns, row_no: 0, n_rows, encoding })
    }

    fn record(&self, row: Row, ledger: &mut Ledger) -> Result<Record, Skipped> {
        let mut cells = Cells::default();
        for ((_, field), (column, clock)) in row.into_columns().into_iter().zip(&self.columns) {
            cells[*column as usize] = self.cell(field, *clock, ledger)?;
        }
        let (source, record_no) = (self.path.clone(), Some(self.row_no));
        Ok(Record { source, record_no, ..Record::from_cells(cells) })
    }

    /// A value as text: a list as paragraphs, a group as its name, nothing for what is no text.
    fn cell(&self, field: Field, clock: Clock, ledger: &mut Ledger) -> Result<String, Skipped> {
        Ok(match field {
            Field::Str(text) => text,
            Field::Bytes(bytes) => {
                let decoded = decode(bytes.data().to_vec(), self.encoding).map_err(|_| {
                    let reason = "it is not UTF-8";
                    SkipCode::Undecodable.skipped(&self.path, Some(self.row_no), reason)
                })?;
                if let Some(doubt) = decoded.doubt {
                    ledger.doubt(&self.path, &doubt);
                }
                decoded.text
            }
            Field::TimestampMillis(ticks) => moment(ticks, Clock { ticks: 1_000, ..clock }),
            Field::TimestampMicros(ticks) => moment(ticks, Clock { ticks: 1_000_000, ..clock }),
            Field::Long(ticks) if clock.ticks > 0 => moment(ticks, clock),
            Field::ListInternal(list) => {
                let parts = list.elements().iter().cloned();
                let parts: Result<Vec<String>, _> =
                    parts.map(|part| self.cell(part, clock, ledger)).collect();
                parts?.join("\n\n")
            }
            Field::Group(row) => {
                let mut fields = row.into_columns().into_iter();
                match fields.find(|(name, _)| matches!(name.as_str(), "name" | "title")) {
                    Some((_, field)) => self.cell(field, clock, ledger)?,
                    None => String::new(),
                }
            }
            Field::Null | Field::Bool(_) | Field::MapInternal(_) => String::new(),
            Field::TimeMillis(_) | Field::TimeMicros(_) => String::new(),
            number_or_date => number_or_date.to_string(),
        })
    }

    fn end(&mut self, ledger: &mut Ledger) {
        self.rows = None;
        if let Some(sum) = self.sum.finish() {
            ledger.add_file(&self.path, sum);
        }
    }
}

impl Source for Parquet {
    fn next(&mut self, ledger: &mut Ledger) -> Option<Result<Record, Skipped>> {
        let next = self.rows.as_mut()?.next();
        self.row_no += 1;
        match next {
            Some(Ok(row)) => Some(self.record(row, ledger)),
            Some(Err(error)) => {
                self.end(ledger);
                let reason = format!("this and later articles are missing ({error})");
                let row_no = Some(self.row_no);
                Some(Err(SkipCode::Truncated.skipped(&self.path, row_no, reason)))
            }
            None => {
                self.end(ledger);
                None
            }
        }
    }

    fn size(&self) -> Option<Size> {
        self.sum.size()
    }

    /// A Parquet file is read in pieces from everywhere: by its rows.
    fn bytes_read(&self) -> u64 {
        let bytes = self.size().unwrap_or_default().bytes;
        let share = self.row_no.min(self.n_rows) as f64 / self.n_rows.max(1) as f64;
        (bytes as f64 * share) as u64
    }
}

/// The fields of the schema that hold parts of an article, in the schema's order; and the names of
/// those that are not read.
#[allow(clippy::type_complexity, reason = "two lists that run side by side")]
fn wanted(
    schema: &Type,
    path: &Path,
    options: &ReadOptions,
) -> Result<(Vec<parquet::schema::types::TypePtr>, Vec<(Column, Clock)>, Vec<String>), InputError> {
    let shown = path.display().to_string();
    let fields = schema.get_fields();
    let headings: Vec<String> = fields.iter().map(|field| field.name().to_owned()).collect();
    let choice = Choice::new(&headings, options).map_err(|fault| unclear(&shown, &fault))?;
    for column in [Column::Outlet, Column::Text] {
        if !choice.has(column) {
            return Err(no_column(&shown, column, &headings));
        }
    }
    let columns = Column::ALL.into_iter().filter(|column| *column != Column::File);
    let mut found: Vec<(usize, Column)> =
        columns.filter_map(|column| Some((choice.places[column as usize]?, column))).collect();
    found.sort_unstable();
    let kept = found.iter().map(|(place, _)| fields[*place].clone()).collect();
    let columns = found.iter().map(|(place, column)| (*column, clock(&fields[*place]))).collect();
    Ok((kept, columns, choice.unread))
}

/// What the schema says about the moments of a column.
fn clock(field: &Type) -> Clock {
    let none = Clock { ticks: 0, is_utc: false };
    if !field.is_primitive() || field.get_physical_type() != PhysicalType::INT64 {
        return none;
    }
    let Some(LogicalType::Timestamp(timestamp)) = field.get_basic_info().logical_type_ref() else {
        return none;
    };
    let ticks = match timestamp.unit {
        TimeUnit::MILLIS => 1_000,
        TimeUnit::MICROS => 1_000_000,
        TimeUnit::NANOS => 1_000_000_000,
    };
    Clock { ticks, is_utc: timestamp.is_adjusted_to_u_t_c }
}

/// A moment as it would be printed; a number beyond all calendars is left as a number, so that the
/// reader of dates can refuse it.
fn moment(ticks: i64, clock: Clock) -> String {
    let Ok(moment) = Timestamp::from_second(ticks.div_euclid(clock.ticks)) else {
        return ticks.to_string();
    };
    let format = if clock.is_utc { "%Y-%m-%d %H:%M:%SZ" } else { "%Y-%m-%d %H:%M:%S" };
    TimeZone::UTC.to_datetime(moment).strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::Arc;

    use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use super::*;
    use crate::corpus::Draft;
    use crate::corpus::read::open;

    /// A file with two articles, in a row group each.
    fn written(schema: &str, moments: [i64; 2]) -> tempfile::NamedTempFile {
        let file = tempfile::Builder::new().suffix(".parquet").tempfile().unwrap();
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let properties = Arc::new(WriterProperties::builder().build());
        let handle = file.reopen().unwrap();
        let mut writer = SerializedFileWriter::new(handle, schema, properties).unwrap();
        let rows = [["Vox", "Talks", "They met."], ["Slate", "War", "It began."]];
        for (row, moment) in rows.into_iter().zip(moments) {
            let mut group = writer.next_row_group().unwrap();
            let mut cells = row.into_iter();
            while let Some(mut column) = group.next_column().unwrap() {
                if let parquet::column::writer::ColumnWriter::Int64ColumnWriter(_) =
                    column.untyped()
                {
                    column.typed::<Int64Type>().write_batch(&[moment], None, None).unwrap();
                } else if let Some(cell) = cells.next() {
                    let cell = ByteArray::from(cell);
                    column.typed::<ByteArrayType>().write_batch(&[cell], None, None).unwrap();
                }
                column.close().unwrap();
            }
            group.close().unwrap();
        }
        writer.close().unwrap();
        file
    }

    fn drafts(path: &Path) -> Vec<Draft> {
        let mut reader = open(&[path.to_owned()], &ReadOptions::default())
            .unwrap_or_else(|errors| panic!("{errors:?}"));
        let drafts: Vec<Draft> = reader.by_ref().map(Result::unwrap).collect();
        assert_eq!(reader.files().len(), 1, "the file and its checksum are in the manifest");
        drafts
    }

    const SCHEMA: &str = "message articles {
        required binary media_name (UTF8);
        required int64 publish_date (TIMESTAMP(MICROS,true));
        required binary title (UTF8);
        required binary text (UTF8);
    }";

    #[test]
    fn rows_become_articles_under_a_collectors_names() {
        let file = written(SCHEMA, [1_675_500_000_000_000, 0]);
        let drafts = drafts(file.path());
        assert_eq!(drafts.len(), 2);
        assert_eq!(drafts[0].outlet, "Vox");
        assert_eq!(drafts[0].basis.text, "Talks\n\nThey met.");
        assert_eq!(drafts[0].published.day.as_deref(), Some("2023-02-04"));
        assert_eq!(drafts[0].published.time.as_deref(), Some("08:40"));
        assert_eq!(drafts[0].source_file, None);
    }

    #[test]
    fn nanoseconds_without_a_zone_keep_it_unknown() {
        let schema = SCHEMA.replace("TIMESTAMP(MICROS,true)", "TIMESTAMP(NANOS,false)");
        let file = written(&schema, [1_675_500_000_000_000_000, 1_675_468_800_000_000_000]);
        let drafts = drafts(file.path());
        assert_eq!(drafts[0].published.zone, crate::base::Zone::Unknown);
        assert_eq!(drafts[0].published.time.as_deref(), Some("08:40"));
        assert_eq!(drafts[1].published.time, None, "midnight without a zone is a day");
    }

    #[test]
    fn a_file_without_a_text_column_names_the_columns_it_has() {
        let file = written(&SCHEMA.replace(" text ", " summary "), [0, 0]);
        let Err(errors) = open(&[file.path().to_owned()], &ReadOptions::default()) else {
            panic!("it opened")
        };
        assert!(errors[0].to_string().contains("`summary`"), "{}", errors[0]);
    }

    #[test]
    fn a_file_that_was_cut_off_or_is_no_parquet_is_an_error() {
        let whole = std::fs::read(written(SCHEMA, [0, 0]).path()).unwrap();
        for bytes in [&whole[..whole.len() / 2], b"PAR1", b"", b"id,outlet,text\n"] {
            let mut file = tempfile::Builder::new().suffix(".parquet").tempfile().unwrap();
            file.write_all(bytes).unwrap();
            let Err(errors) = open(&[file.path().to_owned()], &ReadOptions::default()) else {
                panic!("it opened")
            };
            assert!(errors[0].to_string().contains("no whole Parquet file"), "{}", errors[0]);
        }
    }

    #[test]
    fn a_broken_page_ends_the_file_with_a_reason() {
        let file = written(SCHEMA, [0, 0]);
        let mut bytes = std::fs::read(file.path()).unwrap();
        bytes[4..40].fill(0xFF);
        std::fs::write(file.path(), bytes).unwrap();
        let mut reader = open(&[file.path().to_owned()], &ReadOptions::default()).unwrap();
        let skipped = reader.by_ref().find_map(Result::err).unwrap();
        assert_eq!(skipped.code, "W426");
    }
}
