//! What the reader makes of folders, tables and JSON lines of our own writing.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::*;

mod collectors;
mod vanishing;

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn read(path: &Path) -> (Vec<Draft>, Vec<Skipped>, Reader) {
    let mut reader = open(&[path.to_owned()], &ReadOptions::default())
        .unwrap_or_else(|errors| panic!("{errors:?}"));
    let (mut drafts, mut skipped) = (Vec::new(), Vec::new());
    for item in &mut reader {
        match item {
            Ok(draft) => drafts.push(draft),
            Err(skip) => skipped.push(skip),
        }
    }
    drafts.sort_by(|one, other| one.id.cmp(&other.id));
    (drafts, skipped, reader)
}

fn errors(path: &Path) -> Vec<Message> {
    let Err(errors) = open(&[path.to_owned()], &ReadOptions::default()) else {
        panic!("it opened")
    };
    errors.into_iter().map(Message::from).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const LINES: &str = r#"{"id":"a1","outlet":"Vox","date":"2023-02-04","title":"Talks","text":"They met."}
{"id":"a2","source":{"name":"Slate"},"headline":"War","body":"It began."}
"#;

#[test]
fn a_manifest_lists_the_articles_and_names_what_it_leaves_out() {
    let folder = folder(&[
        ("corpus.csv", b"\xEF\xBB\xBFid;outlet;published;file\nx;Vox;20230204;./one.txt\n;Slate;;sub/two.txt\n"),
        ("one.txt", b"Title\r\n\r\nText."),
        ("sub/two.txt", b"Other."),
        ("three.txt", b"Forgotten."),
        ("README.md", b"About."),
    ]);
    let (drafts, skipped, reader) = read(folder.path());
    assert!(skipped.is_empty());
    assert_eq!(drafts.len(), 2);
    let one = drafts.iter().find(|draft| draft.id == "x").unwrap();
    assert_eq!((one.outlet.as_str(), one.basis.text.as_str()), ("Vox", "Title\r\n\r\nText."));
    assert_eq!(one.published.day.as_deref(), Some("2023-02-04"));
    assert_eq!(one.source_file.as_deref(), Some("one.txt"));
    assert_eq!(reader.warnings().len(), 1);
    assert!(reader.warnings()[0].what.contains("`three.txt`"));
    let files: Vec<_> = reader.files().into_iter().map(|file| file.path).collect();
    assert_eq!(files, ["corpus.csv", "one.txt", "sub/two.txt"]);
}

#[test]
fn a_manifest_may_be_packed() {
    let list = b"outlet,file\nVox,one.txt\n";
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, list).unwrap();
    let (gzip, zstd) = (gzip.finish().unwrap(), zstd::encode_all(&list[..], 1).unwrap());
    for (name, packed) in [("corpus.csv.gz", &gzip), ("corpus.csv.zst", &zstd)] {
        let folder = folder(&[(name, packed), ("one.txt", b"They met.")]);
        let (drafts, skipped, reader) = read(folder.path());
        assert_eq!((drafts[0].outlet.as_str(), drafts.len(), skipped.len()), ("Vox", 1, 0));
        assert!(reader.warnings().is_empty(), "{:?}", reader.warnings());
    }
    let cut_off = folder(&[("corpus.csv.gz", &gzip[..gzip.len() - 9]), ("one.txt", b"They met.")]);
    assert!(errors(cut_off.path())[0].place.ends_with("corpus.csv.gz"));
}

#[test]
fn all_errors_of_a_manifest_are_reported_at_once() {
    let folder = folder(&[
        (
            "corpus.csv",
            b"id,outlet,published,file\na,Vox,,one.txt\na,,03/04/2023,two.txt\nb,Vox,,one.txt\nc,Vox,,\n",
        ),
        ("one.txt", b"Text."),
    ]);
    let found = errors(folder.path());
    let lines: Vec<String> = found.iter().map(|m| format!("{} {}", m.place, m.what)).collect();
    let has =
        |part: &str| assert!(lines.iter().any(|line| line.contains(part)), "{part}: {lines:#?}");
    has("line 3 column `outlet` is empty");
    has("line 3 the date `03/04/2023`");
    has("line 3 there is no file `two.txt`");
    has("line 4 the file `one.txt` is listed in line 2 already");
    has("line 5 columns `file` and `text` are empty");
    has("the id `a` stands in two places");
    assert_eq!(found.len(), 6);
    assert!(found.iter().all(|message| message.exit_code() == 4 && !message.mend.is_empty()));
}

