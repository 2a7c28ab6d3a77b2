//! `parallax.toml` in the working folder.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

mod reading;

use std::fs;

use reading::{parallax, parallax_ok, table};

const ROWS: &str = "id,Paper,date,text\na,Harbour Post,2024-05-14,A war came.\n\
                    b,Valley Courier,2024-05-14,Ice came.\nc,Vox,2024-05-14,Grain came.\n";

#[test]
fn options_of_the_file_count_as_if_typed_and_flags_win() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("a.csv"), ROWS).unwrap();
    let typed = ["--column", "outlet=Paper", "--outlets", "Harbour Post,Vox", "--no-voice"];
    parallax_ok(at, &[&["compare", "a.csv", "--out", "typed"], &typed[..]].concat());
    let file = "outlets = [\"Harbour Post\", \"Vox\"]\nno-voice = true\nthreads = 1\n\
                [column]\noutlet = \"Paper\"\n";
    fs::write(at.join("parallax.toml"), file).unwrap();
    let output = parallax_ok(at, &["compare", "a.csv", "--out", "kept"]);
    let said = String::from_utf8(output.stderr).unwrap();
    let note = "note[N212]: parallax.toml: these options come from it: `column`, `no-voice`, \
                `outlets`, `threads`";
    assert!(said.split_whitespace().collect::<Vec<_>>().join(" ").contains(note), "{said}");
    for name in ["manifest.json", "tables/articles.csv", "comparison.csv"] {
        let read = |dir: &str| fs::read(at.join(dir).join(name)).unwrap();
        assert!(read("typed") == read("kept"), "{name}");
    }
    parallax_ok(at, &["compare", "a.csv", "--out", "won", "--outlets", "Vox"]);
    assert_eq!(table(&at.join("won"), "tables/articles.csv").len(), 1);
    let quiet = parallax_ok(at, &["check", "a.csv", "-q"]);
    assert!(!String::from_utf8(quiet.stderr).unwrap().contains("N212"));
    parallax_ok(at, &["verify", "kept", "--input", "a.csv"]);
}

#[test]
fn a_file_that_cannot_be_used_stops_the_run_before_it_starts() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("a.csv"), ROWS).unwrap();
    for (file, part) in [
        ("abuot = \"CHN-RUS\"", "did you mean `about`?"),
        ("threads = 0", "--threads"),
        ("dates = \"sideways\"", "sideways"),
        ("by = ", "line 1"),
    ] {
        fs::write(at.join("parallax.toml"), file).unwrap();
        let output = parallax(at, &["compare", "a.csv", "--out", "r"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("error[E207]: parallax.toml: ") && said.contains(part), "{said}");
        assert!(!at.join("r").exists());
    }
}
