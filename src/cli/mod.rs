//! Flags, messages and exit codes.
//!
//! Results go to standard output, messages to standard error; nothing else prints.

mod args;
mod progress;
mod settings;
mod show;

use std::panic;

use crate::base::Message;
use crate::cli::args::{Command, Lexicon, Shared};
use crate::cli::progress::watched;
use crate::cli::settings::arguments;
use crate::cli::show::{report_written, say, show, show_evidence, show_exactly};
use crate::run;
use crate::run::Interrupted;

/// Warnings under `--strict`.
const STRICT: u8 = 3;
/// A report that differs from its repetition.
const DIFFERENT: u8 = 7;
/// A run that the user has ended, as shells report it.
const INTERRUPTED: u8 = 130;

/// Runs the program with the arguments of the process; its exit code. Whatever it says has been said.
pub fn main() -> u8 {
    panic::set_hook(Box::new(|fault| say(&[fault_of_ours(fault)])));
    let code = panic::catch_unwind(|| match started() {
        Ok(code) => code,
        Err(errors) => {
            say(&errors);
            let errors = errors.iter().filter(|message| message.severity() == "error");
            errors.map(Message::exit_code).min().unwrap_or(1)
        }
    });
    code.unwrap_or_else(|fault| {
        if fault.is::<Interrupted>() {
            say(&[interrupted()]);
            return INTERRUPTED;
        }
        1
    })
}

/// Does what the arguments and `parallax.toml` say.
fn started() -> Result<u8, Vec<Message>> {
    let (arguments, note) = arguments().map_err(|error| vec![error])?;
    say(note.as_slice());
    dispatch(arguments.command)
}

/// That the user has ended the run.
fn interrupted() -> Message {
    Message::new("E130", "", "interrupted; nothing was written", "run it again from the start")
}

/// A panic as a message; threads that die repeat it only once.
fn fault_of_ours(fault: &panic::PanicHookInfo<'_>) -> Message {
    let payload = fault.payload();
    let what = payload.downcast_ref::<String>().map(String::as_str);
    let what = what.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("unknown");
    let place = fault.location().map(|at| format!("{}, line {}", at.file(), at.line()));
    Message::new(
        "E101",
        place.unwrap_or_default(),
        format!("a fault of the program: {what}"),
        "report it with the command you typed; nothing was written",
    )
}

fn dispatch(command: Command) -> Result<u8, Vec<Message>> {
    if let Some(fault) = command.fault() {
        return Err(vec![fault]);
    }
    match command {
        Command::Compare(args) => {
            let config = args.config().map_err(|error| vec![error])?;
            let outcome = watched(args.shared.quiet, &config, || run::compare(&config))?;
            finish(&args.shared, &outcome)
        }
        Command::Merge(args) => {
            let config = args.config();
            let outcome = watched(args.shared.quiet, &config, || run::merge(&config))?;
            finish(&args.shared, &outcome)
        }
        Command::Check(args) => {
            let config = args.config();
            let checked = watched(args.shared.quiet, &config, || run::check(&config))?;
            let code = warn(&args.shared, &checked.messages);
            show(&checked.text)?;
            Ok(code)
        }
        Command::Tally(args) => {
            let config = args.config();
            let messages = watched(args.shared.quiet, &config, || run::tally(&config))?;
            Ok(warn(&args.shared, &messages))
        }
        Command::Verify(args) => {
            let config = args.shared.config(&args.input);
            let verify = || run::verify(&args.dir, &config);
            let verified = watched(args.shared.quiet, &config, verify)?;
            show(&verified.text)?;
            say(&verified.differences);
            Ok(if verified.differences.is_empty() { 0 } else { DIFFERENT })
        }
        Command::Explain(args) => {
            let found = run::explain(&args.dir, &args.what)?;
            show_evidence(&found)?;
            Ok(0)
        }
        Command::Lexicon(Lexicon::Check(args)) => {
            let config = args.config();
            let check = || run::check_lexicons(&config, args.out.as_deref());
            let checked = watched(args.shared.quiet, &config, check)?;
            let code = warn(&args.shared, &checked.messages);
            show(&checked.text)?;
            if !checked.errors.is_empty() {
                return Err(checked.errors);
            }
            Ok(if args.shared.strict && checked.found { STRICT } else { code })
        }
        Command::Lexicon(Lexicon::Codebook(args)) => {
            show(&run::write_codebook(args.lexicons.as_deref())?)?;
            Ok(0)
        }
        Command::Text(args) => {
            show_exactly(&run::text(&[args.input], &args.reading.options(), &args.id)?)?;
            Ok(0)
        }
    }
}

/// Prints warnings and notes; the exit code they lead to.
fn warn(shared: &Shared, messages: &[Message]) -> u8 {
    if !shared.quiet {
        say(messages);
    }
    let warned = messages.iter().any(|message| message.severity() == "warning");
    if shared.strict && warned { STRICT } else { 0 }
}

/// The end of a run that wrote a report.
fn finish(shared: &Shared, outcome: &run::Outcome) -> Result<u8, Vec<Message>> {
    let code = warn(shared, &outcome.messages);
    show(&outcome.summary)?;
    show(&report_written(&outcome.out, &outcome.manifest))?;
    Ok(code)
}
