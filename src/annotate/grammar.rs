//! The closed classes of English: the few hundred words that hold sentences together.
//!
//! Verbs of saying, cues of denial and doubt, and nouns for speakers are open classes and stand in
//! `lexicons/voice.csv`.

/// What part a word can play, as far as its letters tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Forms of `be`; what follows may be passive.
    Be,
    /// Forms of `have` and `do`.
    Aux,
    /// `will`, `would`, `can`, ...
    Modal,
    /// Pronouns that can be a human subject: `he`, `they`, `who`.
    Person,
    /// `it`, `this`, `that` and the like: a subject, but of unknown kind.
    Thing,
    /// `him`, `them`: never a subject.
    Object,
    /// Articles, possessives and quantifiers: a noun follows.
    Determiner,
    /// Prepositions.
    Preposition,
    /// `and`, `but`, `or`, `nor`, `yet`.
    Conjunction,
    /// Words that open a clause: `because`, `while`, `whether`.
    Subordinator,
    /// `to`.
    To,
    /// Adverbs that stand between a subject and its verb.
    Adverb,
    /// Days, months and `today`.
    Time,
    /// Everything else: nouns, verbs, adjectives, names.
    #[default]
    Open,
}

/// The class of a word given in lower case.
pub(super) fn class_of(lower: &str) -> Class {
    match lower.find('\'') {
        Some(at) if lower.ends_with("n't") => class_of_plain(&lower[..at - 1]).or_contracted(),
        Some(at) => match class_of_plain(&lower[..at]) {
            class @ (Class::Person | Class::Thing) => class,
            _ => Class::Open,
        },
        None => class_of_plain(lower),
    }
}

impl Class {
    /// `won't` and `can't` leave a stem that is no word.
    fn or_contracted(self) -> Class {
        if self.is_auxiliary() { self } else { Class::Modal }
    }

    /// Whether it is a form of `be`, `have` or `do`, or a modal: `is`, `had`, `may`.
    pub(super) fn is_auxiliary(self) -> bool {
        matches!(self, Class::Be | Class::Aux | Class::Modal)
    }
}

fn class_of_plain(lower: &str) -> Class {
    match CLASSES.binary_search_by(|(word, _)| word.cmp(&lower)) {
        Ok(at) => CLASSES[at].1,
        Err(_) if lower.len() > 4 && lower.ends_with("ly") && !NOT_ADVERBS.contains(&lower) => {
            Class::Adverb
        }
        Err(_) => Class::Open,
    }
}

/// How a verb stands, as far as its letters tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `say`: also the infinitive, and often a noun.
    Base,
    /// `says`: also a plural noun.
    Third,
    /// `said`, `noted`: also the participle.
    Past,
    /// `saying`.
    Ing,
}

/// The form of a verb given in lower case.
pub(super) fn form_of(lower: &str) -> Form {
    if lower.ends_with("ing") && lower.len() > 4 {
        Form::Ing
    } else if lower.ends_with("ed") && lower != "need" || IRREGULAR_PAST.contains(&lower) {
        Form::Past
    } else if lower.ends_with('s') && !lower.ends_with("ss") {
        Form::Third
    } else {
        Form::Base
    }
}

/// Whether a verb denies what it is said of: `denied`, `rejects`.
pub(super) fn denies_charges(lower: &str) -> bool {
    ["deny", "deni", "reject", "dismiss", "refut", "rebut"]
        .iter()
        .any(|verb| lower.starts_with(verb))
}

/// Whether a word whose stem is that of a verb is a form of the verb itself: `noting` and `notes`
/// are, `notable` and `announcement` are not.
pub(super) fn is_verb_form(lower: &str) -> bool {
    const NOUN_ENDINGS: &[&str] = &[
        "ment", "ments", "tion", "tions", "sion", "sions", "er", "ers", "or", "ors", "able", "ings",
    ];
    const MORE: &[&str] = &["ive", "al", "als", "ance", "ence", "ly", "ness", "ful", "ity"];
    const VERBS: &[&str] = &["mention", "mentions", "question", "questions", "comment", "comments"];
    let ends = |list: &[&str]| list.iter().any(|ending| lower.ends_with(ending));
    VERBS.contains(&lower) || BARE_VERBS.contains(&lower) || !(ends(NOUN_ENDINGS) || ends(MORE))
}

