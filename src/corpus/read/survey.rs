//! Decodes the cells of a file of records: one encoding for the whole file, known from all of it.

use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use crate::corpus::decode::{Doubt, decode, decode_as, is_utf8_with_faults};
use crate::corpus::read::ledger::Ledger;
use crate::corpus::read::stream::Stream;

/// Turns bytes of one file into text. While all is UTF-8 it costs a check; the first bytes that are
/// not make it look through the whole file, because a cell alone is too short to tell encodings
/// apart.
pub(crate) struct Decoder {
    /// The file; `None` for standard input, which cannot be read twice.
    file: Option<PathBuf>,
    encoding: Option<&'static Encoding>,
}

impl Decoder {
    /// A decoder of the cells of one file.
    pub(crate) fn new(file: Option<&Path>, said: Option<&'static Encoding>) -> Self {
        Self { file: file.map(Path::to_owned), encoding: said }
    }

    /// The text; `None` if no encoding fits. `place` is the file's name for messages.
    pub(crate) fn text(
        &mut self,
        bytes: &[u8],
        place: &str,
        ledger: &mut Ledger,
    ) -> Option<String> {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Some(text.to_owned());
        }
        if self.encoding.is_none()
            && let Some(Ok((encoding, doubt))) = self.file.as_deref().map(survey)
        {
            self.encoding = Some(encoding);
            ledger.doubt(place, &doubt);
        }
        match self.encoding {
            Some(encoding) => Some(decode_as(encoding, bytes).text),
            None => {
                let decoded = decode(bytes.to_vec(), None).ok()?;
                if let Some(doubt) = decoded.doubt {
                    ledger.doubt(place, &doubt);
                }
                Some(decoded.text)
            }
        }
    }
}

/// The encoding of a file that is not UTF-8 throughout, and what to say about it.
fn survey(file: &Path) -> io::Result<(&'static Encoding, Doubt)> {
    let mut bytes = Stream::open(Some(file), None)?.bytes;
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let (mut n_broken, mut n_valid) = (0, 0);
    let mut line = Vec::new();
    // A file that breaks off is judged by what is there.
    while bytes.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
        detector.feed(&line, false);
        for chunk in line.utf8_chunks() {
            n_valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            n_broken += usize::from(!chunk.invalid().is_empty());
        }
        line.clear();
    }
    if is_utf8_with_faults(n_broken, n_valid) {
        return Ok((UTF_8, Doubt::Broken(n_broken)));
    }
    detector.feed(b"", true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    Ok((encoding, Doubt::Guessed(encoding.name())))
}
