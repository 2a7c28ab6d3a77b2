//! Opens a count: the sentences behind a frame, an item, a word or one row of the evidence.

use std::path::Path;

use crate::base::{Message, listed};
use crate::report::{EvidenceSum, ReadTable, read_manifest, read_table, recover};
use crate::run::RunError;
use crate::run::asked::Asked;

/// Where the sentences are.
const EVIDENCE: &str = "tables/evidence.csv";

/// One sentence behind a count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The row of `evidence.csv`.
    pub id: String,
    /// The article.
    pub article: String,
    /// Its outlet.
    pub outlet: String,
    /// Kind and item, such as `frame tension/rivalry`.
    pub item: String,
    /// Sentence number.
    pub sentence_no: String,
    /// In whose voice, and what else is known about the mention.
    pub marks: Vec<String>,
    /// The sentence up to the mention.
    pub before: String,
    /// The mention.
    pub mention: String,
    /// The rest of the sentence.
    pub after: String,
}

/// What stands behind a count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// What was asked for in other words, if it is opened by its parts; else empty.
    pub note: String,
    /// The sentences.
    pub evidence: Vec<Evidence>,
}

/// The evidence in a report for `what`: parts joined by `:`, all of which must hold, such as an
/// evidence id, `frame:tension`, `War and arms`, `Ukraine`, `frame:war:Reuters:own`. A roll-up is
/// opened by the categories that count in it.
pub fn explain(dir: &Path, what: &str) -> Result<Explained, Vec<Message>> {
    let failed = |error: crate::report::ReportError| vec![Message::from(error)];
    // An interrupted swap is tidied up by every command; reading goes on if that fails.
    let _ = recover(dir);
    let manifest = read_manifest(dir).map_err(failed)?;
    let table = read_table(dir, "evidence").map_err(failed)?;
    if table.is_none() && manifest.outputs.iter().any(|file| file.path == EVIDENCE) {
        let what = "this file of the report is gone";
        let mend = "run `parallax compare` again to restore the report";
        return Err(vec![Message::new(
            "E412",
            dir.join(EVIDENCE).display().to_string(),
            what,
            mend,
        )]);
    }
    let table = table.unwrap_or_default();
    let categories = read_table(dir, "categories").map_err(failed)?.unwrap_or_default();
    let parts: Vec<Asked> = what.split(':').map(|part| Asked::of(&categories, part)).collect();
    let holds = |row: usize, part: &Asked| {
        part.names(table.cell(row, "kind"), table.cell(row, "item"))
            || (part.may_be_a_word() && answers(&table, row, &part.part))
    };
    let rows = (0..table.n_rows()).filter(|&row| parts.iter().all(|part| holds(row, part)));
    let mut evidence: Vec<Evidence> = rows.map(|row| opened(&table, row)).collect();
    if evidence.is_empty() {
        evidence = sentences_with(&table, what.trim());
    }
    if evidence.is_empty() {
        return Err(vec![nothing_called(&table, what).into()]);
    }
    if !manifest.options.voice {
        // Without voices every word stands as the outlet's own, and nobody has looked whose it is.
        evidence.iter_mut().for_each(|one| one.marks = vec!["voices were not told".to_string()]);
    }
    let shown = |kind: &str| evidence.iter().any(|row| row.item.starts_with(&format!("{kind} ")));
    let mut note: String = parts.iter().map(|part| part.note(&shown)).collect();
    let EvidenceSum { total, kept, .. } = manifest.evidence;
    if kept < total {
        note += &format!(
            "The report shows {kept} of {total} rows of evidence, a fixed sample of each item and \
             outlet: there may be more than what follows.\n"
        );
    }
    Ok(Explained { note, evidence })
}

/// Whether a row of the evidence answers to one part of what was asked, in lower case.
fn answers(table: &ReadTable, row: usize, part: &str) -> bool {
    let same = |column: &str| table.cell(row, column).to_lowercase() == part;
    let kind = table.cell(row, "kind").to_lowercase();
    let item = table.cell(row, "item").to_lowercase();
    same("evidence_id")
        || kind == part
        || part.strip_suffix('s') == Some(kind.as_str())
        || part == "stance" && kind == "cue"
        || item == part
        || item.strip_prefix(part).is_some_and(|rest| rest.starts_with('/'))
        || item.rsplit('/').next() == Some(part)
        || [
            "match",
            "entry",
            "term",
            "label",
            "outlet",
            "voice",
            "speaker",
            "article_id",
            "section",
        ]
        .iter()
        .any(|column| same(column))
}

/// The sentences of the evidence that hold a word which is no item, such as one of `terms.csv`, each
/// once. Sentences in which no lexicon entry was found are not in the report.
fn sentences_with(table: &ReadTable, word: &str) -> Vec<Evidence> {
    let mut found: Vec<Evidence> = Vec::new();
    for row in 0..table.n_rows() {
        let Some((at, form)) = place_of_word(table.cell(row, "sentence"), word) else { continue };
        let text = table.cell(row, "sentence");
        let evidence = Evidence {
            item: format!("word {form}"),
            marks: vec!["in a sentence of the evidence".to_string()],
            before: text[..at].to_string(),
            mention: form.clone(),
            after: text[at + form.len()..].to_string(),
            ..opened(table, row)
        };
        let same = |one: &&Evidence| {
            one.article == evidence.article && one.sentence_no == evidence.sentence_no
        };
        if found.last().as_ref().is_none_or(|last| !same(last)) {
            found.push(evidence);
        }
    }
    found
}

