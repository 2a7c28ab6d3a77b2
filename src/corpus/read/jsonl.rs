//! Reads JSON Lines: one article per line.

use std::fmt;
use std::io::{self, BufRead};

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::corpus::article::Skipped;
use crate::corpus::decode::{Decoded, decode};
use crate::corpus::read::columns::Column;
use crate::corpus::read::ledger::{Ledger, SkipCode};
use crate::corpus::read::record::Record;
use crate::corpus::read::stream::{Checksum, Stream};
use crate::corpus::read::{Source, cut_off};

/// A file of JSON lines.
pub(crate) struct JsonLines {
    path: String,
    bytes: Option<Box<dyn BufRead + Send>>,
    sum: Checksum,
    line: Vec<u8>,
    line_no: u64,
}

impl JsonLines {
    /// Reads from a stream; `path` is relative to the input.
    pub(crate) fn new(path: String, stream: Stream) -> Self {
        let sum = stream.checksum();
        Self { path, bytes: Some(stream.bytes), sum, line: Vec::new(), line_no: 0 }
    }

    fn read_line(&mut self) -> io::Result<bool> {
        self.line.clear();
        let Some(bytes) = &mut self.bytes else { return Ok(false) };
        self.line_no += 1;
        Ok(bytes.read_until(b'\n', &mut self.line)? > 0)
    }

    fn end(&mut self, ledger: &mut Ledger) {
        if self.bytes.take().is_some()
            && let Some(sum) = self.sum.finish()
        {
            ledger.add_file(&self.path, sum);
        }
    }

    fn record(&mut self, ledger: &mut Ledger) -> Result<Record, Skipped> {
        let skip =
            |code: SkipCode, reason: String| code.skipped(&self.path, Some(self.line_no), reason);
        if std::str::from_utf8(&self.line).is_err() {
            let decoded = decode(std::mem::take(&mut self.line));
            let Ok(Decoded { text, doubt }) = decoded else {
                return Err(skip(SkipCode::Undecodable, "it is not UTF-8".into()));
            };
            if let Some(doubt) = doubt {
                ledger.doubt(&self.path, &doubt);
            }
            self.line = text.into_bytes();
        }
        let Cells(cells) = serde_json::from_slice(&self.line).map_err(|error| {
            let reason = if self.line.trim_ascii_start().starts_with(b"[") {
                "it is a JSON list; each object needs a line of its own".to_owned()
            } else {
                format!("it is not one JSON object on one line (column {})", error.column())
            };
            skip(SkipCode::BrokenRecord, reason)
        })?;
        let cell = |column: Column| {
            cells[column as usize].as_ref().map_or("", |cell| cell.1.as_str()).to_owned()
        };
        if cells[Column::Text as usize].is_none() {
            let reason = "it has no key `text`".to_owned();
            let mut skipped = skip(SkipCode::NoText, reason);
            (skipped.article_id, skipped.outlet) = (cell(Column::Id), cell(Column::Outlet));
            return Err(skipped);
        }
        Ok(Record {
            source: self.path.clone(),
            record_no: Some(self.line_no),
            ..Record::from_cells(cells.map(|cell| cell.unwrap_or_default().1))
        })
    }
}

impl Source for JsonLines {
    fn next(&mut self, ledger: &mut Ledger) -> Option<Result<Record, Skipped>> {
        loop {
            match self.read_line() {
                Ok(false) => {
                    self.end(ledger);
                    return None;
                }
                Ok(true) if self.line.trim_ascii().is_empty() => {}
                Ok(true) => return Some(self.record(ledger)),
                Err(error) => {
                    self.end(ledger);
                    return Some(Err(cut_off(&self.path, self.line_no, &error)));
                }
            }
        }
    }
}

/// The cells of one JSON object, in the order of [`Column::ALL`], each with the rank of its key.
struct Cells([Option<(usize, String)>; 9]);

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(CellsVisitor)
    }
}

struct CellsVisitor;

impl<'de> Visitor<'de> for CellsVisitor {
    type Value = Cells;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cells, A::Error> {
        let mut cells: [Option<(usize, String)>; 9] = Default::default();
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            let Some((column, rank)) = Column::find(&key) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let Cell(text) = map.next_value()?;
            let known = &mut cells[column as usize];
            if !text.is_empty() && known.as_ref().is_none_or(|(known, _)| rank < *known) {
                *known = Some((rank, text));
            }
        }
        Ok(Cells(cells))
    }
}

/// A value as text: numbers as written, a list as paragraphs, an object such as `{"name": "BBC"}` as
/// its name, `null` and the rest as nothing.
struct Cell(String);

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Cell, E> {
        Ok(Cell(text))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Cell, E> {
        Ok(Cell(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Cell, E> {
        Ok(Cell(number.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Cell, E> {
        Ok(Cell(String::new()))
    }

    fn visit_unit<E>(self) -> Result<Cell, E> {
        Ok(Cell(String::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Cell, A::Error> {
        let mut paragraphs = Vec::new();
        while let Some(Cell(text)) = seq.next_element()? {
            paragraphs.push(text);
        }
        Ok(Cell(paragraphs.join("\n\n")))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cell, A::Error> {
        let mut name = String::new();
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            if matches!(&*key, "name" | "title") && name.is_empty() {
                Cell(name) = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Cell(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(json: &str, column: Column) -> String {
        let Cells(cells) = serde_json::from_str(json).unwrap();
        cells[column as usize].as_ref().map_or("", |cell| cell.1.as_str()).to_owned()
    }

    #[test]
    fn numbers_lists_and_named_objects_become_text() {
        let json = r#"{"id": 17, "source": {"id": null, "name": "BBC"}, "text": ["One.", "Two."],
                       "date": null, "labels": {"x": [1]}}"#;
        assert_eq!(cell(json, Column::Id), "17");
        assert_eq!(cell(json, Column::Outlet), "BBC");
        assert_eq!(cell(json, Column::Text), "One.\n\nTwo.");
        assert_eq!(cell(json, Column::Published), "");
    }

    #[test]
    fn an_empty_value_gives_way_to_another_name_of_the_column() {
        assert_eq!(
            cell(r#"{"published": "", "date": "2023-02-04"}"#, Column::Published),
            "2023-02-04"
        );
        assert_eq!(cell(r#"{"body": "b", "text": "t"}"#, Column::Text), "t");
    }
}
