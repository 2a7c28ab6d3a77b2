//! What each outlet covers and what it leaves out, with the base that an omission rests on.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Voice;
use crate::compare::cells::{Cell, Cells, per_1k};
use crate::compare::comparison::{Comparison, SECTIONS, section_name};
use crate::compare::exposure::{Base, Exposure};
use crate::compare::fold::{Article, Fold};
use crate::lexicon::{Category, CategoryId, Kind};

/// Articles on either side below which the base is called few.
const FEW_ARTICLES: u64 = 5;

/// What can be said about an outlet and an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Mentioned in the outlet's own voice, outside a reported silence.
    Covered,
    /// Every mention says that somebody did not mention it.
    ReportedSilence,
    /// Mentioned, but never in the outlet's own voice.
    AttributedOnly,
    /// Every article lies before the item could be mentioned.
    NotYetPossible,
    /// Every article lies after the time when silence means something.
    Stale,
    /// No peer on its events.
    NotComparable,
    /// Not mentioned, while a comparable peer mentions it.
    Omitted,
    /// Mentioned neither here nor by a comparable peer.
    Absent,
}

impl Status {
    /// The word the tables print.
    pub fn name(self) -> &'static str {
        match self {
            Status::Covered => "covered",
            Status::ReportedSilence => "reported_silence",
            Status::AttributedOnly => "attributed_only",
            Status::NotYetPossible => "not_yet_possible",
            Status::Stale => "stale",
            Status::NotComparable => "not_comparable",
            Status::Omitted => "omitted",
            Status::Absent => "absent",
        }
    }
}

/// How many articles a statement rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// One article on either side: a description, not an inference.
    OneArticle,
    /// Fewer than five on either side.
    FewArticles,
    /// Five or more on both sides.
    Articles,
}

impl Ground {
    /// What a comparison rests on, the side with fewer articles having `fewest`.
    pub(crate) fn of(fewest: u64) -> Self {
        match fewest {
            0 | 1 => Ground::OneArticle,
            n if n < FEW_ARTICLES => Ground::FewArticles,
            _ => Ground::Articles,
        }
    }

    /// The word the tables print.
    pub fn name(self) -> &'static str {
        match self {
            Ground::OneArticle => "one_article",
            Ground::FewArticles => "few_articles",
            Ground::Articles => "articles",
        }
    }
}

/// What the whole articles say about an item; not defined for a single section.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Other outlets with an article on one of its events, within the item's dates, that mention
    /// the item there.
    pub peers_with_item: u64,
    /// Other outlets with an article on one of its events, within the item's dates.
    pub peers: u64,
    /// Articles of the outlet within the item's dates on whose event a peer has one too.
    pub comparable_articles: u64,
    /// Words of those.
    pub comparable_words: u64,
    /// Mentions expected there at the peers' rate; `None` without peers.
    pub expected_mentions: Option<f64>,
    /// The peers' mentions per 1,000 words there, each event weighted by the outlet's words.
    pub peer_per_1k_words: Option<f64>,
    /// Mentions per 1,000 words of all other outlets in all their articles.
    pub peer_per_1k_words_all_events: Option<f64>,
    /// Probability of no mention at the peers' rate; `None` with one article.
    pub p_zero: Option<f64>,
    /// Upper end of the exact 95 % interval of the share of articles that mention the item, if none
    /// of them does; `None` with one article or a mention.
    pub share_articles_upper95: Option<f64>,
    /// What can be said.
    pub status: Status,
    /// How many articles it rests on.
    pub basis: Ground,
}

