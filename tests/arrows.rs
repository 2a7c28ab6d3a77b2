//! The house's one-way arrows: a room may use the rooms before it, never the ones after it.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

mod source;

use std::fs;
use std::path::Path;

use source::rust_files;

/// The rooms in order, as ARCHITECTURE.md draws them.
const ROOMS: [&str; 10] =
    ["base", "corpus", "text", "lexicon", "annotate", "tally", "compare", "report", "run", "cli"];

/// The rooms that a line of code names after `crate::`.
fn rooms_named(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or("");
    code.split("crate::")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn no_room_uses_a_room_to_its_right() {
    let mut checked = 0;
    let mut wrong = Vec::new();
    for (here, room) in ROOMS.iter().enumerate() {
        for file in rust_files(&Path::new("src").join(room)) {
            for (no, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
                for used in rooms_named(line) {
                    let Some(there) = ROOMS.iter().position(|r| *r == used) else { continue };
                    checked += 1;
                    if there > here {
                        wrong.push(format!("{}:{}: {room} uses {used}", file.display(), no + 1));
                    }
                }
            }
        }
    }
    assert!(checked > 50, "only {checked} uses seen: is the check still reading the code?");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_of_the_source_is_a_room() {
    let mut folders: Vec<String> = fs::read_dir("src")
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir())
        .map(|p| p.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    let mut rooms = ROOMS.map(String::from).to_vec();
    rooms.sort();
    assert_eq!(folders, rooms);
}

#[test]
fn a_line_that_names_two_rooms_is_seen_as_both() {
    assert_eq!(rooms_named("use crate::tally::Tally;"), ["tally"]);
    assert_eq!(rooms_named("let x: crate::run::A = crate::cli::b();"), ["run", "cli"]);
    assert_eq!(rooms_named("// crate::cli is not used here"), Vec::<String>::new());
}
