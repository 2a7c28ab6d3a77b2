//! What `--by` says of a run: whether articles can be divided so, and into what.

use crate::base::Message;
use crate::compare::Stratum;
use crate::run::{RunConfig, RunError};

/// The tables that only a run with strata writes.
const TABLES: [&str; 2] = ["strata", "stratified"];

/// What articles are divided by; `None` if by nothing.
pub(crate) fn stratum(config: &RunConfig) -> Option<Stratum> {
    (!config.by.is_empty()).then(|| Stratum::named(&config.by))
}

/// Refuses tables of strata without strata.
pub(crate) fn check_by(config: &RunConfig) -> Result<(), Vec<Message>> {
    let asked = config.tables.iter().find(|table| TABLES.contains(&table.as_str()));
    let Some(table) = asked.filter(|_| config.by.is_empty()) else { return Ok(()) };
    let reason = format!("the table `{table}` compares within strata, and none are named");
    let mend = "name them, such as `--by month`".to_string();
    Err(vec![RunError::By { reason, mend }.into()])
}

/// An error if no article says to which stratum it belongs.
pub(crate) fn refuse_unknown(by: Stratum, (strata, ..): (u64, u64, u64)) -> Result<(), Message> {
    if strata > 0 {
        return Ok(());
    }
    let (reason, mend) = match by {
        Stratum::Year | Stratum::Month => {
            ("no article has a date", "name the column of the dates with `--column published=...`")
        }
        _ => (
            "no article has anything in that column",
            "name another column, of the articles or of `outlets.csv`",
        ),
    };
    Err(RunError::By { reason: reason.to_string(), mend: mend.to_string() }.into())
}

/// How articles were divided.
pub(crate) fn note_by(by: &str, sizes: Option<(u64, u64, u64)>) -> Option<Message> {
    let (strata, missing, unknown) = sizes?;
    let unknown = match unknown {
        0 => String::new(),
        1 => "; 1 article is in none of them, as it does not say".to_string(),
        n => format!("; {n} articles are in none of them, as they do not say"),
    };
    let what = if strata == 1 { "stratum" } else { "strata" };
    let what = format!(
        "outlets are compared within {strata} {what} by `{by}`; in {missing} of them an outlet has \
         no words, and weighs nothing{unknown}"
    );
    let mend = "`tables/strata.csv` has each stratum, `tables/stratified.csv` all together";
    Some(Message::new("N211", "--by", what, mend))
}
