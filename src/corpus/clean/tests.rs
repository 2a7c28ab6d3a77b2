//! What cleaning keeps and removes, on the seeds and on texts of our own writing.

use std::path::PathBuf;
use std::sync::LazyLock;

use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::base::Zone;
use crate::corpus::ReadOptions;
use crate::corpus::article::{Basis, TextBasis};
use crate::corpus::open;

/// Compiled once for all tests.
static RULES: LazyLock<CleaningRules> = LazyLock::new(CleaningRules::built_in);

fn file(text: &str) -> Article {
    let basis = Basis { text: text.into(), ..Basis::default() };
    clean(Draft { basis, ..Draft::default() }, &RULES)
}

fn record(title: &str, text: &str) -> Article {
    let all = format!("{title}\n\n{text}");
    let text_start = title.len() as u32 + 2;
    let basis = Basis { text: all, text_start, kind: TextBasis::Record };
    let title = Some(Span::from_usize(0, title.len()));
    clean(Draft { basis, title, ..Draft::default() }, &RULES)
}

fn kept(article: &Article) -> Vec<&str> {
    article.blocks.iter().map(|block| block.span.of(&article.draft.basis.text)).collect()
}

fn removed(article: &Article) -> Vec<(&str, &str)> {
    let text = &article.draft.basis.text;
    article.removals.iter().map(|r| (r.rule.as_str(), r.span.of(text))).collect()
}

/// Blocks and removals are in order, do not overlap, and leave only white space.
fn obeys_the_law(article: &Article) -> Result<(), String> {
    let text = &article.draft.basis.text;
    let mut spans: Vec<Span> = article.blocks.iter().map(|block| block.span).collect();
    if !spans.is_sorted() || !article.removals.is_sorted_by_key(|removal| removal.span) {
        return Err("out of order".into());
    }
    spans.extend(article.removals.iter().map(|removal| removal.span));
    spans.sort();
    let mut at = 0;
    for span in spans {
        let gap = text.get(at..span.start as usize).ok_or("overlap, or not on a boundary")?;
        let inside = text.get(span.range()).ok_or("not on a boundary")?;
        if !gap.trim().is_empty() || inside.trim() != inside || inside.is_empty() {
            return Err(format!("gap {gap:?}, span {inside:?}"));
        }
        at = span.end as usize;
    }
    if text[at..].trim().is_empty() { Ok(()) } else { Err(format!("left {:?}", &text[at..])) }
}

fn seeds() -> Vec<Article> {
    let reader = open(&[PathBuf::from("seeds")], &ReadOptions::default()).unwrap();
    reader.map(|draft| clean(draft.unwrap(), &RULES)).collect()
}

#[test]
fn the_seeds_lose_what_is_not_the_articles_own_words() {
    let seeds = seeds();
    let words = |article: &Article| -> usize {
        kept(article).iter().map(|block| block.unicode_words().count()).sum()
    };
    assert_eq!(seeds.iter().map(words).collect::<Vec<_>>(), [546, 292, 529]);
    let rules = |article: &Article| -> Vec<String> {
        article.removals.iter().map(|removal| removal.rule.clone()).collect()
    };
    assert_eq!(rules(&seeds[0]), ["timestamp"]);
    let reuters = [
        "advertisement",
        "advertisement",
        "byline",
        "byline",
        "timestamp",
        "dateline",
        "caption",
        "repeat",
        "credit",
        "about",
        "about",
        "about",
        "prompt",
        "advertisement",
    ];
    assert_eq!(rules(&seeds[1]), reuters);
    assert_eq!(seeds[1].blocks.len(), 22 - 13);
    assert_eq!(rules(&seeds[2]), ["caption", "dateline"]);
    assert!(seeds.iter().all(|article| obeys_the_law(article).is_ok()));
}

#[test]
fn the_seeds_say_when_they_were_published() {
    let dates: Vec<_> = seeds()
        .into_iter()
        .map(|article| article.draft.published)
        .map(|date| (date.day.unwrap(), date.time.unwrap_or_default(), date.zone))
        .collect();
    assert_eq!(dates[0], ("2023-02-04".into(), "15:27".into(), Zone::Unknown));
    assert_eq!(dates[1], ("2023-02-04".into(), "03:53".into(), Zone::Utc));
    assert_eq!(dates[2], ("2023-09-22".into(), String::new(), Zone::Unknown));
}

