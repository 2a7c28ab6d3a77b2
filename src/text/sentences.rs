//! Cuts a block into sentences: the boundaries of UAX #29, less those after abbreviations.
//!
//! A boundary always lies in the gap between two tokens. Line breaks inside a block count as
//! spaces, because texts come hard-wrapped; a blank line ends a sentence.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::base::{Section, Span};
use crate::text::analyzer::Analyzer;
use crate::text::document::{Document, Sentence, Token};
use crate::text::fold::{is_apostrophe, is_double_quote};
use crate::text::rules::{Ending, Role};
use crate::text::uax29;
use crate::text::uax29::plain;

/// How many words a sentence may have. Longer ones are lists and tables that lost their line breaks;
/// whole, each of their mentions would print all of them.
const LONGEST_SENTENCE: usize = 300;

/// How many words a speaker may have between a quoted question and the verb.
const LONGEST_SPEAKER: usize = 12;

/// Appends the sentences of a block, whose tokens are those from `first` on. `gaps` are the
/// positions of tokens before which a sentence may begin.
///
/// A headline is one sentence. A block without a word has none. Where no sentence ends for hundreds
/// of words, one is cut off.
pub(super) fn cut(
    words: &Analyzer,
    basis: &str,
    (span, section): (Span, Section),
    first: usize,
    gaps: &[usize],
    doc: &mut Document,
) {
    if doc.tokens.len() == first {
        return;
    }
    let block = Block::new(words, basis, span, &doc.tokens[first..]);
    let mut begin = (0, 0);
    let mut add = |at: usize, next: usize| {
        let (start, token) = std::mem::replace(&mut begin, (at, next));
        doc.sentences.push(Sentence {
            span: trimmed(basis, span.start as usize + start, span.start as usize + at),
            tokens: first + token..first + next,
            paragraph: doc.paragraphs.len(),
        });
    };
    let mut first_of_sentence = 0;
    let mut end = |at: usize, next: usize| {
        for part in (first_of_sentence + LONGEST_SENTENCE..next).step_by(LONGEST_SENTENCE) {
            add(block.range(part).0, part);
        }
        add(at, next);
        first_of_sentence = next;
    };
    if section != Section::Title {
        for next in block.gaps(gaps, first) {
            if let Some(at) = block.boundary_before(next) {
                end(at, next);
            }
        }
    }
    end(block.text.len(), block.tokens.len());
}

/// A range of the basis text without white space at its ends.
fn trimmed(basis: &str, from: usize, to: usize) -> Span {
    let text = &basis[from..to];
    let start = from + (text.len() - text.trim_start().len());
    Span::from_usize(start, start + text.trim().len())
}

struct Block<'a> {
    text: &'a str,
    /// The text as `unicode-segmentation` must see it; made when it is first needed.
    plain: OnceCell<Cow<'a, str>>,
    /// Where it begins in the basis text.
    start: u32,
    tokens: &'a [Token],
    words: &'a Analyzer,
}

impl<'a> Block<'a> {
    fn new(words: &'a Analyzer, basis: &'a str, span: Span, tokens: &'a [Token]) -> Self {
        Self { text: span.of(basis), plain: OnceCell::new(), start: span.start, tokens, words }
    }

    /// The gaps to look at: those given, which count from `first`, and all if lines end inside.
    fn gaps(&self, given: &[usize], first: usize) -> Vec<usize> {
        let n_tokens = self.tokens.len();
        if self.text.contains('\n') {
            return (1..n_tokens).collect();
        }
        let inside = given.iter().map(|gap| gap - first);
        inside.filter(|&gap| 0 < gap && gap < n_tokens).collect()
    }

    /// Where a sentence begins in the gap before a token, if one does.
    fn boundary_before(&self, next: usize) -> Option<usize> {
        let (from, left) = self.range(next - 1);
        let (right, _) = self.range(next);
        let gap = &self.text[left..right];
        if is_blank_line(&self.text[left..right]) {
            return Some(right);
        }
        if !self.text[..left].ends_with('.') {
            if gap.trim().is_empty() {
                return self.follows_dotless_acronym(next).then_some(right);
            }
            if !may_end_sentence(gap) {
                return None;
            }
        }
        let plain = || &**self.plain.get_or_init(|| plain(self.text));
        let at = uax29::last_boundary(self.text, plain, (from, left, right))
            .or_else(|| self.full_stop_before_number(next))?;
        if self.is_joined(next, at) {
            return None;
        }
        Some(at + lone_quote(&self.text[at..right]))
    }

