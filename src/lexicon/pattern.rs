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
pub(crate) const LONGEST: usize = 64;

/// A piece of a term, between blanks, as it is typed there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Piece<'a> {
    /// A word; the analyzer may cut it further (`no-limits`).
    Word(&'a str),
    /// The beginning of a word.
    Beginning(&'a str),
    /// Up to so many words that do not matter.
    Gap(u8),
    /// A word that must stand there but stays free for other terms.
    Free(&'a str),
}

/// The places of a term in order, each with the pieces that may stand there: several if it is a
/// choice.
#[derive(Debug, Default)]
pub(crate) struct Places<'a> {
    pieces: Vec<Piece<'a>>,
    /// Where the pieces of each place end.
    ends: Vec<usize>,
}

impl<'a> Places<'a> {
    /// The pieces that may stand in each place.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[Piece<'a>]> + Clone {
        let starts = [0].iter().chain(&self.ends);
        starts.zip(&self.ends).map(|(&start, &end)| &self.pieces[start..end])
    }

    /// The pieces of the one phrase that a term without choices stands for.
    pub(crate) fn only_phrase(&self) -> Option<&[Piece<'a>]> {
        (self.pieces.len() == self.ends.len()).then_some(&self.pieces)
    }

    fn add(
        &mut self,
        choice: impl Iterator<Item = Result<Piece<'a>, Problem>>,
    ) -> Result<(), Problem> {
        for piece in choice {
            self.pieces.push(piece?);
        }
        self.ends.push(self.pieces.len());
        Ok(())
    }
}

/// The phrases that a term stands for, as if each had been typed: `close|warm ties` stands for
/// `close ties` and `warm ties`. Of phrases that are typed alike one is left.
pub(crate) fn phrases(term: &str) -> Result<Vec<String>, Problem> {
    if !is_choice(term) {
        return Ok(vec![term.split_whitespace().collect::<Vec<_>>().join(" ")]);
    }
    let typed = |piece| match free_choice(piece)? {
        (true, choice) => Ok(choice.iter().map(|word| format!("({word})")).collect()),
        (false, choice) => Ok(choice.into_iter().map(str::to_owned).collect()),
    };
    let slots = term.split_whitespace().map(typed).collect::<Result<Vec<Vec<String>>, _>>()?;
    Ok(one_of_each(&slots).iter().map(|words| words.join(" ")).collect())
}

fn is_choice(term: &str) -> bool {
    term.bytes().any(|byte| matches!(byte, b'|' | b'(' | b')'))
}

/// Every way to take one item of each slot; the last slot varies fastest.
fn one_of_each<T: Clone>(slots: &[Vec<T>]) -> Vec<Vec<T>> {
    slots.iter().fold(vec![Vec::new()], |rows, slot| {
        let longer = |row: &Vec<T>| -> Vec<Vec<T>> {
            slot.iter().map(|item| row.iter().chain([item]).cloned().collect()).collect()
        };
        rows.iter().flat_map(longer).collect()
    })
}

/// The words of a choice, each once, and whether they stay free.
fn free_choice(piece: &str) -> Result<(bool, Vec<&str>), Problem> {
    let free = in_parentheses(piece);
    let mut choice: Vec<&str> = free.unwrap_or(piece).split('|').collect();
    check_choice(piece, &choice)?;
    let mut seen = BTreeSet::new();
    choice.retain(|word| seen.insert(*word));
    Ok((free.is_some(), choice))
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
pub(crate) fn parse_phrases(term: &str) -> Result<Vec<Vec<Piece<'_>>>, Problem> {
    let places: Vec<Vec<Piece<'_>>> = parse_places(term)?.iter().map(<[_]>::to_vec).collect();
    Ok(one_of_each(&places))
}

/// The places of a term, each with the pieces that may stand there.
pub(crate) fn parse_places(term: &str) -> Result<Places<'_>, Problem> {
    let places = cut_places(term)?;
    let n_phrases = places.iter().try_fold(1_usize, |n, place| n.checked_mul(place.len()));
    if n_phrases.is_none_or(|n| n > MOST_PHRASES) {
        return Err(Problem::new(
            format!("the choices of `{term}` make more than {MOST_PHRASES} phrases"),
            "write several rows",
        ));
    }
    check(term, places.iter())?;
    Ok(places)
}

/// Cuts a term into its places and looks no further, as at terms that have been looked at.
pub(crate) fn cut_places(term: &str) -> Result<Places<'_>, Problem> {
    let mut places = Places::default();
    for typed in term.split_whitespace() {
        if is_choice(typed) {
            let (free, choice) = free_choice(typed)?;
            let piece = |word| if free { parse_free(typed, word) } else { parse_piece(word) };
            places.add(choice.into_iter().map(piece))?;
        } else {
            places.add([parse_piece(typed)].into_iter())?;
        }
    }
    Ok(places)
}

