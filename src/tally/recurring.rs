//! Sets aside paragraphs that recur across an outlet's articles: sign-up lines, author boxes,
//! legal notes that no rule of `cleaning.csv` knows by their words.
//!
//! A background paragraph that a newsroom pastes under each story on a subject is framing, not
//! furniture, so the built-in share is high: at a fifth of an outlet's articles, 63 paragraphs of two
//! kinds went from 2,000 articles of 156 outlets, none of them news (measured 2026-11). Headlines are
//! never set aside.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::Section;
use crate::corpus::Recurring;
use crate::tally::Tally;
use crate::tally::merge::position;
use crate::tally::record::{ArticleRecord, ParagraphRecord, RemovalRecord};
use crate::tally::records::Head;

/// The rule that `removed.csv` names.
const RULE: &str = "recurring";

/// Whether a rule holds for a paragraph that stands in so many of so many articles.
fn holds(rule: Recurring, with_paragraph: u64, articles: u64) -> bool {
    with_paragraph >= u64::from(rule.min_articles)
        && with_paragraph * 10_000 >= articles * u64::from(rule.min_share)
}

/// The paragraphs that recur in each outlet.
#[derive(Clone, Debug)]
pub(crate) struct Cut {
    rule: Recurring,
    hashes: BTreeMap<Arc<str>, BTreeSet<u64>>,
}

/// The tally without recurring paragraphs: their words, sentences, mentions, quotes and blame are
/// gone, each is listed as a removal, and what comes after sees articles that never had them.
///
/// They are cut when a record is read; the forms that only they have stay in the table.
pub fn drop_recurring(mut tally: Tally, rule: Recurring) -> Tally {
    let hashes = find(&tally.heads, rule);
    if !hashes.is_empty() {
        tally.records.cut = Some(Arc::new(Cut { rule, hashes }));
    }
    for head in &mut tally.heads {
        head.paragraphs = Box::default();
    }
    tally
}

impl Cut {
    /// Takes the recurring paragraphs out of a record.
    pub(crate) fn apply(&self, record: &mut ArticleRecord) {
        let Some(hashes) = self.hashes.get(record.outlet.as_str()) else { return };
        let recurs = |p: &ParagraphRecord| p.may_recur(self.rule) && hashes.contains(&p.hash);
        let kept: Vec<bool> = record.paragraphs.iter().map(|p| !recurs(p)).collect();
        if kept.contains(&false) {
            cut(record, &kept);
        }
    }
}

/// The hashes of each outlet's recurring paragraphs.
fn find(heads: &[Head], rule: Recurring) -> BTreeMap<Arc<str>, BTreeSet<u64>> {
    let mut by_outlet: BTreeMap<&Arc<str>, Vec<&Head>> = BTreeMap::new();
    for head in heads {
        by_outlet.entry(&head.outlet).or_default().push(head);
    }
    let mut recurring = BTreeMap::new();
    for (outlet, heads) in by_outlet {
        let mut hashes: Vec<u64> =
            heads.iter().flat_map(|head| &*head.paragraphs).copied().collect();
        hashes.sort_unstable();
        let articles = heads.len() as u64;
        let runs = hashes.chunk_by(|one, other| one == other);
        let found = runs.filter(|run| holds(rule, run.len() as u64, articles)).map(|run| run[0]);
        let found: BTreeSet<u64> = found.collect();
        if !found.is_empty() {
            recurring.insert(Arc::clone(outlet), found);
        }
    }
    recurring
}

