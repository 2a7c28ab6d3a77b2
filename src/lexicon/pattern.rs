//! The syntax of a term: words, beginnings of words (`condemn*`), gaps (`..`, `..5`), choices
//! (`close|warm ties`) and words that stay free for other terms (`behind .. (attack)`).
//!
//! Knows how a term is written; which words of an article it fits is left to `symbols`.

use std::collections::BTreeSet;

use crate::lexicon::error::Problem;

/// Words that a gap without a number may skip.
const USUAL_GAP: u8 = 3;
/// The widest gap that can be asked for.
const WIDEST_GAP: u8 = 20;
/// The most phrases that the choices of one term may make: a row that a person can still check.
const MOST_PHRASES: usize = 256;
/// A match must fit into 64 words, gaps included, so that its words can be held in 64 bits.
const LONGEST: usize = 64;

/// A piece of a term, between blanks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Piece {
    /// A word; the analyzer may cut it further (`no-limits`).
    Word(String),
    /// The beginning of a word.
    Beginning(String),
    /// Up to so many words that do not matter.
    Gap(u8),
    /// A word that must stand there but stays free for other terms.
    Free(String),
}

/// The phrases that a term stands for, as if each had been typed: `close|warm ties` stands for
/// `close ties` and `warm ties`. Of phrases that are typed alike one is left.
pub(crate) fn phrases(term: &str) -> Result<Vec<String>, Problem> {
    if !term.contains(['|', '(', ')']) {
        return Ok(vec![term.split_whitespace().collect::<Vec<_>>().join(" ")]);
    }
    let mut phrases = vec![String::new()];
    for piece in term.split_whitespace() {
        let free = in_parentheses(piece);
        let choice: Vec<&str> = free.unwrap_or(piece).split('|').collect();
        check_choice(piece, &choice)?;
        let longer = |phrase: &String| -> Vec<String> {
            let typed = |word: &&str| match free {
                Some(_) => format!("{phrase} ({word})"),
                None => format!("{phrase} {word}"),
            };
            choice.iter().map(|word| typed(word).trim_start().to_owned()).collect()
        };
        phrases = phrases.iter().flat_map(longer).collect();
        if phrases.len() > MOST_PHRASES {
            return Err(Problem::new(
                format!("the choices of `{term}` make more than {MOST_PHRASES} phrases"),
                "write several rows",
            ));
        }
    }
    let mut seen = BTreeSet::new();
    phrases.retain(|phrase| seen.insert(phrase.clone()));
    Ok(phrases)
}

/// What stands between the parentheses of `(war|siege)`.
pub(crate) fn in_parentheses(piece: &str) -> Option<&str> {
    piece.strip_prefix('(')?.strip_suffix(')')
}

fn check_choice(piece: &str, choice: &[&str]) -> Result<(), Problem> {
    if choice.len() > 1 && choice.iter().any(|word| word.is_empty()) {
        let mend = "write the words side by side, such as `close|warm ties`";
        return Err(Problem::new(format!("a word is missing in the choice `{piece}`"), mend));
    }
    if choice.len() > 1 && choice.iter().any(|word| word.starts_with("..")) {
        let mend = "put the gap outside the choice, or write two rows";
        return Err(Problem::new(format!("a gap is no word of a choice: `{piece}`"), mend));
    }
    Ok(())
}

/// The pieces of every phrase that a term stands for.
pub(crate) fn parse_phrases(term: &str) -> Result<Vec<Vec<Piece>>, Problem> {
    phrases(term)?.iter().map(|phrase| parse_term(phrase)).collect()
}

/// Cuts one phrase of a term, or a phrase of a condition, into its pieces.
pub(crate) fn parse_term(term: &str) -> Result<Vec<Piece>, Problem> {
    let pieces = term.split_whitespace().map(parse_piece).collect::<Result<Vec<_>, _>>()?;
    check_ends(term, &pieces)?;
    if longest_match(&pieces) > LONGEST {
        return Err(Problem::new(
            format!("`{term}` may stretch over more than {LONGEST} words"),
            "shorten the term or its gaps",
        ));
    }
    Ok(pieces)
}

fn parse_piece(typed: &str) -> Result<Piece, Problem> {
    if let Some(word) = in_parentheses(typed) {
        return match parse_piece(word)? {
            Piece::Word(word) => Ok(Piece::Free(word)),
            _ => Err(Problem::new(
                format!("`{typed}` is not a word that can stay free"),
                "put whole words between parentheses, such as `behind .. (attack|killing)`",
            )),
        };
    }
    if let Some(width) = typed.strip_prefix("..") {
        return parse_gap(typed, width);
    }
    if typed.contains("..") {
        return Err(Problem::new(
            format!("the gap in `{typed}` does not stand alone"),
            "put a blank on either side of `..`",
        ));
    }
    let (stem, star) = match typed.strip_suffix('*') {
        Some(stem) => (stem, true),
        None => (typed, false),
    };
    if stem.contains('*') {
        return Err(Problem::new(
            format!("a star can only end a word, not `{typed}`"),
            "write the beginning of the word and one `*`, or list its forms",
        ));
    }
    if !stem.chars().any(char::is_alphanumeric) {
        return Err(Problem::new(
            format!("`{typed}` holds no letter and no digit"),
            "write a word; a gap is `..`",
        ));
    }
    Ok(if star { Piece::Beginning(stem.to_owned()) } else { Piece::Word(stem.to_owned()) })
}