/// Where a word stands in a text, in lower case, with a capital or in capitals.
fn place_of_word(text: &str, word: &str) -> Option<(usize, String)> {
    let mut letters = word.chars();
    let first: String = letters.next()?.to_uppercase().collect();
    let capital = first + letters.as_str();
    let forms = [word.to_string(), word.to_lowercase(), capital, word.to_uppercase()];
    let places = forms.into_iter().filter_map(|form| Some((whole_word(text, &form)?, form)));
    places.min_by_key(|(at, _)| *at)
}

/// Where a word first stands in a text as a whole word.
fn whole_word(text: &str, word: &str) -> Option<usize> {
    let at = nth_place(text, word, 0)?;
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let bounded =
        !letter(text[..at].chars().next_back()) && !letter(text[at + word.len()..].chars().next());
    bounded.then_some(at)
}

fn nothing_called(table: &ReadTable, what: &str) -> RunError {
    let item = |row| format!("{}:{}", table.cell(row, "kind"), table.cell(row, "item"));
    let mut items: Vec<String> = (0..table.n_rows()).map(item).collect();
    items.sort();
    items.dedup();
    let known = match items.len() {
        0 => "the report has no evidence: run `parallax compare` without `--tables`".to_string(),
        _ => format!("name an item, a word or a row of `tables/evidence.csv`: {}", listed(&items)),
    };
    RunError::NothingCalled { what: what.to_string(), known }
}

fn opened(table: &ReadTable, row: usize) -> Evidence {
    let cell = |column: &str| table.cell(row, column).to_string();
    let text = cell("sentence");
    let mention = cell("match");
    let at = nth_place(&text, &mention, earlier_like_it(table, row));
    let (before, after) = match at {
        Some(at) => (text[..at].to_string(), text[at + mention.len()..].to_string()),
        None => (String::new(), String::new()),
    };
    Evidence {
        id: cell("evidence_id"),
        article: cell("article_id"),
        outlet: cell("outlet"),
        item: format!("{} {}", cell("kind"), cell("item")),
        sentence_no: cell("sentence_no"),
        marks: marks(table, row),
        before,
        mention,
        after,
    }
}

/// What is known about a mention, in words.
fn marks(table: &ReadTable, row: usize) -> Vec<String> {
    let cell = |column: &str| table.cell(row, column);
    let mut marks = match (cell("voice"), cell("speaker")) {
        ("own", _) => vec!["own voice".to_string()],
        (voice, "") => vec![voice.to_string()],
        (voice, speaker) => vec![format!("{voice}: {speaker}")],
    };
    for flag in ["negated", "hedged", "scare_quoted"] {
        if cell(flag) == "1" {
            marks.push(flag.replace('_', "-"));
        }
    }
    match (cell("reported_silence"), cell("silent_party")) {
        ("1", "") => marks.push("reported silence".to_string()),
        ("1", party) => marks.push(format!("reported silence of {party}")),
        _ => {}
    }
    marks
}

/// How many earlier mentions in the same sentence read the same: tells which of several equal words
/// is meant. The evidence is sorted by article and place.
fn earlier_like_it(table: &ReadTable, row: usize) -> usize {
    let same = |other: usize, column| table.cell(other, column) == table.cell(row, column);
    let place = ["article_id", "section", "sentence_no"];
    let mut starts: Vec<&str> = (0..row)
        .rev()
        .take_while(|&other| place.iter().all(|column| same(other, column)))
        .filter(|&other| same(other, "match") && !same(other, "char_start"))
        .map(|other| table.cell(other, "char_start"))
        .collect();
    starts.dedup();
    starts.len()
}

