//! The rows of `cleaning.csv`, compiled.

use std::collections::BTreeMap;
use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::corpus::clean::load::{CleaningError, load};
use crate::corpus::clean::paragraphs::{Paragraph, ends_sentence};
use crate::corpus::clean::pattern::{Letters, Pattern};
use crate::corpus::fold::{fold, rough_words};

/// The rules that are compiled into the program.
const BUILT_IN: &[u8] = include_bytes!("../../../lexicons/cleaning.csv");

/// Words of the longest name of an outlet.
const LONGEST_OUTLET: usize = 10;

/// Where in the article the paragraph must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// Anywhere.
    Any,
    /// Before the first paragraph of prose.
    Start,
    /// At most one paragraph of prose before it.
    Head,
    /// At least one paragraph of prose before it.
    Body,
    /// At most two paragraphs of prose after it.
    Tail,
    /// After the last paragraph of prose, or that paragraph itself.
    End,
}

impl Position {
    fn fits(self, paragraph: &Paragraph) -> bool {
        match self {
            Position::Any => true,
            Position::Start => paragraph.prose_before == 0,
            Position::Head => paragraph.prose_before <= 1,
            Position::Body => paragraph.prose_before >= 1,
            Position::Tail => paragraph.prose_after <= 2,
            Position::End => paragraph.prose_after == 0,
        }
    }
}

/// What goes with a removed paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Nothing.
    Alone,
    /// The next line, if it is a name: a few words that are no sentence.
    Name,
    /// The next line, if it is a heading: no sentence.
    Heading,
    /// All headings up to the end of the article, if no prose follows them.
    List,
    /// Up to three headings and one paragraph: a box about its author.
    Box,
    /// The line above, if it is a name or several.
    Above,
}

impl Extent {
    /// How many of the paragraphs that follow go too.
    pub(crate) fn reach(self, text: &str, following: &[Paragraph]) -> usize {
        let heading = |words: usize, paragraph: &Paragraph| {
            paragraph.words <= words && !ends_sentence(paragraph.span.of(text))
        };
        let headings = |words: usize| following.iter().take_while(|p| heading(words, p)).count();
        match self {
            Extent::Alone | Extent::Above => 0,
            Extent::Name => headings(5).min(1),
            Extent::Heading => headings(20).min(1),
            Extent::List if headings(20) == following.len() => following.len(),
            Extent::List => headings(20).min(1),
            Extent::Box => (headings(8).min(3) + 1).min(following.len()),
        }
    }
}

/// One row that removes text.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) name: String,
    /// What the text must look like; `None` for rows that compare whole paragraphs.
    pub(crate) pattern: Option<Pattern>,
    /// Vetoes the row where it occurs in the paragraph.
    pub(crate) unless: Option<Pattern>,
    pub(crate) position: Position,
    pub(crate) min_words: usize,
    pub(crate) max_words: usize,
    pub(crate) extent: Extent,
}

impl Rule {
    /// Whether the paragraph stands where the row wants it and is as long as it wants.
    fn admits(&self, paragraph: &Paragraph) -> bool {
        self.position.fits(paragraph)
            && (self.min_words..=self.max_words).contains(&paragraph.words)
    }

    /// Whether the row's pattern, if it has one, occurs in a part of the paragraph and nothing in the
    /// whole of it vetoes the row.
    fn finds(&self, text: &str, letters: Letters, part: &Range<usize>) -> bool {
        let occurs = |pattern: &Pattern, part| pattern.occurs(text, letters, part);
        self.pattern.as_ref().is_none_or(|pattern| occurs(pattern, part.clone()))
            && !self.unless.as_ref().is_some_and(|unless| occurs(unless, 0..text.len()))
    }
}

/// When a paragraph that recurs in an outlet's articles is boilerplate, such as a standing appeal.
///
/// Applied after all articles have been counted, since no single article shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurring {
    /// Least number of the outlet's articles it must stand in, versions of one story counted once.
    pub min_articles: u32,
    /// Least share of the outlet's articles, counted in the same way, in hundredths of a percent (0 to 10,000).
    pub min_share: u32,
    /// Most words such a paragraph may have; longer ones are news that was printed twice.
    pub max_words: u32,
}

/// The rows that need one of some words, by these words.
#[derive(Debug)]
pub(crate) struct Needy {
    rows: HashMap<Vec<u8>, Vec<usize>, FixedState>,
    /// By first letter, the lengths of its words as bits: most words of a text are none by this alone.
    lengths: [u64; 256],
}

