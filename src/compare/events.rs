//! Which articles are about the same happening: the `event` column, else date and text.
//!
//! Two articles can be compared for what they leave out only if they are about the same event.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::VecDeque;

use crate::base::Interval;
use crate::compare::similarity::{Profile, profiles};
use crate::tally::{ArticleRecord, Tally};

/// Seconds in a day.
const DAY: i64 = 86_400;

/// Terms of an article under which others look for it.
const KEY_TERMS: usize = 24;

/// Key terms two articles must share before they are compared in full. All 74 pairs that reach the
/// threshold among 1,774 dated articles share at least three (measured 2026-11).
const SHARED_KEY_TERMS: u32 = 2;

/// Earlier articles an article is compared with at most: those that share most key terms.
const NEIGHBOURS: usize = 64;

/// How articles are grouped into events.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventSettings {
    /// Days that may lie between any two articles of one event, from the latest moment the earlier
    /// may have appeared to the earliest moment of the later.
    pub window_days: u32,
    /// Least similarity, 0 to 1, of an article or group to the group it joins. Of the 28 weakest of
    /// 69 groups that 0.30 makes of 2,000 general news articles, 26 were read as one event; in
    /// corpora of 3 to 25 articles on one subject, about a tenth of the pairs from different months
    /// reach it too, which the date window keeps apart (measured 2026-11).
    pub similarity: f64,
}

impl Default for EventSettings {
    fn default() -> Self {
        Self { window_days: 3, similarity: 0.30 }
    }
}

/// How an event came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventMethod {
    /// The `event` column.
    Given,
    /// Date window and text similarity; an event of one article found no other.
    Grouped,
    /// An article without date and without `event`: compared with no other.
    Undated,
}

impl EventMethod {
    /// The word the tables print.
    pub fn name(self) -> &'static str {
        match self {
            EventMethod::Given => "given",
            EventMethod::Grouped => "date_window+similarity",
            EventMethod::Undated => "undated",
        }
    }
}

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// The given name, or `ev_` and the smallest id among its articles.
    pub event: String,
    /// Articles on it.
    pub articles: u64,
    /// Outlets with an article on it.
    pub outlets: u64,
    /// Earliest printed day; `None` if no article has a date.
    pub first_date: Option<String>,
    /// Latest printed day.
    pub last_date: Option<String>,
    /// How it came about.
    pub method: EventMethod,
    /// Mean cosine similarity, 0 to 1, between the two sides of the weakest join that made the
    /// event; for two articles the cosine between them. `None` for given events and for one article.
    pub link_strength: Option<f64>,
}

/// Every article's event, and every event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    /// Article id to event; every article has one.
    pub of_article: BTreeMap<String, String>,
    /// Article id to the number of articles that other outlets have on its event; 0 = not matched.
    pub comparable_articles: BTreeMap<String, u64>,
    /// By first date (undated last), then event.
    pub rows: Vec<EventRow>,
}

/// Groups the articles of a tally.
///
/// Average linkage: the most similar pair joins first, and two groups join only if the mean
/// similarity between their articles reaches the threshold and no two of their articles lie further
/// apart than the window, so that a chain of small steps never ties distant articles together.
pub fn group_events(tally: &Tally, settings: &EventSettings) -> Events {
    let (given, free): (Vec<usize>, Vec<usize>) = (0..tally.records.len())
        .partition(|&article| !given_event(&tally.records[article]).is_empty());
    let mut found = given_events(tally, &given);
    let taken: BTreeSet<String> = found.iter().map(|event| event.name.clone()).collect();
    found.extend(grouped_events(tally, &free, &taken, settings));
    summary(tally, &found)
}

/// An event and its articles, as positions in the tally.
struct Found {
    name: String,
    articles: Vec<usize>,
    method: EventMethod,
    strength: Option<f64>,
}

/// The `event` column; empty if not filled.
fn given_event(record: &ArticleRecord) -> &str {
    record.event.as_deref().unwrap_or_default()
}

fn given_events(tally: &Tally, articles: &[usize]) -> Vec<Found> {
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &article in articles {
        by_name.entry(given_event(&tally.records[article])).or_default().push(article);
    }
    let event = |(name, articles): (&str, Vec<usize>)| Found {
        name: name.to_owned(),
        articles,
        method: EventMethod::Given,
        strength: None,
    };
    by_name.into_iter().map(event).collect()
}

