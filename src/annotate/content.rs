//! How far the content of an attribution reaches: where it begins after the verb, where it ends.

use std::ops::Range;

use crate::annotate::clauses::{Clauses, SubjectKind};
use crate::annotate::cues::{Role, Takes};
use crate::annotate::grammar::{
    Class, Form, form_of, is_often_a_noun, is_past, is_plural, is_verb_form,
};
use crate::annotate::negation::CHARGES;
use crate::annotate::reading::{Gap, Word};

/// What follows a verb of saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    /// Content, from this word on.
    Content(usize),
    /// A comma or dash, and this word after it.
    Interrupted(usize),
    /// Nothing but where, when and to whom.
    Nothing,
}

/// Marks at which a search for content stops.
const BREAK: Gap = Gap::COMMA.or(Gap::SEMICOLON).or(Gap::DASH).or(Gap::OPEN).or(Gap::CLOSE);

/// Where content begins.
const BEGINS: Gap = Gap::QUOTE_OPENS.or(Gap::COLON);

impl Clauses<'_, '_> {
    /// What follows a verb that ends before `from`.
    pub(super) fn after_verb(&self, from: usize, limit: usize, takes: Takes) -> After {
        let words = &self.reading.words;
        let mut at = from;
        if takes.infinitive() {
            return self.infinitive_after(from, limit);
        }
        if takes == Takes::Whom {
            at = match self.after_person(from, limit) {
                Ok(next) => next,
                Err(after) => return after,
            };
        }
        while at < limit {
            let word = &words[at];
            if word.before.has(BEGINS) {
                return After::Content(at);
            }
            if word.before.has(BREAK) {
                return After::Interrupted(at);
            }
            match word.class {
                Class::Time => at += 1,
                Class::Adverb => at = self.after_adverb(at, limit),
                Class::Thing if word.lower == "this" && self.is_period(at + 1) => at += 2,
                Class::Open if self.follows_time(at, from) => at += 1,
                // "said about 20 people had come"
                Class::Preposition if self.is_number(at + 1) && word.lower == "about" => {
                    return After::Content(at);
                }
                Class::Preposition => return self.after_adjunct(at, limit),
                Class::Conjunction => return After::Interrupted(at),
                // "rejected as baseless | claims that"
                Class::Subordinator if takes == Takes::Object && self.is_of_claim(at, limit) => {
                    return After::Content(at + 1);
                }
                Class::Subordinator if matches!(word.lower, "as" | "when" | "while" | "after") => {
                    return self.after_adjunct(at, limit);
                }
                _ => return After::Content(at),
            }
        }
        After::Nothing
    }

    /// Whether `as` at a word tells what a claim after it is called: "as baseless claims that".
    fn is_of_claim(&self, at: usize, limit: usize) -> bool {
        let words = &self.reading.words[..limit];
        let mut near = (at + 1..limit.min(at + 6)).take_while(|&t| !words[t].before.has(BREAK));
        let claim = |t: usize| {
            CHARGES.contains(&words[t].lower) && words.get(t + 1).is_some_and(|w| w.lower == "that")
        };
        words[at].lower == "as" && near.any(claim)
    }

    /// "decided after a long talk not to go": the infinitive after when and how.
    fn infinitive_after(&self, from: usize, limit: usize) -> After {
        let words = &self.reading.words;
        let mut phrase = false;
        for (at, word) in words.iter().enumerate().take(limit.min(from + 10)).skip(from) {
            if word.before.has(BREAK.or(BEGINS)) {
                return After::Interrupted(at);
            }
            match word.class {
                Class::To if word.lower == "to" => return After::Content(at),
                Class::Time | Class::Adverb => {}
                Class::Preposition if matches!(word.lower, "on" | "for" | "of" | "to") => {
                    return After::Content(at);
                }
                Class::Preposition => phrase = true,
                Class::Open | Class::Determiner if phrase => {}
                _ => return After::Content(at),
            }
        }
        After::Nothing
    }