#[test]
fn the_headline_is_the_first_line_that_stays() {
    let seeds = seeds();
    let title =
        |article: &Article| article.draft.title.unwrap().of(&article.draft.basis.text).to_owned();
    assert!(title(&seeds[1]).starts_with("China says political trust"));
    assert!(seeds.iter().all(|article| article.blocks[0].section == Section::Title));
    assert!(seeds.iter().all(|article| article.blocks[1].section == Section::Lead));
}

#[test]
fn a_text_that_starts_with_its_lead_has_no_headline() {
    let article =
        file("MOSCOW (Reuters) - The envoy met the minister on Friday.\n\nThey spoke of gas.");
    assert_eq!(article.draft.title, None);
    assert_eq!(article.blocks[0].section, Section::Lead);
    for lead in ["The envoys met.", "They met on Friday. “It is late,” Lund said.\n\nThey left."]
    {
        assert_eq!(file(lead).draft.title, None, "{lead}");
    }
    for headline in ["Envoys meet", "Mr. Lund meets U.S. envoys.\n\nThey met.", "A deal.\n\nIt is."]
    {
        assert!(file(headline).draft.title.is_some(), "{headline}");
    }
}

#[test]
fn a_line_above_the_headline_is_no_lead() {
    let text =
        "Sport\n\nHarbour wins the cup\n\nThe harbour town won the cup on Friday, its first.";
    let at = text.find("Harbour").unwrap();
    let basis = Basis { text: text.into(), ..Basis::default() };
    let title = Some(Span::from_usize(at, at + "Harbour wins the cup".len()));
    let article = clean(Draft { basis, title, ..Draft::default() }, &RULES);
    let sections: Vec<Section> = article.blocks.iter().map(|block| block.section).collect();
    assert_eq!(sections, [Section::Body, Section::Title, Section::Lead]);
}

#[test]
fn a_headline_repeated_in_the_text_goes() {
    let article = record("China’s envoy visits", "China's envoy visits\n\nHe met the minister.");
    assert_eq!(kept(&article), ["China’s envoy visits", "He met the minister."]);
    assert_eq!(removed(&article), [("repeat", "China's envoy visits")]);
    assert_eq!(article.removals[0].repeats, article.draft.title);
}

#[test]
fn the_outlets_own_name_is_no_part_of_a_headline() {
    let named = |text: &str| {
        let basis = Basis { text: text.into(), ..Basis::default() };
        let outlet = "Example News".into();
        clean(Draft { basis, outlet, ..Draft::default() }, &RULES)
    };
    let article = named("Envoy in Moscow - Example News\n\nJane Doe\n\nExample News\n\nHe left.");
    assert_eq!(kept(&article), ["Envoy in Moscow", "He left."]);
    let expect = [("byline", "- Example News"), ("byline", "Jane Doe"), ("byline", "Example News")];
    assert_eq!(removed(&article), expect);
    obeys_the_law(&article).unwrap();
    let article = named("Envoy in Moscow\nExample News\n\nHe left.");
    assert_eq!(kept(&article), ["Envoy in Moscow", "He left."]);
    assert_eq!(kept(&named("Envoy - Other News\n\nHe left."))[0], "Envoy - Other News");
}

#[test]
fn short_replies_may_repeat() {
    let article = record("Interview", "Thank you very much.\n\nWhat now?\n\nThank you very much.");
    assert_eq!(article.removals, []);
}

#[test]
fn without_rules_everything_counts() {
    let basis = Basis { text: "Title\n\nAdvertisement\n\nText.".into(), ..Basis::default() };
    let article = clean(Draft { basis, ..Draft::default() }, &CleaningRules::default());
    assert_eq!(kept(&article), ["Title", "Advertisement", "Text."]);
}

/// A paragraph of prose, so that head and tail can be told apart.
const PROSE: &str = "The two ministers spoke for three hours about trade, gas and the border, and \
                     agreed to meet again in spring when the new bridge across the river opens.";

/// The rule that removes a line at the top, in the middle or at the end of an article.
#[track_caller]
fn check(line: &str, place: &str, expect: Option<&str>) {
    let text = match place {
        "top" => format!("{line}\n\n{PROSE} One.\n\n{PROSE} Two.\n\n{PROSE} Three."),
        "middle" => {
            format!("{PROSE} One.\n\n{PROSE} Two.\n\n{line}\n\n{PROSE} Three.\n\n{PROSE} Four.")
        }
        _ => format!("{PROSE} One.\n\n{PROSE} Two.\n\n{PROSE} Three.\n\n{line}"),
    };
    let article = record("Ministers meet", &text);
    obeys_the_law(&article).unwrap();
    let rules: Vec<_> = article.removals.iter().map(|removal| removal.rule.as_str()).collect();
    assert_eq!(rules, expect.into_iter().collect::<Vec<_>>(), "{line}");
}

