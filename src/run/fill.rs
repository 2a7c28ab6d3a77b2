//! Fills and writes the tables of a report, one line each: what is compared, then where it is
//! printed.

use std::collections::BTreeMap;

use crate::compare::{
    Comparison, EventSettings, Events, Evidence, EvidenceSettings, OverlapSettings, TermSettings,
    articles, blame, categories, coverage, evidence, find_overlaps, find_terms, frames,
    group_events, lexicon_use, naming, outlets, pairs, quotes, removed, sensitivity, speakers,
    stance,
};
use crate::lexicon::{CategoryId, Kind, Lexicon};
use crate::report::tables::{
    BLAME, CATEGORIES, COVERAGE, EVENTS, EVIDENCE, FRAMES, LEXICON_USE, NAMING, OUTLETS, OVERLAP,
    PAIRS, QUOTES, REMOVED, ROLLUPS, SENSITIVITY, SKIPPED, SPEAKERS, STANCE, TERMS, articles_table,
};
use crate::report::{EvidenceSum, ReportError, Table, Tables};
use crate::run::count::Counted;
use crate::run::files::Files;

/// What was read, kept and removed: the tables of a dry run.
pub(crate) fn survey(counted: &Counted, lexicon: &Lexicon) -> Tables {
    let comparison = Comparison::new(&counted.tally, lexicon, &counted.outlets);
    let events = group_events(&counted.tally, &EventSettings::default());
    let all = articles_read(&comparison, &events);
    Tables { all, labels: labels(lexicon), ..Tables::default() }
}

/// Compares what was counted, fills every table and writes it. Gives back the tables that people's
/// texts are made from; the largest ones are never in memory whole.
pub(crate) fn fill(
    counted: &Counted,
    lexicon: &Lexicon,
    files: &mut Files<'_>,
) -> Result<Tables, ReportError> {
    let tally = &counted.tally;
    let comparison = Comparison::new(tally, lexicon, &counted.outlets);
    let order: Vec<String> = comparison.outlets.iter().map(|outlet| outlet.to_string()).collect();
    let events = group_events(tally, &EventSettings::default());
    let mut all = articles_read(&comparison, &events);
    for table in &all {
        files.write(table)?;
    }
    all.push(files.stream_whole(FRAMES.stream(frames(&comparison).into_iter()))?);
    let roll_ups = frames(&comparison.of_rollups());
    all.push(files.stream_whole(ROLLUPS.stream(roll_ups.into_iter()))?);
    all.push(sensitivity_table(&comparison, files)?);
    let coverage = coverage(&comparison, &events.of_article);
    all.push(files.stream_whole(COVERAGE.stream(coverage.into_iter()))?);
    all.push(files.stream_whole(NAMING.stream(naming(&comparison).into_iter()))?);
    files.stream(PAIRS.stream(pairs(&comparison)))?;
    let terms = find_terms(tally, &order, &TermSettings::default());
    files.stream(TERMS.stream(terms.rows.into_iter()))?;
    all.push(files.stream_whole(QUOTES.stream(quotes(&comparison).into_iter()))?);
    files.stream(SPEAKERS.stream(speakers(&comparison).into_iter()))?;
    files.stream(STANCE.stream(stance(&comparison).into_iter()))?;
    let overlaps = find_overlaps(tally, &OverlapSettings::default());
    all.push(files.stream_whole(OVERLAP.stream(overlaps.rows.into_iter()))?);
    let evidence = evidence(&comparison, &EvidenceSettings::default());
    files.stream(BLAME.stream(blame(&comparison, &evidence).into_iter()))?;
    files.stream(EVIDENCE.stream(evidence.rows()))?;
    files.stream(LEXICON_USE.stream(lexicon_use(&comparison).into_iter()))?;
    files.stream(CATEGORIES.stream(categories(&comparison).into_iter()))?;
    let evidence = sum(&evidence);
    Ok(Tables { all, labels: labels(lexicon), roll_ups: roll_ups_of(lexicon), evidence })
}

fn articles_read(comparison: &Comparison<'_>, events: &Events) -> Vec<Table> {
    vec![
        OUTLETS.build(&outlets(comparison)),
        articles_table(&articles(comparison, events)),
        EVENTS.build(&events.rows),
        REMOVED.build(&removed(comparison)),
        SKIPPED.build(&comparison.tally.skipped),
    ]
}

/// Writes how far each difference rests on one entry or article; gives back the rows of topmost
/// frames, which people's texts are made from.
fn sensitivity_table(
    comparison: &Comparison<'_>,
    files: &mut Files<'_>,
) -> Result<Table, ReportError> {
    let mut rows = sensitivity(comparison);
    rows.extend(sensitivity(&comparison.of_rollups()));
    files.stream(SENSITIVITY.stream(rows.iter().cloned()))?;
    rows.retain(|row| !row.frame.contains('/'));
    Ok(SENSITIVITY.build(&rows))
}

fn sum(evidence: &Evidence<'_>) -> EvidenceSum {
    EvidenceSum { total: evidence.total, kept: evidence.n_rows(), per_cell: evidence.per_cell }
}

/// How people call each category.
fn labels(lexicon: &Lexicon) -> BTreeMap<(&'static str, String), String> {
    let named = lexicon.categories.iter().filter(|category| !category.label.is_empty());
    named.map(|c| ((c.kind.name(), c.path.clone()), c.label.clone())).collect()
}

/// Frames whose mentions count in other frames too, and which.
fn roll_ups_of(lexicon: &Lexicon) -> BTreeMap<String, Vec<String>> {
    let frames = lexicon.categories.iter().filter(|category| category.kind == Kind::Frame);
    let path = |id: &CategoryId| lexicon.category(*id).path.clone();
    frames
        .filter(|frame| !frame.also_in.is_empty())
        .map(|frame| (frame.path.clone(), frame.also_in.iter().map(path).collect()))
        .collect()
}
