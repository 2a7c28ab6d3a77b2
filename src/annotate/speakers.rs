//! From the words that name a speaker to a name, an actor and a kind.
//!
//! "He" is the person last named as a subject; "it" the text or body; "they" the group.

use std::ops::Range;

use crate::annotate::Input;
use crate::annotate::attribution::Attribution;
use crate::annotate::clauses::{Clauses, Subject, SubjectKind};
use crate::annotate::cues::{Role, Speaks};
use crate::annotate::facts::SpeakerKind;
use crate::annotate::grammar::{Class, is_plural};
use crate::annotate::known::Known;
use crate::annotate::names::{Gender, Names, Naming};
use crate::annotate::reading::Gap;
use crate::base::Span;
use crate::lexicon::{CategoryId, Found, Kind, Lexicon};
use crate::text::Sentence;

/// A speaker with everything that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Speaker {
    /// The words in the article.
    pub(super) span: Option<Span>,
    /// The resolved name; empty if it cannot be resolved.
    pub(super) name: String,
    /// The actor the words or the full naming name.
    pub(super) actor: Option<CategoryId>,
    /// What kind.
    pub(super) kind: SpeakerKind,
    /// Nobody in particular: "experts", "observers".
    pub(super) vague: bool,
}

/// Somebody, or something, a pronoun may stand for.
#[derive(Clone, Debug)]
struct Antecedent {
    tokens: Range<usize>,
    full: Range<usize>,
    person: bool,
    plural: bool,
    /// Several of a noun that is none for a speaker: `students`, `prices`.
    group: bool,
    gender: Option<Gender>,
    /// The pronoun that stands for whoever says the words in which it is named: somebody else.
    said_by: Option<usize>,
}

/// Resolves the speakers of one article.
pub(super) struct Speakers<'c, 'r, 'a> {
    clauses: &'c Clauses<'r, 'a>,
    found: &'c Found,
    lexicon: &'c Lexicon,
    known: &'c Known,
    names: Names<'c, 'r, 'a>,
    antecedents: Vec<Antecedent>,
    /// For each word who says it, if that is a pronoun.
    said_by: Vec<Option<SaidBy>>,
    /// Positions of those that `he` may stand for, and `she`.
    men: Vec<usize>,
    women: Vec<usize>,
}

impl<'c, 'r, 'a> Speakers<'c, 'r, 'a> {
    pub(super) fn new(
        clauses: &'c Clauses<'r, 'a>,
        attributions: &[Attribution],
        input: &Input<'c>,
        known: &'c Known,
    ) -> Self {
        let (found, lexicon) = (input.found, input.lexicon);
        let names = Names::find(clauses);
        let mut speakers = Self {
            clauses,
            found,
            lexicon,
            known,
            names,
            antecedents: Vec::new(),
            said_by: said_by(clauses, attributions),
            men: Vec::new(),
            women: Vec::new(),
        };
        // No pronoun stands for the subject of a headline, whose verb is hard to tell.
        let body =
            |s: &&Sentence| !s.tokens.is_empty() && !clauses.reading.in_title(s.tokens.start);
        for sentence in clauses.reading.doc.sentences.iter().filter(body) {
            if let Some(subject) = clauses.main_subject(&sentence.tokens) {
                speakers.remember(&subject.tokens, subject.kind, &subject.full, false);
            }
            if let Some(owner) = speakers.fronted_owner(&sentence.tokens) {
                speakers.remember(&owner, SubjectKind::Name, &owner, false);
            }
        }
        for subject in attributions.iter().filter_map(|a| a.subject.as_ref()) {
            let tokens = words_of(subject);
            speakers.remember(tokens, subject.kind, &subject.full, true);
        }
        speakers.antecedents.sort_by_key(|a| a.tokens.start);
        speakers.men = speakers.persons(Gender::Male);
        speakers.women = speakers.persons(Gender::Female);
        speakers
    }

    /// Adds a subject to what later pronouns may stand for.
    fn remember(
        &mut self,
        tokens: &Range<usize>,
        kind: SubjectKind,
        full: &Range<usize>,
        speaks: bool,
    ) {
        let name = matches!(kind, SubjectKind::Name | SubjectKind::Relative);
        let last = &self.clauses.reading.words[tokens.end - 1];
        let small = !last.capital || self.clauses.only_by_position(tokens.end - 1);
        let several_of_a_noun = small && is_plural(last.lower);
        // "allies of Mr. Lee"
        let own_end = self.names.own_end(tokens);
        let several_of_his =
            own_end < tokens.end && is_plural(self.clauses.reading.words[own_end - 1].lower);
        // "Students came. They ...": any persons or things may be `they`.
        let group = kind == SubjectKind::Noun && several_of_a_noun;
        if !name && !group && kind != SubjectKind::SpeakerNoun {
            return;
        }
        // "Everybody knew it was open," he said: he is somebody else.
        if ANYBODY.contains(&last.lower) {
            return;
        }
        let several = self.parts(tokens).len() > 1;
        self.antecedents.push(Antecedent {
            tokens: tokens.clone(),
            full: full.clone(),
            person: !group && self.is_person(tokens, name),
            plural: several || several_of_a_noun || several_of_his,
            group,
            gender: self.names.gender_of(tokens),
            // "Lee said it was open but cold, he added": a speaker may go on as "he".
            said_by: self.said_by[tokens.start]
                .filter(|said| said.quoted || !speaks)
                .map(|said| said.pronoun),
        });
    }

