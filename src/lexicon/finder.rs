//! Finds lexicon entries in documents; each distinct word is looked up once.

use std::ops::Range;
use std::sync::Arc;

use crate::base::{Interval, Span};
use crate::lexicon::around::{CompiledCancel, CompiledTest, Conditions, PhraseId};
use crate::lexicon::choose::{Candidate, Shifted, choose, shifts};
use crate::lexicon::entry::{EntryId, Kind};
use crate::lexicon::matcher::{Matcher, Rule};
use crate::lexicon::pattern::LONGEST;
use crate::lexicon::tree::Known;
use crate::lexicon::trie::Find;
use crate::text::{Analyzer, Document, Token};

/// One lexicon match in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The entry that matched.
    pub entry: EntryId,
    /// Its tokens, gap words included, as positions in `Document::tokens`.
    pub tokens: Range<usize>,
    /// From the first to the last of them.
    pub span: Span,
    /// Position in `Document::sentences`.
    pub sentence: usize,
}

/// How the mentions of a frame would change if an entry were not in its lexicon, beyond the loss of
/// its own: the words that it takes become free for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The entry, which may be a blocker.
    pub without: EntryId,
    /// Whether the mention would then count; else it would no longer.
    pub appears: bool,
    /// A mention of another entry.
    pub mention: Mention,
}

/// Every mention of one document, each list sorted by (span, entry).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Actors, frames, concepts, labels and pairs; blockers do not appear.
    pub mentions: Vec<Mention>,
    /// Cues of `voice.csv`.
    pub cues: Vec<Mention>,
    /// What would change among the frames without one of their entries, by mention, then entry.
    pub shifts: Vec<Shift>,
}

/// Finds mentions; each worker thread has its own, bound to its own analyzer.
pub struct Finder {
    matcher: Arc<Matcher>,
    /// The types among the words of terms, and of the phrases in one sentence and in the article.
    terms: Known,
    in_sentence: Known,
    in_article: Known,
    here: Here,
    weighing: Weighing,
}

/// What was found in one document, before conditions.
#[derive(Default)]
struct Here {
    /// Matches of entries: (sentence, start in the sentence, match), in reading order.
    entries: Vec<(usize, usize, Find)>,
    /// Phrases of conditions in one sentence, in order of phrase and place.
    phrases: Vec<Phrase>,
    /// By phrase: whether it stands anywhere in the article.
    in_article: Vec<bool>,
    finds: Vec<Find>,
}

/// A phrase of a condition in its place; positions count tokens from the start of the sentence.
struct Phrase {
    id: PhraseId,
    start: usize,
    end: usize,
}

impl Here {
    /// One pass over the article: every entry in it.
    fn collect(&mut self, matcher: &Matcher, known: &Known, doc: &Document) {
        self.entries.clear();
        for (at, sentence) in doc.sentences.iter().enumerate() {
            for (start, from_here) in known.starts(&doc.tokens[sentence.tokens.clone()]) {
                matcher.terms.trie.find(from_here, &mut self.finds);
                self.entries.extend(self.finds.drain(..).map(|find| (at, start, find)));
            }
        }
    }

    /// One pass over the article: which phrases of conditions stand anywhere in it.
    fn collect_in_article(&mut self, matcher: &Matcher, known: &Known, doc: &Document) {
        self.in_article.clear();
        self.in_article.resize(matcher.n_in_article, false);
        for sentence in &doc.sentences {
            for (_, from_here) in known.starts(&doc.tokens[sentence.tokens.clone()]) {
                matcher.in_article.trie.find(from_here, &mut self.finds);
                for find in self.finds.drain(..) {
                    self.in_article[find.pattern as usize] = true;
                }
            }
        }
    }

