//! `parallax.toml`: options that a file in the working folder holds, so that nobody has to type them
//! each time. A flag on the command line wins over the file.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory, FromArgMatches};
use toml::{Table, Value};

use crate::base::{Message, read_ordinary};
use crate::cli::args::Arguments;
use crate::lexicon::nearest;

/// The file, in the working folder.
const FILE: &str = "parallax.toml";

/// Options that say where something lies, which differs from run to run.
const PLACES: [&str; 4] = ["out", "input", "help", "version"];

/// The arguments with the options of the file behind them, and a note of which those are. Ends the
/// program, as clap does, if the arguments themselves cannot be read or ask for help.
pub(crate) fn arguments() -> Result<(Arguments, Option<Message>), Message> {
    let given: Vec<OsString> = std::env::args_os().collect();
    let matches = Arguments::command().get_matches_from(&given);
    let text = match read_ordinary(Path::new(FILE)) {
        Ok(bytes) => {
            String::from_utf8(bytes).map_err(|_| refused("it is not UTF-8", "save it as UTF-8"))?
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            return Err(refused(format!("it cannot be read: {error}"), "mend or move it"));
        }
    };
    let (all, names) = with_options(&given, &matches, &text)?;
    let read = Arguments::command().try_get_matches_from(all);
    let matches = read.map_err(|error| refused(first_line(&error), "mend the value there"))?;
    let quiet = innermost(&matches).0.try_get_one::<bool>("quiet").ok().flatten() == Some(&true);
    let note = (!names.is_empty() && !quiet).then(|| {
        let what = format!("these options come from it: {}", names.join(", "));
        Message::new("N212", FILE, what, "a flag on the command line wins over the file")
    });
    let arguments = Arguments::from_arg_matches(&matches);
    Ok((arguments.unwrap_or_else(|error| error.exit()), note))
}

fn refused(reason: impl Into<String>, mend: impl Into<String>) -> Message {
    Message::new("E207", FILE, reason, mend)
}

/// What clap says of a value, without its own heading.
fn first_line(error: &clap::Error) -> String {
    let text = error.to_string();
    text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_string()
}

/// The arguments of the command that was asked for, and the words that name it.
fn innermost(matches: &ArgMatches) -> (&ArgMatches, Vec<&str>) {
    let (mut here, mut words) = (matches, Vec::new());
    while let Some((word, below)) = here.subcommand() {
        (here, words) = (below, [words, vec![word]].concat());
    }
    (here, words)
}

/// The given arguments with those of the file that the command knows and that are not given, and
/// their names.
fn with_options(
    given: &[OsString],
    matches: &ArgMatches,
    text: &str,
) -> Result<(Vec<OsString>, Vec<String>), Message> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map(|span| text[..span.start].matches('\n').count() + 1);
        let line = line.map(|line| format!("line {line}: ")).unwrap_or_default();
        refused(format!("{line}{}", error.message()), "write `option = \"value\"`, one a line")
    })?;
    let program = Arguments::command();
    let known = options(&program);
    let (here, words) = innermost(matches);
    let mut command = &program;
    for word in &words {
        command = command.find_subcommand(word).expect("clap has matched it");
    }
    let (mut extra, mut names) = (Vec::new(), Vec::new());
    for (name, value) in &table {
        if !known.contains(name.as_str()) {
            return Err(unknown(name, &known));
        }
        let arg = command.get_arguments().find(|arg| arg.get_long() == Some(name));
        let is_given =
            |arg: &Arg| here.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine);
        if let Some(arg) = arg.filter(|arg| !is_given(arg)) {
            extra.extend(flags(name, arg, value)?);
            names.push(format!("`{name}`"));
        }
    }
    // Behind the words of the command, so that a `--` among the arguments does no harm.
    let at = given.len().min(1 + words.len());
    let all = given[..at].iter().cloned().chain(extra).chain(given[at..].iter().cloned());
    Ok((all.collect(), names))
}

/// Every option of every command that a file may hold.
fn options(command: &Command) -> BTreeSet<&str> {
    let own = command.get_arguments().filter_map(Arg::get_long);
    let below = command.get_subcommands().flat_map(options);
    own.chain(below).filter(|name| !PLACES.contains(name)).collect()
}