fn grouped_events(
    tally: &Tally,
    articles: &[usize],
    taken: &BTreeSet<String>,
    settings: &EventSettings,
) -> Vec<Found> {
    let profiles = profiles(tally);
    let window = i64::from(settings.window_days) * DAY;
    let mut dated: Vec<Dated<'_>> = Vec::new();
    let mut alone = Vec::new();
    for &article in articles {
        match tally.records[article].published.interval {
            Some(when) => dated.push(Dated { article, when, profile: &profiles[article] }),
            None => alone.push(article),
        }
    }
    dated.sort_by_key(|d| (d.when.from, d.when.to, &tally.records[d.article].id));
    let links = links(&dated, window, settings.similarity);
    let groups = join(&dated, links, window, settings.similarity);
    let undated = alone.into_iter().map(|article| (vec![article], EventMethod::Undated, None));
    groups
        .into_iter()
        .map(|(articles, strength)| (articles, EventMethod::Grouped, strength))
        .chain(undated)
        .map(|(articles, method, strength)| {
            let name = event_name(tally, &articles, taken);
            Found { name, articles, method, strength }
        })
        .collect()
}

/// `ev_` and the smallest id; a given event of that name is left alone.
fn event_name(tally: &Tally, articles: &[usize], taken: &BTreeSet<String>) -> String {
    let ids = articles.iter().map(|&article| tally.records[article].id.as_str());
    let mut name = format!("ev_{}", ids.min().unwrap_or_default());
    while taken.contains(&name) {
        name.push('_');
    }
    name
}

/// An article with a date.
struct Dated<'a> {
    article: usize,
    when: Interval,
    profile: &'a Profile,
}

/// Two dated articles (positions, the earlier first) and their similarity in millionths.
struct Link {
    similarity: u64,
    earlier: usize,
    later: usize,
}

