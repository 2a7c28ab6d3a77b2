//! When an article was published, as far as its own text says so.

use crate::base::Published;
use crate::corpus::clean::Piece;
use crate::corpus::dates::find_in_line;

/// The date of the first removed timestamp, else of a dateline. A line that only says when the
/// article was updated counts last.
pub(super) fn find_published(text: &str, pieces: &[Piece]) -> Option<Published> {
    let mut updated = None;
    for piece in pieces.iter().filter(|piece| piece.removed.is_some()) {
        let line = piece.paragraph.span.of(text);
        if piece.paragraph.is_prose() || !may_date(piece) {
            continue;
        }
        match find_in_line(line) {
            Some(found) if !says_updated(line) => return Some(found),
            Some(found) => updated = updated.or(Some(found)),
            None => {}
        }
    }
    let prefixes = pieces.iter().filter_map(|piece| piece.prefix.as_ref());
    let dateline = prefixes.filter_map(|(span, _)| find_in_line(span.of(text))).next();
    dateline.or(updated)
}

/// Timestamps and bylines date an article; captions date a picture.
fn may_date(piece: &Piece) -> bool {
    matches!(piece.removed.as_deref(), Some("timestamp" | "byline"))
}

fn says_updated(line: &str) -> bool {
    let line = line.to_lowercase();
    let updated = line.contains("updated") || line.contains("modified");
    updated && !line.contains("published") && !line.contains("posted")
}