fn parse_gap(typed: &str, width: &str) -> Result<Piece, Problem> {
    let width = if width.is_empty() { Some(USUAL_GAP) } else { width.parse().ok() };
    match width {
        Some(n) if n <= WIDEST_GAP => Ok(Piece::Gap(n)),
        _ => Err(Problem::new(
            format!("`{typed}` is not a gap"),
            format!("write `..` (up to {USUAL_GAP} words) or `..N` with N up to {WIDEST_GAP}"),
        )),
    }
}

/// A gap needs a word on either side, or it would not know where to begin or end.
fn check_ends(term: &str, pieces: &[Piece]) -> Result<(), Problem> {
    let gap = |piece: Option<&Piece>| matches!(piece, Some(Piece::Gap(_)));
    let problem = |what: &str, mend: &str| Err(Problem::new(format!("{what} `{term}`"), mend));
    if pieces.is_empty() {
        return Err(Problem::new(
            "the term is empty",
            "write a word or a phrase, or delete the row",
        ));
    }
    if gap(pieces.first()) || gap(pieces.last()) {
        return problem(
            "a gap stands at the edge of",
            "delete the `..`, or name the word beyond it",
        );
    }
    if matches!(pieces.first(), Some(Piece::Free(_))) {
        return problem(
            "a word that stays free begins",
            "begin with a word that is the term's own, or use the column `requires`",
        );
    }
    if pieces.windows(2).any(|w| gap(w.first()) && gap(w.last())) {
        return problem("two gaps stand side by side in", "write one gap, such as `..6`");
    }
    Ok(())
}

/// An upper bound of the words between the first and the last word of a match.
fn longest_match(pieces: &[Piece]) -> usize {
    let words = |typed: &str| {
        let runs = typed.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count();
        runs + typed.chars().filter(|c| !c.is_ascii()).count()
    };
    let length = |piece: &Piece| match piece {
        Piece::Word(typed) | Piece::Beginning(typed) | Piece::Free(typed) => words(typed),
        Piece::Gap(n) => usize::from(*n),
    };
    pieces.iter().map(length).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Piece {
        Piece::Word(text.into())
    }

    #[test]
    fn words_beginnings_and_gaps_are_told_apart() {
        let pieces = parse_term("fuel .. conflict").unwrap();
        assert_eq!(pieces, [word("fuel"), Piece::Gap(3), word("conflict")]);
        let pieces = parse_term("militar* ..1 U.S. n't").unwrap();
        let start = Piece::Beginning("militar".into());
        assert_eq!(pieces, [start, Piece::Gap(1), word("U.S."), word("n't")]);
    }

    #[test]
    fn a_choice_stands_for_a_phrase_with_each_of_its_words() {
        let check = |term, expect: &[&str]| assert_eq!(phrases(term).unwrap(), expect);
        check("ties", &["ties"]);
        check("close|warm ties|bonds", &["close ties", "close bonds", "warm ties", "warm bonds"]);
        check("push-back-on|curb .. power", &["push-back-on .. power", "curb .. power"]);
        check("ally|ally of", &["ally of"]);
        check("behind .. (war|siege)", &["behind .. (war)", "behind .. (siege)"]);
    }

    #[test]
    fn a_word_in_parentheses_stays_free() {
        let pieces = parse_term("behind .. (attack)").unwrap();
        assert_eq!(pieces, [word("behind"), Piece::Gap(3), Piece::Free("attack".into())]);
        for term in ["(war) of", "a (war*)", "a (..)", "a ()", "a (b|)"] {
            assert!(parse_phrases(term).is_err(), "{term}");
        }
    }

    #[test]
    fn a_choice_without_a_word_or_with_too_many_is_refused() {
        for term in ["war | siege", "war|", "|war", "a||b", "a ..|b c"] {
            assert!(parse_phrases(term).is_err(), "{term}");
        }
        let choices = |n| ["a|b"; 20][..n].join(" ");
        assert_eq!(phrases(&choices(8)).unwrap().len(), 256);
        assert!(phrases(&choices(9)).is_err());
    }

    #[test]
    fn what_cannot_be_a_term_is_refused() {
        for term in [
            "",
            "..",
            ".. trip",
            "pay ..",
            "a .. .. b",
            "co*per",
            "*",
            "&",
            "a..b",
            "..x b",
            "a ..21 b",
            "wait...",
        ] {
            assert!(parse_term(term).is_err(), "{term}");
        }
        let endless = "a ..20 ".repeat(4) + "a";
        assert!(parse_term(&endless).is_err());
    }
}
