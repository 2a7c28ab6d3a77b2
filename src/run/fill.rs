//! Fills and writes the tables of a report, one line each: what is compared, then where it is
//! printed.

use std::collections::BTreeMap;

use crate::base::Message;
use crate::compare::{
    Cells, Comparison, EventSettings, Evidence, EvidenceSettings, EvidenceSizes, Exposure, Fold,
    LexiconUse, Outlets, OverlapSettings, Pairs, Places, Profiles, Rarity, Sensitivity,
    SharedWords, Speakers, Stances, TermCounts, TermSettings, categories, coverage, frames,
    group_events, naming,
};
use crate::lexicon::{CategoryId, Kind, Lexicon};
use crate::report::tables::{
    CATEGORIES, COVERAGE, EVENTS, FRAMES, LEXICON_USE, NAMING, OUTLETS, OVERLAP, PAIRS, ROLLUPS,
    SENSITIVITY, SKIPPED, SPEAKERS, STANCE, TERMS,
};
use crate::report::{EvidenceSum, Table, Tables};
use crate::run::census::Census;
use crate::run::count::Counted;
use crate::run::files::Files;
use crate::run::rows::{ArticleTables, Rows};
use crate::run::watch::Reading;

/// How often the records of all articles are read.
const READINGS: u64 = 3;

/// What a report is made from besides its files.
pub(crate) struct Filled {
    /// The tables that people's texts are made from.
    pub(crate) tables: Tables,
    /// What the manifest says of all articles.
    pub(crate) census: Census,
}

/// What was read, kept and removed: the tables of a dry run.
pub(crate) fn survey(counted: &Counted, lexicon: &Lexicon) -> Result<Tables, Message> {
    let comparison = counted.comparison(lexicon);
    let tally = &counted.tally;
    let mut reading = counted.watch.compare(tally.heads.len(), READINGS);
    let (mut outlets, mut rarity) = (Outlets::new(&comparison), Rarity::new(&comparison));
    comparison.read(&mut [&mut outlets, &mut rarity, &mut reading])?;
    let mut profiles = Profiles::new(&comparison, rarity);
    comparison.read(&mut [&mut profiles, &mut reading])?;
    let events = group_events(tally, profiles, &EventSettings::default())?;
    let mut articles = ArticleTables::new(&comparison, &events);
    comparison.read(&mut [&mut articles, &mut reading])?;
    let sums = std::mem::take(&mut articles.sums);
    let mut all = vec![OUTLETS.build(&outlets.rows()), SKIPPED.build(&tally.skipped)];
    all.push(EVENTS.build(&events.rows(tally).collect::<Vec<_>>()));
    all.extend(articles.tables());
    Ok(Tables { all, labels: labels(lexicon), articles: sums, ..Tables::default() })
}

/// Compares what was counted, fills every table and writes it. Gives back the tables that people's
/// texts are made from; the largest ones are never in memory whole.
///
/// Every article is read three times: for the sums, for what rests on the sums of all (profiles,
/// which mentions are drawn as evidence), and for the rows.
pub(crate) fn fill(
    counted: &Counted,
    lexicon: &Lexicon,
    files: &mut Files<'_>,
) -> Result<Filled, Message> {
    let tally = &counted.tally;
    let comparison = &counted.comparison(lexicon);
    let rollups = &comparison.of_rollups();
    let mut tables = Tables { labels: labels(lexicon), ..Tables::default() };
    tables.roll_ups = roll_ups_of(lexicon);
    let reading = &mut counted.watch.compare(tally.heads.len(), READINGS);
    let First { census, cells, places, rarity, words, sizes } =
        first_reading(comparison, rollups, files, &mut tables, reading)?;
    let mut profiles = Profiles::new(comparison, rarity);
    let mut evidence = Evidence::new(&sizes, &EvidenceSettings::default());
    comparison.read(&mut [&mut profiles, &mut evidence, reading])?;
    let events = group_events(tally, profiles, &EventSettings::default())?;
    files.stream(EVENTS.stream(events.rows(tally)))?;
    let mut overlaps = words.overlaps()?;
    let mut exposure = Exposure::new(comparison, &events);
    let mut rows = Rows::open(comparison, files, &events, &evidence, census.quotes)?;
    comparison.read(&mut [&mut exposure, &mut overlaps, &mut rows, reading])?;
    rows.close(files, &mut tables)?;
    let coverage = coverage(comparison, &cells, &places, &exposure);
    tables.all.push(files.stream_whole(COVERAGE.stream(coverage))?);
    tables.all.push(files.stream_whole(OVERLAP.stream(overlaps.rows()))?);
    files.stream(CATEGORIES.stream(categories(comparison).into_iter()))?;
    tables.evidence = sum(&evidence);
    Ok(Filled { tables, census })
}

