//! Noun phrases: where they begin and end, and what they are.

use std::ops::Range;

use crate::annotate::clauses::{Clauses, SubjectKind};
use crate::annotate::cues::{Role, Speaks};
use crate::annotate::grammar::{
    Class, Form, form_of, is_often_a_noun, is_other_past, is_participle, is_past, is_plural,
    is_verb_form,
};
use crate::annotate::reading::{Gap, Word};

/// More words than this are no name.
const LONGEST_NAME: usize = 6;

/// Prepositions that tell when, and link no two nouns: "more urgent after | the Herald said".
const PLACES_IN_TIME: &[&str] =
    &["after", "amid", "before", "besides", "despite", "during", "except", "until", "upon"];

/// Whether a word looks like a common noun that can stand without an article: `critics`,
/// `polling`, `evidence`.
fn is_common(lower: &str) -> bool {
    const ENDINGS: &[&str] = &["s", "ing", "tion", "ence", "ance", "ment", "ness", "people", "ity"];
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

impl Clauses<'_, '_> {
    /// A noun phrase without the prepositional phrase that may stand before it: "In a statement
    /// Trump" is "Trump".
    pub(super) fn core_of(&self, phrase: Range<usize>) -> Range<usize> {
        let words = &self.reading.words;
        if !matches!(words[phrase.start].class, Class::Preposition | Class::To) {
            return phrase;
        }
        let capitals = phrase.clone().rev().take_while(|&t| words[t].capital).count();
        if capitals > 0 && capitals + 2 < phrase.len() {
            return phrase.end - capitals..phrase.end;
        }
        let last = phrase
            .clone()
            .rev()
            .find(|&t| matches!(words[t].class, Class::Preposition | Class::To))
            .unwrap_or(phrase.start);
        if last + 1 < phrase.end { last + 1..phrase.end } else { phrase }
    }

    /// Where the head of a noun phrase ends: before the first preposition after it.
    pub(super) fn head_end(&self, phrase: &Range<usize>) -> usize {
        let words = &self.reading.words;
        let links = |&t: &usize| matches!(words[t].class, Class::Preposition | Class::To);
        let end = (phrase.start + 1..phrase.end).find(links).unwrap_or(phrase.end);
        end - usize::from(end > phrase.start + 2 && self.follows_speaker(end - 1))
    }

    /// "the suit filed": a participle right after a noun for a speaker.
    pub(super) fn follows_speaker(&self, token: usize) -> bool {
        let word = &self.reading.words[token];
        is_participle(word.lower) && !word.capital && self.names_speaker(&(token - 1..token))
    }

    /// What a noun phrase is, by its head: the last word before the first preposition.
    pub(super) fn kind_of_phrase(&self, phrase: &Range<usize>) -> SubjectKind {
        let words = &self.reading.words;
        let head_end = self.head_end(phrase);
        if self.names_speaker(&(phrase.start..head_end)) {
            return SubjectKind::SpeakerNoun;
        }
        let head = &words[head_end - 1];
        if self.is_numbered(&(phrase.start..head_end)) {
            return SubjectKind::Name;
        }
        if head.class == Class::Object || head.class == Class::Thing {
            return SubjectKind::Thing;
        }
        if head.capital && (!self.only_by_position(head_end - 1)) {
            return SubjectKind::Name;
        }
        if head.class == Class::Determiner { SubjectKind::Pronoun } else { SubjectKind::Noun }
    }

    /// "No. 10": a number that names something.
    fn is_numbered(&self, phrase: &Range<usize>) -> bool {
        let first = &self.reading.words[phrase.start];
        let number = first.lower == "no" && first.class == Class::Open
            || first.lower == "number" && first.capital;
        let counts = |w: &Word<'_>| w.lower.starts_with(char::is_numeric);
        phrase.len() == 2 && number && counts(&self.reading.words[phrase.start + 1])
    }

    /// A name without a common noun before it ("the screenwriter Ann Lee"), a long noun phrase
    /// without what follows its head.
    pub(super) fn name_proper(&self, phrase: &Range<usize>) -> Range<usize> {
        let words = &self.reading.words;
        let capital = |t: &usize| words[*t].capital && words[*t].class == Class::Open;
        let name = phrase.clone().rev().take_while(capital).count();
        let start = phrase.end - name;
        let unbroken = |t: usize| matches!(words[t].class, Class::Open | Class::Determiner);
        if (2..5).contains(&name)
            && start > phrase.start
            && words[start - 1].class == Class::Open
            && !words[start - 1].possessive
            && !words[start].possessive
            && (phrase.start..start).all(unbroken)
        {
            return start..phrase.end;
        }
        if phrase.len() <= LONGEST_NAME {
            return phrase.clone();
        }
        phrase.start..self.head_end(phrase)
    }

    /// Whether some words can name a speaker: a name, a noun for a person, body or text, or
    /// another noun that an article, a number or its plural marks as one.
    pub(super) fn can_be_named(&self, phrase: &Range<usize>) -> bool {
        let words = &self.reading.words;
        let end = self.head_end(phrase);
        let (first, head) = (&words[phrase.start], &words[end - 1]);
        let pronoun = matches!(first.lower, "many" | "most" | "some" | "few" | "several" | "both");
        if phrase.len() > LONGEST_NAME {
            return false;
        }
        if head.class != Class::Open {
            return pronoun;
        }
        let verb = !first.capital && phrase.len() > 1 && first.class == Class::Open;
        if verb && matches!(form_of(first.lower), Form::Past | Form::Ing) {
            return false;
        }
        let number = first.lower == "one" || first.lower.starts_with(char::is_numeric);
        let counted = number && phrase.len() > 1;
        let name = self.is_numbered(&(phrase.start..end))
            || head.capital && !self.only_by_position(end - 1)
            || head.before.has(Gap::HYPHEN) && words[end.saturating_sub(2)].capital;
        let marked = first.class == Class::Determiner || counted || is_plural(head.lower);
        name || marked || self.names_speaker(&(phrase.start..end))
    }

    /// Whether a name owes the capital of its first word to the sentence: an article, or a word
    /// that the article elsewhere writes small.
    pub(super) fn begins_small(&self, phrase: &Range<usize>) -> bool {
        const PARTIES: &[&str] = &["democrats", "republicans", "conservatives", "liberals"];
        let first = &self.reading.words[phrase.start];
        let known = self.names.binary_search(&first.lower).is_ok();
        let alone = phrase.len() == 1
            && self.only_by_position(phrase.start)
            && self.names_speaker(phrase)
            && !PARTIES.contains(&first.lower);
        let initial = first.before.has(Gap::SENTENCE) && !known && !first.possessive;
        first.class == Class::Determiner || initial && (alone || self.is_written_small(first.lower))
    }

    /// Whether a noun for a speaker begins at one of the tokens.
    pub(super) fn names_speaker(&self, tokens: &Range<usize>) -> bool {
        self.cues.within(tokens).iter().any(|cue| matches!(cue.role, Role::Speaker(..)))
    }

    /// Whether a word is a noun for a person: `critics`, `advocates`.
    pub(super) fn names_person(&self, token: usize) -> bool {
        self.cues.has(token, |role| matches!(role, Role::Speaker(_, Speaks::Person)))
    }

    /// Where the noun for a speaker that begins at a token ends (`prime minister`).
    pub(super) fn speaker_noun_end(&self, token: usize) -> Option<usize> {
        let noun = self.cues.at(token).iter().find(|cue| matches!(cue.role, Role::Speaker(..)));
        noun.map(|cue| cue.tokens.end)
    }

    /// Whether a word may owe its capital to its place at the start of a sentence.
    pub(super) fn only_by_position(&self, token: usize) -> bool {
        let word = &self.reading.words[token];
        let first = word.before.has(Gap::SENTENCE.or(Gap::COLON).or(Gap::QUOTE_OPENS));
        first && self.names.binary_search(&word.lower).is_err() && is_common(word.lower)
    }

    /// "those | surveyed": a pronoun for persons, and what makes it one.
    fn is_group(&self, token: usize) -> bool {
        let words = &self.reading.words;
        let next = &words[token + 1];
        words[token].lower == "those" && is_participle(next.lower) && !next.before.has(Gap::ANY)
    }

    /// "Hours after", "two days before": a stretch of time in front of the subject.
    pub(super) fn opens_with_time(&self, start: usize) -> bool {
        const STRETCHES: &[&str] =
            &["day", "decade", "hour", "minute", "moment", "month", "second", "week", "year"];
        let words = &self.reading.words;
        let stretch = |lower: &str| STRETCHES.contains(&lower.strip_suffix('s').unwrap_or(lower));
        let near = start..words.len().min(start + 3);
        let Some(at) = near.into_iter().find(|&t| stretch(words[t].lower)) else { return false };
        let next = words.get(at + 1).filter(|w| !w.before.has(Gap::ANY));
        next.is_some_and(|w| matches!(w.lower, "after" | "before"))
    }

    /// "Lee | heads the port and (says)": where the first of two joined verbs stands, if the words
    /// before the second have run into it.
    pub(super) fn first_verb(&self, start: usize, end: usize) -> usize {
        let words = &self.reading.words;
        let joined = words[end - 1].class == Class::Conjunction;
        let second = words.get(end).is_some_and(|w| form_of(w.lower) == Form::Third);
        let verb = |&t: &usize| {
            let (before, word, next) = (&words[t - 1], &words[t], &words[t + 1]);
            let subject = before.class == Class::Open && !before.possessive;
            let object = next.class != Class::Conjunction && next.before == Gap::default();
            let verb = form_of(word.lower) == Form::Third && is_verb_form(word.lower);
            subject && object && verb && !word.capital && word.before == Gap::default()
        };
        if joined && second { (start + 1..end - 1).find(verb).unwrap_or(end) } else { end }
    }

    /// Where the noun phrase that ends before `end` begins; `end` if there is none.
    pub(super) fn noun_phrase_start(&self, first: usize, end: usize) -> usize {
        let words = &self.reading.words;
        let mut start = end;
        while start > first {
            if start < end && words[start].before.has(Gap::ANY) {
                break;
            }
            let word = &words[start - 1];
            let take = match word.class {
                Class::Open => {
                    let infinitive =
                        start - 1 > first && words[start - 2].class == Class::To && !word.capital;
                    // "thought-leader": one word.
                    let compound = start < end && words[start].before.has(Gap::HYPHEN);
                    !infinitive
                        && (start == end
                            || compound
                            || !self.is_report(start - 1)
                                && !is_other_past(word.lower)
                                && !self.is_past_verb(start - 1, first))
                }
                Class::Determiner => true,
                // "the newly installed president"
                Class::Adverb => {
                    start < end
                        && start - 1 > first
                        && words[start - 2].class == Class::Determiner
                        && !word.before.has(Gap::ANY)
                        && words[start].class == Class::Open
                }
                Class::Thing if start < end && self.is_group(start - 1) => return start - 1,
                Class::Person | Class::Thing | Class::Object => {
                    return if start == end { start - 1 } else { start };
                }
                Class::Conjunction => {
                    start < end
                        && start - 1 > first
                        && !word.before.has(Gap::ANY)
                        && words[start].capital
                        && words[start - 2].capital
                }
                Class::Preposition => start < end && !PLACES_IN_TIME.contains(&word.lower),
                Class::To => {
                    start < end && (words[start].capital || words[start].class == Class::Determiner)
                }
                _ => false,
            };
            if !take {
                break;
            }
            start -= 1;
            let before = start.checked_sub(1).filter(|&b| b >= first).map(|b| words[b].class);
            if word.class == Class::Determiner
                && !matches!(before, Some(Class::Preposition | Class::To | Class::Determiner))
            {
                break;
            }
        }
        start
    }

    /// "where he appeared at a hearing": the past form after a pronoun or auxiliary.
    fn is_past_verb(&self, token: usize, first: usize) -> bool {
        let words = &self.reading.words;
        token > first
            && is_participle(words[token].lower)
            && !words[token].before.has(Gap::ANY)
            && matches!(words[token - 1].class, Class::Person | Class::Aux | Class::Be)
    }

    /// Where the noun phrase that begins at `start` ends.
    pub(super) fn noun_phrase_end(&self, start: usize, limit: usize) -> usize {
        let words = &self.reading.words;
        let mut end = start;
        while end < limit {
            let word = &words[end];
            if end > start && word.before.has(Gap::ANY) {
                break;
            }
            let take = match word.class {
                Class::Open => {
                    let participle = is_participle(word.lower) && !self.is_name_word(end);
                    end == start || !self.is_past_report(end) && !participle
                }
                Class::Determiner => true,
                Class::Time if word.possessive => true,
                Class::Adverb => end == start,
                Class::Person | Class::Thing | Class::Object => {
                    return if end == start { end + 1 } else { end };
                }
                Class::Conjunction => {
                    end > start
                        && end + 1 < limit
                        && words[end - 1].capital
                        && words[end + 1].capital
                }
                Class::Preposition => {
                    // "said Ann Lee in a letter": where somebody spoke is no part of a name.
                    let name = end > start && words[end - 1].capital;
                    end > start
                        && matches!(word.lower, "of" | "for" | "at" | "from" | "in" | "with" | "on")
                        && words.get(end + 1).is_some_and(|next| {
                            let own = matches!(next.lower, "a" | "an" | "his" | "her" | "their");
                            word.lower == "of" || !(name && own)
                        })
                        && words.get(end + 1).is_some_and(|next| {
                            matches!(next.class, Class::Open | Class::Determiner)
                                && (word.lower == "of" || !next.lower.starts_with(char::is_numeric))
                        })
                }
                _ => false,
            };
            if !take {
                break;
            }
            end += 1;
        }
        end
    }

    /// Whether a word owes its capital to being a name: "the | United States", where no headline
    /// writes every word so.
    pub(super) fn is_name_word(&self, token: usize) -> bool {
        let word = &self.reading.words[token];
        word.capital && !word.before.has(Gap::SENTENCE) && !self.reading.in_title(token)
    }

    /// Whether the past form of a verb stands at a token, and no name.
    pub(super) fn is_past_at(&self, token: usize) -> bool {
        is_past(self.reading.words[token].lower) && !self.is_name_word(token)
    }

    /// "calling the war | an invasion": where the name begins that a verb of calling gives to the object
    /// right after it, in the words before `end`; `None` if it gives none, or names a pronoun.
    pub(super) fn named_as(&self, verb: usize, end: usize) -> Option<usize> {
        let words = &self.reading.words;
        if !words[verb].lower.starts_with("call") || verb + 2 >= end {
            return None;
        }
        let link = |t: usize| matches!(words[t].class, Class::Preposition | Class::To);
        let article = |&t: &usize| {
            let word = &words[t];
            matches!(word.lower, "a" | "an") && !word.before.has(Gap::CLAUSE) && !link(t - 1)
        };
        let object = !link(verb + 1) && words[verb + 1].class != Class::Subordinator;
        object.then(|| (verb + 2..end).find(article)).flatten()
    }

    /// Whether a verb of saying that is no noun stands at a token.
    fn is_report(&self, token: usize) -> bool {
        let lower = self.reading.words[token].lower;
        let noun = is_often_a_noun(lower) || self.names_person(token);
        let says = self.cues.report_at(token).is_some() && !noun;
        // "officials say allies have expressed": after a plural, the base form is a verb.
        let before = token.checked_sub(1).map(|t| &self.reading.words[t]);
        let follows_plural = || {
            before.is_some_and(|w| w.class == Class::Open && is_plural(w.lower) && !w.possessive)
                && self.reading.gap(token) == Gap::default()
        };
        self.is_past_report(token)
            || says
                && match form_of(lower) {
                    Form::Third => is_verb_form(lower),
                    Form::Base => follows_plural(),
                    _ => false,
                }
    }

    /// Whether a verb of saying in the past tense stands at a token.
    fn is_past_report(&self, token: usize) -> bool {
        self.cues.report_at(token).is_some()
            && form_of(self.reading.words[token].lower) == Form::Past
    }
}
