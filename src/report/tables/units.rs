//! The units of the columns, each spelled once.

pub(crate) const MENTIONS: &str = "mentions";
pub(crate) const WORDS: &str = "words";
pub(crate) const ARTICLES: &str = "articles";
pub(crate) const SENTENCES: &str = "sentences";
pub(crate) const PER_1K: &str = "mentions per 1,000 words";
pub(crate) const QUOTES: &str = "quotes";
pub(crate) const SHARE: &str = "share, 0 to 1";
pub(crate) const CODE_POINTS: &str = "code points";
