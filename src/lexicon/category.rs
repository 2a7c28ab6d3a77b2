//! Builds the categories: the paths that rows use, every level above them, and what
//! `categories.csv` says about each.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

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

/// The circles in which categories lead back to themselves by `also_in` or by the level above, each
/// from the first of its categories that says so, with that one's line.
pub(crate) fn circles(policies: &BTreeMap<Key, Policy>) -> Vec<(u64, Vec<String>)> {
    let mut found: Vec<(u64, Vec<String>)> = Vec::new();
    let mut known: BTreeSet<Key> = BTreeSet::new();
    for (key, policy) in policies.iter().filter(|(_, policy)| !policy.also_in.is_empty()) {
        if !known.contains(key)
            && let Some(circle) = way_back(key, policies)
        {
            known.extend(circle.iter().map(|path| (key.0, path.clone())));
            found.push((policy.line, circle));
        }
    }
    found
}

/// The shortest way from a category back to itself, with the category at both ends.
fn way_back(from: &Key, policies: &BTreeMap<Key, Policy>) -> Option<Vec<String>> {
    let (kind, start) = (from.0, from.1.as_str());
    let mut came_from: BTreeMap<String, String> = BTreeMap::new();
    let mut open = VecDeque::from([start.to_string()]);
    while let Some(path) = open.pop_front() {
        let wider = policies.get(&(kind, path.clone())).map_or(&[][..], |policy| &policy.also_in);
        for next in wider.iter().map(String::as_str).chain(parent_path(&path)) {
            if !came_from.contains_key(next) {
                came_from.insert(next.to_string(), path.clone());
                open.push_back(next.to_string());
            }
        }
        if came_from.contains_key(start) {
            break;
        }
    }
    let mut way = vec![start.to_string()];
    loop {
        let before = came_from.get(way.last()?)?.clone();
        way.push(before);
        if way.last().is_some_and(|path| path == start) {
            way.reverse();
            return Some(way);
        }
    }
}

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
pub(crate) fn parse_policy(row: SheetRow<'_>) -> Result<(Key, Policy), Vec<Problem>> {
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
            let line = row.line();
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
    let id = |key: &Key| keys.binary_search(key).ok().map(category_id);
    let mut categories: Vec<Category> = Vec::with_capacity(keys.len());
    for key in &keys {
        let parent = parent_path(&key.1).and_then(|path| id(&(key.0, path.to_owned())));
        let above = parent.map(|CategoryId(i)| &categories[i as usize]);
        let policy = policies.get(key).cloned().unwrap_or_default();
        let also_in = policy.also_in.iter().filter_map(|path| id(&(key.0, path.clone()))).collect();
        categories.push(category(key, policy, parent, above, also_in));
    }
    let dead = policies.iter().filter(|(key, _)| keys.binary_search(key).is_err());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_may_not_count_in_itself() {
        let circles = |rows: &[(&str, &str)]| -> Vec<String> {
            let policy = |(at, (path, wider)): (usize, &(&str, &str))| {
                let also_in = wider.split('|').map(str::to_string).collect();
                let policy = Policy { line: at as u64 + 2, also_in, ..Policy::default() };
                ((Kind::Frame, path.to_string()), policy)
            };
            let policies = rows.iter().enumerate().map(policy).collect();
            circles(&policies).into_iter().map(|(line, way)| format!("{line} {way:?}")).collect()
        };
        assert_eq!(circles(&[("war", "war")]), [r#"2 ["war", "war"]"#]);
        let longer = [("war", "peace"), ("peace", "arms|talks"), ("talks", "war")];
        assert_eq!(circles(&longer), [r#"3 ["peace", "talks", "war", "peace"]"#]);
        assert_eq!(circles(&[("war", "war/arms")]), [r#"2 ["war", "war/arms", "war"]"#]);
        assert!(circles(&[("war/arms", "war|harm"), ("war", "harm")]).is_empty());
    }
}