/// What later readings need of the first one.
struct First<'a> {
    census: Census,
    cells: Cells<'a>,
    places: Places<'a>,
    rarity: Rarity<'a>,
    words: SharedWords<'a>,
    sizes: EvidenceSizes,
}

/// Sums all articles and writes the tables that need no more than sums; those that nobody wants and
/// no text is made from are not summed.
fn first_reading<'a>(
    comparison: &'a Comparison<'a>,
    rollups: &Comparison<'_>,
    files: &mut Files<'_>,
    tables: &mut Tables,
    reading: &mut Reading,
) -> Result<First<'a>, Message> {
    let mut census = Census::default();
    let mut outlets = Outlets::new(comparison);
    let mut cells = Cells::new(comparison);
    let mut rolled = Cells::new(rollups);
    let mut places = Places::new(comparison);
    let mut rarity = Rarity::new(comparison);
    let mut words = SharedWords::new(comparison, &OverlapSettings::default());
    let mut sizes = EvidenceSizes::default();
    let mut sensitivity = Sensitivity::new(comparison);
    let mut rolled_sensitivity = Sensitivity::new(rollups);
    let mut folds: Vec<&mut dyn Fold> = vec![&mut census, &mut outlets, &mut cells, &mut rolled];
    folds.push(reading);
    folds.extend::<[&mut dyn Fold; 4]>([&mut places, &mut rarity, &mut words, &mut sizes]);
    folds.extend::<[&mut dyn Fold; 2]>([&mut sensitivity, &mut rolled_sensitivity]);
    let mut pairs = files.wants(PAIRS.name).then(|| Pairs::new(comparison));
    let mut terms = files.wants(TERMS.name).then(|| TermCounts::new(comparison));
    let mut speakers = files.wants(SPEAKERS.name).then(|| Speakers::new(comparison));
    let mut stances = files.wants(STANCE.name).then(|| Stances::new(comparison));
    let mut uses = files.wants(LEXICON_USE.name).then(|| LexiconUse::new(comparison));
    folds.extend(pairs.as_mut().map(|fold| fold as &mut dyn Fold));
    folds.extend(terms.as_mut().map(|fold| fold as &mut dyn Fold));
    folds.extend(speakers.as_mut().map(|fold| fold as &mut dyn Fold));
    folds.extend(stances.as_mut().map(|fold| fold as &mut dyn Fold));
    folds.extend(uses.as_mut().map(|fold| fold as &mut dyn Fold));
    comparison.read(&mut folds)?;
    if let Some(terms) = terms {
        let rows = terms.terms(TermSettings::default()).flat_map(|outlet| outlet.rows);
        files.stream(TERMS.stream(rows))?;
    }
    if let Some(pairs) = pairs {
        files.stream(PAIRS.stream(pairs.rows()))?;
    }
    if let Some(speakers) = speakers {
        files.stream(SPEAKERS.stream(speakers.rows(comparison).into_iter()))?;
    }
    if let Some(stances) = stances {
        files.stream(STANCE.stream(stances.rows(comparison).into_iter()))?;
    }
    if let Some(uses) = uses {
        files.stream(LEXICON_USE.stream(uses.rows()))?;
    }
    let mut rows = sensitivity.rows();
    rows.extend(rolled_sensitivity.rows());
    files.stream(SENSITIVITY.stream(rows.iter().cloned()))?;
    // People's texts are made from the topmost frames.
    rows.retain(|row| !row.frame.contains('/'));
    tables.all.push(SENSITIVITY.build(&rows));
    write_sums(comparison, rollups, files, tables, (outlets, &cells, &rolled))?;
    Ok(First { census, cells, places, rarity, words, sizes })
}

/// Writes the tables of sums that people's texts are made from.
fn write_sums(
    comparison: &Comparison<'_>,
    rollups: &Comparison<'_>,
    files: &mut Files<'_>,
    tables: &mut Tables,
    (outlets, cells, rolled): (Outlets, &Cells<'_>, &Cells<'_>),
) -> Result<(), Message> {
    let small: [Table; 2] =
        [OUTLETS.build(&outlets.rows()), SKIPPED.build(&comparison.tally.skipped)];
    for table in small {
        files.write(&table)?;
        tables.all.push(table);
    }
    let frames_of = |comparison, cells| frames(comparison, cells).into_iter();
    tables.all.push(files.stream_whole(FRAMES.stream(frames_of(comparison, cells)))?);
    tables.all.push(files.stream_whole(ROLLUPS.stream(frames_of(rollups, rolled)))?);
    let naming = naming(comparison, cells);
    tables.all.push(files.stream_whole(NAMING.stream(naming.into_iter()))?);
    Ok(())
}

fn sum(evidence: &Evidence) -> EvidenceSum {
    EvidenceSum { total: evidence.total, kept: evidence.n_rows, per_cell: evidence.per_cell }
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
