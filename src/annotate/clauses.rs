//! Subjects, verb groups and noun phrases, as far as closed-class words and commas reveal them.

use std::cell::OnceCell;
use std::ops::Range;

use hashbrown::HashSet;

use crate::annotate::Input;
use crate::annotate::cues::{Cues, Role, Takes};
use crate::annotate::grammar::{Class, denies_charges, is_other_past, is_past};
use crate::annotate::reading::{Gap, Reading};
use crate::lexicon::{Found, Kind, Lexicon, MatchMode, Mention};

/// What kind of words a subject is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SubjectKind {
    /// `he`, `they`, `we`.
    Pronoun,
    /// `I`, `we`, `you`: outside quotations the outlet's writer, or everybody.
    Writer,
    /// `who`; the words are those it stands for.
    Relative,
    /// Begins with a capital.
    Name,
    /// Contains a noun for a speaker: `the spokesman`, `a statement`.
    SpeakerNoun,
    /// Any other noun: `the visit`.
    Noun,
    /// `it`, `this`, `which`.
    Thing,
}

/// The subject of a verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    /// The words that name it, without apposition; `who` itself.
    pub(super) tokens: Range<usize>,
    /// The same with its apposition: `Zhang Hong, an associate fellow at ...`.
    pub(super) full: Range<usize>,
    /// What it is.
    pub(super) kind: SubjectKind,
}

impl Subject {
    /// Whether it can only be somebody, or a text, that says things.
    pub(super) fn speaks(&self) -> bool {
        !matches!(self.kind, SubjectKind::Noun | SubjectKind::Thing)
    }
}

/// The auxiliaries and adverbs before a verb.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct VerbGroup {
    /// Its first word.
    pub(super) start: usize,
    /// Holds a form of `be`.
    pub(super) be: bool,
    /// Holds `will`, `did`, `has` and the like.
    pub(super) auxiliary: bool,
    /// Follows `to`.
    pub(super) to: bool,
}

/// The clauses of one article.
pub(super) struct Clauses<'r, 'a> {
    pub(super) reading: &'r Reading<'a>,
    pub(super) cues: &'r Cues,
    /// The lexicon matches, and the lexicon behind them.
    pub(super) found: &'a Found,
    pub(super) lexicon: &'a Lexicon,
    /// Words written with a capital inside a sentence of the body, and those of actors whose terms
    /// want one, sorted: "Beijing" is no gerund at the start of a sentence either.
    pub(super) names: Vec<&'a str>,
    /// Words written with a small letter anywhere; gathered when they are first needed.
    small: OnceCell<HashSet<&'a str, foldhash::fast::FixedState>>,
}

impl<'r, 'a> Clauses<'r, 'a> {
    pub(super) fn new(reading: &'r Reading<'a>, cues: &'r Cues, input: &Input<'a>) -> Self {
        let words = &reading.words;
        let inside = |&at: &usize| words[at].before == Gap::default() && !reading.in_title(at);
        let is_name = |mention: &&Mention| {
            let entry = input.lexicon.entry(mention.entry);
            entry.kind == Kind::Actor && entry.mode == MatchMode::Case
        };
        let actors = input.found.mentions.iter().filter(is_name).flat_map(|m| m.tokens.clone());
        let actors = actors.filter(|&at| words[at].class == Class::Open);
        let names = (0..words.len()).filter(inside).chain(actors);
        let names = names.filter(|&at| words[at].capital);
        let mut names: Vec<&str> = names.map(|at| words[at].lower).collect();
        names.sort_unstable();
        names.dedup();
        let (found, lexicon) = (input.found, input.lexicon);
        Self { reading, cues, found, lexicon, names, small: OnceCell::new() }
    }

    /// Whether the article writes a word, given in lower case, with a small letter anywhere.
    pub(super) fn is_written_small(&self, lower: &str) -> bool {
        let gather = || self.reading.words.iter().filter(|w| !w.capital).map(|w| w.lower).collect();
        self.small.get_or_init(gather).contains(lower)
    }

