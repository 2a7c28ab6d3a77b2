//! Turns one annotated article into its record: byte spans become code points, words become
//! positions in the table of surface forms.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::annotate::{Annotated, Blame, CueMarks, Marks, Quote};
use crate::base::{Span, Voice, sha256_hex};
use crate::corpus::{Article, Removal};
use crate::lexicon::{Found, Mention};
use crate::tally::chars::CharIndex;
use crate::tally::forms::{Form, Forms};
use crate::tally::hash::StableHash;
use crate::tally::merge::position;
use crate::tally::record::{
    ArticleRecord, BlameRecord, CuePlace, CueRecord, MentionRecord, ParagraphRecord, QuoteRecord,
    RemovalRecord, SentenceRecord, ShiftRecord, WordRecord,
};
use crate::tally::sketch::{shingles, sketch};
use crate::text::{Analyzer, Document, Paragraph, TypeId};

/// The surface forms that the records of one analyzer point into.
#[derive(Clone, Debug, Default)]
pub struct Surfaces {
    /// By type of the analyzer.
    types: Vec<Known>,
    /// Forms by what they are, as positions in `forms`.
    positions: HashTable<u32>,
    forms: Forms,
}

/// What is known of a type of the analyzer.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// Hash of it in lower case.
    hash: u64,
    /// Position of its form, once it is needed.
    form: Option<u32>,
}

impl Surfaces {
    /// The surface forms, in the order in which they were met.
    pub fn into_forms(self) -> Forms {
        self.forms
    }

    /// Hashes the types that the analyzer has met since the last article.
    fn learn(&mut self, words: &Analyzer) {
        let known = |at: usize| {
            let lower = &words.kind(TypeId(position(at))).lower;
            Known { hash: StableHash::default().text(lower).finish(), form: None }
        };
        self.types.extend((self.types.len()..words.n_types()).map(known));
    }

    /// Hash of a type in lower case.
    fn hash(&self, id: TypeId) -> u64 {
        self.types[id.0 as usize].hash
    }

    /// Position of a type's surface form.
    fn position(&mut self, id: TypeId, words: &Analyzer) -> u32 {
        let at = id.0 as usize;
        if let Some(found) = self.types[at].form {
            return found;
        }
        let kind = words.kind(id);
        let form = Form { surface: &kind.surface, stem: &kind.stem, numeric: kind.numeric };
        let (forms, hasher) = (&mut self.forms, FixedState::default());
        let hash = |at: &u32| hasher.hash_one(forms.get(*at));
        let same = |at: &u32| forms.get(*at) == form;
        let slot = self.positions.entry(hasher.hash_one(form), same, hash);
        let found = *slot.or_insert(position(forms.len())).get();
        if found as usize == forms.len() {
            forms.push(form);
        }
        self.types[at].form = Some(found);
        found
    }
}

/// Whether the texts of sentences are kept; they are half of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// For evidence and what was removed.
    Kept,
    /// Nothing that is wanted shows them.
    LeftOut,
}

/// Everything that is kept of one article.
pub fn record(
    article: &Article,
    doc: &Document,
    words: &Analyzer,
    found: &Found,
    annotated: &Annotated,
    surfaces: &mut Surfaces,
    texts: Texts,
) -> ArticleRecord {
    surfaces.learn(words);
    let draft = &article.draft;
    let scribe =
        Scribe { basis: &draft.basis.text, chars: CharIndex::new(&draft.basis), doc, words };
    ArticleRecord {
        id: draft.id.clone(),
        outlet: draft.outlet.clone(),
        published: draft.published.clone(),
        language: draft.language.unwrap_or_default().code().to_string(),
        language_from: draft.language_from,
        title: draft.title.map_or_else(String::new, |span| scribe.one_line(span)),
        event: draft.event.clone(),
        stratum: draft.stratum.clone().unwrap_or_default(),
        text_basis: draft.basis.kind,
        source_file: draft.source_file.clone().unwrap_or_default(),
        source_sha256: draft.source_sha256.clone(),
        text_sha256: sha256_hex(draft.basis.text.as_bytes()),
        sentences: position(doc.sentences.len()),
        sketch: scribe.sketch(surfaces),
        paragraphs: doc
            .paragraphs
            .iter()
            .map(|paragraph| scribe.paragraph(paragraph, &annotated.voices, surfaces))
            .collect(),
        words: scribe.words(surfaces),
        sentence_texts: if texts == Texts::Kept { scribe.sentences() } else { Vec::new() },
        cues: (found.cues.iter().enumerate())
            .map(|(at, cue)| scribe.cue(cue, annotated.cues.get(at).copied()))
            .collect(),
        mentions: found
            .mentions
            .iter()
            .zip(&annotated.marks)
            .map(|(mention, marks)| scribe.mention(mention, marks))
            .collect(),
        shifts: found
            .shifts
            .iter()
            .zip(&annotated.shift_marks)
            .map(|(shift, marks)| ShiftRecord {
                without: shift.without,
                appears: shift.appears,
                mention: scribe.mention(&shift.mention, marks),
            })
            .collect(),
        quotes: (annotated.quotes.iter())
            .map(|quote| scribe.quote(quote, &annotated.voices))
            .collect(),
        blame: annotated.blame.iter().map(|blame| scribe.blame(blame)).collect(),
        removals: article.removals.iter().map(|removal| scribe.removal(removal)).collect(),
    }
}