impl Default for Needy {
    fn default() -> Self {
        Needy { rows: HashMap::default(), lengths: [0; 256] }
    }
}

impl Needy {
    /// Bytes of the longest word that a row can need.
    pub(crate) const LONGEST: usize = 63;

    /// Lists a row under a word of plain small letters and digits.
    fn add(&mut self, word: &str, row: usize) {
        if let Some(&first) = word.as_bytes().first() {
            self.lengths[usize::from(first)] |= 1 << word.len();
        }
        self.rows.entry(word.as_bytes().to_vec()).or_default().push(row);
    }

    /// Appends the rows of the words of a text, whatever their case; letters beyond ASCII end a word.
    fn find(&self, text: &str, rows: &mut Vec<usize>) {
        for word in text.as_bytes().split(|&byte| !IN_WORD[usize::from(byte)]) {
            let Some(first) = word.first().map(u8::to_ascii_lowercase) else { continue };
            let long = word.len() > Self::LONGEST;
            if long || self.lengths[usize::from(first)] & 1 << word.len() == 0 {
                continue;
            }
            let mut lower = [0; Self::LONGEST];
            let lower = &mut lower[..word.len()];
            lower.copy_from_slice(word);
            lower.make_ascii_lowercase();
            rows.extend(self.rows.get(&*lower).into_iter().flatten());
        }
    }
}

/// Whether a byte is part of a plain word.
static IN_WORD: [bool; 256] = {
    let mut in_word = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        in_word[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
        byte += 1;
    }
    in_word
};

/// The rows with patterns for one kind of place.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    /// Those that need no word.
    always: Vec<usize>,
    /// Those that need one, in order.
    sometimes: Vec<usize>,
    needy: Needy,
}

impl Listed {
    /// Lists a row under the words it needs, if any.
    pub(crate) fn add(&mut self, row: usize, needs: &[String]) {
        if needs.is_empty() {
            self.always.push(row);
        } else {
            self.sometimes.push(row);
            needs.iter().for_each(|word| self.needy.add(word, row));
        }
    }

    /// Appends the rows that may remove a part of text: those that need nothing, and those of its words
    /// if the paragraph admits any of these rows.
    fn find(&self, part: &str, admits: impl Fn(usize) -> bool, rows: &mut Vec<usize>) {
        rows.extend(&self.always);
        if self.sometimes.iter().any(|&row| admits(row)) {
            self.needy.find(part, rows);
        }
    }
}

/// The compiled rows of `cleaning.csv`. `CleaningRules::default()` removes nothing.
#[derive(Debug, Default)]
pub struct CleaningRules {
    pub(crate) rows: Vec<Rule>,
    /// Folded paragraphs that go, and their rows in order.
    pub(crate) exact: BTreeMap<String, Vec<usize>>,
    /// Words of the longest of these.
    pub(crate) longest_exact: usize,
    /// Rows that remove a paragraph that is the outlet's own name.
    pub(crate) outlet: Vec<usize>,
    /// The rule that removes the outlet's own name from the end of a headline.
    pub(crate) headline_end: Option<String>,
    /// Rows with patterns, by the place of what they remove.
    pub(crate) whole: Listed,
    pub(crate) after: Listed,
    pub(crate) prefix: Listed,
    pub(crate) suffix: Listed,
    /// The rule's name and the least words of a repeated paragraph.
    pub(crate) repeat: Option<(String, usize)>,
    pub(crate) recurring: Option<Recurring>,
}

impl CleaningRules {
    /// The rules that Parallax brings along.
    pub fn built_in() -> Self {
        Self::parse("lexicons/cleaning.csv", BUILT_IN)
            .expect("the built-in cleaning rules are valid")
    }

    /// Compiles the rows of a `cleaning.csv`; on failure every bad row.
    pub fn parse(file_name: &str, bytes: &[u8]) -> Result<Self, Vec<CleaningError>> {
        load(file_name, bytes, bytes == BUILT_IN)
    }

    /// When paragraphs that recur across an outlet's articles are to be removed; `None` if the file
    /// has no such row.
    pub fn recurring(&self) -> Option<Recurring> {
        self.recurring
    }

    /// Forgets how to clean articles once all are clean, and keeps what is known of recurring
    /// paragraphs: what searching leaves behind in the patterns took 30 MB (November 2026).
    pub fn forget_patterns(&mut self) {
        *self = Self { recurring: self.recurring, ..Self::default() };
    }

