//! Fills and writes the tables of a report, one line each: what is compared, then where it is
//! printed.

use std::collections::BTreeMap;

use crate::base::{Message, both};
use crate::compare::{
    Cells, Comparison, EventSettings, Events, Evidence, EvidenceSettings, EvidenceSizes, Exposure,
    Fold, Outlets, OverlapSettings, Overlaps, Places, Profiles, Rarity, SharedWords, Strata,
    Stratum, categories, coverage, group_events,
};
use crate::lexicon::{CategoryId, Kind, Lexicon};
use crate::report::tables::{
    ARTICLES, BLAME, CATEGORIES, COVERAGE, DUPLICATES, EVENTS, EVIDENCE, OUTLETS, OVERLAP, QUOTES,
    REMOVED, SKIPPED, STRATA, STRATIFIED,
};
use crate::report::{EvidenceSum, Tables};
use crate::run::by::refuse_unknown;
use crate::run::census::Census;
use crate::run::count::Counted;
use crate::run::files::Files;
use crate::run::jobs::Jobs;
use crate::run::rows::{ArticleTables, MentionRows, Rows};
use crate::run::sums::{Sums, fold};
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
    let mut census = Census::default();
    comparison.read(&mut [&mut outlets, &mut rarity, &mut census, &mut reading])?;
    let mut profiles = Profiles::new(&comparison, rarity);
    comparison.read(&mut [&mut profiles, &mut reading])?;
    let events = group_events(tally, profiles, &EventSettings::default())?;
    let mut articles = ArticleTables::new(&comparison, &events);
    comparison.read(&mut [&mut articles, &mut reading])?;
    let mut all = vec![OUTLETS.build(&outlets.rows()), SKIPPED.build(&tally.skipped)];
    all.push(EVENTS.build(&events.rows(tally).collect::<Vec<_>>()));
    all.extend(articles.tables());
    let near_duplicates = comparison.units.sizes();
    Ok(Tables {
        all,
        labels: labels(lexicon),
        articles: census.take_articles(tally, Some(&events)),
        near_duplicates,
        ..Tables::default()
    })
}

/// Compares what was counted, fills every table and writes it. Gives back the tables that people's
/// texts are made from; the largest ones are never in memory whole.
///
/// Every article is read three times: for the sums, for what rests on the sums of all (profiles,
/// which mentions are drawn as evidence), and for the rows; the last two only if a table that is
/// wanted needs them.
pub(crate) fn fill(
    counted: &Counted,
    lexicon: &Lexicon,
    by: Option<Stratum>,
    files: &Files<'_>,
) -> Result<Filled, Message> {
    let tally = &counted.tally;
    let comparison = &counted.comparison(lexicon);
    let rollups = &comparison.of_rollups();
    let mut tables = Tables { labels: labels(lexicon), ..Tables::default() };
    tables.roll_ups = roll_ups_of(lexicon);
    let needs = Needs::of(files, by);
    let reading = &mut counted.watch.compare(tally.heads.len(), needs.readings());
    let (First { mut census, cells, places, rarity, words, sizes }, sums) =
        first_reading(comparison, rollups, (files, &needs), reading)?;
    let mut evidence = Evidence::new(&sizes, &EvidenceSettings::default());
    let jobs = Jobs::new(sums.jobs((comparison, &cells), rollups, files));
    let shared = || {
        jobs.work();
        words.map(SharedWords::overlaps).transpose()
    };
    let second = || -> Result<Option<Events>, Message> {
        let mut profiles = rarity.map(|rarity| Profiles::new(comparison, rarity));
        if needs.second {
            let mut folds: Vec<&mut dyn Fold> = vec![reading];
            folds.extend(fold(&mut profiles));
            folds.extend(needs.evidence.then_some(&mut evidence as &mut dyn Fold));
            comparison.read(&mut folds)?;
        }
        let group = |profiles| group_events(tally, profiles, &EventSettings::default());
        let events = profiles.map(group).transpose()?;
        jobs.work();
        Ok(events)
    };
    let (overlaps, events) = both(comparison.threads, shared, second);
    tables.all.extend(jobs.finish()?);
    let (events, mut overlaps) = (events?, overlaps?);
    files.stream(DUPLICATES.stream(comparison.units.rows(tally)))?;
    tables.near_duplicates = comparison.units.sizes();
    tables.articles = census.take_articles(tally, events.as_ref());
    let events = events.unwrap_or_default();
    files.stream(EVENTS.stream(events.rows(tally)))?;
    let mut exposure = needs.coverage.then(|| Exposure::new(comparison, &events));
    let mut strata = by.map(|by| Strata::new(comparison, &events, by));
    if needs.rows {
        let mut mentions = MentionRows::open(files, &evidence)?;
        let mut rows = Rows::open(comparison, files, &events, census.quotes)?;
        let mut folds: Vec<&mut dyn Fold> = vec![reading];
        folds.extend(fold(&mut mentions).into_iter().chain([&mut rows as &mut dyn Fold]));
        folds.extend(fold(&mut exposure).into_iter().chain(fold(&mut overlaps)));
        folds.extend(fold(&mut strata));
        comparison.read(&mut folds)?;
        mentions.map_or(Ok(()), |mentions| mentions.close(files))?;
        rows.close(files, &mut tables)?;
    }
    let last = Last { strata: by.zip(strata), exposure: places.zip(exposure), overlaps };
    last.write((comparison, &cells), files, &mut tables)?;
    files.stream(CATEGORIES.stream(categories(comparison).into_iter()))?;
    tables.evidence = sum(&evidence);
    Ok(Filled { tables, census })
}

