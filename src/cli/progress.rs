//! Shows on standard error how far a run has come, and ends it when the user wants it to end.
//!
//! The one file that looks at a clock: nothing of what it says goes into a result.

#![allow(clippy::disallowed_methods, reason = "how long something takes is told by a clock")]

use std::io::{self, IsTerminal, Write};
use std::process;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::cli::show::say;
use crate::cli::{INTERRUPTED, interrupted};
use crate::run::{Estimate, Phase, Progress, RunConfig, Watch};

/// How often the run is looked at.
const TICK: Duration = Duration::from_millis(100);
/// How often something is said on a terminal, where one line is written over and over.
const TERMINAL: Duration = Duration::from_secs(1);
/// How often something is said elsewhere, as in the log of a job, where it stays.
const LOG: Duration = Duration::from_secs(10);
/// What takes longer is announced.
const LONG: Duration = Duration::from_secs(60);
/// How long an interrupted run has to come to a point where it can end.
const GRACE: Duration = Duration::from_secs(2);

/// Does the work while another thread shows how far it has come, until it is done or interrupted.
pub(crate) fn watched<T>(quiet: bool, config: &RunConfig, work: impl FnOnce() -> T) -> T {
    let watch = &config.watch;
    // Where signals cannot be caught the system ends the program, and the next run tidies up.
    let _ = catch_signals(watch);
    thread::scope(|scope| {
        // Dropped when the work is done or unwinds.
        let (_working, done) = channel::<()>();
        let tell = move || {
            let on_terminal = io::stderr().is_terminal();
            let every = if on_terminal { TERMINAL } else { LOG };
            let out: Box<dyn Write> =
                if quiet { Box::new(io::sink()) } else { Box::new(io::stderr()) };
            Teller::new(out, on_terminal, every, config.threads).tell(watch, &done);
        };
        // Without a thread to spare the run goes on in silence.
        let _ = thread::Builder::new().spawn_scoped(scope, tell);
        work()
    })
}

/// The first signal asks the run to end; a second one ends the program at once.
fn catch_signals(watch: &Watch) -> io::Result<()> {
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, i32::from(INTERRUPTED), watch.interrupter())?;
        flag::register(signal, watch.interrupter())?;
    }
    Ok(())
}

/// Tells how far a run has come.
struct Teller<W> {
    out: W,
    /// Whether a line can be written over.
    on_terminal: bool,
    every: Duration,
    threads: usize,
    phase: Phase,
    /// When the phase began.
    began: Instant,
    /// When something was said last.
    said: Instant,
    /// Since when the run is to end.
    ending: Option<Instant>,
    /// Whether there is a line to be written over.
    is_open: bool,
}

impl<W: Write> Teller<W> {
    fn new(out: W, on_terminal: bool, every: Duration, threads: usize) -> Self {
        let now = Instant::now();
        let phase = Phase::Starting;
        let (began, said, ending) = (now, now, None);
        Self { out, on_terminal, every, threads, phase, began, said, ending, is_open: false }
    }

    /// Looks at the run again and again until it is done.
    fn tell(&mut self, watch: &Watch, done: &Receiver<()>) {
        while done.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
            if watch.is_interrupted() {
                self.end(watch);
            } else {
                self.look(&watch.progress());
            }
        }
        self.clear();
    }

    fn look(&mut self, progress: &Progress) {
        let now = Instant::now();
        if progress.phase != self.phase {
            (self.phase, self.began) = (progress.phase, now);
            self.announce(progress);
        }
        if now - self.said >= self.every {
            self.said = now;
            let text = state(progress, now - self.began, self.threads);
            self.write(&text);
        }
    }

    /// Says what a long run will take, before it begins.
    fn announce(&mut self, progress: &Progress) {
        let Some(size) = progress.size else { return };
        let estimate = Estimate::new(size, self.threads);
        let comparing = if progress.only_counts { Duration::ZERO } else { estimate.comparing };
        let time = estimate.reading + comparing;
        if time >= LONG {
            let (text, memory) = (size.text.div_ceil(1_000_000), estimate.memory / 1_000_000);
            let text = format!(
                "{} MB of text to read: this will take about {} and {} MB of memory",
                grouped(text),
                in_words(time),
                grouped(memory),
            );
            self.clear();
            let _ = writeln!(self.out, "{text}");
        }
    }

    /// Writes a line; over the last one where that can be done. If standard error is closed there is
    /// nobody left to tell.
    fn write(&mut self, text: &str) {
        if self.on_terminal {
            let _ = write!(self.out, "\r\u{1b}[K{text}").and_then(|()| self.out.flush());
            self.is_open = true;
        } else {
            let _ = writeln!(self.out, "{text}");
        }
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.is_open) {
            let _ = write!(self.out, "\r\u{1b}[K").and_then(|()| self.out.flush());
        }
    }

    /// Ends the program if the run does not end by itself: it may wait for its input.
    fn end(&mut self, watch: &Watch) {
        let now = Instant::now();
        if now - *self.ending.get_or_insert(now) >= GRACE {
            self.clear();
            let leave = || process::exit(i32::from(INTERRUPTED));
            watch.abandon(|| say(&[interrupted()]), leave);
        }
    }
}