#[test]
fn lines_that_are_not_the_articles_own_words_go() {
    for (line, place, rule) in [
        ("ADVERTISEMENT", "middle", "advertisement"),
        ("Story Continued Below", "middle", "advertisement"),
        ("By Jane Doe, Example News", "top", "byline"),
        ("By JANE DOE and JOHN ROE", "top", "byline"),
        ("Updated at 7:35 p.m. ET", "top", "timestamp"),
        ("Saturday, February 4, 2023 3:27 PM", "top", "timestamp"),
        ("3 hours ago", "top", "timestamp"),
        ("The envoy (right) shakes hands with the minister (left) in Moscow.", "middle", "caption"),
        ("The envoy arrives in Moscow. (Photo by Jane Doe/Example)", "middle", "caption"),
        ("The envoy arrives in Moscow on Friday. Jane Doe/Getty Images", "middle", "caption"),
        (
            "FILE - In this Oct. 2, 2019, file photo, the envoy speaks in Moscow.",
            "middle",
            "caption",
        ),
        ("Photo: Jane Doe", "middle", "caption"),
        ("(Reporting by Jane Doe in Moscow; Editing by John Roe)", "end", "credit"),
        ("The Associated Press contributed to this report.", "end", "credit"),
        ("Copyright © 2019 Example News, LLC.", "end", "credit"),
        (
            "Jane Doe is a columnist for the Example and the author of a book on rivers.",
            "end",
            "about",
        ),
        ("Sign up for our newsletter", "middle", "prompt"),
        ("CLICK HERE TO GET THE EXAMPLE APP", "middle", "prompt"),
        ("Follow Jane Doe on Twitter: @janedoe", "end", "prompt"),
        ("Read more: Envoy leaves Moscow", "middle", "prompt"),
        ("Read the rest here.", "end", "prompt"),
        ("* * *", "middle", "separator"),
    ] {
        check(line, place, Some(rule));
    }
}

#[test]
fn sentences_that_look_like_boilerplate_stay() {
    for (line, place) in [
        ("By Friday the troops had left.", "top"),
        ("By Friday, Russia had withdrawn.", "top"),
        ("By contrast, Beijing stayed silent.", "middle"),
        ("Photos of the damage spread quickly, officials said.", "middle"),
        ("He told reporters to read more about the treaty.", "middle"),
        ("Follow the money, she said.", "middle"),
        ("The war has contributed to the rise in prices.", "end"),
        ("Published reports say the talks failed in 2023.", "middle"),
        ("NATO — long divided — agreed on Friday to send more troops.", "top"),
        ("Putin is a former intelligence officer, the report said.", "end"),
        ("Advertisement spending fell by half in Moscow last year.", "middle"),
        ("The paper was right (left-leaning readers disagreed).", "middle"),
        ("Updated missiles were delivered on 4 March.", "middle"),
        ("By signing the treaty, both sides pledged to deepen cooperation.", "middle"),
        ("Many Russians sign up for the army because of the pay.", "middle"),
        ("Beijing urged states to subscribe to the one-China principle.", "middle"),
        ("Like many Chinese diplomats, he is active on Twitter.", "middle"),
        ("Follow-up talks will be held on Facebook and on television.", "middle"),
        ("Media sources in Kyiv reported new strikes on the port.", "middle"),
        ("Satellite images taken by a private firm showed a long convoy.", "middle"),
        ("Photos by a satellite show tanks near the border.", "middle"),
        ("This video is evidence of a crime, the ministry wrote.", "middle"),
        ("China’s exports rose by five percent in March, customs figures show.", "middle"),
        ("Production from the fields in Siberia fell by a tenth.", "end"),
        ("Reporting by foreign journalists is dangerous in the region.", "end"),
        ("He gave tips to investigators.", "end"),
        ("The views expressed by Putin in Munich were a warning.", "middle"),
        ("Do you have a right to silence?", "middle"),
        ("The Associated Press (AP) reported that talks had failed.", "top"),
        ("Copyright battles between the two countries are not new.", "top"),
        ("To see more troops come home, voters would pay.", "middle"),
        ("He got up, left, and returned in 2019.", "middle"),
        ("Poor weather contributed.", "end"),
        ("Wang Yi is director of the office, a post he took in January.", "end"),
        ("Users can follow events on Facebook from anywhere in the country.", "end"),
        ("This article was published by a paper in Moscow in 2014.", "middle"),
        ("Rep. Jane Doe (R) of California called the deal a surrender.", "middle"),
        ("The company is backed by Reuters and AP", "middle"),
    ] {
        check(line, place, None);
    }
}