#[test]
fn a_manifest_with_windows_line_ends_names_the_line_an_editor_shows() {
    let rows = b"outlet,file\r\nVox,one.txt\r\n,two.txt\r\n";
    let folder = folder(&[("corpus.csv", rows), ("one.txt", b"One."), ("two.txt", b"Two.")]);
    assert!(errors(folder.path())[0].place.ends_with("line 3"));
}

#[test]
fn a_manifest_without_outlets_says_which_columns_there_are() {
    let folder = folder(&[("corpus.csv", b"medium_name,file\nVox,one.txt\n")]);
    assert!(errors(folder.path())[0].what.contains("`medium_name`, `file`"));
}

#[test]
fn a_folder_of_outlets_needs_no_manifest() {
    let folder = folder(&[
        ("Global Times/a.txt", b"One."),
        ("Reuters/2023/b.txt", b"Two."),
        ("Reuters/license-talks.txt", b"Three."),
        ("Reuters/notes.pdf", b"%PDF"),
        ("readme.txt", b"About."),
    ]);
    let (drafts, _, reader) = read(folder.path());
    let mut outlets: Vec<_> = drafts.iter().map(|draft| draft.outlet.as_str()).collect();
    outlets.sort_unstable();
    assert_eq!(outlets, ["Global Times", "Reuters", "Reuters"]);
    assert!(drafts.iter().all(|draft| draft.id.starts_with('a') && draft.id.len() == 17));
    assert_eq!(reader.warnings().len(), 1);
}

#[test]
fn texts_without_outlets_are_refused_with_the_two_ways_out() {
    let folder = folder(&[("a.txt", b"One."), ("b.txt", b"Two.")]);
    assert!(errors(folder.path())[0].mend.contains("`corpus.csv`"));
}

#[test]
fn a_missing_input_is_an_error() {
    assert_eq!(errors(&PathBuf::from("no/such/folder"))[0].code, "E401");
}

#[test]
fn packed_and_plain_lines_give_the_same_articles() {
    let zst = zstd::encode_all(LINES.as_bytes(), 0).unwrap();
    let folder = folder(&[
        ("a.jsonl", LINES.as_bytes()),
        ("b.jsonl.gz", &gzip(LINES.as_bytes())),
        ("c.jsonl.zst", &zst),
    ]);
    let read = |name: &str| read(&folder.path().join(name));
    let (plain, skipped, reader) = read("a.jsonl");
    assert!(skipped.is_empty());
    assert_eq!(plain.len(), 2);
    assert_eq!(
        (plain[1].outlet.as_str(), plain[1].basis.text.as_str()),
        ("Slate", "War\n\nIt began.")
    );
    assert_eq!(read("b.jsonl.gz").0, plain);
    assert_eq!(read("c.jsonl.zst").0, plain);
    let sum = crate::base::sha256_hex(LINES.as_bytes());
    assert_eq!(reader.files(), [InputFile { path: "a.jsonl".into(), sha256: sum }]);
    let packed = crate::base::sha256_hex(&gzip(LINES.as_bytes()));
    assert_eq!(read("b.jsonl.gz").2.files()[0].sha256, packed);
}