fn unknown(name: &str, known: &BTreeSet<&str>) -> Message {
    let known: Vec<&str> = known.iter().copied().collect();
    let mend = match nearest(name, &known) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("the options are: {}", known.join(", ")),
    };
    refused(format!("there is no option `{name}`"), mend)
}

/// An option of the file as flags.
fn flags(name: &str, arg: &Arg, value: &Value) -> Result<Vec<OsString>, Message> {
    let flag = |value: String| OsString::from(format!("--{name}={value}"));
    let wrong = |expected: &str| {
        refused(format!("`{name}` is {}", value.type_str()), format!("write {expected}"))
    };
    if matches!(arg.get_action(), ArgAction::SetTrue) {
        let on = value.as_bool().ok_or_else(|| wrong(&format!("`{name} = true` or `false`")))?;
        return Ok(if on { vec![format!("--{name}").into()] } else { Vec::new() });
    }
    let single = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        _ => None,
    };
    let several = match value {
        Value::Array(values) => {
            let whole = |text: String| match name {
                "outlets" => text.replace(',', "\\,"),
                _ => text,
            };
            values.iter().map(|value| single(value).map(whole)).collect::<Option<Vec<_>>>()
        }
        Value::Table(table) => {
            let pair = |(key, value): (&String, &Value)| Some(format!("{key}={}", single(value)?));
            table.iter().map(pair).collect()
        }
        value => single(value).map(|value| vec![value]),
    };
    let several = several.ok_or_else(|| wrong("a text between double quotes"))?;
    Ok(several.into_iter().map(flag).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The arguments behind the program's name, or what is wrong with the file.
    fn with(given: &[&str], text: &str) -> Result<Vec<String>, String> {
        let given: Vec<OsString> = ["parallax"].iter().chain(given).map(OsString::from).collect();
        let matches = Arguments::command().get_matches_from(&given);
        let all = with_options(&given, &matches, text).map_err(|message| message.to_string())?.0;
        Ok(all[1..].iter().map(|word| word.to_str().unwrap().to_string()).collect())
    }

    #[test]
    fn options_of_the_file_come_behind_the_command() {
        let text = "no-voice = true\nstrict = false\nthreads = 2\noutlets = [\"A\", \"B\"]\n\
                    [column]\noutlet = \"Source Name\"\n";
        let found = with(&["compare", "in"], text).unwrap();
        let expect = ["--column=outlet=Source Name", "--no-voice", "--outlets=A", "--outlets=B"];
        assert_eq!(found, [&["compare"], &expect[..], &["--threads=2", "in"]].concat());
    }

    #[test]
    fn a_name_in_a_list_may_hold_a_comma() {
        let found = with(&["compare", "in"], r#"outlets = ["Lee, Ann Daily", "B"]"#).unwrap();
        assert_eq!(found, ["compare", r"--outlets=Lee\, Ann Daily", "--outlets=B", "in"]);
    }

    #[test]
    fn a_flag_wins_and_a_command_takes_only_what_it_knows() {
        let text = "by = \"month\"\nthreads = 2\n";
        let found = with(&["compare", "in", "--by", "year"], text).unwrap();
        assert_eq!(found, ["compare", "--threads=2", "in", "--by", "year"]);
        assert_eq!(with(&["explain", "r", "war"], text).unwrap(), ["explain", "r", "war"]);
        let found = with(&["lexicon", "check", "in"], "threads = 2").unwrap();
        assert_eq!(found, ["lexicon", "check", "--threads=2", "in"]);
    }

    #[test]
    fn what_is_wrong_with_the_file_is_said() {
        let said = |text| with(&["compare", "in"], text).unwrap_err();
        assert!(said("abuot = \"CHN-RUS\"").contains("did you mean `about`?"));
        assert!(said("out = \"r\"").contains("there is no option `out`"));
        assert!(said("by = \"month\"\nthreads 2").contains("parallax.toml: line 2: "));
        assert!(said("strict = 1").contains("`strict` is integer"));
        assert!(said("by = 1.5").contains("`by` is float"));
    }
}
