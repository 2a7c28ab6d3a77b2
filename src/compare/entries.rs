//! What each lexicon entry finds in a corpus: how often, in which forms, and three places to judge.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::evidence::{pieces, sides};
use crate::lexicon::{EntryId, Lexicon, MatchMode};
use crate::tally::{ArticleRecord, MentionRecord, StableHash, collapse};

/// Places shown for an entry.
const PLACES: usize = 3;

/// A lexicon row as the tables name it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryName {
    /// File name without ending.
    pub lexicon: &'static str,
    /// Its line there, from 1.
    pub line: u64,
    /// The path of its category.
    pub category: String,
    /// The term as typed.
    pub term: String,
    /// How its words are compared.
    pub mode: &'static str,
}

/// How often one entry matches.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    /// Which.
    pub name: EntryName,
    /// How often it matches; `None` for a blocker, whose matches only take their words.
    pub mentions: Option<u64>,
    /// Articles in which it does.
    pub articles: Option<u64>,
    /// Outlets in which it does.
    pub outlets: Option<u64>,
    /// Share of all articles in which it does, in [0, 1]; `None` without articles.
    pub share_articles: Option<f64>,
    /// Its share of the mentions of its category, in [0, 1]; `None` if that has none.
    pub share_category: Option<f64>,
    /// `used`, `unused` or `blocker`.
    pub status: &'static str,
}

/// One place where an entry matches, to accept or to strike.
#[derive(Clone, Debug, PartialEq)]
pub struct ContextRow {
    /// Which.
    pub name: EntryName,
    /// 1 to 3.
    pub context_no: u64,
    /// The article.
    pub article_id: String,
    /// Its outlet.
    pub outlet: String,
    /// Sentence number, from 1, the title first.
    pub sentence_no: u32,
    /// The words before the match.
    pub before: String,
    /// The match.
    pub matched: String,
    /// The words after it.
    pub after: String,
}

/// One form of words that an entry matches.
#[derive(Clone, Debug, PartialEq)]
pub struct FormRow {
    /// Which.
    pub name: EntryName,
    /// The words in small letters.
    pub form: String,
    /// How often.
    pub mentions: u64,
    /// The entry is one word compared by stem, and the form is more than an inflection of it.
    pub derived: bool,
}

/// What every entry finds; articles are added one by one, in any order.
#[derive(Clone, Debug)]
pub struct EntryUse<'a> {
    lexicon: &'a Lexicon,
    entries: Vec<Found>,
    articles: u64,
}

/// What one entry finds.
#[derive(Clone, Debug, Default)]
struct Found {
    mentions: u64,
    articles: u64,
    outlets: BTreeSet<String>,
    forms: BTreeMap<String, u64>,
    /// By outlet the places with the smallest hashes, sorted.
    places: BTreeMap<String, Vec<Place>>,
}

/// A place: its hash, article, sentence, and the words before, in and after the match.
type Place = (u64, String, u32, [String; 3]);

impl<'a> EntryUse<'a> {
    /// Nothing found yet.
    pub fn new(lexicon: &'a Lexicon) -> Self {
        let entries = vec![Found::default(); lexicon.entries.len()];
        EntryUse { lexicon, entries, articles: 0 }
    }

    /// Adds what is found in one article.
    pub fn add(&mut self, record: &ArticleRecord) {
        self.articles += 1;
        let mut here: Vec<EntryId> = Vec::new();
        for mention in &record.mentions {
            here.push(mention.entry);
            self.add_mention(record, mention);
        }
        for cue in &record.cues {
            here.push(cue.entry);
            self.entries[cue.entry.0 as usize].mentions += 1;
        }
        here.sort_unstable();
        here.dedup();
        for entry in here {
            let found = &mut self.entries[entry.0 as usize];
            found.articles += 1;
            if !found.outlets.contains(&record.outlet) {
                found.outlets.insert(record.outlet.clone());
            }
        }
    }

