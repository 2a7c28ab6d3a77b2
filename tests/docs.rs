//! The papers are true: files they name exist, columns are explained, and every example in them runs.
//!
//! An example in `docs/lexicons.md` is one or more blocks that open with three backticks, `csv` and
//! the name of a word list, followed by a table with the heading that [`check_example`] knows, or by
//! a block of messages. Tables of voices and marks in `METHODS.md` are read the same way.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use parallax::annotate::{Annotated, Annotator, Input};
use parallax::base::{Message, Section, Span, Voice};
use parallax::lexicon::{Finder, Found, Kind, Lexicon, LexiconFiles, Matcher, load};
use parallax::text::{Analyzer, Document, TextRules, WordList};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The cells of a row of a Markdown table, `` ` `` at their ends left out; none for other lines.
fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix("| ")?.strip_suffix(" |")?;
    let bare = |cell: &str| {
        let cell = cell.trim().replace("\\|", "|");
        let inner = cell.strip_prefix('`').and_then(|c| c.strip_suffix('`'));
        inner.filter(|c| !c.contains('`')).map_or(cell.clone(), str::to_owned)
    };
    Some(inner.replace("\\|", "\u{1}").split('|').map(|c| bare(&c.replace('\u{1}', "|"))).collect())
}

/// The rows of every table whose heading row reads so.
fn tables(page: &str, heading: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line == heading {
            rows.extend(lines.by_ref().skip(1).map_while(cells));
        }
    }
    rows
}

/// What a paper says and the program does not do.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn compare(&mut self, what: &str, text: &str, found: &str, paper: &str) {
        if found != paper {
            self.0.push(format!("{what} of {text}\n  paper:   {paper}\n  program: {found}"));
        }
    }

    fn check(&self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}

/// An article under a lexicon.
struct Reading {
    text: String,
    lexicon: Lexicon,
    doc: Document,
    found: Found,
    facts: Annotated,
}

/// Reads a text, or its paragraphs where ` / ` divides them, by the given word lists.
fn reading(text: &str, lexicon: Lexicon) -> Reading {
    let mut text = text.to_owned();
    let mut blocks = Vec::new();
    let mut start = 0;
    for paragraph in text.split(" / ") {
        let end = start + paragraph.len();
        blocks.push((Span::from_usize(start, end), Section::Body));
        start = end + 3;
    }
    text = text.replace(" / ", " \n ");
    let rules = Arc::new(TextRules::built_in());
    let matcher = Matcher::new(&lexicon, &Analyzer::new(Arc::clone(&rules)));
    let mut words = Analyzer::new(rules);
    let doc = words.analyze(&text, &blocks);
    let found = Finder::new(Arc::new(matcher)).find(&doc, &words, None);
    let facts = Annotator::new(&lexicon).annotate(&Input {
        basis: &text,
        doc: &doc,
        words: &words,
        found: &found,
        lexicon: &lexicon,
    });
    Reading { text, lexicon, doc, found, facts }
}

fn built_in() -> Lexicon {
    load(&LexiconFiles::gather(None).unwrap()).unwrap()
}

impl Reading {
    /// The words in one voice, with blanks between them.
    fn in_voice(&self, voice: Voice) -> String {
        let tokens = self.doc.tokens.iter().zip(&self.facts.voices);
        let words: Vec<&str> =
            tokens.filter(|(_, v)| **v == voice).map(|(t, _)| t.span.of(&self.text)).collect();
        words.join(" ")
    }

    /// `category "words"` of every mention of a kind, in reading order, those of blockers left out.
    fn mentions(&self, kind: Kind) -> String {
        let of_kind = self.found.mentions.iter().filter_map(|m| {
            let entry = self.lexicon.entry(m.entry);
            let category = self.lexicon.category(entry.category);
            (entry.kind == kind).then(|| format!("{} “{}”", category.path, m.span.of(&self.text)))
        });
        let all: Vec<String> = of_kind.collect();
        if all.is_empty() { "–".to_owned() } else { all.join("; ") }
    }

