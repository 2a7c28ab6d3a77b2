//! Attribution without a verb of saying: "according to", and what is believed by nobody.

use std::ops::Range;

use crate::annotate::attribution::{Attribution, Attributions};
use crate::annotate::clauses::{Subject, SubjectKind};
use crate::annotate::facts::Stance;
use crate::annotate::grammar::Class;
use crate::annotate::reading::{Gap, Word};

/// More words than this before ", according to X," are a statement of their own.
const SHORT_START: usize = 12;

impl Attributions<'_, '_, '_> {
    /// `According to X, ...`, `..., according to X`, `..., according to X, ...`
    pub(super) fn according_to(
        &self,
        cue: &Range<usize>,
        sentence: &Range<usize>,
    ) -> Option<Attribution> {
        let reading = self.clauses.reading;
        let tokens = cue.end..self.clauses.noun_phrase_end(cue.end, sentence.end);
        if tokens.is_empty() {
            return None;
        }
        let comma =
            (tokens.end..sentence.end).find(|&t| reading.gap(t).has(Gap::COMMA.or(Gap::COLON)));
        let opens = cue.start == sentence.start
            || cue.start <= sentence.start + 2 && !reading.gap(cue.start).has(Gap::COMMA);
        let (content, end) = match comma {
            Some(comma) if opens => {
                let start = self.after_apposition(comma, sentence);
                (std::iter::once(self.rest(start, sentence)).collect(), start)
            }
            _ => self.around_phrase(cue.start, comma, sentence)?,
        };
        let kind = self.clauses.kind_of_phrase(&tokens);
        Some(Attribution {
            subject: Some(Subject { full: tokens.clone(), tokens, kind }),
            content,
            clause: Some(cue.start..end),
            cue: cue.clone(),
            stance: Stance::Neutral,
            vague: false,
            by_noun: false,
        })
    }

    /// `In the poll, ...`, `By one estimate, ...`, `In Lee's view, ...`
    pub(super) fn fronted(
        &self,
        noun: &Range<usize>,
        owned: bool,
        sentence: &Range<usize>,
    ) -> Option<Attribution> {
        let reading = self.clauses.reading;
        let words = &reading.words;
        if let Some(trailing) = self.trailing(noun, owned, sentence) {
            return Some(trailing);
        }
        let first = sentence.start + usize::from(words[sentence.start].class == Class::Conjunction);
        let fronts = matches!(words.get(first)?.lower, "in" | "by");
        let ends = noun.end < sentence.end && reading.gap(noun.end).has(Gap::COMMA);
        let short = first + 1 < noun.end && noun.end - first <= 10;
        let whole = || (first + 1..noun.end).all(|t| !words[t].before.has(Gap::CLAUSE));
        if !fronts || !ends || !short || !whole() {
            return None;
        }
        let tokens = first + 1..noun.end;
        let subject = if owned {
            self.owner_before(noun.start, sentence)?
        } else {
            Subject { full: tokens.clone(), tokens, kind: SubjectKind::SpeakerNoun }
        };
        Some(Attribution {
            subject: Some(subject),
            content: std::iter::once(self.rest(noun.end, sentence)).collect(),
            clause: Some(first..noun.end),
            cue: noun.clone(),
            stance: Stance::Neutral,
            vague: false,
            by_noun: true,
        })
    }

    /// `..., by one estimate.`, `... in her view.`: the same phrases at the end of what they attribute.
    fn trailing(
        &self,
        noun: &Range<usize>,
        owned: bool,
        sentence: &Range<usize>,
    ) -> Option<Attribution> {
        let reading = self.clauses.reading;
        let words = &reading.words;
        let near = noun.start.saturating_sub(5).max(sentence.start)..noun.start;
        let first = near.rev().find(|&t| matches!(words[t].lower, "in" | "by"))?;
        let over = noun.end >= sentence.end || reading.gap(noun.end).has(Gap::SEMICOLON);
        let whole = (first + 1..noun.end).all(|t| !words[t].before.has(Gap::ANY));
        let set_off = reading.gap(first).has(Gap::COMMA) || owned;
        if !over || !whole || !set_off || first < sentence.start + 3 {
            return None;
        }
        let tokens = first + 1..noun.end;
        let subject = if owned {
            let owner = self.owner_before(noun.start, sentence)?;
            let tokens = owner.tokens.start.max(first + 1)..owner.tokens.end;
            Subject { full: tokens.clone(), tokens, kind: owner.kind }
        } else {
            Subject { full: tokens.clone(), tokens, kind: SubjectKind::SpeakerNoun }
        };
        Some(Attribution {
            subject: Some(subject),
            content: std::iter::once(self.left_content(first, sentence)?).collect(),
            clause: Some(first..noun.end),
            cue: noun.clone(),
            stance: Stance::Neutral,
            vague: false,
            by_noun: true,
        })
    }

    /// The content before a phrase, and after it if it only interrupts; and where the phrase ends.
    fn around_phrase(
        &self,
        start: usize,
        comma: Option<usize>,
        sentence: &Range<usize>,
    ) -> Option<(Vec<Range<usize>>, usize)> {
        let left = self.left_content(start, sentence)?;
        let interrupts =
            self.clauses.reading.gap(start).has(Gap::COMMA) && left.len() <= SHORT_START;
        match comma.filter(|&at| interrupts && self.goes_on(at, sentence)) {
            Some(at) => Some((vec![left, self.rest(at, sentence)], at)),
            None => Some((std::iter::once(left).collect(), comma.unwrap_or(sentence.end))),
        }
    }

    /// What is attributed from a word on.
    fn rest(&self, start: usize, sentence: &Range<usize>) -> Range<usize> {
        start..self.clauses.content_end(start, sentence.end, false)
    }

    /// "According to Ann Lee, a fellow at X, the plan ...": the comma after the apposition.
    fn after_apposition(&self, comma: usize, sentence: &Range<usize>) -> usize {
        let reading = self.clauses.reading;
        let second = (comma + 1..sentence.end).find(|&t| reading.gap(t).has(Gap::COMMA));
        let first = &reading.words[comma];
        second
            .filter(|&at| {
                let noun = || self.clauses.names_speaker(&(comma..at.min(comma + 5)));
                first.lower == "who" || first.class == Class::Determiner && noun()
            })
            .unwrap_or(comma)
    }

    /// `Lee's claim that ...`, `her promise to ...`, `his criticism of ...`; without an owner only
    /// `that` tells, and it is said by nobody.
    pub(super) fn noun(
        &self,
        cue: &Range<usize>,
        stance: Stance,
        sentence: &Range<usize>,
    ) -> Option<Attribution> {
        let (subject, end) = match self.owner_before(cue.start, sentence) {
            Some(owner) => (Some(owner), cue.end),
            None => self.owner_after(cue.end, sentence),
        };
        let content = self.noun_content(end, subject.is_some(), sentence)?;
        Some(Attribution {
            vague: subject.is_none(),
            by_noun: true,
            subject,
            content: std::iter::once(content).collect(),
            clause: None,
            cue: cue.clone(),
            stance,
        })
    }

    /// What follows such a noun.
    fn noun_content(
        &self,
        at: usize,
        owned: bool,
        sentence: &Range<usize>,
    ) -> Option<Range<usize>> {
        let words = &self.clauses.reading.words[..sentence.end];
        let (next, after) = (words.get(at)?, words.get(at + 1)?);
        if next.before.has(Gap::ANY) {
            return None;
        }
        let object = |start: usize| start..self.clauses.content_end(start, sentence.end, true);
        match next.lower {
            "that" | "whether" => Some(self.rest(at, sentence)),
            "about" | "over" if after.lower == "whether" => Some(self.rest(at + 1, sentence)),
            "is" | "was" if owned && after.lower == "that" => Some(self.rest(at + 1, sentence)),
            "to" if owned && after.class == Class::Open && !after.capital => Some(object(at)),
            "of" | "for" | "about" | "against" | "over" if owned => Some(object(at + 1)),
            _ => None,
        }
    }

    /// Whose noun it is: `Lee's recent claim`, `his claim`.
    fn owner_before(&self, noun: usize, sentence: &Range<usize>) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let from = noun.saturating_sub(3).max(sentence.start);
        let near = (from..noun).rev().take_while(|&t| !words[t + 1].before.has(Gap::ANY));
        let owner = near.into_iter().find(|&t| {
            words[t].possessive || matches!(words[t].lower, "his" | "her" | "its" | "their")
        })?;
        if words[owner].class == Class::Determiner {
            let tokens = owner..owner + 1;
            return Some(Subject { full: tokens.clone(), tokens, kind: SubjectKind::Pronoun });
        }
        let start = self.clauses.noun_phrase_start(sentence.start, owner + 1);
        self.clauses.subject_of(start.min(owner)..owner + 1)
    }

    /// Whose noun it is, after it: `warnings from Lee that`, `a promise by her aides to`; and where
    /// that phrase ends.
    fn owner_after(&self, at: usize, sentence: &Range<usize>) -> (Option<Subject>, usize) {
        let words = &self.clauses.reading.words[..sentence.end];
        let linked = |w: &Word<'_>| matches!(w.lower, "by" | "from") && !w.before.has(Gap::ANY);
        if !words.get(at).is_some_and(linked) {
            return (None, at);
        }
        let end = self.clauses.noun_phrase_end(at + 1, sentence.end);
        let clause = |w: &Word<'_>| matches!(w.lower, "that" | "to") && !w.before.has(Gap::ANY);
        let subject = words.get(end).filter(|w| clause(w)).filter(|_| end > at + 1);
        match subject.and_then(|_| self.clauses.subject_of(at + 1..end)) {
            Some(subject) if subject.speaks() => (Some(subject), end),
            _ => (None, at),
        }
    }

    /// `is believed to ...`: said by nobody.
    pub(super) fn vague(&self, cue: &Range<usize>, sentence: &Range<usize>) -> Option<Attribution> {
        if cue.end >= sentence.end {
            return None;
        }
        let last = self.clauses.reading.words[cue.end - 1].lower;
        let start = cue.end - usize::from(matches!(last, "to" | "that" | "whether"));
        Some(Attribution {
            subject: None,
            content: std::iter::once(self.rest(start, sentence)).collect(),
            clause: None,
            cue: cue.clone(),
            stance: Stance::Neutral,
            vague: true,
            by_noun: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::{check_said, read};
    use crate::base::Voice;

    #[test]
    fn according_to_stands_in_front_behind_or_between() {
        check_said(
            "According to a port official, the ship sank.",
            &["a port official: the ship sank"],
        );
        check_said("The ship sank, according to Lee.", &["Lee: The ship sank"]);
        check_said(
            "The ship, according to Lee, sank in May.",
            &["Lee: The ship", "Lee: sank in May"],
        );
        check_said("The ship sank in accordance with the plan.", &[]);
    }

    #[test]
    fn a_poll_or_a_view_may_front_what_it_says() {
        check_said("In the Herald poll, Moren led.", &["the Herald poll: Moren led"]);
        check_said("In Lund's view, Moren failed.", &["Lund's: Moren failed"]);
        check_said("In view of the storm, Moren failed.", &[]);
        check_said("In the poll Moren was late, and she left.", &[]);
    }

    #[test]
    fn a_view_or_an_estimate_may_end_what_it_says() {
        check_said(
            "The harbour is a ruin, by one estimate.",
            &["one estimate: The harbour is a ruin"],
        );
        check_said("Only old ships are safe in Lund's view.", &["Lund's: Only old ships are safe"]);
        check_said("Only old ships are safe in the view.", &[]);
    }

    #[test]
    fn the_owner_of_a_warning_may_stand_after_it() {
        check_said(
            "It sank despite warnings from Lund that it was old.",
            &["Lund: that it was old"],
        );
        check_said("It sank after letters from Lund about the port.", &[]);
    }

    #[test]
    fn a_noun_with_its_owner_may_be_what_the_clause_is() {
        check_said("Lund's main claim is that it sank.", &["Lund's: that it sank"]);
        check_said("The claim is that it sank.", &[]);
    }

    #[test]
    fn what_is_believed_by_nobody_stays_with_the_outlet() {
        let read = read("The visit is believed to be one of many.");
        assert!(read.facts.quotes[0].vague);
        assert_eq!(read.facts.quotes[0].speaker, "");
        assert_eq!(read.in_voice(Voice::Reported), "");
    }
}
