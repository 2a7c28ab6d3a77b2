//! The command line: commands, flags and their help.

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::base::Message;
use crate::compare::Stratum;
use crate::corpus::DayOrder;
use crate::corpus::ReadOptions;
use crate::run::RunConfig;

/// Compares how news outlets frame the same relationship or event, and shows the sentence behind
/// every number.
#[derive(Debug, Parser)]
#[command(name = "parallax", version, propagate_version = true, max_term_width = 100)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Compare articles and write a report
    Compare(Compare),
    /// Show what would be read, kept, removed and skipped; writes nothing
    Check(Check),
    /// Repeat the run behind a report and compare every byte; exit code 7 if something differs
    Verify(Verify),
    /// Show the sentences behind a frame, an item, a term or a row of the evidence
    Explain(Explain),
    /// Print the text of one article that the offsets of a report count in
    Text(Text),
    /// Count a part of the articles into a file for `merge`
    Tally(Count),
    /// Merge counted parts into the same report that one run would write
    Merge(Merge),
    /// Look at the word lists themselves
    #[command(subcommand)]
    Lexicon(Lexicon),
}

impl Command {
    /// What is wrong with the flags together.
    pub(crate) fn fault(&self) -> Option<Message> {
        let reading = match self {
            Self::Compare(Compare { counting, .. })
            | Self::Check(Check { counting, .. })
            | Self::Tally(Count { counting, .. })
            | Self::Lexicon(Lexicon::Check(LexiconCheck { counting, .. })) => &counting.reading,
            Self::Text(text) => &text.reading,
            _ => return None,
        };
        reading.repeated_column()
    }
}

#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant, reason = "there is one of them in a run")]
pub(crate) enum Lexicon {
    /// Show rows that cannot count, mangled cells and mistyped names; with articles, what each row
    /// finds in them
    Check(LexiconCheck),
    /// Write the lists as a page that a coder can be trained on, in Markdown
    Codebook(Codebook),
}

#[derive(Debug, Args)]
pub(crate) struct Codebook {
    /// Folder of lexicons to use instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(crate) lexicons: Option<PathBuf>,
}

/// Which lexicons, how many threads, how loud.
#[derive(Debug, Args)]
pub(crate) struct Shared {
    /// Folder of lexicons to use instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(crate) lexicons: Option<PathBuf>,
    /// Worker threads, at most four per processor; never changes a byte of the output [default: one
    /// per processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
    /// Stop with exit code 3 before counting if word lists or articles give a warning, and end with it
    /// if the comparison does
    #[arg(long)]
    pub(crate) strict: bool,
    /// Say nothing but results and errors
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// How the inputs are read where they do not say it themselves.
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// Heading that holds a column, such as `outlet="Source Name"`; may be given several times
    #[arg(long = "column", value_name = "COLUMN=HEADING", value_parser = ReadOptions::column)]
    columns: Vec<(String, String)>,
    /// What comes first in dates such as 03/04/2023
    #[arg(long, value_name = "ORDER")]
    dates: Option<DateOrder>,
    /// Encoding of texts that are not UTF-8 [default: guessed for each file, with a warning]
    #[arg(long, value_name = "NAME", value_parser = ReadOptions::encoding)]
    encoding: Option<String>,
    /// Language of all articles, such as `de` [default: what each says, or its text shows]
    #[arg(long, value_name = "CODE", value_parser = ReadOptions::language)]
    language: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DateOrder {
    DayFirst,
    MonthFirst,
}

impl Reading {
    /// The error of a column that is given two headings.
    fn repeated_column(&self) -> Option<Message> {
        let said =
            |at: usize| self.columns[..at].iter().find(|(name, _)| *name == self.columns[at].0);
        let (name, one, other) = (0..self.columns.len()).find_map(|at| {
            let (name, one) = said(at)?;
            Some((name, one, &self.columns[at].1))
        })?;
        let what = format!("`{name}` is given twice: `{one}` and `{other}`");
        Some(Message::new("E206", "--column", what, "name the one heading that holds it"))
    }

