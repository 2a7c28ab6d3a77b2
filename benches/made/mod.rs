//! Articles made for measuring: the same on every machine, of words of our own.
//!
//! Three words in four come from a stock that grows with the corpus and is used as unevenly as words
//! are, so that vocabulary grows and no paragraph repeats; the rest are sentences that hold what the
//! rules look for: names, quotations, reporting verbs, denials, actors and frames.

#![allow(dead_code, reason = "each bench takes what it needs")]

use std::fmt::Write;

/// Numbers that look random and are the same everywhere (Steele, Lea & Flood 2014, SplitMix64).
pub(crate) struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn one_of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.below(all.len())]
    }
}

const OUTLETS: [&str; 8] =
    ["Daily", "Herald", "Post", "Courier", "Tribune", "Mirror", "Standard", "Ledger"];
const PEOPLE: [&str; 6] = ["Ann Lee", "Bob Moe", "Eva Roe", "Zhang Min", "Ivan Petrov", "Tom Poe"];
const ACTORS: [&str; 6] = ["China", "Russia", "Washington", "Kyiv", "Moscow", "the West"];
const THINGS: [&str; 8] = [
    "war",
    "trade",
    "sanctions",
    "cooperation",
    "an alliance",
    "the conflict",
    "peace talks",
    "energy",
];
const SMALL: [&str; 12] =
    ["the", "of", "a", "in", "and", "to", "that", "for", "with", "on", "was", "its"];

/// A made-up word of syllables; low numbers come far more often than high ones.
fn word(numbers: &mut Numbers, stock: usize) -> String {
    const CONSONANTS: &[u8] = b"bcdfghklmnprstvz";
    const VOWELS: &[u8] = b"aeiou";
    // A product of two draws stands in for the uneven use of words.
    let limit = 1 + numbers.below(stock);
    let mut rest = 80 + numbers.below(limit);
    let mut word = String::new();
    while rest > 0 {
        word.push(char::from(CONSONANTS[rest % 16]));
        rest /= 16;
        word.push(char::from(VOWELS[rest % 5]));
        rest /= 5;
    }
    word
}

fn sentence(numbers: &mut Numbers, stock: usize) -> String {
    let (who, actor) = (numbers.one_of(&PEOPLE), numbers.one_of(&ACTORS));
    let (one, two) = (numbers.one_of(&THINGS), numbers.one_of(&THINGS));
    let made: Vec<String> = (0..3).map(|_| word(numbers, stock)).collect();
    let (a, b, c) = (&made[0], &made[1], &made[2]);
    match numbers.below(12) {
        0 => format!("{who}, a spokesman for the {a}, said {one} with {actor} would {b} the {c}."),
        1 => format!("“We shall {a} the {b} again and {c} it with {actor},” {who} said."),
        2 => format!("The statement did not mention {one} or the {a} of {actor}."),
        3 => format!("According to {who}, {actor} may {a} {one} and {b} its “{c}” in May."),
        _ => {
            let mut text = String::from("The");
            for at in 0..10 + numbers.below(14) {
                let next = match at % 3 {
                    0 => word(numbers, stock),
                    1 => numbers.one_of(&SMALL).to_owned(),
                    _ if numbers.below(6) == 0 => two.to_owned(),
                    _ => word(numbers, stock),
                };
                write!(text, " {next}").expect("writing to a string cannot fail");
            }
            text + "."
        }
    }
}

/// One article's title and text, of about 700 words.
pub(crate) fn article(no: usize) -> (String, String) {
    let mut numbers = Numbers(no as u64);
    let stock = 20_000 + 40 * no;
    let paragraphs = 14 + numbers.below(8);
    let mut text = format!("LONDON (AP) — {}", sentence(&mut numbers, stock));
    for _ in 0..paragraphs {
        text.push_str("\n\n");
        for _ in 0..2 + numbers.below(2) {
            text += &sentence(&mut numbers, stock);
            text.push(' ');
        }
    }
    let title = format!("Talks {} as {}", word(&mut numbers, stock), word(&mut numbers, stock));
    (title, text.trim_end().to_owned())
}

/// Articles as JSON lines.
pub(crate) fn json_lines(n_articles: usize) -> String {
    let mut lines = String::new();
    for no in 0..n_articles {
        let (title, text) = article(no);
        let (outlet, day) = (OUTLETS[no % OUTLETS.len()], 1 + no / 8 % 28);
        let record = serde_json::json!({
            "id": format!("a{no:06}"), "outlet": outlet, "date": format!("2024-03-{day:02}"),
            "title": title, "text": text,
        });
        writeln!(lines, "{record}").expect("writing to a string cannot fail");
    }
    lines
}
