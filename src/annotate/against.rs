//! Where the outlet goes on by itself after what somebody said: "..., but the army left", "..., but
//! gave no details".
//!
//! How far content reaches otherwise is left to `content`.

use crate::annotate::clauses::Clauses;
use crate::annotate::cues::Role;
use crate::annotate::grammar::{Class, Form, form_of, is_past, is_plural};
use crate::annotate::reading::{Gap, Word};

impl Clauses<'_, '_> {
    /// "..., but the army left", "..., although it may take years": whether the outlet sets a clause of
    /// its own against what has been said from `start` on.
    pub(super) fn sets_against(&self, start: usize, at: usize, limit: usize) -> bool {
        const OPPOSES: &[&str] = &["although", "but", "though", "whereas", "while", "yet"];
        let words = &self.reading.words;
        let gap = words[at].before;
        if !gap.has(Gap::COMMA.or(Gap::DASH)) || !OPPOSES.contains(&words[at].lower) {
            return false;
        }
        // "said that, although it was late, ..."
        if at == start + 1 && words[start].lower == "that" {
            return false;
        }
        let Some(verb) = self.verb_of_clause(at + 1, limit) else { return false };
        // "the plan, although it was late, | is sound", "the plan – though it is late – | is"
        let marks = if gap.has(Gap::DASH) { Gap::DASH } else { Gap::COMMA };
        let inserted = (verb + 1..limit)
            .find(|&t| words[t].before.has(marks))
            .is_some_and(|t| gap.has(Gap::DASH) || words[t].class.is_auxiliary());
        // "the plan failed, while the fleet guards the port": may well go on in the present.
        let present = !words[verb].class.is_auxiliary() && !is_past(words[verb].lower);
        if present && matches!(words[at].lower, "while" | "whereas") {
            return false;
        }
        // "they had left, but the port would open": the tense of what was said goes on; "the port was
        // open, but the state must pay": what ought to be is the view of whoever speaks.
        let earlier = || words[start..at].iter();
        let past = |w: &Word<'_>| matches!(w.lower, "was" | "were" | "had" | "did" | "would");
        let shifted = match words[verb].lower {
            "would" | "had" => earlier().any(|w| w.class.is_auxiliary()),
            "must" | "ought" | "should" | "might" => earlier().any(past),
            _ => false,
        };
        !inserted && !shifted && !self.takes_up(start, at)
    }

    /// "she hopes to win, but | she", "Lee was late, but | he": whether the pronoun after a conjunction
    /// may stand for the subject of what has been said from `start` on.
    fn takes_up(&self, start: usize, at: usize) -> bool {
        let words = &self.reading.words;
        let pronoun = &words[at + 1];
        if pronoun.class != Class::Person {
            return false;
        }
        let one = matches!(pronoun.lower, "he" | "she");
        let begins = start + usize::from(words[start].lower == "that");
        let verb = |t: &usize| words[*t].class.is_auxiliary();
        let mut subject = (begins..at.min(begins + 6)).take_while(|t| !verb(t));
        words[start..at].iter().any(|w| w.lower == pronoun.lower)
            || one && subject.any(|t| self.is_name_word(t) || self.names_person(t))
    }

