//! Nothing vanishes: what is not read is named, and so is what contradicts itself.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use super::*;

fn warnings(reader: &Reader) -> Vec<String> {
    reader.warnings().iter().map(|message| message.what.clone()).collect()
}

#[test]
fn a_text_that_lies_too_deep_is_named() {
    let deep = format!("Vox/{}one.txt", "a/".repeat(20));
    let folder = folder(&[(&deep, b"They met."), ("Vox/two.txt", b"They met again.")]);
    let (drafts, _, reader) = read(folder.path());
    assert_eq!(drafts.len(), 1);
    let said = warnings(&reader);
    assert!(said[0].contains("more than fifteen folders deep"), "{said:?}");
}

#[test]
fn an_outlet_without_an_article_is_named() {
    let folder = folder(&[("Vox/one.txt", b"They met.")]);
    fs::create_dir(folder.path().join("Slate")).unwrap();
    let (_, _, reader) = read(folder.path());
    assert_eq!(warnings(&reader), ["the folder `Slate` is empty: no outlet comes from it"]);
    assert_eq!(reader.warnings()[0].severity(), "note", "no article is lost");
}

#[test]
fn an_input_without_an_article_is_an_error_wherever_it_is_named() {
    let folder = folder(&[("full/Vox/one.txt", b"They met.")]);
    let [full, empty] = ["full", "empty"].map(|name| folder.path().join(name));
    fs::create_dir(&empty).unwrap();
    for inputs in [[full.clone(), empty.clone()], [empty, full]] {
        let errors = crate::corpus::open(&inputs, &Default::default()).err().unwrap();
        assert!(errors[0].to_string().contains("no articles in this folder"), "{errors:?}");
    }
}

#[test]
fn what_is_no_object_in_a_list_is_skipped() {
    let list = br#"[{"outlet": "Vox", "text": "They met."}, 5, "x", null, [1]]"#;
    let folder = folder(&[("a.json", list)]);
    let (drafts, skipped, _) = read(&folder.path().join("a.json"));
    assert_eq!(drafts.len(), 1);
    let places: Vec<_> = skipped.iter().map(|skip| (skip.record_no, skip.code.as_str())).collect();
    assert_eq!(places, [2, 3, 4, 5].map(|n| (Some(n), "W423")));
}

#[test]
fn paths_that_are_no_utf_8_are_skipped_one_by_one() {
    let folder = folder(&[("Vox/one.txt", b"They met.")]);
    for bytes in [&b"caf\xE9"[..], b"caf\xE8"] {
        let outlet = folder.path().join(OsStr::from_bytes(bytes));
        fs::create_dir(&outlet).unwrap();
        fs::write(outlet.join("one.txt"), "They met.").unwrap();
    }
    let (drafts, skipped, _) = read(folder.path());
    assert_eq!(drafts.len(), 1);
    let sources: Vec<&str> = skipped.iter().map(|skip| skip.source.as_str()).collect();
    assert_eq!(sources, ["caf\\xE8/one.txt", "caf\\xE9/one.txt"]);
    assert!(skipped.iter().all(|skip| skip.code == "W431"));
    let table = folder.path().join(OsStr::from_bytes(b"\xE9.csv"));
    fs::write(&table, "outlet,text\nVox,They met.\n").unwrap();
    assert!(errors(&table)[0].what.contains("not UTF-8"));
}

#[test]
fn dates_of_one_file_that_contradict_each_other_are_an_error() {
    let rows =
        b"outlet,date,text\nVox,2023-04-01,One.\nVox,13/04/2023,Two.\nVox,04/13/2023,Three.\n";
    let list = b"outlet,date,file\nVox,13-04-2023,a.txt\nVox,04-13-2023,b.txt\n";
    let folder =
        folder(&[("rows.csv", rows), ("corpus.csv", list), ("a.txt", b"One."), ("b.txt", b"Two.")]);
    let (_, _, reader) = read(&folder.path().join("rows.csv"));
    let error = Message::from(reader.errors()[0].clone());
    assert_eq!(error.code, "E409");
    assert!(error.what.contains("record 2 has the day first (`13/04/2023`), record 3"), "{error}");
    let error = &errors(folder.path())[0];
    assert!(error.place.ends_with("corpus.csv, line 3"), "{error}");
    assert!(error.what.contains("`13-04-2023` in line 2"), "{error}");
}

#[test]
fn one_outlet_in_two_spellings_of_one_letter_is_one() {
    let folder =
        folder(&[("Zo\u{308}llner/a.txt", b"They met."), ("Z\u{f6}llner/b.txt", b"They left.")]);
    let (drafts, _, reader) = read(folder.path());
    assert!(drafts.iter().all(|draft| draft.outlet == "Z\u{f6}llner"), "{drafts:?}");
    assert!(reader.warnings().is_empty());
    let rows = "outlet,text\n\u{200b}\u{2060},They met.\n";
    let folder = self::folder(&[("a.csv", rows.as_bytes())]);
    assert_eq!(read(&folder.path().join("a.csv")).1[0].code, "W424");
}

#[test]
fn utf_32_is_not_read_as_utf_16() {
    let rows = "outlet,text\nVox,They met.\n";
    let mut bytes = vec![0xFF, 0xFE, 0, 0];
    rows.chars().for_each(|c| bytes.extend(u32::from(c).to_le_bytes()));
    let folder = folder(&[("a.csv", &bytes)]);
    assert_eq!(read(&folder.path().join("a.csv")).0[0].basis.text, "They met.");
}