    fn add_mention(&mut self, record: &ArticleRecord, mention: &MentionRecord) {
        let found = &mut self.entries[mention.entry.0 as usize];
        found.mentions += 1;
        let pieces = pieces(record, mention);
        *found.forms.entry(collapse(&pieces[1]).to_lowercase()).or_insert(0) += 1;
        let hash = StableHash::default()
            .text(&record.id)
            .number(u64::from(mention.sentence))
            .number(u64::from(mention.chars.start))
            .finish();
        let places = found.places.entry(record.outlet.clone()).or_default();
        let last = places.last().filter(|_| places.len() == PLACES);
        if last.is_none_or(|last| (hash, record.id.as_str()) < (last.0, last.1.as_str())) {
            places.push((hash, record.id.clone(), mention.sentence, pieces));
            places.sort_unstable();
            places.truncate(PLACES);
        }
    }

    /// One row per entry, in lexicon order, those that match nothing included.
    pub fn entries(&self) -> Vec<EntryRow> {
        let mut of_category: BTreeMap<u32, u64> = BTreeMap::new();
        for (entry, found) in self.lexicon.entries.iter().zip(&self.entries) {
            *of_category.entry(entry.category.0).or_insert(0) += found.mentions;
        }
        let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
        let row = |(at, found): (usize, &Found)| {
            let category = self.lexicon.entries[at].category;
            let blocker = self.lexicon.category(category).blocker;
            let counted = |n: u64| (!blocker).then_some(n);
            EntryRow {
                name: self.name(at),
                mentions: counted(found.mentions),
                articles: counted(found.articles),
                outlets: counted(found.outlets.len() as u64),
                share_articles: share(found.articles, self.articles).filter(|_| !blocker),
                share_category: share(found.mentions, of_category[&category.0])
                    .filter(|_| !blocker),
                status: match (blocker, found.mentions) {
                    (true, _) => "blocker",
                    (false, 0) => "unused",
                    (false, _) => "used",
                },
            }
        };
        self.entries.iter().enumerate().map(row).collect()
    }

    /// Up to three places of every entry that matches, in lexicon order: of different outlets as far
    /// as there are any. Which ones depends on nothing but the articles. Cues have none: their places
    /// are not kept.
    pub fn contexts(&self) -> Vec<ContextRow> {
        let mut rows = Vec::new();
        for (at, found) in self.entries.iter().enumerate() {
            let mut places: Vec<(usize, &String, &Place)> = Vec::new();
            for (outlet, of_outlet) in &found.places {
                places.extend(of_outlet.iter().enumerate().map(|(nth, p)| (nth, outlet, p)));
            }
            places.sort_by_key(|(nth, outlet, place)| (*nth, place.0, outlet.as_str()));
            for (no, (_, outlet, place)) in (1..).zip(places.into_iter().take(PLACES)) {
                rows.push(context(self.name(at), no, outlet, place));
            }
        }
        rows
    }

    /// Every form of words that an entry matches, in lexicon order, the commonest first.
    pub fn forms(&self) -> Vec<FormRow> {
        let mut rows = Vec::new();
        for (at, found) in self.entries.iter().enumerate() {
            let entry = &self.lexicon.entries[at];
            let by_stem = entry.mode == MatchMode::Stem && !entry.term.contains(' ');
            let terms: Vec<String> = entry.phrases().iter().map(|p| p.to_lowercase()).collect();
            let mut forms: Vec<(&String, &u64)> = found.forms.iter().collect();
            forms.sort_by_key(|(form, n)| (std::cmp::Reverse(**n), *form));
            rows.extend(forms.into_iter().map(|(form, &mentions)| FormRow {
                name: self.name(at),
                derived: by_stem && !terms.iter().any(|term| is_inflection(term, form)),
                form: form.clone(),
                mentions,
            }));
        }
        rows
    }

    fn name(&self, at: usize) -> EntryName {
        let entry = &self.lexicon.entries[at];
        EntryName {
            lexicon: entry.kind.file_stem(),
            line: entry.line,
            category: self.lexicon.category(entry.category).path.clone(),
            term: entry.term.clone(),
            mode: entry.mode.name(),
        }
    }
}

