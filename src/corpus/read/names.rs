//! What the name of a file says of what it holds.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::corpus::error::InputError;

/// A file of records, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    JsonLines,
    Table,
    #[cfg(feature = "parquet")]
    Parquet,
}

/// How to have Parquet read.
pub(crate) const PARQUET_MEND: &str = "install with the feature `parquet` (`cargo install --path . --features parquet`), or write it as \
     .jsonl or .csv";

/// The first bytes of a Parquet file.
pub(crate) const PARQUET: &[u8] = b"PAR1";

/// What people hand in where a text or a table is expected, and what to do then.
const KNOWN_OTHERS: [(&str, &str); 10] = [
    ("parquet", PARQUET_MEND),
    ("xlsx", "save the sheet as CSV UTF-8"),
    ("xls", "save the sheet as CSV UTF-8"),
    ("ods", "save the sheet as CSV UTF-8"),
    ("pdf", "convert it to plain text first"),
    ("docx", "save it as plain text first"),
    ("html", "put it into a folder named after its outlet, and name the folder above it"),
    ("htm", "put it into a folder named after its outlet, and name the folder above it"),
    ("zip", "unpack it and name the folder"),
    ("txt", "put it into a folder named after its outlet, and name the folder above it"),
];

/// Whether a file in a folder of outlets is an article.
pub(crate) fn is_article(path: &Path) -> bool {
    (has_ending(path, "txt") || is_page(path)) && !is_about(path)
}

/// Whether a file is a saved page.
pub(crate) fn is_page(path: &Path) -> bool {
    ["html", "htm", "xhtml"].iter().any(|ending| has_ending(path, ending))
}

/// Whether a file belongs to a page that a browser saved: the folder `x_files` beside `x.html` holds
/// pictures, scripts, and the pages of advertisements.
pub(crate) fn is_part_of_page(path: &Path, files: &BTreeSet<PathBuf>) -> bool {
    path.ancestors().skip(1).any(|folder| {
        let name = folder.to_str().and_then(|name| name.strip_suffix("_files"));
        let page = |ending| name.map(|name| PathBuf::from(format!("{name}.{ending}")));
        ["html", "htm", "xhtml"].into_iter().filter_map(page).any(|page| files.contains(&page))
    })
}

/// The kind of a file of records; `None` for any other file.
pub(crate) fn format_of(path: &Path) -> Option<Format> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let name = name.trim_end_matches(".gz").trim_end_matches(".zst").trim_end_matches(".zstd");
    match name.rsplit_once('.')?.1 {
        "jsonl" | "ndjson" | "jl" | "jsonlines" | "json" => Some(Format::JsonLines),
        "csv" | "tsv" | "tab" => Some(Format::Table),
        #[cfg(feature = "parquet")]
        "parquet" if has_ending(path, "parquet") => Some(Format::Parquet),
        _ => None,
    }
}

/// That a file is of no kind that is read.
pub(crate) fn unknown_format(path: &Path) -> InputError {
    let known = KNOWN_OTHERS.iter().find(|(ending, _)| has_ending(path, ending));
    let mend =
        known.map_or("hand in .csv, .tsv, .jsonl or .json, or a folder of texts", |(_, mend)| mend);
    InputError::format(path, "this kind of file is not read", mend)
}

/// That standard input holds Parquet, which is read from its end.
pub(crate) fn parquet_from_stdin() -> InputError {
    let reason = "it holds Parquet, which is not read from standard input";
    let mend = if cfg!(feature = "parquet") { "name the file instead" } else { PARQUET_MEND };
    InputError::format(Path::new("-"), reason, mend)
}

/// Whether a file has this ending, in any case.
pub(crate) fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|known| known.eq_ignore_ascii_case(ending))
}

/// A file that tells people about the folder; `license-dispute.txt` may be an article.
pub(crate) fn is_about(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let stem = name.split_once('.').map_or(name.as_str(), |(stem, _)| stem);
    matches!(stem, "readme" | "license" | "licence")
}

/// Whether a file is the table of outlets.
pub(crate) fn is_outlets(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "outlets.csv")
}
