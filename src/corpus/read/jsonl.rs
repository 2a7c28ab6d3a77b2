//! Reads JSON: one article per line, or objects one after the other or in a list.

use std::cell::RefCell;
use std::fmt;
use std::io::{self, BufRead, Read};

use serde::de::Visitor;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess};

use crate::corpus::article::Skipped;
use crate::corpus::error::InputError;
use crate::corpus::options::ReadOptions;
use crate::corpus::read::columns::{Column, Keys};
use crate::corpus::read::ledger::{LARGEST, Ledger, SkipCode, TOO_LARGE};
use crate::corpus::read::objects::Objects;
use crate::corpus::read::record::Record;
use crate::corpus::read::stream::{Checksum, Stream};
use crate::corpus::read::survey::Decoder;
use crate::corpus::read::table::unclear;
use crate::corpus::read::{Size, Source, cut_off};

/// The longest line that is read: a text of the largest size may take six bytes a letter in JSON.
const LONGEST: u64 = 7 * LARGEST as u64;

/// A file of JSON.
pub(crate) struct JsonLines {
    path: String,
    /// As typed.
    shown: String,
    bytes: Option<Box<dyn BufRead + Send>>,
    sum: Checksum,
    decoder: Decoder,
    keys: RefCell<Keys>,
    /// If objects run over lines; else each line is one.
    objects: Option<Objects>,
    /// Whether the last object was broken.
    broken: bool,
    line: Vec<u8>,
    line_no: u64,
    /// The first line, read to learn the keys, and not yet given.
    pending: bool,
    /// Whether the first object is none of an article.
    foreign: bool,
}

impl JsonLines {
    /// Reads from a stream as far as its first object, to tell what it holds; `path` is relative to
    /// the input, `shown` as typed.
    pub(crate) fn new(
        path: String,
        shown: &str,
        mut stream: Stream,
        options: &ReadOptions,
    ) -> Result<Self, InputError> {
        let sum = stream.checksum();
        let decoder = Decoder::new(sum.path(), options.said_encoding());
        let objects = stream.bytes.fill_buf().is_ok_and(Objects::run_over_lines);
        let objects = objects.then(Objects::default);
        let mut file = Self {
            path,
            shown: shown.to_string(),
            bytes: Some(stream.bytes),
            sum,
            decoder,
            keys: RefCell::new(Keys::new(options)),
            objects,
            broken: false,
            line: Vec::new(),
            line_no: 0,
            pending: false,
            foreign: false,
        };
        file.pending = file.read_filled_line().unwrap_or(false);
        let names = key_names(&file.line);
        let keys = file.keys.get_mut();
        let numbers = names.iter().filter_map(|name| keys.number(name)).map(|key| key.0);
        let numbers = numbers.collect();
        let chosen = keys.choose(numbers).map_err(|fault| unclear(shown, &fault))?;
        let has = |column: Column| !chosen[column as usize].is_empty();
        file.foreign = !(names.is_empty() || has(Column::Outlet) && has(Column::Text));
        Ok(file)
    }

    /// Whether its first object lacks an outlet or a text.
    pub(crate) fn is_foreign(&self) -> bool {
        self.foreign
    }

    /// Reads on to the next line that is not blank; false at the end.
    fn read_filled_line(&mut self) -> io::Result<bool> {
        loop {
            self.line.clear();
            let Some(bytes) = &mut self.bytes else { return Ok(false) };
            self.line_no += 1;
            let n_read = match &mut self.objects {
                Some(objects) => objects.read_one(bytes, LONGEST, &mut self.line)?,
                None => bytes.by_ref().take(LONGEST).read_until(b'\n', &mut self.line)?,
            };
            if n_read == 0 || !self.line.trim_ascii().is_empty() {
                return Ok(n_read > 0);
            }
        }
    }

    /// Passes over the rest of a line that is too long to be kept.
    fn pass_over_line(&mut self) {
        let Some(bytes) = &mut self.bytes else { return };
        while let Ok(part @ [_, ..]) = bytes.fill_buf() {
            let end = part.iter().position(|byte| *byte == b'\n');
            let n = end.map_or(part.len(), |at| at + 1);
            bytes.consume(n);
            if end.is_some() {
                return;
            }
        }
    }

    fn end(&mut self, ledger: &mut Ledger) {
        if self.bytes.take().is_some()
            && let Some(sum) = self.sum.finish()
        {
            ledger.add_file(&self.path, sum);
            let keys = self.keys.get_mut();
            ledger.unread(&self.path, &keys.unread());
            if let Some(fault) = keys.missing() {
                ledger.unclear(unclear(&self.shown, &fault));
            }
        }
        self.sum.warn_of_rest(&self.path, ledger);
    }

    fn skip(&self, code: SkipCode, reason: &str) -> Skipped {
        code.skipped(&self.path, Some(self.line_no), reason)
    }

