//! The papers of the house agree with the code, and the files keep the house's form.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

mod source;

use std::fs;
use std::path::Path;

use source::rust_files;

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Lines of a file up to its test module.
fn code_lines(text: &str) -> usize {
    text.lines().take_while(|line| line.trim() != "#[cfg(test)]").count()
}

#[test]
fn every_room_stands_in_architecture_md() {
    let page = read("ARCHITECTURE.md");
    for entry in fs::read_dir("src").unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let room = format!("`{}`", path.file_name().unwrap().to_string_lossy());
            assert!(page.contains(&room), "ARCHITECTURE.md does not name {room}");
        }
    }
}

#[test]
fn the_citation_names_the_version_that_cargo_builds() {
    let version = format!("version: {}", env!("CARGO_PKG_VERSION"));
    assert!(read("CITATION.cff").lines().any(|line| line == version));
}

#[test]
fn the_changelog_has_a_section_for_the_current_version() {
    assert!(read("CHANGELOG.md").contains(&format!("## {}", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn every_file_opens_with_what_it_does() {
    for file in rust_files(Path::new("src")) {
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("//! "), "{} does not open with //!", file.display());
    }
}

#[test]
fn no_file_is_longer_than_five_hundred_lines_of_code() {
    for file in rust_files(Path::new("src")) {
        let lines = code_lines(&fs::read_to_string(&file).unwrap());
        assert!(lines <= 500, "{} has {lines} lines of code", file.display());
    }
}

#[test]
fn no_file_is_a_room_that_nobody_has_named() {
    for file in rust_files(Path::new("src")) {
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        let nameless = ["utils", "util", "helpers", "helper", "common", "misc"];
        assert!(!nameless.contains(&stem.as_str()), "{}", file.display());
    }
}

/// Files are opened by `base/ordinary.rs`: a pipe or a device in a folder would hold a run for ever.
/// `report/folder.rs` opens folders, to lock and to sync them.
#[test]
fn nothing_is_read_that_may_never_end() {
    let opening = [concat!("fs::re", "ad("), concat!("fs::read_to", "_string("), "File::open("];
    for file in rust_files(Path::new("src")) {
        let name = file.to_string_lossy().replace('\\', "/");
        let exempt = ["base/ordinary.rs", "report/folder.rs", "tests.rs"];
        let text = fs::read_to_string(&file).unwrap();
        let code = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
        let opens = code.filter(|line| opening.iter().any(|open| line.contains(open))).count();
        assert!(opens == 0 || exempt.iter().any(|end| name.ends_with(end)), "{name}");
    }
}

#[test]
fn papers_stay_short_enough_to_be_read() {
    for page in ["README.md", "ARCHITECTURE.md"] {
        let lines = read(page).lines().count();
        assert!(lines <= 200, "{page} has {lines} lines");
    }
}

#[test]
fn there_is_no_ignored_test() {
    for file in rust_files(Path::new("src")).into_iter().chain(rust_files(Path::new("tests"))) {
        let ignored = concat!("#[", "ignore");
        assert!(!fs::read_to_string(&file).unwrap().contains(ignored), "{}", file.display());
    }
}
