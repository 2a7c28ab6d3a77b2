//! Inputs as people hand them in: broken ones are listed and do not stop a run, and what
//! `docs/inputs.md` shows works.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

mod reading;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

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
    let columns: String = (0..30_000).map(|n| format!(",column {}", n * n)).collect();
    let packed = gzip(format!("outlet,text{columns}\n").as_bytes());
    write(at, "in/heading.csv.gz", &packed[..packed.len() / 2]);
    write(at, "in/unclosed.csv", b"\"id,outlet,text\nr1,Harbour Post,They met.\n");
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
        "W432 heading.csv.gz",
        "W423 rows.csv",
        "W426 stump.jsonl.gz",
        "W432 unclosed.csv",
    ];
    assert_eq!(listed, expect);
    assert!(
        rows.iter().all(|row| !cell(row, "reason").is_empty() && !cell(row, "mend").is_empty())
    );
    let strict = parallax(folder.path(), &["compare", "in", "--out", "strict", "--strict"]);
    let said = String::from_utf8(strict.stderr).unwrap();
    assert_eq!(strict.status.code(), Some(3), "{said}");
    assert!(!folder.path().join("strict").exists(), "a strict run stops before it starts");
    assert!(said.contains("error[E301]: nothing was counted or written: 9 warnings"), "{said}");
    for row in rows {
        let named = format!("warning[{}]: {}", cell(&row, "code"), cell(&row, "source"));
        assert!(said.contains(&named) && said.contains(cell(&row, "mend")), "{named}: {said}");
    }
}

#[test]
fn a_strict_run_over_whole_articles_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "id,outlet,event,text\na,Harbour Post,x,China and Russia met.\n\
                b,Harbour Post,x,They met again.\nc,Valley Courier,x,Russia and China spoke.\n\
                d,Valley Courier,x,They spoke again.\n";
    write(folder.path(), "a.csv", rows.as_bytes());
    parallax_ok(folder.path(), &["compare", "a.csv", "--out", "r", "--strict"]);
    parallax_ok(folder.path(), &["verify", "r", "--input", "a.csv", "--strict"]);
    parallax_ok(folder.path(), &["tally", "a.csv", "-o", "a.tally", "--strict"]);
    let broken = format!("{rows}e,Harbour Post,x,\n");
    write(folder.path(), "b.csv", broken.as_bytes());
    let refused = parallax(folder.path(), &["tally", "b.csv", "-o", "b.tally", "--strict"]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(!folder.path().join("b.tally").exists());
}

#[test]
fn a_strict_run_cannot_read_standard_input_twice_and_writes_nothing_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut run = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .current_dir(folder.path())
        .args(["compare", "-", "--out", "r", "--strict"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let rows = b"id,outlet,text\na,Harbour Post,They met.\nb,Valley Courier,\n";
    run.stdin.take().unwrap().write_all(rows).unwrap();
    let output = run.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("W422") && said.contains("E301"), "{said}");
    assert!(!folder.path().join("r").exists());
}

#[test]
fn a_row_that_is_out_of_bounds_is_named_by_its_lines() {
    let folder = tempfile::tempdir().unwrap();
    let many = ",".repeat(100_000);
    let rows = format!(
        "id,outlet,text\na,Harbour Post,They met.\nb,Valley Courier,x{many}\n\
         c,Valley Courier,\"They\nspoke.\"\nd,Harbour Post,\"They left.\ne,Harbour Post,x\n"
    );
    write(folder.path(), "a.csv", rows.as_bytes());
    parallax_ok(folder.path(), &["compare", "a.csv", "--out", "r"]);
    let skipped = table(&folder.path().join("r"), "tables/skipped.csv");
    let said: Vec<[&str; 4]> = skipped
        .iter()
        .map(|row| ["record_no", "code", "article_id", "reason"].map(|column| cell(row, column)))
        .collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(said[0][..3], ["2", "W429", "b"]);
    assert_eq!(said[1][..3], ["4", "W423", "d"]);
    assert!(said[1][3].starts_with("the quotation mark that opens in line 6 is never closed"));
    assert_eq!(table(&folder.path().join("r"), "tables/articles.csv").len(), 2);
}

