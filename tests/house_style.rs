//! An outlet's spelling habits never change a count: the same story, spelt by two house styles,
//! gives the same tables.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

mod reading;

use std::fs;
use std::path::Path;

use reading::{cell, has, parallax_ok, table};

/// Two short articles of our own, in a house style with straight quotes, `US` and `cooperation`.
const PLAIN: [(&str, &str); 2] = [
    (
        "Harbour Post",
        "US envoy praises cooperation with Russia and China\n\n\
         The US envoy's visit to Moscow deepened trust between China and Russia, officials said. \
         \"We want cooperation, not confrontation, and the US is ready to talk with Beijing,\" \
         he told reporters. It's a start, the envoy's aide said.\n\n\
         Kyiv's allies don't share the view. They called the so-called \"friendship\" a threat. \
         Cooperation in energy grew, Russia's ministry said, while US-led sanctions stayed.\n",
    ),
    (
        "Valley Courier",
        "Russia's war drags on as US talks stall\n\n\
         Talks between the US and Russia's foreign minister stalled on Friday. The US President \
         said cooperation was \"impossible\" while the war in Ukraine goes on. He didn't mention \
         China. \"There's no limit to what Moscow would demand of us, and of the US,\" said an \
         analyst in Washington.\n",
    ),
];

/// The same text as another desk would set it.
fn restyle(text: &str) -> String {
    let mut out = String::new();
    let mut open = false;
    for character in text.chars() {
        match character {
            '"' => {
                open = !open;
                out.push(if open { '“' } else { '”' });
            }
            '\'' => out.push('’'),
            other => out.push(other),
        }
    }
    out.replace("US", "U.S.").replace("cooperation", "co-operation").replace("Coop", "Co-op")
}

fn write_corpus(folder: &Path, style: fn(&str) -> String) {
    let mut manifest = String::from("id,outlet,file,published\n");
    for (n, (outlet, text)) in PLAIN.iter().enumerate() {
        fs::write(folder.join(format!("{n}.txt")), style(text)).unwrap();
        manifest.push_str(&format!("story{n},{outlet},{n}.txt,2023-02-0{}\n", n + 3));
    }
    fs::write(folder.join("corpus.csv"), manifest).unwrap();
}

#[test]
fn two_house_styles_give_the_same_tables() {
    let folder = tempfile::tempdir().unwrap();
    for (name, style) in
        [("plain", str::to_string as fn(&str) -> String), ("styled", restyle as fn(&str) -> String)]
    {
        fs::create_dir(folder.path().join(name)).unwrap();
        write_corpus(&folder.path().join(name), style);
        parallax_ok(folder.path(), &["compare", name, "-q"]);
    }
    for file in ["outlets", "frames", "coverage", "naming", "pairs", "terms"] {
        let read = |name: &str| {
            let path = format!("reports/{name}/tables/{file}.csv");
            fs::read_to_string(folder.path().join(path)).unwrap()
        };
        let (plain, styled) = (read("plain"), read("styled"));
        assert!(plain.lines().count() > 2, "{file}.csv is empty");
        assert_eq!(plain, styled, "{file}.csv differs between the house styles");
    }
}

#[test]
fn the_pronoun_us_is_never_the_country() {
    let folder = tempfile::tempdir().unwrap();
    let text = "A headline without names\n\n\
                Tell us. US-led, U.S., U.S.-backed, USA; join us, US!\n";
    fs::create_dir_all(folder.path().join("in/Harbour Post")).unwrap();
    fs::write(folder.path().join("in/Harbour Post/a.txt"), text).unwrap();
    parallax_ok(folder.path(), &["compare", "in", "-q"]);
    let evidence = table(&folder.path().join("reports/in"), "tables/evidence.csv");
    let mentions: Vec<&str> = evidence
        .iter()
        .filter(|row| has(row, &[("kind", "actor")]) && cell(row, "item").starts_with("us"))
        .map(|row| cell(row, "match"))
        .collect();
    assert_eq!(mentions, ["US", "U.S.", "U.S.", "USA", "US"]);
}