    /// Positions of the antecedents that can be one person of a gender.
    fn persons(&self, gender: Gender) -> Vec<usize> {
        let fits = |a: &Antecedent| a.person && !a.plural && a.gender.is_none_or(|g| g == gender);
        let all = self.antecedents.iter().enumerate();
        all.filter(|(_, a)| fits(a)).map(|(at, _)| at).collect()
    }

    /// "During Ma's visit, he ...": whose it is in the words before the first comma.
    fn fronted_owner(&self, sentence: &Range<usize>) -> Option<Range<usize>> {
        let words = &self.clauses.reading.words;
        let fronted = words.get(sentence.start)?.class == Class::Preposition;
        let comma =
            (sentence.start + 1..sentence.end).find(|&t| words[t].before.has(Gap::COMMA))?;
        let owner = (sentence.start..comma).find(|&t| words[t].possessive && words[t].capital)?;
        let start = self.clauses.noun_phrase_start(sentence.start + 1, owner + 1);
        fronted.then(|| start.min(owner)..owner + 1)
    }

    /// Resolves a subject.
    pub(super) fn resolve(&self, subject: &Subject) -> Speaker {
        let reading = self.clauses.reading;
        let mut span = Some(reading.span(&subject.tokens));
        if let SubjectKind::Pronoun | SubjectKind::Writer | SubjectKind::Thing = subject.kind {
            let pronoun = reading.words[subject.tokens.start].lower;
            // "I'll tell you": the speaker is "I".
            let pronoun = pronoun.split('\'').next().unwrap_or(pronoun);
            let length = u32::try_from(pronoun.len()).expect("a pronoun is short");
            span = span.map(|s| Span::new(s.start, s.end.min(s.start + length)));
            let Some(antecedent) = self.antecedent(pronoun, subject.tokens.start) else {
                return Speaker { span, ..Speaker::default() };
            };
            return Speaker { span, ..self.describe(&antecedent.tokens, &antecedent.full) };
        }
        Speaker { span, ..self.describe(words_of(subject), &subject.full) }
    }

    /// What a pronoun at a token stands for.
    fn antecedent(&self, pronoun: &str, at: usize) -> Option<Antecedent> {
        let n_earlier = self.antecedents.partition_point(|a| a.tokens.start < at);
        // "Trade has grown, he said": he is nobody in his own words.
        let other = |a: &Antecedent| a.said_by != Some(at);
        let earlier = self.antecedents[..n_earlier].iter().rev().filter(|a| other(a));
        let (persons, gender) = match pronoun {
            "he" | "his" => (&self.men, Gender::Male),
            "she" | "her" => (&self.women, Gender::Female),
            "they" | "their" => {
                // Those who speak before students and prices.
                let speakers = earlier.clone().filter(|a| !a.group).take(4).find(|a| a.plural);
                return speakers.or_else(|| earlier.take(2).find(|a| a.group)).cloned();
            }
            "it" | "its" => {
                return earlier
                    .filter(|a| !a.group)
                    .take(4)
                    .find(|a| !a.person && !a.plural)
                    .cloned();
            }
            _ => return None,
        };
        let n_persons = persons.partition_point(|&at| at < n_earlier);
        let mut earlier = persons[..n_persons].iter().rev().map(|&at| &self.antecedents[at]);
        let subject = earlier.find(|a| other(a)).cloned();
        subject.or_else(|| self.only_person(at, gender))
    }

    /// "The boat was sold by Ann Lee. She ...": the only person named in this sentence and the two
    /// before it, if no subject is a person.
    fn only_person(&self, at: usize, gender: Gender) -> Option<Antecedent> {
        let reading = self.clauses.reading;
        let sentence = reading.words[at].sentence as usize;
        let from = reading.sentence(sentence.saturating_sub(2)).start;
        let places = ["in", "at", "of", "to", "from", "near", "the"];
        let fits = |naming: &Naming| {
            let before = naming.name.start.checked_sub(1).map(|t| reading.words[t].lower);
            let person = match self.names.gender_of(&naming.name) {
                Some(known) => known == gender,
                None => !before.is_some_and(|lower| places.contains(&lower)),
            };
            person && self.is_person(&naming.name, true)
        };
        let naming = self.names.only_one(&(from..at), fits)?;
        Some(Antecedent {
            tokens: naming.name.clone(),
            full: naming.full.clone(),
            person: true,
            plural: false,
            group: false,
            gender: Some(gender),
            said_by: None,
        })
    }

