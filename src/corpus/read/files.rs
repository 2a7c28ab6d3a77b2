//! Reads articles that are a file each, whose rows or folders were listed before.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use crate::base::{open_ordinary, read_ordinary, sha256_hex};
use crate::corpus::article::Skipped;
use crate::corpus::decode::{DecodeFault, decode};
use crate::corpus::read::ledger::{LARGEST, Ledger, SkipCode, TOO_LARGE};
use crate::corpus::read::names::is_page;
use crate::corpus::read::record::Record;
use crate::corpus::read::stream::sha256_of;
use crate::corpus::read::{Size, Source};

/// Articles still to be read.
#[derive(Default)]
pub(crate) struct Files {
    /// Where each one lies, and what is known about it; a record that holds its text needs no file.
    pub(crate) entries: VecDeque<(Option<PathBuf>, Record)>,
    /// Encoding of what is not UTF-8, if the user says it.
    pub(crate) encoding: Option<&'static Encoding>,
    /// Bytes of the files read so far.
    pub(crate) bytes_read: u64,
}

impl Source for Files {
    fn next(&mut self, ledger: &mut Ledger) -> Option<Result<Record, Skipped>> {
        let (path, record) = self.entries.pop_front()?;
        Some(match path {
            Some(path) => {
                self.bytes_read += Size::of(&path).bytes;
                read(&path, record, self.encoding, ledger)
            }
            None => Ok(record),
        })
    }

    fn size(&self) -> Option<Size> {
        Some(self.entries.iter().flat_map(|(path, _)| path).map(|path| Size::of(path)).sum())
    }

    fn bytes_read(&self) -> u64 {
        self.bytes_read
    }
}

fn read(
    path: &Path,
    mut record: Record,
    encoding: Option<&'static Encoding>,
    ledger: &mut Ledger,
) -> Result<Record, Skipped> {
    let skip = |record: &Record, code: SkipCode, reason: String| Skipped {
        article_id: record.id.trim().to_owned(),
        outlet: record.outlet.trim().to_owned(),
        ..code.skipped(&record.source, record.record_no, reason)
    };
    let unreadable =
        |error| skip(&record, SkipCode::Unreadable, format!("it cannot be read: {error}"));
    let length = open_ordinary(path).and_then(|file| file.metadata()).map_err(unreadable)?.len();
    // UTF-16 takes at most twice the bytes of UTF-8.
    if length > 2 * LARGEST as u64 {
        let sum = sha256_of(path).map_err(unreadable)?;
        ledger.add_file(&record.source, sum);
        return Err(skip(&record, SkipCode::TooLarge, TOO_LARGE.to_string()));
    }
    let bytes = read_ordinary(path).map_err(unreadable)?;
    let sum = sha256_hex(&bytes);
    ledger.add_file(&record.source, sum.clone());
    let encoding = encoding.or_else(|| is_page(path).then(|| charset(&bytes)).flatten());
    let decoded = decode(bytes, encoding).map_err(|fault| match fault {
        DecodeFault::NotText(kind) => skip(&record, SkipCode::NotText, format!("it is {kind}")),
        DecodeFault::Undecodable => skip(
            &record,
            SkipCode::Undecodable,
            "it is not UTF-8, and no other encoding fits".into(),
        ),
    })?;
    if let Some(doubt) = decoded.doubt {
        ledger.doubt(&record.source, &doubt);
    }
    record.text = decoded.text;
    record.file_sha256 = Some(sum);
    Ok(record)
}

/// The encoding that a page says it is in, near its top: `charset=windows-1251`.
fn charset(page: &[u8]) -> Option<&'static Encoding> {
    const TOP: usize = 2048;
    let top = String::from_utf8_lossy(&page[..page.len().min(TOP)]).to_ascii_lowercase();
    let (_, label) = top.split_once("charset=")?;
    let label = label.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c));
    let encoding = Encoding::for_label(&label.as_bytes()[..end.unwrap_or(label.len())])?;
    // A page that is read so far is in no wide encoding, whatever it says.
    encoding.is_ascii_compatible().then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_its_encoding_near_its_top() {
        let said = |page: &str| charset(page.as_bytes()).map(Encoding::name);
        let meta = "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=Windows-1251\">";
        assert_eq!(said(meta), Some("windows-1251"));
        assert_eq!(said("<meta charset='iso-8859-2' >"), Some("ISO-8859-2"));
        for none in ["<meta charset=\"utf-16\">", "<meta charset=x>", "<p>charset", ""] {
            assert_eq!(said(none), None, "{none}");
        }
        assert_eq!(said(&format!("{}{meta}", " ".repeat(3000))), None);
    }
}
