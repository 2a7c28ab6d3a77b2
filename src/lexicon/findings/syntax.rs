//! Signs that other programs read in a term and this one does not.

use crate::lexicon::entry::{Entry, Lexicon};
use crate::lexicon::findings::{Finding, of_entry};
use crate::lexicon::pattern::in_parentheses;

/// Words that other programs read as operators, in capitals between blanks.
const OPERATORS: [&str; 8] =
    [" AND ", " OR ", " NOT ", " NEAR ", " NEAR/", " W/", " ADJ ", " BEFORE "];

/// Looks at every term and every condition.
pub(super) fn look(lexicon: &Lexicon, found: &mut Vec<Finding>) {
    for entry in &lexicon.entries {
        let cells = [
            ("term", foreign_in_term(&entry.term)),
            ("unless", foreign_in_condition(&entry.unless, "unless")),
            ("requires", foreign_in_condition(&entry.requires, "requires")),
        ];
        for (column, wrong) in cells {
            if let Some((sign, mend)) = wrong {
                found.push(finding(entry, column, &sign, mend));
            }
        }
    }
}

fn finding(entry: &Entry, column: &str, sign: &str, mend: &str) -> Finding {
    let cell = match column {
        "term" => &entry.term,
        "unless" => &entry.unless,
        _ => &entry.requires,
    };
    let what = format!("`{sign}` in `{column}` does not do here what it does elsewhere: `{cell}`");
    of_entry(entry, "syntax", what, mend)
}

type Foreign = (String, &'static str);

const OPERATOR: &str =
    "write a gap (`..`, `..6`) between words, or use the columns `requires` and `unless`";
const WILDCARD: &str =
    "only `*` at the end of a word is read; write one row for each spelling, or match by `stem`";

fn foreign_in_term(term: &str) -> Option<Foreign> {
    if term.contains('_') {
        return Some(("_".into(), "write a blank: `_` never stands between words of an article"));
    }
    if let Some(sign) = term.chars().find(|c| "~<>{}".contains(*c)) {
        return Some((sign.into(), OPERATOR));
    }
    if term.starts_with('-') && term.len() > 1 {
        return Some(("-".into(), "name what cancels the match in `unless`"));
    }
    if term.contains('"') {
        return Some(("\"".into(), "leave it out: a term is always a phrase"));
    }
    operator(term).or_else(|| {
        let free = |piece| in_parentheses(piece).unwrap_or(piece);
        wildcard(&term.split_whitespace().map(free).collect::<Vec<_>>().join(" "))
    })
}

fn foreign_in_condition(cell: &str, column: &str) -> Option<Foreign> {
    if cell.contains(';') || (cell.contains(", ") && !cell.contains('|')) {
        let sign = if cell.contains(';') { ";" } else { "," };
        return Some((sign.into(), "write `|` between alternatives"));
    }
    if column == "unless" && cell.contains('~') {
        return Some((
            "~".into(),
            "`~` is read in `requires` only; write `|` between what cancels",
        ));
    }
    if column == "unless" && cell.contains(" + ") {
        return Some(("+".into(), "`+` is read in `requires` only; every alternative cancels"));
    }
    if column == "requires" && cell.split_whitespace().any(|word| word == "_") {
        return Some(("_".into(), "`_` is read in `unless` only; put the neighbour into the term"));
    }
    if cell.contains('+') && !cell.contains(" + ") {
        return Some(("+".into(), "write `+` with a blank on either side"));
    }
    operator(cell).or_else(|| wildcard(cell))
}

fn operator(cell: &str) -> Option<Foreign> {
    let sign = OPERATORS.iter().find(|sign| cell.contains(*sign))?;
    Some((sign.trim().into(), OPERATOR))
}

/// Signs of regular expressions and search programs; `C++` and a question mark at the very end of a
/// term are words of an article.
fn wildcard(cell: &str) -> Option<Foreign> {
    let sign = cell.chars().find(|c| "[]()^\\".contains(*c));
    if let Some(sign) = sign {
        return Some((sign.into(), WILDCARD));
    }
    let letters: Vec<char> = cell.chars().collect();
    let inside = |at: usize| {
        letters.get(at + 1).is_some_and(|c| c.is_alphanumeric())
            && at > 0
            && letters[at - 1].is_alphanumeric()
    };
    let question = letters.iter().enumerate().find(|(at, c)| **c == '?' && inside(*at));
    let dollar = cell.ends_with('$') || cell.contains("?*") || cell.contains(".*");
    question.map(|_| ("?".into(), WILDCARD)).or(dollar.then(|| ("$ . ?".into(), WILDCARD)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(term: &str) -> Option<String> {
        foreign_in_term(term).map(|(sign, _)| sign)
    }

    #[test]
    fn signs_of_other_programs_are_found() {
        for cell in [
            "war AND peace",
            "war NEAR/3 peace",
            "colou?r",
            "colo[u]r",
            "(un)just",
            "no_limits",
            "-war",
            "war$",
            "^war",
            "\"no limits\"",
        ] {
            assert!(term(cell).is_some(), "{cell}");
        }
    }

    #[test]
    fn what_a_term_may_hold_is_left_alone() {
        for cell in [
            "U.S.",
            "terror*",
            "accuse .. of",
            "no-limits",
            "R&D",
            "Guns N' Roses",
            "who?",
            "9/11",
            "war|siege of",
            "behind (war)",
        ] {
            assert_eq!(term(cell), None, "{cell}");
        }
    }

    #[test]
    fn conditions_have_signs_of_their_own() {
        let condition = |cell, column| foreign_in_condition(cell, column).is_some();
        assert!(condition("trade war, cold war", "unless"));
        assert!(condition("trade war; cold war", "unless"));
        assert!(condition("a ~ b", "unless") && !condition("a ~ b", "requires"));
        assert!(condition("a+b", "requires") && !condition("a + b", "requires"));
        assert!(!condition("trade war|Cold _|_ .. film|doc:chess club", "unless"));
        assert!(condition("a _", "requires"));
    }
}
