//! Who is said to have said what: verbs of saying, "according to", and agentless attribution.
//!
//! Finds the words; names and kinds of speakers are left to `speakers`.

use std::ops::Range;

use crate::annotate::clauses::{Clauses, Subject, SubjectKind};
use crate::annotate::cues::{Role, Takes};
use crate::annotate::facts::Stance;
use crate::annotate::quotations::Quotation;
use crate::annotate::reading::Gap;
use crate::annotate::stretches::Stretches;

/// One attribution: a speaker, a verb, and what is attributed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attribution {
    /// The speaker; `None` if nobody is named.
    pub(super) subject: Option<Subject>,
    /// What is attributed, in one or more pieces.
    pub(super) content: Vec<Range<usize>>,
    /// The speaker and the verb where they interrupt or follow what is attributed.
    pub(super) clause: Option<Range<usize>>,
    /// The verb or phrase.
    pub(super) cue: Range<usize>,
    /// Stance of the verb.
    pub(super) stance: Stance,
    /// Attributed to nobody: stays in the outlet's voice.
    pub(super) vague: bool,
    /// Made by a noun ("his claim that"), whose owner is no subject that later verbs share.
    pub(super) by_noun: bool,
}

impl Attribution {
    /// "I think", "as we know": said by the writer, so in the outlet's own voice.
    pub(super) fn is_the_writers(&self) -> bool {
        self.subject.as_ref().is_some_and(|s| s.kind == SubjectKind::Writer)
    }
}

/// Finds the attributions of one article.
pub(super) struct Attributions<'c, 'r, 'a> {
    pub(super) clauses: &'c Clauses<'r, 'a>,
    pub(super) quotations: &'c [Quotation],
    /// The quotations by sentence.
    near: Stretches,
    /// Per token: stands in a long quotation.
    pub(super) quoted: Vec<bool>,
    /// Per token: is attributed to somebody by now.
    pub(super) attributed: Vec<bool>,
    /// What has been found so far.
    pub(super) found: Vec<Attribution>,
}

/// Marks that set a clause off from the words before it.
pub(super) const SET_OFF: Gap = Gap::COMMA.or(Gap::QUOTE_CLOSES).or(Gap::DASH);

impl<'c, 'r, 'a> Attributions<'c, 'r, 'a> {
    /// Every attribution of an article, sentence by sentence.
    pub(super) fn find(
        clauses: &'c Clauses<'r, 'a>,
        quotations: &'c [Quotation],
    ) -> Vec<Attribution> {
        let mut quoted = vec![false; clauses.reading.words.len()];
        for quotation in quotations.iter().filter(|q| !q.nested && q.is_long()) {
            quoted[quotation.tokens.clone()].fill(true);
        }
        let tokens = quotations.iter().map(|q| &q.tokens);
        let near = Stretches::new(clauses.reading, tokens.enumerate());
        let attributed = vec![false; clauses.reading.words.len()];
        let mut attributions =
            Self { clauses, quotations, near, quoted, attributed, found: Vec::new() };
        for sentence in &clauses.reading.doc.sentences {
            let first = attributions.found.len();
            attributions.in_sentence(&sentence.tokens);
            attributions.settle(first);
        }
        attributions.add_tweets();
        attributions.add_colons();
        attributions.found
    }

    /// Notes what the attributions from `first` on attribute.
    fn settle(&mut self, first: usize) {
        for content in self.found[first..].iter().flat_map(|a| &a.content) {
            self.attributed[content.clone()].fill(true);
        }
    }

    /// Adds an attribution that needs no more cutting.
    pub(super) fn add(&mut self, attribution: Option<Attribution>) {
        let first = self.found.len();
        self.found.extend(attribution);
        self.settle(first);
    }

