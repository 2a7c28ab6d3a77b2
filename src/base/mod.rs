//! The small words every room speaks: spans, dates, exact decimals, checksums, voices.
//!
//! Nothing here knows what an article is.

mod both;
mod date;
mod digest;
mod everyday;
mod harmless;
mod language;
mod lines;
mod message;
mod micro;
mod ordinary;
mod span;
mod voice;

pub(crate) use both::both;
pub use date::{Interval, Published, Zone};
pub use digest::{Sha256Hex, sha256_hex};
pub use everyday::EVERYDAY_WORDS;
pub use harmless::{harmless, harmless_lines, is_hidden};
pub use language::{Language, LanguageFrom};
pub use lines::line_after_breaks;
pub use message::{Message, listed};
pub use micro::Micro;
pub use ordinary::{holds_just, open_ordinary, read_ordinary};
pub use span::Span;
pub use voice::{Section, Voice};