#[test]
fn a_table_of_outlets_without_outlets_is_told_what_helps_there() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "in/Harbour Post/a.txt", b"Ice\n\nThey met.\n");
    write(folder.path(), "in/outlets.csv", b"name,alias\nHarbour Post,HP\n");
    let refused = parallax(folder.path(), &["check", "in"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(4), "{said}");
    assert!(said.contains("rename the column") && !said.contains("--column"), "{said}");
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
    let visits = "outlet,text\nHarbour Post,China and Russia met. China thanked Russia.\n\
                  Valley Courier,Russia and China met at the dam. Moscow thanked Beijing.\n\
                  Valley Courier,\"Brazil, Russia, India and China met.\"\n";
    write(at, "visits.csv", visits.as_bytes());
    let regions = "outlet,Region,text\nHarbour Post,North,A war came.\n\
                   Valley Courier,North,Ice came.\n";
    write(at, "regions.csv", regions.as_bytes());
    write(at, "grouped.csv", visits.as_bytes());
    let outlets = "outlet,leaning\nHarbour Post,left\nValley Courier,right\n";
    write(at, "outlets.csv", outlets.as_bytes());
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
    assert_eq!(table(&at.join("reports/visits"), "tables/articles.csv").len(), 2);
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
                y,Valley Courier,en,ສອງຝ່າຍພົບກັນຢູ່ທ່າເຮືອ\nz,Valley Courier,en-GB,They met.\n\
                w,Valley Courier,klingon,They left.\n";
    write(folder.path(), "a.csv", rows.as_bytes());
    let output = parallax_ok(folder.path(), &["compare", "a.csv", "--out", "r"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("W207") && said.contains("German (`de`)"), "{said}");
    assert!(said.contains("W413") && said.contains("`klingon`"), "{said}");
    assert!(said.contains("W208") && said.contains("`de` 1, `en` 2"), "{said}");
    let report = folder.path().join("r");
    let skipped = table(&report, "tables/skipped.csv");
    if cfg!(feature = "cjk") {
        assert!(skipped.is_empty() && said.contains("Lao (`lo`)"), "{said}");
        return;
    }
    assert_eq!((cell(&skipped[0], "code"), cell(&skipped[0], "article_id")), ("W430", "y"));
    assert!(cell(&skipped[0], "reason").contains("Lao"));
    assert!(cell(&skipped[0], "mend").contains("--features cjk"));
}

/// Two articles of each of three languages, two of which say theirs.
const THREE_LANGUAGES: &str = "id,outlet,language,text\n\
    d1,Hafenblatt,de,\"Der Krieg im Tal dauert an. Die Verträge über das Eis ruhen, \
    und der Vertrag über die Straße auch.\"\n\
    d2,Hafenblatt,German,\"Die Häfen warten auf die neuen Verträge. Ein Krieg nützt niemandem.\"\n\
    e1,Harbour Post,en,The war in the valley goes on. The treaties on ice rest.\n\
    e2,Harbour Post,en,It was a war that nobody wanted.\n\
    f1,Journal du port,,\"Les envoyés se sont rencontrés lundi au port et ont déclaré que l'accord sur \
    la glace ferait baisser les prix dans tous les ports de la côte.\"\n\
    f2,Journal du port,,\"Le traité sur la glace est signé, et les accords sur la route suivront, ont dit \
    les envoyés après une longue nuit de pourparlers au port.\"\n";

#[test]
fn each_article_is_counted_by_the_rules_of_its_language() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "a.csv", THREE_LANGUAGES.as_bytes());
    let output = parallax_ok(at, &["compare", "a.csv", "--out", "r"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("2 articles are in French (`fr`), as the text shows"), "{said}");
    assert!(said.contains("2 articles are in German (`de`): words are stemmed"), "{said}");
    let articles = table(&at.join("r"), "tables/articles.csv");
    let languages: Vec<String> = articles
        .iter()
        .map(|row| {
            let cells = ["article_id", "language", "language_from"].map(|name| cell(row, name));
            cells.join(" ")
        })
        .collect();
    let expect = [
        "d1 de given",
        "d2 de given",
        "e1 en given",
        "e2 en given",
        "f1 fr detected",
        "f2 fr detected",
    ];
    assert_eq!(languages, expect);
    let terms = table(&at.join("r"), "tables/terms.csv");
    let stem = |row: &&std::collections::BTreeMap<String, String>| cell(row, "stem") == "vertrag";
    let treaty = terms.iter().find(stem).expect("the German forms of one word are one term");
    assert_eq!(cell(treaty, "mentions"), "3");
    // A German "war" is no war, and the built-in lists are English.
    let evidence = table(&at.join("r"), "tables/evidence.csv");
    assert!(evidence.iter().all(|row| cell(row, "article_id").starts_with('e')));
    assert!(evidence.iter().any(|row| cell(row, "article_id") == "e2"));
    parallax_ok(at, &["verify", "r", "--input", "a.csv"]);
    let known = parallax_ok(at, &["compare", "a.csv", "--language", "english", "--out", "e"]);
    assert!(!String::from_utf8(known.stderr).unwrap().contains("W207"));
    let articles = table(&at.join("e"), "tables/articles.csv");
    assert!(articles.iter().all(|row| cell(row, "language_from") == "option"));
    parallax_ok(at, &["verify", "e", "--input", "a.csv"]);
}

