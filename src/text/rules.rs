//! The word lists that steer tokens, sentences and stems: `stems.csv`, `joins.csv`,
//! `abbreviations.csv`.

use std::collections::HashSet;
use std::path::PathBuf;

use foldhash::fast::FixedState;

use crate::base::Message;
use crate::text::list;
use crate::text::list::WordList;

/// What is known by a word. Every new word of a corpus is looked up in several.
type ByWord<T> = hashbrown::HashMap<String, T, FixedState>;

/// The compiled word lists. Shared by all analyzers of a run.
#[derive(Clone, Debug, Default)]
pub struct TextRules {
    /// `stems.csv`, rows that hold for any case, by lower-case word.
    stems: ByWord<String>,
    /// `stems.csv`, rows that hold for one spelling only, by that spelling.
    cased_stems: ByWord<String>,
    /// `joins.csv`, by the part before the first hyphen.
    joins: ByWord<Vec<Join>>,
    /// `abbreviations.csv`, by the word without its dots.
    roles: ByWord<Role>,
    /// Words of `abbreviations.csv` with a dot inside, in lower case without the last one.
    dotted: hashbrown::HashSet<String, FixedState>,
}

/// What follows the first hyphen of a joined word.
#[derive(Clone, Debug)]
struct Join {
    parts: Vec<String>,
    /// Whether the last part may go on (`co-oper*`).
    open: bool,
}

/// Whether a full stop after an abbreviation can end a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Never: `Mr.`, `e.g.`
    Never,
    /// Not before a number: `No.`, `p.`
    NotBeforeNumber,
    /// Only before a frequent opener: `U.S.`, `Inc.`, `Feb.`
    BeforeOpener,
}

/// What a word does at the edge of a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Role {
    /// As an abbreviation with one dot, after it.
    pub(super) abbreviation: Option<Ending>,
    /// As an acronym with dots inside.
    pub(super) acronym: Option<Ending>,
    /// Often opens a sentence when capitalized: `The`, `But`.
    pub(super) opener: bool,
    /// Often says whose words a quotation was: `asked`.
    pub(super) verb: bool,
    /// Stands in lower case within names and titles: `of`, `al`.
    pub(super) particle: bool,
}

/// What is wrong with a row of one of the word lists.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TextRulesError {
    /// A row that cannot be used.
    #[error("{what}")]
    Row {
        /// The file, as the user typed it.
        file: PathBuf,
        /// Its line, from 1.
        line: u64,
        /// What is wrong.
        what: String,
        /// How to mend it.
        mend: String,
    },
}

impl From<TextRulesError> for Message {
    fn from(error: TextRulesError) -> Self {
        let TextRulesError::Row { file, line, what, mend } = error;
        Message::new("E510", format!("{}, line {line}", file.display()), what, mend)
    }
}

impl TextRules {
    /// The rules compiled into the program.
    pub fn built_in() -> Self {
        Self::parse(WordList::STEMS, WordList::JOINS, WordList::ABBREVIATIONS)
            .expect("the built-in word lists are tested")
    }

    /// Rules from three word lists; a list that is not replaced is given as the built-in
    /// [`WordList`].
    ///
    /// # Errors
    /// Every row of every list that cannot be used, in the order of the lists and lines.
    pub fn parse(
        stems: WordList,
        joins: WordList,
        abbreviations: WordList,
    ) -> Result<Self, Vec<TextRulesError>> {
        let mut rules = Self::default();
        let mut errors = Vec::new();
        rules.read_stems(stems, &mut errors);
        rules.read_joins(joins, &mut errors);
        rules.read_abbreviations(abbreviations, &mut errors);
        if errors.is_empty() { Ok(rules) } else { Err(errors) }
    }

