//! Turns attributions and quotation marks into quotes, and gives every word its voice.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::annotate::attribution::Attribution;
use crate::annotate::clauses::SubjectKind;
use crate::annotate::facts::{Form, Quote, SpeakerKind, Stance};
use crate::annotate::grammar::Class;
use crate::annotate::quotations::{Quotation, SHORT};
use crate::annotate::reading::{Gap, Reading};
use crate::annotate::speakers::{Speaker, Speakers};
use crate::annotate::stretches::Stretches;
use crate::base::{Span, Voice};

/// Who said a quote, and how the outlet presents it.
#[derive(Clone, Debug, Default)]
struct Said {
    speaker: Speaker,
    stance: Stance,
    vague: bool,
}

/// Every quote of an article, sorted by span.
pub(super) fn make_quotes(
    reading: &Reading<'_>,
    attributions: &[Attribution],
    quotations: &[Quotation],
    speakers: &Speakers<'_, '_, '_>,
) -> Vec<Quote> {
    let said: Vec<Said> = attributions.iter().map(|a| said_by(a, speakers)).collect();
    let outer: Vec<&Quotation> = quotations.iter().filter(|q| !q.nested && !q.title).collect();
    let near = Near::new(reading, attributions, quotations, &outer);
    let mut quotes = Vec::new();
    for (attribution, said) in attributions.iter().zip(&said) {
        for content in &attribution.content {
            let inside = near.outer.around(reading, content);
            let inside = inside.iter().map(|&at| outer[at]);
            for piece in outside_quotations(reading, content, inside) {
                let around = near.quotations.around(reading, &piece);
                let around = around.iter().map(|&at| &quotations[at]);
                let span = widened(reading, &piece, around);
                quotes.push(quote(reading, Form::Indirect, span, piece, said));
            }
        }
    }
    let mut last: Option<(usize, Said)> = None;
    for &quotation in &outer {
        let contents = near.contents.around(reading, &quotation.tokens);
        let by = speaker_of(reading, attributions, &contents, &quotation.tokens);
        let paragraph = reading.paragraph_of(quotation.tokens.start);
        let linked = linked(&last, paragraph, quotation, reading);
        // A short sentence of its own goes on with the quotation before it.
        let opens_sentence = reading.gap(quotation.tokens.start).has(Gap::SENTENCE);
        let sentence = opens_sentence && reading.gap(quotation.tokens.end).has(Gap::SENTENCE);
        let known = by.map(|at| said[at].clone()).or(linked.clone().filter(|_| sentence));
        let form = match (quotation.is_long(), &known) {
            (true, _) => Form::Direct,
            (false, Some(_)) => Form::Partial,
            (false, None) => Form::Scare,
        };
        let said = match form {
            Form::Scare => Said::default(),
            _ => known.or(linked).unwrap_or_default(),
        };
        if form == Form::Direct
            || form == Form::Partial
                && (opens_sentence || near.clauses.binary_search(&quotation.tokens.end).is_ok())
        {
            last = Some((paragraph, said.clone()));
        }
        quotes.push(quote(reading, form, quotation.span, quotation.tokens.clone(), &said));
    }
    quotes.sort_by_key(|q| (q.span.start, q.span.end, q.form));
    // What two verbs attribute to the same speaker ("wondered aloud and asked") is one quote.
    quotes.dedup_by(|b, a| a.span == b.span && a.form == b.form && a.speaker == b.speaker);
    agree_on_kinds(&mut quotes);
    quotes
}

/// One speaker is of one kind in an article: of those that the nouns around the name give, the most
/// frequent, and of equally frequent ones the first.
fn agree_on_kinds(quotes: &mut [Quote]) {
    let mut kinds: BTreeMap<&str, Vec<(SpeakerKind, usize)>> = BTreeMap::new();
    for quote in quotes.iter().filter(|q| !q.speaker.is_empty()) {
        let seen = kinds.entry(quote.speaker.as_str()).or_default();
        match seen.iter_mut().find(|(kind, _)| *kind == quote.speaker_kind) {
            Some((_, n)) => *n += 1,
            None => seen.push((quote.speaker_kind, 1)),
        }
    }
    let several = kinds.into_iter().filter(|(_, seen)| seen.len() > 1);
    let agreed: BTreeMap<String, SpeakerKind> = several
        .map(|(name, seen)| {
            let told = seen.iter().filter(|(kind, _)| *kind != SpeakerKind::Other);
            let most = told.clone().map(|(_, n)| *n).max();
            let first = told.clone().find(|(_, n)| Some(*n) == most);
            (name.to_owned(), first.map_or(SpeakerKind::Other, |(kind, _)| *kind))
        })
        .collect();
    for quote in quotes {
        if let Some(kind) = agreed.get(&quote.speaker) {
            quote.speaker_kind = *kind;
        }
    }
}

