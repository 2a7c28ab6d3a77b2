//! Says of a difference between outlets whether one lexicon entry or one article alone carries it.

use crate::compare::OTHERS;
use crate::report::readings::FrameReading;
use crate::report::table::{Row, Tables};

/// Pairs of outlets named one by one at most.
const NAMED: usize = 3;

/// A difference between two outlets, and whether it stands without one thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Standing {
    /// The outlet with the higher rate.
    higher: String,
    /// The outlet, or the others together, with the lower rate.
    lower: String,
    /// By how much, in mentions per 1,000 words.
    by: f64,
    /// What it hangs on, entries before articles; empty if it stands.
    hangs_on: Vec<Hinge>,
    /// Whether articles could be left out.
    articles: bool,
}

/// What a difference hangs on.
#[derive(Clone, Debug, PartialEq)]
struct Hinge {
    /// `entry` or `article`.
    what: &'static str,
    name: String,
    /// Whether the other side is higher without it; else the rates are equal.
    turns: bool,
}

/// The differences in one frame and voice; equal rates are none.
pub(crate) fn standings(tables: &Tables, frame: &str, voice: &str) -> Vec<Standing> {
    let rows = tables.rows("sensitivity");
    let wanted = rows.filter(|row| row.text("frame") == frame && row.text("voice") == voice);
    wanted
        .filter(|row| !row.text("without_entry_sign").is_empty())
        .map(|row| standing(&row))
        .collect()
}

fn standing(row: &Row<'_>) -> Standing {
    let by = row.number("difference").unwrap_or(0.0);
    let (target, reference) = (row.text("target"), row.text("reference"));
    let (higher, lower) = if by > 0.0 { (target, reference) } else { (reference, target) };
    let hinge = |what, sign: &str, name: &str| match row.text(sign) {
        "gone" | "turns" => {
            let (turns, name) = (row.text(sign) == "turns", row.text(name).to_string());
            Some(Hinge { what, name, turns })
        }
        _ => None,
    };
    let hinges = [
        hinge("entry", "without_entry_sign", "sign_entry"),
        hinge("article", "without_article_sign", "sign_article"),
    ];
    Standing {
        higher: higher.to_string(),
        lower: lower.to_string(),
        by: by.abs(),
        hangs_on: hinges.into_iter().flatten().collect(),
        articles: row.int("articles").is_some(),
    }
}

/// The differences of one measure in one cell: whether all stand, else which do not.
pub(crate) fn in_a_cell(standings: &[Standing]) -> String {
    if standings.is_empty() {
        return String::new();
    }
    let fall: Vec<&Standing> = standings.iter().filter(|one| !one.hangs_on.is_empty()).collect();
    if fall.is_empty() {
        let all = standings.iter().all(|one| one.articles);
        let or_article = if all { " or article" } else { "" };
        return format!("sign holds without any one entry{or_article}");
    }
    let outcome = |hinge: &Hinge| {
        let becomes = if hinge.turns { "turns" } else { "gone" };
        format!("{becomes} without {} `{}`", hinge.what, hinge.name)
    };
    let clause = |one: &&Standing| {
        let outcomes: Vec<String> = one.hangs_on.iter().map(outcome).collect();
        format!("{} above {}: {}", one.higher, one.lower, outcomes.join(", "))
    };
    let mut clauses: Vec<String> = fall.iter().take(NAMED).map(clause).collect();
    if fall.len() > NAMED {
        clauses.push(format!("{} more in tables/sensitivity.csv", fall.len() - NAMED));
    }
    format!("{} of {} differences: {}", fall.len(), standings.len(), clauses.join("; "))
}

/// The differences in some frames in sentences: how many hang on one entry or article, then the
/// largest of these. Nothing if there is no difference.
pub(crate) fn in_sentences(tables: &Tables, frames: &[FrameReading]) -> Vec<String> {
    let voices = [("own", "in own voice"), ("all", "whoever speaks")];
    let mut all: Vec<(String, Standing)> = Vec::new();
    for frame in frames {
        for (voice, in_words) in voices.into_iter().skip(usize::from(tables.one_voice)) {
            let named = |one| (format!("{}, {in_words}", frame.label), one);
            all.extend(standings(tables, &frame.frame, voice).into_iter().map(named));
        }
    }
    if all.is_empty() {
        return Vec::new();
    }
    let mut notes = vec![how_many(&all)];
    let mut fall: Vec<&(String, Standing)> =
        all.iter().filter(|(_, one)| !one.hangs_on.is_empty()).collect();
    // Equal ones keep the order of the frames.
    fall.sort_by(|a, b| b.1.by.total_cmp(&a.1.by));
    for (measure, one) in fall.iter().take(NAMED) {
        notes.push(format!("  {measure}: {}", in_a_sentence(one)));
    }
    if fall.len() > NAMED {
        notes.push(format!("  {} more in tables/sensitivity.csv.", fall.len() - NAMED));
    }
    notes
}