    /// The verb group that ends in the verb at `verb`.
    pub(super) fn verb_group(&self, verb: usize) -> VerbGroup {
        let first = self.reading.sentence_of(verb).start;
        let mut group = VerbGroup { start: verb, ..VerbGroup::default() };
        while group.start > first && !self.reading.gap(group.start).has(Gap::ANY) {
            match self.reading.words[group.start - 1].class {
                Class::Be => group.be = true,
                Class::Aux | Class::Modal => group.auxiliary = true,
                Class::To => group.to = true,
                Class::Adverb => {}
                // "Li on Monday said", "the bank this month announced"
                Class::Time => {}
                Class::Preposition if self.precedes_time(group.start - 1, verb) => {}
                // "has in the past described"
                Class::Open if self.fixed_phrase(group.start, first).is_some() => {
                    group.start -= self.fixed_phrase(group.start, first).unwrap_or(1) - 1;
                }
                // "has long argued"
                Class::Open if self.is_long(group.start - 1) => {}
                // "has since stressed"
                Class::Subordinator if self.is_since(group.start - 1, first) => {}
                Class::Open if self.is_this_period(group.start - 1) => group.start -= 1,
                // "the senators all said"
                Class::Determiner if self.floats(group.start - 1, first) => {}
                _ => break,
            }
            group.start -= 1;
        }
        // "Yesterday, officials also said": adverbs alone may belong to the words before.
        group
    }

    /// Whether a preposition of date stands right before a day.
    fn precedes_time(&self, at: usize, verb: usize) -> bool {
        let next = self.reading.words[at + 1].class == Class::Time;
        at + 1 < verb && next && matches!(self.reading.words[at].lower, "on" | "in")
    }

    /// How many words a phrase of time or manner has that stands between an auxiliary or pronoun and
    /// its verb, and ends before `end`: "has in the past described".
    fn fixed_phrase(&self, end: usize, first: usize) -> Option<usize> {
        const PHRASES: &[&[&str]] = &[
            &["in", "the", "past"],
            &["in", "recent", "days"],
            &["in", "recent", "weeks"],
            &["in", "recent", "months"],
            &["in", "recent", "years"],
            &["for", "years"],
            &["for", "months"],
            &["in", "turn"],
            &["at", "times"],
            &["at", "first"],
            &["in", "effect"],
            &["in", "fact"],
            &["of", "course"],
        ];
        let words = &self.reading.words;
        let fits = |phrase: &&&[&str]| {
            let Some(start) = end.checked_sub(phrase.len()).filter(|&s| s > first) else {
                return false;
            };
            let same = words[start..end].iter().zip(phrase.iter()).all(|(w, p)| w.lower == *p);
            let verbal = matches!(words[start - 1].class, Class::Aux | Class::Be | Class::Person);
            same && verbal && !words[start].before.has(Gap::ANY)
        };
        PHRASES.iter().find(fits).map(|phrase| phrase.len())
    }

    /// Whether a word is the `long` of "has long said".
    fn is_long(&self, at: usize) -> bool {
        let words = &self.reading.words;
        let before = at.checked_sub(1).map(|t| words[t].class);
        words[at].lower == "long" && matches!(before, Some(Class::Aux | Class::Be))
    }

    /// Whether `since` stands between an auxiliary and its verb.
    fn is_since(&self, at: usize, first: usize) -> bool {
        let words = &self.reading.words;
        at > first && words[at].lower == "since" && words[at - 1].class == Class::Aux
    }

