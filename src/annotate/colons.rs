//! Speakers named before a colon or after a dash: "Trump: ...", "He put it this way: ...",
//! `"..." - Ann Lee`, and the turns of a printed interview.

use std::ops::Range;

use crate::annotate::attribution::{Attribution, Attributions};
use crate::annotate::clauses::{Clauses, Subject, SubjectKind};
use crate::annotate::cues::Role;
use crate::annotate::facts::Stance;
use crate::annotate::grammar::{Class, is_plural};
use crate::annotate::quotations::Quotation;
use crate::annotate::reading::{Gap, Reading};
use crate::annotate::tweets::tweet_in;
use crate::base::Span;

/// Words that stand before a colon without marks and yet hold somebody's very words: the turns of
/// an interview, and the paragraph after "The governor added:".
pub(super) fn find_blocks(clauses: &Clauses<'_, '_>) -> Vec<Quotation> {
    let reading = clauses.reading;
    let mut blocks = turns(reading);
    if blocks.len() < 2 {
        // One name in capitals before a colon is a dateline.
        blocks.clear();
    }
    for pair in reading.doc.paragraphs.windows(2) {
        let introduces = pair[0].span.of(reading.basis).ends_with(':')
            && pair[0].sentences.clone().next_back().is_some_and(|s| reports(clauses, s));
        let tokens = pair[1].tokens.clone();
        let plain = tokens.len() > 6
            && !reading.gap(tokens.start).has(Gap::QUOTE_OPENS)
            && tweet_in(reading, &pair[1]).is_none();
        if introduces && plain {
            blocks.push(block(tokens, pair[1].span));
        }
    }
    blocks
}

/// Whether a verb of saying stands in a sentence.
fn reports(clauses: &Clauses<'_, '_>, sentence: usize) -> bool {
    let tokens = clauses.reading.sentence(sentence);
    clauses.cues.within(&tokens).iter().any(|cue| matches!(cue.role, Role::Report(..)))
}

fn block(tokens: Range<usize>, span: Span) -> Quotation {
    Quotation {
        span,
        tokens,
        nested: false,
        continues: false,
        unclosed: true,
        title: false,
        interrupted: false,
    }
}

/// Paragraphs that begin with a name in capitals, or `Q`, and a colon.
fn turns(reading: &Reading<'_>) -> Vec<Quotation> {
    let mut turns = Vec::new();
    for paragraph in &reading.doc.paragraphs {
        let Some(start) = label_end(reading, &paragraph.tokens) else { continue };
        let quoted = reading.gap(start).has(Gap::QUOTE_OPENS);
        if !quoted && start < paragraph.tokens.end {
            let from = reading.words[start].span.start;
            turns.push(block(start..paragraph.tokens.end, Span::new(from, paragraph.span.end)));
        }
    }
    turns
}

/// Where the words of a turn begin, after its label.
fn label_end(reading: &Reading<'_>, tokens: &Range<usize>) -> Option<usize> {
    let limit = tokens.end.min(tokens.start + 4);
    let end = (tokens.start + 1..limit).find(|&t| reading.words[t].before.has(Gap::COLON))?;
    let capitals = |t: usize| {
        let printed = reading.words[t].span.of(reading.basis);
        printed.chars().all(|c| !c.is_lowercase()) && printed.starts_with(char::is_alphabetic)
    };
    (tokens.start..end).all(capitals).then_some(end)
}