#[test]
fn an_agencys_name_at_the_end_of_a_paragraph_goes_without_it() {
    for end in ["(Reuters)", "[AFP]", "– AFP", "— Bernama"] {
        let article = record("Title", &format!("Exports rose by five percent in March. {end}"));
        assert_eq!(removed(&article), [("credit", end)]);
        assert_eq!(kept(&article)[1], "Exports rose by five percent in March.");
    }
    let article = file("Envoy in Moscow | Reuters\n\nHe left the city on Friday.");
    assert_eq!(article.draft.title.map(|title| title.start), Some(0));
}

#[test]
fn only_the_dateline_goes_from_its_paragraph() {
    for (dateline, rest) in [
        ("SHANGHAI (Reuters) –", "China said on Saturday that talks went well."),
        ("WASHINGTON, Feb 3 (AP) -", "The envoy left."),
        ("BEIJING, Feb. 4 (Xinhua) --", "The envoy left."),
        ("KYIV, Ukraine (AP) —", "The envoy left."),
        ("KYIV, Ukraine —", "The envoy left."),
        ("MOSCOW, September 22. /TASS/.", "The envoy left."),
        ("22nd September 2023 – (Moscow)", "Experts praised the talks."),
        ("Feb 4 (Reuters) -", "The envoy left."),
        ("(CNN) --", "The envoy left."),
        ("ST. PETERSBURG, Russia, Feb 4 (Reuters) -", "The envoy left."),
    ] {
        let article = record("Title", &format!("{dateline} {rest}"));
        assert_eq!(removed(&article), [("dateline", dateline)]);
        assert_eq!(kept(&article)[1], rest);
    }
}

#[test]
fn an_author_box_goes_as_far_as_it_reaches() {
    let text = format!(
        "{PROSE} One.\n\n{PROSE} Two.\n\nAbout the Author\n\nJane Doe\n\nJane Doe covers Russia for the \
         Example. Before that she spent six years in Beijing, where she wrote about trade and energy.\n\n\
         Follow her on Twitter\n\nWas this article helpful?"
    );
    let article = record("Title", &text);
    let rules: Vec<_> = article.removals.iter().map(|removal| removal.rule.as_str()).collect();
    assert_eq!(rules[..3], ["about", "about", "about"]);
    assert_eq!(rules.len(), 5, "{:?}", removed(&article));
    assert_eq!(kept(&article).len(), 3);
}

#[test]
fn every_bad_row_of_a_rule_file_is_reported() {
    let bytes = b"rule,where,match,pattern,max_words\n,paragraph,exact,Ad,\nad,nowhere,exact,Ad,\n\
                  ad,paragraph,regex,[,\nad,paragraph,exact,,\nad,paragraph,exact,Ad,many\nad,paragraph,exact,Ad,\n";
    let errors = CleaningRules::parse("my/cleaning.csv", bytes).unwrap_err();
    let messages: Vec<_> = errors.into_iter().map(crate::base::Message::from).collect();
    let lines: Vec<_> = messages.iter().map(|m| m.place.as_str()).collect();
    let expect: Vec<String> = (2..7).map(|n| format!("my/cleaning.csv, line {n}")).collect();
    assert_eq!(lines, expect);
    assert!(messages.iter().all(|m| m.exit_code() == 5 && !m.mend.is_empty()));
}