    /// `category voice` of every cue that takes a stance, in reading order, with `negated`.
    fn stance(&self) -> String {
        let counted = self.found.cues.iter().zip(&self.facts.cues).filter(|(_, m)| m.counts);
        let shown = counted.map(|(cue, marks)| {
            let category = self.lexicon.entry(cue.entry).category;
            let not = if marks.negated { " negated" } else { "" };
            format!("{} {}{not}", self.lexicon.category(category).path, marks.voice.name())
        });
        let all: Vec<String> = shown.collect();
        if all.is_empty() { "–".to_owned() } else { all.join(", ") }
    }

    /// `blamed, harm, blamer` of the first row of blame, with dashes for what is empty.
    fn blame(&self) -> String {
        let Some(row) = self.facts.blame.first() else { return "no row".to_owned() };
        let words = |span: Option<Span>| span.map_or("", |span| span.of(&self.text)).to_owned();
        let cells = [words(row.blamed), words(row.harm), row.blamer.clone()];
        cells.map(|cell| if cell.is_empty() { "–".to_owned() } else { cell }).join(", ")
    }

    /// The marks of the first mention that holds a word.
    fn marks(&self, word: &str) -> String {
        let holds = |m: &parallax::lexicon::Mention| m.span.of(&self.text).contains(word);
        let at = self.found.mentions.iter().position(holds);
        let at = at.unwrap_or_else(|| panic!("no mention of `{word}` in `{}`", self.text));
        let marks = &self.facts.marks[at];
        let mut all = vec![marks.voice.name().to_owned()];
        let flags = [
            ("negated", marks.negated),
            ("hedged", marks.hedged),
            ("scare-quoted", marks.scare_quoted),
            ("reported silence", marks.reported_silence),
        ];
        all.extend(flags.iter().filter(|(_, on)| *on).map(|(name, _)| (*name).to_owned()));
        if let Some(party) = marks.silent_party {
            all.push(format!("silent: {}", party.of(&self.text)));
        }
        all.join(", ")
    }
}

#[test]
fn the_voices_in_methods_are_those_the_program_hears() {
    let rows = tables(&read("METHODS.md"), "| text | reported | quoted |");
    assert!(rows.len() > 10, "only {} examples of voice", rows.len());
    let mut wrong = Wrong::default();
    for row in rows {
        let reading = reading(&row[0], built_in());
        let plain = |cell: &str| cell.replace('–', "");
        wrong.compare("reported", &row[0], &reading.in_voice(Voice::Reported), &plain(&row[1]));
        wrong.compare("quoted", &row[0], &reading.in_voice(Voice::Quoted), &plain(&row[2]));
    }
    wrong.check();
}

#[test]
fn the_marks_in_methods_are_those_the_program_sets() {
    let rows = tables(&read("METHODS.md"), "| text | mention | marks |");
    assert!(rows.len() > 10, "only {} examples of marks", rows.len());
    let mut wrong = Wrong::default();
    for row in rows {
        wrong.compare(&row[1], &row[0], &reading(&row[0], built_in()).marks(&row[1]), &row[2]);
    }
    wrong.check();
}

#[test]
fn the_stances_in_methods_are_those_the_program_counts() {
    let rows = tables(&read("METHODS.md"), "| text | stance |");
    assert!(rows.len() > 4, "only {} examples of stance", rows.len());
    let mut wrong = Wrong::default();
    for row in rows {
        wrong.compare("stance", &row[0], &reading(&row[0], built_in()).stance(), &row[1]);
    }
    wrong.check();
}

#[test]
fn the_blame_in_methods_is_what_the_program_finds() {
    let rows = tables(&read("METHODS.md"), "| text | blamed, harm, blamer |");
    assert!(rows.len() > 5, "only {} examples of blame", rows.len());
    let mut wrong = Wrong::default();
    for row in rows {
        wrong.compare("blame", &row[0], &reading(&row[0], built_in()).blame(), &row[1]);
    }
    wrong.check();
}

#[test]
fn the_words_in_methods_are_those_the_program_cuts() {
    let rows = tables(&read("METHODS.md"), "| written | words | terms |");
    assert!(rows.len() > 5, "only {} examples of words", rows.len());
    let mut wrong = Wrong::default();
    for row in rows {
        check_words(&mut Analyzer::new(Arc::new(TextRules::built_in())), &row, &mut wrong);
    }
    wrong.check();
}

