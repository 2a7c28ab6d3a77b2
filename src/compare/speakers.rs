//! Who gets how many words in which outlet: the quotes summed by speaker.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::annotate::{Form, SpeakerKind, Stance};
use crate::base::{Section, Voice};
use crate::compare::cells::share;
use crate::compare::comparison::Comparison;
use crate::compare::fold::{Article, Fold};
use crate::compare::quotes::speaker_kind_name;
use crate::compare::units::Once;
use crate::tally::{ArticleRecord, QuoteRecord};

/// One speaker in one outlet.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeakerRow {
    /// The outlet.
    pub outlet: String,
    /// The resolved name; empty for all quotes whose speaker is not resolved.
    pub speaker: String,
    /// The topmost actor that most of the speaker's quotes give, among those that give one; empty
    /// if none does, and for speakers that are not resolved.
    pub speaker_actor: String,
    /// The kind that most of the quotes give, `other` only if none gives another; empty for
    /// speakers that are not resolved.
    pub speaker_kind: &'static str,
    /// Articles with such a quote.
    pub articles: u64,
    /// What is summed of the quotes.
    pub sums: SpeakerSums,
    /// Share of the outlet's attributed words, in [0, 1]; `None` if the outlet attributes none.
    pub share_words: Option<f64>,
}

/// The quotes of one speaker; what nobody is said to say is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpeakerSums {
    /// Quotes by form: direct, indirect, partial.
    pub quotes: [u64; 3],
    /// Their words by form: direct, indirect, partial.
    pub words: [u64; 3],
    /// Their words, each word of an article once: what stands within two quotes counts for the outer
    /// one.
    pub words_attributed: u64,
    /// Quotes by the stance of the verb, neutral, endorsing, emphatic, doubting,
    /// hostile, conceding, opinion.
    pub stances: [u64; 7],
    /// Quotes without an agent or of a collective.
    pub vague: u64,
}

/// The stances in printed order.
const STANCES: [Stance; 7] = [
    Stance::Neutral,
    Stance::Endorsing,
    Stance::Emphatic,
    Stance::Doubting,
    Stance::Hostile,
    Stance::Conceding,
    Stance::Opinion,
];

impl SpeakerSums {
    fn add(&mut self, form: usize, quote: &QuoteRecord, words_once: u64) {
        self.quotes[form] += 1;
        self.words[form] += u64::from(quote.words);
        self.words_attributed += words_once;
        let stance = STANCES.iter().position(|stance| *stance == quote.stance);
        self.stances[stance.expect("every stance is listed")] += 1;
        self.vague += u64::from(quote.vague);
    }
}

/// The sums of one speaker, and what the quotes say about who it is.
#[derive(Clone, Debug, Default)]
struct Speaker {
    articles: u64,
    sums: SpeakerSums,
    actors: BTreeMap<String, u64>,
    kinds: BTreeMap<SpeakerKind, u64>,
}

/// Sums of quotes by speaker, one article after the other.
#[derive(Clone, Debug)]
pub struct Speakers {
    outlets: Vec<BTreeMap<String, Speaker>>,
    /// Speakers in near-duplicates.
    met: Once<String>,
}

impl Fold for Speakers {
    fn add(&mut self, article: &Article<'_>) {
        let (comparison, record) = (article.comparison, article.record);
        let outlet = &mut self.outlets[article.outlet];
        let mut met: Vec<&str> = Vec::new();
        for (quote, form, words_once) in attributed(record) {
            if !outlet.contains_key(&quote.speaker) {
                outlet.insert(quote.speaker.clone(), Speaker::default());
            }
            let Some(speaker) = outlet.get_mut(&quote.speaker) else { continue };
            if !met.contains(&quote.speaker.as_str()) {
                met.push(&quote.speaker);
                let new = self.met.is_new(article, || quote.speaker.clone());
                speaker.articles += u64::from(new);
            }
            speaker.sums.add(form, quote, words_once);
            if let Some(actor) = quote.speaker_actor {
                *speaker.actors.entry(comparison.actor_name(Some(actor))).or_default() += 1;
            }
            *speaker.kinds.entry(quote.speaker_kind).or_default() += 1;
        }
    }
}

impl Speakers {
    /// No article yet.
    pub fn new(comparison: &Comparison<'_>) -> Self {
        Speakers { outlets: vec![BTreeMap::new(); comparison.outlets.len()], met: Once::default() }
    }

