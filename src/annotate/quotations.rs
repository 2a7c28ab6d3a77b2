//! Where quotation marks open and close, across sentences and paragraphs.
//!
//! Apostrophes, inch marks and titles of works are no quotations. Who is quoted is left to
//! `attribution`.

use std::ops::Range;

use crate::annotate::grammar::Class;
use crate::annotate::reading::{Gap, Reading, Word};
use crate::base::Span;

/// Up to this many words a quotation keeps the voice of its surroundings.
pub(super) const SHORT: usize = 6;

/// A stretch between quotation marks, within one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quotation {
    /// From the opening to the closing mark; to the paragraph's end if it never closes there.
    pub(super) span: Span,
    /// Its words.
    pub(super) tokens: Range<usize>,
    /// Stands inside another quotation.
    pub(super) nested: bool,
    /// Began in an earlier paragraph: the same speaker goes on.
    pub(super) continues: bool,
    /// Was not closed by the end of its paragraph.
    pub(super) unclosed: bool,
    /// A title of a work, not anybody's words.
    pub(super) title: bool,
    /// A piece of a longer quotation that the speaker's name interrupts.
    pub(super) interrupted: bool,
}

impl Quotation {
    /// Whether it is long enough to be a voice of its own. A piece of a quotation that runs over
    /// several paragraphs always is.
    pub(super) fn is_long(&self) -> bool {
        !self.title
            && (self.tokens.len() > SHORT || self.continues || self.unclosed || self.interrupted)
    }
}

/// Every quotation of an article, in reading order, outer ones before those inside them.
pub(super) fn find_quotations(reading: &Reading<'_>) -> Vec<Quotation> {
    let mut all: Vec<Quotation> = Vec::new();
    let mut open = false;
    for paragraph in &reading.doc.paragraphs {
        let found = in_paragraph(reading.basis, paragraph.span, open);
        open = found.last_open;
        for (span, nested, continues, unclosed) in found.spans {
            let tokens = tokens_in(reading, &paragraph.tokens, span);
            if !tokens.is_empty() {
                let title = is_title(reading, &tokens);
                all.push(Quotation {
                    span,
                    tokens,
                    nested,
                    continues,
                    unclosed,
                    title,
                    interrupted: false,
                });
            }
        }
    }
    all.sort_by_key(|q| (q.span.start, std::cmp::Reverse(q.span.end)));
    all
}

/// Adds stretches that are somebody's very words without quotation marks.
pub(super) fn add_blocks(quotations: &mut Vec<Quotation>, blocks: Vec<Quotation>) {
    if blocks.is_empty() {
        return;
    }
    let mut starts: Vec<(u32, u32)> = blocks.iter().map(|b| (b.span.start, b.span.end)).collect();
    starts.sort_unstable();
    let mut starts = starts.into_iter().peekable();
    // How far the blocks reach that begin before a quotation, or with it.
    let mut reach = 0;
    for quotation in quotations.iter_mut() {
        while let Some((_, end)) = starts.next_if(|(start, _)| *start <= quotation.span.start) {
            reach = reach.max(end);
        }
        quotation.nested |= quotation.span.end <= reach;
    }
    quotations.extend(blocks);
    quotations.sort_by_key(|q| (q.span.start, std::cmp::Reverse(q.span.end)));
}

/// Writes the outer quotations into the marks between words.
pub(super) fn mark_gaps(reading: &mut Reading<'_>, quotations: &[Quotation]) {
    for quotation in quotations.iter().filter(|q| !q.title) {
        reading.words[quotation.tokens.start].before.add(Gap::QUOTE_OPENS);
        if let Some(next) = reading.words.get_mut(quotation.tokens.end) {
            next.before.add(Gap::QUOTE_CLOSES);
        }
    }
}

/// What one paragraph holds: spans as (span, nested, continues, unclosed).
#[derive(Default)]
struct InParagraph {
    spans: Vec<(Span, bool, bool, bool)>,
    last_open: bool,
}