#[test]
fn the_sentences_in_methods_are_those_the_program_cuts() {
    let rows = tables(&read("METHODS.md"), "| text | sentences |");
    assert!(rows.len() > 3, "only {} examples of sentences", rows.len());
    let mut wrong = Wrong::default();
    for row in rows {
        let n_sentences = reading(&row[0], Lexicon::default()).doc.sentences.len();
        wrong.compare("sentences", &row[0], &n_sentences.to_string(), &row[1]);
    }
    wrong.check();
}

/// Surfaces and stems of a text.
fn check_words(words: &mut Analyzer, row: &[String], wrong: &mut Wrong) {
    let kinds: Vec<_> = words.words(&row[0]);
    let join = |part: fn(&parallax::text::Type) -> &String| {
        let all: Vec<&str> = kinds.iter().map(|id| part(words.kind(*id)).as_str()).collect();
        all.join(" · ")
    };
    wrong.compare("words", &row[0], &join(|kind| &kind.surface), &row[1]);
    wrong.compare("terms", &row[0], &join(|kind| &kind.stem), &row[2]);
}

/// One example: its word lists, and what the table or block after them says.
#[derive(Default)]
struct Example {
    lists: Vec<(String, String)>,
}

impl Example {
    fn texts(&self) -> Vec<(&str, &str)> {
        self.lists.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
    }

    fn kind(&self) -> Kind {
        let of = |kind: &Kind| self.lists.iter().any(|(name, _)| *name == file_of(*kind));
        Kind::ALL.into_iter().find(of).unwrap_or(Kind::Frame)
    }

    fn check_mentions(&self, row: &[String], wrong: &mut Wrong) {
        let lexicon = load(&LexiconFiles::of_texts(&self.texts())).unwrap();
        let reading = reading(&row[0], lexicon);
        wrong.compare("mentions", &row[0], &reading.mentions(self.kind()), &row[1]);
    }

    fn check_messages(&self, expect: &str, wrong: &mut Wrong) {
        let said: Vec<String> = match load(&LexiconFiles::of_texts(&self.texts())) {
            Ok(lexicon) => lexicon.warnings.iter().map(ToString::to_string).collect(),
            Err(errors) => errors.into_iter().map(|e| Message::from(e).to_string()).collect(),
        };
        wrong.compare(
            "messages",
            &format!("{:?}", self.lists),
            &said.join("\n"),
            expect.trim_end(),
        );
    }

    fn check_words(&self, row: &[String], wrong: &mut Wrong) {
        let list = |name: &str, built_in: WordList<'static>| {
            let given = self.lists.iter().find(|(file, _)| file == name);
            given.map_or(built_in.bytes.to_vec(), |(_, text)| text.as_bytes().to_vec())
        };
        let lists = [
            list("stems.csv", WordList::STEMS),
            list("joins.csv", WordList::JOINS),
            list("abbreviations.csv", WordList::ABBREVIATIONS),
        ];
        let [stems, joins, abbreviations] =
            lists.each_ref().map(|bytes| WordList { file: "", bytes });
        let rules = TextRules::parse(stems, joins, abbreviations).unwrap();
        check_words(&mut Analyzer::new(Arc::new(rules)), row, wrong);
    }
}

fn file_of(kind: Kind) -> String {
    format!("{}.csv", kind.file_stem())
}

/// Checks every example of a page; how many rows and messages it has checked.
fn check_examples(page: &str) -> usize {
    let mut n_checked = 0;
    let mut wrong = Wrong::default();
    let mut example = Example::default();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        let mut block = || -> String {
            lines.by_ref().take_while(|l| *l != "```").flat_map(|l| [l, "\n"]).collect()
        };
        if let Some(name) = line.strip_prefix("```csv ") {
            example.lists.push((name.to_owned(), block()));
            continue;
        }
        if line == "```text" && !example.lists.is_empty() {
            example.check_messages(&block(), &mut wrong);
            n_checked += 1;
            example = Example::default();
            continue;
        }
        let check: fn(&Example, &[String], &mut Wrong) = match line {
            "| sentence | mentions |" => Example::check_mentions,
            "| written | words | terms |" => Example::check_words,
            _ => continue,
        };
        lines.next();
        while let Some(row) = lines.peek().and_then(|line| cells(line)) {
            check(&example, &row, &mut wrong);
            n_checked += 1;
            lines.next();
        }
        example = Example::default();
    }
    wrong.check();
    n_checked
}

