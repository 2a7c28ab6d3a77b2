//! Who is blamed, and by whom: the words around an expression of blame that name the doer.
//!
//! Each kind of expression points its own way: "accused | Iran", "Iran | was accused",
//! "caused by | Iran", "Iran's | meddling", "Iran | provokes". Where none fits, nobody is named.

use std::ops::Range;

use crate::annotate::blame::BlameInput;
use crate::annotate::clauses::{Subject, SubjectKind};
use crate::annotate::cues::{Points, Role};
use crate::annotate::grammar::{Class, Form, form_of, is_past, is_verb_form};
use crate::annotate::harm::LONGEST;
use crate::annotate::reading::{Gap, Word};
use crate::lexicon::{CategoryId, Kind};

/// Where blame is laid.
pub(super) const DOORS: &[&str] = &["door", "doorstep", "feet"];

impl BlameInput<'_, '_, '_, '_, '_> {
    /// The words that name who is blamed.
    pub(super) fn culprit(
        &self,
        tokens: &Range<usize>,
        path: &str,
        shifted: bool,
    ) -> Option<Subject> {
        let ascribed = self.ascribed_to(tokens);
        let laid = self.laid_at_door(tokens);
        let found = match self.points(tokens) {
            _ if shifted => self.doer(tokens),
            _ if self.cause_after(tokens).is_some() => {
                let cause = self.cause_after(tokens)?;
                let end = self.clause_end(tokens).max(tokens.end);
                self.phrase_at(cause, end).filter(|phrase| self.actor_of(phrase).is_some())
            }
            _ if self.is_at_door(tokens) => laid.map(|(_, whose)| whose),
            _ if self.is_denial(tokens) => self.denied(tokens),
            _ if ascribed.is_some() => {
                ascribed.and_then(|to| self.phrase_at(to + 1, self.clause_end(tokens)))
            }
            Some(Points::Object) if self.is_noun_of_blame(tokens) => self.charged(tokens),
            Some(Points::Object) => self.accused(tokens),
            Some(Points::Charge) => self.charged(tokens),
            Some(Points::Act) => self.wrongdoer(tokens),
            Some(Points::Doer) => self.called(tokens),
            None => self.pointed_at(tokens, path),
        };
        found.and_then(|s| self.without_verb(s)).filter(|subject| self.can_be_blamed(subject))
    }

    /// "more blame", "the fault of": a noun where the verb has the same letters.
    pub(super) fn is_noun_of_blame(&self, tokens: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words;
        let ambiguous = matches!(words[tokens.start].lower, "blame" | "fault" | "faults");
        let alone = tokens.len() == 1 || words[tokens.start + 1].lower == "of";
        let before = self.before(tokens.start);
        const LAYS: &[&str] = &[
            "accept", "accepted", "assign", "assigned", "cast", "laid", "lay", "lays", "pin",
            "pinned", "pins", "place", "placed", "places", "put", "puts", "share", "shared",
        ];
        let after_preposition = before.is_some_and(|b| {
            words[b].class == Class::Preposition || LAYS.contains(&words[b].lower)
        });
        ambiguous && alone && (self.is_noun_here(tokens.start) || after_preposition)
    }

    /// The word right before another in its sentence, no mark between them.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        let reading = self.clauses.reading;
        let first = reading.sentence_of(at).start;
        at.checked_sub(1).filter(|b| *b >= first && !reading.gap(at).has(Gap::ANY))
    }

    /// "Iran is the culprit", "the culprit is Iran", "the mastermind Lee", "called Iran the culprit".
    pub(super) fn called(&self, tokens: &Range<usize>) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let end = self.clause_end(tokens);
        if let Some(subject) = self.subject_of_predicate(tokens.start) {
            return self.decided(subject, tokens.start);
        }
        let next = words.get(tokens.end).filter(|w| !w.before.has(Gap::ANY))?;
        if next.class == Class::Be {
            return self.phrase_at(tokens.end + 1, end);
        }
        (next.capital && next.class == Class::Open).then(|| self.phrase_at(tokens.end, end))?
    }

    /// The actor some words name: in their head, not in what follows a preposition; a pronoun or a
    /// bare name may stand for one.
    pub(super) fn actor_of(&self, blamed: &Subject) -> Option<CategoryId> {
        let words = match blamed.kind {
            SubjectKind::Relative => blamed.full.clone(),
            _ => blamed.tokens.clone(),
        };
        let head = words.start..self.clauses.head_end(&words);
        let first = self.actors(&head).next().map(|(actor, _)| actor);
        let person = || {
            let lower = self.clauses.reading.words[blamed.tokens.start].lower;
            let person = matches!(lower, "he" | "she" | "him" | "her" | "his");
            person.then(|| self.speakers.resolve(blamed).actor).flatten()
        };
        first.or_else(person)
    }

    /// "accused Iran of", "blamed delays on Iran", "Iran was accused of", "Iran is to blame".
    pub(super) fn accused(&self, tokens: &Range<usize>) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let group = self.clauses.verb_group(tokens.start);
        let end = self.clause_end(tokens);
        if let Some(on) = self.blamed_on(tokens) {
            return self.phrase_at(on + 1, self.object_limit(tokens.end));
        }
        let passive = form_of(words[tokens.end - 1].lower) == Form::Past && group.be;
        let to_blame = words[tokens.end - 1].lower == "blame" && (group.to || tokens.len() > 1);
        // Headlines leave out the form of `be`: "Iran to blame for delays".
        let elided = group.to && self.clauses.reading.in_title(tokens.start);
        if passive || to_blame && (group.be || elided) {
            let subject = self.subject_of_verb(group.start);
            let subject = subject.or_else(|| self.clause_subject(group.start))?;
            let subject = self.decided(subject, group.start)?;
            return self.widened(subject);
        }
        // "an officer accused of theft", "Lee, accused by Moe of theft"
        let bare = self.link(tokens.end, end, &["by", "of"], 1).is_some();
        if bare && form_of(words[tokens.start].lower) == Form::Past {
            let first = self.clauses.reading.sentence_of(tokens.start).start;
            let start = self.clauses.noun_phrase_start(first, tokens.start);
            let nearest = self.nearest_person(start..tokens.start);
            return (!nearest.is_empty()).then(|| self.clauses.subject_of(nearest)).flatten();
        }
        if tokens.len() > 2 && words[tokens.end - 1].class == Class::Open {
            // "hold Iran responsible": the object stands inside the expression.
            return self.phrase_at(tokens.start + 1, tokens.end - 1);
        }
        let link = if words[tokens.start].lower.starts_with("accus") { "of" } else { "for" };
        let end = self.link(tokens.end, end, &[link], 12).unwrap_or(end);
        let object = self.phrase_at(tokens.end, end)?;
        if words[object.tokens.start].lower != "it" {
            return Some(object);
        }
        // "accusing it of": the one actor named so far, else the word itself.
        self.decided(object.clone(), tokens.start).or(Some(object))
    }

    /// "accusations against Iran", "the blame lies with Iran", "Iran rejected the accusations".
    pub(super) fn charged(&self, tokens: &Range<usize>) -> Option<Subject> {
        let end = self.clause_end(tokens);
        let words = &self.clauses.reading.words;
        let blame = words[tokens.end - 1].lower == "blame";
        let links: &[&str] = if blame { &["on", "upon"] } else { &["against"] };
        if let Some(against) = self.link(tokens.end, end, links, 4) {
            return self.phrase_at(against + 1, end);
        }
        // "lies at the door of Iran", "laid at the feet of Iran"
        if let Some(door) = self.link(tokens.end, end, DOORS, LONGEST) {
            let of = self.link(door, end, &["of"], 2);
            // "at Iran's | door"
            let at = (tokens.end..door).rfind(|&t| words[t].lower == "at")?;
            let owner = || self.clauses.subject_of(at + 1..door).filter(|_| at + 1 < door);
            return of.map_or_else(owner, |of| self.phrase_at(of + 1, end));
        }
        if let Some(rests) = self.rests_at(tokens.end - 1, end) {
            let on = self.link(rests, end, &["with", "on", "upon"], 8)?;
            return self.phrase_at(on + 1, end);
        }
        if words[tokens.start].lower.starts_with("fault") {
            let of = self.link(tokens.end - 1, end, &["of"], 2);
            let of = of.and_then(|of| self.phrase_at(of + 1, end));
            return self.owner(tokens.start).or(of);
        }
        self.denier(tokens.start)
    }

    /// "Iran's meddling", "meddling by Iran", "accused Iran of meddling", "Iran denied meddling".
    pub(super) fn wrongdoer(&self, tokens: &Range<usize>) -> Option<Subject> {
        let end = self.clause_end(tokens);
        let by = self.link(tokens.end, end, &["by"], 8).filter(|&by| self.names_agent(by));
        // "the hypocrisy of Iran": an actor; "the aggression of years" names nobody.
        let of = self.link(tokens.end, end, &["of"], 1);
        let of = of.and_then(|of| self.phrase_at(of + 1, end));
        let of = of.filter(|phrase| self.actor_of(phrase).is_some());
        self.owner(tokens.start)
            .or(of)
            .or_else(|| by.and_then(|by| self.phrase_at(by + 1, end)))
            .or_else(|| self.accused_of(tokens.start))
            .or_else(|| self.denier(tokens.start))
            .or_else(|| self.is_verbal(tokens.start).then(|| self.doer(tokens)).flatten())
    }

    /// Any other expression: the doer of a verb, of a passive the words after `by`.
    pub(super) fn pointed_at(&self, tokens: &Range<usize>, path: &str) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let end = self.clause_end(tokens);
        let first = words[tokens.start].lower;
        // "Iran was held responsible by Moe"
        if let Some(held) = self.held(tokens) {
            return Some(held);
        }
        let by = tokens.clone().chain(tokens.end..end.min(tokens.end + 1));
        let agent = |t: &usize| words[*t].lower == "by" && *t < end && self.names_agent(*t);
        if let Some(by) = by.into_iter().find(agent) {
            return self.phrase_at(by + 1, end);
        }
        if tokens.clone().any(|t| words[t].lower.starts_with("finger")) {
            let at = self.link(tokens.end - 1, end, &["at"], 3)?;
            return self.phrase_at(at + 1, end);
        }
        if path.split('/').nth(1) == Some("motive") {
            let inside = self.actors(tokens).next().map(|(_, words)| words);
            if let Some(subject) = inside.and_then(|words| self.clauses.subject_of(words)) {
                return Some(subject);
            }
            if let Some(described) = self.described(tokens, end) {
                return Some(described);
            }
        }
        let from = tokens.start + usize::from(first == "for");
        self.accused_of(from).or_else(|| {
            let verbal = self.is_verbal(tokens.start) || self.is_predicate(tokens.start);
            let doer = || verbal.then(|| self.doer(tokens)).flatten();
            let noun = form_of(first) != Form::Ing;
            let owner = || noun.then(|| self.owner(tokens.start)).flatten();
            // "Iran's policies led to war": the policies, not Iran alone.
            let past = self.clauses.is_past_at(tokens.start) && verbal;
            let active = || past.then(doer).flatten();
            self.denier(tokens.start).or_else(active).or_else(owner).or_else(doer)
        })
    }

    /// "the imperialist | West", "the sinister plans of | NATO": the actor that a motive describes.
    fn described(&self, tokens: &Range<usize>, end: usize) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let noun_end = self.clauses.noun_phrase_end(tokens.end, end);
        let next = |t: usize| t == tokens.end && !words[t].before.has(Gap::ANY);
        let mut actors = self.actors(&(tokens.end..noun_end));
        let (_, actor) = actors.find(|(_, actor)| {
            next(actor.start)
                || words[actor.start - 1].lower == "of" && actor.start <= tokens.end + 4
        })?;
        let verb = is_verb_form(words[tokens.start].lower) && next(actor.start);
        let adjective = !verb || words[tokens.start].lower.ends_with("ist");
        adjective.then(|| self.clauses.subject_of(actor)).flatten()
    }

    /// "due to | the storm", "as a result of | the raid": where the words for the cause begin.
    pub(super) fn cause_after(&self, tokens: &Range<usize>) -> Option<usize> {
        const CAUSES: &[&str] = &["because", "consequence", "due", "owing", "result", "thanks"];
        let words = &self.clauses.reading.words;
        let first = tokens.clone().find(|&t| CAUSES.contains(&words[t].lower))?;
        let article = (tokens.start..first).all(|t| words[t].class != Class::Open);
        let link = self.link(first + 1, tokens.end, &["of", "to"], 1)?;
        article.then_some(link + 1)
    }

    /// "hold Iran responsible", "held Iran accountable", "Iran must be held responsible".
    pub(super) fn held(&self, tokens: &Range<usize>) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let holds = matches!(words[tokens.start].lower, "hold" | "holds" | "holding" | "held");
        let responsible =
            matches!(words[tokens.start].lower, "responsible" | "accountable" | "liable");
        if holds && tokens.len() > 2 {
            return self.phrase_at(tokens.start + 1, tokens.end - 1);
        }
        // "hold accountable those who ...": the object follows.
        if holds && tokens.len() == 2 && !self.clauses.verb_group(tokens.start).be {
            return self.phrase_at(tokens.end, self.clause_end(tokens));
        }
        let first = self.clauses.reading.sentence_of(tokens.start).start;
        let verb = (first.max(tokens.start.saturating_sub(6))..tokens.start)
            .rfind(|&t| matches!(words[t].lower, "hold" | "holds" | "holding" | "held"))
            .filter(|_| responsible);
        let verb = if holds { tokens.start } else { verb? };
        let group = self.clauses.verb_group(verb);
        if words[verb].lower == "held" && group.be {
            // "they must expect to be held": the subject is that of the verb before.
            let subject = match group.to {
                true => self.clause_subject(group.start),
                false => self.clauses.subject_before(group.start),
            };
            return self.widened(subject?);
        }
        if verb + 1 < tokens.start { self.phrase_at(verb + 1, tokens.start) } else { None }
    }

    /// The accuser: the subject of an active verb, or who stands after `by`; `None` if nobody does.
    pub(super) fn accuser(&self, tokens: &Range<usize>) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let group = self.clauses.verb_group(tokens.start);
        let end = self.clause_end(tokens);
        let by = self.link(tokens.end, end, &["by"], 1).is_some();
        if form_of(words[tokens.end - 1].lower) == Form::Past
            && (group.be || by || self.link(tokens.end, end, &["of"], 1).is_some())
        {
            let by = self.link(tokens.end, end, &["by"], 2);
            let by = by.or_else(|| self.agent_after(tokens.end, end).filter(|_| group.be))?;
            return self.phrase_at(by + 1, end);
        }
        if words[tokens.end - 1].lower == "blame" && group.be {
            return None;
        }
        let sentence = words[tokens.start].sentence as usize;
        let mut near = self.near.verbs.at(sentence).iter().map(|&at| &self.attributions[at]);
        let cue = near.find(|a| a.cue.start < tokens.end && tokens.start < a.cue.end);
        cue.and_then(|a| a.subject.clone()).or_else(|| self.doer(tokens))
    }

    /// Who makes a charge: "Iran's accusations", "accusations by Iran"; `None` if nobody does.
    pub(super) fn accuser_of_charge(&self, tokens: &Range<usize>) -> Option<Subject> {
        let end = self.clause_end(tokens);
        let by = self.link(tokens.end, end, &["by", "from"], 3);
        let owner = self.owner(tokens.start);
        owner
            .or_else(|| by.and_then(|by| self.phrase_at(by + 1, end)))
            .or_else(|| self.layer(tokens.start))
    }

    /// "Moe put | the blame on Iran": the subject of the verb that lays it on somebody.
    fn layer(&self, at: usize) -> Option<Subject> {
        const LAYS: &[&str] = &[
            "cast", "casts", "laid", "lay", "lays", "pin", "pinned", "pins", "place", "placed",
            "places", "put", "puts",
        ];
        let words = &self.clauses.reading.words;
        let first = self.clauses.reading.sentence_of(at).start;
        // "Moe | lays | the blame": the expression may hold the verb.
        let verb =
            (first.max(at.saturating_sub(3))..=at).rfind(|&t| LAYS.contains(&words[t].lower));
        let group = self.clauses.verb_group(verb?);
        (!group.be && !group.to).then(|| self.clauses.subject_before(group.start)).flatten()
    }

    /// "blamed on Iran | by Moe", "blamed for the raid | by Moe": the `by` before who accuses, not that
    /// of "a raid carried out by".
    pub(super) fn agent_after(&self, from: usize, end: usize) -> Option<usize> {
        let words = &self.clauses.reading.words;
        let speaks = |by: usize| self.phrase_at(by + 1, end).is_some_and(|s| s.speaks());
        (from + 2..end.min(from + LONGEST)).find(|&t| {
            let done = is_past(words[t - 1].lower) || words[t - 1].class == Class::Adverb;
            words[t].lower == "by" && !done && self.names_agent(t) && speaks(t)
        })
    }

    /// "accused Iran of | stoking": whoever is accused of it.
    pub(super) fn accused_of(&self, at: usize) -> Option<Subject> {
        self.accused(&self.accusing_before(at)?)
    }

    /// "| accused | Iran of stoking": the verb that accuses somebody of what stands at a word.
    pub(super) fn accusing_before(&self, at: usize) -> Option<Range<usize>> {
        let words = &self.clauses.reading.words;
        let first = self.clauses.reading.sentence_of(at).start;
        let of = (first.max(at.saturating_sub(4))..at)
            .rfind(|&t| matches!(words[t].lower, "of" | "for"))?;
        let from = first.max(of.saturating_sub(8));
        let object =
            |t: &usize| self.clauses.cues.has(*t, |role| role == Role::Blame(Points::Object));
        let verb = (from..of).rfind(object)?;
        let whole = (verb..at).all(|t| !words[t + 1].before.has(Gap::CLAUSE));
        whole.then_some(verb..verb + 1)
    }

    /// Whether who does it, and not by which means ("by offering arms"), stands after `by`.
    pub(super) fn names_agent(&self, by: usize) -> bool {
        let words = &self.clauses.reading.words;
        // "caused by smoking and drink": an act without an object is no means.
        let object = words.get(by + 2).is_some_and(|w| {
            matches!(w.class, Class::Open | Class::Determiner | Class::Object | Class::Thing)
                && !w.before.has(Gap::ANY)
        });
        let means = |w: &Word<'_>| form_of(w.lower) == Form::Ing && !w.capital && object;
        words.get(by + 1).is_some_and(|w| !w.before.has(Gap::ANY) && !means(w))
    }

    /// The first of some words within reach, in the same clause.
    pub(super) fn link(
        &self,
        from: usize,
        end: usize,
        links: &[&str],
        reach: usize,
    ) -> Option<usize> {
        let words = &self.clauses.reading.words;
        (from..end.min(from + reach)).find(|&t| links.contains(&words[t].lower))
    }

    /// "blame for the delay | lies squarely with", not "blame for the fall of": the verb by which blame
    /// is said to be somebody's.
    pub(super) fn rests_at(&self, from: usize, end: usize) -> Option<usize> {
        const RESTS: &[&str] = &["lie", "lies", "lay", "rests", "rest", "falls", "fall", "fell"];
        let words = &self.clauses.reading.words;
        let rests = |t: &usize| RESTS.contains(&words[*t].lower) && !self.is_noun_here(*t);
        let link = |t: &usize| self.link(t + 1, end, &["with", "on", "upon", "at"], 3).is_some();
        (from..end.min(from + 12)).find(|t| rests(t) && link(t))
    }

    /// The noun phrase or pronoun that begins at a word.
    pub(super) fn phrase_at(&self, start: usize, limit: usize) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        if start >= limit || words[start].before.has(Gap::CLAUSE) {
            return None;
        }
        let first = &words[start];
        let named =
            matches!(first.class, Class::Open | Class::Determiner | Class::Person | Class::Object);
        let nobody = matches!(first.lower, "who" | "whom" | "themselves");
        if !(named || first.lower == "it") || nobody {
            return None;
        }
        let end = self.clauses.noun_phrase_end(start, limit);
        let end = (start + 1..end)
            .find(|&t| matches!(words[t].lower, "for" | "of" | "with" | "in" | "on" | "at"))
            .filter(|&t| {
                // "accused by Moe | of fuelling tension"
                let acts = words.get(t + 1).is_some_and(|w| form_of(w.lower) == Form::Ing);
                words[t].lower != "of" || acts || self.actors(&(start..t)).next().is_some()
            })
            .unwrap_or(end);
        (end > start).then(|| self.clauses.subject_of(start..end)).flatten()
    }

    /// Where the clause of an expression ends.
    pub(super) fn clause_end(&self, tokens: &Range<usize>) -> usize {
        self.clauses.clause_of(tokens.end - 1).end.max(tokens.end)
    }

    /// Actor mentions among some words, those in scare quotes left out.
    pub(super) fn actors(
        &self,
        tokens: &Range<usize>,
    ) -> impl Iterator<Item = (CategoryId, Range<usize>)> + '_ {
        let mentions = &self.input.found.mentions;
        let from = mentions.partition_point(|m| m.tokens.start < tokens.start);
        let end = tokens.end;
        mentions[from..]
            .iter()
            .enumerate()
            .take_while(move |(_, m)| m.tokens.start < end)
            .filter_map(move |(offset, m)| {
                let entry = self.input.lexicon.entry(m.entry);
                let counts = entry.kind == Kind::Actor && !self.marks[from + offset].scare_quoted;
                counts.then(|| (entry.category, m.tokens.clone()))
            })
    }
}