    /// Name, actor and kind of a speaker given by words that are no pronoun.
    fn describe(&self, tokens: &Range<usize>, full: &Range<usize>) -> Speaker {
        let parts = self.parts(tokens);
        let described: Vec<Speaker> = match parts.as_slice() {
            [_] => return self.describe_one(tokens, full),
            parts => parts.iter().map(|part| self.describe_one(part, part)).collect(),
        };
        let names: Vec<&str> = described.iter().map(|s| s.name.as_str()).collect();
        let name = names.join(" and ");
        let first = described.into_iter().next().unwrap_or_default();
        Speaker { name, ..first }
    }

    /// "Xi Jinping and Vladimir Putin" in its parts.
    fn parts(&self, tokens: &Range<usize>) -> Vec<Range<usize>> {
        let words = &self.clauses.reading.words;
        let own = tokens.start..self.names.own_end(tokens);
        let and = own.into_iter().find(|&t| {
            let names = t > tokens.start && t + 1 < tokens.end;
            words[t].lower == "and" && names && words[t - 1].capital && words[t + 1].capital
        });
        let people = |part: &Range<usize>| self.is_person(part, true);
        match and {
            Some(t) if people(&(tokens.start..t)) && people(&(t + 1..tokens.end)) => {
                vec![tokens.start..t, t + 1..tokens.end]
            }
            _ => std::iter::once(tokens.clone()).collect(),
        }
    }

    /// The same for one name or noun phrase.
    fn describe_one(&self, tokens: &Range<usize>, full: &Range<usize>) -> Speaker {
        let reading = self.clauses.reading;
        let bare = self.names.without_title(&self.name_within(tokens, full));
        let bare = self.clauses.name_proper(&bare);
        // "Russia" is no short form of a longer name that ends so.
        let naming = self.names.naming_of(&bare).filter(|_| !self.is_state(&bare));
        let (name, context) = match naming {
            Some(naming) => {
                let context = self.own_words(&naming.name, &naming.full);
                (reading.text(&naming.name), context)
            }
            None => (reading.text(&bare), self.own_words(tokens, full)),
        };
        let head = self.clauses.head_end(&bare) - 1;
        let common = !reading.words[head].capital || self.clauses.only_by_position(head);
        let plural = common && reading.words[head].lower.ends_with('s');
        let own = self.own_words(tokens, full);
        let actor = self.actor_in(&own).or_else(|| self.actor_in(&context));
        let own = self.kind_in(tokens).or_else(|| self.kind_in(full));
        let noun = own.or_else(|| self.kind_in(&context));
        // "Lee, whom critics fear": somebody with a name is not unnamed.
        let person = !common && self.clauses.kind_of_phrase(&bare) == SubjectKind::Name;
        let noun = noun.filter(|kind| !(person && *kind == SpeakerKind::Unnamed));
        let vague =
            noun == Some(SpeakerKind::Unnamed) || plural && noun == Some(SpeakerKind::Expert);
        let kind = match noun {
            Some(SpeakerKind::Expert | SpeakerKind::Official) if plural => SpeakerKind::Unnamed,
            Some(SpeakerKind::Other) if self.is_media(actor) => SpeakerKind::Media,
            Some(kind) => kind,
            None if self.is_media(actor) => SpeakerKind::Media,
            None if actor.is_some() && self.is_actor(&bare) => SpeakerKind::Official,
            None => SpeakerKind::Other,
        };
        // "Nobody said", "few analysts expect": words that name nobody.
        if self.names_nobody(tokens) {
            let kind = SpeakerKind::Unnamed;
            return Speaker { actor, kind, vague: true, ..Speaker::default() };
        }
        let proper = self.clauses.can_be_named(&bare);
        let small = || self.clauses.begins_small(&bare);
        let name = if proper { folded(name, small()) } else { String::new() };
        Speaker { span: None, name, actor, kind, vague }
    }

    /// Whether some words say how few say it, or that nobody or anybody does: "no one", "few analysts".
    fn names_nobody(&self, tokens: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words;
        let first = &words[tokens.start];
        first.is_hardly_anybody()
            || ANYBODY.contains(&words[self.clauses.head_end(tokens) - 1].lower)
    }

