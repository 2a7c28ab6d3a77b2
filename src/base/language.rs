//! Languages by the codes and names that corpora give them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language by its ISO 639 code: the one of two letters if it has one, else that of three.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Language([u8; 3]);

impl Language {
    /// English: what the built-in lexicons and everything about voices are made for.
    pub const ENGLISH: Self = Self(*b"en\0");

    /// The language of a cell such as `de`, `de-AT`, `deu`, `German` or `Deutsch`.
    ///
    /// `None` if it says no language (`und`, `unknown`, an empty cell) or none that is known. Of the
    /// codes of two letters all are known, of those of three letters those of the listed languages.
    pub fn parse(cell: &str) -> Option<Self> {
        let cell = cell.trim().to_lowercase();
        let first = cell.split(['-', '_']).next().unwrap_or_default();
        let named = |row: &&Row| row.code == first || row.others.contains(&first);
        if let Some(row) = ROWS.iter().find(named) {
            return Some(Self::of_code(row.code));
        }
        let is_code = first.len() == 2 && CODES.split(' ').any(|code| code == first);
        (is_code && !NO_LANGUAGE.contains(&first)).then(|| Self::of_code(first))
    }

    /// Whether a cell says that the language is not known.
    pub fn is_unsaid(cell: &str) -> bool {
        let cell = cell.trim().to_lowercase();
        cell.is_empty() || NO_LANGUAGE.contains(&cell.as_str())
    }

    fn of_code(code: &str) -> Self {
        let mut bytes = [0; 3];
        bytes[..code.len()].copy_from_slice(code.as_bytes());
        Self(bytes)
    }

    /// Its code, such as `en`.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default().trim_end_matches('\0')
    }

    /// Whether its script has spaces between words; without them words are cut by a dictionary.
    pub fn has_spaces(&self) -> bool {
        !matches!(self.code(), "ja" | "km" | "lo" | "my" | "th" | "zh")
    }

    /// Its name in English; its code if it is none of the listed ones.
    pub fn name(&self) -> &str {
        let row = ROWS.iter().find(|row| row.code == self.code());
        row.map_or(self.code(), |row| row.name)
    }
}

/// How it is known in which language an article is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LanguageFrom {
    /// The user said it of all articles.
    Option,
    /// The article says it.
    Given,
    /// The text shows it.
    Detected,
    /// Nothing says it: English.
    #[default]
    Assumed,
}

impl LanguageFrom {
    /// As the tables print it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::Given => "given",
            Self::Detected => "detected",
            Self::Assumed => "assumed",
        }
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::ENGLISH
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Cells that say nothing, `na` as R writes it among them.
const NO_LANGUAGE: [&str; 11] =
    ["na", "n/a", "nan", "nil", "none", "null", "und", "unknown", "mul", "mis", "zxx"];

/// The codes of ISO 639-1; `bh` and `sh`, since withdrawn, are still in use.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr \
                     cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu \
                     gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk \
                     kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms \
                     mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro \
                     ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk \
                     tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// A language, and how corpora call it besides by its code.
struct Row {
    code: &'static str,
    name: &'static str,
    /// Codes of ISO 639-2 and 639-3, its name in English and in itself, all in lower case.
    others: &'static [&'static str],
}

const fn row(code: &'static str, name: &'static str, others: &'static [&'static str]) -> Row {
    Row { code, name, others }
}

