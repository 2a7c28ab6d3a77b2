//! Lays out text for a terminal of 80 columns: labelled rows, one column per outlet, cells that wrap.

/// Columns of a terminal that everybody has.
pub(crate) const WIDTH: usize = 80;
/// Columns for the label of a row.
const LABEL: usize = 21;
/// Columns between two cells.
const GAP: usize = 2;
/// No cell is wider, however few there are.
const WIDEST: usize = 24;
/// More outlets than this go into a further block of rows.
const PER_BLOCK: usize = 4;

/// One row: its label and one cell per outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TextRow {
    pub(crate) label: String,
    pub(crate) cells: Vec<String>,
}

impl TextRow {
    pub(crate) fn new(label: impl Into<String>, cells: Vec<String>) -> Self {
        Self { label: label.into(), cells }
    }
}

/// The rows under the outlets' names; more than four outlets make several blocks.
pub(crate) fn blocks(outlets: &[&str], rows: &[TextRow]) -> String {
    let mut text = String::new();
    for start in (0..outlets.len()).step_by(PER_BLOCK) {
        let end = (start + PER_BLOCK).min(outlets.len());
        let width = ((WIDTH - LABEL) / (end - start) - GAP).min(WIDEST);
        let head: Vec<String> = outlets[start..end].iter().map(|name| name.to_string()).collect();
        if start > 0 {
            text.push('\n');
        }
        text += &lines("", &head, width);
        for row in rows {
            text += &lines(&row.label, &row.cells[start..end], width);
        }
    }
    text
}

/// One row as lines: the label at the left, cells at the right of their columns.
fn lines(label: &str, cells: &[String], width: usize) -> String {
    let label = wrapped(label, LABEL);
    let cells: Vec<Vec<String>> = cells.iter().map(|cell| wrapped(cell, width)).collect();
    let height = cells.iter().map(Vec::len).chain([label.len()]).max().unwrap_or(0);
    let mut text = String::new();
    for at in 0..height {
        let mut line = padded_right(label.get(at).map_or("", String::as_str), LABEL);
        for cell in &cells {
            line += &" ".repeat(GAP);
            line += &padded_left(cell.get(at).map_or("", String::as_str), width);
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// Characters of a text; wide scripts are not counted double.
fn length(text: &str) -> usize {
    text.chars().count()
}

pub(crate) fn padded_right(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(length(text))))
}

pub(crate) fn padded_left(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(length(text))))
}

/// A text cut at spaces into lines of at most `width` characters; a longer word is cut too. A label
/// keeps its indentation on every line.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let indent = &text[..text.len() - text.trim_start().len()];
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        for piece in pieces(word, width - indent.len()) {
            if !line.is_empty() && length(&line) + 1 + length(&piece) > width {
                lines.push(std::mem::take(&mut line));
            }
            line += if line.is_empty() { indent } else { " " };
            line += &piece;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The start of a text that does not fit, with a sign that it goes on.
pub(crate) fn shortened(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_string();
    }
    text.chars().take(width - 1).chain(['…']).collect()
}

/// A word in pieces that fit.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.chunks(width.max(1)).map(|piece| piece.iter().collect()).collect()
}

/// The first names of a list, and how many more there are.
pub(crate) fn first_of(names: &[String], shown: usize) -> String {
    match names.len() {
        0 => "-".to_string(),
        n if n > shown + 1 => format!("{}, +{} more", names[..shown].join(", "), n - shown),
        _ => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cells_stand_under_their_outlet() {
        let rows = [TextRow::new("words", vec!["546".into(), "292".into()])];
        let text = blocks(&["Daily", "Post"], &rows);
        let ends: Vec<usize> = text.lines().map(str::len).collect();
        assert_eq!(ends[0], ends[1], "{text}");
    }

    #[test]
    fn a_long_cell_wraps_inside_its_column() {
        assert_eq!(
            wrapped("military operation, invasion", 12),
            ["military", "operation,", "invasion"]
        );
        assert_eq!(wrapped("  in own voice", 8), ["  in own", "  voice"]);
    }

    #[test]
    fn ten_outlets_make_three_blocks() {
        let names = vec!["Outlet"; 10];
        let rows = [TextRow::new("words", vec!["1".into(); 10])];
        assert_eq!(blocks(&names, &rows).lines().filter(|l| l.starts_with("words")).count(), 3);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal(
            names in prop::collection::vec("\\PC{1,40}", 1..13),
            cell in "\\PC{0,60}",
            label in "[a-z ]{0,50}",
        ) {
            let outlets: Vec<&str> = names.iter().map(String::as_str).collect();
            let rows = [TextRow::new(label, vec![cell; outlets.len()])];
            for line in blocks(&outlets, &rows).lines() {
                prop_assert!(length(line) <= WIDTH, "{}", line);
            }
        }
    }
}
