//! The names under which collectors and databases keep the parts of an article, and which heading of
//! one table holds which part.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::corpus::options::ReadOptions;

/// A part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    Id,
    Outlet,
    Published,
    Title,
    Text,
    Language,
    Event,
    Url,
    File,
    Lead,
    /// What `--by` divides articles by; only read if the user names its heading.
    By,
}

/// How many columns there are.
pub(crate) const N_COLUMNS: usize = 11;

/// One text for each column, in the order of [`Column::ALL`].
pub(crate) type Cells = [String; N_COLUMNS];

impl Column {
    pub(crate) const ALL: [Column; N_COLUMNS] = [
        Column::Id,
        Column::Outlet,
        Column::Published,
        Column::Title,
        Column::Text,
        Column::Language,
        Column::Event,
        Column::Url,
        Column::File,
        Column::Lead,
        Column::By,
    ];

    /// Our own name for it.
    pub(crate) fn name(self) -> &'static str {
        self.names()[0]
    }

    /// Its names, our own first. Two others in one table are an ambiguity, unless [`COLLECTORS`]
    /// knows the table.
    fn names(self) -> &'static [&'static str] {
        match self {
            Column::Id => &[
                "id",
                "article_id",
                "doc_id",
                "document_id",
                "stories_id",
                "guid",
                "an",
                "accession_number",
            ],
            Column::Outlet => &OUTLET,
            Column::Published => &[
                "published",
                "date",
                "published_at",
                "publishedat",
                "publish_date",
                "published_date",
                "publication_date",
                "date_publish",
                "date_published",
                "pub_date",
                "pubdate",
                "datetime",
                "pd",
            ],
            Column::Title => &["title", "headline", "heading", "hd"],
            Column::Text => &[
                "text",
                "body",
                "content",
                "maintext",
                "article_text",
                "full_text",
                "fulltext",
                "body_text",
                "article",
                "td",
            ],
            Column::Language => &["language", "lang", "la"],
            Column::Event => &["event", "event_id"],
            Column::Url => &["url", "link", "source_url"],
            Column::File => &["file", "file_name", "filename"],
            Column::Lead => &["lead_paragraph", "lp"],
            Column::By => &["by"],
        }
    }

    /// The column that goes by a name.
    pub(crate) fn named(name: &str) -> Option<Column> {
        Self::find(name).map(|(column, _)| column)
    }

    /// The column that a heading names, and how many names of that column come before it.
    fn find(heading: &str) -> Option<(Column, usize)> {
        let name = fold_heading(heading);
        let rank = |column: Column| column.names().iter().position(|known| *known == name);
        let columns = Column::ALL.into_iter().filter(|column| *column != Column::By);
        columns.into_iter().find_map(|column| Some((column, rank(column)?)))
    }
}

/// Names of the column `outlet`.
const OUTLET: [&str; 15] = [
    "outlet",
    "outlet_name",
    "media_name",
    "media_outlet",
    "source_name",
    "publication",
    "publication_name",
    "publisher",
    "newspaper",
    "source",
    "medium",
    "source_domain",
    "meta_site_name",
    "site_name",
    "sn",
];

/// A collector whose tables have two headings for one part, and the right one.
struct Collector {
    /// Headings that its tables have and others do not.
    known_by: &'static [&'static str],
    picks: &'static [(Column, &'static str)],
}

/// The collectors whose tables would be ambiguous: NELA-GT, whose `published` is the feed's wording
/// of what `date` holds as a day; Media Cloud; news-please; newspaper4k, whose `source_url` is the
/// outlet's front page; Factiva, by its field codes.
const COLLECTORS: [Collector; 5] = [
    Collector {
        known_by: &["published_utc", "collection_utc"],
        picks: &[
            (Column::Published, "date"),
            (Column::Outlet, "source"),
            (Column::Text, "content"),
        ],
    },
    Collector {
        known_by: &["media_name", "media_url"],
        picks: &[(Column::Outlet, "media_name"), (Column::Published, "publish_date")],
    },
    Collector {
        known_by: &["maintext", "source_domain"],
        picks: &[
            (Column::Text, "maintext"),
            (Column::Outlet, "source_domain"),
            (Column::Published, "date_publish"),
        ],
    },
    Collector {
        known_by: &["meta_site_name", "top_image"],
        picks: &[
            (Column::Outlet, "meta_site_name"),
            (Column::Published, "publish_date"),
            (Column::Url, "url"),
        ],
    },
    Collector {
        known_by: &["hd", "sn", "td"],
        picks: &[(Column::Title, "hd"), (Column::Outlet, "sn"), (Column::Text, "td")],
    },
];