    /// The quotations in the sentences of some tokens, in reading order.
    pub(super) fn quotations_near(
        &self,
        tokens: &Range<usize>,
    ) -> impl Iterator<Item = &'c Quotation> {
        let quotations = self.quotations;
        let near = self.near.around(self.clauses.reading, tokens);
        (0..near.len()).map(move |at| &quotations[near[at]])
    }

    /// The quotation that begins at a token, those inside others not counted.
    pub(super) fn quotation_from(&self, start: usize) -> Option<&'c Quotation> {
        self.quotations_near(&(start..start + 1)).find(|q| !q.nested && q.tokens.start == start)
    }

    fn in_sentence(&mut self, sentence: &Range<usize>) {
        let first = self.found.len();
        let mut last = None;
        let mut cues: Vec<_> = self
            .clauses
            .cues
            .within(sentence)
            .iter()
            .filter(|cue| !self.quoted[cue.tokens.start])
            .cloned()
            .collect();
        // "Officials fear that": what can be a verb is one.
        cues.sort_by_key(|cue| {
            (cue.tokens.start, matches!(cue.role, Role::Report(_, Takes::Noun)), cue.tokens.end)
        });
        for cue in cues {
            // A verb may stand in several rows; the first that fits wins.
            if last == Some(cue.tokens.start) {
                continue;
            }
            let attribution = match cue.role {
                Role::Report(stance, Takes::Noun) => self.noun(&cue.tokens, stance, sentence),
                Role::Report(stance, takes) => {
                    self.report(&cue.tokens, (stance, takes), sentence, first)
                }
                Role::Front(owned) => self.fronted(&cue.tokens, owned, sentence),
                Role::Attribution => self.according_to(&cue.tokens, sentence),
                Role::Vague => self.vague(&cue.tokens, sentence),
                _ => None,
            };
            let attribution = attribution.filter(|a| !self.is_in_quotation(a));
            if attribution.is_some() {
                last = Some(cue.tokens.start);
                self.found.extend(attribution);
            }
        }
        self.cut_around_clauses(first);
        self.end_relatives(first);
        self.drop_told_wishes(first);
    }

    /// "I am sorry" in a short quotation: whoever is quoted says so, and nobody reports it.
    fn is_in_quotation(&self, attribution: &Attribution) -> bool {
        let cue = &attribution.cue;
        let around = |q: &Quotation| !q.title && q.tokens.contains(&cue.start);
        attribution.is_the_writers() && self.quotations_near(cue).any(around)
    }

    /// "Lee, who denounced the raid, reiterated ...": what `who` said ends where Lee's own verb
    /// stands.
    fn end_relatives(&mut self, first: usize) {
        let main: Vec<(usize, usize)> = self.found[first..]
            .iter()
            .filter_map(|a| Some((a.subject.as_ref()?.tokens.end, a.cue.start)))
            .collect();
        for attribution in &mut self.found[first..] {
            let Some(who) = attribution.subject.as_ref() else { continue };
            if who.kind != SubjectKind::Relative {
                continue;
            }
            for (_, cue) in main.iter().filter(|(named, _)| *named <= who.tokens.start) {
                for piece in &mut attribution.content {
                    if piece.start < *cue && *cue < piece.end {
                        piece.end = *cue;
                    }
                }
            }
        }
    }

    /// "Oran wants to leave, Lee said": Lee says so, and Oran nothing.
    fn drop_told_wishes(&mut self, first: usize) {
        let wishes = |a: &Attribution| {
            let will = |role| matches!(role, Role::Report(_, Takes::Will));
            !a.by_noun && self.clauses.cues.has(a.cue.start, will)
        };
        if !self.found[first..].iter().any(wishes) {
            return;
        }
        let told = |wish: &Attribution| {
            let teller = |a: &Attribution| {
                let around = |c: &Range<usize>| c.contains(&wish.cue.start);
                !a.vague && !a.by_noun && !a.is_the_writers() && a.content.iter().any(around)
            };
            self.found[first..].iter().any(teller)
        };
        let keep: Vec<bool> = self.found[first..].iter().map(|a| !(wishes(a) && told(a))).collect();
        let mut keep = keep.into_iter();
        let mut at = 0;
        self.found.retain(|_| {
            at += 1;
            at <= first || keep.next().unwrap_or(true)
        });
    }

    /// No content contains the clause of another attribution: it is cut there.
    fn cut_around_clauses(&mut self, first: usize) {
        let clauses: Vec<(usize, Range<usize>)> = self.found[first..]
            .iter()
            .enumerate()
            .filter_map(|(at, a)| Some((at, a.clause.clone()?)))
            .collect();
        for (owner, clause) in clauses {
            for (at, other) in self.found[first..].iter_mut().enumerate() {
                if at == owner {
                    continue;
                }
                for piece in &mut other.content {
                    if piece.start < clause.start && clause.start < piece.end {
                        piece.end = clause.start;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::{check_said, read};

    #[test]
    fn the_outermost_speaker_answers_for_a_mention() {
        let read = read("Oran has agreed to start the war in May, according to a Herald report.");
        let quote = &read.facts.quotes[read.marks("war").quote.unwrap()];
        assert_eq!(quote.speaker, "a Herald report");
        let read = crate::annotate::testing::read("Lee said Moe warned of a war.");
        assert_eq!(read.facts.quotes[read.marks("war").quote.unwrap()].speaker, "Lee");
    }

    #[test]
    fn what_others_are_said_to_want_is_said_by_who_tells() {
        check_said("Oran wants the war to end, Lee said.", &["Lee: Oran wants the war to end"]);
        check_said("Lee said Oran hopes it will end.", &["Lee: Oran hopes it will end"]);
        check_said("Oran wants to end the war.", &["Oran: to end the war"]);
        let told = ["Lee: Oran warned that it sank", "Oran: that it sank"];
        check_said("Oran warned that it sank, Lee said.", &told);
    }

    #[test]
    fn whom_somebody_speaks_to_is_not_what_he_says() {
        check_said("Moe asked Lee.", &[]);
        check_said("Oslo threatens Rome.", &[]);
        check_said("Moe asked Lee for help.", &["Moe: Lee for help"]);
        check_said("Moe warned the mayor.", &[]);
        check_said("Moe warned of a war.", &["Moe: a war"]);
        check_said("Moe threatened sanctions.", &["Moe: sanctions"]);
    }

    #[test]
    fn acts_are_no_speech() {
        check_said("Lee thanked the crew of the ship.", &[]);
        check_said("Lee congratulated the new mayor.", &[]);
        check_said("Lee supports the new harbour.", &[]);
        check_said("Lee praised the new harbour.", &["Lee: the new harbour"]);
    }

    #[test]
    fn what_two_verbs_attribute_to_one_speaker_is_one_quote() {
        check_said("Lee said and wrote that it sank.", &["Lee: that it sank"]);
    }
}
