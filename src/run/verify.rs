//! Proves a report: hashes everything again, runs again, compares bytes.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::base::{Message, read_ordinary, sha256_hex};
use crate::lexicon::LexiconFiles;
use crate::report::{
    InputRecord, MANIFEST, Manifest, Output, ReportError, Tool, WarningRecord, files_below,
    read_manifest, recover,
};
use crate::run::compare::compare;
use crate::run::rules::messages;
use crate::run::{RunConfig, RunError};

/// What a repetition finds.
#[derive(Debug, Default)]
pub struct Verified {
    /// What was compared, for people.
    pub text: String,
    /// What differs; nothing if every byte is the same.
    pub differences: Vec<Message>,
}

/// Repeats the run behind a report. `config` gives lexicons, threads and, if the articles are not
/// where they are looked for, inputs; the settings come from the report.
pub fn verify(dir: &Path, config: &RunConfig) -> Result<Verified, Vec<Message>> {
    let failed = |error: ReportError| vec![Message::from(error)];
    recover(dir).map_err(|error| failed(ReportError::Write { path: dir.into(), error }))?;
    let manifest = match read_manifest(dir) {
        Err(_) if dir.join(MANIFEST).is_file() => return Ok(broken_manifest(dir)),
        read => read.map_err(failed)?,
    };
    let mut differences = changed_files(dir, &manifest);
    differences.extend(other_program(&manifest));
    let inputs = find_inputs(dir, config, &manifest)?;
    differences.extend(changed_inputs(&inputs, &manifest));
    let lexicons = LexiconFiles::gather(config.lexicons.as_deref()).map_err(messages)?;
    differences.extend(changed_lexicons(&lexicons, &manifest));
    if differences.is_empty() {
        differences.extend(run_again(config, inputs, &manifest)?);
    }
    let text = if differences.is_empty() { praise(&manifest) } else { String::new() };
    Ok(Verified { text, differences })
}

fn broken_manifest(dir: &Path) -> Verified {
    let place = dir.join(MANIFEST).display().to_string();
    let mend = "move the folder elsewhere, and run `parallax compare` again";
    let differences = vec![Message::new("E703", place, "this file is not as it was written", mend)];
    Verified { text: String::new(), differences }
}

fn praise(manifest: &Manifest) -> String {
    format!(
        "The same bytes: {} files of run {}, {} input files, {} articles from records, {} word lists\n",
        manifest.outputs.len() + 1,
        manifest.run_id,
        manifest.inputs.len(),
        manifest.records.articles,
        manifest.lexicons.len(),
    )
}

/// A file of the report that is not as it was written.
fn changed(path: &str, what: &str) -> Message {
    Message::new("E703", path, what, "run `parallax compare` again to restore the report")
}

/// That something is no longer there, or why it cannot be read.
fn gone_or_unreadable(what: &str, error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => format!("{what} is gone"),
        _ => format!("{what} cannot be read: {error}"),
    }
}

/// Files of the report that are gone, changed or new since it was written.
fn changed_files(dir: &Path, manifest: &Manifest) -> Vec<Message> {
    let shown = |path: &str| dir.join(path).display().to_string();
    let mut found = Vec::new();
    for output in &manifest.outputs {
        match read_ordinary(&dir.join(&output.path)) {
            Err(error) => {
                let what = gone_or_unreadable("this file of the report", &error);
                found.push(changed(&shown(&output.path), &what));
            }
            Ok(bytes) if sha256_hex(&bytes) != output.sha256 => {
                found.push(changed(&shown(&output.path), "this file is not as it was written"));
            }
            Ok(_) => {}
        }
    }
    let written = read_ordinary(&dir.join(MANIFEST)).unwrap_or_default();
    if manifest.run_id != manifest.expected_run_id() || written != manifest.to_json().as_bytes() {
        found.push(changed(&shown(MANIFEST), "this file is not as it was written"));
    }
    let known =
        |file: &String| *file == MANIFEST || manifest.outputs.iter().any(|o| o.path == *file);
    for file in files_below(dir).unwrap_or_default().iter().filter(|file| !known(file)) {
        let mend = "move the file elsewhere; it is no part of the report";
        found.push(Message::new("E703", shown(file), "no run wrote this file", mend));
    }
    found
}

