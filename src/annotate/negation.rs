//! Which words are denied: each negator reaches so many words to its right, as its row says.
//!
//! The reach ends at punctuation and at `negator/stop` words, at a clause of another verb ("dismissed
//! efforts to ..."), and at a complement that takes its noun for granted ("not pleased with the
//! ..."). It begins anew after "or", and two negators cancel each other ("did not deny").

use crate::annotate::clauses::{Clauses, VerbGroup};
use crate::annotate::cues::{Cue, Role, Takes};
use crate::annotate::grammar::{Class, Form, denies_charges, form_of, is_plural, is_verb_form};
use crate::annotate::reading::{Gap, Word};
use crate::annotate::untrue::denied_by;

/// For each word the first word of the negator that reaches it.
pub(super) struct Negation {
    negator: Vec<Option<usize>>,
}

/// How many words of a charge are denied by who brushes it off.
const CHARGE_REACH: usize = 6;

/// Marks that end a reach.
const ENDS: Gap = Gap::CLAUSE;

impl Negation {
    pub(super) fn find(clauses: &Clauses<'_, '_>) -> Self {
        let n = clauses.reading.words.len();
        let mut negation = Self { negator: vec![None; n] };
        for cue in clauses.cues.within(&(0..n)) {
            match cue.role {
                Role::Negator(reach) if denies(clauses, cue) => {
                    negation.apply(clauses, cue, reach);
                }
                Role::Untrue(reach) => negation.untrue(clauses, cue, reach),
                Role::Report(_, Takes::Charge) if denies_charge(clauses, cue) => {
                    negation.apply(clauses, cue, CHARGE_REACH);
                }
                _ => {}
            }
        }
        negation
    }

    /// Whether a word is denied by a negator that begins outside the range of words it stands in.
    pub(super) fn covers(&self, tokens: &std::ops::Range<usize>) -> bool {
        tokens.clone().any(|t| self.negator[t].is_some_and(|n| !tokens.contains(&n)))
    }

    fn apply(&mut self, clauses: &Clauses<'_, '_>, cue: &Cue, reach: usize) {
        let words = &clauses.reading.words;
        let start = cue.tokens.start;
        let again = matches!(words[start].lower, "nor" | "neither");
        if let (Some(first), false) = (self.negator[start], again) {
            // Two negators cancel each other; what the first denied up to here stays denied.
            let end = clauses.reading.sentence_of(start).end;
            for slot in &mut self.negator[start..end] {
                if *slot == Some(first) {
                    *slot = None;
                }
            }
            return;
        }
        if is_passive(clauses, start) {
            return self.reach_back(clauses, start, reach);
        }
        for at in reached(clauses, cue, reach) {
            self.negator[at] = Some(start);
        }
    }

    /// "the false claim that it | plans war": a claim that is called untrue is denied, unless that is
    /// denied itself.
    fn untrue(&mut self, clauses: &Clauses<'_, '_>, cue: &Cue, reach: usize) {
        let start = cue.tokens.start;
        let denied = denied_by(clauses, cue).filter(|_| self.negator[start].is_none());
        for at in denied.into_iter().flatten().take(reach) {
            if clauses.reading.gap(at).has(ENDS) || stops(clauses, at) {
                break;
            }
            self.negator[at].get_or_insert(start);
        }
    }

    /// "An invasion was ruled out": a passive negator denies its subject.
    fn reach_back(&mut self, clauses: &Clauses<'_, '_>, start: usize, reach: usize) {
        let words = &clauses.reading.words;
        let first = clauses.reading.sentence_of(start).start;
        let from = clauses.verb_group(start).start;
        // "The raid, which Lee called a war, was ruled out": the raid.
        let set_off = clauses.reading.gap(from).has(Gap::COMMA.or(Gap::DASH).or(Gap::CLOSE));
        let subject = || clauses.subject_before(from);
        let end = if set_off { subject().map_or(first, |s| s.tokens.end) } else { from };
        if is_somebody(clauses, first, end) {
            return;
        }
        for at in (first..end).rev().take(reach) {
            self.negator[at] = Some(start);
            if words[at].before.has(ENDS) {
                break;
            }
        }
    }
}