/// What a mark can do where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Opens,
    Closes,
    Either,
    Nothing,
}

/// One quotation mark of a paragraph: double (or doubled single) or single.
struct Mark {
    start: usize,
    end: usize,
    double: bool,
    turn: Turn,
    /// The character before it ends a clause, or is no letter at all.
    after_stop: bool,
    /// May be the apostrophe of a plural possessive, "officials' ".
    after_s: bool,
}

/// Pairs the marks of one paragraph. `was_open` says that the paragraph before ended inside a
/// quotation; journalists then open each paragraph anew and close only the last.
fn in_paragraph(basis: &str, span: Span, was_open: bool) -> InParagraph {
    let marks = marks_of(basis, span);
    let mut found = InParagraph::default();
    let first_double = marks.iter().find(|m| m.double);
    let resumes = |m: &Mark| m.start == span.start as usize || m.turn == Turn::Closes;
    let continues = was_open && first_double.is_some_and(resumes);
    let mut open: Option<(usize, bool)> = match first_double {
        Some(mark) if continues && mark.turn == Turn::Closes => Some((span.start as usize, true)),
        _ => None,
    };
    let mut at = 0;
    while at < marks.len() {
        let mark = &marks[at];
        at += 1;
        if !mark.double {
            if let Some(close) = close_of_single(&marks, at - 1, open.is_some()) {
                let inner = Span::from_usize(mark.start, marks[close].end);
                found.spans.push((inner, open.is_some(), false, false));
                if open.is_none() {
                    at = close + 1;
                }
            }
            continue;
        }
        match (open, mark.turn) {
            (Some((start, resumed)), Turn::Closes | Turn::Either) => {
                found.spans.push((Span::from_usize(start, mark.end), false, resumed, false));
                open = None;
            }
            (None, Turn::Opens | Turn::Either) => {
                open = Some((mark.start, continues && mark.start == span.start as usize));
            }
            // The closing mark before this one is missing.
            (Some((start, resumed)), Turn::Opens) => {
                let end = basis[..mark.start].trim_end().len().max(start + 1);
                found.spans.push((Span::from_usize(start, end), false, resumed, false));
                open = Some((mark.start, false));
            }
            _ => {}
        }
    }
    if let Some((start, resumed)) = open {
        let whole = Span::from_usize(start, span.end as usize);
        found.spans.push((whole, false, resumed, true));
        found.last_open = true;
    }
    found
}

/// Every mark of a paragraph that could open or close a quotation.
fn marks_of(basis: &str, span: Span) -> Vec<Mark> {
    let text = span.of(basis);
    let mut marks = Vec::new();
    let mut from = 0;
    while let Some((at, c)) = next_mark(text, from) {
        let mut end = at + c.len_utf8();
        let doubled =
            matches!(c, '\'' | '`' | '\u{2018}' | '\u{2019}') && text[end..].starts_with(c);
        if doubled {
            end += c.len_utf8();
        }
        from = end;
        let before = text[..at].chars().next_back();
        let after = text[end..].chars().next();
        let double = doubled || !matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '`');
        let turn = if double {
            turn_of_double(c, before, after)
        } else {
            turn_of_single(c, before, &text[end..])
        };
        if turn != Turn::Nothing {
            let offset = span.start as usize;
            marks.push(Mark {
                start: offset + at,
                end: offset + end,
                double,
                turn,
                after_stop: before.is_some_and(|b| !b.is_alphanumeric()),
                after_s: matches!(before, Some('s' | 'S' | 'z'))
                    && text[end..].starts_with(' ')
                    && text[end..].trim_start().starts_with(char::is_lowercase),
            });
        }
    }
    marks
}

