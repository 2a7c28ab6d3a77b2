//! Small records for tests, made from sentences: words are what white space and full stops divide.

use std::sync::LazyLock;

use crate::base::{Section, Voice};
use crate::corpus::{CleaningRules, Recurring};
use crate::lexicon::EntryId;
use crate::tally::merge::position;
use crate::tally::record::{
    ArticleRecord, CharSpan, MentionRecord, ParagraphRecord, SentenceRecord, Surface, WordRecord,
};
use crate::tally::sketch::{shingles, sketch};
use crate::tally::{Form, Forms, Recorder, StableHash, Tally};

/// A paragraph and what is mentioned in it.
#[derive(Clone)]
pub(crate) struct Part {
    section: Section,
    text: String,
    voice: Voice,
    mentions: Vec<(String, MentionRecord)>,
}

impl Part {
    fn new(section: Section, text: &str) -> Self {
        Part { section, text: text.into(), voice: Voice::Own, mentions: Vec::new() }
    }

    pub(crate) fn title(text: &str) -> Self {
        Part::new(Section::Title, text)
    }

    pub(crate) fn lead(text: &str) -> Self {
        Part::new(Section::Lead, text)
    }

    pub(crate) fn body(text: &str) -> Self {
        Part::new(Section::Body, text)
    }

    /// All its words, and mentions added from now on, in another voice.
    pub(crate) fn voice(mut self, voice: Voice) -> Self {
        self.voice = voice;
        self
    }

    /// The first place of `words` as a mention of an entry.
    pub(crate) fn mention(self, words: &str, entry: u32) -> Self {
        self.marked(words, entry, |_| {})
    }

    /// A mention with marks of its own.
    pub(crate) fn marked(
        mut self,
        words: &str,
        entry: u32,
        mark: impl FnOnce(&mut MentionRecord),
    ) -> Self {
        let mut mention = MentionRecord {
            entry: EntryId(entry),
            chars: CharSpan::default(),
            sentence: 0,
            paragraph: 0,
            voice: self.voice,
            quote: None,
            negated: false,
            hedged: false,
            scare_quoted: false,
            reported_silence: false,
            silent_party: String::new(),
        };
        mark(&mut mention);
        self.mentions.push((words.into(), mention));
        self
    }
}

/// The tally of one article.
pub(crate) fn article(id: &str, outlet: &str, parts: &[Part]) -> Tally {
    let mut surfaces = Vec::new();
    let mut record = ArticleRecord { id: id.into(), outlet: outlet.into(), ..Default::default() };
    let mut start = 0;
    for part in parts {
        add_part(&mut record, &mut surfaces, part, start);
        start += position(part.text.chars().count()) + 2;
    }
    record.sentences = position(record.sentence_texts.len());
    record.mentions.sort_by_key(|mention| (mention.chars, mention.entry));
    record.sketch = sketch_of(&record, &surfaces);
    of_records(surfaces, &[record])
}

/// The sketch that an article of these words has.
pub(crate) fn sketch_of(record: &ArticleRecord, surfaces: &[Surface]) -> Vec<u32> {
    let hash = |word: &WordRecord| {
        let form = &surfaces[word.surface as usize].surface;
        StableHash::default().text(&form.to_lowercase()).finish()
    };
    let hashes: Vec<u64> = record.words.iter().map(hash).collect();
    let ranges = record.paragraphs.iter().map(|paragraph| paragraph.words);
    let runs = ranges.flat_map(|(start, end)| shingles(&hashes[start as usize..end as usize]));
    sketch(runs, hashes.len())
}

/// What the built-in rules say; to read them takes longer than a test.
static RECURRING: LazyLock<Option<Recurring>> =
    LazyLock::new(|| CleaningRules::built_in().recurring());

/// The tally of some records.
pub(crate) fn of_records(surfaces: Vec<Surface>, records: &[ArticleRecord]) -> Tally {
    let mut recorder = Recorder::new(&std::env::temp_dir(), *RECURRING);
    for record in records {
        recorder.add(record).unwrap();
    }
    Tally::new(surfaces.into_iter().collect(), recorder, Vec::new()).unwrap()
}

/// All records of a tally.
pub(crate) fn records(tally: &Tally) -> Vec<ArticleRecord> {
    tally.records.read().unwrap().map(Result::unwrap).collect()
}

/// The tally with every record changed.
pub(crate) fn changed(tally: Tally, mut change: impl FnMut(&mut ArticleRecord)) -> Tally {
    let mut records = records(&tally);
    records.iter_mut().for_each(&mut change);
    of_records(owned(&tally.surfaces), &records)
}

/// Each form as a text of its own.
pub(crate) fn owned(forms: &Forms) -> Vec<Surface> {
    let owned = |form: Form<'_>| Surface {
        surface: form.surface.into(),
        stem: form.stem.into(),
        numeric: form.numeric,
    };
    forms.iter().map(owned).collect()
}

impl PartialEq for Tally {
    fn eq(&self, other: &Self) -> bool {
        let parts = |tally: &Tally| {
            (tally.surfaces.clone(), tally.heads.clone(), records(tally), tally.skipped.clone())
        };
        parts(self) == parts(other)
    }
}

fn add_part(record: &mut ArticleRecord, surfaces: &mut Vec<Surface>, part: &Part, start: u32) {
    let first_word = position(record.words.len());
    let first_sentence = position(record.sentence_texts.len()) + 1;
    let mut hash = StableHash::default();
    let mut at = 0;
    for piece in part.text.split_inclusive(['.', '?']) {
        let text = piece.trim();
        let from = at + part.text[at..].find(text).unwrap();
        let chars = |at: usize| start + position(part.text[..at].chars().count());
        let span = CharSpan { start: chars(from), end: chars(from + text.len()) };
        let no = position(record.sentence_texts.len()) + 1;
        record.sentence_texts.push(SentenceRecord { no, chars: span, text: text.into() });
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            at += part.text[at..].find(word).unwrap();
            let chars = CharSpan { start: chars(at), end: chars(at + word.len()) };
            record.words.push(WordRecord { surface: position(surfaces.len()), chars });
            surfaces.push(Surface {
                surface: word.into(),
                stem: word.to_lowercase(),
                numeric: word.starts_with(|c: char| c.is_ascii_digit()),
            });
            hash = hash.text(&word.to_lowercase());
            at += word.len();
        }
    }
    add_mentions(record, part, start, first_sentence);
    let words = (first_word, position(record.words.len()));
    let mut words_by_voice = [0; 3];
    words_by_voice[part.voice.index()] = words.1 - words.0;
    record.paragraphs.push(ParagraphRecord {
        hash: hash.finish(),
        chars: CharSpan { start, end: start + position(part.text.chars().count()) },
        section: part.section,
        words,
        sentences: (first_sentence, position(record.sentence_texts.len()) + 1),
        words_by_voice,
    });
    if part.section == Section::Title {
        record.title = part.text.clone();
    }
}

fn add_mentions(record: &mut ArticleRecord, part: &Part, start: u32, first_sentence: u32) {
    for (words, mention) in &part.mentions {
        let byte = part.text.find(words.as_str()).expect("the words of a mention are in its part");
        let from = start + position(part.text[..byte].chars().count());
        let chars = CharSpan { start: from, end: from + position(words.chars().count()) };
        let sentences = &record.sentence_texts[first_sentence as usize - 1..];
        let sentence = sentences.iter().rfind(|s| s.chars.start <= from).unwrap().no;
        let paragraph = position(record.paragraphs.len());
        record.mentions.push(MentionRecord { chars, sentence, paragraph, ..mention.clone() });
    }
}