/// "Lee was dismissed", "the minister was denied a visa": whether the noun phrase that ends before a word
/// is somebody, of whom nothing can be denied.
fn is_somebody(clauses: &Clauses<'_, '_>, first: usize, end: usize) -> bool {
    let words = &clauses.reading.words;
    let start = clauses.noun_phrase_start(first, end);
    if start >= end {
        return false;
    }
    let head = clauses.head_end(&(start..end)) - 1;
    let name = words[head].capital && clauses.names.binary_search(&words[head].lower).is_ok();
    name || words[head].class == Class::Person || clauses.names_person(head)
}

/// "brushed off claims that it | plans war": whether an active verb denies a charge, and so what it says.
fn denies_charge(clauses: &Clauses<'_, '_>, cue: &Cue) -> bool {
    let limit = clauses.reading.sentence_of(cue.tokens.start).end;
    !is_passive(clauses, cue.tokens.start) && charge_start(clauses, cue, limit).is_some()
}

fn is_passive(clauses: &Clauses<'_, '_>, verb: usize) -> bool {
    let lower = clauses.reading.words[verb].lower;
    form_of(lower) == Form::Past && clauses.verb_group(verb).be
}

/// Whether a negator denies anything where it stands: not in a name ("Convention on the Prevention
/// of ..."), and not before "just" ("isn't merely").
fn denies(clauses: &Clauses<'_, '_>, cue: &Cue) -> bool {
    let words = &clauses.reading.words;
    let (start, end) = (cue.tokens.start, cue.tokens.end);
    let word = &words[start];
    let next = words.get(end).filter(|w| !w.before.has(Gap::SENTENCE));
    let inside =
        word.capital && !word.before.has(Gap::SENTENCE) && !clauses.reading.in_title(start);
    let in_name = inside && (word.class == Class::Open || next.is_some_and(|w| w.capital));
    let limits = |w: &&Word<'_>| {
        matches!(w.lower, "just" | "only" | "merely" | "simply" | "solely" | "necessarily")
    };
    let verb = next.filter(|w| w.lower == "be").and_then(|_| words.get(end + 1));
    let only = word.class != Class::Open
        && (next.filter(limits).is_some() || verb.is_some_and(|w| limits(&w)));
    // "the flow stopped on Monday", "a plan rejected by the board": nothing follows that it denies.
    let idle = is_lexical(clauses, cue)
        && form_of(word.lower) == Form::Past
        && !is_passive(clauses, start)
        && next.is_some_and(|w| w.class == Class::Preposition && w.lower != "from")
        && charge_start(clauses, cue, clauses.reading.sentence_of(start).end).is_none();
    // "No. 10"
    let number = word.lower == "no" && word.class == Class::Open;
    !in_name && !only && !idle && !number && !is_appeal(clauses, cue)
}

/// "must stop arming Oran", "stop arming Oran", "urged Lund to stop arming Oran": who is to stop
/// something does it; not "will stop arming Oran", "agreed to stop arming Oran".
fn is_appeal(clauses: &Clauses<'_, '_>, cue: &Cue) -> bool {
    let words = &clauses.reading.words;
    let (stop, end) = (cue.tokens.start, cue.tokens.end);
    let acts = |w: &Word<'_>| form_of(w.lower) == Form::Ing && !w.before.has(Gap::ANY);
    let alone = cue.tokens.len() == 1 && words[stop].lower == "stop";
    if !alone || !words.get(end).is_some_and(acts) {
        return false;
    }
    let group = clauses.verb_group(stop);
    let before = group.start.checked_sub(1).filter(|_| !words[group.start].before.has(Gap::ANY));
    let Some(before) = before else { return !group.auxiliary || is_ought(clauses, &group, stop) };
    if !group.to {
        // "demanded that Oran stop"
        let name = words[before].capital && words[before].class == Class::Open;
        let wished = name && !is_plural(words[before].lower);
        return wished && !group.auxiliary || is_ought(clauses, &group, stop);
    }
    let first = clauses.reading.sentence_of(stop).start;
    let told = clauses.noun_phrase_start(first, group.start);
    // "urged | Oran | to", "called on | Oran | to", "calls for | Oran | to"
    let asks = |t: &usize| clauses.cues.has(*t, |role| matches!(role, Role::Report(..)));
    let asked = || (told.saturating_sub(2).max(first)..told).any(|t| asks(&t));
    NEEDS.contains(&words[before].lower) || told < group.start && asked()
}

