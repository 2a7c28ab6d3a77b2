//! Which words are hedged: those a doubt governs, not every word beside it.
//!
//! A modal governs what follows ("may complicate the conflict"); "was likely to be" and "is believed
//! to" govern their subject too; "a possible war" hedges its own noun phrase only.

use std::ops::Range;

use crate::annotate::clauses::Clauses;
use crate::annotate::cues::{Cue, Governs, Role};
use crate::annotate::grammar::{Class, Form, form_of, is_past, is_plural};
use crate::annotate::reading::{Gap, Word};

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
        if !matches!(cue.role, Role::Hedge(_) | Role::Vague) {
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
        // The cue itself is no part: in "was accused of a raid" the raid is in doubt.
        let ahead = cue.tokens.end..self.complement_end(cue);
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
        let next = words.get(cue.tokens.end).filter(|w| !w.before.has(Gap::CLAUSE));
        let Role::Hedge(governs) = cue.role else {
            let adverb = words[start].class == Class::Adverb;
            return if adverb { self.scope_of_adverb(start) } else { Scope::Raised };
        };
        match governs {
            // "could not win": an ability that is denied, no doubt.
            Governs::Modal if words[start].lower.starts_with("could") && self.is_denied(cue) => {
                Scope::Nothing
            }
            Governs::Modal if self.is_modal(start) => Scope::Complement,
            Governs::Modal | Governs::Approximator => Scope::Nothing,
            Governs::Raising => Scope::Raised,
            Governs::Impersonal => Scope::Complement,
            Governs::Adjective => self.scope_of_adjective(start, next),
            Governs::Adverb => self.scope_of_adverb(start),
        }
    }

    /// Whether "not" or "n't" stands at or right after a cue.
    fn is_denied(&self, cue: &Cue) -> bool {
        let words = &self.reading.words;
        let next = words.get(cue.tokens.end);
        words[cue.tokens.start].nt || next.is_some_and(|w| w.lower == "not")
    }

    /// Whether a modal verb stands at a word, and not a noun ("the might of ...").
    fn is_modal(&self, at: usize) -> bool {
        let words = &self.reading.words;
        let follows = words.get(at + 1).is_some_and(|w| {
            let verb = matches!(w.class, Class::Be | Class::Aux | Class::Adverb | Class::Open);
            let subject = matches!(w.class, Class::Person | Class::Thing);
            !w.before.has(Gap::SENTENCE) && (verb || subject)
        });
        let before = at.checked_sub(1).filter(|_| !words[at].before.has(Gap::SENTENCE));
        let of_noun = before.is_some_and(|b| {
            words[b].possessive || matches!(words[b].lower, "the" | "a" | "its" | "their" | "of")
        });
        follows && !of_noun
    }

    /// Whether a hedge expresses doubt where it stands: "the might of ..." and "could not" do not.
    pub(super) fn is_doubt(&self, cue: &Cue) -> bool {
        match cue.role {
            Role::Hedge(Governs::Modal | Governs::Adjective) => {
                self.scope_of(cue) != Scope::Nothing
            }
            _ => true,
        }
    }

    fn scope_of_adjective(&self, at: usize, next: Option<&Word<'_>>) -> Scope {
        match self.reading.words[at].lower {
            "likely" | "unlikely" => self.scope_of_likely(at),
            _ => self.scope_of_possible(at, next),
        }
    }

    /// "is likely to", "will likely", "the likely leader".
    fn scope_of_likely(&self, at: usize) -> Scope {
        let words = &self.reading.words;
        let next = words.get(at + 1);
        // "twice as likely as others to leave": a comparison.
        let compares = at.checked_sub(1).is_some_and(|t| words[t].lower == "as");
        if compares {
            return Scope::Nothing;
        }
        if self.verb_group(at).be && next.is_some_and(|w| w.class == Class::To) {
            return Scope::Raised;
        }
        if self.within_phrase(at) { Scope::Phrase } else { Scope::Complement }
    }

    /// "a possible war", "it is unclear whether", "the best deal possible", "police suspected that".
    fn scope_of_possible(&self, at: usize, next: Option<&Word<'_>>) -> Scope {
        let word = &self.reading.words[at];
        let be = self.verb_group(at).be;
        let clause = |w: &Word<'_>| matches!(w.class, Class::Subordinator | Class::To);
        match next {
            // "it is possible to unite them": they can be united.
            Some(w) if w.class == Class::To && word.lower == "possible" => Scope::Nothing,
            Some(w) if clause(w) || w.lower == "that" => {
                if be {
                    Scope::Complement
                } else {
                    Scope::Nothing
                }
            }
            Some(w) if w.class == Class::Open => Scope::Phrase,
            _ if be && word.lower != "potential" && !is_past(word.lower) => Scope::Raised,
            _ => Scope::Nothing,
        }
    }

    /// "Perhaps the war ...", "an allegedly hostile act", "would probably fight".
    fn scope_of_adverb(&self, at: usize) -> Scope {
        let gap = self.reading.gap(at);
        let first = gap.has(Gap::SENTENCE.or(Gap::SEMICOLON).or(Gap::COLON));
        let words = &self.reading.words;
        let aside = words.get(at + 2).is_some_and(|w| w.before.has(Gap::COMMA));
        match () {
            // "Perhaps ironically, ...": only the next word is in doubt.
            () if aside && words[at + 1].class == Class::Adverb => Scope::Nothing,
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
                    || self.is_past_at(t))
        };
        (at..end).find(links).unwrap_or(end).max(at)
    }

    /// Where the complement of a hedge ends: at the end of its clause, before a circumstance that is
    /// taken for granted ("after the war"), and before the main clause if it stands in front of it
    /// ("whenever it may rain, ...").
    fn complement_end(&self, cue: &Cue) -> usize {
        let from = cue.tokens.end;
        let sentence = self.reading.sentence_of(cue.tokens.start);
        let limit = sentence.end.min(from + REACH);
        let clause = self.clause_of(cue.tokens.start).start;
        let fronted =
            clause <= sentence.start + 2 && self.reading.words[clause].class == Class::Subordinator;
        let comma = |t: usize| fronted && self.reading.gap(t).has(Gap::COMMA);
        const GOES_ON: &[&str] = &["as", "how", "if", "what", "whether", "why"];
        // "it is likely because ..."
        let first = &self.reading.words[from.min(limit.saturating_sub(1))];
        let reason =
            from < limit && first.class == Class::Subordinator && !GOES_ON.contains(&first.lower);
        let ends = |&t: &usize| {
            t == from && reason
                || t > from
                    && (self.opens_new_clause(t)
                        || self.opens_aside(t, limit)
                        || comma(t)
                        || self.opens_contact_clause(t)
                        || self.leaves_quotation(from, t))
        };
        (from..limit).find(ends).unwrap_or(limit.max(from))
    }

    /// "the margin of victory | Obama had", "the end | he saw": a relative clause without a pronoun
    /// begins at a word.
    pub(super) fn opens_contact_clause(&self, at: usize) -> bool {
        let words = &self.reading.words;
        let sentence = self.reading.sentence_of(at);
        let word = &words[at];
        let subject = match word.class {
            Class::Determiner => word.lower != "all" && word.lower != "both",
            Class::Person => word.lower != "who",
            Class::Open => word.capital && !self.reading.in_title(at),
            _ => false,
        };
        if !subject || at < sentence.start + 2 || word.before.has(Gap::ANY) {
            return false;
        }
        let noun = &words[at - 1];
        let phrase = (at.saturating_sub(4).max(sentence.start)..at - 1).rev();
        let mut phrase = phrase.take_while(|&t| {
            let noun = words[t].class == Class::Open && !words[t].capital;
            let links = words[t].class == Class::Determiner || words[t].lower == "of";
            !words[t + 1].before.has(Gap::ANY) && (noun || links)
        });
        let definite = phrase.any(|t| words[t].class == Class::Determiner);
        let finite = |t: usize| words[t].class.is_auxiliary() || self.is_past_at(t);
        let near = at + 1..sentence.end.min(at + 5);
        noun.class == Class::Open
            && !noun.capital
            && !noun.possessive
            && definite
            && near.take_while(|&t| !words[t].before.has(Gap::ANY)).any(finite)
    }

    /// Whether the quotation in which a hedge stands has ended at a word.
    fn leaves_quotation(&self, from: usize, at: usize) -> bool {
        let opens = |t: usize| self.reading.gap(t).has(Gap::QUOTE_OPENS);
        self.reading.gap(at).has(Gap::QUOTE_CLOSES)
            && self.reading.gap(at).has(Gap::COMMA.or(Gap::STOP))
            && !(from..at).any(opens)
    }

    /// Whether something that no hedge before it governs begins at a word.
    fn opens_aside(&self, at: usize, limit: usize) -> bool {
        let words = &self.reading.words;
        let word = &words[at];
        let finite = |t: usize| {
            words.get(t).is_some_and(|w| w.class.is_auxiliary() || form_of(w.lower) == Form::Past)
        };
        match word.lower {
            "after" | "before" | "during" | "amid" | "since" | "despite" | "following"
            | "given" => true,
            "that" => {
                let noun =
                    || is_plural(words[at - 1].lower) && self.cues.report_at(at - 1).is_none();
                words[at - 1].class == Class::Open && (finite(at + 1) || noun())
            }
            "who" | "which" | "whose" | "than" => true,
            "a" | "an" if word.before.has(Gap::COMMA) => self.is_apposition(at, limit),
            // "who may come, spoke": the clause around it goes on.
            _ => word.before.has(Gap::OPEN) || word.before.has(Gap::COMMA) && is_past(word.lower),
        }
    }
}

