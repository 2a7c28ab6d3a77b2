//! Inputs as people hand them in: broken ones are listed and do not stop a run, and what
//! `docs/inputs.md` shows works.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

mod reading;

use std::fs;
use std::io::Write;
use std::path::Path;

use reading::{cell, commands, parallax, parallax_ok, project, table, words};

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A folder with everything that goes wrong in corpora, and two articles that are whole.
fn folder_of_trouble() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "in/Harbour Post/whole.txt", b"Ice\n\nChina and Russia met at the port.\n");
    write(at, "in/Valley Courier/whole.txt", b"Ice\n\nRussia and China spoke at the dam.\n");
    write(
        at,
        "in/Harbour Post/latin1.txt",
        b"Caf\xE9\n\nThe envoys met in a caf\xE9 in Z\xFCrich.\n",
    );
    write(at, "in/Harbour Post/empty.txt", b"");
    write(at, "in/Harbour Post/picture.txt", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n");
    let sentence = b"The envoys met at the port and spoke of ice.\n\n";
    write(at, "in/Valley Courier/huge.txt", &sentence.repeat(50_000_000 / sentence.len()));
    let rows = "id,outlet,text\nr1,Harbour Post,They met.\nr2,Harbour Post,They, met, again.\n\
                r3,Valley Courier,They left.\n";
    write(at, "in/rows.csv", rows.as_bytes());
    let lines: String = (0..3000)
        .map(|n| {
            format!("{{\"id\":\"n{n}\",\"outlet\":\"Vox\",\"text\":\"Text {n} {}.\"}}\n", n * n)
        })
        .collect();
    let packed = gzip(lines.as_bytes());
    write(at, "in/cut.jsonl.gz", &packed[..packed.len() / 2]);
    write(at, "in/stump.jsonl.gz", &packed[..5]);
    folder
}

#[test]
fn a_folder_of_trouble_is_read_and_everything_that_is_not_counted_is_named() {
    let folder = folder_of_trouble();
    let output = parallax(folder.path(), &["compare", "in", "--out", "r"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("W410") && said.contains("latin1.txt"), "{said}");
    let rows = table(&folder.path().join("r"), "tables/skipped.csv");
    let listed: Vec<String> =
        rows.iter().map(|row| format!("{} {}", cell(row, "code"), cell(row, "source"))).collect();
    let expect = [
        "W422 Harbour Post/empty.txt",
        "W420 Harbour Post/picture.txt",
        "W429 Valley Courier/huge.txt",
        "W426 cut.jsonl.gz",
        "W423 rows.csv",
        "W426 stump.jsonl.gz",
    ];
    assert_eq!(listed, expect);
    assert!(
        rows.iter().all(|row| !cell(row, "reason").is_empty() && !cell(row, "mend").is_empty())
    );
    let strict = parallax(folder.path(), &["compare", "in", "--out", "r", "--strict"]);
    assert_eq!(strict.status.code(), Some(3));
}

#[test]
fn every_command_of_the_page_on_inputs_works() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let line = |id: &str, outlet: &str| {
        format!("{{\"id\":\"{id}\",\"outlet\":\"{outlet}\",\"text\":\"China and Russia met.\"}}\n")
    };
    write(at, "2024/a.jsonl.gz", &gzip(line("a", "Harbour Post").as_bytes()));
    write(at, "2024/b.jsonl.gz", &gzip(line("b", "Valley Courier").as_bytes()));
    let lines = [line("c", "Harbour Post"), line("d", "Valley Courier")];
    write(at, "more.json", format!("[{}]", lines.join(",")).as_bytes());
    let export = "outlet;text;Paper;Full story\nX;short;Harbour Post;China and Russia met.\n\
                  Y;short;Valley Courier;\"Russia and China\nspoke.\"\n";
    write(at, "export.csv", export.as_bytes());
    write(at, "old.csv", b"Paper,Full story\nHarbour Post,They met in a caf\xE9.\n");
    let tongues = "id,outlet,language,text\nx,Harbour Post,de,Die Gesandten trafen sich.\n\
                   y,Valley Courier,en,两国代表在港口会面。\nz,Valley Courier,en-GB,They met.\n";
    write(at, "tongues.csv", tongues.as_bytes());
    let slashes = "outlet,date,text\nHarbour Post,03/04/2023,China and Russia met.\n\
                   Valley Courier,05/04/2023,They spoke.\n";
    write(at, "slashes.csv", slashes.as_bytes());
    let commands = commands(&project().join("docs/inputs.md"));
    assert!(commands.len() >= 6, "only {} commands found", commands.len());
    for command in commands {
        let words = words(&command);
        parallax_ok(at, &words[1..].iter().map(String::as_str).collect::<Vec<_>>());
    }
    let rows = table(&at.join("reports/export"), "tables/outlets.csv");
    let outlets: Vec<&str> = rows.iter().map(|row| cell(row, "outlet")).collect();
    assert_eq!(outlets, ["Harbour Post", "Valley Courier"], "the named heading counts");
    let rows = table(&at.join("reports/slashes"), "tables/articles.csv");
    assert!(rows.iter().any(|row| cell(row, "published") == "2023-04-03"));
    let refused = parallax(at, &["compare", "slashes.csv", "--out", "reports/no"]);
    assert_eq!(refused.status.code(), Some(4));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("E409"));
    parallax_ok(at, &["verify", "reports/slashes", "--input", "slashes.csv"]);
}

#[test]
fn a_tally_that_cannot_be_written_names_no_passing_file() {
    let folder = tempfile::tempdir().unwrap();
    let line = "{\"outlet\":\"Vox\",\"text\":\"They met.\"}\n";
    write(folder.path(), "a.jsonl", line.as_bytes());
    let output = parallax(folder.path(), &["tally", "a.jsonl", "-o", "no/such/x.tally"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(6), "{said}");
    assert!(said.contains("E641") && !said.contains(".tmp"), "{said}");
}

#[test]
fn no_language_is_counted_as_english_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "id,outlet,language,text\nx,Harbour Post,de,Die Gesandten trafen sich.\n\
                y,Valley Courier,en,两国代表在港口会面。\nz,Valley Courier,en-GB,They met.\n";
    write(folder.path(), "a.csv", rows.as_bytes());
    let output = parallax_ok(folder.path(), &["compare", "a.csv", "--out", "r"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("W413") && said.contains("`de` 1"), "{said}");
    assert!(!said.contains("`en-gb`"), "{said}");
    let skipped = table(&folder.path().join("r"), "tables/skipped.csv");
    assert_eq!((cell(&skipped[0], "code"), cell(&skipped[0], "article_id")), ("W430", "y"));
    assert!(cell(&skipped[0], "reason").contains("Chinese"));
}
