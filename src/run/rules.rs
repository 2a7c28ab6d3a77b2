//! Everything that is loaded before the first article: lexicons, word lists, cleaning rules.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::base::{Message, both, holds_just, listed};
use crate::corpus::CleaningRules;
use crate::lexicon::{Kind, Lexicon, LexiconFiles, Loading, Matcher};
use crate::run::RunConfig;
use crate::text::{Analyzer, TextRules, WordList};

/// The folder that a reader would expect to be in use.
const NEARBY: &str = "lexicons";

/// The rules of a run, shared by all its threads.
pub(crate) struct Rules {
    pub(crate) text: Arc<TextRules>,
    pub(crate) cleaning: CleaningRules,
    pub(crate) lexicon: Lexicon,
    /// Whether cues are looked for.
    cues: bool,
    /// How many threads may compile lexicons.
    threads: usize,
    matcher: OnceLock<Arc<Matcher>>,
    pub(crate) warnings: Vec<Message>,
}

impl Rules {
    /// Loads the rules; on failure every bad row of every file.
    pub(crate) fn load(config: &RunConfig) -> Result<Self, Vec<Message>> {
        let files = LexiconFiles::gather(config.lexicons.as_deref()).map_err(messages)?;
        let words = Loading::new(&files);
        let rest = || {
            let cleaning = cleaning_rules(&files);
            let (text, unused) = (text_rules(&files), unused_folder(Path::new(NEARBY), &files));
            words.work();
            (cleaning, text, unused)
        };
        let ((cleaning, text, unused), ()) = both(config.threads, rest, || words.work());
        let lexicon = words.finish().map_err(messages);
        let (lexicon, text, cleaning) = match (lexicon, text, cleaning) {
            (Ok(lexicon), Ok(text), Ok(cleaning)) => (lexicon, text, cleaning),
            (lexicon, text, cleaning) => {
                let bad = [lexicon.err(), text.err(), cleaning.err()];
                return Err(bad.into_iter().flatten().flatten().collect());
            }
        };
        let mut warnings = lexicon.warnings.clone();
        warnings.extend(unused);
        let (cues, threads, matcher) = (config.needs_cues(), config.threads, OnceLock::new());
        Ok(Self { text, cleaning, lexicon, cues, threads, matcher, warnings })
    }

    /// The lexicons as articles in English meet them, compiled for whoever asks first.
    pub(crate) fn matcher(&self) -> &Arc<Matcher> {
        let compile = || self.compile(&Analyzer::new(Arc::clone(&self.text)));
        self.matcher.get_or_init(|| Arc::new(compile()))
    }

    /// The lexicons as articles in the analyzer's language meet them.
    pub(crate) fn compile(&self, words: &Analyzer) -> Matcher {
        let wanted = |kind| self.cues || kind != Kind::Cue;
        Matcher::of_kinds(&self.lexicon, words, wanted, self.threads)
    }
}

/// The errors of a room, in words.
pub(crate) fn messages<E: Into<Message>>(errors: Vec<E>) -> Vec<Message> {
    errors.into_iter().map(Into::into).collect()
}

/// The place and the bytes of a word list.
fn list<'a>(files: &'a LexiconFiles, name: &str) -> (String, &'a [u8]) {
    let path = files.path(name).map_or_else(|| name.to_string(), |path| path.display().to_string());
    (path, files.bytes(name).unwrap_or_default())
}

pub(crate) fn text_rules(files: &LexiconFiles) -> Result<Arc<TextRules>, Vec<Message>> {
    let lists = ["stems.csv", "joins.csv", "abbreviations.csv"].map(|name| list(files, name));
    let [stems, joins, abbreviations] =
        lists.each_ref().map(|(file, bytes)| WordList { file, bytes });
    TextRules::parse(stems, joins, abbreviations).map(Arc::new).map_err(messages)
}

pub(crate) fn cleaning_rules(files: &LexiconFiles) -> Result<CleaningRules, Vec<Message>> {
    let (file, bytes) = list(files, "cleaning.csv");
    CleaningRules::parse(&file, bytes).map_err(messages)
}

/// A folder `lexicons` in the working folder that says something else than what is used: whoever
/// edited it will think that it counts.
fn unused_folder(nearby: &Path, used: &LexiconFiles) -> Option<Message> {
    let differs = |(name, bytes): &(&str, &[u8])| {
        holds_just(&nearby.join(name), bytes).is_ok_and(|same| !same)
    };
    let differing: Vec<&str> = used.iter().filter(differs).map(|(name, _)| name).collect();
    if differing.is_empty() {
        return None;
    }
    let what = format!("differs from the word lists in use in {}", listed(&differing));
    let mend = "give `--lexicons lexicons` if it is meant to count";
    Some(Message::new("W505", NEARBY, what, mend))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_says_something_else_than_what_is_used_is_pointed_out() {
        let dir = tempfile::tempdir().unwrap();
        let used = LexiconFiles::of_texts(&[("frames.csv", "category,term\n")]);
        assert_eq!(unused_folder(dir.path(), &used), None);
        std::fs::write(dir.path().join("frames.csv"), "category,term\n").unwrap();
        assert_eq!(unused_folder(dir.path(), &used), None);
        std::fs::write(dir.path().join("frames.csv"), "category,term\nwar,war\n").unwrap();
        assert!(unused_folder(dir.path(), &used).unwrap().what.contains("`frames.csv`"));
    }

    #[test]
    fn the_built_in_rules_load() {
        assert!(Rules::load(&RunConfig::default()).is_ok());
    }
}
