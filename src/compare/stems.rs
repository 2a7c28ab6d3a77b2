//! The stems of the corpus, numbered in byte order.

use crate::tally::{Form, Tally};

/// The stems of the corpus in byte order, and where each surface form's stands among them.
pub(crate) struct Stems<'a> {
    /// Every stem once.
    pub(crate) names: Vec<&'a str>,
    /// Rank of each surface's stem.
    pub(crate) of_surface: Vec<u32>,
}

impl<'a> Stems<'a> {
    /// Numbers the stems of a tally.
    pub(crate) fn of(tally: &'a Tally) -> Self {
        let mut names: Vec<&str> = tally.surfaces.iter().map(|form| form.stem).collect();
        names.sort_unstable();
        names.dedup();
        let rank = |form: Form<'_>| names.partition_point(|name| *name < form.stem) as u32;
        let of_surface = tally.surfaces.iter().map(rank).collect();
        Stems { names, of_surface }
    }
}