/// What a run is doing, in words; `elapsed` since the phase began.
fn state(progress: &Progress, elapsed: Duration, threads: usize) -> String {
    let mut parts = vec![match progress.phase {
        Phase::Starting => "starting".to_string(),
        Phase::LookingThrough => format!("{} articles looked at", grouped(progress.articles)),
        Phase::Reading => format!("{} articles read", grouped(progress.articles)),
        Phase::Comparing => "comparing".to_string(),
    }];
    if matches!(progress.phase, Phase::LookingThrough | Phase::Reading) {
        let rate = progress.articles as f64 / elapsed.as_secs_f64().max(0.001);
        parts.push(format!("{} a second", grouped(rate.round() as u64)));
    }
    if let Some(share) = progress.share {
        // What is read is not yet counted.
        parts.push(format!("{} %", (share * 100.0).clamp(0.0, 99.0).floor()));
    }
    parts.extend(
        left(progress, elapsed, threads).map(|time| format!("about {} left", in_words(time))),
    );
    parts.join(", ")
}

/// Time left, from how long the part took that is done; `None` before there is much to go by.
fn left(progress: &Progress, elapsed: Duration, threads: usize) -> Option<Duration> {
    const LEAST: f64 = 0.01;
    if progress.phase == Phase::LookingThrough {
        return None;
    }
    let share = progress.share.filter(|share| *share >= LEAST)?.min(1.0);
    let phase = elapsed.as_secs_f64() / share;
    let then = match progress.phase {
        Phase::Reading if !progress.only_counts => {
            let estimate = Estimate::new(progress.size?, threads);
            estimate.comparing.as_secs_f64() / estimate.reading.as_secs_f64().max(0.001)
        }
        _ => 0.0,
    };
    Some(Duration::from_secs_f64(phase * (1.0 - share + then)))
}

/// A time as people say it: `20 s`, `3 min 20 s`, `2 h 5 min`.
fn in_words(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..60 => format!("{} s", seconds.max(1)),
        seconds @ 60..3600 if seconds % 60 < 10 => format!("{} min", seconds / 60),
        seconds @ 60..3600 => format!("{} min {} s", seconds / 60, seconds % 60 / 10 * 10),
        seconds => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

/// A number with commas between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Size;

    fn reading(share: Option<f64>) -> Progress {
        let size = share.map(|_| Size { bytes: 1_000_000, text: 1_000_000 });
        Progress { phase: Phase::Reading, articles: 12_345, share, size, only_counts: false }
    }

    fn told(on_terminal: bool, every: Duration, looks: &[Progress]) -> String {
        let mut out = Vec::new();
        let mut teller = Teller::new(&mut out, on_terminal, every, 1);
        looks.iter().for_each(|progress| teller.look(progress));
        teller.clear();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn articles_rate_and_time_left_are_told() {
        let said = state(&reading(Some(0.25)), Duration::from_secs(20), 1);
        assert!(
            said.starts_with("12,345 articles read, 617 a second, 25 %, about 1 min "),
            "{said}"
        );
        let counting = Progress { only_counts: true, ..reading(Some(0.25)) };
        let said = state(&counting, Duration::from_secs(20), 1);
        assert_eq!(said, "12,345 articles read, 617 a second, 25 %, about 1 min left");
        let unknown = state(&reading(None), Duration::from_secs(20), 1);
        assert_eq!(unknown, "12,345 articles read, 617 a second");
        let comparing = Progress { phase: Phase::Comparing, share: Some(0.5), ..reading(None) };
        let said = state(&comparing, Duration::from_secs(20), 1);
        assert_eq!(said, "comparing, 50 %, about 20 s left");
    }

    #[test]
    fn a_short_run_says_nothing() {
        assert_eq!(told(false, LOG, &[reading(Some(0.5)), reading(Some(0.9))]), "");
        assert_eq!(told(true, TERMINAL, &[reading(Some(0.5)), reading(Some(0.9))]), "");
    }

    #[test]
    fn a_terminal_shows_one_line_and_a_log_keeps_all() {
        let looks = [reading(None), reading(None)];
        let log = told(false, Duration::ZERO, &looks);
        assert_eq!(log.lines().count(), 2, "{log}");
        assert!(!log.contains('\u{1b}'), "{log}");
        let terminal = told(true, Duration::ZERO, &looks);
        assert_eq!(terminal.lines().count(), 1, "{terminal}");
        assert!(terminal.ends_with("\r\u{1b}[K"), "the line is gone at the end: {terminal}");
    }

    #[test]
    fn only_a_long_run_is_announced() {
        let of = |text: u64| {
            let size = Some(Size { bytes: text, text });
            told(false, LOG, &[Progress { size, ..reading(None) }])
        };
        assert_eq!(of(10_000_000), "");
        let said = of(6_200_000_000);
        assert!(said.starts_with("6,200 MB of text to read: this will take about "), "{said}");
        assert!(said.contains("MB of memory"), "{said}");
    }

    #[test]
    fn times_are_said_as_people_do() {
        let words = |seconds| in_words(Duration::from_secs(seconds));
        assert_eq!([0, 59, 65].map(words), ["1 s", "59 s", "1 min"]);
        assert_eq!([205, 7_500].map(words), ["3 min 20 s", "2 h 5 min"]);
    }
}