    /// The range of a token in the block's text.
    fn range(&self, token: usize) -> (usize, usize) {
        let span = self.tokens[token].span;
        ((span.start - self.start) as usize, (span.end - self.start) as usize)
    }

    fn role(&self, token: usize) -> Role {
        self.words.role(self.tokens[token].kind)
    }

    /// Where a number begins a sentence (`It won. 15 people left.`). UAX #29 looks past the number,
    /// at a lower-case letter, because of `No. 5 came`; a word is told from an abbreviation by the
    /// list and by its length.
    fn full_stop_before_number(&self, next: usize) -> Option<usize> {
        let (from, left) = self.range(next - 1);
        let (right, _) = self.range(next);
        let word = &self.text[from..left];
        let is_word = word.chars().count() >= 3 && word.chars().all(char::is_alphabetic);
        let marks = self.text[left..right].trim_start_matches('.');
        let full_stop = self.text[left..right].len() - marks.len() == 1;
        let space = marks.trim_start_matches(is_closing);
        let number = space.trim_start();
        let opens = number.chars().all(|c| is_quote(c) || "$€£¥".contains(c));
        (is_word && full_stop && space.starts_with(char::is_whitespace) && opens)
            .then_some(right - number.len())
            .filter(|_| self.text[right..].starts_with(char::is_numeric))
    }

    /// Whether the sentence goes on over a boundary of UAX #29.
    fn is_joined(&self, next: usize, at: usize) -> bool {
        let (left, right) = (self.range(next - 1).1, self.range(next).0);
        let right_text = &self.text[right..];
        if right_text.starts_with(char::is_lowercase) {
            return true;
        }
        let marks = self.text[left..at].trim_end();
        let marks = marks.trim_end_matches(is_closing);
        if marks.ends_with(['?', '!']) {
            return marks.len() < self.text[left..at].trim_end().len() && self.is_said(next);
        }
        let ending = match marks {
            "" => Some(self.role(next - 1).acronym.unwrap_or(Ending::BeforeOpener)),
            "." if self.is_initial(next - 1) => Some(Ending::BeforeOpener),
            "." => self.role(next - 1).abbreviation,
            _ => None,
        };
        match ending {
            Some(Ending::Never) => true,
            Some(Ending::NotBeforeNumber) => right_text.starts_with(|c: char| c.is_numeric()),
            Some(Ending::BeforeOpener) => !self.is_opener(next),
            None => false,
        }
    }

    /// Whether a token is a capital letter alone, as in `George W. Bush`.
    fn is_initial(&self, token: usize) -> bool {
        let kind = self.words.kind(self.tokens[token].kind);
        kind.capitalized && kind.surface.chars().count() == 1
    }

    /// Whether a token is a frequent opener, capitalized. The `A` of `J. A. Smith` is none.
    fn is_opener(&self, token: usize) -> bool {
        self.words.kind(self.tokens[token].kind).capitalized
            && self.role(token).opener
            && !is_one_full_stop(&self.text[self.range(token).1..])
    }

    /// Whether `Name said` or `Name, title, said` begins at a token, after a quoted question: the
    /// same sentence goes on.
    fn is_said(&self, next: usize) -> bool {
        if self.is_opener(next) {
            return false;
        }
        let mut comma = false;
        for token in next + 1..self.tokens.len().min(next + LONGEST_SPEAKER) {
            let gap = plain(&self.text[self.range(token - 1).1..self.range(token).0]);
            let abbreviated = self.is_initial(token - 1)
                || self.role(token - 1).abbreviation == Some(Ending::Never);
            if self.role(token).verb && (gap == ", " || !comma) {
                return true;
            }
            comma |= gap == ", ";
            let capitalized = self.words.kind(self.tokens[token].kind).capitalized;
            let compound = gap == "-" || self.text[self.range(token).1..].starts_with('-');
            let named = capitalized || comma || self.role(token).particle || compound;
            if !named || !(matches!(&*gap, " " | ", " | "-" | "’") || gap == ". " && abbreviated)
            {
                return false;
            }
        }
        false
    }

