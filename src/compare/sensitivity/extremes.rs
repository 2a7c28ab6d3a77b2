//! The articles of an outlet whose removal moves a rate furthest, kept without keeping them all.
//!
//! Without an article with x mentions in n words the rate is (X - x) / (N - n). For a given x it
//! grows or falls steadily with n, so the shortest and the longest article with x mentions are all
//! that can be furthest, whatever X and N are. So one pass is enough, and the memory is bounded by
//! how many different counts there are.

use std::collections::BTreeMap;
use std::sync::Arc;

/// An article: its words in the comparison and its id.
type Article = (u64, Arc<str>);

/// The shortest and the longest article; of equal ones the first by id.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ends {
    shortest: Article,
    longest: Article,
}

/// The articles of a set that can move a rate furthest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Extremes {
    /// By mentions; those without one apart, as most articles have none.
    none: Option<Ends>,
    some: BTreeMap<u64, Ends>,
}

impl Ends {
    fn see(&mut self, (words, id): (u64, &Arc<str>)) {
        let first = |known: &Article| words == known.0 && *id < known.1;
        if words < self.shortest.0 || first(&self.shortest) {
            self.shortest = (words, Arc::clone(id));
        }
        if words > self.longest.0 || first(&self.longest) {
            self.longest = (words, Arc::clone(id));
        }
    }
}

impl Extremes {
    /// Adds an article with so many mentions in so many words.
    pub(super) fn see(&mut self, mentions: u64, words: u64, id: &Arc<str>) {
        let ends = if mentions == 0 { self.none.as_mut() } else { self.some.get_mut(&mentions) };
        if let Some(ends) = ends {
            ends.see((words, id));
            return;
        }
        let article = (words, Arc::clone(id));
        let ends = Ends { shortest: article.clone(), longest: article };
        if mentions == 0 {
            self.none = Some(ends);
        } else {
            self.some.insert(mentions, ends);
        }
    }

    /// Adds the articles of another set.
    pub(super) fn add(&mut self, other: &Extremes) {
        for (mentions, words, id) in other.articles() {
            self.see(mentions, words, id);
        }
    }

    /// Mentions, words and id of every article that can be furthest.
    pub(super) fn articles(&self) -> impl Iterator<Item = (u64, u64, &Arc<str>)> {
        let none = self.none.iter().map(|ends| (0, ends));
        let all = none.chain(self.some.iter().map(|(&mentions, ends)| (mentions, ends)));
        all.flat_map(|(mentions, ends)| {
            [&ends.shortest, &ends.longest].map(move |(words, id)| (mentions, *words, id))
        })
    }
}

/// For each set all the others as one.
pub(super) fn of_the_others(sets: &[&Extremes]) -> Vec<Extremes> {
    let mut after = vec![Extremes::default()];
    for set in sets.iter().skip(1).rev() {
        let mut next = after[after.len() - 1].clone();
        next.add(set);
        after.push(next);
    }
    let mut before = Extremes::default();
    let mut others = Vec::with_capacity(sets.len());
    for (set, mut rest) in sets.iter().zip(after.into_iter().rev()) {
        rest.add(&before);
        others.push(rest);
        before.add(set);
    }
    others
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(articles: &[(u64, u64, &str)]) -> Extremes {
        let mut set = Extremes::default();
        for &(mentions, words, id) in articles {
            set.see(mentions, words, &Arc::from(id));
        }
        set
    }

    fn ids(set: &Extremes) -> Vec<&str> {
        set.articles().map(|(.., id)| &**id).collect()
    }

    #[test]
    fn of_articles_with_the_same_count_the_shortest_and_the_longest_stay() {
        let set = set(&[(0, 50, "b"), (0, 20, "c"), (0, 50, "a"), (0, 30, "d"), (2, 9, "e")]);
        assert_eq!(ids(&set), ["c", "a", "e", "e"]);
    }

    #[test]
    fn each_set_has_all_the_others() {
        let sets = [set(&[(0, 1, "a")]), set(&[(1, 2, "b")]), set(&[(2, 3, "c")])];
        let others = of_the_others(&sets.iter().collect::<Vec<_>>());
        let found: Vec<Vec<&str>> = others.iter().map(ids).collect();
        assert_eq!(found, [["b", "b", "c", "c"], ["a", "a", "c", "c"], ["a", "a", "b", "b"]]);
    }
}