    fn read_stems(&mut self, list: WordList, errors: &mut Vec<TextRulesError>) {
        for row in list::read(list, ["word", "stem", "match"], errors) {
            let [word, stem, how] = row.cells;
            if word.is_empty() || stem.is_empty() {
                let mend = "fill both `word` and `stem`, or delete the row";
                errors.push(list.error(row.line, "a word or its stem is missing", mend));
                continue;
            }
            let (stems, key) = match how.as_str() {
                "" | "word" => (&mut self.stems, word.to_lowercase()),
                "case" => (&mut self.cased_stems, word.clone()),
                _ => {
                    let what = format!("`{how}` is not a way to match a stem");
                    errors.push(list.error(row.line, what, "write `word` or `case`"));
                    continue;
                }
            };
            if stems.insert(key, stem).is_some() {
                errors.push(list.repeated(row.line, &word));
            }
        }
    }

    fn read_joins(&mut self, list: WordList, errors: &mut Vec<TextRulesError>) {
        for row in list::read(list, ["word"], errors) {
            let [word] = row.cells;
            let lower = word.to_lowercase();
            let bare = lower.strip_suffix('*').unwrap_or(&lower);
            let mut parts = bare.split('-').map(str::to_owned);
            let first = parts.next().unwrap_or_default();
            let parts: Vec<String> = parts.collect();
            let whole = |part: &String| !part.is_empty() && part.chars().all(char::is_alphanumeric);
            if parts.is_empty() || !whole(&first) || !parts.iter().all(whole) {
                let what = format!("`{word}` does not say what to join");
                let mend = "write the word with its hyphen, such as `co-ordinate` or `co-ord*`";
                errors.push(list.error(row.line, what, mend));
                continue;
            }
            let open = lower.ends_with('*');
            self.joins.entry(first).or_default().push(Join { parts, open });
        }
    }

    fn read_abbreviations(&mut self, list: WordList, errors: &mut Vec<TextRulesError>) {
        let mut seen = HashSet::new();
        for row in list::read(list, ["word", "kind"], errors) {
            let [word, kind] = row.cells;
            if !seen.insert((word.clone(), kind.clone())) {
                errors.push(list.repeated(row.line, &word));
            } else if word.is_empty() {
                errors.push(list.error(row.line, "a word is missing", "fill it or delete the row"));
            } else if !self.add_role(&word, &kind) {
                let what = format!("`{kind}` is not a kind of abbreviation");
                let mend = "write `never`, `number`, `sometimes`, `opener`, `verb` or `particle`";
                errors.push(list.error(row.line, what, mend));
            }
        }
    }

    /// Whether `kind` is known.
    fn add_role(&mut self, word: &str, kind: &str) -> bool {
        let ending = match kind {
            "never" => Ending::Never,
            "number" => Ending::NotBeforeNumber,
            "sometimes" => Ending::BeforeOpener,
            "opener" | "verb" | "particle" => {
                let role = self.role_mut(&word.to_lowercase());
                role.opener |= kind == "opener";
                role.verb |= kind == "verb";
                role.particle |= kind == "particle";
                return true;
            }
            _ => return false,
        };
        let bare = word.strip_suffix('.').unwrap_or(word);
        let key = bare.replace('.', "");
        if bare.contains('.') {
            self.dotted.insert(bare.to_lowercase());
            self.role_mut(&key).acronym = Some(ending);
        } else {
            self.role_mut(&key).abbreviation = Some(ending);
            self.role_mut(&key.to_uppercase()).abbreviation = Some(ending);
        }
        true
    }

    fn role_mut(&mut self, key: &str) -> &mut Role {
        self.roles.entry(key.to_owned()).or_default()
    }

    /// The listed stem of a word, if it has one.
    pub(super) fn stem(&self, surface: &str, lower: &str) -> Option<&str> {
        self.cased_stems.get(surface).or_else(|| self.stems.get(lower)).map(String::as_str)
    }

    /// How many of the hyphenated parts `joins.csv` makes one word; `None` if it joins none.
    pub(super) fn joined_parts(&self, parts: &[&str]) -> Option<usize> {
        let (first, rest) = parts.split_first()?;
        if rest.is_empty() {
            return None;
        }
        let rest: Vec<String> = rest.iter().map(|part| part.to_lowercase()).collect();
        let joins = self.joins.get(&first.to_lowercase())?;
        joins.iter().filter(|join| join.fits(&rest)).map(|join| 1 + join.parts.len()).max()
    }