impl Attributions<'_, '_, '_> {
    /// Adds the attributions that only a colon or a dash makes.
    pub(super) fn add_colons(&mut self) {
        let paragraphs = &self.clauses.reading.doc.paragraphs;
        for at in 0..paragraphs.len() {
            for sentence in paragraphs[at].sentences.clone() {
                let tokens = self.clauses.reading.sentence(sentence);
                let title = !tokens.is_empty() && self.clauses.reading.in_title(tokens.start);
                let closing = title.then(|| self.closing(&tokens)).flatten();
                if let Some(said) = &closing {
                    self.end_before_label(said);
                }
                let colon = closing.or_else(|| self.colon_in(&tokens));
                self.add(colon);
            }
            let block =
                paragraphs.get(at + 1).and_then(|next| self.introduced(at, next.tokens.start));
            self.add(block);
        }
        let dashes: Vec<_> = self.quotations.iter().filter_map(|q| self.signed(q)).collect();
        self.found.extend(dashes);
    }

    /// `Name: content`, or a sentence that leads to `: "content"`.
    fn colon_in(&self, sentence: &Range<usize>) -> Option<Attribution> {
        let reading = self.clauses.reading;
        let colon = |t: &usize| reading.gap(*t).has(Gap::COLON);
        let at = (sentence.start + 1..sentence.end).find(colon)?;
        if self.attributed[at] {
            return None;
        }
        let label = sentence.start..at;
        if self.is_label(&label, sentence) {
            let kind = self.clauses.kind_of_phrase(&label);
            let subject = Subject { full: label.clone(), tokens: label, kind };
            let end = self.quotation_end(at, sentence).max(sentence.end);
            return Some(by_colon(subject, at..end));
        }
        if !reading.gap(at).has(Gap::QUOTE_OPENS) {
            return None;
        }
        let subject = self.leading_subject(sentence)?;
        Some(by_colon(subject, at..self.quotation_end(at, sentence)))
    }

    /// Whether some words before a colon are the name of somebody who speaks: in capitals or
    /// before a quotation anywhere, in a headline if the article says that they speak or the words
    /// themselves do.
    fn is_label(&self, label: &Range<usize>, sentence: &Range<usize>) -> bool {
        let reading = self.clauses.reading;
        let words = &reading.words[label.clone()];
        let name = self.is_name(label);
        let quoted = reading.gap(label.end).has(Gap::QUOTE_OPENS);
        let last = words[words.len() - 1].lower;
        let next = label.end..label.end + 1;
        let turn = self.quotations_near(&next).any(|q| q.tokens.start == label.end && q.unclosed);
        let noun = words.len() == 1
            && matches!(last, "poll" | "report" | "study" | "survey" | "police")
            || words.len() < 3 && is_plural(last) && self.clauses.names_person(label.end - 1);
        let title = || {
            let says = || noun || self.opens_headline(label, sentence);
            reading.in_title(label.start) && (name && self.speaks_elsewhere(label) || says())
        };
        turn || name && quoted || title()
    }

    /// The paragraph, or quotation, that a paragraph ending in a colon introduces.
    fn introduced(&self, paragraph: usize, next: usize) -> Option<Attribution> {
        let reading = self.clauses.reading;
        let before = &reading.doc.paragraphs[paragraph];
        let signed = || tweet_in(reading, &reading.doc.paragraphs[paragraph + 1]).is_some();
        if !before.span.of(reading.basis).ends_with(':') || signed() {
            return None;
        }
        let quotation = self.quotation_from(next)?;
        let last = before.sentences.clone().next_back()?;
        let subject = self.leading_subject(&reading.sentence(last))?;
        Some(by_colon(subject, quotation.tokens.clone()))
    }

    /// Who speaks in a sentence that leads to a colon.
    fn leading_subject(&self, sentence: &Range<usize>) -> Option<Subject> {
        let verb = self.clauses.cues.within(sentence).iter().rev().find_map(|cue| match cue.role {
            Role::Report(..) => {
                let group = self.clauses.verb_group(cue.tokens.start);
                // "offered these | observations:"
                let article = |s: &Subject| {
                    let first = self.clauses.reading.words[s.tokens.start].class;
                    s.tokens.len() == 1 && first == Class::Determiner
                };
                let subject = self.clauses.subject_before(group.start);
                subject.filter(|s| s.speaks() && !article(s))
            }
            _ => None,
        });
        verb.or_else(|| self.clauses.main_subject(sentence))
    }

    /// `"..." - Ann Lee`: a quotation signed with a name that ends the paragraph.
    fn signed(&self, quotation: &Quotation) -> Option<Attribution> {
        let reading = self.clauses.reading;
        let start = quotation.tokens.end;
        let first = reading.words.get(start)?;
        let signed = first.before.has(Gap::QUOTE_CLOSES) && first.before.has(Gap::DASH);
        if quotation.nested || !signed {
            return None;
        }
        let limit = reading.doc.paragraphs[reading.paragraph_of(start)].tokens.end;
        let name = (start..limit).take_while(|&t| reading.words[t].capital).count();
        if name == 0
            || name > 5
            || start + name != limit && !reading.gap(start + name).has(Gap::COMMA.or(Gap::SENTENCE))
        {
            return None;
        }
        let tokens = start..start + name;
        let subject = Subject { full: tokens.clone(), tokens, kind: SubjectKind::Name };
        Some(by_colon(subject, quotation.tokens.clone()))
    }
}

/// An attribution by a mark alone.
pub(super) fn by_colon(subject: Subject, content: Range<usize>) -> Attribution {
    let cue = subject.tokens.end..subject.tokens.end;
    Attribution {
        subject: Some(subject),
        content: std::iter::once(content).collect(),
        clause: None,
        cue,
        stance: Stance::Neutral,
        vague: false,
        by_noun: false,
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::{check_said, read_with_title};
    use crate::base::Voice;

    #[test]
    fn a_name_before_a_colon_speaks() {
        check_said(
            "Lee: “We shall open the harbour again in May.”",
            &["Lee: “We shall open the harbour again in May.”"],
        );
        check_said(
            "The president continued: “We shall open the harbour again in May.”",
            &["The president: “We shall open the harbour again in May.”"],
        );
        check_said("Three ports are open: Oslo, Bergen and Narvik.", &[]);
    }

    #[test]
    fn a_headline_attributes_by_a_colon_only_to_somebody_who_speaks_below() {
        let said = read_with_title("Lee: Port must open", "The port must open, Lee said.").said();
        assert_eq!(said[0], "Lee: Port must open");
        let said = read_with_title("Oslo: Port is open", "The port is open, Lee said.").said();
        assert_eq!(said, ["Lee: The port is open"]);
    }

    #[test]
    fn a_paragraph_that_ends_in_a_colon_introduces_the_next() {
        check_said(
            "The mayor added:\n\nWe shall open the harbour again in May.\n\nThe town waits.",
            &["The mayor: We shall open the harbour again in May."],
        );
    }

    #[test]
    fn the_turns_of_an_interview_are_quotations() {
        let text = "LEE: When will the port open again for ships?\n\nMOE: It will open in May.";
        let read = crate::annotate::testing::read(text);
        assert_eq!(read.said().len(), 2);
        assert_eq!(read.in_voice(Voice::Own), "LEE MOE");
        check_said("OSLO: The port is open for all ships again.", &[]);
    }

    #[test]
    fn a_quotation_may_be_signed() {
        check_said(
            "“The harbour is open to all ships again.” ― Ann Lee",
            &["Ann Lee: “The harbour is open to all ships again.”"],
        );
    }
}
