//! Finds JSON objects that run over lines: one after the other, or in a list.

use std::io::{self, BufRead};

/// Objects without an eye on lines.
#[derive(Default)]
pub(crate) struct Objects {
    /// Lists that have begun between objects and not ended.
    open: u32,
}

impl Objects {
    /// Whether a file that begins so holds a list, or objects that run over lines.
    pub(crate) fn run_over_lines(start: &[u8]) -> bool {
        let start = start.trim_ascii_start();
        let first_line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
        start.starts_with(b"[") || first_line.trim_ascii() == b"{"
    }

    /// Reads the next object into `object`, and passes over brackets, commas and blanks between
    /// objects; whatever else stands there, such as a number, is given in the place of an object.
    /// Gives the number of bytes read, 0 at the end; an object that never ends, or is longer than
    /// `longest`, is given as far as it was kept.
    pub(crate) fn read_one(
        &mut self,
        bytes: &mut dyn BufRead,
        longest: u64,
        object: &mut Vec<u8>,
    ) -> io::Result<usize> {
        let (mut depth, mut in_string, mut escaped) = (0_u32, false, false);
        loop {
            let part = bytes.fill_buf()?;
            if part.is_empty() {
                return Ok(object.len());
            }
            let (n, mut done) = (part.len(), None);
            for (at, &byte) in part.iter().enumerate() {
                if depth == 0 && !in_string {
                    let blank = byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']');
                    if (blank || byte == b'{') && !object.is_empty() {
                        done = Some(at);
                        break;
                    } else if blank {
                        self.note(byte);
                        continue;
                    }
                }
                if (object.len() as u64) < longest {
                    object.push(byte);
                }
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if in_string => escaped = true,
                    b'"' => in_string = !in_string,
                    // No string runs over lines: outside of objects one that does is a stray mark.
                    b'\n' if depth == 0 => in_string = false,
                    b'{' if !in_string => depth += 1,
                    b'}' if !in_string && depth > 0 => {
                        depth -= 1;
                        if depth == 0 {
                            done = Some(at + 1);
                            break;
                        }
                    }
                    _ => {}
                }
            }
            bytes.consume(done.unwrap_or(n));
            if done.is_some() {
                return Ok(object.len());
            }
        }
    }

    fn note(&mut self, between: u8) {
        match between {
            b'[' => self.open = self.open.saturating_add(1),
            b']' => self.open = self.open.saturating_sub(1),
            _ => {}
        }
    }

    /// Whether a list has begun and not ended.
    pub(crate) fn in_list(&self) -> bool {
        self.open > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objects(text: &str, longest: u64) -> Vec<String> {
        let mut bytes = io::BufReader::with_capacity(3, text.as_bytes());
        let mut found = Vec::new();
        let (mut file, mut object) = (Objects::default(), Vec::new());
        while file.read_one(&mut bytes, longest, &mut object).unwrap() > 0 {
            found.push(String::from_utf8(std::mem::take(&mut object)).unwrap());
        }
        found
    }

    #[test]
    fn braces_within_strings_do_not_count() {
        let text = r#"[ {"a": "}\"{", "b": {"c": 1}} , {} ]"#;
        assert_eq!(objects(text, 99), [r#"{"a": "}\"{", "b": {"c": 1}}"#, "{}"]);
    }

    #[test]
    fn an_object_that_never_ends_is_given_as_it_is() {
        assert_eq!(objects("{\n\"a\": 1}\n{\"b", 99), ["{\n\"a\": 1}", "{\"b"]);
        assert_eq!(objects("{\"a\": 12345} {}", 4), ["{\"a\"", "{}"]);
    }

    #[test]
    fn what_is_no_object_is_given_in_its_place() {
        let text = r#"[{"a": 1},5, "x, {y}" ,null,[[true]],{}]"#;
        assert_eq!(objects(text, 99), [r#"{"a": 1}"#, "5", r#""x, {y}""#, "null", "true", "{}"]);
        assert_eq!(objects("[\"\n{}", 99), ["\"\n", "{}"]);
    }

    #[test]
    fn a_list_without_an_end_is_told() {
        for (text, cut) in [("[{}, [{}], {}", true), ("[{}, [{}]]", false), ("{} {}", false)] {
            let (mut file, mut object) = (Objects::default(), Vec::new());
            let mut bytes = text.as_bytes();
            while file.read_one(&mut bytes, 99, &mut object).unwrap() > 0 {
                object.clear();
            }
            assert_eq!(file.in_list(), cut, "{text}");
        }
    }

    #[test]
    fn lines_are_told_from_lists() {
        assert!(Objects::run_over_lines(b" [{\"a\": 1}]"));
        assert!(Objects::run_over_lines(b"{\n  \"a\": 1\n}"));
        assert!(!Objects::run_over_lines(b"{\"a\": 1}\n"));
    }
}
