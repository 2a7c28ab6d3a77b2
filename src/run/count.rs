//! Reads and counts: one reader, a short queue, workers that each keep a tally of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::base::{Language, LanguageFrom, Message, listed};
use crate::compare::{Comparison, Units};
use crate::corpus::{Article, Draft, InputFile, Reader, Skipped, clean, open};
use crate::lexicon::Lexicon;
use crate::run::about::About;
use crate::run::compare::OUTLET_TABLE;
use crate::run::desk::{Desk, most_words};
use crate::run::rules::{Rules, messages};
use crate::run::{RunConfig, RunError, Watch};
use crate::tally::{Tally, TallyError, drop_recurring};
use crate::text::detect;

/// Skipped articles that are named beside the errors of an input.
const SKIPPED: usize = 20;

/// How many articles travel through the queue together; one at a time costs a lock each.
const BATCH: usize = 16;

/// What counting gives, before anything is compared.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    /// The counts.
    pub(crate) tally: Tally,
    /// The files they come from.
    pub(crate) files: Vec<InputFile>,
    /// Outlets in the order of `outlets.csv`; empty if there is none.
    pub(crate) outlets: Vec<String>,
    /// What the reader has to say.
    pub(crate) warnings: Vec<Message>,
    /// Where files without a name lie that hold what does not fit in memory.
    pub(crate) scratch: PathBuf,
    /// Where the run shows how far it has come.
    pub(crate) watch: Watch,
    /// How many threads may compare.
    pub(crate) threads: usize,
    /// The articles that count once together; known once all are counted.
    pub(crate) units: Arc<Units>,
}

impl Counted {
    /// What is compared.
    pub(crate) fn comparison<'a>(&'a self, lexicon: &'a Lexicon) -> Comparison<'a> {
        let mut comparison = Comparison::new(&self.tally, lexicon, &self.outlets);
        comparison.scratch.clone_from(&self.scratch);
        comparison.threads = self.threads;
        comparison.units = Arc::clone(&self.units);
        comparison
    }
}

/// Reads every input and counts every article, on as many threads as the configuration says.
pub(crate) fn count(config: &RunConfig, rules: &Rules) -> Result<Counted, Vec<Message>> {
    let mut reader = open(&config.inputs, &config.read).map_err(messages)?;
    config.watch.read(reader.size());
    let about = &About::resolve(&config.about, &rules.lexicon).map_err(|e| vec![e.into()])?;
    let (sender, receiver) = sync_channel::<Vec<Draft>>(2 * config.threads.max(1));
    let queue = Arc::new(Mutex::new(receiver));
    let (skipped, shares) = thread::scope(|scope| {
        let start = |_| {
            let queue = Arc::clone(&queue);
            let work = move || Worker::new(config, rules, about.as_ref()).work(&queue);
            thread::Builder::new().spawn_scoped(scope, work)
        };
        let workers = started((0..config.threads.max(1)).map(start))?;
        // With the last worker the queue goes too, so that the reader never waits for dead ones.
        drop(queue);
        let skipped = read_all(&mut reader, sender, &config.watch);
        // Where there is little to read the lexicons are compiled here while articles are cleaned.
        rules.matcher();
        let shares: Vec<Result<Share, TallyError>> = workers.into_iter().map(joined).collect();
        Ok((skipped, shares))
    })
    .map_err(|error: RunError| vec![error.into()])?;
    if !reader.errors().is_empty() {
        let mut found = messages(reader.errors().to_vec());
        found.extend(reader.warnings().iter().cloned());
        found.extend(skipped.iter().take(SKIPPED).map(Message::from));
        return Err(found);
    }
    let threads = shares.len();
    let shares: Result<Vec<Share>, TallyError> = shares.into_iter().collect();
    let shares = shares.map_err(|error| vec![error.into()])?;
    let met: BTreeSet<&String> = shares.iter().flat_map(|share| &share.outlets).collect();
    refuse_unknown_outlets(config, &met)?;
    let (files, outlets) = (reader.files(), reader.outlets().names());
    let mut warnings = reader.warnings().to_vec();
    warnings.extend(never_met(&outlets, &met));
    // It knows every id, and the whole tally needs the room.
    drop(reader);
    let parts = shares.into_iter().flat_map(|share| share.tallies);
    let skipped = Tally { skipped, ..Tally::default() };
    let tally = Tally::merge_all(parts.chain([skipped])).map_err(|error| vec![error.into()])?;
    let (scratch, watch) = (scratch_dir(&config.out), config.watch.clone());
    let units = Arc::default();
    Ok(Counted { tally, files, outlets, warnings, scratch, watch, threads, units })
}