#[test]
fn a_row_of_a_lexicon_is_looked_for_in_articles_of_its_language() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "a.csv", THREE_LANGUAGES.as_bytes());
    let frames = "category,term,language\nwar,war,\nwar,Krieg,de\ntreaty,Vertrag,German\n\
                  treaty,treaty,en\ntreaty,accord,fr\n";
    write(at, "lists/frames.csv", frames.as_bytes());
    let output = parallax_ok(at, &["compare", "a.csv", "--lexicons", "lists", "--out", "r"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("only rows of the lexicons with the language `de`"), "{said}");
    let evidence = table(&at.join("r"), "tables/evidence.csv");
    let found: Vec<String> = evidence
        .iter()
        .map(|row| {
            format!("{} {} {}", cell(row, "article_id"), cell(row, "item"), cell(row, "match"))
        })
        .collect();
    let mut sorted = found.clone();
    sorted.sort();
    let expect = [
        "d1 treaty Vertrag",
        "d1 treaty Verträge",
        "d1 war Krieg",
        "d2 treaty Verträge",
        "d2 war Krieg",
        "e1 treaty treaties",
        "e1 war war",
        "e2 war war",
        "f1 treaty l'accord",
        "f2 treaty accords",
    ];
    assert_eq!(sorted, expect);
    parallax_ok(at, &["lexicon", "check", "--lexicons", "lists"]);
    for (file, row) in [("frames.csv", "war,war,klingon"), ("voice.csv", "hedge,wohl,de")] {
        write(at, "bad/frames.csv", frames.as_bytes());
        write(at, &format!("bad/{file}"), format!("category,term,language\n{row}\n").as_bytes());
        let refused = parallax(at, &["compare", "a.csv", "--lexicons", "bad", "--out", "n"]);
        assert_eq!(refused.status.code(), Some(5));
        assert!(String::from_utf8(refused.stderr).unwrap().contains("line 2"));
        fs::remove_dir_all(at.join("bad")).unwrap();
    }
}

#[test]
fn shards_of_several_languages_merge_into_the_report_of_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "a.csv", THREE_LANGUAGES.as_bytes());
    parallax_ok(at, &["compare", "a.csv", "--threads", "2", "--out", "whole"]);
    let (head, rows) = THREE_LANGUAGES.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    for (no, part) in rows.chunks(2).enumerate() {
        // One shard of each pair of rows, with articles of two languages in the second one.
        write(at, &format!("{no}.csv"), format!("{head}\n{}\n", part.join("\n")).as_bytes());
        parallax_ok(at, &["tally", &format!("{no}.csv"), "-o", &format!("{no}.tally")]);
    }
    parallax_ok(at, &["merge", "2.tally", "0.tally", "1.tally", "--out", "merged"]);
    for name in ["tables/articles.csv", "tables/terms.csv", "tables/evidence.csv", "manifest.json"]
    {
        let [one, other] =
            ["whole", "merged"].map(|dir| fs::read(at.join(dir).join(name)).unwrap());
        assert!(one == other, "{name} differs");
    }
}

