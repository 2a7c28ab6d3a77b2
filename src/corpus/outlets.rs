//! The optional `outlets.csv`: spellings folded to one name, the order of the columns, and groups.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::base::is_hidden;
use crate::corpus::error::InputError;

/// Spellings, order and groups of outlets. Without an `outlets.csv` every spelling is its own outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutletTable {
    /// Folded spelling to outlet name.
    names: BTreeMap<String, String>,
    orders: BTreeMap<String, i64>,
    /// Outlet to group, by the column that outlets are divided by.
    groups: BTreeMap<String, String>,
    /// The headings of the columns that outlets can be divided by.
    group_headings: Vec<String>,
}

/// One row of `outlets.csv`.
pub(crate) struct OutletRow {
    pub(crate) line: u64,
    pub(crate) outlet: String,
    pub(crate) alias: String,
    pub(crate) order: String,
    /// What stands in the column that outlets are divided by; empty if there is none.
    pub(crate) group: String,
}

impl OutletTable {
    /// The outlet that a spelling stands for; the spelling itself, white space collapsed, if the
    /// table does not list it. Case does not matter for listed spellings.
    pub fn name_of(&self, spelling: &str) -> String {
        match self.names.get(&fold_spelling(spelling)) {
            Some(name) => name.clone(),
            None => outlet_name(spelling),
        }
    }

    /// The outlet's place among the columns; `None` if the table gives none.
    pub fn order_of(&self, outlet: &str) -> Option<i64> {
        self.orders.get(outlet).copied()
    }

    /// The outlet's group in the column that outlets are divided by; `None` if the table gives none.
    pub fn group_of(&self, outlet: &str) -> Option<&str> {
        self.groups.get(outlet).map(String::as_str)
    }

    /// Compares two outlets as the tables list them: by `order`, those without one last, then by
    /// name in byte order.
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        let key = |outlet: &str| self.order_of(outlet).unwrap_or(i64::MAX);
        key(one).cmp(&key(other)).then_with(|| one.cmp(other))
    }

    /// The outlets that the table lists, in the order of the columns.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.names.values().cloned().collect();
        names.sort_by(|one, other| self.compare(one, other));
        names.dedup();
        names
    }

    /// The headings of the columns that outlets can be divided by.
    pub(crate) fn group_headings(&self) -> &[String] {
        &self.group_headings
    }

    /// Notes columns that outlets can be divided by.
    pub(crate) fn add_group_headings(&mut self, headings: Vec<String>) {
        for heading in headings {
            if !self.group_headings.contains(&heading) {
                self.group_headings.push(heading);
            }
        }
    }

    /// Adds the rows of one file; returns what is wrong with them.
    pub(crate) fn add_rows(&mut self, path: &str, rows: &[OutletRow]) -> Vec<InputError> {
        let mut errors = Vec::new();
        for row in rows {
            if let Err((reason, mend)) = self.add_row(row) {
                errors.push(InputError::row(path, row.line, reason, mend));
            }
        }
        errors
    }

    fn add_row(&mut self, row: &OutletRow) -> Result<(), (String, String)> {
        let outlet = outlet_name(&row.outlet);
        if outlet.is_empty() {
            let mend = "write the name that the tables shall show";
            return Err(("column `outlet` is empty".into(), mend.into()));
        }
        self.add_spelling(&outlet, &outlet)?;
        for alias in row.alias.split(['|', ';']).map(outlet_name).filter(|alias| !alias.is_empty())
        {
            self.add_spelling(&alias, &outlet)?;
        }
        self.add_group(&outlet, collapse(&row.group))?;
        self.add_order(outlet, row.order.trim())
    }

    fn add_spelling(&mut self, spelling: &str, outlet: &str) -> Result<(), (String, String)> {
        let known = self.names.insert(fold_spelling(spelling), outlet.to_owned());
        match known {
            Some(other) if other != outlet => Err((
                format!("`{spelling}` stands for `{other}` and for `{outlet}`"),
                "let each spelling stand for one outlet".into(),
            )),
            _ => Ok(()),
        }
    }

    fn add_group(&mut self, outlet: &str, group: String) -> Result<(), (String, String)> {
        if group.is_empty() {
            return Ok(());
        }
        let reason = |other: &str| format!("`{outlet}` is in group `{other}` and in `{group}`");
        match self.groups.get(outlet) {
            Some(other) if *other != group => {
                Err((reason(other), "let each outlet be in one group".into()))
            }
            _ => {
                self.groups.insert(outlet.to_owned(), group);
                Ok(())
            }
        }
    }

    fn add_order(&mut self, outlet: String, order: &str) -> Result<(), (String, String)> {
        if order.is_empty() {
            return Ok(());
        }
        let mend = "write a whole number such as 1";
        let Ok(number) = order.parse::<i64>() else {
            return Err((format!("order `{order}` is not a whole number"), mend.into()));
        };
        match self.orders.insert(outlet.clone(), number) {
            Some(other) if other != number => Err((
                format!("`{outlet}` has order {other} and order {number}"),
                "give each outlet one order".into(),
            )),
            _ => Ok(()),
        }
    }
}

