//! The file of one shard: what `parallax tally` writes and `parallax merge` reads.
//!
//! Layout: magic line, format number, header as JSON, surface forms and skipped articles, then the
//! records as a run sorted by id, then a checksum over all of it. A file that is foreign, cut short,
//! damaged, or counted in another way is refused. Records are read where they lie, whenever they are
//! needed.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::{Sha256Hex, open_ordinary};
use crate::corpus::Recurring;
use crate::lexicon::LexiconFile;
use crate::tally::records::{Heads, Records};
use crate::tally::sorter::{Blocks, Run};
use crate::tally::{Tally, TallyError};

const MAGIC: &[u8] = b"parallax tally\n";
/// Raised with every change of what the file holds.
const FORMAT: u32 = 8;
/// Bytes of the checksum at the end.
const CHECKSUM: u64 = 32;
/// Compression level: the standard one of zstd.
const LEVEL: i32 = 3;
/// Shards that are open at a time; systems allow a program a few hundred files.
const OPEN_SHARDS: usize = 128;
/// No header and no single record is larger; a larger length is damage.
const LONGEST: u32 = 1 << 30;

/// How a shard was counted. Shards can be merged only if all but `inputs` agree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardHeader {
    /// Name and version of the program, and of what decides its counts (stemmer, Unicode).
    pub program: String,
    /// Resolved options that decide counts.
    pub options: BTreeMap<String, String>,
    /// The lexicon files used, with checksums.
    pub lexicons: Vec<LexiconFile>,
    /// The order of outlets, if `outlets.csv` gives one.
    pub outlets: Vec<String>,
    /// The input files of this shard.
    pub inputs: Vec<ShardInput>,
}

/// One input file of a shard.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ShardInput {
    /// Path relative to the input.
    pub path: String,
    /// Checksum of its bytes.
    pub sha256: Sha256Hex,
}

impl ShardHeader {
    /// What differs between two shards that cannot be merged; `None` if they can.
    fn difference(&self, other: &ShardHeader) -> Option<&'static str> {
        let same = [
            (self.program == other.program, "a program version"),
            (self.options == other.options, "options"),
            (self.lexicons == other.lexicons, "lexicons"),
            (self.outlets == other.outlets, "an order of outlets"),
        ];
        same.iter().find(|(same, _)| !same).map(|(_, what)| *what)
    }
}

