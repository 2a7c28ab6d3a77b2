//! The rows of `cleaning.csv`, compiled.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use regex::{Regex, RegexBuilder};

use crate::corpus::clean::load::{CleaningError, load};
use crate::corpus::clean::paragraphs::{Paragraph, ends_sentence};
use crate::corpus::fold::{fold, rough_words};

/// The rules that are compiled into the program.
const BUILT_IN: &[u8] = include_bytes!("../../../lexicons/cleaning.csv");

/// Bytes that a pattern may remember of its searches, on each thread; with the crate's own limit of
/// 2 MB all patterns together held 30 MB (November 2026).
const SEARCH_MEMORY: usize = 256 << 10;

/// Words of the longest name of an outlet.
const LONGEST_OUTLET: usize = 10;

/// Which stretch of text a row can remove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    /// A whole paragraph.
    Paragraph,
    /// A whole paragraph directly after one that the same rule removed.
    After,
    /// The start of a paragraph.
    Prefix,
    /// The end of a paragraph.
    Suffix,
}

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
#[derive(Clone, Debug)]
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

    /// Whether the row's pattern, if it has one, occurs in `part` and nothing in the whole paragraph
    /// vetoes it.
    fn finds(&self, part: &str, paragraph: &str) -> bool {
        self.pattern.as_ref().is_none_or(|pattern| pattern.regex().is_match(part))
            && !self.unless.as_ref().is_some_and(|unless| unless.regex().is_match(paragraph))
    }
}

/// A regular expression that is compiled when it is first needed: most runs never need most rows.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    source: String,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// A pattern from a file of ours, which a test has compiled.
    pub(crate) fn trusted(source: String) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    /// A pattern from anybody's file.
    pub(crate) fn checked(source: String) -> Result<Self, regex::Error> {
        let compiled = OnceLock::from(compile(&source)?);
        Ok(Self { source, compiled })
    }

    fn regex(&self) -> &Regex {
        self.compiled.get_or_init(|| {
            compile(&self.source).expect("the patterns of the built-in rules are valid")
        })
    }
}

