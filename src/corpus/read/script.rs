//! Tells texts in scripts without spaces between words: they would fall into single characters.

/// A script without spaces between words.
#[derive(Clone, Copy)]
enum Script {
    Han,
    Kana,
    Thai,
    Lao,
    Burmese,
    Khmer,
}

const N_SCRIPTS: usize = Script::Khmer as usize + 1;

fn script_of(letter: char) -> Option<Script> {
    Some(match letter {
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}' => {
            Script::Han
        }
        '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Script::Kana,
        '\u{e00}'..='\u{e7f}' => Script::Thai,
        '\u{e80}'..='\u{eff}' => Script::Lao,
        '\u{1000}'..='\u{109f}' => Script::Burmese,
        '\u{1780}'..='\u{17ff}' => Script::Khmer,
        _ => return None,
    })
}

/// Whether a word is a single letter of such a script: what no dictionary has cut.
pub(crate) fn is_single_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|letter| script_of(letter).is_some()) && letters.next().is_none()
}

/// The name of the language of a text most of whose words would be single letters of a script without
/// spaces between words.
///
/// `None` for all others, Korean among them, and for texts that only name something in such a script.
pub(crate) fn without_spaces(text: &str) -> Option<&'static str> {
    // Such letters take three bytes each and other words six, with their blank: a text of mostly ASCII
    // bytes needs no closer look.
    let n_wide = text.bytes().filter(|byte| !byte.is_ascii()).count();
    if n_wide * 5 <= text.len() {
        return None;
    }
    let (mut n_words, mut in_word) = (0_usize, false);
    let mut n_letters = [0_usize; N_SCRIPTS];
    for letter in text.chars() {
        let script = script_of(letter);
        match script {
            Some(script) => n_letters[script as usize] += usize::from(letter.is_alphabetic()),
            None => n_words += usize::from(letter.is_alphanumeric() && !in_word),
        }
        in_word = script.is_none() && letter.is_alphanumeric();
    }
    let n_all = n_words + n_letters.iter().sum::<usize>();
    let [n_han, n_kana, n_others @ ..] = n_letters;
    if (n_han + n_kana) * 2 > n_all {
        // Japanese newspapers write a third and more of their letters in kana, Chinese ones none.
        return Some(if n_kana * 10 > n_han { "Japanese" } else { "Chinese" });
    }
    let names = ["Thai", "Lao", "Burmese", "Khmer"];
    names.into_iter().zip(n_others).find(|(_, n)| n * 2 > n_all).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_without_spaces_are_known_by_most_of_the_words() {
        for (text, expect) in [
            ("两国代表在港口会面，讨论了信任问题。", Some("Chinese")),
            ("両国の代表は港で会い、信頼について話しました。", Some("Japanese")),
            ("ผู้แทนทั้งสองพบกันที่ท่าเรือ", Some("Thai")),
            ("대표단은 항구에서 만났다.", None),
            ("Делегации встретились в порту.", None),
            ("The word 信任 (xinren, trust) stood on the wall.", None),
            ("Envoys met at the harbour: 两国代表在港口会面，讨论了信任问题。", Some("Chinese")),
            ("Envoys of both states met at the harbour (港口) in spring.", None),
            ("“They met,” he said – again…", None),
            ("", None),
        ] {
            assert_eq!(without_spaces(text), expect, "{text}");
        }
    }
}
