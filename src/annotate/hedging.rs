//! Which words are hedged: those a doubt governs, not every word beside it.
//!
//! A modal governs what follows ("may complicate the conflict"); "was likely to be" and "is believed
//! to" govern their subject too; "a possible war" hedges its own noun phrase only.

use std::ops::Range;

use crate::annotate::clauses::Clauses;
use crate::annotate::cues::{Cue, Role};
use crate::annotate::grammar::{Class, Form, form_of, is_past};
use crate::annotate::reading::Gap;

/// How many words a hedge governs at most.
const REACH: usize = 15;

/// What a hedge governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// Its complement: `may`, `could`.
    Complement,
    /// Its complement and its subject: `was likely to`.
    Raised,
    /// The noun phrase it stands in: `possible`.
    Phrase,
    /// Everything in its clause: `Perhaps ...`.
    Clause,
    /// Nothing: `could not`, `as soon as possible`.
    Nothing,
}

/// For each word whether a hedge governs it.
pub(super) fn hedged_words(clauses: &Clauses<'_, '_>) -> Vec<bool> {
    let n = clauses.reading.words.len();
    let mut hedged = vec![false; n];
    for cue in clauses.cues.within(&(0..n)) {
        if cue.role != Role::Hedge && cue.role != Role::Vague {
            continue;
        }
        for governed in clauses.governed(cue) {
            hedged[governed].fill(true);
        }
    }
    hedged
}

impl Clauses<'_, '_> {
    /// The words a hedge governs.
    fn governed(&self, cue: &Cue) -> Vec<Range<usize>> {
        let start = cue.tokens.start;
        let ahead = start..self.complement_end(cue.tokens.end);
        match self.scope_of(cue) {
            Scope::Complement => vec![ahead],
            Scope::Raised => {
                let subject = self.subject_before(self.verb_group(start).start);
                let before = subject.map_or(start..start, |s| s.tokens.start..s.tokens.end);
                vec![before, ahead]
            }
            Scope::Phrase => {
                let phrase = start..self.phrase_end(cue.tokens.end);
                vec![phrase]
            }
            Scope::Clause => vec![self.clause_of(start)],
            Scope::Nothing => Vec::new(),
        }
    }

    fn scope_of(&self, cue: &Cue) -> Scope {
        let words = &self.reading.words;
        let start = cue.tokens.start;
        let word = &words[start];
        let next = words.get(cue.tokens.end).filter(|w| !w.before.has(Gap::CLAUSE));
        let last = words[cue.tokens.end - 1].lower;
        match word.lower {
            "may" | "might" => Scope::Complement,
            "could" if word.nt || next.is_some_and(|w| w.lower == "not") => Scope::Nothing,
            "could" => Scope::Complement,
            "likely" | "unlikely" => self.scope_of_likely(start),
            "possible" | "probable" | "potential" => self.scope_of_possible(start),
            "it" | "if" | "as" | "yet" | "in" | "to" | "partly" | "somewhat" => {
                if word.lower == "it" { Scope::Complement } else { self.scope_of_adverb(start) }
            }
            _ if matches!(last, "to" | "as" | "like" | "seems") => Scope::Raised,
            _ if cue.role == Role::Vague && word.class != Class::Adverb => Scope::Raised,
            _ => self.scope_of_adverb(start),
        }
    }

    /// "is likely to", "will likely", "the likely leader".
    fn scope_of_likely(&self, at: usize) -> Scope {
        let words = &self.reading.words;
        let next = words.get(at + 1);
        if self.verb_group(at).be && next.is_some_and(|w| w.class == Class::To) {
            return Scope::Raised;
        }
        if self.within_phrase(at) { Scope::Phrase } else { Scope::Complement }
    }

    /// "a possible war", "it is possible that", "the best deal possible".
    fn scope_of_possible(&self, at: usize) -> Scope {
        let words = &self.reading.words;
        let next = words.get(at + 1).filter(|w| !w.before.has(Gap::CLAUSE));
        let be = self.verb_group(at).be;
        match next {
            Some(w) if be && matches!(w.lower, "that" | "to") => Scope::Complement,
            Some(w) if w.class == Class::Open => Scope::Phrase,
            _ if be && words[at].lower != "potential" => Scope::Raised,
            _ => Scope::Nothing,
        }
    }

    /// "Perhaps the war ...", "an allegedly hostile act", "would probably fight".
    fn scope_of_adverb(&self, at: usize) -> Scope {
        let gap = self.reading.gap(at);
        let first = gap.has(Gap::SENTENCE.or(Gap::SEMICOLON).or(Gap::COLON));
        match () {
            () if self.within_phrase(at) => Scope::Phrase,
            () if first => Scope::Clause,
            () => Scope::Complement,
        }
    }

    /// Whether an article and at most one more word stand right before a word.
    fn within_phrase(&self, at: usize) -> bool {
        let words = &self.reading.words;
        let first = self.reading.sentence_of(at).start;
        let next = words.get(at + 1).filter(|w| !w.before.has(Gap::CLAUSE));
        at > first
            && (words[at - 1].class == Class::Determiner && !words[at].before.has(Gap::ANY)
                || words[at - 1].possessive)
            && next.is_some_and(|w| w.class == Class::Open)
    }

    /// Where a noun phrase that goes on at a word ends: before its first preposition or verb.
    fn phrase_end(&self, at: usize) -> usize {
        let words = &self.reading.words;
        let limit = self.reading.sentence_of(at.saturating_sub(1)).end;
        let end = self.noun_phrase_end(at, limit);
        let links = |&t: &usize| {
            t > at
                && (matches!(words[t].class, Class::Preposition | Class::To | Class::Determiner)
                    || is_past(words[t].lower))
        };
        (at..end).find(links).unwrap_or(end).max(at)
    }

