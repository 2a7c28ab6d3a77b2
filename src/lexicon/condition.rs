//! The syntax of the `unless` and `requires` columns.
//!
//! `unless`: alternatives between `|`, each of which cancels the match. A phrase of two or more
//! words cancels a match that it overlaps (`trade war`); with `_` in the place of the match it must
//! stand right beside it (`Eastern _`, `_ Post`); a single word cancels anywhere in the sentence;
//! `doc:X` cancels anywhere in the article.
//!
//! `requires`: `|` binds tightest, then ` + `, then ` ~ `. `A|B + C ~ D|E` holds if the sentence has
//! A or B, and has C, and has neither D nor E. `doc:` belongs to its own alternative only, which is
//! then looked for in the whole kept text of the article.
//!
//! A word of a condition with a capital is compared as `case` ("doc:US" is never "us"). All others
//! go by stem, in `word` and `lower` rows as exact words in any case.

use crate::lexicon::error::Problem;
use crate::lexicon::pattern::{Piece, parse_piece, parse_term, parse_words};

/// Something that must or must not stand around a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Test<'a> {
    /// Anywhere in the article, not only in the sentence.
    pub(crate) in_article: bool,
    /// The words.
    pub(crate) phrase: Vec<Piece<'a>>,
}

/// One alternative of the `unless` column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cancel<'a> {
    /// A word in the sentence, a phrase across the match, or either in the article.
    By(Test<'a>),
    /// Words right before and right after the match, each after a gap of so many words.
    Around {
        /// Before it, with the gap between.
        before: Option<Phrase<'a>>,
        /// After it, with the gap between.
        after: Option<Phrase<'a>>,
    },
}

/// A phrase beside the match, and how many words may stand between.
pub(crate) type Phrase<'a> = (Vec<Piece<'a>>, u8);

/// The parsed `requires` column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Requires<'a> {
    /// Each must hold; it holds if one of its alternatives does.
    pub(crate) all: Vec<Vec<Test<'a>>>,
    /// None of them may hold.
    pub(crate) none: Vec<Test<'a>>,
}

/// Reads the `unless` column.
pub(crate) fn parse_unless(cell: &str) -> Result<Vec<Cancel<'_>>, Problem> {
    if cell.trim().is_empty() {
        return Ok(Vec::new());
    }
    cell.split('|').map(|part| parse_cancel(part).map_err(|p| inside("unless", cell, p))).collect()
}

/// Reads the `requires` column.
pub(crate) fn parse_requires(cell: &str) -> Result<Requires<'_>, Problem> {
    if cell.trim().is_empty() {
        return Ok(Requires::default());
    }
    let named = |problem| inside("requires", cell, problem);
    let sides = sides(cell).map_err(named)?;
    let (wanted, unwanted) = (sides[0].trim(), sides.get(1));
    let mut requires = Requires::default();
    if !(wanted.is_empty() && unwanted.is_some()) {
        for group in wanted.split(" + ") {
            requires.all.push(parse_alternatives(group).map_err(named)?);
        }
    }
    if let Some(unwanted) = unwanted {
        requires.none = parse_alternatives(unwanted).map_err(named)?;
    }
    Ok(requires)
}

/// What stands before and after the one `~`.
fn sides(cell: &str) -> Result<Vec<&str>, Problem> {
    let sides: Vec<&str> = cell.split('~').collect();
    if sides.len() > 2 {
        let mend = "write `A ~ B|C`: A must hold and neither B nor C";
        return Err(Problem::new("there is more than one `~`", mend));
    }
    Ok(sides)
}

fn parse_alternatives(group: &str) -> Result<Vec<Test<'_>>, Problem> {
    group.split('|').map(|part| parse_test(part.trim())).collect()
}

fn parse_test(part: &str) -> Result<Test<'_>, Problem> {
    let (in_article, phrase) = match part.strip_prefix("doc:") {
        Some(phrase) => (true, phrase),
        None => (false, part),
    };
    Ok(Test { in_article, phrase: parse_term(phrase)? })
}

