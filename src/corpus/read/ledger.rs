//! What reading has to tell besides articles: warnings, and files with their checksums.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Message, Sha256Hex, listed};
use crate::corpus::article::Skipped;
use crate::corpus::dates::ORDER_MEND;
use crate::corpus::decode::Doubt;
use crate::corpus::error::InputError;
use crate::corpus::read::InputFile;

/// Messages of one kind that are printed; the rest is counted.
const SHOWN: usize = 20;

/// Collects messages and input files.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    warnings: BTreeMap<&'static str, Kind>,
    /// What tables do not read, and which tables.
    unread: BTreeMap<String, BTreeSet<String>>,
    /// Each heading that is not read, and the first table that has it.
    unread_headings: BTreeMap<String, String>,
    /// The first file, in sorted order, that does not hold the title that its list gives, and how
    /// many there are.
    titles_added: Option<(String, usize)>,
    files: Vec<InputFile>,
    /// Keys of records of which nobody can tell what they hold, by message and place.
    unclear: BTreeMap<(String, String), InputError>,
    /// The first date, in sorted order, that may be day first or month first, and how many there are.
    ambiguous: Option<(String, String)>,
    n_ambiguous: usize,
    /// By file, the first row whose date can only have the day first, and the first that cannot.
    orders: BTreeMap<String, [Option<(u64, String)>; 2]>,
}

/// The messages that share a code.
#[derive(Debug, Default)]
struct Kind {
    /// The first in sorted order, so that the order of the articles does not show.
    first: BTreeSet<Message>,
    n_more: usize,
}

impl Ledger {
    /// Notes a warning.
    pub(crate) fn warn(&mut self, message: Message) {
        let kind = self.warnings.entry(message.code).or_default();
        if kind.first.insert(message) && kind.first.len() > SHOWN {
            kind.first.pop_last();
            kind.n_more += 1;
        }
    }

    /// Notes a date that may be day first or month first.
    pub(crate) fn ambiguous_date(&mut self, place: &str, reason: String) {
        self.n_ambiguous += 1;
        let found = (place.to_string(), reason);
        if self.ambiguous.as_ref().is_none_or(|known| found < *known) {
            self.ambiguous = Some(found);
        }
    }

    /// Notes a date that can only be read with the day first, or only with the month first.
    pub(crate) fn date_order(&mut self, source: &str, row: u64, day_first: bool, cell: &str) {
        let known = self.orders.entry(source.to_string()).or_default();
        let known = &mut known[usize::from(!day_first)];
        if known.as_ref().is_none_or(|(first, _)| row < *first) {
            *known = Some((row, cell.trim().to_string()));
        }
    }

    /// The error about dates of one file that contradict each other, if there are any.
    fn contradiction(&self) -> Option<InputError> {
        self.orders.iter().find_map(|(path, orders)| {
            let [Some((day_row, day)), Some((month_row, month))] = orders else { return None };
            let reason = format!(
                "dates contradict each other: record {day_row} has the day first (`{day}`), record \
                 {month_row} the month (`{month}`)"
            );
            let mend = "write all dates in one way, such as 2023-04-03".to_string();
            Some(InputError::Dates { path: path.clone(), reason, mend })
        })
    }

    /// The error about dates that may be day first or month first, if there are any.
    fn date_error(&self) -> Option<InputError> {
        let Some((path, reason)) = self.ambiguous.clone() else { return self.contradiction() };
        let reason = match self.n_ambiguous {
            1 => reason,
            2 => format!("{reason}, and 1 other too"),
            n => format!("{reason}, and {} others too", n - 1),
        };
        Some(InputError::Dates { path, reason, mend: ORDER_MEND.to_string() })
    }

    /// Notes that nobody can tell which key of a record holds a column.
    pub(crate) fn unclear(&mut self, error: InputError) {
        let message = Message::from(error.clone());
        self.unclear.insert((message.what, message.place), error);
        if self.unclear.len() > SHOWN {
            self.unclear.pop_last();
        }
    }

