//! Regular expressions of `cleaning.csv`: tied to a place, compiled when first needed.

use std::cell::RefCell;
use std::fmt;
use std::ops::{Range, RangeInclusive};
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::OnceLock;

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, MatchKind};

/// Bytes that a pattern may remember of its searches, on each thread; with 2 MB each all patterns
/// together held 30 MB (November 2026).
const SEARCH_MEMORY: usize = 128 << 10;

/// Bytes that a compiled pattern may take.
const PATTERN_MEMORY: usize = 10 << 20;

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

/// A regular expression that is compiled when it is first needed: most runs never need most rows.
///
/// Only what its place asks for is compiled. Where a match begins or ends is known beforehand, so an
/// automaton that reads in one direction tells all: half of what a search for both ends would take
/// to compile, which for three articles was a quarter of the whole run (November 2026). Texts without
/// accents have an automaton of their own: one that knows the letters of all scripts has several times
/// as many states.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    /// Where a match stands; `None` for anywhere.
    place: Option<Where>,
    /// For texts of plain letters and for others. Boxed, since most patterns are never compiled.
    compiled: [OnceLock<Box<Automaton>>; 2],
}

/// Which letters a text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letters {
    /// None but A to Z and a to z.
    Plain,
    /// Perhaps others.
    Any,
}

impl Letters {
    /// Those of a text.
    pub(crate) fn of(text: &str) -> Self {
        let is_letter = |c: char| LETTERS.iter().any(|range| range.contains(&c));
        if text.is_ascii() || !text.contains(|c: char| !c.is_ascii() && is_letter(c)) {
            Self::Plain
        } else {
            Self::Any
        }
    }

    /// What stands for any letter between brackets.
    fn class(self) -> String {
        let mut class = "A-Za-z".to_owned();
        for range in LETTERS.iter().filter(|_| self == Self::Any) {
            class.extend([*range.start(), '-', *range.end()]);
        }
        class
    }
}

impl Pattern {
    /// A pattern from a file of ours, which a test has compiled.
    pub(crate) fn trusted(source: &str, place: Option<Where>) -> Self {
        Self { source: source.to_owned(), place, compiled: Default::default() }
    }

    /// A pattern from anybody's file; the error says in a line why it is none.
    pub(crate) fn checked(source: &str, place: Option<Where>) -> Result<Self, String> {
        let of = |letters| Automaton::new(source, place, letters).map(Box::new).map(OnceLock::from);
        let compiled = [of(Letters::Plain)?, of(Letters::Any)?];
        Ok(Self { source: source.to_owned(), place, compiled })
    }

    /// Whether the pattern occurs in its place of a part of a text of such letters.
    pub(crate) fn occurs(&self, text: &str, letters: Letters, part: Range<usize>) -> bool {
        self.bound(text, letters, part).is_some()
    }

    /// Where the match in its place of a part of a text has its other end: the last byte of a prefix, the
    /// first of a suffix. `^`, `$` and `\b` look at the whole text.
    pub(crate) fn bound(&self, text: &str, letters: Letters, part: Range<usize>) -> Option<usize> {
        self.automaton(letters).search(Input::new(text).range(part), self.place)
    }

    fn automaton(&self, letters: Letters) -> &Automaton {
        self.compiled[letters as usize].get_or_init(|| {
            let compiled = Automaton::new(&self.source, self.place, letters);
            Box::new(compiled.expect("the patterns of the built-in rules are valid"))
        })
    }
}

thread_local! {
    /// What compiles all patterns of a thread: each new one would begin with half a megabyte of zeros.
    static COMPILER: RefCell<thompson::Compiler> = RefCell::new(thompson::Compiler::new());
}

type NewMemory = Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// A lazy automaton of one direction, and what each thread remembers of its searches.
struct Automaton {
    dfa: DFA,
    memory: Pool<Cache, NewMemory>,
}

impl Automaton {
    fn new(source: &str, place: Option<Where>, letters: Letters) -> Result<Self, String> {
        // A dot also stands for a line end, for paragraphs that are wrapped.
        let config = syntax::Config::new().dot_matches_new_line(place.is_some());
        let parsed = syntax::parse_with(&plain(source, letters), &config).map_err(|error| {
            let why = error.to_string();
            why.lines().last().unwrap_or("").trim_start_matches("error: ").to_owned()
        })?;
        let backwards = place == Some(Where::Suffix);
        let states = thompson::Config::new()
            .which_captures(WhichCaptures::None)
            .nfa_size_limit(Some(PATTERN_MEMORY))
            .reverse(backwards);
        let nfa = COMPILER.with_borrow_mut(|compiler| {
            let built = compiler.configure(states).build_from_hir(&parsed);
            built.map_err(|_| "it is too large: it repeats too much too often".to_owned())
        })?;
        // Backwards the longest match is the one that begins first; a whole paragraph is its own.
        let longest = !matches!(place, None | Some(Where::Prefix));
        let kind = if longest { MatchKind::All } else { MatchKind::LeftmostFirst };
        let lazy = DFA::config()
            .match_kind(kind)
            .cache_capacity(SEARCH_MEMORY)
            .skip_cache_capacity_check(true);
        let dfa = DFA::builder().configure(lazy).build_from_nfa(nfa).map_err(|_| {
            "it asks for a word boundary of Unicode, and only `\\b` is known".to_owned()
        })?;
        let of_thread = dfa.clone();
        let memory = Pool::new(Box::new(move || of_thread.create_cache()) as NewMemory);
        Ok(Self { dfa, memory })
    }

