//! Which articles are about a relationship, by one rule that the report prints.

use crate::base::Message;
use crate::corpus::{Draft, Skipped};
use crate::lexicon::{CategoryId, Entry, Found, Kind, Lexicon, nearest};
use crate::run::{RunConfig, RunError};
use crate::tally::Tally;

/// The code of an article that is set aside, and of the note that counts them.
pub(crate) const ASIDE: &str = "N206";

/// The rule, as it is printed. An article that only lists a country among others, or mentions it once
/// in passing, is about something else; one sentence with both is what makes two countries a
/// relationship.
const RULE: &str = "each is named at least twice, and one sentence or the headline names both, \
                    paragraphs that recur in the outlet included";

/// How often each actor must be named.
const LEAST: usize = 2;

/// Codes of countries, and the actors that they mean.
const COUNTRIES: &str = include_str!("countries.csv");

/// The two actors that articles are to be about.
pub(crate) struct About {
    names: [String; 2],
    /// By entry of the lexicon: which of the two it names.
    named_by: Vec<[bool; 2]>,
}

impl About {
    /// The pair that `asked` means, such as `china-russia`, `CHN-RUS` or `"United States-China"`;
    /// `None` if nothing is asked.
    pub(crate) fn resolve(asked: &str, lexicon: &Lexicon) -> Result<Option<Self>, RunError> {
        if asked.is_empty() {
            return Ok(None);
        }
        let halves: Vec<(&str, &str)> =
            asked.match_indices('-').map(|(at, _)| (&asked[..at], &asked[at + 1..])).collect();
        let both =
            |&(one, other): &(&str, &str)| Some([actor(one, lexicon)?, actor(other, lexicon)?]);
        match halves.iter().find_map(both) {
            Some(mut actors) => {
                actors.sort_unstable();
                Self::of(actors, lexicon).map(Some)
            }
            None => Err(not_a_pair(asked, &halves, lexicon)),
        }
    }

    fn of(actors: [CategoryId; 2], lexicon: &Lexicon) -> Result<Self, RunError> {
        let holds = |above, below| lexicon.with_ancestors(below).any(|level| level == above);
        if holds(actors[0], actors[1]) || holds(actors[1], actors[0]) {
            let reason =
                "a relationship is one of two actors, neither of which is part of the other";
            return Err(RunError::About { reason: reason.to_string(), mend: EXAMPLE.to_string() });
        }
        let names_of = |entry: &Entry| actors.map(|actor| holds(actor, entry.category));
        Ok(Self {
            names: actors.map(|actor| lexicon.category(actor).path.clone()),
            named_by: lexicon.entries.iter().map(names_of).collect(),
        })
    }

    /// The pair by the paths of its actors, the same however it was asked for.
    pub(crate) fn name(&self) -> String {
        self.names.join("-")
    }

    /// The row for `skipped.csv` of an article that is not about the two; `None` if it is.
    pub(crate) fn set_aside(&self, found: &Found, draft: &Draft) -> Option<Skipped> {
        let mut named = [0; 2];
        let mut both = false;
        // Mentions stand in reading order.
        for sentence in found.mentions.chunk_by(|one, next| one.sentence == next.sentence) {
            let mut here = [0; 2];
            for mention in sentence {
                for (n, names) in here.iter_mut().zip(self.named_by[mention.entry.0 as usize]) {
                    *n += usize::from(names);
                }
            }
            both |= here[0] > 0 && here[1] > 0;
            named = [named[0] + here[0], named[1] + here[1]];
        }
        if both && named.iter().all(|n| *n >= LEAST) {
            return None;
        }
        let together = if both { "" } else { "not " };
        let [one, other] = &self.names;
        let reason = format!(
            "it is not about `{}`: `{one}` {}, `{other}` {}, {together}in one sentence",
            self.name(),
            named[0],
            named[1],
        );
        Some(Skipped {
            source: draft.source_file.clone().unwrap_or_default(),
            article_id: draft.id.clone(),
            outlet: draft.outlet.clone(),
            code: ASIDE.into(),
            reason,
            ..Skipped::default()
        })
    }
}

const EXAMPLE: &str = "write two actors with a hyphen between them, such as `CHN-RUS`";

/// The configuration with the pair under its one name.
pub(crate) fn settled(config: &RunConfig, lexicon: &Lexicon) -> Result<RunConfig, Vec<Message>> {
    let about = About::resolve(&config.about, lexicon).map_err(|error| vec![error.into()])?;
    let about = about.map(|about| about.name()).unwrap_or_default();
    Ok(RunConfig { about, ..config.clone() })
}

/// How many articles were kept, and by which rule; `None` if all were asked for.
pub(crate) fn note(about: &str, tally: &Tally) -> Option<Message> {
    let (kept, aside) = (tally.heads.len(), n_aside(tally));
    let what = format!(
        "{kept} of {} articles are about `{about}`: {RULE}; the others are not compared",
        kept + aside
    );
    let mend = "`tables/skipped.csv` says for each how often it names them";
    (!about.is_empty()).then(|| Message::new(ASIDE, "--about", what, mend))
}

