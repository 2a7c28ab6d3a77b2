//! Finite verbs of saying: who is their subject, and whether they report anything at all.

use std::ops::Range;

use crate::annotate::attribution::{Attribution, Attributions, SET_OFF};
use crate::annotate::clauses::{Subject, SubjectKind, VerbGroup};
use crate::annotate::content::After;
use crate::annotate::cues::{Role, Takes};
use crate::annotate::facts::Stance;
use crate::annotate::grammar::{
    Class, Form, form_of, is_mostly_a_noun, is_often_a_noun, is_plural, is_verb_form,
};
use crate::annotate::reading::{Gap, Word};
use crate::annotate::silence::is_denied;

/// A verb of saying where it stands.
pub(super) struct Verb<'s> {
    /// Its words.
    pub(super) tokens: Range<usize>,
    /// Its stance.
    pub(super) stance: Stance,
    /// What has to follow it.
    pub(super) takes: Takes,
    /// The auxiliaries and adverbs before it.
    pub(super) group: VerbGroup,
    /// Its form.
    pub(super) form: Form,
    /// Its sentence.
    pub(super) sentence: &'s Range<usize>,
    /// Attributions from this position on stand in the same sentence.
    pub(super) first: usize,
}

impl Verb<'_> {
    /// The attribution it makes.
    pub(super) fn attributes(
        &self,
        subject: Subject,
        content: Vec<Range<usize>>,
        clause: Option<Range<usize>>,
    ) -> Attribution {
        let (cue, stance) = (self.tokens.clone(), self.stance);
        Attribution {
            subject: Some(subject),
            content,
            clause,
            cue,
            stance,
            vague: false,
            by_noun: false,
        }
    }
}