    /// What is wrong with the input as a whole, as far as it has been read.
    pub(crate) fn errors(&self) -> impl Iterator<Item = InputError> {
        self.unclear.values().cloned().chain(self.date_error())
    }

    /// Notes headings that are not read; tables with the same ones share a message.
    pub(crate) fn unread(&mut self, place: &str, headings: &[String]) {
        for heading in headings {
            let first = self.unread_headings.entry(heading.clone());
            first.or_insert_with(|| place.to_string());
        }
        if !headings.is_empty() {
            self.unread.entry(listed(headings)).or_default().insert(place.to_string());
        }
    }

    /// The first table with a heading of that kind that is not read, and the heading.
    pub(crate) fn find_unread(&self, same: impl Fn(&str) -> bool) -> Option<(String, String)> {
        let (heading, place) = self.unread_headings.iter().find(|(heading, _)| same(heading))?;
        Some((place.clone(), heading.clone()))
    }

    fn unread_notes(&self) -> impl Iterator<Item = Message> {
        self.unread.iter().take(SHOWN).map(|(headings, places)| {
            let first = places.first().map_or("", String::as_str);
            let place = match places.len() {
                0 | 1 => first.to_string(),
                2 => format!("{first} and 1 more"),
                n => format!("{first} and {} more", n - 1),
            };
            let what = format!("these columns are not read: {headings}");
            let mend = "name one that should be, such as `--column text=HEADING`";
            Message::new("N401", place, what, mend)
        })
    }

    /// Notes that a file does not hold the title that its list gives.
    pub(crate) fn title_added(&mut self, path: &str) {
        let (first, n) = self.titles_added.take().unwrap_or_else(|| (path.to_string(), 0));
        let first = if path < first.as_str() { path.to_string() } else { first };
        self.titles_added = Some((first, n + 1));
    }

    fn title_note(&self) -> Option<Message> {
        let (first, n) = self.titles_added.as_ref()?;
        let what = match n {
            1 => "the file does not hold the title that its list gives; it was put before the text"
                .to_string(),
            n => format!(
                "{n} files, this one first, do not hold the titles that their list gives; these were \
                 put before the texts"
            ),
        };
        let mend = "nothing, if the titles are the headlines; else empty them in the list";
        Some(Message::new("N404", first.clone(), what, mend))
    }

    /// Notes that a text could not be read with certainty.
    pub(crate) fn doubt(&mut self, place: &str, doubt: &Doubt) {
        let (code, what) = match doubt {
            Doubt::Guessed(encoding) => (
                "W410",
                format!("the text is not UTF-8; it was read as {encoding}, which is a guess"),
            ),
            Doubt::Broken(n) => {
                ("W411", format!("the text has {n} broken places, read as `\u{FFFD}`"))
            }
        };
        let mend = match doubt {
            Doubt::Guessed(encoding) => {
                format!("say which one with `--encoding {encoding}`, or save it as UTF-8")
            }
            Doubt::Broken(_) => "save it as UTF-8".to_string(),
        };
        self.warn(Message::new(code, place, what, mend));
    }

    /// All warnings, sorted; those beyond the first twenty of a kind as a number.
    pub(crate) fn warnings(&self) -> Vec<Message> {
        let mut warnings: Vec<Message> = self.unread_notes().chain(self.title_note()).collect();
        for (code, kind) in &self.warnings {
            warnings.extend(kind.first.iter().cloned());
            if kind.n_more > 0 {
                let what = format!("{} more warnings of this kind", kind.n_more);
                warnings.push(Message::new(code, "", what, "mend the ones shown and run again"));
            }
        }
        warnings
    }

    /// Notes an input file that has been read to its end.
    pub(crate) fn add_file(&mut self, path: &str, sha256: Sha256Hex) {
        self.files.push(InputFile { path: path.into(), sha256 });
    }

    /// The files so far, sorted by path.
    pub(crate) fn files(&self) -> Vec<InputFile> {
        let mut files = self.files.clone();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        files
    }
}