/// How many differences hang on one entry, and on one article where there are several.
fn how_many(all: &[(String, Standing)]) -> String {
    let hang_on = |what: &str| {
        let hangs = |one: &Standing| one.hangs_on.iter().any(|hinge| hinge.what == what);
        all.iter().filter(|(_, one)| hangs(one)).count()
    };
    let tested = all.iter().filter(|(_, one)| one.articles).count();
    let mut text = format!(
        "Of {} differences between outlets in these frames, {} vanish or turn round without one \
         lexicon entry",
        all.len(),
        hang_on("entry")
    );
    text += &match tested {
        0 => String::new(),
        n if n == all.len() => format!(", {} without one article", hang_on("article")),
        n => format!(", {} of {n} without one article", hang_on("article")),
    };
    if tested < all.len() {
        text += " (the only article of an outlet cannot be left out)";
    }
    text + "."
}

fn in_a_sentence(one: &Standing) -> String {
    let outcome = |hinge: &Hinge| match hinge.turns {
        true => format!("{} above", being(&one.lower)),
        false => "they are level".to_string(),
    };
    let sentence = |hinge: &Hinge| {
        let Hinge { what, name, .. } = hinge;
        let start = format!("{} above {} because of one {what}", being(&one.higher), one.lower);
        format!("{start}, “{name}”; without it {}.", outcome(hinge))
    };
    one.hangs_on.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// A side with its verb.
fn being(side: &str) -> String {
    format!("{side} {}", if side == OTHERS { "are" } else { "is" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::readings::tests::table;

    /// Post is above Daily in own voice through `war`, and whoever speaks through an article too.
    fn tables(rows: &[&str]) -> Tables {
        let columns = "frame|voice|target|reference|difference|without_entry_sign|sign_entry\
                       |articles|without_article_sign|sign_article";
        Tables { all: vec![table("sensitivity", columns, rows)], ..Tables::default() }
    }

    const OWN: &str = "war|own|Daily|Post|-4.5|turns|war: war||  |";
    const ALL: &str = "war|all|Daily|Post|6.5|gone|war: arms|7|turns|a3";
    const STANDS: &str = "war|all|Daily|Herald|9.5|holds||8|holds|";
    const EQUAL: &str = "war|all|Herald|Post|0.0|||8||";

    fn war() -> FrameReading {
        FrameReading { frame: "war".into(), label: "War".into(), ..FrameReading::default() }
    }

    #[test]
    fn a_cell_names_what_falls_and_of_how_many() {
        let cell = |rows: &[&str], voice| in_a_cell(&standings(&tables(rows), "war", voice));
        let all = [OWN, ALL, STANDS, EQUAL];
        assert_eq!(
            cell(&all, "all"),
            "1 of 2 differences: Daily above Post: gone without entry `war: arms`, turns without \
             article `a3`"
        );
        assert_eq!(
            cell(&all, "own"),
            "1 of 1 differences: Post above Daily: turns without entry `war: war`"
        );
        assert_eq!(cell(&[STANDS], "all"), "sign holds without any one entry or article");
        let one_article = "war|own|Daily|Post|4.5|holds||||";
        assert_eq!(cell(&[one_article], "own"), "sign holds without any one entry");
        assert_eq!(cell(&[EQUAL], "all"), "");
        assert_eq!(cell(&[ALL; 5], "all").matches("gone").count(), NAMED);
        assert!(cell(&[ALL; 5], "all").ends_with("; 2 more in tables/sensitivity.csv"));
    }

    #[test]
    fn sentences_say_the_largest_difference_that_falls_first() {
        let text = in_sentences(&tables(&[OWN, ALL, STANDS, EQUAL]), &[war()]);
        assert_eq!(
            text,
            [
                "Of 3 differences between outlets in these frames, 2 vanish or turn round without \
                 one lexicon entry, 1 of 2 without one article (the only article of an outlet \
                 cannot be left out).",
                "  War, whoever speaks: Daily is above Post because of one entry, “war: arms”; \
                 without it they are level. Daily is above Post because of one article, “a3”; \
                 without it Post is above.",
                "  War, in own voice: Post is above Daily because of one entry, “war: war”; \
                 without it Daily is above.",
            ]
        );
        assert!(in_sentences(&tables(&[EQUAL]), &[war()]).is_empty());
        let others = "war|own|Daily|other outlets|4.5|turns|war: war||  |";
        let text = in_sentences(&tables(&[others]), &[war()]).remove(1);
        assert!(text.ends_with("without it other outlets are above."), "{text}");
    }
}
