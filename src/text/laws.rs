//! What holds for every text, whatever its script or dirt.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use proptest::string::string_regex;
use unicode_segmentation::UnicodeSegmentation;

use crate::base::{Section, Span};
use crate::text::analyzer::Analyzer;
use crate::text::document::Document;
use crate::text::fold::Folded;
use crate::text::list::WordList;
use crate::text::rules::TextRules;

/// Any Unicode, or words and marks as they stand in the news.
fn texts() -> impl Strategy<Value = String> {
    let marks = "[ ]|[.?!…][ ]|[\"'“”‘’«»(),:;–—-]|\n|\r\n|\n\n|\u{a0}|\u{ad}|\u{200d}";
    let words = "[A-Z]?[a-z]{1,8}|[0-9]{1,4}|U[.]S[.]|US|a[.]m[.]|Mr[.]|J[.]|Inc[.]|The|he|said";
    let scripts =
        "é|中|。|א|ל'|ה[\"“”״׳]ל|ก|ा|\u{301}|🇷🇺|ß|İ|ﬁ| co-operation |Russia’s|don’t|_|x_y|3[.]5";
    prop_oneof![
        "\\PC{0,60}",
        prop::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter),
        string_regex(&format!("({marks}|{words}|{scripts}){{0,40}}")).unwrap(),
    ]
}

/// An article of one headline and one or two paragraphs.
fn analyzed(words: &mut Analyzer, title: &str, body: &str) -> (String, Document) {
    let basis = format!("{title}\n\n{body}");
    let middle = title.len() + 2;
    let blocks = [
        (Span::from_usize(0, title.len()), Section::Title),
        (Span::from_usize(middle, basis.len()), Section::Lead),
    ];
    let doc = words.analyze(&basis, &blocks);
    (basis, doc)
}

fn analyzer() -> Analyzer {
    static RULES: LazyLock<Arc<TextRules>> = LazyLock::new(|| Arc::new(TextRules::built_in()));
    Analyzer::new(Arc::clone(&RULES))
}

/// The stems of each sentence.
fn stems(words: &Analyzer, doc: &Document) -> Vec<Vec<String>> {
    let stem = |at: usize| words.kind(doc.tokens[at].kind).stem.clone();
    doc.sentences.iter().map(|sentence| sentence.tokens.clone().map(stem).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tokens_are_in_order_and_inside_their_block(title in texts(), body in texts()) {
        let mut words = analyzer();
        let (basis, doc) = analyzed(&mut words, &title, &body);
        let mut end = 0;
        for paragraph in &doc.paragraphs {
            for token in &doc.tokens[paragraph.tokens.clone()] {
                prop_assert!(paragraph.span.contains(token.span));
                prop_assert!(end <= token.span.start && !token.span.is_empty());
                prop_assert!(token.span.of(&basis).chars().any(char::is_alphanumeric));
                let kind = words.kind(token.kind);
                prop_assert!(!kind.surface.is_empty() && !kind.stem.is_empty());
                end = token.span.end;
            }
        }
    }

    #[test]
    fn sentences_hold_every_token_once(title in texts(), body in texts()) {
        let mut words = analyzer();
        let (basis, doc) = analyzed(&mut words, &title, &body);
        let (mut next, mut end) = (0, 0);
        for (at, paragraph) in doc.paragraphs.iter().enumerate() {
            for sentence in &doc.sentences[paragraph.sentences.clone()] {
                prop_assert_eq!(sentence.paragraph, at);
                prop_assert_eq!(sentence.tokens.start, next);
                prop_assert!(!sentence.tokens.is_empty());
                prop_assert!(paragraph.span.contains(sentence.span));
                prop_assert!(end <= sentence.span.start);
                let text = sentence.span.of(&basis);
                prop_assert_eq!(text.trim(), text);
                for token in &doc.tokens[sentence.tokens.clone()] {
                    prop_assert!(sentence.span.contains(token.span));
                }
                next = sentence.tokens.end;
                end = sentence.span.end;
            }
            prop_assert_eq!(next, paragraph.tokens.end);
        }
        prop_assert_eq!(next, doc.tokens.len());
    }

    #[test]
    fn a_used_analyzer_answers_like_a_new_one(texts in prop::collection::vec(texts(), 1..4)) {
        let mut used = analyzer();
        for text in &texts {
            analyzed(&mut used, text, text);
        }
        for text in &texts {
            let (_, again) = analyzed(&mut used, text, "");
            let mut new = analyzer();
            let (_, first) = analyzed(&mut new, text, "");
            prop_assert_eq!(&again.sentences, &first.sentences);
            prop_assert_eq!(stems(&used, &again), stems(&new, &first));
        }
    }

    /// Without acronyms, joins and folding there is nothing left but UAX #29.
    #[test]
    fn words_are_those_of_unicode_segmentation(text in texts()) {
        let text = Folded::new(&text).text.replace('_', " ").replace(".'", ". ");
        let empty = |bytes| WordList { file: "list.csv", bytes };
        let rules = TextRules::parse(
            empty(b"word,stem\n"),
            empty(b"word\n"),
            empty(b"word,kind\n"),
        ).unwrap();
        let mut words = Analyzer::new(Arc::new(rules));
        let doc = words.analyze(&text, &[(Span::from_usize(0, text.len()), Section::Body)]);
        let got: Vec<&str> = doc
            .tokens
            .iter()
            .map(|token| token.span.of(&text).trim_end_matches('.'))
            .collect();
        let expected: Vec<&str> = text
            .unicode_words()
            .map(|word| word.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end())
            .collect();
        prop_assert_eq!(got, expected);
    }

    #[test]
    fn an_outlets_house_style_changes_nothing(text in texts()) {
        let plain = |text: &str| {
            let text = text.replace(['‘', '’'], "'").replace(['“', '”'], "\"");
            text.replace("co-operation", "cooperation").replace('…', "...")
        };
        let mut words = analyzer();
        let (_, typographic) = analyzed(&mut words, "", &text);
        let (_, straight) = analyzed(&mut words, "", &plain(&text));
        prop_assert_eq!(stems(&words, &typographic), stems(&words, &straight));
    }
}
