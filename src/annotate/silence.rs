//! Silences the outlet reports: "the statement did not mention Ukraine".
//!
//! A silence needs words of mentioning: a fixed phrase ("made no mention of"), a denied verb ("did
//! not mention"), an act kept back ("declined to name", "avoided the topic"), or a passive ("the
//! war was not mentioned"). Who merely avoids or skirts a thing is not silent about it.

use std::ops::Range;

use crate::annotate::clauses::{Clauses, Subject, SubjectKind};
use crate::annotate::cues::{Cue, Role, Speaks};
use crate::annotate::grammar::{Class, Form, form_of, is_past, is_verb_form};
use crate::annotate::reach::reach_of;
use crate::annotate::reading::Gap;

/// A stretch of words of which the outlet says that somebody passed over them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Silence {
    /// What was passed over.
    pub(super) tokens: Range<usize>,
    /// Who was silent, in the words of the article.
    pub(super) party: Option<Range<usize>>,
    /// The act itself is denied ("refrained from condemning"), not the mentioning of it.
    pub(super) negates: bool,
}

/// Every reported silence, in reading order.
pub(super) fn find_silences(clauses: &Clauses<'_, '_>) -> Vec<Silence> {
    let n = clauses.reading.words.len();
    clauses.cues.within(&(0..n)).iter().filter_map(|cue| silence_at(clauses, cue)).collect()
}

/// The silence that a cue tells of where it stands.
fn silence_at(clauses: &Clauses<'_, '_>, cue: &Cue) -> Option<Silence> {
    let start = cue.tokens.start;
    match cue.role {
        Role::Silence if is_rite(clauses, start) => None,
        Role::Silence if !is_denied(clauses, start) && !follows_not(clauses, start) => {
            // A lone noun is no party that the words make sure of.
            let party = party(clauses, start)
                .filter(|s| s.kind != SubjectKind::Noun || s.tokens.len() > 1)
                .filter(|s| s.kind != SubjectKind::Thing || named(clauses, s))
                .map(|s| blamed_for(clauses, s.tokens));
            let silence = ahead(clauses, cue.tokens.end, party, false)?;
            Some(in_text(clauses, silence))
        }
        Role::Withholding(of_text) => {
            withheld(clauses, cue).or_else(|| of_text.then(|| left_out(clauses, cue)).flatten())
        }
        Role::Unmentioned => behind(clauses, cue),
        Role::Mentioning if is_denied(clauses, start) && mentions(clauses, cue) => {
            if is_passive(clauses, cue) {
                return behind(clauses, cue);
            }
            let party = silent_party(clauses, start)?;
            Some(named_only(clauses, ahead(clauses, cue.tokens.end, Some(party), false)?, start))
        }
        _ => None,
    }
}

/// "a moment of silence on the lawn", "two minutes' silence on Monday": who keeps it mourns.
fn is_rite(clauses: &Clauses<'_, '_>, silence: usize) -> bool {
    let words = &clauses.reading.words;
    let first = clauses.reading.sentence_of(silence).start;
    let of = usize::from(silence > first && words[silence - 1].lower == "of");
    let span = silence.checked_sub(1 + of).filter(|&t| t >= first);
    span.is_some_and(|t| ["minute", "moment"].iter().any(|w| words[t].lower.starts_with(w)))
}

/// "Oran slammed | Lee | for remaining silent": whom somebody blames for keeping silent.
fn blamed_for(clauses: &Clauses<'_, '_>, party: Range<usize>) -> Range<usize> {
    let words = &clauses.reading.words;
    let keeps = |t: usize| form_of(words[t].lower) == Form::Ing;
    let blamed = |&t: &usize| words[t].lower == "for" && keeps(t + 1);
    let Some(link) = (party.start + 1..party.end - 1).find(blamed) else { return party };
    // "jabbed rival | Ann Lee": the name, where one word before it is a verb.
    let acts = |&t: &usize| clauses.is_past_at(t);
    let start = (party.start..link).rev().find(acts).map_or(party.start, |verb| verb + 1);
    if start < link { start..link } else { party.start..link }
}

