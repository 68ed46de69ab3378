//! Decoded text with its lines, and the way from bytes to code points.

use std::ops::Range;

use super::Oddity;
use crate::record::{EncodingSource, Format, Span};

/// Decoded text of a document. Inside the program offsets are bytes; [`SourceText::span`] turns them into code points.
#[derive(Debug, Clone)]
pub struct SourceText {
    text: String,
    /// Byte and code point offset of each line's start.
    lines: Vec<(usize, usize)>,
    /// Format that the text was read from.
    pub format: Format,
    /// Name of the encoding that the bytes were read in.
    pub encoding: String,
    /// How the encoding was found out.
    pub encoding_source: EncodingSource,
    /// Byte ranges that the reader knows to be page furniture, sorted and apart.
    pub furniture: Vec<Range<usize>>,
    /// What was odd.
    pub oddities: Vec<Oddity>,
}

impl SourceText {
    /// Plain text, as if read from UTF-8.
    pub fn new(text: String) -> Self {
        let mut lines = vec![(0, 0)];
        let (mut from, mut chars) = (0, 0);
        for at in memchr::memchr_iter(b'\n', text.as_bytes()) {
            chars += count_chars(&text.as_bytes()[from..=at]);
            from = at + 1;
            lines.push((from, chars));
        }
        Self {
            text,
            lines,
            format: Format::Text,
            encoding: "UTF-8".to_owned(),
            encoding_source: EncodingSource::Valid,
            furniture: Vec::new(),
            oddities: Vec::new(),
        }
    }

    /// The text that spans refer to.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Number of lines; a text that ends with `\n` has an empty last line.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// Bytes of a line (0-based), without its line end.
    pub fn line(&self, index: usize) -> Range<usize> {
        let start = self.lines[index].0;
        let end = self.lines.get(index + 1).map_or(self.text.len(), |next| next.0 - 1);
        start..end
    }

    /// Index (0-based) of the line that holds a byte.
    pub fn line_of(&self, byte: usize) -> usize {
        self.lines.partition_point(|line| line.0 <= byte) - 1
    }

    /// Code points and lines of a byte range.
    pub fn span(&self, range: &Range<usize>) -> Span {
        let (line, start) = self.locate(range.start);
        let (_, end) = self.locate(range.end);
        let end_line = self.line_of(range.end.saturating_sub(1).max(range.start));
        Span { start, end, line: line + 1, end_line: end_line + 1 }
    }

    fn locate(&self, byte: usize) -> (usize, usize) {
        let line = self.line_of(byte);
        let (from, chars) = self.lines[line];
        (line, chars + count_chars(&self.text.as_bytes()[from..byte]))
    }
}

/// Code points in valid UTF-8: every byte but the continuation bytes.
fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}
