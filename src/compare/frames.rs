//! How often each outlet frames things in which way, in whose voice and in which section.

use crate::compare::cells::{Cell, Cells, per_1k, share};
use crate::compare::comparison::{Comparison, SECTIONS, VOICES, section_name, voice_name};
use crate::lexicon::{CategoryId, Kind};

/// Words below which a rate per words of one voice says nothing.
pub(crate) const FEWEST_VOICE_WORDS: u64 = 100;

/// One frame in one outlet, section and voice; zero rows included.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameRow {
    /// The outlet.
    pub outlet: String,
    /// The frame's path; mentions of the levels below it count too.
    pub frame: String,
    /// `title`, `lead`, `body` or `all`.
    pub section: &'static str,
    /// `own`, `reported`, `quoted` or `all`.
    pub voice: &'static str,
    /// All mentions.
    pub mentions: u64,
    /// Those within the reach of a negator.
    pub mentions_negated: u64,
    /// Those in a short quotation that is no sentence with its speaker.
    pub mentions_scare_quoted: u64,
    /// Those in a hedged clause.
    pub mentions_hedged: u64,
    /// Those that the rates count: in the outlet's own voice neither negated nor scare-quoted ones.
    pub mentions_in_rate: u64,
    /// Sum of the weights of the entries behind the mentions.
    pub mentions_weighted: f64,
    /// Words of the outlet in the section, whoever speaks.
    pub words: u64,
    /// Words of the outlet in the section in this voice.
    pub voice_words: u64,
    /// Mentions in the rate per 1,000 words, in [0, 1000]; the voices add up. `None` without words.
    pub per_1k_words: Option<f64>,
    /// Mentions in the rate per 1,000 words in this voice; `None` below 100 words.
    pub per_1k_voice_words: Option<f64>,
    /// Lower end of the 95 % interval of `per_1k_words`; `None` below two articles.
    pub rate_ci_low: Option<f64>,
    /// Upper end.
    pub rate_ci_high: Option<f64>,
    /// How the interval was made; empty if there is none.
    pub ci_method: &'static str,
    /// Articles with a mention.
    pub articles_with_frame: u64,
    /// Articles of the outlet.
    pub articles: u64,
    /// Share of its articles with a mention, in [0, 1].
    pub share_articles: Option<f64>,
}

/// Every frame at every level, for every outlet, section and voice; rows are made when they are asked
/// for.
pub fn frames<'c>(
    comparison: &'c Comparison<'_>,
    cells: &'c Cells<'_>,
) -> impl Iterator<Item = FrameRow> {
    let outlets = comparison.articles().into_iter().enumerate();
    outlets.flat_map(move |(outlet, articles)| {
        let frames = comparison.categories(Kind::Frame);
        frames.flat_map(move |(id, _)| rows_of(comparison, cells, id, outlet, articles))
    })
}

fn rows_of(
    comparison: &Comparison<'_>,
    cells: &Cells<'_>,
    frame: CategoryId,
    outlet: usize,
    articles: u64,
) -> Vec<FrameRow> {
    let mut rows = Vec::with_capacity(SECTIONS.len() * VOICES.len());
    for section in SECTIONS {
        for (at, voice) in VOICES.into_iter().enumerate() {
            let cell = cells.get(frame, outlet, section, voice);
            let words = cells.words(outlet, section);
            let mut row = row(&cell, words.by_voice[3], words.by_voice[at], articles);
            row.outlet = comparison.outlets[outlet].to_string();
            row.frame = comparison.lexicon.category(frame).path.clone();
            row.section = section_name(section);
            row.voice = voice_name(voice);
            if let Some(interval) = cells.ratio(&cell, outlet, section).interval() {
                row.rate_ci_low = Some(interval.low * 1000.0);
                row.rate_ci_high = Some(interval.high * 1000.0);
                row.ci_method = interval.method;
            }
            rows.push(row);
        }
    }
    rows
}