/// "stopped short of calling the war | an invasion": the war is no part of what is passed over.
fn named_only(clauses: &Clauses<'_, '_>, silence: Silence, act: usize) -> Silence {
    match clauses.named_as(act, silence.tokens.end) {
        Some(name) => Silence { tokens: name..silence.tokens.end, ..silence },
        None => silence,
    }
}

/// Whether a thing that kept silent is a text or body: `it`, `which`, not `that`.
fn named(clauses: &Clauses<'_, '_>, subject: &Subject) -> bool {
    let first = clauses.reading.words[subject.tokens.start].lower;
    subject.tokens.len() > 1 || matches!(first, "it" | "which")
}

/// A silence about the words that follow.
fn ahead(
    clauses: &Clauses<'_, '_>,
    from: usize,
    party: Option<Range<usize>>,
    negates: bool,
) -> Option<Silence> {
    let tokens = from..reach_of(clauses, from);
    (!tokens.is_empty()).then_some(Silence { tokens, party, negates })
}

/// "no mention of the war | in the statement": a text that nobody else is silent in is.
fn in_text(clauses: &Clauses<'_, '_>, silence: Silence) -> Silence {
    let words = &clauses.reading.words;
    let within = |&t: &usize| {
        let phrase = t + 1..clauses.noun_phrase_end(t + 1, silence.tokens.end);
        words[t].lower == "in" && names_text(clauses, &phrase)
    };
    match silence.tokens.clone().skip(1).find(within) {
        Some(link) if silence.party.is_none() => Silence {
            tokens: silence.tokens.start..link,
            party: silent_text(clauses, link),
            ..silence
        },
        _ => silence,
    }
}

/// "declined to name Russia", "avoided the topic of Ukraine".
fn withheld(clauses: &Clauses<'_, '_>, cue: &Cue) -> Option<Silence> {
    let words = &clauses.reading.words;
    let start = cue.tokens.start;
    if is_denied(clauses, start) || !is_verb_form(words[start].lower) {
        return None;
    }
    let limit = clauses.reading.sentence_of(start).end;
    let at = (cue.tokens.end..limit).find(|&t| words[t].class != Class::Adverb)?;
    if words[at].before.has(Gap::CLAUSE) {
        return None;
    }
    // "it goes without saying"
    let goes = start > 0 && matches!(words[start - 1].lower, "go" | "goes" | "going" | "went");
    if goes && words[start].lower == "without" {
        return None;
    }
    let act = clauses.cues.at(at).iter().find(|c| c.role == Role::Mentioning);
    if act.is_some_and(|c| mentions(clauses, c)) {
        return kept_back(clauses, start, at);
    }
    if let Some(act) = next_act(clauses, at, limit) {
        return kept_back(clauses, start, act);
    }
    // "without answering the question of": an act that is no mentioning.
    if words[start].lower == "without" && form_of(words[at].lower) == Form::Ing {
        return None;
    }
    let near = at..limit.min(at + 4);
    let topic = clauses.cues.within(&near).iter().find(|c| c.role == Role::Topic)?;
    // "the long-term plan"
    if words[topic.tokens.start].before.has(Gap::HYPHEN) {
        return None;
    }
    let joined = |t: usize| {
        !words[t].before.has(Gap::ANY)
            && matches!(words[t - 1].class, Class::Determiner | Class::Open)
    };
    if !(at + 1..=topic.tokens.start).all(joined) {
        return None;
    }
    ahead(clauses, topic.tokens.end, Some(silent_party(clauses, start)?), false)
}

