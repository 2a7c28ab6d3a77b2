//! Who could have mentioned an item, and what the peers' rate predicts: the base of an omission.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::comparison::Comparison;
use crate::compare::events::Events;
use crate::compare::fold::{Article, Fold};
use crate::lexicon::{Category, CategoryId, Kind};

/// What the peers of one outlet say about one item, on the outlet's events.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Base {
    /// Its articles that lie before the item could be mentioned.
    pub(crate) too_early: u64,
    /// Its articles from the time when silence means nothing any more.
    pub(crate) too_late: u64,
    /// Its articles within the dates whose event a peer covers within the dates.
    pub(crate) articles: u64,
    /// Words of those.
    pub(crate) words: u64,
    /// Other outlets on those events.
    pub(crate) peers: u64,
    /// Those of them that mention the item there.
    pub(crate) peers_with_item: u64,
    /// Their articles there, each counted once for each event of this outlet.
    pub(crate) peer_articles: u64,
    /// Words of those.
    pub(crate) peer_words: u64,
    /// Mentions in those.
    pub(crate) peer_mentions: u64,
    /// Sum over events of the peers' mentions / the peers' words x this outlet's words.
    pub(crate) expected: f64,
}

impl Base {
    /// Mentions expected at the peers' rate; `None` if no peer has a word on the outlet's events.
    pub(crate) fn expected_mentions(&self) -> Option<f64> {
        (self.peer_words > 0).then_some(self.expected)
    }

    /// Probability of no mention at the peers' rate, in [0, 1].
    ///
    /// `None` without peers. Gamma-Poisson with the prior of Jeffreys, which allows for the rate
    /// being known from so many mentions only: (n_p / (n_p + n_o)) ^ (x_p + 1/2). With several
    /// events n_o / n_p is expected mentions / x_p, so that each event counts by its own rate.
    pub(crate) fn p_zero(&self) -> Option<f64> {
        let expected = self.expected_mentions()?;
        let known = self.peer_mentions as f64;
        let exposure = if self.peer_mentions > 0 {
            expected / known
        } else {
            self.words as f64 / self.peer_words as f64
        };
        Some(libm::pow(1.0 / (1.0 + exposure), known + 0.5))
    }
}

/// One outlet's part in one event, as far as an item's dates allow.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    outlet: usize,
    articles: u64,
    words: u64,
    mentions: u64,
}

/// What the base of every item needs: articles by event, and who mentions what.
pub struct Exposure<'a> {
    comparison: &'a Comparison<'a>,
    /// Articles of each event that two outlets or more cover, as positions in the tally.
    events: Vec<Vec<u32>>,
    /// Whether an article is on one of these.
    matched: Vec<bool>,
    /// Words of each of these articles.
    words: Vec<u32>,
    /// Mentions outside reported silences: for each actor and concept these articles with their
    /// number.
    mentions: BTreeMap<CategoryId, Vec<(u32, u32)>>,
}

impl Fold for Exposure<'_> {
    fn add(&mut self, article: &Article<'_>) {
        if !self.matched[article.at] {
            return;
        }
        let lexicon = self.comparison.lexicon;
        let mut items: BTreeMap<CategoryId, u32> = BTreeMap::new();
        for one in &article.counted {
            let kind = lexicon.category(one.category).kind;
            if !matches!(kind, Kind::Actor | Kind::Concept) {
                continue;
            }
            for level in lexicon.with_ancestors(one.category) {
                if !one.is_silence_about(level, lexicon) {
                    *items.entry(level).or_insert(0) += 1;
                }
            }
        }
        for (item, n) in items {
            self.mentions.entry(item).or_default().push((article.at as u32, n));
        }
        self.words[article.at] = article.record.words_in(None) as u32;
    }
}

impl<'a> Exposure<'a> {
    /// No mention yet.
    pub fn new(comparison: &'a Comparison<'a>, events: &Events) -> Self {
        let events = events.shared(comparison.tally);
        let n_articles = comparison.tally.heads.len();
        let mut matched = vec![false; n_articles];
        for &at in events.iter().flatten() {
            matched[at as usize] = true;
        }
        let words = vec![0; n_articles];
        Exposure { comparison, events, matched, words, mentions: BTreeMap::new() }
    }

    /// The base of one item, for each outlet.
    pub(crate) fn of_item(&self, item: CategoryId) -> Vec<Base> {
        let category = self.comparison.lexicon.category(item);
        let heads = &self.comparison.tally.heads;
        let n_outlets = self.comparison.outlets.len();
        let mut bases = vec![Base::default(); n_outlets];
        let mut in_time = vec![true; heads.len()];
        if category.valid_from.is_some() || category.expect_until.is_some() {
            for (at, head) in heads.iter().enumerate() {
                let base = &mut bases[self.comparison.outlet_of(at)];
                let when = timing(category, head.interval);
                let distinct = self.comparison.units.is_distinct(at);
                base.too_early += u64::from(distinct && when == Timing::TooEarly);
                base.too_late += u64::from(distinct && when == Timing::TooLate);
                in_time[at] = when == Timing::InTime;
            }
        }
        let mut mentions = vec![0; heads.len()];
        for &(at, n) in self.mentions.get(&item).map_or(&[][..], Vec::as_slice) {
            mentions[at as usize] = n;
        }
        let mut peers = Peers::new(n_outlets);
        for event in &self.events {
            let open = event.iter().map(|&at| at as usize).filter(|&at| in_time[at]);
            add_event(&mut bases, &mut peers, &self.parts(open, &mentions));
        }
        for (outlet, base) in bases.iter_mut().enumerate() {
            (base.peers, base.peers_with_item) = peers.counts(outlet);
        }
        bases
    }

