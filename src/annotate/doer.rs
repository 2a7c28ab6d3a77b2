//! Who does something: the subject of a verb of blame, whatever its form, and who owns or denies a
//! wrong.

use std::ops::Range;

use crate::annotate::blame::BlameInput;
use crate::annotate::clauses::{Subject, SubjectKind};
use crate::annotate::cues::{Points, Role};
use crate::annotate::grammar::{
    Class, Form, form_of, is_participle, is_past, is_plural, is_verb_form,
};
use crate::annotate::reading::{Gap, Word};
use crate::lexicon::CategoryId;

impl BlameInput<'_, '_, '_, '_, '_> {
    /// "a surgeon | found": a noun phrase that has run into a verb is cut before it.
    pub(super) fn without_verb(&self, subject: Subject) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let (start, end) = (subject.tokens.start, subject.tokens.end);
        let verb = |&t: &usize| {
            is_past(words[t].lower) && !words[t].capital && words[t - 1].class == Class::Open
        };
        match (start + 1..end).find(verb) {
            Some(verb) => self.clauses.subject_of(start..verb),
            None => Some(subject),
        }
    }

    /// Whether some words can name somebody or something: no verb in the past, no bare number.
    pub(super) fn can_be_blamed(&self, subject: &Subject) -> bool {
        // "no doubt who did it": the words that `who` stands for.
        let printed = match subject.kind {
            SubjectKind::Relative => subject.full.end - 1,
            _ => subject.tokens.end - 1,
        };
        let last = self.clauses.reading.words[printed].lower;
        let words = &self.clauses.reading.words[subject.tokens.clone()];
        let cut = matches!(last, "a" | "an" | "the");
        if cut || subject.kind == SubjectKind::Relative && matches!(last, "doubt" | "doubts") {
            return false;
        }
        let small = words[0].class == Class::Open && !words[0].capital;
        let noun = |lower: &str| {
            const NOUNS: &[&str] = &["ion", "ment", "ity", "ness", "ism", "ance", "ence", "ics"];
            is_plural(lower) || NOUNS.iter().any(|ending| lower.ends_with(ending))
        };
        let bare = words.len() == 1 && !noun(words[0].lower);
        let verb = small && (is_past(words[0].lower) || bare);
        let says = |w: &Word<'_>| {
            matches!(w.class, Class::Open | Class::Person | Class::Object)
                && !w.lower.starts_with(char::is_numeric)
                || matches!(w.lower, "his" | "her" | "it")
        };
        !verb && !words[0].is_nobody() && words.iter().any(says)
    }

    /// The subject of a verb of blame, whatever its form.
    pub(super) fn doer(&self, tokens: &Range<usize>) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let group = self.clauses.verb_group(tokens.start);
        let word = &words[tokens.start];
        let finite = form_of(word.lower) != Form::Ing || group.be;
        // "an attempt by Iran to provoke ...", "an Iranian attempt to provoke ..."
        if group.to
            && let Some(tries) =
                self.by_before(group.start).or_else(|| self.owner_of_attempt(group.start))
        {
            return Some(tries);
        }
        // "called on | Iran | to stop provoking ...": whose stopping it is.
        let stops = self.before(group.start).filter(|&t| words[t].lower == "stop");
        if let Some(told) = stops.and_then(|stop| self.told_to(stop)) {
            return Some(told);
        }
        // "was forced into the war | by the West": who did it, and not who suffered it.
        let end = self.clause_end(tokens);
        let agent = || self.agent_after(tokens.end, end).and_then(|by| self.phrase_at(by + 1, end));
        if let Some(agent) = (group.be && is_participle(word.lower)).then(agent).flatten() {
            return Some(agent);
        }
        if finite && words[group.start].before.has(Gap::COMMA) {
            let subject = self.before_parenthesis(group.start).filter(|_| !group.to)?;
            return self.decided(subject, tokens.start).and_then(|s| self.widened(s));
        }
        let subject = if !finite || group.to || self.is_noun_here(tokens.start) {
            None
        } else {
            self.subject_of_verb(group.start)
        };
        let subject = subject.or_else(|| {
            self.accused_of(tokens.start).or_else(|| self.subject_of_predicate(tokens.start))
        });
        let subject = subject.or_else(|| self.clause_subject(tokens.start));
        let subject = subject.and_then(|s| self.decided(s, tokens.start));
        subject.and_then(|s| self.widened(s))
    }

    /// "called on | Iran | to stop": the noun phrase right before an infinitive.
    fn told_to(&self, verb: usize) -> Option<Subject> {
        let group = self.clauses.verb_group(verb);
        let first = self.clauses.reading.sentence_of(verb).start;
        let start = self.clauses.noun_phrase_start(first, group.start);
        let told = group.to && start < group.start;
        let subject = told.then(|| self.clauses.subject_of(start..group.start)).flatten()?;
        subject.speaks().then_some(subject)
    }

    /// "Russia, by contrast, | is", "Russia, Lee said, | is": the subject before what is set off by two
    /// commas; not "to urge, incite or ...", one of several verbs, whose subject is far.
    fn before_parenthesis(&self, verb: usize) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let first = self.clauses.reading.sentence_of(verb).start;
        let near = first.max(verb.saturating_sub(12)) + 1..verb;
        let comma = near.rev().find(|&t| words[t].before.has(Gap::CLAUSE))?;
        let opener = &words[comma];
        let adds = matches!(
            opener.class,
            Class::Preposition | Class::Adverb | Class::Time | Class::Determiner
        ) || matches!(opener.lower, "who" | "which" | "as");
        let speaker = opener.class == Class::Person || self.clauses.is_name_word(comma);
        let says = || speaker && self.clauses.cues.report_at(verb - 1).is_some();
        let start = self.clauses.noun_phrase_start(first, comma);
        // "one which, for the town, for example, | is"
        let alone = start < comma && words[start].class != Class::Preposition;
        let set_off = opener.before.has(Gap::COMMA) && (adds || says());
        (alone && set_off).then(|| self.clauses.subject_of(start..comma)).flatten()
    }

    /// The subject of the verb group that starts at a word, also where words stand between them:
    /// "the board, which critics say | is ...", "the officials elected last year | provoked ...".
    pub(super) fn subject_of_verb(&self, start: usize) -> Option<Subject> {
        self.relative_before_report(start)
            .or_else(|| self.clauses.subject_before(start).map(|s| self.before_participle(s)))
    }

    /// "the board, which critics say | is": what `which` stands for.
    fn relative_before_report(&self, start: usize) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let first = self.clauses.reading.sentence_of(start.saturating_sub(1)).start;
        let report =
            start.checked_sub(1).filter(|&t| t > first && !words[start].before.has(Gap::ANY))?;
        self.clauses.cues.report_at(report)?;
        let speaker = self.clauses.noun_phrase_start(first, report);
        let which = speaker.checked_sub(1).filter(|&t| t > first && speaker < report)?;
        if !matches!(words[which].lower, "which" | "that" | "who" | "whom") {
            return None;
        }
        let named = self.last_actor(self.clauses.noun_phrase_start(first, which)..which);
        (!named.is_empty()).then(|| self.clauses.subject_of(named)).flatten()
    }

    /// "the officials | elected last year by the people": a subject without the participle that
    /// explains it, when the noun phrase before the verb is a part of that.
    fn before_participle(&self, subject: Subject) -> Subject {
        let words = &self.clauses.reading.words;
        let start = subject.tokens.start;
        let first = self.clauses.reading.sentence_of(start).start;
        let near = (first.max(start.saturating_sub(8)) + 1..start).rev();
        let mut near = near.take_while(|&t| !words[t + 1].before.has(Gap::CLAUSE));
        let explains = |&t: &usize| {
            is_participle(words[t].lower)
                && !self.clauses.is_name_word(t)
                && words[t - 1].class == Class::Open
                && !words[t].before.has(Gap::ANY)
                && matches!(
                    words[t + 1].class,
                    Class::Preposition | Class::Adverb | Class::Time | Class::To
                )
        };
        let finite = |t: usize| {
            matches!(words[t].class, Class::Be | Class::Aux | Class::Modal | Class::Subordinator)
                || matches!(words[t].class, Class::Person | Class::Thing | Class::Conjunction)
        };
        let Some(participle) = near.by_ref().take_while(|&t| !finite(t)).find(explains) else {
            return subject;
        };
        let begins = self.clauses.noun_phrase_start(first, participle);
        let whole = (begins < participle).then(|| self.clauses.subject_of(begins..participle));
        whole.flatten().unwrap_or(subject)
    }

    /// "an Iranian attempt | to ...", "the mayor's plan | to ...": whose attempt it is.
    fn owner_of_attempt(&self, to: usize) -> Option<Subject> {
        const ATTEMPTS: &[&str] = &[
            "attempt",
            "attempts",
            "bid",
            "campaign",
            "conspiracy",
            "drive",
            "effort",
            "efforts",
            "move",
            "moves",
            "plan",
            "plans",
            "plot",
            "ploy",
            "push",
            "scheme",
            "tactic",
        ];
        let noun = self.before(to)?;
        let attempt = ATTEMPTS.contains(&self.clauses.reading.words[noun].lower);
        if attempt { self.owner(noun) } else { None }
    }

    /// "by Iran | to ...": the noun phrase before an infinitive, if it follows `by`.
    pub(super) fn by_before(&self, to: usize) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let first = self.clauses.reading.sentence_of(to).start;
        let by = (first.max(to.saturating_sub(5))..to).rfind(|&t| words[t].lower == "by")?;
        let phrase = self.phrase_at(by + 1, to)?;
        (phrase.tokens.end == to).then_some(phrase)
    }

    /// `which` and `that` stand for the words before them, `it` and `they` for the one actor that
    /// the sentence has named so far.
    pub(super) fn decided(&self, subject: Subject, at: usize) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let first = subject.tokens.start;
        let sentence = self.clauses.reading.sentence_of(at);
        match words[first].lower {
            "which" | "that" if subject.tokens.len() == 1 && first > sentence.start => {
                let start = self.clauses.noun_phrase_start(sentence.start, first);
                // "Russia, not Ukraine, | that": what it is not stands between.
                let not = start.checked_sub(1).filter(|&t| {
                    t > sentence.start && words[t].lower == "not" && words[t].before.has(Gap::COMMA)
                });
                let first = not.unwrap_or(first);
                let start = self.clauses.noun_phrase_start(sentence.start, first);
                // "Oran blames | Russia, which": the noun phrase has run into a verb.
                let role = |role| matches!(role, Role::Report(..) | Role::Blame(Points::Object));
                let named = |t: usize| words[t].capital && words[t].class == Class::Open;
                let verb = |&t: &usize| {
                    named(t - 1) && !words[t].capital && self.clauses.cues.has(t, role)
                };
                let start = (start + 1..first).rfind(verb).map_or(start, |verb| verb + 1);
                let phrase = self.last_actor(start..first);
                (!phrase.is_empty()).then(|| self.clauses.subject_of(phrase)).flatten()
            }
            "it" | "they" | "this" | "these" | "their" if subject.tokens.len() == 1 => {
                let before: Vec<_> = self.actors(&(sentence.start..first)).collect();
                let top = |id| self.input.lexicon.top(id);
                let printed = words[first].lower == "they";
                let Some((actor, tokens)) = before.first() else {
                    return printed.then_some(subject);
                };
                // "Western media" may be two categories over the same words.
                let same = |(other, at): &(CategoryId, Range<usize>)| {
                    top(*other) == top(*actor) || at == tokens
                };
                let one = before.iter().all(same);
                let article = |t: &usize| words[*t].class != Class::Determiner;
                let free = (sentence.start..tokens.start)
                    .rfind(article)
                    .is_none_or(|t| words[t].class != Class::Preposition);
                (one && free).then(|| self.clauses.subject_of(tokens.clone())).flatten()
            }
            "there" | "what" => None,
            _ if words[first].is_nobody() => None,
            _ => Some(subject),
        }
    }

    /// "the fault lies with | the government": of a phrase that has run into a verb, or whose first
    /// noun is no actor, the last noun if that is one.
    fn last_actor(&self, phrase: Range<usize>) -> Range<usize> {
        let words = &self.clauses.reading.words;
        let link = phrase.clone().rev().find(|&t| words[t].class == Class::Preposition);
        let Some(rest) = link.map(|t| t + 1..phrase.end).filter(|r| !r.is_empty()) else {
            return phrase;
        };
        let head = phrase.start..self.clauses.head_end(&phrase);
        let names = |r: &Range<usize>| self.actors(r).next().is_some();
        if names(&rest) && !names(&head) { rest } else { phrase }
    }

    /// The subject of the clause around a word: of what somebody is said to say, or of the sentence.
    pub(super) fn clause_subject(&self, at: usize) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let near = self.near.content.at(words[at].sentence as usize).iter();
        let said = near.flat_map(|&at| &self.attributions[at].content);
        let said = said.filter(|c| c.contains(&at)).map(|c| c.start).max();
        let sentence = self.clauses.reading.sentence_of(at);
        let clause = self.clauses.clause_of(at).start;
        let mut start = said.unwrap_or(sentence.start).max(sentence.start);
        let participle = words[at].lower.ends_with("ing");
        if !participle || words[clause].class == Class::Subordinator {
            start = start.max(clause);
        }
        // "..., as Oran continues to provoke ...": the clause begins at the subordinator.
        let opener = |&t: &usize| words[t].class == Class::Subordinator && words[t].lower != "than";
        if let Some(opener) = (start..at).rfind(opener) {
            start = opener;
        }
        let opens = |class| {
            matches!(class, Class::Conjunction | Class::Subordinator | Class::Adverb | Class::Time)
        };
        while start < at && (opens(words[start].class) || words[start].lower == "that") {
            start += 1;
        }
        // "Days later, he ...": the subject stands after the comma.
        let fronted = (start + 1..at.min(start + 5))
            .find(|&t| words[t].before.has(Gap::COMMA) && words[t].class == Class::Person);
        start = fronted.unwrap_or(start);
        if start >= at || matches!(words[start].class, Class::Preposition | Class::To) {
            return None;
        }
        let end = self.clauses.noun_phrase_end(start, at);
        let past =
            |&t: &usize| self.clauses.is_past_at(t) && words[t - 1].class != Class::Determiner;
        let end = (start + 1..end).find(past).unwrap_or(end);
        // "the mayor wants | to ...": the noun phrase has taken in the verb.
        let infinitive =
            end < at && words[end].class == Class::To && end > start + 1 && !words[end - 1].capital;
        let end = end - usize::from(infinitive);
        // A finite verb must follow, else the words are no subject.
        let verb = end < at && {
            let word = &words[end];
            matches!(word.class, Class::Be | Class::Aux | Class::Modal | Class::Adverb)
                || word.class == Class::Open && (is_past(word.lower) || is_verb_form(word.lower))
                || word.before.has(Gap::COMMA)
        };
        (verb && end > start).then(|| self.clauses.subject_of(start..end)).flatten()
    }

    /// "Iran denied | responsibility": whoever denies it.
    pub(super) fn denier(&self, at: usize) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let first = self.clauses.reading.sentence_of(at).start;
        let denies = |t: &usize| {
            matches!(
                words[*t].lower,
                "denied"
                    | "denies"
                    | "deny"
                    | "denying"
                    | "rejected"
                    | "rejects"
                    | "rejecting"
                    | "dismissed"
                    | "dismisses"
                    | "accepted"
                    | "accepts"
                    | "took"
                    | "shoulder"
                    | "shoulders"
                    | "shouldered"
                    | "shouldering"
                    | "take"
                    | "takes"
                    | "claimed"
                    | "claims"
                    | "bears"
                    | "bore"
                    | "bear"
                    | "admitted"
                    | "admits"
            )
        };
        let verb = (first.max(at.saturating_sub(5))..at).rfind(denies)?;
        // "denied that | Oran did it": the clause has a subject of its own.
        let own_subject = (verb + 1..at).any(|t| words[t].lower == "that");
        if own_subject || (verb..at).any(|t| words[t + 1].before.has(Gap::CLAUSE)) {
            return None;
        }
        let group = self.clauses.verb_group(verb);
        let subject = self.clauses.subject_before(group.start)?;
        self.decided(subject, verb)
    }

    /// "Iran's | meddling", "Iranian | meddling": the actor, or the possessor, right before.
    pub(super) fn owner(&self, at: usize) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let first = self.clauses.reading.sentence_of(at).start;
        let from = self.clauses.noun_phrase_start(first, at).max(at.saturating_sub(4));
        if from >= at || words[at].before.has(Gap::CLAUSE) {
            return None;
        }
        let owner = (from..at).rfind(|&t| words[t].possessive);
        if let Some(his) = (from..at).rfind(|&t| matches!(words[t].lower, "his" | "her")) {
            return self.clauses.subject_of(his..his + 1);
        }
        let actor = self.actors(&(from..at)).last().map(|(_, tokens)| tokens);
        let owned = owner.map(|t| {
            let start = self.clauses.noun_phrase_start(first, t + 1).min(t);
            let links = |of: usize| matches!(words[of].class, Class::Preposition | Class::To);
            let of = (start..t).rfind(|&of| links(of));
            of.map_or(start, |of| of + 1)..t + 1
        });
        let named = actor.filter(|t| {
            let verb = words[t.end..at].iter().any(|w| is_past(w.lower));
            !verb && (t.start == 0 || words[t.start - 1].class != Class::Preposition || t.end == at)
        });
        // The nearer of the two: in "Lee's account of Russian meddling" the Russians meddle.
        let nearer = match (owned, named) {
            (Some(owned), Some(named)) if named.start >= owned.end => named,
            (owned, named) => owned.or(named)?,
        };
        self.clauses.subject_of(nearer)
    }

    /// Whether a form of `be` stands before a word, with at most an article and three words between.
    pub(super) fn is_predicate(&self, at: usize) -> bool {
        self.copula(at).is_some()
    }

    pub(super) fn copula(&self, at: usize) -> Option<usize> {
        let words = &self.clauses.reading.words;
        let first = self.clauses.reading.sentence_of(at).start;
        let near = (first.max(at.saturating_sub(5))..at).rev();
        let mut near = near.take_while(|&t| !words[t + 1].before.has(Gap::CLAUSE));
        let other =
            |class| matches!(class, Class::Preposition | Class::Conjunction | Class::Subordinator);
        near.by_ref().take_while(|&t| !other(words[t].class)).find(|&t| words[t].class == Class::Be)
    }

    /// "Iran | is the main culprit": the subject of the form of `be` before a word.
    pub(super) fn subject_of_predicate(&self, at: usize) -> Option<Subject> {
        let be = self.copula(at)?;
        let group = self.clauses.verb_group(be);
        let subject = match group.to {
            true => self.clause_subject(group.start),
            false => self.subject_of_verb(group.start),
        };
        self.widened(subject?)
    }

    /// "Oran-led | coalition", "a confirmed | test" belong together.
    pub(super) fn widened(&self, subject: Subject) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let (start, end) = (subject.tokens.start, subject.tokens.end);
        let first = self.clauses.reading.sentence_of(start).start;
        let participle = start >= first + 2
            && is_past(words[start - 1].lower)
            && words[start - 2].class == Class::Determiner;
        if participle {
            return self.clauses.subject_of(start - 2..end);
        }
        if start < first + 2 || !words[start - 1].before.has(Gap::HYPHEN) {
            return Some(subject);
        }
        let article = start > first + 2 && words[start - 3].class == Class::Determiner;
        self.clauses.subject_of(start - 2 - usize::from(article)..end)
    }

    /// Whether a verb, and no noun, stands at a word.
    pub(super) fn is_verbal(&self, at: usize) -> bool {
        is_verb_form(self.clauses.reading.words[at].lower) && !self.is_noun_here(at)
    }

    /// Whether an article or a possessor right before a word makes it a noun.
    pub(super) fn is_noun_here(&self, at: usize) -> bool {
        let words = &self.clauses.reading.words;
        let first = self.clauses.reading.sentence_of(at).start;
        let before = at.checked_sub(1).filter(|b| *b >= first && !words[at].before.has(Gap::ANY));
        before.is_some_and(|b| {
            let both = matches!(words[b].lower, "all" | "both" | "that" | "which" | "each");
            words[b].possessive || words[b].class == Class::Determiner && !both
        })
    }
}