    /// The first row that removes the paragraph as a whole. `outlet` is the outlet's name, folded.
    pub(crate) fn whole(&self, text: &str, outlet: &str, paragraph: &Paragraph) -> Option<usize> {
        let mut rows = Vec::new();
        if paragraph.words <= self.longest_exact.max(LONGEST_OUTLET) {
            let folded = fold(text);
            rows.extend(self.exact.get(&folded).into_iter().flatten());
            rows.extend(self.outlet.iter().filter(|_| !folded.is_empty() && folded == outlet));
        }
        self.whole.find(text, |row| self.rows[row].admits(paragraph), &mut rows);
        self.first(rows, text, &(0..text.len()), paragraph)
    }

    /// The first row that removes the paragraph because the one before went by this rule.
    pub(crate) fn after(&self, rule: &str, text: &str, paragraph: &Paragraph) -> Option<usize> {
        let mut rows = Vec::new();
        self.after.find(text, |row| self.rows[row].admits(paragraph), &mut rows);
        rows.retain(|&row| self.rows[row].name == rule);
        self.first(rows, text, &(0..text.len()), paragraph)
    }

    /// Whether a line alone would go, so that it is no part of wrapped prose.
    pub(crate) fn stands_alone(&self, line: &str, outlet: &str) -> bool {
        let words = rough_words(line);
        let paragraph = Paragraph { words, prose_before: 1, ..Paragraph::default() };
        let top = Paragraph { words, prose_after: 1, ..Paragraph::default() };
        [paragraph, top].iter().any(|place| self.whole(line, outlet, place).is_some())
    }

    /// Bytes of the paragraph's start that go, and the row.
    pub(crate) fn prefix(&self, text: &str, paragraph: &Paragraph) -> Option<(usize, usize)> {
        const LONGEST: usize = 200;
        let start = 0..boundary(text, LONGEST.min(text.len()));
        let row = self.first_end(&self.prefix, text, &start, paragraph)?;
        let end = self.rows[row].pattern.as_ref()?.bound(text, Letters::of(text), start)?;
        (end > 0 && end < text.len()).then_some((end, row))
    }

    /// First byte of the paragraph's end that goes, and the row.
    pub(crate) fn suffix(&self, text: &str, paragraph: &Paragraph) -> Option<(usize, usize)> {
        const LONGEST: usize = 300;
        let end = boundary(text, text.len().saturating_sub(LONGEST))..text.len();
        let row = self.first_end(&self.suffix, text, &end, paragraph)?;
        let start = self.rows[row].pattern.as_ref()?.bound(text, Letters::of(text), end)?;
        (start > 0 && start < text.len()).then_some((start, row))
    }

    /// The first row of one end of the paragraph, `part`.
    fn first_end(
        &self,
        listed: &Listed,
        text: &str,
        part: &Range<usize>,
        paragraph: &Paragraph,
    ) -> Option<usize> {
        let mut rows = Vec::new();
        let admits = |row: usize| self.rows[row].admits(paragraph);
        listed.find(&text[part.clone()], admits, &mut rows);
        self.first(rows, text, part, paragraph)
    }

    /// The first of these rows whose guards hold for the paragraph and whose pattern occurs in `part`.
    fn first(
        &self,
        mut rows: Vec<usize>,
        text: &str,
        part: &Range<usize>,
        paragraph: &Paragraph,
    ) -> Option<usize> {
        rows.retain(|&row| self.rows[row].admits(paragraph));
        if rows.is_empty() {
            return None;
        }
        rows.sort_unstable();
        rows.dedup();
        let letters = Letters::of(text);
        rows.into_iter().find(|&row| self.rows[row].finds(text, letters, part))
    }
}

/// The last character boundary up to a byte.
fn boundary(text: &str, mut byte: usize) -> usize {
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_by_whole_words_of_any_case() {
        let mut needy = Needy::default();
        needy.add("ago", 3);
        needy.add("min", 5);
        needy.add("ago", 8);
        let found = |text: &str| {
            let mut rows = Vec::new();
            needy.find(text, &mut rows);
            rows
        };
        assert_eq!(found("Two min, AGO."), [5, 3, 8]);
        assert_eq!(found("«Ago»—min"), [3, 8, 5]);
        assert!(found("imago agony ago_2 mins 7min").is_empty());
        assert!(found(&"ago".repeat(40)).is_empty());
    }
}