/// Every pair within the window whose similarity reaches the threshold, found through shared key
/// terms, so that the work grows with the articles in a window and not with all pairs.
fn links(dated: &[Dated<'_>], window: i64, threshold: f64) -> Vec<Link> {
    let n_terms = dated.iter().filter_map(|d| d.profile.weights.last()).map(|w| w.0 + 1).max();
    let mut holders: Vec<VecDeque<usize>> = vec![VecDeque::new(); n_terms.unwrap_or(0) as usize];
    let mut shared = vec![0_u32; dated.len()];
    let mut links = Vec::new();
    for (later, this) in dated.iter().enumerate() {
        let terms = this.profile.heaviest(KEY_TERMS);
        let mut met = Vec::new();
        for &term in &terms {
            let holders = &mut holders[term as usize];
            while holders.front().is_some_and(|&h| too_far(dated[h].when, this.when, window)) {
                holders.pop_front();
            }
            for &earlier in holders.iter() {
                if shared[earlier] == 0 {
                    met.push(earlier);
                }
                shared[earlier] += 1;
            }
            holders.push_back(later);
        }
        met.sort_by_key(|&earlier| (Reverse(shared[earlier]), earlier));
        let near = met.iter().filter(|&&e| shared[e] >= SHARED_KEY_TERMS).take(NEIGHBOURS);
        links.extend(near.filter_map(|&earlier| {
            let similarity = millionths(this.profile.dot(dated[earlier].profile), 1);
            let close = !too_far(dated[earlier].when, this.when, window);
            let alike = similarity as f64 / 1e6 >= threshold;
            (close && alike).then_some(Link { similarity, earlier, later })
        }));
        for earlier in met {
            shared[earlier] = 0;
        }
    }
    links
}

/// Whether more than the window lies between the two.
fn too_far(one: Interval, other: Interval, window: i64) -> bool {
    one.gap(other) > window
}

/// Mean similarity in millionths, rounded half up, from a sum over `pairs` pairs.
fn millionths(dot: u128, pairs: u128) -> u64 {
    let one = 1_000_000 * pairs;
    let rounded = (dot + one / 2) / one;
    u64::try_from(rounded).unwrap_or(u64::MAX).min(1_000_000)
}

/// A group of dated articles while it grows.
struct Group {
    members: Vec<usize>,
    profile: Profile,
    first_end: i64,
    last_start: i64,
    weakest: Option<u64>,
}

/// Joins groups along the links, the strongest first; returns articles with the weakest join.
fn join(
    dated: &[Dated<'_>],
    mut links: Vec<Link>,
    window: i64,
    threshold: f64,
) -> Vec<(Vec<usize>, Option<f64>)> {
    links.sort_by_key(|l| (Reverse(l.similarity), l.earlier, l.later));
    let mut group_of: Vec<usize> = (0..dated.len()).collect();
    let mut groups: Vec<Option<Group>> = dated.iter().enumerate().map(single).collect();
    for link in links {
        let (one, other) = (group_of[link.earlier], group_of[link.later]);
        if one == other {
            continue;
        }
        let (Some(a), Some(b)) = (&groups[one], &groups[other]) else { continue };
        let pairs = (a.members.len() * b.members.len()) as u128;
        let mean = millionths(a.profile.dot(&b.profile), pairs);
        let gap = a.last_start.max(b.last_start) - a.first_end.min(b.first_end);
        if mean as f64 / 1e6 < threshold || gap > window {
            continue;
        }
        let joined = union(a, b, mean);
        for &member in &joined.members {
            group_of[member] = one;
        }
        groups[one] = Some(joined);
        groups[other] = None;
    }
    let articles = |g: Group| {
        let articles = g.members.iter().map(|&member| dated[member].article).collect();
        (articles, g.weakest.map(|weakest| weakest as f64 / 1e6))
    };
    groups.into_iter().flatten().map(articles).collect()
}

fn single((position, dated): (usize, &Dated<'_>)) -> Option<Group> {
    Some(Group {
        members: vec![position],
        profile: dated.profile.clone(),
        first_end: dated.when.to,
        last_start: dated.when.from,
        weakest: None,
    })
}

fn union(a: &Group, b: &Group, mean: u64) -> Group {
    Group {
        members: a.members.iter().chain(&b.members).copied().collect(),
        profile: a.profile.plus(&b.profile),
        first_end: a.first_end.min(b.first_end),
        last_start: a.last_start.max(b.last_start),
        weakest: [a.weakest, b.weakest, Some(mean)].into_iter().flatten().min(),
    }
}

/// Counts articles, outlets and days of each event, and each article's peers.
fn summary(tally: &Tally, found: &[Found]) -> Events {
    let mut events = Events::default();
    for event in found {
        let records: Vec<&ArticleRecord> =
            event.articles.iter().map(|&article| &tally.records[article]).collect();
        let mut per_outlet: BTreeMap<&str, u64> = BTreeMap::new();
        for record in &records {
            *per_outlet.entry(&record.outlet).or_default() += 1;
        }
        let n_articles = records.len() as u64;
        for record in &records {
            events.of_article.insert(record.id.clone(), event.name.clone());
            let peers = n_articles - per_outlet[record.outlet.as_str()];
            events.comparable_articles.insert(record.id.clone(), peers);
        }
        let days = || records.iter().filter_map(|record| record.published.day.clone());
        events.rows.push(EventRow {
            event: event.name.clone(),
            articles: n_articles,
            outlets: per_outlet.len() as u64,
            first_date: days().min(),
            last_date: days().max(),
            method: event.method,
            link_strength: event.strength,
        });
    }
    events.rows.sort_by(|a, b| {
        let key = |row: &EventRow| (row.first_date.is_none(), row.first_date.clone());
        key(a).cmp(&key(b)).then_with(|| a.event.cmp(&b.event))
    });
    events
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::compare::fixture::{renumbered, tally};

    const VISIT: &str = "Envoy Marlow visits Tarn harbour and praises eel treaty";
    const VISIT_TOO: &str = "Tarn harbour: Marlow signs eel treaty after visit";
    const FLOOD: &str = "Storm floods Ostrand valley, dozens of farms under water";

    fn group(texts: &[crate::compare::fixture::Text<'_>]) -> Events {
        group_events(&tally(texts), &EventSettings::default())
    }

    #[test]
    fn articles_alike_and_near_in_time_share_an_event() {
        let events = group(&[("b1", "B", 10, VISIT), ("a1", "A", 11, VISIT_TOO)]);
        assert_eq!(events.of_article["a1"], "ev_a1");
        assert_eq!(events.of_article["b1"], "ev_a1");
        assert_eq!(events.comparable_articles["a1"], 1);
        let row = &events.rows[0];
        assert_eq!((row.articles, row.outlets, row.method), (2, 2, EventMethod::Grouped));
        assert_eq!(row.first_date.as_deref(), Some("1970-010"));
        assert!(row.link_strength.unwrap() >= 0.25);
    }

    #[test]
    fn another_subject_or_another_week_is_another_event() {
        let events =
            group(&[("a1", "A", 10, VISIT), ("b1", "B", 10, FLOOD), ("c1", "C", 14, VISIT)]);
        assert_eq!(events.rows.len(), 3);
        assert!(events.rows.iter().all(|row| row.link_strength.is_none()));
        assert_eq!(events.comparable_articles["c1"], 0);
    }

    #[test]
    fn a_chain_of_days_does_not_tie_its_ends_together() {
        let days = [("a1", 10), ("a2", 12), ("a3", 14), ("a4", 16)];
        let texts = days.map(|(id, day)| (id, "A", day, VISIT));
        let events = group(&texts);
        assert_eq!(events.rows.len(), 2);
        assert_ne!(events.of_article["a1"], events.of_article["a4"]);
    }

    #[test]
    fn the_event_column_wins_over_date_and_text() {
        let mut tally =
            tally(&[("a1", "A", 10, VISIT), ("b1", "B", 200, FLOOD), ("c1", "C", 10, VISIT)]);
        tally.records[0].event = Some("treaty".into());
        tally.records[1].event = Some("treaty".into());
        let events = group_events(&tally, &EventSettings::default());
        assert_eq!(events.of_article["b1"], "treaty");
        assert_eq!(events.of_article["c1"], "ev_c1");
        let given = events.rows.iter().find(|row| row.event == "treaty").unwrap();
        assert_eq!((given.method.name(), given.link_strength), ("given", None));
    }

    #[test]
    fn a_given_event_named_like_ours_stays_apart() {
        let mut tally = tally(&[("a1", "A", 10, VISIT), ("b1", "B", 10, FLOOD)]);
        tally.records[0].event = Some("ev_b1".into());
        let events = group_events(&tally, &EventSettings::default());
        assert_eq!(events.of_article["b1"], "ev_b1_");
    }

    #[test]
    fn an_article_without_a_date_stands_alone() {
        let events = group(&[("a1", "A", 0, VISIT), ("b1", "B", 10, VISIT)]);
        assert_eq!(events.rows.len(), 2);
        assert_eq!(events.rows[1].method, EventMethod::Undated);
        assert_eq!(events.rows[1].first_date, None);
    }

    #[test]
    fn two_articles_of_one_outlet_share_an_event_but_are_not_comparable() {
        let events = group(&[("a1", "A", 10, VISIT), ("a2", "A", 10, VISIT_TOO)]);
        assert_eq!(events.rows[0].outlets, 1);
        assert_eq!(events.comparable_articles["a2"], 0);
    }

    #[test]
    fn the_order_of_articles_and_surfaces_changes_nothing() {
        let texts = [("a1", "A", 10, VISIT), ("b1", "B", 11, VISIT_TOO), ("c1", "C", 11, FLOOD)];
        let expect = group(&texts);
        let mut backwards = renumbered(tally(&texts));
        backwards.records.reverse();
        assert_eq!(group_events(&backwards, &EventSettings::default()), expect);
    }

    proptest! {
        #[test]
        fn every_article_has_one_event_whatever_the_order(
            articles in prop::collection::vec(
                (0_i64..9, prop::collection::vec("[A-D][a-c]", 1..9)),
                1..12,
            )
        ) {
            let texts: Vec<(String, i64, String)> = (0..)
                .zip(&articles)
                .map(|(i, (day, words)): (usize, _)| (format!("a{i:02}"), *day, words.join(" ")))
                .collect();
            let outlet = |id: &str| if id.ends_with(['0', '3', '5']) { "A" } else { "B" };
            let texts = texts.iter().map(|(id, day, text)| (id.as_str(), outlet(id), *day, text.as_str()));
            let tally = tally(&texts.collect::<Vec<_>>());
            let events = group_events(&tally, &EventSettings::default());
            prop_assert_eq!(events.of_article.len(), articles.len());
            let counted: u64 = events.rows.iter().map(|row| row.articles).sum();
            prop_assert_eq!(counted, articles.len() as u64);
            let mut backwards = renumbered(tally);
            backwards.records.reverse();
            prop_assert_eq!(group_events(&backwards, &EventSettings::default()), events);
        }
    }
}