fn row(cell: &Cell, words: u64, voice_words: u64, articles: u64) -> FrameRow {
    let enough = voice_words >= FEWEST_VOICE_WORDS;
    FrameRow {
        outlet: String::new(),
        frame: String::new(),
        section: "",
        voice: "",
        mentions: cell.mentions,
        mentions_negated: cell.negated,
        mentions_scare_quoted: cell.scare_quoted,
        mentions_hedged: cell.hedged,
        mentions_in_rate: cell.in_rate,
        mentions_weighted: cell.weighted as f64 / 1e6,
        words,
        voice_words,
        per_1k_words: per_1k(cell.in_rate, words),
        per_1k_voice_words: per_1k(cell.in_rate, voice_words).filter(|_| enough),
        rate_ci_low: None,
        rate_ci_high: None,
        ci_method: "",
        articles_with_frame: cell.articles,
        articles,
        share_articles: share(cell.articles, articles),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Voice;
    use crate::compare::lexicon_fixture::lexicon;
    use crate::lexicon::Lexicon;
    use crate::tally::Tally;
    use crate::tally::fixture::{Part, article};

    fn words() -> Lexicon {
        lexicon(&[
            ("frames", "tension/dispute", "row"),
            ("frames", "tension/rivalry", "contain"),
            ("frames", "war", "war"),
        ])
    }

    fn find<'a>(rows: &'a [FrameRow], key: [&str; 4]) -> &'a FrameRow {
        let same = |r: &&FrameRow| [&r.outlet, &r.frame, r.section, r.voice] == key;
        rows.iter().find(same).unwrap()
    }

    fn rows(tally: &Tally) -> Vec<FrameRow> {
        let lexicon = words();
        let comparison = Comparison::new(tally, &lexicon, &[]);
        frames(&comparison, &comparison.fold(Cells::new(&comparison)).unwrap()).collect()
    }

    /// 2 + 8 own words, 10 reported words; war: title own, body own negated, body reported.
    fn one() -> Tally {
        article(
            "a",
            "Daily",
            &[
                Part::title("War looms").mention("War", 2),
                Part::lead("No war came and the row over trade")
                    .marked("war", 2, |m| m.negated = true)
                    .mention("row", 0),
                Part::body("He said the war and the row would contain them")
                    .voice(Voice::Reported)
                    .mention("war", 2)
                    .mention("contain", 1),
            ],
        )
    }

    #[test]
    fn every_frame_has_a_row_for_every_outlet_section_and_voice() {
        let rows = rows(&one());
        assert_eq!(rows.len(), 4 * 4 * 4);
        let zero = find(&rows, ["Daily", "tension/rivalry", "title", "quoted"]);
        assert_eq!((zero.mentions, zero.articles_with_frame), (0, 0));
        assert_eq!((zero.per_1k_words, zero.per_1k_voice_words), (Some(0.0), None));
    }

    #[test]
    fn own_voice_rates_leave_out_negated_mentions_and_print_their_number() {
        let rows = rows(&one());
        let own = find(&rows, ["Daily", "war", "all", "own"]);
        assert_eq!((own.mentions, own.mentions_negated, own.mentions_in_rate), (2, 1, 1));
        assert_eq!((own.words, own.voice_words), (20, 10));
        assert_eq!(own.per_1k_words, Some(50.0));
    }

    #[test]
    fn the_voices_add_up() {
        let rows = rows(&one());
        for frame in ["war", "tension", "tension/dispute"] {
            for section in ["title", "lead", "body", "all"] {
                let rate = |voice| find(&rows, ["Daily", frame, section, voice]).per_1k_words;
                let parts = ["own", "reported", "quoted"].map(|voice| rate(voice).unwrap());
                let all = rate("all").unwrap();
                assert!((parts.iter().sum::<f64>() - all).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn a_level_above_counts_the_levels_below() {
        let rows = rows(&one());
        assert_eq!(find(&rows, ["Daily", "tension", "all", "all"]).mentions, 2);
        assert_eq!(find(&rows, ["Daily", "tension", "body", "reported"]).mentions, 1);
        assert_eq!(find(&rows, ["Daily", "tension/dispute", "all", "all"]).mentions, 1);
    }

    #[test]
    fn one_article_has_no_interval_and_two_have_one() {
        let find_war = |tally: &Tally| {
            let rows = rows(tally);
            find(&rows, ["Daily", "war", "all", "all"]).clone()
        };
        let single = find_war(&one());
        assert_eq!((single.rate_ci_low, single.ci_method), (None, ""));
        let other = article(
            "b",
            "Daily",
            &[Part::body("Peace and ten words of quiet").mention("quiet", 2)],
        );
        let both = find_war(&one().merge(other).unwrap());
        // x = 2, 1 and n = 20, 6: rate 3/26, residuals -4/13 and 4/13, m/(m-1) = 2.
        let error = (2.0_f64 * 2.0 * (4.0 / 13.0) * (4.0 / 13.0)).sqrt() / 26.0;
        let expect = (3.0 / 26.0 + 12.706_204_736_174_7 * error) * 1000.0;
        assert!((both.rate_ci_high.unwrap() - expect).abs() < 1e-8);
        assert_eq!((both.ci_method, both.articles), ("doc_cluster_rate", 2));
        assert_eq!(both.share_articles, Some(1.0));
    }

    #[test]
    fn an_outlet_without_headlines_has_no_rate_in_headlines() {
        let rows = rows(&article("a", "Daily", &[Part::body("War.").mention("War", 2)]));
        let title = find(&rows, ["Daily", "war", "title", "all"]);
        assert_eq!((title.mentions, title.words, title.per_1k_words), (0, 0, None));
    }
}
