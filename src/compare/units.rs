//! Which articles count once: near-duplicates of one outlet, such as the versions of a story that is
//! updated, and copies of an agency's text.
//!
//! Words and mentions are counted in every one of them. What counts articles (shares of articles,
//! intervals, leaving one out) sees them as one, the sampling unit.

use std::collections::BTreeMap;
use std::hash::Hash;

use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashSet};

use crate::compare::fold::Article;
use crate::tally::{Alike, Tally, TallyError, is_near};

/// Stands for no cluster.
const ALONE: u32 = u32::MAX;

/// The articles that count as one with others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Units {
    /// For each article the first version of its cluster, as positions; [`ALONE`] if it has none.
    /// Empty if no article has.
    first: Vec<u32>,
    /// For each article whether it is the last of its cluster to be read.
    last: Vec<bool>,
    /// By cluster, then in the order of publication.
    members: Vec<Member>,
}

/// An article of a cluster.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Member {
    first: u32,
    article: u32,
    words: u32,
    /// Runs shared with the first version and runs of both.
    shared: (u32, u32),
}

/// One article of a cluster of near-duplicates.
#[derive(Clone, Debug, PartialEq)]
pub struct DuplicateRow {
    /// The id of the cluster's first version, which stands for it.
    pub cluster: String,
    /// The article.
    pub article_id: String,
    /// Who published it and all others of the cluster.
    pub outlet: String,
    /// Its printed day; `None` if unknown.
    pub published: Option<String>,
    /// Words of its kept text.
    pub words: u64,
    /// Its place in the order of publication, from 1; undated ones last, then by id.
    pub version: u64,
    /// Share of the runs of five words of it and the first version that both have, in [0, 1]:
    /// resemblance (Broder 1997). 1 for the first version itself.
    pub resemblance: f64,
}

impl Units {
    /// The clusters of a tally, whose articles that may belong to one are `alike`.
    ///
    /// Two articles of one outlet are near-duplicates if at least half of the different runs of five
    /// folded words (within a paragraph) that either has stand in both; who is a near-duplicate of a
    /// near-duplicate belongs to the cluster too. Articles below fifty words are not looked at.
    pub fn of(tally: &Tally, alike: &Alike) -> Result<Self, TallyError> {
        if alike.pairs().is_empty() {
            return Ok(Self::default());
        }
        let mut parents: Vec<u32> = (0..tally.heads.len() as u32).collect();
        for &(one, other) in alike.pairs() {
            let roots = [root(&mut parents, one), root(&mut parents, other)];
            if roots[0] != roots[1] && is_near(alike.shared((one, other))?) {
                parents[roots[1] as usize] = roots[0];
            }
        }
        Self::clusters(tally, parents, alike)
    }

    fn clusters(tally: &Tally, mut parents: Vec<u32>, alike: &Alike) -> Result<Self, TallyError> {
        let mut clusters: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for at in alike.articles() {
            clusters.entry(root(&mut parents, at)).or_default().push(at);
        }
        let mut units = Units {
            first: vec![ALONE; parents.len()],
            last: vec![true; parents.len()],
            members: Vec::new(),
        };
        for mut articles in clusters.into_values().filter(|articles| articles.len() > 1) {
            let end = articles[articles.len() - 1];
            articles.sort_by_key(|&at| {
                let when = tally.heads[at as usize].interval;
                (when.is_none(), when.map(|when| (when.from, when.to)), at)
            });
            let first = articles[0];
            for article in articles {
                units.first[article as usize] = first;
                units.last[article as usize] = article == end;
                let (words, shared) = (alike.words(article)?, alike.shared((first, article))?);
                units.members.push(Member { first, article, words, shared });
            }
        }
        if units.members.is_empty() {
            return Ok(Self::default());
        }
        units.members.sort_by_key(|member| member.first);
        Ok(units)
    }

    /// The first version of an article's cluster; `None` if the article is alone.
    pub(crate) fn cluster(&self, article: usize) -> Option<usize> {
        self.first.get(article).filter(|&&first| first != ALONE).map(|&first| first as usize)
    }

    /// Whether an article is alone, or stands for its cluster.
    pub(crate) fn is_distinct(&self, article: usize) -> bool {
        self.cluster(article).is_none_or(|first| first == article)
    }

    /// Whether it is the last of its cluster in the order of ids.
    pub(crate) fn ends_cluster(&self, article: usize) -> bool {
        self.last.get(article).copied().unwrap_or(true)
    }

    /// How many articles stand in clusters, and in how many.
    pub fn sizes(&self) -> (u64, u64) {
        let clusters = self.members.chunk_by(|one, other| one.first == other.first).count();
        (self.members.len() as u64, clusters as u64)
    }

    /// The id of the first version of an article's cluster; empty if the article is alone.
    pub(crate) fn name(&self, article: usize, tally: &Tally) -> String {
        let first = self.cluster(article);
        first.map_or_else(String::new, |first| tally.heads[first].id.to_string())
    }

