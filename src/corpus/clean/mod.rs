//! Decides which stretches of an article count, by the rows of `lexicons/cleaning.csv`.
//!
//! Never edits text: the rest is listed as removals.

mod load;
mod paragraphs;
mod pattern;
mod publication;
mod repeats;
mod rules;

use std::borrow::Cow;

pub use load::CleaningError;
pub use rules::{CleaningRules, Recurring};

use crate::base::{Section, Span};
use crate::corpus::article::{Article, Block, Draft, Removal};
use crate::corpus::clean::paragraphs::{Paragraph, ends_sentence, paragraphs};
use crate::corpus::clean::publication::find_published;
use crate::corpus::clean::repeats::find_repeats;
use crate::corpus::clean::rules::Extent;
use crate::corpus::fold::fold;
use crate::corpus::read::without_spaces;

/// Most words of a headline that a file does not mark as one.
const LONGEST_TITLE: usize = 30;

/// Words from which on a full sentence at the top is rather a lead than a headline.
const SHORTEST_LEAD: usize = 14;

/// A paragraph and what becomes of it.
#[derive(Clone, Debug, Default)]
struct Piece {
    paragraph: Paragraph,
    /// The rule that removes it as a whole.
    removed: Option<String>,
    /// The first copy, if it is a repeat.
    repeats: Option<Span>,
    /// What goes at its start and at its end.
    prefix: Option<End>,
    suffix: Option<End>,
}

/// The start or the end of a paragraph, and the rule that removes it.
type End = (Span, String);

impl Piece {
    /// What is left of it; `None` if nothing is.
    fn kept(&self) -> Option<Span> {
        if self.removed.is_some() {
            return None;
        }
        let whole = self.paragraph.span;
        let start = self.prefix.as_ref().map_or(whole.start, |(span, _)| span.end);
        let end = self.suffix.as_ref().map_or(whole.end, |(span, _)| span.start);
        (start < end).then(|| Span::new(start, end))
    }
}

/// Splits a draft into kept blocks and removals, and fills in title and date from the text where
/// the draft does not know them.
pub fn clean(mut draft: Draft, rules: &CleaningRules) -> Article {
    let text = std::mem::take(&mut draft.basis.text);
    let outlet = fold(&draft.outlet);
    let mut pieces = cut(&text, draft.basis.text_start, &outlet, rules);
    remove_whole(&text, &outlet, &mut pieces, rules);
    remove_ends(&text, &mut pieces, rules);
    let cell = draft.title.filter(|_| draft.basis.text_start > 0);
    let title = cell.or_else(|| find_title(&text, &pieces, draft.title));
    let (title, title_end) = split_headline(&text, title, &outlet, rules);
    if let (None, Some(end)) = (cell, &title_end) {
        let headline = pieces.iter_mut().find(|piece| piece.paragraph.span.contains(end.0));
        headline.expect("the headline is a paragraph").suffix = Some(end.clone());
    }
    draft.title = title;
    find_repeats(&text, draft.title, &mut pieces, rules);
    if draft.published.day.is_none() {
        draft.published = find_published(&text, &pieces).unwrap_or_default();
    }
    let cell_title = title.filter(|_| cell.is_some());
    let blocks = blocks(&text, title, cell_title, &pieces);
    let removals = removals(&text, title_end.filter(|_| cell.is_some()), &pieces);
    draft.basis.text = text;
    Article { draft, blocks, removals }
}

/// The headline without the outlet's own name at its end, as in `Envoy in Moscow | Example News`.
fn split_headline(
    text: &str,
    title: Option<Span>,
    outlet: &str,
    rules: &CleaningRules,
) -> (Option<Span>, Option<End>) {
    let found = title.zip(rules.headline_end.as_ref()).and_then(|(title, rule)| {
        let headline = title.of(text);
        let at = headline.rfind(['|', '-', '–', '—'])?;
        let kept = headline[..at].trim_end();
        let spaced = kept.len() < at && headline[at..].contains(' ');
        if !spaced || kept.is_empty() || outlet.is_empty() || fold(&headline[at..]) != outlet {
            return None;
        }
        let end = title.start as usize + kept.len();
        let rest = Span::from_usize(end, title.end as usize);
        Some((Span::new(title.start, rest.start), (rest, rule.clone())))
    });
    match found {
        Some((headline, end)) => (Some(headline), Some(end)),
        None => (title, None),
    }
}