/// The next quotation mark of any make from a byte on. Looks at bytes: marks are few.
fn next_mark(text: &str, mut from: usize) -> Option<(usize, char)> {
    loop {
        let first = |b: &u8| matches!(b, b'"' | b'\'' | b'`' | 0xC2 | 0xE2 | 0xEF);
        let at = from + text.as_bytes()[from..].iter().position(first)?;
        let c = text[at..].chars().next()?;
        if is_mark(c) {
            return Some((at, c));
        }
        from = at + c.len_utf8();
    }
}

/// Whether a character is a quotation mark of any make.
fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{ff02}')
}

fn opens_after(before: Option<char>) -> bool {
    before.is_none_or(|b| {
        b.is_whitespace() || matches!(b, '(' | '[' | '/' | '-') || is_mark(b) || is_dash(b)
    })
}

fn closes_before(after: Option<char>) -> bool {
    after.is_none_or(|a| !a.is_alphanumeric())
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2013}' | '\u{2014}' | '\u{2015}')
}

/// A curly mark means what it says unless the spaces around it say otherwise (`51%.“ When`).
fn turn_of_double(c: char, before: Option<char>, after: Option<char>) -> Turn {
    let can_open = opens_after(before) && after.is_some_and(|a| !a.is_whitespace());
    let can_close = before.is_some_and(|b| !b.is_whitespace()) && closes_before(after);
    match (c, can_open, can_close) {
        ('\u{201c}' | '\u{201e}' | '\u{201f}' | '\u{ab}', false, true) => Turn::Closes,
        ('\u{201c}' | '\u{201e}' | '\u{201f}' | '\u{ab}', ..) => Turn::Opens,
        ('\u{201d}' | '\u{bb}', true, false) => Turn::Opens,
        ('\u{201d}' | '\u{bb}', ..) => Turn::Closes,
        ('`', ..) => Turn::Opens,
        (_, true, false) => Turn::Opens,
        (_, false, true) => Turn::Closes,
        (_, true, true) => Turn::Either,
        (_, false, false) if before.is_some_and(char::is_whitespace) => Turn::Either,
        (_, false, false) => Turn::Nothing,
    }
}

/// A single mark inside a word, or before `90s` and `em`, is an apostrophe.
fn turn_of_single(c: char, before: Option<char>, rest: &str) -> Turn {
    let after = rest.chars().next();
    let elided = ["em ", "em.", "em,", "til ", "tis ", "twas ", "cause ", "n'"];
    let starts = after.is_some_and(|a| a.is_alphabetic() || is_mark(a) || matches!(a, '$' | '['));
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let number = digits > 0 && digits != 2;
    if opens_after(before) && (starts && !elided.iter().any(|e| rest.starts_with(e)) || number) {
        return if c == '\u{2019}' { Turn::Either } else { Turn::Opens };
    }
    let closes = before.is_some_and(|b| !b.is_whitespace()) && closes_before(after);
    if closes && c != '\u{2018}' { Turn::Closes } else { Turn::Nothing }
}

/// The mark that closes a single-quoted stretch, by position.
///
/// The first after a full stop or comma wins, else the first that is no plural possessive.
fn close_of_single(marks: &[Mark], open: usize, inside: bool) -> Option<usize> {
    if marks[open].turn != Turn::Opens {
        return None;
    }
    let later = marks.iter().enumerate().skip(open + 1);
    let mut doubtful = None;
    for (at, mark) in later {
        if mark.double && inside && mark.turn != Turn::Opens {
            break;
        }
        if mark.double {
            continue;
        }
        match mark.turn {
            Turn::Closes if mark.after_stop || !mark.after_s => return Some(at),
            Turn::Closes => doubtful = doubtful.or(Some(at)),
            _ => break,
        }
    }
    doubtful
}

/// The tokens of a paragraph that lie inside a span.
fn tokens_in(reading: &Reading<'_>, tokens: &Range<usize>, span: Span) -> Range<usize> {
    let words = &reading.words[tokens.clone()];
    let from = words.partition_point(|w| w.span.start < span.start);
    let to = words.partition_point(|w| w.span.start < span.end);
    tokens.start + from..tokens.start + to.max(from)
}

