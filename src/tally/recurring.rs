//! Sets aside paragraphs that recur across an outlet's articles: sign-up lines, author boxes,
//! legal notes that no rule of `cleaning.csv` knows by their words.
//!
//! A background paragraph that a newsroom pastes under each story on a subject is framing, not
//! furniture, so the built-in share is high: at a fifth of an outlet's articles, 63 paragraphs of two
//! kinds went from 2,000 articles of 156 outlets, none of them news (measured 2026-11). Headlines are
//! never set aside. Versions of one story count once, or an outlet that updates its stories would
//! lose their text.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::base::Section;
use crate::corpus::Recurring;
use crate::tally::alike::{Alike, Comparisons, Groups, Label, STAYS, candidates, is_near};
use crate::tally::merge::position;
use crate::tally::record::{ArticleRecord, ParagraphRecord, RemovalRecord};
use crate::tally::records::Head;
use crate::tally::traces::{Trace, outlet_order};
use crate::tally::{Tally, TallyError};

/// The rule that `removed.csv` names.
const RULE: &str = "recurring";

/// How often it is asked what recurs without what was found to. The third answer is that of the second
/// in all cases that were made, and nothing says that it must be.
const ROUNDS: usize = 8;

/// Seconds between two versions of a story: a week. What is alike after longer is more often the
/// furniture around short articles.
const CLOSE: i64 = 7 * 86_400;

/// Articles that may hold a paragraph as versions of one story.
const FEW: u64 = 20;

/// Whether a rule holds for a paragraph that stands in so many of so many stories.
fn holds(rule: Recurring, with_paragraph: u64, stories: u64) -> bool {
    with_paragraph >= u64::from(rule.min_articles)
        && with_paragraph * 10_000 >= stories * u64::from(rule.min_share)
}

/// The paragraphs that recur in each outlet.
#[derive(Clone, Debug)]
pub(crate) struct Cut {
    rule: Recurring,
    hashes: BTreeMap<Arc<str>, BTreeSet<u64>>,
}