    /// Whether a word with dots inside is listed as an abbreviation (`Ph.D`).
    pub(super) fn is_dotted(&self, word: &str) -> bool {
        self.dotted.contains(&word.to_lowercase())
    }

    /// What a word does at the edge of a sentence.
    pub(super) fn role(&self, surface: &str, lower: &str) -> Role {
        let as_written = self.roles.get(surface).copied().unwrap_or_default();
        let start = lower.split('\'').next().unwrap_or(lower);
        let any_case = [lower, start].map(|key| self.roles.get(key).copied().unwrap_or_default());
        Role {
            opener: any_case.iter().any(|role| role.opener),
            verb: any_case[0].verb,
            particle: any_case[0].particle,
            ..as_written
        }
    }
}

impl WordList<'_> {
    fn repeated(&self, line: u64, word: &str) -> TextRulesError {
        self.error(line, format!("`{word}` is listed twice"), "delete one of the two rows")
    }
}

impl Join {
    /// Whether lower-case parts after the first hyphen start with this join.
    fn fits(&self, rest: &[String]) -> bool {
        let Some((last, before)) = self.parts.split_last() else { return false };
        let Some(candidate) = rest.get(before.len()) else { return false };
        let ends = if self.open {
            candidate.starts_with(last.as_str())
        } else {
            candidate.strip_suffix("'s").unwrap_or(candidate) == last
        };
        ends && before == &rest[..before.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(stems: &str, joins: &str, abbreviations: &str) -> Result<TextRules, Vec<String>> {
        let list = |file, text: &'static str| WordList { file, bytes: text.as_bytes() };
        let leak = |text: &str| -> &'static str { String::leak(text.to_owned()) };
        TextRules::parse(
            list("stems.csv", leak(stems)),
            list("joins.csv", leak(joins)),
            list("abbreviations.csv", leak(abbreviations)),
        )
        .map_err(|errors| errors.into_iter().map(|e| Message::from(e).to_string()).collect())
    }

    #[test]
    fn the_built_in_lists_have_no_errors() {
        let rules = TextRules::built_in();
        assert_eq!(rules.stem("added", "added"), Some("add"));
        assert_eq!(rules.stem("US", "us"), Some("US"));
        assert_eq!(rules.stem("us", "us"), None);
    }

    #[test]
    fn all_errors_are_told_at_once_with_their_lines() {
        let errors = parse(
            "word,stem,match\nadded,,\nUS,US,caps\nadd,add\nAdd,add\n",
            "word\ncooper*\n-oper\nco-oper*\n",
            "word,kind\nMr.,title\nMr.,never\nMr.,never\n",
        )
        .unwrap_err();
        let places: Vec<&str> =
            errors.iter().map(|error| error.split(": ").nth(1).unwrap()).collect();
        assert_eq!(
            places,
            [
                "stems.csv, line 2",
                "stems.csv, line 3",
                "stems.csv, line 5",
                "joins.csv, line 2",
                "joins.csv, line 3",
                "abbreviations.csv, line 2",
                "abbreviations.csv, line 4",
            ]
        );
        assert!(errors.iter().all(|error| error.contains("\nmend: ")));
    }

    #[test]
    fn a_join_reaches_only_the_words_it_names() {
        let rules = parse("word,stem\n", "word\nco-oper*\nvis-a-vis\n", "word,kind\n").unwrap();
        assert_eq!(rules.joined_parts(&["Co", "Operation"]), Some(2));
        assert_eq!(rules.joined_parts(&["vis", "a", "vis", "x"]), Some(3));
        assert_eq!(rules.joined_parts(&["vis", "a"]), None);
        assert_eq!(rules.joined_parts(&["co", "pilot"]), None);
        assert_eq!(rules.joined_parts(&["co"]), None);
    }
}