    /// A row for every outlet and speaker, most words first, speakers that are not resolved last.
    pub fn rows(&self, comparison: &Comparison<'_>) -> Vec<SpeakerRow> {
        let mut rows = Vec::new();
        for (outlet, speakers) in comparison.outlets.iter().zip(&self.outlets) {
            let all: u64 = speakers.values().map(|s| s.sums.words_attributed).sum();
            let mut sorted: Vec<(&String, &Speaker)> = speakers.iter().collect();
            sorted.sort_by_key(|(name, one)| {
                (name.is_empty(), Reverse(one.sums.words_attributed), *name)
            });
            rows.extend(sorted.into_iter().map(|(name, one)| SpeakerRow {
                outlet: outlet.to_string(),
                speaker: name.clone(),
                speaker_actor: if name.is_empty() { String::new() } else { one.actor() },
                speaker_kind: if name.is_empty() { "" } else { one.kind() },
                articles: one.articles,
                sums: one.sums,
                share_words: share(one.sums.words_attributed, all),
            }));
        }
        rows
    }
}

impl Speaker {
    fn actor(&self) -> String {
        let most = self.actors.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        most.map_or_else(String::new, |(actor, _)| actor.clone())
    }

    fn kind(&self) -> &'static str {
        let says = self.kinds.iter().filter(|(kind, _)| **kind != SpeakerKind::Other);
        let most = says.max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        speaker_kind_name(most.map_or(SpeakerKind::Other, |(kind, _)| *kind))
    }
}

/// Position of a quote's form among those of what somebody is said to say; `None` for words in
/// quotation marks without a speaker, and for what is attributed to nobody ("is believed to"), whose
/// words stay the outlet's own.
fn form_at(quote: &QuoteRecord) -> Option<usize> {
    match quote.form {
        Form::Direct => Some(0),
        Form::Indirect if quote.voice == Voice::Own => None,
        Form::Indirect => Some(1),
        Form::Partial => Some(2),
        Form::Scare => None,
    }
}

/// The quotes of what somebody is said to say, by place, with the position of their form and their
/// words that stand in no quote before or around them.
fn attributed(record: &ArticleRecord) -> Vec<(&QuoteRecord, usize, u64)> {
    // Offsets of a record start again in its text, so that the title stands apart.
    let in_title = |quote: &QuoteRecord| {
        record.paragraphs.get(quote.paragraph as usize).is_some_and(|p| p.section == Section::Title)
    };
    let said = |quote| Some((quote, form_at(quote)?));
    let mut quotes: Vec<(&QuoteRecord, usize)> = record.quotes.iter().filter_map(said).collect();
    quotes.sort_by_key(|(quote, form)| {
        (!in_title(quote), quote.chars.start, Reverse(quote.chars.end), *form)
    });
    let mut rows = Vec::with_capacity(quotes.len());
    let mut reached = (true, 0);
    for (quote, form) in quotes {
        if reached.0 != in_title(quote) {
            reached = (false, 0);
        }
        let words = match (quote.chars.start >= reached.1, quote.chars.end > reached.1) {
            (true, _) => u64::from(quote.words),
            (false, true) => words_after(record, quote, reached.1),
            (false, false) => 0,
        };
        reached.1 = reached.1.max(quote.chars.end);
        rows.push((quote, form, words));
    }
    rows
}