/// Quotations and attributions by place.
struct Near {
    quotations: Stretches,
    /// Positions among the outer quotations.
    outer: Stretches,
    /// Attributions by what they attribute.
    contents: Stretches,
    /// Where the clauses that name a speaker begin, sorted.
    clauses: Vec<usize>,
}

impl Near {
    fn new(
        reading: &Reading<'_>,
        attributions: &[Attribution],
        quotations: &[Quotation],
        outer: &[&Quotation],
    ) -> Self {
        let contents = attributions.iter().enumerate();
        let contents = contents.flat_map(|(at, a)| a.content.iter().map(move |c| (at, c)));
        let clauses = attributions.iter().filter_map(|a| Some(a.clause.as_ref()?.start));
        let mut clauses: Vec<usize> = clauses.collect();
        clauses.sort_unstable();
        Self {
            quotations: Stretches::new(reading, quotations.iter().map(|q| &q.tokens).enumerate()),
            outer: Stretches::new(reading, outer.iter().map(|q| &q.tokens).enumerate()),
            contents: Stretches::new(reading, contents),
            clauses,
        }
    }
}

/// `"The visit," he said, "went well."` is one quotation in two pieces.
pub(super) fn join_interrupted(
    reading: &Reading<'_>,
    quotations: &mut [Quotation],
    attributions: &[Attribution],
) {
    let mut several = attributions.iter().filter(|a| a.content.len() > 1).peekable();
    if several.peek().is_none() {
        return;
    }
    let near = Stretches::new(reading, quotations.iter().map(|q| &q.tokens).enumerate());
    for attribution in several {
        let around = attribution.content.iter().flat_map(|c| near.around(reading, c).into_owned());
        let inside = |q: &Quotation| !q.nested && attribution.content.contains(&q.tokens);
        let mut pieces: Vec<usize> = around.filter(|&at| inside(&quotations[at])).collect();
        pieces.sort_unstable();
        pieces.dedup();
        let words: usize = pieces.iter().map(|&at| quotations[at].tokens.len()).sum();
        if pieces.len() > 1 && words > SHORT {
            pieces.into_iter().for_each(|at| quotations[at].interrupted = true);
        }
    }
}

/// `"War is over," said Lee.`: a short quotation is speech and no mere word if it is all that is
/// attributed to somebody, and a sentence of its own; a single word if its speaker follows (`"No," Lee
/// said.`).
pub(super) fn join_whole(
    reading: &Reading<'_>,
    quotations: &mut [Quotation],
    attributions: &[Attribution],
) {
    let piece = |content: &Range<usize>| {
        let from = quotations.partition_point(|q| q.tokens.start < content.start);
        let whole = |q: &Quotation| !q.nested && !q.title && q.tokens == *content;
        quotations[from..].first().filter(|q| whole(q)).map(|_| from)
    };
    let said = attributions.iter().filter(|a| !a.vague && a.subject.is_some());
    let speech = |a: &Attribution| {
        let pieces = a.content.iter().map(piece).collect::<Option<Vec<usize>>>()?;
        let first = &quotations[*pieces.first()?];
        let words: usize = pieces.iter().map(|&at| quotations[at].tokens.len()).sum();
        let follows = a.clause.as_ref().is_some_and(|clause| clause.start == first.tokens.end);
        let apart = follows && reading.gap(first.tokens.start).has(Gap::SENTENCE);
        let enough = words > 1 || apart && reading.gap(first.tokens.end).has(Gap::COMMA);
        (enough && is_sentence(reading, first)).then_some(pieces)
    };
    let whole: Vec<usize> = said.filter_map(speech).flatten().collect();
    for at in whole {
        quotations[at].interrupted = true;
    }
}

