//! Runs of five words as numbers, and the few of them that stand for an article when copies of it are
//! looked for.

use crate::tally::hash::StableHash;

/// Words of a run.
pub const SHINGLE: usize = 5;

/// Numbers that a sketch keeps.
const KEPT: usize = 32;

/// Fewer words are alike by their kind (a caption, a line of results), and have no sketch.
const FEWEST_WORDS: usize = 50;

/// The runs of one paragraph, from a hash of each of its folded words that is the same in every
/// tally.
pub fn shingles(words: &[u64]) -> impl Iterator<Item = u32> + '_ {
    words.windows(SHINGLE).map(|run| {
        let hash = run.iter().fold(StableHash::default(), |hash, &word| hash.part(word));
        (hash.finish() >> 32) as u32
    })
}

/// The smallest numbers of an article's runs, sorted: two articles that share half of their runs
/// share about half of these, whatever else the corpus holds. `shingles` are those of all its
/// paragraphs, `words` how many words it has.
///
/// Bottom-k sketch (Broder 1997), k = 32.
pub(crate) fn sketch(shingles: impl Iterator<Item = u32>, words: usize) -> Vec<u32> {
    if words < FEWEST_WORDS {
        return Vec::new();
    }
    // Sorted; after the first few dozen runs nearly none is small enough to get in.
    let mut kept: Vec<u32> = Vec::with_capacity(KEPT + 1);
    for run in shingles {
        if kept.len() == KEPT && kept.last().is_some_and(|&largest| run >= largest) {
            continue;
        }
        if let Err(at) = kept.binary_search(&run) {
            kept.insert(at, run);
            kept.truncate(KEPT);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sketch_holds_the_smallest_runs_once() {
        let words: Vec<u64> = (0..200).map(|n| n % 90).collect();
        let kept = sketch(shingles(&words), words.len());
        assert_eq!(kept.len(), KEPT);
        assert!(kept.windows(2).all(|pair| pair[0] < pair[1]));
        let all: Vec<u32> = shingles(&words).collect();
        assert!(all.iter().all(|run| kept.contains(run) || run > &kept[KEPT - 1]));
    }

    #[test]
    fn a_caption_has_no_sketch() {
        let words: Vec<u64> = (0..49).collect();
        assert!(sketch(shingles(&words), words.len()).is_empty());
        assert_eq!(shingles(&words[..4]).count(), 0);
    }
}
