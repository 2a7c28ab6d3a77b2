//! How fast the built-in lexicons are found in words; per word.

mod made;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use parallax::base::{Section, Span};
use parallax::lexicon::{Finder, LexiconFiles, Matcher, load};
use parallax::text::{Analyzer, TextRules};

fn find(c: &mut Criterion) {
    let lexicon = load(&LexiconFiles::gather(None).expect("built in")).expect("built in");
    let rules = Arc::new(TextRules::built_in());
    let matcher = Matcher::new(&lexicon, &Analyzer::new(Arc::clone(&rules)));
    let mut words = Analyzer::new(rules);
    let documents: Vec<_> = (0..200)
        .map(|no| made::article(no).1)
        .map(|text| words.analyze(&text, &[(Span::from_usize(0, text.len()), Section::Body)]))
        .collect();
    let n_words: usize = documents.iter().map(|doc| doc.tokens.len()).sum();
    let mut finder = Finder::new(Arc::new(matcher));
    let mut group = c.benchmark_group("lexicon");
    group.throughput(Throughput::Elements(n_words as u64));
    group.bench_function("find", |b| {
        b.iter(|| {
            let found = documents.iter().map(|doc| finder.find(doc, &words, None));
            black_box(found.map(|found| found.mentions.len()).sum::<usize>())
        });
    });
    group.finish();
}

criterion_group!(benches, find);
criterion_main!(benches);
