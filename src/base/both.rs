//! Does two things at once where there are two threads for it.

use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Does one thing after the other, or both at once on two threads: `one` on a thread of its own, if
/// the system lets one start. A fault in it goes on here.
pub(crate) fn both<A: Send, B>(
    threads: usize,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    if threads < 2 {
        return (one(), other());
    }
    let waiting = Mutex::new(Some(one));
    let begin = || {
        let one = waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        one.expect("only one thread begins it")()
    };
    thread::scope(|scope| {
        let thread = thread::Builder::new().spawn_scoped(scope, begin);
        let other = other();
        let one = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|fault| resume_unwind(fault)),
            Err(_) => begin(),
        };
        (one, other)
    })
}
