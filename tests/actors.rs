//! Which words name which actor in the built-in list: states with near names, names that people and
//! places share with states, and adjectives that name a dish rather than a state.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

use std::collections::BTreeSet;
use std::sync::Arc;

use parallax::base::{Section, Span};
use parallax::lexicon::{Finder, Kind, Lexicon, LexiconFiles, Matcher, load};
use parallax::text::{Analyzer, TextRules};

/// The topmost actors that an article of one sentence names.
fn actors(lexicon: &Lexicon, matcher: &Arc<Matcher>, text: &str) -> BTreeSet<String> {
    let mut words = Analyzer::new(Arc::new(TextRules::built_in()));
    let doc = words.analyze(text, &[(Span::from_usize(0, text.len()), Section::Body)]);
    let found = Finder::new(Arc::clone(matcher)).find(&doc, &words, None);
    let entries = found.mentions.iter().map(|mention| lexicon.entry(mention.entry));
    let actors = entries.filter(|entry| entry.kind == Kind::Actor).map(|entry| entry.category);
    actors.map(|id| lexicon.category(lexicon.top(id)).path.clone()).collect()
}

/// Checks lines of `sentence | actors`, actors in any order, with blanks between them.
fn check(table: &str) {
    let lexicon = load(&LexiconFiles::gather(None).unwrap()).unwrap();
    let rules = Arc::new(TextRules::built_in());
    let matcher = Arc::new(Matcher::new(&lexicon, &Analyzer::new(rules)));
    let wrong: Vec<String> = table
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .filter_map(|line| {
            let (text, expected) = line.split_once('|').unwrap();
            let expected: BTreeSet<String> = expected.split_whitespace().map(Into::into).collect();
            let found = actors(&lexicon, &matcher, text.trim());
            (found != expected).then(|| format!("{line}: found {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn abbreviations_name_states_and_blocs_and_the_pronoun_does_not() {
    check(
        "
        The US told us to wait. | us
        They asked us for time. | 
        The U.S. envoy met the U.K. minister. | us uk
        The EU and NATO wrote to the UN. | europe nato un
        The UAE and the DRC voted in favour. | united_arab_emirates dr_congo
        ",
    );
}

#[test]
fn washington_is_the_government_and_not_a_paper_a_state_or_a_person() {
    check(
        "
        Washington refused the offer. | us
        The Washington Post printed the letter. | media
        Floods hit Washington state on Monday. | 
        George Washington crossed the river. | 
        ",
    );
}

#[test]
fn states_with_near_names_are_told_apart() {
    check(
        "
        South Sudan signed the accord. | south_sudan
        Sudan signed the accord. | sudan
        Guinea-Bissau held a vote. | guinea_bissau
        Guinea held a vote. | guinea
        Equatorial Guinea held a vote. | equatorial_guinea
        Papua New Guinea held a vote. | papua_new_guinea
        Niger closed its border with Nigeria. | niger nigeria
        A Nigerien officer met a Nigerian one. | niger nigeria
        Dominica was hit by the storm. | dominica
        The Dominican Republic was hit by the storm. | dominican_republic
        The Republic of the Congo sent a minister. | congo
        The Democratic Republic of Congo sent a minister. | dr_congo
        Kinshasa answered Brazzaville. | dr_congo congo
        Ireland asked London for help. | ireland uk
        Northern Ireland formed a government. | uk
        North Korea threatened South Korea. | north_korea south_korea
        The two Koreas opened a hotline. | north_korea south_korea
        The Korean War began in June. | 
        Samoa and American Samoa share a name. | samoa
        Mongolia is no part of Inner Mongolia. | mongolia
        ",
    );
}

#[test]
fn names_that_people_and_places_share_need_a_sign_of_the_state() {
    check(
        "
        Georgia asked Russia to withdraw from Abkhazia. | georgia russia
        Polls closed early in Atlanta, Georgia. | 
        Georgia Republicans chose a candidate. | 
        Jordan took in refugees from Syria. | jordan syria
        Jim Jordan questioned the witness about Syria. | syria
        Jordan scored forty points. | 
        Chad sent soldiers to Niger. | chad niger
        Chad opened the meeting in Iowa. | 
        Theresa May spoke in London. | uk
        The report may appear in May. | 
        Cuba and Panama restored ties. | cuba panama
        Panama City hosted the talks. | panama
        A storm hit Panama City Beach. | 
        Mali expelled the envoy. | mali
        Lima beans were on the table. | 
        ",
    );
}

#[test]
fn surnames_need_the_full_name_in_the_article() {
    check(
        "
        Ma Zhaoxu arrived, and Ma met his host. | china
        Jack Ma sold his shares. | 
        Xi Jinping arrived, and Xi met his host. | china
        A fraternity called Xi held a dance. | 
        Li Qiang spoke, and Li left. | china
        Jet Li made a film. | 
        ",
    );
}

#[test]
fn bodies_dishes_and_games_name_no_state() {
    check(
        "
        A scholar at the Chinese Academy of Social Sciences agreed. | 
        A scholar at the Institute of Russian Studies agreed. | 
        She ordered French fries with Swiss cheese. | 
        They played Russian roulette. | 
        The turkey was served at noon. | 
        A roast Turkey stood on the Thanksgiving table. | 
        Turkey vetoed the plan. | turkey
        He keeps guinea pigs. | 
        ",
    );
}

#[test]
fn capitals_and_peoples_stand_for_their_states() {
    check(
        "
        Pretoria and Brasilia abstained. | south_africa brazil
        The Kremlin and the Quai d'Orsay stayed silent. | russia france
        Ivorians and Burkinabe crossed the border. | cote_divoire burkina_faso
        Taipei, Pristina and Ramallah sent observers. | taiwan kosovo palestine
        Hezbollah fired from Lebanon as the Taliban looked on. | lebanon afghanistan
        ",
    );
}