/// Whether a quotation begins as a sentence does, and ends in a mark.
fn is_sentence(reading: &Reading<'_>, quotation: &Quotation) -> bool {
    let tokens = &quotation.tokens;
    let marks = Gap::SENTENCE.or(Gap::COLON).or(Gap::COMMA);
    let verb = |t: usize| reading.words[t].class.is_auxiliary();
    let cries = || {
        let inside = quotation.span.of(reading.basis).trim_end_matches(|c: char| !c.is_ascii());
        inside.trim_end_matches(['"', '\'']).ends_with(['!', '?'])
    };
    let apart = reading.gap(tokens.start).has(marks) || tokens.clone().any(verb) || cries();
    let ends = Gap::SENTENCE.or(Gap::COMMA).or(Gap::STOP).or(Gap::DASH);
    reading.words[tokens.start].capital && apart && reading.gap(tokens.end).has(ends)
}

/// `"We shall open the old harbour in May," she said. "We do."`: a short quotation that is a whole
/// sentence goes on with the long one before it, in its paragraph or the one before.
pub(super) fn join_sentences(reading: &Reading<'_>, quotations: &mut [Quotation]) {
    let sentence = |at: usize| reading.gap(at).has(Gap::SENTENCE);
    let mut last: Option<usize> = None;
    for quotation in quotations.iter_mut().filter(|q| !q.nested && !q.title) {
        let tokens = &quotation.tokens;
        let paragraph = reading.paragraph_of(tokens.start);
        let opens = reading.doc.paragraphs[paragraph].tokens.start == tokens.start;
        let near = last.is_some_and(|last| last == paragraph || opens && last + 1 == paragraph);
        let whole = sentence(tokens.start) && sentence(tokens.end);
        quotation.interrupted |= near && whole && tokens.len() > 1;
        if quotation.is_long() {
            last = Some(paragraph);
        }
    }
}

/// The speaker of an earlier quotation who goes on speaking in this one.
fn linked(
    last: &Option<(usize, Said)>,
    paragraph: usize,
    quotation: &Quotation,
    reading: &Reading<'_>,
) -> Option<Said> {
    let (before, said) = last.as_ref()?;
    let opens_paragraph = reading.doc.paragraphs[paragraph].tokens.start == quotation.tokens.start;
    let goes_on =
        *before == paragraph || quotation.continues || opens_paragraph && *before + 1 == paragraph;
    goes_on.then(|| said.clone())
}

fn said_by(attribution: &Attribution, speakers: &Speakers<'_, '_, '_>) -> Said {
    let speaker = match &attribution.subject {
        Some(subject) => speakers.resolve(subject),
        None => Speaker { kind: SpeakerKind::Unnamed, ..Speaker::default() },
    };
    let vague = attribution.vague || speaker.vague;
    Said { speaker, stance: attribution.stance, vague }
}

/// The attribution whose words these are: the innermost around them, unless a pronoun there most
/// likely repeats the speaker of an outer one ("Lynch said she recalled thinking"). `near` are the
/// attributions to look at.
fn speaker_of(
    reading: &Reading<'_>,
    attributions: &[Attribution],
    near: &[usize],
    tokens: &Range<usize>,
) -> Option<usize> {
    let covers = |c: &&Range<usize>| c.start < tokens.end && tokens.start < c.end;
    let content = |at: usize| attributions[at].content.iter().filter(covers);
    // "People think it is war," said Lee: Lee says so, and not they; but "LEE: It is war."
    let labelled = |a: &Attribution| a.content.iter().any(|c| reading.gap(c.start).has(Gap::COLON));
    let inside = |a: &Attribution| {
        tokens.contains(&a.cue.start) && !a.content.contains(tokens) && !labelled(a)
    };
    let near = near.iter().filter(|&&at| !inside(&attributions[at]));
    let mut around: Vec<(usize, usize)> =
        near.filter_map(|&at| Some((content(at).map(Range::len).min()?, at))).collect();
    around.sort_unstable();
    let kind = |at: usize| attributions[at].subject.as_ref().map(|s| s.kind);
    let pronoun = |k| matches!(k, SubjectKind::Pronoun | SubjectKind::Writer);
    let named = |at: usize| kind(at).is_some_and(|k| !pronoun(k));
    let first = |fits: &dyn Fn(usize) -> bool| around.iter().find(|(_, at)| fits(*at));
    first(&named).or(first(&|at| kind(at).is_some())).or(around.first()).map(|(_, at)| *at)
}