/// Writes the parts of one article's record.
struct Scribe<'a> {
    basis: &'a str,
    chars: CharIndex,
    doc: &'a Document,
    words: &'a Analyzer,
}

impl Scribe<'_> {
    /// The text of a span, white space collapsed.
    fn one_line(&self, span: Span) -> String {
        collapse(span.of(self.basis))
    }

    /// Number of a sentence and position of its paragraph.
    fn place(&self, sentence: usize) -> (u32, u32) {
        (position(sentence + 1), position(self.doc.sentences[sentence].paragraph))
    }

    fn paragraph(
        &self,
        paragraph: &Paragraph,
        voices: &[Voice],
        surfaces: &Surfaces,
    ) -> ParagraphRecord {
        let mut words_by_voice = [0; 3];
        let mut hash = StableHash::default();
        for at in paragraph.tokens.clone() {
            words_by_voice[voices[at].index()] += 1;
            hash = hash.part(surfaces.hash(self.doc.tokens[at].kind));
        }
        ParagraphRecord {
            hash: hash.finish(),
            chars: self.chars.span(paragraph.span),
            section: paragraph.section,
            words: (position(paragraph.tokens.start), position(paragraph.tokens.end)),
            sentences: (
                position(paragraph.sentences.start + 1),
                position(paragraph.sentences.end + 1),
            ),
            words_by_voice,
        }
    }

    fn sketch(&self, surfaces: &Surfaces) -> Vec<u32> {
        let hash = |token: &crate::text::Token| surfaces.hash(token.kind);
        let hashes: Vec<u64> = self.doc.tokens.iter().map(hash).collect();
        let paragraphs = self.doc.paragraphs.iter();
        let runs = paragraphs.flat_map(|paragraph| shingles(&hashes[paragraph.tokens.clone()]));
        sketch(runs, hashes.len())
    }

    fn words(&self, surfaces: &mut Surfaces) -> Vec<WordRecord> {
        let mut chars = self.chars.in_order();
        let word = |token: &crate::text::Token| WordRecord {
            surface: surfaces.position(token.kind, self.words),
            chars: chars(token.span),
        };
        self.doc.tokens.iter().map(word).collect()
    }

    fn sentences(&self) -> Vec<SentenceRecord> {
        let sentences = self.doc.sentences.iter().enumerate();
        let record = |(at, sentence): (usize, &crate::text::Sentence)| SentenceRecord {
            no: position(at + 1),
            chars: self.chars.span(sentence.span),
            text: sentence.span.of(self.basis).to_string(),
        };
        sentences.map(record).collect()
    }

    fn mention(&self, mention: &Mention, marks: &Marks) -> MentionRecord {
        let (sentence, paragraph) = self.place(mention.sentence);
        MentionRecord {
            entry: mention.entry,
            chars: self.chars.span(mention.span),
            sentence,
            paragraph,
            voice: marks.voice,
            quote: marks.quote.map(position),
            negated: marks.negated,
            hedged: marks.hedged,
            scare_quoted: marks.scare_quoted,
            reported_silence: marks.reported_silence,
            silent_party: marks.silent_party.map_or_else(String::new, |span| self.one_line(span)),
        }
    }

    fn cue(&self, cue: &Mention, marks: Option<CueMarks>) -> CueRecord {
        let (sentence, paragraph) = self.place(cue.sentence);
        let place = || CuePlace { sentence, chars: self.chars.span(cue.span) };
        let place = marks.filter(|marks| marks.counts).map(|_| place());
        CueRecord { entry: cue.entry, paragraph, marks, place }
    }

    fn quote(&self, quote: &Quote, voices: &[Voice]) -> QuoteRecord {
        let (sentence, paragraph) = self.place(quote.sentence);
        QuoteRecord {
            form: quote.form,
            chars: self.chars.span(quote.span),
            sentence,
            paragraph,
            words: position(quote.tokens.len()),
            voice: voices.get(quote.tokens.start).copied().unwrap_or_default(),
            speaker_text: quote.speaker_span.map_or_else(String::new, |span| self.one_line(span)),
            speaker: quote.speaker.clone(),
            speaker_actor: quote.speaker_actor,
            speaker_kind: quote.speaker_kind,
            stance: quote.stance,
            vague: quote.vague,
        }
    }

    fn blame(&self, blame: &Blame) -> BlameRecord {
        let (sentence, paragraph) = self.place(blame.sentence);
        BlameRecord {
            sentence,
            paragraph,
            blamed_text: blame.blamed.map_or_else(String::new, |span| self.one_line(span)),
            blamed_actor: blame.blamed_actor,
            blamer: blame.blamer.clone(),
            voice: blame.voice,
            harm_text: blame.harm.map_or_else(String::new, |span| self.one_line(span)),
            meta_blame: blame.meta_blame,
            negated: blame.negated,
            mention: position(blame.mention),
        }
    }

    fn removal(&self, removal: &Removal) -> RemovalRecord {
        RemovalRecord {
            chars: self.chars.span(removal.span),
            rule: removal.rule.clone(),
            repeats_char_start: removal.repeats.map(|span| self.chars.span(span).start),
            text: removal.span.of(self.basis).to_string(),
        }
    }
}

/// A text on one line: every run of white space becomes one space, none at the ends.
pub fn collapse(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