/// Compiles a pattern that may remember up to [`SEARCH_MEMORY`] bytes of what it has seen.
fn compile(source: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(source).dfa_size_limit(SEARCH_MEMORY).build()
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
#[derive(Clone, Debug)]
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
    pub(crate) fn add(&mut self, word: &str, row: usize) {
        if let Some(&first) = word.as_bytes().first() {
            self.lengths[usize::from(first)] |= 1 << word.len();
        }
        self.rows.entry(word.as_bytes().to_vec()).or_default().push(row);
    }

    /// Appends the rows of the words of a text, whatever their case; letters beyond ASCII end a word.
    fn find(&self, text: &str, rows: &mut Vec<usize>) {
        let in_word = |&byte: &u8| byte.is_ascii_alphanumeric() || byte == b'_';
        for word in text.as_bytes().split(|byte| !in_word(byte)) {
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

/// The compiled rows of `cleaning.csv`. `CleaningRules::default()` removes nothing.
#[derive(Clone, Debug, Default)]
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
    /// The rows that need a word.
    pub(crate) needy: Needy,
    /// Words of the longest paragraph that a row which needs a word can remove.
    pub(crate) most_words: usize,
    /// Rows with patterns for whole paragraphs that need no word.
    pub(crate) whole: Vec<usize>,
    pub(crate) after: Vec<usize>,
    pub(crate) prefix: Vec<usize>,
    pub(crate) suffix: Vec<usize>,
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

    /// Compiles the patterns that nearly every article asks for, before one does.
    pub fn compile_usual(&self) {
        let usual = [&self.whole, &self.prefix, &self.suffix].into_iter().flatten();
        let of_rows = usual.filter_map(|&row| self.rows[row].pattern.as_ref());
        of_rows.for_each(|pattern| {
            pattern.regex();
        });
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
        let mut rows = self.whole.clone();
        if paragraph.words <= self.longest_exact.max(LONGEST_OUTLET) {
            let folded = fold(text);
            rows.extend(self.exact.get(&folded).into_iter().flatten());
            rows.extend(self.outlet.iter().filter(|_| !folded.is_empty() && folded == outlet));
        }
        if paragraph.words <= self.most_words {
            self.needy.find(text, &mut rows);
        }
        rows.sort_unstable();
        rows.dedup();
        self.first(&rows, text, text, paragraph)
    }

    /// The first row that removes the paragraph because the one before went by this rule.
    pub(crate) fn after(&self, rule: &str, text: &str, paragraph: &Paragraph) -> Option<usize> {
        let rows: Vec<usize> =
            self.after.iter().copied().filter(|&row| self.rows[row].name == rule).collect();
        self.first(&rows, text, text, paragraph)
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
        let start = &text[..boundary(text, LONGEST.min(text.len()))];
        let row = self.first(&self.prefix, start, text, paragraph)?;
        let end = self.rows[row].pattern.as_ref()?.regex().find(start)?.end();
        (end > 0 && end < text.len()).then_some((end, row))
    }

    /// First byte of the paragraph's end that goes, and the row.
    pub(crate) fn suffix(&self, text: &str, paragraph: &Paragraph) -> Option<(usize, usize)> {
        const LONGEST: usize = 300;
        let from = boundary(text, text.len().saturating_sub(LONGEST));
        let end = &text[from..];
        let row = self.first(&self.suffix, end, text, paragraph)?;
        let start = from + self.rows[row].pattern.as_ref()?.regex().find(end)?.start();
        (start > 0 && start < text.len()).then_some((start, row))
    }

    /// The first of these rows whose guards hold for the paragraph and whose pattern occurs in `part`.
    fn first(
        &self,
        rows: &[usize],
        part: &str,
        text: &str,
        paragraph: &Paragraph,
    ) -> Option<usize> {
        let admitted = rows.iter().copied().filter(|&row| self.rows[row].admits(paragraph));
        admitted.into_iter().find(|&row| self.rows[row].finds(part, text))
    }
}

/// The last character boundary up to a byte.
fn boundary(text: &str, mut byte: usize) -> usize {
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// A pattern tied to its place; a dot also stands for a line end, for paragraphs that are wrapped.
pub(crate) fn anchor(place: Where, pattern: &str) -> String {
    let pattern = plain(pattern);
    match place {
        Where::Paragraph | Where::After => format!("(?s)^(?:{pattern})$"),
        Where::Prefix => format!("(?s)^(?:{pattern})"),
        Where::Suffix => format!("(?s)(?:{pattern})$"),
    }
}

/// Letters, in ranges: what stands between punctuation in any script, symbols apart.
const LETTERS: &str = r"A-Za-z\u{AA}\u{B5}\u{BA}\u{C0}-\u{1FFF}\u{2C00}-\u{2DFF}\u{3040}-\u{D7FF}\u{F900}-\u{FDFF}\u{FE70}-\u{FEFE}\u{FF21}-\u{FFDC}\u{10000}-\u{1EFFF}\u{20000}-\u{3FFFF}";

/// Where capitals are told from small letters: Latin, Greek, Cyrillic, Armenian and Vietnamese.
const CASED: &str = r"\x00-\u{7FF}\u{1E00}-\u{1EFF}";

/// The pattern in terms that are quick to compile and to search: each `\b` looks at plain letters and
/// digits only (beside a curly quote, a word boundary of Unicode is ten times slower), `\d` and `\p{N}`
/// are plain digits, and the classes of letters a few ranges. Compiling the hundreds of ranges that
/// Unicode has took 30 ms for a pattern that repeats them, and 50 MB for all (November 2026).
pub(crate) fn plain(pattern: &str) -> String {
    let mut plain = String::with_capacity(2 * pattern.len());
    let mut rest = pattern;
    // How many brackets are open, and whether one has just been.
    let (mut depth, mut fresh) = (0_u32, false);
    while let Some(c) = rest.chars().next() {
        let (taken, meant) = match escaped(rest, depth > 0) {
            Some((taken, meant)) => (taken, meant),
            None if c == '\\' => {
                let taken = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                (taken, rest[..taken].to_owned())
            }
            None => (c.len_utf8(), c.to_string()),
        };
        match c {
            '[' => depth += 1,
            // The first character in brackets is one of the class even if it is a bracket.
            ']' if !fresh => depth = depth.saturating_sub(1),
            _ => {}
        }
        fresh = c == '[' || fresh && c == '^';
        plain.push_str(&meant);
        rest = &rest[taken..];
    }
    plain
}

/// The length of the class that a pattern begins with, and what stands for it; `None` if it begins
/// with anything else. In no class of letters does case matter, so `(?i)` need not look for the other
/// case of each: that was two fifths of what compiling takes for the seeds (November 2026).
fn escaped(pattern: &str, in_brackets: bool) -> Option<(usize, String)> {
    const CLASSES: [&str; 7] = [r"\p{Lu}", r"\p{Ll}", r"\p{L}", r"\p{N}", r"\d", r"\w", r"\b"];
    let class = CLASSES.into_iter().find(|class| pattern.starts_with(class))?;
    let alone = |class: String| if in_brackets { class } else { format!("(?-i:{class})") };
    let meant = match class {
        r"\b" => r"(?-u:\b)".to_owned(),
        r"\d" | r"\p{N}" => "[0-9]".to_owned(),
        r"\w" => alone(format!("[0-9_{LETTERS}]")),
        r"\p{L}" => alone(format!("[{LETTERS}]")),
        cased => format!("[{cased}&&[{CASED}]]"),
    };
    Some((class.len(), meant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_boundaries_and_classes_change() {
        assert_eq!(plain(r"\bread\s\\b\."), r"(?-u:\b)read\s\\b\.");
        assert_eq!(plain(r"é\d{4}\"), r"é[0-9]{4}\");
        for (pattern, n_outside) in [(r"\p{L}", 1), (r"[\p{L}]\p{L}", 1), (r"[]\p{L}]", 0)] {
            assert_eq!(plain(pattern).matches("(?-i:").count(), n_outside, "{pattern}");
        }
    }

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

    #[test]
    fn letters_are_those_of_any_script() {
        let is = |class: &str, text: &str| {
            Regex::new(&anchor(Where::Paragraph, &format!("{class}+"))).unwrap().is_match(text)
        };
        for text in ["Zürich", "İstanbul", "Київ", "Αθήνα", "Đỗ", "北京", "กรุงเทพ", "서울"]
        {
            assert!(is(r"\p{L}", text) && is(r"[\p{L}]", text) && is(r"\w", text), "{text}");
            assert!(!is(r"[^\p{L}\p{N}]", text), "{text}");
        }
        for text in ["—", "“", "…", "•", "*", "»", "★", "→", "😀", "©", "、", " "]
        {
            assert!(!is(r"\p{L}", text) && !is(r"\w", text), "{text}");
        }
        assert!(is(r"\p{Lu}", "AÉŞĐЖΩẾ") && !is(r"\p{Lu}", "é") && !is(r"\p{Lu}", "ế"));
        assert!(is(r"\p{Ll}", "aéşđжωế") && !is(r"\p{Ll}", "É"));
        assert!(is(r"\d", "2023") && is(r"\w", "x_2"));
    }
}
