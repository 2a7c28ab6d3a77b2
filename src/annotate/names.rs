//! Full names in an article, and which of them a surname stands for.
//!
//! "Zhang" is "Zhang Hong" if the article says so anywhere, wherever the family name stands.

use std::ops::Range;

use crate::annotate::clauses::Clauses;
use crate::annotate::grammar::Class;
use crate::annotate::reading::{Gap, Word};

/// A full name somewhere in the article.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    /// The name without titles.
    pub(super) name: Range<usize>,
    /// With the title before it and the apposition after it.
    pub(super) full: Range<usize>,
}

/// What a title or noun gives away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    /// `Mr.`, `spokesman`.
    Male,
    /// `Ms.`, `spokeswoman`.
    Female,
}

/// The names of one article.
pub(super) struct Names<'c, 'r, 'a> {
    clauses: &'c Clauses<'r, 'a>,
    namings: Vec<Naming>,
    /// Names right after a word that gives their gender away, in reading order.
    genders: Vec<(&'a str, Gender)>,
}

impl<'c, 'r, 'a> Names<'c, 'r, 'a> {
    /// Every full name of two to four words outside the headline.
    pub(super) fn find(clauses: &'c Clauses<'r, 'a>) -> Self {
        let reading = clauses.reading;
        let titled = |pair: &[Word<'a>]| {
            let named = pair[0].capital && pair[1].capital;
            Some((pair[1].lower, gender_of_noun(pair[0].lower).filter(|_| named)?))
        };
        let genders = reading.words.windows(2).filter_map(titled).collect();
        let mut names = Self { clauses, namings: Vec::new(), genders };
        let mut at = 0;
        while at < reading.words.len() {
            let end = names.capitals_end(at);
            let name = names.without_title(&(at..end));
            let pair = name.len() == 2 && reading.gap(name.start + 1).has(Gap::HYPHEN);
            if !pair && !reading.in_title(at) && (2..5).contains(&name.len()) {
                let start = at.saturating_sub(1).max(reading.sentence_of(at).start);
                names.namings.push(Naming { name, full: start..names.apposition_end(end) });
            }
            at = end.max(at + 1);
        }
        names
    }

    /// Where a run of capitalised words that begins at a token ends.
    fn capitals_end(&self, start: usize) -> usize {
        let words = &self.clauses.reading.words;
        let mut end = start;
        while end < words.len()
            && words[end].capital
            && words[end].class == Class::Open
            && (end == start || !words[end].before.has(Gap::CLAUSE))
        {
            end += 1;
            if words[end - 1].possessive {
                break;
            }
        }
        end
    }

    /// The end of the apposition after a name, or of the name itself.
    fn apposition_end(&self, end: usize) -> usize {
        let words = &self.clauses.reading.words;
        let Some(next) = words.get(end) else { return end };
        let noun = || self.clauses.names_speaker(&(end..(end + 4).min(words.len())));
        let explains = next.class == Class::Determiner || noun();
        if !next.before.has(Gap::COMMA) || next.before.has(Gap::SENTENCE) || !explains {
            return end;
        }
        let limit = self.clauses.reading.sentence_of(end).end;
        (end + 1..limit).find(|&t| self.clauses.cues.report_at(t).is_some()).unwrap_or(limit)
    }

    /// A name without `President`, `Mr.`, `Chinese Vice Foreign Minister` before it.
    pub(super) fn without_title(&self, tokens: &Range<usize>) -> Range<usize> {
        let words = &self.clauses.reading.words;
        let title_end = |t: usize| {
            let noun = self.clauses.speaker_noun_end(t);
            let end = noun.or_else(|| TITLES.contains(&words[t].lower).then_some(t + 1))?;
            // "Secretary of State Lee"
            let office = words[t].capital
                && words.get(end).is_some_and(|w| w.lower == "of")
                && words.get(end + 1).is_some_and(|w| OFFICES.contains(&w.lower));
            Some(if office { end + 2 } else { end })
        };
        let names = |&end: &usize| end < tokens.end && words[end].capital;
        let start = tokens.clone().filter_map(title_end).filter(names).max();
        let start = start.unwrap_or(tokens.start);
        start..tokens.end
    }

    /// The full naming of somebody: the first that is explained, else the first.
    pub(super) fn naming_of(&self, bare: &Range<usize>) -> Option<&Naming> {
        let words = &self.clauses.reading.words;
        let (first, last) = (words[bare.start].lower, words[bare.end - 1].lower);
        if !words[bare.end - 1].capital {
            return None;
        }
        let ends = |n: &Naming| words[n.name.end - 1].lower == last;
        let begins = |n: &Naming| words[n.name.start].lower == first;
        let explained = |n: &Naming| n.full.end > n.name.end || n.full.start + 1 < n.name.start;
        // A bare family name may stand last or, in China or Hungary, first.
        let rank = |n: &Naming| match (ends(n), begins(n)) {
            (true, true) => Some(0),
            (true, false) if bare.len() == 1 => Some(0),
            (false, true) if bare.len() == 1 => Some(1),
            _ => None,
        };
        let ranked = self.namings.iter().filter_map(|n| Some((rank(n)?, !explained(n), n)));
        ranked.min_by_key(|(rank, plain, n)| (*rank, *plain, n.name.start)).map(|(.., n)| n)
    }

    /// The gender that a title before this name gives away, anywhere in the article.
    pub(super) fn gender_of(&self, tokens: &Range<usize>) -> Option<Gender> {
        let words = &self.clauses.reading.words;
        let last = words[tokens.end - 1].lower;
        let own = tokens.clone().find_map(|t| gender_of_noun(words[t].lower));
        own.or_else(|| self.genders.iter().find(|(name, _)| *name == last).map(|(_, g)| *g))
    }
}

fn gender_of_noun(lower: &str) -> Option<Gender> {
    match lower {
        "mr" | "sir" | "spokesman" | "chairman" | "congressman" | "businessman" | "king"
        | "prince" | "father" | "brother" | "man" => Some(Gender::Male),
        "mrs" | "ms" | "miss" | "madam" | "spokeswoman" | "chairwoman" | "congresswoman"
        | "businesswoman" | "queen" | "princess" | "mother" | "sister" | "woman" => {
            Some(Gender::Female)
        }
        _ => None,
    }
}

/// What a secretary or minister may be one of.
const OFFICES: &[&str] = &["commerce", "defence", "defense", "education", "labor", "state"];

#[rustfmt::skip]
const TITLES: &[&str] = &[
    "capt", "col", "dr", "gen", "gov", "lt", "madam", "miss", "mr", "mrs", "ms", "prof", "rep",
    "rev", "sen", "sens", "reps", "sgt", "sir", "st", "king", "queen", "prince", "princess",
    "archbishop", "bishop", "cardinal", "del", "speaker",
];
