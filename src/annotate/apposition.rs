//! Names with an explanation after them: "Zhang Hong, an associate fellow at ..., said".

use std::ops::Range;

use crate::annotate::clauses::{Clauses, Subject, SubjectKind};
use crate::annotate::grammar::{Class, Form, form_of, is_participle};
use crate::annotate::reading::Gap;

impl Clauses<'_, '_> {
    /// A subject set off from its verb by a comma: name, comma, apposition, comma, verb.
    ///
    /// What surely opens an apposition ("an associate fellow", "who", "45") is tried first, from
    /// the left; then what may ("senior fellow", "R-Wis.").
    pub(super) fn subject_with_apposition(&self, first: usize, end: usize) -> Option<Subject> {
        let words = &self.reading.words;
        let marks = Gap::COMMA.or(Gap::OPEN).or(Gap::DASH);
        let opens =
            |t: &usize| words[*t].before.has(marks) && !words[*t].before.has(Gap::QUOTE_CLOSES);
        let openings: Vec<usize> = (first + 1..end).filter(opens).collect();
        let named = |&at: &usize| {
            let (start, at) = self.named_before(first, at);
            let subject = if start < at { self.subject_of(start..at) } else { None }?;
            let number = words[subject.tokens.start].lower.starts_with(char::is_numeric);
            let nameless = matches!(
                subject.kind,
                SubjectKind::Pronoun | SubjectKind::Writer | SubjectKind::Thing
            );
            let fits = !number && !nameless;
            fits.then_some(Subject { full: subject.tokens.start..end, ..subject })
        };
        let sure = openings.iter().filter(|&&at| self.opens_apposition(at, end)).find_map(named);
        let may = |&&at: &&usize| self.may_open_apposition(at, end);
        sure.or_else(|| openings.iter().rev().take(8).filter(may).find_map(named))
    }

    /// The noun phrase before a mark; what stands in brackets after it is passed over.
    fn named_before(&self, first: usize, at: usize) -> (usize, usize) {
        let start = self.noun_phrase_start(first, at);
        if start > first && self.reading.gap(start).has(Gap::OPEN) {
            return (self.noun_phrase_start(first, start), start);
        }
        (start, at)
    }

    /// Whether `who` or `which` at a word is the subject of its clause.
    fn is_relative_subject(&self, at: usize) -> bool {
        self.reading.words.get(at + 1).is_some_and(|next| {
            !next.capital && !matches!(next.class, Class::Determiner | Class::Person | Class::Thing)
        })
    }

    /// Whether the words after a comma explain the name before it.
    fn opens_apposition(&self, at: usize, end: usize) -> bool {
        let words = &self.reading.words;
        let word = &words[at];
        match word.class {
            Class::Determiner => !self.holds_finite(&(at..end)),
            Class::Person => word.lower == "who" && self.closes_relative(at, end),
            Class::Thing => {
                word.lower == "which"
                    && self.is_relative_subject(at)
                    && self.closes_relative(at, end)
            }
            Class::Object => word.lower == "whom",
            Class::Open => {
                word.lower.starts_with(char::is_numeric)
                    && words.get(at + 1).is_some_and(|w| w.before.has(Gap::COMMA))
                    || !word.capital
                        && self.names_speaker(&(at..end.min(at + 5)))
                        && !self.holds_finite(&(at..end))
            }
            _ => false,
        }
    }

    /// Whether the words after a comma or bracket may explain the name before it.
    fn may_open_apposition(&self, at: usize, end: usize) -> bool {
        let words = &self.reading.words;
        let word = &words[at];
        let unbroken = (at + 1..end).all(|t| !words[t].before.has(Gap::COMMA));
        match word.class {
            Class::Open => {
                words[at - 1].capital && !self.holds_verb(&(at..end))
                    || is_participle(word.lower) && !self.holds_finite(&(at..end))
                    || unbroken && end - at <= 3 && word.capital
                    || word.before.has(Gap::OPEN)
            }
            Class::Preposition | Class::Subordinator | Class::Adverb => unbroken && end - at <= 12,
            Class::Person | Class::Thing => {
                matches!(word.lower, "who" | "which") && self.is_relative_subject(at)
            }
            _ => false,
        }
    }

    /// Whether an auxiliary that belongs to no relative clause stands among some words.
    fn holds_finite(&self, tokens: &Range<usize>) -> bool {
        let words = &self.reading.words[tokens.clone()];
        let relative =
            words.iter().position(|w| matches!(w.lower, "who" | "which" | "that" | "whose"));
        words[..relative.unwrap_or(words.len())]
            .iter()
            .any(|w| matches!(w.class, Class::Be | Class::Aux | Class::Modal | Class::Person))
    }

    /// Whether a relative clause that begins at a word ends before `end` without another comma
    /// clause in between.
    fn closes_relative(&self, at: usize, end: usize) -> bool {
        (at + 1..end).filter(|&t| self.reading.gap(t).has(Gap::COMMA)).count() <= 1
    }

    /// Whether a verb that can be recognised stands among some words.
    fn holds_verb(&self, tokens: &Range<usize>) -> bool {
        self.reading.words[tokens.clone()].iter().any(|w| {
            matches!(w.class, Class::Be | Class::Aux | Class::Modal | Class::Person)
                || w.class == Class::Open && form_of(w.lower) == Form::Past
        })
    }

    /// Where the apposition after a name ends: `said Ann Lee, the director of X, on Monday`.
    pub(super) fn apposition_end(&self, from: usize, limit: usize) -> usize {
        let words = &self.reading.words;
        if from >= limit
            || !words[from].before.has(Gap::COMMA)
            || words[from].class != Class::Determiner
        {
            return from;
        }
        (from + 1..limit).find(|&t| words[t].before.has(Gap::ANY)).unwrap_or(limit)
    }
}
