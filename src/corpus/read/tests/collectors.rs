//! Collectors' tables, dates, encodings and patterns, as people hand them in.

use super::*;
use crate::corpus::options::DayOrder;

fn read_with(path: &Path, options: &ReadOptions) -> (Vec<Draft>, Vec<Skipped>, Reader) {
    let mut reader = open(&[path.to_owned()], options).unwrap_or_else(|e| panic!("{e:?}"));
    let (mut drafts, mut skipped) = (Vec::new(), Vec::new());
    for item in &mut reader {
        match item {
            Ok(draft) => drafts.push(draft),
            Err(skip) => skipped.push(skip),
        }
    }
    (drafts, skipped, reader)
}

fn said(columns: &[(&str, &str)]) -> ReadOptions {
    let columns = columns.iter().map(|(c, h)| ((*c).to_string(), (*h).to_string())).collect();
    ReadOptions { columns, ..ReadOptions::default() }
}

/// What a collector's file gives: outlet, day, title, text of its first article.
#[track_caller]
fn check_collector(name: &str, file: &str, expect: [&str; 4]) {
    let folder = folder(&[(name, file.as_bytes())]);
    let (drafts, skipped, _) = read(&folder.path().join(name));
    assert!(skipped.is_empty(), "{skipped:?}");
    let draft = &drafts[0];
    let title = draft.title.map_or("", |span| span.of(&draft.basis.text));
    let text = &draft.basis.text[draft.basis.text_start as usize..];
    let day = draft.published.day.as_deref().unwrap_or_default();
    assert_eq!([draft.outlet.as_str(), day, title, text], expect);
}

#[test]
fn media_cloud_tables_are_read() {
    check_collector(
        "mc.csv",
        "id,indexed_date,language,media_name,media_url,publish_date,title,url,text\n\
         7f,2024-05-15 01:02:03,en,harbour.example,http://harbour.example,2024-05-14,Ice,\
         http://harbour.example/1,They met.\n",
        ["harbour.example", "2024-05-14", "Ice", "They met."],
    );
}

#[test]
fn news_please_objects_are_read() {
    check_collector(
        "np.json",
        "{\n \"authors\": [\"A\"], \"date_download\": \"2024-06-01 10:00:00\",\n \"date_modify\": null,\n \
         \"date_publish\": \"2024-05-14 08:30:00\",\n \"filename\": \"x.json\", \"language\": \"en\",\n \
         \"maintext\": \"They met.\", \"source_domain\": \"harbour.example\",\n \"title\": \"Ice\", \
         \"title_page\": null, \"url\": \"http://harbour.example/1\"\n}\n",
        ["harbour.example", "2024-05-14", "Ice", "They met."],
    );
}

#[test]
fn newspaper4k_lists_are_read() {
    check_collector(
        "n4k.json",
        "[\n{\"url\": \"http://harbour.example/1\", \"source_url\": \"http://harbour.example\", \
         \"title\": \"Ice\", \"top_image\": \"\", \"meta_lang\": \"en\", \"language\": \"en\", \
         \"publish_date\": \"2024-05-14T08:30:00\", \"meta_site_name\": \"Harbour Post\", \
         \"text\": \"They met.\"}\n]\n",
        ["Harbour Post", "2024-05-14", "Ice", "They met."],
    );
}

#[test]
fn nela_tables_take_the_day_and_not_the_feeds_wording() {
    check_collector(
        "nela.csv",
        "id,date,source,title,content,author,url,published,published_utc,collection_utc\n\
         h--1,2024-05-14,harbourpost,Ice,They met.,A,http://h.example,\
         \"Tue, 14 May 2024 08:30:00 GMT, updated\",1715675400,1715680000\n",
        ["harbourpost", "2024-05-14", "Ice", "They met."],
    );
}

#[test]
fn nexis_and_factiva_tables_are_read() {
    check_collector(
        "nexis.csv",
        "sep=;\r\nHeadline;Source Name;Publication Date;Byline;Body\r\n\
         Ice;Harbour Post;14 May 2024;A;\"They met.\r\nThey left.\"\r\n",
        ["Harbour Post", "2024-05-14", "Ice", "They met.\r\nThey left."],
    );
    check_collector(
        "factiva.tsv",
        "HD\tSN\tPD\tLA\tLP\tTD\tAN\nIce\tHarbour Post\t14 May 2024\tEnglish\tThey met.\tThey left.\tX1\n",
        ["Harbour Post", "2024-05-14", "Ice", "They met.\n\nThey left."],
    );
}