    fn record(&mut self, ledger: &mut Ledger) -> Result<Record, Skipped> {
        if self.line.len() as u64 >= LONGEST {
            if self.objects.is_none() && !self.line.ends_with(b"\n") {
                self.pass_over_line();
            }
            return Err(self.skip(SkipCode::TooLarge, TOO_LARGE));
        }
        if std::str::from_utf8(&self.line).is_err() {
            let text = self.decoder.text(&self.line, &self.path, ledger);
            let undecodable = || self.skip(SkipCode::Undecodable, "it is not UTF-8");
            self.line = text.ok_or_else(undecodable)?.into_bytes();
        }
        let mut json = serde_json::Deserializer::from_slice(&self.line);
        let members = MembersSeed(&self.keys).deserialize(&mut json);
        let members = members.and_then(|members| json.end().map(|()| members));
        let mut members = members.map_err(|error| {
            let column = error.column();
            let reason = match self.objects.is_some() {
                true => "it is not one whole JSON object".to_owned(),
                false => format!("it is not one JSON object on one line (column {column})"),
            };
            self.skip(SkipCode::BrokenRecord, &reason)
        })?;
        if let Some(key) = members.twice {
            let reason = format!("its key `{}` stands there twice", self.keys.get_mut().name(key));
            return Err(self.skip(SkipCode::BrokenRecord, &reason));
        }
        let chosen = self.keys.get_mut().choose(std::mem::take(&mut members.keys));
        let chosen = chosen.map_err(|fault| {
            let error = unclear(&self.shown, &fault);
            let skipped = self.skip(SkipCode::BrokenRecord, &error.to_string());
            ledger.unclear(error);
            skipped
        })?;
        let cells = chosen.each_ref().map(|keys| members.take(keys));
        if cells[Column::Text as usize].is_empty() {
            let reason = match chosen[Column::Text as usize].first() {
                Some(&key) => format!("its key `{}` holds no text", self.keys.get_mut().name(key)),
                None => "it has no key `text`".to_owned(),
            };
            let mut skipped = self.skip(SkipCode::NoText, &reason);
            let [id, outlet, ..] = cells;
            (skipped.article_id, skipped.outlet) = (id, outlet);
            return Err(skipped);
        }
        Ok(Record {
            source: self.path.clone(),
            record_no: Some(self.line_no),
            ..Record::from_cells(cells)
        })
    }
}

impl Source for JsonLines {
    fn next(&mut self, ledger: &mut Ledger) -> Option<Result<Record, Skipped>> {
        let read = if self.pending { Ok(true) } else { self.read_filled_line() };
        self.pending = false;
        match read {
            Ok(true) => {
                let record = self.record(ledger);
                self.broken = record.as_ref().is_err_and(|skipped| skipped.code == "W423");
                Some(record)
            }
            Ok(false) => {
                self.end(ledger);
                // What a broken object has swallowed is told already.
                let cut = self.objects.take().is_some_and(|objects| objects.in_list());
                let error = || io::Error::new(io::ErrorKind::UnexpectedEof, "no `]` ends its list");
                (cut && !self.broken).then(|| Err(cut_off(&self.path, self.line_no, &error())))
            }
            Err(error) => {
                self.end(ledger);
                Some(Err(cut_off(&self.path, self.line_no, &error)))
            }
        }
    }

    fn size(&self) -> Option<Size> {
        self.sum.size()
    }

    fn bytes_read(&self) -> u64 {
        self.sum.bytes_read()
    }
}

/// The keys of an object, in its order; none if it is broken.
fn key_names(object: &[u8]) -> Vec<String> {
    type Members = serde_json::Map<String, serde_json::Value>;
    let members = serde_json::from_slice::<Members>(object).unwrap_or_default();
    members.into_iter().map(|(key, _)| key).collect()
}

/// The members of one JSON object.
#[derive(Default)]
struct Members {
    /// The numbers of the keys that the choice may rest on.
    keys: Vec<usize>,
    /// The values of keys that may hold a column, but for empty ones.
    values: Vec<(usize, String)>,
    /// A key that may hold a column and stands there twice.
    twice: Option<usize>,
}

impl Members {
    /// Takes out the first value under the first of these keys that has one; empty if none has.
    fn take(&mut self, keys: &[usize]) -> String {
        let at = |key| self.values.iter().position(|(known, _)| known == key);
        let at = keys.iter().find_map(at);
        at.map_or_else(String::new, |at| std::mem::take(&mut self.values[at].1))
    }
}

/// Reads the members of an object under the keys of its file.
struct MembersSeed<'a>(&'a RefCell<Keys>);

impl<'de> DeserializeSeed<'de> for MembersSeed<'_> {
    type Value = Members;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Members, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for MembersSeed<'_> {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Members::default();
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            let known = self.0.borrow_mut().number(&key);
            let again = known.filter(|(number, holds)| *holds && members.keys.contains(number));
            members.twice = members.twice.or(again.map(|(number, _)| number));
            members.keys.extend(known.map(|(number, _)| number));
            let Some((number, true)) = known else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let Cell(text) = map.next_value()?;
            if !text.is_empty() {
                members.values.push((number, text));
            }
        }
        Ok(members)
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
        let keys = RefCell::default();
        let mut json = serde_json::Deserializer::from_str(json);
        let mut members = MembersSeed(&keys).deserialize(&mut json).unwrap();
        let chosen = keys.borrow_mut().choose(std::mem::take(&mut members.keys)).unwrap();
        members.take(&chosen[column as usize])
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
