//! Names of categories that are probably mistyped, and roll-ups that nobody has defined.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::entry::{Kind, Lexicon};
use crate::lexicon::files::LexiconFiles;
use crate::lexicon::findings::{Finding, of_entry};
use crate::lexicon::load::load_what_can_be;
use crate::lexicon::nearest::{edits, nearest};
use crate::lexicon::sheet::{Sheet, SheetRow};

/// Rows under a name, from which on it is no slip of the hand.
const TOO_MANY_FOR_A_SLIP: usize = 3;

/// Rows under the name that is meant, for one under the mistyped name.
const MEANT_AT_LEAST: usize = 4;

/// Looks at the names of all categories.
pub(super) fn look(lexicon: &Lexicon, files: &LexiconFiles, found: &mut Vec<Finding>) {
    let defined = Defined::read(files);
    let built_in = files.list("voice.csv").is_none_or(|list| list.built_in);
    for kind in Kind::ALL {
        let rows = rows(lexicon, kind);
        for &path in rows.keys() {
            found.extend(slip(lexicon, kind, path, &rows, &defined));
        }
        if kind == Kind::Cue && !built_in {
            found.extend(unread_cues(lexicon, rows.keys().copied()));
        }
    }
    roll_ups(lexicon, &defined, found);
}

/// The rows of `categories.csv`: lexicon, category, also_in and line.
struct Defined(Vec<(Kind, String, Vec<String>, u64)>);

impl Defined {
    fn read(files: &LexiconFiles) -> Self {
        let sheet = files.list("categories.csv").and_then(|list| Sheet::read(&list.bytes).ok());
        let row = |row: SheetRow<'_>| {
            let name = row.cell("lexicon");
            let kind = Kind::ALL.into_iter().find(|k| [k.file_stem(), k.name()].contains(&name))?;
            let also_in = row.cell("also_in").split('|').map(|path| path.trim().to_owned());
            let also_in = also_in.filter(|path| !path.is_empty()).collect();
            Some((kind, row.cell("category").to_owned(), also_in, row.line()))
        };
        Self(sheet.iter().flat_map(Sheet::rows).filter_map(row).collect())
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |row| row.0 == kind).map(|row| row.1.as_str())
    }
}

/// The categories of a list and the lines of their rows.
fn rows(lexicon: &Lexicon, kind: Kind) -> BTreeMap<&str, Vec<usize>> {
    let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, entry) in lexicon.entries.iter().enumerate().filter(|(_, e)| e.kind == kind) {
        rows.entry(&lexicon.category(entry.category).path).or_default().push(at);
    }
    rows
}

/// A category with hardly a row, without a definition, and nearly the name of a larger one.
fn slip(
    lexicon: &Lexicon,
    kind: Kind,
    path: &str,
    rows: &BTreeMap<&str, Vec<usize>>,
    defined: &Defined,
) -> Option<Finding> {
    let own = &rows[path];
    if own.len() >= TOO_MANY_FOR_A_SLIP || defined.of(kind).any(|other| other == path) {
        return None;
    }
    let larger = |other: &&str| {
        let size = rows.get(*other).map_or(0, Vec::len);
        *other != path
            && (size >= own.len() * MEANT_AT_LEAST || defined.of(kind).any(|d| d == *other))
    };
    let known: BTreeSet<&str> = rows.keys().copied().chain(defined.of(kind)).collect();
    let known: Vec<&str> = known.into_iter().filter(larger).collect();
    let meant = nearest(path, &known)?;
    // Two short names that differ by two letters are two names (iran, oman).
    if edits(path, meant) > 1 && path.chars().count() < 7 {
        return None;
    }
    let entry = &lexicon.entries[own[0]];
    let what = format!("`{path}` holds {} and is nearly `{meant}`", rows_in_words(own.len()));
    Some(of_entry(entry, "category", what, format!("did you mean `{meant}`?")))
}

fn rows_in_words(n: usize) -> String {
    if n == 1 { "one row".into() } else { format!("{n} rows") }
}