/// "The statement left out | Ukraine", "left | Ukraine | out", "Moe left Ukraine out of the statement":
/// what a text does not hold it is silent about; what else somebody leaves out he does not use.
fn left_out(clauses: &Clauses<'_, '_>, cue: &Cue) -> Option<Silence> {
    let words = &clauses.reading.words;
    let start = cue.tokens.start;
    if is_denied(clauses, start) || !is_verb_form(words[start].lower) {
        return None;
    }
    let party = silent_party(clauses, start)?;
    let around = cue.tokens.len() > 2 && words[cue.tokens.end - 1].lower == "out";
    let silence = if around {
        let inside = start + 1..cue.tokens.end - 1;
        Silence { tokens: inside, party: Some(party.clone()), negates: false }
    } else {
        ahead(clauses, cue.tokens.end, Some(party.clone()), false)?
    };
    let limit = clauses.reading.sentence_of(start).end;
    let from = if around { cue.tokens.end } else { cue.tokens.end + 1 };
    let near = from..limit.min(from + 6);
    let link = |t: &usize| matches!(words[*t].lower, "of" | "from");
    let mut near = near.take_while(|&t| !words[t].before.has(Gap::CLAUSE));
    let head = party.start..clauses.head_end(&party);
    if names_text(clauses, &head) {
        return Some(silence);
    }
    let link = near.find(link)?;
    let within = link + 1..clauses.noun_phrase_end(link + 1, limit);
    let tokens = silence.tokens.start..silence.tokens.end.min(link);
    let text = names_text(clauses, &within) && !tokens.is_empty();
    text.then_some(Silence { tokens, ..silence })
}

/// Whether a noun for a text stands among some words: "her statement".
fn names_text(clauses: &Clauses<'_, '_>, tokens: &Range<usize>) -> bool {
    let text = |role| matches!(role, Role::Speaker(_, Speaks::Text));
    tokens.clone().any(|t| clauses.cues.has(t, text))
}

/// The silence about what an act that is kept back would have mentioned, the act itself included. Who
/// declines to call it a war denies that it is one; who fails to mention the war does not.
fn kept_back(clauses: &Clauses<'_, '_>, verb: usize, act: usize) -> Option<Silence> {
    let names = clauses.reading.words[act].lower.starts_with("call");
    let silence = ahead(clauses, act, Some(silent_party(clauses, verb)?), names)?;
    Some(named_only(clauses, silence, act))
}

/// "refrained from condemning it or | calling it a war": a verb of mentioning that goes on with what is
/// kept back, after an act that is none.
fn next_act(clauses: &Clauses<'_, '_>, act: usize, limit: usize) -> Option<usize> {
    let words = &clauses.reading.words;
    let form = form_of(words[act].lower);
    let mut clause = (act + 1..limit).take_while(|&t| !words[t].before.has(Gap::CLAUSE));
    let joins = clause.find(|&t| matches!(words[t].lower, "or" | "nor"))?;
    let next = joins + 1;
    let act = clauses.cues.at(next).iter().find(|c| c.role == Role::Mentioning)?;
    let same = form_of(words.get(next)?.lower) == form;
    (same && next < limit && mentions(clauses, act)).then_some(next)
}

/// "The war was not mentioned in the statement": about the subject of the verb.
fn behind(clauses: &Clauses<'_, '_>, cue: &Cue) -> Option<Silence> {
    let words = &clauses.reading.words;
    let start = cue.tokens.start;
    let spoken = matches!(
        words[start].lower,
        "mentioned"
            | "unmentioned"
            | "discussed"
            | "named"
            | "unnamed"
            | "referred"
            | "spoken"
            | "brought"
    );
    // "absent from | the statement": from the summit somebody only stays away.
    let from = words[cue.tokens.end - 1].lower == "from";
    let limit = clauses.reading.sentence_of(start).end;
    let text = || {
        let phrase = cue.tokens.end..clauses.noun_phrase_end(cue.tokens.end, limit);
        names_text(clauses, &phrase).then_some(phrase)
    };
    let text = from.then(text).flatten();
    if cue.role == Role::Mentioning && !spoken || from && text.is_none() {
        return None;
    }
    let first = clauses.reading.sentence_of(start).start;
    let linked = start > first
        && matches!(
            words[start - 1].lower,
            "went" | "go" | "goes" | "gone" | "left" | "remained" | "remains" | "passed"
        );
    let verb = if linked { start - 1 } else { start };
    let group = clauses.verb_group(verb);
    // "asked not to be named"
    if !linked && !group.be || group.to {
        return None;
    }
    let subject = clauses.subject_before(group.start)?;
    let tokens = subject.full.start.min(subject.tokens.start)..subject.tokens.end;
    let party = text.or_else(|| silent_text(clauses, cue.tokens.end));
    Some(Silence { tokens, party, negates: false })
}