/// One actor or concept in one outlet and section; rows with no mention included.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageRow {
    /// `actor` or `concept`.
    pub item_type: &'static str,
    /// The item's path; mentions of the levels below it count too.
    pub item: String,
    /// How people call it.
    pub item_label: String,
    /// The outlet.
    pub outlet: String,
    /// `title`, `lead`, `body` or `all`.
    pub section: &'static str,
    /// All mentions.
    pub mentions: u64,
    /// By voice, in the order of [`Voice::ALL`].
    pub by_voice: [u64; 3],
    /// Those in a hedged clause.
    pub mentions_hedged: u64,
    /// Those that say that somebody did not mention it.
    pub mentions_silence: u64,
    /// Articles with a mention that is not a reported silence.
    pub articles_with_item: u64,
    /// Articles of the outlet.
    pub articles: u64,
    /// Mentions that are no reported silence per 1,000 words of the section; `None` without words.
    pub per_1k_words: Option<f64>,
    /// Number of the earliest sentence, in any article, that mentions it; `None` if none does.
    pub first_sentence_no: Option<u32>,
    /// Sentences of the outlet in the section, so that "sentence 18 of 22" can be read off a row.
    pub sentences: u64,
    /// What the whole articles say; `None` for a single section.
    pub verdict: Option<Verdict>,
    /// Who is said not to have mentioned it; empty if nobody is.
    pub silent_party: String,
}

/// Every concept, and every actor that some article mentions, at every level, for every outlet and
/// section. An actor that nobody mentions has no rows: the built-in list names every state of the
/// world, and `lexicon_use` shows which of its entries no article matched.
pub fn coverage<'a>(
    comparison: &'a Comparison<'a>,
    cells: &'a Cells<'a>,
    places: &'a Places<'a>,
    exposure: &'a Exposure<'a>,
) -> impl Iterator<Item = CoverageRow> + 'a {
    let articles = comparison.articles();
    let items = [Kind::Actor, Kind::Concept].into_iter().flat_map(move |kind| {
        let mentioned = move |id| kind == Kind::Concept || cells.mentions(id);
        comparison.categories(kind).filter(move |&(id, _)| mentioned(id))
    });
    items.flat_map(move |(id, category)| {
        let all = Totals::of(comparison, cells, id);
        let item = Item { comparison, cells, places, id, category, all };
        let bases = exposure.of_item(id);
        let rows = bases.iter().enumerate();
        rows.flat_map(|(outlet, base)| item.rows(outlet, articles[outlet], base))
            .collect::<Vec<CoverageRow>>()
    })
}

/// Mentions of an item, reported silences left out, and words, in all articles.
#[derive(Clone, Copy)]
struct Totals {
    mentions: u64,
    words: u64,
}

impl Totals {
    fn of(comparison: &Comparison<'_>, cells: &Cells<'_>, id: CategoryId) -> Self {
        let outlets = 0..comparison.outlets.len();
        let each = outlets.map(|outlet| Totals::of_outlet(cells, id, outlet));
        each.fold(Totals { mentions: 0, words: 0 }, |sum, outlet| Totals {
            mentions: sum.mentions + outlet.mentions,
            words: sum.words + outlet.words,
        })
    }

    fn of_outlet(cells: &Cells<'_>, id: CategoryId, outlet: usize) -> Self {
        let cell = cells.get(id, outlet, None, None);
        let words = cells.words(outlet, None).by_voice[3];
        Totals { mentions: cell.mentions - cell.silence, words }
    }
}

/// One item and all that its rows are made from.
struct Item<'a> {
    comparison: &'a Comparison<'a>,
    cells: &'a Cells<'a>,
    places: &'a Places<'a>,
    id: CategoryId,
    category: &'a Category,
    /// In all outlets.
    all: Totals,
}

