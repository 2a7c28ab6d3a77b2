//! Names with an explanation after them: "Zhang Hong, an associate fellow at ..., said".

use std::ops::Range;

use crate::annotate::clauses::{Clauses, Subject, SubjectKind};
use crate::annotate::grammar::{Class, Form, form_of, is_participle};
use crate::annotate::reading::Gap;

impl Clauses<'_, '_> {
    /// A subject set off from its verb by a comma: name, comma, apposition, comma, verb.
    ///
    /// What surely opens an apposition ("an associate fellow", "who", "45") is tried first, from
    /// the left; then what may ("senior fellow", "R-Wis."). Whoever stands right after a quotation
    /// is tried before the words in it.
    pub(super) fn subject_with_apposition(&self, first: usize, end: usize) -> Option<Subject> {
        let said = Gap::COMMA.or(Gap::STOP);
        let after_quote = |t: &usize| {
            self.reading.gap(*t).has(Gap::QUOTE_CLOSES) && self.reading.gap(*t).has(said)
        };
        let after = (first + 1..end).rfind(after_quote);
        let named = after.and_then(|after| self.explained_subject(after, end));
        named.or_else(|| self.explained_subject(first, end))
    }

    fn explained_subject(&self, first: usize, end: usize) -> Option<Subject> {
        let words = &self.reading.words;
        let marks = Gap::COMMA.or(Gap::OPEN).or(Gap::DASH);
        let opens =
            |t: &usize| words[*t].before.has(marks) && !words[*t].before.has(Gap::QUOTE_CLOSES);
        let openings: Vec<usize> = (first + 1..end).filter(opens).collect();
        let named = |&at: &usize| {
            let (start, at) = self.named_before(first, at);
            // "In an interview with the Herald, Mayor Lee, a baker, said": not the Herald.
            if openings.len() > 1 && start == first && words[start].class == Class::Preposition {
                return None;
            }
            let subject = if start < at { self.subject_of(start..at) } else { None }?;
            let number = words[subject.tokens.start].lower.starts_with(char::is_numeric);
            let nameless = matches!(
                subject.kind,
                SubjectKind::Pronoun | SubjectKind::Writer | SubjectKind::Thing
            );
            let fits = !number && !nameless;
            fits.then_some(Subject { full: subject.tokens.start..end, ..subject })
        };
        let sure: Vec<Subject> = openings
            .iter()
            .filter(|&&at| self.opens_apposition(at, end))
            .filter_map(named)
            .collect();
        let may: Vec<Subject> = openings
            .iter()
            .rev()
            .take(8)
            .filter(|&&at| self.may_open_apposition(at, end))
            .filter_map(named)
            .collect();
        // "Ann Lee, head of the Herald, a paper, said": the name that the words begin with.
        let explained = |at: usize| words[at].before.has(Gap::COMMA.or(Gap::OPEN));
        let front = |s: &&Subject| s.speaks() && s.tokens.start == first && explained(s.tokens.end);
        // "It hurt sailors, cooks and traders, Ann Lee, a baker, said": no object is a subject.
        let free = |s: &&Subject| s.speaks() && self.may_begin(s.tokens.start);
        let speaks = |s: &&Subject| s.speaks();
        let all = || sure.iter().chain(&may);
        all()
            .find(front)
            .or_else(|| all().find(free))
            .or_else(|| sure.iter().find(speaks))
            .or_else(|| all().next())
            .cloned()
    }

    /// Whether a clause may begin at a word: after a mark, "that" or "and", not after a verb.
    fn may_begin(&self, at: usize) -> bool {
        let words = &self.reading.words;
        let before = at.checked_sub(1).filter(|_| !words[at].before.has(Gap::ANY));
        before.is_none_or(|t| {
            !matches!(words[t].class, Class::Open | Class::Preposition | Class::To | Class::Aux)
        })
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
            // "said the mayor, Ann Lee, on Monday"
            return self.name_between_commas(from, limit);
        }
        (from + 1..limit).find(|&t| words[t].before.has(Gap::ANY)).unwrap_or(limit)
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::check_said;

    #[test]
    fn who_is_explained_after_a_quotation_is_not_sought_in_it() {
        check_said(
            "“The port, the wall and the ships are old,” Lee, who came in May, said.",
            &["Lee: “The port, the wall and the ships are old,”"],
        );
        check_said(
            "“The port and the ships are very old,” Ann Lee, head of the Herald, a paper, wrote.",
            &["Ann Lee: “The port and the ships are very old,”"],
        );
    }

    #[test]
    fn what_stands_in_front_or_is_an_object_is_not_explained() {
        check_said(
            "In an interview with the Herald, Mayor Lee, a baker, said it was open.",
            &["Mayor Lee: it was open"],
        );
        check_said(
            "Senator Ann Lee, R-Ga., the top Republican on the board, said it was open.",
            &["Senator Ann Lee: it was open"],
        );
        check_said(
            "It grew in May, far more than expected, the ministry, an old body, said.",
            &["the ministry: It grew in May, far more than expected"],
        );
        check_said(
            "It will hurt farmers and small shops, Ann Lee, a baker, said.",
            &["Ann Lee: It will hurt farmers and small shops"],
        );
    }
}