    fn parts(&self, articles: impl Iterator<Item = usize>, mentions: &[u32]) -> Vec<Part> {
        let mut parts: BTreeMap<usize, Part> = BTreeMap::new();
        let mut met = BTreeSet::new();
        for at in articles {
            let outlet = self.comparison.outlet_of(at);
            let part = parts.entry(outlet).or_insert(Part { outlet, ..Part::default() });
            let cluster = self.comparison.units.cluster(at);
            part.articles += u64::from(cluster.is_none_or(|cluster| met.insert(cluster)));
            part.words += u64::from(self.words[at]);
            part.mentions += u64::from(mentions[at]);
        }
        parts.into_values().collect()
    }
}

/// Adds one event to the base of every outlet that covers it together with another.
fn add_event(bases: &mut [Base], peers: &mut Peers, parts: &[Part]) {
    if parts.len() < 2 {
        return;
    }
    let sum = |of: fn(&Part) -> u64| parts.iter().map(of).sum::<u64>();
    let (articles, words, mentions) = (sum(|p| p.articles), sum(|p| p.words), sum(|p| p.mentions));
    for part in parts {
        let base = &mut bases[part.outlet];
        let (peer_words, peer_mentions) = (words - part.words, mentions - part.mentions);
        base.articles += part.articles;
        base.words += part.words;
        base.peer_articles += articles - part.articles;
        base.peer_words += peer_words;
        base.peer_mentions += peer_mentions;
        if peer_words > 0 {
            base.expected += peer_mentions as f64 * part.words as f64 / peer_words as f64;
        }
        for peer in parts.iter().filter(|peer| peer.outlet != part.outlet) {
            peers.meet(part.outlet, peer.outlet, peer.mentions > 0);
        }
    }
}

/// Which outlets meet on an event, and which of those mention the item there.
struct Peers {
    n_outlets: usize,
    /// For each pair of outlets: 0 never met, 1 met, 2 met with a mention.
    met: Vec<u8>,
}

impl Peers {
    fn new(n_outlets: usize) -> Self {
        Peers { n_outlets, met: vec![0; n_outlets * n_outlets] }
    }

    fn meet(&mut self, outlet: usize, peer: usize, mentions: bool) {
        let met = &mut self.met[outlet * self.n_outlets + peer];
        *met = (*met).max(1 + u8::from(mentions));
    }

    fn counts(&self, outlet: usize) -> (u64, u64) {
        let row = &self.met[outlet * self.n_outlets..(outlet + 1) * self.n_outlets];
        let count = |least: u8| row.iter().filter(|&&met| met >= least).count() as u64;
        (count(1), count(2))
    }
}

/// Whether an article lies within the dates of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Timing {
    TooEarly,
    InTime,
    TooLate,
}

/// An article lies outside the dates only if every moment at which it may have appeared does.
fn timing(category: &Category, published: Option<crate::base::Interval>) -> Timing {
    let Some(published) = published else { return Timing::InTime };
    if category.valid_from.is_some_and(|from| published.to < from.from) {
        Timing::TooEarly
    } else if category.expect_until.is_some_and(|until| published.from > until.to) {
        Timing::TooLate
    } else {
        Timing::InTime
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: Option<f64>, expect: f64) {
        assert!((got.unwrap() - expect).abs() < 1e-12, "{got:?} {expect}");
    }

    /// The base of one event: own words, peers' words and mentions.
    fn base(words: u64, peer_words: u64, peer_mentions: u64) -> Base {
        let mut bases = vec![Base::default(); 2];
        let parts = [
            Part { outlet: 0, articles: 1, words, mentions: 0 },
            Part { outlet: 1, articles: 1, words: peer_words, mentions: peer_mentions },
        ];
        add_event(&mut bases, &mut Peers::new(2), &parts);
        bases[0]
    }

    #[test]
    fn the_probability_of_silence_agrees_with_the_reference_values() {
        close(base(533, 801, 2).p_zero(), 0.279_377_686_230_437_2);
        close(base(518, 816, 5).p_zero(), 0.066_979_023_325_058_26);
        close(base(500, 100_000, 1).p_zero(), 0.992_546_603_092_172_1);
    }

    #[test]
    fn expected_mentions_are_the_peers_rate_on_the_outlets_words() {
        close(base(500, 250, 3).expected_mentions(), 6.0);
    }

    #[test]
    fn events_count_by_their_own_rate() {
        let mut bases = vec![Base::default(); 2];
        let part = |outlet, words, mentions| Part { outlet, articles: 1, words, mentions };
        let mut peers = Peers::new(2);
        add_event(&mut bases, &mut peers, &[part(0, 100, 0), part(1, 100, 4)]);
        add_event(&mut bases, &mut peers, &[part(0, 900, 0), part(1, 100, 0)]);
        close(bases[0].expected_mentions(), 4.0);
        assert_eq!(peers.counts(0), (1, 1));
        assert_eq!(peers.counts(1), (1, 0));
    }

    #[test]
    fn without_peers_nothing_is_expected() {
        assert_eq!(Base::default().expected_mentions(), None);
        assert_eq!(Base::default().p_zero(), None);
    }
}