    /// One pass over a sentence: every phrase that a condition may ask for.
    fn collect_phrases(&mut self, matcher: &Matcher, known: &Known, tokens: &[Token]) {
        self.phrases.clear();
        for (start, from_here) in known.starts(tokens) {
            matcher.in_sentence.trie.find(from_here, &mut self.finds);
            self.phrases.extend(self.finds.drain(..).map(|Find { pattern: id, words }| {
                let end = start + (u64::BITS - words.leading_zeros()) as usize;
                Phrase { id, start, end }
            }));
        }
        self.phrases.sort_unstable_by_key(|p| (p.id, p.start, p.end));
    }
}

/// What conditions may look at.
struct Surroundings<'a> {
    phrases: &'a [Phrase],
    in_article: &'a [bool],
}

impl Surroundings<'_> {
    fn allow(&self, rule: &Rule, tokens: &Range<usize>) -> bool {
        let Some(Conditions { cancels, all, none }) = rule.conditions.as_deref() else {
            return true;
        };
        let cancelled = cancels.iter().any(|cancel| self.cancels(cancel, tokens));
        let holds = |any: &Vec<CompiledTest>| any.iter().any(|test| self.holds(*test));
        !cancelled && all.iter().all(holds) && !none.iter().any(|test| self.holds(*test))
    }

    fn holds(&self, test: CompiledTest) -> bool {
        if test.in_article {
            self.in_article[test.phrase as usize]
        } else {
            !self.of(test.phrase, 0..usize::MAX).is_empty()
        }
    }

    /// The places of a phrase that begin there. Looked up, not searched for: of a text such as `war
    /// war war ...` every word is a phrase.
    fn of(&self, phrase: PhraseId, starts: Range<usize>) -> &[Phrase] {
        let before =
            |place: usize| self.phrases.partition_point(|p| (p.id, p.start) < (phrase, place));
        &self.phrases[before(starts.start)..before(starts.end)]
    }

    fn cancels(&self, cancel: &CompiledCancel, tokens: &Range<usize>) -> bool {
        match *cancel {
            CompiledCancel::There(test) => self.holds(test),
            CompiledCancel::Overlapping(phrase) => {
                let starts = tokens.start.saturating_sub(LONGEST)..tokens.end;
                self.of(phrase, starts).iter().any(|p| tokens.start < p.end)
            }
            CompiledCancel::Around { before, after } => {
                let ends_near = |(phrase, gap)| {
                    let ends = tokens.start.saturating_sub(usize::from(gap))..=tokens.start;
                    let starts = ends.start().saturating_sub(LONGEST)..tokens.start + 1;
                    self.of(phrase, starts).iter().any(|p| ends.contains(&p.end))
                };
                let starts_near = |(phrase, gap)| {
                    let starts = tokens.end..tokens.end + usize::from(gap) + 1;
                    !self.of(phrase, starts).is_empty()
                };
                before.is_none_or(ends_near) && after.is_none_or(starts_near)
            }
        }
    }
}

/// Whether an entry may match an article of this date: it is out only if every moment at which the
/// article may have appeared lies outside.
fn in_force(rule: &Rule, when: Option<Interval>) -> bool {
    when.is_none_or(|when| when.overlaps(rule.in_force))
}

impl Finder {
    /// A finder that has looked up no word yet.
    pub fn new(matcher: Arc<Matcher>) -> Self {
        let [terms, in_sentence, in_article] = <[Known; 3]>::default();
        let (here, weighing) = <(Here, Weighing)>::default();
        Self { matcher, terms, in_sentence, in_article, here, weighing }
    }