/// The words of a quote from some place on.
fn words_after(record: &ArticleRecord, quote: &QuoteRecord, place: u32) -> u64 {
    let first = record.paragraphs.get(quote.paragraph as usize).map_or(0, |p| p.words.0);
    let words = record.words.get(first as usize..).unwrap_or_default().iter();
    let within = words.take_while(|word| word.chars.start < quote.chars.end);
    within.filter(|word| word.chars.start >= place).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::lexicon_fixture::lexicon;
    use crate::lexicon::{CategoryId, Kind};
    use crate::tally::fixture::{Part, article, changed};
    use crate::tally::{CharSpan, Tally};

    fn quote(form: Form, (start, end): (u32, u32), speaker: &str) -> QuoteRecord {
        QuoteRecord {
            form,
            chars: CharSpan { start, end },
            sentence: 1,
            paragraph: 0,
            words: (end - start) / 10,
            voice: if form == Form::Direct { Voice::Quoted } else { Voice::Reported },
            speaker_text: speaker.into(),
            speaker: speaker.into(),
            speaker_actor: None,
            speaker_kind: SpeakerKind::Other,
            stance: Stance::Neutral,
            vague: false,
        }
    }

    fn rows(articles: Vec<Vec<QuoteRecord>>) -> Vec<SpeakerRow> {
        let lexicon = lexicon(&[("actors", "us/state", "US")]);
        let tallies = articles.into_iter().enumerate().map(|(at, quotes)| {
            let tally = article(&format!("a{at}"), "Alpha", &[Part::body("Words.")]);
            changed(tally, |record| record.quotes.clone_from(&quotes))
        });
        let tally = Tally::merge_all(tallies).unwrap();
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        comparison.fold(Speakers::new(&comparison)).unwrap().rows(&comparison)
    }

    #[test]
    fn words_are_summed_by_speaker_and_those_without_a_name_stand_in_one_row() {
        let rows = rows(vec![
            vec![quote(Form::Direct, (0, 90), "Lee"), quote(Form::Indirect, (100, 150), "")],
            vec![quote(Form::Indirect, (0, 60), "Lee"), quote(Form::Scare, (70, 90), "")],
        ]);
        let shown: Vec<_> = rows
            .iter()
            .map(|r| (r.speaker.as_str(), r.articles, r.sums.quotes, r.sums.words))
            .collect();
        assert_eq!(shown, [("Lee", 2, [1, 1, 0], [9, 6, 0]), ("", 1, [0, 1, 0], [0, 5, 0])]);
        assert_eq!(rows[0].share_words, Some(0.75));
        assert_eq!((rows[0].speaker_kind, rows[1].speaker_kind), ("other", ""));
    }

    #[test]
    fn words_within_a_longer_quote_count_once() {
        let rows = rows(vec![vec![
            quote(Form::Indirect, (0, 90), "Lee"),
            quote(Form::Partial, (20, 40), "Lee"),
            quote(Form::Partial, (120, 150), "Lee"),
        ]]);
        assert_eq!(rows[0].sums.words, [0, 9, 5]);
        assert_eq!(rows[0].sums.words_attributed, 12);
    }

    #[test]
    fn a_statement_within_a_statement_counts_for_the_outer_speaker_alone() {
        let rows = rows(vec![vec![
            quote(Form::Indirect, (0, 90), "the report"),
            quote(Form::Indirect, (20, 90), "Lee"),
            quote(Form::Indirect, (100, 140), "Lee"),
        ]]);
        let words = |row: &SpeakerRow| (row.sums.words[1], row.sums.words_attributed);
        let shown: Vec<_> = rows.iter().map(|r| (r.speaker.as_str(), words(r))).collect();
        assert_eq!(shown, [("the report", (9, 9)), ("Lee", (11, 4))]);
        let shares: f64 = rows.iter().filter_map(|row| row.share_words).sum();
        assert!((shares - 1.0).abs() < 1e-9);
    }

    #[test]
    fn of_two_quotes_that_overlap_the_second_counts_what_the_first_has_not() {
        let lexicon = lexicon(&[("actors", "us/state", "US")]);
        let tally = article("a", "Alpha", &[Part::body("One two six ten end.")]);
        let tally = changed(tally, |record| {
            record.quotes = vec![
                quote(Form::Indirect, (0, 12), "Lee"),
                QuoteRecord { words: 3, ..quote(Form::Indirect, (8, 20), "Oran") },
            ];
        });
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let rows = comparison.fold(Speakers::new(&comparison)).unwrap().rows(&comparison);
        let oran = rows.iter().find(|row| row.speaker == "Oran").unwrap();
        assert_eq!(oran.sums.words_attributed, 2);
    }

    #[test]
    fn what_is_attributed_to_nobody_is_no_speakers() {
        let agentless =
            QuoteRecord { voice: Voice::Own, vague: true, ..quote(Form::Indirect, (0, 90), "") };
        assert_eq!(rows(vec![vec![agentless]]), []);
    }

    #[test]
    fn actor_and_kind_are_those_that_most_quotes_give() {
        let known = |kind, actor: Option<u32>| QuoteRecord {
            speaker_kind: kind,
            speaker_actor: actor.map(CategoryId),
            stance: Stance::Hostile,
            ..quote(Form::Direct, (0, 90), "Lee")
        };
        let rows = rows(vec![vec![
            known(SpeakerKind::Other, None),
            known(SpeakerKind::Other, None),
            known(SpeakerKind::Official, Some(1)),
        ]]);
        let lexicon = lexicon(&[("actors", "us/state", "US")]);
        assert_eq!(lexicon.find_category(Kind::Actor, "us/state"), Some(CategoryId(1)));
        assert_eq!((rows[0].speaker_actor.as_str(), rows[0].speaker_kind), ("us", "official"));
        assert_eq!(rows[0].sums.stances, [0, 0, 0, 0, 3, 0, 0]);
    }
}