/// Where an article lies and why it was not counted, of every row of `skipped.csv`.
fn skipped(report: &Path) -> Vec<String> {
    let row = |row: &reading::Row| {
        format!("{} {} {}", cell(row, "record_no"), cell(row, "code"), cell(row, "reason"))
    };
    table(report, "tables/skipped.csv").iter().map(row).collect()
}

#[test]
fn a_table_whose_rows_run_together_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let rows = "id,outlet,text\n\
                r1,Harbour Post,They met.\n\
                r2,Valley Courier,\"They left\n\
                r3,Harbour Post,\"They spoke.\"\n\
                r4,Valley Courier,\"We are friends\" said Lund.\n\
                r5,Valley Courier\n\
                r7,Valley Courier,They met a third time.,,\n\
                r6,Valley Courier,They met again.\n";
    write(at, "rows.csv", rows.as_bytes());
    write(at, "listed/corpus.csv", rows.as_bytes());
    for (input, out) in [("rows.csv", "r"), ("listed", "l")] {
        parallax_ok(at, &["compare", input, "--out", out, "-q"]);
        let behind = "goes on behind its closing quotation mark";
        let expect = [
            format!(
                "2 W423 a cell in the lines 3 to 4 {behind}; articles that begin there are missing with it"
            ),
            format!("3 W423 a cell in line 5 {behind}"),
            "4 W423 it has 2 cells for 3 columns".to_string(),
        ];
        assert_eq!(skipped(&at.join(out)), expect, "{input}");
    }
}

#[test]
fn the_order_of_records_never_matters() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let one = r#"{"id": "a", "source": "Harbour Post", "text": "They met at the port."}"#;
    let two = r#"{"id": "b", "outlet": "Valley Courier", "source": "wire", "text": "They left."}"#;
    let both = r#"{"id": "c", "publisher": "Valley Courier", "source": "wire", "text": "They."}"#;
    let mut reports = Vec::new();
    for (name, lines) in [("1.jsonl", [one, two]), ("2.jsonl", [two, one])] {
        write(at, name, lines.join("\n").as_bytes());
        parallax_ok(at, &["compare", name, "--out", "r", "-q"]);
        let articles = table(&at.join("r"), "tables/articles.csv");
        let outlets: Vec<&str> = articles.iter().map(|row| cell(row, "outlet")).collect();
        assert_eq!(outlets, ["Harbour Post", "Valley Courier"]);
        reports.push(fs::read(at.join("r/manifest.json")).unwrap());
    }
    assert!(reports[0] == reports[1]);
    for lines in [[one, both], [both, one]] {
        write(at, "3.jsonl", lines.join("\n").as_bytes());
        let output = parallax(at, &["compare", "3.jsonl", "--out", "q"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{said}");
        assert!(said.contains("E408") && said.contains("`publisher`, `source`"), "{said}");
    }
}

#[test]
fn only_articles_about_the_relationship_are_compared_and_shards_give_the_same_report() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let line = |id: &str, outlet: &str, text: &str| {
        format!("{{\"id\":\"{id}\",\"outlet\":\"{outlet}\",\"text\":\"{text}\"}}\n")
    };
    let about = "China and Russia met at the port. Beijing thanked Moscow.";
    let one = line("a", "Harbour Post", about) + &line("b", "Harbour Post", "China built a dam.");
    let two = line("c", "Valley Courier", about)
        + &line("d", "Valley Courier", "Envoys of Russia, China, India and Brazil met.")
        + &line("e", "Valley Courier", "");
    write(at, "one.jsonl", one.as_bytes());
    write(at, "two.jsonl", two.as_bytes());
    write(at, "all/all.jsonl", (one + &two).as_bytes());
    let pair = ["--about", "RUS-CHN"];
    let run = |args: &[&str]| parallax_ok(at, &[args, &pair].concat());
    let output = run(&["compare", "one.jsonl", "two.jsonl", "--out", "r"]);
    let said = String::from_utf8(output.stderr).unwrap();
    let rule = "2 of 4 articles are about `china-russia`: each is named at least twice";
    assert!(said.contains("note[N206]") && said.contains(rule), "{said}");
    assert!(said.contains("1 article skipped of 5"), "a broken article is another thing: {said}");
    let report = at.join("r");
    let skipped = table(&report, "tables/skipped.csv");
    let listed: Vec<String> = skipped
        .iter()
        .map(|row| format!("{} {}", cell(row, "code"), cell(row, "article_id")))
        .collect();
    assert_eq!(listed, ["N206 b", "N206 d", "W425 e"]);
    let articles = table(&report, "tables/articles.csv");
    assert_eq!(articles.iter().map(|row| cell(row, "article_id")).collect::<Vec<_>>(), ["a", "c"]);
    let manifest = fs::read_to_string(report.join("manifest.json")).unwrap();
    for kept in ["\"about\": \"china-russia\"", "\"not_about\": 2", rule] {
        assert!(manifest.contains(kept), "{kept}: {manifest}");
    }
    run(&["tally", "one.jsonl", "-o", "one.tally"]);
    run(&["tally", "two.jsonl", "-o", "two.tally"]);
    parallax_ok(at, &["merge", "two.tally", "one.tally", "--out", "merged"]);
    for file in parallax::report::files_below(&report).unwrap() {
        let read = |report: &Path| fs::read(report.join(&file)).unwrap();
        let same = read(&report) == read(&at.join("merged"));
        assert!(same, "{file}");
    }
    parallax_ok(at, &["verify", "r", "--input", "one.jsonl", "--input", "two.jsonl"]);
    let other = parallax(at, &["tally", "two.jsonl", "-o", "other.tally", "--about", "CHN-USA"]);
    assert!(other.status.success());
    let mixed = parallax(at, &["merge", "one.tally", "other.tally", "--out", "mixed"]);
    assert_ne!(mixed.status.code(), Some(0), "shards about something else do not fit");
    let unknown = parallax(at, &["compare", "one.jsonl", "--out", "u", "--about", "chinaa-RUS"]);
    let said = String::from_utf8(unknown.stderr).unwrap();
    assert_eq!(unknown.status.code(), Some(2), "{said}");
    assert!(said.contains("error[E204]: --about: no actor is called `chinaa`"), "{said}");
    assert!(said.contains("did you mean `china`?"), "{said}");
}

