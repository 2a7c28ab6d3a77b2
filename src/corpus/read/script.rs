//! Tells texts in scripts without spaces between words: they would fall into single characters.

/// The name of the language of a text most of whose letters belong to a script without spaces between words.
///
/// `None` for all others, Korean among them, and for texts that only name something in such a script.
pub(crate) fn without_spaces(text: &str) -> Option<&'static str> {
    // Such letters take three bytes each: a text of mostly ASCII bytes needs no closer look.
    let n_wide = text.bytes().filter(|byte| !byte.is_ascii()).count();
    if n_wide * 2 <= text.len() {
        return None;
    }
    let (mut n_letters, mut n_han, mut n_kana) = (0_usize, 0_usize, 0_usize);
    let mut n_others = [0_usize; 4];
    for letter in text.chars().filter(|c| c.is_alphabetic()) {
        n_letters += 1;
        match letter {
            '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => n_kana += 1,
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}' => {
                n_han += 1;
            }
            '\u{e00}'..='\u{e7f}' => n_others[0] += 1,
            '\u{e80}'..='\u{eff}' => n_others[1] += 1,
            '\u{1000}'..='\u{109f}' => n_others[2] += 1,
            '\u{1780}'..='\u{17ff}' => n_others[3] += 1,
            _ => {}
        }
    }
    if (n_han + n_kana) * 2 > n_letters {
        // Japanese newspapers write a third and more of their letters in kana, Chinese ones none.
        return Some(if n_kana * 10 > n_han { "Japanese" } else { "Chinese" });
    }
    let names = ["Thai", "Lao", "Burmese", "Khmer"];
    names.into_iter().zip(n_others).find(|(_, n)| n * 2 > n_letters).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_without_spaces_are_known_by_most_of_their_letters() {
        for (text, expect) in [
            ("两国代表在港口会面，讨论了信任问题。", Some("Chinese")),
            ("両国の代表は港で会い、信頼について話しました。", Some("Japanese")),
            ("ผู้แทนทั้งสองพบกันที่ท่าเรือ", Some("Thai")),
            ("대표단은 항구에서 만났다.", None),
            ("Делегации встретились в порту.", None),
            ("The word 信任 (xinren, trust) stood on the wall.", None),
            ("“They met,” he said – again…", None),
            ("", None),
        ] {
            assert_eq!(without_spaces(text), expect, "{text}");
        }
    }
}