    /// `last week`, `earlier this month`: the adverb and the noun with it.
    fn after_adverb(&self, at: usize, limit: usize) -> usize {
        let last = self.reading.words[at].lower == "last" && at + 1 < limit;
        at + 1 + usize::from(last && !self.reading.gap(at + 1).has(Gap::ANY))
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        self.reading.words.get(at).is_some_and(|w| w.lower.starts_with(char::is_numeric))
    }

    /// Whether a word is a stretch of the calendar.
    pub(super) fn is_period(&self, at: usize) -> bool {
        let periods = ["week", "month", "year", "morning", "afternoon", "evening", "summer"];
        self.reading.words.get(at).is_some_and(|w| periods.contains(&w.lower))
    }

    /// `Feb. 3`, `Monday morning`: words that go on with a date.
    fn follows_time(&self, at: usize, from: usize) -> bool {
        let words = &self.reading.words;
        let number = words[at].lower.starts_with(char::is_numeric);
        at > from
            && words[at - 1].class == Class::Time
            && (number || self.is_period(at) || words[at].lower == "night")
    }

    /// Where the words after the person spoken to begin; or what follows instead.
    fn after_person(&self, from: usize, limit: usize) -> Result<usize, After> {
        let words = &self.reading.words;
        let mut at = from;
        while at < limit {
            let word = &words[at];
            if word.before.has(BEGINS) || at > from && self.opens_clause(at) {
                return Err(After::Content(at));
            }
            if at > from && word.before.has(BREAK) {
                return Err(After::Interrupted(at));
            }
            match word.class {
                Class::Object => return Ok(at + 1),
                Class::Determiner if word.lower == "her" && self.opens_clause(at + 1) => {
                    return Ok(at + 1);
                }
                Class::Time | Class::Preposition if at > from => return Ok(at),
                // "told reporters it worked"
                Class::Thing if at > from && !word.possessive => return Err(After::Content(at)),
                Class::Determiner | Class::Person
                    if at > from && word.lower != "who" && !self.may_go_on(at) =>
                {
                    return Err(After::Content(at));
                }
                _ => at += 1,
            }
        }
        Err(After::Nothing)
    }

    /// Whether a determiner goes on with the noun phrase before it rather than opening a clause.
    fn may_go_on(&self, at: usize) -> bool {
        at > 0 && matches!(self.reading.words[at - 1].class, Class::Determiner | Class::Conjunction)
    }

    /// Whether a word can only open a clause of content.
    pub(super) fn opens_clause(&self, at: usize) -> bool {
        self.reading.words.get(at).is_some_and(|w| {
            matches!(w.lower, "that" | "how" | "what" | "why" | "whether" | "if" | "to" | "there")
                || matches!(w.class, Class::Person) && w.lower != "who"
                || matches!(w.lower, "it" | "this" | "these" | "those") && self.is_finite_at(at + 1)
        })
    }

    /// Whether a subject and its verb, rather than a noun phrase alone, begin at a word: "the port
    /// was safe", not "two ships to its fleet".
    pub(super) fn holds_clause(&self, start: usize) -> bool {
        const NO_VERB: &[&str] = &["by", "in", "on", "at", "to", "from", "with", "for", "as"];
        let words = &self.reading.words;
        let limit = self.reading.sentence_of(start).end;
        let end = (start + 1..limit).find(|&t| {
            words[t].before.has(Gap::CLAUSE)
                || matches!(words[t].lower, "that" | "which" | "who" | "whose" | "where" | "when")
                || words[t].class == Class::Subordinator
        });
        (start + 1..end.unwrap_or(limit)).any(|t| match words[t].class {
            Class::Be | Class::Aux => true,
            Class::Modal => !words[t].capital,
            // "added ships built in May": a participle.
            Class::Open => {
                let next = words.get(t + 1).filter(|w| !w.before.has(Gap::SENTENCE));
                is_past(words[t].lower)
                    && !words[t].before.has(Gap::HYPHEN)
                    && words[t - 1].class == Class::Open
                    && next.is_some_and(|w| !NO_VERB.contains(&w.lower))
            }
            _ => false,
        })
    }

