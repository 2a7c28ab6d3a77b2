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
    assert_eq!(warnings(&reader), ["the folder `Slate` holds no article"]);
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