fn parse_cancel(part: &str) -> Result<Cancel<'_>, Problem> {
    if !part.contains('_') {
        return parse_test(part.trim()).map(Cancel::By);
    }
    let words: Vec<&str> = part.split_whitespace().collect();
    let holes = words.iter().filter(|&&w| w == "_").count();
    let Some(hole) = words.iter().position(|&w| w == "_") else {
        return parse_test(part.trim()).map(Cancel::By);
    };
    if holes > 1 || words.len() == 1 {
        let mend = "write the neighbour and one `_` for the match, such as `Eastern _`";
        return Err(Problem::new(format!("`{part}` does not say where the match stands"), mend));
    }
    let (before, after) = (&words[..hole], &words[hole + 1..]);
    let (inner, before_gap) = match before.split_last() {
        Some((last, rest)) if last.starts_with("..") => (rest, Some(*last)),
        _ => (before, None),
    };
    let (outer, after_gap) = match after.split_first() {
        Some((first, rest)) if first.starts_with("..") => (rest, Some(*first)),
        _ => (after, None),
    };
    let before = parse_neighbour(inner, before_gap)?;
    Ok(Cancel::Around { before, after: parse_neighbour(outer, after_gap)? })
}

fn parse_neighbour<'a>(
    words: &[&'a str],
    gap: Option<&str>,
) -> Result<Option<Phrase<'a>>, Problem> {
    if words.is_empty() && gap.is_none() {
        return Ok(None);
    }
    let width = match gap.map(parse_piece).transpose()? {
        Some(Piece::Gap(n)) => n,
        _ => 0,
    };
    Ok(Some((parse_words(words)?, width)))
}

/// A problem with the column and the cell it stands in.
fn inside(column: &str, cell: &str, problem: Problem) -> Problem {
    let mend = problem.mend.replace(", or delete the row", ", or delete the empty alternative");
    Problem::new(format!("{} (`{column}` reads `{cell}`)", problem.what), mend)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(text: &str) -> Test<'_> {
        parse_test(text).unwrap()
    }

    #[test]
    fn or_binds_tighter_than_and_and_and_tighter_than_but_not() {
        let requires = parse_requires("Moscow|Russia + state visit ~ D|doc:E").unwrap();
        let wanted = vec![vec![test("Moscow"), test("Russia")], vec![test("state visit")]];
        assert_eq!(requires, Requires { all: wanted, none: vec![test("D"), test("doc:E")] });
    }

    #[test]
    fn doc_belongs_to_its_own_alternative_only() {
        let requires = parse_requires("doc:Ukraine|Kyiv").unwrap();
        assert_eq!(requires.all, [vec![test("doc:Ukraine"), test("Kyiv")]]);
        assert!(requires.all[0][0].in_article && !requires.all[0][1].in_article);
    }

    #[test]
    fn a_bare_exclusion_needs_nothing_else() {
        let requires = parse_requires("~ charm offensive").unwrap();
        assert!(requires.all.is_empty());
        assert_eq!(requires.none, [test("charm offensive")]);
    }

    #[test]
    fn an_underscore_stands_for_the_match() {
        let cancels = parse_unless("Eastern _|_ Post|trade war|_ ..5 Studies").unwrap();
        type Side<'a> = Option<(&'a str, u8)>;
        fn around<'a>(before: Side<'a>, after: Side<'a>) -> Cancel<'a> {
            let [before, after] =
                [before, after].map(|side| side.map(|(words, n)| (parse_term(words).unwrap(), n)));
            Cancel::Around { before, after }
        }
        assert_eq!(cancels[0], around(Some(("Eastern", 0)), None));
        assert_eq!(cancels[1], around(None, Some(("Post", 0))));
        assert_eq!(cancels[2], Cancel::By(test("trade war")));
        assert_eq!(cancels[3], around(None, Some(("Studies", 5))));
    }

    #[test]
    fn what_cannot_be_a_condition_is_refused() {
        for cell in ["a|", "|a", "a||b", "_", "_ _", "a .. _ _", "doc:"] {
            assert!(parse_unless(cell).is_err(), "{cell}");
        }
        for cell in ["a ~ b ~ c", "a + ", "a ~", "doc:|a", "~"] {
            assert!(parse_requires(cell).is_err(), "{cell}");
        }
    }
}