impl Attributions<'_, '_, '_> {
    /// The attribution a verb of saying makes, if it makes one.
    pub(super) fn report(
        &self,
        tokens: &Range<usize>,
        (stance, takes): (Stance, Takes),
        sentence: &Range<usize>,
        first: usize,
    ) -> Option<Attribution> {
        let lower = self.clauses.reading.words[tokens.start].lower;
        if takes != Takes::State && !is_verb_form(lower) || tokens.end > sentence.end {
            return None;
        }
        let (mut group, form) = (self.clauses.verb_group(tokens.start), form_of(lower));
        if group.to {
            let raised = self.clauses.raised_group(group.start);
            group = raised.filter(|_| form == Form::Base).unwrap_or(group);
        }
        let verb = Verb { tokens: tokens.clone(), stance, takes, group, form, sentence, first };
        if takes == Takes::State {
            return self.state(&verb);
        }
        if form == Form::Ing && !self.is_progressive(&verb) {
            return self.begun(&verb).or_else(|| self.participle(&verb));
        }
        if let Some(asked) = self.asked(&verb) {
            return Some(asked);
        }
        if let Some(made) = self.made_to_say(&verb) {
            return Some(made);
        }
        if self.is_asked_about(&verb) || !self.is_finite(&verb) {
            return None;
        }
        self.inverted(&verb).or_else(|| self.with_subject(&verb))
    }

    /// "is saying that", "are urging the board to": a finite verb in `-ing`.
    fn is_progressive(&self, verb: &Verb<'_>) -> bool {
        let speaks = || {
            self.clauses.subject_before(verb.group.start).is_some_and(|s| {
                let acts = verb.takes == Takes::Object && s.kind == SubjectKind::Relative;
                s.speaks() && !acts
            })
        };
        verb.group.be && !verb.group.to && (self.says_that(verb.tokens.end) || speaks())
    }

    /// "Lee is convinced that ...", "residents were worried he ...": a state of mind and its clause.
    fn state(&self, verb: &Verb<'_>) -> Option<Attribution> {
        const LINKS: &[&str] = &["feel", "feels", "felt", "remain", "remains", "remained"];
        let words = &self.clauses.reading.words;
        let link = verb.group.start.checked_sub(1).filter(|_| !verb.group.be);
        let start = match link {
            None => verb.group.start,
            Some(at) if LINKS.contains(&words[at].lower) => self.clauses.verb_group(at).start,
            Some(_) => return None,
        };
        let (end, limit) = (verb.tokens.end, verb.sentence.end);
        let subject_next =
            |w: &Word<'_>| w.class == Class::Determiner || w.class == Class::Open && w.capital;
        let opens = (self.clauses.opens_clause(end) || words.get(end).is_some_and(subject_next))
            && !matches!(words[end].lower, "to" | "if")
            && !words[end].before.has(Gap::ANY);
        if end >= limit || !opens {
            return None;
        }
        let subject = self.clauses.subject_before(start)?;
        let content = end..self.clauses.content_end(end, limit, false);
        let somebody = subject.speaks() || is_plural(words[subject.tokens.end - 1].lower);
        somebody.then(|| verb.attributes(subject, std::iter::once(content).collect(), None))
    }

    /// Whether a verb is finite, active and not a silence.
    fn is_finite(&self, verb: &Verb<'_>) -> bool {
        let by = || self.is_agent_next(verb.tokens.end);
        let passive = verb.form == Form::Past && (verb.group.be || by() || self.gives_a_name(verb));
        let copula = verb.form == Form::Base && verb.group.be;
        // "denied having discussed it": said by nobody here.
        let group = verb.group.start..verb.tokens.start;
        let perfect = self.clauses.reading.words[group].iter().any(|w| w.lower == "having");
        !passive
            && !copula
            && !perfect
            && !verb.group.to
            && !self.is_noun_or_adjective(&verb.tokens, &verb.group, verb.form)
            && !self.is_silence(verb)
    }

    /// "announced by the ministry", not "said by phone", "said by 50 percent to 39".
    fn is_agent_next(&self, at: usize) -> bool {
        const MEANS: &[&str] = &["email", "letter", "mail", "phone", "telephone", "text", "video"];
        let words = &self.clauses.reading.words;
        let limit = words.len().min(at + 5);
        let by = words.get(at).is_some_and(|w| w.lower == "by" && !w.before.has(Gap::ANY));
        let measure = |w: &Word<'_>| w.lower.starts_with("margin") || MEANS.contains(&w.lower);
        by && !self.clauses.is_number(at + 1) && !words[at + 1..limit].iter().any(measure)
    }

    /// "a staffer named Ann Lee", "a group called “Ports First”": no verb but a participle.
    fn gives_a_name(&self, verb: &Verb<'_>) -> bool {
        let words = &self.clauses.reading.words;
        let names = matches!(words[verb.tokens.start].lower, "called" | "dubbed" | "named");
        let next = words.get(verb.tokens.end);
        let name = next.is_some_and(|w| w.capital || w.before.has(Gap::QUOTE_OPENS));
        if !names || !name || verb.tokens.len() > 1 || verb.group.start < verb.tokens.start {
            return false;
        }
        let first = verb.sentence.start;
        let near = (first..verb.tokens.start).rev().take(4);
        let mut phrase = near.take_while(|&t| !words[t + 1].before.has(Gap::ANY));
        phrase.any(|t| matches!(words[t].lower, "a" | "an" | "one" | "another" | "something"))
    }

    /// Subject, verb, content; or content, comma, subject, verb.
    fn with_subject(&self, verb: &Verb<'_>) -> Option<Attribution> {
        let reading = self.clauses.reading;
        let subject = self.subject(verb)?;
        if self.asks_for_no_name(verb) {
            return None;
        }
        if let Some(content) = self.seen_as(verb) {
            return self
                .plausible(&subject, content.start, verb)
                .then(|| verb.attributes(subject, std::iter::once(content).collect(), None));
        }
        if self.quotes_somebody(verb) {
            return None;
        }
        let after = self.clauses.after_verb(verb.tokens.end, verb.sentence.end, verb.takes);
        let start = subject.full.start.max(verb.sentence.start);
        let clause = || Some(start..self.clause_end(verb.tokens.end, after, verb.sentence));
        if let Some(content) = self.as_clause(start, after, verb) {
            return Some(verb.attributes(subject, content, clause()));
        }
        if let Some(claim) = self.clauses.denied_claim(&subject, verb.tokens.start)
            && (!matches!(after, After::Content(_)) || self.judges_as(verb))
        {
            let content = std::iter::once(claim).collect();
            return Some(verb.attributes(subject, content, None));
        }
        // "..., issuing seven tweets": a participle is no subject.
        let first = &reading.words[subject.tokens.start];
        let acts = subject.tokens.len() > 1 && !first.capital && form_of(first.lower) == Form::Ing;
        let set_off = start < verb.tokens.start
            && reading.gap(start).has(SET_OFF)
            && subject.kind != SubjectKind::Relative
            && !acts;
        if set_off
            && let Some(content) = self.before_clause(start, after, verb.takes, verb.sentence)
        {
            return Some(verb.attributes(subject, content, clause()));
        }
        let mut content = self.content_after(after, verb.takes, verb.sentence)?;
        if self.is_subordinate(subject.full.start, verb.sentence) {
            content.end = self.subordinate_end(&content);
        }
        if self.clauses.is_addressee(verb.tokens.start, &content) {
            return None;
        }
        let content = std::iter::once(content).collect::<Vec<_>>();
        self.plausible(&subject, content[0].start, verb)
            .then(|| verb.attributes(subject, content, None))
    }

    /// "views the plan as unfair": what is seen so stands between the words of the cue.
    fn seen_as(&self, verb: &Verb<'_>) -> Option<Range<usize>> {
        let words = &self.clauses.reading.words;
        let last = verb.tokens.end - 1;
        if verb.tokens.len() < 3 {
            return None;
        }
        let to = usize::from(words[verb.tokens.start + 1].class == Class::To);
        let start = verb.tokens.start + 1 + to;
        if words[last].lower != "as" || start >= last || verb.tokens.end >= verb.sentence.end {
            return None;
        }
        Some(start..self.clauses.content_end(start, verb.sentence.end, true))
    }

    /// "As Li said, the plan failed", "the plan failed, as Li said": what the clause agrees with.
    fn as_clause(&self, start: usize, after: After, verb: &Verb<'_>) -> Option<Vec<Range<usize>>> {
        let reading = self.clauses.reading;
        let before = start.checked_sub(1).filter(|&t| t >= verb.sentence.start)?;
        if reading.words[before].lower != "as" {
            return None;
        }
        let content = match after {
            After::Interrupted(at) if self.opens_sentence(before, verb.sentence) => {
                at..self.clauses.content_end(at, verb.sentence.end, false)
            }
            After::Interrupted(at) if reading.gap(before).has(Gap::COMMA) => {
                let right = at..self.clauses.content_end(at, verb.sentence.end, false);
                let left = verb.sentence.start..before;
                let goes_on = self.goes_on(at, verb.sentence);
                return match (goes_on, left.len()) {
                    (true, 0..3) => Some(std::iter::once(right).collect()),
                    (true, _) => Some(vec![left, right]),
                    (false, _) => Some(std::iter::once(left).collect()),
                };
            }
            After::Nothing if reading.gap(before).has(Gap::COMMA) => verb.sentence.start..before,
            _ => return None,
        };
        Some(std::iter::once(content).collect())
    }

    /// Whether a word is the first of its sentence, or the first after `and` or `but`.
    fn opens_sentence(&self, at: usize, sentence: &Range<usize>) -> bool {
        let conjunction = self.clauses.reading.words[sentence.start].class == Class::Conjunction;
        at == sentence.start || at == sentence.start + 1 && conjunction
    }

    /// "did not mention", "never condemned": what nobody says is attributed to nobody.
    fn is_silence(&self, verb: &Verb<'_>) -> bool {
        let start = verb.tokens.start;
        let denies = |w: &Word<'_>| w.nt || matches!(w.lower, "not" | "never");
        let denied = self.clauses.reading.words[verb.group.start..start].iter().any(denies);
        let tells = |role| matches!(role, Role::Mentioning | Role::Judging);
        self.clauses.cues.has(start, tells) && (denied || is_denied(self.clauses, start))
    }

    /// Whether `that` or a quotation follows a verb: then even "is saying" reports.
    pub(super) fn says_that(&self, verb_end: usize) -> bool {
        let reading = self.clauses.reading;
        reading.words.get(verb_end).is_some_and(|w| {
            w.lower == "that" && w.before == Gap::default() || w.before.has(Gap::QUOTE_OPENS)
        })
    }

    /// The subject of a finite verb; a coordinated verb shares the one before.
    fn subject(&self, verb: &Verb<'_>) -> Option<Subject> {
        let words = &self.clauses.reading.words;
        let start = verb.group.start;
        let before = start.checked_sub(1).filter(|&t| t >= verb.sentence.start)?;
        let coordinated = words[before].class == Class::Conjunction;
        if !coordinated && !words[start].before.has(Gap::COMMA) {
            let subject = self.clauses.subject_before(start)?;
            // "groups that have endorsed him say": an object is nobody's subject.
            let object = words[subject.tokens.start].class == Class::Object;
            return if object { self.clauses.main_subject(verb.sentence) } else { Some(subject) }
                .filter(|s| s.tokens.end <= start);
        }
        let own = if coordinated { None } else { self.clauses.subject_before(start) };
        own.or_else(|| self.shared_subject(verb)).filter(|s| s.tokens.end <= verb.tokens.start)
    }

    /// The subject of the verb of saying before, or of the sentence.
    pub(super) fn shared_subject(&self, verb: &Verb<'_>) -> Option<Subject> {
        let comma = self.clauses.reading.gap(verb.group.start).has(Gap::COMMA);
        let relative = |a: &&Attribution| {
            comma && a.subject.as_ref().is_some_and(|s| s.kind == SubjectKind::Relative)
        };
        let mut earlier = self.found[verb.first..].iter().rev();
        let before = earlier.find(|a| !(a.by_noun || verb.form != Form::Ing && relative(a)));
        let before = before.and_then(|a| a.subject.clone());
        before.or_else(|| self.clauses.main_subject(verb.sentence))
    }

    /// "When he said the plan failed, the board ...": the verb stands in a clause that comes first.
    fn is_subordinate(&self, subject: usize, sentence: &Range<usize>) -> bool {
        let words = &self.clauses.reading.words;
        let Some(before) = subject.checked_sub(1).filter(|&t| t >= sentence.start) else {
            return false;
        };
        let opens = words[before].class == Class::Subordinator
            || matches!(words[before].lower, "after" | "before" | "once");
        opens && before <= sentence.start + 1
    }

    /// Where the content of a verb in such a clause ends: at the comma before the main clause.
    pub(super) fn subordinate_end(&self, content: &Range<usize>) -> usize {
        let words = &self.clauses.reading.words;
        (content.start + 2..content.end)
            .find(|&t| {
                words[t].before.has(Gap::COMMA)
                    && !self.quoted[t]
                    && matches!(
                        words[t].class,
                        Class::Open | Class::Determiner | Class::Person | Class::Thing
                    )
            })
            .unwrap_or(content.end)
    }

    /// Whether a subject and what follows its verb look like somebody saying something.
    fn plausible(&self, subject: &Subject, content: usize, verb: &Verb<'_>) -> bool {
        let reading = self.clauses.reading;
        match verb.takes {
            Takes::Speaker | Takes::To | Takes::Will => return subject.speaks(),
            Takes::Text => return subject.kind == SubjectKind::SpeakerNoun,
            _ => {}
        }
        let last = subject.tokens.end - 1;
        let number = reading.words[last].lower.starts_with(char::is_numeric);
        // "On 3 May said"; not "No. 10 said", "32% said".
        if number && subject.kind != SubjectKind::Name && !reading.is_share(last) {
            return false;
        }
        let clear = matches!(reading.words[content].lower, "that" | "whether" | "if")
            || verb.group.auxiliary
            || reading.gap(content).has(Gap::QUOTE_OPENS.or(Gap::COLON));
        let past = verb.form == Form::Past;
        let noun = is_often_a_noun(reading.words[verb.tokens.start].lower);
        let name_of_noun = is_mostly_a_noun(reading.words[verb.tokens.start].lower) && !past;
        if name_of_noun && !clear {
            return false;
        }
        let it = reading.words[subject.tokens.start].lower == "it";
        match subject.kind {
            SubjectKind::Thing => clear || it && (past || !noun),
            // "growing fears that": a noun, not a verb.
            SubjectKind::Noun if noun && verb.form == Form::Third => false,
            SubjectKind::Noun => clear || past || !noun,
            _ => true,
        }
    }

    /// Whether a word with the letters of a verb is something else: "the alleged plan", "United
    /// States", "his comments", "to say".
    fn is_noun_or_adjective(&self, verb: &Range<usize>, group: &VerbGroup, form: Form) -> bool {
        let reading = self.clauses.reading;
        let word = &reading.words[verb.start];
        let initial = word.before.has(Gap::SENTENCE.or(Gap::COLON).or(Gap::QUOTE_OPENS));
        if word.capital && !initial && !reading.in_title(verb.start) {
            return true;
        }
        if word.before.has(Gap::HYPHEN) || reading.gap(verb.end).has(Gap::HYPHEN) {
            return true;
        }
        if self.is_noun_by_itself(verb, group, form) {
            return true;
        }
        let noun = form != Form::Past && is_often_a_noun(word.lower);
        if noun && self.is_between(group.start, verb.end) {
            return true;
        }
        if form == Form::Base && !self.may_be_finite(verb.start, group) {
            return true;
        }
        let before = group.start.checked_sub(1).map(|t| &reading.words[t]);
        let adjacent = !reading.gap(group.start).has(Gap::ANY);
        before.is_some_and(|b| {
            let owns = b.possessive && !group.auxiliary && b.class == Class::Open;
            let pronoun =
                matches!(b.lower, "some" | "many" | "most" | "few" | "both" | "all" | "each")
                    || b.lower == "another" && form != Form::Base;
            adjacent && (owns || b.class == Class::Determiner && !pronoun && b.lower != "her")
        })
    }

    /// "gun-rights advocates took", "Soviet states and": a noun for a person, or a word that is mostly
    /// a noun, unless `that` or a quotation follows or it ends its clause.
    fn is_noun_by_itself(&self, verb: &Range<usize>, group: &VerbGroup, form: Form) -> bool {
        let words = &self.clauses.reading.words;
        if form == Form::Past || form == Form::Ing || self.says_that(verb.end) {
            return false;
        }
        let after_pronoun = group
            .start
            .checked_sub(1)
            .is_some_and(|t| matches!(words[t].class, Class::Person | Class::Aux | Class::Modal));
        let object = words.get(verb.end).is_some_and(|w| w.class == Class::Determiner);
        let person = self.clauses.names_person(verb.start) && !object;
        let goes_on = !self.clauses.reading.gap(verb.end).has(Gap::ANY);
        let mostly = is_mostly_a_noun(words[verb.start].lower) && goes_on;
        !group.auxiliary && !after_pronoun && (person || mostly)
    }

    /// Whether a word follows a verb in the past or precedes an auxiliary, as a noun does:
    /// "restricted comments", "worries have grown".
    fn is_between(&self, start: usize, end: usize) -> bool {
        let words = &self.clauses.reading.words;
        let object = start.checked_sub(1).is_some_and(|t| {
            let before = &words[t];
            let past = form_of(before.lower) == Form::Past && !before.capital;
            past && before.class == Class::Open && !words[start].before.has(Gap::ANY)
        });
        let subject = words
            .get(end)
            .is_some_and(|next| next.class.is_auxiliary() && next.before == Gap::default());
        object || subject
    }

    /// "documents from his desk show", "Lee and Moe call": the head of the subject is plural, or
    /// two names are joined.
    fn plural_subject(&self, verb: usize) -> bool {
        let words = &self.clauses.reading.words;
        self.clauses.subject_before(verb).is_some_and(|subject| {
            let head = self.clauses.head_end(&subject.tokens) - 1;
            let joined = words[subject.tokens.clone()].iter().any(|w| w.lower == "and");
            joined || head + 1 < subject.tokens.end && is_plural(words[head].lower)
        })
    }

    /// Whether no plural subject stands before a word: "a media request", "they get brief moments".
    fn singular_subject(&self, verb: usize) -> bool {
        let words = &self.clauses.reading.words;
        let first = self.clauses.reading.sentence_of(verb).start;
        let start = self.clauses.noun_phrase_start(first, verb);
        let start = if start < verb { self.clauses.core_of(start..verb).start } else { start };
        let article = matches!(
            words[start].lower,
            "a" | "an" | "another" | "each" | "every" | "this" | "that"
        );
        let one = article && words[start..verb].iter().all(|w| w.class != Class::Preposition);
        // After a pronoun or auxiliary stands a verb, and what follows that is no verb.
        let verbal = start > first
            && start < verb
            && words[start].class == Class::Open
            && !words[start].before.has(Gap::ANY)
            && matches!(words[start - 1].class, Class::Person | Class::Aux | Class::Modal);
        one || verbal
    }

    /// A base form is finite after an auxiliary, or with a plural subject.
    fn may_be_finite(&self, verb: usize, group: &VerbGroup) -> bool {
        let words = &self.clauses.reading.words;
        if group.auxiliary {
            return true;
        }
        let Some(before) = group.start.checked_sub(1).map(|t| &words[t]) else { return false };
        if words[group.start].before.has(Gap::ANY) && group.start == verb {
            return !is_often_a_noun(words[verb].lower) && self.clauses.opens_clause(verb + 1);
        }
        match before.class {
            Class::Person => !matches!(before.lower, "he" | "she"),
            Class::Open | Class::Object => {
                // "32% say"
                let share = self.clauses.reading.is_share(group.start - 1);
                let plural = is_plural(before.lower) || share || self.plural_subject(group.start);
                let noun = || is_often_a_noun(words[verb].lower);
                !before.possessive && (plural || !noun()) && !self.singular_subject(group.start)
            }
            Class::Determiner => {
                matches!(before.lower, "many" | "some" | "most" | "both" | "few" | "several")
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::{check_said, read};
    use crate::base::Voice;

    #[test]
    fn a_verb_of_saying_reports_its_clause_with_or_without_that() {
        check_said(
            "The minister said that the harbour was safe.",
            &["The minister: that the harbour was safe"],
        );
        check_said("She said the harbour was safe.", &["She: the harbour was safe"]);
        check_said(
            "The envoy told reporters on Monday the harbour was safe.",
            &["The envoy: the harbour was safe"],
        );
        check_said(
            "Officials said in a statement on Friday that the harbour was safe.",
            &["Officials: that the harbour was safe"],
        );
    }

    #[test]
    fn the_clause_may_stand_before_its_speaker() {
        check_said("The harbour was safe, Li noted.", &["Li: The harbour was safe"]);
        check_said(
            "The harbour was safe, Ann Lee, a senior fellow at the Port Institute, told the Herald \
             on Saturday.",
            &["Ann Lee: The harbour was safe"],
        );
    }

    #[test]
    fn a_clause_that_names_the_speaker_may_interrupt() {
        check_said("The harbour, Li said, was safe.", &["Li: The harbour", "Li: was safe"]);
    }

    #[test]
    fn a_trailing_speaker_covers_the_own_sentence_only() {
        let read = read("The talks may cover grain. The harbour was safe, Li noted.");
        assert_eq!(read.said(), ["Li: The harbour was safe"]);
        assert_eq!(read.in_voice(Voice::Own), "The talks may cover grain Li noted");
    }

    #[test]
    fn two_speakers_in_one_sentence_stay_apart() {
        check_said(
            "Washington has described it as a spy ship while China says it carries grain.",
            &["Washington: it as a spy ship", "China: it carries grain"],
        );
    }

    #[test]
    fn coordinated_verbs_share_their_speaker() {
        check_said(
            "Lee praised the crew and stressed that the harbour was safe.",
            &["Lee: the crew", "Lee: that the harbour was safe"],
        );
    }

    #[test]
    fn an_event_that_shows_something_is_the_view_of_the_outlet() {
        check_said("The visit reaffirmed the strong ties.", &[]);
        check_said("The trip ended well. It underscores the strong ties.", &[]);
        check_said("The visit of the minister to Norway has reaffirmed the strong ties.", &[]);
        check_said("Lee reaffirmed the strong ties.", &["Lee: the strong ties"]);
        check_said(
            "The statement said the port was open. It added that ships were welcome.",
            &["The statement: the port was open", "It: that ships were welcome"],
        );
    }

    #[test]
    fn nouns_adjectives_and_infinitives_report_nothing() {
        check_said("The reports were long and the alleged plan was old.", &[]);
        check_said("They met to say goodbye.", &[]);
        check_said("The court-ordered sale of the United States ship went on.", &[]);
        check_said("The plan announced by the ministry was old.", &[]);
    }

    #[test]
    fn a_denied_mention_attributes_nothing() {
        check_said("The statement did not mention Ukraine, where the war goes on.", &[]);
    }

    #[test]
    fn what_somebody_denies_having_said_is_a_denial_and_no_speech() {
        check_said(
            "Moren denied having discussed the port with Lund.",
            &["Moren: having discussed the port with Lund"],
        );
        check_said("Moren had discussed the port.", &["Moren: the port"]);
        check_said("Neither envoy mentioned the port.", &[]);
        check_said("Moren has never condemned the raid.", &[]);
        check_said("Moren never condemned the raid but said it was late.", &["Moren: it was late"]);
    }

    #[test]
    fn a_verb_of_saying_may_be_in_progress_or_only_beginning() {
        check_said("Moren is warning voters that it sank.", &["Moren: voters that it sank"]);
        check_said("Moren is seeking to sell the port.", &["Moren: to sell the port"]);
        check_said("The storm is showing the port in ruins.", &[]);
        check_said("Lund, who is opposing Moren in the race, left.", &[]);
        check_said("Moren went on to say the port was open.", &["Moren: the port was open"]);
        check_said(
            "Officials continue to warn that it may sink.",
            &["Officials: that it may sink"],
        );
        check_said("Moren has since stressed that it sank.", &["Moren: that it sank"]);
        check_said("Moren went to say farewell.", &[]);
    }

    #[test]
    fn a_state_of_mind_and_its_clause_are_attributed() {
        check_said("Moren is convinced that it sank.", &["Moren: that it sank"]);
        check_said("Residents felt sure he would stay.", &["Residents: he would stay"]);
        check_said("Moren is sure to stay.", &[]);
        check_said("The wall is worried by the sea.", &[]);
    }

    #[test]
    fn a_word_that_is_noun_and_verb_is_read_by_its_neighbours() {
        check_said("But fishermen worry that it sank.", &["fishermen: that it sank"]);
        check_said("Moren and Lund call it a loss.", &["Moren and Lund: it a loss"]);
        check_said("Health worries have followed Moren.", &[]);
        check_said(
            "Officials say European allies have expressed hope.",
            &["Officials: European allies have expressed hope", "European allies: hope"],
        );
        check_said("Moren restricted comments about the port.", &[]);
        check_said("It is worth noting that the port was open.", &[]);
    }

    #[test]
    fn another_says_what_another_claim_does_not() {
        check_said(
            "One list says it sank, while another says it is safe.",
            &["One list: it sank", "another: it is safe"],
        );
        check_said("It was another claim of his.", &[]);
    }

    #[test]
    fn a_relative_clause_may_report() {
        check_said(
            "The pact, which they said would have no end, was signed.",
            &["they: would have no end, was signed"],
        );
        check_said(
            "Lee met Mr. Moe, who said the harbour was safe.",
            &["who: the harbour was safe"],
        );
    }

    #[test]
    fn what_is_seen_or_shown_as_something_is_said_from_the_object_on() {
        check_said("Lee portrayed the raid as a crime.", &["Lee: the raid as a crime"]);
        check_said("Lee views the raid as a crime.", &["Lee: the raid as a crime"]);
        check_said("Lee was quoted as saying that it sank.", &["Lee: that it sank"]);
        check_said("Lee was convinced the ship sank.", &["Lee: the ship sank"]);
        check_said("Lee was sceptical that it sank.", &["Lee: that it sank"]);
        check_said("Lee worked as a sailor.", &[]);
    }

    #[test]
    fn what_somebody_tried_or_kept_on_to_say_is_said() {
        check_said("Lee tried to explain that it sank.", &["Lee: that it sank"]);
        check_said("Lee has long argued that it sank.", &["Lee: that it sank"]);
        check_said("Advisers to Lee say it sank.", &["Advisers to Lee: it sank"]);
    }

    #[test]
    fn the_head_of_the_subject_makes_a_base_form_finite() {
        check_said(
            "Officials from the old harbour fear the port was open.",
            &["Officials from the old harbour: the port was open"],
        );
        check_said("The official of the harbour fear fund was late.", &[]);
    }

    #[test]
    fn a_noun_that_looks_like_a_verb_says_nothing() {
        check_said(
            "Harbour-rights advocates said it sank.",
            &["Harbour-rights advocates: it sank"],
        );
        check_said("Harbour-rights advocates took the boat.", &[]);
        check_said("Lund advocates a new harbour.", &["Lund: a new harbour"]);
        check_said("As northern states and islands, they fell.", &[]);
        check_said("The fleet won high ratings in May.", &[]);
        check_said("A court threw out a media request to open the port.", &[]);
        check_said("They get brief moments to rest.", &[]);
        check_said("Lund asks to open the port.", &["Lund: to open the port"]);
    }

    #[test]
    fn to_give_a_name_is_not_to_say() {
        check_said("A sailor named Moren left the port.", &[]);
        check_said("A club called “Ships First” left the port.", &[]);
        check_said("Lund called it a crime.", &["Lund: it a crime"]);
        check_said("A paper called on Lund to leave.", &["A paper: Lund to leave"]);
    }

    #[test]
    fn a_verb_that_adds_or_shows_things_says_nothing() {
        check_said("The town has added 218,000 ships since May.", &[]);
        check_said("Moren added two ships built in Oslo to the fleet.", &[]);
        check_said("Moren added that it sank.", &["Moren: that it sank"]);
        check_said("Moren added the port was safe.", &["Moren: the port was safe"]);
        check_said("The port was safe, Moren added.", &["Moren: The port was safe"]);
        check_said("The fleet repeated the drill in May.", &[]);
        check_said("Moren shows us how a king can be gentle.", &[]);
        check_said("A study shows how it sank.", &["A study: how it sank"]);
    }

    #[test]
    fn who_agrees_to_do_something_acts() {
        check_said("Moren and Lund agreed to sell the ship.", &[]);
        check_said("Moren agreed that it sank.", &["Moren: that it sank"]);
        check_said("Moren agreed it was late.", &["Moren: it was late"]);
        check_said("Moren refused to condemn the raid.", &[]);
    }

    #[test]
    fn a_share_of_those_asked_speaks() {
        check_said("Of those asked, 32% say it sank.", &["32: it sank"]);
        check_said("Of those asked, 32 percent say it sank.", &["32 percent: it sank"]);
    }

    #[test]
    fn a_sentence_has_no_subject_in_the_one_before() {
        check_said("The crew left “by night”. The shops opened at nine.", &[]);
        check_said(
            "The crew wrote: “We left by night.” The shops opened at nine.",
            &["The crew: “We left by night.”"],
        );
    }

    #[test]
    fn who_announces_a_thing_acts() {
        check_said("Moren announced a truce.", &[]);
        check_said("Moren announced plans to sell the ship.", &[]);
        check_said("Moren announced on Monday the sale of a ship.", &[]);
        check_said("Moren announced that it sank.", &["Moren: that it sank"]);
        check_said("Moren announced he would sail.", &["Moren: he would sail"]);
        check_said("Moren announced the port was safe.", &["Moren: the port was safe"]);
        check_said("The port was safe, Moren announced.", &["Moren: The port was safe"]);
        check_said("“The port is safe,” Moren announced.", &["Moren: “The port is safe,”"]);
        check_said("Moren vowed to sell the ship.", &["Moren: to sell the ship"]);
    }

    #[test]
    fn by_tells_who_speaks_or_by_how_much_or_by_which_means() {
        check_said(
            "Those surveyed said by 50 per cent to 39 that it should close.",
            &["Those: that it should close"],
        );
        check_said("Voters said by a wide margin that it sank.", &["Voters: that it sank"]);
        check_said("The plan announced by the ministry was old.", &[]);
    }

    #[test]
    fn what_the_writer_thinks_is_the_outlets_own() {
        let own = |text: &str| read(text).in_voice(Voice::Reported);
        assert_eq!(own("I think the port is closed."), "");
        assert_eq!(own("As we know, the port is closed."), "");
        assert_eq!(own("They think the port is closed."), "the port is closed");
        check_said(
            "“It is over for all of us in this town,” she said. “I think it sank.”",
            &["she: “It is over for all of us in this town,”", "she: “I think it sank.”"],
        );
        check_said("It seems that the port is closed.", &[]);
    }

    #[test]
    fn a_subject_does_not_reach_over_when_something_happened() {
        check_said("It was more urgent after the Herald said it sank.", &["the Herald: it sank"]);
        check_said("Aides of the mayor said it sank.", &["Aides of the mayor: it sank"]);
    }

    #[test]
    fn an_object_is_no_subject_of_the_verb_after_it() {
        check_said("Groups that like him say the port is open.", &["Groups: the port is open"]);
        check_said(
            "Moren, who has in the past described it as a trap, left.",
            &["who: it as a trap, left"],
        );
        check_said("Kelly said she left.", &["Kelly: she left"]);
        check_said("He openly said she left.", &["He: she left"]);
    }

    #[test]
    fn infinitives_and_objects_count_where_a_speaker_acts_by_words() {
        check_said("Lee vowed to rebuild the harbour.", &["Lee: to rebuild the harbour"]);
        check_said("Lee condemned the raid on the harbour.", &["Lee: the raid on the harbour"]);
        check_said("Lee accused Moe of sinking the ship.", &["Lee: Moe of sinking the ship"]);
        check_said("The plan aims to rebuild the harbour.", &[]);
    }

    #[test]
    fn who_rejects_a_claim_has_not_said_the_sentence_before_it() {
        let said = |text: &str, claim: &str| check_said(text, &[&format!("Oran: {claim}")]);
        said("The port was shut in May, a claim Oran rejects.", "a claim");
        said("The port was shut in May, an accusation Oran has denied.", "an accusation");
        said("The port was shut in May, something Oran disputes.", "something");
        said("Two ships sank in May, a figure Oran disputes.", "a figure");
        said("The port was shut in May, allegations Oran denied on Monday.", "allegations");
        said("The port was shut in May, a charge Oran dismissed as absurd.", "a charge");
        check_said("The port was shut in May, an accusation the mayor denies.", &[]);
        let own = ["Lund: it was shut", "it: a charge"];
        check_said("Lund said it was shut, a charge it denies.", &own);
        let named = ["An envoy: it was shut"];
        check_said("An envoy who asked not to be named said it was shut.", &named);
        check_said(
            "Lund said it was shut in May, a charge Oran denies.",
            &["Lund: it was shut in May", "Oran: a charge"],
        );
        check_said("It was shut, the furious Oran noted.", &["the furious Oran: It was shut"]);
        check_said(
            "It was shut in May, a senior Oran aide said.",
            &["a senior Oran aide: It was shut in May"],
        );
        check_said(
            "It was shut in May, a Herald report said.",
            &["a Herald report: It was shut in May"],
        );
    }

    #[test]
    fn a_verb_after_a_relative_clause_belongs_to_the_sentence() {
        check_said(
            "Lee, who denounced the raid as both a crime and a sin, reiterated her grief.",
            &["who: the raid as both a crime and a sin", "Lee: her grief"],
        );
    }

    #[test]
    fn as_somebody_said_covers_the_main_clause() {
        check_said("As Lee noted, the harbour was safe.", &["Lee: the harbour was safe"]);
        check_said("The harbour was safe, as Lee noted.", &["Lee: The harbour was safe"]);
        check_said("And as Lee noted, the harbour was safe.", &["Lee: the harbour was safe"]);
        check_said("As ships came in, the harbour was safe.", &[]);
        check_said(
            "The harbour wall, as Lee points out, is safe.",
            &["Lee: The harbour wall", "Lee: is safe"],
        );
        check_said(
            "If, as Lee noted, it was safe, they may stay.",
            &["Lee: it was safe, they may stay"],
        );
    }
}
