//! Every command that the README shows works, in the order it shows them.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

mod reading;

use std::fs;
use std::path::Path;

use reading::{commands, parallax_ok, project, words};

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn every_command_of_the_readme_works() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&project().join("seeds"), &folder.path().join("seeds"));
    copy_folder(&project().join("tests/cases/dam/in/articles"), &folder.path().join("my_articles"));
    copy_folder(&project().join("tests/cases/dam/in/lexicons"), &folder.path().join("my_lexicons"));
    for (part, outlet) in [("part1", "Harbour Post"), ("part2", "Valley Courier")] {
        let line = format!(
            r#"{{"id":"{part}","outlet":"{outlet}","date":"2024-05-14","title":"Ice","text":"The US and China met."}}"#
        );
        fs::write(folder.path().join(format!("{part}.jsonl")), line).unwrap();
    }
    let mut run = 0;
    for command in commands(&project().join("README.md")) {
        let words = words(&command);
        let arguments: Vec<&str> = match words[0].as_str() {
            "parallax" => words[1..].iter().map(String::as_str).collect(),
            // `cargo run --release -- ...` runs the same program.
            "cargo" if words.iter().any(|word| word == "--") => {
                words.iter().skip_while(|w| *w != "--").skip(1).map(String::as_str).collect()
            }
            _ => continue,
        };
        parallax_ok(folder.path(), &arguments);
        run += 1;
    }
    assert!(run >= 10, "only {run} commands found in the README");
    assert!(folder.path().join("reports/all/comparison.csv").is_file());
}
