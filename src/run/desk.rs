//! Where the articles of one language are counted: an analyzer, lexicons compiled by it, a tally.

use std::sync::Arc;

use crate::annotate::{Annotated, Annotator, Input};
use crate::base::Language;
use crate::corpus::{Article, Skipped};
use crate::lexicon::{Finder, Lexicon};
use crate::run::RunConfig;
use crate::run::about::About;
use crate::run::count::scratch_dir;
use crate::run::rules::Rules;
use crate::tally::{Recorder, Surfaces, Tally, TallyError, Texts, record};
use crate::text::Analyzer;

/// Distinct words after which a desk is cleared, on one thread: 80 MB. Then it starts without any, which
/// costs what the common ones take to be learnt again, a tenth of a second.
const MOST_WORDS: usize = 1 << 18;

/// The same of all threads together.
const MOST_OF_ALL: usize = 5 << 16;

/// The same where many threads share the memory. With fewer a desk would be cleared too often.
const FEWEST_WORDS: usize = 1 << 16;

/// Distinct words after which a desk of one of so many threads is cleared.
pub(crate) fn most_words(threads: usize) -> usize {
    (MOST_OF_ALL / threads.max(1)).clamp(FEWEST_WORDS, MOST_WORDS)
}

/// The rules of one language and what one thread has counted by them.
pub(crate) struct Desk<'a> {
    lexicon: &'a Lexicon,
    words: Analyzer,
    finder: Finder,
    /// `None` where voices are not told: in any language but English, and if nobody wants them.
    annotator: Option<Annotator>,
    surfaces: Surfaces,
    texts: Texts,
    recorder: Recorder,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(language: Language, config: &RunConfig, rules: &'a Rules) -> Self {
        let words = Analyzer::of_language(Arc::clone(&rules.text), language);
        let tells_voices = config.voice && language == Language::ENGLISH;
        let annotator = tells_voices.then(|| Annotator::new(&rules.lexicon));
        // Last, as another thread may still compile them.
        let matcher = match language {
            Language::ENGLISH => Arc::clone(rules.matcher()),
            _ => Arc::new(rules.compile(&words)),
        };
        Self {
            lexicon: &rules.lexicon,
            words,
            finder: Finder::new(matcher),
            annotator,
            surfaces: Surfaces::default(),
            texts: if config.shows_sentences() { Texts::Kept } else { Texts::LeftOut },
            recorder: Recorder::new(&scratch_dir(&config.out), rules.cleaning.recurring()),
        }
    }

    /// Counts an article; one that is about something else is given back as skipped.
    pub(crate) fn count(
        &mut self,
        article: &Article,
        about: Option<&About>,
    ) -> Result<Option<Skipped>, TallyError> {
        let basis = article.draft.basis.text.as_str();
        let blocks: Vec<_> = article.blocks.iter().map(|b| (b.span, b.section)).collect();
        let doc = self.words.analyze(basis, &blocks);
        let found = self.finder.find(&doc, &self.words, article.draft.published.interval);
        if let Some(aside) = about.and_then(|about| about.set_aside(&found, &article.draft)) {
            return Ok(Some(aside));
        }
        let (words, lexicon) = (&self.words, self.lexicon);
        let annotated = match &mut self.annotator {
            Some(annotator) => {
                annotator.annotate(&Input { basis, doc: &doc, words, found: &found, lexicon })
            }
            None => Annotated::own_voice(doc.tokens.len(), &found),
        };
        let record =
            record(article, &doc, words, &found, &annotated, &mut self.surfaces, self.texts);
        self.recorder.add(&record).map(|()| None)
    }

    /// Distinct words that were met here.
    pub(crate) fn n_words(&self) -> usize {
        self.words.n_types()
    }

    /// What was counted here.
    pub(crate) fn finish(self) -> Result<Tally, TallyError> {
        let Self { surfaces, recorder, words, finder, annotator, .. } = self;
        // They know every word of the corpus, and the tally needs the room.
        drop((words, finder, annotator));
        Tally::new(surfaces.into_forms(), recorder, Vec::new())
    }
}