#[test]
fn a_table_gives_what_lines_give() {
    let csv =
        "id,outlet,date,title,text\na1,Vox,2023-02-04,Talks,They met.\na2,Slate,,War,It began.\n";
    let tsv = csv.replace(',', "\t");
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(tsv.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let folder = folder(&[
        ("a.jsonl", LINES.as_bytes()),
        ("b.csv", csv.as_bytes()),
        ("c.tsv.gz", &gzip(tsv.as_bytes())),
        ("d.csv", &utf16),
    ]);
    let expect = read(&folder.path().join("a.jsonl")).0;
    for name in ["b.csv", "c.tsv.gz", "d.csv"] {
        assert_eq!(read(&folder.path().join(name)).0, expect, "{name}");
    }
}

#[test]
fn broken_articles_are_skipped_and_the_rest_is_read() {
    let lines = "{\"id\":\"a1\",\"outlet\":\"Vox\",\"text\":\"They met.\"}\n{\"id\":\n\n\
                 {\"id\":\"a3\",\"text\":\"No outlet.\"}\n{\"id\":\"a4\",\"outlet\":\"Vox\"}\n\
                 {\"id\":\"a5\",\"outlet\":\"Vox\",\"text\":\"\"}\n";
    let folder = folder(&[("a.jsonl", lines.as_bytes())]);
    let (drafts, skipped, _) = read(&folder.path().join("a.jsonl"));
    assert_eq!(drafts.len(), 1);
    let rows: Vec<_> =
        skipped.iter().map(|s| (s.record_no, s.code.as_str(), s.article_id.as_str())).collect();
    assert_eq!(
        rows,
        [
            (Some(2), "W423", ""),
            (Some(4), "W424", "a3"),
            (Some(5), "W425", "a4"),
            (Some(6), "W425", "a5")
        ]
    );
}

#[test]
fn a_file_cut_off_while_copying_gives_what_it_has() {
    let many: String = (0..3000)
        .map(|n| {
            format!(
                "{{\"id\":\"n{n}\",\"outlet\":\"Vox\",\"text\":\"Text number {n}, {}.\"}}\n",
                n * n
            )
        })
        .collect();
    let packed = gzip(many.as_bytes());
    let folder = folder(&[("a.jsonl.gz", &packed[..packed.len() / 2])]);
    let (drafts, skipped, reader) = read(&folder.path().join("a.jsonl.gz"));
    assert!(drafts.len() > 100);
    assert_eq!(skipped.len(), 1);
    assert_eq!(skipped[0].code, "W426");
    assert_eq!(reader.files().len(), 1);
}

#[test]
fn a_repeated_id_names_both_places() {
    let folder = folder(&[("a.jsonl", LINES.as_bytes()), ("b.jsonl", LINES.as_bytes())]);
    let (_, _, reader) = read(folder.path());
    assert_eq!(reader.errors().len(), 2);
    let message = Message::from(reader.errors()[0].clone());
    assert!(message.what.contains("a.jsonl, record 1"), "{}", message.what);
    assert!(message.what.contains("b.jsonl, record 1"), "{}", message.what);
}

#[test]
fn the_same_article_twice_without_an_id_is_skipped_once() {
    let line = "{\"outlet\":\"Vox\",\"text\":\"They met.\"}\n";
    let folder = folder(&[("a.jsonl", format!("{line}{line}").as_bytes())]);
    let (drafts, skipped, reader) = read(folder.path());
    assert_eq!((drafts.len(), skipped.len(), reader.errors().len()), (1, 1, 0));
    assert_eq!(skipped[0].code, "W428");
}

#[test]
fn aliases_fold_outlets_and_unfolded_spellings_are_warned_about() {
    let lines = LINES.replace("Slate", "VOX ");
    let folder = folder(&[("a.jsonl", lines.as_bytes())]);
    let (_, _, reader) = read(folder.path());
    assert!(reader.warnings()[0].what.contains("`VOX` and `Vox`"));
    fs::write(folder.path().join("outlets.csv"), "outlet,alias,order\nVox.com,vox,2\n").unwrap();
    let (drafts, _, reader) = read(folder.path());
    assert!(drafts.iter().all(|draft| draft.outlet == "Vox.com"));
    assert!(reader.warnings().is_empty());
    assert_eq!(reader.outlets().order_of("Vox.com"), Some(2));
    assert_eq!(reader.files()[1].path, "outlets.csv");
}

#[test]
fn a_pdf_among_the_texts_is_skipped_and_an_old_encoding_is_reported() {
    let folder = folder(&[
        ("Vox/a.txt", b"%PDF-1.4 binary"),
        ("Vox/b.txt", b"The caf\xE9 in Z\xFCrich was the place where both envoys met."),
    ]);
    let (drafts, skipped, reader) = read(folder.path());
    assert_eq!(drafts[0].basis.text, "The café in Zürich was the place where both envoys met.");
    assert_eq!(skipped[0].code, "W420");
    assert_eq!(reader.warnings()[0].code, "W410");
}

#[test]
fn the_reader_may_cross_threads() {
    fn is_send<T: Send>() {}
    is_send::<Reader>();
}

#[test]
fn a_quotation_mark_that_is_never_closed_swallows_no_article_in_silence() {
    let table = "outlet,text\nVox,\"They said \"\"no\"\".\"\nSlate,\"It began\nVox,They met.\n";
    let list = "outlet,file\nVox,\"a.txt\nSlate,b.txt\n";
    let folder = folder(&[("a.csv", table.as_bytes()), ("f/corpus.csv", list.as_bytes())]);
    let (drafts, skipped, reader) = read(&folder.path().join("a.csv"));
    assert_eq!((drafts.len(), skipped.len(), reader.files().len()), (1, 1, 1));
    assert_eq!((skipped[0].code.as_str(), skipped[0].record_no), ("W423", Some(2)));
    let errors = errors(&folder.path().join("f"));
    assert!(errors[0].place.ends_with("corpus.csv, line 2"), "{}", errors[0]);
}

#[test]
fn two_columns_of_one_name_are_refused() {
    let folder = folder(&[
        ("a.csv", b"outlet,text,Text\nVox,one,two\n"),
        ("b.csv", b"outlet,text,body,labels,labels\nVox,one,two,x,y\n"),
    ]);
    assert_eq!(errors(&folder.path().join("a.csv"))[0].what, "two columns are called `text`");
    assert_eq!(read(&folder.path().join("b.csv")).0[0].basis.text, "one");
}

#[test]
fn a_list_names_files_of_its_own_folder_only() {
    for outside in ["../b.txt", "a/../../b.txt", "/etc/hosts"] {
        let list = format!("outlet,file\nVox,{outside}\nSlate,./a.txt\n");
        let files = [("f/corpus.csv", list.as_bytes()), ("b.txt", b"x"), ("f/a.txt", b"y")];
        let errors = errors(&folder(&files).path().join("f"));
        assert_eq!(errors.len(), 1);
        assert!(errors[0].what.contains("leads out"), "{}", errors[0]);
    }
}

#[test]
fn a_report_among_the_articles_is_not_read() {
    let manifest = b"{\n  \"run_id\": \"r1\",\n  \"tool\": {\n    \"name\": \"parallax\"\n  }\n}\n";
    let folder = folder(&[
        ("a.jsonl", LINES.as_bytes()),
        ("reports/r/manifest.json", manifest),
        ("reports/r/comparison.csv", b"measure,Vox\n"),
    ]);
    let (drafts, skipped, reader) = read(folder.path());
    assert_eq!((drafts.len(), skipped.len(), reader.warnings().len()), (2, 0, 0));
    assert_eq!(errors(&folder.path().join("reports/r"))[0].what, "this is a report");
}

#[test]
fn a_device_among_the_texts_is_skipped() {
    let folder = folder(&[("Vox/a.txt", b"They met.")]);
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("Vox/b.txt")).unwrap();
    let (drafts, skipped, _) = read(folder.path());
    assert_eq!((drafts.len(), skipped[0].code.as_str()), (1, "W427"));
}

