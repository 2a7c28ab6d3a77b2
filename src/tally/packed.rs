//! The words of an article as they are stored: three numbers each, of one or two bytes as a rule.
//!
//! Words are most of a record, and each reading unpacks them anew. A distance and a length are smaller
//! numbers than two offsets, and one loop over bytes does less than a call by serde for each field.

use serde::de::{Error as _, Visitor};
use serde::{Deserializer, Serializer};

use crate::tally::record::{CharSpan, WordRecord};

/// Most bytes of a number.
const LONGEST: usize = 5;

/// Writes for each word the number of its form, the distance from the end of the word before, which
/// may be negative, and its length.
pub(super) fn serialize<S: Serializer>(words: &[WordRecord], to: S) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(4 * words.len());
    let mut end = 0;
    for WordRecord { surface, chars } in words {
        push(&mut bytes, *surface);
        push(&mut bytes, zigzag(chars.start.wrapping_sub(end)));
        push(&mut bytes, chars.end.wrapping_sub(chars.start));
        end = chars.end;
    }
    to.serialize_bytes(&bytes)
}

/// Reads what [`serialize`] wrote.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<WordRecord>, D::Error> {
    struct Words;
    impl Visitor<'_> for Words {
        type Value = Vec<WordRecord>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("the words of an article")
        }

        fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
            unpacked(bytes).ok_or_else(|| E::custom("damaged words"))
        }
    }
    from.deserialize_bytes(Words).map_err(D::Error::custom)
}

/// The words in these bytes; `None` if they break off.
fn unpacked(mut bytes: &[u8]) -> Option<Vec<WordRecord>> {
    // A word has three bytes at least, four as a rule.
    let mut words = Vec::with_capacity(bytes.len() / 4);
    let mut last = 0_u32;
    while !bytes.is_empty() {
        let surface = take(&mut bytes)?;
        let start = last.wrapping_add(unzigzag(take(&mut bytes)?));
        let end = start.wrapping_add(take(&mut bytes)?);
        words.push(WordRecord { surface, chars: CharSpan { start, end } });
        last = end;
    }
    Some(words)
}

/// Appends a number, seven bits a byte, the lowest first; the last byte has no high bit.
fn push(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for at in 0..LONGEST {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7F) << (7 * at);
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Small numbers for small distances in either direction.
fn zigzag(distance: u32) -> u32 {
    (distance << 1) ^ ((distance as i32) >> 31) as u32
}

fn unzigzag(number: u32) -> u32 {
    (number >> 1) ^ (number & 1).wrapping_neg()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Packed(#[serde(with = "super")] Vec<WordRecord>);

    fn word(surface: u32, start: u32, end: u32) -> WordRecord {
        WordRecord { surface, chars: CharSpan { start, end } }
    }

    #[test]
    fn a_word_behind_a_blank_takes_three_bytes() {
        let words = Packed(vec![word(7, 0, 4), word(100, 5, 9)]);
        assert_eq!(postcard::to_stdvec(&words).unwrap(), [6, 7, 0, 4, 100, 2, 4]);
    }

    #[test]
    fn bytes_that_break_off_are_an_error() {
        for bytes in [&[2, 7, 0][..], &[3, 7, 0, 0x80], &[6, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0]] {
            assert!(postcard::from_bytes::<Packed>(bytes).is_err(), "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn any_words_come_back(
            words in prop::collection::vec((any::<u32>(), any::<u32>(), any::<u32>()), 0..20),
        ) {
            let words = Packed(words.into_iter().map(|(s, from, to)| word(s, from, to)).collect());
            let bytes = postcard::to_stdvec(&words).unwrap();
            prop_assert_eq!(postcard::from_bytes::<Packed>(&bytes).unwrap(), words);
        }
    }
}