    /// The verb group of "continued to say", "went on to say", "was quick to say": that of the
    /// verb before `to`, which stands at a token.
    pub(super) fn raised_group(&self, to: usize) -> Option<VerbGroup> {
        const BEGINNINGS: &[&str] = &[
            "able",
            "appear",
            "appeared",
            "appears",
            "attempt",
            "attempted",
            "attempts",
            "began",
            "begins",
            "chooses",
            "chose",
            "compelled",
            "continue",
            "continued",
            "continues",
            "eager",
            "forced",
            "goes",
            "keen",
            "liked",
            "likes",
            "loves",
            "managed",
            "moved",
            "obliged",
            "prompted",
            "quick",
            "seem",
            "seemed",
            "seems",
            "started",
            "starts",
            "tried",
            "tries",
            "used",
            "went",
            "willing",
        ];
        let words = &self.reading.words;
        let first = self.reading.sentence_of(to).start;
        let on = to > first && words[to - 1].lower == "on";
        let verb = to.checked_sub(1 + usize::from(on)).filter(|&t| t > first)?;
        let moves = matches!(words[verb].lower, "went" | "goes");
        let raises = BEGINNINGS.contains(&words[verb].lower) && moves == on;
        let group = raises.then(|| self.verb_group(verb))?;
        Some(VerbGroup { start: group.start, auxiliary: true, ..VerbGroup::default() })
    }

    /// Whether a word ends "this week", "last month".
    fn is_this_period(&self, at: usize) -> bool {
        let words = &self.reading.words;
        at > 0 && matches!(words[at - 1].lower, "this" | "last") && self.is_period(at)
    }

    /// Whether `all`, `both` or `each` stands between a subject and its verb.
    fn floats(&self, at: usize, first: usize) -> bool {
        let words = &self.reading.words;
        let floating = matches!(words[at].lower, "all" | "both" | "each");
        let after_open =
            at > first && matches!(words[at - 1].class, Class::Open | Class::Person | Class::Aux);
        floating && (after_open || words[at].before.has(Gap::CLOSE))
    }

    /// The subject before the verb group that starts at `end`.
    pub(super) fn subject_before(&self, end: usize) -> Option<Subject> {
        let sentence = self.reading.sentence_of(end.saturating_sub(1));
        // What opens a sentence has no subject in the one before.
        if end <= sentence.start || self.reading.gap(end).has(Gap::SENTENCE) {
            return None;
        }
        if self.reading.gap(end).has(Gap::COMMA.or(Gap::DASH).or(Gap::CLOSE)) {
            return self.subject_with_apposition(sentence.start, end);
        }
        let start = self.noun_phrase_start(sentence.start, end);
        if start == end {
            return None;
        }
        if let Some(subject) = self.before_relative(start, end) {
            return Some(subject);
        }
        self.subject_of(self.after_claim(start, end)..end)
    }

    /// "a teacher | who fled Ukraine", "a man who declined to be | named": the subject before a relative
    /// clause in which the words from `start` to `end` stand, and which a verb follows.
    fn before_relative(&self, start: usize, end: usize) -> Option<Subject> {
        const LONGEST: usize = 8;
        let words = &self.reading.words;
        let first = self.reading.sentence_of(start).start;
        let who = (first.max(start.saturating_sub(LONGEST)) + 1..start)
            .rev()
            .take_while(|&t| !words[t + 1].before.has(Gap::ANY))
            .find(|&t| words[t].lower == "who" && !words[t].before.has(Gap::ANY))?;
        // "who follow | the budget", "who attended"
        let says_next = |t: usize| self.cues.report_at(t).is_some() || words[t].capital;
        let acts = |t: usize| {
            is_past(words[t].lower)
                || words[t].class.is_auxiliary()
                || t == who + 1 && words[t].class == Class::Open && !says_next(t)
        };
        let alone = who + 1 == start && acts(start);
        let verb = alone || who + 1 < start && !words[start].before.has(Gap::ANY);
        // "critics who say | Lee", not "who spoke | in Oslo", "who were told | the plan"
        let says = self.cues.report_at(start - 1).is_some()
            && words[start].class != Class::Preposition
            && !self.verb_group(start - 1).be;
        let noun = self.noun_phrase_start(first, who);
        // "critics who say that Lee | has failed"
        let says = says || words[start - 1].lower == "that";
        let whose = verb && !says && noun < who && (who + 1..end).any(acts);
        whose.then(|| self.subject_of(noun..who)).flatten()
    }

