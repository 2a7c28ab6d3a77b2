//! Which articles are about the same happening: the `event` column, else date and text.
//!
//! Two articles can be compared for what they leave out only if they are about the same event.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::VecDeque;
use std::collections::btree_map::Entry;
use std::path::Path;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::base::Interval;
use crate::compare::similarity::{Profile, Profiles};
use crate::compare::units::root;
use crate::tally::{Head, Keys, Store, Tally, TallyError};

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

/// Every article's event, and every event, kept small: most events have one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    /// By first date (undated last), then name.
    events: Vec<Event>,
    /// Position of each article's event; every article has one.
    of_article: Vec<u32>,
    /// Articles that other outlets have on its event; 0 = not matched.
    comparable_articles: Vec<u32>,
}

/// One event; articles are named by their position.
#[derive(Clone, Debug, PartialEq)]
struct Event {
    /// The article with the smallest id.
    smallest: u32,
    /// Its name, unless that is `ev_` and this id.
    name: Option<Box<str>>,
    articles: u32,
    outlets: u32,
    /// Articles with the earliest and the latest printed day.
    days: Option<(u32, u32)>,
    method: EventMethod,
    /// In millionths.
    strength: Option<u32>,
}

impl Events {
    /// How many events there are.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Every event, by first date (undated last), then name.
    pub fn rows(&self, tally: &Tally) -> impl Iterator<Item = EventRow> {
        self.events.iter().map(|event| {
            let day = |at: u32| tally.heads[at as usize].day.as_deref().map(String::from);
            EventRow {
                event: event.name(tally),
                articles: u64::from(event.articles),
                outlets: u64::from(event.outlets),
                first_date: event.days.and_then(|days| day(days.0)),
                last_date: event.days.and_then(|days| day(days.1)),
                method: event.method,
                link_strength: event.strength.map(|strength| f64::from(strength) / 1e6),
            }
        })
    }

    /// The name of an article's event; empty if nothing was grouped.
    pub fn of(&self, article: usize, tally: &Tally) -> String {
        let event = self.of_article.get(article).map(|&event| &self.events[event as usize]);
        event.map_or_else(String::new, |event| event.name(tally))
    }

    /// Articles that other outlets have on the event of an article; 0 = not matched.
    pub fn comparable_articles(&self, article: usize) -> u64 {
        self.comparable_articles.get(article).map_or(0, |&n| u64::from(n))
    }

    /// The articles of every event that several outlets cover, by the event's name.
    pub(crate) fn shared(&self, tally: &Tally) -> Vec<Vec<u32>> {
        let mut articles: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (article, event) in (0..).zip(&self.of_article) {
            if self.events[*event as usize].outlets > 1 {
                articles.entry(*event).or_default().push(article);
            }
        }
        let mut shared: Vec<(String, Vec<u32>)> = articles
            .into_iter()
            .map(|(event, articles)| (self.events[event as usize].name(tally), articles))
            .collect();
        shared.sort_unstable();
        shared.into_iter().map(|(_, articles)| articles).collect()
    }
}

#[cfg(test)]
impl Events {
    /// Events as given for each article; articles of no event stand on the event without a name.
    pub(crate) fn named(tally: &Tally, of_article: &BTreeMap<String, String>) -> Self {
        let mut events: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (at, head) in (0..).zip(&tally.heads) {
            let event = of_article.get(&*head.id).map_or("", String::as_str);
            events.entry(event).or_default().push(at);
        }
        let found = events.into_iter().map(|(name, articles)| Found {
            name: Some(name.into()),
            articles,
            method: EventMethod::Given,
            strength: None,
        });
        summary(tally, found.collect())
    }
}

impl Event {
    fn name(&self, tally: &Tally) -> String {
        let ours = || own_name(&tally.heads[self.smallest as usize]);
        self.name.as_deref().map_or_else(ours, String::from)
    }
}

/// Groups the articles of a tally.
///
/// Average linkage: the most similar pair joins first, and two groups join only if the mean
/// similarity between their articles reaches the threshold and no two of their articles lie further
/// apart than the window, so that a chain of small steps never ties distant articles together.
pub fn group_events(
    tally: &Tally,
    mut profiles: Profiles,
    settings: &EventSettings,
) -> Result<Events, TallyError> {
    profiles.check()?;
    let (given, free): (Vec<u32>, Vec<u32>) =
        (0..tally.heads.len() as u32).partition(|&at| !given_event(tally, at).is_empty());
    let mut found = given_events(tally, &given);
    let taken: BTreeSet<&str> = given.iter().map(|&at| given_event(tally, at)).collect();
    found.extend(grouped_events(tally, &profiles, &free, &taken, settings)?);
    Ok(summary(tally, found))
}

