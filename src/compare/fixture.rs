//! Small tallies for tests: a word is what stands between blanks, its stem is its lower case.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{Published, Section, Zone};
use crate::tally::fixture::{of_records, owned, sketch_of};
use crate::tally::{ArticleRecord, CharSpan, ParagraphRecord, Surface, Tally, WordRecord};

/// One article of a test: id, outlet, day of 1970 (0 = undated), text with a paragraph a line.
pub(crate) type Text<'a> = (&'a str, &'a str, i64, &'a str);

/// A tally of the given articles, sorted by id.
pub(crate) fn tally(texts: &[Text<'_>]) -> Tally {
    let mut ids = BTreeMap::new();
    let (mut surfaces, mut records) = (Vec::new(), Vec::new());
    for &(id, outlet, day, text) in texts {
        let mut record =
            ArticleRecord { id: id.into(), outlet: outlet.into(), ..Default::default() };
        if day > 0 {
            record.published = Published::new(format!("1970-{day:03}"), day, Some(0), Zone::Utc);
        }
        let mut at = 0;
        for line in text.split('\n') {
            add_paragraph(&mut record, &mut surfaces, &mut ids, line, &mut at);
        }
        record.sketch = sketch_of(&record, &surfaces);
        records.push(record);
    }
    of_records(surfaces, &records)
}

fn add_paragraph(
    record: &mut ArticleRecord,
    surfaces: &mut Vec<Surface>,
    ids: &mut BTreeMap<String, u32>,
    line: &str,
    at: &mut u32,
) {
    let (first, start) = (record.words.len() as u32, *at);
    for word in line.split(' ') {
        let is_mark = |c: char| !c.is_alphanumeric();
        let text = word.trim_matches(is_mark);
        if !text.is_empty() {
            let surface = *ids.entry(text.to_owned()).or_insert_with(|| {
                surfaces.push(surface_of(text));
                surfaces.len() as u32 - 1
            });
            let marks = word.len() - word.trim_start_matches(is_mark).len();
            let start = *at + word[..marks].chars().count() as u32;
            let end = start + text.chars().count() as u32;
            record.words.push(WordRecord { surface, chars: CharSpan { start, end } });
        }
        *at += word.chars().count() as u32 + 1;
    }
    record.paragraphs.push(ParagraphRecord {
        chars: CharSpan { start, end: *at - 1 },
        section: if record.paragraphs.is_empty() { Section::Title } else { Section::Body },
        words: (first, record.words.len() as u32),
        ..Default::default()
    });
}

/// As the analyzer does it, `US` keeps its own stem.
fn surface_of(text: &str) -> Surface {
    let stem = if text == "US" { "US".into() } else { text.to_lowercase() };
    let numeric = text.chars().all(|c| c.is_ascii_digit());
    Surface { surface: text.into(), stem, numeric }
}

/// The same tally with its surfaces numbered backwards.
pub(crate) fn renumbered(mut tally: Tally) -> Tally {
    let last = tally.surfaces.len() as u32;
    let backwards = (0..last).rev().collect();
    tally.surfaces = owned(&tally.surfaces).into_iter().rev().collect();
    tally.records.renumber(&Arc::new(backwards));
    tally
}
