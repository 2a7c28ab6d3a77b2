//! What is known about each mention, put together from voices, quotes, denials, doubts, silences.

use crate::annotate::Input;
use crate::annotate::clauses::Clauses;
use crate::annotate::facts::{Form, Marks, Quote};
use crate::annotate::hedging::hedged_words;
use crate::annotate::negation::Negation;
use crate::annotate::quotations::Quotation;
use crate::annotate::silence::{Silence, find_silences};
use crate::annotate::stretches::Stretches;
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
    let reading = clauses.reading;
    let near_silences = Stretches::new(reading, silences.iter().map(|s| &s.tokens).enumerate());
    let near_quotes = Stretches::new(reading, quotes.iter().map(|q| &q.tokens).enumerate());
    let short = quotations.iter().enumerate().filter(|(_, q)| !q.title && !q.is_long());
    let near_short = Stretches::new(reading, short.map(|(at, q)| (at, &q.tokens)));
    let mark = |mention: &Mention| {
        let tokens = &mention.tokens;
        let silences = near_silences.at(mention.sentence).iter().map(|&at| &silences[at]);
        let silence = silence_over(silences, tokens.start);
        let quotes = near_quotes.at(mention.sentence).iter().map(|&at| (at, &quotes[at]));
        let short = near_short.at(mention.sentence).iter().map(|&at| &quotations[at]);
        Marks {
            voice: voices[tokens.start],
            quote: quote_around(quotes, mention, voices[tokens.start]),
            negated: negation.covers(tokens) && silence.is_none_or(|s| s.negates),
            hedged: hedged[tokens.start],
            scare_quoted: is_scare_quoted(short, mention),
            reported_silence: silence.is_some(),
            silent_party: silence.and_then(|s| s.party.as_ref()).map(|p| reading.span(p)),
        }
    };
    let shifted = input.found.shifts.iter().map(|shift| &shift.mention);
    input.found.mentions.iter().chain(shifted).map(mark).collect()
}

fn silence_over<'s>(
    mut silences: impl Iterator<Item = &'s Silence>,
    token: usize,
) -> Option<&'s Silence> {
    silences.find(|s| s.tokens.contains(&token))
}

fn is_scare_quoted<'q>(mut short: impl Iterator<Item = &'q Quotation>, mention: &Mention) -> bool {
    short.any(|q| q.tokens.start < mention.tokens.end && mention.tokens.start < q.tokens.end)
}

/// The quote around a mention whose speaker answers for it: of reported words the outermost, of
/// quoted ones the shortest; in the outlet's own voice only a short quotation is one.
fn quote_around<'q>(
    quotes: impl Iterator<Item = (usize, &'q Quote)>,
    mention: &Mention,
    voice: Voice,
) -> Option<usize> {
    quotes
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
