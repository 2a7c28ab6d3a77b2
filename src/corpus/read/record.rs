//! One article as its row or file says, and what becomes of it: a draft, or a reason to skip it.

use sha2::{Digest, Sha256};

use crate::base::{Language, LanguageFrom, Message, Published, Sha256Hex, Span, sha256_hex};
use crate::corpus::article::{Basis, Draft, Skipped, TextBasis};
use crate::corpus::dates::{DATE_MEND, DateFault, order_seen, read_cell};
use crate::corpus::fold::fold;
use crate::corpus::options::{DayOrder, ReadOptions};
use crate::corpus::outlets::{OutletTable, collapse, outlet_name};
use crate::corpus::read::columns::Cells;
use crate::corpus::read::html::text_of_html;
use crate::corpus::read::ledger::{LARGEST, Ledger, SkipCode, TOO_LARGE};
use crate::corpus::read::script::without_spaces;

/// One article as read, all cells still text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    /// File relative to the input.
    pub(crate) source: String,
    /// Number in that file, from 1; `None` for a file of its own.
    pub(crate) record_no: Option<u64>,
    pub(crate) id: String,
    pub(crate) outlet: String,
    pub(crate) published: String,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) language: String,
    pub(crate) event: String,
    pub(crate) url: String,
    pub(crate) by: String,
    /// Checksum of the article's own file; `None` for records.
    pub(crate) file_sha256: Option<Sha256Hex>,
}

impl Record {
    /// A record from its cells, in the order of `Column::ALL`.
    pub(crate) fn from_cells(cells: Cells) -> Self {
        let [id, outlet, published, title, text, language, event, url, _file, lead, by] = cells;
        let text = with_lead(&lead, text);
        Self { id, outlet, published, title, text, language, event, url, by, ..Self::default() }
    }

    /// Where it stands, for a message.
    pub(crate) fn place(&self) -> String {
        match self.record_no {
            Some(n) => format!("{}, record {n}", self.source),
            None => self.source.clone(),
        }
    }

    fn skip(&self, code: SkipCode, reason: impl Into<String>) -> Skipped {
        Skipped {
            article_id: self.id.trim().to_owned(),
            outlet: self.outlet.trim().to_owned(),
            ..code.skipped(&self.source, self.record_no, reason)
        }
    }

    /// Turns the cells into a draft.
    pub(crate) fn draft(
        mut self,
        outlets: &OutletTable,
        options: &ReadOptions,
        ledger: &mut Ledger,
    ) -> Result<Draft, Skipped> {
        if outlet_name(&self.outlet).is_empty() {
            return Err(self.skip(SkipCode::NoOutlet, "it does not say who published it"));
        }
        self.outlet = outlets.name_of(&self.outlet);
        if self.text.trim().is_empty() {
            return Err(self.skip(SkipCode::Empty, "it has no text"));
        }
        let id = match collapse(&self.id) {
            none if none.is_empty() => self.made_id(),
            id => id,
        };
        let source_sha256 = self.sha256();
        let own_file = self.file_sha256.is_some();
        let kind = match self.reduce_html() {
            TextBasis::Record if own_file => TextBasis::File,
            kind => kind,
        };
        if !self.text.contains(char::is_alphanumeric) {
            let blank = self.text.trim().is_empty();
            let reason = if blank { "it has no text, only HTML" } else { "its text has no word" };
            return Err(self.skip(SkipCode::Empty, reason));
        }
        if self.title.len() + self.text.len() > LARGEST {
            return Err(self.skip(SkipCode::TooLarge, TOO_LARGE));
        }
        let script = without_spaces(&self.text);
        if let Some(language) = script.filter(|_| !cfg!(feature = "cjk")) {
            let reason = format!("it is in {language}, which has no spaces between words");
            return Err(self.skip(SkipCode::NoSpaces, reason));
        }
        let (language, language_from) = self.language(&id, script, options, ledger);
        let published = self.published(&id, options.dates, ledger);
        let headline = own_file.then(|| title_in(&self.text, &self.title, kind)).flatten();
        let from_file = own_file && (headline.is_some() || fold(&self.title).is_empty());
        // A title that a list gives and the file does not hold is put before its text.
        let kind = if own_file && !from_file {
            ledger.title_added(&self.source);
            if kind == TextBasis::Html { kind } else { TextBasis::Record }
        } else {
            kind
        };
        let some = |cell: &str| Some(collapse(cell)).filter(|cell| !cell.is_empty());
        Ok(Draft {
            published,
            language,
            language_from,
            event: some(&self.event),
            stratum: outlets.group_of(&self.outlet).map(str::to_owned).or_else(|| some(&self.by)),
            url: some(&self.url),
            source_sha256,
            source_file: own_file.then(|| self.source.clone()),
            title: if from_file { headline } else { title_cell(&self.title) },
            outlet: std::mem::take(&mut self.outlet),
            basis: if from_file { file_basis(self.text, kind) } else { self.cells_basis(kind) },
            id,
        })
    }