/// Writes a shard; the file appears whole or not at all.
pub fn write_shard(path: &Path, header: &ShardHeader, tally: &Tally) -> Result<(), TallyError> {
    let failed = |error: io::Error| file_error(path, &error, true);
    refuse_to_cover(path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = new_file(folder.unwrap_or(Path::new("."))).map_err(|error| {
        // The error of `tempfile` names the passing file, which means nothing to the user.
        let system = std::error::Error::source(&error);
        let system = system.map_or_else(|| error.kind().to_string(), ToString::to_string);
        failed(io::Error::new(error.kind(), system))
    })?;
    write_to(&mut file, path, header, tally)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// A passing file that may be read by whoever may read any other new file.
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new();
    #[cfg(unix)]
    file.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    file.tempfile_in(folder)
}

/// Whether a tally may be written here: nothing may be lost that was not a tally.
pub fn refuse_to_cover(path: &Path) -> Result<(), TallyError> {
    let Ok(found) = path.metadata() else { return Ok(()) };
    let tally = found.is_file()
        && (found.len() == 0 || open_ordinary(path).is_ok_and(|mut f| is_tally(&mut f)));
    if tally { Ok(()) } else { Err(TallyError::Covered { path: path.to_path_buf() }) }
}

fn is_tally(file: &mut File) -> bool {
    let mut start = [0; MAGIC.len()];
    file.read_exact(&mut start).is_ok() && start == MAGIC
}

fn write_to(
    file: impl Write,
    path: &Path,
    header: &ShardHeader,
    tally: &Tally,
) -> Result<(), TallyError> {
    let failed = |error: io::Error| TallyError::of_io(path, &error, true);
    let mut out = Hashing { inner: BufWriter::new(file), hash: Sha256::new() };
    write_start(&mut out, header, tally).map_err(failed)?;
    let mut blocks = Blocks::new(|block: &[u8]| out.write_all(block)).map_err(failed)?;
    for record in tally.records.read()? {
        let record = record?;
        let bytes = postcard::to_stdvec(&record).map_err(io::Error::other);
        bytes.and_then(|bytes| blocks.push(record.id.as_bytes(), &bytes)).map_err(failed)?;
    }
    blocks.finish().map_err(failed)?;
    let checksum = out.hash.clone().finalize();
    out.inner.write_all(&checksum).and_then(|()| out.inner.flush()).map_err(failed)
}

/// Writes what comes before the records.
fn write_start(out: &mut impl Write, header: &ShardHeader, tally: &Tally) -> io::Result<()> {
    out.write_all(MAGIC)?;
    out.write_all(&FORMAT.to_le_bytes())?;
    write_piece(out, &serde_json::to_vec(header)?)?;
    let mut tables = zstd::stream::write::Encoder::new(Vec::new(), LEVEL)?;
    write_value(&mut tables, &tally.surfaces)?;
    write_value(&mut tables, &tally.skipped)?;
    write_piece(out, &tables.finish()?)
}

fn write_value(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    write_piece(out, &postcard::to_stdvec(value).map_err(io::Error::other)?)
}

fn write_piece(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(bytes)
}

/// Remembers the checksum of what passes through.
struct Hashing<W> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.hash.update(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Opens a shard, once its checksum is known to hold; its records stay where they lie.
/// `heads` takes the traces of its articles.
fn read_shard(path: &Path, heads: &mut Heads) -> Result<(ShardHeader, Tally), TallyError> {
    let failed = |error: io::Error| file_error(path, &error, false);
    let damaged = |_: io::Error| TallyError::Damaged { path: path.to_path_buf() };
    let mut file = open_ordinary(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    check_format(&mut file, path)?;
    let start = (MAGIC.len() + 4) as u64;
    if length < start + CHECKSUM || !checksum_holds(&mut file, length).map_err(failed)? {
        return Err(damaged(io::ErrorKind::InvalidData.into()));
    }
    file.seek(SeekFrom::Start(start)).map_err(failed)?;
    let mut body = BufReader::new(file).take(length - start - CHECKSUM);
    let header = read_piece(&mut body).map_err(damaged)?;
    let header = serde_json::from_slice(&header).map_err(|error| damaged(error.into()))?;
    let tables = read_piece(&mut body).map_err(damaged)?;
    let mut tally = read_tables(&tables).map_err(damaged)?;
    let records = length - CHECKSUM - body.limit()..length - CHECKSUM;
    let file = Arc::new(body.into_inner().into_inner());
    tally.records = Records::of(vec![Run::in_file(file, records)]);
    for record in tally.records.read()? {
        heads.add(&record.map_err(|_| TallyError::Damaged { path: path.to_path_buf() })?)?;
    }
    tally.heads = heads.take();
    Ok((header, tally))
}

fn check_format(file: &mut File, path: &Path) -> Result<(), TallyError> {
    let mut start = Vec::new();
    let wanted = (MAGIC.len() + 4) as u64;
    file.take(wanted).read_to_end(&mut start).map_err(|error| file_error(path, &error, false))?;
    let Some(format) = start.strip_prefix(MAGIC) else {
        return Err(TallyError::Foreign { path: path.to_path_buf() });
    };
    match <[u8; 4]>::try_from(format).map(u32::from_le_bytes) {
        Ok(FORMAT) => Ok(()),
        Ok(found) => Err(TallyError::Version { path: path.to_path_buf(), found, known: FORMAT }),
        Err(_) => Err(TallyError::Damaged { path: path.to_path_buf() }),
    }
}

fn checksum_holds(file: &mut File, length: u64) -> io::Result<bool> {
    file.seek(SeekFrom::Start(0))?;
    let mut hashing = Hashing { inner: io::sink(), hash: Sha256::new() };
    io::copy(&mut BufReader::new(&mut *file).take(length - CHECKSUM), &mut hashing)?;
    let mut expected = Vec::new();
    file.seek(SeekFrom::Start(length - CHECKSUM))?;
    file.read_to_end(&mut expected)?;
    Ok(hashing.hash.finalize().as_slice() == expected)
}

fn read_tables(bytes: &[u8]) -> io::Result<Tally> {
    let mut body = zstd::stream::read::Decoder::with_buffer(bytes)?;
    let surfaces = read_value(&mut body)?;
    let skipped = read_value(&mut body)?;
    Ok(Tally { surfaces, skipped, ..Tally::default() })
}

fn read_value<T: DeserializeOwned>(body: &mut impl Read) -> io::Result<T> {
    postcard::from_bytes(&read_piece(body)?).map_err(io::Error::other)
}

fn read_piece(body: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    body.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    body.take(u64::from(length)).read_to_end(&mut bytes)?;
    if bytes.len() < length as usize {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

/// Opens and merges shards; an error if they were not all counted in the same way.
///
/// The order of the files does not matter. The header holds the input files of all of them. Records
/// stay in the shards, unless there are more of these than files may be open: then they are brought
/// together in `scratch`.
pub fn merge_files(
    paths: &[PathBuf],
    recurring: Option<Recurring>,
    scratch: &Path,
) -> Result<(ShardHeader, Tally), TallyError> {
    let mut first: Option<(&PathBuf, ShardHeader)> = None;
    let mut whole = Tally::default();
    let mut heads = Heads::new(scratch, recurring);
    for group in paths.chunks(OPEN_SHARDS) {
        let mut tallies = vec![whole];
        for path in group {
            let (header, tally) = read_shard(path, &mut heads)?;
            tallies.push(tally);
            take_header(&mut first, path, header)?;
        }
        whole = Tally::merge_all(tallies)?;
        if paths.len() > OPEN_SHARDS {
            whole.records = whole.records.rewritten(scratch)?;
        }
    }
    whole.records.add_traces(heads.finish()?);
    let mut header = first.map(|(_, header)| header).unwrap_or_default();
    header.inputs.sort();
    header.inputs.dedup();
    Ok((header, whole))
}

/// Adds the inputs of a shard to those of the first one, whose header stands for all.
fn take_header<'a>(
    first: &mut Option<(&'a PathBuf, ShardHeader)>,
    path: &'a PathBuf,
    header: ShardHeader,
) -> Result<(), TallyError> {
    let Some((first_path, whole)) = first else {
        *first = Some((path, header));
        return Ok(());
    };
    if let Some(what) = whole.difference(&header) {
        return Err(TallyError::Incompatible {
            path: path.clone(),
            what: what.to_string(),
            other: first_path.display().to_string(),
        });
    }
    whole.inputs.extend(header.inputs);
    Ok(())
}

fn file_error(path: &Path, error: &io::Error, writing: bool) -> TallyError {
    TallyError::of_io(path, error, writing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::fixture::{Part, article};

    fn shard(id: &str) -> Tally {
        article(
            id,
            "Daily",
            &[Part::title("War and peace"), Part::body("A pact.").mention("pact", 3)],
        )
    }

    fn header() -> ShardHeader {
        ShardHeader { program: "parallax 1".into(), ..ShardHeader::default() }
    }

    fn read_shard(
        path: &Path,
        recurring: Option<Recurring>,
    ) -> Result<(ShardHeader, Tally), TallyError> {
        super::read_shard(path, &mut Heads::new(&std::env::temp_dir(), recurring))
    }

    fn recurring() -> Option<Recurring> {
        crate::corpus::CleaningRules::built_in().recurring()
    }

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let folder = folder();
        let path = folder.path().join("one.tally");
        write_shard(&path, &header(), &shard("a")).unwrap();
        assert_eq!(read_shard(&path, recurring()).unwrap(), (header(), shard("a")));
    }

    #[test]
    fn equal_tallies_are_equal_files() {
        let folder = folder();
        let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
        write_shard(&one, &header(), &shard("a").merge(shard("b")).unwrap()).unwrap();
        write_shard(&two, &header(), &shard("b").merge(shard("a")).unwrap()).unwrap();
        assert_eq!(std::fs::read(one).unwrap(), std::fs::read(two).unwrap());
    }

    #[test]
    fn merging_files_is_merging_tallies() {
        let folder = folder();
        let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
        write_shard(&one, &header(), &shard("a")).unwrap();
        write_shard(&two, &header(), &shard("b")).unwrap();
        let merged = merge_files(&[two.clone(), one.clone()], recurring(), folder.path()).unwrap();
        assert_eq!(merged, merge_files(&[one.clone(), two], recurring(), folder.path()).unwrap());
        assert_eq!(merged.1, shard("a").merge(shard("b")).unwrap());
        let twice = merge_files(&[one.clone(), one], None, folder.path()).unwrap_err();
        assert!(matches!(twice, TallyError::RepeatedId { .. }));
    }

    #[test]
    fn more_shards_than_files_may_be_open_are_merged_all_the_same() {
        let folder = folder();
        let path = |no: usize| folder.path().join(format!("{no}"));
        let n = OPEN_SHARDS + 2;
        let shards: Vec<Tally> = (0..n).map(|no| shard(&format!("a{no:03}"))).collect();
        for (no, shard) in shards.iter().enumerate() {
            write_shard(&path(no), &header(), shard).unwrap();
        }
        let paths: Vec<PathBuf> = (0..n).rev().map(path).collect();
        let merged = merge_files(&paths, recurring(), folder.path()).unwrap().1;
        assert_eq!(merged, Tally::merge_all(shards).unwrap());
    }

    #[test]
    fn a_foreign_file_is_refused() {
        let folder = folder();
        let path = folder.path().join("foreign");
        for bytes in [&b"outlet,text\n"[..], b""] {
            std::fs::write(&path, bytes).unwrap();
            assert!(matches!(read_shard(&path, None), Err(TallyError::Foreign { .. })));
        }
    }

    #[test]
    fn a_file_cut_short_anywhere_is_refused() {
        let folder = folder();
        let path = folder.path().join("shard");
        write_shard(&path, &header(), &shard("a")).unwrap();
        let whole = std::fs::read(&path).unwrap();
        for length in MAGIC.len()..whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            assert!(matches!(read_shard(&path, None), Err(TallyError::Damaged { .. })), "{length}");
        }
    }

    #[test]
    fn one_changed_byte_is_noticed() {
        let folder = folder();
        let path = folder.path().join("shard");
        write_shard(&path, &header(), &shard("a")).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        for at in MAGIC.len() + 4..bytes.len() {
            bytes[at] ^= 1;
            std::fs::write(&path, &bytes).unwrap();
            assert!(matches!(read_shard(&path, None), Err(TallyError::Damaged { .. })), "{at}");
            bytes[at] ^= 1;
        }
    }

    #[test]
    fn another_format_is_named() {
        let folder = folder();
        let path = folder.path().join("shard");
        write_shard(&path, &header(), &shard("a")).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[MAGIC.len()] = 9;
        std::fs::write(&path, &bytes).unwrap();
        let refused = read_shard(&path, None).unwrap_err();
        assert!(matches!(refused, TallyError::Version { found: 9, known: FORMAT, .. }));
    }

    #[test]
    fn shards_counted_with_other_options_are_not_merged() {
        let folder = folder();
        let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
        write_shard(&one, &header(), &shard("a")).unwrap();
        let mut other = header();
        other.options.insert("no-voice".into(), "true".into());
        write_shard(&two, &other, &shard("b")).unwrap();
        let refused = merge_files(&[one, two], None, folder.path()).unwrap_err();
        assert!(refused.to_string().contains("other options"), "{refused}");
    }

    #[test]
    fn a_tally_takes_the_place_of_tallies_only() {
        let dir = tempfile::tempdir().unwrap();
        let (article, tally) = (dir.path().join("a.txt"), dir.path().join("a.tally"));
        std::fs::write(&article, "The talks began.").unwrap();
        let write = |path: &Path| write_shard(path, &ShardHeader::default(), &Tally::default());
        assert!(matches!(write(&article), Err(TallyError::Covered { .. })));
        assert!(matches!(write(Path::new("/dev/null")), Err(TallyError::Covered { .. })));
        assert_eq!(std::fs::read_to_string(&article).unwrap(), "The talks began.");
        write(&tally).unwrap();
        write(&tally).unwrap();
    }
}
