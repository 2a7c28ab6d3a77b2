//! For tests: annotates a short text with the built-in voice list and a handful of terms.

use std::sync::Arc;
use std::sync::OnceLock;

use crate::annotate::{Annotated, Annotator, Form, Input};
use crate::base::{Section, Span, Voice};
use crate::lexicon::{Finder, Found, Lexicon, LexiconFiles, Matcher, load};
use crate::text::{Analyzer, TextRules};

const ACTORS: &str = "category,term,match\nchina,China,case\nchina,Beijing,case\nchina,Chinese,case\n\
    russia,Russia,case\nrussia,Russian,case\nukraine,Ukraine,case\nus,Washington,case\nus,US,case\nwest,the West,case\n\
    media,Western media,case\n";
const FRAMES: &str = "category,term,match\nblame/cause,responsible for,stem\n\
    blame/cause,fuel .. conflict,stem\nblame/cause,accuse,stem\nblame/cause,blame,stem\n\
    blame/cause,fault of,stem\nblame/cause,caused by,stem\nblame/cause,guilty of,stem\nblame/cause,due to,word\nblame/cause,result of,word\nblame/cause,thanks to,word\nblame/shift,shift blame,stem\nwar,war,word\nwar,invasion,word\n\
    norms,condemn,stem\npeace,peace talks,stem\nalignment,alliance,word\nalignment,no limits,word\n\
    blame/motive,hyped up,word\nblame/motive,baseless,word\nblame/cause,hold .. accountable,stem\n\
    blame/cause,deny|denied|rejected .. responsibility|wrongdoing|allegations|claims,word\n\
    blame/cause,attributed .. (attack) to,word\nblame/cause,attributed to,word\n\
    blame/cause,laid ..8 at the door of,word\n\
    blame/cause,laid ..8 at .. door,word\nblame/cause,lay .. blame,stem\nblame/cause,provoked the,word\nblame/cause,forced into,word\nblame/cause,to blame for,word\n\
    tension,confrontation,word\nrisk,risk,word\n";

fn compile() -> (Lexicon, Arc<Matcher>, Arc<TextRules>) {
    let files = LexiconFiles::of_texts(&[("actors.csv", ACTORS), ("frames.csv", FRAMES)]);
    let lexicon = load(&files).unwrap();
    let rules = Arc::new(TextRules::built_in());
    let matcher = Matcher::new(&lexicon, &Analyzer::new(Arc::clone(&rules)));
    (lexicon, Arc::new(matcher), rules)
}

/// A text read and annotated.
pub(super) struct Annotation {
    pub(super) text: String,
    pub(super) found: Found,
    pub(super) lexicon: Lexicon,
    pub(super) facts: Annotated,
    tokens: Vec<Span>,
}

/// Annotates paragraphs separated by blank lines; none of them is a headline.
pub(super) fn read(text: &str) -> Annotation {
    read_with_title("", text)
}

/// The same below a headline.
pub(super) fn read_with_title(title: &str, body: &str) -> Annotation {
    let text = if title.is_empty() { body.to_owned() } else { format!("{title}\n\n{body}") };
    static COMPILED: OnceLock<(Lexicon, Arc<Matcher>, Arc<TextRules>)> = OnceLock::new();
    let (lexicon, matcher, rules) = COMPILED.get_or_init(compile);
    let mut words = Analyzer::new(Arc::clone(rules));
    let mut finder = Finder::new(Arc::clone(matcher));
    let mut blocks = Vec::new();
    let mut from = 0;
    for paragraph in text.split("\n\n") {
        let first = blocks.is_empty() && !title.is_empty();
        let section = if first { Section::Title } else { Section::Body };
        blocks.push((Span::from_usize(from, from + paragraph.len()), section));
        from += paragraph.len() + 2;
    }
    let doc = words.analyze(&text, &blocks);
    let found = finder.find(&doc, &words, None);
    let input = Input { basis: &text, doc: &doc, words: &words, found: &found, lexicon };
    let facts = Annotator::new(lexicon).annotate(&input);
    let lexicon = lexicon.clone();
    let tokens = doc.tokens.iter().map(|t| t.span).collect();
    Annotation { text, found, lexicon, facts, tokens }
}

impl Annotation {
    /// Quotes as `speaker: content`, titles and other scare quotes left out.
    pub(super) fn said(&self) -> Vec<String> {
        let attributed = self.facts.quotes.iter().filter(|q| q.form != Form::Scare);
        attributed
            .map(|q| {
                let speaker = q.speaker_span.map_or("", |s| s.of(&self.text));
                format!("{speaker}: {}", q.span.of(&self.text))
            })
            .collect()
    }

    /// The words in a voice, joined by spaces.
    pub(super) fn in_voice(&self, voice: Voice) -> String {
        let words = self.tokens.iter().zip(&self.facts.voices).filter(|(_, v)| **v == voice);
        words.map(|(span, _)| span.of(&self.text)).collect::<Vec<_>>().join(" ")
    }

    /// The marks of the first mention with this text.
    pub(super) fn marks(&self, mention: &str) -> &crate::annotate::Marks {
        let at = self.found.mentions.iter().position(|m| m.span.of(&self.text) == mention);
        &self.facts.marks[at.unwrap_or_else(|| panic!("no mention `{mention}` in {}", self.text))]
    }
}

/// Checks what is said by whom, and nothing else.
pub(super) fn check_said(text: &str, expect: &[&str]) {
    assert_eq!(read(text).said(), expect, "{text}");
}
