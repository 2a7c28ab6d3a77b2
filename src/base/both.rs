//! Does two things at once where there are two threads for it.

use std::panic::resume_unwind;
use std::thread;

/// Does one thing after the other, or both at once on two threads: `one` on a thread of its own. A
/// fault in it goes on here.
pub(crate) fn both<A: Send, B>(
    threads: usize,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    if threads < 2 {
        return (one(), other());
    }
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|fault| resume_unwind(fault)), other)
    })
}