/// The tally without recurring paragraphs: their words, sentences, mentions, quotes and blame are
/// gone, each is listed as a removal, and what comes after sees articles that never had them. Beside
/// it the articles that may be near-duplicates, without these paragraphs too.
///
/// They are cut when a record is read; the forms that only they have stay in the table.
/// `scratch` takes a file without a name.
pub fn drop_recurring(
    mut tally: Tally,
    rule: Option<Recurring>,
    (scratch, threads): (&Path, usize),
) -> Result<(Tally, Alike), TallyError> {
    let (pairs, mut suspects) = look(&tally, rule)?;
    let most = suspects.values().map(Suspects::end).max().unwrap_or(STAYS);
    let label = |head: &Head, paragraph: &ParagraphRecord| {
        let known = suspects.get(&head.outlet);
        let known = known.filter(|_| rule.is_some_and(|rule| paragraph.may_recur(rule)));
        known.map_or(STAYS, |suspects| suspects.label(paragraph.hash))
    };
    let mut alike = Alike::read(&tally, pairs, (scratch, threads), (most, label))?;
    if let Some(rule) = rule {
        for suspects in suspects.values_mut() {
            let recur = suspects.recur(&tally.heads, &alike, (rule, scratch))?;
            alike.leave_out(suspects.first, &recur);
            let mut recur = recur.into_iter();
            suspects.found.retain(|_| recur.next() == Some(true));
        }
        suspects.retain(|_, suspects| !suspects.found.is_empty());
        let hashes = |suspects: Suspects| suspects.found.iter().map(|s| s.hash).collect();
        let hashes: BTreeMap<_, _> =
            suspects.into_iter().map(|(outlet, suspects)| (outlet, hashes(suspects))).collect();
        tally.records.cut = (!hashes.is_empty()).then(|| Arc::new(Cut { rule, hashes }));
    }
    tally.records.forget_traces();
    Ok((tally, alike))
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

/// Paragraphs of an outlet that stand in enough of its articles to recur, if each told a story of
/// its own.
#[derive(Debug, Default)]
struct Suspects {
    /// How many articles the outlet has.
    articles: u64,
    /// Its pairs of articles that may be near-duplicates, as positions in all pairs.
    pairs: std::ops::Range<usize>,
    /// The label of the first; the others follow.
    first: Label,
    /// Sorted by hash.
    found: Vec<Suspect>,
}

#[derive(Clone, Copy, Debug)]
struct Suspect {
    hash: u64,
    /// Articles it stands in.
    articles: u64,
}

/// Pairs of articles that may be near-duplicates, those of an outlet together, and the suspects of each
/// outlet that has any.
type Looked = (Vec<(u32, u32)>, BTreeMap<Arc<str>, Suspects>);

/// Looks at the traces of one outlet after another.
fn look(tally: &Tally, rule: Option<Recurring>) -> Result<Looked, TallyError> {
    let mut by_outlet: BTreeMap<&Arc<str>, Vec<u32>> = BTreeMap::new();
    for (at, head) in (0..).zip(&tally.heads) {
        by_outlet.entry(&head.outlet).or_default().push(at);
    }
    let mut outlets: Vec<(&Arc<str>, Vec<u32>)> = by_outlet.into_iter().collect();
    outlets.sort_by_key(|(outlet, _)| outlet_order(outlet));
    let (mut pairs, mut suspects, mut next) = (Vec::new(), BTreeMap::new(), STAYS + 1);
    let mut reader = tally.records.traces()?;
    for (outlet, articles) in outlets {
        let traces = reader.take(articles.len())?;
        let first = pairs.len();
        pairs.extend(candidates(&traces, &articles));
        let Some(rule) = rule else { continue };
        let found = suspects_of(&traces, &pairs[first..], rule);
        if !found.is_empty() {
            let n_articles = articles.len() as u64;
            let pairs = first..pairs.len();
            let of_outlet = Suspects { articles: n_articles, pairs, first: next, found };
            next = of_outlet.end();
            suspects.insert(Arc::clone(outlet), of_outlet);
        }
    }
    Ok((pairs, suspects))
}

/// The suspects of an outlet. Without near-duplicates they are what recurs.
fn suspects_of(traces: &[Trace], pairs: &[(u32, u32)], rule: Recurring) -> Vec<Suspect> {
    let mut groups = Groups::default();
    let joined = pairs.iter().filter(|pair| groups.join(STAYS, pair.0, pair.1));
    let fewest_stories = (traces.len() - joined.count()) as u64;
    let mut hashes: Vec<u64> =
        traces.iter().flat_map(|trace| &*trace.paragraphs).copied().collect();
    hashes.sort_unstable();
    let runs = hashes.chunk_by(|one, other| one == other);
    let runs = runs.map(|run| Suspect { hash: run[0], articles: run.len() as u64 });
    runs.filter(|suspect| holds(rule, suspect.articles, fewest_stories)).collect()
}

impl Suspects {
    /// One past the last label.
    fn end(&self) -> Label {
        self.first + position(self.found.len())
    }

    fn label(&self, hash: u64) -> Label {
        let at = self.found.binary_search_by_key(&hash, |suspect| suspect.hash);
        at.map_or(STAYS, |at| self.first + position(at))
    }

    /// Which of them stand in enough stories.
    ///
    /// What recurs decides which articles are versions of one story, and is decided by it: so it is
    /// asked again without what was found to recur, until the answer stays.
    fn recur(
        &self,
        heads: &[Head],
        alike: &Alike,
        (rule, scratch): (Recurring, &Path),
    ) -> Result<Vec<bool>, TallyError> {
        if self.pairs.is_empty() {
            return Ok(vec![true; self.found.len()]);
        }
        let mut recur = vec![false; self.found.len()];
        let mut comparisons = Comparisons::new(alike, self.pairs.len(), scratch);
        for _ in 0..ROUNDS {
            let (stories, with) = self.stories(heads, alike, (&mut comparisons, &recur))?;
            let next: Vec<bool> = with.into_iter().map(|with| holds(rule, with, stories)).collect();
            if next == recur {
                break;
            }
            recur = next;
        }
        Ok(recur)
    }

    /// How many stories the outlet tells, and in how many of them each suspect stands, without those
    /// that `recur`.
    ///
    /// Two articles that hold a suspect tell one story if they are near-duplicates even without it,
    /// or the same from beginning to end: five versions of a story are alike in all their
    /// paragraphs, five stories with one sign-up box only in the box. Very short articles with
    /// several boxes are alike without any one of these too; so where a story is less likely, since
    /// the two are not [`CLOSE`] or not [`FEW`] hold the suspect, four fifths must agree.
    fn stories(
        &self,
        heads: &[Head],
        alike: &Alike,
        (comparisons, recur): (&mut Comparisons<'_>, &[bool]),
    ) -> Result<(u64, Vec<u64>), TallyError> {
        let when = |article: u32| heads[article as usize].interval;
        let is_close = |one, other| {
            when(one).zip(when(other)).is_none_or(|(one, other)| one.gap(other) <= CLOSE)
        };
        let position = |label: Label| (label - self.first) as usize;
        let mut stories = self.articles;
        let mut with: Vec<u64> = self.found.iter().map(|suspect| suspect.articles).collect();
        let mut groups = Groups::default();
        for (no, &(one, other)) in alike.pairs()[self.pairs.clone()].iter().enumerate() {
            let questions = std::iter::once(STAYS).chain(alike.in_both(one, other));
            let open: Vec<Label> =
                questions.filter(|&label| !groups.is_joined(label, one, other)).collect();
            if open.is_empty() {
                continue;
            }
            let compared = comparisons.get(no, (one, other))?;
            let close = is_close(one, other);
            for label in open {
                let (shared, all) =
                    compared.without(|other| other == label || recur[position(other)]);
                if label == STAYS {
                    stories -= u64::from(is_near((shared, all)) && groups.join(STAYS, one, other));
                    continue;
                }
                let likely = self.found[position(label)].articles <= FEW && close;
                let agree = is_near((shared, all)) && (likely || 5 * shared >= 4 * all);
                if (agree || compared.same) && groups.join(label, one, other) {
                    with[position(label)] -= 1;
                }
            }
        }
        Ok((stories, with))
    }
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
    use crate::base::Published;
    use crate::corpus::CleaningRules;
    use crate::tally::fixture::{Part, article, changed, of_records, owned, records};

    /// The tally without what recurs.
    fn drop_recurring(tally: Tally, rule: Recurring) -> Tally {
        super::drop_recurring(tally, Some(rule), (&std::env::temp_dir(), 2)).unwrap().0
    }

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
        let forms: Vec<&str> =
            record.words.iter().map(|w| tally.surfaces.get(w.surface).surface).collect();
        assert!(!forms.contains(&"Sign"), "{forms:?}");
        assert!(tally.records.traces().unwrap().take(1).is_err(), "nobody looks at them again");
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
        let tally = of_records(owned(&tally.surfaces), &records(&tally)[..4]);
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

    /// `n` words that no text with another seed has.
    fn words(seed: &str, n: usize) -> String {
        (0..n).map(|at| format!("{seed}{at}")).collect::<Vec<_>>().join(" ")
    }

    /// Articles of one outlet, a paragraph an entry, the first of them the headline.
    fn outlet(articles: &[Vec<String>]) -> Tally {
        let tallies = (100..).zip(articles).map(|(no, paragraphs)| {
            let part = |(at, text): (usize, &String)| match at {
                0 => Part::title(text),
                _ => Part::body(text),
            };
            let parts: Vec<Part> = paragraphs.iter().enumerate().map(part).collect();
            article(&format!("a{no}"), "Daily", &parts)
        });
        Tally::merge_all(tallies).unwrap()
    }

    /// The texts that recur in articles of one outlet.
    fn recur(articles: &[Vec<String>]) -> Vec<String> {
        let tally = drop_recurring(outlet(articles), built_in());
        let removals = records(&tally).into_iter().flat_map(|record| record.removals);
        let gone: BTreeSet<String> = removals.map(|removal| removal.text).collect();
        gone.into_iter().collect()
    }

    /// Versions of a story: a headline that changes, `n` paragraphs that stay, one that is new.
    fn versions(versions: usize, n: usize) -> Vec<Vec<String>> {
        let stay: Vec<String> = (0..n).map(|at| words(&format!("ferry{at}x"), 30)).collect();
        let version = |no: usize| {
            let headline = words(&format!("headline{no}x"), 8);
            let new = words(&format!("update{no}x"), 20);
            std::iter::once(headline).chain(stay.iter().cloned()).chain([new]).collect()
        };
        (0..versions).map(version).collect()
    }

    /// Short articles of their own.
    fn briefs(n: usize, own: usize, boxes: &[String]) -> Vec<Vec<String>> {
        let brief = |no: usize| {
            let text = [words(&format!("title{no}x"), 6), words(&format!("brief{no}x"), own)];
            text.into_iter().chain(boxes.iter().cloned()).collect()
        };
        (0..n).map(brief).collect()
    }

    #[test]
    fn versions_of_one_story_keep_their_paragraphs_in_the_smallest_outlet() {
        assert!(recur(&versions(5, 4)).is_empty());
        assert!(recur(&versions(40, 9)).is_empty(), "more than are compared with each other");
        assert!(recur(&[versions(6, 5), briefs(8, 80, &[])].concat()).is_empty());
    }

    #[test]
    fn a_box_in_briefs_that_it_makes_alike_recurs() {
        let sign_up = words("sign", 55);
        // Without the box the briefs share nothing; with it 51 of 51 + 2 * 22 runs.
        let texts = briefs(6, 24, std::slice::from_ref(&sign_up));
        assert_eq!(recur(&texts), [sign_up]);
        let (tally, alike) =
            super::drop_recurring(outlet(&texts), Some(built_in()), (&std::env::temp_dir(), 1))
                .unwrap();
        assert_eq!(alike.pairs().len(), 15, "their sketches are alike");
        let shared: Vec<_> = alike.pairs().iter().map(|&p| alike.shared(p).unwrap().0).collect();
        assert_eq!(shared, [0; 15], "what is left of them is not");
        assert_eq!((alike.words(0).unwrap(), records(&tally)[0].words.len()), (30, 30));
    }

    #[test]
    fn two_boxes_recur_though_each_stands_beside_the_other() {
        let boxes = [words("sign", 40), words("legal", 40)];
        assert_eq!(recur(&briefs(5, 60, &boxes)), [boxes[1].clone(), boxes[0].clone()]);
    }

    #[test]
    fn boxes_that_are_most_of_short_articles_recur_where_versions_are_unlikely() {
        let boxes = [words("sign", 50), words("legal", 50), words("about", 50)];
        let few = outlet(&briefs(6, 20, &boxes));
        let removed = |tally: &Tally| {
            let tally = drop_recurring(tally.clone(), built_in());
            records(&tally).iter().map(|record| record.removals.len()).max().unwrap()
        };
        // Without one of them they share 92 of 92 + 2 * 18 runs.
        assert_eq!(removed(&few), 0, "six of a day, alike for all that can be seen");
        assert_eq!(recur(&briefs(21, 20, &boxes)).len(), 3, "21 are too many for one story");
        let mut day = 0;
        let mut weekly = |record: &mut ArticleRecord| {
            day += 9;
            record.published =
                Published::new(format!("1970-{day:03}"), day, Some(0), crate::base::Zone::Utc);
        };
        assert_eq!(removed(&changed(few, &mut weekly)), 3, "and so are weeks");
        assert_eq!(removed(&changed(outlet(&versions(6, 9)), &mut weekly)), 0, "nine parts of ten");
    }

    #[test]
    fn a_box_in_many_versions_counts_once_for_their_story() {
        let sign_up = words("sign", 30);
        let box_in = |mut articles: Vec<Vec<String>>| {
            articles.iter_mut().for_each(|article| article.push(sign_up.clone()));
            articles
        };
        let four = [box_in(versions(9, 4)), box_in(briefs(3, 70, &[]))].concat();
        assert!(recur(&four).is_empty(), "four stories are too few");
        let five = [box_in(versions(9, 4)), box_in(briefs(4, 70, &[]))].concat();
        assert_eq!(recur(&five), [sign_up.as_str()]);
        let others = |no: usize| vec![format!("Story {no}"), words(&format!("other{no}x"), 60)];
        let many: Vec<_> = five.into_iter().chain((0..21).map(others)).collect();
        assert!(recur(&many).is_empty(), "five of 26 stories, though 13 of 34 articles");
    }

    #[test]
    fn the_share_is_one_of_stories() {
        // The box stands in five of 25 stories, and in five of 54 articles.
        let sign_up = words("sign", 30);
        let with = briefs(5, 70, std::slice::from_ref(&sign_up));
        let others = |no: usize| vec![format!("Story {no}"), words(&format!("other{no}x"), 60)];
        let without: Vec<Vec<String>> = (0..19).map(others).collect();
        assert_eq!(recur(&[with, versions(30, 9), without].concat()), [sign_up]);
    }

    #[test]
    fn what_only_seems_to_recur_while_a_box_ties_briefs_together_stays() {
        // While the boxes count, 60 briefs are one story, and a background in five others
        // stands in five of six.
        let boxes = [words("sign", 60), words("legal", 60), words("about", 10)];
        let background = words("background", 40);
        let mut longer = briefs(60 + 5, 90, &boxes).split_off(60);
        longer.iter_mut().for_each(|article| article.insert(2, background.clone()));
        let all = [briefs(60, 20, &boxes), longer].concat();
        assert_eq!(recur(&all).len(), 3);
        assert!(!recur(&all).contains(&background));
    }

    #[test]
    fn a_wire_story_that_is_printed_again_stays() {
        let wire = [words("wire", 7), words("port", 58), words("quay", 40)];
        for paragraphs in [2, 3] {
            let copies = vec![wire[..paragraphs].to_vec(); 7];
            assert!(recur(&copies).is_empty(), "{paragraphs}");
        }
        // A headline of fewer than five words has no run, so only the whole shows that they agree.
        let short = vec![vec!["Ice comes".to_string(), wire[1].clone()]; 7];
        assert!(recur(&short).is_empty());
        let photos = (0..7).map(|no| vec![format!("Photo {no}"), wire[1].clone()]);
        assert_eq!(recur(&photos.collect::<Vec<_>>()), [wire[1].as_str()]);
    }

    #[test]
    fn copies_too_short_to_tell_a_story_count_each() {
        let line = words("caption", 40);
        let copies = vec![vec!["Ice comes".to_string(), line.clone()]; 5];
        assert_eq!(recur(&copies), [line]);
    }
}
