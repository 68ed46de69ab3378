//! Word documents (DOCX): the text as Word shows it with all changes accepted.

mod body;
mod numbering;
mod styles;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::archive::Archive;
use super::lines::{Extracted, Lines};
use super::xml::{Stop, Xml};
use super::{ReadError, ReadOptions};
use crate::record::Code;
use body::{Body, NoteKind, notes};
use numbering::Numbering;
use styles::Styles;

/// Takes the text out of a document.
///
/// # Errors
/// When the document has no text part that can be unpacked.
pub(super) fn read(
    archive: &mut Archive<'_>,
    options: &ReadOptions,
    max_text: usize,
) -> Result<Extracted, ReadError> {
    let main = archive.main_part().unwrap_or_else(|| "word/document.xml".to_owned());
    let folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let budget = archive.budget();
    let mut lines = Lines::new(max_text);
    let mut stops = Vec::new();
    let mut side = |archive: &mut Archive<'_>, name: &str, read: &mut dyn FnMut(&mut Xml<'_>)| {
        if let Some(part) = archive.part(&format!("{folder}{name}")) {
            let mut xml = Xml::new(part, budget.clone(), options.max_depth);
            read(&mut xml);
            stops.extend(xml.stop.take());
        }
    };
    let mut styles = Styles::default();
    side(archive, "styles.xml", &mut |xml| styles = Styles::read(xml));
    let mut numbering = Numbering::default();
    side(archive, "numbering.xml", &mut |xml| numbering = Numbering::read(xml));
    let found = {
        let Some(part) = archive.part(&main) else { return Err(archive.why_unreadable(&main)) };
        let mut xml = Xml::new(part, budget.clone(), options.max_depth);
        let mut body = Body::new(&styles, &mut numbering);
        body.read(&mut xml, &mut lines);
        stops.extend(xml.stop.take());
        body.found
    };
    let mut texts: HashMap<NoteKind, HashMap<String, String>> = HashMap::new();
    for (kind, name) in [(NoteKind::Footnote, "footnotes.xml"), (NoteKind::Endnote, "endnotes.xml")] {
        if found.notes.iter().any(|(other, _)| *other == kind)
            && let Some(part) = archive.part(&format!("{folder}{name}"))
        {
            let mut xml = Xml::new(part, budget.clone(), options.max_depth);
            texts.insert(kind, notes(&mut xml, &styles, &mut numbering, max_text));
            stops.extend(xml.stop.take());
        }
    }
    for (at, (kind, id)) in found.notes.iter().enumerate() {
        if let Some(text) = texts.get(kind).and_then(|texts| texts.get(id)) {
            lines.push(&format!("[{}] {text}", at + 1));
        }
    }
    if found.overfull {
        let message = "a paragraph, table or text box is too large; the document was read up to there";
        lines.report(Code::LimitReached, message);
    }
    if found.changes > 0 {
        let message = format!("{} tracked changes were read as accepted", found.changes);
        lines.report(Code::TrackedChanges, message);
    }
    if found.hidden > 0 {
        lines.report(Code::TextHidden, format!("{} letters of hidden text were left out", found.hidden));
    }
    report(&mut lines, stops, options);
    Ok(lines.finish())
}

/// Reports why parts of an office document were not read to their end, each reason once.
pub(super) fn report(lines: &mut Lines, mut stops: Vec<Stop>, options: &ReadOptions) {
    stops.dedup();
    for stop in stops.into_iter().take(2) {
        match stop {
            Stop::Depth => lines.report(
                Code::LimitReached,
                format!(
                    "elements are nested more than {} deep; the document was read up to there (raise it with --max-depth)",
                    options.max_depth
                ),
            ),
            Stop::Size => lines.report(
                Code::LimitReached,
                format!(
                    "the document unpacks to more than {} bytes, or to a piece too long; it was read up to there (raise it with --max-bytes)",
                    options.max_bytes
                ),
            ),
            Stop::Damage(why) => lines.report(
                Code::TextUnreadable,
                format!("the document is damaged ({why}); it was read up to there, open it and save it again"),
            ),
        }
    }
}