/// Why nobody can tell which heading holds a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ColumnFault {
    /// Two headings are the same but for case and blanks.
    Repeated(String),
    /// Several headings may hold it.
    Ambiguous(Column, Vec<String>),
    /// The user named a heading that is not there.
    NoHeading(Column, String),
    /// The heading by which articles are to be divided holds another column.
    Taken(Column, String),
}

/// What it means that a heading which the user named is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Missing {
    /// The table lacks it.
    IsAFault,
    /// This record lacks it.
    MayStandElsewhere,
}

/// Which heading of one table holds which column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Position of the heading of each column; `None` if the table lacks it.
    pub(crate) places: [Option<usize>; N_COLUMNS],
    /// Headings that are not read.
    pub(crate) unread: Vec<String>,
}

impl Choice {
    /// Chooses: what the user said, then what is known of the collector, then our own name, then the
    /// only candidate.
    pub(crate) fn new(headings: &[String], options: &ReadOptions) -> Result<Self, ColumnFault> {
        Self::of(headings, options, Missing::IsAFault)
    }

    fn of(
        headings: &[String],
        options: &ReadOptions,
        missing: Missing,
    ) -> Result<Self, ColumnFault> {
        let folded: Vec<String> = headings.iter().map(|heading| fold_heading(heading)).collect();
        let collector = COLLECTORS
            .iter()
            .find(|collector| collector.known_by.iter().all(|n| folded.iter().any(|f| f == n)));
        let mut places = [None; N_COLUMNS];
        for column in Column::ALL {
            let pick = collector.and_then(|known| {
                known.picks.iter().find(|(picked, _)| *picked == column).map(|(_, name)| *name)
            });
            let said = options.columns.get(column.name());
            let place = place(column, said, pick, headings, &folded);
            places[column as usize] = match place {
                Err(ColumnFault::NoHeading(..)) if missing == Missing::MayStandElsewhere => None,
                place => place?,
            };
        }
        if let Some(by) = places[Column::By as usize] {
            let same = |column: &Column| places[*column as usize] == Some(by);
            let taken = Column::ALL.into_iter().find(same).filter(|column| *column != Column::By);
            if let Some(column) = taken {
                return Err(ColumnFault::Taken(column, headings[by].trim().to_string()));
            }
        }
        let is_read = |at: &usize| places.contains(&Some(*at));
        let unread = (0..headings.len()).filter(|at| !is_read(at));
        let mut unread: Vec<String> = unread.map(|at| headings[at].trim().to_string()).collect();
        unread.retain(|heading| !heading.is_empty());
        Ok(Self { places, unread })
    }

    /// Whether the table has the column.
    pub(crate) fn has(&self, column: Column) -> bool {
        self.places[column as usize].is_some()
    }
}

/// The position of the heading that holds a column.
fn place(
    column: Column,
    said: Option<&String>,
    pick: Option<&str>,
    headings: &[String],
    folded: &[String],
) -> Result<Option<usize>, ColumnFault> {
    let all =
        |name: &str| -> Vec<usize> { (0..folded.len()).filter(|&at| folded[at] == name).collect() };
    let one = |found: &[usize]| match found {
        [] => Ok(None),
        [at] => Ok(Some(*at)),
        [at, ..] => Err(ColumnFault::Repeated(headings[*at].trim().to_string())),
    };
    if let Some(heading) = said {
        let exact = headings.iter().position(|known| known.trim() == heading);
        let found = exact.map_or_else(|| one(&all(&fold_heading(heading))), |at| Ok(Some(at)))?;
        let missing = || ColumnFault::NoHeading(column, heading.clone());
        return found.map(Some).ok_or_else(missing);
    }
    if column == Column::By {
        return Ok(None);
    }
    for name in pick.into_iter().chain([column.name()]) {
        if let Some(at) = one(&all(name))? {
            return Ok(Some(at));
        }
    }
    let found: Vec<usize> = column.names().iter().flat_map(|name| all(name)).collect();
    let names: Vec<&String> = found.iter().map(|&at| &folded[at]).collect();
    if found.len() > 1 && names.iter().any(|name| *name != names[0]) {
        let candidates = found.iter().map(|&at| headings[at].trim().to_string()).collect();
        return Err(ColumnFault::Ambiguous(column, candidates));
    }
    one(&found)
}