    pub(crate) fn options(&self) -> ReadOptions {
        ReadOptions {
            columns: self.columns.iter().cloned().collect(),
            dates: match self.dates {
                None => DayOrder::Unsaid,
                Some(DateOrder::DayFirst) => DayOrder::DayFirst,
                Some(DateOrder::MonthFirst) => DayOrder::MonthFirst,
            },
            encoding: self.encoding.clone().unwrap_or_default(),
            language: self.language.clone().unwrap_or_default(),
        }
    }
}

/// What is counted.
#[derive(Debug, Args)]
pub(crate) struct Counting {
    #[command(flatten)]
    reading: Reading,
    /// Do not tell speakers and quotations from the outlet
    #[arg(long)]
    no_voice: bool,
    /// Compare only these outlets; a comma within a name is written `\,`
    #[arg(long, value_name = "A,B", value_parser = OutletNames::parse)]
    outlets: Vec<OutletNames>,
    /// Compare only articles about these two actors, such as CHN-RUS or china-russia
    #[arg(long, value_name = "A-B", value_parser = not_blank)]
    about: Option<String>,
    /// Compare within strata too: year, month, event, language, or a column of the input or of
    /// `outlets.csv`
    #[arg(long, value_name = "STRATUM", value_parser = not_blank)]
    by: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// A folder with corpus.csv, a folder of outlets, or files of articles; `-` for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Folder of the report [default: reports/<name of INPUT>]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    report: Report,
    #[command(flatten)]
    counting: Counting,
    #[command(flatten)]
    pub(crate) shared: Shared,
}

/// What is written.
#[derive(Debug, Args)]
struct Report {
    /// Name of the report, kept in its manifest; without it no name is kept
    #[arg(long)]
    name: Option<String>,
    /// Write only these tables; comparison.csv and the terminal show what rests on them
    #[arg(long, value_name = "A,B", value_delimiter = ',', value_parser = table_name)]
    tables: Vec<String>,
    /// Formats of the tables
    #[arg(long, value_name = "A,B", value_delimiter = ',', default_value = "csv")]
    formats: Vec<Format>,
    /// Write among files that no run wrote
    #[arg(long)]
    force: bool,
}

/// A format of the tables of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// A folder with corpus.csv, a folder of outlets, or files of articles; `-` for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    counting: Counting,
    #[command(flatten)]
    pub(crate) shared: Shared,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Folder of the report
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// Where the articles are [default: what is called like the report or
    /// holds its input files, in the working folder]
    #[arg(long, value_name = "PATH")]
    pub(crate) input: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) shared: Shared,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Folder of the report
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// `frame:tension`, `"War and arms"`, `Ukraine`, `e000012`; narrowed down by an outlet, a voice or a
    /// kind between colons, as in `Reuters:tension:own`
    #[arg(value_name = "WHAT")]
    pub(crate) what: String,
}

#[derive(Debug, Args)]
pub(crate) struct Text {
    /// What the report was made from
    #[arg(value_name = "INPUT")]
    pub(crate) input: PathBuf,
    /// Id of the article
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

#[derive(Debug, Args)]
pub(crate) struct Count {
    /// A folder with corpus.csv, a folder of outlets, or files of articles; `-` for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// File to write
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    counting: Counting,
    #[command(flatten)]
    pub(crate) shared: Shared,
}

#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// Files that `tally` wrote
    #[arg(required = true, value_name = "FILE")]
    inputs: Vec<PathBuf>,
    /// Folder of the report
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    report: Report,
    #[command(flatten)]
    pub(crate) shared: Shared,
}

#[derive(Debug, Args)]
pub(crate) struct LexiconCheck {
    /// Articles to try the lists on, as for `compare`
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// New folder for the findings and places as tables
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    counting: Counting,
    #[command(flatten)]
    pub(crate) shared: Shared,
}