#[test]
fn every_example_of_a_lexicon_runs() {
    let n_checked = check_examples(&read("docs/lexicons.md"));
    assert!(n_checked > 30, "only {n_checked} examples seen: is the test still reading the page?");
}

#[test]
#[should_panic(expected = "mentions of War.")]
fn a_wrong_example_is_found() {
    check_examples(
        "```csv frames.csv\ncategory,term\nx,war\n```\n\n| sentence | mentions |\n|---|---|\n\
         | War. | x “Peace” |\n",
    );
}

/// The words between backticks of a page.
fn code_words(page: &str) -> BTreeSet<&str> {
    page.split("```").step_by(2).flat_map(|text| text.split('`').skip(1).step_by(2)).collect()
}

/// Whether a file stands at a path, in `src`, or in a room of `src`; `<name>` stands for any name.
fn stands_somewhere(name: &str) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if name.contains('<') {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        return stands_somewhere(folder);
    }
    ["", "src", "lexicons", "docs", "tests"].iter().any(|at| root.join(at).join(name).exists())
}

/// Whether a word between backticks names a file or folder of the repository.
fn is_path(word: &str) -> bool {
    let plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | '.' | '<' | '>' | '-');
    let endings = [".rs", ".md", ".txt", ".cff", ".toml"];
    let listed = endings.iter().any(|ending| word.ends_with(ending))
        || ["lexicons/", "docs/", "tests/", "src/", "seeds/"]
            .iter()
            .any(|folder| word.starts_with(folder));
    word.chars().all(plain) && listed
}

#[test]
fn every_file_that_a_paper_names_exists() {
    let mut n_paths = 0;
    for page in ["ARCHITECTURE.md", "CONTRIBUTING.md", "METHODS.md", "README.md"]
        .map(str::to_owned)
        .into_iter()
        .chain(pages_in("docs"))
    {
        let text = read(&page);
        for word in code_words(&text).into_iter().filter(|word| is_path(word)) {
            let of_users = ["report", "my_", "methods.md", "parallax.toml"]
                .iter()
                .any(|p| word.starts_with(p))
                && !word.ends_with(".rs")
                && !word.starts_with("report/");
            n_paths += 1;
            assert!(of_users || stands_somewhere(word), "{page} names {word}");
        }
    }
    assert!(n_paths > 20, "only {n_paths} paths seen");
}

fn pages_in(folder: &str) -> Vec<String> {
    let names = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let names = names.map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
    let mut pages: Vec<String> =
        names.filter(|n| n.ends_with(".md")).map(|n| format!("{folder}/{n}")).collect();
    pages.sort();
    pages
}

/// The first row of a word list.
fn header(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().find(|line| !line.starts_with('#')).unwrap_or_default();
    first.split(',').map(|name| name.trim().trim_matches('"').to_owned()).collect()
}

#[test]
fn every_column_of_a_word_list_is_explained() {
    let page = read("docs/lexicons.md");
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let section = page.split("\n## ").find(|s| {
            s.lines().next().is_some_and(|heading| heading.contains(&format!("`{name}`")))
        });
        let section =
            section.unwrap_or_else(|| panic!("no section of docs/lexicons.md is on {name}"));
        for column in header(&path) {
            let row = format!("| `{column}` |");
            assert!(section.contains(&row), "docs/lexicons.md does not explain {name}, {column}");
        }
    }
}

/// A fresh folder for one test.
fn folder(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs").join(name);
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(folder.join("lexicons")).unwrap();
    folder
}

/// Compares articles of an outlet, an event, so many words and so many mentions of `dam`; gives the
/// cell of a row of a table, found by its outlet and by the cells that it must hold.
struct Worked(std::path::PathBuf);

impl Worked {
    fn compare(name: &str, articles: &[(&str, &str, usize, usize)]) -> Self {
        let folder = folder(name);
        for list in ["frames.csv", "concepts.csv"] {
            fs::write(folder.join("lexicons").join(list), "category,term\ndam,dam\n").unwrap();
        }
        let mut rows = "id,outlet,event,text\n".to_owned();
        for (at, (outlet, event, words, mentions)) in articles.iter().enumerate() {
            let text = "dam ".repeat(*mentions) + &"stone ".repeat(words - mentions);
            rows += &format!("a{at},{outlet},{event},{}\n", text.trim_end());
        }
        let input = folder.join("articles.csv");
        fs::write(&input, rows).unwrap();
        let report = folder.join("report");
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_parallax"))
            .args(["compare", "-q", "--lexicons"])
            .args([&folder.join("lexicons"), &input, Path::new("--out"), &report])
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        Self(report)
    }

