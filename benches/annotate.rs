//! What voice, negation, silence and blame cost: the room alone, per word, and in a whole run
//! beside the same run with `--no-voice`. Prints the work that was done.
//!
//! Measures the processor's time, which other programs on the machine do not lengthen.

mod made;

use std::fs;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use parallax::annotate::{Annotated, Annotator, Input};
use parallax::base::{Section, Span};
use parallax::lexicon::{Finder, LexiconFiles, Matcher, load};
use parallax::run::{Outcome, RunConfig, compare};
use parallax::text::{Analyzer, TextRules};
use rustix::time::{ClockId, clock_gettime};

/// Articles of the whole run.
const ARTICLES: usize = 500;

/// The time that all threads of this program spend on the processor.
struct CpuTime;

fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let part = |value: i64| u64::try_from(value).expect("a clock does not run backwards");
    Duration::from_secs(part(time.tv_sec)) + Duration::from_nanos(part(time.tv_nsec))
}

impl Measurement for CpuTime {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        cpu_time()
    }

    fn end(&self, start: Duration) -> Duration {
        cpu_time() - start
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

/// A paragraph more for each article: blame, its denial, a shift of blame, and silences.
const BLAME: &str = "\n\nAnn Lee blamed Washington for the war, and Bob Moe denied that China was \
    responsible for the conflict. “Moscow has caused the crisis with its own hands,” Eva Roe said. \
    The charge is an attempt to shift blame for the crisis. Tom Poe has not condemned the war, \
    declined to name Russia and made no mention of sanctions. It may lead to war.";

/// The same records with that paragraph at the end of each text.
fn with_blame(lines: &str) -> String {
    let records = lines.lines().map(|line| {
        let mut record: serde_json::Value = serde_json::from_str(line).expect("made as JSON");
        let text = record["text"].as_str().expect("made with a text");
        record["text"] = format!("{text}{BLAME}").into();
        format!("{record}\n")
    });
    records.collect()
}

/// The room alone, on words and mentions that are found already.
fn room(c: &mut Criterion<CpuTime>) {
    let lexicon = load(&LexiconFiles::gather(None).expect("built in")).expect("built in");
    let rules = Arc::new(TextRules::built_in());
    let matcher = Matcher::new(&lexicon, &Analyzer::new(Arc::clone(&rules)));
    let mut words = Analyzer::new(rules);
    let mut finder = Finder::new(Arc::new(matcher));
    let articles: Vec<_> = (0..200)
        .map(|no| {
            let text = format!("{}{BLAME}", made::article(no).1);
            let doc = words.analyze(&text, &[(Span::from_usize(0, text.len()), Section::Body)]);
            let found = finder.find(&doc, &words, None);
            (text, doc, found)
        })
        .collect();
    let mut annotator = Annotator::new(&lexicon);
    let mut read = || -> Vec<Annotated> {
        let inputs = articles.iter().map(|(basis, doc, found)| Input {
            basis,
            doc,
            words: &words,
            found,
            lexicon: &lexicon,
        });
        inputs.map(|input| annotator.annotate(&input)).collect()
    };
    let n_words: usize = articles.iter().map(|(_, doc, _)| doc.tokens.len()).sum();
    let read_once = read();
    let (n_quotes, n_blame) = read_once
        .iter()
        .fold((0, 0), |(quotes, blame), a| (quotes + a.quotes.len(), blame + a.blame.len()));
    let mut group = c.benchmark_group("annotate");
    group.throughput(Throughput::Elements(n_words as u64));
    let note = format!("rules ({n_words} words, {n_quotes} quotes, {n_blame} rows of blame)");
    group.bench_function(note, |b| b.iter(|| black_box(read().len())));
    group.finish();
}

/// A whole run with every table, with and without voice.
fn whole(c: &mut Criterion<CpuTime>) {
    let dir = tempfile::tempdir().expect("a folder for the input");
    let (input, out) = (dir.path().join("made.jsonl"), dir.path().join("report"));
    fs::write(&input, with_blame(&made::json_lines(ARTICLES))).expect("the input can be written");
    let run = |voice: bool| -> Outcome {
        let (inputs, out) = (vec![input.clone()], out.clone());
        let config = RunConfig { inputs, out, voice, threads: 1, ..RunConfig::default() };
        compare(&config).expect("the run ends well")
    };
    let mut group = c.benchmark_group("annotate");
    group.throughput(Throughput::Elements(ARTICLES as u64)).sample_size(10);
    for (name, voice) in [("whole run with voice", true), ("whole run without voice", false)] {
        let done = run(voice).manifest.totals;
        let note = format!(
            "{name} ({} articles, {} words, {} mentions)",
            done.articles, done.words, done.mentions
        );
        group.bench_function(note, |b| b.iter(|| black_box(run(voice))));
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = room, whole
}
criterion_main!(benches);