/// What the wanted tables need besides the sums that every report rests on.
struct Needs {
    coverage: bool,
    evidence: bool,
    /// Which articles are on one event. Without it nobody learns that outlets write of other events.
    events: bool,
    overlap: bool,
    /// Whether anything rests on the sums of all and on single articles too.
    second: bool,
    /// Any table whose rows are written while the articles are read for the last time.
    rows: bool,
}

impl Needs {
    fn of(files: &Files<'_>, by: Option<Stratum>) -> Self {
        let any = |names: &[&str]| names.iter().any(|name| files.wants(name));
        let by_article = [ARTICLES.name, BLAME.name, EVIDENCE.name, QUOTES.name, REMOVED.name];
        let (coverage, overlap) = (any(&[COVERAGE.name]), any(&[OVERLAP.name]));
        let evidence = any(&[BLAME.name, EVIDENCE.name]);
        let events = coverage || by.is_some() || any(&[ARTICLES.name, EVENTS.name]);
        Needs {
            coverage,
            evidence,
            events,
            overlap,
            second: events || evidence,
            rows: coverage || overlap || by.is_some() || any(&by_article),
        }
    }

    /// How often the records of all articles are read.
    fn readings(&self) -> u64 {
        READINGS - u64::from(!self.second) - u64::from(!self.rows)
    }
}

/// What later readings need of the first one.
struct First<'a> {
    census: Census,
    cells: Cells<'a>,
    places: Option<Places<'a>>,
    rarity: Option<Rarity<'a>>,
    words: Option<SharedWords<'a>>,
    sizes: EvidenceSizes,
}

/// Sums all articles; what nobody wants and no text is made from is not summed.
fn first_reading<'a>(
    comparison: &'a Comparison<'a>,
    rollups: &'a Comparison<'a>,
    (files, needs): (&Files<'_>, &Needs),
    reading: &mut Reading,
) -> Result<(First<'a>, Sums<'a>), Message> {
    let shared = || SharedWords::new(comparison, &OverlapSettings::default());
    let mut first = First {
        census: Census::default(),
        cells: Cells::new(comparison),
        places: needs.coverage.then(|| Places::new(comparison)),
        rarity: needs.events.then(|| Rarity::new(comparison)),
        words: needs.overlap.then(shared),
        sizes: EvidenceSizes::default(),
    };
    let mut sums = Sums::new(comparison, rollups, files);
    let mut folds: Vec<&mut dyn Fold> = vec![reading];
    folds.extend(first.folds());
    folds.extend(sums.folds());
    comparison.read(&mut folds)?;
    Ok((first, sums))
}

impl First<'_> {
    fn folds(&mut self) -> impl Iterator<Item = &mut dyn Fold> {
        let First { census, cells, places, rarity, words, sizes } = self;
        let always: [&mut dyn Fold; 3] = [census, cells, sizes];
        always.into_iter().chain(fold(places)).chain(fold(rarity)).chain(fold(words))
    }
}

/// The sums of the last reading.
struct Last<'a> {
    strata: Option<(Stratum, Strata<'a>)>,
    exposure: Option<(Places<'a>, Exposure<'a>)>,
    overlaps: Option<Overlaps<'a>>,
}

impl Last<'_> {
    fn write(
        self,
        (comparison, cells): (&Comparison<'_>, &Cells<'_>),
        files: &Files<'_>,
        tables: &mut Tables,
    ) -> Result<(), Message> {
        if let Some((by, strata)) = self.strata {
            refuse_unknown(by, strata.sizes())?;
            tables.strata = Some(strata.sizes());
            files.stream(STRATA.stream(strata.rows()))?;
            files.stream(STRATIFIED.stream(strata.stratified().into_iter()))?;
        }
        if let Some((places, exposure)) = self.exposure {
            let coverage = coverage(comparison, cells, &places, &exposure);
            tables.all.push(files.stream_whole(COVERAGE.stream(coverage))?);
        }
        if let Some(overlaps) = self.overlaps {
            tables.all.push(files.stream_whole(OVERLAP.stream(overlaps.rows()))?);
        }
        Ok(())
    }
}

fn sum(evidence: &Evidence) -> EvidenceSum {
    EvidenceSum {
        total: evidence.total,
        kept: evidence.n_rows,
        per_cell: evidence.per_cell,
        per_cell_stance: evidence.per_cell_stance,
    }
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