/// Whether a verb says what ought to be: "must stop", "should now stop".
fn is_ought(clauses: &Clauses<'_, '_>, group: &VerbGroup, verb: usize) -> bool {
    let words = &clauses.reading.words[group.start..verb];
    words.iter().any(|w| matches!(w.lower, "must" | "should" | "ought"))
        && !words.iter().any(|w| w.nt || matches!(w.lower, "not" | "never"))
}

/// Words before `to` that say what ought to be: "needs to stop", "calls to stop".
const NEEDS: &[&str] = &[
    "appeal", "appeals", "call", "calls", "demand", "demands", "had", "has", "have", "need",
    "needed", "needs", "ought",
];

/// Where the reach of a negator begins: "prevented him from leaving" denies the leaving.
fn reach_start(clauses: &Clauses<'_, '_>, cue: &Cue, limit: usize) -> usize {
    let words = &clauses.reading.words;
    let lower = words[cue.tokens.start].lower;
    let bars = ["prevent", "prohibit", "stop"].iter().any(|verb| lower.starts_with(verb));
    let from = |&t: &usize| {
        words[t].lower == "from" && words.get(t + 1).is_some_and(|w| form_of(w.lower) == Form::Ing)
    };
    let after = cue.tokens.end;
    // "nobody in the school likes", "none of the options is": what follows the preposition is there.
    let pronoun = cue.tokens.len() == 1 && words[cue.tokens.start].is_hardly_anybody();
    let linked = words.get(after).filter(|w| w.class == Class::Preposition && !w.before.has(ENDS));
    if pronoun && linked.is_some() && after + 1 < limit {
        let article = usize::from(words[after + 1].class == Class::Determiner);
        let noun = after + 1 + article;
        return (noun + 1..limit).find(|&t| !words[t].capital).unwrap_or(limit);
    }
    if let Some(charge) = charge_start(clauses, cue, limit) {
        return charge;
    }
    // "denied the payments were gifts", "denied that war was planned": the subject is not denied.
    if is_lexical(clauses, cue) {
        let that = usize::from(words.get(after).is_some_and(|w| w.lower == "that"));
        let end = clauses.noun_phrase_end((after + that).min(limit), limit);
        let finite = |w: &Word<'_>| {
            matches!(w.class, Class::Be | Class::Modal | Class::Aux) && !w.before.has(ENDS)
        };
        if end > after + that && end < limit && finite(&words[end]) {
            return end;
        }
    }
    let near = cue.tokens.end..limit.min(cue.tokens.end + 6);
    let mut near = near.take_while(|&t| !words[t].before.has(ENDS));
    if bars { near.find(from).unwrap_or(cue.tokens.end) } else { cue.tokens.end }
}

/// Nouns for what may be said of somebody: who denies them denies what they say.
pub(super) const CHARGES: &[&str] = &[
    "accusation",
    "accusations",
    "allegation",
    "allegations",
    "assertion",
    "assertions",
    "charge",
    "charges",
    "claim",
    "claims",
    "idea",
    "insinuation",
    "insinuations",
    "notion",
    "report",
    "reports",
    "rumor",
    "rumors",
    "rumour",
    "rumours",
    "speculation",
    "suggestion",
    "suggestions",
];

/// Nouns without which nothing is known to be so: "no | evidence | that".
const EVIDENCE: &[&str] = &["evidence", "indication", "indications", "proof", "sign", "signs"];

