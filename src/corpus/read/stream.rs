//! Opens a file or stdin as a stream of text bytes: unpacked, without byte-order mark, checksummed.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use encoding_rs::{UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};

use crate::base::{Sha256Hex, open_ordinary};
use crate::corpus::decode::{other_kind, utf_32};
use crate::corpus::read::Size;

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
}

impl Stream {
    /// Opens a file, or stdin without a path.
    pub(crate) fn open(path: Option<&Path>) -> io::Result<Self> {
        let raw: Box<dyn Read + Send> = match path {
            Some(path) => Box::new(open_ordinary(path)?),
            None => Box::new(io::stdin()),
        };
        let running = Arc::new(Mutex::new(Running::default()));
        let raw = Hashing { raw, running: Arc::clone(&running) };
        let bytes = without_bom(unpacked(BufReader::with_capacity(BUFFER, raw))?)?;
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
) -> io::Result<Box<dyn BufRead + Send>> {
    let start = raw.fill_buf()?;
    if start.starts_with(b"\x1F\x8B") {
        return Ok(Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(raw))));
    }
    if start.starts_with(b"\x28\xB5\x2F\xFD") {
        let decoder = zstd::Decoder::with_buffer(raw)?;
        return Ok(Box::new(BufReader::with_capacity(BUFFER, decoder)));
    }
    Ok(Box::new(raw))
}

/// The bytes of a file that was read whole, unpacked.
pub(crate) fn unpack(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    let mut all = Vec::new();
    unpacked(BufReader::new(Cursor::new(bytes)))?.read_to_end(&mut all)?;
    Ok(all)
}

/// Drops a byte-order mark; UTF-16, as spreadsheets export it, becomes UTF-8.
fn without_bom(mut bytes: Box<dyn BufRead + Send>) -> io::Result<Box<dyn BufRead + Send>> {
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
        _ => return Ok(bytes),
    };
    let mut all = Vec::new();
    bytes.read_to_end(&mut all)?;
    let (text, _) = utf16.decode_with_bom_removal(&all);
    Ok(Box::new(Cursor::new(text.into_owned().into_bytes())))
}
