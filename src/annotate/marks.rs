//! What is known about each mention, put together from voices, quotes, denials, doubts, silences.

use crate::annotate::Input;
use crate::annotate::clauses::Clauses;
use crate::annotate::facts::{Form, Marks, Quote};
use crate::annotate::hedging::hedged_words;
use crate::annotate::negation::Negation;
use crate::annotate::quotations::Quotation;
use crate::annotate::silence::{Silence, find_silences};
use crate::base::Voice;
use crate::lexicon::Mention;

/// The marks of every mention, then of every mention of a shift; positions agree with
/// `Found::mentions` and `Found::shifts`.
pub(super) fn mark_mentions(
    input: &Input<'_>,
    clauses: &Clauses<'_, '_>,
    quotations: &[Quotation],
    quotes: &[Quote],
    voices: &[Voice],
    negation: &Negation,
) -> Vec<Marks> {
    let hedged = hedged_words(clauses);
    let silences = find_silences(clauses);
    let mark = |mention: &Mention| {
        let tokens = &mention.tokens;
        let silence = silence_over(&silences, tokens.start);
        Marks {
            voice: voices[tokens.start],
            quote: quote_around(quotes, mention, voices[tokens.start]),
            negated: negation.covers(tokens) && silence.is_none_or(|s| s.negates),
            hedged: hedged[tokens.start],
            scare_quoted: is_scare_quoted(quotations, mention),
            reported_silence: silence.is_some(),
            silent_party: silence.and_then(|s| s.party.as_ref()).map(|p| clauses.reading.span(p)),
        }
    };
    let shifted = input.found.shifts.iter().map(|shift| &shift.mention);
    input.found.mentions.iter().chain(shifted).map(mark).collect()
}

fn silence_over(silences: &[Silence], token: usize) -> Option<&Silence> {
    silences.iter().find(|s| s.tokens.contains(&token))
}

fn is_scare_quoted(quotations: &[Quotation], mention: &Mention) -> bool {
    quotations
        .iter()
        .filter(|q| !q.title && !q.is_long())
        .any(|q| q.tokens.start < mention.tokens.end && mention.tokens.start < q.tokens.end)
}

/// The quote around a mention whose speaker answers for it: of reported words the outermost, of
/// quoted ones the shortest; in the outlet's own voice only a short quotation is one.
fn quote_around(quotes: &[Quote], mention: &Mention, voice: Voice) -> Option<usize> {
    quotes
        .iter()
        .enumerate()
        .filter(|(_, q)| {
            q.tokens.start <= mention.tokens.start && mention.tokens.start < q.tokens.end
        })
        .filter(|(_, q)| match voice {
            Voice::Own => matches!(q.form, Form::Partial | Form::Scare),
            Voice::Reported => q.form == Form::Indirect || q.form == Form::Partial,
            Voice::Quoted => q.form == Form::Direct,
        })
        .min_by_key(|(at, q)| match q.form {
            Form::Indirect => (0, usize::MAX - q.tokens.len(), *at),
            _ => (1, q.tokens.len(), *at),
        })
        .map(|(at, _)| at)
}
