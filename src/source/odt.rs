//! OpenDocument texts (ODT): list styles, and the text as LibreOffice shows it.

mod body;
mod lists;
#[cfg(test)]
mod tests;

use super::archive::Archive;
use super::docx;
use super::lines::{Extracted, Lines};
use super::xml::Xml;
use super::{ReadError, ReadOptions};
use crate::record::Code;
use body::Body;
use lists::Lists;

/// Takes the text out of a document.
///
/// # Errors
/// When the document has no text part that can be unpacked.
pub(super) fn read(
    archive: &mut Archive<'_>,
    options: &ReadOptions,
    max_text: usize,
) -> Result<Extracted, ReadError> {
    let budget = archive.budget();
    let mut lists = Lists::default();
    let mut stops = Vec::new();
    // Styles of the text itself stand at its head, common ones in a part of their own.
    for part in ["styles.xml", "content.xml"] {
        if let Some(part) = archive.part(part) {
            let mut xml = Xml::new(part, budget.clone(), options.max_depth);
            lists.read(&mut xml);
            stops.extend(xml.stop.take());
        }
    }
    let mut lines = Lines::new(max_text);
    let Some(part) = archive.part("content.xml") else { return Err(archive.why_unreadable("content.xml")) };
    let mut xml = Xml::new(part, budget, options.max_depth);
    let mut body = Body::new(&mut lists);
    body.read(&mut xml, &mut lines);
    stops.extend(xml.stop.take());
    for (at, note) in body.notes.iter().enumerate() {
        if !note.is_empty() {
            lines.push(&format!("[{}] {note}", at + 1));
        }
    }
    if body.overfull {
        lines.report(
            Code::LimitReached,
            "a paragraph or table is too large; the document was read up to there",
        );
    }
    if body.changes > 0 {
        lines.report(Code::TrackedChanges, format!("{} tracked changes were read as accepted", body.changes));
    }
    docx::report(&mut lines, stops, options);
    Ok(lines.finish())
}