    fn cell(&self, table: &str, holds: &[(&str, &str)], column: &str) -> String {
        let file = self.0.join("tables").join(format!("{table}.csv"));
        let text = fs::read_to_string(file).unwrap();
        let mut rows = text.trim_start_matches('\u{feff}').lines().map(|l| l.split(','));
        let names: Vec<&str> = rows.next().unwrap().collect();
        let place = |name: &str| names.iter().position(|n| *n == name).unwrap();
        let mut rows = rows.map(|row| row.collect::<Vec<_>>());
        let fits = |row: &Vec<&str>| holds.iter().all(|(name, cell)| row[place(name)] == *cell);
        rows.find(fits).unwrap()[place(column)].to_owned()
    }

    /// The same, which METHODS.md must print.
    fn printed(&self, table: &str, holds: &[(&str, &str)], column: &str) -> String {
        let cell = self.cell(table, holds, column);
        assert!(read("METHODS.md").contains(&cell), "METHODS.md lacks {column} = {cell}");
        cell
    }
}

#[test]
fn the_interval_worked_by_hand_is_the_one_printed() {
    let articles = [("A", "", 100, 1), ("A", "", 200, 2), ("A", "", 300, 6)];
    let run = Worked::compare("interval", &articles);
    let row = [("outlet", "A"), ("frame", "dam"), ("section", "all"), ("voice", "all")];
    assert_eq!(run.printed("frames", &row, "per_1k_words"), "15.000000");
    assert_eq!(run.printed("frames", &row, "rate_ci_low"), "-1.431027");
    assert_eq!(run.printed("frames", &row, "rate_ci_high"), "31.431027");
}

#[test]
fn the_expected_mentions_worked_by_hand_are_those_printed() {
    let articles =
        [("A", "one", 400, 0), ("A", "two", 600, 0), ("B", "one", 1000, 5), ("B", "two", 500, 1)];
    let run = Worked::compare("expected", &articles);
    let row = [("item", "dam"), ("outlet", "A"), ("section", "all")];
    assert_eq!(run.printed("coverage", &row, "expected_mentions"), "3.200000");
    assert_eq!(run.printed("coverage", &row, "p_zero"), "0.062139");
    assert_eq!(run.printed("coverage", &row, "share_articles_upper95"), "0.841886");
    assert_eq!(run.cell("coverage", &row, "status"), "omitted");
    assert_eq!(run.cell("coverage", &row, "basis"), "few_articles");
}

#[test]
fn the_sensitivity_worked_by_hand_is_the_one_printed() {
    let articles = [("A", "", 100, 1), ("A", "", 200, 5), ("B", "", 200, 2), ("B", "", 200, 2)];
    let run = Worked::compare("sensitivity", &articles);
    let row = [("target", "A"), ("reference", "B"), ("frame", "dam"), ("voice", "all")];
    assert_eq!(run.printed("sensitivity", &row, "difference"), "10.000000");
    assert_eq!(run.printed("sensitivity", &row, "without_article_high"), "15.000000");
    assert_eq!(run.printed("sensitivity", &row, "without_article_low"), "0.000000");
    assert_eq!(run.printed("sensitivity", &row, "article_move"), "-10.000000");
    assert_eq!(run.printed("sensitivity", &row, "without_article_sign"), "gone");
    assert_eq!(run.cell("sensitivity", &row, "sign_article"), "a1");
    assert_eq!(run.cell("sensitivity", &row, "without_entry_sign"), "gone");
}

#[test]
fn the_keyness_worked_by_hand_is_the_one_printed() {
    let run = Worked::compare("keyness", &[("A", "", 1000, 12), ("B", "", 2000, 3)]);
    let row = [("outlet", "A"), ("term", "dam")];
    assert_eq!(run.printed("terms", &row, "g2_4cell"), "13.861369");
    assert_eq!(run.printed("terms", &row, "log_ratio_addhalf"), "2.836141");
}