/// Why no two actors are meant.
fn not_a_pair(asked: &str, halves: &[(&str, &str)], lexicon: &Lexicon) -> RunError {
    let Some((one, other)) = halves.first() else {
        return RunError::About { reason: format!("`{asked}` is no pair"), mend: EXAMPLE.into() };
    };
    let unknown = [one, other].into_iter().find(|name| actor(name, lexicon).is_none());
    let name = unknown.map_or(asked, |name| name.trim());
    let actors = lexicon.categories.iter().filter(|category| category.kind == Kind::Actor);
    let known: Vec<&str> = actors.map(|category| category.path.as_str()).collect();
    let mend = match nearest(name, &known) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "name a category of `actors.csv`, or a country by its code of three letters".into(),
    };
    RunError::About { reason: format!("no actor is called `{name}`"), mend }
}

/// How many articles were set aside.
pub(crate) fn n_aside(tally: &Tally) -> usize {
    tally.skipped.iter().filter(|skipped| skipped.code == ASIDE).count()
}

/// The actor that goes by a path, a label, or the code of a country.
fn actor(name: &str, lexicon: &Lexicon) -> Option<CategoryId> {
    let name = name.trim().to_lowercase();
    let by_path = |path: &str| lexicon.find_category(Kind::Actor, path);
    let by_code = || {
        let mut countries = COUNTRIES.lines().filter_map(|line| line.split_once(','));
        let country = countries.find(|(code, _)| code.eq_ignore_ascii_case(&name));
        country.and_then(|(_, path)| by_path(path))
    };
    let by_label = || {
        let mut actors = lexicon.categories.iter().filter(|category| category.kind == Kind::Actor);
        let actor = actors.find(|category| category.label.to_lowercase() == name);
        actor.and_then(|category| by_path(&category.path))
    };
    let found = by_path(&name.replace(' ', "_")).or_else(by_code).or_else(by_label);
    found.filter(|id| !lexicon.category(*id).blocker)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::rules::Rules;
    use crate::text::Analyzer;
    use std::sync::Arc;

    /// The reason why an article with these sentences is set aside; empty if it is kept.
    fn reason(asked: &str, text: &str) -> String {
        let rules = Rules::load(&RunConfig::default()).unwrap();
        let about = About::resolve(asked, &rules.lexicon).unwrap().unwrap();
        let mut words = Analyzer::new(Arc::clone(&rules.text));
        let mut finder = crate::lexicon::Finder::new(Arc::clone(rules.matcher()));
        let span = crate::base::Span::from_usize(0, text.len());
        let doc = words.analyze(text, &[(span, crate::base::Section::Body)]);
        let found = finder.find(&doc, &words, Draft::default().published.interval);
        about.set_aside(&found, &Draft::default()).map(|aside| aside.reason).unwrap_or_default()
    }

    #[test]
    fn two_countries_named_twice_and_once_together_are_a_relationship() {
        let text = "China and Russia met. Beijing was pleased. The Russian envoy left.";
        assert_eq!(reason("CHN-RUS", text), "");
        assert_eq!(reason("russia-china", text), "");
    }

    #[test]
    fn a_country_in_a_list_or_never_beside_the_other_is_not() {
        let listed = "China built a dam. Envoys of Russia, China, India and Brazil saw it.";
        let said = reason("CHN-RUS", listed);
        assert_eq!(said, "it is not about `china-russia`: `china` 2, `russia` 1, in one sentence");
        let apart = "China built a dam. China is pleased. Russia built one. Russia is pleased.";
        assert!(reason("CHN-RUS", apart).ends_with("`china` 2, `russia` 2, not in one sentence"));
        assert!(reason("CHN-RUS", "Nothing happened.").contains("`china` 0, `russia` 0"));
    }

    #[test]
    fn actors_go_by_path_code_and_label() {
        let lexicon = Rules::load(&RunConfig::default()).unwrap().lexicon;
        let name = |asked: &str| {
            let about = About::resolve(asked, &lexicon);
            about
                .map(|about| about.unwrap().name())
                .map_err(|error| Message::from(error).to_string())
        };
        for asked in ["CHN-USA", "usa-chn", "us-china", "United States - China", "China-us"] {
            assert_eq!(name(asked).unwrap(), "china-us", "{asked}");
        }
        assert_eq!(name("Guinea-Bissau-Timor-Leste").unwrap(), "guinea_bissau-timor_leste");
        assert!(name("chinaa-russia").unwrap_err().contains("did you mean `china`?"));
        assert!(name("atlantis-russia").unwrap_err().contains("`atlantis`"));
        assert!(name("china").unwrap_err().contains("is no pair"));
        assert!(name("china-china").is_err() && name("china-china/person").is_err());
        assert!(About::resolve("", &lexicon).unwrap().is_none());
    }

    #[test]
    fn every_code_means_an_actor_of_the_built_in_lists() {
        let lexicon = Rules::load(&RunConfig::default()).unwrap().lexicon;
        let rows: Vec<(&str, &str)> =
            COUNTRIES.lines().skip(2).filter_map(|line| line.split_once(',')).collect();
        assert!(rows.len() > 190);
        for (code, path) in rows {
            assert!(lexicon.find_category(Kind::Actor, path).is_some(), "{code} is {path}");
        }
    }
}
