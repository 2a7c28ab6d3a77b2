//! Opens a file or stdin as a stream of text bytes: unpacked, without byte-order mark, checksummed.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use flate2::bufread::GzDecoder;
use sha2::{Digest, Sha256};

use crate::base::{Message, Sha256Hex, open_ordinary};
use crate::corpus::decode::{is_wide, other_kind, utf_32};
use crate::corpus::read::Size;
use crate::corpus::read::ledger::Ledger;

/// Bytes read at a time.
const BUFFER: usize = 256 * 1024;

/// The bytes of one input, and later their checksum.
pub(crate) struct Stream {
    /// What is left to read.
    pub(crate) bytes: Box<dyn BufRead + Send>,
    sum: Checksum,
}

/// Where the checksum will be once the raw bytes have been read to their end.
#[derive(Clone)]
pub(crate) struct Checksum {
    path: Option<PathBuf>,
    running: Arc<Mutex<Running>>,
}

#[derive(Default)]
struct Running {
    hasher: Sha256,
    bytes: u64,
    ended: bool,
    /// Whether something that is not packed follows what is.
    has_rest: bool,
}

impl Stream {
    /// Opens a file, or stdin without a path; `said` is the encoding of what is not UTF-8.
    pub(crate) fn open(path: Option<&Path>, said: Option<&'static Encoding>) -> io::Result<Self> {
        let raw: Box<dyn Read + Send> = match path {
            Some(path) => Box::new(open_ordinary(path)?),
            None => Box::new(io::stdin()),
        };
        let running = Arc::new(Mutex::new(Running::default()));
        let raw = Hashing { raw, running: Arc::clone(&running) };
        let raw = BufReader::with_capacity(BUFFER, raw);
        let bytes = utf_8(unpacked(raw, Arc::clone(&running))?, said)?;
        Ok(Self { bytes, sum: Checksum { path: path.map(Path::to_owned), running } })
    }

    /// A handle on the checksum, to ask at the end.
    pub(crate) fn checksum(&self) -> Checksum {
        self.sum.clone()
    }
}

impl Checksum {
    /// The checksum of a file that is not read as a stream.
    #[cfg(feature = "parquet")]
    pub(crate) fn of_file(path: &Path) -> Self {
        Self { path: Some(path.to_owned()), running: Arc::default() }
    }

    /// The file that is read; `None` for standard input.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// How large the file is; `None` for standard input.
    pub(crate) fn size(&self) -> Option<Size> {
        self.path.as_deref().map(Size::of)
    }

    /// How many raw bytes have been read.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.running.lock().expect("no thread dies while it hashes").bytes
    }

    /// Warns if something follows the packed part of a file that has been read to its end.
    pub(crate) fn warn_of_rest(&self, path: &str, ledger: &mut Ledger) {
        if self.running.lock().expect("no thread dies while it hashes").has_rest {
            ledger.warn(rest(path));
        }
    }

    /// The checksum of the raw bytes. A file that was left before its end is read once more; `None`
    /// if that fails.
    pub(crate) fn finish(&self) -> Option<Sha256Hex> {
        let running = self.running.lock().expect("no thread dies while it hashes");
        if running.ended {
            return Some(hex(running.hasher.clone()));
        }
        sha256_of(self.path.as_ref()?).ok()
    }
}

/// The checksum of a file, read in pieces.
pub(crate) fn sha256_of(path: &Path) -> io::Result<Sha256Hex> {
    let mut hasher = Sha256::new();
    let mut file = BufReader::with_capacity(BUFFER, open_ordinary(path)?);
    loop {
        let bytes = file.fill_buf()?;
        if bytes.is_empty() {
            return Ok(hex(hasher));
        }
        hasher.update(bytes);
        let n = bytes.len();
        file.consume(n);
    }
}

fn hex(hasher: Sha256) -> Sha256Hex {
    use std::fmt::Write;
    let mut text = String::with_capacity(64);
    for byte in hasher.finalize() {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
    }
    Sha256Hex(text)
}

/// Hashes what is read through it.
struct Hashing {
    raw: Box<dyn Read + Send>,
    running: Arc<Mutex<Running>>,
}

impl Read for Hashing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.raw.read(buffer)?;
        let mut running = self.running.lock().expect("no thread dies while it hashes");
        running.hasher.update(&buffer[..n]);
        running.bytes += n as u64;
        running.ended |= n == 0 && !buffer.is_empty();
        Ok(n)
    }
}

/// Unpacks gzip and zstd, known by their first bytes whatever the file is called.
fn unpacked<R: Read + Send + 'static>(
    mut raw: BufReader<R>,
    running: Arc<Mutex<Running>>,
) -> io::Result<Box<dyn BufRead + Send>> {
    let start = raw.fill_buf()?;
    if start.starts_with(b"\x1F\x8B") || start.starts_with(b"\x28\xB5\x2F\xFD") {
        let parts = Parts { part: Part::Raw(raw), is_doubtful: false, running };
        return Ok(Box::new(BufReader::with_capacity(BUFFER, parts)));
    }
    Ok(Box::new(raw))
}

/// A packed file: parts one after the other, and perhaps something behind them.
struct Parts<R: Read> {
    part: Part<R>,
    /// Whether what was begun may be no part.
    is_doubtful: bool,
    running: Arc<Mutex<Running>>,
}

