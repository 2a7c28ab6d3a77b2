//! On which line of a file a row of a table starts.

/// The line of the first character after any line breaks that `rest` starts with; `line` is that of
/// its first byte, from 1.
///
/// A CSV reader ends a record at the first character of a line break and says that the next record
/// starts at the second one, so that with `\r\n` each row would seem to stand one line too high.
pub fn line_after_breaks(line: u64, rest: &[u8]) -> u64 {
    let breaks = rest.iter().take_while(|&&byte| byte == b'\r' || byte == b'\n');
    line + breaks.filter(|&&byte| byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_feed_of_a_windows_line_break_is_skipped() {
        assert_eq!(line_after_breaks(1, b"\nx,y\r\n"), 2);
        assert_eq!(line_after_breaks(2, b"x,y\n"), 2);
        assert_eq!(line_after_breaks(2, b"\n\nx"), 4);
    }
}