impl Item<'_> {
    fn rows(&self, outlet: usize, articles: u64, base: &Base) -> Vec<CoverageRow> {
        let mut rows = Vec::with_capacity(SECTIONS.len());
        for (at, section) in SECTIONS.into_iter().enumerate() {
            let cell = self.cells.get(self.id, outlet, section, None);
            let voiced = Voice::ALL.map(|v| self.cells.get(self.id, outlet, section, Some(v)));
            let place = self.places.get(self.id, outlet, at);
            let words = self.cells.words(outlet, section).by_voice[3];
            let whole = section.is_none();
            rows.push(CoverageRow {
                item_type: self.category.kind.name(),
                item: self.category.path.clone(),
                item_label: self.category.label.clone(),
                outlet: self.comparison.outlets[outlet].to_string(),
                section: section_name(section),
                mentions: cell.mentions,
                by_voice: voiced.map(|cell| cell.mentions),
                mentions_hedged: cell.hedged,
                mentions_silence: cell.silence,
                articles_with_item: cell.articles,
                articles,
                per_1k_words: per_1k(cell.mentions - cell.silence, words),
                first_sentence_no: place.and_then(|place| place.first),
                sentences: self.cells.sentences(outlet)[at],
                verdict: whole.then(|| self.verdict(outlet, articles, base, &cell, &voiced[0])),
                silent_party: place.map_or_else(String::new, Place::silent_party),
            });
        }
        rows
    }

    fn verdict(
        &self,
        outlet: usize,
        articles: u64,
        base: &Base,
        all: &Cell,
        own: &Cell,
    ) -> Verdict {
        let basis = ground(articles, base);
        let inferable = basis != Ground::OneArticle;
        let expected = base.expected_mentions();
        Verdict {
            peers_with_item: base.peers_with_item,
            peers: base.peers,
            comparable_articles: base.articles,
            comparable_words: base.words,
            expected_mentions: expected,
            peer_per_1k_words: expected
                .filter(|_| base.words > 0)
                .map(|expected| expected * 1000.0 / base.words as f64),
            peer_per_1k_words_all_events: self.pooled_rate(outlet),
            p_zero: base.p_zero().filter(|_| inferable),
            share_articles_upper95: (inferable && all.articles == 0)
                .then(|| zero_share_upper95(base.articles))
                .flatten(),
            status: status(articles, base, all, own),
            basis,
        }
    }

    /// Mentions per 1,000 words, reported silences left out, in all articles of all other outlets.
    fn pooled_rate(&self, outlet: usize) -> Option<f64> {
        let own = Totals::of_outlet(self.cells, self.id, outlet);
        per_1k(self.all.mentions - own.mentions, self.all.words - own.words)
    }
}

/// The first status that applies.
fn status(articles: u64, base: &Base, all: &Cell, own: &Cell) -> Status {
    if own.mentions > own.silence {
        Status::Covered
    } else if all.mentions > 0 && all.mentions == all.silence {
        Status::ReportedSilence
    } else if all.mentions > 0 {
        Status::AttributedOnly
    } else if base.too_early == articles {
        Status::NotYetPossible
    } else if base.too_early + base.too_late == articles {
        Status::Stale
    } else if base.peers == 0 {
        Status::NotComparable
    } else if base.peers_with_item > 0 {
        Status::Omitted
    } else {
        Status::Absent
    }
}

/// How many articles stand behind a row: those of the outlet that can be compared and those of its
/// peers; all of the outlet's where none can be compared.
fn ground(articles: u64, base: &Base) -> Ground {
    let fewest = if base.peers == 0 { articles } else { base.articles.min(base.peer_articles) };
    Ground::of(fewest)
}

/// Upper end of the exact (Clopper-Pearson) 95 % interval of a share of which none of `articles`
/// articles shows an instance: 1 - 0.025^(1/articles), in [0, 1]; `None` of nothing.
fn zero_share_upper95(articles: u64) -> Option<f64> {
    (articles > 0).then(|| 1.0 - libm::pow(0.025, 1.0 / articles as f64))
}

/// Where an outlet mentions an item, in one section.
#[derive(Clone, Debug, Default)]
struct Place {
    first: Option<u32>,
    silent: BTreeSet<String>,
}

impl Place {
    fn silent_party(&self) -> String {
        let names: Vec<&str> = self.silent.iter().map(String::as_str).collect();
        names.join("; ")
    }
}

