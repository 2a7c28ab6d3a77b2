//! Tells texts in scripts without spaces between words: they would fall into single characters.

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
    let (mut n_words, mut n_han, mut n_kana) = (0_usize, 0_usize, 0_usize);
    let mut n_others = [0_usize; 4];
    let mut in_word = false;
    for letter in text.chars() {
        let counts = match letter {
            '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => &mut n_kana,
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}' => {
                &mut n_han
            }
            '\u{e00}'..='\u{e7f}' => &mut n_others[0],
            '\u{e80}'..='\u{eff}' => &mut n_others[1],
            '\u{1000}'..='\u{109f}' => &mut n_others[2],
            '\u{1780}'..='\u{17ff}' => &mut n_others[3],
            _ => {
                n_words += usize::from(letter.is_alphanumeric() && !in_word);
                in_word = letter.is_alphanumeric();
                continue;
            }
        };
        *counts += usize::from(letter.is_alphabetic());
        in_word = false;
    }
    let n_all = n_words + n_han + n_kana + n_others.iter().sum::<usize>();
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