/// Every language that has a stemmer or that can be detected.
const ROWS: &[Row] = &[
    row("af", "Afrikaans", &["afr", "afrikaans"]),
    row("am", "Amharic", &["amh", "amharic"]),
    row("ar", "Arabic", &["ara", "arb", "arabic", "العربية"]),
    row("az", "Azerbaijani", &["aze", "azj", "azerbaijani"]),
    row("be", "Belarusian", &["bel", "belarusian"]),
    row("bg", "Bulgarian", &["bul", "bulgarian"]),
    row("bn", "Bengali", &["ben", "bengali"]),
    row("ca", "Catalan", &["cat", "catalan", "català"]),
    row("cs", "Czech", &["ces", "cze", "czech", "čeština"]),
    row("cy", "Welsh", &["cym", "wel", "welsh"]),
    row("da", "Danish", &["dan", "danish", "dansk"]),
    row("de", "German", &["deu", "ger", "german", "deutsch"]),
    row("el", "Greek", &["ell", "gre", "greek", "ελληνικά"]),
    row("en", "English", &["eng", "english"]),
    row("eo", "Esperanto", &["epo", "esperanto"]),
    row("es", "Spanish", &["spa", "spanish", "español", "castellano"]),
    row("et", "Estonian", &["est", "ekk", "estonian", "eesti"]),
    row("eu", "Basque", &["eus", "baq", "basque", "euskara"]),
    row("fa", "Persian", &["fas", "per", "pes", "persian", "farsi"]),
    row("fi", "Finnish", &["fin", "finnish", "suomi"]),
    row("fr", "French", &["fra", "fre", "french", "français"]),
    row("ga", "Irish", &["gle", "irish", "gaeilge"]),
    row("gu", "Gujarati", &["guj", "gujarati"]),
    row("he", "Hebrew", &["heb", "iw", "hebrew"]),
    row("hi", "Hindi", &["hin", "hindi"]),
    row("hr", "Croatian", &["hrv", "croatian", "hrvatski"]),
    row("hu", "Hungarian", &["hun", "hungarian", "magyar"]),
    row("hy", "Armenian", &["hye", "arm", "armenian"]),
    row("id", "Indonesian", &["ind", "indonesian"]),
    row("it", "Italian", &["ita", "italian", "italiano"]),
    row("ja", "Japanese", &["jpn", "japanese", "日本語"]),
    row("jv", "Javanese", &["jav", "javanese"]),
    row("ka", "Georgian", &["kat", "geo", "georgian"]),
    row("km", "Khmer", &["khm", "khmer"]),
    row("kn", "Kannada", &["kan", "kannada"]),
    row("ko", "Korean", &["kor", "korean", "한국어"]),
    row("la", "Latin", &["lat", "latin"]),
    row("lo", "Lao", &["lao"]),
    row("lt", "Lithuanian", &["lit", "lithuanian"]),
    row("lv", "Latvian", &["lav", "lvs", "latvian"]),
    row("mk", "Macedonian", &["mkd", "mac", "macedonian"]),
    row("ml", "Malayalam", &["mal", "malayalam"]),
    row("mr", "Marathi", &["mar", "marathi"]),
    row("my", "Burmese", &["mya", "bur", "burmese"]),
    row("ne", "Nepali", &["nep", "npi", "nepali"]),
    row("nl", "Dutch", &["nld", "dut", "dutch", "nederlands"]),
    row("no", "Norwegian", &["nor", "nb", "nob", "nn", "nno", "norwegian", "norsk"]),
    row("or", "Oriya", &["ori", "ory", "oriya"]),
    row("pa", "Punjabi", &["pan", "punjabi"]),
    row("pl", "Polish", &["pol", "polish", "polski"]),
    row("pt", "Portuguese", &["por", "portuguese", "português"]),
    row("ro", "Romanian", &["ron", "rum", "romanian", "română"]),
    row("ru", "Russian", &["rus", "russian", "русский"]),
    row("si", "Sinhala", &["sin", "sinhala"]),
    row("sk", "Slovak", &["slk", "slo", "slovak"]),
    row("sl", "Slovenian", &["slv", "slovenian"]),
    row("sn", "Shona", &["sna", "shona"]),
    row("sr", "Serbian", &["srp", "serbian", "српски", "srpski"]),
    row("sv", "Swedish", &["swe", "swedish", "svenska"]),
    row("ta", "Tamil", &["tam", "tamil"]),
    row("te", "Telugu", &["tel", "telugu"]),
    row("th", "Thai", &["tha", "thai"]),
    row("tk", "Turkmen", &["tuk", "turkmen"]),
    row("tl", "Tagalog", &["tgl", "fil", "tagalog", "filipino"]),
    row("tr", "Turkish", &["tur", "turkish", "türkçe"]),
    row("uk", "Ukrainian", &["ukr", "ukrainian", "українська"]),
    row("ur", "Urdu", &["urd", "urdu"]),
    row("uz", "Uzbek", &["uzb", "uzn", "uzbek"]),
    row("vi", "Vietnamese", &["vie", "vietnamese"]),
    row("yi", "Yiddish", &["yid", "ydd", "yiddish"]),
    row("zh", "Chinese", &["zho", "chi", "cmn", "chinese", "mandarin", "中文"]),
    row("zu", "Zulu", &["zul", "zulu"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_goes_by_codes_and_names() {
        for (cell, code) in [
            ("en-GB", "en"),
            ("EN_us", "en"),
            (" English ", "en"),
            ("deu", "de"),
            ("Deutsch", "de"),
            ("zh-Hant", "zh"),
            ("nb", "no"),
            ("sw", "sw"),
        ] {
            assert_eq!(Language::parse(cell).unwrap().code(), code, "{cell}");
        }
        assert_eq!(Language::parse("sw").unwrap().name(), "sw");
        assert_eq!(Language::parse("Deutsch").unwrap().name(), "German");
    }

    #[test]
    fn a_cell_that_names_no_language_is_none() {
        for cell in ["", " ", "NA", "und", "klingon", "d", "12", "xx", "foo", "xx-DE"] {
            assert_eq!(Language::parse(cell), None, "{cell}");
        }
        assert!(Language::is_unsaid("NA") && !Language::is_unsaid("klingon"));
    }

    #[test]
    fn no_code_or_name_stands_for_two_languages() {
        let mut all: Vec<&str> =
            ROWS.iter().flat_map(|row| row.others.iter().copied().chain([row.code])).collect();
        let n = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), n);
        assert!(ROWS.is_sorted_by_key(|row| row.code));
        let codes: Vec<&str> = CODES.split(' ').collect();
        assert!(codes.len() == 185 && codes.is_sorted() && codes.iter().all(|c| c.len() == 2));
        assert!(ROWS.iter().all(|row| codes.contains(&row.code)));
    }
}
