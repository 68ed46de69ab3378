//! Text in the making: one block of the document, one line.

use std::ops::Range;

use super::Oddity;
use crate::record::Code;

/// Text that was taken out of a document.
#[derive(Debug, Default)]
pub(super) struct Extracted {
    pub(super) text: String,
    pub(super) furniture: Vec<Range<usize>>,
    pub(super) oddities: Vec<Oddity>,
}

/// The last place at or before `at` where a character starts.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Collects lines up to a limit of bytes; blank lines are left out.
#[derive(Debug)]
pub(super) struct Lines {
    out: Extracted,
    limit: usize,
    full: bool,
}

impl Lines {
    /// No lines yet, and never more than `limit` bytes.
    pub(super) fn new(limit: usize) -> Self {
        Self { out: Extracted::default(), limit, full: false }
    }

    /// Adds a line (or several, if the block holds line ends) and gives its place, without the line end.
    pub(super) fn push(&mut self, block: &str) -> Range<usize> {
        let mut range: Option<Range<usize>> = None;
        for line in block.split('\n') {
            let line = line.trim_end_matches([' ', '\t', '\r']);
            if line.trim_start_matches([' ', '\t', '\u{A0}', '\u{AD}', '\u{200B}', '\u{FEFF}']).is_empty() {
                continue;
            }
            let added = self.push_raw(line);
            range = Some(range.map_or(added.clone(), |range| range.start..added.end));
        }
        range.unwrap_or(self.out.text.len()..self.out.text.len())
    }

    /// Adds a line as it stands, even a blank one.
    pub(super) fn push_raw(&mut self, line: &str) -> Range<usize> {
        let start = self.out.text.len();
        if self.full {
            return start..start;
        }
        let room = self.limit.saturating_sub(start + 1);
        if line.len() > room {
            self.full = true;
            self.out.text.push_str(&line[..boundary(line, room)]);
        } else {
            self.out.text.push_str(line);
        }
        let end = self.out.text.len();
        self.out.text.push('\n');
        start..end
    }

    /// Marks a range of the text as page furniture; ranges come in order.
    pub(super) fn mark(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        match self.out.furniture.last_mut() {
            Some(last) if range.start <= last.end + 1 => last.end = last.end.max(range.end),
            _ => self.out.furniture.push(range),
        }
    }

    /// Whether the limit was reached and nothing more is taken.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    /// Reports something odd.
    pub(super) fn report(&mut self, code: Code, message: impl Into<String>) {
        self.out.oddities.push(Oddity { code, message: message.into(), range: None });
    }

    /// Reports something odd about a range of the text.
    pub(super) fn report_at(&mut self, code: Code, message: impl Into<String>, range: Range<usize>) {
        self.out.oddities.push(Oddity { code, message: message.into(), range: Some(range) });
    }

    /// The text so far.
    pub(super) fn as_str(&self) -> &str {
        &self.out.text
    }

    /// The text, with a report if the limit was reached.
    pub(super) fn finish(mut self) -> Extracted {
        if self.full {
            let message = format!(
                "the document unpacks to more than {} bytes of text; the rest was not read (raise it with --max-bytes)",
                self.limit
            );
            self.report(Code::LimitReached, message);
        }
        self.out
    }
}
