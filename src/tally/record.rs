//! What is kept of an article once its text has been read.

use serde::{Deserialize, Serialize};

use crate::annotate::{CueMarks, Form, SpeakerKind, Stance};
use crate::base::{LanguageFrom, Published, Section, Sha256Hex, Voice};
use crate::corpus::TextBasis;
use crate::lexicon::{CategoryId, EntryId};

/// A half-open range of Unicode code points, counted as the reports print it: from the start of the
/// file, or of the record's title or text cell.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct CharSpan {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// A distinct surface form of the whole tally.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Surface {
    /// Folded and joined, case kept.
    pub surface: String,
    /// Its stem: the term it belongs to.
    pub stem: String,
    /// Whether it is a number.
    pub numeric: bool,
}

/// One word in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordRecord {
    /// Position in [`Tally::surfaces`](crate::tally::Tally::surfaces).
    pub surface: u32,
    /// Where it stands.
    pub chars: CharSpan,
}

/// One kept paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParagraphRecord {
    /// Hash of its folded words, to find paragraphs that recur across an outlet's articles.
    pub hash: u64,
    /// Where it stands.
    pub chars: CharSpan,
    /// Headline, lead or body.
    pub section: Section,
    /// Its words, as a half-open range of positions in [`ArticleRecord::words`].
    pub words: (u32, u32),
    /// Its sentences, as a half-open range of sentence numbers (from 1).
    pub sentences: (u32, u32),
    /// Its words by voice, in the order of [`Voice::ALL`].
    pub words_by_voice: [u32; 3],
}

/// One sentence of the kept text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentenceRecord {
    /// Its number, from 1, the title first.
    pub no: u32,
    /// Where it stands.
    pub chars: CharSpan,
    /// Its text as it stands in the article.
    pub text: String,
}

/// One mention and what is known about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionRecord {
    /// The lexicon entry.
    pub entry: EntryId,
    /// Where it stands.
    pub chars: CharSpan,
    /// Sentence number, from 1.
    pub sentence: u32,
    /// Position in [`ArticleRecord::paragraphs`].
    pub paragraph: u32,
    /// In whose voice.
    pub voice: Voice,
    /// The quote it stands in, as a position in [`ArticleRecord::quotes`].
    pub quote: Option<u32>,
    /// Within the reach of a negator.
    pub negated: bool,
    /// In a hedged clause.
    pub hedged: bool,
    /// Within a short quotation that is no sentence with its speaker.
    pub scare_quoted: bool,
    /// Said not to have been mentioned.
    pub reported_silence: bool,
    /// By whom; empty if the words do not say.
    pub silent_party: String,
}

/// How the mentions of a frame would change if an entry were not in its lexicon, beyond the loss of
/// its own mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftRecord {
    /// The entry.
    pub without: EntryId,
    /// Whether the mention would then count; else it would no longer.
    pub appears: bool,
    /// A mention of another entry.
    pub mention: MentionRecord,
}

/// One cue of voice, negation, hedging, silence or blame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CueRecord {
    /// The lexicon entry.
    pub entry: EntryId,
    /// Position in [`ArticleRecord::paragraphs`].
    pub paragraph: u32,
    /// What is known about it; `None` if voices were not looked at.
    pub marks: Option<CueMarks>,
    /// Where it stands, if it takes a stance that counts.
    pub place: Option<CuePlace>,
}

/// Where a cue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CuePlace {
    /// Sentence number, from 1.
    pub sentence: u32,
    /// Its words.
    pub chars: CharSpan,
}

/// One quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteRecord {
    /// How it appears.
    pub form: Form,
    /// Where its content stands.
    pub chars: CharSpan,
    /// Sentence number of its start.
    pub sentence: u32,
    /// Position in [`ArticleRecord::paragraphs`].
    pub paragraph: u32,
    /// Words of its content.
    pub words: u32,
    /// Voice of the first of them.
    pub voice: Voice,
    /// The words that name the speaker.
    pub speaker_text: String,
    /// Resolved name; empty if not resolved.
    pub speaker: String,
    /// The speaker's actor category.
    pub speaker_actor: Option<CategoryId>,
    /// What kind of speaker.
    pub speaker_kind: SpeakerKind,
    /// Stance of the verb.
    pub stance: Stance,
    /// Agentless or collective attribution.
    pub vague: bool,
}

