//! A file of records that is opened when its turn comes: a folder may hold more files than the system
//! lets a program have open.

use crate::corpus::article::Skipped;
use crate::corpus::read::folder::{RecordFile, open_records};
use crate::corpus::read::ledger::{Ledger, SkipCode};
use crate::corpus::read::record::Record;
use crate::corpus::read::{Size, Source};

/// A file that was looked into before and is to be read.
pub(crate) struct Later {
    file: Option<RecordFile>,
    size: Size,
    open: Option<Box<dyn Source>>,
}

impl Later {
    pub(crate) fn new(file: RecordFile) -> Self {
        Self { size: Size::of(file.path()), file: Some(file), open: None }
    }
}

impl Source for Later {
    fn next(&mut self, ledger: &mut Ledger) -> Option<Result<Record, Skipped>> {
        if let Some(file) = self.file.take() {
            match open_records(&file, ledger) {
                Ok(source) => self.open = Some(source),
                Err(error) => {
                    let reason = error.to_string();
                    return Some(Err(SkipCode::Unreadable.skipped(&file.name, None, reason)));
                }
            }
        }
        self.open.as_mut()?.next(ledger)
    }

    fn size(&self) -> Option<Size> {
        Some(self.size)
    }

    fn bytes_read(&self) -> u64 {
        self.open.as_ref().map_or(0, |source| source.bytes_read())
    }
}

/// A file that cannot be opened: nothing but its row in `skipped.csv`.
pub(crate) struct Broken(pub(crate) Option<Skipped>);

impl Source for Broken {
    fn next(&mut self, _: &mut Ledger) -> Option<Result<Record, Skipped>> {
        self.0.take().map(Err)
    }

    fn size(&self) -> Option<Size> {
        Some(Size::default())
    }

    fn bytes_read(&self) -> u64 {
        0
    }
}
