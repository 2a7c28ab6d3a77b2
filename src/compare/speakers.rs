//! Who gets how many words in which outlet: the quotes summed by speaker.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::annotate::{Form, SpeakerKind, Stance};
use crate::base::{Section, Voice};
use crate::compare::cells::share;
use crate::compare::comparison::Comparison;
use crate::compare::fold::{Article, Fold};
use crate::compare::quotes::speaker_kind_name;
use crate::compare::said::{Names, Said};
use crate::compare::units::Once;
use crate::lexicon::CategoryId;
use crate::tally::{ArticleRecord, QuoteRecord, TallyError};

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeakerSums {
    /// Quotes by form: direct, indirect, partial.
    pub quotes: [u32; 3],
    /// Their words by form: direct, indirect, partial.
    pub words: [u32; 3],
    /// Their words, each word of an article once: what stands within two quotes counts for the outer
    /// one.
    pub words_attributed: u32,
    /// Quotes by the stance of the verb, neutral, endorsing, emphatic, doubting,
    /// hostile, conceding, opinion.
    pub stances: [u32; 7],
    /// Quotes without an agent or of a collective.
    pub vague: u32,
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
    fn add(&mut self, form: usize, quote: &QuoteRecord, words_once: u32) {
        self.quotes[form] += 1;
        self.words[form] += quote.words;
        self.words_attributed += words_once;
        let stance = STANCES.iter().position(|stance| *stance == quote.stance);
        self.stances[stance.expect("every stance is listed")] += 1;
        self.vague += u32::from(quote.vague);
    }

    fn join(&mut self, other: &SpeakerSums) {
        add_each(&mut self.quotes, &other.quotes);
        add_each(&mut self.words, &other.words);
        add_each(&mut self.stances, &other.stances);
        self.words_attributed += other.words_attributed;
        self.vague += other.vague;
    }
}

fn add_each(sums: &mut [u32], others: &[u32]) {
    sums.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
}

/// The sums of one speaker, and what the quotes say about who it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Speaker {
    articles: u32,
    pub(crate) sums: SpeakerSums,
    /// Quotes by topmost actor, in the order in which they came; most speakers have one or none.
    actors: Vec<(CategoryId, u32)>,
    /// Quotes by kind.
    kinds: [u32; KINDS.len()],
}

/// The kinds in their own order.
const KINDS: [SpeakerKind; 5] = [
    SpeakerKind::Official,
    SpeakerKind::Expert,
    SpeakerKind::Media,
    SpeakerKind::Unnamed,
    SpeakerKind::Other,
];

/// Sums of quotes by speaker, one article after the other.
pub struct Speakers {
    said: Said,
    /// Speakers in near-duplicates.
    met: Once<String>,
    failed: Option<TallyError>,
}

impl Fold for Speakers {
    fn add(&mut self, article: &Article<'_>) {
        let (comparison, record) = (article.comparison, article.record);
        let mut met: Vec<&str> = Vec::new();
        for (quote, form, words_once) in attributed(record) {
            let speaker = self.said.of(article.outlet, &quote.speaker);
            if !met.contains(&quote.speaker.as_str()) {
                met.push(&quote.speaker);
                let new = self.met.is_new(article, || quote.speaker.clone());
                speaker.articles += u32::from(new);
            }
            speaker.sums.add(form, quote, words_once);
            if let Some(actor) = quote.speaker_actor {
                speaker.add_actor(comparison.lexicon.top(actor));
            }
            let kind = KINDS.iter().position(|kind| *kind == quote.speaker_kind);
            speaker.kinds[kind.expect("every kind is listed")] += 1;
        }
        if let Err(error) = self.said.end_article() {
            self.failed.get_or_insert(error);
        }
    }
}

impl Speakers {
    /// No article yet.
    pub fn new(comparison: &Comparison<'_>) -> Self {
        let said = Said::new(comparison.outlets.len(), &comparison.scratch);
        Speakers { said, met: Once::default(), failed: None }
    }

    /// A row for every outlet and speaker, most words first, speakers that are not resolved last; the
    /// rows of one outlet are made when they are asked for.
    pub fn rows(
        &mut self,
        comparison: &Comparison<'_>,
    ) -> Result<impl Iterator<Item = Result<Vec<SpeakerRow>, TallyError>>, TallyError> {
        self.failed.take().map_or(Ok(()), Err)?;
        let outlets = comparison.outlets.iter().zip(self.said.by_outlet()?);
        Ok(outlets.map(|(outlet, names)| Ok(rows_of(outlet, &names?, comparison))))
    }
}

