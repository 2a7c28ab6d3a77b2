//! From bytes to text: byte-order mark, else UTF-8, else a guess that is reported.

use std::str::Utf8Error;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A decoded text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The text without its byte-order mark.
    pub(crate) text: String,
    /// What had to be assumed to read it.
    pub(crate) doubt: Option<Doubt>,
}

/// Why a decoded text may differ from what its author typed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// Nothing says which encoding it is; this one was guessed.
    Guessed(&'static str),
    /// It is UTF-8 but for so many broken places, read as U+FFFD.
    Broken(usize),
}

/// Why bytes are no text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum DecodeFault {
    /// The bytes of another kind of file.
    NotText(&'static str),
    /// No encoding fits.
    Undecodable,
}

/// Decodes the bytes of a whole file or cell; `said` is the encoding of what is not UTF-8.
pub(crate) fn decode(
    bytes: Vec<u8>,
    said: Option<&'static Encoding>,
) -> Result<Decoded, DecodeFault> {
    if let Some(kind) = other_kind(&bytes) {
        return Err(DecodeFault::NotText(kind));
    }
    if let Some(text) = utf_32(&bytes) {
        let n = text.matches('\u{FFFD}').count();
        return Ok(Decoded { text, doubt: (n > 0).then_some(Doubt::Broken(n)) });
    }
    if let Some((encoding, bom)) = Encoding::for_bom(&bytes) {
        return decode_marked(encoding, &bytes[bom..]);
    }
    if let Some(wide) = said.filter(|said| is_wide(said, &bytes)) {
        return decode_marked(wide, &bytes);
    }
    if bytes.contains(&0) {
        return Err(DecodeFault::NotText("a binary file"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, doubt: None }),
        Err(error) => match said {
            Some(encoding) => Ok(decode_as(encoding, error.as_bytes())),
            None => decode_unmarked(error.as_bytes()),
        },
    }
}

/// Whether the user says UTF-16 of bytes that are no text in UTF-8, of which these are the first.
pub(crate) fn is_wide(said: &'static Encoding, start: &[u8]) -> bool {
    let is_broken = |text: Utf8Error| text.error_len().is_some();
    [UTF_16LE, UTF_16BE].contains(&said)
        && (start.contains(&0) || str::from_utf8(start).is_err_and(is_broken))
}

/// A text whose byte-order mark says UTF-32, which begins like that of UTF-16 and is no encoding of the
/// WHATWG's; what is no letter is a broken place.
pub(crate) fn utf_32(bytes: &[u8]) -> Option<String> {
    let read = match bytes {
        [0xFF, 0xFE, 0, 0, ..] => u32::from_le_bytes,
        [0, 0, 0xFE, 0xFF, ..] => u32::from_be_bytes,
        _ => return None,
    };
    let (letters, rest) = bytes[4..].as_chunks::<4>();
    let broken = (!rest.is_empty()).then_some('\u{FFFD}');
    let letter = |four: &[u8; 4]| char::from_u32(read(*four)).unwrap_or('\u{FFFD}');
    Some(letters.iter().map(letter).chain(broken).collect())
}

/// Decodes as the user says; what does not fit is a broken place.
pub(crate) fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let doubt = broken.then(|| Doubt::Broken(text.matches('\u{FFFD}').count()));
    Decoded { text: text.into_owned(), doubt }
}

/// Kinds of file that people put where a text belongs, by their first bytes.
pub(crate) fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 8] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a Word, Excel or zip file"),
        (b"\xD0\xCF\x11\xE0", "an old Word or Excel file"),
        (b"{\\rtf", "an RTF file"),
        (b"\x1F\x8B", "a gzip file"),
        (b"\x28\xB5\x2F\xFD", "a zstd file"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
    ];
    KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, kind)| kind)
}

fn decode_marked(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, DecodeFault> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if encoding == UTF_8 && broken {
        return decode_unmarked(bytes);
    }
    if broken && (encoding == UTF_16LE || encoding == UTF_16BE) {
        let n = text.matches('\u{FFFD}').count();
        return Ok(Decoded { text: text.into_owned(), doubt: Some(Doubt::Broken(n)) });
    }
    Ok(Decoded { text: text.into_owned(), doubt: None })
}