/// The threads that could be started: fewer give the same result, none is an error.
fn started<T>(threads: impl Iterator<Item = io::Result<T>>) -> Result<Vec<T>, RunError> {
    let (mut started, mut refused) = (Vec::new(), None);
    for thread in threads {
        match thread {
            Ok(thread) => started.push(thread),
            Err(error) => {
                refused = Some(error);
                break;
            }
        }
    }
    match refused {
        Some(error) if started.is_empty() => Err(RunError::NoThread { why: error.to_string() }),
        _ => Ok(started),
    }
}

/// That the table of outlets lists some of which there is no article: names may be mistyped.
fn never_met(table: &[String], met: &BTreeSet<&String>) -> Option<Message> {
    let missing: Vec<&String> = table.iter().filter(|outlet| !met.contains(outlet)).collect();
    if missing.is_empty() {
        return None;
    }
    let others: Vec<&&String> = met.iter().filter(|outlet| !table.contains(outlet)).collect();
    let others = match others.as_slice() {
        [] => String::new(),
        others => format!("; articles are of {}, which it does not list", listed(others)),
    };
    let what = format!("no article is of {}{others}", listed(&missing));
    let mend = "mend the spellings in it, if there should be some";
    Some(Message::new("N405", OUTLET_TABLE, what, mend))
}

fn refuse_unknown_outlets(
    config: &RunConfig,
    known: &BTreeSet<&String>,
) -> Result<(), Vec<Message>> {
    let listed = listed(&known.iter().collect::<Vec<_>>());
    let unknown = config.outlets.iter().filter(|outlet| !known.contains(outlet));
    let error = |outlet: &String| {
        RunError::NoOutlet { outlet: outlet.clone(), known: listed.clone() }.into()
    };
    let errors: Vec<Message> = unknown.map(error).collect();
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// Sets aside paragraphs that recur in the stories of an outlet, if `cleaning.csv` says so; only
/// after everything is merged, since no thread and no shard sees them all.
/// Then finds the near-duplicates of each outlet in what is left.
pub(crate) fn set_aside(mut counted: Counted, rules: &Rules) -> Result<Counted, Message> {
    let recurring = rules.cleaning.recurring();
    let (tally, alike) =
        drop_recurring(counted.tally, recurring, (&counted.scratch, counted.threads))?;
    counted.units = Arc::new(Units::of(&tally, &alike)?);
    counted.tally = tally;
    Ok(counted)
}

/// The result of a thread; a fault in it is ours, and goes on as one.
fn joined<T>(worker: thread::ScopedJoinHandle<'_, T>) -> T {
    worker.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))
}

/// Sends every article that can be read to the workers; returns what could not be read.
fn read_all(reader: &mut Reader, sender: SyncSender<Vec<Draft>>, watch: &Watch) -> Vec<Skipped> {
    let mut skipped = Vec::new();
    let mut batch = Vec::with_capacity(BATCH);
    while let Some(article) = reader.next() {
        watch.pause();
        match article {
            Ok(draft) => batch.push(draft),
            Err(skip) => skipped.push(skip),
        }
        if batch.len() == BATCH {
            watch.bytes_read(reader.bytes_read());
            if sender.send(std::mem::take(&mut batch)).is_err() {
                return skipped;
            }
        }
    }
    // Only fails if every worker has died; joining them reports why.
    let _ = sender.send(batch);
    skipped
}

/// Where records go that do not fit in memory: beside what is written, as there is room for the
/// report; the folder for temporary files may lie in memory.
pub(crate) fn scratch_dir(out: &Path) -> PathBuf {
    let here = |dir| if dir == Path::new("") { Path::new(".") } else { dir };
    let beside = out.parent().map(here).filter(|dir| dir.is_dir());
    beside.map_or_else(std::env::temp_dir, Path::to_path_buf)
}

/// What one thread has counted.
struct Share {
    /// One for each language, and one of the articles that are about something else.
    tallies: Vec<Tally>,
    /// Outlets it has met, counted or not.
    outlets: BTreeSet<String>,
}

/// One thread with an analyzer and a tally of its own for each language.
struct Worker<'a> {
    config: &'a RunConfig,
    rules: &'a Rules,
    desks: BTreeMap<Language, Desk<'a>>,
    outlets: BTreeSet<String>,
    about: Option<&'a About>,
    /// Articles that are about something else.
    aside: Vec<Skipped>,
    /// What was counted at desks that were cleared.
    cleared: Tally,
    /// Distinct words after which a desk is cleared.
    most_words: usize,
}