    /// Every article of every cluster.
    pub fn rows(&self, tally: &Tally) -> impl Iterator<Item = DuplicateRow> {
        let clusters = self.members.chunk_by(|one, other| one.first == other.first);
        clusters.flat_map(|cluster| (1..).zip(cluster)).map(|(version, member)| {
            let head = &tally.heads[member.article as usize];
            DuplicateRow {
                cluster: tally.heads[member.first as usize].id.to_string(),
                article_id: head.id.to_string(),
                outlet: head.outlet.to_string(),
                published: head.day.as_deref().map(String::from),
                words: u64::from(member.words),
                version,
                resemblance: f64::from(member.shared.0) / f64::from(member.shared.1.max(1)),
            }
        })
    }
}

/// The article that stands for a group while groups are joined.
pub(crate) fn root(parents: &mut [u32], mut at: u32) -> u32 {
    while parents[at as usize] != at {
        // The way is half as long for whoever comes next.
        parents[at as usize] = parents[parents[at as usize] as usize];
        at = parents[at as usize];
    }
    at
}

/// Things that count once in each cluster, however many of its articles hold them; forgotten with its
/// last one.
#[derive(Clone, Debug)]
pub(crate) struct Once<K> {
    met: HashMap<usize, HashSet<K, FixedState>, FixedState>,
    /// The last article of a cluster, and the cluster, until another article comes.
    ended: Option<(usize, usize)>,
}

impl<K> Default for Once<K> {
    fn default() -> Self {
        Once { met: HashMap::default(), ended: None }
    }
}

impl<K: Hash + Eq> Once<K> {
    /// Whether no other article of the cluster has held it before.
    pub(crate) fn is_new(&mut self, article: &Article<'_>, key: impl FnOnce() -> K) -> bool {
        let Some(cluster) = article.cluster else { return true };
        if let Some((_, ended)) = self.ended.take_if(|(at, _)| *at != article.at) {
            self.met.remove(&ended);
        }
        if article.ends_cluster {
            self.ended = Some((article.at, cluster));
        }
        self.met.entry(cluster).or_default().insert(key())
    }
}

/// Sums of the articles of each cluster until its last one comes.
#[derive(Clone, Debug)]
pub(crate) struct Gathered<T>(HashMap<usize, T, FixedState>);

impl<T> Default for Gathered<T> {
    fn default() -> Self {
        Gathered(HashMap::default())
    }
}