fn cut(text: &str, text_start: u32, outlet: &str, rules: &CleaningRules) -> Vec<Piece> {
    let alone = |line: &str| rules.stands_alone(line, outlet);
    let paragraphs = paragraphs(text, text_start as usize, alone);
    paragraphs.into_iter().map(|paragraph| Piece { paragraph, ..Piece::default() }).collect()
}

/// Removes paragraphs that are no news, and those that go with them. A paragraph that a row names
/// itself goes by that row, also within the extent of another.
fn remove_whole(text: &str, outlet: &str, pieces: &mut [Piece], rules: &CleaningRules) {
    let paragraphs: Vec<Paragraph> = pieces.iter().map(|piece| piece.paragraph.clone()).collect();
    let rows: Vec<Option<usize>> =
        paragraphs.iter().map(|paragraph| own_row(text, outlet, paragraph, rules)).collect();
    // The rule whose extent reaches up to the paragraph `end`, and the rule of the one before.
    let mut extent = (0, "");
    let mut before: Option<&str> = None;
    for (at, piece) in pieces.iter_mut().enumerate() {
        let line = piece.paragraph.span.of(text);
        let rule = if let Some(row) = rows[at] {
            let rule = &rules.rows[row];
            let end = at + 1 + rule.extent.reach(text, &paragraphs[at + 1..]);
            if end > extent.0.max(at + 1) {
                extent = (end, rule.name.as_str());
            }
            Some(rule.name.as_str())
        } else if at < extent.0 {
            Some(extent.1)
        } else {
            before.filter(|rule| rules.after(rule, line, &piece.paragraph).is_some())
        };
        before = rule;
        piece.removed = rule.map(str::to_owned);
    }
    for (at, row) in rows.iter().enumerate().skip(1) {
        let above = row.map(|row| &rules.rows[row]).filter(|rule| rule.extent == Extent::Above);
        let Some(rule) = above else { continue };
        remove_above(text, &mut pieces[..at], &rule.name);
    }
}

/// Removes the line above a removed one, if it is made of names. The first line of a file may be its
/// headline and stays.
fn remove_above(text: &str, pieces: &mut [Piece], rule: &str) {
    let Some((last, before)) = pieces.split_last_mut() else { return };
    let headline =
        before.iter().all(|piece| piece.removed.is_some()) && last.paragraph.span.start == 0;
    if last.removed.is_none() && !headline && is_names(last.paragraph.span.of(text)) {
        last.removed = Some(rule.to_owned());
    }
}

/// Two to twelve words, each with a capital, apart from `and`.
fn is_names(line: &str) -> bool {
    let capital = |word: &str| word == "and" || word.starts_with(char::is_uppercase);
    let n_words = line.split_whitespace().count();
    (2..=12).contains(&n_words) && line.split_whitespace().all(capital) && !ends_sentence(line)
}

/// The row that removes the paragraph for its own sake.
fn own_row(
    text: &str,
    outlet: &str,
    paragraph: &Paragraph,
    rules: &CleaningRules,
) -> Option<usize> {
    let line = one_line(paragraph.span.of(text));
    rules.whole(&line, outlet, paragraph)
}

/// The paragraph without its line ends.
fn one_line(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    if bytes.contains(&b'\n') || bytes.contains(&b'\r') {
        text.split_whitespace().collect::<Vec<_>>().join(" ").into()
    } else {
        text.into()
    }
}

