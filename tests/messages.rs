//! Every message that the program can say stands in `docs/messages.md`, and no other.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

use std::collections::BTreeSet;
mod source;

use std::fs;
use std::path::Path;

use source::rust_files;

/// Whether a text is a code such as `E501`.
fn is_code(text: &str) -> bool {
    text.len() == 4
        && text.starts_with(['E', 'W', 'N'])
        && text[1..].bytes().all(|b| b.is_ascii_digit())
}

/// The codes between string quotes in the program, tests left out.
fn codes_in_the_program() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for file in rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = fs::read_to_string(file).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        codes.extend(code.split('"').filter(|piece| is_code(piece)).map(String::from));
    }
    codes
}

/// The codes that open a row of the tables in `docs/messages.md`.
fn codes_in_the_docs() -> BTreeSet<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/messages.md");
    let page = fs::read_to_string(page).unwrap_or_default();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.get(..4));
    rows.filter(|code| is_code(code)).map(String::from).collect()
}

#[test]
fn every_message_is_explained() {
    let (said, explained) = (codes_in_the_program(), codes_in_the_docs());
    assert!(said.len() > 10, "only {} codes seen: is the test still reading the code?", said.len());
    let unexplained: Vec<&String> = said.difference(&explained).collect();
    let unsaid: Vec<&String> = explained.difference(&said).collect();
    assert!(unexplained.is_empty(), "not in docs/messages.md: {unexplained:?}");
    assert!(unsaid.is_empty(), "in docs/messages.md, but never said: {unsaid:?}");
}