/// An event and its articles, as positions in the tally.
struct Found {
    name: Option<Box<str>>,
    articles: Vec<u32>,
    method: EventMethod,
    strength: Option<u32>,
}

/// The `event` column; empty if not filled.
fn given_event(tally: &Tally, article: u32) -> &str {
    tally.heads[article as usize].event.as_deref().unwrap_or_default()
}

fn given_events(tally: &Tally, articles: &[u32]) -> Vec<Found> {
    let mut by_name: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for &article in articles {
        by_name.entry(given_event(tally, article)).or_default().push(article);
    }
    let event = |(name, articles): (&str, Vec<u32>)| Found {
        name: Some(name.into()),
        articles,
        method: EventMethod::Given,
        strength: None,
    };
    by_name.into_iter().map(event).collect()
}

fn grouped_events(
    tally: &Tally,
    profiles: &Profiles,
    articles: &[u32],
    taken: &BTreeSet<&str>,
    settings: &EventSettings,
) -> Result<Vec<Found>, TallyError> {
    let window = i64::from(settings.window_days) * DAY;
    let mut dated: Vec<Dated> = Vec::new();
    let mut alone = Vec::new();
    for &article in articles {
        match tally.heads[article as usize].interval {
            Some(when) => dated.push(Dated { article, when }),
            None => alone.push(article),
        }
    }
    dated.sort_unstable_by_key(|d| (d.when.from, d.when.to, d.article));
    let links = links(&dated, profiles, window, settings.similarity)?;
    let mut joining = Joining::new(&dated, profiles, window, settings.similarity);
    let groups = joining.join(&links)?;
    let undated = alone.into_iter().map(|article| (vec![article], EventMethod::Undated, None));
    Ok(groups
        .into_iter()
        .map(|(articles, strength)| (articles, EventMethod::Grouped, strength))
        .chain(undated)
        .map(|(articles, method, strength)| {
            let name = event_name(tally, &articles, taken);
            Found { name, articles, method, strength }
        })
        .collect())
}

/// `ev_` and the id of an article.
fn own_name(head: &Head) -> String {
    format!("ev_{}", head.id)
}

/// The name of a group, unless it is `ev_` and the smallest id: a given event of that name is left
/// alone.
fn event_name(tally: &Tally, articles: &[u32], taken: &BTreeSet<&str>) -> Option<Box<str>> {
    let smallest = articles.iter().min()?;
    let mut name = own_name(&tally.heads[*smallest as usize]);
    if !taken.contains(name.as_str()) {
        return None;
    }
    while taken.contains(name.as_str()) {
        name.push('_');
    }
    Some(name.into())
}

/// An article with a date.
struct Dated {
    article: u32,
    when: Interval,
}

/// Two dated articles that are alike, as positions.
#[derive(Clone, Copy)]
struct Link {
    earlier: u32,
    later: u32,
}

/// Every pair within the window whose similarity reaches the threshold: for each article those before
/// it and their similarities in millionths. They may be sixty times as many as the articles, so that they go to disk.
struct Links {
    store: Store,
    /// The smallest of the articles that links tie an article to, itself if none; on the way there
    /// others.
    tied: Vec<u32>,
}

impl Links {
    fn push(&mut self, later: u32, links: &[(u32, u32)]) -> Result<(), TallyError> {
        for &(earlier, _) in links {
            let (one, other) = (root(&mut self.tied, earlier), root(&mut self.tied, later));
            self.tied[one.max(other) as usize] = one.min(other);
        }
        self.store.push(links.iter().flat_map(|&(earlier, similarity)| [earlier, similarity]))
    }
}

/// After so many articles the holders of terms are looked through for those that are too far away by
/// now.
const SWEEP: u32 = 1 << 15;

/// Profiles that are at hand: 15 MB. Who is looked for stands in a window of days, again and again.
const OPEN_PROFILES: usize = 3_000;

/// Profiles that were looked up lately.
struct Recent<'a> {
    profiles: &'a Profiles,
    open: HashMap<u32, Profile, FixedState>,
}