    fn search(&self, input: Input<'_>, place: Option<Where>) -> Option<usize> {
        let memory = &mut self.memory.get();
        let end = input.end();
        let tied = input.clone().anchored(Anchored::Yes);
        let found = match place {
            None => self.dfa.try_search_fwd(memory, &input.earliest(true)),
            Some(Where::Suffix) => self.dfa.try_search_rev(memory, &tied),
            Some(_) => self.dfa.try_search_fwd(memory, &tied),
        };
        let found = found.expect("an automaton without quitting bytes reads to the end")?.offset();
        let whole = matches!(place, Some(Where::Paragraph | Where::After));
        (!whole || found == end).then_some(found)
    }
}

impl fmt::Debug for Automaton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Automaton").finish_non_exhaustive()
    }
}

/// Letters beyond the plain ones, in ranges: what stands between punctuation in any script, symbols
/// apart.
const LETTERS: [RangeInclusive<char>; 11] = [
    '\u{AA}'..='\u{AA}',
    '\u{B5}'..='\u{B5}',
    '\u{BA}'..='\u{BA}',
    '\u{C0}'..='\u{1FFF}',
    '\u{2C00}'..='\u{2DFF}',
    '\u{3040}'..='\u{D7FF}',
    '\u{F900}'..='\u{FDFF}',
    '\u{FE70}'..='\u{FEFE}',
    '\u{FF21}'..='\u{FFDC}',
    '\u{10000}'..='\u{1EFFF}',
    '\u{20000}'..='\u{3FFFF}',
];

/// Where capitals are told from small letters: Latin, Greek, Cyrillic, Armenian and Vietnamese.
const CASED: &str = r"\x00-\u{7FF}\u{1E00}-\u{1EFF}";

/// The pattern in terms that are quick to compile and to search: each `\b` looks at plain letters and
/// digits only (beside a curly quote, a word boundary of Unicode is ten times slower), `\d` and `\p{N}`
/// are plain digits, and the classes of letters a few ranges. Compiling the hundreds of ranges that
/// Unicode has took 30 ms for a pattern that repeats them, and 50 MB for all (November 2026).
fn plain(pattern: &str, letters: Letters) -> String {
    let mut plain = String::with_capacity(2 * pattern.len());
    let mut rest = pattern;
    // How many brackets are open, and whether one has just been.
    let (mut depth, mut fresh) = (0_u32, false);
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        let class = if c == '\\' { escaped(rest, depth > 0, letters) } else { None };
        if let Some((length, meant)) = class {
            taken = length;
            plain.push_str(&meant);
        } else {
            if c == '\\' {
                taken += rest[taken..].chars().next().map_or(0, char::len_utf8);
            }
            plain.push_str(&rest[..taken]);
        }
        match c {
            '[' => depth += 1,
            // The first character in brackets is one of the class even if it is a bracket.
            ']' if !fresh => depth = depth.saturating_sub(1),
            _ => {}
        }
        fresh = c == '[' || fresh && c == '^';
        rest = &rest[taken..];
    }
    plain
}

