//! What somebody is blamed for, in the words of the article.

use std::ops::Range;

use crate::annotate::blame::BlameInput;
use crate::annotate::cues::Points;
use crate::annotate::culprit::DOORS;
use crate::annotate::grammar::{Class, Form, form_of, is_participle, is_past, is_verb_form};
use crate::annotate::reading::{Gap, Word};

/// More words than this name no harm but tell a story.
pub(super) const LONGEST: usize = 14;

impl BlameInput<'_, '_, '_, '_, '_> {
    /// The words that name the harm; `None` if none do.
    pub(super) fn harm(&self, tokens: &Range<usize>, path: &str) -> Option<Range<usize>> {
        let words = &self.clauses.reading.words;
        let end = self.clause_end(tokens);
        let rests = self.rests_at(tokens.end, end).unwrap_or(end);
        let ascribed = self.ascribed_to(tokens);
        let laid = self.laid_at_door(tokens);
        // "the blame for the delay | at Iran's door"
        let door = self.link(tokens.end, end, DOORS, LONGEST);
        let at = door.and_then(|door| (tokens.end..door).rfind(|&t| words[t].lower == "at"));
        let on = || self.link(tokens.end, end, &["on", "upon"], 4);
        let blame = words[tokens.end - 1].lower == "blame";
        // "the blame for the delay | on Iran", not "the blame on Iran for the delay"
        let on = blame.then(on).flatten();
        let on = on.filter(|&on| self.link(tokens.end, on, &["for"], 8).is_some());
        let rests = at.or(on).unwrap_or(rests);
        let harm = match self.points(tokens) {
            _ if self.is_denial(tokens) => self.denied_harm(tokens)?,
            _ if ascribed.is_some() => self.ascribed_harm(tokens, ascribed?)?,
            _ if laid.is_some() => laid?.0,
            _ if self.cause_after(tokens).is_some() => self.outcome(tokens.start)?,
            Some(Points::Object) if self.is_noun_of_blame(tokens) => {
                let of = self.link(tokens.end, rests, &["for"], 8)?;
                self.object(of + 1, rests)
            }
            Some(Points::Object) => self.accusation(tokens, end)?,
            Some(Points::Charge | Points::Doer) => {
                let blame = words[tokens.end - 1].lower == "blame";
                let links: &[&str] = if blame { &["for"] } else { &["of", "for"] };
                let of = self.link(tokens.end, rests, links, 8)?;
                self.object(of + 1, rests)
            }
            // The wrong itself: "meddling in the vote".
            Some(Points::Act) => tokens.start..self.object(tokens.start, end).end.max(tokens.end),
            None => self.effect(tokens, end, path)?,
        };
        let links = |class| {
            matches!(class, Class::Determiner | Class::Preposition | Class::To | Class::Conjunction)
        };
        let trimmed = (harm.start..harm.end).rfind(|&t| !links(words[t].class));
        let harm = harm.start..trimmed.map_or(harm.start, |t| t + 1);
        let named = words[harm.clone()].iter().any(|w| w.class == Class::Open);
        named.then_some(harm)
    }

    /// "accused Iran of | delays", "blamed | delays | on Iran", "to blame for | delays".
    fn accusation(&self, tokens: &Range<usize>, end: usize) -> Option<Range<usize>> {
        if let Some(on) = self.blamed_on(tokens) {
            let group = self.clauses.verb_group(tokens.start);
            // "the delay was blamed on Iran"
            let passive =
                form_of(self.clauses.reading.words[tokens.start].lower) == Form::Past && group.be;
            if passive {
                return self.whole_subject(group.start);
            }
            return (on > tokens.end).then_some(tokens.end..on);
        }
        let of = self.link(tokens.end, end, &["of", "for"], 12)?;
        Some(self.object(of + 1, end))
    }

    /// "the delay | was due to the storm": what is said to have a cause; the noun after it is no harm.
    fn outcome(&self, cause: usize) -> Option<Range<usize>> {
        let words = &self.clauses.reading.words;
        let first = self.clauses.reading.sentence_of(cause).start;
        let article = cause > first && words[cause - 1].class == Class::Determiner;
        let group = self.clauses.verb_group(cause - usize::from(article));
        (group.be && !group.to).then(|| self.whole_subject(group.start)).flatten()
    }

    /// "the rise in raids on Oran and other ports | was": the subject of a passive, with what `and`
    /// joins to the last part of it.
    fn whole_subject(&self, verb: usize) -> Option<Range<usize>> {
        let words = &self.clauses.reading.words;
        let mut subject = self.clauses.subject_before(verb)?.tokens;
        let first = self.clauses.reading.sentence_of(subject.start).start;
        while let Some(and) = subject.start.checked_sub(1).filter(|&t| t > first) {
            let joins = words[and].lower == "and" && !words[and].before.has(Gap::CLAUSE);
            let start = self.clauses.noun_phrase_start(first, and);
            if !joins || words[subject.start].before.has(Gap::ANY) || start == and {
                break;
            }
            subject.start = start;
        }
        Some(subject)
    }

    /// What an act brings about: the words it governs, of a passive its subject.
    fn effect(&self, tokens: &Range<usize>, end: usize, path: &str) -> Option<Range<usize>> {
        let words = &self.clauses.reading.words;
        let (first, last) = (&words[tokens.start], words[tokens.end - 1].lower);
        if tokens.clone().any(|t| words[t].lower.starts_with("finger")) {
            let of = self.link(tokens.end, end, &["for"], 8)?;
            return Some(self.object(of + 1, end));
        }
        // "was held responsible | by Moe | for the raid"
        if self.held(tokens).is_some() {
            let of = self.link(tokens.end - 1, end, &["for"], 8)?;
            return Some(self.object(of + 1, end));
        }
        let mut by = tokens.clone().chain(tokens.end..end.min(tokens.end + 1));
        if by.any(|t| words[t].lower == "by" && self.names_agent(t)) {
            let before = self.clauses.verb_group(tokens.start).start;
            return self.clauses.subject_before(before).map(|subject| subject.tokens);
        }
        let motive = path.split('/').nth(1) == Some("motive");
        if tokens.len() > 1 && is_verb_form(first.lower) && !motive {
            return self.governed(tokens, end);
        }
        let mut start = tokens.end;
        let next = words.get(start).filter(|_| start < end)?;
        if matches!(next.lower, "for" | "of" | "in" | "behind") {
            start += 1;
        } else if !(matches!(last, "for" | "of" | "in" | "behind")
            || is_verb_form(first.lower)
            || motive)
        {
            return None;
        }
        Some(self.object(start, end))
    }

    /// "provoke | tensions", "is responsible for | delays": what an expression of several words
    /// governs, its own last noun included.
    fn governed(&self, tokens: &Range<usize>, end: usize) -> Option<Range<usize>> {
        let words = &self.clauses.reading.words;
        let last = &words[tokens.end - 1];
        let particle =
            |t: &usize| matches!(words[*t].class, Class::Preposition | Class::To | Class::Adverb);
        if particle(&(tokens.end - 1)) {
            return Some(self.object(tokens.end, end));
        }
        const ANSWERS: &[&str] =
            &["responsible", "accountable", "account", "responsibility", "blame"];
        if ANSWERS.contains(&last.lower) {
            let of = self.link(tokens.end, end, &["for", "of"], 2)?;
            return Some(self.object(of + 1, end));
        }
        let start = (tokens.start + 1..tokens.end).find(|t| !particle(t))?;
        Some(start..self.object(start, end).end.max(tokens.end))
    }

    /// The object that begins at a word: a noun phrase, of a verb in `-ing` all that it governs.
    pub(super) fn object(&self, start: usize, limit: usize) -> Range<usize> {
        let words = &self.clauses.reading.words;
        let limit = limit.min(start + LONGEST);
        if start >= limit || words[start].before.has(Gap::CLAUSE) {
            return start..start;
        }
        let adverb = usize::from(words[start].class == Class::Adverb && start + 1 < limit);
        let head = &words[start + adverb];
        let verb = matches!(head.class, Class::Open | Class::Aux | Class::Be);
        if form_of(head.lower) == Form::Ing && verb {
            let opened = |t: usize| {
                let clause = |w: &Word<'_>| matches!(w.class, Class::Subordinator | Class::Thing);
                words[start..t].iter().any(clause)
            };
            let finite = |t: usize| {
                let verb = matches!(words[t].class, Class::Be | Class::Modal);
                verb && words[t - 1].class == Class::Open && t > start + 1 && !opened(t)
            };
            let ends = |&t: &usize| {
                let next = words.get(t + 1);
                if finite(t) {
                    return true;
                }
                words[t].before.has(Gap::CLAUSE)
                    || words[t].class == Class::Time
                    || words[t].class == Class::Conjunction
                        && next.is_some_and(|w| {
                            is_past(w.lower)
                                || w.class.is_auxiliary()
                                || matches!(w.class, Class::Person | Class::Adverb)
                        })
            };
            return start..(start + 1 + adverb..limit).find(ends).unwrap_or(limit);
        }
        // "for | this war"
        let before = start.checked_sub(1).map(|t| words[t].lower);
        let governed = || matches!(before, Some("for" | "of" | "in" | "behind"));
        let this = (words[start].lower == "this" || words[start].lower == "that" && governed())
            && words[..limit].get(start + 1).is_some_and(|w| {
                w.class == Class::Open && !w.before.has(Gap::ANY) && !is_past(w.lower)
            });
        let mut end = self.clauses.noun_phrase_end(start + usize::from(this), limit);
        // "a rigged vote": a participle between an article and a noun is no verb.
        while end > start
            && end < limit
            && is_participle(words[end].lower)
            && !self.clauses.is_name_word(end)
            && words[end - 1].class == Class::Determiner
        {
            end = self.clauses.noun_phrase_end(end, limit).max(end + 1);
        }
        // "theft fled": the noun phrase has run into a verb.
        let past =
            |&t: &usize| self.clauses.is_past_at(t) && words[t - 1].class != Class::Determiner;
        let end = (start + 1..end).find(past).unwrap_or(end);
        start..self.pair_end(start, end, limit)
    }

    /// Where a harm ends that has a pair: "the shift from dialogue | to competition and conflict".
    fn pair_end(&self, start: usize, end: usize, limit: usize) -> usize {
        let words = &self.clauses.reading.words;
        let paired = end + 1 < limit
            && words[end].lower == "to"
            && !words[end].before.has(Gap::CLAUSE)
            && words[start..end].iter().any(|w| w.lower == "from");
        if !paired {
            return end;
        }
        let first = self.clauses.noun_phrase_end(end + 1, limit);
        let joined = first + 1 < limit && words[first].lower == "and";
        if joined { self.clauses.noun_phrase_end(first + 1, limit) } else { first }
    }
}
