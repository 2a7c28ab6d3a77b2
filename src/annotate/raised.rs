//! Verbs of saying under another verb: what somebody began, was asked, or was made to say.

use crate::annotate::attribution::{Attribution, Attributions};
use crate::annotate::cues::Takes;
use crate::annotate::grammar::{Class, Form};
use crate::annotate::reading::{Gap, Word};
use crate::annotate::verbs::Verb;

impl Attributions<'_, '_, '_> {
    /// "Lee began dismissing the plan", "aides kept saying that": the participle after such a verb.
    pub(super) fn begun(&self, verb: &Verb<'_>) -> Option<Attribution> {
        const BEGINS: &[&str] =
            &["began", "begins", "continued", "continues", "keep", "keeps", "kept", "started"];
        let words = &self.clauses.reading.words;
        let start = verb.tokens.start;
        let before = start.checked_sub(1).filter(|&t| t >= verb.sentence.start)?;
        if !BEGINS.contains(&words[before].lower) || words[start].before.has(Gap::ANY) {
            return None;
        }
        let subject = self.clauses.subject_before(self.clauses.verb_group(before).start)?;
        let after = self.clauses.after_verb(verb.tokens.end, verb.sentence.end, verb.takes);
        let content = self.content_after(after, verb.takes, verb.sentence)?;
        subject.speaks().then(|| verb.attributes(subject, vec![content], None))
    }

    /// "asked whether he would go, Lee said ...": a question without anybody who asks.
    pub(super) fn asked(&self, verb: &Verb<'_>) -> Option<Attribution> {
        let words = &self.clauses.reading.words;
        let (start, end) = (verb.tokens.start, verb.tokens.end);
        let next = words[..verb.sentence.end].get(end)?;
        let question = matches!(next.lower, "if" | "whether" | "why" | "how" | "what" | "when");
        if words[start].lower != "asked" || !question || next.before.has(Gap::ANY) {
            return None;
        }
        let before = start.checked_sub(1).filter(|&t| t >= verb.sentence.start);
        let reduced = before.is_none_or(|t| matches!(words[t].lower, "when" | "if" | "repeatedly"));
        if !reduced && !verb.group.be {
            return None;
        }
        let content = end..self.clauses.content_end(end, verb.sentence.end, false);
        let content = content.start..self.subordinate_end(&content);
        Some(Attribution {
            subject: None,
            content: std::iter::once(content).collect(),
            clause: None,
            cue: verb.tokens.clone(),
            stance: verb.stance,
            vague: true,
            by_noun: true,
        })
    }

    /// "Lee, asked about Oran, said", "when asked about Oran": the topic of a question says nothing.
    pub(super) fn is_asked_about(&self, verb: &Verb<'_>) -> bool {
        let words = &self.clauses.reading.words;
        let (start, end) = (verb.tokens.start, verb.tokens.end);
        let topic = |w: &Word<'_>| matches!(w.lower, "about" | "on" | "by");
        let next = words[..verb.sentence.end].get(end).is_some_and(topic);
        let next = next || topic(&words[end - 1]);
        let before = start.checked_sub(1).filter(|&t| t >= verb.sentence.start);
        let reduced = words[start].before.has(Gap::COMMA)
            || before.is_none_or(|t| matches!(words[t].lower, "when" | "if" | "repeatedly"));
        words[start].lower == "asked" && next && (reduced || verb.group.be)
    }

    /// "a claim Oran dismissed | as absurd"
    pub(super) fn judges_as(&self, verb: &Verb<'_>) -> bool {
        let words = &self.clauses.reading.words;
        let next = words.get(verb.tokens.end).filter(|w| !w.before.has(Gap::ANY));
        next.is_some_and(|w| w.lower == "as") || words[verb.tokens.end - 1].lower == "as"
    }

    /// "who asked | not to be named": a condition, and no speech.
    pub(super) fn asks_for_no_name(&self, verb: &Verb<'_>) -> bool {
        let words = &self.clauses.reading.words[..verb.sentence.end];
        let start = verb.tokens.end;
        let not = usize::from(words.get(start).is_some_and(|w| w.lower == "not"));
        let lower = |at: usize| words.get(start + not + at).map_or("", |w| w.lower);
        lower(0) == "to"
            && lower(1) == "be"
            && matches!(lower(2), "named" | "identified" | "quoted" | "unnamed")
    }

    /// "quoted Lee as saying that": Lee speaks, which the participle tells.
    pub(super) fn quotes_somebody(&self, verb: &Verb<'_>) -> bool {
        let words = &self.clauses.reading.words;
        let lower = words[verb.tokens.start].lower;
        let near = verb.tokens.end..verb.sentence.end.min(verb.tokens.end + 8);
        let says = |t: usize| words[t].lower == "as" && words[t + 1].lower == "saying";
        (lower.starts_with("quot") || lower.starts_with("cit"))
            && near.clone().take_while(|&t| t + 1 < near.end).any(says)
    }

    /// "forced Lee to admit that it sank": who is made to say something says it.
    pub(super) fn made_to_say(&self, verb: &Verb<'_>) -> Option<Attribution> {
        const MAKES: &[&str] =
            &["caused", "compelled", "forced", "inspired", "led", "moved", "prompted", "pushed"];
        let words = &self.clauses.reading.words;
        let to = verb.group.start;
        let (end, limit) = (verb.tokens.end, verb.sentence.end);
        if verb.form != Form::Base || !verb.group.to || words[to].class != Class::To {
            return None;
        }
        let start = self.clauses.noun_phrase_start(verb.sentence.start, to);
        let made = (start.saturating_sub(1).max(verb.sentence.start)..to)
            .find(|&t| MAKES.contains(&words[t].lower) && !words[t + 1].before.has(Gap::ANY))?;
        if made + 1 >= to || !(self.clauses.opens_clause(end) || verb.takes != Takes::That) {
            return None;
        }
        let subject = self.clauses.subject_of(made + 1..to)?;
        let after = self.clauses.after_verb(end, limit, verb.takes);
        let content = self.content_after(after, verb.takes, verb.sentence)?;
        subject.speaks().then(|| verb.attributes(subject, vec![content], None))
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::check_said;

    #[test]
    fn what_somebody_began_or_was_made_to_say_is_said() {
        check_said("Lund began dismissing the plan.", &["Lund: the plan"]);
        check_said("Lund began mending the boat.", &[]);
        check_said("The storm forced Lund to admit that it sank.", &["Lund: that it sank"]);
        check_said("The storm forced Lund to leave.", &[]);
        check_said("Lund was able to explain that it sank.", &["Lund: that it sank"]);
    }

    #[test]
    fn a_question_is_attributed_even_without_anybody_who_asks() {
        check_said(
            "Asked whether it sank, Lund said it was late.",
            &[": whether it sank", "Lund: it was late"],
        );
        check_said("Lund was once asked how it would end.", &[": how it would end"]);
        check_said("Lund asked a lot.", &["Lund: a lot"]);
        check_said("Lund, asked about the port, said it sank.", &["Lund: it sank"]);
        check_said("Lund was asked about the port.", &[]);
        check_said("Asked about Oran, Lund said it sank.", &["Lund: it sank"]);
    }
}
