//! One article as the rules read it: words with their classes, and the marks between the words.

use std::ops::Range;

use crate::annotate::Input;
use crate::annotate::grammar::{Class, NOBODY};
use crate::annotate::known::Known;
use crate::base::{Section, Span};
use crate::text::Document;

/// The marks between a word and the word before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap(u16);

impl Gap {
    pub(super) const COMMA: Gap = Gap(1);
    pub(super) const SEMICOLON: Gap = Gap(2);
    pub(super) const COLON: Gap = Gap(4);
    pub(super) const DASH: Gap = Gap(8);
    pub(super) const OPEN: Gap = Gap(16);
    pub(super) const CLOSE: Gap = Gap(32);
    /// A full stop, question mark or exclamation mark.
    pub(super) const STOP: Gap = Gap(64);
    /// The word is the first of its sentence.
    pub(super) const SENTENCE: Gap = Gap(128);
    /// A quotation begins before the word.
    pub(super) const QUOTE_OPENS: Gap = Gap(256);
    /// A quotation ended before the word.
    pub(super) const QUOTE_CLOSES: Gap = Gap(512);
    /// A question or exclamation mark.
    pub(super) const EMPHATIC: Gap = Gap(1024);
    /// The word is the second part of a compound: `court-ordered`.
    pub(super) const HYPHEN: Gap = Gap(2048);
    /// Marks at which a noun phrase ends.
    pub(super) const ANY: Gap = Gap(2047);
    /// Marks at which a clause may end.
    pub(super) const CLAUSE: Gap = Gap(2047 - 256 - 512);

    /// Whether it holds any of the given marks.
    pub(super) fn has(self, marks: Gap) -> bool {
        self.0 & marks.0 != 0
    }

    /// Either set of marks.
    pub(super) const fn or(self, other: Gap) -> Gap {
        Gap(self.0 | other.0)
    }

    /// Adds marks.
    pub(super) fn add(&mut self, marks: Gap) {
        self.0 |= marks.0;
    }

    /// A full stop inside a sentence belongs to an abbreviation (`Mr. Li`) unless other marks
    /// stand beside it.
    fn drop_abbreviation(&mut self) {
        if *self == Gap::STOP {
            *self = Gap::default();
        }
    }

    /// The marks in a stretch of text between two words.
    fn read(text: &str) -> Gap {
        let mut gap = Gap::default();
        if text == " " {
            return gap;
        }
        let bytes = text.as_bytes();
        for (at, c) in text.char_indices() {
            gap.add(match c {
                ',' => Gap::COMMA,
                ';' => Gap::SEMICOLON,
                ':' => Gap::COLON,
                '(' | '[' => Gap::OPEN,
                ')' | ']' => Gap::CLOSE,
                '.' => Gap::STOP,
                '?' | '!' => Gap::STOP.or(Gap::EMPHATIC),
                '\u{2013}' | '\u{2014}' | '\u{2015}' => Gap::DASH,
                // A hyphen is a dash only where it stands free or is doubled.
                '-' if at == 0 && bytes.len() == 1 => Gap::HYPHEN,
                '-' => Gap::DASH,
                _ => Gap::default(),
            });
        }
        gap
    }
}

/// One word as the rules see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    /// The folded word in lower case.
    pub(super) lower: &'a str,
    /// Its class.
    pub(super) class: Class,
    /// Begins with a capital.
    pub(super) capital: bool,
    /// Ends in a possessive `'s`.
    pub(super) possessive: bool,
    /// Ends in `n't`.
    pub(super) nt: bool,
    /// The marks before it.
    pub(super) before: Gap,
    /// Where it stands.
    pub(super) span: Span,
    /// Its sentence.
    pub(super) sentence: u32,
}

impl Word<'_> {
    /// Whether a subject that begins so is nobody: "no minister", "neither"; not "No. 10".
    pub(super) fn is_nobody(&self) -> bool {
        NOBODY.contains(&self.lower) && !(self.lower == "no" && self.class == Class::Open)
    }

    /// Whether it is nobody or hardly anybody: "few analysts".
    pub(super) fn is_hardly_anybody(&self) -> bool {
        self.is_nobody() || matches!(self.lower, "few" | "little")
    }
}

/// One article as the rules see it.
pub(super) struct Reading<'a> {
    /// The basis text.
    pub(super) basis: &'a str,
    /// Sentences and paragraphs.
    pub(super) doc: &'a Document,
    /// One for each token.
    pub(super) words: Vec<Word<'a>>,
}

