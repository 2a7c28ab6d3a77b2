//! Builds the categories: the paths that rows use, every level above them, and what
//! `categories.csv` says about each.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Interval, Message};
use crate::lexicon::dates::parse_date;
use crate::lexicon::entry::{Category, CategoryId, Kind, Negation};
use crate::lexicon::error::Problem;
use crate::lexicon::nearest::did_you_mean;
use crate::lexicon::sheet::SheetRow;

/// What one row of `categories.csv` says; `None` means that it is silent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Policy {
    line: u64,
    label: String,
    definition: String,
    negation: Option<Negation>,
    valid_from: Option<Interval>,
    expect_until: Option<Interval>,
    also_in: Vec<String>,
}

/// A category's lexicon and path, which name it.
pub(crate) type Key = (Kind, String);

/// Checks that a path is made of named levels.
pub(crate) fn check_path(path: &str) -> Result<(), Problem> {
    if path.is_empty() {
        return Err(Problem::new("the category is empty", "name one, such as `tension/rivalry`"));
    }
    if path.split('/').any(|level| level.trim() != level || level.is_empty()) {
        let what = format!("`{path}` has an empty or blank-edged level");
        return Err(Problem::new(what, "separate the levels by single `/` without blanks"));
    }
    Ok(())
}

/// Reads one row of `categories.csv`; every problem of the row.
pub(crate) fn parse_policy(row: &SheetRow) -> Result<(Key, Policy), Vec<Problem>> {
    let mut problems = Vec::new();
    let kind = parse_kind(row.cell("lexicon")).map_err(|p| problems.push(p)).ok();
    let path = row.cell("category");
    problems.extend(check_path(path).err());
    let negation = parse_negation(row.cell("negation")).map_err(|p| problems.push(p)).ok();
    let mut date = |column: &str| {
        let cell = row.cell(column);
        let parsed = (!cell.is_empty()).then(|| parse_date(cell)).transpose();
        parsed.map_err(|p| problems.push(p)).ok().flatten()
    };
    let (valid_from, expect_until) = (date("valid_from"), date("expect_until"));
    if valid_from.zip(expect_until).is_some_and(|(from, until)| until.to < from.from) {
        let mend = "swap `valid_from` and `expect_until`, or delete one";
        problems.push(Problem::new("the category ends before it begins", mend));
    }
    let also_in: Vec<String> = row
        .cell("also_in")
        .split('|')
        .map(|p| p.trim().to_owned())
        .filter(|p| !p.is_empty())
        .collect();
    problems.extend(also_in.iter().filter_map(|p| check_path(p).err()));
    match (kind, negation, problems.is_empty()) {
        (Some(kind), Some(negation), true) => {
            let (label, definition) = (row.cell("label").into(), row.cell("definition").into());
            let line = row.line;
            let policy =
                Policy { line, label, definition, negation, valid_from, expect_until, also_in };
            Ok(((kind, path.to_owned()), policy))
        }
        _ => Err(problems),
    }
}

fn parse_kind(cell: &str) -> Result<Kind, Problem> {
    let named = Kind::ALL.into_iter().find(|k| [k.file_stem(), k.name()].contains(&cell));
    named.ok_or_else(|| {
        let known = Kind::ALL.map(Kind::file_stem);
        Problem::new(format!("no lexicon is called `{cell}`"), did_you_mean(cell, &known))
    })
}

fn parse_negation(cell: &str) -> Result<Option<Negation>, Problem> {
    match cell {
        "" => Ok(None),
        "keep" => Ok(Some(Negation::Keep)),
        "split" => Ok(Some(Negation::Split)),
        other => Err(Problem::new(
            format!("no negation policy is called `{other}`"),
            did_you_mean(other, &["keep", "split"]),
        )),
    }
}

/// The categories of all lexicons, sorted by (kind, path), and warnings about policies for
/// categories that no entry stands for.
pub(crate) fn build(
    used: &BTreeSet<Key>,
    policies: &BTreeMap<Key, Policy>,
) -> (Vec<Category>, Vec<(u64, Message)>) {
    let keys = all_levels(used, policies);
    let id = |key: &Key| keys.iter().position(|k| k == key).map(category_id);
    let mut categories: Vec<Category> = Vec::with_capacity(keys.len());
    for key in &keys {
        let parent = parent_path(&key.1).and_then(|path| id(&(key.0, path.to_owned())));
        let above = parent.map(|CategoryId(i)| &categories[i as usize]);
        let policy = policies.get(key).cloned().unwrap_or_default();
        let also_in = policy.also_in.iter().filter_map(|path| id(&(key.0, path.clone()))).collect();
        categories.push(category(key, policy, parent, above, also_in));
    }
    let dead = policies.iter().filter(|(key, _)| !keys.contains(key));
    let warnings = dead.map(|((_, path), policy)| (policy.line, no_term(path))).collect();
    (categories, warnings)
}

fn category(
    key: &Key,
    policy: Policy,
    parent: Option<CategoryId>,
    above: Option<&Category>,
    also_in: Vec<CategoryId>,
) -> Category {
    let (kind, path) = key.clone();
    let last = path.rsplit('/').next().unwrap_or(&path).to_owned();
    let usual = if kind == Kind::Frame { Negation::Split } else { Negation::Keep };
    Category {
        label: if policy.label.is_empty() { last } else { policy.label },
        definition: policy.definition,
        negation: policy.negation.or(above.map(|a| a.negation)).unwrap_or(usual),
        valid_from: policy.valid_from.or(above.and_then(|a| a.valid_from)),
        expect_until: policy.expect_until.or(above.and_then(|a| a.expect_until)),
        blocker: path.split('/').next() == Some("blocker"),
        kind,
        path,
        parent,
        also_in,
    }
}

/// The used paths, what they also count in, and every level above, sorted: parents come first.
fn all_levels(used: &BTreeSet<Key>, policies: &BTreeMap<Key, Policy>) -> Vec<Key> {
    let mut keys = BTreeSet::new();
    let mut open: Vec<Key> = used.iter().cloned().collect();
    while let Some((kind, path)) = open.pop() {
        open.extend(parent_path(&path).map(|above| (kind, above.to_owned())));
        let key = (kind, path);
        let also_in = policies.get(&key).map_or(&[][..], |policy| &policy.also_in);
        if keys.insert(key) {
            open.extend(also_in.iter().map(|path| (kind, path.clone())));
        }
    }
    keys.into_iter().collect()
}

fn parent_path(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(above, _)| above)
}

fn category_id(position: usize) -> CategoryId {
    CategoryId(u32::try_from(position).expect("fewer than 2^32 categories"))
}

fn no_term(path: &str) -> Message {
    let what = format!("no term stands for the category `{path}`");
    Message::new("W504", "", what, "add a term, or delete the row; the category is left out")
}