/// "in the statement", "by the minister" after a passive silence.
fn silent_text(clauses: &Clauses<'_, '_>, at: usize) -> Option<Range<usize>> {
    let words = &clauses.reading.words;
    let word = words.get(at).filter(|w| !w.before.has(Gap::CLAUSE))?;
    if !matches!(word.lower, "in" | "by") || at + 1 >= words.len() {
        return None;
    }
    let agent = word.lower == "by" && form_of(words[at + 1].lower) != Form::Ing;
    let limit = clauses.reading.sentence_of(at).end;
    let end = clauses.noun_phrase_end(at + 1, limit);
    let phrase = at + 1..end;
    let said = !phrase.is_empty()
        && (agent
            || matches!(
                clauses.kind_of_phrase(&phrase),
                SubjectKind::Name | SubjectKind::SpeakerNoun | SubjectKind::Pronoun
            ));
    said.then_some(phrase)
}

/// Whether a verb of mentioning is used as one: "call it a war", not "call for"; "say that".
fn mentions(clauses: &Clauses<'_, '_>, cue: &Cue) -> bool {
    let words = &clauses.reading.words;
    let verb = words[cue.tokens.start].lower;
    let Some(next) = words.get(cue.tokens.end) else { return is_verb_form(verb) };
    let fits = match verb {
        "call" | "calls" | "called" | "calling" => {
            !matches!(next.class, Class::Preposition | Class::To | Class::Subordinator)
        }
        "say" | "says" | "said" | "saying" => {
            next.class == Class::Subordinator
                || matches!(next.lower, "that" | "who" | "which" | "anything" | "a" | "much")
        }
        _ => true,
    };
    let just = cue.tokens.start > 0 && matches!(words[cue.tokens.start - 1].lower, "just" | "only");
    fits && !just && is_verb_form(verb)
}

/// "was not mentioned": the silence is about the words before the verb.
fn is_passive(clauses: &Clauses<'_, '_>, cue: &Cue) -> bool {
    let lower = clauses.reading.words[cue.tokens.start].lower;
    form_of(lower) == Form::Past && clauses.verb_group(cue.tokens.start).be
}

/// Whether `not`, `never` or `n't` stands before a verb, its subject is nobody ("neither leader
/// mentioned"), or its clause begins with a denial ("nor did Moe mention").
pub(super) fn is_denied(clauses: &Clauses<'_, '_>, verb: usize) -> bool {
    let words = &clauses.reading.words;
    let group = clauses.verb_group(verb);
    // "not only mentioned"
    let only = |t: usize| {
        words
            .get(t + 1)
            .is_some_and(|w| matches!(w.lower, "just" | "merely" | "only" | "simply" | "solely"))
    };
    let denies = |t: usize| {
        let not = matches!(words[t].lower, "not" | "never" | "cannot");
        (words[t].nt || not) && !only(t)
    };
    if (group.start..verb).any(denies) {
        return true;
    }
    let first = clauses.reading.sentence_of(verb).start;
    // `"It has no place here," said Lee`: no subject stands before a mark.
    let start = match words[group.start].before {
        gap if gap.has(Gap::ANY) => group.start,
        _ => clauses.noun_phrase_start(first, group.start),
    };
    let nobody = |t: usize| words[t].is_nobody();
    if start < group.start && nobody(start) {
        return true;
    }
    // "not a single envoy mentioned it"
    let not = |t: usize| words[t].lower == "not" && (t == first || words[t].before.has(Gap::ANY));
    if start < group.start && start > first && not(start - 1) {
        return true;
    }
    // "neither Moe | nor | Lee mentioned it"
    let nor = start > first && start < group.start && words[start - 1].lower == "nor";
    let neither = |t: usize| words[t].lower == "neither";
    if nor && (start.saturating_sub(8).max(first)..start).any(neither) {
        return true;
    }
    // "neither named Oslo nor mentioned Rome"
    if group.start > first && words[group.start - 1].lower == "nor" {
        return true;
    }
    start < group.start && opens_denied(clauses, first, start)
}

