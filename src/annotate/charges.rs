//! Charges that somebody denies or lays at a door: "Iran denied | responsibility for", "Moe
//! rejected | claims that Iran", "Moe attributed | the attack | to Iran".

use std::ops::Range;

use crate::annotate::blame::BlameInput;
use crate::annotate::clauses::Subject;
use crate::annotate::culprit::DOORS;
use crate::annotate::grammar::{Class, Form, denies_charges, form_of};
use crate::annotate::harm::LONGEST;
use crate::annotate::reading::Gap;

/// Verbs that say who is behind something, without their endings.
const ASCRIBES: [&str; 6] = ["attribut", "link", "tie", "tying", "trac", "pin"];

impl BlameInput<'_, '_, '_, '_, '_> {
    /// "denied responsibility", "rejected the charge": an expression whose verb denies it.
    pub(super) fn is_denial(&self, tokens: &Range<usize>) -> bool {
        let lower = self.clauses.reading.words[tokens.start].lower;
        tokens.len() > 1 && denies_charges(lower)
    }

    /// Who is charged with what is denied: "claims | that Iran supplied", "allegations against | Iran",
    /// else whoever denies it.
    pub(super) fn denied(&self, tokens: &Range<usize>) -> Option<Subject> {
        let end = self.clause_end(tokens);
        if let Some(that) = self.that_after(tokens) {
            let charged = self.phrase_at(that + 1, self.sentence_end(that))?;
            return self.decided(charged, that);
        }
        let against = self.link(tokens.end, end, &["against"], 4);
        let named = against.and_then(|against| self.phrase_at(against + 1, end));
        named.or_else(|| self.doer(tokens))
    }

    /// What is denied: "responsibility for | the attack", "claims that it | supplied arms", "wrongdoing".
    pub(super) fn denied_harm(&self, tokens: &Range<usize>) -> Option<Range<usize>> {
        let words = &self.clauses.reading.words;
        if let Some(that) = self.that_after(tokens) {
            let charged = self.phrase_at(that + 1, self.sentence_end(that))?;
            let verb = charged.tokens.end;
            let end = self.clauses.clause_of(verb.min(words.len() - 1)).end;
            let said = verb..end.min(verb + LONGEST);
            return (!said.is_empty()).then_some(said);
        }
        let end = self.clause_end(tokens);
        let noun = tokens.end - 1;
        let link = words.get(tokens.end).filter(|w| tokens.end < end && !w.before.has(Gap::ANY));
        if link.is_some_and(|w| matches!(w.lower, "for" | "of" | "in")) {
            return Some(self.object(tokens.end + 1, end));
        }
        let wrong = matches!(words[noun].lower, "wrongdoing" | "complicity" | "involvement");
        wrong.then_some(noun..tokens.end)
    }

    /// The `that` right after an expression.
    fn that_after(&self, tokens: &Range<usize>) -> Option<usize> {
        let word = self.clauses.reading.words.get(tokens.end)?;
        (word.lower == "that" && !word.before.has(Gap::ANY)).then_some(tokens.end)
    }

    fn sentence_end(&self, at: usize) -> usize {
        self.clauses.reading.sentence_of(at).end
    }

    /// "attributed the attack | to | Iran", "was traced | to | Iran": the link before whoever is
    /// behind it.
    pub(super) fn ascribed_to(&self, tokens: &Range<usize>) -> Option<usize> {
        let words = &self.clauses.reading.words;
        let lower = words[tokens.start].lower;
        if tokens.len() < 2 || !ASCRIBES.iter().any(|verb| lower.starts_with(verb)) {
            return None;
        }
        tokens.clone().rev().find(|&t| matches!(words[t].lower, "to" | "on"))
    }

    /// Whether an expression lays something at a door.
    pub(super) fn is_at_door(&self, tokens: &Range<usize>) -> bool {
        self.door_in(tokens).is_some()
    }

    fn door_in(&self, tokens: &Range<usize>) -> Option<usize> {
        const LAYS: &[&str] = &["lay", "lays", "laid", "laying"];
        let words = &self.clauses.reading.words;
        let door = |t: &usize| DOORS.contains(&words[*t].lower);
        let lays = LAYS.contains(&words[tokens.start].lower);
        tokens.clone().find(door).filter(|_| lays)
    }

    /// "laid the war | at | the door of | Iran", "laid the war | at | Iran's | door": what is laid there,
    /// and at whose door.
    pub(super) fn laid_at_door(&self, tokens: &Range<usize>) -> Option<(Range<usize>, Subject)> {
        let words = &self.clauses.reading.words;
        let end = self.clause_end(tokens);
        let door = self.door_in(tokens)?;
        let at = (tokens.start + 1..door).rfind(|&t| words[t].lower == "at")?;
        let of = self.link(door, end, &["of"], 2);
        let owner = || self.clauses.subject_of(at + 1..door).filter(|_| words[door - 1].possessive);
        let whose = of.map_or_else(owner, |of| self.phrase_at(of + 1, end))?;
        // "laid flowers at the door of a house"
        let somebody = whose.speaks() || self.actor_of(&whose).is_some();
        somebody.then_some((tokens.start + 1..at, whose))
    }

    /// Whether such an expression is a passive: "the attack | was attributed to Iran".
    pub(super) fn is_ascribed(&self, tokens: &Range<usize>) -> bool {
        let past = form_of(self.clauses.reading.words[tokens.start].lower) == Form::Past;
        past && self.clauses.verb_group(tokens.start).be
    }

    /// What somebody is said to be behind: the object of the verb, of a passive its subject.
    pub(super) fn ascribed_harm(&self, tokens: &Range<usize>, to: usize) -> Option<Range<usize>> {
        if self.is_ascribed(tokens) {
            let group = self.clauses.verb_group(tokens.start);
            return self.clauses.subject_before(group.start).map(|subject| subject.tokens);
        }
        (to > tokens.start + 1).then(|| tokens.start + 1..to)
    }

    /// Whether an expression asks or supposes: in a question, also in one that a verb puts ("did not say
    /// | who is to blame"), or after `if` or `whether`. That
    /// somebody accuses is a fact in a question too ("Why did Moe accuse Oran?").
    pub(super) fn is_open(&self, tokens: &Range<usize>) -> bool {
        let reading = self.clauses.reading;
        if reading.words[tokens.start].lower.starts_with("accus") {
            return false;
        }
        let sentence = reading.sentence_of(tokens.start);
        let after = reading.words[sentence.end - 1].span.end as usize;
        let marks = reading.basis[after..].chars().take_while(|c| !c.is_alphanumeric()).take(3);
        let asks = marks.take_while(|c| *c != '\n').any(|c| c == '?');
        let clause = self.clauses.clause_of(tokens.start);
        let supposes = |t: usize| matches!(reading.words[t].lower, "if" | "whether");
        asks || self.asks_who(tokens, sentence.start)
            || (clause.start.max(sentence.start)..tokens.start).any(supposes)
    }

    /// "did not say who | caused it", "a debate over what | led to the war": `who` and `what` as the
    /// subject of an indirect question, and not as a pronoun for the words before.
    fn asks_who(&self, tokens: &Range<usize>, first: usize) -> bool {
        const PUT_BY: &[&str] = &[
            "agree",
            "agreed",
            "ask",
            "asked",
            "asking",
            "asks",
            "clear",
            "decide",
            "decided",
            "determine",
            "determined",
            "establish",
            "established",
            "explain",
            "explained",
            "find",
            "identified",
            "identify",
            "know",
            "knew",
            "known",
            "knows",
            "learn",
            "revealed",
            "say",
            "saying",
            "says",
            "said",
            "see",
            "specify",
            "specified",
            "tell",
            "tells",
            "told",
            "unclear",
            "unknown",
            "wonder",
            "wondered",
            "wonders",
        ];
        let words = &self.clauses.reading.words;
        let verb = |class| {
            matches!(class, Class::Be | Class::Aux | Class::Modal | Class::Adverb | Class::To)
        };
        let between = (first..tokens.start).rev().take_while(|&t| verb(words[t].class)).count();
        let Some(who) = (tokens.start - between).checked_sub(1).filter(|&t| t > first) else {
            return false;
        };
        let before = &words[who - 1];
        matches!(words[who].lower, "who" | "what")
            && (PUT_BY.contains(&before.lower) || before.class == Class::Preposition)
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::read;

    /// Blame rows as `blamer > blamed: harm`, with `not` before a denied one.
    fn check(text: &str, expect: &[&str]) {
        let read = read(text);
        let words = |span: Option<crate::base::Span>| {
            span.map_or("", |span| span.of(&read.text)).to_owned()
        };
        let rows: Vec<String> = read
            .facts
            .blame
            .iter()
            .map(|b| {
                let not = if b.negated { "not " } else { "" };
                format!("{not}{} > {}: {}", b.blamer, words(b.blamed), words(b.harm))
            })
            .collect();
        assert_eq!(rows, expect, "{text}");
    }

    #[test]
    fn a_charge_that_is_denied_is_no_charge_of_the_outlet() {
        check("The miners deny wrongdoing.", &["not  > The miners: wrongdoing"]);
        check("Oran denied responsibility for the theft.", &["not  > Oran: the theft"]);
        check("Moe rejected allegations against Oran.", &["not  > Oran: "]);
        let own = read("Oran denied responsibility for the theft.");
        assert_eq!(own.facts.blame[0].voice, crate::base::Voice::Reported);
    }

    #[test]
    fn who_denies_that_another_did_it_is_not_blamed() {
        check("Moe denied that Oran provoked the war.", &["not Moe > Oran: the war"]);
        check("Moe said that Oran provoked the war.", &["Moe > Oran: the war"]);
    }

    #[test]
    fn who_something_is_ascribed_to_is_blamed_for_it() {
        check("The mayor attributed the attack to Oran.", &["the mayor > Oran: the attack"]);
        check("The attack was attributed to Russia.", &[" > Russia: The attack"]);
        check("Moe will hold accountable the miners.", &["Moe > the miners: "]);
    }

    #[test]
    fn what_is_laid_at_a_door_is_blamed_on_whose_door_it_is() {
        check("Moe laid the war at the door of Oran.", &["Moe > Oran: the war"]);
        check(
            "Moe laid the loss of three old ships at Oran’s door.",
            &["Moe > Oran’s: the loss of three old ships"],
        );
        check("Moe lays the blame for the war on Oran.", &["Moe > Oran: the war"]);
        check("Moe laid a carpet at the door of a house.", &[]);
    }

    #[test]
    fn who_brushes_a_charge_off_has_not_made_it() {
        check("China brushed off claims that it provoked the war.", &["not  > China: the war"]);
        check("China hit back at claims that it provoked the war.", &["not  > China: the war"]);
        check("Oran brushed off the war.", &[]);
    }

    #[test]
    fn a_question_or_a_condition_is_no_blame_of_the_outlet() {
        check("Could Russia be to blame for the war?", &[]);
        check("If Russia is to blame for the war, talks will end.", &[]);
        check("Russia is to blame for the war, if anybody.", &[" > Russia: the war"]);
        check("Lee asked, “Is Russia to blame for the war?”", &[]);
        check("Lee asked whether Russia is to blame for the war.", &[]);
        check("Why did Moe accuse Oran of theft?", &["Moe > Oran: theft"]);
        check("The report does not say who is responsible for the war.", &[]);
        check("It is unclear who provoked the war.", &[]);
        check("They argued over who was to blame for the war.", &[]);
        check("Lee met miners who are responsible for the theft.", &[" > miners: the theft"]);
    }
}
