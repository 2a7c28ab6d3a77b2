//! How fast texts become words: chunks, tokens, sentences, stems; per word.

mod made;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use parallax::base::{Section, Span};
use parallax::text::{Analyzer, TextRules};

fn analyze(c: &mut Criterion) {
    let articles: Vec<String> = (0..200).map(|no| made::article(no).1).collect();
    let rules = Arc::new(TextRules::built_in());
    let read = |words: &mut Analyzer| -> usize {
        let blocks = |text: &str| [(Span::from_usize(0, text.len()), Section::Body)];
        articles.iter().map(|text| words.analyze(text, &blocks(text)).tokens.len()).sum()
    };
    let mut known = Analyzer::new(Arc::clone(&rules));
    let n_words = read(&mut known);
    let mut group = c.benchmark_group("text");
    group.throughput(Throughput::Elements(n_words as u64));
    group.bench_function("words met before", |b| b.iter(|| black_box(read(&mut known))));
    group.bench_function("new words", |b| {
        b.iter(|| black_box(read(&mut Analyzer::new(Arc::clone(&rules)))));
    });
    group.finish();
}

criterion_group!(benches, analyze);
criterion_main!(benches);
