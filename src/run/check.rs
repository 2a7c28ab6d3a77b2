//! A dry run: what would be read, kept and removed; every problem at once; writes nothing.

use crate::base::Message;
use crate::corpus::Skipped;
use crate::report::overview;
use crate::run::RunConfig;
use crate::run::about::{note, settled};
use crate::run::compare::empty;
use crate::run::count::{count, set_aside};
use crate::run::fill::survey;
use crate::run::languages::language_warnings;
use crate::run::rules::Rules;
use crate::run::warnings::warnings;

/// Skipped articles that are named where no article could be read.
const SKIPPED: usize = 20;

/// What a dry run finds.
#[derive(Debug, Default)]
pub struct Checked {
    /// The findings as lines for people.
    pub text: String,
    /// Warnings and notes.
    pub messages: Vec<Message>,
}

/// Reads and counts without writing anything. Errors of the lexicons and of the input are reported
/// together.
pub fn check(config: &RunConfig) -> Result<Checked, Vec<Message>> {
    let rules = Rules::load(config);
    let rules = rules.map_err(|mut errors| {
        errors.extend(input_errors(config));
        errors
    })?;
    let config = &settled(config, &rules.lexicon)?;
    let counted = set_aside(count(config, &rules)?, &rules).map_err(|error| vec![error])?;
    if counted.tally.heads.is_empty() {
        let nothing = Message { mend: mend(&counted.tally.skipped), ..empty(&counted).into() };
        let mut found = vec![nothing];
        found.extend(counted.warnings);
        found.extend(counted.tally.skipped.iter().take(SKIPPED).map(Message::from));
        return Err(found);
    }
    let tables = survey(&counted, &rules.lexicon).map_err(|error| vec![error])?;
    let note = note(&config.about, &counted.tally);
    let mut messages = counted.warnings;
    messages.extend(rules.warnings);
    messages.extend(warnings(&tables));
    messages.extend(note);
    let forms = &counted.tally.surfaces;
    messages.extend(language_warnings(&tables.articles, &rules.lexicon, forms));
    Ok(Checked { text: overview(&tables), messages })
}

/// What to do where no article could be read.
fn mend(skipped: &[Skipped]) -> String {
    if skipped.is_empty() {
        return "hand in a file with articles below its column names".to_string();
    }
    "mend what is named below".to_string()
}

/// What is wrong with the input, for a run that cannot go on anyway.
fn input_errors(config: &RunConfig) -> Vec<Message> {
    let opened = crate::corpus::open(&config.inputs, &config.read);
    opened.err().into_iter().flatten().map(Message::from).collect()
}
