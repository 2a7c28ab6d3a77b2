//! Where attributed content lies around the clause that names the speaker: after it, before it, or
//! on both sides.

use std::ops::Range;

use crate::annotate::attribution::Attributions;
use crate::annotate::content::After;
use crate::annotate::cues::{Role, Takes};
use crate::annotate::grammar::{Class, Form, form_of, is_past};
use crate::annotate::quotations::Quotation;
use crate::annotate::reading::{Gap, Word};

impl Attributions<'_, '_, '_> {
    /// What a clause such as ", Zhang said," attributes: the words before it, and those after it
    /// if it only interrupts them. `None` if it is no such clause.
    pub(super) fn before_clause(
        &self,
        start: usize,
        after: After,
        takes: Takes,
        sentence: &Range<usize>,
    ) -> Option<Vec<Range<usize>>> {
        let reading = self.clauses.reading;
        let quote = reading.gap(start).has(Gap::QUOTE_CLOSES);
        if takes.infinitive() || takes == Takes::Quote && !quote {
            return None;
        }
        let left = self.left_content(start, sentence)?;
        let opens_quote = |at: usize| reading.gap(at).has(Gap::QUOTE_OPENS);
        match after {
            After::Content(at) if opens_quote(at) && (quote || self.goes_on_quoted(at, &left)) => {
                Some(vec![left, at..self.quoted_end(at, sentence)])
            }
            After::Content(_) if self.ends_open_quotation(start, &left) => {
                Some(std::iter::once(left).collect())
            }
            After::Content(_) => None,
            After::Interrupted(at) if opens_quote(at) && (quote || self.is_clause(&left)) => {
                Some(vec![left, at..self.quoted_end(at, sentence)])
            }
            After::Interrupted(at) if opens_quote(at) => None,
            After::Interrupted(at)
                if !quote && (self.goes_on(at, sentence) || self.resumes(&left, at, sentence)) =>
            {
                Some(vec![left, at..self.clauses.content_end(at, sentence.end, false)])
            }
            // "Ending it hurts the town, Lee said": nothing else is there to be said.
            After::Nothing if self.opens_participle(&left) && left.len() >= 3 => {
                Some(std::iter::once(left).collect())
            }
            After::Interrupted(_) | After::Nothing => {
                (quote || self.is_clause(&left)).then(|| std::iter::once(left).collect())
            }
        }
    }

    /// "The board, Li said, "is in trouble"": a quotation that begins with a small letter goes on
    /// with the words before the clause.
    fn goes_on_quoted(&self, at: usize, left: &Range<usize>) -> bool {
        let reading = self.clauses.reading;
        reading.gap(at).has(Gap::COMMA) && !reading.words[at].capital && left.len() >= 2
    }

    /// Whether a quotation that is all, or the greater part, of the words before a clause ends
    /// there in a comma: `"...," he told reporters who had come`.
    fn ends_open_quotation(&self, start: usize, left: &Range<usize>) -> bool {
        let gap = self.clauses.reading.gap(start);
        let whole =
            |q: &Quotation| q.tokens.end == start && (q.is_long() || q.tokens.start == left.start);
        gap.has(Gap::QUOTE_CLOSES)
            && gap.has(Gap::COMMA)
            && self.quotations_near(&(start - 1..start)).any(whole)
    }

    /// Whether some words before a clause can be a statement rather than a mere "On Monday".
    fn is_clause(&self, left: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words;
        let fronted = matches!(
            words[left.start].class,
            Class::Preposition | Class::Subordinator | Class::Adverb | Class::Time | Class::To
        ) && !self.is_act(left)
            || self.opens_participle(left);
        let comma = (left.start + 1..left.end).any(|t| words[t].before.has(Gap::COMMA));
        left.len() >= 3 && (!fronted || comma || left.len() > 9)
    }

    /// "To end it now would be a mistake": an infinitive that is the subject of a verb.
    fn is_act(&self, left: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words[left.clone()];
        let infinitive = words[0].class == Class::To
            && words
                .get(1)
                .is_some_and(|w| matches!(w.class, Class::Open | Class::Be | Class::Aux));
        let own = words.iter().skip(1).take_while(|w| !opens_other_clause(w));
        let mut rest = own.skip_while(|w| w.class.is_auxiliary());
        infinitive && rest.next().is_some() && rest.any(|w| w.class.is_auxiliary())
    }

    /// "Speaking in the port", but not "Beijing supports it", "Shelling killed two", "Nothing was said",
    /// "Ending it was a mistake": a name, or the subject of a verb behind it.
    fn opens_participle(&self, left: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words;
        let word = &words[left.start];
        let subject = || {
            words[left.start + 1..left.end].first().is_some_and(|next| {
                !next.before.has(Gap::ANY) && (next.class.is_auxiliary() || is_past(next.lower))
            })
        };
        let name = || word.capital && !self.clauses.only_by_position(left.start);
        let predicate = || {
            let own = words[left.start + 1..left.end].iter().take_while(|w| !opens_other_clause(w));
            own.into_iter().any(|w| w.class.is_auxiliary())
        };
        let subject = || subject() || predicate();
        let ing = word.lower.ends_with("ing") && !word.lower.ends_with("thing");
        ing && word.class == Class::Open && !name() && !subject()
    }

    /// Whether the words after an interrupting clause go on with what it attributes.
    pub(super) fn goes_on(&self, at: usize, sentence: &Range<usize>) -> bool {
        let word = &self.clauses.reading.words[at];
        if at >= sentence.end || self.clauses.cues.has(at, |r| r == Role::Attribution) {
            return false;
        }
        let ing = form_of(word.lower) == Form::Ing;
        match word.class {
            Class::Conjunction => self.adds_clause(at + 1, sentence),
            Class::Subordinator => word.lower == "that",
            // "a plan, Lee said, for the new port"; "in", "at" and "during" tell where he spoke.
            Class::Preposition => {
                let next = || self.clauses.reading.words.get(at + 1);
                let acts = || next().is_some_and(|w| form_of(w.lower) == Form::Ing);
                matches!(word.lower, "for" | "including" | "without" | "rather")
                    || word.lower == "after" && acts()
            }
            Class::Time => false,
            Class::Person => word.lower != "who",
            Class::Thing => word.lower != "which",
            _ => {
                !ing && !self
                    .clauses
                    .cues
                    .report_at(at)
                    .is_some_and(|_| form_of(word.lower) == Form::Past)
            }
        }
    }

    /// "the port was safe, Lee said, and the ships could come": a clause with a subject of its own,
    /// which is not what the speaker did next.
    fn adds_clause(&self, at: usize, sentence: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words;
        at < sentence.end
            && !words[at].before.has(Gap::ANY)
            && match words[at].class {
                Class::Person => words[at].lower != "who",
                Class::Thing => words[at].lower != "which",
                Class::Determiner => true,
                _ => false,
            }
    }

    /// "Though it was old, he said, closing it would ...", "it was old, he said, because ...": the
    /// words after an interrupting clause complete those before it.
    fn resumes(&self, left: &Range<usize>, at: usize, sentence: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words;
        let reason = matches!(words[at].lower, "because" | "unless" | "until" | "if" | "since");
        let open = words[left.start].class == Class::Subordinator
            && !(left.start + 1..left.end).any(|t| words[t].before.has(Gap::COMMA))
            && self.clauses.cues.report_at(at).is_none();
        at < sentence.end && words[at].before.has(Gap::COMMA) && (reason || open)
    }

    /// The words before a clause that it attributes: the quotation that closes there, or the
    /// sentence up to there.
    pub(super) fn left_content(
        &self,
        start: usize,
        sentence: &Range<usize>,
    ) -> Option<Range<usize>> {
        let reading = self.clauses.reading;
        let mut from = sentence.start;
        if reading.gap(start).has(Gap::QUOTE_CLOSES)
            && let Some(quotation) = self
                .quotations_near(&(start - 1..start))
                .find(|q| !q.nested && q.tokens.end == start)
            && (quotation.tokens.start <= from
                || quotation.is_long() && self.stands_alone(quotation, from))
        {
            from = quotation.tokens.start;
            let begun = reading.sentence_of(from).start;
            // `He used the word "war". The shops | opened`: a sentence of its own.
            if start == sentence.start && !reading.gap(from).has(Gap::SENTENCE) {
                return None;
            }
            if begun < sentence.start
                && !reading.gap(from).has(Gap::COLON.or(Gap::SENTENCE).or(Gap::COMMA))
            {
                from = begun;
            }
        }
        let cut = (from + 1..start).rev().find(|&t| reading.gap(t).has(Gap::SEMICOLON));
        let from = cut.filter(|_| !self.quoted[start - 1]).unwrap_or(from);
        (from < start).then_some(from..start)
    }

    /// Whether a quotation does not go on with the words before it in its sentence.
    fn stands_alone(&self, quotation: &Quotation, from: usize) -> bool {
        let gap = self.clauses.reading.gap(quotation.tokens.start);
        gap.has(Gap::COLON.or(Gap::SENTENCE).or(Gap::STOP)) && quotation.tokens.start > from
    }

    /// The end of the quotation that opens at a token, or of the sentence.
    pub(super) fn quotation_end(&self, at: usize, sentence: &Range<usize>) -> usize {
        self.quotation_from(at).map_or(sentence.end, |q| q.tokens.end.max(at + 1))
    }

    /// Where content that begins with a quotation ends: with it, unless the sentence goes on.
    fn quoted_end(&self, at: usize, sentence: &Range<usize>) -> usize {
        let end = self.quotation_end(at, sentence);
        let over = end >= sentence.end || self.clauses.reading.gap(end).has(Gap::CLAUSE);
        if over { end } else { self.clauses.content_end(at, sentence.end, false).max(end) }
    }

    /// What follows the verb, up to where the content ends.
    pub(super) fn content_after(
        &self,
        after: After,
        takes: Takes,
        sentence: &Range<usize>,
    ) -> Option<Range<usize>> {
        let reading = self.clauses.reading;
        let opens_quote = |at: usize| reading.gap(at).has(Gap::QUOTE_OPENS);
        let start = match after {
            After::Content(at) => at,
            After::Interrupted(at) if opens_quote(at) || reading.words[at].lower == "that" => at,
            After::Interrupted(at) => self.after_parenthesis(at, sentence)?,
            After::Nothing => return None,
        };
        if !self.fits(start, takes) {
            return None;
        }
        let nominal = takes.infinitive() || matches!(takes, Takes::Object | Takes::Charge);
        let end = self.clauses.content_end(start, sentence.end, nominal);
        let end = match self.quotation_end(start, sentence) {
            quoted if !opens_quote(start) || quoted < end && !self.ends_at(quoted) => end,
            quoted => quoted,
        };
        self.clauses.trimmed(start..end)
    }

    /// Whether a quotation that ends before a word ends the content too: `called "X," the ...`
    fn ends_at(&self, quotation_end: usize) -> bool {
        self.clauses.reading.gap(quotation_end).has(Gap::COMMA)
    }

    /// Whether content that begins at a word is what a verb takes.
    fn fits(&self, start: usize, takes: Takes) -> bool {
        let reading = self.clauses.reading;
        let lower = reading.words[start].lower;
        let quoted = reading.gap(start).has(Gap::QUOTE_OPENS.or(Gap::COLON));
        match takes {
            Takes::To | Takes::Will => lower == "to",
            Takes::That => quoted || self.clauses.opens_clause(start) && lower != "to",
            Takes::Clause => {
                let clause = self.clauses.opens_clause(start) || self.clauses.holds_clause(start);
                quoted || lower != "to" && clause
            }
            Takes::Quote => reading.gap(start).has(Gap::QUOTE_OPENS),
            Takes::Object => !self.clauses.opens_clause(start) || lower == "what",
            Takes::Charge => self.clauses.charge_after(start).is_some(),
            _ => true,
        }
    }

    /// `said, referring to the visit, that ...`
    fn after_parenthesis(&self, at: usize, sentence: &Range<usize>) -> Option<usize> {
        let reading = self.clauses.reading;
        let mut commas =
            (at + 1..sentence.end.min(at + 24)).filter(|&t| reading.gap(t).has(Gap::COMMA));
        let that = |t: &usize| reading.words[*t].lower == "that";
        let next = commas.clone().next()?;
        let quoted = reading.gap(next).has(Gap::QUOTE_OPENS).then_some(next);
        quoted.or_else(|| commas.find(that))
    }

    /// Where a clause such as ", Zhang said on Monday," ends.
    pub(super) fn clause_end(
        &self,
        verb_end: usize,
        after: After,
        sentence: &Range<usize>,
    ) -> usize {
        match after {
            After::Interrupted(at) | After::Content(at) => at.max(verb_end),
            After::Nothing => sentence.end,
        }
    }
}