    /// `a` + 16 hexadecimal digits of SHA-256 over (outlet, date, title, text), each preceded by its
    /// length in bytes and a colon, so that no two different articles run together.
    fn made_id(&self) -> String {
        let mut hasher = Sha256::new();
        for cell in [self.outlet.as_str(), self.published.trim(), &self.title, &self.text] {
            hasher.update(format!("{}:", cell.len()));
            hasher.update(cell);
        }
        let hex: String = hasher.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        format!("a{hex}")
    }

    /// The language that the user or the article says it is in. A text in a script without spaces is
    /// cut by a dictionary whatever they say, and never into single characters.
    fn language(
        &self,
        id: &str,
        script: Option<&str>,
        options: &ReadOptions,
        ledger: &mut Ledger,
    ) -> (Option<Language>, LanguageFrom) {
        let fits = |said: &Language| script.is_none() || !said.has_spaces();
        if let Some(said) = options.said_language().filter(fits) {
            return (Some(said), LanguageFrom::Option);
        }
        let given = Language::parse(&self.language);
        if given.is_none() && !Language::is_unsaid(&self.language) {
            let tag = self.language.trim();
            let what = format!("article `{id}`: no language is called `{tag}`");
            let mend = "write its code, such as `de`; until then its text tells";
            ledger.warn(Message::new("W413", self.source.clone(), what, mend));
        }
        match (given.filter(fits), script.and_then(Language::parse)) {
            (Some(given), _) => (Some(given), LanguageFrom::Given),
            (None, Some(seen)) => (Some(seen), LanguageFrom::Detected),
            (None, None) => (None, LanguageFrom::Assumed),
        }
    }

    fn published(&self, id: &str, dates: DayOrder, ledger: &mut Ledger) -> Published {
        if let Some(order) = order_seen(&self.published).filter(|_| dates == DayOrder::Unsaid) {
            let (row, day_first) = (self.record_no.unwrap_or(0), order == DayOrder::DayFirst);
            ledger.date_order(&self.source, row, day_first, &self.published);
        }
        read_cell(&self.published, dates).unwrap_or_else(|fault| {
            let reason = fault.reason(self.published.trim());
            if fault == DateFault::Ambiguous {
                ledger.ambiguous_date(&self.place(), reason);
                return Published::default();
            }
            let what = format!("article `{id}`: {reason}; it counts as unknown");
            ledger.warn(Message::new("W412", self.source.clone(), what, DATE_MEND));
            Published::default()
        })
    }

    fn sha256(&self) -> Sha256Hex {
        match &self.file_sha256 {
            Some(sum) => sum.clone(),
            None => sha256_hex(format!("{}\n{}", self.title, self.text).as_bytes()),
        }
    }

    /// Turns cells that hold HTML into their text. A page that is a file has its own headline, unless
    /// a manifest gives it.
    fn reduce_html(&mut self) -> TextBasis {
        let mut kind = TextBasis::Record;
        if let Some(title) = text_of_html(&self.title) {
            self.title = title.text;
            kind = TextBasis::Html;
        }
        if let Some(mut page) = text_of_html(&self.text) {
            if self.file_sha256.is_some() && self.title.trim().is_empty() {
                self.title = page.take_headline().unwrap_or_default();
            }
            self.text = page.text;
            kind = TextBasis::Html;
        }
        kind
    }

    /// Title, blank line, text; only the text if there is no title.
    fn cells_basis(self, kind: TextBasis) -> Basis {
        if self.title.trim().is_empty() {
            return Basis { text: self.text, text_start: 0, kind };
        }
        let text = format!("{}\n\n{}", self.title, self.text);
        Basis { text, text_start: Span::from_usize(0, self.title.len() + 2).end, kind }
    }
}

/// A text behind its lead paragraphs, for databases that keep them in a column of their own.
fn with_lead(lead: &str, text: String) -> String {
    let lead = lead.trim();
    if lead.is_empty() || text.trim_start().starts_with(lead) {
        return text;
    }
    format!("{lead}\n\n{text}")
}

fn file_basis(text: String, kind: TextBasis) -> Basis {
    Basis { text, text_start: 0, kind }
}

/// Where the title stands in its own cell, without surrounding white space.
fn title_cell(title: &str) -> Option<Span> {
    let trimmed = title.trim();
    let start = title.len() - title.trim_start().len();
    (!trimmed.is_empty()).then(|| Span::from_usize(start, start + trimmed.len()))
}

/// The line of a file that is its title, or the one of them goes on where the other ends, as
/// `Envoy in Moscow | Example News` does; `None` if the file does not hold it near its top. A page may
/// have any number of lines above.
fn title_in(text: &str, title: &str, kind: TextBasis) -> Option<Span> {
    const LINES: usize = 20;
    let wanted = fold(title);
    if wanted.is_empty() {
        return None;
    }
    let lines = if kind == TextBasis::Html { usize::MAX } else { LINES };
    let mut longer = None;
    let mut start = 0;
    for line in text.split_inclusive('\n').take(lines) {
        let folded = fold(line);
        let span = || {
            let (span, at) = (title_cell(line)?, Span::from_usize(start, start).start);
            Some(Span::new(span.start + at, span.end + at))
        };
        if folded == wanted {
            return span();
        }
        if longer.is_none() && (goes_on(&folded, &wanted) || goes_on(&wanted, &folded)) {
            longer = span();
        }
        start += line.len();
    }
    longer
}