/// Removes datelines and the like from the paragraphs that stay.
fn remove_ends(text: &str, pieces: &mut [Piece], rules: &CleaningRules) {
    for piece in pieces.iter_mut().filter(|piece| piece.removed.is_none()) {
        let span = piece.paragraph.span;
        let (start, all) = (span.start as usize, span.of(text));
        let prefix = rules.prefix(all, &piece.paragraph);
        let suffix = rules.suffix(all, &piece.paragraph);
        let from = prefix.map_or(0, |(end, _)| end);
        let (from, to) = (from, suffix.map_or(all.len(), |(start, _)| start));
        // What is left between must be words; else the paragraph stays whole.
        if from >= to || !all[from..to].contains(char::is_alphanumeric) {
            continue;
        }
        let from = to - all[from..to].trim_start().len();
        let to = from + all[from..to].trim_end().len();
        let name = |row: usize| rules.rows[row].name.clone();
        piece.prefix = prefix.map(|(_, row)| (Span::from_usize(start, start + from), name(row)));
        piece.suffix =
            suffix.map(|(_, row)| (Span::from_usize(start + to, start + all.len()), name(row)));
    }
}

/// The headline of a file: where the manifest's title stands, else the first paragraph that stays,
/// unless it reads like a lead.
fn find_title(text: &str, pieces: &[Piece], known: Option<Span>) -> Option<Span> {
    let mut kept = pieces.iter().filter(|piece| piece.removed.is_none());
    if let Some(title) = known {
        return kept.find(|piece| piece.paragraph.span.contains(title)).and_then(Piece::kept);
    }
    let first = kept.next()?;
    let shown = first.paragraph.span.of(text);
    // Words of scripts without spaces have about two letters each.
    let words = match without_spaces(shown) {
        Some(_) => shown.chars().count() / 2,
        None => first.paragraph.words,
    };
    let mut lead = || words > SHORTEST_LEAD || holds_two_sentences(shown) || kept.next().is_none();
    let sentence = ends_sentence(shown) && lead();
    if words > LONGEST_TITLE || sentence || first.prefix.is_some() { None } else { first.kept() }
}

/// Whether a sentence ends within a line: a word before the last ends like one, and is no `Mr.` or
/// `U.S.`.
fn holds_two_sentences(line: &str) -> bool {
    let ends = |word: &str| {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let short = bare.chars().count() < 3 || bare.contains('.');
        ends_sentence(word) && !word.ends_with(':') && !short
    };
    line.split_whitespace().rev().skip(1).any(ends)
}

/// What counts. The first kept paragraph after the headline is the lead.
fn blocks(
    text: &str,
    title: Option<Span>,
    title_cell: Option<Span>,
    pieces: &[Piece],
) -> Vec<Block> {
    let mut blocks: Vec<Block> =
        title_cell.iter().map(|&span| Block { span, section: Section::Title }).collect();
    let kept = || pieces.iter().filter_map(Piece::kept);
    // What stands above the headline, such as the name of a page, is no lead.
    let mut lead = !kept().any(|span| title == Some(span));
    for span in kept() {
        let section = if title == Some(span) {
            lead = true;
            Section::Title
        } else if std::mem::take(&mut lead) {
            Section::Lead
        } else {
            Section::Body
        };
        blocks.push(Block { span, section });
    }
    debug_assert!(blocks.iter().all(|block| !block.span.of(text).is_empty()));
    blocks
}

/// What does not count, and why.
fn removals(text: &str, title_end: Option<End>, pieces: &[Piece]) -> Vec<Removal> {
    let mut removals = Vec::new();
    let mut push = |span: Span, rule: &String, repeats| {
        let trimmed = span.of(text).trim_end().len();
        let start = span.end as usize - span.of(text).trim_start().len();
        let span = Span::from_usize(start, span.start as usize + trimmed);
        removals.push(Removal { span, rule: rule.clone(), repeats });
    };
    if let Some((span, rule)) = &title_end {
        push(*span, rule, None);
    }
    for piece in pieces {
        if let Some(rule) = &piece.removed {
            push(piece.paragraph.span, rule, piece.repeats);
            continue;
        }
        for (span, rule) in piece.prefix.iter().chain(&piece.suffix) {
            push(*span, rule, None);
        }
    }
    removals
}

#[cfg(test)]
mod tests;