/// "rejected the charge that it | supplies arms", "no evidence that it | does": where that begins which
/// is denied with the noun, its subject left out.
fn charge_start(clauses: &Clauses<'_, '_>, cue: &Cue, limit: usize) -> Option<usize> {
    let words = &clauses.reading.words;
    let lower = words[cue.tokens.start].lower;
    let verb = is_lexical(clauses, cue) && denies_charges(lower);
    let denies = verb || matches!(cue.role, Role::Report(_, Takes::Charge));
    let (nouns, longest) = if denies { (CHARGES, 6) } else { (EVIDENCE, 4) };
    // "claimed without evidence that": nobody denies it.
    if !denies && lower == "without" {
        return None;
    }
    let near = cue.tokens.end..limit.min(cue.tokens.end + longest);
    let linked = |t: usize| !denies && words[t].class == Class::Preposition;
    let mut near = near.take_while(|&t| !words[t].before.has(ENDS) && !linked(t));
    let noun = near.find(|&t| nouns.contains(&words[t].lower))?;
    let link = words.get(noun + 1).filter(|w| noun + 2 < limit && !w.before.has(ENDS))?;
    let start = noun + 2;
    match link.lower {
        "of" if denies => Some(start),
        "that" => Some(after_subject(clauses, start, limit)),
        _ => None,
    }
}

/// The first word after the subject that begins a clause.
pub(super) fn after_subject(clauses: &Clauses<'_, '_>, start: usize, limit: usize) -> usize {
    let words = &clauses.reading.words;
    if matches!(words[start].class, Class::Person | Class::Thing) {
        return start + 1;
    }
    let end = clauses.noun_phrase_end(start, limit);
    let finite = |w: &Word<'_>| matches!(w.class, Class::Be | Class::Modal | Class::Aux);
    if end > start && end < limit && finite(&words[end]) {
        return end;
    }
    let named = |t: &usize| words[*t].capital || words[*t].class == Class::Determiner;
    start + (start..limit).take_while(named).count()
}

/// The words a negator reaches.
fn reached(clauses: &Clauses<'_, '_>, cue: &Cue, reach: usize) -> Vec<usize> {
    let words = &clauses.reading.words;
    let limit = clauses.reading.sentence_of(cue.tokens.start).end;
    let verbal = words[cue.tokens.start].class != Class::Determiner;
    let start = reach_start(clauses, cue, limit);
    let mut left = reach;
    let mut reached = Vec::new();
    // "condemning | the attack | or calling it a war": the attack is no part of what is denied.
    let mut granted = false;
    let near = start..limit.min(start + 2);
    let name = near.into_iter().find_map(|t| Some((t, clauses.named_as(t, limit.min(t + 9))?)));
    for at in start..limit {
        let word = &words[at];
        if word.before.has(ENDS) || stops(clauses, at) || leaves(clauses, cue, start, at) {
            break;
        }
        granted |= is_granted(clauses, start, at);
        // "calling the war | an invasion": the war is there, and called so by nobody.
        if name.is_some_and(|(verb, name)| verb < at && at <= name) {
            granted = name.is_some_and(|(_, name)| at < name);
        }
        let restarts = word.lower == "or"
            || word.lower == "and"
                && verbal
                && words.get(at + 1).is_some_and(|w| form_of(w.lower) == Form::Ing);
        if restarts {
            left = reach + 1;
            granted = false;
        }
        if left == 0 {
            break;
        }
        if !granted {
            reached.push(at);
            left -= 1;
        }
    }
    reached
}

/// Whether what a negator denies ends before a word: at the infinitive of another verb, at a clause
/// with "that", or at a preposition whose noun is taken for granted.
fn leaves(clauses: &Clauses<'_, '_>, cue: &Cue, start: usize, at: usize) -> bool {
    let words = &clauses.reading.words;
    let Some(next) = words.get(at + 1) else { return false };
    let lexical = is_lexical(clauses, cue);
    let opens = words[start..at].iter().filter(|w| w.class == Class::Open).count();
    match words[at].class {
        Class::To => {
            let infinitive = next.class == Class::Open && !next.capital;
            infinitive && opens > usize::from(!lexical)
                || opens > 0 && is_presupposed(clauses, cue, start, at)
        }
        Class::Preposition => {
            let from = at == start || words[at - 1].class == Class::Preposition;
            !from && opens > 0 && is_presupposed(clauses, cue, start, at)
        }
        Class::Determiner if clauses.opens_contact_clause(at) => true,
        Class::Open | Class::Person if clauses.opens_contact_clause(at) => true,
        Class::Conjunction if words[at].before.has(Gap::QUOTE_CLOSES) => true,
        Class::Subordinator => lexical && words[at].lower == "as",
        Class::Thing => words[at].lower == "that" && opens > 0 && !raises(words[at - 1].lower),
        _ => false,
    }
}

