//! Reads articles that are a file each, whose rows or folders were listed before.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

use crate::base::sha256_hex;
use crate::corpus::article::Skipped;
use crate::corpus::decode::{DecodeFault, decode};
use crate::corpus::read::Source;
use crate::corpus::read::ledger::{Ledger, SkipCode};
use crate::corpus::read::record::Record;
use crate::corpus::read::stream::regular;

/// Articles still to be read.
#[derive(Default)]
pub(crate) struct Files {
    /// Where each one lies, and what is known about it; a record that holds its text needs no file.
    pub(crate) entries: VecDeque<(Option<PathBuf>, Record)>,
}

impl Source for Files {
    fn next(&mut self, ledger: &mut Ledger) -> Option<Result<Record, Skipped>> {
        let (path, record) = self.entries.pop_front()?;
        Some(match path {
            Some(path) => read(&path, record, ledger),
            None => Ok(record),
        })
    }
}

fn read(path: &Path, mut record: Record, ledger: &mut Ledger) -> Result<Record, Skipped> {
    let skip = |record: &Record, code: SkipCode, reason: String| Skipped {
        article_id: record.id.trim().to_owned(),
        outlet: record.outlet.trim().to_owned(),
        ..code.skipped(&record.source, record.record_no, reason)
    };
    let bytes = regular(path).and_then(fs::read).map_err(|error| {
        skip(&record, SkipCode::Unreadable, format!("it cannot be read: {error}"))
    })?;
    let sum = sha256_hex(&bytes);
    ledger.add_file(&record.source, sum.clone());
    let decoded = decode(bytes).map_err(|fault| match fault {
        DecodeFault::NotText(kind) => skip(&record, SkipCode::NotText, format!("it is {kind}")),
        DecodeFault::Undecodable => skip(
            &record,
            SkipCode::Undecodable,
            "it is not UTF-8, and no other encoding fits".into(),
        ),
    })?;
    if let Some(doubt) = decoded.doubt {
        ledger.doubt(&record.source, &doubt);
    }
    record.text = decoded.text;
    record.file_sha256 = Some(sum);
    Ok(record)
}