    /// The name among the words for a speaker: "the spokesperson, Ann Lee," is Ann Lee.
    fn name_within(&self, tokens: &Range<usize>, full: &Range<usize>) -> Range<usize> {
        let words = &self.clauses.reading.words;
        let rest = tokens.end.min(full.end)..full.end;
        let own_end = self.names.own_end(tokens);
        let named = words[own_end - 1].capital || rest.is_empty() || rest.len() > 4;
        let all_capital = words[rest.clone()].iter().all(|w| w.capital && w.class == Class::Open);
        let explained = !named && all_capital;
        if explained && (own_end == tokens.end || self.may_be_full_name(&rest)) {
            rest
        } else {
            tokens.clone()
        }
    }

    /// "an aide to Mr. Moe, | Ann Lee": two names or more, and no place ("police in Lakewood, | New
    /// Jersey") or party ("Mr. Moe, | R-Texas").
    fn may_be_full_name(&self, rest: &Range<usize>) -> bool {
        #[rustfmt::skip]
        const PLACES: &[&str] = &[
            "british", "costa", "east", "great", "hong", "new", "north", "northern", "puerto",
            "rhode", "saudi", "south", "southern", "sri", "united", "west", "western",
        ];
        let words = &self.clauses.reading.words;
        let joined = rest.clone().skip(1).any(|t| words[t].before.has(Gap::HYPHEN));
        let place = PLACES.contains(&words[rest.start].lower) || self.is_state(rest);
        rest.len() > 1 && !joined && !place
    }

    /// Whether some words name a person rather than a body or a text.
    fn is_person(&self, tokens: &Range<usize>, name: bool) -> bool {
        let cues = self.clauses.cues.within(tokens);
        let last = cues.iter().rev().find_map(|cue| match cue.role {
            Role::Speaker(_, speaks) => {
                Some((speaks == Speaks::Person, cue.tokens.end == tokens.end))
            }
            _ => None,
        });
        match last {
            Some((person, at_end)) if at_end || !name => person,
            _ => name && !self.is_state(tokens),
        }
    }

    /// Whether some words are an actor's own name that no person has, such as "China".
    fn is_state(&self, tokens: &Range<usize>) -> bool {
        let person = |id| self.lexicon.category(id).path.ends_with("/person");
        self.mentions_in(tokens).any(|(id, t)| t == *tokens && !person(id))
    }

    /// Whether the words are an actor's own name.
    fn is_actor(&self, tokens: &Range<usize>) -> bool {
        self.mentions_in(tokens).any(|(_, t)| t.end == tokens.end)
    }

    fn is_media(&self, actor: Option<CategoryId>) -> bool {
        let top = |id| self.lexicon.category(self.lexicon.top(id)).path.as_str();
        actor.is_some_and(|id| top(id) == "media")
    }

    /// The kind of the first noun for a speaker among some words.
    fn kind_in(&self, tokens: &Range<usize>) -> Option<SpeakerKind> {
        self.clauses.cues.within(tokens).iter().find_map(|cue| match cue.role {
            Role::Speaker(kind, _) => Some(kind),
            _ => None,
        })
    }

    /// Actor mentions among some words, in order.
    fn mentions_in(
        &self,
        tokens: &Range<usize>,
    ) -> impl Iterator<Item = (CategoryId, Range<usize>)> + '_ {
        let mentions = &self.found.mentions;
        let from = mentions.partition_point(|m| m.tokens.start < tokens.start);
        let end = tokens.end;
        let inside = mentions[from..].iter().take_while(move |m| m.tokens.start < end);
        inside.filter_map(|m| {
            let entry = self.lexicon.entry(m.entry);
            (entry.kind == Kind::Actor).then(|| (entry.category, m.tokens.clone()))
        })
    }

    /// The words for a speaker without what he was asked or says in them: "Lee, when asked about Oran",
    /// "Lee, who says that Oran ...".
    fn own_words(&self, tokens: &Range<usize>, full: &Range<usize>) -> Range<usize> {
        let words = &self.clauses.reading.words;
        let says = |t: usize| {
            let who = t.checked_sub(1).map_or("", |before| words[before].lower);
            matches!(who, "who" | "has" | "had") && self.clauses.cues.report_at(t).is_some()
        };
        let tells =
            |&t: &usize| matches!(words[t].lower, "asked" | "if" | "when" | "while") || says(t);
        let mut rest = tokens.end.max(full.start)..full.end;
        full.start..rest.find(tells).unwrap_or(full.end)
    }

    /// The actor some words name; nationality words inside the name of an institution count too.
    fn actor_in(&self, tokens: &Range<usize>) -> Option<CategoryId> {
        // "Institute of Russian Studies" studies Russia; "the Chinese Academy" is China's.
        let words = &self.clauses.reading.words;
        let studied = |t: usize| t > 0 && words[t - 1].lower == "of";
        let free = self.mentions_in(tokens).find(|(_, t)| !studied(t.start)).map(|m| m.0);
        free.or_else(|| self.nationality_in(tokens))
            .or_else(|| self.mentions_in(tokens).next().map(|m| m.0))
    }

    /// `Chinese` in "of the Chinese Academy of ...", which is no mention of China but tells whose
    /// academy it is; not `Russian` in "Institute of Russian Studies".
    fn nationality_in(&self, tokens: &Range<usize>) -> Option<CategoryId> {
        let words = &self.clauses.reading.words;
        let capital = |&t: &usize| words[t].capital && words[t].class == Class::Open;
        let host = |&t: &usize| t > 0 && words[t - 1].class == Class::Determiner;
        tokens
            .clone()
            .filter(capital)
            .filter(host)
            .find_map(|t| self.known.actor(words[t].span.of(self.clauses.reading.basis)))
    }
}

