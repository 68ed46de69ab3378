//! Decoded text with its lines, and the way from bytes to code points.

use std::ops::Range;

use super::Oddity;
use super::lines::{Extracted, boundary};
use crate::record::{Code, EncodingSource, Format, Span};

/// Bytes between two places where the count of code points is remembered.
const STEP: usize = 64;
/// Longest text that is kept: offsets of lines are 32 bits wide.
pub(super) const MAX_TEXT: usize = u32::MAX as usize - 1;

/// Decoded text of a document. Inside the program offsets are bytes; [`SourceText::span`] turns them into code points.
#[derive(Debug, Clone)]
pub struct SourceText {
    text: String,
    /// Byte offset of each line's start.
    lines: Vec<u32>,
    /// Code points before each multiple of [`STEP`] bytes.
    steps: Vec<u32>,
    /// Format that the text was read from.
    pub format: Format,
    /// Name of the encoding that the bytes were read in.
    pub encoding: String,
    /// How the encoding was found out.
    pub encoding_source: EncodingSource,
    /// How sure the encoding is, from 0 to 1; 1 where the document or the caller fixes it.
    pub encoding_confidence: f64,
    /// Byte ranges that the reader knows to be page furniture, sorted and apart.
    pub furniture: Vec<Range<usize>>,
    /// What was odd.
    pub oddities: Vec<Oddity>,
}

impl SourceText {
    /// Plain text, as if read from UTF-8. Of a text beyond 4 GiB the rest is left out and reported.
    pub fn new(mut text: String) -> Self {
        let mut oddities = Vec::new();
        if text.len() > MAX_TEXT {
            text.truncate(boundary(&text, MAX_TEXT));
            let message = format!("only the first {MAX_TEXT} bytes of the text were read");
            oddities.push(Oddity { code: Code::LimitReached, message, range: None });
        }
        let bytes = text.as_bytes();
        let mut lines = Vec::with_capacity(memchr::memchr_iter(b'\n', bytes).count() + 1);
        lines.push(0);
        lines.extend(memchr::memchr_iter(b'\n', bytes).map(|at| at as u32 + 1));
        let mut chars = 0;
        let mut steps = Vec::with_capacity(bytes.len() / STEP + 1);
        for step in bytes.chunks(STEP) {
            steps.push(chars);
            chars += count_chars(step) as u32;
        }
        if bytes.len().is_multiple_of(STEP) {
            steps.push(chars);
        }
        Self {
            text,
            lines,
            steps,
            format: Format::Text,
            encoding: "UTF-8".to_owned(),
            encoding_source: EncodingSource::Valid,
            encoding_confidence: 1.0,
            furniture: Vec::new(),
            oddities,
        }
    }

    /// Text taken out of a document of some format.
    pub(super) fn extracted(extracted: Extracted, format: Format) -> Self {
        let mut source = Self::new(extracted.text);
        source.format = format;
        source.furniture = extracted.furniture;
        source.oddities.extend(extracted.oddities);
        source
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
        let start = self.lines[index] as usize;
        let end = self.lines.get(index + 1).map_or(self.text.len(), |&next| next as usize - 1);
        start..end
    }

    /// Index (0-based) of the line that holds a byte.
    pub fn line_of(&self, byte: usize) -> usize {
        self.lines.partition_point(|&start| start as usize <= byte) - 1
    }

    /// Whether a byte stands in page furniture.
    pub fn is_furniture(&self, byte: usize) -> bool {
        let at = self.furniture.partition_point(|range| range.end <= byte);
        self.furniture.get(at).is_some_and(|range| range.start <= byte)
    }

    /// Code points and lines of a byte range.
    pub fn span(&self, range: &Range<usize>) -> Span {
        let line = self.line_of(range.start);
        let last = range.end.saturating_sub(1).max(range.start);
        let is_one = self.lines.get(line + 1).is_none_or(|&next| last < next as usize);
        let end_line = if is_one { line } else { self.line_of(last) };
        Span {
            start: self.chars_before(range.start),
            end: self.chars_before(range.end),
            line: line + 1,
            end_line: end_line + 1,
        }
    }

    fn chars_before(&self, byte: usize) -> usize {
        let step = byte / STEP;
        self.steps[step] as usize + count_chars(&self.text.as_bytes()[step * STEP..byte])
    }
}

/// Code points in valid UTF-8: every byte but the continuation bytes. Of [`STEP`] bytes, which one byte can count, the
/// compiler looks at many at once.
fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| u8::from(byte & 0xC0 != 0x80)).sum::<u8>().into()
}

#[cfg(test)]
mod tests {
    use super::{STEP, SourceText};

    #[test]
    fn spans_count_code_points_across_steps() {
        for text in
            ["".to_owned(), "абв\nгд".to_owned(), "я".repeat(STEP / 2), "қ\n".repeat(STEP), "a".repeat(STEP)]
        {
            let source = SourceText::new(text.clone());
            for (chars, (byte, _)) in text.char_indices().enumerate() {
                let span = source.span(&(byte..text.len()));
                assert_eq!((span.start, span.end), (chars, text.chars().count()));
                assert_eq!(span.line, text[..byte].matches('\n').count() + 1);
            }
            assert_eq!(source.span(&(text.len()..text.len())).start, text.chars().count());
        }
    }
}