/// Whether what follows a preposition is there, whatever is denied before it: "not pleased with | the
/// war", "no solution | to war", "no peace | in Oslo"; not "no risk | of war", "no return | to war".
fn is_presupposed(clauses: &Clauses<'_, '_>, cue: &Cue, start: usize, at: usize) -> bool {
    const SETTLES: &[&str] = &[
        "alternative",
        "answer",
        "answers",
        "breakthrough",
        "change",
        "changes",
        "end",
        "halt",
        "progress",
        "response",
        "solution",
        "solutions",
        "threat",
    ];
    let words = &clauses.reading.words;
    if is_definite(clauses, at + 1) || has_definite(clauses, start, at) {
        return true;
    }
    let no = words[cue.tokens.start].lower == "no" && cue.tokens.len() == 1;
    let settles = words[at].lower != "of" && SETTLES.contains(&words[at - 1].lower);
    settles || no && words[at + 1].capital
}

/// Whether an object that is taken for granted begins at a word: "did not win | the war", "did not
/// revive | Egypt's economy".
fn is_granted(clauses: &Clauses<'_, '_>, start: usize, at: usize) -> bool {
    let words = &clauses.reading.words;
    let Some(verb) = at.checked_sub(1).filter(|&t| t >= start).map(|t| &words[t]) else {
        return false;
    };
    let governs = verb.class == Class::Open && !verb.capital && !ASSERTS.contains(&verb.lower);
    let capital = |w: &&Word<'_>| w.capital && w.class == Class::Open;
    let mut name = words[at..].iter().take_while(capital).take(4);
    let mut owned = || name.any(|w| w.possessive);
    // "refused to condemn | Oran"
    let judged = || clauses.cues.has(at - 1, |role| role == Role::Judging);
    let definite = words[at].class == Class::Determiner && is_definite(clauses, at);
    governs && (definite || owned() || judged())
}

/// Verbs whose object is there only if what they say holds: "does not have the means".
const ASSERTS: &[&str] = &[
    "become",
    "becoming",
    "call",
    "calling",
    "consider",
    "constitute",
    "enjoy",
    "find",
    "get",
    "give",
    "has",
    "lack",
    "make",
    "mean",
    "need",
    "offer",
    "provide",
    "remain",
    "represent",
    "see",
    "seek",
    "share",
    "show",
    "want",
];

/// A verb that denies by its meaning: `dismissed`, `rejected`; not "refused to", "avoided".
fn is_lexical(clauses: &Clauses<'_, '_>, cue: &Cue) -> bool {
    let word = &clauses.reading.words[cue.tokens.start];
    cue.tokens.len() == 1 && word.class == Class::Open && !word.nt && is_verb_form(word.lower)
}

/// "do not think that": the denial passes down to the clause.
fn raises(verb: &str) -> bool {
    matches!(
        verb,
        "think" | "believe" | "say" | "mean" | "suggest" | "expect" | "imply" | "show" | "prove"
    )
}

/// Whether a noun phrase with `the`, `his` or the like begins at a word.
fn is_definite(clauses: &Clauses<'_, '_>, at: usize) -> bool {
    clauses.reading.words.get(at).is_some_and(|w| {
        w.possessive
            || matches!(w.lower, "the" | "his" | "her" | "its" | "their" | "our" | "this" | "these")
    })
}

/// Whether the noun phrase right before a preposition is definite: "the threat | of war".
fn has_definite(clauses: &Clauses<'_, '_>, start: usize, at: usize) -> bool {
    let words = &clauses.reading.words;
    let mut near = (start..at).rev().take(3);
    near.by_ref()
        .take_while(|&t| matches!(words[t].class, Class::Open | Class::Determiner))
        .any(|t| is_definite(clauses, t))
}