#[test]
fn a_row_that_needs_a_word_is_tried_where_the_word_stands() {
    let rules = "rule,where,match,pattern,needs\nheading,paragraph,regex,Note:.*,aside\n\
                 label,prefix,regex,[^:]+:,LIVE|analysis\nsource,suffix,regex,\\s\\([^()]+\\),wire\n\
                 heading,after,regex,.*,editor\n";
    let rules = CleaningRules::parse("c.csv", rules.as_bytes()).unwrap();
    let text = format!(
        "Headline\n\nLive: {PROSE} One.\n\nTalks: {PROSE} Two. (by wire)\n\n{PROSE} Three. (by hand)\n\n\
         Note: an Aside\n\nThe editor\n\nThe envoy\n\nNote: no more"
    );
    let basis = Basis { text, ..Basis::default() };
    let article = clean(Draft { basis, ..Draft::default() }, &rules);
    let expect = [
        ("label", "Live:"),
        ("source", "(by wire)"),
        ("heading", "Note: an Aside"),
        ("heading", "The editor"),
    ];
    assert_eq!(removed(&article), expect);
}

#[test]
fn a_word_that_no_row_can_need_is_refused() {
    for needs in ["Zürich", "two words", &"a".repeat(64)] {
        let rules = format!("rule,match,pattern,needs\nad,regex,A.*,{needs}\n");
        let errors = CleaningRules::parse("c.csv", rules.as_bytes()).unwrap_err();
        assert!(matches!(&errors[0], CleaningError::Row { reason, .. } if reason.contains(needs)));
    }
}

#[test]
fn every_built_in_pattern_is_valid() {
    let bytes = include_bytes!("../../../lexicons/cleaning.csv");
    load::load("cleaning.csv", bytes, false).unwrap();
}

#[test]
fn an_unknown_column_names_the_known_ones() {
    let errors = CleaningRules::parse("c.csv", b"rule,match,patern\n").unwrap_err();
    assert!(matches!(&errors[0], CleaningError::File { mend, .. } if mend.contains("pattern")));
}

#[test]
fn the_thresholds_for_recurring_paragraphs_are_a_row() {
    let recurring = RULES.recurring().unwrap();
    assert_eq!((recurring.min_articles, recurring.min_share), (5, 2_000));
}

mod laws {
    use proptest::prelude::*;

    use super::*;

    fn line() -> impl Strategy<Value = String> {
        let news = prop::sample::select(vec![
            "Advertisement",
            "By:",
            "Reuters",
            "By Jane Doe",
            "Published: Feb 4, 2023, 03:53 UTC",
            "SHANGHAI (Reuters) - China’s envoy said on Friday that talks with Russia went well.",
            "SHANGHAI (Reuters) – China's envoy said on Friday that talks with Russia went well.",
            "(Reporting by Jane Doe)",
            "About the Author",
            "Read more:",
            "Photo: A/Getty Images",
            "MOSCOW —",
            "(AP)",
            "22nd September 2023 – (Moscow) Experts met.",
            "* * *",
            "Related",
            "He left. (Reporting by Jane Doe; Editing by John Roe)",
            "What happens next",
            "\u{feff}",
        ]);
        prop_oneof![news.prop_map(str::to_owned), "[ -~]{0,60}", "\\PC{0,30}", any::<String>()]
    }

    fn text() -> impl Strategy<Value = String> {
        let ends = prop::sample::select(vec![
            "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\u{2028}", " \n\t\n",
        ]);
        prop::collection::vec((line(), ends), 0..14)
            .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn kept_and_removed_and_white_space_are_the_whole_file(text in text()) {
            let basis = Basis { text: text.clone(), ..Basis::default() };
            let article = clean(Draft { basis, ..Draft::default() }, &RULES);
            prop_assert_eq!(obeys_the_law(&article), Ok(()));
            prop_assert_eq!(article.draft.basis.text, text);
        }

        #[test]
        fn the_same_holds_for_records(title in "\\PC{1,40}", text in text()) {
            prop_assume!(!title.trim().is_empty());
            let record = crate::corpus::read::record_for_tests(&title, &text);
            prop_assume!(record.is_some());
            let article = clean(record.unwrap_or_default(), &RULES);
            prop_assert_eq!(obeys_the_law(&article), Ok(()));
            prop_assert_eq!(article.blocks[0].section, Section::Title);
        }
    }
}

#[test]
fn a_quotation_mark_that_is_never_closed_swallows_no_rule_in_silence() {
    let bytes = b"rule,match,pattern\nprompt,exact,\"Read\nprompt,exact,More\n";
    let errors = CleaningRules::parse("c.csv", bytes).unwrap_err();
    assert!(crate::base::Message::from(errors[0].clone()).place.ends_with("line 2"));
    let twice = b"rule,match,pattern,pattern\nprompt,exact,Read,More\n";
    assert_eq!(CleaningRules::parse("c.csv", twice).unwrap_err().len(), 1);
}