/// The name of an input: its folder or file name without endings; `None` for standard input and for
/// a pattern, which may mean several files.
fn name_of(input: &Path) -> Option<String> {
    if input == Path::new("-") {
        return None;
    }
    let full = std::fs::canonicalize(input).unwrap_or_else(|_| input.to_path_buf());
    let name = full.file_name()?.to_str()?.to_string();
    if full.is_dir() {
        return Some(name);
    }
    if name.contains(['*', '?', '[']) && !full.exists() {
        return None;
    }
    let stem = name.split('.').find(|part| !part.is_empty())?;
    Some(stem.to_string())
}

/// Threads that are started per processor at most; more would only wait for each other.
const MOST_THREADS: usize = 4;

impl Shared {
    /// How many threads count.
    fn threads(&self) -> usize {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        self.threads.map_or(processors, usize::from).min(MOST_THREADS * processors)
    }

    /// A configuration with what every command shares.
    pub(crate) fn config(&self, inputs: &[PathBuf]) -> RunConfig {
        RunConfig {
            inputs: inputs.to_vec(),
            lexicons: self.lexicons.clone(),
            threads: self.threads(),
            voice: true,
            strict: self.strict,
            ..RunConfig::default()
        }
    }
}

impl Counting {
    fn apply(&self, config: RunConfig) -> RunConfig {
        let (voice, outlets) = (!self.no_voice, sorted(&OutletNames::all(&self.outlets)));
        let about = self.about.clone().unwrap_or_default();
        let by = self.by.as_deref().unwrap_or_default().trim().to_string();
        let mut read = self.reading.options();
        if !by.is_empty() && Stratum::named(&by) == Stratum::Column {
            read.columns.insert("by".to_string(), by.clone());
        }
        RunConfig { voice, outlets, about, by, read, ..config }
    }
}

impl Report {
    /// A name taken from a path would show where a run lay: only a given one is kept.
    fn apply(&self, config: RunConfig) -> RunConfig {
        let name = self.name.clone().unwrap_or_default();
        RunConfig { name, tables: sorted(&self.tables), force: self.force, ..config }
    }
}

/// The name of a table; no name at all would silently mean every table.
fn table_name(said: &str) -> Result<String, String> {
    let name = said.trim();
    if name.is_empty() { Err("write the name of a table".into()) } else { Ok(name.to_string()) }
}

/// An empty value comes from a variable that was never set: it must not choose everything.
fn not_blank(said: &str) -> Result<String, String> {
    let said = said.trim();
    if said.is_empty() { Err("leave the flag out, or say what".into()) } else { Ok(said.into()) }
}

/// A list of names in the one order that the manifest knows.
/// Names of outlets between commas.
#[derive(Clone, Debug)]
struct OutletNames(Vec<String>);

impl OutletNames {
    fn parse(said: &str) -> Result<Self, String> {
        let mut names = vec![String::new()];
        let mut letters = said.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' if letters.next_if_eq(&',').is_some() => {
                    names.last_mut().expect("one is there").push(',')
                }
                ',' => names.push(String::new()),
                letter => names.last_mut().expect("one is there").push(letter),
            }
        }
        let names: Result<Vec<String>, String> =
            names.iter().map(|name| ReadOptions::outlet(name)).collect();
        names.map(Self)
    }

    fn all(given: &[Self]) -> Vec<String> {
        given.iter().flat_map(|names| names.0.iter().cloned()).collect()
    }
}

fn sorted(names: &[String]) -> Vec<String> {
    let mut names = names.to_vec();
    names.sort();
    names.dedup();
    names
}

impl Compare {
    /// The configuration; an error if there is no telling where the report should go.
    pub(crate) fn config(&self) -> Result<RunConfig, Message> {
        let default_name = match self.inputs.as_slice() {
            [one] => name_of(one),
            _ => None,
        };
        let out = match (&self.out, &default_name) {
            (Some(out), _) => out.clone(),
            (None, Some(name)) => Path::new("reports").join(name),
            (None, None) => {
                return Err(Message::new(
                    "E201",
                    "--out",
                    "several inputs or `-` give the report no place",
                    "say where it should go, such as `--out reports/mine`",
                ));
            }
        };
        let config = self.report.apply(self.shared.config(&self.inputs));
        Ok(self.counting.apply(RunConfig { out, ..config }))
    }
}

