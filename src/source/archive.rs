//! ZIP archives that hold documents: which part is the text, and how much may be unpacked.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::rc::Rc;

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_16BE, UTF_16LE};
use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadError;

/// Longest piece of XML (a tag, a run of text) that is taken from a part: 4 MiB.
pub(super) const MAX_PIECE: usize = 4 << 20;

const LOCKED: &str = "the document is locked with a password; open it and save it without one";

/// Document that an archive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Docx,
    Odt,
}

/// An archive in memory; nothing of it is ever written to a disk, so the names inside are harmless.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    budget: Rc<Budget>,
}

/// Bytes that may still be unpacked, and what went wrong.
#[derive(Debug, Default)]
pub(super) struct Budget {
    left: Cell<u64>,
    piece: Cell<usize>,
    spent: Cell<bool>,
}

impl Budget {
    /// Whether a limit was reached.
    pub(super) fn is_spent(&self) -> bool {
        self.spent.get()
    }

    /// Starts a new piece of XML.
    pub(super) fn next_piece(&self) {
        self.piece.set(0);
    }
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// When its directory cannot be read.
    pub(super) fn open(bytes: &'a [u8], max_bytes: u64) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            ReadError::Unreadable(format!(
                "the archive is broken ({error}); open the document in the program it was made with and save it again"
            ))
        })?;
        let budget = Budget { left: Cell::new(max_bytes), ..Budget::default() };
        Ok(Self { zip, budget: Rc::new(budget) })
    }

    /// Tells what the archive holds.
    ///
    /// # Errors
    /// When it is no document of text; the message says what to do.
    pub(super) fn holds(&mut self) -> Result<Holds, ReadError> {
        let elsewhere = self.main_part().is_some();
        if self.is_locked() {
            return Err(ReadError::Unreadable(LOCKED.to_owned()));
        }
        let has = |name: &str| self.zip.index_for_name(name).is_some();
        let advice = if has("word/document.xml") {
            return Ok(Holds::Docx);
        } else if has("content.xml") {
            let kind = self.part("mimetype").map(|mut part| {
                let mut kind = String::new();
                // A mimetype that is no text is as good as none.
                let _ = part.by_ref().take(256).read_to_string(&mut kind);
                kind
            });
            match kind.as_deref().map(str::trim) {
                None | Some("") => return Ok(Holds::Odt),
                Some(kind) if kind.contains("opendocument.text") => return Ok(Holds::Odt),
                Some(kind) => {
                    return Err(ReadError::Unreadable(format!("this is no text document but {kind}")));
                }
            }
        } else if elsewhere {
            return Ok(Holds::Docx);
        } else if has("xl/workbook.xml") {
            "this is a spreadsheet (.xlsx); save the policy as .docx or text"
        } else if has("ppt/presentation.xml") {
            "this is a presentation (.pptx); save the policy as .docx or text"
        } else if has("META-INF/container.xml") {
            "this is an e-book (.epub); convert it to .docx or HTML"
        } else if self.zip.is_empty() {
            "the archive is empty"
        } else {
            "this is a ZIP archive without a document of its own; unpack it and give the documents inside"
        };
        Err(ReadError::Unreadable(advice.to_owned()))
    }

    /// Whether an OpenDocument is encrypted: as a whole, or its parts each, which only its manifest says.
    fn is_locked(&mut self) -> bool {
        if self.zip.index_for_name("encrypted-package").is_some() {
            return true;
        }
        let mut manifest = Vec::new();
        self.part("META-INF/manifest.xml")
            .is_some_and(|part| part.take(MAX_PIECE as u64).read_to_end(&mut manifest).is_ok())
            && memchr::memmem::find(&manifest, b"encryption-data").is_some()
    }

    /// Path of the part with the text of a DOCX, as the relations of the package name it.
    pub(super) fn main_part(&mut self) -> Option<String> {
        let mut relations = String::new();
        self.part("_rels/.rels")?.take(MAX_PIECE as u64).read_to_string(&mut relations).ok()?;
        let relation = relations.split('<').find(|tag| tag.contains("/officeDocument\""))?;
        let path = relation.split("Target=\"").nth(1)?.split('"').next()?;
        let path = path.trim_start_matches('/');
        (path.ends_with(".xml") && self.zip.index_for_name(path).is_some()).then(|| path.to_owned())
    }

    /// A part to be read, within the limits that hold for the whole archive.
    pub(super) fn part(&mut self, name: &str) -> Option<Part<'_>> {
        let index = self.zip.index_for_name(name)?;
        let budget = Rc::clone(&self.budget);
        let file = self.zip.by_index(index).ok()?;
        let mut inner = BufReader::new(Box::new(file) as Box<dyn Read + '_>);
        // Parts are UTF-8 or UTF-16; damage is met again, and told, by whoever reads.
        let encoding = inner.fill_buf().ok().and_then(utf16);
        if let Some(encoding) = encoding {
            inner = BufReader::new(Box::new(Utf16 {
                inner,
                decoder: encoding.new_decoder_with_bom_removal(),
                text: Vec::new(),
                given: 0,
                ended: false,
            }));
        }
        Some(Part { inner, budget })
    }

    /// Why a part that has to be there cannot be read.
    pub(super) fn why_unreadable(&mut self, name: &str) -> ReadError {
        let why = match self.zip.index_for_name(name).map(|index| self.zip.by_index(index)) {
            Some(Err(ZipError::UnsupportedArchive(message))) if message == ZipError::PASSWORD_REQUIRED => {
                LOCKED.to_owned()
            }
            Some(Err(error)) => format!("the document is damaged ({error}); open and save it again"),
            _ => format!("the document has no part {name}; open and save it again"),
        };
        ReadError::Unreadable(why)
    }

    /// What may still be unpacked.
    pub(super) fn budget(&self) -> Rc<Budget> {
        Rc::clone(&self.budget)
    }
}

/// A part of an archive while it is unpacked.
pub(super) struct Part<'a> {
    inner: BufReader<Box<dyn Read + 'a>>,
    budget: Rc<Budget>,
}

impl Read for Part<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Part<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.budget.left.get() == 0 || self.budget.piece.get() > MAX_PIECE {
            self.budget.spent.set(true);
            return Err(io::Error::other("limit reached"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
        self.budget.left.set(self.budget.left.get().saturating_sub(amount as u64));
        self.budget.piece.set(self.budget.piece.get().saturating_add(amount));
    }
}

/// The kind of UTF-16 that XML is in, by its mark or its first sign.
fn utf16(start: &[u8]) -> Option<&'static Encoding> {
    match start {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] | [0, b'<', ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// A part in UTF-16 as UTF-8.
struct Utf16<R> {
    inner: R,
    decoder: Decoder,
    /// Decoded bytes, those before `given` already handed out.
    text: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: BufRead> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            let available = self.inner.fill_buf()?;
            let last = available.is_empty();
            self.text.resize(8 << 10, 0);
            let (result, read, written, _) = self.decoder.decode_to_utf8(available, &mut self.text, last);
            self.text.truncate(written);
            self.given = 0;
            self.ended = last && result == CoderResult::InputEmpty;
            self.inner.consume(read);
        }
        let count = (&self.text[self.given..]).read(buffer)?;
        self.given += count;
        Ok(count)
    }
}