/// Where in a packed file reading is.
enum Part<R: Read> {
    /// Between two parts, or before the first.
    Raw(BufReader<R>),
    Gzip(Box<GzDecoder<BufReader<R>>>),
    Zstd(zstd::Decoder<'static, BufReader<R>>),
    End,
}

impl<R: Read> Parts<R> {
    /// Begins the next part. What is none, such as padding, is read over to the end of the file.
    fn begin(&mut self, mut raw: BufReader<R>) -> io::Result<()> {
        let start = raw.fill_buf()?;
        // At the end of the buffer there may be too little to be sure.
        self.is_doubtful = start.len() < 4;
        self.part = match start {
            [] => Part::End,
            [0x1F, 0x8B, ..] | [0x1F] => Part::Gzip(Box::new(GzDecoder::new(raw))),
            // The second is a frame that is passed over, such as an index.
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => zstd_part(raw)?,
            [0x28 | 0x50..=0x5F] | [0x28, 0xB5] | [0x28, 0xB5, 0x2F] => zstd_part(raw)?,
            [0x50..=0x5F, 0x2A] | [0x50..=0x5F, 0x2A, 0x4D] => zstd_part(raw)?,
            _ => {
                self.note_rest();
                io::copy(&mut raw, &mut io::sink())?;
                Part::End
            }
        };
        Ok(())
    }

    fn note_rest(&self) {
        self.running.lock().expect("no thread dies while it hashes").has_rest = true;
    }
}

impl<R: Read> Read for Parts<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = match &mut self.part {
                Part::Raw(_) => Ok(0),
                Part::Gzip(decoder) => decoder.read(buffer),
                Part::Zstd(decoder) => decoder.read(buffer),
                Part::End => return Ok(0),
            };
            match read {
                Ok(0) if !buffer.is_empty() => {}
                // What only begins like another part is none.
                Err(error) if self.is_doubtful && is_no_part(&error) => {
                    self.note_rest();
                    self.part = Part::End;
                    return Ok(0);
                }
                other => {
                    self.is_doubtful = false;
                    return other;
                }
            }
            match std::mem::replace(&mut self.part, Part::End) {
                Part::Raw(raw) => self.begin(raw)?,
                Part::Gzip(decoder) => self.part = Part::Raw(decoder.into_inner()),
                Part::Zstd(decoder) => self.part = Part::Raw(decoder.finish()),
                Part::End => {}
            }
        }
    }
}

fn zstd_part<R: Read>(raw: BufReader<R>) -> io::Result<Part<R>> {
    Ok(Part::Zstd(zstd::Decoder::with_buffer(raw)?.single_frame()))
}

/// Whether it is said of bytes that begin no packed part, and not of a part that breaks off.
fn is_no_part(error: &io::Error) -> bool {
    error.raw_os_error().is_none() && error.kind() != io::ErrorKind::UnexpectedEof
}

/// That something follows the packed part of a file.
fn rest(path: &str) -> Message {
    let what = "something follows the end of the packed data, and was not read; all that is packed \
                was";
    let mend = "if it should hold more articles, copy or pack the file again";
    Message::new("W433", path, what, mend)
}

/// The bytes of a file that was read whole, unpacked; `path` is its name for messages.
pub(crate) fn unpack(bytes: Vec<u8>, path: &str, ledger: &mut Ledger) -> io::Result<Vec<u8>> {
    let (mut all, running) = (Vec::new(), Arc::<Mutex<Running>>::default());
    let raw = BufReader::new(Cursor::new(bytes));
    unpacked(raw, Arc::clone(&running))?.read_to_end(&mut all)?;
    if running.lock().expect("no thread dies while it hashes").has_rest {
        ledger.warn(rest(path));
    }
    Ok(all)
}

/// Drops a byte-order mark; UTF-16, as spreadsheets export it, becomes UTF-8, and so does what the user
/// says is UTF-16.
fn utf_8(
    mut bytes: Box<dyn BufRead + Send>,
    said: Option<&'static Encoding>,
) -> io::Result<Box<dyn BufRead + Send>> {
    let start = bytes.fill_buf()?;
    if let [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] = start {
        let mut all = Vec::new();
        bytes.read_to_end(&mut all)?;
        return Ok(Box::new(Cursor::new(utf_32(&all).unwrap_or_default().into_bytes())));
    }
    if let Some(kind) = other_kind(start) {
        return Err(io::Error::new(
            io::ErrorKind::Unsupported,
            format!("it holds {kind}, no articles"),
        ));
    }
    let utf16 = match start {
        [0xEF, 0xBB, 0xBF, ..] => {
            bytes.consume(3);
            return Ok(bytes);
        }
        [0xFF, 0xFE, ..] => UTF_16LE,
        [0xFE, 0xFF, ..] => UTF_16BE,
        _ => match said.filter(|said| is_wide(said, start)) {
            Some(said) => said,
            None => return Ok(bytes),
        },
    };
    let mut all = Vec::new();
    bytes.read_to_end(&mut all)?;
    let (text, _) = utf16.decode_with_bom_removal(&all);
    Ok(Box::new(Cursor::new(text.into_owned().into_bytes())))
}