/// Four outlets in two groups and one in none.
const GROUPED: &str = "outlet,alias,order,group,note\nHarbour Post,harbour.example,2,coast,a\n\
                       Valley Courier,,1,inland,b\nPort Daily,,,coast,\nDam News,,,inland,\n";

#[test]
fn outlets_are_compared_within_the_groups_of_their_table() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "outlets.csv", GROUPED.as_bytes());
    write(at, "texts/outlets.csv", GROUPED.as_bytes());
    let outlets = ["harbour.example", "Valley Courier", "Port Daily", "Dam News", "Stray"];
    let (mut table_of, mut lines) = ("id,outlet,text\n".to_string(), Vec::new());
    for (no, outlet) in outlets.iter().enumerate() {
        let text = format!("A war came in the year {no}. China and Russia met at the port.");
        table_of += &format!("a{no},{outlet},{text}\n");
        lines.push(format!("{{\"id\":\"a{no}\",\"outlet\":\"{outlet}\",\"text\":\"{text}\"}}\n"));
        write(at, &format!("texts/{outlet}/a{no}.txt"), text.as_bytes());
    }
    write(at, "a.csv", table_of.as_bytes());
    write(at, "a.jsonl", lines.concat().as_bytes());
    for (input, by) in [("a.csv", "group"), ("a.jsonl", "Group"), ("texts", "group")] {
        parallax_ok(at, &["compare", input, "--by", by, "--out", "r", "--force"]);
        let rows = table(&at.join("r"), "tables/strata.csv");
        let found: BTreeSet<(&str, &str)> =
            rows.iter().map(|row| (cell(row, "stratum"), cell(row, "outlet"))).collect();
        let expected = [
            ("", "Stray"),
            ("coast", "Harbour Post"),
            ("coast", "Port Daily"),
            ("inland", "Dam News"),
            ("inland", "Valley Courier"),
        ];
        assert_eq!(found, expected.into(), "{input}");
        parallax_ok(at, &["verify", "r", "--input", input]);
    }
    parallax_ok(at, &["compare", "a.jsonl", "--by", "group", "--out", "whole"]);
    for (no, part) in lines.chunks(2).enumerate() {
        write(at, &format!("{no}.jsonl"), part.concat().as_bytes());
        let (input, tally) = (format!("{no}.jsonl"), format!("{no}.tally"));
        parallax_ok(at, &["tally", &input, "--by", "group", "-o", &tally]);
    }
    parallax_ok(at, &["merge", "2.tally", "0.tally", "1.tally", "--out", "merged"]);
    for file in parallax::report::files_below(&at.join("whole")).unwrap() {
        let read = |report: &str| fs::read(at.join(report).join(&file)).unwrap();
        assert!(read("whole") == read("merged"), "{file}");
    }
}

