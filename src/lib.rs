//! Parallax compares how news outlets frame the same relationship or event.
//!
//! Articles come in at one door (`corpus`), walk through a row of rooms (`text`, `lexicon`,
//! `annotate`, `tally`, `compare`) and leave as tables (`report`). A room may use the rooms before
//! it in this list, never the ones after it; `tests/arrows.rs` holds that line.

pub mod base;
pub mod corpus;
pub mod text;

pub mod lexicon;

pub mod annotate;

pub mod tally;

pub mod compare;

pub mod report;

pub mod run;

pub mod cli;