impl<'a> Worker<'a> {
    fn new(config: &'a RunConfig, rules: &'a Rules, about: Option<&'a About>) -> Self {
        let (desks, outlets, aside, cleared) = <(_, _, _, _)>::default();
        let most_words = most_words(config.threads);
        Self { config, rules, desks, outlets, about, aside, cleared, most_words }
    }

    fn work(mut self, queue: &Mutex<Receiver<Vec<Draft>>>) -> Result<Share, TallyError> {
        loop {
            let next = queue.lock().expect("no thread dies while it holds the queue").recv();
            let Ok(batch) = next else { break };
            // All are cleaned before one is counted, which may have to wait for the lexicons.
            for (language, article) in self.clean(batch) {
                self.config.watch.pause();
                self.count(language, &article)?;
                self.config.watch.article();
            }
        }
        let tallies: Result<Vec<_>, _> = self.desks.into_values().map(Desk::finish).collect();
        let mut tallies = tallies?;
        tallies.push(Tally { skipped: self.aside, ..Tally::default() });
        tallies.push(self.cleared);
        Ok(Share { tallies, outlets: self.outlets })
    }

    /// Whether the article's outlet is to be compared.
    fn wanted(&mut self, draft: &Draft) -> bool {
        if !self.outlets.contains(&draft.outlet) {
            self.outlets.insert(draft.outlet.clone());
        }
        self.config.outlets.is_empty() || self.config.outlets.contains(&draft.outlet)
    }

    /// The articles of the outlets that are to be compared, with their languages.
    fn clean(&mut self, batch: Vec<Draft>) -> Vec<(Language, Article)> {
        let mut cleaned = Vec::with_capacity(batch.len());
        for mut draft in batch {
            self.config.watch.pause();
            if self.wanted(&draft) {
                let language = settle_language(&mut draft);
                cleaned.push((language, clean(draft, &self.rules.cleaning)));
            } else {
                self.config.watch.article();
            }
        }
        cleaned
    }

    /// Counts an article by the rules of its language.
    fn count(&mut self, language: Language, article: &Article) -> Result<(), TallyError> {
        let (config, rules) = (self.config, self.rules);
        let new = || Desk::new(language, config, rules);
        let desk = self.desks.entry(language).or_insert_with(new);
        self.aside.extend(desk.count(article, self.about)?);
        if desk.n_words() >= self.most_words
            && let Some(desk) = self.desks.remove(&language)
        {
            let cleared = std::mem::take(&mut self.cleared);
            self.cleared = cleared.merge(desk.finish()?)?;
        }
        Ok(())
    }
}

/// Fills in the language that the text shows, if nobody says one.
fn settle_language(draft: &mut Draft) -> Language {
    if draft.language.is_none() {
        draft.language = detect(&draft.basis.text);
        if draft.language.is_some() {
            draft.language_from = LanguageFrom::Detected;
        }
    }
    draft.language.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::ReadOptions;

    #[test]
    fn a_desk_that_is_cleared_counts_as_if_it_had_not_been() {
        let dir = tempfile::tempdir().unwrap();
        let line = |n: usize| {
            let text =
                format!("Envoys of harbour{n} met. \u{201c}War is over,\u{201d} Lee{n} said.");
            let [id, outlet] = [format!("a{}", n * 7 % 40), format!("Daily {}", n % 3)];
            serde_json::json!({ "id": id, "outlet": outlet, "title": "Talks", "text": text })
        };
        let lines: Vec<String> = (0..40).map(|n| line(n).to_string()).collect();
        let path = dir.path().join("in.jsonl");
        std::fs::write(&path, lines.join("\n")).unwrap();
        let out = dir.path().join("out");
        let config = RunConfig { inputs: vec![path], out, voice: true, ..RunConfig::default() };
        let rules = Rules::load(&config).unwrap();
        let counted = |most_words: usize| {
            let reader = open(&config.inputs, &ReadOptions::default()).unwrap();
            let drafts: Vec<Draft> = reader.map(Result::unwrap).collect();
            let (sender, receiver) = sync_channel(1);
            sender.send(drafts).unwrap();
            drop(sender);
            let worker = Worker { most_words, ..Worker::new(&config, &rules, None) };
            let share = worker.work(&Mutex::new(receiver)).unwrap();
            Tally::merge_all(share.tallies).unwrap()
        };
        let whole = counted(usize::MAX);
        assert_eq!(whole.heads.len(), 40);
        assert!(whole.surfaces.len() > 80);
        assert_eq!(counted(30), whole);
        assert_eq!(counted(1), whole);
    }
}