/// Where every outlet mentions every actor and concept, by section.
pub struct Places<'a> {
    comparison: &'a Comparison<'a>,
    places: BTreeMap<(CategoryId, usize), [Place; 4]>,
}

impl Fold for Places<'_> {
    fn add(&mut self, article: &Article<'_>) {
        let lexicon = self.comparison.lexicon;
        for one in &article.counted {
            if !matches!(lexicon.category(one.category).kind, Kind::Actor | Kind::Concept) {
                continue;
            }
            let section = article.record.section_of(one.mention).index();
            for level in lexicon.with_ancestors(one.category) {
                let sections = self.places.entry((level, article.outlet)).or_default();
                let no = one.mention.sentence;
                for place in [section, 3] {
                    let place = &mut sections[place];
                    place.first = Some(place.first.map_or(no, |first| first.min(no)));
                    let silent = one.is_silence_about(level, lexicon);
                    if silent && !one.mention.silent_party.is_empty() {
                        place.silent.insert(one.mention.silent_party.clone());
                    }
                }
            }
        }
    }
}

impl<'a> Places<'a> {
    /// No article yet.
    pub fn new(comparison: &'a Comparison<'a>) -> Self {
        Places { comparison, places: BTreeMap::new() }
    }

    fn get(&self, item: CategoryId, outlet: usize, section: usize) -> Option<&Place> {
        self.places.get(&(item, outlet)).map(|sections| &sections[section])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Interval, Published, Zone};
    use crate::compare::events::Events;
    use crate::compare::lexicon_fixture::lexicon;
    use crate::lexicon::Lexicon;
    use crate::tally::Tally;
    use crate::tally::fixture::{Part, article, changed};

    /// Three outlets: Alpha and Beta on day 10 about the same event, Gamma on day 200 alone.
    fn tally(alpha: Part, beta: Part, gamma: Part) -> Tally {
        let dated = |id: &str, outlet: &str, day: i64, part: Part| {
            let published = Published::new(format!("1970-{day:03}"), day, None, Zone::Utc);
            changed(article(id, outlet, &[part]), |record| record.published = published.clone())
        };
        let parts = [
            dated("a", "Alpha", 10, alpha),
            dated("b", "Beta", 10, beta),
            dated("c", "Gamma", 200, gamma),
        ];
        Tally::merge_all(parts).unwrap()
    }

    fn items() -> Lexicon {
        let mut lexicon =
            lexicon(&[("actors", "ukraine/state", "Ukraine"), ("concepts", "balloon", "balloon")]);
        let day = |n: i64| Some(Interval { from: n * 86_400, to: (n + 1) * 86_400 });
        let balloon = lexicon.find_category(Kind::Concept, "balloon").unwrap();
        lexicon.categories[balloon.0 as usize].valid_from = day(8);
        lexicon.categories[balloon.0 as usize].expect_until = day(100);
        lexicon
    }

    fn events() -> BTreeMap<String, String> {
        let pair = |id: &str, event: &str| (id.to_string(), event.to_string());
        [pair("a", "visit"), pair("b", "visit"), pair("c", "other")].into()
    }

    fn rows(
        tally: &Tally,
        lexicon: &Lexicon,
        events: &BTreeMap<String, String>,
    ) -> Vec<CoverageRow> {
        let comparison = Comparison::new(tally, lexicon, &[]);
        let cells = comparison.fold(Cells::new(&comparison)).unwrap();
        let places = comparison.fold(Places::new(&comparison)).unwrap();
        let events = Events::named(tally, events);
        let exposure = comparison.fold(Exposure::new(&comparison, &events)).unwrap();
        coverage(&comparison, &cells, &places, &exposure).collect()
    }

    fn find(tally: &Tally, lexicon: &Lexicon, item: &str, outlet: &str) -> CoverageRow {
        let rows = rows(tally, lexicon, &events());
        let same = |r: &&CoverageRow| {
            (r.item.as_str(), r.outlet.as_str(), r.section) == (item, outlet, "all")
        };
        rows.iter().find(same).unwrap().clone()
    }