impl Check {
    pub(crate) fn config(&self) -> RunConfig {
        self.counting.apply(self.shared.config(&self.inputs))
    }
}

impl LexiconCheck {
    pub(crate) fn config(&self) -> RunConfig {
        self.counting.apply(self.shared.config(&self.inputs))
    }
}

impl Count {
    pub(crate) fn config(&self) -> RunConfig {
        let config = self.counting.apply(self.shared.config(&self.inputs));
        RunConfig { out: self.out.clone(), ..config }
    }
}

impl Merge {
    pub(crate) fn config(&self) -> RunConfig {
        let config = self.report.apply(self.shared.config(&self.inputs));
        RunConfig { out: self.out.clone(), ..config }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn compare(args: &[&str]) -> Result<RunConfig, Message> {
        let args = ["parallax", "compare"].iter().chain(args);
        match Arguments::parse_from(args).command {
            Command::Compare(compare) => compare.config(),
            other => panic!("not a comparison: {other:?}"),
        }
    }

    #[test]
    fn the_flags_do_not_contradict_each_other() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_report_lies_in_a_folder_called_like_its_input() {
        let config = compare(&["some/where/articles.csv.gz"]).unwrap();
        assert_eq!(config.out, PathBuf::from("reports/articles"));
        assert_eq!(compare(&["seeds/"]).unwrap().out, PathBuf::from("reports/seeds"));
        assert_eq!(compare(&["src/../seeds/."]).unwrap().out, PathBuf::from("reports/seeds"));
    }

    #[test]
    fn a_column_has_one_heading_and_a_list_has_names() {
        let args = ["parallax", "check", "a", "--column", "date=When", "--column", "published=Day"];
        let fault = Arguments::parse_from(args).command.fault().unwrap();
        assert_eq!((fault.code, fault.exit_code()), ("E206", 2));
        for args in [["--outlets", ""], ["--outlets", "A,\u{200b}"], ["--tables", " "]] {
            let args = [["parallax", "compare"], ["a", "--force"], args].concat();
            assert!(Arguments::try_parse_from(args).is_err());
        }
    }

    #[test]
    fn a_format_that_is_not_written_is_refused_by_name() {
        let formats = |said| {
            Arguments::try_parse_from(["parallax", "compare", "a", "--formats", said])
                .map(|_| ())
                .map_err(|error| error.to_string())
        };
        assert_eq!(formats("csv"), Ok(()));
        let refused = formats("csv,html").unwrap_err();
        assert!(refused.contains("'html'") && refused.contains("csv]"), "{refused}");
    }

    #[test]
    fn several_inputs_need_a_place() {
        assert_eq!(compare(&["a", "b"]).unwrap_err().code, "E201");
        assert_eq!(compare(&["-"]).unwrap_err().code, "E201");
        assert_eq!(compare(&["a", "b", "--out", "r"]).unwrap().out, PathBuf::from("r"));
    }

    #[test]
    fn only_a_given_name_is_kept() {
        assert_eq!(compare(&["seeds", "--out", "r"]).unwrap().name, "");
        assert_eq!(compare(&["seeds", "--name", "visit"]).unwrap().name, "visit");
    }

    #[test]
    fn the_order_of_a_list_does_not_matter() {
        let one = compare(&["a", "--tables", "terms,frames", "--outlets", "B, A"]).unwrap();
        let two = compare(&["a", "--tables", "frames,terms", "--outlets", "A,B,A"]).unwrap();
        assert_eq!(one, two);
    }

    #[test]
    fn a_comma_can_stand_in_the_name_of_an_outlet() {
        let config = compare(&["a", "--outlets", r"Lee\, Ann Daily,B", "--outlets", "C"]).unwrap();
        assert_eq!(config.outlets, ["B", "C", "Lee, Ann Daily"]);
    }
}