fn stops(clauses: &Clauses<'_, '_>, at: usize) -> bool {
    clauses.cues.has(at, |role| role == Role::Stop) || clauses.reading.words[at].lower == "nor"
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::read;

    /// Whether a mention in a text is denied.
    fn check(text: &str, mention: &str, negated: bool) {
        assert_eq!(read(text).marks(mention).negated, negated, "`{mention}` in {text}");
    }

    #[test]
    fn a_passive_negator_denies_its_own_subject_and_nobody() {
        check("The raid, which was called a war, was ruled out.", "war", false);
        check("The war, which cost Oslo dear, was ruled out.", "war", true);
        check("Moe, who accused Russia of war, was dismissed.", "war", false);
        check("The envoy who accused Russia of war was denied a visa.", "Russia", false);
        check("Russia was dismissed.", "Russia", false);
        check("An invasion of Oslo was ruled out.", "invasion", true);
        check("War was ruled out.", "War", true);
    }

    #[test]
    fn who_does_not_call_a_thing_by_a_name_denies_the_name() {
        check("Moe stopped short of calling the war an invasion.", "war", false);
        check("Moe stopped short of calling the war an invasion.", "invasion", true);
        check("Moe did not call the war an invasion.", "war", false);
        check("Moe refused to call the raid an act of war.", "war", true);
    }

    #[test]
    fn a_negator_reaches_to_its_right_within_its_clause() {
        check("It does not seek confrontation.", "confrontation", true);
        check("It never led to war.", "war", true);
        check("It doesn't mean war.", "war", true);
        check("They met without war.", "war", true);
        check("They armed rather than pushing for peace talks.", "peace talks", true);
        check("War broke out, not peace.", "War", false);
        check("It was not late, and the war went on.", "war", false);
        check("It was not the plan but war.", "war", false);
        check("It was no plan that anybody there had ever had before the war.", "war", false);
    }

    #[test]
    fn what_merely_looks_like_a_negator_denies_nothing() {
        check("Their ties had no limits.", "no limits", false);
        check("It is not only a war.", "war", false);
        check("No doubt the war goes on.", "war", false);
        check("They tested bare war ships.", "war", false);
        check("It barely was a war.", "war", true);
        check("It is nothing short of a war.", "war", false);
        check("It is no secret that war goes on.", "war", false);
    }

    #[test]
    fn refusing_denies_and_the_reach_restarts_at_or() {
        check("It has refrained from condemning it or calling it a war.", "condemning", true);
        check("It has refrained from condemning it or calling it a war.", "war", true);
        check("It declined to condemn the raid.", "condemn", true);
        check("It failed to condemn the raid.", "condemn", true);
        check("It hastened to condemn the raid.", "condemn", false);
    }

    #[test]
    fn who_denies_a_charge_denies_what_it_says() {
        check("Oran rejected the charge that it plans war.", "war", true);
        check("Oran denied claims that China had planned a war.", "war", true);
        check("Oran denied claims that China had planned a war.", "China", false);
        check("Oran rejected as baseless reports that Russia wants war.", "war", true);
        check("Oran rejected as baseless reports that Russia wants war.", "Russia", false);
        check("There is no evidence that Russia plans war.", "war", true);
        check("There is some evidence that Russia plans war.", "war", false);
        check("Oran said without evidence that Russia plans war.", "war", false);
        check("There is no doubt that Russia plans war.", "war", false);
        check("Oran rejected the offer that ended the war.", "war", false);
    }

    #[test]
    fn who_brushes_off_a_charge_denies_what_it_says() {
        check("Oran brushed off claims that China plans war.", "war", true);
        check("Oran brushed off claims that China plans war.", "China", false);
        check("Oran scoffed at the idea that China plans war.", "war", true);
        check("Oran hit back at allegations of war crimes.", "war", true);
        check("Oran brushed off the war.", "war", false);
    }

    #[test]
    fn an_appeal_to_stop_does_not_deny_that_it_happens() {
        check("Oran must stop waging war.", "war", false);
        check("Stop waging war, Oran said.", "war", false);
        check("Lund urged Oran to stop waging war.", "war", false);
        check("Lund called on Oran to stop waging war.", "war", false);
        check("Oran needs to stop waging war.", "war", false);
        check("Lund demanded that Oran stop waging war.", "war", false);
        check("They'll stop waging war.", "war", true);
        check("They will stop short of waging war.", "war", true);
        check("Oran is never going to stop waging war.", "war", false);
        check("It is a trick to stop waging war.", "war", true);
        check("Oran will stop waging war.", "war", true);
        check("Oran agreed to stop waging war.", "war", true);
        check("Oran stopped waging war.", "war", true);
    }

    #[test]
    fn names_and_not_only_deny_nothing() {
        check("It isn't just a war.", "war", false);
        check("It can't be only a war.", "war", false);
        check("It isn't a war.", "war", true);
        check("He cited the Convention on the Prevention of War Crimes.", "War", false);
        check("He spoke of the prevention of war.", "war", true);
    }

    #[test]
    fn a_denial_ends_where_another_verb_or_a_known_thing_begins() {
        check("Moe dismissed efforts to end the war.", "war", false);
        check("Moe dismissed war plans.", "war", true);
        check("It does not want to risk war.", "war", true);
        check("It did not use the money to end war.", "war", false);
        check("Moe is not pleased with the war.", "war", false);
        check("Moe did not raise the risk of war.", "war", false);
        check("Moe did not see any risk of war.", "war", true);
        check("Moe dismissed as illegal war plans.", "war", false);
        check("Moe prevented Russia from waging war.", "Russia", false);
        check("Moe prevented Russia from waging war.", "war", true);
        check("Moe did not know that war had begun.", "war", false);
        check("Moe does not think that war will come.", "war", true);
        check("Moe denied the war was a raid.", "war", false);
        check("Moe denied it was a war.", "war", true);
        check("Nobody in the alliance slept.", "alliance", false);
        check("Nobody in town wants war.", "war", true);
        check("Nobody in the New Harbour wants war.", "war", true);
        check("Moe did not ask what the war cost.", "war", false);
    }

    #[test]
    fn what_an_object_or_a_relative_clause_names_is_no_part_of_the_denial() {
        check("They did not win the war.", "war", false);
        check("They did not seek war.", "war", true);
        check("They do not have the war plans.", "war", true);
        check("They did not win Russia’s war.", "war", false);
        check("It won't change the end the war brought.", "war", false);
        check("It won't change an old war plan.", "war", true);
        check("The flow stopped on war plans.", "war", false);
        check("The fleet stopped war plans.", "war", true);
        check("It was rejected by alliance leaders.", "alliance", false);
        check("They sought an end to war.", "war", false);
        check("There is nothing like a war.", "war", false);
        check("They say “I do not know” or “I am at war” there.", "war", false);
    }

    #[test]
    fn what_a_denied_noun_is_about_is_not_denied() {
        check("No solution to the war was found.", "war", false);
        check("There is no solution to war in sight.", "war", false);
        check("There was not a solution to the war.", "war", false);
        check("No end to war is in sight.", "war", false);
        check("There was no progress in peace talks.", "peace talks", false);
        check("There was no vote on Russia’s alliance.", "alliance", false);
        check("There was no ship from Russia.", "Russia", false);
        check("There was no war in Oslo.", "war", true);
        check("There is no risk of war.", "war", true);
        check("There is no return to war.", "war", true);
        check("They have no interest in war.", "war", true);
        check("They see no need for war.", "war", true);
        check("There is no alliance with Russia.", "alliance", true);
        check("There is no alliance with Russia.", "Russia", false);
        check("They are not ready for war.", "war", true);
    }

    #[test]
    fn who_does_not_condemn_a_raid_does_not_deny_it() {
        check("Moe never condemned the invasion.", "invasion", false);
        check("Moe never condemned the invasion.", "condemned", true);
        check("Moe refused to condemn the invasion.", "invasion", false);
        check("Moe refused to condemn the invasion.", "condemn", true);
        check("Moe failed to criticize Russia’s invasion.", "invasion", false);
        check("Moe never condemned Russia.", "Russia", false);
        check("Moe refused to condemn an invasion.", "invasion", false);
        check("Moe refused to join an invasion.", "invasion", true);
    }

    #[test]
    fn two_negators_cancel_each_other() {
        check("They did not deny the war.", "war", false);
        check("They denied the war.", "war", true);
        check("There is neither an alliance nor a war.", "war", true);
    }

    #[test]
    fn a_passive_denial_reaches_its_subject() {
        check("An invasion was ruled out.", "invasion", true);
        check("An invasion was planned.", "invasion", false);
    }
}
