//! A whole run, from records to the files of a report; per article. Prints the work that was done.

mod made;

use std::fs;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use parallax::run::{Outcome, RunConfig, compare};

/// Articles of the corpus.
const ARTICLES: usize = 2_000;

fn whole(c: &mut Criterion) {
    let dir = tempfile::tempdir().expect("a folder for the input");
    let (input, out) = (dir.path().join("made.jsonl"), dir.path().join("report"));
    fs::write(&input, made::json_lines(ARTICLES)).expect("the input can be written");
    let run = |voice: bool, tables: &[&str]| -> Outcome {
        let tables = tables.iter().map(|table| table.to_string()).collect();
        let (inputs, out) = (vec![input.clone()], out.clone());
        let config = RunConfig { inputs, out, voice, tables, threads: 1, ..RunConfig::default() };
        compare(&config).expect("the run ends well")
    };
    let mut group = c.benchmark_group("whole");
    group.throughput(Throughput::Elements(ARTICLES as u64)).sample_size(10);
    for (name, voice, tables) in [
        ("all tables", true, &[][..]),
        ("without voice, terms and frames", false, &["terms", "frames"][..]),
    ] {
        let done = run(voice, tables).manifest.totals;
        let note = format!(
            "{name} ({} articles, {} words, {} mentions)",
            done.articles, done.words, done.mentions
        );
        group.bench_function(note, |b| b.iter(|| black_box(run(voice, tables))));
    }
    group.finish();
}

criterion_group!(benches, whole);
criterion_main!(benches);
