//! The cues of `lexicons/voice.csv` in one article, and what each is good for.

use std::ops::Range;

use crate::annotate::facts::{SpeakerKind, Stance};
use crate::annotate::known::Known;
use crate::lexicon::Found;

/// What has to follow a verb before it counts as reporting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Takes {
    /// Anything: a clause, a noun phrase, a quotation (`said`, `praised`).
    #[default]
    Anything,
    /// `that`, `how`, `whether` or a quotation (`found that`, not `found a house`).
    That,
    /// An infinitive (`agreed to`).
    To,
    /// The same, and no speech where another tells of it (`Lee said Oran wants to`).
    Will,
    /// First the person spoken to (`told reporters`).
    Whom,
    /// Anything, but only a speaker as subject: an event that `underscores` is the outlet's view.
    Speaker,
    /// A quotation or a colon (`continued: "..."`).
    Quote,
    /// Anything, but only a text or a body as subject (`the poll found`, not `she found`).
    Text,
    /// `that`, and is itself a noun: `his claim that`.
    Noun,
    /// A noun phrase, never a clause (`endorsed the deal`).
    Object,
    /// A noun phrase for a charge, which is denied with it (`brushed off claims that`, not `brushed
    /// off the snow`).
    Charge,
    /// A clause or a quotation, never a noun phrase (`added that`, not `added jobs`).
    Clause,
    /// A clause, after a form of `be` or `feel` (`was convinced that`).
    State,
}

/// What a hedge governs, by the second part of its category: `hedge/modal`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Governs {
    /// What follows: `may`, `could`.
    Modal,
    /// What follows and its subject: `seems to`.
    Raising,
    /// What follows: `it seems`.
    Impersonal,
    /// Its noun, or its clause: `possible`, `is likely to`.
    Adjective,
    /// Its phrase, or its clause: `perhaps`; also where the category does not say.
    Adverb,
    /// Nothing: `somewhat`.
    Approximator,
}

/// Where a word of blame points, by the second part of its category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Points {
    /// A verb that blames its object: `accuse`.
    Object,
    /// A noun for a charge, which stands `against` somebody: `accusation`.
    Charge,
    /// A noun for a wrong, whose doer stands before it or after `by`: `meddling`.
    Act,
    /// A noun for the doer: `culprit`.
    Doer,
}

/// What a noun for a speaker names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaks {
    /// A person, or several: `minister`, `critics`.
    Person,
    /// A body: `ministry`, `company`.
    Body,
    /// A text: `statement`, `poll`.
    Text,
}

/// What a cue does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A verb of saying: `report/<stance>[/<takes>]`.
    Report(Stance, Takes),
    /// `according to` and its kin; the speaker follows.
    Attribution,
    /// The last noun of a phrase that fronts what it attributes, and whether its owner speaks:
    /// `In the poll, ...`; `In Lee's view, ...`.
    Front(bool),
    /// Attribution to nobody: `is believed to`.
    Vague,
    /// Denies what follows, for so many words.
    Negator(usize),
    /// Looks like a negator and is none.
    Pseudo,
    /// Ends the reach of a negator.
    Stop,
    /// Says of a claim that it is untrue, which denies so many words of it: `baseless`.
    Untrue(usize),
    /// Doubt, and about what.
    Hedge(Governs),
    /// A phrase for keeping silent: `said nothing about`.
    Silence,
    /// Keeps back an act, a silence if it is one of mentioning: `declined to`, `avoided`; and whether
    /// a text keeps silent about any object: `left out`.
    Withholding(bool),
    /// A noun for what can be passed over: `the topic`.
    Topic,
    /// A word whose subject is passed over: `unmentioned`.
    Unmentioned,
    /// A verb whose denial is a silence: (did not) `mention`.
    Mentioning,
    /// A verb whose denial is no speech, and no silence either: (did not) `condemn`.
    Judging,
    /// A noun for a speaker.
    Speaker(SpeakerKind, Speaks),
    /// The words around a blame that is being shifted: `shift blame`.
    Shifting,
    /// A word of blame, and where it points.
    Blame(Points),
}

/// One cue in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    /// What it does.
    pub(super) role: Role,
    /// Its words.
    pub(super) tokens: Range<usize>,
}

/// All cues of an article, sorted by place.
pub(super) struct Cues {
    all: Vec<Cue>,
    /// For each word, and the end, how many cues begin before it.
    before: Vec<usize>,
}

impl Takes {
    /// Whether an infinitive has to follow.
    pub(super) fn infinitive(self) -> bool {
        matches!(self, Takes::To | Takes::Will)
    }
}

impl Cues {
    /// The cues among the lexicon matches of an article of so many words.
    pub(super) fn new(found: &Found, known: &Known, n_words: usize) -> Self {
        let mut all: Vec<Cue> = found
            .cues
            .iter()
            .filter_map(|mention| {
                Some(Cue { role: known.role(mention.entry)?, tokens: mention.tokens.clone() })
            })
            .collect();
        all.sort_by_key(|cue| (cue.tokens.start, cue.tokens.end));
        let mut before = Vec::with_capacity(n_words + 1);
        let mut n_before = 0;
        for word in 0..=n_words {
            while all.get(n_before).is_some_and(|cue| cue.tokens.start < word) {
                n_before += 1;
            }
            before.push(n_before);
        }
        Self { all, before }
    }

