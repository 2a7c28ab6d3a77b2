//! A run that is interrupted ends soon, says so, and leaves nothing half-written.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]
#![cfg(unix)]

mod reading;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

use parallax::report::files_below;
use reading::parallax_ok;

/// Starts the program and waits until it has made this file or folder.
fn started(folder: &Path, arguments: &[&str], made: &str) -> Child {
    let mut run = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !folder.join(made).exists() {
        assert!(run.try_wait().unwrap().is_none(), "it ended before it made `{made}`");
        thread::yield_now();
    }
    run
}

/// Sends a signal, as `kill` does; what the program says, once it has ended with exit code 130.
fn ended_by(signal: &str, mut run: Child) -> String {
    let kill = format!("kill -{signal} {}", run.id());
    assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    // Held open, so that the program may wait for more.
    let _input = run.stdin.take();
    let mut said = String::new();
    run.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(run.wait().unwrap().code(), Some(130), "{said}");
    said
}

/// Where a report is built.
const BUILT: &str = ".r.parallax-tmp";

fn line(no: usize) -> String {
    let outlet = ["Harbour Post", "Valley Courier"][no % 2];
    let text = "China and Russia met at the port. The envoy said the talks went well. ".repeat(20);
    format!("{{\"id\":\"a{no}\",\"outlet\":\"{outlet}\",\"text\":\"{text}\"}}\n")
}

/// All files, hidden ones too, with their bytes.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut found = BTreeMap::new();
    for name in names.map(|name| name.into_string().unwrap()) {
        let at = folder.join(&name);
        if at.is_file() {
            found.insert(name, fs::read(at).unwrap());
        } else {
            found.insert(format!("{name}/"), Vec::new());
            for file in files_below(&at).unwrap() {
                found.insert(format!("{name}/{file}"), fs::read(at.join(&file)).unwrap());
            }
        }
    }
    found
}

#[test]
fn an_interrupted_run_leaves_the_earlier_report_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("few.jsonl"), line(0) + &line(1)).unwrap();
    let many: String = (0..20_000).map(line).collect();
    fs::write(folder.path().join("many.jsonl"), many).unwrap();
    parallax_ok(folder.path(), &["compare", "few.jsonl", "--out", "r"]);
    let before = contents(folder.path());
    for signal in ["INT", "TERM"] {
        let run = started(folder.path(), &["compare", "many.jsonl", "--out", "r"], BUILT);
        let said = ended_by(signal, run);
        assert!(said.contains("error[E130]: interrupted; nothing was written"), "{said}");
        assert!(contents(folder.path()) == before, "after SIG{signal}");
    }
}

#[test]
fn a_run_that_writes_its_tables_can_be_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = (0..600).map(line).collect();
    fs::write(folder.path().join("a.jsonl"), lines).unwrap();
    let before = contents(folder.path());
    let arguments = ["compare", "a.jsonl", "--out", "r"];
    let run = started(folder.path(), &arguments, &format!("{BUILT}/tables"));
    let said = ended_by("TERM", run);
    assert!(said.contains("E130"), "{said}");
    assert!(contents(folder.path()) == before);
}

#[test]
fn a_run_that_waits_for_its_input_can_be_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["compare", "-", "--out", "r", "--threads", "1"];
    let mut run = started(folder.path(), &arguments, BUILT);
    run.stdin.as_mut().unwrap().write_all(line(0).as_bytes()).unwrap();
    let said = ended_by("INT", run);
    assert!(said.contains("E130"), "{said}");
    assert!(contents(folder.path()).is_empty());
}
