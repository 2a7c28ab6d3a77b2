//! Pipes and devices where files belong are refused: a run would wait for them, or read them, for ever.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]
#![allow(clippy::disallowed_methods, reason = "a test that waits has to end")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::fs::{CWD, FileType, Mode, mknodat};

const TEXT: &str = "The war began.\n";

/// A folder with the articles of two outlets in `in`, and a report of them in `r`.
fn desk() -> (tempfile::TempDir, PathBuf) {
    let desk = tempfile::tempdir().unwrap();
    let dir = desk.path().to_path_buf();
    for outlet in ["Daily", "Herald"] {
        fs::create_dir_all(dir.join("in").join(outlet)).unwrap();
        fs::write(dir.join("in").join(outlet).join("a.txt"), TEXT).unwrap();
    }
    let (code, _) = run(&dir, &["compare", "in", "--out", "r"]);
    assert_eq!(code, Some(0));
    (desk, dir)
}

fn pipe(at: &Path) {
    let _ = fs::remove_file(at);
    mknodat(CWD, at, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

/// Exit code and standard error; a run that does not end is killed, and has no code.
fn run(dir: &Path, args: &[&str]) -> (Option<i32>, String) {
    let err = tempfile::NamedTempFile::new().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(args)
        .current_dir(dir)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(err.reopen().unwrap())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while child.try_wait().unwrap().is_none() && began.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let ended = child.try_wait().unwrap();
    if ended.is_none() {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    (ended.and_then(|status| status.code()), fs::read_to_string(err.path()).unwrap())
}

/// Runs a command that must end with this code and name what is no ordinary file.
fn refuses(dir: &Path, args: &[&str], code: i32) {
    let (found, said) = run(dir, args);
    assert_eq!(found, Some(code), "{args:?}: {said}");
    assert!(said.contains("no ordinary file"), "{args:?}: {said}");
}

#[test]
fn a_pipe_among_the_articles_is_skipped_with_its_reason() {
    let (_desk, dir) = desk();
    for name in ["in/x.csv", "in/Daily/b.txt"] {
        pipe(&dir.join(name));
    }
    let (code, said) = run(&dir, &["compare", "in", "--out", "r2"]);
    assert_eq!(code, Some(0), "{said}");
    let skipped = fs::read_to_string(dir.join("r2/tables/skipped.csv")).unwrap();
    assert_eq!(skipped.matches("it is no ordinary file").count(), 2, "{skipped}");
}

#[test]
fn a_pipe_in_the_place_of_a_list_is_an_error() {
    for name in ["in/corpus.csv", "in/outlets.csv"] {
        let (_desk, dir) = desk();
        pipe(&dir.join(name));
        refuses(&dir, &["check", "in"], 4);
    }
}

#[test]
fn a_pipe_as_word_list_tally_or_report_is_an_error() {
    let (_desk, dir) = desk();
    fs::create_dir(dir.join("lists")).unwrap();
    fs::write(dir.join("lists/actors.csv"), "category,term\nCHN,China\n").unwrap();
    for name in ["lists/frames.csv", "lists/shared.csv"] {
        pipe(&dir.join(name));
        refuses(&dir, &["check", "in", "--lexicons", "lists"], 5);
        fs::remove_file(dir.join(name)).unwrap();
    }
    pipe(&dir.join("part"));
    refuses(&dir, &["merge", "part", "--out", "m"], 4);
    std::os::unix::fs::symlink("/dev/zero", dir.join("zero.csv")).unwrap();
    refuses(&dir, &["check", "zero.csv"], 4);
    pipe(&dir.join("r/tables/evidence.csv"));
    refuses(&dir, &["explain", "r", "War"], 4);
    refuses(&dir, &["verify", "r", "--input", "in"], 7);
    pipe(&dir.join("r/manifest.json"));
    refuses(&dir, &["explain", "r", "War"], 4);
    refuses(&dir, &["verify", "r", "--input", "in"], 4);
    let (code, said) = run(&dir, &["compare", "in", "--out", "r"]);
    assert_eq!(code, Some(6), "{said}");
}

#[test]
fn more_threads_than_a_system_allows_are_not_started() {
    let (_desk, dir) = desk();
    let (code, said) = run(&dir, &["compare", "in", "--out", "r3", "--threads", "65535"]);
    assert_eq!(code, Some(0), "{said}");
}
