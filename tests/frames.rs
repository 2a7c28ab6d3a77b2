//! The built-in frames as rule tables: what a wording is found as, and what it must not be found as.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

use std::collections::BTreeSet;
use std::sync::Arc;

use parallax::base::{Section, Span};
use parallax::lexicon::{Finder, Kind, Lexicon, LexiconFiles, Matcher, load};
use parallax::text::{Analyzer, TextRules};

/// The topmost frames of one sentence, between blanks.
fn frames(lexicon: &Lexicon, matcher: &Arc<Matcher>, text: &str) -> String {
    let mut words = Analyzer::new(Arc::new(TextRules::built_in()));
    let doc = words.analyze(text, &[(Span::from_usize(0, text.len()), Section::Body)]);
    let found = Finder::new(Arc::clone(matcher)).find(&doc, &words, None);
    let entries = found.mentions.iter().map(|mention| lexicon.entry(mention.entry));
    let frames = entries.filter(|entry| entry.kind == Kind::Frame).map(|entry| entry.category);
    let names: BTreeSet<&str> =
        frames.map(|id| lexicon.category(lexicon.top(id)).path.as_str()).collect();
    names.into_iter().collect::<Vec<_>>().join(" ")
}

/// How many mentions a sentence has of categories below one topmost frame.
fn mentions_of(frame: &str, text: &str) -> usize {
    let lexicon = load(&LexiconFiles::gather(None).unwrap()).unwrap();
    let mut words = Analyzer::new(Arc::new(TextRules::built_in()));
    let matcher = Arc::new(Matcher::new(&lexicon, &words));
    let doc = words.analyze(text, &[(Span::from_usize(0, text.len()), Section::Body)]);
    let found = Finder::new(matcher).find(&doc, &words, None);
    let top = |entry| lexicon.category(lexicon.top(lexicon.entry(entry).category));
    let of_frame = found.mentions.iter().map(|mention| top(mention.entry));
    of_frame.filter(|top| top.kind == Kind::Frame && top.path == frame).count()
}

#[test]
fn an_order_and_its_adjectives_are_one_mention() {
    assert_eq!(mentions_of("order", "They want a stable world order."), 1);
    assert_eq!(mentions_of("order", "A fair and reasonable international order is needed."), 1);
    assert_eq!(mentions_of("order", "A just and equitable world order is needed."), 1);
    assert_eq!(mentions_of("order", "Stability needs an international order."), 2);
}

/// Each line is a sentence and, after `|`, all its frames in order of their names.
#[track_caller]
fn check(table: &str) {
    let lexicon = load(&LexiconFiles::gather(None).unwrap()).unwrap();
    let rules = Arc::new(TextRules::built_in());
    let matcher = Arc::new(Matcher::new(&lexicon, &Analyzer::new(rules)));
    let mut wrong = Vec::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expect) = line.split_once('|').unwrap();
        let got = frames(&lexicon, &matcher, text.trim());
        if got != expect.trim() {
            wrong.push(format!("{text}\n  expected: {expect}\n  found: {got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn somebody_is_held_responsible_for_a_harm() {
    check(
        "The report says the general ordered the killing. | blame human_cost
         The ministry was behind the second strike. | blame war
         They faulted the council for not acting. | blame
         The envoy denied any role in the blast. | blame
         It hid the scale of the losses. | blame
         The firm is responsible for half of the tea imports. | economy
         The keys lay behind the door. |",
    );
}

#[test]
fn a_frame_keeps_its_word_where_another_one_only_needs_it() {
    check(
        "They prepare for an attack. | threat_risk war
         They prepare for a dance. |
         He warned of the prospect of war. | threat_risk war
         The sides want to put an end to the war. | peace_diplomacy war
         They deepened their partnership. | closeness cooperation",
    );
}

#[test]
fn how_relations_stand_is_warmth_or_dispute() {
    check(
        "Relations have reached a historic peak. | closeness
         The two have drawn closer since Russia asked for help. | closeness
         Ties between the capitals sank to a new low. | tension
         The ministry summoned the envoy. | tension
         She tied the boat closer to the wall. |
         The lake sank to a new low. |",
    );
}

#[test]
fn sides_are_taken_and_orders_are_drawn_up() {
    check(
        "He has taken Russia's side. | alignment
         Moscow leans on Beijing ever more. | alignment
         They want to reshape the world order. | order
         They want to reshape the garden. |
         The court order came late. |",
    );
}

#[test]
fn an_escalation_that_has_happened_is_no_prospect() {
    check(
        "The dispute may escalate further. | tension threat_risk
         The dispute escalated. | tension",
    );
}
