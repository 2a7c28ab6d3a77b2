//! Opens files that have an end: no pipe and no device, which a run would wait for or read forever.

use std::fs::{File, metadata};
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

/// Opens a file for reading, unless it is a pipe, a device or a folder.
pub fn open_ordinary(path: &Path) -> Result<File> {
    if metadata(path)?.is_file() {
        return File::open(path);
    }
    Err(Error::new(ErrorKind::Unsupported, "it is no ordinary file"))
}

/// The bytes of a file, unless it is a pipe, a device or a folder.
pub fn read_ordinary(path: &Path) -> Result<Vec<u8>> {
    let mut file = open_ordinary(path)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether a file holds just these bytes; an error if it cannot be read. It is compared piece by piece,
/// as fresh memory for all of it takes longer than the comparison.
pub fn holds_just(path: &Path, bytes: &[u8]) -> Result<bool> {
    let mut file = open_ordinary(path)?;
    let (mut rest, mut piece) = (bytes, [0; 16 << 10]);
    loop {
        let n = file.read(&mut piece)?;
        match rest.strip_prefix(&piece[..n]) {
            Some(behind) if n > 0 => rest = behind,
            same => return Ok(same.is_some_and(<[u8]>::is_empty)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_never_end_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("zero.csv");
        std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
        for path in [&link, folder.path()] {
            assert_eq!(read_ordinary(path).unwrap_err().to_string(), "it is no ordinary file");
        }
        std::fs::write(folder.path().join("a"), "one").unwrap();
        assert_eq!(read_ordinary(&folder.path().join("a")).unwrap(), b"one");
    }

    #[test]
    fn a_file_holds_its_bytes_and_none_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let bytes: Vec<u8> = (0..40_000_u32).map(|n| (n % 251) as u8).collect();
        std::fs::write(&path, &bytes).unwrap();
        assert!(holds_just(&path, &bytes).unwrap());
        assert!(!holds_just(&path, &bytes[1..]).unwrap());
        assert!(!holds_just(&path, &bytes[..39_999]).unwrap());
        assert!(!holds_just(&path, &[&bytes[..], b"x"].concat()).unwrap());
        assert!(holds_just(&folder.path().join("b"), b"").is_err());
    }
}