    /// Whether a token follows `US` where `U.S.` would end a sentence. An outlet that writes no
    /// dots, or a copy that lost them, is cut at the same places.
    fn follows_dotless_acronym(&self, next: usize) -> bool {
        let left = self.words.kind(self.tokens[next - 1].kind);
        let right = &self.words.kind(self.tokens[next].kind).surface;
        self.role(next - 1).acronym == Some(Ending::BeforeOpener)
            && right.chars().skip(1).all(char::is_lowercase)
            && left.surface.chars().all(char::is_uppercase)
            && self.is_opener(next)
    }
}

/// Whether a gap between tokens holds a line without anything on it.
fn is_blank_line(gap: &str) -> bool {
    let mut lines = gap.split('\n').skip(1).peekable();
    std::iter::from_fn(|| lines.next().filter(|_| lines.peek().is_some()))
        .any(|line| line.trim().is_empty())
}

/// Whether a text holds anything that can end a sentence; in doubt, yes.
pub(super) fn may_end_sentence(text: &str) -> bool {
    !text.chars().all(|c| {
        (c.is_ascii() && !matches!(c, '.' | '?' | '!'))
            || matches!(c, '“' | '”' | '‘' | '’' | '–' | '—' | '·' | '•' | '\u{a0}')
    })
}

/// Quotation marks and brackets that may stand between a full stop and the next sentence.
fn is_closing(c: char) -> bool {
    is_quote(c) || matches!(c, ')' | ']' | '}')
}

fn is_quote(c: char) -> bool {
    is_apostrophe(c) || is_double_quote(c) || matches!(c, '»' | '«' | '›' | '‹')
}

/// Whether a text begins with a full stop that is none of an ellipsis.
fn is_one_full_stop(text: &str) -> bool {
    text.strip_prefix('.').is_some_and(|rest| !rest.starts_with('.'))
}