/// Whether one of two folded lines begins with all of the other, which is more than a word or two.
fn goes_on(longer: &str, shorter: &str) -> bool {
    const FEWEST: usize = 3;
    let rest = longer.strip_prefix(shorter);
    rest.is_some_and(|rest| rest.starts_with(' ')) && shorter.split(' ').count() >= FEWEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(outlet: &str, title: &str, text: &str) -> Record {
        let [outlet, title, text] = [outlet, title, text].map(str::to_owned);
        Record {
            source: "a.jsonl".into(),
            record_no: Some(1),
            outlet,
            title,
            text,
            ..Record::default()
        }
    }

    fn draft(record: Record) -> Draft {
        record
            .draft(&OutletTable::default(), &ReadOptions::default(), &mut Ledger::default())
            .unwrap()
    }

    #[test]
    fn a_made_id_depends_on_every_part_and_nothing_else() {
        let id = draft(record("Vox", "Talks", "They met.")).id;
        assert_eq!(id.len(), 17);
        assert!(id.starts_with('a'));
        assert_eq!(id, draft(record("Vox ", "Talks", "They met.")).id);
        assert_ne!(id, draft(record("Vox", "TalksThey", " met.")).id);
        assert_ne!(id, draft(record("VoxT", "alks", "They met.")).id);
    }

    #[test]
    fn a_record_keeps_title_and_text_apart() {
        let draft = draft(record("Vox", " Talks ", "They met."));
        assert_eq!(draft.basis.text, " Talks \n\nThey met.");
        assert_eq!(&draft.basis.text[draft.basis.text_start as usize..], "They met.");
        assert_eq!(draft.title.unwrap().of(&draft.basis.text), "Talks");
        assert_eq!(draft.source_file, None);
    }

    #[test]
    fn the_manifests_title_is_found_in_the_file() {
        let text = "World news\r\nChina’s envoy in Moscow\r\n\r\nText.";
        let span = title_in(text, "China's envoy in Moscow", TextBasis::File).unwrap();
        assert_eq!(span.of(text), "China’s envoy in Moscow");
        assert_eq!(title_in(text, "Another title", TextBasis::File), None);
        let span = title_in(text, "China's Envoy in Moscow - Example News", TextBasis::File);
        assert_eq!(span.unwrap().of(text), "China’s envoy in Moscow");
        assert_eq!(title_in(text, "World news from Moscow", TextBasis::File), None);
        let low = format!("{}{text}", "Menu\n".repeat(20));
        assert_eq!(title_in(&low, "China's envoy in Moscow", TextBasis::File), None);
        let span = title_in(&low, "China's envoy in Moscow", TextBasis::Html).unwrap();
        assert_eq!(span.of(&low), "China’s envoy in Moscow");
    }

    #[test]
    fn a_title_that_is_not_in_the_file_is_put_before_its_text() {
        let mut ledger = Ledger::default();
        let file = Record {
            source: "v.txt".into(),
            file_sha256: Some(sha256_hex(b"They met.")),
            ..record("Vox", "Envoy in Moscow", "They met.")
        };
        let draft =
            file.draft(&OutletTable::default(), &ReadOptions::default(), &mut ledger).unwrap();
        assert_eq!(draft.basis.text, "Envoy in Moscow\n\nThey met.");
        assert_eq!(draft.basis.kind, TextBasis::Record);
        assert_eq!(draft.title.unwrap().of(&draft.basis.text), "Envoy in Moscow");
        assert_eq!(draft.source_file.as_deref(), Some("v.txt"));
        let notes = ledger.warnings();
        assert_eq!((notes.len(), notes[0].code, notes[0].place.as_str()), (1, "N404", "v.txt"));
    }

    #[test]
    fn an_impossible_date_is_a_warning_with_the_article() {
        let mut ledger = Ledger::default();
        let mut dated = record("Vox", "", "They met.");
        (dated.published, dated.id) = ("2023-02-30".into(), "v1".into());
        let draft =
            dated.draft(&OutletTable::default(), &ReadOptions::default(), &mut ledger).unwrap();
        assert_eq!(draft.published, Published::default());
        assert!(ledger.warnings()[0].what.contains("`v1`"));
    }

    #[test]
    fn an_article_without_outlet_or_text_is_skipped() {
        let skip = |record: Record| {
            record
                .draft(&OutletTable::default(), &ReadOptions::default(), &mut Ledger::default())
                .unwrap_err()
                .code
        };
        assert_eq!(skip(record(" ", "Talks", "They met.")), "W424");
        assert_eq!(skip(record("Vox", "Talks", " \n")), "W422");
    }
}
