//! The syntax of a term: words, beginnings of words (`condemn*`) and gaps (`..`, `..5`).
//!
//! Knows how a term is written; which words of an article it fits is left to `symbols`.

use crate::lexicon::error::Problem;

/// Words that a gap without a number may skip.
const USUAL_GAP: u8 = 3;
/// The widest gap that can be asked for.
const WIDEST_GAP: u8 = 20;
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
}

/// Cuts a term, or a phrase of a condition, into its pieces.
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
        Piece::Word(typed) | Piece::Beginning(typed) => words(typed),
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