/// The length of a quotation mark with white space on both sides: it closes what came before.
fn lone_quote(text: &str) -> usize {
    let rest = text.trim_start_matches(is_quote);
    if rest.starts_with(char::is_whitespace) { text.len() - rest.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::rules::TextRules;

    fn sentences_of(text: &str, section: Section) -> Vec<String> {
        let mut words = Analyzer::new(Arc::new(TextRules::built_in()));
        let doc = words.analyze(text, &[(Span::from_usize(0, text.len()), section)]);
        doc.sentences.iter().map(|sentence| sentence.span.of(text).to_owned()).collect()
    }

    /// `marked` holds a `|` where a sentence must end.
    fn check(marked: &str) {
        let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
        assert_eq!(sentences_of(&marked.replace(" | ", " "), Section::Body), expected);
    }

    #[test]
    fn full_stops_end_sentences() {
        check("The talks ended. | Nobody spoke. | Why? | Nobody knows!");
        check("They won. | 15 people left. | It cost £5 in all. | £6 was paid.");
        check("See vol. 5 there, in app. 6 or in fig. 7 below.");
        check("It cost $3.5bn in 2023. | The price rose 2.1 points.");
        check("“It is war. | It will go on,” he said.");
    }

    #[test]
    fn a_text_without_full_stops_is_cut_after_some_hundreds_of_words() {
        let text = format!("They met. {}", "War and ".repeat(LONGEST_SENTENCE));
        let sentences = sentences_of(&text, Section::Body);
        let lengths: Vec<usize> = sentences.iter().map(|s| s.split(' ').count()).collect();
        assert_eq!(lengths, [2, LONGEST_SENTENCE, LONGEST_SENTENCE]);
        let just_one = format!("{}met.", "they ".repeat(LONGEST_SENTENCE - 1));
        assert_eq!(sentences_of(&just_one, Section::Body), [just_one]);
    }

    #[test]
    fn a_title_never_ends_a_sentence() {
        check("Talks with Mr. Li and Sen. Smith began. | Then Gen. Mark A. Milley left.");
        check("He met MR. LI there.");
        check("They met Mr. The Rock.");
        check("“Mr. Putin left.” | Then Dr. Ma spoke.");
    }

    #[test]
    fn months_states_and_companies_end_one_only_before_an_opener() {
        check("During his Feb. 2-3 visit he spoke.");
        check("They met on Sept. 22. | Then they left.");
        check("They met in Sept. | The talks failed.");
        check("Apple Inc. Chief Executive Tim Cook left.");
        check("He left Apple Inc. | The shares fell.");
        check("At 3 p.m. Friday they met. | At 5 p.m. | They left.");
    }

    #[test]
    fn dotted_acronyms_end_one_only_before_an_opener() {
        check("A balloon flew over U.S. airspace.");
        check("They met the U.S. President in Bali.");
        check("It was made in the U.S. | The talks failed.");
        check("Agents of the F.B.I. Director left. | He lives in the U.K. | But he works here.");
    }

    #[test]
    fn an_outlet_without_dots_is_cut_at_the_same_places() {
        for dotted in [
            "A balloon flew over U.S. airspace. | It fell.",
            "They met the U.S. President in Bali. | He spoke.",
            "It was made in the U.S. | The talks failed.",
            "He told the U.N. | But nobody heard.",
        ] {
            check(dotted);
            check(&dotted.replace("U.S.", "US").replace("U.N.", "UN"));
        }
        check("It was made in the US. | The talks failed.");
        check("She told us The Hague was far.");
    }

    #[test]
    fn initials_do_not_end_a_sentence() {
        check("George W. Bush and J. K. Rowling met J. A. Smith.");
        check("It was plan B. | The talks failed.");
    }

    #[test]
    fn numbering_does_not_end_one_before_a_number() {
        check("See No. 5 and Art. 12 there.");
        check("“Did you?” | “No.” | Then he left.");
    }

    #[test]
    fn a_quoted_question_goes_on_to_its_speaker() {
        check("“Is it war?” he asked. | Nobody knew.");
        check("\"Is it war?\" Judge Amsel asked.");
        check("“Stop!” President Xi Jinping said on Friday.");
        check("“Is it war?” | The crowd was silent.");
        check("“Is it war?” Anna B. Lund, a harbour pilot, said.");
        check("“Is it war?” NTV co-host Mira Holm asked.");
        check("“Is it war?” Gov. Paul Rask of Norland said in a letter.");
        check("Is it war? | Putin said no.");
    }

    #[test]
    fn a_stray_closing_mark_belongs_to_what_it_closes() {
        check("“It is war. ” | The crowd was silent.");
        check("\"It is war. \" | The crowd was silent.");
    }

    #[test]
    fn full_stops_of_other_scripts_end_sentences() {
        for text in
            ["港口。港口。", "Порт тихий। Порт закрыт।", "代表は港で会いました。港は静かでした。"]
        {
            assert_eq!(sentences_of(text, Section::Body).len(), 2, "{text}");
        }
    }

    #[test]
    fn an_opener_opens_before_an_ellipsis_of_either_form() {
        check("They left at 9 a.m. | The… thing went on.");
        check("They left at 9 a.m. | The... thing went on.");
        check("They met J. A. Smith.");
    }

    #[test]
    fn typographic_marks_cut_like_plain_ones() {
        for text in [
            "“It is war. It goes on,” he said. ‘Why?’ Nobody knew. ” The end.",
            "“Is it war?” Putin asked. “No.” The U.S. ‘The West’ left.",
            "He said… The end. Then he said ‘… no’.",
        ] {
            let fold =
                |s: &str| s.replace(['“', '”'], "\"").replace(['‘', '’'], "'").replace('…', "...");
            let curly = sentences_of(text, Section::Body);
            let curly: Vec<String> = curly.iter().map(|sentence| fold(sentence)).collect();
            assert_eq!(curly, sentences_of(&fold(text), Section::Body));
        }
    }

    #[test]
    fn a_line_break_is_a_space_and_a_blank_line_is_not() {
        check("The talks\nended. | Nobody\r\nspoke\r\nagain.");
        assert_eq!(sentences_of("The talks\r\n \r\nnobody spoke", Section::Body).len(), 2);
        assert_eq!(sentences_of("The talks\n-\nnobody spoke", Section::Body).len(), 1);
    }

    #[test]
    fn a_headline_is_one_sentence() {
        assert_eq!(sentences_of("Is it war? The U.S. says no", Section::Title).len(), 1);
    }

    #[test]
    fn a_block_without_words_has_no_sentence() {
        assert!(sentences_of("* * *", Section::Body).is_empty());
        assert_eq!(sentences_of("Over. * * *", Section::Body), ["Over. * * *"]);
    }
}
