//! The main job: count, compare, write; `compare` is `tally` and `merge` without the file between.

use std::path::Path;
use std::path::PathBuf;

use crate::base::{Message, both, listed};
use crate::corpus::InputFile;
use crate::report::{
    Folder, InputRecord, MANIFEST, Manifest, Options, ReportError, Tables, Tool, Totals,
    WarningRecord, comparison, declarations, read_manifest, summary, write_grid,
};
use crate::run::about::{n_aside, note, settled};
use crate::run::by::{check_by, note_by, stratum};
use crate::run::census::Census;
use crate::run::count::{Counted, count, set_aside};
use crate::run::files::{Files, Total};
use crate::run::fill::{Filled, fill};
use crate::run::languages::language_warnings;
use crate::run::rules::Rules;
use crate::run::shard::read_shards;
use crate::run::strict::{inspect, judge};
use crate::run::warnings::warnings;
use crate::run::{RunConfig, RunError};

/// The one input beside records that changes a report: it names and orders the outlets.
pub(crate) const OUTLET_TABLE: &str = "outlets.csv";

/// What a run has to say when it is done.
#[derive(Debug)]
pub struct Outcome {
    /// The report folder, as the user typed it.
    pub out: PathBuf,
    /// What its manifest says.
    pub manifest: Manifest,
    /// Warnings and notes, in the order of their codes.
    pub messages: Vec<Message>,
    /// What the terminal says about the findings.
    pub summary: String,
}

/// Reads articles and writes a report.
pub fn compare(config: &RunConfig) -> Result<Outcome, Vec<Message>> {
    check_tables(config)?;
    check_by(config)?;
    let mut rules = Rules::load(config)?;
    let config = &settled(config, &rules.lexicon)?;
    let folder = prepare(config)?;
    inspect(config, &rules)?;
    let counted = count(config, &rules)?;
    judge(config, &counted.warnings, &counted.tally.skipped)?;
    rules.cleaning.forget_patterns();
    write_report(config, rules, counted, folder)
}

/// Merges tallies into the report that one run over all their articles would have written.
pub fn merge(config: &RunConfig) -> Result<Outcome, Vec<Message>> {
    check_tables(config)?;
    let rules = Rules::load(config)?;
    let folder = prepare(config)?;
    let (config, counted) = read_shards(config, &rules)?;
    judge(&config, &rules.warnings, &counted.tally.skipped)?;
    write_report(&config, rules, counted, folder)
}

/// Makes ready to write the report; never where it would stand among the articles' own folders.
fn prepare(config: &RunConfig) -> Result<Folder, Vec<Message>> {
    let folder = if config.inputs.iter().any(|input| holds(&config.out, input)) {
        let why = "the articles themselves lie in it";
        Err(ReportError::Place { dir: config.out.clone(), why })
    } else {
        Folder::prepare(&config.out, config.force)
    };
    let folder = folder.map_err(|error| vec![error.into()])?;
    config.watch.passing(folder.building());
    Ok(folder)
}

/// Whether an input is the folder itself or lies in it.
fn holds(folder: &Path, input: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    real(folder).zip(real(input)).is_some_and(|(folder, input)| input.starts_with(folder))
}

