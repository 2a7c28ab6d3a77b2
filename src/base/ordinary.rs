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
}