/// Takes the paragraphs out that are not `kept`.
fn cut(record: &mut ArticleRecord, kept: &[bool]) {
    list_removals(record, kept);
    let stays = |paragraph: u32| kept[paragraph as usize];
    let paragraph_at = new_positions(kept);
    let quote_stays: Vec<bool> = record.quotes.iter().map(|q| stays(q.paragraph)).collect();
    let quote_at = new_positions(&quote_stays);
    let mention_stays: Vec<bool> = record.mentions.iter().map(|m| stays(m.paragraph)).collect();
    let mention_at = new_positions(&mention_stays);
    let sentence_at = cut_paragraphs(record, kept);

    record.cues.retain(|cue| stays(cue.paragraph));
    for cue in &mut record.cues {
        cue.paragraph = paragraph_at[cue.paragraph as usize];
        if let Some(place) = &mut cue.place {
            place.sentence = sentence_at[place.sentence as usize];
        }
    }
    record.mentions.retain(|mention| stays(mention.paragraph));
    record.shifts.retain(|shift| stays(shift.mention.paragraph));
    let shifted = record.shifts.iter_mut().map(|shift| &mut shift.mention);
    for mention in record.mentions.iter_mut().chain(shifted) {
        mention.paragraph = paragraph_at[mention.paragraph as usize];
        mention.sentence = sentence_at[mention.sentence as usize];
        let quote = mention.quote.filter(|&quote| quote_stays[quote as usize]);
        mention.quote = quote.map(|quote| quote_at[quote as usize]);
    }
    record.quotes.retain(|quote| stays(quote.paragraph));
    for quote in &mut record.quotes {
        quote.paragraph = paragraph_at[quote.paragraph as usize];
        quote.sentence = sentence_at[quote.sentence as usize];
    }
    record.blame.retain(|b| stays(b.paragraph) && mention_stays[b.mention as usize]);
    for blame in &mut record.blame {
        blame.paragraph = paragraph_at[blame.paragraph as usize];
        blame.sentence = sentence_at[blame.sentence as usize];
        blame.mention = mention_at[blame.mention as usize];
    }
}

/// Where each thing stands once those that do not stay are gone.
fn new_positions(stays: &[bool]) -> Vec<u32> {
    let mut next = 0;
    let mut at = Vec::with_capacity(stays.len());
    for &stay in stays {
        at.push(next);
        next += u32::from(stay);
    }
    at
}

/// Takes paragraphs out together with their words and sentences; gives the new number of each
/// sentence, by its old one.
fn cut_paragraphs(record: &mut ArticleRecord, kept: &[bool]) -> Vec<u32> {
    let mut sentence_stays = vec![true; record.sentences as usize];
    let mut words = Vec::with_capacity(record.words.len());
    let mut paragraphs = Vec::new();
    let mut sentences = 0;
    for (paragraph, &stay) in record.paragraphs.iter().zip(kept) {
        let (first, end) = paragraph.sentences;
        if !stay {
            sentence_stays[first as usize - 1..end as usize - 1].fill(false);
            continue;
        }
        let start = position(words.len());
        words.extend(&record.words[paragraph.words.0 as usize..paragraph.words.1 as usize]);
        let numbers = (sentences + 1, sentences + 1 + end - first);
        sentences += end - first;
        paragraphs.push(ParagraphRecord {
            words: (start, position(words.len())),
            sentences: numbers,
            ..paragraph.clone()
        });
    }
    let mut numbers = vec![0];
    numbers.extend(new_positions(&sentence_stays).iter().map(|at| at + 1));
    record.sentence_texts.retain(|sentence| sentence_stays[sentence.no as usize - 1]);
    for sentence in &mut record.sentence_texts {
        sentence.no = numbers[sentence.no as usize];
    }
    record.words = words;
    record.sentences = sentences;
    record.paragraphs = paragraphs;
    find_lead(&mut record.paragraphs);
    numbers
}

/// Makes the first paragraph after the headline the lead, if the old lead is gone.
fn find_lead(paragraphs: &mut [ParagraphRecord]) {
    let leads = paragraphs.iter().any(|paragraph| paragraph.section == Section::Lead);
    let first = paragraphs.iter_mut().find(|paragraph| paragraph.section != Section::Title);
    if let Some(first) = first.filter(|_| !leads) {
        first.section = Section::Lead;
    }
}

/// Lists the paragraphs that go.
fn list_removals(record: &mut ArticleRecord, kept: &[bool]) {
    for (paragraph, _) in record.paragraphs.iter().zip(kept).filter(|(_, kept)| !**kept) {
        record.removals.push(RemovalRecord {
            chars: paragraph.chars,
            rule: RULE.to_string(),
            repeats_char_start: None,
            text: paragraph_text(record, paragraph),
        });
    }
    record.removals.sort_by(|a, b| (a.chars, &a.rule).cmp(&(b.chars, &b.rule)));
}