/// Who says a word.
#[derive(Clone, Copy, Debug)]
struct SaidBy {
    /// Where the pronoun stands.
    pronoun: usize,
    /// Whether the words stand between quotation marks.
    quoted: bool,
}

/// For each word who says it, if that is a pronoun.
fn said_by(clauses: &Clauses<'_, '_>, attributions: &[Attribution]) -> Vec<Option<SaidBy>> {
    let mut said_by = vec![None; clauses.reading.words.len()];
    for attribution in attributions {
        let pronoun = attribution.subject.as_ref().filter(|s| s.kind == SubjectKind::Pronoun);
        let Some(pronoun) = pronoun.map(|subject| subject.tokens.start) else { continue };
        for content in attribution.content.iter().filter(|content| !content.is_empty()) {
            let quoted = clauses.reading.gap(content.start).has(Gap::QUOTE_OPENS);
            said_by[content.clone()].fill(Some(SaidBy { pronoun, quoted }));
        }
    }
    said_by
}

/// Words for persons that no later pronoun stands for.
const ANYBODY: &[&str] =
    &["anybody", "anyone", "everybody", "everyone", "nobody", "none", "somebody", "someone"];

/// A name on one line, with a small first letter if it owes its capital to the sentence.
fn folded(name: &str, small: bool) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    // What is printed in capitals stays so.
    let capitals = name.chars().nth(1).is_some_and(char::is_uppercase);
    match name.chars().next().filter(|_| small && !capitals) {
        Some(first) => format!("{}{}", first.to_lowercase(), &name[first.len_utf8()..]),
        None => name,
    }
}

/// The words that name a subject; for `who` those it stands for.
fn words_of(subject: &Subject) -> &Range<usize> {
    if subject.kind == SubjectKind::Relative { &subject.full } else { &subject.tokens }
}

#[cfg(test)]
mod tests {
    use crate::annotate::facts::SpeakerKind;
    use crate::annotate::testing::{read, read_with_title};

    /// The resolved speaker of the last quote.
    fn check(text: &str, expect: &str) {
        let read = read(text);
        let quote = read.facts.quotes.iter().rfind(|q| q.speaker_span.is_some());
        let quote = quote.unwrap_or_else(|| panic!("nobody speaks in {text}"));
        assert_eq!(quote.speaker, expect, "{text}");
    }

    #[test]
    fn a_surname_stands_for_the_full_name() {
        check("Ann Lee came in. The port was open, Lee said.", "Ann Lee");
        check("Zhang Hong came in. The port was open, Zhang said.", "Zhang Hong");
        check("The port was open, Lee said.", "Lee");
        check("Ann Lee met Bob Moe. Moe said the port was open.", "Bob Moe");
        check("Ann Lee met Bob Moe. Lee said the port was open.", "Ann Lee");
        check("The port was open, Lee said. Ann Lee left.", "Ann Lee");
    }

    #[test]
    fn nobody_is_named_by_a_pronoun_in_his_own_words() {
        check("Ann Lee came in. “Bob Moe will speak,” she said.", "Ann Lee");
        check("Tom Lee came in. “Poe will speak. Roe will not,” he said.", "Tom Lee");
        check("Tom Lee came in. Poe will speak, he said.", "Tom Lee");
        check("Tom Lee said Poe was late but awake, he added.", "Tom Lee");
        check("“Trade has grown,” he said.", "");
    }

    #[test]
    fn who_speaks_stands_before_a_verb_and_behind_what_opens_the_sentence() {
        check("Hours after the port was shut, Lee left the room, insisting that it sank.", "Lee");
        check("Ann Lee heads the old port and says it sank.", "Ann Lee");
        check(
            "The Herald offered these observations: “It sank in the port, and it is old.”",
            "the Herald",
        );
    }