/// Whether a word is, or looks like, the past form of any verb.
pub(super) fn is_past(lower: &str) -> bool {
    is_participle(lower) || IRREGULAR_PAST.contains(&lower) || is_other_past(lower)
}

/// Whether a word is the irregular past form of a verb that says nothing.
pub(super) fn is_other_past(lower: &str) -> bool {
    MORE_PAST.contains(&lower)
}

/// Past forms of verbs that say nothing.
const MORE_PAST: &[&str] = &[
    "became",
    "bought",
    "broke",
    "brought",
    "built",
    "came",
    "caught",
    "chose",
    "cut",
    "drew",
    "dealt",
    "drove",
    "fell",
    "fought",
    "fled",
    "flew",
    "got",
    "grew",
    "kept",
    "laid",
    "led",
    "left",
    "let",
    "lost",
    "met",
    "paid",
    "ran",
    "rose",
    "sat",
    "sent",
    "set",
    "sold",
    "sought",
    "spent",
    "stood",
    "stuck",
    "threw",
    "won",
    "wore",
    "forgot",
    "froze",
    "hid",
    "hung",
    "overcame",
    "overtook",
    "sank",
    "shook",
    "slept",
    "sprang",
    "stole",
    "struck",
    "swept",
    "tore",
    "undertook",
    "withdrew",
];

/// Whether a word looks like a past form or participle.
pub(super) fn is_participle(lower: &str) -> bool {
    lower.len() > 4 && lower.ends_with("ed")
}

/// Whether a verb's base form, or its form in `-s`, is at least as often a noun.
pub(super) fn is_often_a_noun(verb: &str) -> bool {
    let noun = |word: &str| OFTEN_NOUNS.binary_search(&word).is_ok();
    let in_ies = |stem: &str| OFTEN_NOUNS.iter().any(|noun| noun.strip_suffix('y') == Some(stem));
    noun(verb)
        || verb.strip_suffix('s').is_some_and(noun)
        || verb.strip_suffix("ies").is_some_and(in_ies)
}

/// Whether such a form is a noun unless `that` follows: `Soviet states`, `bank rules`.
pub(super) fn is_mostly_a_noun(verb: &str) -> bool {
    const NOUNS: &[&str] = &[
        "contest", "document", "issue", "name", "order", "post", "project", "rank", "rate",
        "record", "release", "rule", "state", "term",
    ];
    let base = verb.strip_suffix('s').unwrap_or(verb);
    NOUNS.contains(&base)
}

/// Whether a noun is plural, as far as its letters tell.
pub(super) fn is_plural(lower: &str) -> bool {
    const IRREGULAR: &[&str] = &["children", "data", "media", "men", "people", "police", "women"];
    lower.ends_with('s') || lower.ends_with("men") || IRREGULAR.contains(&lower)
}

#[rustfmt::skip]
static OFTEN_NOUNS: &[&str] = &[
    "answer", "appeal", "attack", "award", "back", "bash", "blame", "boast", "call", "campaign",
    "cause", "challenge", "chant", "charge", "claim", "comment", "complaint", "concern", "contest", "credit",
    "demand", "detail", "dispute", "document", "doubt", "estimate", "fault", "favor", "fear",
    "figure", "forecast", "guess", "hint", "honor", "hope", "issue", "joke", "judge", "knock",
    "label", "lament", "mention", "name", "note", "offer", "order", "outline", "plan", "pledge",
    "post", "praise", "project", "promise", "protest", "question", "quote", "rage", "rank", "rate",
    "read", "reason", "record", "release", "remark", "repeat", "report", "request", "respect",
    "rule", "salute", "show", "signal", "smile", "state", "stress", "support", "swear", "term",
    "threat", "threaten", "tweet", "view", "vow", "wish", "wonder", "worry",
];