    /// The cues that begin at one of some tokens.
    pub(super) fn within(&self, tokens: &Range<usize>) -> &[Cue] {
        let last = self.before.len() - 1;
        let (from, to) = (self.before[tokens.start.min(last)], self.before[tokens.end.min(last)]);
        &self.all[from..to.max(from)]
    }

    /// The cues that begin at a token.
    pub(super) fn at(&self, token: usize) -> &[Cue] {
        self.within(&(token..token + 1))
    }

    /// The reporting verb that begins at a token.
    pub(super) fn report_at(&self, token: usize) -> Option<(Stance, Takes, usize)> {
        self.at(token).iter().find_map(|cue| match cue.role {
            Role::Report(stance, takes) if takes != Takes::Noun => {
                Some((stance, takes, cue.tokens.end))
            }
            _ => None,
        })
    }

    /// Whether a cue with a role that passes begins at a token.
    pub(super) fn has(&self, token: usize, pass: impl Fn(Role) -> bool) -> bool {
        self.at(token).iter().any(|cue| pass(cue.role))
    }
}

/// What the cues of a category do; `None` for those that no rule reads (boosters, evaluations).
pub(super) fn role_of(path: &str, reach: usize) -> Option<Role> {
    let mut parts = path.split('/');
    let role = match (parts.next()?, parts.next()) {
        ("report", stance) => {
            Role::Report(stance_of(stance.unwrap_or_default()), takes_of(parts.next()))
        }
        ("attribution", Some("vague")) => Role::Vague,
        ("attribution", Some("front")) => Role::Front(parts.next().is_some()),
        ("attribution", _) => Role::Attribution,
        ("negator", Some("pseudo")) => Role::Pseudo,
        ("negator", Some("stop")) => Role::Stop,
        ("negator", Some("untrue")) => Role::Untrue(reach),
        ("negator", _) => Role::Negator(reach),
        ("hedge", governs) => Role::Hedge(governs_of(governs.unwrap_or_default())),
        ("silence", Some("mention")) => Role::Mentioning,
        ("silence", Some("judge")) => Role::Judging,
        ("silence", Some("act")) => Role::Withholding(parts.next().is_some()),
        ("silence", Some("topic")) => Role::Topic,
        ("silence", Some("passive")) => Role::Unmentioned,
        ("silence", _) => Role::Silence,
        ("speaker", kind) => speaker_of(kind.unwrap_or_default()),
        ("blame", Some("object")) => Role::Blame(Points::Object),
        ("blame", Some("charge")) => Role::Blame(Points::Charge),
        ("blame", Some("act")) => Role::Blame(Points::Act),
        ("blame", Some("doer")) => Role::Blame(Points::Doer),
        ("blame", _) => Role::Shifting,
        _ => return None,
    };
    Some(role)
}

fn governs_of(name: &str) -> Governs {
    match name {
        "modal" => Governs::Modal,
        "raising" => Governs::Raising,
        "impersonal" => Governs::Impersonal,
        "adjective" => Governs::Adjective,
        "approximator" => Governs::Approximator,
        _ => Governs::Adverb,
    }
}

fn stance_of(name: &str) -> Stance {
    match name {
        "endorsing" => Stance::Endorsing,
        "emphatic" => Stance::Emphatic,
        "doubting" => Stance::Doubting,
        "hostile" => Stance::Hostile,
        "conceding" => Stance::Conceding,
        "opinion" => Stance::Opinion,
        _ => Stance::Neutral,
    }
}

fn takes_of(name: Option<&str>) -> Takes {
    match name {
        Some("that") => Takes::That,
        Some("to") => Takes::To,
        Some("will") => Takes::Will,
        Some("whom") => Takes::Whom,
        Some("speaker") => Takes::Speaker,
        Some("quote") => Takes::Quote,
        Some("object") => Takes::Object,
        Some("charge") => Takes::Charge,
        Some("text") => Takes::Text,
        Some("noun") => Takes::Noun,
        Some("state") => Takes::State,
        Some("clause") => Takes::Clause,
        _ => Takes::Anything,
    }
}

fn speaker_of(name: &str) -> Role {
    match name {
        "official" => Role::Speaker(SpeakerKind::Official, Speaks::Person),
        "institution" => Role::Speaker(SpeakerKind::Official, Speaks::Body),
        "expert" => Role::Speaker(SpeakerKind::Expert, Speaks::Person),
        "media" => Role::Speaker(SpeakerKind::Media, Speaks::Body),
        "unnamed" => Role::Speaker(SpeakerKind::Unnamed, Speaks::Person),
        "person" => Role::Speaker(SpeakerKind::Other, Speaks::Person),
        "group" => Role::Speaker(SpeakerKind::Other, Speaks::Body),
        _ => Role::Speaker(SpeakerKind::Other, Speaks::Text),
    }
}
