//! For tests: the 51 sentences of the seeds, each with the voice that a language model gave it.

use std::path::Path;
use std::sync::Arc;

use crate::annotate::Input;
use crate::annotate::attribution::{Attribution, Attributions};
use crate::annotate::clauses::Clauses;
use crate::annotate::cues::Cues;
use crate::annotate::known::Known;
use crate::annotate::quotations::{find_quotations, mark_gaps};
use crate::annotate::quotes::voices;
use crate::annotate::reading::Reading;
use crate::base::Voice;
use crate::corpus::{CleaningRules, ReadOptions, clean, open};
use crate::lexicon::{Finder, LexiconFiles, Matcher, load};
use crate::text::{Analyzer, TextRules};

/// One letter a sentence, in the order of the article: `o`wn, `r`eported, `q`uoted, `m`ixed.
const CODED: [(&str, &str); 3] = [
    ("Global Times", "ooooororrrrorrqqr"),
    ("Reuters", "rrrmrrorooor"),
    ("Third outlet", "orororrroroooroorrrooo"),
];

/// The words that only tell who speaks: the speaker, described at whatever length, and the verb.
fn naming(attribution: &Attribution) -> std::ops::Range<usize> {
    let first = attribution.content[0].start;
    let start = attribution.subject.as_ref().map_or(first, |s| s.full.start);
    attribution.clause.clone().unwrap_or(start.min(first)..first)
}

/// Which of the outlet's words do not count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LeftOut {
    /// Those that only tell who speaks.
    Naming,
    /// Those in quotations of up to six words, as in the rates of the outlet's own voice.
    Scare,
    None,
}

/// The voice of most words of each sentence, some of the outlet's words left out.
/// Where the coder found two voices (`m`), both must occur.
fn majorities(input: &Input<'_>, coded: &str, left_out: LeftOut) -> String {
    let known = {
        let mut known = Known::new(input.lexicon);
        known.learn(input.words);
        known
    };
    let mut reading = Reading::new(input, &known);
    let quotations = find_quotations(&reading);
    mark_gaps(&mut reading, &quotations);
    let cues = Cues::new(input.found, &known, reading.words.len());
    let clauses = Clauses::new(&reading, &cues, input);
    let attributions = Attributions::find(&clauses, &quotations);
    let voices = voices(reading.words.len(), &attributions, &quotations);
    let names = |at: usize| match left_out {
        LeftOut::Naming => attributions.iter().any(|a| !a.vague && naming(a).contains(&at)),
        LeftOut::Scare => quotations.iter().any(|q| !q.is_long() && q.tokens.contains(&at)),
        LeftOut::None => false,
    };
    let sentence = |(sentence, coded): (&crate::text::Sentence, char)| {
        let n = |voice: Voice| {
            let counts = |&at: &usize| voices[at] == voice && (voice != Voice::Own || !names(at));
            sentence.tokens.clone().filter(counts).count()
        };
        let (own, reported, quoted) = (n(Voice::Own), n(Voice::Reported), n(Voice::Quoted));
        match () {
            () if coded == 'm' && own > 0 && reported + quoted > 0 => 'm',
            () if own > reported.max(quoted) => 'o',
            () if reported > own.max(quoted) => 'r',
            () if quoted > own.max(reported) => 'q',
            () => '=',
        }
    };
    input.doc.sentences.iter().zip(coded.chars()).map(sentence).collect()
}

/// The voices read in the three articles, by outlet.
fn read_seeds(left_out: LeftOut) -> Vec<(String, String)> {
    let lexicon = load(&LexiconFiles::gather(None).unwrap()).unwrap();
    let rules = Arc::new(TextRules::built_in());
    let mut words = Analyzer::new(Arc::clone(&rules));
    let matcher = Matcher::new(&lexicon, &Analyzer::new(rules));
    let mut finder = Finder::new(Arc::new(matcher));
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let drafts = open(std::slice::from_ref(&seeds), &ReadOptions::default()).unwrap();
    let cleaning = CleaningRules::built_in();
    let mut read = Vec::new();
    for draft in drafts {
        let article = clean(draft.unwrap(), &cleaning);
        let blocks: Vec<_> = article.blocks.iter().map(|b| (b.span, b.section)).collect();
        let doc = words.analyze(&article.draft.basis.text, &blocks);
        let found = finder.find(&doc, &words, article.draft.published.interval);
        let basis = article.draft.basis.text.as_str();
        let input = Input { basis, doc: &doc, words: &words, found: &found, lexicon: &lexicon };
        let outlet = article.draft.outlet.clone();
        let coded = CODED.iter().find(|(name, _)| *name == outlet).unwrap().1;
        assert_eq!(doc.sentences.len(), coded.len(), "{outlet}");
        read.push((outlet, majorities(&input, coded, left_out)));
    }
    read
}

#[test]
fn the_voice_of_each_sentence_of_the_seeds_is_the_coders() {
    let coded: Vec<_> = CODED.map(|(outlet, voices)| (outlet.to_owned(), voices.to_owned())).into();
    assert_eq!(read_seeds(LeftOut::Naming), coded);
}

/// In how many of the 51 sentences the voice of most words is the coder's.
fn n_agreeing(left_out: LeftOut) -> usize {
    let coded = CODED.iter().flat_map(|(_, voices)| voices.chars());
    let read = read_seeds(left_out);
    let read = read.iter().flat_map(|(_, voices)| voices.chars());
    coded.zip(read).filter(|(coded, read)| coded == read).count()
}

#[test]
fn with_the_words_for_the_speaker_counted_three_sentences_differ_from_the_coder() {
    assert_eq!(n_agreeing(LeftOut::None), 48);
    assert_eq!(n_agreeing(LeftOut::Scare), 49);
}
