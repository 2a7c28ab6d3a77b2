//! Who speaks in the articles, and how.

use crate::annotate::{Form, SpeakerKind, Stance};
use crate::base::Voice;
use crate::compare::fold::Article;
use crate::tally::QuoteRecord;

/// One quotation or stretch of reported speech.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteRow {
    /// `q` and its number.
    pub quote_id: String,
    /// The article.
    pub article_id: String,
    /// Its outlet.
    pub outlet: String,
    /// Number of the sentence it starts in.
    pub sentence_no: u32,
    /// `direct`, `indirect`, `partial` or `scare`.
    pub form: &'static str,
    /// First code point of its content.
    pub char_start: u32,
    /// One past the last.
    pub char_end: u32,
    /// Words of its content.
    pub words: u32,
    /// In whose voice they stand: `own` where nobody is said to say them.
    pub voice: Voice,
    /// The words in the article that name the speaker, pronouns included.
    pub speaker_text: String,
    /// The resolved name; empty if it cannot be resolved.
    pub speaker: String,
    /// The topmost actor the speaker belongs to; empty if none.
    pub speaker_actor: String,
    /// `official`, `expert`, `media`, `unnamed` or `other`.
    pub speaker_kind: &'static str,
    /// Stance of the reporting verb; empty for words in quotation marks that nobody is said to say.
    pub stance: &'static str,
    /// Agentless or collective attribution.
    pub vague: bool,
}

/// The quotes of an article, by place; `first` is the number of the first one among `total` of all
/// articles.
pub fn quotes(article: &Article<'_>, first: u64, total: u64) -> Vec<QuoteRow> {
    let record = article.record;
    let mut quotes: Vec<&QuoteRecord> = record.quotes.iter().collect();
    quotes.sort_by_key(|quote| (quote.chars, quote.sentence));
    let digits = total.to_string().len().max(6);
    let row = |(number, quote): (u64, &QuoteRecord)| QuoteRow {
        quote_id: format!("q{number:0digits$}"),
        article_id: record.id.clone(),
        outlet: record.outlet.clone(),
        sentence_no: quote.sentence,
        form: form_name(quote.form),
        char_start: quote.chars.start,
        char_end: quote.chars.end,
        words: quote.words,
        voice: quote.voice,
        speaker_text: quote.speaker_text.clone(),
        speaker: quote.speaker.clone(),
        speaker_actor: article.comparison.actor_name(quote.speaker_actor),
        speaker_kind: speaker_kind_name(quote.speaker_kind),
        stance: if quote.form == Form::Scare { "" } else { stance_name(quote.stance) },
        vague: quote.vague,
    };
    (first..).zip(quotes).map(row).collect()
}

fn form_name(form: Form) -> &'static str {
    match form {
        Form::Direct => "direct",
        Form::Indirect => "indirect",
        Form::Partial => "partial",
        Form::Scare => "scare",
    }
}

pub(crate) fn speaker_kind_name(kind: SpeakerKind) -> &'static str {
    match kind {
        SpeakerKind::Official => "official",
        SpeakerKind::Expert => "expert",
        SpeakerKind::Media => "media",
        SpeakerKind::Unnamed => "unnamed",
        SpeakerKind::Other => "other",
    }
}

fn stance_name(stance: Stance) -> &'static str {
    match stance {
        Stance::Neutral => "neutral",
        Stance::Endorsing => "endorsing",
        Stance::Emphatic => "emphatic",
        Stance::Doubting => "doubting",
        Stance::Hostile => "hostile",
        Stance::Conceding => "conceding",
        Stance::Opinion => "opinion",
    }
}