/// Whether a quotation is the title of a film, book or programme: every longer word of two or
/// more begins with a capital, and every verb and pronoun too. In a headline every word may.
fn is_title(reading: &Reading<'_>, tokens: &Range<usize>) -> bool {
    let words = &reading.words[tokens.clone()];
    let capitals = words.iter().filter(|w| w.capital).count();
    let ends_in_comma_or_stop = reading.gap(tokens.end).has(Gap::STOP) && tokens.len() > SHORT;
    tokens.len() > 1
        && capitals > 1
        && words[0].capital
        && !ends_in_comma_or_stop
        && !reading.in_title(tokens.start)
        && words.iter().all(|w| w.capital || w.lower.len() < 5 && is_link(w))
}

/// Whether a title writes a word with a small letter: `of`, `the`, `be`; not `am`, `not`, `we`.
fn is_link(word: &Word<'_>) -> bool {
    let spoken = matches!(word.class, Class::Open | Class::Person) || word.class.is_auxiliary();
    word.lower == "be" || !spoken && word.lower != "not"
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The outer and inner quotations of paragraphs separated by blank lines, by their text.
    fn check(text: &str, expect: &[&str]) {
        let mut open = false;
        let mut found = Vec::new();
        let mut from = 0;
        for paragraph in text.split("\n\n") {
            let span = Span::from_usize(from, from + paragraph.len());
            from += paragraph.len() + 2;
            let here = in_paragraph(text, span, open);
            open = here.last_open;
            found.extend(here.spans.iter().map(|s| s.0));
        }
        found.sort();
        let found: Vec<_> = found.iter().map(|s| s.of(text)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn curly_quotes_open_a_quotation() {
        check("He called it “a great step” again.", &["“a great step”"]);
    }

    #[test]
    fn straight_quotes_open_and_close_by_the_spaces_around_them() {
        check("\"Yes,\" he said. \"No.\"", &["\"Yes,\"", "\"No.\""]);
    }

    #[test]
    fn doubled_single_quotes_are_double_quotes() {
        check("''We go,'' she said.", &["''We go,''"]);
    }

    #[test]
    fn single_quotes_may_hold_a_quotation() {
        check("It was an 'act of will' to him.", &["'act of will'"]);
        check("She said: ‘We won’t go,’ twice.", &["‘We won’t go,’"]);
    }

    #[test]
    fn apostrophes_are_no_quotations() {
        check("The officials' plan and the minister's aides don't rock 'n' roll.", &[]);
        check("Rock of the '90s and the workers' songs.", &[]);
        check("The ministers’ visit to the allies’ base.", &[]);
    }

    #[test]
    fn a_plural_possessive_does_not_close_a_single_quotation() {
        check("He hailed 'the workers' great will' today.", &["'the workers' great will'"]);
    }

    #[test]
    fn a_quotation_inside_a_quotation_is_found_too() {
        check("“They say ‘never’ to us,” he said.", &["“They say ‘never’ to us,”", "‘never’"]);
        check("'When he says \"no\" he means it'", &["'When he says \"no\" he means it'"]);
    }

    #[test]
    fn a_quotation_runs_on_where_the_next_paragraph_opens_anew() {
        check("“One.\n\n“Two.”\n\nThree.", &["“One.", "“Two.”"]);
    }

    #[test]
    fn a_quotation_runs_on_to_a_closing_mark_without_a_new_opening() {
        check("He said: \"One.\n\nTwo,\" and left.", &["\"One.", "Two,\""]);
    }

    #[test]
    fn a_paragraph_without_marks_ends_an_unclosed_quotation() {
        check("“One.\n\nTwo.\n\nThree.", &["“One."]);
    }

    #[test]
    fn a_mark_turned_the_wrong_way_still_closes() {
        check("They were “mostly false.“ When it was over.", &["“mostly false.“"]);
    }

    #[test]
    fn inch_marks_are_no_quotations() {
        check("A 6\" gun.", &[]);
    }
}