#[test]
fn a_heading_that_is_no_group_or_two_things_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "outlets.csv", GROUPED.as_bytes());
    write(at, "texts/outlets.csv", GROUPED.as_bytes());
    write(at, "texts/Port Daily/a.txt", b"A war came.");
    write(at, "a.csv", b"id,outlet,text\nx,Port Daily,A war came.\n");
    write(at, "b.csv", b"id,outlet,text,Group\nx,Port Daily,A war came.,y\n");
    let said = |input: &str, by: &str| {
        let output = parallax(at, &["compare", input, "--by", by, "--out", "r"]);
        assert_eq!(output.status.code(), Some(4));
        String::from_utf8(output.stderr).unwrap()
    };
    for input in ["a.csv", "texts"] {
        let said = said(input, "grup");
        assert!(said.contains("error[E408]") && said.contains("`grup`"), "{said}");
        assert!(said.contains("`outlets.csv` has the columns `group`, `note`"), "{said}");
    }
    let both = said("b.csv", "group");
    assert!(both.contains("`Group` of the articles and `group` of `outlets.csv`"), "{both}");
    let twice = format!("{GROUPED}Port Daily,,,inland,\n");
    write(at, "outlets.csv", twice.as_bytes());
    let two = said("a.csv", "group");
    assert!(two.contains("E405") && two.contains("`coast` and in `inland`"), "{two}");
    parallax_ok(at, &["check", "a.csv"]);
}

#[test]
fn a_packed_file_that_is_cut_or_followed_by_something_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let line = |id: &str| {
        format!("{{\"id\":\"{id}\",\"outlet\":\"Port Daily\",\"text\":\"A war came.\"}}\n")
    };
    let (one, two) = (line("a"), line("b"));
    let pack = |text: &str| zstd::encode_all(text.as_bytes(), 0).unwrap();
    let index = b"\x5E\x2A\x4D\x18\x03\0\0\0abc";
    for (name, bytes, n, rest) in [
        ("whole.gz", [gzip(one.as_bytes()), gzip(two.as_bytes())].concat(), 2, false),
        ("whole.zst", [pack(&one), pack(&two), index.to_vec()].concat(), 2, false),
        ("zeros.gz", [gzip(one.trim_end().as_bytes()), vec![0; 512]].concat(), 1, true),
        ("words.gz", [gzip(one.as_bytes()), b"and so on".to_vec()].concat(), 1, true),
        ("words.zst", [pack(one.trim_end()), b"(see below)".to_vec()].concat(), 1, true),
        ("zeros.zst", [pack(&one), vec![0; 3]].concat(), 1, true),
    ] {
        let name = format!("{}.jsonl.{}", name.replace('.', ""), name.rsplit('.').next().unwrap());
        write(at, &name, &bytes);
        let output = parallax_ok(at, &["compare", &name, "--out", "r", "--force"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(table(&at.join("r"), "tables/articles.csv").len(), n, "{name}: {said}");
        assert!(table(&at.join("r"), "tables/skipped.csv").is_empty(), "{name}");
        assert_eq!(said.contains("W433"), rest, "{name}: {said}");
    }
    for packed in [pack(&one), gzip(one.as_bytes())] {
        write(at, "cut.jsonl", &packed[..packed.len() / 2]);
        let output = parallax(at, &["check", "cut.jsonl"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("copy the file again") && !said.contains("your right"), "{said}");
    }
}

#[test]
fn what_holds_no_article_says_what_helps() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let failed = |input: &str| {
        let output = parallax(at, &["check", input]);
        assert_ne!(output.status.code(), Some(0));
        String::from_utf8(output.stderr).unwrap()
    };
    write(at, "headings.csv", b"outlet,text\n");
    let said = failed("headings.csv");
    assert!(said.contains("below its column names") && !said.contains("run `parallax"), "{said}");
    let many: Vec<String> = (0..1000).map(|n| format!("column {n}")).collect();
    write(at, "many.csv", format!("outlet,{}\nx,y\n", many.join(",")).as_bytes());
    assert!(failed("many.csv").contains("`column 18` and 981 more"));
    let lines = "{\"outlet\":\"Port Daily\",\"text\":\"\"}\n{\"outlet\":\"Port Daily\",\"text\":{}}\n\
                 {\"outlet\":\"Port Daily\",\"title\":\"x\"}\n";
    write(at, "empty.jsonl", lines.as_bytes());
    let said = failed("empty.jsonl");
    assert_eq!(said.matches("its key `text` holds no text").count(), 3, "{said}");
    assert_eq!(said.matches("it has no key `text`").count(), 1, "{said}");
    if !cfg!(feature = "parquet") {
        write(at, "f/a.parquet", b"PAR1");
        assert!(failed("f").contains("--features parquet"));
    }
}

#[test]
fn utf_16_without_a_byte_order_mark_is_read_as_the_user_says() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    write(at, "f/a.csv", &wide("outlet,text\nHafenblatt,Die Häfen warten.\n"));
    write(at, "f/b.csv", "outlet,text\nHafenblatt,Die Schiffe warten.\n".as_bytes());
    parallax_ok(at, &["compare", "f", "--encoding", "utf_16le", "--out", "r"]);
    assert_eq!(table(&at.join("r"), "tables/articles.csv").len(), 2);
}