/// The keys of a file of records: each record is chosen from by its own, so that the order of records
/// never matters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    options: ReadOptions,
    /// Each key as written, and its number if the choice may rest on it.
    known: BTreeMap<String, Option<usize>>,
    /// By number: the key, and whether it may hold a column.
    names: Vec<(String, bool)>,
    /// What records have in common that have the same of these keys, sorted.
    chosen: BTreeMap<Vec<usize>, Result<Arc<Chosen>, ColumnFault>>,
}

/// The keys of a record that may hold each column, the one that was chosen first.
pub(crate) type Chosen = [Vec<usize>; N_COLUMNS];

impl Keys {
    pub(crate) fn new(options: &ReadOptions) -> Self {
        Self { options: options.clone(), ..Self::default() }
    }

    /// The number of a key and whether it may hold a column; `None` if no choice rests on it.
    pub(crate) fn number(&mut self, key: &str) -> Option<(usize, bool)> {
        let number = match self.known.get(key) {
            Some(number) => *number,
            None => self.learn(key),
        }?;
        Some((number, self.names[number].1))
    }

    fn learn(&mut self, key: &str) -> Option<usize> {
        let name = fold_heading(key);
        let said = |heading: &String| fold_heading(heading) == name;
        let holds = Column::find(key).is_some() || self.options.columns.values().any(said);
        let tells = || COLLECTORS.iter().any(|one| one.known_by.contains(&name.as_str()));
        let number = (holds || tells()).then_some(self.names.len());
        if number.is_some() {
            self.names.push((key.to_string(), holds));
        }
        self.known.insert(key.to_string(), number);
        number
    }

    /// A key as written.
    pub(crate) fn name(&self, number: usize) -> &str {
        &self.names[number].0
    }

    /// Which of the keys of a record holds which column; the others count where it is empty.
    pub(crate) fn choose(&mut self, mut keys: Vec<usize>) -> Result<Arc<Chosen>, ColumnFault> {
        keys.sort_unstable();
        keys.dedup();
        if let Some(known) = self.chosen.get(&keys) {
            return known.clone();
        }
        let chosen = self.choose_anew(&keys).map(Arc::new);
        self.chosen.insert(keys, chosen.clone());
        chosen
    }

    fn choose_anew(&self, keys: &[usize]) -> Result<Chosen, ColumnFault> {
        let names: Vec<String> = keys.iter().map(|&key| self.name(key).to_string()).collect();
        let choice = Choice::of(&names, &self.options, Missing::MayStandElsewhere)?;
        let mut chosen = Chosen::default();
        for (column, chosen) in Column::ALL.into_iter().zip(&mut chosen) {
            chosen.extend(choice.places[column as usize].map(|at| keys[at]));
            // Another outlet or another text would be another article's.
            let decides = matches!(column, Column::Outlet | Column::Text);
            if decides || self.options.columns.contains_key(column.name()) {
                continue;
            }
            let found = names.iter().enumerate().filter_map(|(at, name)| {
                let (found, rank) = Column::find(name)?;
                (found == column && !chosen.contains(&keys[at])).then_some((rank, keys[at]))
            });
            let mut others: Vec<(usize, usize)> = found.collect();
            others.sort_unstable();
            chosen.extend(others.into_iter().map(|(_, key)| key));
        }
        Ok(chosen)
    }

    /// A heading that the user named and no record has, if there are records.
    pub(crate) fn missing(&self) -> Option<ColumnFault> {
        let has = |heading: &str| {
            self.names.iter().any(|(name, _)| fold_heading(name) == fold_heading(heading))
        };
        let said = |column: &Column| self.options.columns.get(column.name());
        let mut named = Column::ALL.into_iter().filter_map(|column| Some((column, said(&column)?)));
        let missing = named.find(|(_, heading)| !self.known.is_empty() && !has(heading));
        missing.map(|(column, heading)| ColumnFault::NoHeading(column, heading.clone()))
    }

    /// Keys that hold no column in any record, sorted.
    pub(crate) fn unread(&self) -> Vec<String> {
        let read: BTreeSet<usize> = (self.chosen.values().flatten())
            .flat_map(|chosen| chosen.iter().flatten().copied())
            .collect();
        let unread = self
            .known
            .iter()
            .filter(|(_, number)| number.is_none_or(|number| !read.contains(&number)));
        let unread = unread.map(|(name, _)| name.trim().to_string());
        unread.filter(|name| !name.is_empty()).collect()
    }
}