/// One ascription of blame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlameRecord {
    /// Sentence number, from 1.
    pub sentence: u32,
    /// Position in [`ArticleRecord::paragraphs`].
    pub paragraph: u32,
    /// Who is blamed, in the words of the article; empty if undecided.
    pub blamed_text: String,
    /// The actor they name.
    pub blamed_actor: Option<CategoryId>,
    /// Who blames; empty for the outlet.
    pub blamer: String,
    /// In whose voice.
    pub voice: Voice,
    /// The harm in the article's words.
    pub harm_text: String,
    /// Blame reported as shifted.
    pub meta_blame: bool,
    /// Denied.
    pub negated: bool,
    /// The frame mention behind it, as a position in [`ArticleRecord::mentions`].
    pub mention: u32,
}

/// One removed stretch of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovalRecord {
    /// Where it stands.
    pub chars: CharSpan,
    /// The rule that removed it.
    pub rule: String,
    /// Start of the first copy, for repeats.
    pub repeats_char_start: Option<u32>,
    /// What was removed, as it stands in the article.
    pub text: String,
}

/// What an [`ArticleRecord`] begins with, for who needs no more of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Wording {
    pub(super) paragraphs: Vec<ParagraphRecord>,
    #[serde(deserialize_with = "crate::tally::packed::deserialize")]
    pub(super) words: Vec<WordRecord>,
}

/// All that is kept of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRecord {
    // These two come first, to be read alone.
    /// Kept paragraphs, in reading order.
    pub paragraphs: Vec<ParagraphRecord>,
    /// Kept words, in reading order.
    #[serde(with = "crate::tally::packed")]
    pub words: Vec<WordRecord>,
    /// Unique in the corpus.
    pub id: String,
    /// Who published it.
    pub outlet: String,
    /// When.
    pub published: Published,
    /// Code of the language whose rules it was counted by.
    pub language: String,
    /// How that is known.
    pub language_from: LanguageFrom,
    /// Its headline, white space collapsed; empty if it has none.
    pub title: String,
    /// The `event` column, if filled.
    pub event: Option<String>,
    /// The cell of the column that articles are divided by; empty if there is none.
    pub stratum: String,
    /// What its offsets count in.
    pub text_basis: TextBasis,
    /// Its own file; empty for records.
    pub source_file: String,
    /// Checksum of that file, or of the record's title and text.
    pub source_sha256: Sha256Hex,
    /// Checksum of the basis text.
    pub text_sha256: Sha256Hex,
    /// Sentences in the kept text, title included.
    pub sentences: u32,
    /// The smallest of the numbers of its runs of five words, to find near-duplicates.
    pub sketch: Vec<u32>,
    /// Every sentence, by number; the text of a paragraph is that of its sentences.
    pub sentence_texts: Vec<SentenceRecord>,
    /// Cues of `voice.csv`, in reading order.
    pub cues: Vec<CueRecord>,
    /// Mentions of actors, frames, concepts, labels and pairs, sorted by (chars, entry).
    pub mentions: Vec<MentionRecord>,
    /// What would change among them without an entry, sorted by chars of the mention.
    pub shifts: Vec<ShiftRecord>,
    /// Quotes, sorted by chars.
    pub quotes: Vec<QuoteRecord>,
    /// Blame, by sentence.
    pub blame: Vec<BlameRecord>,
    /// Removals, sorted by chars.
    pub removals: Vec<RemovalRecord>,
}

impl ArticleRecord {
    /// Words in a section; the whole article for `None`.
    pub fn words_in(&self, section: Option<Section>) -> u64 {
        self.words_by_voice_in(section).iter().sum()
    }

    /// Words by voice, in the order of [`Voice::ALL`], in a section or the whole article.
    pub fn words_by_voice_in(&self, section: Option<Section>) -> [u64; 3] {
        let mut sums = [0; 3];
        for paragraph in &self.paragraphs {
            if section.is_none_or(|section| section == paragraph.section) {
                for (sum, words) in sums.iter_mut().zip(paragraph.words_by_voice) {
                    *sum += u64::from(words);
                }
            }
        }
        sums
    }

    /// The section a mention stands in.
    pub fn section_of(&self, mention: &MentionRecord) -> Section {
        self.paragraphs[mention.paragraph as usize].section
    }

    /// The text of a sentence, white space as in the article; empty if there is no such number.
    pub fn sentence_text(&self, no: u32) -> &str {
        let at = self.sentence_texts.binary_search_by_key(&no, |sentence| sentence.no);
        at.map_or("", |at| self.sentence_texts[at].text.as_str())
    }
}