/// "nor did | Moe", "at no point in the talks did | Moe", "not once has | Moe": whether a clause begins
/// with a denial, and its subject at a word.
fn opens_denied(clauses: &Clauses<'_, '_>, first: usize, subject: usize) -> bool {
    let words = &clauses.reading.words;
    let verb = subject.checked_sub(1).filter(|&t| t > first && words[t].class == Class::Aux);
    let Some(verb) = verb.filter(|&t| !words[t + 1].before.has(Gap::ANY)) else { return false };
    let opens = |&t: &usize| t == first || words[t].before.has(Gap::CLAUSE);
    let Some(opener) = (first..=verb).rev().find(opens).filter(|&t| t < verb) else { return false };
    let joined =
        usize::from(words[opener].class == Class::Conjunction && words[opener].lower != "nor");
    let next = words[..verb].get(opener + joined + 1).map_or("", |w| w.lower);
    match words[opener + joined].lower {
        "nor" | "nowhere" | "never" => true,
        "at" | "in" | "on" => next == "no",
        "not" => matches!(next, "once" | "a"),
        _ => false,
    }
}

/// "cannot stay silent on", "was not at all silent about".
fn follows_not(clauses: &Clauses<'_, '_>, at: usize) -> bool {
    let words = &clauses.reading.words;
    let first = clauses.reading.sentence_of(at).start;
    (at.saturating_sub(3).max(first)..at).any(|t| words[t].nt || words[t].lower == "not")
}

/// Who kept silent, if somebody, some body or some text did and nothing is merely demanded.
fn silent_party(clauses: &Clauses<'_, '_>, verb: usize) -> Option<Range<usize>> {
    let words = &clauses.reading.words;
    let group = clauses.verb_group(verb);
    let from = clauses.reading.sentence_of(verb).start;
    let demanded = words[group.start..verb]
        .iter()
        .any(|w| matches!(w.lower, "should" | "must" | "shall" | "ought" | "could" | "couldn't"));
    let chosen = group.start > from
        && matches!(
            words[group.start - 1].lower,
            "chose" | "opted" | "decided" | "continued" | "continues" | "preferred" | "seemed"
        );
    if demanded || group.to && !chosen {
        return None;
    }
    let subject = party(clauses, verb)?;
    let first = &words[subject.tokens.start];
    let heads = matches!(first.lower, "i" | "we" | "you");
    let supposed = subject.tokens.start > from
        && matches!(words[subject.tokens.start - 1].lower, "if" | "unless");
    let speaks = match subject.kind {
        SubjectKind::Noun => words[subject.tokens.end - 1].capital,
        SubjectKind::Thing => matches!(first.lower, "it" | "which"),
        _ => true,
    };
    (speaks && !heads && !supposed).then_some(subject.tokens)
}

