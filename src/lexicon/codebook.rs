//! Writes the word lists as a page that a coder can be trained on: Markdown, one section a category.
//!
//! Reads the columns of `categories.csv` that are for people, which no other file does.

use std::collections::BTreeMap;

use crate::lexicon::entry::{Category, CategoryId, Entry, Kind, Lexicon, MatchMode, Negation};
use crate::lexicon::error::LexiconError;
use crate::lexicon::files::LexiconFiles;
use crate::lexicon::load::load;
use crate::lexicon::sheet::{Sheet, SheetRow};

/// The lists that people code by; pairs and cues are for the program.
const KINDS: [(Kind, &str); 4] = [
    (Kind::Frame, "Frames"),
    (Kind::Actor, "Actors"),
    (Kind::Concept, "Concepts"),
    (Kind::Label, "Labels"),
];

/// What the columns for people are called on the page.
const FOR_PEOPLE: [(&str, &str); 8] = [
    ("include", "Count"),
    ("exclude", "Do not count"),
    ("example_yes", "Yes"),
    ("example_no", "No"),
    ("entman_function", "In Entman's terms"),
    ("generic_frame", "Near the generic frame"),
    ("valid_from", "Could not be mentioned before"),
    ("expect_until", "Silence means nothing after"),
];

const OPENING: &str = "# Codebook\n\n\
    Written by `parallax lexicon codebook` from the word lists; edit those, not this page.\n\n\
    The unit is the sentence, and a sentence may hold several categories.\n\
    Code what is said, in whosever voice; voice, negation and quotation are coded apart.\n\
    Code what the sentence says, not what you know about the world.\n\
    Terms are what the program looks for: by stem, unless it is said how they are compared; `..` \
    stands for a few words, `a|b` for either word, and a word in parentheses must stand there but \
    may count elsewhere.\n\
    A star after a term says that it counts only under conditions, which stand in its row.\n";

/// The page; on failure every bad row of every file.
pub fn codebook(files: &LexiconFiles) -> Result<String, Vec<LexiconError>> {
    let lexicon = load(files)?;
    let shared = files.shared_categories();
    let shared = shared.as_ref().map(|(list, _)| list);
    let lists = files.list("categories.csv").into_iter().chain(shared);
    let sheets: Vec<Sheet<'_>> = lists.filter_map(|list| Sheet::read(&list.bytes).ok()).collect();
    let rows: Vec<SheetRow<'_>> = sheets.iter().flat_map(Sheet::rows).collect();
    let mut page = OPENING.to_owned();
    for (kind, title) in KINDS {
        let mut sections = String::new();
        for (at, category) in (0..).zip(&lexicon.categories) {
            if category.kind == kind && !category.blocker {
                let said = said_of(&rows, category);
                sections += &section(&lexicon, CategoryId(at), category, said);
            }
        }
        if !sections.is_empty() {
            page += &format!("\n## {title}\n{sections}");
        }
    }
    Ok(page)
}

/// The row of `categories.csv` about a category.
fn said_of<'a>(rows: &[SheetRow<'a>], category: &Category) -> Option<SheetRow<'a>> {
    let names = [category.kind.file_stem(), category.kind.name()];
    rows.iter()
        .copied()
        .find(|row| names.contains(&row.cell("lexicon")) && row.cell("category") == category.path)
}

fn section(
    lexicon: &Lexicon,
    id: CategoryId,
    category: &Category,
    said: Option<SheetRow<'_>>,
) -> String {
    let mut text = format!("\n### {} (`{}`)\n\n", plain(&category.label), category.path);
    if !category.definition.is_empty() {
        text += &format!("{}.\n\n", plain(category.definition.trim_end_matches('.')));
    }
    for (column, title) in FOR_PEOPLE {
        let cell = said.map_or("", |row| row.cell(column));
        if !cell.is_empty() {
            text += &format!("- **{title}:** {}\n", plain(cell));
        }
    }
    let above: Vec<String> =
        category.also_in.iter().map(|id| format!("`{}`", lexicon.category(*id).path)).collect();
    if !above.is_empty() {
        text += &format!("- **Counts in as well:** {}\n", above.join(", "));
    }
    if category.kind == Kind::Frame && category.negation == Negation::Keep {
        text += "- **Negated mentions** count like the others.\n";
    }
    let terms = terms(lexicon, id);
    if !terms.is_empty() {
        text += &format!("- **Terms:** {terms}\n");
    }
    format!("{}\n", text.trim_end())
}

