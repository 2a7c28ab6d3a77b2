//! Embedded posts: a paragraph signed `— Ann Lee (@annlee) May 1, 2018` is what that account wrote,
//! with or without quotation marks. The signature is the outlet's.

use std::ops::Range;

use crate::annotate::attribution::Attributions;
use crate::annotate::clauses::{Subject, SubjectKind};
use crate::annotate::colons::by_colon;
use crate::annotate::quotations::{Quotation, add_blocks};
use crate::annotate::reading::{Gap, Reading};
use crate::base::{Section, Span};
use crate::text::Paragraph;

/// A paragraph of more words than this is no embedded post.
const LONGEST: usize = 120;

/// One embedded post.
pub(super) struct Tweet {
    /// What it says, from the start of the paragraph to the signature.
    pub(super) content: Range<usize>,
    span: Span,
    /// The name in the signature.
    name: Range<usize>,
}

/// Makes each embedded post one quotation; the marks inside it are those of its author.
pub(super) fn add_tweets(reading: &Reading<'_>, quotations: &mut Vec<Quotation>) {
    let mut blocks = Vec::new();
    for paragraph in &reading.doc.paragraphs {
        let Some(tweet) = tweet_in(reading, paragraph) else { continue };
        let signature = tweet.content.end;
        let own = |q: &Quotation| paragraph.tokens.contains(&q.tokens.start);
        quotations.retain(|q| !own(q) || q.tokens.start < signature);
        for quotation in quotations.iter_mut().filter(|q| own(q)) {
            quotation.tokens.end = quotation.tokens.end.min(signature);
            quotation.span.end = quotation.span.end.min(tweet.span.end);
        }
        blocks.push(Quotation {
            span: tweet.span,
            tokens: tweet.content,
            nested: false,
            continues: false,
            unclosed: false,
            title: false,
            interrupted: true,
        });
    }
    add_blocks(quotations, blocks);
}

/// The embedded post that a paragraph is, if it is one.
pub(super) fn tweet_in(reading: &Reading<'_>, paragraph: &Paragraph) -> Option<Tweet> {
    let text = paragraph.span.of(reading.basis);
    let at = text.rfind("(@")?;
    if paragraph.section == Section::Title || !is_handle_and_date(&text[at + 2..]) {
        return None;
    }
    let (dash, from) = dash_before(&text[..at])?;
    let offset = paragraph.span.start as usize;
    let end = offset + text[..dash].trim_end().len();
    let within = |from: usize, to: usize| tokens_in(reading, &paragraph.tokens, from, to);
    let content = within(offset, end);
    let name = within(offset + from, offset + at);
    // "Ann Lee - Port of Oran", "Ann Lee (at sea)"
    let own = (name.start + 1..name.end).find(|&t| reading.gap(t).has(Gap::DASH.or(Gap::OPEN)));
    let name = name.start..own.unwrap_or(name.end);
    let fits = (1..=8).contains(&name.len()) && (1..=LONGEST).contains(&content.len());
    let span = Span::from_usize(offset, end);
    fits.then_some(Tweet { content, span, name })
}

/// `handle) May 1, 2018` up to the end.
fn is_handle_and_date(text: &str) -> bool {
    let Some((handle, rest)) = text.split_once(')') else { return false };
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut words = rest.split_whitespace();
    let month = words.next().is_some_and(is_month);
    let number = |word: &str| {
        word.trim_end_matches(|c: char| !c.is_ascii_digit()).parse::<u16>().unwrap_or(0)
    };
    let day = words.next().is_some_and(|day| (1..=31).contains(&number(day)));
    let year = words.next().is_some_and(|year| (1990..=9999).contains(&number(year)));
    let whole = words.next().is_none();
    !handle.is_empty() && handle.chars().all(part) && month && day && year && whole
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = word.to_ascii_lowercase();
    MONTHS.iter().any(|month| lower.starts_with(month))
}

/// Where the dash before a signature begins and ends.
fn dash_before(text: &str) -> Option<(usize, usize)> {
    let dashes = ["\u{2014}", "&mdash;", "\u{2015}", "\u{2013}", "&ndash;", "--", " - ", "\n- "];
    let found = dashes.iter().find_map(|dash| Some((text.rfind(dash)?, dash.len())));
    found.map(|(at, length)| (at, at + length))
}

/// The tokens of a paragraph that lie between two places in the text.
fn tokens_in(reading: &Reading<'_>, tokens: &Range<usize>, from: usize, to: usize) -> Range<usize> {
    let words = &reading.words[tokens.clone()];
    let first = words.partition_point(|w| (w.span.start as usize) < from);
    let last = words.partition_point(|w| (w.span.start as usize) < to);
    tokens.start + first..tokens.start + last.max(first)
}

impl Attributions<'_, '_, '_> {
    /// Adds who wrote each embedded post.
    pub(super) fn add_tweets(&mut self) {
        let reading = self.clauses.reading;
        for paragraph in &reading.doc.paragraphs {
            let Some(tweet) = tweet_in(reading, paragraph) else { continue };
            let (tokens, kind) = (tweet.name, SubjectKind::Name);
            let subject = Subject { full: tokens.clone(), tokens, kind };
            self.add(Some(by_colon(subject, tweet.content)));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::{check_said, read};
    use crate::base::Voice;

    #[test]
    fn a_signed_post_is_said_by_its_author() {
        let post = "The port must open. China knows it! pic.twitter.com/a1B2 ";
        let said = format!("Ann Lee: {}", post.trim_end());
        for dash in ["\u{2014}", "\u{2013}", "-", "&mdash;"] {
            check_said(
                &format!("It rained.\n\n{post}{dash} Ann Lee (@ann_lee1) May 1, 2018"),
                &[&said],
            );
        }
        let marks = "\u{201c}The port must open.\u{201d} \u{2014} Ann Lee (@annlee) May 1, 2018";
        check_said(marks, &["Ann Lee: \u{201c}The port must open.\u{201d}"]);
        let read = read("The port is shut. \u{2014} Ann Lee (@annlee) May 1, 2018");
        assert_eq!(read.in_voice(Voice::Quoted), "The port is shut");
    }

    #[test]
    fn who_signs_wins_over_who_introduces() {
        check_said(
            "The mayor wrote:\n\nThe port was never open to ships. \u{2014} Ann Lee (@annlee) May 1, 2018",
            &["Ann Lee: The port was never open to ships."],
        );
        check_said(
            "Moe said it sank \u{2014} Ann Lee (@annlee) May 1, 2018",
            &["Ann Lee: Moe said it sank"],
        );
    }

    #[test]
    fn a_handle_in_a_sentence_signs_nothing() {
        check_said("It rained \u{2014} Ann Lee (@annlee) came on May 1, 2018.", &[]);
        check_said("It rained \u{2014} Ann Lee (Oslo) May 1, 2018", &[]);
        check_said("It rained, and Ann Lee (@annlee) May 1, 2018", &[]);
    }
}