/// Where the mention stands in the sentence for the `n`th time as a whole word, else the last time
/// it does.
fn nth_place(text: &str, mention: &str, n: usize) -> Option<usize> {
    let whole = |at: &usize| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..*at].chars().next_back())
            && !letter(text[*at + mention.len()..].chars().next())
    };
    let places: Vec<usize> = if mention.is_empty() {
        Vec::new()
    } else {
        text.match_indices(mention).map(|(at, _)| at).filter(whole).collect()
    };
    places.get(n).or(places.last()).copied().or_else(|| text.find(mention))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const EVIDENCE: &str = "evidence_id,article_id,outlet,kind,item,entry,match,char_start,\
        char_end,sentence_no,section,voice,speaker,negated,hedged,scare_quoted,reported_silence,\
        silent_party,sentence\n\
        e1,a1,Daily,frame,tension/rivalry,row,row,4,7,1,lead,own,,0,1,0,0,,The row grew\n\
        e2,a2,Post,concept,ukraine_war,war,war,4,7,1,lead,quoted,Li,1,0,0,0,,The war is a war\n\
        e3,a2,Post,concept,ukraine_war,war,war,13,16,1,lead,quoted,Li,0,0,0,0,,The war is a war\n";

    const STANCE: &str =
        "e4,a2,Post,cue,hedge/modal,may,may,20,23,2,body,own,,0,0,0,0,,It may end\n";

    const CATEGORIES: &str = "kind,item,label,roll_up,counts_in,definition\n\
        concept,ukraine_war,War in Ukraine,0,,\n\
        frame,conflict,War and tension,1,,\n\
        frame,tension,Dispute and rivalry,0,conflict,\n\
        frame,tension/rivalry,Rivalry,0,,\n\
        frame,war,War and arms,0,conflict,\n";

    fn write_manifest(dir: &Path, voice: bool) {
        let options = crate::report::Options { voice, ..Default::default() };
        let manifest = crate::report::Manifest { options, ..Default::default() };
        fs::write(dir.join("manifest.json"), manifest.to_json()).unwrap();
    }

    #[test]
    fn where_voices_were_not_told_no_mention_is_said_to_be_the_outlets_own() {
        let dir = report();
        write_manifest(dir.path(), false);
        let found = explain(dir.path(), "e1").unwrap();
        assert_eq!(found.evidence[0].marks, ["voices were not told"]);
        write_manifest(dir.path(), true);
        assert_eq!(explain(dir.path(), "e1").unwrap().evidence[0].marks[0], "own voice");
    }

    fn report() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("tables")).unwrap();
        let evidence = [EVIDENCE, STANCE].concat();
        fs::write(dir.path().join("tables/evidence.csv"), evidence).unwrap();
        fs::write(dir.path().join("tables/categories.csv"), CATEGORIES).unwrap();
        write_manifest(dir.path(), true);
        dir
    }

    fn ids(what: &str) -> Vec<String> {
        let found = explain(report().path(), what).unwrap_or_default();
        found.evidence.into_iter().map(|row| row.id).collect()
    }

    #[test]
    fn a_row_an_item_a_level_above_it_and_a_word_all_open() {
        assert_eq!(ids("e2"), ["e2"]);
        assert_eq!(ids("frames:tension"), ["e1"]);
        assert_eq!(ids("rivalry"), ["e1"]);
        assert_eq!(ids("War"), ["e2", "e3"]);
    }

    #[test]
    fn a_category_opens_by_what_reports_call_it() {
        assert_eq!(ids("dispute and Rivalry"), ["e1"]);
        assert_eq!(ids("frame:Dispute and rivalry:post"), [""; 0]);
        assert_eq!(ids("WAR IN UKRAINE:quoted"), ["e2", "e3"]);
        assert_eq!(ids("War and arms"), [""; 0], "a frame that nobody mentions");
    }

    #[test]
    fn a_roll_up_opens_its_parts_and_says_so() {
        for what in ["conflict", "War and tension", "frame:conflict", "conflict:own"] {
            let found = explain(report().path(), what).unwrap();
            assert_eq!(found.evidence.len(), 1, "{what}");
            assert!(
                found.note.starts_with(
                    "`conflict` (War and tension) is a roll-up of `tension` (Dispute and rivalry), \
                     `war` (War and arms): "
                ),
                "{}",
                found.note
            );
        }
        assert_eq!(explain(report().path(), "tension").unwrap().note, "");
    }

    #[test]
    fn a_word_that_takes_a_stance_opens_by_its_category() {
        for what in ["hedge", "stance:hedge", "stance:hedge/modal:own", "modal", "cue:may"] {
            assert_eq!(ids(what), ["e4"], "{what}");
        }
    }

    #[test]
    fn every_part_must_hold() {
        assert_eq!(ids("concept:ukraine_war:post:quoted"), ["e2", "e3"]);
        assert_eq!(ids("concept:ukraine_war:post:own"), [""; 0]);
    }

    #[test]
    fn the_second_of_two_equal_words_is_marked_as_the_second() {
        let found = explain(report().path(), "e3").unwrap().evidence;
        assert_eq!((found[0].before.as_str(), found[0].after.as_str()), ("The war is a ", ""));
    }

    #[test]
    fn a_word_that_is_no_item_opens_the_sentences_that_hold_it() {
        let found = explain(report().path(), "GREW").unwrap().evidence;
        assert_eq!((found.len(), found[0].mention.as_str()), (1, "grew"));
        assert_eq!(explain(report().path(), "is").unwrap().evidence.len(), 1);
        assert!(explain(report().path(), "gre").is_err());
    }

    #[test]
    fn a_name_that_is_not_there_is_answered_with_those_that_are() {
        let error = explain(report().path(), "trade").unwrap_err().remove(0);
        assert_eq!(error.code, "E455");
        for item in ["`concept:ukraine_war`", "`frame:tension/rivalry`"] {
            assert!(error.mend.contains(item), "{error}");
        }
    }
}