impl Recent<'_> {
    fn get(&mut self, article: u32) -> Result<&Profile, TallyError> {
        if !self.open.contains_key(&article) {
            let profile = self.profiles.get(article as usize)?;
            self.put(article, profile);
        }
        Ok(&self.open[&article])
    }

    fn take(&mut self, article: u32) -> Result<Profile, TallyError> {
        let open = self.open.remove(&article);
        open.map_or_else(|| self.profiles.get(article as usize), Ok)
    }

    fn put(&mut self, article: u32, profile: Profile) {
        if self.open.len() >= OPEN_PROFILES {
            self.open.clear();
        }
        self.open.insert(article, profile);
    }
}

/// Finds the links through shared key terms, so that the work grows with the articles in a window and
/// not with all pairs.
fn links(
    dated: &[Dated],
    profiles: &Profiles,
    window: i64,
    threshold: f64,
) -> Result<Links, TallyError> {
    let mut holders: HashMap<u32, VecDeque<u32>, FixedState> = HashMap::default();
    let mut shared = vec![0_u32; dated.len()];
    let mut recent = Recent { profiles, open: HashMap::default() };
    let tied = (0..).take(dated.len()).collect();
    let mut links = Links { store: Store::new(profiles.dir()), tied };
    let near =
        |earlier: u32, this: &Dated| !too_far(dated[earlier as usize].when, this.when, window);
    for (later, this) in (0_u32..).zip(dated) {
        let forget = |holders: &mut VecDeque<u32>| {
            while holders.front().is_some_and(|&earlier| !near(earlier, this)) {
                holders.pop_front();
            }
        };
        if later % SWEEP == SWEEP - 1 {
            holders.retain(|_, holders| {
                forget(holders);
                !holders.is_empty()
            });
        }
        let profile = recent.take(this.article)?;
        let mut met = Vec::new();
        for term in profile.heaviest(KEY_TERMS) {
            let holders = holders.entry(term).or_default();
            forget(holders);
            for &earlier in holders.iter() {
                if shared[earlier as usize] == 0 {
                    met.push(earlier);
                }
                shared[earlier as usize] += 1;
            }
            holders.push_back(later);
        }
        met.sort_unstable_by_key(|&earlier| (Reverse(shared[earlier as usize]), earlier));
        let enough = |earlier: &&u32| shared[**earlier as usize] >= SHARED_KEY_TERMS;
        let mut found = Vec::new();
        for &earlier in met.iter().filter(enough).take(NEIGHBOURS) {
            let other = recent.get(dated[earlier as usize].article)?;
            let similarity = millionths(profile.dot(other), 1);
            if near(earlier, this) && f64::from(similarity) / 1e6 >= threshold {
                found.push((earlier, similarity));
            }
        }
        links.push(later, &found)?;
        recent.put(this.article, profile);
        for earlier in met {
            shared[earlier as usize] = 0;
        }
    }
    Ok(links)
}

/// Whether more than the window lies between the two.
fn too_far(one: Interval, other: Interval, window: i64) -> bool {
    one.gap(other) > window
}

/// Mean similarity in millionths, rounded half up, from a sum over `pairs` pairs.
fn millionths(dot: u128, pairs: u128) -> u32 {
    let one = 1_000_000 * pairs;
    let rounded = (dot + one / 2) / one;
    u32::try_from(rounded).unwrap_or(u32::MAX).min(1_000_000)
}

/// A group of dated articles while it grows.
struct Group {
    members: Vec<u32>,
    profile: Profile,
    first_end: i64,
    last_start: i64,
    weakest: Option<u32>,
}

/// Articles, and the weakest of the joins that brought them together, in millionths.
type Joined = (Vec<u32>, Option<u32>);

/// Joins groups along the links, the strongest first. Articles that no chain of links ties together
/// never meet: so one tied set after another is joined, and only its profiles are in memory.
struct Joining<'a> {
    dated: &'a [Dated],
    profiles: &'a Profiles,
    window: i64,
    threshold: f64,
    /// The group of each article of the set; it has the position of one of its articles.
    group_of: HashMap<u32, u32, FixedState>,
    groups: BTreeMap<u32, Group>,
}

impl<'a> Joining<'a> {
    fn new(dated: &'a [Dated], profiles: &'a Profiles, window: i64, threshold: f64) -> Self {
        let (group_of, groups) = Default::default();
        Joining { dated, profiles, window, threshold, group_of, groups }
    }

