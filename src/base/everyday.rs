//! The commonest words of English news, which say nothing about a subject.

/// Function words, reporting words, days, months, words of the trade; lower case, any order,
/// separated by white space.
pub const EVERYDAY_WORDS: &str = include_str!("everyday.txt");
