//! Bytes in, decoded text with lines and offsets out.

mod text;

use std::ops::Range;

pub use text::SourceText;

use crate::record::{Code, EncodingSource, Format};

/// Largest document that is read unless the caller allows more: 64 MiB.
pub const MAX_BYTES: u64 = 64 << 20;
/// Deepest nesting of elements that is followed in HTML and XML.
pub const MAX_DEPTH: usize = 256;

/// How a document is to be read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// File name, used as a hint after the content itself; never opened.
    pub name: String,
    /// Encoding label that overrides what the document says (`windows-1251`, `KZ-1048`, …).
    pub encoding: Option<String>,
    /// Format that overrides what the content looks like.
    pub format: Option<Format>,
    /// Most bytes that a document, or anything unpacked from it, may have.
    pub max_bytes: u64,
    /// Deepest nesting that is followed.
    pub max_depth: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { name: String::new(), encoding: None, format: None, max_bytes: MAX_BYTES, max_depth: MAX_DEPTH }
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
    if bytes.len() as u64 > options.max_bytes {
        return Err(ReadError::TooLarge { size: bytes.len() as u64, limit: options.max_bytes });
    }
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).into_owned();
    let mut source = SourceText::new(text);
    source.encoding_source = EncodingSource::Valid;
    Ok(source)
}