    /// The mentions of a document. `when` is the article's publication interval, for dated entries;
    /// `words` must be the same analyzer for every document.
    pub fn find(&mut self, doc: &Document, words: &Analyzer, when: Option<Interval>) -> Found {
        self.terms.learn(&self.matcher.terms, words);
        self.in_sentence.learn(&self.matcher.in_sentence, words);
        self.in_article.learn(&self.matcher.in_article, words);
        self.here.collect(&self.matcher, &self.terms, doc);
        self.here.collect_in_article(&self.matcher, &self.in_article, doc);
        let mut found = Found::default();
        let entries = std::mem::take(&mut self.here.entries);
        for of_sentence in entries.chunk_by(|one, other| one.0 == other.0) {
            let sentence = of_sentence[0].0;
            let rule = |find: &Find| &self.matcher.rules[find.pattern as usize];
            if of_sentence.iter().any(|(.., find)| rule(find).asks_sentence) {
                let tokens = &doc.tokens[doc.sentences[sentence].tokens.clone()];
                self.here.collect_phrases(&self.matcher, &self.in_sentence, tokens);
            }
            self.weighing.weigh(&self.matcher, &self.here, of_sentence, when);
            for (kind, candidates) in Kind::ALL.into_iter().zip(&self.weighing.by_kind) {
                let list = if kind == Kind::Cue { &mut found.cues } else { &mut found.mentions };
                list.extend(candidates.iter().map(|c| mention(doc, sentence, c)));
            }
            found.shifts.extend(self.weighing.shifts.drain(..).map(|shifted| Shift {
                without: shifted.without,
                appears: shifted.appears,
                mention: mention(doc, sentence, &shifted.candidate),
            }));
        }
        self.here.entries = entries;
        found.mentions.sort_unstable_by_key(|m| (m.span, m.entry));
        found.cues.sort_unstable_by_key(|m| (m.span, m.entry));
        found
            .shifts
            .sort_unstable_by_key(|s| (s.mention.span, s.mention.entry, s.without, s.appears));
        found
    }
}

/// The matches of one sentence whose conditions hold, by lexicon in the order of [`Kind::ALL`].
#[derive(Default)]
struct Weighing {
    by_kind: [Vec<Candidate>; Kind::ALL.len()],
    /// What would change among the frames.
    shifts: Vec<Shifted>,
    before: Vec<Candidate>,
    taken: Vec<bool>,
}

impl Weighing {
    /// Leaves in `by_kind` the matches of one sentence that count.
    fn weigh(
        &mut self,
        matcher: &Matcher,
        here: &Here,
        of_sentence: &[(usize, usize, Find)],
        when: Option<Interval>,
    ) {
        let around = Surroundings { phrases: &here.phrases, in_article: &here.in_article };
        self.by_kind.iter_mut().for_each(Vec::clear);
        for &(_, start, Find { pattern, words }) in of_sentence {
            let rule = &matcher.rules[pattern as usize];
            let (category, blocker) = (rule.category, rule.blocker);
            let entry = EntryId(pattern);
            let candidate = Candidate { start, words, entry, category, blocker };
            if in_force(rule, when) && around.allow(rule, &(start..candidate.end())) {
                self.by_kind[rule.kind as usize].push(candidate);
            }
        }
        for (kind, candidates) in Kind::ALL.into_iter().zip(&mut self.by_kind) {
            if kind != Kind::Frame {
                choose(candidates, &mut self.taken);
                continue;
            }
            self.before.clone_from(candidates);
            choose(candidates, &mut self.taken);
            if candidates.len() < self.before.len() {
                shifts(&self.before, candidates, &mut self.taken, &mut self.shifts);
            }
        }
    }
}

