//! Bytes in, decoded text with lines and offsets out.
//!
//! The content of a document decides how it is read, its name only where the content leaves a choice. Plain text and
//! Markdown are decoded and not changed; of the other formats the text is taken out, one block a line.

mod archive;
mod docx;
mod encoding;
mod html;
mod lines;
mod odt;
mod ordinal;
mod pdf;
mod rtf;
mod sniff;
mod table;
mod text;
mod xml;

use std::ops::Range;

pub use text::SourceText;

use crate::record::{Code, EncodingSource, Format};
use archive::{Archive, Holds};
use encoding::Hints;
use lines::Extracted;
use sniff::Signature;

/// Largest document that is read unless the caller allows more: 64 MiB.
pub const MAX_BYTES: u64 = 64 << 20;
/// Deepest nesting of elements that is followed in HTML and XML.
pub const MAX_DEPTH: usize = 256;
/// Most pages of a PDF that are read unless the caller allows more.
pub const MAX_PAGES: usize = 2_000;
/// Text that a packed document may hold beyond its own size: 1 MiB, five times the longest policy known. It grows with
/// [`ReadOptions::max_bytes`] when that is raised above [`MAX_BYTES`].
pub const MAX_TEXT_BASE: usize = 1 << 20;

/// How a document is to be read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// File name, used as a hint after the content itself; never opened.
    pub name: String,
    /// Encoding label that overrides what the document says (`windows-1251`, `KZ-1048`, …).
    pub encoding: Option<String>,
    /// Encoding label that the carrier names, e.g. the `charset` of an HTTP header; weaker than a byte order mark.
    pub carrier_encoding: Option<String>,
    /// Format that overrides what the content looks like.
    pub format: Option<Format>,
    /// Most bytes that a document, or anything unpacked from it, may have.
    pub max_bytes: u64,
    /// Deepest nesting that is followed.
    pub max_depth: usize,
    /// Most pages of a PDF that are read.
    pub max_pages: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            name: String::new(),
            encoding: None,
            carrier_encoding: None,
            format: None,
            max_bytes: MAX_BYTES,
            max_depth: MAX_DEPTH,
            max_pages: MAX_PAGES,
        }
    }
}

impl ReadOptions {
    /// Most bytes of text that are taken out of a document of so many bytes.
    fn max_text(&self, bytes: usize) -> usize {
        let times = usize::try_from(self.max_bytes.div_ceil(MAX_BYTES).max(1)).unwrap_or(usize::MAX);
        let limit = MAX_TEXT_BASE.saturating_mul(times).saturating_add(bytes);
        usize::try_from(self.max_bytes).unwrap_or(usize::MAX).min(limit)
    }
}

/// Why a document could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The encoding label is not known.
    #[error(
        "unknown encoding {0:?}; use a WHATWG label such as utf-8, windows-1251, koi8-r, ibm866, or kz-1048"
    )]
    UnknownEncoding(String),
    /// The document is larger than allowed.
    #[error("the document has {size} bytes, more than the limit of {limit}; raise it with --max-bytes")]
    TooLarge {
        /// Bytes found.
        size: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// The bytes are no text and no known format.
    #[error("{0}")]
    Unreadable(String),
}

/// Something odd that was met while reading; `range` is in bytes of the decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oddity {
    /// Name of the problem.
    pub code: Code,
    /// What was found.
    pub message: String,
    /// Where, if it has a place.
    pub range: Option<Range<usize>>,
}

/// Decodes a document.
///
/// # Errors
/// When nothing can be read from it: see [`ReadError`]. A document that is merely odd gives a text with oddities.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<SourceText, ReadError> {
    let limit = options.max_bytes.min(text::MAX_TEXT as u64);
    if bytes.len() as u64 > limit {
        return Err(ReadError::TooLarge { size: bytes.len() as u64, limit });
    }
    let signature = match options.format {
        None => sniff::signature(bytes),
        Some(Format::Pdf) => Signature::Pdf,
        Some(Format::Docx | Format::Odt) => Signature::Zip,
        Some(Format::Rtf) => Signature::Rtf,
        Some(Format::Text | Format::Markdown | Format::Html) => Signature::None,
    };
    match signature {
        Signature::Foreign(advice) => Err(ReadError::Unreadable(advice.to_owned())),
        Signature::Zip => read_archive(bytes, options),
        Signature::Rtf if !sniff::holds_rtf(bytes) => {
            Err(ReadError::Unreadable("the document is no RTF; leave out --input-format".to_owned()))
        }
        Signature::Rtf => {
            // a byte of an old code page becomes two
            let extracted = rtf::read(bytes, options, options.max_text(2 * bytes.len()));
            Ok(contained(extracted, Format::Rtf))
        }
        Signature::Pdf => {
            let extracted = pdf::read(bytes, options, options.max_text(bytes.len()))?;
            Ok(contained(extracted, Format::Pdf))
        }
        Signature::None => read_text(bytes, options),
    }
}

/// Reads a document out of a ZIP archive.
fn read_archive(bytes: &[u8], options: &ReadOptions) -> Result<SourceText, ReadError> {
    let mut archive = Archive::open(bytes, options.max_bytes)?;
    let (format, extracted) = match archive.holds()? {
        Holds::Docx => (Format::Docx, docx::read(&mut archive, options, options.max_text(bytes.len()))?),
        Holds::Odt => (Format::Odt, odt::read(&mut archive, options, options.max_text(bytes.len()))?),
    };
    Ok(contained(extracted, format))
}

/// Text out of a format that fixes its encoding.
fn contained(extracted: Extracted, format: Format) -> SourceText {
    let mut source = SourceText::extracted(extracted, format);
    source.encoding_source = EncodingSource::Container;
    source
}

/// Reads plain text, Markdown or HTML.
fn read_text(bytes: &[u8], options: &ReadOptions) -> Result<SourceText, ReadError> {
    let hints = Hints { given: options.encoding.as_deref(), carrier: options.carrier_encoding.as_deref() };
    let decoded = encoding::decode(bytes, hints)?;
    if options.format.is_none() && encoding::is_binary(&decoded.text) {
        let advice = match &options.encoding {
            Some(label) => format!("read as {label}, the document is no text; leave out --encoding or name another"),
            None => "the document is no text and no format that is read; save it as text, HTML, DOCX, ODT, RTF or PDF".to_owned(),
        };
        return Err(ReadError::Unreadable(advice));
    }
    if let Some(advice) = sniff::foreign_text(&decoded.text).filter(|_| options.format.is_none()) {
        return Err(ReadError::Unreadable(advice.to_owned()));
    }
    let format = options.format.unwrap_or_else(|| sniff::text_format(&decoded.text, &options.name));
    let mut source = if format == Format::Html {
        let extracted = html::read(&decoded.text, options, options.max_text(decoded.text.len()));
        let mut source = SourceText::extracted(extracted, format);
        // Their places are in the bytes of the page, not of its text.
        source.oddities.extend(decoded.oddities.into_iter().map(|odd| Oddity { range: None, ..odd }));
        source
    } else {
        let mut source = SourceText::new(decoded.text);
        source.format = format;
        source.oddities.extend(decoded.oddities);
        source
    };
    decoded.encoding.clone_into(&mut source.encoding);
    source.encoding_source = decoded.source;
    source.encoding_confidence = decoded.confidence;
    Ok(source)
}
