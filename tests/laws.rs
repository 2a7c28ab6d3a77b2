//! Laws that hold for any corpus: threads, the order of rows and the cut into shards never show.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use parallax::report::files_below;
use parallax::run::{RunConfig, compare, merge, tally};

const OUTLETS: [&str; 3] = ["Daily", "Herald", "Post"];
const OPENINGS: [&str; 4] = [
    "The ministers met in the port city on Friday and praised their cooperation.",
    "The dispute over sanctions went on, the ministry’s statement said.",
    "“We will not take part in a military alliance against anybody at all,” the envoy said.",
    "Trade between the two countries grew, according to the customs office.",
];
const CLOSINGS: [&str; 5] = [
    "Experts warned of the risk of a wider war.",
    "The statement did not mention Ukraine.",
    "The U.S. and China-Russia ties were on the agenda.",
    "Mr. Li called the talks “frank”.",
    "Both sides agreed to co-operate on energy.",
];

/// A small corpus as records: id, outlet, date, title, text; the same on every run.
fn records() -> Vec<String> {
    let record = |no: usize| {
        let outlet = OUTLETS[no % 3];
        let title = format!("Talks on day {}", no / 6);
        let opening = OPENINGS[(no * 7 + no / 3) % 4];
        let text = format!("{opening} {} Note {no}.", CLOSINGS[(no * 3 + no / 4) % 5]);
        format!("a{no:03},{outlet},2024-03-{:02},{title},\"{text}\"\n", 1 + no / 6)
    };
    (0..48).map(record).collect()
}

fn write(dir: &Path, name: &str, rows: &[String]) -> PathBuf {
    let path = dir.join(name);
    fs::write(&path, format!("id,outlet,published,title,text\n{}", rows.concat())).unwrap();
    path
}

fn config(inputs: Vec<PathBuf>, out: PathBuf, threads: usize) -> RunConfig {
    RunConfig { inputs, out, threads, voice: true, ..RunConfig::default() }
}

/// Every file of a report by path.
fn report(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = files_below(dir).unwrap();
    assert!(files.contains(&"manifest.json".to_string()), "{files:?}");
    files.into_iter().map(|file| (file.clone(), fs::read(dir.join(&file)).unwrap())).collect()
}

fn same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, bytes) in one {
        assert!(other[path] == *bytes, "{path} differs");
    }
}

fn compared(dir: &Path, out: &str, input: PathBuf, threads: usize) -> BTreeMap<String, Vec<u8>> {
    let out = dir.join(out);
    compare(&config(vec![input], out.clone(), threads)).unwrap();
    report(&out)
}

#[test]
fn threads_never_show() {
    let dir = tempfile::tempdir().unwrap();
    let input = write(dir.path(), "all.csv", &records());
    let one = compared(dir.path(), "one", input.clone(), 1);
    same(&one, &compared(dir.path(), "eight", input, 8));
}

#[test]
fn the_order_of_rows_never_shows() {
    let dir = tempfile::tempdir().unwrap();
    let sorted = compared(dir.path(), "sorted", write(dir.path(), "a.csv", &records()), 2);
    let mut rows = records();
    rows.reverse();
    rows.rotate_left(17);
    same(&sorted, &compared(dir.path(), "turned", write(dir.path(), "b.csv", &rows), 2));
}

#[test]
fn the_cut_into_shards_and_their_order_never_show() {
    let dir = tempfile::tempdir().unwrap();
    let rows = records();
    let whole = compared(dir.path(), "whole", write(dir.path(), "all.csv", &rows), 2);
    for (cuts, order) in [(vec![0, 9, 30, 48], vec![2, 0, 1]), (vec![0, 1, 48], vec![1, 0])] {
        let mut shards = Vec::new();
        for (no, cut) in cuts.windows(2).enumerate() {
            let input = write(dir.path(), &format!("part{no}.csv"), &rows[cut[0]..cut[1]]);
            let shard = dir.path().join(format!("part{no}.tally"));
            tally(&config(vec![input], shard.clone(), 2)).unwrap();
            shards.push(shard);
        }
        let shards = order.into_iter().map(|no: usize| shards[no].clone()).collect();
        let out = dir.path().join(format!("merged from {}", cuts.len()));
        merge(&config(shards, out.clone(), 1)).unwrap();
        same(&whole, &report(&out));
    }
}

/// Runs the built program in a folder, without `--name`.
fn parallax(dir: &Path, args: &[&str]) {
    let program = env!("CARGO_BIN_EXE_parallax");
    let output = Command::new(program).current_dir(dir).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_names_of_inputs_and_folders_never_show() {
    let dir = tempfile::tempdir().unwrap();
    let rows = records();
    write(dir.path(), "whole.csv", &rows);
    write(dir.path(), "early.csv", &rows[..20]);
    write(dir.path(), "late.csv", &rows[20..]);
    let run = |args: &[&str]| parallax(dir.path(), args);
    run(&["compare", "whole.csv", "-q"]);
    run(&["compare", "whole.csv", "--out", "elsewhere/eight", "--threads", "8", "-q"]);
    run(&["compare", "late.csv", "early.csv", "--out", "two", "-q"]);
    run(&["tally", "early.csv", "-o", "1.tally", "-q"]);
    run(&["tally", "late.csv", "-o", "2.tally", "-q"]);
    run(&["merge", "2.tally", "1.tally", "--out", "put together", "-q"]);
    let whole = report(&dir.path().join("reports/whole"));
    for other in ["elsewhere/eight", "two", "put together"] {
        same(&whole, &report(&dir.path().join(other)));
    }
    run(&["verify", "reports/whole"]);
}

#[test]
fn verify_asks_for_an_input_that_it_does_not_find() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("far")).unwrap();
    write(dir.path(), "whole.csv", &records());
    parallax(dir.path(), &["compare", "whole.csv", "--out", "far/report", "-q"]);
    let program = env!("CARGO_BIN_EXE_parallax");
    let verify = |args: &[&str]| {
        let far = dir.path().join("far");
        Command::new(program).current_dir(far).args(args).output().unwrap()
    };
    let lost = verify(&["verify", "report"]);
    assert!(String::from_utf8_lossy(&lost.stderr).contains("`--input PATH`"), "{lost:?}");
    assert_eq!(lost.status.code(), Some(4));
    let found = verify(&["verify", "report", "--input", "../whole.csv"]);
    assert_eq!(found.status.code(), Some(0), "{found:?}");
}
