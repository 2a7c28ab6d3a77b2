//! User stories, run as a user would: each folder of `tests/cases` holds a `cmd.toml`, its inputs in
//! `in/`, and what must come out: `transcript.txt` and, for reports, `out/`, byte for byte.
//!
//! What must come out changes only through `UPDATE_GOLDEN=1`.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

/// One user story.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    /// Who wants what, in one sentence.
    about: String,
    /// A folder whose files must equal those in `out/`.
    compare: Option<String>,
    /// Files among them that change with every edit of a built-in word list.
    #[serde(default)]
    except: Vec<String>,
    /// A set of word lists that ships with the program, put beside the inputs: `us-china`.
    lexicons: Option<String>,
    step: Vec<Step>,
}

/// One thing that happens in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    /// Arguments of `parallax`.
    args: Option<Vec<String>>,
    /// The exit code that must follow.
    code: Option<i32>,
    /// A file whose last byte but one is changed instead.
    flip: Option<String>,
    /// A file that is written instead.
    write: Option<String>,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every file below a folder, by path.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(dir).into_iter().flatten() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            let below = files(&entry.path()).into_iter();
            found.extend(below.map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
        } else {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    found
}

/// Changes one byte; the report must notice.
fn flip(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    let at = bytes.len() - 2;
    bytes[at] ^= 1;
    fs::write(file, bytes).unwrap();
}

/// A text with the checksums and run ids masked: they change with every word list and version, and
/// the files behind them are compared themselves.
fn masked(text: &str) -> String {
    let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n') {
        let mut line = line.to_string();
        for length in [64, 12] {
            let mut at = 0;
            while let Some(start) = line[at..].find(hex).map(|found| found + at) {
                let digits = line[start..].chars().take_while(|c| hex(*c)).count();
                at = start + digits;
                let after_r = length == 64 || line[..start].ends_with('r');
                if digits == length && after_r {
                    line.replace_range(start..at, "...");
                    at = start + 3;
                }
            }
        }
        lines.push(line);
    }
    lines.join("\n")
}

/// A manifest without what changes with every edit of a built-in word list.
fn plain_manifest(bytes: &[u8]) -> Vec<u8> {
    let text = masked(std::str::from_utf8(bytes).unwrap());
    let changing = ["\"entries\": ", "\"bytes\": "];
    let kept = text.lines().filter(|line| !changing.iter().any(|key| line.contains(key)));
    let text: String = kept.map(|line| format!("{line}\n")).collect();
    text.into_bytes()
}

/// Runs one command; what it printed, and its exit code.
fn run(args: &[String], dir: &Path) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(args)
        .current_dir(dir)
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    let code = output.status.code();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let mut said = format!("$ parallax {}\n", args.join(" "));
    said += &text(&output.stderr);
    said += &text(&output.stdout);
    said += &format!("[exit {}]\n", code.unwrap_or(-1));
    (masked(&said), code)
}

/// Plays a story; returns its transcript and the files it is to be compared by.
fn play(case: &Path, story: &Story) -> (String, BTreeMap<String, Vec<u8>>) {
    let place = tempfile::tempdir().unwrap();
    if case.join("in").is_dir() {
        copy_folder(&case.join("in"), place.path());
    }
    if let Some(set) = &story.lexicons {
        copy_folder(&root().join("lexicons").join(set), &place.path().join(set));
    }
    let mut transcript = format!("# {}\n", story.about);
    for step in &story.step {
        if let Some(file) = &step.flip {
            flip(&place.path().join(file));
            transcript += &format!("(one byte of {file} changes)\n");
        }
        if let Some(file) = &step.write {
            let file_path = place.path().join(file);
            fs::create_dir_all(file_path.parent().unwrap()).unwrap();
            fs::write(file_path, "mine\n").unwrap();
            transcript += &format!("(somebody writes {file})\n");
        }
        if let Some(args) = &step.args {
            let (said, code) = run(args, place.path());
            assert_eq!(code, Some(step.code.unwrap_or(0)), "{}:\n{said}", case.display());
            transcript += &said;
        }
    }
    let compared = story.compare.as_ref().map(|folder| files(&place.path().join(folder)));
    let mut compared = compared.unwrap_or_default();
    compared.retain(|path, _| !story.except.contains(path));
    if let Some(manifest) = compared.get_mut("manifest.json") {
        *manifest = plain_manifest(manifest);
    }
    (transcript, compared)
}

fn update(case: &Path, transcript: &str, compared: &BTreeMap<String, Vec<u8>>) {
    fs::write(case.join("transcript.txt"), transcript).unwrap();
    let _ = fs::remove_dir_all(case.join("out"));
    for (path, bytes) in compared {
        let file = case.join("out").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
}

/// What differs between what must come out and what does.
fn complaints(case: &Path, transcript: &str, compared: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let name = case.file_name().unwrap().to_string_lossy();
    let mut wrong = Vec::new();
    let expected = fs::read_to_string(case.join("transcript.txt")).unwrap_or_default();
    if expected != transcript {
        wrong.push(format!("{name}: the transcript differs; it is now\n{transcript}"));
    }
    let golden = files(&case.join("out"));
    let mut paths: Vec<&String> = golden.keys().chain(compared.keys()).collect();
    paths.sort();
    paths.dedup();
    for path in paths.into_iter().filter(|path| golden.get(*path) != compared.get(*path)) {
        wrong.push(format!("{name}: out/{path} differs"));
    }
    wrong
}

#[test]
fn every_story_ends_as_it_should() {
    let updating = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut cases: Vec<PathBuf> =
        fs::read_dir(root().join("tests/cases")).unwrap().map(|e| e.unwrap().path()).collect();
    cases.retain(|case| case.join("cmd.toml").exists());
    cases.sort();
    assert!(cases.len() >= 8, "only {} cases found", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let story = fs::read_to_string(case.join("cmd.toml")).unwrap();
        let story: Story =
            toml::from_str(&story).unwrap_or_else(|e| panic!("{}: {e}", case.display()));
        let (transcript, compared) = play(case, &story);
        if updating {
            update(case, &transcript, &compared);
        } else {
            wrong.extend(complaints(case, &transcript, &compared));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