impl<T> Gathered<T> {
    /// The sums of an article's cluster once it is whole; those of the article itself if it is alone.
    pub(crate) fn whole(
        &mut self,
        article: &Article<'_>,
        sums: T,
        join: impl FnOnce(&mut T, T),
    ) -> Option<T> {
        let Some(cluster) = article.cluster else { return Some(sums) };
        let all = match self.0.remove(&cluster) {
            Some(mut before) => {
                join(&mut before, sums);
                before
            }
            None => sums,
        };
        if article.ends_cluster {
            return Some(all);
        }
        self.0.insert(cluster, all);
        None
    }
}
#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::compare::cells::Cells;
    use crate::compare::comparison::Comparison;
    use crate::compare::fixture::{Text, renumbered, tally};
    use crate::compare::frames::frames;
    use crate::compare::sensitivity::Sensitivity;
    use crate::compare::terms::{TermCounts, TermSettings};
    use crate::tally::drop_recurring;
    use crate::tally::fixture::{Part, article};

    /// `n` words that no text with another seed has.
    fn words(seed: &str, n: usize) -> String {
        (0..n).map(|at| format!("{seed}{at}")).collect::<Vec<_>>().join(" ")
    }

    fn units(texts: &[Text<'_>]) -> (Units, Tally) {
        of(tally(texts))
    }

    fn of(tally: Tally) -> (Units, Tally) {
        let (tally, alike) = drop_recurring(tally, None, (&std::env::temp_dir(), 1)).unwrap();
        (Units::of(&tally, &alike).unwrap(), tally)
    }

    /// Cluster, article, version and resemblance in percent of each row.
    fn found(texts: &[Text<'_>]) -> Vec<String> {
        let (units, tally) = units(texts);
        let line = |row: DuplicateRow| {
            let percent = (row.resemblance * 100.0).round();
            format!("{} {} {} {percent}", row.cluster, row.article_id, row.version)
        };
        units.rows(&tally).map(line).collect()
    }

    #[test]
    fn versions_of_a_story_form_a_cluster_that_its_first_stands_for() {
        let story = words("ice", 100);
        let longer = format!("{story} {}", words("late", 40));
        let longest = format!("{longer} {}", words("last", 60));
        let texts = [
            ("a", "A", 3, longest.as_str()),
            ("b", "A", 2, longer.as_str()),
            ("c", "A", 1, story.as_str()),
            ("d", "A", 0, story.as_str()),
            ("e", "B", 1, story.as_str()),
            ("f", "A", 1, &words("other", 100)),
        ];
        // 96 runs in the first version, 136 and 196 in the others, which hold it.
        assert_eq!(found(&texts), ["c c 1 100", "c b 2 71", "c a 3 49", "c d 4 100"]);
        let (units, tally) = units(&texts);
        assert_eq!((units.cluster(0), units.cluster(4), units.sizes()), (Some(2), None, (4, 1)));
        let last: Vec<bool> = (0..4).map(|at| units.ends_cluster(at)).collect();
        assert_eq!(last, [false, false, false, true]);
        assert_eq!((units.name(0, &tally), units.name(5, &tally)), ("c".into(), String::new()));
        let lexicon = crate::lexicon::Lexicon::default();
        let mut comparison = Comparison::new(&tally, &lexicon, &[]);
        comparison.units = Arc::new(units);
        assert_eq!(comparison.articles(), [2, 1], "of five articles of A two are distinct");
    }

    #[test]
    fn less_than_half_of_the_runs_or_a_short_text_is_another_article() {
        let shared = words("ice", 100);
        let one = format!("{shared}\n{}", words("one", 60));
        let other = format!("{shared}\n{}", words("two", 60));
        // 96 of 96 + 56 + 56 runs.
        assert!(found(&[("a", "A", 1, &one), ("b", "A", 1, &other)]).is_empty());
        let caption = words("caption", 49);
        assert!(found(&[("a", "A", 1, &caption), ("b", "A", 1, &caption)]).is_empty());
    }

    #[test]
    fn many_copies_are_one_cluster_and_the_numbers_of_words_change_nothing() {
        let ids: Vec<String> = (100..400).map(|n| format!("a{n}")).collect();
        let story = words("ice", 80);
        let texts: Vec<Text<'_>> =
            ids.iter().map(|id| (id.as_str(), "A", 1, story.as_str())).collect();
        let tally = tally(&texts);
        let units = of(tally.clone()).0;
        assert_eq!(units.sizes(), (300, 1));
        assert_eq!(of(renumbered(tally)).0, units);
    }

    #[test]
    fn a_term_of_two_versions_stands_in_one_article() {
        let story = format!("{} eels eels", words("ice", 100));
        let texts = [("a", "A", 1, story.as_str()), ("b", "A", 2, &story), ("c", "B", 1, "eels")];
        let (units, tally) = units(&texts);
        let lexicon = crate::lexicon::Lexicon::default();
        let mut comparison = Comparison::new(&tally, &lexicon, &[]);
        comparison.units = Arc::new(units);
        let mut counts = comparison.fold(TermCounts::new(&comparison)).unwrap();
        let terms = counts.terms(TermSettings::default()).unwrap();
        let terms: Vec<_> = terms.flat_map(|outlet| outlet.unwrap().rows).collect();
        let eels = terms.iter().find(|row| row.outlet == "A" && row.stem == "eels").unwrap();
        assert_eq!((eels.counts.target, eels.articles_with_term, eels.articles), (4, 1, 1));
    }

    #[test]
    fn what_counts_articles_sees_a_cluster_as_one_article() {
        let lexicon = crate::compare::lexicon_fixture::lexicon(&[("frames", "war", "war")]);
        let war = |text: &str| Part::body(text).mention("war", 0);
        let others = || {
            let quiet = article("c", "A", &[Part::body("Quiet came to the town.")]);
            [quiet, article("d", "B", &[war("B has war.")]), article("e", "B", &[war("No war.")])]
        };
        let (one, two) = (war("The war came."), war("The war came late and stayed."));
        let apart = [
            article("a", "A", std::slice::from_ref(&one)),
            article("b", "A", std::slice::from_ref(&two)),
        ];
        let together = [article("a", "A", &[one, two])];
        let rows = |articles: Vec<Tally>, units: Units| {
            let tally = Tally::merge_all(articles).unwrap();
            let mut comparison = Comparison::new(&tally, &lexicon, &[]);
            comparison.units = Arc::new(units);
            let cells = comparison.fold(Cells::new(&comparison)).unwrap();
            let sensitivity = comparison.fold(Sensitivity::new(&comparison)).unwrap();
            (frames(&comparison, &cells).collect::<Vec<_>>(), sensitivity.rows())
        };
        let units = Units {
            first: vec![0, 0, ALONE, ALONE, ALONE],
            last: vec![false, true, true, true, true],
            members: Vec::new(),
        };
        let clustered = rows(apart.clone().into_iter().chain(others()).collect(), units);
        let whole = rows(together.into_iter().chain(others()).collect(), Units::default());
        assert_eq!(clustered, whole);
        let single = rows(apart.into_iter().chain(others()).collect(), Units::default());
        assert_ne!(clustered.0, single.0, "intervals and shares rest on two articles, not three");
    }
}
