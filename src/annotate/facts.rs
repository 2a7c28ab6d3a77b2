//! What the rules find out about an article.

use serde::{Deserialize, Serialize};

use crate::base::{Span, Voice};
use crate::lexicon::{CategoryId, Found};

/// How somebody else's words appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Form {
    /// Between quotation marks, more than six words or a sentence with its speaker: voice `quoted`.
    Direct,
    /// In the outlet's words, under a reporting verb or "according to": voice `reported`.
    Indirect,
    /// Up to six words between quotation marks, with a speaker and no sentence; keeps the surrounding voice.
    Partial,
    /// Up to six words between quotation marks, with no speaker; keeps the surrounding voice.
    Scare,
}

/// What kind of speaker it is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum SpeakerKind {
    /// Speaks for a government, ministry, party or authority.
    Official,
    /// Researcher, analyst, think tank.
    Expert,
    /// Another outlet or agency.
    Media,
    /// Not named: "experts", "observers", or nobody at all.
    Unnamed,
    /// Named, none of the above.
    #[default]
    Other,
}

/// The stance of the reporting verb, from its category in `voice.csv` (`report/...`).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Stance {
    /// "said", "told"; also "according to".
    #[default]
    Neutral,
    /// Presupposes truth: "noted", "explained".
    Endorsing,
    /// "stressed", "vowed".
    Emphatic,
    /// Keeps distance: "claimed", "alleged".
    Doubting,
    /// "accused", "slammed".
    Hostile,
    /// "admitted".
    Conceding,
    /// "believes", "argues".
    Opinion,
}

/// A stretch of attributed or quoted words and whoever is said to have said them.
///
/// Attributed content in two pieces ("The visit, Zhang said, went well") is two quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// How it appears.
    pub form: Form,
    /// The content, quotation marks included, the reporting clause not.
    pub span: Span,
    /// Tokens of the content, as positions in `Document::tokens`.
    pub tokens: std::ops::Range<usize>,
    /// Position in `Document::sentences` of its first sentence.
    pub sentence: usize,
    /// The words in the article that name the speaker, pronouns included.
    pub speaker_span: Option<Span>,
    /// Resolved name ("Zhang Hong" for "Zhang" or "he"); empty if it cannot be resolved.
    pub speaker: String,
    /// The speaker's actor category, if the words name one.
    pub speaker_actor: Option<CategoryId>,
    /// What kind of speaker.
    pub speaker_kind: SpeakerKind,
    /// Stance of the verb.
    pub stance: Stance,
    /// Agentless or collective attribution ("is believed to", "experts say").
    pub vague: bool,
}

/// What is to be known about one mention. Positions agree with `Found::mentions`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// In whose voice.
    pub voice: Voice,
    /// The quote it stands in, as a position in `Annotated::quotes`.
    pub quote: Option<usize>,
    /// Within the reach of a negator.
    pub negated: bool,
    /// In a hedged clause.
    pub hedged: bool,
    /// Within a short quotation that is no sentence with its speaker.
    pub scare_quoted: bool,
    /// The text says that somebody did not mention this.
    pub reported_silence: bool,
    /// Who kept silent, in the words of the article.
    pub silent_party: Option<Span>,
}

/// What is known about one cue of `voice.csv`. Positions agree with `Found::cues`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CueMarks {
    /// In whose voice its first word stands.
    pub voice: Voice,
    /// Whether it does there what its category says: a verb that reports something, a hedge that
    /// doubts something, an evaluation that is no part of a name. Only for the categories `report`,
    /// `attribution`, `hedge`, `booster` and `evaluative`; of equal words in two rows of a category
    /// only the first.
    pub counts: bool,
    /// Within the reach of a negator.
    pub negated: bool,
}

/// Who blames whom for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blame {
    /// Position in `Document::sentences`.
    pub sentence: usize,
    /// Who is blamed, in the words of the article; `None` if undecided.
    pub blamed: Option<Span>,
    /// The actor they name; `None` if they name none.
    pub blamed_actor: Option<CategoryId>,
    /// Who blames: the speaker, or empty for the outlet itself.
    pub blamer: String,
    /// In whose voice.
    pub voice: Voice,
    /// The harm, as far as the words name it.
    pub harm: Option<Span>,
    /// Blame that is reported as being shifted ("an attempt to shift blame").
    pub meta_blame: bool,
    /// Denied blame.
    pub negated: bool,
    /// The frame mention behind it, as a position in `Found::mentions`.
    pub mention: usize,
}

/// The facts about one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotated {
    /// Voice of each token; positions agree with `Document::tokens`.
    pub voices: Vec<Voice>,
    /// Every quote, sorted by span.
    pub quotes: Vec<Quote>,
    /// One for each mention.
    pub marks: Vec<Marks>,
    /// One for each of `Found::shifts`.
    pub shift_marks: Vec<Marks>,
    /// Every ascription of blame, by sentence.
    pub blame: Vec<Blame>,
    /// One for each cue; none if voices were not looked at.
    pub cues: Vec<CueMarks>,
}

impl Annotated {
    /// The annotation of an article in which nobody but the outlet speaks; what `--no-voice` uses.
    pub fn own_voice(n_tokens: usize, found: &Found) -> Self {
        Self {
            voices: vec![Voice::Own; n_tokens],
            marks: vec![Marks::default(); found.mentions.len()],
            shift_marks: vec![Marks::default(); found.shifts.len()],
            ..Self::default()
        }
    }
}
