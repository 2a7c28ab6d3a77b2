//! How fast records are read, and how fast what does not count is told from what does; per byte.

mod made;

use std::fs;
use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use parallax::corpus::{CleaningRules, Draft, ReadOptions, clean, open};

fn corpus(c: &mut Criterion) {
    let dir = tempfile::tempdir().expect("a folder for the input");
    let (path, lines) = (dir.path().join("made.jsonl"), made::json_lines(200));
    fs::write(&path, &lines).expect("the input can be written");
    let read = || -> Vec<Draft> {
        let reader = open(std::slice::from_ref(&path), &ReadOptions::default())
            .expect("the input can be read");
        reader.map(|draft| draft.expect("every record is whole")).collect()
    };
    let (drafts, rules) = (read(), CleaningRules::built_in());
    let mut group = c.benchmark_group("corpus");
    group.throughput(Throughput::Bytes(lines.len() as u64));
    group.bench_function("read", |b| b.iter(|| black_box(read())));
    group.bench_function("clean", |b| {
        let clean_all = |drafts: Vec<Draft>| -> usize {
            drafts.into_iter().map(|draft| clean(draft, &rules).blocks.len()).sum()
        };
        b.iter_batched(|| drafts.clone(), clean_all, BatchSize::LargeInput);
    });
    group.finish();
}

criterion_group!(benches, corpus);
criterion_main!(benches);