    fn statuses(tally: &Tally, lexicon: &Lexicon, item: &str) -> [&'static str; 3] {
        ["Alpha", "Beta", "Gamma"]
            .map(|outlet| find(tally, lexicon, item, outlet).verdict.unwrap().status.name())
    }

    fn silent(text: &str) -> Part {
        Part::body(text)
    }

    #[test]
    fn what_a_comparable_peer_mentions_is_omitted_and_later_it_is_stale() {
        let tally = tally(
            silent("Nothing here."),
            silent("A balloon flew.").mention("balloon", 1),
            silent("Old."),
        );
        assert_eq!(statuses(&tally, &items(), "balloon"), ["omitted", "covered", "stale"]);
    }

    #[test]
    fn an_actor_that_nobody_mentions_has_no_rows_and_a_concept_has() {
        let tally = tally(silent("None."), silent("None."), silent("None."));
        let rows = rows(&tally, &items(), &events());
        let items: BTreeSet<&str> = rows.iter().map(|row| row.item.as_str()).collect();
        assert_eq!(items, BTreeSet::from(["balloon"]));
    }

    #[test]
    fn what_nobody_could_know_yet_is_not_omitted() {
        let mut lexicon = items();
        let balloon = lexicon.find_category(Kind::Concept, "balloon").unwrap().0 as usize;
        lexicon.categories[balloon].valid_from =
            Some(Interval { from: 150 * 86_400, to: 151 * 86_400 });
        lexicon.categories[balloon].expect_until = None;
        let tally = tally(silent("None."), silent("None."), silent("None."));
        assert_eq!(
            statuses(&tally, &lexicon, "balloon"),
            ["not_yet_possible", "not_yet_possible", "not_comparable"]
        );
    }

    #[test]
    fn what_the_comparable_peer_lacks_too_is_absent_even_if_another_outlet_has_it() {
        let tally =
            tally(silent("None."), silent("None."), silent("Ukraine spoke.").mention("Ukraine", 0));
        assert_eq!(statuses(&tally, &items(), "ukraine"), ["absent", "absent", "covered"]);
    }

    #[test]
    fn a_reported_silence_is_neither_coverage_nor_omission_nor_a_peers_mention() {
        let beta = silent("The ministry did not mention Ukraine.").marked("Ukraine", 0, |m| {
            m.reported_silence = true;
            m.silent_party = "the ministry".into();
        });
        let gamma = silent("Experts argue that Ukraine is lost.")
            .voice(Voice::Reported)
            .mention("Ukraine", 0);
        let tally = tally(silent("None."), beta, gamma);
        let lexicon = items();
        assert_eq!(
            statuses(&tally, &lexicon, "ukraine/state"),
            ["absent", "reported_silence", "attributed_only"]
        );
        let beta = find(&tally, &lexicon, "ukraine", "Beta");
        assert_eq!((beta.mentions, beta.by_voice, beta.mentions_silence), (1, [1, 0, 0], 1));
        assert_eq!((beta.articles_with_item, beta.silent_party.as_str()), (0, "the ministry"));
        let alpha = find(&tally, &lexicon, "ukraine", "Alpha").verdict.unwrap();
        assert_eq!((alpha.peers, alpha.peers_with_item), (1, 0));
        assert_eq!(alpha.expected_mentions, Some(0.0));
    }

    #[test]
    fn with_one_article_there_is_no_probability_and_no_bound() {
        let tally = tally(
            silent("Nothing here."),
            silent("A balloon flew.").mention("balloon", 1),
            silent("Old."),
        );
        let alpha = find(&tally, &items(), "balloon", "Alpha").verdict.unwrap();
        assert_eq!(alpha.basis, Ground::OneArticle);
        assert_eq!((alpha.p_zero, alpha.share_articles_upper95), (None, None));
        assert_eq!(alpha.expected_mentions, Some(2.0 / 3.0));
        assert_eq!(alpha.peer_per_1k_words, Some(2.0 / 3.0 * 1000.0 / 2.0));
        assert_eq!(alpha.peer_per_1k_words_all_events, Some(1000.0 / 4.0));
        assert_eq!((alpha.comparable_articles, alpha.comparable_words), (1, 2));
    }