    #[test]
    fn titles_are_no_part_of_a_name() {
        check("President Ann Lee said the port was open.", "Ann Lee");
        check("Mr. Moe said the port was open.", "Moe");
        check("Sen. Bob Moe said the port was open.", "Bob Moe");
        check("Chinese Vice Foreign Minister Ma Zhaoxu said the port was open.", "Ma Zhaoxu");
        check("Russia’s Foreign Minister Lavrov said the port was open.", "Lavrov");
        check("Prime Minister Eva Roe said the port was open.", "Eva Roe");
        check("Attorney General Tom Poe said the port was open.", "Tom Poe");
    }

    #[test]
    fn an_office_is_no_part_of_a_name() {
        check("They chose Secretary of State Ann Lee. Lee said it was open.", "Ann Lee");
        check("They met the envoy to the UN Ann Lee. Lee said it was open.", "Ann Lee");
        check("They left the Bay of Ann Lee Roe. Roe said it was open.", "Ann Lee Roe");
        check("Moreover, he said it was open.", "");
    }

    #[test]
    fn who_stands_for_the_persons_before_it() {
        check("It met an outcry from Democrats who said it was open.", "Democrats");
        check("It met the head of the board, who said it was open.", "the head of the board");
    }

    #[test]
    fn a_pronoun_is_the_person_last_named() {
        check("Ann Lee came in. She said the port was open.", "Ann Lee");
        check("Bob Moe spoke. He said the port was open.", "Bob Moe");
        check("Mr. Moe met Ms. Lee. He said the port was open.", "Moe");
        check("Ms. Lee left. Mr. Moe came. She said the port was open.", "Lee");
        check("The statement was long. It said the port was open.", "the statement");
        check("The ministry met. It said the port was open.", "the ministry");
        check("The officials met. They said the port was open.", "the officials");
        check("Ann Lee and Bob Moe met. They said the port was open.", "Ann Lee and Bob Moe");
        check("He said the port was open.", "");
        check("During Moe’s visit, he said the port was open.", "Moe");
        check("The weather was fine. It said nothing new.", "");
    }

    #[test]
    fn no_pronoun_stands_for_a_headline() {
        let read = read_with_title("Ship owners wait for crews", "They said it was late.");
        assert_eq!(read.facts.quotes[0].speaker, "");
        let read = read_with_title("Ships wait", "The officials met. They said it was late.");
        assert_eq!(read.facts.quotes[0].speaker, "the officials");
    }

    #[test]
    fn an_apposition_is_no_part_of_a_name() {
        check("Ann Lee, a port official, said the port was open.", "Ann Lee");
        check("Ann Lee, 45, said the port was open.", "Ann Lee");
        check("Ann Lee, who runs the port, said it was open.", "Ann Lee");
        check("Ann Lee (D-Ohio) said the port was open.", "Ann Lee");
        check("“It is open now,” the spokesperson, Ann Lee, told a crowd.", "Ann Lee");
        check("The report, released on Friday, found that it was open.", "the report");
        check("Ann Lee, senior fellow at the Port Institute, said it was open.", "Ann Lee");
        check("Bob Moe, the director of Ports, Ships and Piers, said it was open.", "Bob Moe");
    }

    #[test]
    fn bodies_texts_and_groups_speak() {
        check("The foreign ministry said the port was open.", "the foreign ministry");
        check("A report said the port was open.", "a report");
        check("A new poll shows that the port is liked.", "a new poll");
        check("Experts say that the port is liked.", "experts");
        check("China says that the port is open.", "China");
        check("Port officials said the ship was new.", "Port officials");
        check("Some port officials left. Port officials said it was open.", "port officials");
    }

    #[test]
    fn an_actor_is_a_name_at_the_start_of_a_sentence_too() {
        check("Beijing said the port was open.", "Beijing");
        check("Beijing, too, said the port was open.", "Beijing");
        check("Funding said the port was open.", "");
    }

    #[test]
    fn what_is_no_name_and_no_noun_for_a_speaker_is_not_resolved() {
        check("Again concrete said the port was open.", "");
        check("House Speaker Ann Lee said the port was open.", "Ann Lee");
        check("Secretary of State Bob F. Moe said the port was open.", "Bob F. Moe");
        check("The screenwriter Ann Lee said the port was open.", "Ann Lee");
        check(
            "The complaint to the court of the harbour’s long board said it was open.",
            "the complaint",
        );
        check("Two of the workers said the port was open.", "Two of the workers");
    }

    #[test]
    fn one_speaker_has_one_name_wherever_it_stands() {
        check("Experts say the port is open.", "experts");
        check("In May experts said the port was open.", "experts");
        check("The Times said the port was open.", "the Times");
        check("Norwegian officials said the port was open.", "Norwegian officials");
        check("Many of the workers said the port was open.", "many of the workers");
        check("Mun Kil-song said the port was open.", "Mun Kil-song");
    }