/// The parts of some content that stand outside long quotations, bare connecting words left out.
fn outside_quotations<'q>(
    reading: &Reading<'_>,
    content: &Range<usize>,
    outer: impl Iterator<Item = &'q Quotation>,
) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut from = content.start;
    for quotation in outer.filter(|q| q.is_long()) {
        let tokens = &quotation.tokens;
        if tokens.end <= from || tokens.start >= content.end {
            continue;
        }
        if from < tokens.start {
            pieces.push(from..tokens.start);
        }
        from = tokens.end;
    }
    if from < content.end {
        pieces.push(from..content.end);
    }
    let says = |p: &Range<usize>| reading.words[p.clone()].iter().any(|w| w.class == Class::Open);
    pieces.retain(|p| p.len() > 1 && says(p) || p == content);
    pieces
}

/// The span of some content with the marks that belong to its first and last word: quotation
/// marks, currency and per-cent signs.
fn widened<'q>(
    reading: &Reading<'_>,
    tokens: &Range<usize>,
    quotations: impl Iterator<Item = &'q Quotation>,
) -> Span {
    let mut span = reading.span(tokens);
    for quotation in quotations {
        if quotation.tokens.start == tokens.start && quotation.tokens.end <= tokens.end {
            span.start = span.start.min(quotation.span.start);
        }
        if quotation.tokens.end == tokens.end && quotation.tokens.start >= tokens.start {
            span.end = span.end.max(quotation.span.end);
        }
    }
    let before = reading.basis[..span.start as usize].chars().next_back();
    if let Some(sign) = before.filter(|c| matches!(c, '$' | '£' | '€' | '#' | '@')) {
        span.start -= u32::try_from(sign.len_utf8()).expect("a character is short");
    }
    if reading.basis[span.end as usize..].starts_with('%') {
        span.end += 1;
    }
    // "the Initiative (BRI)": a bracket that opens in the content closes in it.
    let inside = span.of(reading.basis);
    let open = inside.matches('(').count() > inside.matches(')').count();
    if open && reading.basis[span.end as usize..].starts_with(')') {
        span.end += 1;
    }
    span
}

fn quote(
    reading: &Reading<'_>,
    form: Form,
    span: Span,
    tokens: Range<usize>,
    said: &Said,
) -> Quote {
    Quote {
        form,
        span,
        sentence: reading.words[tokens.start].sentence as usize,
        tokens,
        speaker_span: said.speaker.span,
        speaker: said.speaker.name.clone(),
        speaker_actor: said.speaker.actor,
        speaker_kind: said.speaker.kind,
        stance: said.stance,
        vague: said.vague,
    }
}

/// The voice of every word.
pub(super) fn voices(
    n_tokens: usize,
    attributions: &[Attribution],
    quotations: &[Quotation],
) -> Vec<Voice> {
    let mut voices = vec![Voice::Own; n_tokens];
    for attribution in attributions.iter().filter(|a| !a.vague && !a.is_the_writers()) {
        for content in &attribution.content {
            voices[content.clone()].fill(Voice::Reported);
        }
    }
    for quotation in quotations.iter().filter(|q| !q.nested && q.is_long()) {
        voices[quotation.tokens.clone()].fill(Voice::Quoted);
    }
    voices
}

#[cfg(test)]
mod tests {
    use crate::annotate::facts::Form;
    use crate::annotate::testing::{check_said, read};
    use crate::base::Voice;

    #[test]
    fn a_quotation_of_more_than_six_words_is_a_voice_of_its_own() {
        let read = read("“We shall open the old harbour again,” Lee said.");
        assert_eq!(read.in_voice(Voice::Quoted), "We shall open the old harbour again");
        assert_eq!(read.facts.quotes[0].form, Form::Direct);
    }

    #[test]
    fn a_short_quotation_keeps_the_voice_around_it() {
        let read = read("It was a “great war” in the end.");
        assert_eq!(read.in_voice(Voice::Quoted), "");
        assert_eq!(read.facts.quotes[0].form, Form::Scare);
        assert!(read.marks("war").scare_quoted);
        let read = crate::annotate::testing::read("Lee called it a “great war” in the end.");
        assert!(read.facts.quotes.iter().any(|q| q.form == Form::Partial));
    }

    #[test]
    fn the_title_of_a_work_is_no_quotation() {
        let read = read("She watched “War And Peace” at home.");
        assert!(read.facts.quotes.is_empty());
    }

    #[test]
    fn an_interrupted_quotation_is_one() {
        let read = read("“The harbour,” Lee said, “will be open in May.”");
        let forms: Vec<_> = read.facts.quotes.iter().map(|q| q.form).collect();
        assert_eq!(forms, [Form::Direct, Form::Direct]);
    }