/// Why one article could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SkipCode {
    NotText,
    Undecodable,
    Empty,
    BrokenRecord,
    NoOutlet,
    NoText,
    Truncated,
    Damaged,
    Unreadable,
    Duplicate,
    TooLarge,
    NoSpaces,
    Unnameable,
}

/// The largest text that is taken for one article, in bytes of UTF-8: 16 MiB, about 2.5 million
/// words. No news article comes near it; what is larger is many articles in one file, whose sentences
/// would all be counted as one outlet's one article.
pub(crate) const LARGEST: usize = 16 << 20;

/// What is wrong with a text above [`LARGEST`].
pub(crate) const TOO_LARGE: &str = "it is larger than 16 MiB, which no article is";

/// Why an article was skipped, in words.
impl From<&Skipped> for Message {
    fn from(skipped: &Skipped) -> Self {
        let known = SkipCode::ALL.iter().map(|code| code.code()).find(|code| *code == skipped.code);
        let record = skipped.record_no.map(|n| format!(", record {n}")).unwrap_or_default();
        let place = format!("{}{record}", skipped.source);
        Message::new(known.unwrap_or("W205"), place, skipped.reason.clone(), skipped.mend.clone())
    }
}

impl SkipCode {
    const ALL: [Self; 13] = [
        Self::NotText,
        Self::Undecodable,
        Self::Empty,
        Self::BrokenRecord,
        Self::NoOutlet,
        Self::NoText,
        Self::Truncated,
        Self::Damaged,
        Self::Unreadable,
        Self::Duplicate,
        Self::TooLarge,
        Self::NoSpaces,
        Self::Unnameable,
    ];

    fn code(self) -> &'static str {
        match self {
            Self::NotText => "W420",
            Self::Undecodable => "W421",
            Self::Empty => "W422",
            Self::BrokenRecord => "W423",
            Self::NoOutlet => "W424",
            Self::NoText => "W425",
            Self::Truncated => "W426",
            Self::Unreadable => "W427",
            Self::Duplicate => "W428",
            Self::TooLarge => "W429",
            Self::NoSpaces => "W430",
            Self::Unnameable => "W431",
            Self::Damaged => "W432",
        }
    }

    fn mend(self) -> &'static str {
        match self {
            Self::NotText => "convert it to plain text first",
            Self::Undecodable => "save it as UTF-8",
            Self::Empty => "remove it, or fill in its text",
            Self::BrokenRecord => "write the record again, or remove it",
            Self::NoOutlet => "fill in who published it",
            Self::NoText => "fill in its text",
            Self::Truncated => "copy the file again; it was cut off",
            Self::Damaged => "copy the file again, or write it again with its column names",
            Self::Unreadable => "check the file and your right to read it",
            Self::Unnameable => "rename the file or its folder",
            Self::Duplicate => "keep one copy, or give each its own id",
            Self::NoSpaces => {
                "install with the feature `cjk` (`cargo install --path . --features cjk`), or leave it out"
            }
            Self::TooLarge => "split it into its articles, one to a file or record",
        }
    }

    /// The row for `skipped.csv`.
    pub(crate) fn skipped(
        self,
        source: &str,
        record_no: Option<u64>,
        reason: impl Into<String>,
    ) -> Skipped {
        Skipped {
            source: source.into(),
            record_no,
            code: self.code().into(),
            reason: reason.into(),
            mend: self.mend().into(),
            ..Skipped::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_do_not_show_the_order_of_articles() {
        let warning = |n: usize| Message::new("W412", "a.csv", format!("article {n:02}"), "mend");
        let (mut up, mut down) = (Ledger::default(), Ledger::default());
        (0..30).for_each(|n| up.warn(warning(n)));
        (0..30).rev().for_each(|n| down.warn(warning(n)));
        assert_eq!(up.warnings(), down.warnings());
        assert_eq!(up.warnings().len(), 21);
        assert!(up.warnings()[20].what.starts_with("10 more"));
    }
}
