//! The tables that need no more than sums over all articles.

use crate::base::Message;
use crate::compare::{
    Cells, Comparison, Fold, LexiconUse, Outlets, Pairs, Sensitivity, Speakers, Stances,
    TermCounts, TermSettings, frames, naming,
};
use crate::report::Stream;
use crate::report::tables::{
    FRAMES, LEXICON_USE, NAMING, OUTLETS, PAIRS, ROLLUPS, SENSITIVITY, SKIPPED, SPEAKERS, STANCE,
    TERMS,
};
use crate::run::files::Files;
use crate::run::jobs::{Given, Job};
use crate::tally::TallyError;

/// What only the tables of sums need of the first reading.
pub(crate) struct Sums<'a> {
    outlets: Outlets,
    rolled: Option<Cells<'a>>,
    sensitivity: Option<[Sensitivity<'a>; 2]>,
    pairs: Option<Pairs<'a>>,
    terms: Option<TermCounts<'a>>,
    speakers: Option<Speakers>,
    stances: Option<Stances>,
    uses: Option<LexiconUse<'a>>,
}

impl<'a> Sums<'a> {
    /// No article yet. What nobody wants and no text is made from is not summed.
    pub(crate) fn new(
        comparison: &'a Comparison<'a>,
        rollups: &'a Comparison<'a>,
        files: &Files<'_>,
    ) -> Self {
        let sensitivity = || [Sensitivity::new(comparison), Sensitivity::new(rollups)];
        Sums {
            outlets: Outlets::new(comparison),
            rolled: files.wants(ROLLUPS.name).then(|| Cells::new(rollups)),
            sensitivity: files.wants(SENSITIVITY.name).then(sensitivity),
            pairs: files.wants(PAIRS.name).then(|| Pairs::new(comparison)),
            terms: files.wants(TERMS.name).then(|| TermCounts::new(comparison)),
            speakers: files.wants(SPEAKERS.name).then(|| Speakers::new(comparison)),
            stances: files.wants(STANCE.name).then(|| Stances::new(comparison)),
            uses: files.wants(LEXICON_USE.name).then(|| LexiconUse::new(comparison)),
        }
    }

    pub(crate) fn folds(&mut self) -> impl Iterator<Item = &mut dyn Fold> {
        let outlets: &mut dyn Fold = &mut self.outlets;
        let sensitivity = self.sensitivity.iter_mut().flatten().map(|one| one as &mut dyn Fold);
        let wanted = [
            fold(&mut self.rolled),
            fold(&mut self.pairs),
            fold(&mut self.terms),
            fold(&mut self.speakers),
            fold(&mut self.stances),
            fold(&mut self.uses),
        ];
        [outlets].into_iter().chain(sensitivity).chain(wanted.into_iter().flatten())
    }

    /// Writing each table, the longest first; a sum is let go of with its table.
    pub(crate) fn jobs<'j>(
        self,
        (comparison, cells): (&'j Comparison<'a>, &'j Cells<'a>),
        rollups: &'j Comparison<'a>,
        files: &'j Files<'_>,
    ) -> Vec<Job<'j>>
    where
        'a: 'j,
    {
        let Sums { outlets, rolled, sensitivity, pairs, terms, speakers, stances, uses } = self;
        let terms = terms.map(|mut terms| -> Job<'j> {
            Box::new(move || {
                let outlets = terms.terms(TermSettings::default())?;
                let rows = outlets.map(|outlet| outlet.map(|outlet| outlet.rows));
                by_outlet(rows, |rows| write(files, TERMS.stream(rows)))
            })
        });
        let uses = uses.map(|uses| -> Job<'j> {
            Box::new(move || write(files, LEXICON_USE.stream(uses.rows())))
        });
        let pairs = pairs
            .map(|pairs| -> Job<'j> { Box::new(move || write(files, PAIRS.stream(pairs.rows()))) });
        let speakers = speakers.map(|mut speakers| -> Job<'j> {
            Box::new(move || {
                let rows = speakers.rows(comparison)?;
                by_outlet(rows, |rows| write(files, SPEAKERS.stream(rows)))
            })
        });
        let stances = stances.map(|stances| -> Job<'j> {
            Box::new(move || write(files, STANCE.stream(stances.rows(comparison).into_iter())))
        });
        let sensitivity =
            sensitivity.map(|sums| -> Job<'j> { Box::new(move || write_sensitivity(sums, files)) });
        // What nobody wants is no part of the texts either, or they would say more than the tables.
        let framed = files.wants(FRAMES.name).then(|| -> Job<'j> {
            Box::new(move || read(files, FRAMES.stream(frames(comparison, cells))))
        });
        let rolled = rolled.map(|rolled| -> Job<'j> {
            Box::new(move || read(files, ROLLUPS.stream(frames(rollups, &rolled))))
        });
        let named = files.wants(NAMING.name).then(|| -> Job<'j> {
            Box::new(move || read(files, NAMING.stream(naming(comparison, cells).into_iter())))
        });
        let small: Job<'j> = Box::new(move || {
            let tables =
                vec![OUTLETS.build(&outlets.rows()), SKIPPED.build(&comparison.tally.skipped)];
            tables.iter().try_for_each(|table| files.write(table))?;
            Ok(tables)
        });
        let jobs = [terms, uses, pairs, speakers, stances, framed, rolled, sensitivity, named];
        jobs.into_iter().flatten().chain([small]).collect()
    }
}

/// A fold that is there or not.
pub(crate) fn fold<F: Fold>(fold: &mut Option<F>) -> Option<&mut dyn Fold> {
    fold.as_mut().map(|fold| fold as &mut dyn Fold)
}

/// Writes a table of which no text is made.
fn write(files: &Files<'_>, table: Stream<'_>) -> Given {
    files.stream(table).map(|()| Vec::new()).map_err(Message::from)
}

/// Writes the rows of one outlet after another, unless those of one cannot be read.
fn by_outlet<R>(
    outlets: impl Iterator<Item = Result<Vec<R>, TallyError>>,
    write: impl FnOnce(&mut dyn Iterator<Item = R>) -> Given,
) -> Given {
    let mut failed = None;
    let rows = outlets.map_while(|rows| rows.map_err(|error| failed = Some(error)).ok());
    let given = write(&mut rows.flatten());
    failed.map_or(given, |error| Err(error.into()))
}

/// Writes a table and keeps what texts are made from.
fn read(files: &Files<'_>, table: Stream<'_>) -> Given {
    files.stream_whole(table).map(|table| vec![table]).map_err(Message::from)
}

/// Writes what each entry does to a frame; texts are made from the topmost frames.
fn write_sensitivity(sums: [Sensitivity<'_>; 2], files: &Files<'_>) -> Given {
    let mut rows: Vec<_> = sums.into_iter().flat_map(|sums| sums.rows()).collect();
    files.stream(SENSITIVITY.stream(rows.iter().cloned()))?;
    rows.retain(|row| !row.frame.contains('/'));
    Ok(vec![SENSITIVITY.build(&rows)])
}