#[test]
fn ids_and_outlets_that_would_be_printed_alike_are_alike() {
    let lines = "{\"id\":\"a\\n1\",\"outlet\":\"The\\u0007Sun\",\"text\":\"They met.\"}\n\
                 {\"id\":\"a 1\",\"outlet\":\"The  Sun\",\"text\":\"It began.\"}\n";
    let folder = folder(&[("a.jsonl", lines.as_bytes())]);
    let (drafts, _, reader) = read(folder.path());
    assert_eq!((drafts[0].id.as_str(), drafts[0].outlet.as_str()), ("a 1", "The Sun"));
    assert_eq!(reader.errors().len(), 1);
}

#[test]
fn a_json_list_gives_what_lines_give() {
    let list = format!("[\n{}\n]", LINES.trim().replace('\n', ",\n"));
    let folder = folder(&[("a.jsonl", LINES.as_bytes()), ("b.json", list.as_bytes())]);
    let read = |name: &str| read(&folder.path().join(name)).0;
    assert_eq!(read("a.jsonl"), read("b.json"));
}

#[test]
fn a_link_back_to_the_corpus_reads_no_article_twice() {
    let folder = folder(&[("Vox/a.txt", b"They met."), ("Slate/b.txt", b"It began.")]);
    std::os::unix::fs::symlink("..", folder.path().join("Vox/loop")).unwrap();
    std::os::unix::fs::symlink("Slate", folder.path().join("Times")).unwrap();
    let outlets: Vec<String> = read(folder.path()).0.into_iter().map(|d| d.outlet).collect();
    assert_eq!(outlets.len(), 3);
    assert_eq!(outlets.iter().filter(|outlet| *outlet == "Vox").count(), 1);
}