impl<'a> Reading<'a> {
    /// Reads an article.
    pub(super) fn new(input: &Input<'a>, known: &Known) -> Self {
        let mut reading = Reading { basis: input.basis, doc: input.doc, words: Vec::new() };
        reading.words.reserve(input.doc.tokens.len());
        for paragraph in &input.doc.paragraphs {
            let mut from = paragraph.span.start;
            for sentence in paragraph.sentences.clone() {
                for at in input.doc.sentences[sentence].tokens.clone() {
                    let mut word = word_at(input, known, at, from);
                    word.sentence = u32::try_from(sentence).expect("fewer than 2^32 sentences");
                    if at == input.doc.sentences[sentence].tokens.start {
                        word.before.add(Gap::SENTENCE);
                    } else {
                        word.before.drop_abbreviation();
                    }
                    from = word.span.end;
                    reading.words.push(word);
                }
            }
        }
        reading.name_adverbs();
        reading.name_numbers();
        reading
    }

    /// "No. 10 said", "No 10 said": the number of a house in Downing Street, and not a denial.
    fn name_numbers(&mut self) {
        for at in 1..self.words.len() {
            let (word, number) = (self.words[at - 1], &self.words[at]);
            let between = Span::new(word.span.end, number.span.start).of(self.basis);
            let joined = !number.before.has(Gap::ANY);
            let numbers = match word.lower {
                "no" if between.starts_with('.') => number.lower.starts_with(char::is_numeric),
                "no" => word.capital && matches!(number.lower, "10" | "11"),
                _ => false,
            };
            if numbers && joined {
                self.words[at - 1].class = Class::Open;
            }
        }
    }

    /// "Kelly", "Emily": what ends like an adverb and is written with a capital inside a sentence is
    /// a name, there and where it opens a sentence.
    fn name_adverbs(&mut self) {
        let capital = |w: &Word<'_>| w.capital && w.class == Class::Adverb;
        let inside = |(at, w): &(usize, &Word<'a>)| {
            capital(w) && w.before == Gap::default() && !self.in_title(*at)
        };
        let names: Vec<&str> =
            self.words.iter().enumerate().filter(inside).map(|(_, w)| w.lower).collect();
        for word in self.words.iter_mut().filter(|w| !names.is_empty() && capital(w)) {
            if names.contains(&word.lower) {
                word.class = Class::Open;
            }
        }
    }

    /// The tokens of a sentence.
    pub(super) fn sentence(&self, sentence: usize) -> Range<usize> {
        self.doc.sentences[sentence].tokens.clone()
    }

    /// The tokens of the sentence in which a token stands.
    pub(super) fn sentence_of(&self, token: usize) -> Range<usize> {
        self.sentence(self.words[token].sentence as usize)
    }

    /// The paragraph in which a token stands.
    pub(super) fn paragraph_of(&self, token: usize) -> usize {
        self.doc.sentences[self.words[token].sentence as usize].paragraph
    }

    /// Whether a token stands in the headline.
    pub(super) fn in_title(&self, token: usize) -> bool {
        self.doc.paragraphs[self.paragraph_of(token)].section == Section::Title
    }

    /// Whether a token is a number of per cent: "32%".
    pub(super) fn is_share(&self, token: usize) -> bool {
        let word = &self.words[token];
        let number = word.lower.starts_with(char::is_numeric);
        number && self.basis[word.span.end as usize..].starts_with('%')
    }

    /// The marks between a token and the one before it; a sentence end if there is no such token.
    pub(super) fn gap(&self, token: usize) -> Gap {
        self.words.get(token).map_or(Gap::SENTENCE, |word| word.before)
    }

    /// The stretch of text from the first to the last of some tokens.
    pub(super) fn span(&self, tokens: &Range<usize>) -> Span {
        if tokens.is_empty() {
            let at = self.words.get(tokens.start).map_or(0, |w| w.span.start);
            return Span::new(at, at);
        }
        Span::new(self.words[tokens.start].span.start, self.words[tokens.end - 1].span.end)
    }

    /// The text of some tokens, possessive `'s` at its end cut off.
    pub(super) fn text(&self, tokens: &Range<usize>) -> &'a str {
        let text = self.span(tokens).of(self.basis);
        text.strip_suffix("'s").or_else(|| text.strip_suffix("\u{2019}s")).unwrap_or(text)
    }
}

/// The word at a token; `from` is where the word before it ended.
fn word_at<'a>(input: &Input<'a>, known: &Known, at: usize, from: u32) -> Word<'a> {
    let token = input.doc.tokens[at];
    let kind = input.words.kind(token.kind);
    let printed = token.span.of(input.basis);
    let between = Span::new(from.min(token.span.start), token.span.start).of(input.basis);
    Word {
        lower: kind.lower.as_str(),
        class: known.class(token.kind),
        capital: kind.capitalized,
        possessive: printed.ends_with("'s") || printed.ends_with("\u{2019}s"),
        nt: kind.ends_in_nt,
        before: Gap::read(between),
        span: token.span,
        sentence: 0,
    }
}