/// Whether a clause may begin at a word that stands inside another: a mark, a subordinator or a
/// relative pronoun.
fn opens_other_clause(word: &Word<'_>) -> bool {
    word.before.has(Gap::ANY)
        || word.class == Class::Subordinator
        || matches!(word.lower, "who" | "which" | "whose" | "that" | "what")
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::check_said;

    #[test]
    fn a_reason_after_the_clause_that_names_the_speaker_is_said_too() {
        check_said(
            "The port was safe, Lee said, because ships were few.",
            &["Lee: The port was safe", "Lee: because ships were few"],
        );
        check_said("The port was safe, Lee said, as ships came in.", &["Lee: The port was safe"]);
    }

    #[test]
    fn a_statement_may_begin_with_a_word_in_ing() {
        check_said("Shelling hit the port, Lee said.", &["Lee: Shelling hit the port"]);
        check_said("Nothing was lost, Lee said.", &["Lee: Nothing was lost"]);
        check_said(
            "Ending the ban was a mistake, Lee said on Monday, and left.",
            &["Lee: Ending the ban was a mistake"],
        );
        check_said(
            "Sending ships to Oran hurts the port, Lee told reporters.",
            &["Lee: Sending ships to Oran hurts the port"],
        );
        check_said(
            "Speaking to sailors who were in the port, Lee said, \u{201c}It sank.\u{201d}",
            &["Lee: \u{201c}It sank.\u{201d}"],
        );
        check_said("During the visit, Lee said.", &[]);
        check_said("Visiting a port that was closed, Lee said it sank.", &["Lee: it sank"]);
        check_said("Standing in the port, Lee said it sank.", &["Lee: it sank"]);
    }

    #[test]
    fn a_statement_may_begin_with_an_infinitive() {
        check_said(
            "To close the port would be a mistake, Lee said.",
            &["Lee: To close the port would be a mistake"],
        );
        check_said("To be late is a crime, Lee said.", &["Lee: To be late is a crime"]);
        check_said("To sailors in the port, Lee said it sank.", &["Lee: it sank"]);
        check_said("To be sure, Lee said it sank.", &["Lee: it sank"]);
        check_said("To close what was an old port, Lee said.", &[]);
        check_said("To reach a port, Lee said.", &[]);
    }

    #[test]
    fn who_speaks_may_be_explained_before_the_verb() {
        check_said("A sailor who left Oran said it sank.", &["A sailor: it sank"]);
        check_said("A man who declined to be named said it sank.", &["A man: it sank"]);
        check_said("He met a man who said Oran sank.", &["who: Oran sank"]);
    }

    #[test]
    fn that_may_stand_after_more_than_one_comma() {
        check_said(
            "Lee argued in a letter, written by Moe, a lawyer, that it sank.",
            &["Lee: that it sank"],
        );
        check_said("Lee argued in a letter, written by Moe, a lawyer.", &[]);
    }

    #[test]
    fn a_clause_that_is_added_after_the_speaker_is_said_too() {
        check_said(
            "The port was safe, Lee said, and the ships could come.",
            &["Lee: The port was safe", "Lee: and the ships could come"],
        );
        check_said(
            "The town has a plan, Lee said, for the port it lost.",
            &["Lee: The town has a plan", "Lee: for the port it lost"],
        );
        check_said("The port was safe, Lee said, and left the room.", &["Lee: The port was safe"]);
    }
}