    #[test]
    fn a_first_name_tells_who_he_and_she_are() {
        check("Mary Lee met Bob Moe on Monday. He said it was open.", "Bob Moe");
        check("Mary Lee met Bob Moe on Monday. She said it was open.", "Mary Lee");
        check("Bob Moe saw it. Zhang Hong left. He said it was open.", "Zhang Hong");
    }

    #[test]
    fn the_only_person_named_may_be_no_subject() {
        check("The boat was sold by Ann Lee. She said it was open.", "Ann Lee");
        check("For Ann Lee it was late. She said it was open.", "Ann Lee");
        check("Bob Moe’s boat sank. He said it was open.", "Bob Moe");
        check("It was sold by Ann Lee to Eva Roe. She said it was open.", "");
        check("The boat was in New Harbour. She said it was open.", "");
    }

    #[test]
    fn a_date_or_an_office_before_a_name_hides_no_antecedent() {
        check("On Monday Ann Lee came. She said it was open.", "Ann Lee");
        check("The mayor, Ann Lee, came. She said it was open.", "Ann Lee");
        check("Ann Lee came. Critics were unhappy. She said it was open.", "Ann Lee");
    }

    #[test]
    fn students_are_they_if_nobody_else_is() {
        check("Students came. They said it was open.", "students");
        check("Critics came. Prices rose. They said it was open.", "critics");
        check("The boat sank. They said it was open.", "");
    }

    #[test]
    fn no_pronoun_stands_for_everybody() {
        check("Ann Lee came. Everybody said it sank. She said it was open.", "Ann Lee");
    }

    #[test]
    fn the_words_for_a_speaker_hold_no_day_and_no_contracted_verb() {
        let text = |text: &str| {
            let read = read(text);
            read.facts.quotes.last().unwrap().speaker_span.unwrap().of(&read.text).to_owned()
        };
        assert_eq!(text("I'll say the port was open."), "I");
        assert_eq!(text("Governor Ann Lee on Monday said it was open."), "Governor Ann Lee");
        assert_eq!(text("The board, which met last week, said it was open."), "The board");
    }

    #[test]
    fn chained_and_inverted_speakers_are_found() {
        check("Ann Lee came. “It is open again for all the ships,” said Lee.", "Ann Lee");
        check("Ann Lee met Bob Moe, who said the port was open.", "Bob Moe");
        check("Ann Lee said the port was open, adding that it was new.", "Ann Lee");
        check("Ann Lee praised the port and said it was open.", "Ann Lee");
        check("According to Ann Lee, the port was open.", "Ann Lee");
        check("The port was open, according to Ann Lee.", "Ann Lee");
        check("Ann Lee told the Herald on Monday that the port was open.", "Ann Lee");
        check("As Ann Lee put it, the port was open.", "Ann Lee");
        check("“The port is open,” Ann Lee said. “All the ships may come in now.”", "Ann Lee");
        check("In a letter Ann Lee wrote that the port was open.", "Ann Lee");
        check("Yesterday Ann Lee said the port was open.", "Ann Lee");
        check("But Ann Lee, for her part, said the port was open.", "Ann Lee");
    }

    #[test]
    fn the_kind_comes_from_the_nouns_around_a_name() {
        let kind = |text: &str| read(text).facts.quotes[0].speaker_kind;
        assert_eq!(kind("Lee, a senior analyst, said it was open."), SpeakerKind::Expert);
        assert_eq!(kind("The ministry said it was open."), SpeakerKind::Official);
        assert_eq!(kind("China said it was open."), SpeakerKind::Official);
        assert_eq!(kind("Experts said it was open."), SpeakerKind::Unnamed);
        assert_eq!(kind("Analysts at Port Bank said it was open."), SpeakerKind::Unnamed);
        assert_eq!(kind("The newspaper said it was open."), SpeakerKind::Media);
        assert_eq!(kind("Ann Lee said it was open."), SpeakerKind::Other);
    }

    #[test]
    fn one_speaker_is_of_one_kind_and_somebody_with_a_name_is_not_unnamed() {
        let kinds = |text: &str| -> Vec<SpeakerKind> {
            read(text).facts.quotes.iter().map(|q| q.speaker_kind).collect()
        };
        let text = "Ann Lee said it was open. Governor Ann Lee said it was new. The critics left.";
        assert_eq!(kinds(text), [SpeakerKind::Official; 2]);
        let text = "Critics said it was open. Ann Lee said it was new.";
        assert_eq!(kinds(text), [SpeakerKind::Unnamed, SpeakerKind::Other]);
        let text = "Ann Lee, whom critics fear, said it was new.";
        assert_eq!(kinds(text), [SpeakerKind::Other]);
    }

