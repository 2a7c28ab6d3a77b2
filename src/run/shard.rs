//! The file of a tally: what one machine counted, for `merge` to put together.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::Message;
use crate::corpus::InputFile;
use crate::report::Tool;
use crate::run::RunConfig;
use crate::run::about::settled;
use crate::run::count::{Counted, count, scratch_dir};
use crate::run::rules::Rules;
use crate::run::strict::{inspect, judge};
use crate::tally::{
    ShardHeader, ShardInput, TallyError, merge_files, refuse_to_cover, write_shard,
};

/// The option that says whether speakers were told apart.
const VOICE: &str = "voice";
/// The option that says how the inputs were read.
const READ: &str = "read";
/// The option that says which relationship articles are about.
const ABOUT: &str = "about";
/// The option that says what articles are divided by.
const BY: &str = "by";
/// The option that says which outlets were counted.
const OUTLETS: &str = "outlets";

/// Counts the inputs and writes the tally to `config.out`; returns warnings and notes.
pub fn tally(config: &RunConfig) -> Result<Vec<Message>, Vec<Message>> {
    refuse_to_cover(&config.out).map_err(one)?;
    config.watch.only_counts();
    let rules = Rules::load(config)?;
    let config = &settled(config, &rules.lexicon)?;
    inspect(config, &rules)?;
    let counted = count(config, &rules)?;
    judge(config, &counted.warnings, &counted.tally.skipped)?;
    let header = ShardHeader {
        program: program(),
        options: options(config),
        lexicons: rules.lexicon.files.clone(),
        outlets: counted.outlets.clone(),
        inputs: counted.files.iter().map(shard_input).collect(),
    };
    config.watch.settle();
    write_shard(&config.out, &header, &counted.tally).map_err(one)?;
    Ok(counted.warnings)
}

/// Reads and merges tallies; the settings that were used in counting come from them.
pub(crate) fn read_shards(
    config: &RunConfig,
    rules: &Rules,
) -> Result<(RunConfig, Counted), Vec<Message>> {
    let scratch = scratch_dir(&config.out);
    let recurring = rules.cleaning.recurring();
    let (header, tally) = merge_files(&config.inputs, recurring, &scratch).map_err(one)?;
    let unlike = |what: &str| {
        one(TallyError::Incompatible {
            path: config.inputs[0].clone(),
            what: what.to_string(),
            other: "this run".to_string(),
        })
    };
    if header.program != program() {
        return Err(unlike("a program version"));
    }
    if header.lexicons != rules.lexicon.files {
        return Err(unlike("lexicons"));
    }
    let option = |name: &str| header.options.get(name).map(String::as_str).unwrap_or_default();
    let outlets = option(OUTLETS).lines().map(String::from).collect();
    let read = serde_json::from_str(option(READ)).unwrap_or_default();
    let (voice, about) = (option(VOICE) == "true", option(ABOUT).to_string());
    let by = option(BY).to_string();
    let config = RunConfig { voice, outlets, about, by, read, ..config.clone() };
    let files = header
        .inputs
        .iter()
        .map(|input| InputFile { path: input.path.clone(), sha256: input.sha256.clone() });
    let files = files.collect();
    let (outlets, warnings) = (header.outlets, Vec::new());
    let watch = config.watch.clone();
    let threads = config.threads;
    let units = Arc::default();
    Ok((config, Counted { tally, files, outlets, warnings, scratch, watch, threads, units }))
}

fn one(error: TallyError) -> Vec<Message> {
    vec![error.into()]
}

/// The program and what decides its counts.
fn program() -> String {
    let tool = Tool::default();
    format!("{} {}, Unicode {}, {}", tool.name, tool.version, tool.unicode, tool.stemmer)
}

fn options(config: &RunConfig) -> BTreeMap<String, String> {
    let voice = (VOICE.to_string(), config.voice.to_string());
    let outlets = (OUTLETS.to_string(), config.outlets.join("\n"));
    let read = serde_json::to_string(&config.read).expect("options are plain texts");
    let about = (ABOUT.to_string(), config.about.clone());
    let by = (BY.to_string(), config.by.clone());
    [voice, outlets, about, by, (READ.to_string(), read)].into_iter().collect()
}

fn shard_input(file: &InputFile) -> ShardInput {
    ShardInput { path: file.path.clone(), sha256: file.sha256.clone() }
}