    /// The groups of all articles, those that no link takes in alone.
    fn join(&mut self, links: &Links) -> Result<Vec<Joined>, TallyError> {
        let mut alone = vec![true; self.dated.len()];
        let (mut all, mut open) = (Vec::new(), None);
        for link in links.by_set(self.profiles.dir())? {
            let (set, link) = link?;
            if open.is_some_and(|open| open != set) {
                self.end_set(&mut alone, &mut all);
            }
            open = Some(set);
            self.follow(link)?;
        }
        self.end_set(&mut alone, &mut all);
        let alone = self.dated.iter().zip(alone).filter(|(_, alone)| *alone);
        all.extend(alone.map(|(dated, _)| (vec![dated.article], None)));
        Ok(all)
    }

    fn end_set(&mut self, alone: &mut [bool], all: &mut Vec<Joined>) {
        self.group_of.clear();
        for group in std::mem::take(&mut self.groups).into_values() {
            group.members.iter().for_each(|&member| alone[member as usize] = false);
            let article = |&member: &u32| self.dated[member as usize].article;
            all.push((group.members.iter().map(article).collect(), group.weakest));
        }
    }

    /// Joins the groups of two linked articles if they are alike as a whole.
    fn follow(&mut self, link: Link) -> Result<(), TallyError> {
        let [one, other] =
            [link.earlier, link.later].map(|at| *self.group_of.entry(at).or_insert(at));
        if one == other {
            return Ok(());
        }
        for position in [one, other] {
            if let Entry::Vacant(place) = self.groups.entry(position) {
                let dated = &self.dated[position as usize];
                place.insert(single(position, dated, self.profiles)?);
            }
        }
        let (a, b) = (&self.groups[&one], &self.groups[&other]);
        let pairs = (a.members.len() * b.members.len()) as u128;
        let mean = millionths(a.profile.dot(&b.profile), pairs);
        let gap = a.last_start.max(b.last_start) - a.first_end.min(b.first_end);
        if f64::from(mean) / 1e6 < self.threshold || gap > self.window {
            return Ok(());
        }
        let joined = union(a, b, mean);
        for &member in &joined.members {
            self.group_of.insert(member, one);
        }
        self.groups.insert(one, joined);
        self.groups.remove(&other);
        Ok(())
    }
}

impl Links {
    /// Each link with the set that it ties, one set after another, the strongest of each first.
    fn by_set(
        &self,
        scratch: &Path,
    ) -> Result<impl Iterator<Item = Result<(u32, Link), TallyError>> + use<>, TallyError> {
        let mut tied = self.tied.clone();
        let mut keys = Keys::new(scratch);
        for later in 0..self.store.len() {
            for link in self.store.get(later)?.chunks_exact(2) {
                let set = root(&mut tied, link[0]);
                let key = [set, u32::MAX - link[1], link[0], later as u32];
                keys.push(key.iter().fold(0, |key, &part| key << 32 | u128::from(part)))?;
            }
        }
        let link = |key: u128| {
            let part = |at: u32| (key >> (32 * at)) as u32;
            (part(3), Link { earlier: part(1), later: part(0) })
        };
        Ok(keys.sorted()?.map(move |key| key.map(link)))
    }
}

fn single(position: u32, dated: &Dated, profiles: &Profiles) -> Result<Group, TallyError> {
    Ok(Group {
        members: vec![position],
        profile: profiles.get(dated.article as usize)?,
        first_end: dated.when.to,
        last_start: dated.when.from,
        weakest: None,
    })
}

fn union(a: &Group, b: &Group, mean: u32) -> Group {
    Group {
        members: a.members.iter().chain(&b.members).copied().collect(),
        profile: a.profile.plus(&b.profile),
        first_end: a.first_end.min(b.first_end),
        last_start: a.last_start.max(b.last_start),
        weakest: [a.weakest, b.weakest, Some(mean)].into_iter().flatten().min(),
    }
}

