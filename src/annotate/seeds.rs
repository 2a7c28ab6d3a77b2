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

/// The voice of most words of each sentence, the outlet's words that only tell who speaks left out.
/// Where the coder found two voices (`m`), both must occur.
fn majorities(input: &Input<'_>, coded: &str) -> String {
    let known = {
        let mut known = Known::new(input.lexicon);
        known.learn(input.words);
        known
    };
    let mut reading = Reading::new(input, &known);
    let quotations = find_quotations(&reading);
    mark_gaps(&mut reading, &quotations);
    let cues = Cues::new(input.found, &known, reading.words.len());
    let clauses = Clauses::new(&reading, &cues);
    let attributions = Attributions::find(&clauses, &quotations);
    let voices = voices(reading.words.len(), &attributions, &quotations);
    let names = |at: usize| attributions.iter().any(|a| !a.vague && naming(a).contains(&at));
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

#[test]
fn the_voice_of_each_sentence_of_the_seeds_is_the_coders() {
    let lexicon = load(&LexiconFiles::gather(None).unwrap()).unwrap();
    let rules = Arc::new(TextRules::built_in());
    let mut words = Analyzer::new(Arc::clone(&rules));
    let matcher = Matcher::new(&lexicon, &mut Analyzer::new(rules));
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
        read.push((outlet, majorities(&input, coded)));
    }
    let coded: Vec<_> = CODED.map(|(outlet, voices)| (outlet.to_owned(), voices.to_owned())).into();
    assert_eq!(read, coded);
}