    /// Whether a word right after its subject is surely a finite verb.
    fn is_finite_at(&self, at: usize) -> bool {
        self.reading.words.get(at).is_some_and(|w| {
            let verb = w.class.is_auxiliary() || w.class == Class::Open && is_past(w.lower);
            verb && !w.before.has(Gap::ANY)
        })
    }

    /// What follows an adjunct such as "in a statement on Monday".
    fn after_adjunct(&self, from: usize, limit: usize) -> After {
        let words = &self.reading.words;
        for at in from..limit.min(from + 30) {
            let word = &words[at];
            if word.before.has(BEGINS) {
                return After::Content(at);
            }
            if at == from {
                continue;
            }
            if word.before.has(BREAK) {
                let resumes = word.lower == "that" && word.before.has(Gap::COMMA);
                return if resumes { After::Content(at) } else { After::Interrupted(at) };
            }
            let opens = matches!(word.lower, "that" | "how" | "whether" | "why");
            if opens && words[at - 1].class != Class::Preposition {
                return After::Content(at);
            }
            if at > from + 1 && word.class == Class::Person && word.lower != "who" {
                return After::Content(at);
            }
            let begins = word.capital || matches!(word.class, Class::Determiner | Class::Thing);
            if words[at - 1].class == Class::Time && begins && word.class != Class::Time {
                return After::Content(at);
            }
        }
        After::Nothing
    }

    /// Where content that begins at `start` ends: at the end of the sentence, or where the outlet
    /// or another speaker takes over. A noun phrase (`nominal`) ends earlier than a clause.
    pub(super) fn content_end(&self, start: usize, limit: usize, nominal: bool) -> usize {
        let words = &self.reading.words;
        // Content that begins in brackets ends with them.
        let mut depth = 0;
        for at in start + 1..limit {
            let word = &words[at];
            if word.before.has(Gap::COMMA.or(Gap::DASH)) && self.takes_over(at, limit) {
                return at;
            }
            depth += i32::from(word.before.has(Gap::OPEN));
            depth -= i32::from(word.before.has(Gap::CLOSE));
            if word.before.has(Gap::SEMICOLON) || depth < 0 {
                return at;
            }
            if matches!(word.lower, "while" | "whereas") && self.speaks_next(at + 1, limit) {
                return at;
            }
            if self.sets_against(start, at, limit) {
                return at;
            }
            // "hoped to win, | yet feared the cold"
            let joins = word.class == Class::Conjunction
                || word.lower == "yet" && word.before.has(Gap::COMMA);
            if joins && (self.is_finite_report(at + 1) || self.falls_silent(at + 1)) {
                return at;
            }
            let adds = word.class == Class::Conjunction
                && words.get(at + 1).is_some_and(|w| matches!(w.lower, "which" | "who" | "whose"));
            if adds {
                return at;
            }
            if nominal && self.ends_object(at, limit) {
                return at;
            }
            if self.cues.has(at, |role| role == Role::Attribution) {
                return at;
            }
        }
        limit
    }

    /// "asked | Lee", "threatens | Taiwan", "warned | them": whether what follows a verb is only whom somebody
    /// speaks to, and nothing that he says.
    pub(super) fn is_addressee(&self, verb: usize, content: &Range<usize>) -> bool {
        let words = &self.reading.words;
        let lower = words[verb].lower;
        let speaks_to = ["ask", "threaten", "urge", "warn"].iter().any(|v| lower.starts_with(v));
        let first = &words[content.start];
        let quoted = first.before.has(Gap::QUOTE_OPENS);
        // "asked | Lee | for help", "urged | Lee | to go": what he asks follows.
        let link = matches!(first.class, Class::Preposition | Class::To);
        let ends = |end: usize| end == content.end;
        let whole = || {
            !link
                && ends(self.head_end(content))
                && ends(self.noun_phrase_end(content.start, content.end))
        };
        if !speaks_to || quoted || !whole() {
            return false;
        }
        let head = self.head_end(content) - 1;
        let pronoun = first.class == Class::Object || first.lower == "her";
        let alone = content.len() == 1 && pronoun;
        alone || self.names_person(head) || self.kind_of_phrase(content) == SubjectKind::Name
    }