/// Not valid UTF-8 as a whole: UTF-8 with a few broken places, or an older encoding.
///
/// A file cut in the middle of a letter would otherwise be guessed as windows-1252, and each of its
/// curly quotes read as `â€œ`.
fn decode_unmarked(bytes: &[u8]) -> Result<Decoded, DecodeFault> {
    let lossy = String::from_utf8_lossy(bytes);
    let n_broken = lossy.matches('\u{FFFD}').count();
    let n_valid = lossy.chars().filter(|&c| !c.is_ascii()).count() - n_broken;
    if is_utf8_with_faults(n_broken, n_valid) {
        return Ok(Decoded { text: lossy.into_owned(), doubt: Some(Doubt::Broken(n_broken)) });
    }
    let encoding = guess(bytes);
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken {
        return Err(DecodeFault::Undecodable);
    }
    Ok(Decoded { text: text.into_owned(), doubt: Some(Doubt::Guessed(encoding.name())) })
}

/// Whether a text with so many broken places and so many whole letters beyond ASCII is UTF-8 all the
/// same: in an older encoding hardly any letter happens to be whole.
pub(crate) fn is_utf8_with_faults(n_broken: usize, n_valid: usize) -> bool {
    n_broken * 4 <= n_valid
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> String {
        decode(bytes.to_vec(), None).unwrap().text
    }

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_text() {
        assert_eq!(text_of(b"\xEF\xBB\xBFChina"), "China");
        assert_eq!(text_of(b"\xFF\xFEC\0h\0"), "Ch");
        assert_eq!(text_of(b"\xFE\xFF\0C\0h"), "Ch");
        assert_eq!(text_of(b"\xFF\xFE\0\0C\0\0\0h\0\0\0"), "Ch");
        assert_eq!(text_of(b"\0\0\xFE\xFF\0\0\0C\0\0\xFF"), "C\u{FFFD}");
    }

    #[test]
    fn line_ends_are_kept_as_they_are() {
        assert_eq!(text_of(b"one\r\ntwo\r"), "one\r\ntwo\r");
    }

    #[test]
    fn an_older_encoding_is_guessed_and_reported() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("Россия и Китай укрепляют доверие");
        let decoded = decode(bytes.into_owned(), None).unwrap();
        assert_eq!(decoded.text, "Россия и Китай укрепляют доверие");
        assert_eq!(decoded.doubt, Some(Doubt::Guessed("windows-1251")));
    }

    #[test]
    fn curly_quotes_of_windows_survive() {
        let bytes =
            b"He said the talks were \x93constructive\x94 and China\x92s envoy agreed.".to_vec();
        let decoded = decode(bytes, None).unwrap();
        assert!(decoded.text.contains("“constructive”"), "{}", decoded.text);
        assert!(matches!(decoded.doubt, Some(Doubt::Guessed(_))));
    }

    #[test]
    fn a_text_cut_within_a_letter_stays_utf8() {
        let mut bytes = "“Peace”, said Li’s envoy “again”".as_bytes().to_vec();
        bytes.pop();
        let decoded = decode(bytes, None).unwrap();
        assert!(decoded.text.starts_with("“Peace”"));
        assert_eq!(decoded.doubt, Some(Doubt::Broken(1)));
    }

    #[test]
    fn a_pdf_named_txt_is_not_an_article() {
        let fault = |bytes: &[u8]| decode(bytes.to_vec(), None).unwrap_err();
        assert_eq!(fault(b"%PDF-1.7 ..."), DecodeFault::NotText("a PDF"));
        assert_eq!(fault(b"ab\0cd"), DecodeFault::NotText("a binary file"));
    }

    #[test]
    fn the_encoding_that_the_user_names_is_not_doubted() {
        let said = |name: &str| Encoding::for_label(name.as_bytes());
        let decoded = decode(b"\xC7a va".to_vec(), said("latin1")).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.doubt), ("Ça va", None));
        let wide = decode(b"C\0h\0".to_vec(), said("utf-16le")).unwrap();
        assert_eq!(wide.text, "Ch");
        let utf8 = decode("Ça va".into(), said("latin1")).unwrap();
        assert_eq!(utf8.text, "Ça va", "what is UTF-8 needs no encoding");
    }
}