/// A heading without case, with one underscore where blanks, dots or hyphens stood.
pub(crate) fn fold_heading(heading: &str) -> String {
    let heading = heading.trim().trim_matches(['"', '\u{feff}']).trim();
    heading.to_lowercase().replace([' ', '.', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(headings: &[&str], said: &[(&str, &str)]) -> Result<Choice, ColumnFault> {
        let headings: Vec<String> = headings.iter().map(|name| (*name).to_string()).collect();
        let columns = said.iter().map(|(c, h)| ((*c).to_string(), (*h).to_string())).collect();
        Choice::new(&headings, &ReadOptions { columns, ..ReadOptions::default() })
    }

    #[test]
    fn our_own_name_wins_over_a_collectors() {
        let found = choose(&["source", "Outlet", "Published At", "body"], &[]).unwrap();
        assert_eq!(found.places[Column::Outlet as usize], Some(1));
        assert_eq!(found.places[Column::Published as usize], Some(2));
        assert_eq!(found.places[Column::Text as usize], Some(3));
        assert_eq!(found.places[Column::Title as usize], None);
    }

    #[test]
    fn two_names_of_one_column_are_a_question() {
        let fault = choose(&["publisher", "source", "text"], &[]).unwrap_err();
        let both = vec!["publisher".to_string(), "source".to_string()];
        let ColumnFault::Ambiguous(column, mut found) = fault else { panic!("{fault:?}") };
        found.sort();
        assert_eq!((column, found), (Column::Outlet, both));
        let said = choose(&["publisher", "source", "text"], &[("outlet", "Source")]).unwrap();
        assert_eq!(said.places[Column::Outlet as usize], Some(1));
    }

    #[test]
    fn a_heading_that_the_user_names_must_be_there() {
        let fault = choose(&["outlet", "text"], &[("text", "Volltext")]).unwrap_err();
        assert_eq!(fault, ColumnFault::NoHeading(Column::Text, "Volltext".into()));
        let found =
            choose(&["Zeitung", "Volltext"], &[("text", "Volltext"), ("outlet", "zeitung")]);
        assert_eq!(found.unwrap().places[Column::Text as usize], Some(1));
    }

    #[test]
    fn headings_that_are_not_read_are_listed() {
        let found = choose(&["outlet", "text", "labels", "", "file", "Source"], &[]).unwrap();
        assert_eq!(found.unread, ["labels", "Source"]);
    }

    /// The keys of a record that may hold the outlet, the chosen one first.
    fn outlet(keys: &mut Keys, record: &[&str]) -> Result<Vec<String>, ColumnFault> {
        let numbers = record.iter().filter_map(|key| keys.number(key)).map(|key| key.0).collect();
        let chosen = keys.choose(numbers)?;
        let name = |key: &usize| keys.name(*key).to_string();
        Ok(chosen[Column::Outlet as usize].iter().map(name).collect())
    }

    #[test]
    fn each_record_is_chosen_from_by_its_own_keys() {
        let mut keys = Keys::new(&ReadOptions::default());
        assert_eq!(outlet(&mut keys, &["source", "text"]).unwrap(), ["source"]);
        assert_eq!(outlet(&mut keys, &["source", "outlet", "x"]).unwrap(), ["outlet"]);
        let fault = outlet(&mut keys, &["text", "source", "publisher"]).unwrap_err();
        let both = vec!["publisher".to_string(), "source".to_string()];
        assert_eq!(fault, ColumnFault::Ambiguous(Column::Outlet, both));
        assert_eq!(keys.unread(), ["publisher", "x"]);
    }

    #[test]
    fn a_key_that_the_user_names_need_not_be_in_every_record() {
        let columns = [("outlet".to_string(), "Paper".to_string())].into();
        let mut keys = Keys::new(&ReadOptions { columns, ..ReadOptions::default() });
        assert_eq!(outlet(&mut keys, &["source", "publisher"]).unwrap(), [""; 0]);
        let missing = ColumnFault::NoHeading(Column::Outlet, "Paper".into());
        assert_eq!(keys.missing(), Some(missing));
        assert_eq!(outlet(&mut keys, &["paper", "source"]).unwrap(), ["paper"]);
        assert_eq!(keys.missing(), None);
    }
}