/// The text of a paragraph, put together from its sentences.
fn paragraph_text(record: &ArticleRecord, paragraph: &ParagraphRecord) -> String {
    let mut text = String::new();
    let mut end = None;
    for sentence in &record.sentence_texts {
        if (paragraph.sentences.0..paragraph.sentences.1).contains(&sentence.no) {
            if end.is_some_and(|end| end < sentence.chars.start) {
                text.push(' ');
            }
            text.push_str(&sentence.text);
            end = Some(sentence.chars.end);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::CleaningRules;
    use crate::tally::fixture::{Part, article, changed, of_records, records};

    fn built_in() -> Recurring {
        CleaningRules::built_in().recurring().unwrap()
    }

    /// Five articles of one outlet: headline, the same sign-up line, a paragraph of its own.
    fn five() -> Tally {
        let parts = (1..=5).map(|n| {
            let own = format!("Trade grew {n} times. It may grow again.");
            article(
                &format!("a{n}"),
                "Daily",
                &[
                    Part::title(&format!("Headline {n}")),
                    Part::lead("Sign up for war news.").mention("war", 0),
                    Part::body(&own).mention("grow again", 1),
                ],
            )
        });
        Tally::merge_all(parts).unwrap()
    }

    #[test]
    fn a_paragraph_in_five_articles_of_an_outlet_is_set_aside_and_listed() {
        let tally = drop_recurring(five(), built_in());
        let record = &records(&tally)[0];
        assert_eq!(record.paragraphs.len(), 2);
        assert_eq!(record.removals.len(), 1);
        assert_eq!(record.removals[0].rule, "recurring");
        assert_eq!(record.removals[0].text, "Sign up for war news.");
        assert_eq!(record.words.len(), 2 + 8);
        let forms: Vec<&str> = record
            .words
            .iter()
            .map(|w| tally.surfaces[w.surface as usize].surface.as_str())
            .collect();
        assert!(!forms.contains(&"Sign"), "{forms:?}");
        assert!(tally.heads.iter().all(|head| head.paragraphs.is_empty()));
    }

    #[test]
    fn what_follows_moves_up_and_the_next_paragraph_leads() {
        let tally = drop_recurring(five(), built_in());
        let record = &records(&tally)[0];
        assert_eq!(record.mentions.len(), 1);
        assert_eq!((record.mentions[0].sentence, record.mentions[0].paragraph), (3, 1));
        assert_eq!(record.sentences, 3);
        assert_eq!(record.sentence_text(3), "It may grow again.");
        assert_eq!(record.paragraphs[1].section, Section::Lead);
        assert_eq!(record.paragraphs[1].sentences, (2, 4));
        assert_eq!(record.paragraphs[1].words, (2, 10));
    }

    #[test]
    fn what_would_count_without_an_entry_goes_and_moves_with_its_paragraph() {
        let tally = changed(five(), |record| {
            let shift = |mention: &crate::tally::MentionRecord| crate::tally::ShiftRecord {
                without: crate::lexicon::EntryId(9),
                appears: true,
                mention: mention.clone(),
            };
            record.shifts = record.mentions.iter().map(shift).collect();
        });
        let tally = drop_recurring(tally, built_in());
        let record = &records(&tally)[0];
        assert_eq!(record.shifts.len(), 1);
        assert_eq!(record.shifts[0].mention, record.mentions[0]);
    }

    #[test]
    fn four_articles_are_too_few() {
        let tally = five();
        let tally = of_records(tally.surfaces.clone(), &records(&tally)[..4]);
        assert_eq!(records(&drop_recurring(tally.clone(), built_in())), records(&tally));
    }

    #[test]
    fn a_background_paragraph_in_a_few_of_many_articles_stays() {
        let many = (0..21).map(|n| {
            article(&format!("b{n}"), "Daily", &[Part::body(&format!("Nothing new on day {n}."))])
        });
        let tally = Tally::merge_all(many.chain([five()])).unwrap();
        assert_eq!(records(&drop_recurring(tally.clone(), built_in())), records(&tally));
    }

    #[test]
    fn the_same_words_in_other_outlets_do_not_add_up() {
        let parts = (0..6).map(|n| {
            article(&format!("a{n}"), &format!("Outlet {n}"), &[Part::body("A wire story.")])
        });
        let tally = Tally::merge_all(parts).unwrap();
        assert_eq!(records(&drop_recurring(tally.clone(), built_in())), records(&tally));
    }

    #[test]
    fn a_long_paragraph_is_news_printed_twice() {
        let rule = Recurring { max_words: 4, ..built_in() };
        assert_eq!(records(&drop_recurring(five(), rule)), records(&five()));
    }

    #[test]
    fn headlines_are_never_set_aside() {
        let parts = (0..6).map(|n| {
            let text = format!("Story {n} of the day.");
            article(&format!("a{n}"), "Daily", &[Part::title("Briefing"), Part::body(&text)])
        });
        let tally = Tally::merge_all(parts).unwrap();
        assert_eq!(records(&drop_recurring(tally.clone(), built_in())), records(&tally));
    }
}
