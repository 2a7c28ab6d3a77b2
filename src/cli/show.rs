//! Prints: results to standard output, messages to standard error.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use crate::base::Message;
use crate::report::Manifest;
use crate::run::Explained;

/// Prints a result. A reader that has seen enough (`| head`) ends the program without complaint.
pub(crate) fn show(text: &str) -> Result<(), Vec<Message>> {
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

/// A message in lines of at most `width` characters, each further line two blanks in. Words are not
/// cut, so that a path can be copied.
fn folded(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for whole in text.lines() {
        let mut line = String::new();
        for word in whole.split(' ') {
            let fits = line.chars().count() + 1 + word.chars().count() <= width;
            if !line.is_empty() && !fits {
                lines.push(std::mem::replace(&mut line, " ".to_string()));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line += word;
        }
        lines.push(line);
    }
    lines.join("\n")
}

/// Where the report is and what to open.
pub(crate) fn report_written(out: &Path, manifest: &Manifest) -> String {
    let tables = manifest.outputs.iter().filter(|file| file.path.starts_with("tables/")).count();
    let tables = if tables == 1 { "1 table".to_string() } else { format!("{tables} tables") };
    format!(
        "\nWrote {}   (run {})\n  comparison.csv   for your paper     tables/   {tables} for \
         analysis\n  manifest.json    what went in and what came out\n",
        out.display(),
        manifest.run_id,
    )
}

/// Evidence for people: the sentence with the mention marked.
pub(crate) fn evidence(found: &Explained) -> String {
    let (open, close) =
        if io::stdout().is_terminal() { ("\u{1b}[1m", "\u{1b}[0m") } else { ("[", "]") };
    let note = folded(&found.note, WIDTH);
    let mut text = if note.is_empty() { note } else { note + "\n\n" };
    for row in &found.evidence {
        let marks = row.marks.join(", ");
        text +=
            &format!("{}  {}, {}, sentence {}\n", row.id, row.outlet, row.article, row.sentence_no);
        text += &format!("  {}: {marks}\n", row.item);
        text += &format!("  {}{open}{}{close}{}\n\n", row.before, row.mention, row.after);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

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
