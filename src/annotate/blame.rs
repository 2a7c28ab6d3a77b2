//! Who blames whom: mentions of `blame/...` frames with the actor they point at.
//!
//! Who is blamed is left to `culprit`, for what to `harm`; an undecided target stays open.

use std::ops::Range;

use crate::annotate::Input;
use crate::annotate::attribution::Attribution;
use crate::annotate::clauses::{Clauses, Subject, SubjectKind};
use crate::annotate::cues::{Cue, Points, Role, Takes};
use crate::annotate::facts::{Blame, Marks, Quote};
use crate::annotate::grammar::{Class, Form, denies_charges, form_of, is_past, is_plural};
use crate::annotate::negation::CHARGES;
use crate::annotate::reading::{Gap, Reading};
use crate::annotate::speakers::Speakers;
use crate::annotate::stretches::Stretches;
use crate::base::Span;
use crate::base::Voice;
use crate::lexicon::Kind;

/// What the rules need besides the clauses.
pub(super) struct BlameInput<'x, 'i, 'c, 'r, 'a> {
    pub(super) input: &'x Input<'i>,
    pub(super) clauses: &'c Clauses<'r, 'a>,
    pub(super) attributions: &'x [Attribution],
    pub(super) near: &'x Near,
    pub(super) speakers: &'x Speakers<'c, 'r, 'a>,
    pub(super) quotes: &'x [Quote],
    pub(super) marks: &'x [Marks],
}

/// Attributions by the sentences that their verb and their content touch.
pub(super) struct Near {
    pub(super) verbs: Stretches,
    pub(super) content: Stretches,
}

impl Near {
    pub(super) fn new(reading: &Reading<'_>, attributions: &[Attribution]) -> Self {
        let all = || attributions.iter().enumerate();
        let content = all().flat_map(|(at, a)| a.content.iter().map(move |c| (at, c)));
        Self {
            verbs: Stretches::new(reading, all().map(|(at, a)| (at, &a.cue))),
            content: Stretches::new(reading, content),
        }
    }
}

