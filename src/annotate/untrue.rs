//! Claims that are called untrue: "called the reports that it sank baseless", "the false claim that it
//! sank", "it is a lie that it sank". Which words say so are rows of `voice.csv`.

use std::ops::Range;

use crate::annotate::clauses::Clauses;
use crate::annotate::cues::Cue;
use crate::annotate::grammar::{Class, Form, form_of, is_past};
use crate::annotate::negation::{CHARGES, after_subject};
use crate::annotate::reading::{Gap, Word};

/// What a word for the untrue denies: the clause of the claim it is said of, its subject left out.
pub(super) fn denied_by(clauses: &Clauses<'_, '_>, cue: &Cue) -> Option<Range<usize>> {
    let words = &clauses.reading.words;
    let sentence = clauses.reading.sentence_of(cue.tokens.start);
    let that = |t: usize| {
        words[..sentence.end].get(t).is_some_and(|w| w.lower == "that" && !w.before.has(Gap::ANY))
    };
    let claim = |t: usize| CHARGES.contains(&words[t].lower) && that(t + 1);
    let clause = |that: usize, end: usize| {
        let start = that + 1;
        (start < end).then(|| after_subject(clauses, start, end)..end)
    };
    let end = cue.tokens.end;
    // "no truth in | the claim that"
    let links = words[end - 1].class == Class::Preposition || words[end - 1].class == Class::To;
    let is_noun = words[cue.tokens.start].class == Class::Determiner && !links
        || matches!(words[cue.tokens.start].lower, "lies" | "nonsense");
    // "made up | of"
    if words[..sentence.end].get(end).is_some_and(|w| w.lower == "of") {
        return None;
    }
    // "it is false | that", "the lie | that"; not "so false | that", "the lies that | led to"
    let before = cue.tokens.start.checked_sub(1).filter(|&t| t >= sentence.start);
    let relative = || is_noun && words[..sentence.end].get(end + 1).is_some_and(is_finite);
    if that(end) && before.is_none_or(|t| words[t].lower != "so") && !relative() {
        return clause(end, sentence.end);
    }
    // "the false | claim that"
    let longest = if links { 4 } else { 2 };
    let near = if is_noun { end..end } else { end..sentence.end.min(end + longest) };
    let mut near = near.take_while(|&t| !words[t].before.has(Gap::ANY));
    if let Some(noun) = near.find(|&t| claim(t)) {
        return clause(noun + 1, sentence.end);
    }
    let noun = (sentence.start..cue.tokens.start).rfind(|&t| claim(t))?;
    let link = (noun + 2..cue.tokens.start).rfind(|&t| words[t].class != Class::Adverb)?;
    // "as for claims that it sank, | he was false": the claim is not the subject.
    let n_commas = (noun + 2..link).filter(|&t| words[t].before.has(Gap::COMMA)).count();
    if n_commas % 2 == 1 && words[link].class == Class::Be {
        return None;
    }
    if words[link].class == Class::Be {
        return clause(noun + 1, link).filter(|_| holds_verb(clauses, noun + 3..link));
    }
    let called = (noun.saturating_sub(3).max(sentence.start)..noun).any(|t| calls(words[t].lower));
    let end = link + usize::from(words[link].lower != "as");
    called.then(|| clause(noun + 1, end)).flatten()
}

/// Whether a verb says what something is: `called`, `describes`, `branding`; not the nouns `brands`,
/// `labels` and `terms`.
fn calls(lower: &str) -> bool {
    const ANY_FORM: [&str; 6] = ["call", "consider", "deem", "describ", "dismiss", "reject"];
    const NO_NOUN: [&str; 3] = ["brand", "label", "term"];
    let form = |verbs: &[&str], endings: &[&str]| {
        let rests = verbs.iter().filter_map(|verb| lower.strip_prefix(verb));
        rests.into_iter().any(|rest| endings.contains(&rest))
    };
    form(&ANY_FORM, &["", "e", "s", "es", "ed", "ing"])
        || form(&NO_NOUN, &["ed", "led", "ing", "ling"])
}

fn is_finite(word: &Word<'_>) -> bool {
    match word.class {
        class if class.is_auxiliary() => true,
        Class::Open => is_past(word.lower) || form_of(word.lower) == Form::Third && !word.capital,
        _ => false,
    }
}

/// Whether a finite verb stands among some words: without one the clause ends with the form of `be`
/// after them ("claims that the plan | was baseless").
fn holds_verb(clauses: &Clauses<'_, '_>, tokens: Range<usize>) -> bool {
    let words = &clauses.reading.words;
    tokens.into_iter().any(|t| is_finite(&words[t]))
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::read;

    fn check(text: &str, negated: bool) {
        assert_eq!(read(text).marks("war").negated, negated, "{text}");
    }

    #[test]
    fn a_claim_that_is_called_untrue_is_denied() {
        check("Lund called the reports that Oran plans war baseless.", true);
        check("Lund described claims that Oran wants war as false.", true);
        check("Lund dismissed as baseless reports that Oran plans war.", true);
        check("Lund said reports that Oran plans war were untrue.", true);
        check("Reports that Oran plans war are entirely unfounded.", true);
        check("Lund repeated the false claim that Oran plans war.", true);
        check("It is a lie that Oran plans war.", true);
        check("It is simply not true that Oran plans war.", true);
        check("It isn’t true that Oran plans war.", true);
        check("There is no truth in the claim that Oran plans war.", true);
        check("Reports that Oran plans war are not true.", true);
    }

    #[test]
    fn what_is_not_called_untrue_is_not_denied() {
        check("Reports that Oran plans war are not false.", false);
        check("Lund called the reports that Oran plans war a surprise.", false);
        check("Lund said the war was a false step.", false);
        check("Lund repeated claims that the war was baseless.", false);
        check("The reports were so false that Oran went to war.", false);
        check("False alarms and reports that Oran plans war came in.", false);
        check("Reports that Oran plans war came before the false alarm.", false);
        check("The lies that led to the war were forgotten.", false);
        check("Behind the quarrel lies the idea that Oran wants war.", false);
        check("Lund wrote a file made up of reports that Oran plans war.", false);
        check("They set the terms for claims that Oran wants war as false friends do.", false);
    }
}