    /// "a claim | Beijing rejects", "something | Lee denies": where the subject of a relative clause
    /// without a pronoun begins; `start` if there is none.
    fn after_claim(&self, start: usize, end: usize) -> usize {
        #[rustfmt::skip]
        const THINGS: &[&str] = &[
            "anything", "characterisation", "characterization", "figure", "figures", "idea",
            "label", "move", "notion", "number", "numbers", "phrase", "point", "report", "reports",
            "something", "step", "term", "theory", "toll", "version",
        ];
        let words = &self.reading.words;
        let claim = |t: usize| {
            let said = |role| matches!(role, Role::Report(_, Takes::Noun));
            THINGS.contains(&words[t].lower) || self.cues.has(t, said)
        };
        let opens = |&t: &usize| {
            let (noun, name) = (&words[t - 1], &words[t]);
            (name.capital || matches!(name.lower, "it" | "he" | "she" | "they"))
                && !noun.capital
                && !noun.possessive
                && name.before == Gap::default()
                && claim(t - 1)
        };
        (start + 1..end).find(opens).unwrap_or(start)
    }

    /// "| a charge | Beijing denies": the noun phrase for a claim before the subject of the verb that
    /// denies it.
    pub(super) fn denied_claim(&self, subject: &Subject, verb: usize) -> Option<Range<usize>> {
        let start = subject.tokens.start;
        let first = self.reading.sentence_of(start).start;
        let denies = denies_charges(self.reading.words[verb].lower)
            || self.cues.has(verb, |role| matches!(role, Role::Report(_, Takes::Charge)));
        let noun = self.noun_phrase_start(first, start);
        let named = noun < start && self.after_claim(noun, subject.tokens.end) == start;
        (denies && named).then_some(noun..start)
    }

    /// A subject from the words of a noun phrase.
    pub(super) fn subject_of(&self, phrase: Range<usize>) -> Option<Subject> {
        let words = &self.reading.words;
        let last = &words[phrase.end - 1];
        if phrase.len() == 1 && last.class == Class::Person {
            if last.lower == "who" {
                return self.relative_subject(phrase.start);
            }
            let first = matches!(last.lower.split('\'').next(), Some("i" | "we" | "you"));
            let kind = if first { SubjectKind::Writer } else { SubjectKind::Pronoun };
            return Some(Subject { tokens: phrase.clone(), full: phrase, kind });
        }
        if phrase.len() == 1 && last.class == Class::Thing {
            return Some(Subject {
                tokens: phrase.clone(),
                full: phrase,
                kind: SubjectKind::Thing,
            });
        }
        let phrase = self.without_date(phrase);
        let last = &words[phrase.end - 1];
        let verb = is_other_past(last.lower) || last.lower == "become";
        let no_speaker = verb || self.is_period(phrase.end - 1) || last.lower == "night";
        if no_speaker && !last.capital {
            return None;
        }
        let tokens = self.core_of(phrase);
        let kind = self.kind_of_phrase(&tokens);
        Some(Subject { full: tokens.clone(), tokens, kind })
    }

    /// A noun phrase without the day after it: "Ann Lee on Monday"; or a participle: "the suit filed".
    fn without_date(&self, phrase: Range<usize>) -> Range<usize> {
        let words = &self.reading.words;
        let mut end = phrase.end;
        end -= usize::from(end > phrase.start + 1 && self.follows_speaker(end - 1));
        while end > phrase.start + 1 && words[end - 1].class == Class::Time {
            end -= 1;
        }
        let dated = end < phrase.end && end > phrase.start + 1;
        end -= usize::from(dated && matches!(words[end - 1].lower, "on" | "in"));
        phrase.start..end
    }

    /// The person that `who` at a token stands for.
    fn relative_subject(&self, who: usize) -> Option<Subject> {
        let sentence = self.reading.sentence_of(who);
        let start = self.noun_phrase_start(sentence.start, who);
        if start == who {
            return None;
        }
        Some(Subject {
            tokens: who..who + 1,
            full: self.stood_for(self.core_of(start..who)),
            kind: SubjectKind::Relative,
        })
    }