/// Every ascription of blame, by sentence.
pub(super) fn find_blame(known: &BlameInput<'_, '_, '_, '_, '_>) -> Vec<Blame> {
    let lexicon = known.input.lexicon;
    let mentions = &known.input.found.mentions;
    let mut blame: Vec<Blame> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        let category = lexicon.category(lexicon.entry(mention.entry).category);
        let is_blame =
            category.kind == Kind::Frame && category.path.split('/').next() == Some("blame");
        if !is_blame || known.is_idle(&mention.tokens) || known.is_open(&mention.tokens) {
            continue;
        }
        let found = known.blame(at, &mention.tokens, &category.path);
        // "Offenders pay fines": words of blame that blame nobody for nothing.
        if found.blamed.is_none() && found.harm.is_none() && !found.meta_blame {
            continue;
        }
        // "The orchestration of a feast": the outlet blames nobody.
        if found.blamed.is_none() && found.voice == Voice::Own && !found.meta_blame {
            continue;
        }
        // "laid a carpet at the door of a house"
        if found.blamed.is_none() && known.is_at_door(&mention.tokens) {
            continue;
        }
        // "Matters worsened", "people feel emboldened": nobody does it to anything.
        if found.harm.is_none()
            && known.points(&mention.tokens).is_none()
            && mention.tokens.len() < 2
        {
            continue;
        }
        // "Some papers hyped up the story": the outlet judges a motive, but blames for no harm.
        if is_motive(&category.path) && found.harm.is_none() && found.voice == Voice::Own {
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

/// Whether a category of blame judges a motive.
fn is_motive(path: &str) -> bool {
    path.split('/').nth(1) == Some("motive")
}

impl BlameInput<'_, '_, '_, '_, '_> {
    fn blame(&self, at: usize, tokens: &Range<usize>, path: &str) -> Blame {
        let marks = &self.marks[at];
        let verb = self.accusing_verb(tokens);
        let tokens = verb.as_ref().unwrap_or(tokens);
        let meta = self.is_shifted(tokens, path);
        // "Moe dismissed as baseless reports that ...": the motive is not that of who speaks.
        let speaker = marks.quote.and_then(|quote| self.quotes[quote].speaker_span);
        // "Envoy: growth caused war"
        let colon = |culprit: &Subject| {
            let reading = self.clauses.reading;
            let mut between = culprit.tokens.end..tokens.start + 1;
            reading.in_title(tokens.start) && between.any(|t| reading.gap(t).has(Gap::COLON))
        };
        let speaks = |culprit: &Subject| {
            let own = Some(self.clauses.reading.span(&culprit.tokens)) == speaker;
            own && (is_motive(path) || colon(culprit))
        };
        let culprit = self.culprit(tokens, path, meta).filter(|culprit| !speaks(culprit));
        let (voice, blamer) = self.blamer(tokens, marks, meta);
        let reading = self.clauses.reading;
        Blame {
            sentence: reading.words[tokens.start].sentence as usize,
            blamed: culprit.as_ref().map(|c| self.printed(c)),
            blamed_actor: culprit.as_ref().and_then(|c| self.actor_of(c)),
            blamer,
            voice,
            harm: self.harm(tokens, path).map(|words| reading.span(&words)),
            meta_blame: meta,
            negated: (marks.negated || self.is_called_wrong(tokens)) != self.is_denial(tokens),
            mention: at,
        }
    }

    /// "| blame | us for": of an expression around a verb that blames its object, the verb.
    fn accusing_verb(&self, tokens: &Range<usize>) -> Option<Range<usize>> {
        if self.points(tokens) != Some(Points::Object) || self.is_noun_of_blame(tokens) {
            return None;
        }
        let object = |cue: &&Cue| cue.role == Role::Blame(Points::Object);
        let inside = |cue: &&Cue| cue.tokens.end <= tokens.end;
        let cues = self.clauses.cues.within(tokens).iter();
        let verb = &cues.rev().filter(object).find(inside)?.tokens;
        let to = self.clauses.reading.words[verb.start].class == Class::To;
        Some(verb.start + usize::from(to)..verb.end)
    }

    /// "it is wrong to accuse Iran", "it would be absurd to blame Iran": denied by an adjective.
    fn is_called_wrong(&self, tokens: &Range<usize>) -> bool {
        const WRONG: &[&str] = &[
            "absurd",
            "dishonest",
            "false",
            "foolish",
            "incorrect",
            "irresponsible",
            "nonsense",
            "outrageous",
            "ridiculous",
            "silly",
            "unfair",
            "unjust",
            "untrue",
            "wrong",
        ];
        let words = &self.clauses.reading.words;
        let group = self.clauses.verb_group(tokens.start);
        let first = self.clauses.reading.sentence_of(tokens.start).start;
        let Some(adjective) = group.start.checked_sub(1).filter(|&t| t > first && group.to) else {
            return false;
        };
        WRONG.contains(&words[adjective].lower) && self.clauses.verb_group(adjective).be
    }

    /// The words for who is blamed; of "you'll" only "you".
    fn printed(&self, culprit: &Subject) -> Span {
        let reading = self.clauses.reading;
        // "the crew who did it": those that `who` stands for.
        let words = match culprit.kind {
            SubjectKind::Relative => &culprit.full,
            _ => &culprit.tokens,
        };
        let span = reading.span(words);
        let word = &reading.words[words.start];
        let pronoun = matches!(word.class, Class::Person | Class::Thing);
        let apostrophe = span.of(reading.basis).find(['\'', '\u{2019}']).filter(|_| pronoun);
        let length = apostrophe.and_then(|at| u32::try_from(at).ok());
        length.map_or(span, |length| Span::new(span.start, span.start + length))
    }

    /// "a self-made crisis", "whatever his faults": words that blame nobody where they stand.
    fn is_idle(&self, tokens: &Range<usize>) -> bool {
        let word = &self.clauses.reading.words[tokens.start];
        let faults = word.lower == "faults" && tokens.len() == 1 && self.is_noun_here(tokens.start);
        let words = &self.clauses.reading.words[tokens.clone()];
        faults || words.iter().any(|w| w.before.has(Gap::HYPHEN) && is_past(w.lower))
    }

    /// Whether the blame itself is said to be shifted.
    fn is_shifted(&self, tokens: &Range<usize>, path: &str) -> bool {
        let named = path.split('/').nth(1).is_some_and(|p| p.contains("shift") || p == "meta");
        let from = self.clauses.reading.sentence_of(tokens.start).start;
        let near = tokens.start.saturating_sub(4).max(from)..tokens.end;
        let overlaps = |tokens: &Range<usize>, cue: &Range<usize>| cue.end > tokens.start;
        let cues = self.clauses.cues.within(&near);
        named || cues.iter().any(|c| c.role == Role::Shifting && overlaps(tokens, &c.tokens))
    }

    /// In whose voice the blame stands, and who utters it.
    fn blamer(&self, tokens: &Range<usize>, marks: &Marks, meta: bool) -> (Voice, String) {
        let denied = self.is_denied(tokens);
        let said = marks.quote.filter(|_| marks.voice != Voice::Own && !denied);
        let speaker = || said.map_or_else(String::new, |quote| self.quotes[quote].speaker.clone());
        let points = self.points(tokens);
        if meta {
            return (marks.voice, speaker());
        }
        if self.is_denial(tokens) {
            return (marks.voice.max(Voice::Reported), String::new());
        }
        let accuser = match points {
            _ if self.ascribed_to(tokens).is_some() => {
                Some((!self.is_ascribed(tokens)).then(|| self.doer(tokens)).flatten())
            }
            // "the fault of Iran", "Iran's fault", "Iran is to blame": whoever speaks says so.
            Some(Points::Object) if self.is_noun_of_blame(tokens) && self.is_fault(tokens) => None,
            Some(Points::Object) if self.is_noun_of_blame(tokens) => {
                self.accuser_of_charge(tokens).map(Some)
            }
            Some(Points::Object) if self.is_to_blame(tokens) => None,
            Some(Points::Object) => Some(self.accuser(tokens)),
            Some(Points::Charge) if self.rests(tokens) => None,
            Some(Points::Charge) => Some(self.accuser_of_charge(tokens)),
            _ => {
                let accuser = || self.accusing_before(tokens.start).map(|verb| self.accuser(&verb));
                self.holder(tokens).map(Some).or_else(accuser)
            }
        };
        match accuser {
            // "I blame Oran": the speaker of the quotation.
            Some(Some(subject)) if self.is_first_person(&subject) => (marks.voice, speaker()),
            Some(Some(subject)) if !self.can_blame(&subject, tokens) => {
                (marks.voice.max(Voice::Reported), String::new())
            }
            Some(Some(subject)) => {
                let speaker = self.speakers.resolve(&subject);
                // "Nobody blames Oran"
                let printed = || self.clauses.reading.text(&subject.tokens).to_owned();
                let unnamed = speaker.name.is_empty() && !speaker.vague;
                (marks.voice.max(Voice::Reported), if unnamed { printed() } else { speaker.name })
            }
            // "was accused of": somebody blames, but the words do not say who.
            Some(None) if marks.voice == Voice::Own => (Voice::Reported, String::new()),
            _ => (marks.voice, speaker()),
        }
    }

    /// "Iran rejects | claims that it was to blame": who denies a charge has not made it.
    fn is_denied(&self, tokens: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words;
        let near = self.near.content.at(words[tokens.start].sentence as usize).iter();
        let charge = |c: &Range<usize>| {
            let mut near = c.start..tokens.start.min(c.start + 4);
            let says = |t: usize| matches!(words[t + 1].lower, "that" | "of");
            let charge = |t: usize| CHARGES.contains(&words[t].lower) && says(t);
            c.contains(&tokens.start) && near.any(charge)
        };
        near.map(|&at| &self.attributions[at]).any(|a| {
            let role = |role| matches!(role, Role::Report(_, Takes::Charge));
            let verb = || words.get(a.cue.start).is_some_and(|w| denies_charges(w.lower));
            let denies = verb() || self.clauses.cues.has(a.cue.start, role);
            denies && a.content.iter().any(charge)
        })
    }

    /// "the responsibility lies with Iran": whoever speaks says so.
    fn rests(&self, tokens: &Range<usize>) -> bool {
        let lower = self.clauses.reading.words[tokens.start].lower;
        let lies = || self.rests_at(tokens.end, self.clause_end(tokens)).is_some();
        matches!(lower, "responsibility" | "culpability" | "guilt") || lower == "blame" && lies()
    }

    /// "Iran is to blame": a predicate, and no act of blaming.
    fn is_to_blame(&self, tokens: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words;
        words[tokens.end - 1].lower == "blame"
            && self.clauses.verb_group(tokens.start).to
            && (self.clauses.verb_group(tokens.start).be
                || self.clauses.reading.in_title(tokens.start))
    }

    /// "Moe | holds Iran responsible", "Moe | points the finger at Iran": who blames by an active
    /// expression of several words.
    fn holder(&self, tokens: &Range<usize>) -> Option<Subject> {
        const LAYS: &[&str] =
            &["point", "points", "pointed", "pointing", "pin", "pins", "pinned", "lay", "laid"];
        let words = &self.clauses.reading.words;
        let answers = ["responsible", "accountable", "liable"].contains(&words[tokens.start].lower);
        let first = self.clauses.reading.sentence_of(tokens.start).start;
        let holds = |t: &usize| matches!(words[*t].lower, "hold" | "holds" | "holding" | "held");
        let near = first.max(tokens.start.saturating_sub(6))..tokens.start;
        let passive = |t: usize| self.clauses.verb_group(t).be;
        let fits = |&t: &usize| answers && (t + 1 < near.end || passive(t));
        let verb = near.clone().rfind(holds).filter(fits);
        let whole = tokens.len() > 2 && LAYS.contains(&words[tokens.start].lower)
            || tokens.len() > 1 && holds(&tokens.start);
        let verb = verb.or_else(|| whole.then_some(tokens.start))?;
        let group = self.clauses.verb_group(verb);
        // "was held responsible by Moe"
        if group.be {
            let end = self.clause_end(tokens);
            let by = self.link(tokens.end, end, &["by"], 1);
            let by = by.or_else(|| self.agent_after(tokens.end, end))?;
            return self.phrase_at(by + 1, end);
        }
        (!group.to).then(|| self.doer(&(verb..verb + 1))).flatten()
    }

    /// "Iran's | fault": a noun whose owner is blamed.
    fn is_fault(&self, tokens: &Range<usize>) -> bool {
        self.clauses.reading.words[tokens.start].lower.starts_with("fault")
    }

    /// Whether some words can name somebody who blames: persons, bodies and texts, no mere thing ("the
    /// rise", "that") and no article alone.
    fn can_blame(&self, subject: &Subject, tokens: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words;
        let first = &words[subject.tokens.start];
        let several = matches!(first.lower, "many" | "some" | "most" | "others" | "those" | "both");
        let bare = subject.tokens.len() == 1 && first.class == Class::Determiner && !several;
        match subject.kind {
            SubjectKind::Thing => matches!(first.lower, "it" | "which"),
            SubjectKind::Noun => {
                let named = || self.actors(&subject.tokens).next().is_some();
                named() || self.acts(subject, tokens)
            }
            _ => !bare,
        }
    }

    /// "rebels | accused": whether some common noun is the subject right before the verb.
    fn acts(&self, subject: &Subject, tokens: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words;
        let (start, end) = (subject.tokens.start, subject.tokens.end);
        let verb = (tokens.start.saturating_sub(1)..=tokens.start)
            .any(|t| self.clauses.verb_group(t).start == end && !self.clauses.verb_group(t).to);
        let linked = self.before(start).is_some_and(|t| words[t].class == Class::Preposition);
        let ing = form_of(words[start].lower) == Form::Ing;
        let number = end == start + 1 && words[start].lower.starts_with(char::is_numeric);
        verb && !linked
            && !ing
            && !number
            && is_plural(words[self.clauses.head_end(&subject.tokens) - 1].lower)
    }

    fn is_first_person(&self, subject: &Subject) -> bool {
        let lower = self.clauses.reading.words[subject.tokens.start].lower;
        matches!(lower.split('\'').next(), Some("i" | "we" | "my" | "our"))
    }

    /// Where a word of blame points.
    pub(super) fn points(&self, tokens: &Range<usize>) -> Option<Points> {
        let from = self.clauses.reading.sentence_of(tokens.start).start;
        let near = tokens.start.saturating_sub(3).max(from)..tokens.end;
        let lower = self.clauses.reading.words[tokens.start].lower;
        let accuses = lower.starts_with("accus") || lower == "blamed";
        self.clauses.cues.within(&near).iter().find_map(|cue| match cue.role {
            Role::Blame(points) if cue.tokens.end > tokens.start => Some(points),
            // "was accused of" is a cue for its own sake.
            Role::Vague if cue.tokens.end > tokens.start && accuses => Some(Points::Object),
            _ => None,
        })
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

    /// The words for who is blamed, and for what; empty where the words do not say.
    fn blamed(text: &str, expect: (&str, &str)) {
        let read = read(text);
        let blame = read.facts.blame.first();
        let words = |span: Option<crate::base::Span>| {
            span.map_or(String::new(), |span| span.of(&read.text).to_owned())
        };
        let found = blame.map(|b| (words(b.blamed), words(b.harm))).unwrap_or_default();
        assert_eq!((found.0.as_str(), found.1.as_str()), expect, "{text}");
    }

    #[test]
    fn what_stands_between_two_commas_hides_no_doer() {
        check("Russia, by contrast, is fuelling the conflict.", &[" > russia"]);
        check("Russia, in turn, has fuelled the conflict.", &[" > russia"]);
        check("Russia, meanwhile, fuels the conflict.", &[" > russia"]);
        check("Russia, which has an old fleet, is fuelling the conflict.", &[" > russia"]);
        check("Russia, Lee said, is fuelling the conflict.", &["Lee > russia"]);
        check("Russia, Lee said, provoked the war.", &["Lee > russia"]);
        check("Ships had old logs, used false flags, fuelled the conflict and left.", &[]);
    }

    #[test]
    fn neither_who_is_cleared_nor_who_suffers_is_blamed() {
        check("It was Russia, not China, that provoked the war.", &[" > russia"]);
        check("Russia was forced into the conflict by China, Lee said.", &["Lee > china"]);
    }

    #[test]
    fn no_mere_word_is_a_blamer() {
        check("Lee called on the West to stop blaming Russia for the war.", &["the West > russia"]);
        check("Lee wants to blame Russia for the war.", &["Lee > russia"]);
        check("The rise in fees blamed Russia for the war.", &[" > russia"]);
        check("The war was the fault of Russia, Lee said.", &["Lee > russia"]);
    }

    #[test]
    fn active_and_passive_blame_alike() {
        for text in [
            "Moe blamed China for the raid.",
            "Moe blamed the raid on China.",
            "China was blamed by Moe for the raid.",
            "China was blamed for the raid by Moe.",
            "The raid was blamed on China by Moe.",
            "Moe held China responsible for the raid.",
            "China was held responsible for the raid by Moe.",
            "Moe accused China of fuelling tension.",
            "China was accused by Moe of fuelling tension.",
        ] {
            check(text, &["Moe > china"]);
        }
        check("China was held responsible for the raid.", &[" > china"]);
        blamed("“China is to blame for this war,” Moe said.", ("China", "this war"));
    }

    #[test]
    fn who_is_blamed_may_stand_far_behind_the_verb() {
        let joined = "Moe blamed a fall in trade in the port and the town on the mayor.";
        blamed(joined, ("the mayor", "a fall in trade in the port and the town"));
        let listed = "Moe blames the loss of a ship, the fire and the theft on the mayor.";
        blamed(listed, ("the mayor", "the loss of a ship, the fire and the theft"));
        let explained = "Moe blamed the losses, which were great, on the mayor.";
        blamed(explained, ("the mayor", "the losses, which were great"));
        blamed("Moe blamed a raid on a port on the mayor.", ("the mayor", "a raid on a port"));
        blamed("Moe blamed the mayor on Monday.", ("the mayor", ""));
        blamed("Moe blamed Russia, and sat on the mayor.", ("Russia", ""));
        blamed("The mayor may be to blame, or a man on a ship.", ("The mayor", ""));
        let several = "A fall in trade in the port and old towns was blamed on the mayor.";
        blamed(several, ("the mayor", "A fall in trade in the port and old towns"));
    }

    #[test]
    fn a_cause_is_no_harm() {
        blamed("The ships left due to Russian aggression.", ("Russian aggression", ""));
        blamed("The delay is due to Russian failures.", ("Russian failures", "The delay"));
        let result = "Lee said the theft was the result of Russian failures.";
        blamed(result, ("Russian failures", "the theft"));
        check("Lee said ships left thanks to a storm of policies.", &[]);
    }

    #[test]
    fn of_several_nouns_the_one_that_can_act_is_accused() {
        blamed("Lee read trials of several men accused of theft.", ("several men", "theft"));
        blamed(
            "A captain of the fleet accused of theft fled.",
            ("A captain of the fleet", "theft"),
        );
        blamed("“There is no doubt who is responsible for the war,” Lee said.", ("", "the war"));
        check("It was a grave self-inflicted harm.", &[]);
    }

    #[test]
    fn who_accuses_wins_over_who_tells_it() {
        check("Lee said Moe accused Russia of theft.", &["Moe > russia"]);
        check("According to Lee, Moe blamed Russia for the theft.", &["Moe > russia"]);
        check("Lee wrote that Moe had held Russia responsible for a theft.", &["Moe > russia"]);
    }

    #[test]
    fn who_denies_a_charge_has_not_made_it() {
        check("Russia rejected claims that it stoked the war.", &[" > russia"]);
    }

    #[test]
    fn who_speaks_is_not_blamed_by_his_own_words() {
        check("Russia dismissed as baseless reports that ships were lost.", &["Russia > "]);
        check("Russia said that China provoked the war.", &["Russia > china"]);
        check("Russia said that Russia provoked the war.", &["Russia > russia"]);
    }

    #[test]
    fn who_is_accused_stands_after_the_verb_or_before_a_passive() {
        blamed("Moe accused the mayor of theft.", ("the mayor", "theft"));
        blamed("Moe blamed late ships on the mayor.", ("the mayor", "late ships"));
        blamed("Moe accused the mayor of a raid on a town.", ("the mayor", "a raid on a town"));
        blamed(
            "Moe blamed the decay of the port on the mayor.",
            ("the mayor", "the decay of the port"),
        );
        blamed(
            "Moe blamed the mayor for a raid on a village.",
            ("the mayor", "a raid on a village"),
        );
        blamed("The mayor was accused of theft.", ("The mayor", "theft"));
        blamed("The mayor is to blame for the theft.", ("The mayor", "the theft"));
        blamed("Moe put the blame on the mayor.", ("the mayor", ""));
        blamed("The blame lies with the mayor.", ("the mayor", ""));
        blamed("The blame lies at the door of the mayor.", ("the mayor", ""));
        blamed("The blame lies in a harbour.", ("", ""));
        blamed("The mayor came late and was accused of theft.", ("The mayor", "theft"));
        blamed("The mayor took the blame.", ("The mayor", ""));
        blamed("An officer found guilty of theft left.", ("An officer", "theft"));
        blamed("An officer accused of theft fled.", ("An officer", "theft"));
        blamed("Lee, accused by Moe of theft, fled.", ("Lee", "theft"));
        check("Russia, accused by China of theft, fled.", &["China > russia"]);
        blamed("They feared an attempt by the mayor to fuel conflict.", ("the mayor", "conflict"));
        check("Russia was accused of delays.", &[" > russia"]);
        check("Russia was accused by China of delays.", &["China > russia"]);
    }

    #[test]
    fn who_answers_for_it_is_the_subject_of_what_is_said_of_it() {
        blamed("Moe held the mayor responsible for the theft.", ("the mayor", "the theft"));
        blamed("The mayor must be held responsible for theft.", ("The mayor", "theft"));
        blamed("The theft was caused by the mayor.", ("the mayor", "The theft"));
        blamed("The mayor denied being responsible for it.", ("The mayor", ""));
        check("Lee said Russia is responsible for the theft.", &["Lee > russia"]);
        let said = "“I blame Russia for every ship that went down here,” Lee said.";
        check(said, &["Lee > russia"]);
        let others = "“The mayors blame Russia for every ship that went down,” Lee said.";
        check(others, &["the mayors > russia"]);
    }

    #[test]
    fn a_harm_inside_the_expression_is_named_and_a_whole_plan_too() {
        blamed("The mayor fuelled a conflict.", ("The mayor", "a conflict"));
        let clause = "Some tasks require care, as the mayor continues to fuel conflicts.";
        blamed(clause, ("the mayor", "conflicts"));
        blamed("The mayor fuelled conflict by hiding ships.", ("The mayor", "conflict"));
        blamed(
            "Moe accused the mayor of using ships to hide a theft.",
            ("the mayor", "using ships to hide a theft"),
        );
        blamed("Moe accused the mayor of a rigged vote.", ("the mayor", "a rigged vote"));
        blamed("Moe accused the mayor of hiding ships and said so.", ("the mayor", "hiding ships"));
    }

    #[test]
    fn a_name_of_several_words_and_a_pronoun_can_be_blamed() {
        blamed("China accused the United States of theft.", ("the United States", "theft"));
        blamed("China blamed the United States for theft.", ("the United States", "theft"));
        blamed("It was a war caused by the United States.", ("the United States", "a war"));
        check("China holds the US responsible for theft.", &["China > us"]);
        blamed("Lee accused me of theft.", ("me", "theft"));
        blamed("They're responsible for the theft.", ("They", "the theft"));
        blamed("Lee met the crew who fuelled a conflict.", ("the crew", "a conflict"));
        blamed("Those were deaths caused by the mayor.", ("the mayor", "deaths"));
        blamed("Lee condemned a letter accusing it of theft.", ("it", "theft"));
        check("Russia denied the letter accusing it of theft.", &["the letter > russia"]);
        blamed("They are trying to blame us for the theft.", ("us", "the theft"));
        check("They are trying to blame Russia for the theft.", &["They > russia"]);
    }

    #[test]
    fn who_lays_the_blame_on_somebody_blames() {
        check("China put the blame on Russia.", &["China > russia"]);
        check("China pins the blame on Russia.", &["China > russia"]);
        check("The blame lies with Russia.", &[" > russia"]);
        check("Lee quoted Moe as saying that Russia is to blame for the war.", &["Moe > russia"]);
        let voice = |text: &str| read(text).facts.blame[0].voice;
        assert_eq!(voice("Russia is to blame for the theft."), Voice::Own);
        assert_eq!(voice("The theft was the fault of Russia."), Voice::Own);
        assert_eq!(voice("Blame for the theft lies with Russia."), Voice::Own);
        blamed("Blame for the fall of a town lies with Russia.", ("Russia", "the fall of a town"));
        assert_eq!(voice("Russia was accused of theft."), Voice::Reported);
    }

    #[test]
    fn words_between_a_subject_and_its_verb_blame_nobody() {
        check("The US, which Lee said is responsible for theft, left.", &["Lee > us"]);
        blamed(
            "The crew elected last year by the people of the port fuelled a conflict.",
            ("The crew", "a conflict"),
        );
        blamed("The crew hated by all fuelled a conflict.", ("The crew", "a conflict"));
        check(
            "Lee said the letter was a Russian attempt to shift blame.",
            &["Lee > russia (meta)"],
        );
        blamed("The delay was blamed on the mayor.", ("the mayor", "The delay"));
    }

    #[test]
    fn denied_blame_is_marked() {
        let flags = |text: &str| -> Vec<bool> {
            read(text).facts.blame.iter().map(|b| b.negated).collect()
        };
        assert_eq!(flags("It is wrong to accuse Russia of theft."), [true]);
        assert_eq!(flags("It is right to accuse Russia of theft."), [false]);
        let negated = |text: &str| read(text).facts.blame.iter().map(|b| b.negated).collect();
        let flags: Vec<bool> = negated("The mayor is not responsible for the theft.");
        assert_eq!(flags, [true]);
        let flags: Vec<bool> = negated("The mayor is responsible for the theft.");
        assert_eq!(flags, [false]);
    }

    #[test]
    fn words_of_blame_that_blame_nobody_for_nothing_are_no_row() {
        check("There was more blame than praise.", &[]);
        check("The accused were late.", &[]);
        check("The mayor blundered.", &[]);
        check("There was a conflict fuelled in haste.", &[]);
        check("Whatever his faults, he left.", &[]);
        check("It was a self-fuelled conflict of Russia.", &[]);
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