    #[test]
    fn a_short_sentence_goes_on_with_the_quotation_before_it() {
        let quoted = |text: &str| read(text).in_voice(Voice::Quoted);
        let said = "“We shall open the old harbour again,” Lee said.";
        let whole = "We shall open the old harbour again";
        assert_eq!(quoted(&format!("{said} “We do.”")), format!("{whole} We do"));
        assert_eq!(quoted(&format!("{said} It was a “great day.”")), whole);
        assert_eq!(quoted(&format!("{said}\n\nIt was late.\n\n“We do.”")), whole);
        assert_eq!(quoted("It was late. “We do.”"), "");
    }

    #[test]
    fn a_short_sentence_with_its_speaker_is_quoted() {
        let quoted = |text: &str| read(text).in_voice(Voice::Quoted);
        assert_eq!(quoted("“War is over,” said Lee."), "War is over");
        assert_eq!(quoted("“War is over,” Lee said on Monday."), "War is over");
        assert_eq!(quoted("“Is the war over?” she asked."), "Is the war over");
        assert_eq!(quoted("Lee said: “War is over.”"), "War is over");
        assert_eq!(quoted("Lee told reporters, “No more war.”"), "No more war");
        assert_eq!(quoted("Lee said “War is over.”"), "War is over");
        assert_eq!(quoted("“War,” Lee said, “is over.”"), "War is over");
        assert_eq!(quoted("The crowd chanted “Stop the war!”"), "Stop the war");
        assert_eq!(quoted("“War is over,” said Lee. “We won.”"), "War is over We won");
        let read = read("“War is over,” said Lee.");
        assert!(!read.marks("War").scare_quoted);
        assert_eq!(read.facts.quotes[0].form, Form::Direct);
        assert_eq!(read.said(), ["Lee: “War is over,”"]);
        let read = crate::annotate::testing::read("“People think war is near,” said Lee.");
        assert_eq!(read.facts.quotes[read.marks("war").quote.unwrap()].speaker, "Lee");
    }

    #[test]
    fn what_its_speaker_follows_is_speech_however_short() {
        let said = |text: &str, expect: &str| {
            assert_eq!(read(text).in_voice(Voice::Quoted), expect, "{text}");
            let forms: Vec<_> = read(text).facts.quotes.iter().map(|q| q.form).collect();
            assert_eq!(forms, [Form::Direct], "{text}");
        };
        said("“No,” Lee said.", "No");
        said("“War,” said Lee.", "War");
        said("“No, I’m not,” she said.", "No I’m not");
        said("\"Yes, I am not,\" she said.", "Yes I am not");
        said("“Well, no, sir,” said Lee.", "Well no sir");
    }

    #[test]
    fn a_part_of_a_sentence_between_marks_is_still_a_mere_word() {
        let quoted = |text: &str| read(text).in_voice(Voice::Quoted);
        assert_eq!(quoted("Lee called it a “great war.”"), "");
        assert_eq!(quoted("Lee said the war was “over now.”"), "");
        assert_eq!(quoted("Lee praised “great men.”"), "");
        assert_eq!(quoted("“War” is over, said Lee."), "");
        assert_eq!(quoted("Lee said “war” and left."), "");
        assert_eq!(quoted("The “war,” said Lee, is over."), "");
        assert_eq!(quoted("The “war is over” sign fell."), "");
    }

    #[test]
    fn the_speaker_goes_on_in_the_next_quotation_of_a_paragraph() {
        check_said(
            "“We shall open it,” Lee said. “The ships will come in again in May.”",
            &["Lee: “We shall open it,”", "Lee: “The ships will come in again in May.”"],
        );
    }

    #[test]
    fn a_bracket_that_opens_in_the_content_closes_in_it() {
        check_said(
            "Lee praised the Harbour Initiative (HI).",
            &["Lee: the Harbour Initiative (HI)"],
        );
        check_said("The port (which Lee said was safe) is old.", &["Lee: was safe"]);
    }

    #[test]
    fn the_speaker_goes_on_over_paragraphs() {
        check_said(
            "“We shall open the old harbour again,” Lee said.\n\n“The ships will come in again in \
             May.”",
            &[
                "Lee: “We shall open the old harbour again,”",
                "Lee: “The ships will come in again in May.”",
            ],
        );
    }
}
