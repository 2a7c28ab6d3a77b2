//! What each language needs besides the rules of Unicode: its stemmer, its lower case; and which
//! language a text is in.

use std::borrow::Cow;

use rust_stemmers::Algorithm;

use crate::base::Language;

/// Brings the words of one language to their stems.
pub(super) enum Stemmer {
    /// Snowball as of 2018, where its current version differs in less than one word of a hundred.
    Old(rust_stemmers::Stemmer),
    /// Snowball as of 2026.
    Current(frostem::Stemmer),
    /// No stemmer: a word is its own stem.
    None,
}

impl Stemmer {
    /// The stemmer of a language.
    pub(super) fn of(language: Language) -> Self {
        match (old(language), current(language)) {
            (Some(algorithm), _) => Self::Old(rust_stemmers::Stemmer::create(algorithm)),
            (None, Some(algorithm)) => Self::Current(frostem::Stemmer::new(algorithm)),
            (None, None) => Self::None,
        }
    }

    /// The stem of a word in lower case.
    pub(super) fn stem<'a>(&self, lower: &'a str) -> Cow<'a, str> {
        match self {
            Self::Old(stemmer) => stemmer.stem(lower),
            Self::Current(stemmer) => Cow::Owned(stemmer.stem(lower).to_string()),
            Self::None => Cow::Borrowed(lower),
        }
    }
}

/// How the words of a language are brought to their stems, for people; `None` if they are not.
pub fn stemming(language: Language) -> Option<&'static str> {
    match (old(language), current(language)) {
        (Some(_), _) => Some("rust-stemmers"),
        (None, Some(_)) => Some("frostem"),
        (None, None) => None,
    }
}

fn old(language: Language) -> Option<Algorithm> {
    Some(match language.code() {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "hu" => Algorithm::Hungarian,
        "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ru" => Algorithm::Russian,
        "ta" => Algorithm::Tamil,
        _ => return None,
    })
}

fn current(language: Language) -> Option<frostem::Algorithm> {
    use frostem::Algorithm;
    Some(match language.code() {
        "ca" => Algorithm::Catalan,
        "cs" => Algorithm::Czech,
        "de" => Algorithm::German,
        "eo" => Algorithm::Esperanto,
        "et" => Algorithm::Estonian,
        "eu" => Algorithm::Basque,
        "fa" => Algorithm::Persian,
        "fr" => Algorithm::French,
        "ga" => Algorithm::Irish,
        "hi" => Algorithm::Hindi,
        "hy" => Algorithm::Armenian,
        "id" => Algorithm::Indonesian,
        "it" => Algorithm::Italian,
        "lt" => Algorithm::Lithuanian,
        "ne" => Algorithm::Nepali,
        "nl" => Algorithm::Dutch,
        "pl" => Algorithm::Polish,
        "ro" => Algorithm::Romanian,
        "sr" => Algorithm::Serbian,
        "sv" => Algorithm::Swedish,
        "tr" => Algorithm::Turkish,
        "uk" => Algorithm::Ukrainian,
        "yi" => Algorithm::Yiddish,
        _ => return None,
    })
}

/// A word in lower case, with the two letters i of Turkish and Azerbaijani apart.
pub(super) fn lower_case(surface: &str, language: Language) -> String {
    match language.code() {
        "tr" | "az" => surface.replace('İ', "i").replace('I', "ı").to_lowercase(),
        _ => surface.to_lowercase(),
    }
}

/// How much of a text is looked at to tell its language.
const LOOKED_AT: usize = 2_000;

/// A text in Latin letters must have so many of them: names and a number do not show a language.
const FEWEST_LETTERS: usize = 100;

/// The language that a text shows; `None` if it is too short, or could be in several.
///
/// `whatlang` tells, by the three-letter sequences of the first 2,000 characters, unless every
/// tenth of the first words is an everyday word that only English has: it takes 0.3 ms.
pub fn detect(text: &str) -> Option<Language> {
    if is_plainly_english(text) {
        return Some(Language::ENGLISH);
    }
    let start = text.char_indices().nth(LOOKED_AT).map_or(text, |(end, _)| &text[..end]);
    let n_letters = start.chars().filter(|c| c.is_alphabetic()).count();
    if n_letters == 0 {
        return None;
    }
    let found = whatlang::detect(start)?;
    let sure = found.script() != whatlang::Script::Latin
        || (found.is_reliable() && n_letters >= FEWEST_LETTERS);
    sure.then(|| Language::parse(found.lang().code())).flatten()
}

/// Words that are frequent in English and are no words of other languages in Latin letters.
const ENGLISH: [&str; 20] = [
    "and", "been", "being", "but", "for", "from", "has", "have", "its", "of", "said", "that",
    "the", "their", "they", "this", "which", "with", "would", "were",
];