#[test]
fn an_ambiguous_table_is_an_error_that_lists_the_candidates() {
    let table = b"publisher,source,text\nVox,vox.com,They met.\n";
    let folder = folder(&[
        ("a.csv", table),
        ("b.jsonl", b"{\"publisher\":\"V\",\"source\":\"v\",\"text\":\"x\"}\n"),
    ]);
    for name in ["a.csv", "b.jsonl"] {
        let error = &errors(&folder.path().join(name))[0];
        assert_eq!(error.code, "E408");
        assert!(error.what.contains("`publisher`") && error.what.contains("`source`"));
        assert!(error.mend.contains("--column outlet="));
        let (drafts, ..) = read_with(&folder.path().join(name), &said(&[("outlet", "publisher")]));
        assert!(drafts[0].outlet.starts_with('V'));
    }
}

#[test]
fn columns_that_are_not_read_are_one_note_for_all_files_alike() {
    let line =
        |id: &str| format!("{{\"id\":\"{id}\",\"outlet\":\"Vox\",\"text\":\"x\",\"mood\":1}}\n");
    let folder = folder(&[
        ("a.jsonl", line("a").as_bytes()),
        ("b.jsonl", line("b").as_bytes()),
        ("c.csv", b"outlet,text,themes\nVox,y,z\n"),
    ]);
    let (_, _, reader) = read(folder.path());
    let notes: Vec<String> = reader.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(
        notes[0].starts_with("note[N401]: a.jsonl and 1 more: ") && notes[0].contains("`mood`")
    );
    assert!(notes[1].contains("c.csv") && notes[1].contains("`themes`"));
}

#[test]
fn dates_that_may_be_day_or_month_stop_the_run_and_a_flag_settles_them() {
    let table = b"id,outlet,date,text\nx,Vox,03/04/2023,They met.\ny,Vox,05/06/2023,They left.\n\
                  z,Vox,14/05/2023,They slept.\n";
    let folder = folder(&[("a.csv", table)]);
    let path = folder.path().join("a.csv");
    let (drafts, _, reader) = read(&path);
    let error = Message::from(reader.errors()[0].clone());
    assert_eq!((error.code, reader.errors().len()), ("E409", 1));
    assert!(error.place.contains("record 1") && error.what.contains("`03/04/2023`"), "{error}");
    assert!(error.what.contains("1 other") && error.mend.contains("--dates day-first"), "{error}");
    assert!(drafts.is_empty(), "nothing is counted when the run must stop");
    let options = ReadOptions { dates: DayOrder::DayFirst, ..ReadOptions::default() };
    let (drafts, _, reader) = read_with(&path, &options);
    assert!(reader.errors().is_empty());
    assert_eq!(drafts[0].published.day.as_deref(), Some("2023-04-03"));
    assert_eq!(drafts[2].published.day.as_deref(), Some("2023-05-14"));
}

#[test]
fn a_table_in_an_old_encoding_is_known_by_all_of_it() {
    // No cell is long enough to tell the encodings apart; the table is.
    let rows = "Газета,Встреча,Стороны встретились в Москве и обсудили доверие.\n\
                Вестник,Визит,Делегация прибыла в порт и осмотрела причалы.\nСлово,Мир,Да.\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(rows);
    let table = [b"outlet,title,text\n", bytes.as_ref()].concat();
    let folder = folder(&[("a.csv", &table), ("b.csv.gz", &gzip(&table))]);
    for name in ["a.csv", "b.csv.gz"] {
        let (drafts, _, reader) = read(&folder.path().join(name));
        assert!(drafts.iter().any(|draft| draft.outlet == "Слово"), "{name}");
        let said: Vec<String> = reader.warnings().iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("W410") && said[0].contains("--encoding windows-1251"));
        let options = ReadOptions { encoding: "windows-1251".into(), ..ReadOptions::default() };
        let (drafts, _, reader) = read_with(&folder.path().join(name), &options);
        assert!(drafts.len() == 3 && reader.warnings().is_empty());
    }
}

#[test]
fn a_pattern_names_the_files_that_match_it() {
    let line = |id: &str| format!("{{\"id\":\"{id}\",\"outlet\":\"Vox\",\"text\":\"x\"}}\n");
    let folder = folder(&[
        ("2023/a.jsonl", line("a").as_bytes()),
        ("2023/b.jsonl", line("b").as_bytes()),
        ("2024/c.jsonl", line("c").as_bytes()),
    ]);
    let (drafts, ..) = read(&folder.path().join("2023/*.jsonl"));
    assert_eq!(drafts.len(), 2);
    assert_eq!(errors(&folder.path().join("2022/*.jsonl"))[0].code, "E401");
}

#[test]
fn more_files_than_may_be_open_are_read() {
    let folder = tempfile::tempdir().unwrap();
    for no in 0..1100 {
        let line = format!("{{\"id\":\"n{no}\",\"outlet\":\"Vox\",\"text\":\"x\"}}\n");
        fs::write(folder.path().join(format!("{no}.jsonl")), line).unwrap();
    }
    assert_eq!(read(folder.path()).0.len(), 1100);
}
