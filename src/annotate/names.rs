//! Full names in an article, and which of them a surname stands for.
//!
//! "Zhang" is "Zhang Hong" if the article says so anywhere, wherever the family name stands.

use std::ops::Range;

use hashbrown::HashMap;

use crate::annotate::clauses::Clauses;
use crate::annotate::cues::{Cue, Role, Speaks};
use crate::annotate::facts::SpeakerKind;
use crate::annotate::grammar::{Class, is_participle, is_plural};
use crate::annotate::reading::{Gap, Word};

/// A full name somewhere in the article.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    /// The name without titles.
    pub(super) name: Range<usize>,
    /// With the title before it and the apposition after it.
    pub(super) full: Range<usize>,
    /// Whether a title stands before it.
    titled: bool,
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
    /// The best naming, as a position in `namings`, by its last word, its first word, and both.
    by_last: Index<&'a str, usize>,
    by_first: Index<&'a str, usize>,
    by_both: Index<(&'a str, &'a str), usize>,
    /// Names right after a word that gives their gender away, by the first such word.
    genders: Index<&'a str, Gender>,
}

type Index<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

impl<'c, 'r, 'a> Names<'c, 'r, 'a> {
    /// Every full name of two to four words outside the headline.
    pub(super) fn find(clauses: &'c Clauses<'r, 'a>) -> Self {
        let reading = clauses.reading;
        let mut names = Self {
            clauses,
            namings: Vec::new(),
            by_last: Index::default(),
            by_first: Index::default(),
            by_both: Index::default(),
            genders: Index::default(),
        };
        let named = |pair: &&[Word<'a>]| pair[0].capital && pair[1].capital;
        for pair in reading.words.windows(2).filter(named) {
            if let Some(gender) = gender_of_noun(pair[0].lower) {
                names.genders.entry(pair[1].lower).or_insert(gender);
            }
        }
        let mut at = 0;
        while at < reading.words.len() {
            let end = names.capitals_end(at);
            let name = names.without_title(&(at..end));
            let pair = name.len() == 2 && reading.gap(name.start + 1).has(Gap::HYPHEN);
            if !pair && !reading.in_title(at) && (2..5).contains(&name.len()) {
                let set_off = reading.gap(at).has(Gap::ANY) && !reading.gap(at).has(Gap::HYPHEN);
                // "the envoy, Ann Lee"; but not "asked about Oran, Ann Lee"
                let office = at > 0 && clauses.names_speaker(&(at - 1..at));
                let before = if set_off && !office { at } else { at.saturating_sub(1) };
                let start = before.max(reading.sentence_of(at).start);
                let (titled, full) = (name.start > at, start..names.apposition_end(end));
                names.namings.push(Naming { name, full, titled });
            }
            at = end.max(at + 1);
        }
        names.index();
        names
    }

    /// Notes the best naming for each word that may stand for it: the first that is explained, else
    /// the first.
    fn index(&mut self) {
        let words = &self.clauses.reading.words;
        let explained = |n: &Naming| n.full.end > n.name.end || n.titled;
        let (first, rest): (Vec<_>, Vec<_>) =
            (0..self.namings.len()).partition(|&at| explained(&self.namings[at]));
        for at in first.into_iter().chain(rest) {
            let name = &self.namings[at].name;
            let (first, last) = (words[name.start].lower, words[name.end - 1].lower);
            self.by_last.entry(last).or_insert(at);
            self.by_first.entry(first).or_insert(at);
            self.by_both.entry((first, last)).or_insert(at);
        }
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
        let own = tokens.start..self.own_end(tokens);
        let start = own.clone().filter_map(title_end).filter(names).max();
        if own.end < tokens.end {
            return start.filter(|&start| start < own.end).unwrap_or(tokens.start)..tokens.end;
        }
        let start = start.unwrap_or_else(|| self.office_end(tokens));
        start..tokens.end
    }

    /// "a spokesman | for President Lee", "allies | of Mr. Lee": where the words for somebody end and
    /// those begin that tell whose man he is.
    pub(super) fn own_end(&self, tokens: &Range<usize>) -> usize {
        let words = &self.clauses.reading.words;
        let hyphen = |t: usize| words.get(t).is_some_and(|w| w.before.has(Gap::HYPHEN));
        // "under-secretary", "son-in-law"
        let links = |&t: &usize| {
            matches!(words[t].class, Class::Preposition | Class::To) && !hyphen(t) && !hyphen(t + 1)
        };
        let Some(link) = (tokens.start + 1..tokens.end).find(links) else { return tokens.end };
        let titled = link + 1 < tokens.end && self.clauses.names_person(link + 1);
        let named = |t: usize| is_participle(words[t].lower) && t > tokens.start;
        let head = link - usize::from(named(link - 1));
        let speaks = |cue: &Cue| match cue.role {
            // "a letter from President Lee": he speaks.
            Role::Speaker(kind, speaks) if cue.tokens.end == head => {
                let person = speaks == Speaks::Person;
                let word = &words[head - 1];
                let initial = word.before.has(Gap::SENTENCE)
                    && is_plural(word.lower)
                    && !self.explains(link, tokens.end);
                let small = !word.capital || person && initial;
                person && titled || small && (person || kind == SpeakerKind::Official)
            }
            _ => false,
        };
        // "the chief of staff Ann Lee"
        let over = |cue: &Cue| matches!(cue.role, Role::Speaker(..)) && cue.tokens.end > link;
        let cues = self.clauses.cues.within(&(tokens.start..link));
        let somebody = cues.iter().any(speaks) && !cues.iter().any(over);
        if somebody { link } else { tokens.end }
    }

    /// "Secretary of | State Ann Lee", "envoy to the | UN Ann Lee": where the name begins in a run of
    /// capitals that goes on with an office.
    fn office_end(&self, tokens: &Range<usize>) -> usize {
        let words = &self.clauses.reading.words;
        let first = self.clauses.reading.sentence_of(tokens.start).start;
        let back = |at: usize, list: &[&str]| {
            at > first && list.contains(&words[at - 1].lower) && !words[at].before.has(Gap::ANY)
        };
        let the = usize::from(back(tokens.start, &["the"]));
        let at = tokens.start - the;
        let linked = tokens.len() > 2 && back(at, &["of", "to", "for"]) && at > first + 1;
        let person = |t: usize| self.clauses.names_person(t);
        if !linked || !(person(at - 2) || at > first + 2 && person(at - 3)) {
            return tokens.start;
        }
        let printed = words[tokens.start].span.of(self.clauses.reading.basis);
        match () {
            () if OFFICES.contains(&words[tokens.start].lower) => tokens.end - 2,
            () if printed.chars().all(|c| !c.is_lowercase()) => tokens.start + 1,
            () => tokens.start,
        }
    }

    /// "Doctors for the Harbour adviser | Ann Lee": whether a noun for a person stands right before a name
    /// among some words.
    fn explains(&self, from: usize, end: usize) -> bool {
        let words = &self.clauses.reading.words;
        let person = |t: usize| self.clauses.names_person(t) && !words[t].capital;
        (from + 1..end.saturating_sub(1)).any(|t| person(t) && words[t + 1].capital)
    }

    /// The full naming of somebody: the first that is explained, else the first.
    pub(super) fn naming_of(&self, bare: &Range<usize>) -> Option<&Naming> {
        let words = &self.clauses.reading.words;
        let (first, last) = (words[bare.start].lower, words[bare.end - 1].lower);
        if !words[bare.end - 1].capital {
            return None;
        }
        let at = if bare.len() == 1 {
            // A bare family name may stand last or, in China or Hungary, first.
            self.by_last.get(last).or_else(|| self.by_first.get(first))
        } else {
            self.by_both.get(&(first, last))
        };
        at.map(|&at| &self.namings[at])
    }

    /// The gender that a title before this name gives away, anywhere in the article.
    pub(super) fn gender_of(&self, tokens: &Range<usize>) -> Option<Gender> {
        let words = &self.clauses.reading.words;
        let last = words[tokens.end - 1].lower;
        let own_end = self.own_end(tokens);
        let own = (tokens.start..own_end).find_map(|t| gender_of_noun(words[t].lower));
        if own_end < tokens.end {
            return own;
        }
        own.or_else(|| self.genders.get(last).copied()).or_else(|| {
            let bare = self.without_title(tokens);
            let name = self.naming_of(&bare).map_or(bare, |naming| naming.name.clone());
            // A name of one word is a family name.
            if name.len() > 1 { gender_of_name(words[name.start].lower) } else { None }
        })
    }

    /// The one full name among some words, if it is the only one: two names for one person are one.
    pub(super) fn only_one(
        &self,
        tokens: &Range<usize>,
        fits: impl Fn(&Naming) -> bool,
    ) -> Option<&Naming> {
        let words = &self.clauses.reading.words;
        let last = |n: &Naming| words[n.name.end - 1].lower;
        let from = self.namings.partition_point(|n| n.name.start < tokens.start);
        let inside = self.namings[from..].iter().take_while(|n| n.name.end <= tokens.end);
        let mut inside = inside.filter(|n| fits(n));
        let first = inside.next()?;
        inside.all(|n| last(n) == last(first)).then_some(first)
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

/// The gender that a first name tells, if nearly everybody who bears it has that one.
fn gender_of_name(lower: &str) -> Option<Gender> {
    match () {
        () if MEN.binary_search(&lower).is_ok() => Some(Gender::Male),
        () if WOMEN.binary_search(&lower).is_ok() => Some(Gender::Female),
        () => None,
    }
}

/// Common first names of men, sorted.
#[rustfmt::skip]
const MEN: &[&str] = &[
    "aaron", "abdul", "adam", "ahmed", "alan", "albert", "alexander", "alexei", "ali", "andrew",
    "anthony", "antonio", "arthur", "barack", "benjamin", "bernard", "bill", "bob", "boris",
    "brad", "brett", "brian", "bruce", "carl", "carlos", "charles", "chris", "christopher",
    "chuck", "colin", "craig", "dan", "daniel", "dave", "david", "dennis", "dick", "dmitry",
    "don", "donald", "douglas", "ed", "eduardo", "edward", "elon", "emmanuel", "eric", "ernest",
    "evan", "francisco", "francois", "frank", "fred", "gary", "geoffrey", "george", "gerald",
    "glenn", "gordon", "greg", "gregory", "hans", "harold", "harry", "hassan", "henry", "herbert",
    "hugh", "ian", "igor", "ivan", "jack", "jacob", "james", "jason", "javier", "jeff", "jeffrey",
    "jerome", "jerry", "jim", "jimmy", "joe", "joel", "john", "jon", "jonathan", "jorge", "jose",
    "joseph", "joshua", "juan", "justin", "keith", "ken", "kenneth", "kevin", "larry", "lawrence",
    "leon", "leonard", "luis", "luke", "marco", "mark", "martin", "matt", "matthew", "michael",
    "mike", "mikhail", "mohamed", "mohammed", "muhammad", "nathan", "neil", "nicholas", "nicolas",
    "nigel", "oleg", "oliver", "oscar", "patrick", "paul", "pedro", "peter", "phil", "philip",
    "rafael", "ralph", "ray", "raymond", "richard", "rick", "robert", "roberto", "roger", "ron",
    "ronald", "rudy", "russell", "samuel", "scott", "sean", "sebastian", "sergei", "sergey",
    "simon", "stephen", "steve", "steven", "stuart", "ted", "terrence", "thomas", "tim",
    "timothy", "todd", "tom", "tony", "viktor", "vincent", "vladimir", "volodymyr", "walter",
    "warren", "william", "xavier", "yuri", "zachary",
];

/// Common first names of women, sorted.
#[rustfmt::skip]
const WOMEN: &[&str] = &[
    "abigail", "alexandra", "alice", "alison", "amanda", "amy", "ana", "angela", "anita", "ann",
    "anna", "anne", "annie", "barbara", "beth", "betsy", "betty", "brenda", "bridget", "carla",
    "carol", "caroline", "catherine", "charlotte", "cheryl", "christina", "christine", "cindy",
    "claire", "claudia", "cynthia", "daniela", "deborah", "debra", "denise", "diana", "diane",
    "donna", "dorothy", "elena", "elizabeth", "ellen", "emily", "emma", "erin", "eva", "eve",
    "fatima", "fiona", "frances", "gloria", "grace", "hannah", "heather", "heidi", "helen",
    "hillary", "irene", "isabel", "jane", "janet", "janice", "jennifer", "jenny", "jessica",
    "jill", "joan", "joanna", "joyce", "judith", "judy", "julia", "julie", "karen", "kate",
    "katherine", "kathleen", "kathryn", "kathy", "katie", "kellyanne", "kimberly", "kirsten",
    "kristen", "laura", "lauren", "linda", "lisa", "liz", "louise", "lucy", "lynn", "madeleine",
    "margaret", "maria", "marie", "martha", "mary", "megan", "melania", "melissa", "michelle",
    "monica", "nadia", "nancy", "natalia", "natalie", "nicole", "nikki", "nina", "olga", "olivia",
    "pamela", "patricia", "paula", "rachel", "rebecca", "renee", "rosa", "ruth", "samantha",
    "sandra", "sarah", "sharon", "sheila", "shirley", "sofia", "sonia", "sophie", "stephanie",
    "sue", "susan", "suzanne", "svetlana", "sylvia", "tatiana", "teresa", "theresa", "tina",
    "valerie", "vanessa", "veronica", "victoria", "wendy", "yvonne",
];

/// What a secretary or minister may be one of.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "agriculture", "commerce", "defence", "defense", "education", "energy", "health", "homeland",
    "interior", "labor", "state", "transportation", "treasury",
];

#[rustfmt::skip]
const TITLES: &[&str] = &[
    "capt", "col", "dr", "gen", "gov", "lt", "madam", "miss", "mr", "mrs", "ms", "prof", "rep",
    "rev", "sen", "sens", "reps", "sgt", "sir", "st", "king", "queen", "prince", "princess",
    "archbishop", "bishop", "cardinal", "del", "speaker",
];
