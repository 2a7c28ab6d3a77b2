//! Prints: results to standard output, messages to standard error.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use crate::base::{Message, harmless, harmless_lines};
use crate::report::Manifest;
use crate::run::Explained;

/// Prints a result for people: harmless, and on a terminal no wider than 80 columns.
pub(crate) fn show(text: &str) -> Result<(), Vec<Message>> {
    let text = harmless_lines(text);
    if io::stdout().is_terminal() { print(&folded(&text, WIDTH)) } else { print(&text) }
}

/// Prints a text in which places are counted: to the letter, but for what would steer a terminal.
pub(crate) fn show_exactly(text: &str) -> Result<(), Vec<Message>> {
    if io::stdout().is_terminal() { print(&harmless_lines(text)) } else { print(text) }
}

/// A reader that has seen enough (`| head`) ends the program without complaint.
fn print(text: &str) -> Result<(), Vec<Message>> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.or_else(unless_seen_enough).map_err(|error| {
        let what = format!("standard output fails: {error}");
        vec![Message::new("E102", "", what, "check where you send it")]
    })
}

fn unless_seen_enough(error: io::Error) -> io::Result<()> {
    if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}

/// Prints messages; if standard error is closed there is nobody left to tell.
pub(crate) fn say(messages: &[Message]) {
    let mut err = io::stderr().lock();
    for message in messages {
        let text = message.to_string();
        let text = if err.is_terminal() { folded(&text, WIDTH) } else { text };
        let _ = writeln!(err, "{text}");
    }
}

/// Columns of a terminal that everybody has.
const WIDTH: usize = 80;

/// A text in lines of at most `width` characters, each further line two blanks in. Words are not
/// cut, so that a path can be copied.
fn folded(text: &str, width: usize) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| folded_line(line, width)).collect();
    lines.join("\n")
}

fn folded_line(whole: &str, width: usize) -> String {
    if whole.chars().count() <= width {
        return whole.to_string();
    }
    let indent = &whole[..whole.len() - whole.trim_start_matches(' ').len()];
    let (mut lines, mut line) = (Vec::new(), indent.to_string());
    for word in whole[indent.len()..].split(' ') {
        let fits = line.chars().count() + 1 + word.chars().count() <= width;
        if !line.trim_start().is_empty() && !fits {
            lines.push(std::mem::replace(&mut line, format!("{indent}  ")));
        } else if line.len() > indent.len() {
            line.push(' ');
        }
        line += word;
    }
    lines.push(line);
    lines.join("\n")
}

/// Where the report is and what to open.
pub(crate) fn report_written(out: &Path, manifest: &Manifest) -> String {
    let tables = manifest.outputs.iter().filter(|file| file.path.starts_with("tables/")).count();
    let tables = if tables == 1 { "1 table".to_string() } else { format!("{tables} tables") };
    format!(
        "\nWrote {}   (run {})\n  comparison.csv   for your paper     tables/   {tables} for \
         analysis\n  manifest.json    what went in and what came out\n",
        harmless(&out.display().to_string()),
        manifest.run_id,
    )
}

/// Evidence for people: the sentence with the mention marked.
fn evidence(found: &Explained) -> String {
    let mut text = String::new();
    if !found.note.is_empty() {
        text += &format!("{}\n\n", found.note);
    }
    for row in &found.evidence {
        let marks = row.marks.join(", ");
        text +=
            &format!("{}  {}, {}, sentence {}\n", row.id, row.outlet, row.article, row.sentence_no);
        text += &format!("  {}: {marks}\n", row.item);
        let [before, mention, after] =
            [&row.before, &row.mention, &row.after].map(|part| harmless(part));
        text += &format!("  {before}{OPEN}{mention}{CLOSE}{after}\n\n");
    }
    text
}

/// Prints evidence: our own marks are put in last, when nothing of others can steer the terminal.
pub(crate) fn show_evidence(found: &Explained) -> Result<(), Vec<Message>> {
    let terminal = io::stdout().is_terminal();
    let text = evidence(found);
    let text = if terminal { folded(&text, WIDTH) } else { text };
    let (open, close) = if terminal { ("\u{1b}[1m", "\u{1b}[0m") } else { ("[", "]") };
    print(&marked(&text, open, close))
}

/// What stands around a mention until it is printed; no text of others holds it then.
const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

/// A text made harmless, whose mentions stand between two marks.
fn marked(text: &str, open: &str, close: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for piece in text.split_inclusive([OPEN, CLOSE]) {
        shown += &harmless_lines(piece.trim_end_matches([OPEN, CLOSE]));
        shown += match piece.chars().next_back() {
            Some(OPEN) => open,
            Some(CLOSE) => close,
            _ => "",
        };
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run;

    #[test]
    fn a_mention_is_marked_and_a_sentence_cannot_mark_itself() {
        let row = run::Evidence {
            before: "a \u{2}\u{1b}[5m".into(),
            mention: "war".into(),
            ..Default::default()
        };
        let found = Explained { note: String::new(), evidence: vec![row] };
        let text = marked(&evidence(&found), "<", ">");
        assert!(text.contains("a \\u{2}\\u{1b}[5m<war>"), "{text}");
    }

    #[test]
    fn further_lines_stand_two_blanks_in_and_short_ones_stay() {
        assert_eq!(folded("a  b\n  one two three\n", 10), "a  b\n  one two\n    three\n");
    }

    #[test]
    fn a_long_message_breaks_between_words_and_keeps_paths_whole() {
        let path = "a/path/that/is/longer/than/the/line.csv";
        let text = folded(&format!("error[E401]: {path}: there is no such file\nmend: look"), 24);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            ["error[E401]:", &format!("  {path}:"), "  there is no such file", "mend: look"]
        );
    }
}