/// The length of the class that a pattern begins with, and what stands for it; `None` if it begins
/// with anything else. In no class of letters does case matter, so `(?i)` need not look for the other
/// case of each: that was two fifths of what compiling takes for the seeds (November 2026).
fn escaped(pattern: &str, in_brackets: bool, letters: Letters) -> Option<(usize, String)> {
    const CLASSES: [&str; 7] = [r"\p{Lu}", r"\p{Ll}", r"\p{L}", r"\p{N}", r"\d", r"\w", r"\b"];
    let class = CLASSES.into_iter().find(|class| pattern.starts_with(class))?;
    let alone = |class: String| if in_brackets { class } else { format!("(?-i:{class})") };
    let meant = match class {
        r"\b" => r"(?-u:\b)".to_owned(),
        r"\d" | r"\p{N}" => "[0-9]".to_owned(),
        r"\w" => alone(format!("[0-9_{}]", letters.class())),
        r"\p{L}" => alone(format!("[{}]", letters.class())),
        r"\p{Lu}" if letters == Letters::Plain => "[A-Z]".to_owned(),
        r"\p{Ll}" if letters == Letters::Plain => "[a-z]".to_owned(),
        cased => format!("[{cased}&&[{CASED}]]"),
    };
    Some((class.len(), meant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_boundaries_and_classes_change() {
        let plain = |pattern| plain(pattern, Letters::Any);
        assert_eq!(plain(r"\bread\s\\b\."), r"(?-u:\b)read\s\\b\.");
        assert_eq!(plain(r"é\d{4}\"), r"é[0-9]{4}\");
        for (pattern, n_outside) in [(r"\p{L}", 1), (r"[\p{L}]\p{L}", 1), (r"[]\p{L}]", 0)] {
            assert_eq!(plain(pattern).matches("(?-i:").count(), n_outside, "{pattern}");
        }
    }

    #[test]
    fn the_other_end_of_a_match_is_found_in_its_place() {
        let bound = |place, pattern: &str, text: &str| {
            Pattern::checked(pattern, place).unwrap().bound(text, Letters::of(text), 0..text.len())
        };
        let (prefix, suffix) = (Some(Where::Prefix), Some(Where::Suffix));
        // The first choice that fits, as in any such pattern, and not the longest.
        assert_eq!(bound(prefix, "KYIV|KYIV —|K", "KYIV — Guns"), Some(4));
        assert_eq!(bound(prefix, "(?i)kyiv —?", "KYIV — Guns"), Some("KYIV —".len()));
        assert_eq!(bound(prefix, "Guns", "KYIV — Guns"), None);
        // What begins first, even where a shorter end would do.
        assert_eq!(bound(suffix, r"\s*\((?:AP|Reuters)\)", "so it said (AP) (Reuters)"), Some(15));
        assert_eq!(
            bound(suffix, r"(?:\s*\((?:AP|Reuters)\))+", "so it said (AP) (Reuters)"),
            Some(10)
        );
        assert_eq!(bound(suffix, "said", "so it said (AP)"), None);
        assert!(bound(Some(Where::Paragraph), "so it", "so it said").is_none());
        let start = Pattern::checked("so [^.]*$", prefix).unwrap();
        let start = |text| start.bound(text, Letters::Plain, 0..5);
        assert!(start("so it said").is_none() && start("so it").is_some());
        // Any way to the end counts, whichever comes first; brackets cannot break out.
        assert!(bound(Some(Where::Paragraph), "so|so it said", "so it said").is_some());
        assert!(bound(prefix, "(?x) so # a comment", "so it said").is_some());
        assert!(bound(Some(Where::Paragraph), "so.+said", "so it\nsaid").is_some());
        assert!(bound(Some(Where::Paragraph), "", "so").is_none());
        assert!(
            bound(None, r"\bit\b", "so it said").is_some()
                && bound(None, r"\bi\b", "so it said").is_none()
        );
    }

    #[test]
    fn a_faulty_pattern_is_explained_in_a_line() {
        for (pattern, why) in [
            ("a(b", "unclosed group"),
            ("Theory)|(zzz", "unopened group"),
            (r"\B", r"it asks for a word boundary of Unicode, and only `\b` is known"),
            (r"(?:\p{L}{1000}){1000}", "it is too large"),
        ] {
            let error = Pattern::checked(pattern, Some(Where::Suffix)).unwrap_err();
            assert!(error.starts_with(why), "{pattern}: {error}");
        }
    }

    #[test]
    fn a_text_of_plain_letters_is_searched_as_any_other() {
        assert_eq!(Letters::of("Ma’s “visit” — © 5 °C"), Letters::Plain);
        assert_eq!(Letters::of("Erdoğan"), Letters::Any);
        for source in [r"\p{Lu}[\p{L}’]*", r"[^\p{L}\p{N}]+", r"(?i)\p{Ll}k?", r".*\w\W*\w"] {
            for text in ["Ma’s visit", "— “", "OK", "o\u{212A}", "x_2", "© 2023", "4 °C"] {
                for place in
                    [None, Some(Where::Paragraph), Some(Where::Prefix), Some(Where::Suffix)]
                {
                    let pattern = Pattern::checked(source, place).unwrap();
                    let bound = |letters| pattern.bound(text, letters, 0..text.len());
                    assert_eq!(bound(Letters::Plain), bound(Letters::Any), "{source}: {text}");
                }
            }
        }
    }

    #[test]
    fn letters_are_those_of_any_script() {
        let is = |class: &str, text: &str| {
            let pattern = format!("{class}+");
            let pattern = Pattern::checked(&pattern, Some(Where::Paragraph)).unwrap();
            pattern.occurs(text, Letters::of(text), 0..text.len())
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