    /// Where the complement of a hedge ends: at the end of its clause, before a circumstance that is
    /// taken for granted ("after the war").
    fn complement_end(&self, from: usize) -> usize {
        let sentence = self.reading.sentence_of(from.saturating_sub(1));
        let limit = sentence.end.min(from + REACH);
        let ends = |&t: &usize| t > from && (self.opens_new_clause(t) || self.opens_aside(t));
        (from..limit).find(ends).unwrap_or(limit.max(from))
    }

    /// Whether something that no hedge before it governs begins at a word.
    fn opens_aside(&self, at: usize) -> bool {
        let words = &self.reading.words;
        let word = &words[at];
        let finite = |t: usize| {
            words.get(t).is_some_and(|w| {
                matches!(w.class, Class::Be | Class::Aux | Class::Modal)
                    || form_of(w.lower) == Form::Past
            })
        };
        match word.lower {
            "after" | "before" | "during" | "amid" | "since" | "despite" | "following" => true,
            "that" => words[at - 1].class == Class::Open && finite(at + 1),
            "who" | "which" | "whose" => true,
            // "who may come, spoke": the clause around it goes on.
            _ => word.before.has(Gap::OPEN) || word.before.has(Gap::COMMA) && is_past(word.lower),
        }
    }
}

impl Clauses<'_, '_> {
    /// The clause around a word, as far as punctuation and conjunctions show it.
    pub(super) fn clause_of(&self, token: usize) -> Range<usize> {
        let sentence = self.reading.sentence_of(token);
        let start = (sentence.start + 1..=token).rev().find(|&t| self.opens_new_clause(t));
        let end = (token + 1..sentence.end).find(|&t| self.opens_new_clause(t));
        start.unwrap_or(sentence.start)..end.unwrap_or(sentence.end)
    }

    /// Whether a clause begins at a word.
    fn opens_new_clause(&self, at: usize) -> bool {
        let words = &self.reading.words;
        let word = &words[at];
        if word.before.has(Gap::SEMICOLON.or(Gap::COLON).or(Gap::DASH)) {
            return true;
        }
        if word.before.has(Gap::QUOTE_OPENS.or(Gap::QUOTE_CLOSES)) {
            return word.before.has(Gap::COMMA);
        }
        let comma = word.before.has(Gap::COMMA);
        match word.class {
            Class::Conjunction => comma && self.has_verb(at + 1),
            Class::Subordinator => !matches!(word.lower, "as" | "than"),
            Class::Thing => word.lower == "which" || word.lower == "that" && self.after_report(at),
            Class::Person => comma || word.lower == "who",
            Class::Open | Class::Determiner => comma && self.follows_report_clause(at),
            _ => false,
        }
    }

    /// "the plan failed, Zhang said": the clause that names the speaker is one of its own.
    fn follows_report_clause(&self, at: usize) -> bool {
        let limit = self.reading.sentence_of(at).end;
        (at + 1..limit.min(at + 6))
            .take_while(|&t| !self.reading.gap(t).has(Gap::CLAUSE))
            .any(|t| self.is_finite_report(t))
    }

    fn after_report(&self, at: usize) -> bool {
        at > 0 && (at.saturating_sub(4)..at).any(|t| self.cues.report_at(t).is_some())
    }

    /// Whether a finite verb that can be recognised stands among the next words.
    fn has_verb(&self, from: usize) -> bool {
        let limit = self.reading.sentence_of(from.min(self.reading.words.len() - 1)).end;
        (from..limit.min(from + 8)).any(|t| {
            let word = &self.reading.words[t];
            matches!(word.class, Class::Be | Class::Aux | Class::Modal)
                || word.class == Class::Open && form_of(word.lower) == Form::Past
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::read;

    fn check(text: &str, mention: &str, hedged: bool) {
        assert_eq!(read(text).marks(mention).hedged, hedged, "`{mention}` in {text}");
    }

    #[test]
    fn a_modal_governs_what_follows_and_not_its_subject() {
        check("It could lead to war.", "war", true);
        check("It led to war.", "war", false);
        check("In May the war ended.", "war", false);
        check("The war may hurt trade.", "war", false);
        check("Sending arms into the war may harm an alliance.", "war", false);
        check("Sending arms into the war may harm an alliance.", "alliance", true);
        check("It may end after the war.", "war", false);
        check("They could not win the war.", "war", false);
        check("They couldn't win the war.", "war", false);
    }

    #[test]
    fn likely_and_believed_govern_their_subject_too() {
        check("The war was likely to be one of the topics.", "war", true);
        check("The war is believed to be over.", "war", true);
        check("The war seems to be over.", "war", true);
        check("The war was one of the topics.", "war", false);
        check("The port is likely to join a war.", "war", true);
        check("The war will likely hurt trade.", "war", false);
    }

    #[test]
    fn an_adjective_hedges_its_own_noun_phrase() {
        check("They fear a possible war.", "war", true);
        check("They fear a possible delay of the war.", "war", false);
        check("A potential buyer left the war.", "war", false);
        check("They left the war as soon as possible.", "war", false);
        check("It is possible that war will come.", "war", true);
    }

    #[test]
    fn an_adverb_governs_its_clause_only_if_it_opens_it() {
        check("Perhaps the war will end.", "war", true);
        check("The war reportedly hurt trade.", "war", false);
        check("They reportedly started a war.", "war", true);
    }

    #[test]
    fn a_hedge_stops_at_its_clause() {
        check("The war goes on, and it may rain.", "war", false);
        check("The war goes on while it may rain.", "war", false);
        check("Lee, who may come, spoke of war.", "war", false);
        check("War goes on, Lee said, although it may rain.", "War", false);
    }
}