/// Verbs whose base form looks like a noun or adjective.
const BARE_VERBS: &[&str] = &[
    "answer",
    "answers",
    "caution",
    "cautions",
    "consider",
    "considers",
    "counter",
    "counters",
    "deliver",
    "discover",
    "discovers",
    "lament",
    "laments",
    "mutter",
    "mutters",
    "offer",
    "offers",
    "order",
    "orders",
    "ponder",
    "ponders",
    "propose",
    "remember",
    "remembers",
    "signal",
    "signals",
    "reveal",
    "reveals",
    "whisper",
    "whispers",
    "wonder",
    "wonders",
    "appeal",
    "appeals",
    "recall",
    "recalls",
    "enable",
    "relive",
    "believe",
    "reply",
    "imply",
    "stir",
    "enter",
];

const IRREGULAR_PAST: &[&str] = &[
    "began", "felt", "forecast", "found", "gave", "heard", "held", "hit", "knew", "known",
    "learnt", "made", "meant", "put", "quoth", "read", "said", "saw", "seen", "shot", "shown",
    "spoke", "spoken", "swore", "sworn", "taught", "thought", "told", "took", "went", "written",
    "wrote",
];

/// Words with which a subject begins that is nobody.
pub(super) const NOBODY: &[&str] = &["neither", "no", "nobody", "none", "nothing"];

/// Words in `-ly` that are no adverbs.
const NOT_ADVERBS: &[&str] = &[
    "ally", "anomaly", "apply", "assembly", "belly", "beverly", "billy", "bully", "comply",
    "connolly", "daily", "donnelly", "elderly", "emily", "family", "folly", "friendly", "homily",
    "imply", "italy", "jelly", "july", "kelly", "kimberly", "likely", "molly", "monopoly",
    "monthly", "only", "police", "rally", "reilly", "reply", "sally", "supply", "tally",
    "unlikely", "weekly", "yearly",
];