    /// The finite verb of the clause whose subject begins at a word; `None` if none does: "but not the
    /// ships", "but costly", "but that ships were welcome".
    pub(super) fn verb_of_clause(&self, at: usize, limit: usize) -> Option<usize> {
        const STATES: &[&str] = &["continues", "continue", "remain", "remains", "seems", "stays"];
        let words = &self.reading.words;
        let first = words[..limit].get(at).filter(|w| !w.before.has(Gap::ANY))?;
        let clause = at + 1..limit.min(at + 8);
        // "and the crew | who took it": the verb of a relative clause is not that of the clause.
        let relative = |t: usize| matches!(words[t].lower, "that" | "which" | "who" | "whose");
        let mut clause = clause.take_while(|&t| !words[t].before.has(Gap::ANY) && !relative(t));
        let finite = |t: usize| {
            let word = &words[t];
            let object = |w: &Word<'_>| {
                matches!(w.class, Class::Determiner | Class::Thing | Class::Object | Class::Adverb)
            };
            let governs = || words[..limit].get(t + 1).is_some_and(object);
            match word.class {
                Class::Be | Class::Aux | Class::Modal => true,
                Class::Open => {
                    is_past(word.lower)
                        || STATES.contains(&word.lower)
                        || self.is_plural_report(t)
                        || form_of(word.lower) == Form::Third
                            && words[t - 1].class == Class::Open
                            && governs()
                }
                _ => false,
            }
        };
        match first.class {
            Class::Person | Class::Thing if !matches!(first.lower, "that" | "which" | "who") => {
                let verb = |&t: &usize| words[t].class != Class::Adverb;
                let verbal =
                    |class| matches!(class, Class::Be | Class::Aux | Class::Modal | Class::Open);
                clause.find(verb).filter(|&t| verbal(words[t].class))
            }
            Class::Determiner => clause.find(|&t| finite(t)),
            Class::Open if first.capital => clause.find(|&t| finite(t)),
            // "officials left", "border talks are": a plural and right after it the verb.
            Class::Open
                if self.cues.report_at(at).is_none() && form_of(first.lower) != Form::Ing =>
            {
                let noun = |t: usize| {
                    let verb = is_past(words[t].lower) || self.is_plural_report(t);
                    words[t].class == Class::Open && !verb
                };
                let verb = clause.find(|&t| !noun(t))?;
                (noun(at) && verb <= at + 3 && is_plural(words[verb - 1].lower) && finite(verb))
                    .then_some(verb)
            }
            _ => None,
        }
    }

    /// "said it sank, but | gave no details", "but | did not say where", "and | declined to comment": who
    /// spoke goes on to say no more.
    pub(super) fn falls_silent(&self, at: usize) -> bool {
        const MORE: &[&str] = &[
            "answer",
            "comment",
            "disclose",
            "elaborate",
            "explain",
            "give",
            "offer",
            "provide",
            "respond",
            "specify",
        ];
        let words = &self.reading.words;
        let Some(first) = words.get(at).filter(|w| !w.before.has(Gap::ANY)) else { return false };
        let no = words.get(at + 1).is_some_and(|w| w.lower == "no");
        if no && matches!(first.lower, "gave" | "offered" | "provided") {
            return true;
        }
        let past = matches!(form_of(first.lower), Form::Past);
        if past && self.cues.has(at, |role| matches!(role, Role::Withholding(_))) {
            return true;
        }
        let not = words.get(at + 1).is_some_and(|w| w.lower == "not");
        let verb = at + 1 + usize::from(first.lower == "did" && not);
        let denied = first.lower == "did" && not || first.nt && first.lower.starts_with("did");
        let says = |w: &Word<'_>| MORE.contains(&w.lower);
        denied
            && (self.cues.has(verb, |role| role == Role::Mentioning)
                || words.get(verb).is_some_and(says))
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::{check_said, read};
    use crate::base::Voice;

    #[test]
    fn content_ends_where_the_outlet_sets_something_against_it() {
        check_said(
            "Oran said the plan failed, while the army left the city.",
            &["Oran: the plan failed"],
        );
        check_said("Oran said the plan failed, but Lund has left.", &["Oran: the plan failed"]);
        check_said(
            "Oran said the plan failed, but that ships were welcome.",
            &["Oran: the plan failed, but that ships were welcome"],
        );
    }

    #[test]
    fn content_ends_at_but_and_although_with_a_clause_of_the_outlet() {
        let failed = |rest: &str, expect: &str| {
            check_said(&format!("Oran said the plan failed, {rest}."), &[expect]);
        };
        let over = "Oran: the plan failed";
        failed("but the port stayed open", over);
        failed("but the port remains open", over);
        failed("but the fleet guards the port", over);
        failed("but it is unclear when", over);
        failed("but he stayed at home", over);
        failed("but ships kept coming in", over);
        failed("although it may take years", over);
        failed("though most ships are late", over);
        failed("yet no ship has left", over);
        failed("but images show burning ships", over);
        failed("but phone records say otherwise", over);
        failed("but gave no details", over);
        failed("but did not say when", over);
        failed("and declined to comment further", over);
        check_said("Oran said the plan failed — but the port is open.", &[over]);
        check_said(
            "Oran admitted defeat, but Lund called it a raid.",
            &["Oran: defeat", "Lund: it a raid"],
        );
        check_said(
            "Oran said on Monday that it failed, but Lund is late.",
            &["Oran: that it failed"],
        );
    }

    #[test]
    fn what_goes_on_with_the_same_clause_or_the_same_tense_is_still_said() {
        let said = |content: &str| {
            check_said(&format!("Oran said {content}."), &[&format!("Oran: {content}")]);
        };
        said("the plan was sound but costly");
        said("the plan was sound, but costly");
        said("the plan was sound, although late");
        said("the plan was sound, but not for ships");
        said("the plan was sound, but could fail");
        said("the plan was sound, but failed in May");
        said("the plan was sound, but only if ships came");
        said("the plan was sound, but that ships were late");
        said("the plan was sound, but the ships would be late");
        said("the plan was sound, but the town must pay its crews");
        said("the plan was sound, but the port should be open");
        said("the plan was sound, but did not work");
        said("the plan was sound, even though the ships were late");
        said("the plan was sound, while the fleet guards the port");
        said("she has a plan, but she knows the port");
        said("Moe was late, but he knows the port");
        said("that, although the port is old, ships come in");
        said("the plan, although it is late, is sound");
        said("the plan – though it is late – fits the port");
        let text = "Oran said it was late, but “the ships were old by then.”";
        assert_eq!(read(text).in_voice(Voice::Own), "Oran said");
    }

    #[test]
    fn others_take_over_in_the_present_too() {
        check_said(
            "Oran said the plan failed, but experts say it worked.",
            &["Oran: the plan failed", "experts: it worked"],
        );
        check_said(
            "Oran said it failed, while critics fear the worst.",
            &["Oran: it failed", "critics: the worst"],
        );
    }
}
