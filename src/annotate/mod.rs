//! From mentions to facts: who says it, is it denied, hedged, quoted as a mere word, or a silence.
//!
//! Rules over tokens; verbs, stances and cues are rows of `lexicons/voice.csv`. Counts nothing.

mod against;
mod apposition;
mod attribution;
mod blame;
mod blamed_on;
mod charges;
mod clauses;
mod colons;
mod content;
mod cues;
mod culprit;
mod doer;
mod facts;
mod grammar;
mod harm;
mod headlines;
mod hedging;
mod inverted;
mod known;
mod marks;
mod names;
mod negation;
mod noun_phrases;
mod phrases;
mod placement;
mod quotations;
mod quotes;
mod raised;
mod reach;
mod reading;
mod silence;
mod speakers;
mod stance;
mod stretches;
mod tweets;
mod untrue;
mod verbs;

#[cfg(test)]
mod seeds;
#[cfg(test)]
mod testing;

pub use facts::{Annotated, Blame, CueMarks, Form, Marks, Quote, SpeakerKind, Stance};

use crate::annotate::attribution::Attributions;
use crate::annotate::blame::{BlameInput, Near, find_blame};
use crate::annotate::clauses::Clauses;
use crate::annotate::cues::Cues;
use crate::annotate::known::Known;
use crate::annotate::negation::Negation;
use crate::annotate::reading::Reading;
use crate::annotate::speakers::Speakers;
use crate::lexicon::{Found, Lexicon};
use crate::text::{Analyzer, Document};

/// Everything the rules need of one article.
pub struct Input<'a> {
    /// The basis text.
    pub basis: &'a str,
    /// Its words.
    pub doc: &'a Document,
    /// What is known about each word.
    pub words: &'a Analyzer,
    /// The lexicon matches in it.
    pub found: &'a Found,
    /// The lexicons behind them.
    pub lexicon: &'a Lexicon,
}

/// Reads articles by the rules; each worker thread has its own, bound to its own analyzer.
#[derive(Debug)]
pub struct Annotator {
    known: Known,
}

impl Annotator {
    /// An annotator for articles whose mentions are of this lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self { known: Known::new(lexicon) }
    }

    /// Decides voice, speakers, negation, hedging, silence and blame for one article.
    /// `Input::words` must be the same analyzer for every article.
    pub fn annotate(&mut self, input: &Input<'_>) -> Annotated {
        self.known.learn(input.words);
        annotate(input, &self.known)
    }
}

fn annotate(input: &Input<'_>, known: &Known) -> Annotated {
    let mut reading = Reading::new(input, known);
    let mut quotations = quotations::find_quotations(&reading);
    quotations::mark_gaps(&mut reading, &quotations);
    let cues = Cues::new(input.found, known, reading.words.len());
    let clauses = Clauses::new(&reading, &cues, input);
    quotations::add_blocks(&mut quotations, colons::find_blocks(&clauses));
    tweets::add_tweets(&reading, &mut quotations);
    let attributions = Attributions::find(&clauses, &quotations);
    quotes::join_interrupted(&reading, &mut quotations, &attributions);
    quotes::join_whole(&reading, &mut quotations, &attributions);
    quotes::join_sentences(&reading, &mut quotations);
    let speakers = Speakers::new(&clauses, &attributions, input, known);
    let quotes = quotes::make_quotes(&reading, &attributions, &quotations, &speakers);
    let voices = quotes::voices(input.doc.tokens.len(), &attributions, &quotations);
    let negation = Negation::find(&clauses);
    let mut marks = marks::mark_mentions(input, &clauses, &quotations, &quotes, &voices, &negation);
    let shift_marks = marks.split_off(input.found.mentions.len());
    let cue_marks = stance::mark_cues(input, &clauses, &attributions, &voices, &negation);
    let blame = find_blame(&BlameInput {
        input,
        clauses: &clauses,
        attributions: &attributions,
        near: &Near::new(&reading, &attributions),
        speakers: &speakers,
        quotes: &quotes,
        marks: &marks,
    });
    Annotated { voices, quotes, marks, shift_marks, blame, cues: cue_marks }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rustix::time::{ClockId, clock_gettime};

    use crate::annotate::testing::read;

    /// Paragraphs with a name, mentions, quotations long and short, a silence and a blame.
    fn article(n_paragraphs: usize) -> String {
        let paragraph = |at: usize| {
            let (one, two) = (["Ann", "Bob", "Eva"][at % 3], ["Lee", "Moe", "Roe", "Poe"][at % 4]);
            format!(
                "{one} {two}, a spokeswoman of the harbour, said the war in Ukraine was “a great \
                 risk”. “We shall open the old harbour again in May,” she said, “and China knows.” \
                 The statement did not mention Russia. Mr. {two} blamed Washington for the war."
            )
        };
        (0..n_paragraphs).map(paragraph).collect::<Vec<_>>().join("\n\n")
    }

    /// The processor time of this thread, which other threads and programs do not lengthen.
    fn clock() -> Duration {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        let seconds = u64::try_from(time.tv_sec).unwrap();
        Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap())
    }

    /// The least time that reading an article takes, of three.
    fn time(n_paragraphs: usize) -> Duration {
        let text = article(n_paragraphs);
        let timed = |_| {
            let start = clock();
            assert!(read(&text).facts.quotes.len() > n_paragraphs);
            clock() - start
        };
        (0..3).map(timed).min().unwrap()
    }

    #[test]
    fn a_book_takes_as_long_as_its_words_in_articles() {
        let (article, book) = (time(50), time(50 * 20));
        // If each paragraph were compared with each other one, it would take 400 times as long.
        assert!(book < article * 80, "{article:?}, twenty times as much {book:?}");
    }
}
