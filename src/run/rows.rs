//! The tables with rows of single articles and mentions, all written in one reading.

use crate::base::Message;
use crate::compare::{
    Article, BlameRow, Comparison, Events, Evidence, EvidenceRow, Fold, QuoteRow, RemovedRow,
    article_row, blame, quotes, removed, top_frames,
};
use crate::report::tables::{
    ARTICLES, BLAME, EVIDENCE, QUOTES, REMOVED, article_cells, article_columns,
};
use crate::report::{Cell, Lines, QuoteSums, Table, Tables};
use crate::run::files::{Files, Rising};
use crate::tally::{Merge, Sorter, TallyError};

/// Bytes of lines of `articles` that stay in memory until they are sorted by outlet.
const BUDGET: usize = 4 << 20;

/// Tables that grow article by article.
pub(crate) struct Rows<'a> {
    comparison: &'a Comparison<'a>,
    events: &'a Events,
    n_quotes: u64,
    next_quote: u64,
    removed: Rising<RemovedRow>,
    quotes: Rising<QuoteRow>,
    wants_articles: bool,
    /// Lines of `articles`, which stand by outlet.
    articles: Sorter,
    guarded: u64,
    quote_sums: QuoteSums,
    failed: Option<Message>,
}

impl Fold for Rows<'_> {
    fn add(&mut self, article: &Article<'_>) {
        if self.failed.is_none() {
            self.failed = self.write(article).err();
        }
    }
}

impl<'a> Rows<'a> {
    /// Begins the files; there are `n_quotes` quotes in all articles.
    pub(crate) fn open(
        comparison: &'a Comparison<'a>,
        files: &Files<'_>,
        events: &'a Events,
        n_quotes: u64,
    ) -> Result<Self, Message> {
        Ok(Rows {
            comparison,
            events,
            n_quotes,
            next_quote: 1,
            removed: files.open(&REMOVED)?,
            quotes: files.open(&QUOTES)?,
            wants_articles: files.wants(ARTICLES.name),
            articles: Sorter::new(&comparison.scratch, BUDGET),
            guarded: 0,
            quote_sums: QuoteSums::default(),
            failed: None,
        })
    }

    fn write(&mut self, article: &Article<'_>) -> Result<(), Message> {
        for row in removed(article) {
            self.removed.push(&row)?;
        }
        let quotes = quotes(article, self.next_quote, self.n_quotes);
        self.next_quote += quotes.len() as u64;
        self.quote_sums.add(&quotes);
        for row in &quotes {
            self.quotes.push(row)?;
        }
        if self.wants_articles { self.write_article(article) } else { Ok(()) }
    }

    fn write_article(&mut self, article: &Article<'_>) -> Result<(), Message> {
        let row = article_row(article, self.events);
        let mut lines = Lines::new(Vec::new());
        let written = lines.row(&article_cells(&row)).and_then(|()| lines.finish());
        let pushed = written.and_then(|(line, guarded)| {
            self.guarded += guarded;
            self.articles.push(&key(article), &line)
        });
        pushed.map_err(|error| self.unwritten(&error))
    }

    fn unwritten(&self, error: &std::io::Error) -> Message {
        TallyError::of_io(&self.comparison.scratch, error, true).into()
    }

    /// Ends the files; what people read of them goes to `tables`.
    pub(crate) fn close(mut self, files: &Files<'_>, tables: &mut Tables) -> Result<(), Message> {
        if let Some(failed) = self.failed.take() {
            return Err(failed);
        }
        let scratch = &self.comparison.scratch;
        let unwritten = |error| Message::from(TallyError::of_io(scratch, &error, true));
        let runs = self.articles.finish().map_err(unwritten)?;
        let columns = article_columns(&top_frames(self.comparison));
        let names = columns.iter().map(AsRef::as_ref);
        files.lines(ARTICLES.name, names, self.guarded, |out| {
            let mut merge = Merge::new(&runs)?;
            while merge.take(|_, line| out.write_all(line))?.transpose()?.is_some() {}
            Ok(())
        })?;
        files.close(self.removed)?;
        files.close(self.quotes)?;
        tables.quotes = self.quote_sums;
        Ok(())
    }
}

/// The rows of single mentions, which take as long as all the others together.
pub(crate) struct MentionRows<'a> {
    evidence: &'a Evidence,
    next: u64,
    blame: Rising<BlameRow>,
    shown: Rising<EvidenceRow>,
    failed: Option<Message>,
}

impl Fold for MentionRows<'_> {
    fn add(&mut self, article: &Article<'_>) {
        if self.failed.is_none() {
            self.failed = self.write(article).err();
        }
    }
}

impl<'a> MentionRows<'a> {
    /// Begins the files; `None` if nobody wants any of them.
    pub(crate) fn open(files: &Files<'_>, evidence: &'a Evidence) -> Result<Option<Self>, Message> {
        let (blame, shown) = (files.open(&BLAME)?, files.open(&EVIDENCE)?);
        let wanted = blame.is_wanted() || shown.is_wanted();
        Ok(wanted.then_some(MentionRows { evidence, next: 1, blame, shown, failed: None }))
    }

    fn write(&mut self, article: &Article<'_>) -> Result<(), Message> {
        let evidence = self.evidence.of(article, self.next);
        self.next += evidence.rows.len() as u64;
        for row in blame(article, &evidence) {
            self.blame.push(&row)?;
        }
        for row in &evidence.rows {
            self.shown.push(row)?;
        }
        Ok(())
    }

    /// Ends the files.
    pub(crate) fn close(self, files: &Files<'_>) -> Result<(), Message> {
        if let Some(failed) = self.failed {
            return Err(failed);
        }
        files.close(self.blame)?;
        files.close(self.shown)?;
        Ok(())
    }
}

/// By outlet, then by id.
fn key(article: &Article<'_>) -> [u8; 16] {
    let mut key = [0; 16];
    key[..8].copy_from_slice(&(article.outlet as u64).to_be_bytes());
    key[8..].copy_from_slice(&(article.at as u64).to_be_bytes());
    key
}

/// `articles` and `removed` as tables, for a dry run, which shows them.
pub(crate) struct ArticleTables<'a> {
    comparison: &'a Comparison<'a>,
    events: &'a Events,
    articles: Vec<(usize, Vec<Cell>)>,
    removed: Vec<RemovedRow>,
}

impl Fold for ArticleTables<'_> {
    fn add(&mut self, article: &Article<'_>) {
        let row = article_row(article, self.events);
        self.articles.push((article.outlet, article_cells(&row)));
        self.removed.extend(removed(article));
    }
}

impl<'a> ArticleTables<'a> {
    /// No article yet.
    pub(crate) fn new(comparison: &'a Comparison<'a>, events: &'a Events) -> Self {
        ArticleTables { comparison, events, articles: Vec::new(), removed: Vec::new() }
    }

    /// The tables.
    pub(crate) fn tables(mut self) -> [Table; 2] {
        self.articles.sort_by_key(|(outlet, _)| *outlet);
        let articles = Table {
            name: ARTICLES.name,
            columns: article_columns(&top_frames(self.comparison)),
            rows: self.articles.into_iter().map(|(_, cells)| cells).collect(),
        };
        [articles, REMOVED.build(&self.removed)]
    }
}
