//! Articles divided by the groups that `outlets.csv` puts their outlets into.

use crate::corpus::error::InputError;
use crate::corpus::read::columns::{Column, fold_heading};
use crate::corpus::read::folder::Found;
use crate::corpus::read::ledger::Ledger;

/// What `--by` says of columns, once the tables of outlets are known.
pub(crate) enum Groups {
    /// Articles are divided by this column of `outlets.csv`.
    OfOutlets(String),
    /// By a column of the articles, or by none.
    OfArticles,
}

impl Groups {
    /// Takes the heading that articles are divided by as one of `outlets.csv`, if it is one there; no
    /// table of articles is asked for it then.
    pub(crate) fn take(found: &mut Found) -> Self {
        let Some(by) = found.options.columns.get(Column::By.name()) else {
            return Self::OfArticles;
        };
        let same = |heading: &&String| fold_heading(heading) == fold_heading(by);
        let Some(heading) = found.outlets.group_headings().iter().find(same).cloned() else {
            return Self::OfArticles;
        };
        found.options.columns.remove(Column::By.name());
        Self::OfOutlets(heading)
    }

    /// Adds what is wrong before an article is read: a [`clash`](Self::clash); where no table has the
    /// column, which groups there are is said too.
    pub(crate) fn check(&self, found: &mut Found) {
        found.errors.extend(self.clash(&found.ledger));
        if let Self::OfArticles = self {
            for error in &mut found.errors {
                if let InputError::NoStratum { groups, .. } = error {
                    *groups = found.outlets.group_headings().to_vec();
                }
            }
        }
    }

    /// The error if articles have a column of that name, too, as far as they have been read.
    pub(crate) fn clash(&self, ledger: &Ledger) -> Option<InputError> {
        let Self::OfOutlets(heading) = self else { return None };
        let same = |name: &str| fold_heading(name) == fold_heading(heading);
        ledger.find_unread(same).map(|(path, name)| both(path, &name, heading))
    }
}

fn both(path: String, name: &str, heading: &str) -> InputError {
    let reason = format!(
        "two columns may be meant: `{name}` of the articles and `{heading}` of `outlets.csv`"
    );
    let mend = "rename one of them".to_string();
    InputError::Columns { path, reason, mend }
}
