//! Speakers that a headline names by a mark alone: "War will go on: envoy", "Ports are closed – Oran",
//! "Envoy: war will go on".
//!
//! Bodies put the same marks to other uses, and so do topics ("Oran: what we know").

use std::ops::Range;

use crate::annotate::attribution::{Attribution, Attributions};
use crate::annotate::clauses::Subject;
use crate::annotate::colons::by_colon;
use crate::annotate::cues::{Role, Speaks};
use crate::annotate::facts::SpeakerKind;
use crate::annotate::grammar::{Class, Form, form_of, is_past};
use crate::annotate::reading::{Gap, Word};
use crate::lexicon::Kind;

/// More words than this name no speaker of a headline.
const LONGEST: usize = 6;

/// Fewer words than this before a speaker are no statement.
const SHORTEST: usize = 3;

/// Nouns for texts that are the outlet's own where they stand at an end of its headline.
const OWN_PIECES: &[&str] =
    &["analysis", "column", "commentary", "editorial", "opinion", "review", "story"];

impl Attributions<'_, '_, '_> {
    /// "War will go on: | envoy": the words of a headline before the speaker who ends it.
    pub(super) fn closing(&self, sentence: &Range<usize>) -> Option<Attribution> {
        let reading = self.clauses.reading;
        let mark = |t: &usize| reading.gap(*t).has(Gap::COLON.or(Gap::DASH));
        let first = sentence.end.saturating_sub(LONGEST).max(sentence.start + SHORTEST);
        let at = (first..sentence.end).rev().find(mark)?;
        // "Live: war will go on: envoy"
        let colon = |t: &usize| reading.gap(*t).has(Gap::COLON);
        let start = (sentence.start + 1..at).rev().find(colon).unwrap_or(sentence.start);
        let content = start..at;
        let label = at..sentence.end;
        if content.len() < SHORTEST || !self.may_close(&label, &content) {
            return None;
        }
        let kind = self.clauses.kind_of_phrase(&label);
        Some(by_colon(Subject { full: label.clone(), tokens: label, kind }, content))
    }

    /// "Oran denies war: envoy": nobody else's words reach into the name that ends the headline.
    pub(super) fn end_before_label(&mut self, closing: &Attribution) {
        let label = closing.subject.as_ref().map_or(0, |s| s.tokens.start);
        for piece in self.found.iter_mut().flat_map(|a| &mut a.content) {
            if piece.start < label && label < piece.end {
                piece.end = label;
            }
        }
    }

    /// Whether some words at the end of a headline name who says what stands before them.
    fn may_close(&self, label: &Range<usize>, content: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words;
        let dash = !words[label.start].before.has(Gap::COLON);
        if !self.is_noun_phrase(label) {
            return false;
        }
        match self.noun_of_label(label) {
            // "Oran hits back – The Herald": the outlet's own name.
            Some((SpeakerKind::Media, _)) if dash => false,
            Some((_, speaks)) => speaks != Speaks::Person || !self.asks(content),
            None => match self.actor_of_label(label) {
                Some("media") => !dash,
                // "It has one friend: Tom Lee"
                Some(actor) if actor.ends_with("/person") => {
                    label.len() == 1 && !dash
                        || self.is_statement(content) && !self.presents(content)
                }
                Some(_) => self.is_statement(content),
                None => {
                    let one = label.len() == 1 || self.is_statement(content);
                    let speaks = || self.is_name(label) && self.speaks_elsewhere(label);
                    !dash && one && speaks() && !self.presents(content)
                }
            },
        }
    }

    /// "Envoy: | war will go on", "Tom Lee: | war will go on": whether a noun for a person or body, or the
    /// name of a person whom the lexicon knows, stands before a statement.
    pub(super) fn opens_headline(&self, label: &Range<usize>, sentence: &Range<usize>) -> bool {
        let person = || self.actor_of_label(label).is_some_and(|a| a.ends_with("/person"));
        let text = |noun| matches!(noun, (SpeakerKind::Media, _) | (_, Speaks::Text));
        let noun = || self.noun_of_label(label).is_some_and(|noun| !text(noun));
        let content = label.end..sentence.end;
        let whole = label.len() <= LONGEST && self.is_noun_phrase(label);
        whole && self.is_statement(&content) && (noun() || person())
    }

    /// Whether some words can be one noun phrase: no mark, verb or question among them.
    fn is_noun_phrase(&self, label: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words[label.clone()];
        let joined = |w: &Word<'_>| !w.before.has(Gap::ANY) || w.before == Gap::HYPHEN;
        let first = &words[0];
        let marks = Gap::QUOTE_OPENS.or(Gap::QUOTE_CLOSES);
        let begins = first.class == Class::Open || first.class == Class::Determiner;
        let acts = form_of(first.lower) == Form::Ing && words.len() > 1;
        let nominal = |w: &Word<'_>| {
            matches!(w.class, Class::Open | Class::Determiner | Class::Preposition | Class::To)
        };
        begins
            && !acts
            && !first.before.has(marks)
            && !self.clauses.reading.gap(label.end).has(marks)
            && words[1..].iter().all(|w| joined(w) && nominal(w))
    }

    /// The noun that is the head of a label, its kind and what it names: "Oran's
    /// **envoy** to Lund".
    fn noun_of_label(&self, label: &Range<usize>) -> Option<(SpeakerKind, Speaks)> {
        let head = self.clauses.head_end(label);
        let words = &self.clauses.reading.words;
        if OWN_PIECES.contains(&words[head - 1].lower) {
            return None;
        }
        self.clauses.cues.within(&(label.start..head)).iter().find_map(|cue| match cue.role {
            Role::Speaker(kind, speaks) if cue.tokens.end == head => Some((kind, speaks)),
            _ => None,
        })
    }

    /// The actor whose name ends a label, with nothing before it but an office or another actor: "Oran's
    /// President **Tom Lee**".
    fn actor_of_label(&self, label: &Range<usize>) -> Option<&str> {
        let (found, lexicon) = (self.clauses.found, self.clauses.lexicon);
        let from = found.mentions.partition_point(|m| m.tokens.start < label.start);
        let mentions = found.mentions[from..].iter().take_while(|m| m.tokens.start < label.end);
        let actors = || mentions.clone().filter(|m| lexicon.entry(m.entry).kind == Kind::Actor);
        let named = actors().find(|m| m.tokens.end == label.end)?;
        let office = |t: usize| {
            let cues = self.clauses.cues.within(&(label.start..t + 1)).iter();
            let mut nouns = cues.filter(|cue| matches!(cue.role, Role::Speaker(..)));
            nouns.any(|cue| cue.tokens.contains(&t))
        };
        let explains = |t: usize| office(t) || actors().any(|m| m.tokens.contains(&t));
        let category = lexicon.entry(named.entry).category;
        let path = lexicon.category(category).path.as_str();
        (label.start..named.tokens.start).all(explains).then_some(path)
    }

    /// "The plan has one friend: | Tom Lee": whether a phrase that the name explains ends the words
    /// before a colon.
    fn presents(&self, content: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words;
        let noun = |t: &usize| words[*t].class == Class::Open;
        let before = content.clone().rev().find(|t| !noun(t));
        let start = before.map_or(content.start, |t| t + 1);
        let one = start < content.end && matches!(words[start].lower, "one" | "two" | "three");
        one || before.is_some_and(|t| matches!(words[t].lower, "a" | "an" | "another"))
    }

    /// Whether some words of a headline are a name: up to four, each with a capital.
    pub(super) fn is_name(&self, label: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words[label.clone()];
        words.iter().all(|w| w.capital && w.class == Class::Open) && words.len() <= 4
    }

    /// Whether the article says somewhere that somebody of this name speaks.
    pub(super) fn speaks_elsewhere(&self, label: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words;
        let last = words[label.end - 1].lower;
        self.found
            .iter()
            .filter_map(|a| a.subject.as_ref())
            .any(|s| s.tokens != *label && words[s.tokens.end - 1].lower == last)
    }

    /// "What we know", "How it sank": whether some words ask.
    fn asks(&self, content: &Range<usize>) -> bool {
        let first = self.clauses.reading.words[content.start].lower;
        matches!(first, "what" | "why" | "how" | "who" | "when" | "where")
    }

    /// Whether some words of a headline state something: a subject and its finite verb, and no
    /// question ("what we know").
    fn is_statement(&self, content: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words;
        let first = &words[content.start];
        let finite = |t: usize| {
            let (word, next) = (&words[t], words[..content.end].get(t + 1));
            let governs = |w: &Word<'_>| {
                matches!(w.class, Class::Open | Class::Determiner | Class::To)
                    && w.before == Gap::default()
            };
            match word.class {
                Class::Be | Class::Aux | Class::Modal => true,
                Class::To => next.is_some_and(|w| w.class == Class::Open || w.class == Class::Be),
                Class::Open => {
                    let after_noun = words[t - 1].class == Class::Open;
                    let third = form_of(word.lower) == Form::Third && next.is_some_and(governs);
                    after_noun && !word.capital && (is_past(word.lower) || third)
                }
                _ => false,
            }
        };
        let opens =
            matches!(first.class, Class::Open | Class::Determiner | Class::Person | Class::Thing);
        !self.asks(content)
            && opens
            && content.len() >= SHORTEST
            && (content.start + 1..content.end).any(finite)
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::read_with_title;
    use crate::base::Voice;

    /// What a headline alone says who said.
    fn check(title: &str, expect: &[&str]) {
        let read = read_with_title(title, "Ships came in.");
        assert_eq!(read.said(), expect, "{title}");
    }

    #[test]
    fn who_ends_a_headline_after_a_colon_said_it() {
        check("Port must stay shut: spokeswoman", &["spokeswoman: Port must stay shut"]);
        check("Port must stay shut: US envoy", &["US envoy: Port must stay shut"]);
        check("Port must stay shut – Washington", &["Washington: Port must stay shut"]);
        check("Fees are illegal: Beijing", &["Beijing: Fees are illegal"]);
        let told = ["envoy: Oran denies war crimes", "Oran: war crimes"];
        check("Oran denies war crimes: envoy", &told);
        check("Two ships lost in May: report", &["report: Two ships lost in May"]);
        check("Live: port must stay shut: mayor", &["mayor: port must stay shut"]);
        let said = read_with_title("Port Must Stay Shut: Lund", "It was late, Lund said.").said();
        assert_eq!(said[0], "Lund: Port Must Stay Shut");
    }

    #[test]
    fn a_topic_or_the_name_of_the_outlet_says_nothing() {
        check("Ukraine: Beijing silent", &[]);
        check("Next stop on the tour: Beijing", &[]);
        check("City guide: Beijing", &[]);
        check("Port must stay shut: what we know", &[]);
        check("Port must stay shut – Western media", &[]);
        check("Port must stay shut: Lund", &[]);
        check("Port must stay shut: editorial", &[]);
        check("How crews spend a year: women", &[]);
        check("Targeting port officials: ships must wait", &[]);
        check("‘Shut’ ministry: ships must wait", &[]);
        let read = read_with_title("Port has one friend: Tom Lee", "It was late, Tom Lee said.");
        assert_eq!(read.said(), ["Tom Lee: It was late"]);
    }

    #[test]
    fn a_noun_for_a_person_before_a_colon_speaks() {
        check("Port chief: ships must wait", &["Port chief: ships must wait"]);
        check("Port chief: a life at sea", &[]);
        check("Port chief: how she won", &[]);
        check("Beijing: ships must wait", &[]);
    }

    #[test]
    fn what_the_speaker_of_a_headline_blames_is_no_blame_of_the_outlet() {
        let read = read_with_title("Russia is to blame for war: envoy", "Ships came in.");
        let blame = &read.facts.blame[0];
        assert_eq!((blame.blamer.as_str(), blame.voice), ("envoy", Voice::Reported));
        let read = read_with_title("Russia to blame for war: envoy", "Ships came in.");
        let blamed = read.facts.blame[0].blamed.map(|b| b.of(&read.text));
        assert_eq!(blamed, Some("Russia"));
    }
}
