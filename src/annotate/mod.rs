//! From mentions to facts: who says it, is it denied, hedged, quoted as a mere word, or a silence.
//!
//! Rules over tokens; verbs, stances and cues are rows of `lexicons/voice.csv`. Counts nothing.

mod apposition;
mod attribution;
mod blame;
mod clauses;
mod colons;
mod content;
mod cues;
mod facts;
mod grammar;
mod hedging;
mod inverted;
mod marks;
mod names;
mod negation;
mod noun_phrases;
mod phrases;
mod placement;
mod quotations;
mod quotes;
mod reading;
mod silence;
mod speakers;
mod stance;
mod verbs;

#[cfg(test)]
mod testing;

pub use facts::{Annotated, Blame, CueMarks, Form, Marks, Quote, SpeakerKind, Stance};

use crate::annotate::attribution::Attributions;
use crate::annotate::blame::{BlameInput, find_blame};
use crate::annotate::clauses::Clauses;
use crate::annotate::cues::Cues;
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

/// Decides voice, speakers, negation, hedging, silence and blame for one article.
pub fn annotate(input: &Input<'_>) -> Annotated {
    let mut reading = Reading::new(input);
    let mut quotations = quotations::find_quotations(&reading);
    quotations::mark_gaps(&mut reading, &quotations);
    let cues = Cues::new(input.found, input.lexicon, reading.words.len());
    let clauses = Clauses::new(&reading, &cues);
    quotations::add_blocks(&mut quotations, colons::find_blocks(&clauses));
    let attributions = Attributions::find(&clauses, &quotations);
    quotes::join_interrupted(&mut quotations, &attributions);
    let speakers = Speakers::new(&clauses, &attributions, input.found, input.lexicon);
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
        speakers: &speakers,
        quotes: &quotes,
        marks: &marks,
    });
    Annotated { voices, quotes, marks, shift_marks, blame, cues: cue_marks }
}