fn check_tables(config: &RunConfig) -> Result<(), Vec<Message>> {
    let known: Vec<&str> = declarations().iter().map(|table| table.table).collect();
    let unknown = config.tables.iter().filter(|table| !known.contains(&table.as_str()));
    let errors: Vec<Message> = unknown
        .map(|table| RunError::NoTable { table: table.clone(), known: listed(&known) }.into())
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// From counts to the files of a report.
fn write_report(
    config: &RunConfig,
    rules: Rules,
    counted: Counted,
    folder: Folder,
) -> Result<Outcome, Vec<Message>> {
    if counted.tally.heads.is_empty() {
        return Err(vec![empty(&counted).into()]);
    }
    let counted = set_aside(counted, &rules).map_err(|error| vec![error])?;
    let files = Files::new(&folder, &config.tables, &config.watch);
    let Filled { mut tables, census } =
        fill(&counted, &rules.lexicon, stratum(config), &files).map_err(|error| vec![error])?;
    tables.one_voice = !config.voice;
    let mut messages = counted.warnings.clone();
    messages.extend(rules.warnings.iter().cloned());
    messages.extend(warnings(&tables));
    messages.extend(note(&config.about, &counted.tally));
    messages.extend(note_by(&config.by, tables.strata));
    messages.extend(voices_left_out(config.voice));
    let forms = &counted.tally.surfaces;
    messages.extend(language_warnings(&tables.articles, &rules.lexicon, forms));
    messages.sort();
    let mut manifest = manifest(config, &rules, &counted, &messages, (&tables, census));
    Total { outputs: manifest.outputs, guarded_cells: manifest.guarded_cells } = files.total();
    let manifest = write_rest(&folder, &tables, manifest).map_err(|e| vec![e.into()])?;
    messages.extend(replaced(&config.out, &manifest));
    config.watch.settle();
    // While the disk is waited for, what is known goes.
    let rest = || {
        drop((rules, counted));
        summary(&tables)
    };
    let (finished, summary) = both(config.threads, || folder.finish(), rest);
    finished.map_err(|error| vec![error.into()])?;
    Ok(Outcome { out: config.out.clone(), manifest, messages, summary })
}

/// That nobody may read the whole article as the outlet's own words.
fn voices_left_out(told: bool) -> Option<Message> {
    let what = "speakers, denials and reported silences were not looked for: every word counts as \
                the outlet's own, so `own` says no more than `all`, and none as negated";
    let mend = "leave `--no-voice` out to tell them apart";
    (!told).then(|| Message::new("N213", "--no-voice", what, mend))
}

pub(crate) fn empty(counted: &Counted) -> RunError {
    let why = match counted.tally.skipped.as_slice() {
        [] => String::new(),
        [first, rest @ ..] => {
            format!(": {} skipped, the first because {}", rest.len() + 1, first.reason)
        }
    };
    RunError::Empty { why }
}

/// That the report takes the place of one about other articles: two inputs may have one name.
fn replaced(out: &Path, now: &Manifest) -> Option<Message> {
    let then = read_manifest(out).ok()?;
    if then.records == now.records && then.inputs == now.inputs {
        return None;
    }
    let what = format!(
        "this takes the place of the report of run {}, which was made from other articles",
        then.run_id
    );
    let mend = "give `--out DIR` if you want to keep both";
    Some(Message::new("N601", out.display().to_string(), what, mend))
}

/// Writes the files that are made from the tables, the manifest last.
fn write_rest(
    folder: &Folder,
    tables: &Tables,
    mut manifest: Manifest,
) -> Result<Manifest, ReportError> {
    let grid = folder.write("comparison.csv", |out| write_grid(&comparison(tables), out))?;
    manifest.guarded_cells += grid.value;
    manifest.outputs.push(grid.output);
    let manifest = manifest.seal();
    folder.write(MANIFEST, |out| out.write_all(manifest.to_json().as_bytes()))?;
    Ok(manifest)
}

fn manifest(
    config: &RunConfig,
    rules: &Rules,
    counted: &Counted,
    messages: &[Message],
    (tables, census): (&Tables, Census),
) -> Manifest {
    Manifest {
        tool: if census.dictionaries { Tool::with_dictionaries() } else { Tool::default() },
        options: Options {
            name: config.name.clone(),
            voice: config.voice,
            tables: config.tables.clone(),
            outlets: config.outlets.clone(),
            about: config.about.clone(),
            by: config.by.clone(),
            read: config.read.clone(),
        },
        inputs: input_records(counted, &census),
        records: census.records.sum(),
        lexicons: rules.lexicon.files.clone(),
        totals: Totals {
            articles: counted.tally.heads.len() as u64,
            outlets: tables.outlets().len() as u64,
            skipped: (counted.tally.skipped.len() - n_aside(&counted.tally)) as u64,
            not_about: n_aside(&counted.tally) as u64,
            words: census.words,
            mentions: census.mentions,
        },
        evidence: tables.evidence.clone(),
        // What the reader said is about files, which shards lay out otherwise.
        warnings: messages
            .iter()
            .filter(|message| !message.code.starts_with("W4") && !message.code.starts_with("N4"))
            .map(|m| WarningRecord { code: m.code.to_string(), what: m.what.clone() })
            .collect(),
        ..Manifest::default()
    }
}

/// The input files that the manifest lists. Files of records are left out, because the layout of
/// shards must not show; the checksum over the records stands for them.
fn input_records(counted: &Counted, census: &Census) -> Vec<InputRecord> {
    let listed = |file: &&InputFile| census.whole_files || file.path.ends_with(OUTLET_TABLE);
    let files = counted.files.iter().filter(listed);
    files.map(|f| InputRecord { path: f.path.clone(), sha256: f.sha256.clone() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_even_force_puts_a_report_where_its_articles_lie() {
        let dir = tempfile::tempdir().unwrap();
        let articles = dir.path().join("a/articles");
        std::fs::create_dir_all(articles.join("Daily")).unwrap();
        std::fs::write(articles.join("Daily/one.txt"), "The talks began.").unwrap();
        for out in ["a", "a/articles/", "a/articles/../articles"] {
            let out = dir.path().join(out);
            let inputs = vec![articles.clone()];
            let config = RunConfig { inputs, out, force: true, ..RunConfig::default() };
            assert_eq!(compare(&config).unwrap_err()[0].code, "E602");
        }
        let text = std::fs::read_to_string(articles.join("Daily/one.txt")).unwrap();
        assert_eq!(text, "The talks began.");
    }
}
