//! How inputs are read where they do not say it themselves.

use std::collections::BTreeMap;

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

use crate::base::Language;
use crate::corpus::outlets::outlet_name;
use crate::corpus::read::Column;

/// What the user says about the inputs; the default says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadOptions {
    /// The heading that holds a column (`outlet`, `published`, `text`, ...), by the column's name;
    /// `by` for the one that articles are divided by.
    pub columns: BTreeMap<String, String>,
    /// What comes first in a date such as `03/04/2023`.
    pub dates: DayOrder,
    /// Encoding of texts that are not UTF-8 and carry no byte-order mark, under the WHATWG's name;
    /// empty if it is to be guessed.
    pub encoding: String,
    /// Code of the language that all articles are in, whatever they say; empty if each says it itself.
    pub language: String,
}

/// What comes first in a date of numbers between slashes or hyphens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayOrder {
    /// Nobody says: such a date is an error.
    #[default]
    Unsaid,
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

impl ReadOptions {
    /// Reads the name of an outlet as the tables write it.
    pub fn outlet(said: &str) -> Result<String, String> {
        let name = outlet_name(said);
        if name.is_empty() { Err("write the name of an outlet".to_string()) } else { Ok(name) }
    }

    /// Reads `outlet=Source Name`; the error lists the columns there are.
    pub fn column(said: &str) -> Result<(String, String), String> {
        let columns = Column::ALL.iter().filter(|column| **column != Column::By);
        let names: Vec<&str> = columns.map(|column| column.name()).collect();
        let known = names.join(", ");
        let Some((name, heading)) = said.split_once('=') else {
            return Err(format!("write COLUMN=HEADING; the columns are {known}"));
        };
        let (name, heading) = (name.trim(), heading.trim());
        match Column::named(name).filter(|_| !heading.is_empty()) {
            Some(column) => Ok((column.name().to_string(), heading.to_string())),
            None => Err(format!("`{name}` is no column with a heading; the columns are {known}")),
        }
    }

    /// The name that the WHATWG gives to an encoding, such as `windows-1252` for `latin1`.
    pub fn encoding(said: &str) -> Result<String, String> {
        let plain = said.trim().to_lowercase().replace(['-', '_', ' '], "");
        let hyphened = |name: &str| plain.strip_prefix(name).map(|rest| format!("{name}-{rest}"));
        let spellings = [
            Some(said.trim().to_string()),
            Some(said.trim().replace('_', "-")),
            Some(plain.clone()),
            hyphened("utf"),
            hyphened("windows"),
            plain.strip_prefix("utf16").map(|rest| format!("utf-16{rest}")),
        ];
        let known =
            spellings.iter().flatten().find_map(|name| Encoding::for_label(name.as_bytes()));
        let unknown = "no such encoding; common ones are windows-1252, windows-1251, gb18030";
        known.map(|encoding| encoding.name().to_string()).ok_or_else(|| unknown.to_string())
    }

    /// The code of a language, such as `de` for `German`.
    pub fn language(said: &str) -> Result<String, String> {
        let unknown = "no such language; write its code, such as `de`, or its name in English";
        let known = Language::parse(said);
        known.map(|language| language.code().to_string()).ok_or_else(|| unknown.to_string())
    }

    /// The language that the user named.
    pub(crate) fn said_language(&self) -> Option<Language> {
        Language::parse(&self.language)
    }

    /// The encoding that the user named.
    pub(crate) fn said_encoding(&self) -> Option<&'static Encoding> {
        Encoding::for_label(self.encoding.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_may_hold_blanks_and_signs() {
        let read = ReadOptions::column("outlet=Source Name = x").unwrap();
        assert_eq!(read, ("outlet".into(), "Source Name = x".into()));
        assert_eq!(ReadOptions::column("date=When").unwrap(), ("published".into(), "When".into()));
        for wrong in ["outlet", "outlets=x", "outlet="] {
            assert!(ReadOptions::column(wrong).unwrap_err().contains("published"), "{wrong}");
        }
    }

    #[test]
    fn a_language_is_kept_under_its_code() {
        assert_eq!(ReadOptions::language("German").unwrap(), "de");
        assert!(ReadOptions::language("klingon").is_err() && ReadOptions::language("").is_err());
    }

    #[test]
    fn an_encoding_is_kept_under_one_name() {
        assert_eq!(ReadOptions::encoding("latin1").unwrap(), "windows-1252");
        assert_eq!(ReadOptions::encoding(" UTF8").unwrap(), "UTF-8");
        for (said, name) in [
            ("latin-1", "windows-1252"),
            ("Latin_1", "windows-1252"),
            ("utf_8", "UTF-8"),
            ("UTF-16LE", "UTF-16LE"),
            ("utf_16_be", "UTF-16BE"),
            ("utf16", "UTF-16LE"),
            ("cp_1251", "windows-1251"),
            ("windows1251", "windows-1251"),
            ("iso8859_2", "ISO-8859-2"),
        ] {
            assert_eq!(ReadOptions::encoding(said).unwrap(), name, "{said}");
        }
        assert!(ReadOptions::encoding("klingon").is_err());
    }
}
