//! What a reader must know about articles that are not in English: what is counted in them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::base::{Language, LanguageFrom, Message, listed};
use crate::corpus::is_single_letter;
use crate::lexicon::Lexicon;
use crate::report::ArticleSums;
use crate::tally::Forms;
use crate::text::stemming;

/// Languages that get a warning each, the commonest; the rest share one.
const NAMED: usize = 10;

/// One warning for each language but English, one if words of several languages meet, and a note on
/// words that are single letters.
pub(crate) fn language_warnings(
    sums: &ArticleSums,
    lexicon: &Lexicon,
    forms: &Forms,
) -> Vec<Message> {
    let with_rows: BTreeSet<Language> =
        lexicon.entries.iter().map(|entry| entry.language).collect();
    let mut foreign: Vec<(Language, [u64; 4])> = sums.by_language.clone().into_iter().collect();
    foreign.retain(|(language, _)| *language != Language::ENGLISH);
    if foreign.len() > NAMED {
        foreign.sort_by_key(|(language, by)| (Reverse(by.iter().sum::<u64>()), *language));
    }
    let mut warnings: Vec<Message> = foreign
        .iter()
        .take(NAMED)
        .map(|(language, by)| of_language(*language, by, &with_rows))
        .collect();
    if foreign.len() > NAMED {
        let n: u64 = foreign[NAMED..].iter().flat_map(|(_, by)| by).sum();
        let codes: Vec<&str> =
            foreign[NAMED..].iter().map(|(language, _)| language.code()).collect();
        let (are, more) = (if n == 1 { "is" } else { "are" }, codes.len());
        let languages = if more == 1 { "language" } else { "languages" };
        let what = format!("{} {are} in {more} more {languages}: {}", articles(n), listed(&codes));
        warnings.push(Message::new("W207", "", what, "see `language` in `tables/articles.csv`"));
    }
    warnings.extend(several(sums));
    warnings.extend(single_letters(sums, forms));
    warnings
}

/// A note on letters of scripts without spaces between words that stand among other words. Where
/// articles in such a language are cut by a dictionary, single letters are words of theirs.
fn single_letters(sums: &ArticleSums, forms: &Forms) -> Option<Message> {
    if !sums.by_language.keys().all(Language::has_spaces) {
        return None;
    }
    let single = || forms.iter().map(|form| form.surface).filter(|word| is_single_letter(word));
    let (first, n) = (single().next()?, single().count());
    let are =
        if n == 1 { "1 distinct word is".to_string() } else { format!("{n} distinct words are") };
    let what = format!(
        "{are} single letters of scripts without spaces between words, such as `{first}`: each of \
         these letters counts as a word, in every rate"
    );
    let mend = "see `tables/terms.csv`; take longer passages in such a script out of the texts";
    Some(Message::new("N214", "", what, mend))
}

fn of_language(language: Language, by: &[u64; 4], with_rows: &BTreeSet<Language>) -> Message {
    let (code, name) = (language.code(), language.name());
    let n: u64 = by.iter().sum();
    let are = if n == 1 { "is" } else { "are" };
    let detected = match by[LanguageFrom::Detected as usize] {
        0 => String::new(),
        all if all == n => ", as the text shows".to_string(),
        some => format!(", {some} of them as the text shows"),
    };
    let stems = match stemming(language) {
        Some(stemmer) => format!("words are stemmed by its rules ({stemmer})"),
        None => {
            "there is no stemmer for it, so each form of a word is a term of its own".to_string()
        }
    };
    let has_rows = with_rows.contains(&language);
    let finds = if has_rows {
        format!("only rows of the lexicons with the language `{code}` are looked for")
    } else {
        format!("no row of the lexicons has the language `{code}`, so nothing is found in them")
    };
    let what = format!(
        "{} {are} in {name} (`{code}`){detected}: {stems}; {finds}; speakers are not told from the \
         outlet",
        articles(n)
    );
    let mend = if has_rows {
        "compare words and mentions of this language only, and no voices".to_string()
    } else {
        format!(
            "read their terms only, or give `--lexicons` lists whose column `language` says `{code}`"
        )
    };
    Message::new("W207", "", what, mend)
}

/// Words of different languages never match: what differs is the language.
fn several(sums: &ArticleSums) -> Option<Message> {
    if sums.by_language.len() < 2 {
        return None;
    }
    let count = |(language, by): (&Language, &[u64; 4])| {
        format!("`{}` {}", language.code(), by.iter().sum::<u64>())
    };
    let counts: Vec<String> = sums.by_language.iter().map(count).collect();
    let what = format!(
        "the articles are in {} languages ({}): terms, shared wording and grouping by similarity \
         compare words, and find languages where they differ",
        counts.len(),
        counts.join(", ")
    );
    let mend = "compare articles in one language, or what lexicons in each of them find";
    Some(Message::new("W208", "", what, mend))
}

fn articles(n: u64) -> String {
    if n == 1 { "1 article".to_string() } else { format!("{n} articles") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::Surface;

    fn said(counts: &[(&str, [u64; 4])]) -> Vec<String> {
        let of = |&(code, by): &(&str, [u64; 4])| (Language::parse(code).unwrap(), by);
        let by_language = counts.iter().map(of).collect();
        let sums = ArticleSums { by_language, ..ArticleSums::default() };
        let messages = language_warnings(&sums, &Lexicon::default(), &Forms::default());
        messages.into_iter().map(|message| format!("{} {}", message.code, message.what)).collect()
    }

    #[test]
    fn english_alone_is_nothing_to_warn_of() {
        assert_eq!(said(&[("en", [0, 3, 2, 1])]), [""; 0]);
    }

    #[test]
    fn each_other_language_says_what_is_counted() {
        let all = said(&[("de", [0, 2, 1, 0]), ("en", [0, 1, 0, 0]), ("he", [0, 0, 1, 0])]);
        assert_eq!(all.len(), 3, "{all:?}");
        assert!(all[0].starts_with("W207 3 articles are in German (`de`), 1 of them as the text"));
        assert!(all[1].starts_with("W207 1 article is in Hebrew") && all[1].contains("no stemmer"));
        assert!(all[2].starts_with("W208") && all[2].contains("`de` 3, `en` 1, `he` 1"), "{all:?}");
    }

    #[test]
    fn more_languages_than_a_reader_reads_share_a_warning() {
        let codes = ["af", "ar", "be", "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi"];
        let counts: Vec<_> = codes.iter().map(|code| (*code, [0, 1, 0, 0])).collect();
        let all = said(&counts);
        assert_eq!(all.len(), NAMED + 2);
        assert!(all[NAMED].contains("2 articles are in 2 more languages: `et`, `fi`"), "{all:?}");
        let all = said(&counts[1..]);
        assert!(all[NAMED].contains("1 article is in 1 more language: `fi`"), "{all:?}");
    }

    #[test]
    fn letters_that_count_as_words_are_no_secret() {
        let form = |surface: &str| Surface {
            surface: surface.to_string(),
            stem: surface.to_string(),
            numeric: false,
        };
        let forms: Forms = ["Xi", "\u{4e60}", "\u{8fd1}", "a"].map(form).into_iter().collect();
        let of = |code: &str| {
            let by_language = [(Language::parse(code).unwrap(), [0, 1, 0, 0])].into();
            single_letters(&ArticleSums { by_language, ..ArticleSums::default() }, &forms)
        };
        let said = of("en").unwrap().what;
        assert!(said.starts_with("2 distinct words are") && said.contains("`\u{4e60}`"), "{said}");
        assert_eq!(of("zh"), None);
    }
}