impl Clauses<'_, '_> {
    /// ", a gas company,": a noun phrase after a comma that explains the one before it, and is no
    /// member of a list.
    fn is_apposition(&self, at: usize, limit: usize) -> bool {
        let end = self.noun_phrase_end(at, limit);
        let lists = |w: &Word<'_>| matches!(w.lower, "and" | "or");
        let words = &self.reading.words;
        end >= limit || words[end].before.has(Gap::CLAUSE) && !lists(&words[end])
    }

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
            word.class.is_auxiliary()
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
        check("The might of the army ended the war.", "war", false);
        check("It might end the war.", "war", true);
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
        check("It is unclear whether war will come.", "war", true);
        check("Moe fled an alleged war.", "war", true);
        check("Moe suspected that war would come.", "war", false);
        check("It was clear that war would come.", "war", false);
    }

    #[test]
    fn an_adverb_governs_its_clause_only_if_it_opens_it() {
        check("Perhaps the war will end.", "war", true);
        check("The war reportedly hurt trade.", "war", false);
        check("They reportedly started a war.", "war", true);
        check("Perhaps oddly, they started a war.", "war", false);
        check("They were somewhat late for the war.", "war", false);
        check("It ended in part after the alliance broke.", "alliance", false);
    }

    #[test]
    fn a_likelihood_compared_and_what_can_be_done_are_no_doubt() {
        check("They are twice as likely as others to start a war.", "war", false);
        check("They are likely to start a war.", "war", true);
        check("It is possible to end the war.", "war", false);
        check("It is possible that war will come.", "war", true);
    }

    #[test]
    fn a_hedge_stops_at_its_clause() {
        check("It could cut the profit the war brought.", "war", false);
        check("It could cut the profit of war.", "war", true);
        check("It is unlikely because war goes on.", "war", false);
        check("It is unlikely to end war.", "war", true);
        check("It may slow given the war.", "war", false);
        check("It may help firms that war has hurt.", "war", false);
        check("Lee called it “a war that may end,” and war goes on.", "war", false);
        check("“It may be late,” Moe said of war.", "war", false);
        check("The war goes on, and it may rain.", "war", false);
        check("The war goes on while it may rain.", "war", false);
        check("Lee, who may come, spoke of war.", "war", false);
        check("Whenever it may rain, they wage war.", "war", false);
        check("If it rains they may wage war.", "war", true);
        check("It may hurt Moe, a veteran of the war, too.", "war", false);
        check("It may bring a drought, a famine and war.", "war", true);
        check("It may cost more than the war.", "war", false);
        check("War goes on, Lee said, although it may rain.", "War", false);
    }
}