/// The terms of a category, by how they are compared, those by stem first.
fn terms(lexicon: &Lexicon, id: CategoryId) -> String {
    let mut by_mode: BTreeMap<MatchMode, Vec<String>> = BTreeMap::new();
    for entry in lexicon.entries.iter().filter(|entry| entry.category == id) {
        by_mode.entry(entry.mode).or_default().push(term(entry));
    }
    let part = |(mode, mut terms): (MatchMode, Vec<String>)| {
        terms.dedup();
        let terms = terms.join(", ");
        if mode == MatchMode::Stem { terms } else { format!("as `{}`: {terms}", mode.name()) }
    };
    by_mode.into_iter().map(part).collect::<Vec<_>>().join("; ")
}

fn term(entry: &Entry) -> String {
    let dated = entry.valid_from.is_some() || entry.valid_to.is_some();
    let free = entry.unless.is_empty() && entry.requires.is_empty() && !dated;
    format!("`{}`{}", entry.term.replace('`', "'"), if free { "" } else { "\\*" })
}

/// A cell as prose: on one line, and no sign of Markdown in it.
fn plain(cell: &str) -> String {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let mut text = String::new();
    for c in words.join(" ").chars() {
        if "\\`*_[]<>#|".contains(c) {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_written_with_all_that_is_said_of_it() {
        let frames = "category,term,match,unless\n\
                      war,siege,stem,\nwar,tank,word,fish tank\nwar,shell*,stem,\nblocker,tank top,,\n";
        let categories = "lexicon,category,label,definition,include,exclude,example_yes,also_in\n\
                          frames,war,War,Armed force,\"Fighting, arms\",War *of* words,They shelled it.,strife\n\
                          frames,strife,Strife,A roll-up,,,,\n";
        let files =
            LexiconFiles::of_texts(&[("frames.csv", frames), ("categories.csv", categories)]);
        let page = codebook(&files).unwrap();
        let expect = "\n## Frames\n\
            \n### Strife (`strife`)\n\nA roll-up.\n\
            \n### War (`war`)\n\nArmed force.\n\n\
            - **Count:** Fighting, arms\n\
            - **Do not count:** War \\*of\\* words\n\
            - **Yes:** They shelled it.\n\
            - **Counts in as well:** `strife`\n\
            - **Terms:** `shell*`, `siege`; as `word`: `tank`\\*\n";
        assert_eq!(page.strip_prefix(OPENING), Some(expect));
    }

    #[test]
    fn the_built_in_lists_make_a_page_with_every_frame() {
        let files = LexiconFiles::gather(None).unwrap();
        let page = codebook(&files).unwrap();
        let lexicon = load(&files).unwrap();
        for frame in lexicon.categories.iter().filter(|c| c.kind == Kind::Frame && !c.blocker) {
            assert!(page.contains(&format!("(`{}`)\n", frame.path)), "{}", frame.path);
        }
        assert!(!page.contains("(`blocker`)"));
    }

    #[test]
    fn lists_that_a_folder_shares_are_written_with_their_definitions() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons/us-china");
        let files = LexiconFiles::gather(Some(&folder)).unwrap();
        let (page, own) =
            (codebook(&files).unwrap(), codebook(&LexiconFiles::gather(None).unwrap()));
        let section = |page: &str, head: &str| -> Option<String> {
            let (_, after) = page.split_once(head)?;
            Some(after.split("\n##").next()?.to_owned())
        };
        let peace = "### Peace-making (`peace_diplomacy`)";
        let shared = section(&page, peace).unwrap();
        assert!(shared.contains("**Yes:**"), "{shared}");
        assert_eq!(section(&own.unwrap(), peace), Some(shared));
        assert!(page.contains("\n## Actors\n") && page.contains("(`north_korea/state`)"));
        assert!(!page.contains("(`ukraine_war`)"), "the concepts are the folder's own");
    }
}