#[test]
fn what_is_packed_twice_or_no_table_says_so() {
    let rows = b"outlet,text\nVox,They met.\n";
    let folder = folder(&[("a.csv.gz", &gzip(&gzip(rows))), ("b.csv", b"PK\x03\x04 and so on")]);
    let said = |name: &str| errors(&folder.path().join(name))[0].what.clone();
    assert_eq!(said("a.csv.gz"), "it holds a gzip file, no articles");
    assert_eq!(said("b.csv"), "it holds a Word, Excel or zip file, no articles");
}

#[test]
fn a_page_saved_as_a_text_is_reduced_to_its_text() {
    let page = b"<!DOCTYPE html><html><head><title>x</title></head><body><p>They &amp; we met.</p>\
        <p>Then they left.</p></body></html>";
    let folder = folder(&[("Vox/a.txt", page)]);
    let (drafts, _, _) = read(folder.path());
    assert_eq!(drafts[0].basis.text, "x\n\nThey & we met.\n\nThen they left.");
    assert!(drafts[0].source_file.is_some());
}

#[test]
fn saved_pages_are_articles_and_what_was_saved_with_them_is_not() {
    let page = "<html><head><meta charset=windows-1252><title>Ice - Vox</title></head><body>\
        <ul><li>Home</li></ul><h1>Ice comes</h1><p>They met at the caf\u{e9}.</p></body></html>";
    let page: Vec<u8> = page.chars().map(|c| c as u8).collect();
    let files = [
        ("Vox/a.html", page.as_slice()),
        ("Vox/a_files/frame.html", b"<p>Buy it.</p>"),
        ("Vox/a_files/style.css", b"p {}"),
        ("Vox/b.HTM", b"<title>Talks</title><p>They left.</p>"),
        ("Vox/c_files/d.xhtml", b"<p>No page lies beside this folder.</p>"),
        ("Vox/e.txt", b"Grain\n\nIt grew."),
    ];
    let folder = folder(&files);
    let (drafts, skipped, reader) = read(folder.path());
    let mut read: Vec<(String, String)> = drafts
        .iter()
        .map(|draft| {
            let title = draft.title.map(|title| title.of(&draft.basis.text).to_string());
            (draft.source_file.clone().unwrap(), title.unwrap_or_default())
        })
        .collect();
    read.sort();
    let expect = [("a.html", "Ice comes"), ("b.HTM", ""), ("c_files/d.xhtml", ""), ("e.txt", "")];
    let expect = expect.map(|(file, title)| (format!("Vox/{file}"), title.to_string()));
    assert_eq!(read, expect);
    assert!(skipped.is_empty() && warnings(&reader).is_empty(), "{:?}", warnings(&reader));
    let text =
        &drafts.iter().find(|d| d.source_file.as_deref() == Some("Vox/a.html")).unwrap().basis;
    assert_eq!(text.text, "Home\n\nIce comes\n\nThey met at the café.");
}

#[test]
fn what_a_folder_of_records_does_not_read_is_named() {
    let rows = b"outlet,text\nVox,They met.\n".as_slice();
    let folder = folder(&[("a.csv", rows), ("b.csv.xz", b"x"), ("notes.txt", b"They met.")]);
    let (drafts, _, reader) = read(folder.path());
    assert_eq!(drafts.len(), 1);
    let warned = warnings(&reader);
    assert_eq!(warned.len(), 2, "{warned:?}");
    for name in ["`b.csv.xz`", "`notes.txt`"] {
        assert!(warned.iter().any(|w| w.contains(name)), "{name}: {warned:?}");
    }
}

#[test]
fn a_list_of_articles_beside_outlets_is_read_and_another_list_is_named() {
    let articles = br#"[{"outlet": "Vox", "text": "They met again."}]"#;
    let folder = folder(&[
        ("Post/a.txt", b"They met.".as_slice()),
        ("more.json", articles),
        ("package.json", br#"{"name": "x", "version": "1"}"#),
    ]);
    let (drafts, _, reader) = read(folder.path());
    assert_eq!(drafts.len(), 2);
    let warned = warnings(&reader);
    assert!(warned.len() == 1 && warned[0].contains("`package.json`"), "{warned:?}");
}

#[test]
fn a_row_of_column_names_inside_a_table_is_no_article() {
    let rows = b"outlet,text\nVox,They met.\noutlet,text\nVox,They left.\n";
    let folder = folder(&[("a.csv", rows)]);
    let (drafts, skipped, _) = read(&folder.path().join("a.csv"));
    assert_eq!(drafts.len(), 2);
    assert_eq!(skipped[0].reason, "it is the row of column names once more");
}

#[test]
fn a_table_in_a_folder_that_is_damaged_at_its_start_is_skipped() {
    let rows = b"outlet,text\nVox,They met.\n".as_slice();
    let damaged: [&[u8]; 5] =
        [b"\n\n", b"sep=;\n", b"outlet,te", b"\0\0\0", b"\"outlet,text\nVox,\n"];
    for bytes in damaged {
        let folder = folder(&[("a.csv", rows), ("b.csv", bytes)]);
        let (drafts, skipped, _) = read(folder.path());
        let codes: Vec<_> = skipped.iter().map(|s| s.code.as_str()).collect();
        assert_eq!((drafts.len(), codes), (1, vec!["W432"]), "{bytes:?}");
        assert_eq!(errors(&folder.path().join("b.csv")).len(), 1);
    }
}