fn other_program(manifest: &Manifest) -> Option<Message> {
    let then = &manifest.tool;
    let plain = then.dictionaries.is_empty();
    let now = if plain { Tool::default() } else { Tool::with_dictionaries() };
    (*then != now).then(|| {
        let said = |tool: &Tool| {
            let parts = [&tool.unicode, &tool.stemmer, &tool.dictionaries];
            let parts: Vec<&str> =
                parts.iter().map(|part| part.as_str()).filter(|part| !part.is_empty()).collect();
            format!("{} {} (Unicode {})", tool.name, tool.version, parts.join(", "))
        };
        Message::new(
            "E704",
            "",
            format!("the report was written by {}, and this is {}", said(then), said(&now)),
            "repeat it with the version that wrote it",
        )
    })
}

/// The inputs of the report: those given, else what is called like the report in the working folder.
fn find_inputs(
    dir: &Path,
    config: &RunConfig,
    manifest: &Manifest,
) -> Result<Vec<PathBuf>, Vec<Message>> {
    let gone = |looked: String| vec![RunError::InputGone { looked }.into()];
    if let Some(missing) = config.inputs.iter().find(|path| !path.exists()) {
        return Err(gone(missing.display().to_string()));
    }
    if !config.inputs.is_empty() {
        return Ok(config.inputs.clone());
    }
    let folder = called(dir);
    let names = [folder.as_str(), manifest.options.name.as_str()];
    let found = names.into_iter().filter(|name| !name.is_empty()).find_map(in_working_folder);
    let found = found.or_else(|| holding(manifest));
    found.map(|input| vec![input]).ok_or_else(|| gone(folder.clone()))
}

/// The name of a report's folder, even if it was typed as `.`.
fn called(dir: &Path) -> String {
    let full = fs::canonicalize(dir).unwrap_or_else(|_| dir.to_path_buf());
    full.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What is called so in the working folder: a folder or file, else a file with any ending. A report
/// is no input.
fn in_working_folder(name: &str) -> Option<PathBuf> {
    let is_report = |path: &PathBuf| path.join(MANIFEST).exists();
    let exact = Some(PathBuf::from(name)).filter(|path| path.exists() && !is_report(path));
    let called_so = |file: &PathBuf| {
        !is_report(file) && file.to_str().is_some_and(|file| file.split('.').next() == Some(name))
    };
    exact.or_else(|| entries().into_iter().find(called_so))
}

/// The folder in the working folder that holds every input file of a report; `None` for records,
/// whose files the manifest does not name.
fn holding(manifest: &Manifest) -> Option<PathBuf> {
    let inputs = &manifest.inputs;
    let holds = |folder: &PathBuf| inputs.iter().all(|file| folder.join(&file.path).is_file());
    let named = manifest.records.articles == 0 && !inputs.is_empty();
    entries().into_iter().filter(|_| named).find(holds)
}

/// What lies in the working folder, sorted.
fn entries() -> Vec<PathBuf> {
    let entries = fs::read_dir(".").into_iter().flatten();
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| Some(PathBuf::from(entry.ok()?.file_name()))).collect();
    files.sort();
    files
}

/// Where an input file of the manifest lies now.
fn locate(inputs: &[PathBuf], file: &InputRecord) -> PathBuf {
    let places = inputs
        .iter()
        .map(|input| if input.is_dir() { input.join(&file.path) } else { input.clone() });
    let mut candidates: Vec<PathBuf> =
        places.filter(|place| place.ends_with(&file.path) && place.exists()).collect();
    candidates.pop().unwrap_or_else(|| PathBuf::from(&file.path))
}

