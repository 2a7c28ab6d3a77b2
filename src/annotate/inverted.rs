//! Verbs of saying that stand elsewhere: before their speaker (`"...," said Ann Lee`) and as
//! participles (`, saying that ...`).

use std::ops::Range;

use crate::annotate::attribution::{Attribution, Attributions, SET_OFF};
use crate::annotate::clauses::{Subject, SubjectKind};
use crate::annotate::content::After;
use crate::annotate::cues::Takes;
use crate::annotate::grammar::{Class, is_past};
use crate::annotate::reading::Gap;
use crate::annotate::verbs::Verb;

impl Attributions<'_, '_, '_> {
    /// `, saying that ...`, `, adding ...`, `a statement saying that ...`
    pub(super) fn participle(&self, verb: &Verb<'_>) -> Option<Attribution> {
        let start = verb.tokens.start;
        if start == verb.sentence.start {
            return self.opening(verb);
        }
        let before = start.checked_sub(1).filter(|&t| t >= verb.sentence.start)?;
        let (word, set_off) =
            (&self.clauses.reading.words[before], self.clauses.reading.gap(start).has(SET_OFF));
        let linked = matches!(word.lower, "while" | "by" | "before" | "after" | "and");
        if word.lower == "worth" || !linked && !set_off && word.class == Class::Preposition {
            return None;
        }
        let says_that = self.says_that(verb.tokens.end);
        let subject = if let Some(quoted) = self.quoted_as(before, verb) {
            Some(quoted)
        } else if let Some(with) = self.with_whom(before, verb) {
            Some(with)
        } else if set_off || linked {
            self.shared_subject(verb)
        } else if says_that || self.clauses.names_speaker(&(before..start)) {
            let named = self.clauses.subject_before(start);
            named.or_else(|| self.clauses.main_subject(verb.sentence))
        } else {
            None
        }?;
        let says = self.clauses.reading.words[start].lower == "saying"
            && self.clauses.reading.gap(verb.tokens.end) == Gap::default();
        let clear = says_that || says || self.clauses.opens_clause(verb.tokens.end);
        if !subject.speaks() && verb.takes == Takes::Speaker || linked && !clear {
            return None;
        }
        let after = self.clauses.after_verb(verb.tokens.end, verb.sentence.end, verb.takes);
        let mut content = self.content_after(after, verb.takes, verb.sentence)?;
        // "After saying that it sank, she left": the main clause is the outlet's.
        if linked && before == verb.sentence.start {
            content.end = self.subordinate_end(&content);
        }
        Some(verb.attributes(subject, std::iter::once(content).collect(), None))
    }

    /// "quoted Lee as | saying that": who is quoted speaks.
    fn quoted_as(&self, before: usize, verb: &Verb<'_>) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let first = verb.sentence.start.max(before.saturating_sub(8));
        let quotes =
            |t: &usize| words[*t].lower.starts_with("quot") || words[*t].lower.starts_with("cit");
        let quoting = (first..before).rfind(quotes).filter(|_| words[before].lower == "as")?;
        // "was quoted by the Herald as | saying": who was quoted speaks.
        if words[quoting + 1].lower == "by" {
            let group = self.clauses.verb_group(quoting);
            return group.be.then(|| self.clauses.subject_before(group.start)).flatten();
        }
        (quoting + 1 < before).then(|| self.clauses.subject_of(quoting + 1..before)).flatten()
    }

    /// "with Mayor Lee | telling reporters that": whoever stands after `with` speaks.
    fn with_whom(&self, before: usize, verb: &Verb<'_>) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let start = self.clauses.noun_phrase_start(verb.sentence.start, before + 1);
        let with = (verb.sentence.start..before).rfind(|&t| words[t].lower == "with")?;
        let near = with + 1 >= start && start <= before;
        let unbroken = (with + 1..=before).all(|t| !words[t].before.has(Gap::ANY));
        // "with both sides agreeing to meet": what they did, and no speech.
        let says = verb.takes == Takes::Whom || self.says_that(verb.tokens.end);
        let near = near && says;
        let subject = near.then(|| self.clauses.subject_of(with + 1..before + 1)).flatten()?;
        (unbroken && subject.speaks()).then_some(subject)
    }

    /// `Claiming that it sank, Lee left`: the participle that opens a sentence, up to its subject.
    fn opening(&self, verb: &Verb<'_>) -> Option<Attribution> {
        let reading = self.clauses.reading;
        let subject = self.clauses.main_subject(verb.sentence).filter(Subject::speaks)?;
        let after = self.clauses.after_verb(verb.tokens.end, verb.sentence.end, verb.takes);
        // "Speaking about the port, Lee ...": a topic, and nothing said of it.
        if matches!(reading.words[verb.tokens.start].lower, "speaking" | "talking") {
            return None;
        }
        let content = self.content_after(after, verb.takes, verb.sentence)?;
        let end = subject.tokens.start;
        let whole = content.start < end && reading.gap(end).has(Gap::COMMA);
        let content = content.start..end;
        whole.then(|| verb.attributes(subject, std::iter::once(content).collect(), None))
    }

    /// `"...," said Rita Katz, the director of ...`
    pub(super) fn inverted(&self, verb: &Verb<'_>) -> Option<Attribution> {
        let reading = self.clauses.reading;
        if !self.may_be_inverted(verb) {
            return None;
        }
        let subject = self.subject_after(verb)?;
        let end = subject.tokens.end;
        let quote = reading.gap(verb.tokens.start).has(Gap::QUOTE_CLOSES);
        let alone = || self.ends_clause(end, verb.sentence) && subject.speaks();
        if !quote && (!alone() || self.has_subject_before(verb)) {
            return None;
        }
        let after = self.quote_after(end, verb.sentence);
        let start = verb.tokens.start;
        let content = self.before_clause(start, after, verb.takes, verb.sentence)?;
        let clause = start..self.clause_end(end, after, verb.sentence);
        Some(verb.attributes(subject, content, Some(clause)))
    }

    /// Whether the subject of a verb stands before it: "The army, the largest, | said", but not "The
    /// army lost it, | said a soldier", where it has a verb of its own.
    fn has_subject_before(&self, verb: &Verb<'_>) -> bool {
        let words = &self.clauses.reading.words;
        self.clauses.subject_before(verb.tokens.start).is_some_and(|subject| {
            let next = &words[subject.tokens.end];
            let acts = next.class.is_auxiliary() || is_past(next.lower);
            next.before.has(Gap::ANY) || !acts || subject.tokens.end >= verb.tokens.start
        })
    }

    /// Whether a verb follows what it attributes and its subject can follow it.
    fn may_be_inverted(&self, verb: &Verb<'_>) -> bool {
        let reading = self.clauses.reading;
        let (start, end) = (verb.tokens.start, verb.tokens.end);
        let gap = reading.gap(start);
        let follows =
            gap.has(SET_OFF) && (start > verb.sentence.start || gap.has(Gap::QUOTE_CLOSES));
        let takes_clause =
            !(verb.takes.infinitive() || matches!(verb.takes, Takes::That | Takes::Whom));
        let next = reading.words[..verb.sentence.end].get(end);
        follows
            && takes_clause
            && verb.group.start == start
            && !reading.gap(end).has(Gap::ANY)
            && next.is_some_and(|w| {
                let opens = matches!(w.lower, "how" | "what" | "whether");
                !opens && !matches!(w.class, Class::Thing | Class::Object)
            })
    }

    /// The noun phrase after a verb as its subject, with its apposition.
    fn subject_after(&self, verb: &Verb<'_>) -> Option<Subject> {
        let start = verb.tokens.end;
        let end = self.clauses.noun_phrase_end(start, verb.sentence.end);
        if end == start {
            return None;
        }
        let kind = match self.clauses.reading.words[start].class {
            Class::Person => SubjectKind::Pronoun,
            _ => self.clauses.kind_of_phrase(&(start..end)),
        };
        let full = start..self.clauses.apposition_end(end, verb.sentence.end);
        Some(Subject { tokens: start..end, full, kind })
    }

    /// Whether nothing but where and when can follow a word in its clause.
    fn ends_clause(&self, at: usize, sentence: &Range<usize>) -> bool {
        let reading = self.clauses.reading;
        let adjunct = |class| {
            matches!(
                class,
                Class::Preposition
                    | Class::Subordinator
                    | Class::Time
                    | Class::Person
                    | Class::Adverb
            )
        };
        at >= sentence.end || reading.gap(at).has(Gap::ANY) || adjunct(reading.words[at].class)
    }

    /// A quotation that opens later in the sentence, after the clause that names the speaker.
    fn quote_after(&self, from: usize, sentence: &Range<usize>) -> After {
        let reading = self.clauses.reading;
        let opens = (from..sentence.end).find(|&t| reading.gap(t).has(Gap::QUOTE_OPENS));
        match opens {
            Some(at) if at == from => After::Content(at),
            Some(at) if reading.gap(at).has(SET_OFF.or(Gap::COLON)) => After::Interrupted(at),
            _ => After::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::check_said;

    #[test]
    fn the_verb_may_stand_before_its_speaker() {
        check_said(
            "“The harbour is open to all ships again,” said Ann Lee, the port director.",
            &["Ann Lee: “The harbour is open to all ships again,”"],
        );
        check_said("The harbour is open, said Ann Lee.", &["Ann Lee: The harbour is open"]);
        check_said("He came in, said nothing and left.", &["He: nothing and left"]);
    }

    #[test]
    fn participles_report_after_a_comma() {
        check_said(
            "Lee opened the port, saying that ships were welcome.",
            &["Lee: that ships were welcome"],
        );
        check_said(
            "Lee said the port was open, adding that ships were welcome.",
            &["Lee: the port was open", "Lee: that ships were welcome"],
        );
        check_said("The trip went well, underscoring the ties of both towns.", &[]);
        check_said("The towns are actively saying farewell.", &[]);
    }

    #[test]
    fn who_stands_after_with_or_is_quoted_as_saying_speaks() {
        check_said(
            "It sank in May, with Mayor Lund telling a crowd that it was old.",
            &["Mayor Lund: that it was old"],
        );
        check_said("It sank in May, with both towns agreeing to meet.", &[]);
        check_said("Moe was quoted by the Herald as saying it sank.", &["Moe: it sank"]);
        check_said(
            "The fleet lost the port, said the mayor.",
            &["the mayor: The fleet lost the port"],
        );
        check_said("Oran is winning, said a minister.", &["a minister: Oran is winning"]);
        check_said("The Herald quoted Lund as saying that it was old.", &["Lund: that it was old"]);
    }

    #[test]
    fn a_participle_may_open_or_follow_a_main_clause() {
        check_said("Claiming that it sank, Lee left the room.", &["Lee: that it sank"]);
        check_said("Opening the port, Lee left the room.", &[]);
        check_said("Speaking about the port, Lee said it sank.", &["Lee: it sank"]);
        check_said(
            "After saying the port was open, Lee left the room.",
            &["Lee: the port was open"],
        );
        check_said(
            "“The harbour is open to all ships again,” said Ann Lee in a letter.",
            &["Ann Lee: “The harbour is open to all ships again,”"],
        );
    }

    #[test]
    fn a_text_may_say_something() {
        check_said(
            "The mayor issued a statement saying that the port was open.",
            &[
                "The mayor: a statement saying that the port was open",
                "a statement: that the port was open",
            ],
        );
    }
}