    #[test]
    fn with_more_articles_a_silence_has_a_probability_and_a_bound() {
        let parts = (0..6).map(|n| {
            let (outlet, part) = if n % 2 == 0 {
                ("Alpha", silent("Nothing at all here."))
            } else {
                ("Beta", silent("A balloon flew by.").mention("balloon", 1))
            };
            article(&format!("x{n}"), outlet, &[part])
        });
        let tally = Tally::merge_all(parts).unwrap();
        let lexicon = items();
        let events = (0..6).map(|n| (format!("x{n}"), "one".to_string())).collect();
        let rows = rows(&tally, &lexicon, &events);
        let alpha = rows
            .iter()
            .find(|r| r.item == "balloon" && r.outlet == "Alpha" && r.section == "all")
            .unwrap();
        let verdict = alpha.verdict.as_ref().unwrap();
        assert_eq!((verdict.status, verdict.basis), (Status::Omitted, Ground::FewArticles));
        assert!((verdict.p_zero.unwrap() - libm::pow(0.5, 3.5)).abs() < 1e-12);
        assert!((verdict.share_articles_upper95.unwrap() - (1.0 - 0.025_f64.cbrt())).abs() < 1e-12);
    }

    #[test]
    fn a_bound_for_none_of_fifty_is_seven_percent() {
        assert!((zero_share_upper95(50).unwrap() - 0.071_121_736).abs() < 1e-8);
        assert_eq!(zero_share_upper95(0), None);
    }

    #[test]
    fn the_first_sentence_stands_beside_how_many_there_are() {
        let part = silent("Ukraine met. Nobody came. Ukraine and again Ukraine left.")
            .mention("Ukraine", 0)
            .mention("Ukraine and", 0)
            .mention("Ukraine left", 0);
        let tally = article("a", "Alpha", &[Part::title("A day"), part]);
        let row = find(&tally, &items(), "ukraine", "Alpha");
        assert_eq!((row.mentions, row.first_sentence_no, row.sentences), (3, Some(2), 4));
        let rows = rows(&tally, &items(), &events());
        let title = rows.iter().find(|r| r.item == "ukraine" && r.section == "title").unwrap();
        assert_eq!((title.sentences, title.first_sentence_no, &title.verdict), (1, None, &None));
    }

    #[test]
    fn a_silence_about_a_person_is_none_about_the_country() {
        let lexicon =
            lexicon(&[("actors", "oran/person", "Moe"), ("actors", "oran/state", "Oran")]);
        let passed = |text: &str, name: &str, entry: u32| {
            let part = silent(text).marked(name, entry, |m| {
                m.reported_silence = true;
                m.silent_party = "Lee".into();
            });
            let none = || silent("None.");
            rows(&tally(part, none(), none()), &lexicon, &events())
        };
        let part_of = |rows: &[CoverageRow], item: &str| {
            let same = |r: &&CoverageRow| (r.item.as_str(), r.section) == (item, "all");
            let row = rows.iter().filter(same).find(|r| r.outlet == "Alpha").unwrap();
            (row.mentions, row.mentions_silence, row.silent_party.clone())
        };
        let rows = passed("Lee did not mention Moe.", "Moe", 0);
        assert_eq!(part_of(&rows, "oran/person"), (1, 1, "Lee".into()));
        assert_eq!(part_of(&rows, "oran"), (1, 0, String::new()));
        let rows = passed("Lee did not mention Oran.", "Oran", 1);
        assert_eq!(part_of(&rows, "oran"), (1, 1, "Lee".into()));
    }
}
