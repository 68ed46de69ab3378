//! PDF with a text layer: lines as they stand on the page, and which of them belong to the page and not to the text.

mod cmap;
mod content;
mod font;
mod furniture;
mod hyphens;
mod layout;

use std::cell::Cell;

use lopdf::{DecompressError, Document, Error, LoadOptions, Object};

use super::lines::{Extracted, Lines};
use super::{ReadError, ReadOptions};
use crate::record::Code;
use content::{Painter, inherited};
use furniture::Page;

/// Most bytes that the content of one page or form unpacks to: 8 MiB.
pub(super) const MAX_CONTENT: usize = 8 << 20;
/// Most bytes that all packed groups of objects unpack to together: 256 MiB, spread evenly.
const MAX_GROUPS: usize = 256 << 20;
/// Bytes that objects may take beside [`OBJECTS_FACTOR`] times the document's size: 24 MiB.
const OBJECTS_BASE: usize = 24 << 20;
/// Times that the objects may be larger than the document.
const OBJECTS_FACTOR: usize = 4;
/// Bytes at the end in which a whole file says where its table is; some carry a page's worth of junk behind it.
const TAIL: usize = 64 << 10;
/// Stack of the thread that reads: the parser nests a hundred levels deep.
const STACK: usize = 32 << 20;

thread_local! {
    /// Bytes that objects may still take; the filter that the library calls carries no state.
    static BUDGET: Cell<usize> = const { Cell::new(0) };
}

/// Takes the text out of a document.
///
/// # Errors
/// When the document is damaged beyond reading or locked with a password.
pub(super) fn read(bytes: &[u8], options: &ReadOptions, max_text: usize) -> Result<Extracted, ReadError> {
    // The library means not to panic; a thread of its own bounds the damage if it does, and gives it enough stack.
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().stack_size(STACK);
        match reader.spawn_scoped(scope, || read_here(bytes, options, max_text)) {
            Ok(reader) => reader.join().unwrap_or_else(|_| Err(damaged("it makes the reader stumble"))),
            Err(_) => Err(ReadError::Unreadable("no thread could be started to read the PDF".to_owned())),
        }
    })
}

fn damaged(why: &str) -> ReadError {
    ReadError::Unreadable(format!(
        "the PDF is damaged ({why}); open it in a viewer and print it to PDF again"
    ))
}

fn read_here(bytes: &[u8], options: &ReadOptions, max_text: usize) -> Result<Extracted, ReadError> {
    let document = load(bytes)?;
    let mut lines = Lines::new(max_text);
    let mut painter = Painter::new(&document);
    let mut pages = Vec::new();
    let mut pictures = Vec::new();
    let mut held = 0;
    let mut overrun = BUDGET.get() == 0;
    for id in document.page_iter() {
        if pages.len() >= options.max_pages || painter.operations > content::MAX_OPERATIONS || held > max_text
        {
            overrun = true;
            break;
        }
        let glyphs = painter.page(id, MAX_CONTENT);
        let (bottom, top) = extent(&document, id);
        let page = Page { lines: layout::lines(glyphs), bottom, top };
        held += page.lines.iter().map(|line| line.text.len() + 1).sum::<usize>();
        if page.lines.is_empty() && painter.has_pictures {
            pictures.push(pages.len() + 1);
        }
        pages.push(page);
    }
    overrun |= painter.overrun;
    let apart = layout::PARAGRAPH * layout::leading(pages.iter().map(|page| page.lines.as_slice()));
    let verdicts = furniture::judge(&pages);
    let body = pages.iter_mut().zip(&verdicts).flat_map(|(page, verdict)| page.lines.iter_mut().zip(verdict));
    let mut body: Vec<_> = body.filter(|(_, furniture)| !**furniture).map(|(line, _)| line).collect();
    hyphens::join(&mut body);
    let full =
        pages.iter().flat_map(|page| &page.lines).map(|line| line.text.chars().count()).max().unwrap_or(0);
    let mut short = false;
    for (page, verdict) in pages.iter().zip(verdicts) {
        let mut above: Option<f32> = None;
        for (line, furniture) in page.lines.iter().zip(verdict) {
            // A wider gap parts paragraphs, and a blank line says so.
            let parted = match above {
                Some(above) => above - line.y > apart,
                // Where a page turns no gap is seen, but a short line ends its paragraph.
                None => !furniture && short,
            };
            if parted && !lines.as_str().is_empty() {
                lines.push_raw("");
            }
            if !furniture {
                above = Some(line.y);
                short = line.text.chars().count() * 2 < full;
            }
            let range = lines.push(&line.text);
            if furniture {
                lines.mark(range);
            }
        }
    }
    report(&mut lines, &pages, &pictures);
    if is_cut(bytes) {
        let message = "the end of the PDF is missing; what stands before it was read: fetch or save it again";
        lines.report(Code::TextUnreadable, message);
    }
    if overrun {
        let message = format!(
            "the PDF has more pages or larger ones than are read ({} pages were); split it, or raise the limits with --max-pages and --max-bytes",
            pages.len()
        );
        lines.report(Code::LimitReached, message);
    }
    Ok(lines.finish())
}

/// Whether the end of a file is gone, with the table of its objects: a download that broke off.
fn is_cut(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    memchr::memmem::find(tail, b"startxref").is_none() && memchr::memmem::find(tail, b"%%EOF").is_none()
}

