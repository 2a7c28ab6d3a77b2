//! The distinct surface forms of a tally in one piece of memory: there may be millions, and a text of
//! its own for each form and each stem takes three times as much.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::tally::merge::position;
use crate::tally::record::Surface;

/// Distinct surface forms with their stems; records point into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forms {
    /// Each form, followed by its stem unless the form begins with that.
    text: String,
    /// Where each form ends there, and its stem with it.
    ends: Vec<End>,
}

/// The end of a form, in eight bytes: there are as many as words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct End {
    at: u32,
    /// Bytes of the stem, and the marks [`BEGINS`] and [`NUMERIC`].
    stem: u32,
}

/// Marks a form that begins with its stem.
const BEGINS: u32 = 1 << 30;

/// Marks a number.
const NUMERIC: u32 = 1 << 31;

/// A surface form in its table; ordered as [`Surface`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Form<'a> {
    /// Folded and joined, case kept.
    pub surface: &'a str,
    /// Its stem: the term it belongs to.
    pub stem: &'a str,
    /// Whether it is a number.
    pub numeric: bool,
}

impl Forms {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The form at a position.
    pub fn get(&self, at: u32) -> Form<'_> {
        let at = at as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].at as usize);
        let end = self.ends[at];
        let text = &self.text[start..end.at as usize];
        let n_stem = (end.stem & !(BEGINS | NUMERIC)) as usize;
        let (surface, stem) = match end.stem & BEGINS {
            0 => text.split_at(text.len() - n_stem),
            _ => (text, &text[..n_stem]),
        };
        Form { surface, stem, numeric: end.stem & NUMERIC != 0 }
    }

    /// All of them in their order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Form<'_>> + ExactSizeIterator {
        (0..self.len()).map(|at| self.get(position(at)))
    }

    /// Puts a form at the end.
    pub(crate) fn push(&mut self, form: Form<'_>) {
        self.text.push_str(form.surface);
        let begins = form.surface.starts_with(form.stem);
        if !begins {
            self.text.push_str(form.stem);
        }
        let at = u32::try_from(self.text.len());
        let at = at.expect("the words of a language take less than 4 GB");
        let n_stem = u32::try_from(form.stem.len()).ok().filter(|n_stem| *n_stem < BEGINS);
        let n_stem = n_stem.expect("a word takes less than 1 GB");
        let marks = [(begins, BEGINS), (form.numeric, NUMERIC)];
        let marks = marks.iter().filter(|(is_so, _)| *is_so).map(|(_, mark)| mark).sum::<u32>();
        self.ends.push(End { at, stem: n_stem | marks });
    }

    /// Positions in the order of the forms; `None` if they stand in that order, as in a table that was
    /// merged, which may be a large one.
    fn sorted(&self) -> Option<Vec<u32>> {
        if self.iter().is_sorted() {
            return None;
        }
        let mut order: Vec<u32> = (0..position(self.len())).collect();
        order.sort_by(|&one, &other| self.get(one).cmp(&self.get(other)));
        Some(order)
    }

    /// Several tables as one, sorted, each form once, and where each form of each table stands in it.
    pub(crate) fn merged(tables: &[Forms]) -> (Forms, Vec<Vec<u32>>) {
        let orders: Vec<Option<Vec<u32>>> = tables.iter().map(Forms::sorted).collect();
        let mut moved: Vec<Vec<u32>> = tables.iter().map(|table| vec![0; table.len()]).collect();
        let at = |table: usize, rank: usize| match &orders[table] {
            Some(order) => order[rank],
            None => position(rank),
        };
        let form = |table: usize, rank: usize| {
            let there = rank < tables[table].len();
            there.then(|| Reverse((tables[table].get(at(table, rank)), table, rank)))
        };
        // Room that is not written to costs nothing; growing would copy, and hold both.
        let mut whole = Forms {
            text: String::with_capacity(tables.iter().map(|table| table.text.len()).sum()),
            ends: Vec::with_capacity(tables.iter().map(Forms::len).sum()),
        };
        let mut next: BinaryHeap<_> =
            (0..tables.len()).filter_map(|table| form(table, 0)).collect();
        let mut last = None;
        while let Some(Reverse((one, table, rank))) = next.pop() {
            if last != Some(one) {
                whole.push(one);
                last = Some(one);
            }
            moved[table][at(table, rank) as usize] = position(whole.len() - 1);
            next.extend(form(table, rank + 1));
        }
        whole.text.shrink_to_fit();
        whole.ends.shrink_to_fit();
        (whole, moved)
    }
}

impl<'a> From<&'a Surface> for Form<'a> {
    fn from(form: &'a Surface) -> Self {
        Form { surface: &form.surface, stem: &form.stem, numeric: form.numeric }
    }
}

impl FromIterator<Surface> for Forms {
    fn from_iter<I: IntoIterator<Item = Surface>>(forms: I) -> Self {
        let mut table = Forms::default();
        forms.into_iter().for_each(|form| table.push(Form::from(&form)));
        table
    }
}

/// As a list of [`Surface`].
impl Serialize for Forms {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Forms {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Forms;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("surface forms")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Forms, A::Error> {
                let mut forms = Forms::default();
                while let Some(form) = list.next_element::<Surface>()? {
                    forms.push(Form::from(&form));
                }
                Ok(forms)
            }
        }
        from.deserialize_seq(List)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn surface() -> impl Strategy<Value = Surface> {
        ("[a-cä]{0,2}", "[a-b]{0,1}", any::<bool>()).prop_map(|(surface, stem, numeric)| Surface {
            surface,
            stem,
            numeric,
        })
    }

    proptest! {
        #[test]
        fn forms_come_back_as_they_were(forms in prop::collection::vec(surface(), 0..20)) {
            let table: Forms = forms.iter().cloned().collect();
            let expect: Vec<Form<'_>> = forms.iter().map(Form::from).collect();
            prop_assert_eq!(table.iter().collect::<Vec<_>>(), expect);
            let bytes = postcard::to_stdvec(&table).unwrap();
            prop_assert_eq!(&bytes, &postcard::to_stdvec(&forms).unwrap());
            prop_assert_eq!(postcard::from_bytes::<Forms>(&bytes).unwrap(), table);
        }

        #[test]
        fn merged_forms_are_sorted_and_each_is_found_where_it_moved(
            tables in prop::collection::vec(prop::collection::vec(surface(), 0..12), 0..4),
        ) {
            let tables: Vec<Forms> =
                tables.into_iter().map(|table| table.into_iter().collect()).collect();
            let (whole, moved) = Forms::merged(&tables);
            prop_assert!(whole.iter().zip(whole.iter().skip(1)).all(|(one, next)| one < next));
            for (table, moved) in tables.iter().zip(&moved) {
                for (form, &at) in table.iter().zip(moved) {
                    prop_assert_eq!(whole.get(at), form);
                }
            }
            let n: usize = tables.iter().map(Forms::len).sum();
            prop_assert!(whole.len() <= n);
        }
    }
}
