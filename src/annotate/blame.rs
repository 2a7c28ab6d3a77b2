//! Who blames whom: mentions of `blame/...` frames with the actor they point at.
//!
//! Decides by the place of actors around the blaming words; an undecided target stays open.

use std::ops::Range;

use crate::annotate::Input;
use crate::annotate::attribution::Attribution;
use crate::annotate::clauses::Clauses;
use crate::annotate::cues::Role;
use crate::annotate::facts::{Blame, Marks, Quote};
use crate::annotate::grammar::Class;
use crate::annotate::reading::Gap;
use crate::annotate::speakers::Speakers;
use crate::annotate::stretches::Stretches;
use crate::base::{Span, Voice};
use crate::lexicon::{CategoryId, Kind, Mention};

/// What the rules need besides the clauses.
pub(super) struct BlameInput<'x, 'i, 'c, 'r, 'a> {
    pub(super) input: &'x Input<'i>,
    pub(super) clauses: &'c Clauses<'r, 'a>,
    pub(super) attributions: &'x [Attribution],
    pub(super) speakers: &'x Speakers<'c, 'r, 'a>,
    pub(super) quotes: &'x [Quote],
    pub(super) marks: &'x [Marks],
}

/// Every ascription of blame, by sentence.
pub(super) fn find_blame(known: &BlameInput<'_, '_, '_, '_, '_>) -> Vec<Blame> {
    let lexicon = known.input.lexicon;
    let mentions = &known.input.found.mentions;
    let verbs = known.attributions.iter().map(|a| &a.cue);
    let near_verbs = Stretches::new(known.clauses.reading, verbs.enumerate());
    let mut blame: Vec<Blame> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        let category = lexicon.category(lexicon.entry(mention.entry).category);
        let is_blame =
            category.kind == Kind::Frame && category.path.split('/').next() == Some("blame");
        if !is_blame {
            continue;
        }
        let found = known.blame(at, mention, near_verbs.at(mention.sentence), &category.path);
        // "Some papers hyped up the story": the outlet judges a motive, but blames for no harm.
        let motive = category.path.split('/').nth(1) == Some("motive");
        if motive && found.harm.is_none() && found.voice == Voice::Own {
            continue;
        }
        // Two expressions for one ascription ("is responsible for ..., fuelling ...") are one row.
        let again = |b: &Blame| Blame { harm: None, mention: 0, ..b.clone() };
        let here = blame.iter().rev().take_while(|b| b.sentence == found.sentence);
        if !here.map(again).any(|b| b == again(&found)) {
            blame.push(found);
        }
    }
    blame
}

