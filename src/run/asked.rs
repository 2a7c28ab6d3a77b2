//! What a part of a question to a report may mean: a category by its path or by what reports call
//! it, a roll-up by the categories that count in it, or a word.

use crate::report::ReadTable;

/// One part of what was asked.
pub(crate) struct Asked {
    /// In lower case.
    pub(crate) part: String,
    /// Kinds and paths of the categories that are called so, and of the parts of roll-ups.
    items: Vec<(String, String)>,
    roll_ups: Vec<RollUp>,
}

/// A roll-up that is called so.
struct RollUp {
    kind: String,
    path: String,
    /// What it collects, in words.
    in_words: String,
}

impl Asked {
    /// What a part may mean, by the table of categories.
    pub(crate) fn of(categories: &ReadTable, part: &str) -> Self {
        let mut asked =
            Asked { part: part.trim().to_lowercase(), items: Vec::new(), roll_ups: Vec::new() };
        let is_called = |row: &usize| {
            let called = |column| categories.cell(*row, column).to_lowercase() == asked.part;
            called("item") || called("label")
        };
        let rows: Vec<usize> = (0..categories.n_rows()).filter(is_called).collect();
        for row in rows {
            asked.items.push(key(categories, row));
            if categories.cell(row, "roll_up") == "1" {
                asked.add_roll_up(categories, row);
            }
        }
        asked
    }

    fn add_roll_up(&mut self, categories: &ReadTable, row: usize) {
        let (kind, path) = key(categories, row);
        let parts = parts(categories, &kind, &path);
        let in_words = |&row: &usize| {
            format!("`{}` ({})", categories.cell(row, "item"), categories.cell(row, "label"))
        };
        let named: Vec<String> = parts.iter().map(in_words).collect();
        let in_words = format!("{} is a roll-up of {}", in_words(&row), named.join(", "));
        self.items.extend(parts.into_iter().map(|row| key(categories, row)));
        self.roll_ups.push(RollUp { kind, path, in_words });
    }

    /// Whether a category, or one above it, is meant.
    pub(crate) fn names(&self, kind: &str, item: &str) -> bool {
        let stands_in = |path: &str| {
            item.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.items.iter().any(|(of_kind, path)| of_kind == kind && stands_in(path))
    }

    /// Whether a word may be meant too; not by the name of a roll-up, whose rows are to be those of
    /// its count.
    pub(crate) fn may_be_a_word(&self) -> bool {
        self.roll_ups.is_empty()
    }

    /// That a roll-up is opened by its parts, if rows of its kind are `shown`; one line for each.
    pub(crate) fn note(&self, shown: &dyn Fn(&str) -> bool) -> String {
        let line = |roll_up: &RollUp| {
            let RollUp { kind, path, in_words } = roll_up;
            let other = |(of_kind, _): &(String, String)| of_kind != kind && shown(of_kind);
            let mut line = format!(
                "{in_words}: their evidence follows; words that several of them count, it counts \
                 once."
            );
            if self.items.iter().any(other) {
                line +=
                    &format!(" What else is called so follows too; `{kind}:{path}` leaves it out.");
            }
            line + "\n"
        };
        self.roll_ups.iter().filter(|roll_up| shown(&roll_up.kind)).map(line).collect()
    }
}

/// The rows of the categories that count in another one, directly or through a further one.
fn parts(categories: &ReadTable, kind: &str, item: &str) -> Vec<usize> {
    let mut targets = vec![item];
    let mut parts = Vec::new();
    while let Some(target) = targets.pop() {
        for row in 0..categories.n_rows() {
            let counts = categories.cell(row, "counts_in").split('|').any(|one| one == target);
            if counts && categories.cell(row, "kind") == kind && !parts.contains(&row) {
                parts.push(row);
                targets.push(categories.cell(row, "item"));
            }
        }
    }
    parts.sort_unstable();
    parts
}

fn key(categories: &ReadTable, row: usize) -> (String, String) {
    let cell = |column| categories.cell(row, column).to_string();
    (cell("kind"), cell("item"))
}