#[test]
fn a_folder_that_cannot_be_read_stops_the_run() {
    let folder = folder(&[("Vox/a.txt", b"They met.")]);
    let path = folder.path().join("Slate");
    fs::create_dir(&path).unwrap();
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o000)).unwrap();
    // The root user may read it all the same.
    let expected = if fs::read_dir(&path).is_err() { Some("E402") } else { None };
    let opened = open(&[folder.path().to_owned()], &ReadOptions::default());
    assert_eq!(opened.err().map(|errors| Message::from(errors[0].clone()).code), expected);
}

#[test]
fn a_list_that_breaks_off_between_records_is_told() {
    let record = r#"{"id": "a1", "outlet": "Vox", "text": "They met."}"#;
    for (text, codes) in [
        (format!("[{record},\n"), vec!["W426"]),
        (format!("[{record}"), vec!["W426"]),
        (format!("[{record}]\n"), vec![]),
        (format!("[{record}, {{\"id\": \"a2\""), vec!["W423"]),
    ] {
        let folder = folder(&[("in.json", text.as_bytes())]);
        let (drafts, skipped, _) = read(&folder.path().join("in.json"));
        assert_eq!(drafts.len(), 1, "{text}");
        assert_eq!(
            skipped.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(),
            codes,
            "{text}"
        );
    }
}

#[test]
fn files_of_one_name_are_told_apart_by_their_folders() {
    let line =
        |id: &str| format!("id,outlet,text\n{id},Vox,They met.\n{id}x,,None.\n").into_bytes();
    let folder = folder(&[
        ("2023/in.csv", &line("a")),
        ("2024/in.csv", &line("b")),
        ("2024/other.csv", &line("c")),
        ("2024/.hidden.csv", &line("d")),
    ]);
    let sources = |inputs: &[&str]| -> Vec<String> {
        let inputs: Vec<PathBuf> = inputs.iter().map(|name| folder.path().join(name)).collect();
        let reader = open(&inputs, &ReadOptions::default()).unwrap();
        reader.filter_map(Result::err).map(|skipped| skipped.source).collect()
    };
    assert_eq!(sources(&["2023/in.csv", "2024/in.csv"]), ["2023/in.csv", "2024/in.csv"]);
    assert_eq!(sources(&["2023/in.csv", "2024/other.csv"]), ["in.csv", "other.csv"]);
    assert_eq!(sources(&["20??/*.csv"]), ["2023/in.csv", "2024/in.csv", "other.csv"]);
    assert_eq!(sources(&["2023", "2024"]), ["2023/in.csv", "2024/in.csv", "2024/other.csv"]);
}

#[test]
fn a_record_that_says_a_thing_twice_is_skipped() {
    let lines = r#"{"id":"a","outlet":"Vox","text":"They met.","note":1,"note":2}
{"id":"b","outlet":"Vox","text":"They met.","text":"They left."}
"#;
    let folder = folder(&[("in.jsonl", lines.as_bytes())]);
    let (drafts, skipped, _) = read(&folder.path().join("in.jsonl"));
    assert_eq!((drafts.len(), skipped.len()), (1, 1));
    assert_eq!((skipped[0].code.as_str(), skipped[0].record_no), ("W423", Some(2)));
    assert!(skipped[0].reason.contains("`text`"));
}