#[test]
fn html_in_a_cell_is_reduced_to_its_text_and_offsets_count_in_what_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let header = "id,outlet,date,title,text\n";
    let one = "h,Harbour Post,2024-05-14,Ice &amp; grain,\"<div><p>China said <a href=\"\"x?a=1&b=2\"\">Russia \
               wants war</a>.</p><script>var war = '<p>';</script><p>The envoys\nmet &ldquo;in \
               peace&rdquo;.</p></div>\"\n";
    let two = "p,Valley Courier,2024-05-14,Talks,\"China and Russia want war, 5 < 6 & <3 ice.\"\n\
               s,Valley Courier,2024-05-14,Talks,\"<p><img src=x></p>\"\n";
    write(at, "a.csv", format!("{header}{one}{two}").as_bytes());
    let output = parallax_ok(at, &["compare", "a.csv", "--out", "r"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("note[N209]: 1 of 2 articles hold HTML"), "{said}");
    let report = at.join("r");
    assert!(fs::read_to_string(report.join("manifest.json")).unwrap().contains("N209"));
    let articles = table(&report, "tables/articles.csv");
    let bases: Vec<_> =
        articles.iter().map(|row| (cell(row, "title"), cell(row, "text_basis"))).collect();
    assert_eq!(bases, [("Ice & grain", "html"), ("Talks", "record")]);
    let skipped = table(&report, "tables/skipped.csv");
    assert_eq!((skipped.len(), cell(&skipped[0], "code")), (1, "W422"));
    assert!(cell(&skipped[0], "reason").contains("only HTML"));
    let text = parallax_ok(at, &["text", "a.csv", "h"]).stdout;
    let text = String::from_utf8(text).unwrap();
    let expect = "Ice & grain\n\nChina said Russia wants war.\n\nThe envoys met “in peace”.";
    assert_eq!(text.trim_end(), expect);
    let cell_text: Vec<char> = expect.split_once("\n\n").unwrap().1.chars().collect();
    let evidence = table(&report, "tables/evidence.csv");
    let mut n_found = 0;
    let of_text =
        |row: &&reading::Row| cell(row, "article_id") == "h" && cell(row, "section") != "title";
    for row in evidence.iter().filter(of_text) {
        let [start, end] =
            ["char_start", "char_end"].map(|name| cell(row, name).parse::<usize>().unwrap());
        let span: String = cell_text[start..end].iter().collect();
        assert_eq!(span, cell(row, "match"));
        n_found += 1;
    }
    assert!(n_found >= 3, "China, Russia and war are found");
    write(at, "one.csv", format!("{header}{one}").as_bytes());
    write(at, "two.csv", format!("{header}{two}").as_bytes());
    for part in ["one", "two"] {
        let (input, output) = (format!("{part}.csv"), format!("{part}.tally"));
        parallax_ok(at, &["tally", &input, "-o", &output]);
    }
    parallax_ok(at, &["merge", "two.tally", "one.tally", "--out", "merged"]);
    // Not `manifest.json`: a skipped record is named by its number in its file.
    for file in ["tables/articles.csv", "tables/evidence.csv", "comparison.csv"] {
        let read = |dir: &str| fs::read(at.join(dir).join(file)).unwrap();
        assert!(read("r") == read("merged"), "{file}");
    }
}