fn rows_of(outlet: &str, speakers: &Names, comparison: &Comparison<'_>) -> Vec<SpeakerRow> {
    let all: u64 = speakers.values().map(|s| u64::from(s.sums.words_attributed)).sum();
    let mut sorted: Vec<(&str, &Speaker)> =
        speakers.iter().map(|(name, one)| (name.as_ref(), one)).collect();
    sorted.sort_by_key(|(name, one)| (name.is_empty(), Reverse(one.sums.words_attributed), *name));
    let row = |(name, one): (&str, &Speaker)| SpeakerRow {
        outlet: outlet.to_string(),
        speaker: name.to_string(),
        speaker_actor: if name.is_empty() { String::new() } else { one.actor(comparison) },
        speaker_kind: if name.is_empty() { "" } else { one.kind() },
        articles: u64::from(one.articles),
        sums: one.sums,
        share_words: share(u64::from(one.sums.words_attributed), all),
    };
    sorted.into_iter().map(row).collect()
}

impl Speaker {
    pub(crate) fn add_actor(&mut self, actor: CategoryId) {
        self.add_actor_of(actor, 1);
    }

    fn add_actor_of(&mut self, actor: CategoryId, n: u32) {
        match self.actors.iter_mut().find(|(known, _)| *known == actor) {
            Some((_, quotes)) => *quotes += n,
            None => self.actors.push((actor, n)),
        }
    }

    /// Quotes of all forms.
    pub(crate) fn quotes(&self) -> u32 {
        self.sums.quotes.iter().sum()
    }

    /// Takes in the sums of other articles.
    pub(crate) fn join(&mut self, other: Speaker) {
        self.articles += other.articles;
        self.sums.join(&other.sums);
        for (actor, quotes) in other.actors {
            self.add_actor_of(actor, quotes);
        }
        add_each(&mut self.kinds, &other.kinds);
    }

    #[cfg(test)]
    pub(crate) fn sort_actors(&mut self) {
        self.actors.sort_unstable();
    }

    /// The actor of most quotes; of several the first by name, which is the order of categories.
    fn actor(&self, comparison: &Comparison<'_>) -> String {
        let most = self.actors.iter().max_by_key(|(actor, quotes)| (*quotes, Reverse(*actor)));
        comparison.actor_name(most.map(|(actor, _)| *actor))
    }

    fn kind(&self) -> &'static str {
        let says = KINDS.iter().zip(self.kinds).filter(|(kind, _)| **kind != SpeakerKind::Other);
        let most =
            says.filter(|(_, quotes)| *quotes > 0).max_by_key(|(kind, n)| (*n, Reverse(**kind)));
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
fn attributed(record: &ArticleRecord) -> Vec<(&QuoteRecord, usize, u32)> {
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
            (true, _) => quote.words,
            (false, true) => words_after(record, quote, reached.1),
            (false, false) => 0,
        };
        reached.1 = reached.1.max(quote.chars.end);
        rows.push((quote, form, words));
    }
    rows
}

/// The words of a quote from some place on.
fn words_after(record: &ArticleRecord, quote: &QuoteRecord, place: u32) -> u32 {
    let first = record.paragraphs.get(quote.paragraph as usize).map_or(0, |p| p.words.0);
    let words = record.words.get(first as usize..).unwrap_or_default().iter();
    let within = words.take_while(|word| word.chars.start < quote.chars.end);
    within.filter(|word| word.chars.start >= place).map(|_| 1).sum()
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

    fn rows_in(comparison: &Comparison<'_>) -> Vec<SpeakerRow> {
        let mut speakers = comparison.fold(Speakers::new(comparison)).unwrap();
        let outlets = speakers.rows(comparison).unwrap();
        outlets.flat_map(Result::unwrap).collect()
    }

    fn rows(articles: Vec<Vec<QuoteRecord>>) -> Vec<SpeakerRow> {
        let lexicon = lexicon(&[("actors", "us/state", "US")]);
        let tallies = articles.into_iter().enumerate().map(|(at, quotes)| {
            let tally = article(&format!("a{at}"), "Alpha", &[Part::body("Words.")]);
            changed(tally, |record| record.quotes.clone_from(&quotes))
        });
        let tally = Tally::merge_all(tallies).unwrap();
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        rows_in(&comparison)
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
        let rows = rows_in(&comparison);
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