/// Cues under a name that no rule reads and that is nearly one that some rule does.
fn unread_cues<'a>(lexicon: &'a Lexicon, paths: impl Iterator<Item = &'a str>) -> Vec<Finding> {
    let Ok(files) = LexiconFiles::gather(None) else { return Vec::new() };
    let (built_in, _) = load_what_can_be(&files);
    let known: Vec<&str> =
        built_in.categories.iter().filter(|c| c.kind == Kind::Cue).map(|c| &*c.path).collect();
    let unread = paths.filter(|path| !known.contains(path));
    let found = unread.filter_map(|path| {
        let meant = nearest(path, &known)?;
        let id = lexicon.find_category(Kind::Cue, path)?;
        let entry = lexicon.entries.iter().find(|entry| entry.category == id)?;
        let what = format!("no rule reads cues called `{path}`");
        Some(of_entry(entry, "category", what, format!("did you mean `{meant}`?")))
    });
    found.collect()
}

/// `also_in` that names nothing, or the category itself.
fn roll_ups(lexicon: &Lexicon, defined: &Defined, found: &mut Vec<Finding>) {
    for (kind, path, also_in, line) in &defined.0 {
        for target in also_in {
            let rows = rows(lexicon, *kind);
            let used =
                |name: &str| rows.keys().any(|p| *p == name || p.starts_with(&format!("{name}/")));
            let what = if target == path {
                format!("`{path}` counts in itself")
            } else if used(target) || defined.of(*kind).any(|other| other == target) {
                continue;
            } else {
                format!("`also_in` of `{path}` names `{target}`, which nothing defines")
            };
            let known: BTreeSet<&str> =
                rows.keys().copied().chain(defined.of(*kind)).filter(|p| p != path).collect();
            let known: Vec<&str> = known.into_iter().collect();
            let mend = match nearest(target, &known) {
                Some(meant) if target != path => format!("did you mean `{meant}`?"),
                _ => "give the roll-up a row of its own, with a definition".to_owned(),
            };
            let file = "categories.csv".to_owned();
            found.push(Finding { file, line: *line, rule: "roll-up", what, mend });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::findings::tests::found;

    const FRAMES: &str =
        "category,term\ntension,feud\ntension,row over\ntension,spat\ntension,rift\n";

    #[test]
    fn a_mistyped_category_is_found_and_a_small_one_is_not() {
        let rows = |row: &str| found(&[("frames.csv", &format!("{FRAMES}{row}\n"))]);
        assert_eq!(rows("tenssion,quarrel"), [(6, "category")]);
        assert_eq!(rows("truce,ceasefire"), []);
        let actors = |rows: &str| found(&[("actors.csv", &format!("category,term,match\n{rows}"))]);
        let four = "iraq,Iraq,case\niraq,Iraqi,case\niraq,Baghdad,case\niraq,Basra,case\n";
        assert_eq!(
            actors(&format!("{four}iran,Iran,case\niran,Iranian,case\niran,Tehran,case\n")),
            []
        );
    }

    #[test]
    fn a_roll_up_that_nothing_defines_is_found() {
        let rows = |categories: &str| {
            let text = format!("lexicon,category,also_in\n{categories}");
            found(&[("frames.csv", FRAMES), ("categories.csv", &text)])
        };
        assert_eq!(
            rows("frames,tension,conflcit\nframes,conflict,\n"),
            [(2, "roll-up"), (3, "category")]
        );
        assert_eq!(rows("frames,tension,conflict\nframes,conflict,\n"), []);
        assert_eq!(rows("frames,tension,tension\n"), [(2, "roll-up")]);
    }

    #[test]
    fn a_cue_that_no_rule_reads_is_found_if_its_name_is_nearly_one_that_is() {
        let cues =
            |category: &str| found(&[("voice.csv", &format!("category,term\n{category},claim\n"))]);
        assert_eq!(cues("report/netural"), [(2, "category")]);
        assert_eq!(cues("report/neutral"), []);
        assert_eq!(cues("metaphor"), []);
    }
}