/// A folder that nobody has put an article into loses none.
#[test]
fn an_empty_folder_among_outlets_is_a_note_that_lets_a_strict_run_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "all/Vox/one.txt", b"The envoys met.\n\nThey will meet again in May.\n");
    write(at, "all/Slate/two.txt", b"No talks came.\n\nNobody wanted them in May.\n");
    fs::create_dir(at.join("all/Empty")).unwrap();
    let output = parallax_ok(at, &["tally", "all", "--strict", "-o", "a.tally"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("note[N403]: all: the folder `Empty` is empty"), "{said}");
}

#[test]
fn what_cannot_be_an_article_is_left_out_with_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for outlet in ["Harbour Post", "Valley Courier"] {
        write(at, &format!("all/{outlet}/a.txt"), b"Ice\n\nThe envoys met at the port.\n");
    }
    write(at, "all/Valley Courier/dots.txt", "\u{2026} \u{2014} ?!".as_bytes());
    write(at, "all/records.jsonl", b"");
    write(at, "all/list.json", b"{\"name\": \"harbour\", \"version\": 1}");
    // A report that was written on top of an outlet's texts.
    parallax_ok(at, &["compare", "all", "--out", "all/Harbour Post", "--force", "-q"]);
    let run = parallax(at, &["compare", "all", "--out", "again"]);
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("`Harbour Post` was not looked into: it is a report, though"), "{said}");
    assert!(said.contains("`list.json` does not look like a file of articles"), "{said}");
    let skipped = fs::read_to_string(at.join("again/tables/skipped.csv")).unwrap();
    assert!(skipped.contains("dots.txt") && skipped.contains("its text has no word"), "{skipped}");
    assert!(skipped.contains("records.jsonl") && skipped.contains("it is empty"), "{skipped}");
}

/// Whatever the column says, such a text is cut by a dictionary, and rows of its language are found.
#[cfg(feature = "cjk")]
#[test]
fn texts_without_spaces_are_cut_into_words_of_a_dictionary() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let rows = "id,outlet,language,title,text\n\
        j,Minato,ja,港,\"代表は港で会いました。港は静かでした。\"\n\
        t,Tha,en,,ผู้แทนทั้งสองพบกันที่ท่าเรือ\n\
        z,Gangkou,,,两国代表在港口会面，讨论新的条约和两国之间的贸易问题。港口很安静。\n";
    write(at, "a.csv", rows.as_bytes());
    let frames = "category,term,language\nharbour,港口,zh\nharbour,港,ja\nharbour,ท่าเรือ,th\n";
    write(at, "lists/frames.csv", frames.as_bytes());
    parallax_ok(at, &["compare", "a.csv", "--lexicons", "lists", "--out", "r"]);
    let articles = table(&at.join("r"), "tables/articles.csv");
    let languages: Vec<String> = articles
        .iter()
        .map(|row| {
            ["article_id", "language", "language_from"].map(|name| cell(row, name)).join(" ")
        })
        .collect();
    assert_eq!(languages, ["z zh detected", "j ja given", "t th detected"]);
    let manifest = fs::read_to_string(at.join("r/manifest.json")).unwrap();
    assert!(manifest.contains("\"dictionaries\": \"icu_segmenter "), "{manifest}");
    parallax_ok(at, &["verify", "r", "--input", "a.csv", "--lexicons", "lists"]);
    let evidence = table(&at.join("r"), "tables/evidence.csv");
    let count = |id: &str| evidence.iter().filter(|row| cell(row, "article_id") == id).count();
    assert_eq!(["z", "j", "t"].map(count), [2, 3, 1]);
    assert_eq!(
        articles.iter().map(|row| cell(row, "sentences")).collect::<Vec<_>>(),
        ["2", "3", "1"]
    );
}