    /// Whether a noun phrase as object ends before a word: at a new clause.
    fn ends_object(&self, at: usize, limit: usize) -> bool {
        let word = &self.reading.words[at];
        let comma = word.before.has(Gap::COMMA.or(Gap::DASH));
        match word.class {
            Class::Subordinator => {
                !matches!(word.lower, "as" | "than" | "how" | "what" | "whether" | "why")
            }
            Class::Conjunction => {
                // "agreed to lend it, and the board lends more"
                comma && (word.lower == "but" || self.verb_of_clause(at + 1, limit).is_some())
            }
            Class::Person => comma,
            Class::Thing => comma && word.lower == "which",
            Class::Preposition => {
                matches!(word.lower, "during" | "despite" | "after" | "before" | "amid")
            }
            Class::Open if word.lower == "following" => true,
            // "..., marking his first trip"
            Class::Open if comma && form_of(word.lower) == Form::Ing => true,
            // "a partnership in Moscow a year ago aimed at": after the date the outlet explains.
            Class::Open => {
                let before = &self.reading.words[at - 1];
                (before.class == Class::Time || before.lower == "ago")
                    && matches!(form_of(word.lower), Form::Past | Form::Ing)
            }
            _ => false,
        }
    }

    /// Whether another attribution begins after a comma.
    fn takes_over(&self, at: usize, limit: usize) -> bool {
        let words = &self.reading.words;
        if self.cues.report_at(at).is_some() && form_of(words[at].lower) == Form::Ing {
            return true;
        }
        let next = at + 1;
        match words[at].class {
            Class::Conjunction => next < limit && self.speaks_next(next, limit),
            Class::Open | Class::Determiner | Class::Person => {
                !matches!(words[at].lower, "who" | "whose") && self.speaks_next(at, limit)
            }
            _ => false,
        }
    }

    /// "..., Mr. Li told reporters the plan ...": a short subject and a verb of saying.
    fn speaks_next(&self, at: usize, limit: usize) -> bool {
        let words = &self.reading.words;
        let verb =
            (at + 1..limit.min(at + 6)).take_while(|&t| !words[t].before.has(BREAK)).find(|&t| {
                self.is_finite_report(t)
                    && words[t].class == Class::Open
                    && (words[t - 1].class != Class::Determiner || words[t - 1].lower == "another")
                    && !(form_of(words[t].lower) == Form::Past && self.verb_group(t).be)
            });
        verb.is_some_and(|verb| {
            let subject = self.subject_before(self.verb_group(verb).start);
            subject.is_some_and(|s| {
                let begins = s.tokens.start == at
                    || self.denied_claim(&s, verb).is_some_and(|claim| claim.start == at);
                begins && (s.speaks() || s.tokens.start > at)
            })
        })
    }

    /// Whether a finite verb of saying stands at a word, adverbs skipped.
    pub(super) fn is_finite_report(&self, at: usize) -> bool {
        let words = &self.reading.words;
        let bare = |t: &usize| words[*t].class != Class::Adverb || words[*t].before.has(Gap::ANY);
        let at = (at..words.len()).find(bare).unwrap_or(at);
        if words.get(at).is_none_or(|w| w.before.has(Gap::ANY)) {
            return false;
        }
        let takes = self.cues.report_at(at).map(|(_, takes, _)| takes);
        let fits = match takes {
            Some(Takes::That | Takes::Text | Takes::Clause) => {
                self.opens_clause(at + 1) || takes == Some(Takes::Clause) && self.gap_opens(at + 1)
            }
            Some(Takes::To | Takes::Will) => {
                words.get(at + 1).is_some_and(|w| w.class == Class::To)
            }
            Some(_) => true,
            None => false,
        };
        let form = form_of(words[at].lower);
        fits && (matches!(form, Form::Past | Form::Third) || self.is_plural_report(at))
    }