fn mention(doc: &Document, sentence: usize, candidate: &Candidate) -> Mention {
    let first = doc.sentences[sentence].tokens.start;
    let tokens = first + candidate.start..first + candidate.end();
    let (from, to) = (doc.tokens[tokens.start].span, doc.tokens[tokens.end - 1].span);
    Mention { entry: candidate.entry, tokens, span: Span::new(from.start, to.end), sentence }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::Section;
    use crate::lexicon::entry::Lexicon;
    use crate::lexicon::{LexiconFiles, load};
    use crate::text::TextRules;

    const HEADER: &str = "category,term,match,weight,unless,requires,valid_from,valid_to\n";

    fn lexicon(file: &str, rows: &str) -> Lexicon {
        let (rows, no_cues) = (format!("{HEADER}{rows}"), ("voice.csv", HEADER));
        let texts = [(file, rows.as_str()), no_cues];
        load(&LexiconFiles::of_texts(&texts[..if file == no_cues.0 { 1 } else { 2 }])).unwrap()
    }

    /// `category: words` of every mention, in reading order.
    fn found(lexicon: &Lexicon, text: &str, when: Option<Interval>) -> Vec<String> {
        let rules = Arc::new(TextRules::built_in());
        let matcher = Matcher::new(lexicon, &Analyzer::new(Arc::clone(&rules)));
        let mut analyzer = Analyzer::new(rules);
        let doc = analyzer.analyze(text, &[(Span::from_usize(0, text.len()), Section::Body)]);
        let found = Finder::new(Arc::new(matcher)).find(&doc, &analyzer, when);
        let show = |m: &Mention| {
            let category = lexicon.entry(m.entry).category;
            format!("{}: {}", lexicon.category(category).path, m.span.of(text))
        };
        found.mentions.iter().map(show).collect()
    }

    #[track_caller]
    fn check(rows: &str, text: &str, expect: &[&str]) {
        assert_eq!(found(&lexicon("frames.csv", rows), text, None), expect, "{text}");
    }

    #[test]
    fn a_choice_finds_each_of_its_phrases() {
        let rows = "closeness,close|warm .. ties|bonds,stem,,,,,\n";
        check(
            rows,
            "Close old ties, warm bonds.",
            &["closeness: Close old ties", "closeness: warm bonds"],
        );
        check(rows, "The ties are close.", &[]);
    }

    #[test]
    fn a_word_that_stays_free_is_needed_and_counts_elsewhere() {
        let rows = "blame,behind .. (attack|attacks),word,,,,,\nwar,attack,stem,,,,,\n";
        check(rows, "He was behind two attacks.", &["blame: behind", "war: attacks"]);
        check(rows, "He hid behind a tree.", &[]);
        let longer = "blame,ordered (the) .. (attack),word,,,,,\nwar,ordered the,word,,,,,\n";
        check(longer, "He ordered the second attack.", &["war: ordered the"]);
    }

    #[test]
    fn stems_match_any_form_and_words_only_their_own() {
        check(
            "a,sanction,stem",
            "Sanctions sanctioned sanctity.",
            &["a: Sanctions", "a: sanctioned"],
        );
        check("a,ally,word", "An Ally allies.", &["a: Ally"]);
        check("a,May,lower", "In May it may end.", &["a: may"]);
    }

    #[test]
    fn us_is_never_us() {
        let rows = "us,US,case\nus,USA,case";
        let text = "Tell us. US-led, U.S., U.S.-backed, USA; join us, US!";
        let all = ["us: US", "us: U.S.", "us: U.S.", "us: USA", "us: US"];
        assert_eq!(found(&lexicon("actors.csv", rows), text, None), all);
    }

    #[test]
    fn lower_case_words_of_a_case_term_match_any_case() {
        let text = "The West said the West and THE WEST go west.";
        check("w,the West,case", text, &["w: The West", "w: the West", "w: THE WEST"]);
    }

    #[test]
    fn possessives_and_curly_apostrophes_do_not_hide_a_name() {
        check(
            "r,Russia,case",
            "Russia’s, Russia's, Russia",
            &["r: Russia’s", "r: Russia's", "r: Russia"],
        );
    }

    #[test]
    fn a_star_matches_beginnings_and_a_hyphen_splits_like_a_blank() {
        check("a,militar* build-up", "militarised build up", &["a: militarised build up"]);
        check("a,no limits", "a no-limits deal", &["a: no-limits"]);
        check("a,co-operat*", "co-operation, cooperating", &["a: co-operation", "a: cooperating"]);
        check("a,condemn,prefix", "condemnation contempt", &["a: condemnation"]);
    }

    #[test]
    fn a_gap_skips_up_to_three_words_or_as_many_as_it_says() {
        check("a,fuel .. war", "fuel war; fuel a b c war.", &["a: fuel war", "a: fuel a b c war"]);
        check("a,fuel .. war", "fuel a b c d war.", &[]);
        check("a,fuel ..4 war", "fuel a b c d war.", &["a: fuel a b c d war"]);
        check("a,fuel ..0 war", "fuel a war.", &[]);
    }

    #[test]
    fn the_longest_match_counts_across_the_categories_of_a_lexicon() {
        let rows = "war,war\ntrade,trade war\nwar,proxy war\nblame,proxy war";
        check(rows, "A trade war.", &["trade: trade war"]);
        check(rows, "A proxy war, a war.", &["blame: proxy war", "war: proxy war", "war: war"]);
    }

    #[test]
    fn a_category_counts_once_for_the_same_words() {
        check("a,ally\na,allies,word", "their allies", &["a: allies"]);
    }

    #[test]
    fn lexicons_never_compete() {
        let file = |rows: &str| format!("{HEADER}{rows}");
        let texts = [
            ("actors.csv", file("russia,Russia,case\nukraine,Ukraine,case")),
            ("concepts.csv", file("the_war,Russia-Ukraine,case")),
            ("labels.csv", file("the_war/conflict,russia-ukraine conflict")),
        ];
        let texts = texts.each_ref().map(|(name, text)| (*name, text.as_str()));
        let lexicon = load(&LexiconFiles::of_texts(&texts)).unwrap();
        let expect = [
            "russia: Russia",
            "the_war: Russia-Ukraine",
            "the_war/conflict: Russia-Ukraine conflict",
            "ukraine: Ukraine",
        ];
        assert_eq!(found(&lexicon, "The Russia-Ukraine conflict", None), expect);
    }

    #[test]
    fn a_match_never_crosses_a_sentence() {
        check("a,war crime", "It was a war. Crime rose.", &[]);
        check("a,war .. crime", "It was a war. Crime rose.", &[]);
        check("a,war crime", "It was a war crime.", &["a: war crime"]);
    }

    #[test]
    fn a_phrase_cancels_where_it_overlaps_and_a_word_anywhere_in_the_sentence() {
        check("war,war,stem,1,trade war", "A trade war, then a war.", &["war: war"]);
        check("t,trade,stem,1,trade barbs|war", "They trade. They trade barbs.", &["t: trade"]);
        check("t,trade,stem,1,trade barbs|war", "In the war they trade.", &[]);
        check("t,trade,stem,1,doc:war", "They trade. A war.", &[]);
    }

    #[test]
    fn an_underscore_asks_for_the_words_beside_the_match() {
        let rows = "w,Washington,case,1,_ Post|George _";
        check(rows, "George Washington read the Washington Post.", &[]);
        check(rows, "Washington lost the post to George.", &["w: Washington"]);
        check("r,Russian,case,1,_ ..3 Studies", "Russian and Asian Studies", &[]);
        check("r,Russian,case,1,_ ..3 Studies", "Russian studies", &["r: Russian"]);
    }

    #[test]
    fn a_condition_looks_at_the_sentence_or_with_doc_at_the_article() {
        let rows = "n,ministry,stem,1,,Chinese|doc:Beijing";
        check(rows, "The Chinese ministry.", &["n: ministry"]);
        check(rows, "Chinese tea. The ministry.", &[]);
        check(rows, "The ministry. In Beijing.", &["n: ministry"]);
        check("n,ministry,stem,1,,doc:US", "The ministry told us.", &[]);
    }

    #[test]
    fn or_then_and_then_but_not() {
        let rows = "v,Xi,case,1,,Moscow|Russia + visit ~ cancel";
        check(rows, "Xi began his visit to Russia.", &["v: Xi"]);
        check(rows, "Xi is in Moscow.", &[]);
        check(rows, "Xi cancelled his visit to Moscow.", &[]);
        check(
            "o,offensive,stem,1,,doc:Ukraine ~ charm offensive",
            "Ukraine's offensive.",
            &["o: offensive"],
        );
        check(
            "o,offensive,stem,1,,doc:Ukraine ~ charm offensive",
            "Ukraine's charm offensive.",
            &[],
        );
    }

    #[test]
    fn conditions_are_weighed_before_the_longest_match() {
        let rows = "a,war\nb,war crime,stem,1,,tribunal";
        check(rows, "A war crime.", &["a: war"]);
        check(rows, "A war crime tribunal.", &["b: war crime"]);
    }

    #[test]
    fn a_blocker_takes_its_words_and_counts_nothing() {
        let rows = "blocker,Institute of ..8 Studies,case\nblocker/place,South Sudan,case\n\
                    r,Russian,case\ns,Sudan,case";
        let text = "The Institute of Russian, Eastern European, and Asian Studies in South Sudan";
        check(rows, text, &[]);
        check(rows, "A Russian institute in Sudan", &["r: Russian", "s: Sudan"]);
    }

    #[test]
    fn what_would_count_without_an_entry_is_found_with_the_mentions() {
        let lexicon = lexicon("frames.csv", "war,war\ntrade,trade war\ntrade,trade");
        let rules = Arc::new(TextRules::built_in());
        let matcher = Matcher::new(&lexicon, &Analyzer::new(Arc::clone(&rules)));
        let mut analyzer = Analyzer::new(rules);
        let text = "A trade war. A war.";
        let doc = analyzer.analyze(text, &[(Span::from_usize(0, text.len()), Section::Body)]);
        let found = Finder::new(Arc::new(matcher)).find(&doc, &analyzer, None);
        let term = |id| lexicon.entry(id).term.as_str();
        let shifts: Vec<_> = found
            .shifts
            .iter()
            .map(|s| (term(s.without), s.appears, s.mention.span.of(text), s.mention.sentence))
            .collect();
        assert_eq!(
            shifts,
            [("trade war", true, "trade", 0), ("trade war", true, "war", 0)],
            "the war of the second sentence stands in nobody's way"
        );
    }

    #[test]
    fn nt_matches_as_a_word_ending() {
        let lexicon = lexicon("voice.csv", "negator,n't");
        let rules = Arc::new(TextRules::built_in());
        let matcher = Matcher::new(&lexicon, &Analyzer::new(Arc::clone(&rules)));
        let mut analyzer = Analyzer::new(rules);
        let text = "It doesn’t and won't, not the nt.";
        let doc = analyzer.analyze(text, &[(Span::from_usize(0, text.len()), Section::Body)]);
        let found = Finder::new(Arc::new(matcher)).find(&doc, &analyzer, None);
        let words: Vec<&str> = found.cues.iter().map(|m| m.span.of(text)).collect();
        assert_eq!(words, ["doesn’t", "won't"]);
        assert!(found.mentions.is_empty());
    }

    #[test]
    fn an_entry_is_out_only_if_the_whole_interval_of_the_article_is() {
        let lexicon = lexicon("frames.csv", "p,Trump,case,1,,,1970-01-02,1970-01-03");
        let at = |from, to| !found(&lexicon, "Trump", Some(Interval { from, to })).is_empty();
        let day = 86_400;
        assert!(!at(0, day - 1) && at(0, day) && at(2 * day, 9 * day) && !at(3 * day, 9 * day));
        assert_eq!(found(&lexicon, "Trump", None), ["p: Trump"]);
    }

    const ROWS: [&str; 9] = [
        "war,war",
        "war,trade war",
        "trade,trade",
        "blame,fuel .. war",
        "war,the war,,,,tank",
        "blocker,trade fair",
        "trade,war,,,tank",
        "war,tank",
        "blame,war,,,trade war",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_order_of_rows_never_matters(
            rows in Just(ROWS.to_vec()).prop_shuffle(),
            words in prop::collection::vec(
                prop::sample::select(vec!["war", "trade", "fuel", "the", "tank", "fair", "so."]), 0..30),
        ) {
            let text = words.join(" ");
            let sorted = found(&lexicon("frames.csv", &ROWS.join("\n")), &text, None);
            prop_assert_eq!(&found(&lexicon("frames.csv", &rows.join("\n")), &text, None), &sorted);
        }
    }
}
