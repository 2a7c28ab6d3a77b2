//! Shows the text that the offsets of a report count in.

use std::path::PathBuf;

use crate::base::Message;
use crate::corpus::ReadOptions;
use crate::corpus::open;
use crate::run::RunError;
use crate::run::rules::messages;

/// The basis text of one article.
pub fn text(inputs: &[PathBuf], read: &ReadOptions, id: &str) -> Result<String, Vec<Message>> {
    let mut reader = open(inputs, read).map_err(messages)?;
    let mut nearest: Option<String> = None;
    for draft in reader.by_ref().flatten() {
        if draft.id == id {
            return Ok(draft.basis.text);
        }
        if nearest.is_none()
            && !id.is_empty()
            && (draft.id.starts_with(id) || id.starts_with(&draft.id))
        {
            nearest = Some(draft.id);
        }
    }
    if !reader.errors().is_empty() {
        return Err(messages(reader.errors().to_vec()));
    }
    Err(vec![RunError::NoArticle { id: id.to_string(), nearest }.into()])
}