/// The subject of the verb, or of the sentence.
fn party(clauses: &Clauses<'_, '_>, cue: usize) -> Option<Subject> {
    let words = &clauses.reading.words;
    let sentence = clauses.reading.sentence_of(cue);
    // "made no mention of": the verb stands before the cue.
    let noun = words[cue].class == Class::Determiner;
    let verb = if noun { cue.checked_sub(1).filter(|&t| t >= sentence.start)? } else { cue };
    let mut start = clauses.verb_group(verb).start;
    // "has neither | named Oslo"
    let verbal = |t: usize| words[t].class.is_auxiliary();
    if start >= sentence.start + 2 && words[start - 1].lower == "neither" && verbal(start - 2) {
        start = clauses.verb_group(start - 1).start;
    }
    let before = start.checked_sub(1).filter(|&t| t >= sentence.start);
    let direct = before.is_some_and(|t| {
        let joins = matches!(
            words[t].class,
            Class::Conjunction | Class::Preposition | Class::Subordinator | Class::To
        );
        !joins && !words[start].before.has(Gap::COMMA)
    });
    let chained = before.is_some_and(|t| words[t].class == Class::Open && is_past(words[t].lower));
    // "spoke for an hour without | mentioning"
    let adverbial = words[cue].class == Class::Preposition;
    let subject =
        if direct && !chained && !adverbial { clauses.subject_before(start) } else { None };
    let subject = subject.or_else(|| clauses.main_subject(&sentence))?;
    (words[subject.tokens.start].lower != "there").then_some(subject)
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::{check_said, read};

    /// Who is said to have kept silent about the first mention with this text.
    fn check(text: &str, mention: &str, party: Option<&str>) {
        let read = read(text);
        let marks = read.marks(mention);
        let found = marks.silent_party.map(|s| s.of(&read.text));
        assert_eq!((marks.reported_silence, found), (party.is_some(), party), "{text}");
    }

    /// Whether a silence is reported, whoever kept it.
    fn silent(text: &str, mention: &str, silent: bool) {
        assert_eq!(read(text).marks(mention).reported_silence, silent, "{text}");
    }

    #[test]
    fn a_denied_mention_is_a_silence_of_its_subject() {
        check(
            "The ministry statement about the visit did not mention Ukraine, where war goes on.",
            "Ukraine",
            Some("The ministry statement about the visit"),
        );
        check("Moe has never mentioned Ukraine.", "Ukraine", Some("Moe"));
        check("It made no reference to Ukraine.", "Ukraine", Some("It"));
        check("Moe did not say whether Russia would pay.", "Russia", Some("Moe"));
        check("Moe mentioned Ukraine.", "Ukraine", None);
        check("That is not to say that Russia won.", "Russia", None);
        check("I would not say that Russia won.", "Russia", None);
        check("Moe never called for a war.", "war", None);
        check("Moe did not respond to the war.", "war", None);
        check("The bill did not include Ukraine.", "Ukraine", None);
        check("Moe should not mention Ukraine.", "Ukraine", None);
        check("Moe declined to say whether Russia would pay.", "Russia", Some("Moe"));
        check("Moe would not be drawn on the war.", "war", Some("Moe"));
        check("Her statement left out any reference to Ukraine.", "Ukraine", Some("Her statement"));
        silent("Nothing was said about Ukraine.", "Ukraine", true);
    }

    #[test]
    fn who_or_which_text_kept_silent_may_stand_behind() {
        check("The war was not mentioned by either side.", "war", Some("either side"));
        check("There was no mention of the war in the statement.", "war", Some("the statement"));
        silent("There was no mention of the war in Ukraine.", "Ukraine", true);
        check("Moe spoke for an hour without once mentioning Ukraine.", "Ukraine", Some("Moe"));
    }

    #[test]
    fn what_is_said_of_nobody_is_no_silence_of_the_speaker() {
        check_said(
            "“It has no place in the old town of today,” said Moe.",
            &["Moe: “It has no place in the old town of today,”"],
        );
        check_said("No. 10 said the port was open.", &["No. 10: the port was open"]);
        check_said("No 10 said the port was open.", &["No 10: the port was open"]);
        check_said("No minister mentioned the port.", &[]);
        check_said("Not a single envoy condemned the raid.", &[]);
    }

    #[test]
    fn nobody_and_a_denial_in_front_are_silences_too() {
        check("Neither envoy mentioned Ukraine.", "Ukraine", Some("Neither envoy"));
        check("None of the envoys mentioned Ukraine.", "Ukraine", Some("None of the envoys"));
        check("One of the envoys mentioned Ukraine.", "Ukraine", None);
        check("It was long, nor did Moe mention Ukraine.", "Ukraine", Some("Moe"));
        check("Moe has neither named Oslo nor mentioned Ukraine.", "Ukraine", Some("Moe"));
        check("Moe has named neither Oslo nor Ukraine.", "Ukraine", None);
        check("Nowhere does the statement mention Ukraine.", "Ukraine", Some("the statement"));
        check("Now does the statement mention Ukraine?", "Ukraine", None);
        check("The ministry has yet to comment on the war.", "war", Some("The ministry"));
        check("The ministry has come to comment on the war.", "war", None);
    }

    #[test]
    fn a_text_is_silent_about_what_it_leaves_out() {
        check("The statement left out Ukraine.", "Ukraine", Some("The statement"));
        check("The statement left Ukraine out.", "Ukraine", Some("The statement"));
        check("The statement left Ukraine out of its list.", "Ukraine", Some("The statement"));
        check("Moe left Ukraine out of his speech.", "Ukraine", Some("Moe"));
        check("Moe omitted Ukraine from the statement.", "Ukraine", Some("Moe"));
        check("The statement sidestepped Ukraine.", "Ukraine", Some("The statement"));
        check("Moe left Ukraine out of his team.", "Ukraine", None);
        check("Moe left out Ukraine.", "Ukraine", None);
        check("The statement did not leave out Ukraine.", "Ukraine", None);
    }

    #[test]
    fn what_is_mentioned_at_no_point_is_passed_over_and_what_is_barely_mentioned_is_not() {
        check("Moe barely mentioned Ukraine.", "Ukraine", None);
        check("Moe made only passing reference to Ukraine.", "Ukraine", None);
        check("The statement dropped any mention of Ukraine.", "Ukraine", Some("The statement"));
        check("Moe did not bring up Ukraine.", "Ukraine", Some("Moe"));
        check("At no point in the talks did Moe mention Ukraine.", "Ukraine", Some("Moe"));
        check("Not once did Moe mention Ukraine.", "Ukraine", Some("Moe"));
        check("At one point in the talks did Moe mention Ukraine.", "Ukraine", None);
        check("Moe dodged a question about Ukraine.", "Ukraine", Some("Moe"));
        silent("Neither Moe nor his aide mentioned Ukraine.", "Ukraine", true);
    }

    #[test]
    fn who_asks_not_to_be_named_is_not_passed_over() {
        silent("An envoy of Ukraine who asked not to be named said so.", "Ukraine", false);
        silent("Ukraine was not named.", "Ukraine", true);
    }

    #[test]
    fn what_is_absent_from_a_text_or_an_agenda_is_passed_over() {
        let text = Some("the statement");
        check("Ukraine was notably absent from the statement.", "Ukraine", text);
        check("Ukraine was missing from the statement.", "Ukraine", text);
        silent("The war was not on the agenda.", "war", true);
        silent("The war was on the agenda.", "war", false);
        silent("Ukraine was absent from the summit.", "Ukraine", false);
    }

    #[test]
    fn a_silence_holds_for_each_item_of_a_list() {
        let text = "The statement did not mention Oslo, Russia, the war or Ukraine.";
        for item in ["Russia", "war", "Ukraine"] {
            check(text, item, Some("The statement"));
        }
        let text = "Moe made no mention of the war or of Ukraine.";
        check(text, "war", Some("Moe"));
        check(text, "Ukraine", Some("Moe"));
        check("Moe made no mention of war, of Oslo, or of Ukraine.", "Ukraine", Some("Moe"));
        check("Moe never named Oslo, China, and Russia.", "Russia", Some("Moe"));
        check("Moe did not mention Oslo, where Ukraine or Russia met.", "Russia", None);
        check("Moe did not mention Oslo, but praised China and Russia.", "Russia", None);
        check("Moe did not mention Oslo, and Russia left.", "Russia", None);
        check("Moe did not mention Oslo, China said.", "China", None);
        check("Moe did not mention Oslo, a town of war and want.", "war", None);
    }

    #[test]
    fn a_rite_of_silence_and_other_acts_are_no_silence_about_a_thing() {
        silent("The crew held a moment of silence on a ship off Ukraine.", "Ukraine", false);
        silent("The crew held two minutes' silence on a ship off Ukraine.", "Ukraine", false);
        silent("It does not make much sense to refer to Russia as a friend.", "Russia", false);
        check("Moe did not make reference to Russia.", "Russia", Some("Moe"));
        check("The statement makes no mention of Russia.", "Russia", Some("The statement"));
        check("Moe spoke without harming the long-term talks on Ukraine.", "Ukraine", None);
        check("It goes without saying that Russia will pay.", "Russia", None);
    }

    #[test]
    fn a_silence_ends_at_as_with_a_clause_of_its_own() {
        silent("Moe was silent on Ukraine as crowds blame Russia.", "Ukraine", true);
        silent("Moe was silent on Ukraine as crowds blame Russia.", "Russia", false);
        check("Moe did not mention Oslo as he left Russia.", "Russia", None);
        check("Moe did not mention Oslo as a place of war.", "war", Some("Moe"));
    }

    #[test]
    fn whom_somebody_blames_for_a_silence_kept_it() {
        check("Oran slammed Moe for remaining silent on Ukraine.", "Ukraine", Some("Moe"));
        let text = "Oran slammed the mayor for staying silent on Ukraine.";
        check(text, "Ukraine", Some("the mayor"));
        let text = "Oran stopped short of calling the war an invasion.";
        check(text, "war", None);
        check(text, "invasion", Some("Oran"));
    }

    #[test]
    fn who_does_not_judge_is_not_silent() {
        check("Moe has not condemned the war.", "war", None);
        check("Moe refused to condemn the invasion.", "invasion", None);
        check("Moe has never criticized Russia.", "Russia", None);
        check("Moe refrained from condemning it or calling it a war.", "war", Some("Moe"));
        check("Moe refused to condemn it or call it a war.", "war", Some("Moe"));
        check("Moe refused to condemn it or to join the war.", "war", None);
    }

    #[test]
    fn who_says_more_or_does_not_know_is_not_silent() {
        check("Moe had not only mentioned Ukraine but gone there.", "Ukraine", None);
        check("Moe could not say whether Russia would pay.", "Russia", None);
        check("Moe never discussed the plan with Russia.", "Russia", None);
        check("Moe never discussed Russia.", "Russia", Some("Moe"));
    }

    #[test]
    fn the_silence_ends_with_its_clause() {
        check("It did not mention Ukraine, where a war goes on.", "war", None);
    }

    #[test]
    fn who_keeps_back_a_word_or_a_topic_is_silent() {
        check("Moe avoided the word war.", "war", Some("Moe"));
        check("Moe dodged the question of Ukraine.", "Ukraine", Some("Moe"));
        check("Moe shunned any mention of Ukraine.", "Ukraine", Some("Moe"));
        check("Moe refrained from calling it a war.", "war", Some("Moe"));
        check("Moe declined to publicly name Russia.", "Russia", Some("Moe"));
        check("Moe stopped short of calling it a war.", "war", Some("Moe"));
        check("Moe spoke without mentioning Ukraine.", "Ukraine", Some("Moe"));
        check("Moe was silent on Ukraine.", "Ukraine", Some("Moe"));
    }

    #[test]
    fn who_avoids_a_thing_is_not_silent_about_it() {
        check("Moe sidestepped the war.", "war", None);
        check("Moe wanted to avoid war.", "war", None);
        check("Moe stopped short of an alliance.", "alliance", None);
        check("Moe refrained from joining the war.", "war", None);
        check("Moe did not avoid the word war.", "war", None);
        check("Moe could not stay silent on Ukraine.", "Ukraine", None);
    }

    #[test]
    fn a_passive_silence_is_about_its_subject() {
        check("The war was not mentioned in the statement.", "war", Some("the statement"));
        silent("The war was never mentioned.", "war", true);
        silent("The war went unmentioned.", "war", true);
        silent("No mention was made of the war.", "war", true);
        silent("The war was mentioned.", "war", false);
        silent("The war was not won.", "war", false);
    }

    #[test]
    fn a_silence_is_no_denial_unless_the_act_itself_is_denied() {
        assert!(!read("It did not mention Ukraine.").marks("Ukraine").negated);
        assert!(read("Moe refrained from condemning it.").marks("condemning").negated);
        assert!(read("Moe refrained from calling it a war.").marks("war").negated);
        assert!(!read("Moe failed to mention Oslo or an invasion.").marks("invasion").negated);
        assert!(!read("Moe left without mentioning war.").marks("war").negated);
    }
}
