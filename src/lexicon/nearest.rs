//! Finds the known word that a mistyped one probably means.

/// The known word with the fewest edits from `typed`, if at most two and fewer than half its
/// letters; of equally near ones the first.
pub(crate) fn nearest<'a>(typed: &str, known: &[&'a str]) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let limit = 2.min(typed.chars().count().saturating_sub(1) / 2);
    let near = known.iter().map(|&word| (edits(&typed, word), word));
    near.filter(|&(n, _)| n <= limit).min_by_key(|&(n, _)| n).map(|(_, word)| word)
}

/// "did you mean `word`?", or the list of known words.
pub(crate) fn did_you_mean(typed: &str, known: &[&str]) -> String {
    match nearest(typed, known) {
        Some(word) => format!("did you mean `{word}`?"),
        None => format!("use one of {}", known.join(", ")),
    }
}

/// Letters to insert, delete or replace between two words (Levenshtein distance).
pub(crate) fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, &y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_finds_none() {
        let known = ["stem", "word", "case", "lower", "prefix"];
        assert_eq!(nearest("stm", &known), Some("stem"));
        assert_eq!(nearest("Prefx", &known), Some("prefix"));
        assert_eq!(nearest("regex", &known), None);
        assert_eq!(nearest("x", &known), None);
    }
}