fn context(name: EntryName, context_no: u64, outlet: &str, place: &Place) -> ContextRow {
    let (_, article_id, sentence_no, pieces) = place;
    let [before, after] = sides(pieces);
    ContextRow {
        name,
        context_no,
        article_id: article_id.clone(),
        outlet: outlet.to_owned(),
        sentence_no: *sentence_no,
        before,
        matched: collapse(&pieces[1]),
        after,
    }
}

/// Whether two words are forms of one: plural, past, participle, possessive.
fn is_inflection(one: &str, other: &str) -> bool {
    let bases = |word: &str| -> BTreeSet<String> {
        let word = word.replace('’', "'");
        let word = word.strip_suffix("'s").or(word.strip_suffix('\'')).unwrap_or(&word);
        let mut bases = BTreeSet::from([word.to_owned()]);
        for ending in ["s", "es", "d", "ed", "ing", "r", "er"] {
            let Some(base) = word.strip_suffix(ending) else { continue };
            bases.insert(base.to_owned());
            bases.insert(format!("{base}e"));
            if let Some(base) = base.strip_suffix('i') {
                bases.insert(format!("{base}y"));
            }
            let doubled = base.chars().last().filter(|c| base.ends_with(&format!("{c}{c}")));
            bases.extend(doubled.map(|c| base[..base.len() - c.len_utf8()].to_owned()));
        }
        bases
    };
    !bases(one).is_disjoint(&bases(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::lexicon_fixture::lexicon;
    use crate::tally::Tally;
    use crate::tally::fixture::{Part, article, records};

    fn used<'a>(lexicon: &'a Lexicon, tally: &Tally) -> EntryUse<'a> {
        let mut found = EntryUse::new(lexicon);
        records(tally).iter().for_each(|record| found.add(record));
        found
    }

    fn tally() -> Tally {
        let part = |text: &str| Part::body(text).mention("secure", 1).mention("security", 1);
        let of = |id: &str, outlet: &str| article(id, outlet, &[part("They secure a security.")]);
        let all = [of("a", "Alpha"), of("b", "Alpha"), of("c", "Beta"), of("d", "Gamma")];
        Tally::merge_all(all).unwrap()
    }

    fn lists() -> Lexicon {
        lexicon(&[("actors", "china", "China"), ("frames", "order", "secure")])
    }

    #[test]
    fn places_are_of_different_outlets_and_do_not_depend_on_order() {
        let (lexicon, tally) = (lists(), tally());
        let contexts = used(&lexicon, &tally).contexts();
        let outlets: BTreeSet<&str> = contexts.iter().map(|c| c.outlet.as_str()).collect();
        assert_eq!(outlets.len(), 3);
        let mut backwards = EntryUse::new(&lexicon);
        records(&tally).iter().rev().for_each(|record| backwards.add(record));
        assert_eq!(backwards.contexts(), contexts);
    }

    #[test]
    fn entries_that_match_nothing_are_listed() {
        let (lexicon, tally) = (lists(), tally());
        let rows = used(&lexicon, &tally).entries();
        assert_eq!((rows[0].status, rows[0].mentions), ("unused", Some(0)));
        assert_eq!((rows[1].mentions, rows[1].share_articles), (Some(8), Some(1.0)));
        assert_eq!(rows[0].share_category, None);
    }

    #[test]
    fn a_form_that_is_no_inflection_is_marked() {
        let (lexicon, tally) = (lists(), tally());
        let forms = used(&lexicon, &tally).forms();
        let shown: Vec<(&str, bool)> = forms.iter().map(|f| (f.form.as_str(), f.derived)).collect();
        assert_eq!(shown, [("secure", false), ("security", true)]);
        for (one, other) in
            [("ally", "allies"), ("ban", "banned"), ("blame", "blaming"), ("war", "war's")]
        {
            assert!(is_inflection(one, other), "{one} {other}");
        }
        assert!(!is_inflection("operate", "operation"));
    }
}