    /// The noun for a charge that a verb ending before `from` has as its object: "brushed off recent
    /// | claims".
    pub(super) fn charge_after(&self, from: usize) -> Option<usize> {
        const NEAR: usize = 6;
        let words = &self.reading.words;
        let near = from..words.len().min(from + NEAR);
        let mut near = near.take_while(|&t| !words[t].before.has(Gap::CLAUSE));
        near.find(|&t| CHARGES.contains(&words[t].lower))
    }

    /// "critics | say it failed", "images | show burning ships": the base form of a verb of saying right
    /// after a plural; not "sports | report was", "arms | claims of".
    pub(super) fn is_plural_report(&self, at: usize) -> bool {
        let words = &self.reading.words;
        let Some(before) = at.checked_sub(1).map(|t| &words[t]) else { return false };
        let printed = before.span.of(self.reading.basis);
        // "the U.S. | proposal"
        let acronym = !printed.contains(char::is_lowercase);
        let plural = before.class == Class::Open
            && is_plural(before.lower)
            && !before.possessive
            && !acronym
            && is_verb_form(words[at].lower);
        let noun = |next: &Word<'_>| {
            next.before.has(Gap::ANY)
                || next.class.is_auxiliary()
                || next.class == Class::Preposition
                || is_past(next.lower)
        };
        plural
            && words[at].before == Gap::default()
            && form_of(words[at].lower) == Form::Base
            && self.cues.report_at(at).is_some()
            && (!is_often_a_noun(words[at].lower) || words.get(at + 1).is_some_and(|w| !noun(w)))
    }

    /// Whether a quotation begins, or the clause ends, before a word.
    fn gap_opens(&self, at: usize) -> bool {
        self.reading.gap(at).has(BEGINS.or(Gap::CLAUSE))
    }

    /// A range without the closed-class words that lead nowhere at its ends.
    pub(super) fn trimmed(&self, range: Range<usize>) -> Option<Range<usize>> {
        let words = &self.reading.words;
        let mut end = range.end;
        while end > range.start && matches!(words[end - 1].class, Class::Conjunction) {
            end -= 1;
        }
        (end > range.start).then_some(range.start..end)
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::check_said;

    #[test]
    fn a_pronoun_opens_the_clause_after_the_person_spoken_to() {
        check_said("Moren told reporters it worked.", &["Moren: it worked"]);
        check_said("Moren told the board this was late.", &["Moren: this was late"]);
        check_said("Moren found it was late.", &["Moren: it was late"]);
        check_said("Moren found it in May.", &[]);
    }

    #[test]
    fn what_somebody_praised_ends_with_its_noun_phrase() {
        check_said("Oran condemned the raid during a visit.", &["Oran: the raid"]);
        check_said("Oran condemned the raid, ending a long quiet.", &["Oran: the raid"]);
        check_said("Oran condemned the raid, and the board met.", &["Oran: the raid"]);
        check_said("Oran decided to sail, and ships came in.", &["Oran: to sail"]);
        check_said("Oran condemned the raid, and the theft.", &["Oran: the raid, and the theft"]);
        check_said(
            "Oran condemned the raid, the theft, and the crew who took it.",
            &["Oran: the raid, the theft, and the crew who took it"],
        );
        check_said("Oran said it sank during a visit.", &["Oran: it sank during a visit"]);
    }

    #[test]
    fn what_is_called_baseless_follows() {
        check_said(
            "Oran rejected as baseless claims that it sank.",
            &["Oran: baseless claims that it sank", ": that it sank"],
        );
        check_said("Oran rejected as baseless the plan of Lund.", &[]);
    }

    #[test]
    fn an_infinitive_may_stand_after_when_and_how() {
        check_said(
            "Oran decided after a long talk not to sell the ship.",
            &["Oran: to sell the ship"],
        );
        check_said("Oran decided on a ship to sell.", &[]);
    }
}
