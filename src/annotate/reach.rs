//! How far a silence reaches: to the end of its clause, or of the list that begins there.

use crate::annotate::clauses::Clauses;
use crate::annotate::cues::Role;
use crate::annotate::grammar::{Class, Form, form_of, is_verb_form};
use crate::annotate::reading::Gap;

/// How many words a silence reaches at most.
const REACH: usize = 12;

fn discusses(verb: &str) -> bool {
    matches!(verb, "discuss" | "discussed" | "discusses" | "discussing" | "mentioned" | "raised")
}

/// Where a silence ends: at the end of its clause, or of the list that begins there.
pub(super) fn reach_of(clauses: &Clauses<'_, '_>, from: usize) -> usize {
    let words = &clauses.reading.words;
    let limit = words.get(from).map_or(from, |_| clauses.reading.sentence_of(from).end);
    let opens_infinitive = |t: usize| {
        let next = words.get(t + 1);
        words[t].class == Class::To
            && next.is_some_and(|w| w.class == Class::Open && !w.capital)
            && next.is_some_and(|w| form_of(w.lower) == Form::Base)
    };
    // "declined to say | whether"
    let asks = |t: usize| {
        let says = clauses.cues.has(from, |role| role == Role::Mentioning);
        says && t == from + 1 && words[t].class == Class::Subordinator
    };
    let ends = |t: &usize| {
        *t > from
            && (words[*t].before.has(Gap::CLAUSE)
                || clauses.cues.has(*t, |role| role == Role::Stop) && !asks(*t))
            || *t > from + 1 && opens_infinitive(*t)
            || *t > from && opens_as_clause(clauses, *t, limit)
            // "never discussed the plan with Russia": whom he did not tell it.
            || *t > from && words[*t].lower == "with" && discusses(words[from - 1].lower)
    };
    if words.get(from).is_none_or(|w| w.before.has(Gap::CLAUSE)) {
        return from;
    }
    let end = (from..limit.min(from + REACH)).find(ends).unwrap_or(limit.min(from + REACH));
    list_end(clauses, end, limit).unwrap_or(end)
}

/// "silent on Oslo | as crowds blame Lee", "as he left": whether `as` begins a clause; not "refer to it
/// as a war".
fn opens_as_clause(clauses: &Clauses<'_, '_>, at: usize, limit: usize) -> bool {
    const LONGEST: usize = 5;
    let words = &clauses.reading.words;
    let next = words.get(at + 1).filter(|w| at + 1 < limit && !w.before.has(Gap::CLAUSE));
    let (true, Some(next)) = (words[at].lower == "as", next) else { return false };
    if next.class == Class::Person || matches!(next.class, Class::Preposition | Class::To) {
        return next.class == Class::Person;
    }
    let inside = |t: &usize| {
        let clause = matches!(words[*t].class, Class::Subordinator | Class::Thing);
        !words[*t].before.has(Gap::CLAUSE) && !clause
    };
    let verb = |t: usize| {
        let says = clauses.cues.report_at(t).is_some() && is_verb_form(words[t].lower);
        words[t].class.is_auxiliary()
            || clauses.is_past_at(t)
            || says && matches!(form_of(words[t].lower), Form::Base | Form::Third)
    };
    (at + 2..limit.min(at + 2 + LONGEST)).take_while(inside).any(verb)
}

/// "did not mention Oslo, | Rome or Paris": where a list ends whose first item ends at a comma; `None`
/// if no list goes on there.
fn list_end(clauses: &Clauses<'_, '_>, comma: usize, limit: usize) -> Option<usize> {
    let words = &clauses.reading.words;
    let joins = |t: usize| matches!(words[t].lower, "or" | "nor" | "and");
    let mut at = comma;
    // "Oslo, a town of war and want": an apposition.
    if at < limit && matches!(words[at].lower, "a" | "an" | "which" | "who") {
        return None;
    }
    while at < limit && words[at].before.has(Gap::COMMA) {
        let last = joins(at);
        let end = item_end(clauses, at + usize::from(last), limit)?;
        if last {
            return Some(end);
        }
        if end < limit && joins(end) && !words[end].before.has(Gap::ANY) {
            return item_end(clauses, end + 1, limit);
        }
        at = end;
    }
    None
}

/// Where an item of a list ends: a noun phrase without a verb.
fn item_end(clauses: &Clauses<'_, '_>, start: usize, limit: usize) -> Option<usize> {
    const LONGEST: usize = 8;
    let words = &clauses.reading.words;
    let ends = |&t: &usize| {
        let word = &words[t];
        word.before.has(Gap::CLAUSE) && t > start
            || matches!(word.lower, "or" | "nor" | "and")
            || clauses.cues.has(t, |role| role == Role::Stop)
    };
    let end = (start..limit).find(ends).unwrap_or(limit);
    let verb = |t: usize| match words[t].class {
        Class::Be | Class::Aux | Class::Modal | Class::Person | Class::Subordinator => true,
        Class::Open => {
            let after_noun = t > start && words[t - 1].class == Class::Open;
            after_noun && clauses.is_past_at(t)
                || t == start && form_of(words[t].lower) == Form::Ing
        }
        _ => false,
    };
    let item = start..end;
    (!item.is_empty() && item.len() <= LONGEST && !item.into_iter().any(verb)).then_some(end)
}