impl BlameInput<'_, '_, '_, '_, '_> {
    /// `near` are the attributions whose verb stands in the sentence.
    fn blame(&self, at: usize, mention: &Mention, near: &[usize], path: &str) -> Blame {
        let (marks, tokens) = (&self.marks[at], &mention.tokens);
        let mut near = near.iter().map(|&at| &self.attributions[at]);
        let cue = near.find(|a| a.cue.start < tokens.end && tokens.start < a.cue.end);
        let (voice, blamer) = match (cue, marks.quote) {
            (Some(attribution), _) if marks.voice == Voice::Own => {
                let speaker = attribution.subject.as_ref().map(|s| self.speakers.resolve(s));
                (Voice::Reported, speaker.map(|s| s.name).unwrap_or_default())
            }
            (_, Some(quote)) if marks.voice != Voice::Own => {
                (marks.voice, self.quotes[quote].speaker.clone())
            }
            _ => (marks.voice, String::new()),
        };
        let meta =
            path.split('/').nth(1).is_some_and(|p| p.contains("shift") || p.contains("meta"))
                || self.clauses.cues.within(tokens).iter().any(|c| c.role == Role::Shifting);
        Blame {
            sentence: self.clauses.reading.words[tokens.start].sentence as usize,
            blamed_actor: self.target(tokens, cue.is_some(), meta),
            blamer,
            voice,
            harm: self.harm(tokens),
            meta_blame: meta,
            negated: marks.negated,
            mention: at,
        }
    }

    /// The blamed actor: after "accused" and "caused by", else the subject of the clause.
    fn target(
        &self,
        tokens: &Range<usize>,
        verb_of_blame: bool,
        shifted: bool,
    ) -> Option<CategoryId> {
        let words = &self.clauses.reading.words;
        let clause = self.clauses.clause_of(tokens.start);
        let last = words[tokens.end - 1].lower;
        let names_next = matches!(last, "by" | "blame" | "blames" | "blamed" | "blaming" | "on");
        if !shifted && (verb_of_blame || names_next) {
            return self.object_actor(tokens, clause.end);
        }
        if let Some((actor, _)) =
            self.actors(tokens).next().or_else(|| self.subject_actor(clause.start, tokens))
        {
            return Some(actor);
        }
        // "their strategy of fuelling conflicts": the subject of the clause before.
        let refers = words[clause.start..tokens.start].iter().any(|w| {
            matches!(w.lower, "it" | "its" | "they" | "their" | "this" | "which" | "that")
                && w.class != Class::Open
        });
        let sentence = self.clauses.reading.sentence_of(tokens.start);
        if refers || self.follows_participle(tokens.start) {
            return self.actors(&(sentence.start..clause.start)).next().map(|a| a.0);
        }
        None
    }

    /// The actor in the object of "accused": not one in what it is accused of. "On" ("blamed on the
    /// West") may take the place of the object; a passive ("was accused of") blames its subject.
    fn object_actor(&self, tokens: &Range<usize>, end: usize) -> Option<CategoryId> {
        let words = &self.clauses.reading.words;
        let group = self.clauses.verb_group(tokens.start);
        if group.be && words[tokens.end - 1].lower.ends_with("ed") {
            let subject = self.clauses.subject_before(group.start)?;
            return self.actors(&subject.tokens).next().map(|a| a.0);
        }
        let end = end.min(tokens.end + 8);
        let of = (tokens.end..end).find(|&t| matches!(words[t].lower, "of" | "for"));
        self.actors(&(tokens.end..of.unwrap_or(end))).next().map(|a| a.0)
    }

    /// The harm named after the accused: "accused Iran of | delays".
    fn harm_start(&self, tokens: &Range<usize>, end: usize) -> Option<usize> {
        let words = &self.clauses.reading.words;
        let verb = words[tokens.start].lower;
        let accuses = matches!(verb, "accused" | "accuse" | "accuses" | "accusing")
            || matches!(verb, "blamed" | "blames" | "blaming" | "faulted" | "faulting");
        if !accuses || tokens.len() > 1 {
            return Some(tokens.end);
        }
        let link = if verb.starts_with("accus") { "of" } else { "for" };
        (tokens.end..end.min(tokens.end + 10)).find(|&t| words[t].lower == link)
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

    /// The first actor of a clause before the blaming words that can be its subject: no mere
    /// possessive ("Europe's order") and, if there is a choice, none after a preposition.
    fn subject_actor(
        &self,
        from: usize,
        tokens: &Range<usize>,
    ) -> Option<(CategoryId, Range<usize>)> {
        let words = &self.clauses.reading.words;
        let owner = |t: &Range<usize>| words[t.end - 1].possessive && t.end + 2 < tokens.start;
        let all: Vec<_> = self.actors(&(from..tokens.start)).filter(|(_, t)| !owner(t)).collect();
        let free =
            |t: &Range<usize>| t.start == from || words[t.start - 1].class != Class::Preposition;
        all.iter().find(|(_, t)| free(t)).or_else(|| all.first()).cloned()
    }

    /// ", fuelling conflicts": a participle shares the subject of the clause before.
    fn follows_participle(&self, at: usize) -> bool {
        let word = &self.clauses.reading.words[at];
        word.before.has(Gap::COMMA) && word.lower.ends_with("ing")
    }

    /// Actor mentions among some words, those in scare quotes left out.
    fn actors(
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

    /// The words that name the harm, after "responsible for" and the like.
    fn harm(&self, tokens: &Range<usize>) -> Option<Span> {
        let words = &self.clauses.reading.words;
        let clause = self.clauses.clause_of(tokens.start);
        let mut start = self.harm_start(tokens, clause.end)?;
        if start < clause.end && matches!(words[start].lower, "for" | "of") {
            start += 1;
        }
        if start >= clause.end || words[start].before.has(Gap::CLAUSE) {
            return None;
        }
        let end = self.clauses.noun_phrase_end(start, clause.end.min(start + 12));
        let end = self.pair_end(start, end, clause.end);
        let named = words[start..end].iter().any(|w| w.class == Class::Open);
        named.then(|| self.clauses.reading.span(&(start..end)))
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::read;
    use crate::base::Voice;

    /// Blame rows as `blamer > blamed`.
    fn check(text: &str, expect: &[&str]) {
        let read = read(text);
        let name = |id| read.lexicon.category(id).path.clone();
        let rows: Vec<String> = read
            .facts
            .blame
            .iter()
            .map(|b| {
                let meta = if b.meta_blame { " (meta)" } else { "" };
                let blamed = b.blamed_actor.map(name).unwrap_or_default();
                format!("{} > {blamed}{meta}", b.blamer)
            })
            .collect();
        assert_eq!(rows, expect, "{text}");
    }

    #[test]
    fn the_subject_is_blamed() {
        check("Russia is responsible for the shortage.", &[" > russia"]);
        check("Lee said that the West is responsible for the shortage.", &["Lee > west"]);
        check(
            "Lee said that the West is late, and their plan of fueling conflicts fails.",
            &["Lee > west"],
        );
    }

    #[test]
    fn the_object_of_accusing_is_blamed_by_the_subject() {
        check("China accused Russia of delays.", &["China > russia"]);
        let read = read("China accused Russia of delays.");
        assert_eq!(read.facts.blame[0].voice, Voice::Reported);
    }

    #[test]
    fn the_harm_is_what_somebody_is_accused_of() {
        let harm = |text: &str| {
            let read = read(text);
            read.facts.blame[0].harm.map(|h| h.of(&read.text).to_owned())
        };
        assert_eq!(harm("China accused Russia of delays.").as_deref(), Some("delays"));
        assert_eq!(harm("China accused Russia again."), None);
        let shift = "Russia is responsible for the shift from talks to rivalry and fear.";
        let paired = "the shift from talks to rivalry and fear";
        assert_eq!(harm(shift).as_deref(), Some(paired));
        check("China accused rivals of Russia of delays.", &["China > "]);
    }

    #[test]
    fn an_undecided_target_stays_open() {
        check("The storm is responsible for the shortage.", &[" > "]);
        check("The storm came late.", &[]);
    }

    #[test]
    fn a_motive_without_a_harm_is_no_blame_of_the_outlet() {
        check("Some Western media outlets hyped up the “old theory” again.", &[]);
        check("Lee said Russia hyped up the danger.", &["Lee > russia"]);
    }

    #[test]
    fn shifting_blame_is_blame_of_the_shifter() {
        check(
            "While some Western media outlets praised the “old theory,” experts argue that it is an \
             attempt to shift blame for the war in Ukraine.",
            &["experts > media (meta)"],
        );
    }
}
