//! Who is blamed far behind the verb ("blamed a fall in trade, which was great, on | Iran") or after
//! `of` ("trials of | sailors accused of theft").

use std::ops::Range;

use crate::annotate::blame::BlameInput;
use crate::annotate::grammar::{Class, Form, form_of};
use crate::annotate::reading::Gap;

impl BlameInput<'_, '_, '_, '_, '_> {
    /// "the trials of | several sailors": of a noun phrase the last part after `of`, unless a noun before
    /// it is a person or a body.
    pub(super) fn nearest_person(&self, phrase: Range<usize>) -> Range<usize> {
        let words = &self.clauses.reading.words;
        let mut rest = phrase;
        while let Some(of) = rest.clone().find(|&t| words[t].lower == "of") {
            let head = rest.start..of;
            let person = head.is_empty()
                || words[of - 1].capital
                || self.clauses.names_speaker(&(of - 1..of))
                || self.actors(&head).next().is_some();
            if person || of + 1 >= rest.end {
                break;
            }
            rest.start = of + 1;
        }
        rest
    }

    /// The `on` of "blamed delays on Iran", not that of "blamed Iran for an attack on a village" or
    /// "accused Iran of raids on a village": the last that stands before somebody, also after
    /// commas ("blamed the delays, which were long, on Iran").
    pub(super) fn blamed_on(&self, tokens: &Range<usize>) -> Option<usize> {
        let words = &self.clauses.reading.words;
        let verb = words[tokens.end - 1].lower;
        let group = self.clauses.verb_group(tokens.start);
        // "could be to blame", "accused Iran of"
        if verb.starts_with("accus") || group.to && group.be {
            return None;
        }
        let near = self.clause_end(tokens).min(tokens.end + 8);
        let end = if verb.starts_with("blam") { self.object_limit(tokens.end) } else { near };
        let limit = self.link(tokens.end, end, &["for"], end).unwrap_or(end);
        let phrase = |on: usize| self.phrase_at(on + 1, end);
        let links: Vec<usize> = (tokens.end..limit)
            .filter(|&t| matches!(words[t].lower, "on" | "upon") && phrase(t).is_some())
            .filter(|&t| !self.is_in_relative(tokens.end, t))
            .collect();
        let apart = |t: &&usize| **t == tokens.end || !self.is_target(**t);
        let somebody =
            |t: &&usize| phrase(**t).is_some_and(|s| s.speaks() || self.actor_of(&s).is_some());
        let last = links.iter().filter(apart).rfind(somebody);
        last.or_else(|| links.iter().find(apart)).or(links.first()).copied()
    }

    /// "those who put their lives | on the line": whether a relative clause has begun since a word that
    /// no comma has ended.
    fn is_in_relative(&self, from: usize, at: usize) -> bool {
        let words = &self.clauses.reading.words;
        let opener = (from..at).rfind(|&t| opens_relative(words[t].lower));
        opener.is_some_and(|who| (who + 1..=at).all(|t| !words[t].before.has(Gap::COMMA)))
    }

    /// "an attack | on": a noun whose target `on` names.
    fn is_target(&self, on: usize) -> bool {
        const NOUNS: &[&str] = &[
            "assault",
            "attack",
            "ban",
            "clampdown",
            "crackdown",
            "curb",
            "dependence",
            "effect",
            "embargo",
            "impact",
            "limit",
            "pressure",
            "raid",
            "reliance",
            "restriction",
            "sanction",
            "strike",
            "tariff",
            "tax",
            "war",
        ];
        let lower = self.clauses.reading.words[on - 1].lower;
        NOUNS.contains(&lower) || lower.strip_suffix('s').is_some_and(|noun| NOUNS.contains(&noun))
    }

    /// How far the object of a verb may reach that begins at a word: over commas, to the next clause of
    /// its own; relative clauses are part of it.
    pub(super) fn object_limit(&self, from: usize) -> usize {
        const STOP: Gap = Gap::SEMICOLON.or(Gap::COLON).or(Gap::DASH).or(Gap::QUOTE_CLOSES);
        let words = &self.clauses.reading.words;
        let sentence = self.clauses.reading.sentence_of(from - 1);
        let mut relative = false;
        for at in from..sentence.end {
            let word = &words[at];
            let comma = word.before.has(Gap::COMMA);
            let opens = opens_relative(word.lower);
            relative = opens || relative && !comma;
            let joined = comma || words[at - 1].class == Class::Conjunction;
            let acts = word.class.is_auxiliary()
                || joined && at > from && self.clauses.is_past_at(at)
                || comma && form_of(word.lower) == Form::Ing && word.class == Class::Open;
            let clause = word.class == Class::Subordinator && word.lower != "than"
                || matches!(word.lower, "that" | "but")
                || word.class == Class::Person && at > from
                || self.clauses.cues.report_at(at).is_some() && self.clauses.is_past_at(at);
            if word.before.has(STOP) || !relative && !opens && (acts || clause) {
                return at;
            }
        }
        sentence.end
    }
}

fn opens_relative(lower: &str) -> bool {
    matches!(lower, "who" | "which" | "where" | "whose")
}