fn parse_free<'a>(typed: &str, word: &'a str) -> Result<Piece<'a>, Problem> {
    match parse_piece(word)? {
        Piece::Word(word) => Ok(Piece::Free(word)),
        _ => Err(Problem::new(
            format!("`{typed}` is not a word that can stay free"),
            "put whole words between parentheses, such as `behind .. (attack|killing)`",
        )),
    }
}

/// Cuts one phrase without choices, such as that of a condition, into its pieces.
pub(crate) fn parse_term(term: &str) -> Result<Vec<Piece<'_>>, Problem> {
    let pieces = term.split_whitespace().map(parse_piece).collect::<Result<Vec<_>, _>>()?;
    check(term, pieces.chunks(1))?;
    Ok(pieces)
}

/// The pieces of a phrase of these words.
pub(crate) fn parse_words<'a>(words: &[&'a str]) -> Result<Vec<Piece<'a>>, Problem> {
    let pieces = words.iter().copied().map(parse_piece).collect::<Result<Vec<_>, _>>()?;
    check(&words.join(" "), pieces.chunks(1))?;
    Ok(pieces)
}

fn check<'p, 'a: 'p>(
    term: &str,
    places: impl Iterator<Item = &'p [Piece<'a>]> + Clone,
) -> Result<(), Problem> {
    check_ends(term, places.clone())?;
    if places.map(longest_match).sum::<usize>() > LONGEST {
        return Err(Problem::new(
            format!("`{term}` may stretch over more than {LONGEST} words"),
            "shorten the term or its gaps",
        ));
    }
    Ok(())
}

/// Reads one piece. Most are plain words.
pub(crate) fn parse_piece(typed: &str) -> Result<Piece<'_>, Problem> {
    if !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(Piece::Word(typed));
    }
    if let Some(word) = in_parentheses(typed) {
        return parse_free(typed, word);
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
    Ok(if star { Piece::Beginning(stem) } else { Piece::Word(stem) })
}

fn parse_gap(typed: &str, width: &str) -> Result<Piece<'static>, Problem> {
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
fn check_ends<'p, 'a: 'p>(
    term: &str,
    places: impl Iterator<Item = &'p [Piece<'a>]> + Clone,
) -> Result<(), Problem> {
    let gap = |place: &[Piece]| matches!(place, [Piece::Gap(_), ..]);
    let problem = |what: &str, mend: &str| Err(Problem::new(format!("{what} `{term}`"), mend));
    let (Some(first), Some(last)) = (places.clone().next(), places.clone().last()) else {
        return Err(Problem::new(
            "the term is empty",
            "write a word or a phrase, or delete the row",
        ));
    };
    if gap(first) || gap(last) {
        return problem(
            "a gap stands at the edge of",
            "delete the `..`, or name the word beyond it",
        );
    }
    if matches!(first, [Piece::Free(_), ..]) {
        return problem(
            "a word that stays free begins",
            "begin with a word that is the term's own, or use the column `requires`",
        );
    }
    if places.clone().zip(places.skip(1)).any(|(one, next)| gap(one) && gap(next)) {
        return problem("two gaps stand side by side in", "write one gap, such as `..6`");
    }
    Ok(())
}

/// An upper bound of the words of a match that stand in one place.
fn longest_match(place: &[Piece]) -> usize {
    let words = |typed: &str| {
        if typed.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return 1;
        }
        let runs = typed.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count();
        runs + typed.chars().filter(|c| !c.is_ascii()).count()
    };
    let length = |piece: &Piece| match piece {
        Piece::Word(typed) | Piece::Beginning(typed) | Piece::Free(typed) => words(typed),
        Piece::Gap(n) => usize::from(*n),
    };
    place.iter().map(length).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Piece<'_> {
        Piece::Word(text)
    }

    #[test]
    fn words_beginnings_and_gaps_are_told_apart() {
        let pieces = parse_term("fuel .. conflict").unwrap();
        assert_eq!(pieces, [word("fuel"), Piece::Gap(3), word("conflict")]);
        let pieces = parse_term("militar* ..1 U.S. n't").unwrap();
        let start = Piece::Beginning("militar");
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
        assert_eq!(pieces, [word("behind"), Piece::Gap(3), Piece::Free("attack")]);
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
        assert_eq!(parse_phrases(&choices(8)).unwrap().len(), 256);
        assert!(parse_phrases(&choices(9)).is_err());
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