/// Whether every tenth of the first hundred words is an everyday word of English.
fn is_plainly_english(text: &str) -> bool {
    const WORDS: usize = 100;
    const FEWEST: usize = 10;
    let is_english = |word: &str| {
        word.len() <= 5 && ENGLISH.iter().any(|known| known.eq_ignore_ascii_case(word))
    };
    let words = text.split_ascii_whitespace().take(WORDS);
    words.filter(|word| is_english(word)).take(FEWEST).count() == FEWEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(language: &str, word: &str) -> String {
        Stemmer::of(Language::parse(language).unwrap()).stem(word).into_owned()
    }

    #[test]
    fn forms_of_a_word_share_a_stem_in_every_language_with_a_stemmer() {
        let mut apart = Vec::new();
        for (language, one, other) in [
            ("ar", "المدينة", "مدينة"),
            ("ca", "acords", "acord"),
            ("cs", "dohody", "dohoda"),
            ("da", "aftalerne", "aftaler"),
            ("de", "Verträge", "vertrages"),
            ("el", "συμφωνίες", "συμφωνίας"),
            ("en", "agreements", "agreement"),
            ("eo", "traktatoj", "traktato"),
            ("es", "acuerdos", "acuerdo"),
            ("et", "sadamas", "sadam"),
            ("eu", "portuak", "portua"),
            ("fi", "sopimukset", "sopimuksen"),
            ("fr", "accords", "l'accord"),
            ("hu", "megállapodások", "megállapodás"),
            ("id", "perjanjiannya", "perjanjian"),
            ("it", "dell'accordo", "accordi"),
            ("lt", "sutartys", "sutarties"),
            ("nl", "regeringen", "regering"),
            ("no", "avtalene", "avtaler"),
            ("pl", "umowy", "umowa"),
            ("pt", "acordos", "acordo"),
            ("ro", "acordurile", "acorduri"),
            ("ru", "договоры", "договора"),
            ("sv", "avtalen", "avtalet"),
            ("tr", "anlaşmalar", "anlaşma"),
            ("uk", "переговори", "переговорів"),
        ] {
            let stems = [one, other].map(|word| stem(language, &word.to_lowercase()));
            if stems[0] != stems[1] {
                apart.push((language, stems));
            }
        }
        assert!(apart.is_empty(), "{apart:?}");
    }

    #[test]
    fn languages_without_a_stemmer_keep_their_words() {
        assert_eq!(stem("sw", "makubaliano"), "makubaliano");
        assert_eq!(stem("he", "הסכמים"), "הסכמים");
        assert_eq!(stemming(Language::parse("he").unwrap()), None);
        assert_eq!(stemming(Language::ENGLISH), Some("rust-stemmers"));
    }

    #[test]
    fn turkish_keeps_its_two_letters_apart() {
        let turkish = Language::parse("tr").unwrap();
        assert_eq!(lower_case("IŞIK", turkish), "ışık");
        assert_eq!(lower_case("İZMİR", turkish), "izmir");
        assert_eq!(lower_case("IZMIR", Language::ENGLISH), "izmir");
    }

    /// Texts of our own, each a sentence or two as in the news.
    const TEXTS: [(&str, &str); 12] = [
        (
            "en",
            "The envoys met at the port on Monday and said that the new treaty would lower the price \
                of ice for every harbour along the coast.",
        ),
        (
            "de",
            "Die Gesandten trafen sich am Montag im Hafen und erklärten, der neue Vertrag werde den \
                Preis für Eis in allen Häfen der Küste senken.",
        ),
        (
            "fr",
            "Les envoyés se sont rencontrés lundi au port et ont déclaré que le nouveau traité ferait \
                baisser le prix de la glace dans tous les ports de la côte.",
        ),
        (
            "es",
            "Los enviados se reunieron el lunes en el puerto y dijeron que el nuevo tratado bajaría el \
                precio del hielo en todos los puertos de la costa.",
        ),
        (
            "it",
            "Gli inviati si sono incontrati lunedì nel porto e hanno detto che il nuovo trattato \
                abbasserà il prezzo del ghiaccio in tutti i porti della costa.",
        ),
        (
            "nl",
            "De gezanten ontmoetten elkaar maandag in de haven en zeiden dat het nieuwe verdrag de \
                prijs van ijs in alle havens langs de kust zal verlagen.",
        ),
        (
            "pl",
            "Wysłannicy spotkali się w poniedziałek w porcie i powiedzieli, że nowy traktat obniży \
                cenę lodu we wszystkich portach na wybrzeżu.",
        ),
        (
            "tr",
            "Elçiler pazartesi günü limanda buluştu ve yeni anlaşmanın kıyıdaki bütün limanlarda \
                buzun fiyatını düşüreceğini söyledi.",
        ),
        (
            "ru",
            "Посланники встретились в понедельник в порту и сказали, что новый договор снизит цену \
                на лёд во всех портах побережья.",
        ),
        ("ar", "التقى المبعوثون يوم الاثنين في الميناء وقالوا إن المعاهدة الجديدة ستخفض سعر الجليد"),
        ("he", "השליחים נפגשו ביום שני בנמל ואמרו שהחוזה החדש יוריד את מחיר הקרח"),
        ("ko", "특사들은 월요일 항구에서 만나 새 조약이 얼음 값을 낮출 것이라고 말했다."),
    ];

    #[test]
    fn a_sentence_shows_its_language() {
        for (code, text) in TEXTS {
            assert_eq!(detect(text).map(|found| found.code().to_string()).as_deref(), Some(code));
        }
    }

    #[test]
    fn a_text_that_could_be_in_any_language_shows_none() {
        for text in ["", "1 2 3", "Vox 2:1", "Die Gesandten trafen sich.", "Ma Zhaoxu, Wang Yi"] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn everyday_words_alone_show_english() {
        let english =
            "The envoys of the port and of the dam said that they have met with the others.";
        assert!(is_plainly_english(english));
        assert!(TEXTS.iter().skip(1).all(|(_, text)| !is_plainly_english(&text.repeat(4))));
    }
}