/// Counts articles, outlets and days of each event, and each article's peers.
fn summary(tally: &Tally, mut found: Vec<Found>) -> Events {
    let head = |article: u32| &tally.heads[article as usize];
    for event in &mut found {
        event.articles.sort_unstable();
    }
    let first_day =
        |event: &Found| event.articles.iter().filter_map(|&at| head(at).day.as_deref()).min();
    found.sort_by_cached_key(|event| {
        let day = first_day(event);
        (
            day.is_none(),
            day,
            event.name.clone().map_or_else(|| own_name(head(event.articles[0])), String::from),
        )
    });
    let n_articles = tally.heads.len();
    let mut events = Events {
        events: Vec::with_capacity(found.len()),
        of_article: vec![0; n_articles],
        comparable_articles: vec![0; n_articles],
    };
    for (number, event) in (0_u32..).zip(found) {
        let mut per_outlet: BTreeMap<&str, u32> = BTreeMap::new();
        for &article in &event.articles {
            *per_outlet.entry(&head(article).outlet).or_default() += 1;
        }
        let articles = event.articles.len() as u32;
        for &article in &event.articles {
            let peers = articles - per_outlet[&*head(article).outlet];
            events.of_article[article as usize] = number;
            events.comparable_articles[article as usize] = peers;
        }
        let dated =
            || event.articles.iter().copied().filter(|&article| head(article).day.is_some());
        let first = dated().min_by_key(|&article| &head(article).day);
        let last = dated().max_by_key(|&article| &head(article).day);
        events.events.push(Event {
            smallest: event.articles[0],
            name: event.name,
            articles,
            outlets: per_outlet.len() as u32,
            days: first.zip(last),
            method: event.method,
            strength: event.strength,
        });
    }
    events
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::compare::comparison::Comparison;
    use crate::compare::fixture::{renumbered, tally};
    use crate::compare::similarity::Rarity;
    use crate::tally::fixture::changed;

    const VISIT: &str = "Envoy Marlow visits Tarn harbour and praises eel treaty";
    const VISIT_TOO: &str = "Tarn harbour: Marlow signs eel treaty after visit";
    const FLOOD: &str = "Storm floods Ostrand valley, dozens of farms under water";

    /// Each article's event and the articles of other outlets on it, and every event.
    #[derive(Debug, PartialEq)]
    struct Grouped {
        of_article: BTreeMap<String, String>,
        comparable_articles: BTreeMap<String, u64>,
        rows: Vec<EventRow>,
    }

    fn grouped(tally: &Tally) -> Grouped {
        let lexicon = crate::lexicon::Lexicon::default();
        let comparison = Comparison::new(tally, &lexicon, &[]);
        let rarity = comparison.fold(Rarity::new(&comparison)).unwrap();
        let profiles = comparison.fold(Profiles::new(&comparison, rarity)).unwrap();
        let events = group_events(tally, profiles, &EventSettings::default()).unwrap();
        let ids = || tally.heads.iter().enumerate().map(|(at, head)| (at, head.id.to_string()));
        Grouped {
            of_article: ids().map(|(at, id)| (id, events.of(at, tally))).collect(),
            comparable_articles: ids()
                .map(|(at, id)| (id, events.comparable_articles(at)))
                .collect(),
            rows: events.rows(tally).collect(),
        }
    }

    fn group(texts: &[crate::compare::fixture::Text<'_>]) -> Grouped {
        grouped(&tally(texts))
    }

    /// The tally with a filled `event` column.
    fn given(tally: Tally, events: &[(&str, &str)]) -> Tally {
        changed(tally, |record| {
            let event = events.iter().find(|(id, _)| *id == record.id);
            record.event = event.map(|(_, event)| event.to_string());
        })
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
        let tally =
            tally(&[("a1", "A", 10, VISIT), ("b1", "B", 200, FLOOD), ("c1", "C", 10, VISIT)]);
        let events = grouped(&given(tally, &[("a1", "treaty"), ("b1", "treaty")]));
        assert_eq!(events.of_article["b1"], "treaty");
        assert_eq!(events.of_article["c1"], "ev_c1");
        let given = events.rows.iter().find(|row| row.event == "treaty").unwrap();
        assert_eq!((given.method.name(), given.link_strength), ("given", None));
    }

    #[test]
    fn a_given_event_named_like_ours_stays_apart() {
        let tally = tally(&[("a1", "A", 10, VISIT), ("b1", "B", 10, FLOOD)]);
        let events = grouped(&given(tally, &[("a1", "ev_b1")]));
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
        assert_eq!(grouped(&renumbered(tally(&texts))), expect);
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
            let events = grouped(&tally);
            prop_assert_eq!(events.of_article.len(), articles.len());
            let counted: u64 = events.rows.iter().map(|row| row.articles).sum();
            prop_assert_eq!(counted, articles.len() as u64);
            prop_assert_eq!(grouped(&renumbered(tally)), events);
        }
    }
}