fn load(bytes: &[u8]) -> Result<Document, ReadError> {
    BUDGET.set(bytes.len() * OBJECTS_FACTOR + OBJECTS_BASE);
    let groups = memchr::memmem::find_iter(bytes, b"ObjStm").count().max(1);
    let options = |force_reconstruct| LoadOptions {
        filter: Some(keep),
        max_decompressed_size: Some((MAX_GROUPS / groups).clamp(64 << 10, 4 << 20)),
        force_reconstruct,
        ..LoadOptions::default()
    };
    let mut loaded = Document::load_mem_with_options(bytes, options(false));
    if !matches!(&loaded, Ok(document) if document.is_encrypted() || document.page_iter().next().is_some())
        && !matches!(loaded, Err(Error::InvalidPassword))
    {
        BUDGET.set(bytes.len() * OBJECTS_FACTOR + OBJECTS_BASE);
        if let Ok(rebuilt) = Document::load_mem_with_options(bytes, options(true)) {
            loaded = Ok(rebuilt);
        }
    }
    let locked = || {
        let advice =
            "the PDF is locked with a password; open it with the password and save or print it without one";
        ReadError::Unreadable(advice.to_owned())
    };
    match loaded {
        Ok(document) if document.is_encrypted() => Err(locked()),
        Ok(document) if document.page_iter().next().is_none() => Err(damaged("no page of it can be found")),
        Ok(document) => Ok(document),
        Err(Error::InvalidPassword | Error::Decryption(_)) => Err(locked()),
        Err(Error::Decompress(DecompressError::MemoryLimitExceeded { limit })) => {
            Err(ReadError::Unreadable(format!(
                "the PDF has a group of objects that unpacks to more than {limit} bytes; print it to PDF again"
            )))
        }
        Err(error) => Err(damaged(&error.to_string())),
    }
}

/// Drops pictures and embedded fonts, and everything once the objects take too much memory.
fn keep(id: (u32, u16), object: &mut Object) -> Option<((u32, u16), Object)> {
    let cost = cost(object, 0);
    let left = BUDGET.get().saturating_sub(cost);
    BUDGET.set(left);
    if left == 0 {
        return None;
    }
    if let Object::Stream(stream) = object {
        let is_picture =
            stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image");
        let is_font = stream.dict.has(b"Length1") || stream.dict.has(b"Length2");
        if is_picture || is_font {
            BUDGET.set(left + cost);
            return None;
        }
    }
    // The library goes on with the object itself, but with the returned one if it stood in a group: never a stream.
    let returned = if matches!(object, Object::Stream(_)) { Object::Null } else { object.clone() };
    Some((id, returned))
}

/// About the bytes that an object takes.
fn cost(object: &Object, depth: usize) -> usize {
    let own = size_of::<Object>();
    if depth > 100 {
        return own;
    }
    let entries = |dictionary: &lopdf::Dictionary| {
        dictionary.iter().map(|(key, value)| key.len() + 48 + cost(value, depth + 1)).sum::<usize>()
    };
    own + match object {
        Object::Array(items) => items.iter().map(|item| cost(item, depth + 1)).sum(),
        Object::Dictionary(dictionary) => entries(dictionary),
        Object::Stream(stream) => stream.content.len() + entries(&stream.dict),
        Object::String(bytes, _) | Object::Name(bytes) => bytes.len(),
        _ => 0,
    }
}

/// Bottom and top of a page.
fn extent(document: &Document, page: lopdf::ObjectId) -> (f32, f32) {
    let frame = inherited(document, page, b"CropBox").or_else(|| inherited(document, page, b"MediaBox"));
    let numbers: Vec<f32> = frame
        .and_then(|frame| frame.as_array().ok())
        .map(|numbers| numbers.iter().filter_map(|number| font::float(document, number)).collect())
        .unwrap_or_default();
    match numbers[..] {
        [_, a, _, b] if (a - b).abs() > 1.0 => (a.min(b), a.max(b)),
        _ => (0.0, 842.0),
    }
}

/// Reports text that is a picture or has no letters.
fn report(lines: &mut Lines, pages: &[Page], pictures: &[usize]) {
    let letters = lines.as_str().chars().filter(|letter| letter.is_alphanumeric()).count();
    let lost = lines.as_str().chars().filter(|&letter| letter == '\u{FFFD}').count();
    if !pictures.is_empty() {
        let numbers: Vec<String> = pictures.iter().take(20).map(usize::to_string).collect();
        let message = if letters == 0 {
            "the PDF is a scan without text; run text recognition (OCR) on it first".to_owned()
        } else {
            format!(
                "pages {} are pictures without text; run text recognition (OCR) on the PDF first",
                numbers.join(", ")
            )
        };
        lines.report(Code::TextUnreadable, message);
    } else if letters == 0 && lost == 0 {
        let message = format!("none of the {} pages of the PDF holds text", pages.len());
        lines.report(Code::EmptyDocument, message);
    }
    if lost * 50 > letters {
        let first = lines.as_str().find('\u{FFFD}').unwrap_or(0);
        let message = format!(
            "the fonts of the PDF do not say which letters {lost} of its signs are; run text recognition (OCR) or ask for another file"
        );
        lines.report_at(Code::TextUnreadable, message, first..first + '\u{FFFD}'.len_utf8());
    }
}
