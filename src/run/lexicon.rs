//! Looks at the lexicons themselves: what is weak in them, and what each row does in a corpus.

use std::path::Path;
use std::sync::Arc;

use crate::base::Message;
use crate::compare::{Comparison, EntryUse, Uncovered};
use crate::lexicon::{Entry, Lexicon, LexiconFiles, codebook, findings};
use crate::report::tables::{CONTEXTS, ENTRIES, FINDINGS, FORMS, UNCOVERED};
use crate::report::{Folder, ReportError, Table, Tables, lexicon_text, write_table};
use crate::run::RunConfig;
use crate::run::count::{count, set_aside};
use crate::run::rules::{Rules, cleaning_rules, messages, text_rules};
use crate::text::{Analyzer, TextRules};

/// What a look at the lexicons finds.
#[derive(Debug, Default)]
pub struct LexiconChecked {
    /// The findings and the places as lines for people.
    pub text: String,
    /// Rows that cannot be used; a run with these lists would stop.
    pub errors: Vec<Message>,
    /// Whether there is anything to mend.
    pub found: bool,
    /// What the reader of the articles has to say.
    pub messages: Vec<Message>,
}

/// Checks the lexicons, with the articles of `config.inputs` if there are any, and writes the tables
/// into a new folder if one is given.
///
/// Rows that cannot be used do not stop the check of the others; only the articles are not counted.
pub fn check_lexicons(
    config: &RunConfig,
    out: Option<&Path>,
) -> Result<LexiconChecked, Vec<Message>> {
    let folder = out.map(new_folder).transpose().map_err(|error| vec![error.into()])?;
    let files = LexiconFiles::gather(config.lexicons.as_deref()).map_err(messages)?;
    let mut errors = Vec::new();
    let text = text_rules(&files).unwrap_or_else(|bad| {
        errors.extend(bad);
        Arc::new(TextRules::built_in())
    });
    errors.extend(cleaning_rules(&files).err().into_iter().flatten());
    let (lexicon, found, bad) = findings(&files, &mut Analyzer::new(text));
    let mut all: Vec<Message> = messages(bad);
    all.append(&mut errors);
    let mut checked =
        LexiconChecked { errors: all, found: !found.is_empty(), ..LexiconChecked::default() };
    let mut tables = vec![FINDINGS.build(&found)];
    if checked.errors.is_empty() && !config.inputs.is_empty() {
        tables.extend(count_entries(config, &mut checked)?);
    }
    if let Some(folder) = folder {
        write(&folder, &tables).map_err(|error| vec![error.into()])?;
        folder.finish().map_err(|error| vec![error.into()])?;
    }
    let tables = Tables { all: tables, ..Tables::default() };
    checked.text = lexicon_text(&tables, n_rows(&lexicon), checked.errors.len());
    Ok(checked)
}

/// Rows of the folder's own lists; of all lists where none is given.
fn n_rows(lexicon: &Lexicon) -> usize {
    let own = |entry: &&Entry| {
        let name = format!("{}.csv", entry.kind.file_stem());
        lexicon.files.iter().any(|file| file.name == name && !file.built_in)
    };
    match lexicon.files.iter().any(|file| !file.built_in) {
        true => lexicon.entries.iter().filter(own).count(),
        false => lexicon.entries.len(),
    }
}

/// The lexicons as a page that a coder can be trained on, in Markdown.
pub fn write_codebook(lexicons: Option<&Path>) -> Result<String, Vec<Message>> {
    let files = LexiconFiles::gather(lexicons).map_err(messages)?;
    codebook(&files).map_err(messages)
}

/// A folder for the tables. One with files in it is refused: they may hold somebody's verdicts.
fn new_folder(out: &Path) -> Result<Folder, ReportError> {
    match Folder::prepare(out, false) {
        Err(ReportError::Foreign { dir, .. }) => {
            Err(ReportError::Place { dir, why: "it has files in it, perhaps your verdicts" })
        }
        other => other,
    }
}

/// What every entry does in the articles.
fn count_entries(
    config: &RunConfig,
    checked: &mut LexiconChecked,
) -> Result<Vec<Table>, Vec<Message>> {
    let rules = Rules::load(config)?;
    let counted = set_aside(count(config, &rules)?, &rules).map_err(|error| vec![error])?;
    let tally = &counted.tally;
    let comparison = Comparison::new(tally, &rules.lexicon, &counted.outlets);
    let mut entries = EntryUse::new(&rules.lexicon);
    let mut uncovered = Uncovered::new(&tally.surfaces);
    for record in tally.records.read().map_err(|error| vec![error.into()])? {
        let record = record.map_err(|error| vec![error.into()])?;
        entries.add(&record);
        uncovered.add(&record);
    }
    checked.messages.extend(counted.warnings.iter().cloned());
    Ok(vec![
        ENTRIES.build(&entries.entries()),
        CONTEXTS.build(&entries.contexts()),
        FORMS.build(&entries.forms()),
        UNCOVERED.build(&uncovered.rows(&comparison.outlets)),
    ])
}

fn write(folder: &Folder, tables: &[Table]) -> Result<(), ReportError> {
    for table in tables {
        folder.write(&format!("{}.csv", table.name), |out| write_table(table, out))?;
    }
    Ok(())
}