/// Every closed-class word with its class, sorted.
#[rustfmt::skip]
static CLASSES: &[(&str, Class)] = {
    use Class::*;
    &[
        ("a", Determiner), ("about", Preposition), ("above", Preposition),
        ("according", Preposition), ("across", Preposition), ("after", Preposition),
        ("afterward", Adverb), ("afterwards", Adverb), ("again", Adverb), ("against", Preposition),
        ("ago", Adverb), ("all", Determiner), ("almost", Adverb), ("along", Preposition),
        ("already", Adverb), ("also", Adverb), ("although", Subordinator), ("always", Adverb),
        ("am", Be), ("amid", Preposition), ("among", Preposition), ("an", Determiner),
        ("and", Conjunction), ("another", Determiner), ("any", Determiner), ("april", Time),
        ("are", Be), ("around", Preposition), ("as", Subordinator), ("at", Preposition),
        ("august", Time), ("be", Be), ("because", Subordinator), ("been", Be),
        ("before", Preposition), ("behind", Preposition), ("being", Be), ("below", Preposition),
        ("beneath", Preposition), ("beside", Preposition), ("besides", Preposition),
        ("between", Preposition), ("beyond", Preposition), ("both", Determiner),
        ("but", Conjunction), ("by", Preposition), ("can", Modal), ("cannot", Modal),
        ("could", Modal), ("december", Time), ("despite", Preposition), ("did", Aux), ("do", Aux),
        ("does", Aux), ("down", Preposition), ("during", Preposition), ("each", Determiner),
        ("earlier", Adverb), ("early", Adverb), ("either", Determiner), ("elsewhere", Adverb),
        ("even", Adverb), ("ever", Adverb), ("every", Determiner), ("except", Preposition),
        ("february", Time), ("few", Determiner), ("finally", Adverb), ("first", Adverb),
        ("for", Preposition), ("friday", Time), ("from", Preposition), ("further", Adverb),
        ("furthermore", Adverb), ("had", Aux), ("has", Aux), ("have", Aux), ("having", Aux),
        ("he", Person), ("hence", Adverb), ("her", Determiner), ("here", Adverb), ("him", Object),
        ("himself", Adverb), ("his", Determiner), ("how", Subordinator), ("however", Adverb),
        ("i", Person), ("if", Subordinator), ("in", Preposition), ("including", Preposition),
        ("indeed", Adverb), ("inside", Preposition), ("instead", Adverb), ("into", Preposition),
        ("is", Be), ("it", Thing), ("its", Determiner), ("itself", Adverb), ("january", Time),
        ("july", Time), ("june", Time), ("just", Adverb), ("last", Adverb), ("late", Adverb),
        ("later", Adverb), ("like", Preposition), ("many", Determiner), ("march", Time),
        ("may", Modal), ("maybe", Adverb), ("me", Object), ("meanwhile", Adverb),
        ("merely", Adverb), ("might", Modal), ("monday", Time), ("more", Determiner),
        ("moreover", Adverb), ("most", Determiner), ("must", Modal), ("my", Determiner),
        ("near", Preposition), ("nearly", Adverb), ("neither", Determiner), ("never", Adverb),
        ("nevertheless", Adverb), ("next", Adverb), ("no", Determiner), ("nonetheless", Adverb),
        ("nor", Conjunction), ("not", Adverb), ("november", Time), ("now", Adverb),
        ("october", Time), ("of", Preposition), ("off", Preposition), ("often", Adverb),
        ("on", Preposition), ("once", Adverb), ("only", Adverb), ("onto", Preposition),
        ("or", Conjunction), ("other", Determiner), ("otherwise", Adverb), ("our", Determiner),
        ("out", Preposition), ("outside", Preposition), ("over", Preposition), ("per", Preposition),
        ("perhaps", Adverb), ("rather", Adverb), ("recently", Adverb), ("same", Determiner),
        ("saturday", Time), ("september", Time), ("several", Determiner), ("she", Person),
        ("should", Modal), ("simply", Adverb), ("since", Subordinator), ("so", Adverb),
        ("some", Determiner), ("sometimes", Adverb), ("soon", Adverb), ("still", Adverb),
        ("such", Determiner), ("sunday", Time), ("than", Subordinator), ("that", Thing),
        ("the", Determiner), ("their", Determiner), ("them", Object), ("then", Adverb),
        ("there", Thing), ("therefore", Adverb), ("these", Determiner), ("they", Person),
        ("this", Thing), ("those", Determiner), ("though", Subordinator), ("through", Preposition),
        ("throughout", Preposition), ("thursday", Time), ("thus", Adverb), ("to", To),
        ("today", Time), ("together", Adverb), ("tomorrow", Time), ("tonight", Time),
        ("too", Adverb), ("toward", Preposition), ("towards", Preposition), ("tuesday", Time),
        ("twice", Adverb), ("under", Preposition), ("unless", Subordinator), ("unlike", Preposition),
        ("until", Subordinator), ("up", Preposition), ("upon", Preposition), ("us", Object),
        ("very", Adverb), ("via", Preposition), ("was", Be), ("we", Person), ("wednesday", Time),
        ("were", Be), ("what", Subordinator), ("when", Subordinator), ("where", Subordinator),
        ("whereas", Subordinator), ("whether", Subordinator), ("which", Thing),
        ("while", Subordinator), ("who", Person), ("whom", Object), ("whose", Determiner),
        ("why", Subordinator), ("will", Modal), ("with", Preposition), ("within", Preposition),
        ("without", Preposition), ("would", Modal), ("yesterday", Time), ("yet", Adverb),
        ("you", Person), ("your", Determiner),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_every_word_in_it_is_found() {
        assert!(CLASSES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn adverbs_are_known_by_their_ending_but_allies_are_not_adverbs() {
        assert_eq!(class_of("repeatedly"), Class::Adverb);
        assert_eq!(class_of("ally"), Class::Open);
        assert_eq!(class_of("police"), Class::Open);
    }

    #[test]
    fn a_noun_with_the_stem_of_a_verb_is_no_verb() {
        for noun in ["announcement", "accusation", "reporter", "notable", "assertive"] {
            assert!(!is_verb_form(noun), "{noun}");
        }
        for verb in ["announced", "accuses", "reporting", "mentions", "counter", "reveal"] {
            assert!(is_verb_form(verb), "{verb}");
        }
    }
}