/// A name as the tables print it: white space and control characters become single spaces. Two names
/// that differ in nothing else would look like one.
pub(crate) fn collapse(name: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    name.split(blank).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The name of an outlet as the tables print it: white space as in [`collapse`], letters composed
/// (NFC; the folders of a Mac take `ö` apart), and no characters that nobody sees, so that names which
/// look the same are the same. A joiner stays where it changes the shape of the letter before it.
pub(crate) fn outlet_name(name: &str) -> String {
    let mut seen = String::with_capacity(name.len());
    for c in name.nfc() {
        let shaped =
            || seen.chars().next_back().is_some_and(|c| c >= FIRST_SHAPED && c.is_alphabetic());
        let joiner = matches!(c, '\u{200c}' | '\u{200d}') && !shaped();
        if !is_hidden(c) && c != '\u{ad}' && !joiner {
            seen.push(c);
        }
    }
    collapse(&seen)
}

/// The first letter of the scripts in which a joiner changes the shape of letters; Latin, Greek and
/// Cyrillic come before it.
const FIRST_SHAPED: char = '\u{5d0}';

/// What two spellings share if they differ only by case and white space.
pub(crate) fn fold_spelling(name: &str) -> String {
    outlet_name(name).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: u64, outlet: &str, alias: &str, order: &str) -> OutletRow {
        let group = String::new();
        OutletRow { line, outlet: outlet.into(), alias: alias.into(), order: order.into(), group }
    }

    #[test]
    fn names_that_look_the_same_are_the_same() {
        for name in [
            "Die Zo\u{308}llner",
            "\u{200b}Die\u{a0}Z\u{202a}öllner\u{200d}",
            " Die Zöll\u{ad}ner\u{feff}",
        ] {
            assert_eq!(outlet_name(name), "Die Zöllner");
        }
        assert_eq!(outlet_name("\u{200b}\u{2060}\u{200c} "), "");
        assert_eq!(outlet_name("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    fn table(rows: &[OutletRow]) -> OutletTable {
        let mut table = OutletTable::default();
        assert!(table.add_rows("outlets.csv", rows).is_empty());
        table
    }

    #[test]
    fn an_alias_is_folded_to_its_outlet() {
        let table = table(&[row(2, "NPR", "NPR Online News|npr.org", ""), row(3, "Vox", "", "")]);
        assert_eq!(table.name_of("NPR  online news"), "NPR");
        assert_eq!(table.name_of("npr.org"), "NPR");
        assert_eq!(table.name_of("VOX"), "Vox");
        assert_eq!(table.name_of("Slate"), "Slate");
    }

    #[test]
    fn columns_follow_order_then_name() {
        let table = table(&[row(2, "B", "", ""), row(3, "A", "", ""), row(4, "Z", "", "1")]);
        assert_eq!(table.names(), ["Z", "A", "B"]);
        assert_eq!(table.order_of("Z"), Some(1));
        assert_eq!(table.order_of("A"), None);
    }

    #[test]
    fn every_bad_row_is_reported() {
        let rows = [
            row(2, "", "x", ""),
            row(3, "A", "", "first"),
            row(4, "B", "a", ""),
            row(5, "C", "", "1"),
            row(6, "C", "", "2"),
        ];
        assert_eq!(OutletTable::default().add_rows("outlets.csv", &rows).len(), 4);
    }
}
