//! What stops a run that is to be strict: anything that is wrong with word lists or articles, found
//! before anything is counted.

use std::path::Path;

use crate::base::Message;
use crate::corpus::{Skipped, open};
use crate::run::about::ASIDE;
use crate::run::rules::{Rules, messages};
use crate::run::{RunConfig, RunError};

/// Skipped articles that are named one by one.
const NAMED: usize = 20;

/// Reads all inputs of a strict run once without counting, and returns all that is wrong with them.
/// Standard input cannot be read twice: [`judge`] looks at what was read of it.
pub(crate) fn inspect(config: &RunConfig, rules: &Rules) -> Result<(), Vec<Message>> {
    if !config.strict {
        return Ok(());
    }
    if config.inputs.iter().any(|input| input == Path::new("-")) {
        return refuse(&rules.warnings, &[]);
    }
    let mut reader = open(&config.inputs, &config.read).map_err(messages)?;
    config.watch.look_through(reader.size());
    let mut skipped = Vec::new();
    while let Some(article) = reader.next() {
        config.watch.pause();
        config.watch.article();
        config.watch.bytes_read(reader.bytes_read());
        skipped.extend(article.err());
    }
    if !reader.errors().is_empty() {
        return Err(messages(reader.errors().to_vec()));
    }
    refuse(&[&rules.warnings, reader.warnings()].concat(), &skipped)
}

/// Stops a strict run if something was wrong with what it has read.
pub(crate) fn judge(
    config: &RunConfig,
    warnings: &[Message],
    skipped: &[Skipped],
) -> Result<(), Vec<Message>> {
    if config.strict { refuse(warnings, skipped) } else { Ok(()) }
}

fn refuse(said: &[Message], skipped: &[Skipped]) -> Result<(), Vec<Message>> {
    let is_warning = |message: &&Message| message.severity() == "warning";
    let mut found: Vec<Message> = said.iter().filter(is_warning).cloned().collect();
    let mut skipped: Vec<&Skipped> = skipped.iter().filter(|one| one.code != ASIDE).collect();
    let n = found.len() + skipped.len();
    if n == 0 {
        return Ok(());
    }
    skipped.sort();
    found.extend(skipped.iter().take(NAMED).map(|&skipped| Message::from(skipped)));
    let n_unnamed = skipped.len().saturating_sub(NAMED);
    found.push(RunError::Strict { n, n_unnamed }.into());
    Err(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skipped(record_no: u64) -> Skipped {
        Skipped { record_no: Some(record_no), code: "W423".into(), ..Skipped::default() }
    }

    #[test]
    fn a_note_does_not_stop_a_strict_run_and_a_warning_does() {
        let note = Message::new("N401", "", "these columns are not read", "");
        assert_eq!(refuse(std::slice::from_ref(&note), &[]), Ok(()));
        let warning = Message::new("W402", "", "two spellings", "");
        let found = refuse(&[note, warning], &[]).unwrap_err();
        assert_eq!(found.iter().map(|m| m.code).collect::<Vec<_>>(), ["W402", "E301"]);
    }

    #[test]
    fn skipped_articles_are_named_in_order_and_many_are_counted() {
        let all: Vec<Skipped> = (0..25).rev().map(skipped).collect();
        let found = refuse(&[], &all).unwrap_err();
        assert_eq!(found.len(), NAMED + 1);
        assert!(found[1].place.ends_with("record 1"), "{}", found[1]);
        assert!(found[NAMED].what.contains("25 warnings"), "{}", found[NAMED]);
        assert!(found[NAMED].what.contains("5 of them"), "{}", found[NAMED]);
    }
}