    #[test]
    fn who_speaks_for_somebody_is_not_that_person() {
        check("A spokesman for President Lee said it was open.", "a spokesman for President Lee");
        check("An aide to Mr. Moe said it was open.", "an aide to Mr. Moe");
        check("It was open, said a spokeswoman for Ms. Lee.", "a spokeswoman for Ms. Lee");
        check("Allies of Senator Moe said it was open.", "Allies of Senator Moe");
        check(
            "The government of President Lee said it was open.",
            "the government of President Lee",
        );
        check("Ann Lee, a spokeswoman for President Moe, said it was open.", "Ann Lee");
        check("A letter from President Lee said it was open.", "Lee");
        check("Chief of staff Ann Lee said it was open.", "Ann Lee");
        check("Doctors for Oslo adviser Ann Lee said it was open.", "Ann Lee");
        check("The mayor’s son-in-law Bob Lee said it was open.", "Bob Lee");
        check(
            "The judge appointed by President Lee said it was open.",
            "the judge appointed by President Lee",
        );
        check("Tom Moe came. Allies of Mr. Lee left. He said it was open.", "Tom Moe");
        check("Senator Bob Moe of Oslo said it was open.", "Bob Moe of Oslo");
        check("An aide to President Moe, Ann Lee, said it was open.", "Ann Lee");
        check("An aide to Mr. Moe, R-Oslo, said it was open.", "an aide to Mr. Moe");
        check("The mayor of Oslo, New Norway, said it was open.", "the mayor of Oslo");
        check("President Lee came. An aide to him said it was open.", "an aide to him");
        let kind = |text: &str| read(text).facts.quotes[0].speaker_kind;
        let text = "A spokesman for President Lee said it was open.";
        assert_eq!(kind(text), SpeakerKind::Official);
        assert_eq!(kind("Critics of President Lee said it was open."), SpeakerKind::Unnamed);
        let text = "Ann Lee came. An aide to Ms. Lee said it was open. He added that it was new.";
        check(text, "an aide to Ms. Lee");
    }

    #[test]
    fn nobody_and_few_name_no_speaker() {
        check("Nobody expects that the port is open.", "");
        check("No one has warned that the port was open.", "");
        check("Few analysts expect that the port is open.", "");
        check("No official warned that the port was open.", "");
        check("Neither envoy hopes that the port is open.", "");
        check("Everyone said the port was open.", "");
        check("A few analysts said the port was open.", "a few analysts");
        check("Many analysts said the port was open.", "many analysts");
        let quote = &read("Few analysts expect that the port is open.").facts.quotes[0];
        assert_eq!((quote.speaker_kind, quote.vague), (SpeakerKind::Unnamed, true));
    }

    #[test]
    fn a_participle_after_a_noun_is_no_part_of_a_speaker() {
        check("A lawsuit filed by the crew of the port said it was open.", "a lawsuit");
        check("The report released said the port was open.", "the report");
        check("The tired man said the port was open.", "the tired man");
        check("“We keep the port open for all of you,” THE OLD CREW said.", "THE OLD CREW");
    }

    #[test]
    fn the_topic_beside_a_speaker_is_not_his_actor() {
        let actor = |text: &str| {
            let read = read(text);
            let actor = read.facts.quotes.last().unwrap().speaker_actor;
            actor.map_or(String::new(), |id| read.lexicon.category(id).path.clone())
        };
        assert_eq!(actor("Asked about China, Ann Lee said it was open."), "");
        assert_eq!(actor("On China, Defence Minister Ann Lee said it was open."), "");
        assert_eq!(actor("Ann Lee, when asked about China, said it was open."), "");
        assert_eq!(actor("Ann Lee, who was asked about China, said it was open."), "");
        assert_eq!(actor("Ann Lee, an envoy of China, said it was open."), "china");
        assert_eq!(actor("Chinese envoy Ann Lee said it was open."), "china");
    }

    #[test]
    fn a_relative_clause_of_a_verb_alone_hides_no_speaker() {
        check("The war must end, a diplomat who attended said.", "a diplomat");
        check("The war must end, envoys who follow the talks said.", "envoys");
        check("Envoys who were briefed on the plan said the war must end.", "envoys");
        check("Envoys who spoke in Oslo said the war must end.", "envoys");
    }

    #[test]
    fn the_actor_comes_from_the_host_of_an_expert() {
        let text = "Zhang Hong, a fellow at the Institute of Russian Studies of the Chinese \
                    Academy, said it was open. Zhang noted it was new.";
        let read = read(text);
        let actor = read.facts.quotes.last().unwrap().speaker_actor.unwrap();
        assert_eq!(read.lexicon.category(actor).path, "china");
    }
}
