//! From text to words: tokens, sentences and stems, the same for articles and lexicons.
//!
//! Does no input or output once its rules are loaded, and cannot fail.

mod analyzer;
mod chunk;
mod cutter;
mod document;
mod fold;
mod language;
#[cfg(test)]
mod laws;
mod list;
mod memory;
mod rules;
mod scan;
mod sentences;
mod uax29;

pub use analyzer::{Analyzer, Type, TypeId};
pub use document::{Document, Paragraph, Sentence, Token};
pub use language::{detect, stemming};
pub use list::WordList;
pub use rules::{TextRules, TextRulesError};