    /// "an outcry from Democrats who say": `who` stands for persons, so for the last noun if only that
    /// is one.
    fn stood_for(&self, phrase: Range<usize>) -> Range<usize> {
        let words = &self.reading.words;
        let head = self.head_end(&phrase);
        let link = |t: &usize| matches!(words[*t].class, Class::Preposition | Class::To);
        let Some(last) = phrase.clone().rev().find(link).filter(|t| t + 1 < phrase.end) else {
            return phrase;
        };
        let person = |r: &Range<usize>| r.clone().any(|t| self.names_person(t));
        let rest = last + 1..phrase.end;
        let nobody = !person(&(phrase.start..head)) && !words[head - 1].capital;
        if nobody && (person(&rest) || words[rest.end - 1].capital) { rest } else { phrase }
    }

    /// The subject of the first clause of a sentence, after what stands before it.
    pub(super) fn main_subject(&self, sentence: &Range<usize>) -> Option<Subject> {
        let words = &self.reading.words;
        let mut start = sentence.start;
        let fronted = |class| {
            matches!(
                class,
                Class::Preposition | Class::Subordinator | Class::Adverb | Class::Time | Class::To
            )
        };
        if words.get(start)?.class == Class::Conjunction {
            start += 1;
        }
        let first = words.get(start)?;
        if fronted(first.class) || first.lower.ends_with("ing") || self.opens_with_time(start) {
            let comma = || (start + 1..sentence.end).find(|&t| words[t].before.has(Gap::COMMA));
            start = self.after_date(start, sentence.end).or_else(comma)?;
        }
        let mut end = start;
        while end < sentence.end && (end == start || !words[end].before.has(Gap::ANY)) {
            let word = &words[end];
            let stop = match word.class {
                Class::Be | Class::Aux | Class::Modal | Class::Adverb => true,
                Class::Person | Class::Thing => {
                    end += usize::from(end == start);
                    true
                }
                Class::Open => end > start && is_past(word.lower),
                _ => false,
            };
            let after_article = end > start && words[end - 1].class == Class::Determiner;
            let verb = self.cues.report_at(end).is_some() && !self.names_person(end);
            let reports = verb && end > start && !after_article;
            if stop || reports {
                break;
            }
            end += 1;
        }
        if end == start {
            return None;
        }
        let subject = self.subject_of(start..self.first_verb(start, end))?;
        let name_end = self.name_between_commas(end, sentence.end);
        Some(Subject { full: subject.full.start..name_end.max(subject.full.end), ..subject })
    }

    /// "On Monday | Ann Lee left": where the words after a date that no comma sets off begin.
    fn after_date(&self, start: usize, limit: usize) -> Option<usize> {
        let words = &self.reading.words;
        let on = usize::from(matches!(words[start].lower, "on" | "in"));
        let time = |t: &usize| {
            words[*t].class == Class::Time || words[*t].lower.starts_with(char::is_numeric)
        };
        let end = start + on + (start + on..limit).take_while(time).count();
        let dated = end > start + on && words[start + on].class == Class::Time;
        (dated && end < limit && !words[end].before.has(Gap::ANY)).then_some(end)
    }

    /// "the mayor, | Ann Lee, | came": where a name set off by commas ends; else `at`.
    pub(super) fn name_between_commas(&self, at: usize, limit: usize) -> usize {
        let words = &self.reading.words;
        let capital = |t: &usize| words[*t].capital && words[*t].class == Class::Open;
        let unbroken = |t: &usize| *t == at || !words[*t].before.has(Gap::ANY);
        let end = at + (at..limit).take_while(|t| capital(t) && unbroken(t)).count();
        let set_off = |t: usize| self.reading.gap(t).has(Gap::COMMA);
        if (2..5).contains(&(end - at)) && set_off(at) && set_off(end) { end } else { at }
    }
}