fn changed_inputs(inputs: &[PathBuf], manifest: &Manifest) -> Vec<Message> {
    let differs = |file: &InputRecord| {
        let place = locate(inputs, file);
        let (what, mend) = match read_ordinary(&place) {
            Err(error) => (
                gone_or_unreadable("this input", &error),
                "if it lies elsewhere, say where the articles are with `--input PATH`; else restore \
                 the file",
            ),
            Ok(bytes) if sha256_hex(&bytes) != file.sha256 => (
                "this input has changed".to_string(),
                "restore the file, or run `parallax compare` again for a new report",
            ),
            Ok(_) => return None,
        };
        Some(Message::new("E701", place.display().to_string(), what, mend))
    };
    manifest.inputs.iter().filter_map(differs).collect()
}

/// Word lists that are not the ones that were used, or come from another place. By their bytes: a
/// changed list may not even be readable as one.
fn changed_lexicons(files: &LexiconFiles, manifest: &Manifest) -> Vec<Message> {
    let then = manifest.lexicons.iter().map(|f| (f.name.as_str(), f.built_in, f.sha256.clone()));
    let (then, now): (BTreeSet<_>, BTreeSet<_>) = (then.collect(), files.sums().collect());
    let mut names: Vec<&str> = then.symmetric_difference(&now).map(|(name, ..)| *name).collect();
    names.dedup();
    let differs = |name: &str| {
        let place = files.path(name).map_or(name.to_string(), |path| path.display().to_string());
        let what = "this word list is not the one that was used";
        let mend = "name the folder that the report was made with by `--lexicons DIR`";
        Message::new("E702", place, what, mend)
    };
    names.into_iter().map(differs).collect()
}

/// Repeats the run in a place of its own and names every file that comes out otherwise.
fn run_again(
    config: &RunConfig,
    inputs: Vec<PathBuf>,
    then: &Manifest,
) -> Result<Vec<Message>, Vec<Message>> {
    let place = tempfile::tempdir().map_err(|error| {
        let path = std::env::temp_dir();
        vec![Message::from(ReportError::Write { path, error })]
    })?;
    config.watch.passing(place.path());
    let options = then.options.clone();
    let named: Vec<String> = inputs.iter().map(|input| input.display().to_string()).collect();
    let again = RunConfig {
        inputs,
        out: place.path().join("report"),
        name: options.name,
        voice: options.voice,
        tables: options.tables,
        outlets: options.outlets,
        about: options.about,
        by: options.by,
        read: options.read,
        strict: false,
        ..config.clone()
    };
    let now = compare(&again)?.manifest;
    let mut found = Vec::new();
    if now.records != then.records || now.inputs != then.inputs {
        let mend = "restore the articles, or run `parallax compare` again for a new report";
        found.push(Message::new("E701", named.join(", "), "the input holds other articles", mend));
    }
    if found.is_empty() {
        found.extend(other_outputs(&then.outputs, &now.outputs));
    }
    if found.is_empty() {
        found.extend(other_warnings(&then.warnings, &now.warnings));
    }
    if found.is_empty() && now.to_json() != then.to_json() {
        found.push(other_output(MANIFEST));
    }
    Ok(found)
}

/// Warnings that only one of the runs gave, such as one of a file that lies beside the articles now.
fn other_warnings(then: &[WarningRecord], now: &[WarningRecord]) -> Vec<Message> {
    let only = |these: &[WarningRecord], others: &[WarningRecord], who: &str| {
        let these = these.iter().filter(|warning| !others.contains(warning));
        let what = |w: &WarningRecord| format!("only {who} warns ({}): {}", w.code, w.what);
        let mend = "restore the file that the warning names, or make a new report";
        these.map(|w| Message::new("E705", MANIFEST, what(w), mend)).collect::<Vec<_>>()
    };
    let mut found = only(then, now, "the report");
    found.extend(only(now, then, "the repeated run"));
    found
}

fn other_output(path: &str) -> Message {
    let mend = "if dates, outlets or events of the articles were not changed, report this";
    Message::new("E705", path, "the repeated run writes this file with other bytes", mend)
}

fn other_outputs(then: &[Output], now: &[Output]) -> Vec<Message> {
    let mut paths: Vec<&str> = then.iter().chain(now).map(|output| output.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    let of = |outputs: &[Output], path: &str| outputs.iter().find(|o| o.path == path).cloned();
    paths.retain(|path| of(then, path) != of(now, path));
    paths.into_iter().map(other_output).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Sha256Hex;
    use crate::lexicon::LexiconFile;

    fn output(path: &str, sha: &str) -> Output {
        Output { path: path.into(), bytes: 1, sha256: Sha256Hex(sha.into()) }
    }

    #[test]
    fn a_file_that_only_one_run_writes_differs() {
        let then = [output("a.csv", "1"), output("b.csv", "1")];
        let now = [output("a.csv", "1"), output("b.csv", "2"), output("c.csv", "1")];
        let differing: Vec<String> =
            other_outputs(&then, &now).into_iter().map(|message| message.place).collect();
        assert_eq!(differing, ["b.csv", "c.csv"]);
    }

    #[test]
    fn an_input_that_is_gone_can_be_named() {
        let file = InputRecord { path: "no/such.txt".into(), sha256: Sha256Hex("1".into()) };
        let manifest = Manifest { inputs: vec![file], ..Manifest::default() };
        let said = changed_inputs(&[PathBuf::from("elsewhere")], &manifest);
        assert!(said[0].mend.contains("`--input PATH`"), "{said:?}");
    }

    #[test]
    fn another_version_of_the_program_is_a_difference() {
        assert!(other_program(&Manifest::default()).is_none());
        let tool = Tool { version: "0.0.0".into(), ..Tool::default() };
        let manifest = Manifest { tool, ..Manifest::default() };
        assert!(other_program(&manifest).unwrap().what.contains("0.0.0"));
        let tool = Tool { dictionaries: "icu_segmenter 0.9".into(), ..Tool::default() };
        let manifest = Manifest { tool, ..Manifest::default() };
        assert!(other_program(&manifest).unwrap().what.contains("icu_segmenter 0.9"));
        let manifest = Manifest { tool: Tool::with_dictionaries(), ..Manifest::default() };
        assert!(other_program(&manifest).is_none());
    }

    #[test]
    fn a_warning_that_only_one_run_gives_is_named() {
        let warning = |what: &str| WarningRecord { code: "W501".into(), what: what.into() };
        let then = [warning("both"), warning("`extra.csv` is no word list")];
        let found = other_warnings(&then, &then[..1]);
        assert_eq!(found.len(), 1);
        assert!(found[0].what.contains("`extra.csv`"), "{}", found[0]);
    }

    #[test]
    fn a_manifest_that_cannot_be_read_any_more_is_a_difference() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(MANIFEST), "{").unwrap();
        let verified = verify(dir.path(), &RunConfig::default()).unwrap();
        assert_eq!(verified.differences[0].code, "E703");
        assert!(verified.differences[0].place.ends_with(MANIFEST));
    }

    #[test]
    fn a_word_list_that_cannot_be_read_any_more_is_named() {
        let files = LexiconFiles::of_texts(&[("frames.csv", "category,term\nwar,war\n")]);
        let now = LexiconFiles::of_texts(&[("frames.csv", "categorz,term\nwar,war\n")]);
        let record = |(name, built_in, sha256): (&str, bool, Sha256Hex)| LexiconFile {
            name: name.into(),
            built_in,
            sha256,
            entries: 0,
        };
        let lexicons = files.sums().map(record).collect();
        let manifest = Manifest { lexicons, ..Manifest::default() };
        assert_eq!(changed_lexicons(&files, &manifest), []);
        let changed = changed_lexicons(&now, &manifest);
        assert_eq!((changed.len(), changed[0].place.as_str()), (1, "frames.csv"));
        assert!(changed_lexicons(&LexiconFiles::gather(None).unwrap(), &manifest).len() > 1);
    }
}
