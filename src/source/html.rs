//! HTML as a browser shows it: list numbers, hidden elements, white space, and which part of the page is the policy.

mod flow;
mod list;
mod main_content;
mod style;
#[cfg(test)]
mod tests;
mod tree;

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{ParseOpts, parse_document};

use super::ReadOptions;
use super::lines::{Extracted, Lines, boundary};
use crate::record::Code;
use tree::{Builder, Overrun};

/// Bytes that are parsed before the limits are looked at again.
const CHUNK: usize = 16 << 10;
/// Nodes that a page may have beside one for each sixteen bytes.
pub(super) const MAX_NODES_BASE: usize = 256 << 10;
/// Attributes of one tag that are looked at; the parser compares each with all others.
pub(super) const MAX_ATTRIBUTES: usize = 256;

/// Takes the text out of a page.
pub(super) fn read(page: &str, options: &ReadOptions, max_text: usize) -> Extracted {
    let builder = Builder::new(options.max_depth, page.len() / 16 + MAX_NODES_BASE);
    let mut parser = parse_document(builder, ParseOpts::default());
    let mut rest = page;
    let mut overrun = None;
    let mut tags = TagGuard::default();
    while !rest.is_empty() && overrun.is_none() {
        let (chunk, behind) =
            rest.split_at(boundary(rest, CHUNK).max(rest.chars().next().map_or(0, char::len_utf8)));
        match tags.trim(chunk) {
            Some(trimmed) => parser.process(StrTendril::from(trimmed)),
            None => parser.process(StrTendril::from_slice(chunk)),
        }
        overrun = parser.tokenizer.sink.sink.overrun.get();
        rest = behind;
    }
    let (tree, _) = parser.finish();
    let mut lines = Lines::new(max_text);
    let blocks = flow::blocks(&tree, max_text);
    main_content::write(&tree, &blocks, &mut lines);
    match overrun {
        Some(Overrun::Depth) => lines.report(
            Code::LimitReached,
            format!(
                "elements are nested more than {} deep; the page was read up to there (raise it with --max-depth)",
                options.max_depth
            ),
        ),
        Some(Overrun::Nodes) => lines.report(
            Code::LimitReached,
            "the page has more elements than its size explains; it was read up to there",
        ),
        None => {}
    }
    if lines.as_str().is_empty() && overrun.is_none() {
        let advice = "the page holds no text; if a script draws it, save it from the browser as a whole page or as text";
        lines.report(Code::EmptyDocument, advice);
    }
    lines.finish()
}

/// Keeps tags from having so many attributes that comparing them takes long; goes on across chunks.
#[derive(Debug, Default)]
struct TagGuard {
    state: TagState,
    attributes: usize,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum TagState {
    #[default]
    Text,
    Opened,
    Inside,
    AfterEquals,
    Quoted(u8),
}

impl TagGuard {
    /// The chunk with all surplus attributes of a tag run together into one; `None` if there are none.
    fn trim(&mut self, chunk: &str) -> Option<String> {
        let mut trimmed: Option<Vec<u8>> = None;
        let mut before = b' ';
        for (at, &byte) in chunk.as_bytes().iter().enumerate() {
            let surplus = self.attributes > MAX_ATTRIBUTES && self.state != TagState::Text;
            let separates = byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'/' | b'=');
            let byte = if surplus && separates {
                trimmed.get_or_insert_with(|| chunk.as_bytes().to_vec())[at] = b'_';
                b'_'
            } else {
                byte
            };
            self.step(byte, before);
            before = byte;
        }
        trimmed.and_then(|trimmed| String::from_utf8(trimmed).ok())
    }

    fn step(&mut self, byte: u8, before: u8) {
        self.state = match (self.state, byte) {
            (TagState::Text, b'<') => TagState::Opened,
            (TagState::Text, _) => TagState::Text,
            (TagState::Opened, _) if byte.is_ascii_alphabetic() => {
                self.attributes = 0;
                TagState::Inside
            }
            (TagState::Opened, b'<') => TagState::Opened,
            (TagState::Opened, _) => TagState::Text,
            (TagState::Quoted(quote), _) if byte != quote => TagState::Quoted(quote),
            (TagState::AfterEquals, b'"' | b'\'') => TagState::Quoted(byte),
            (TagState::AfterEquals, _) if byte.is_ascii_whitespace() => TagState::AfterEquals,
            (_, b'>') => {
                self.attributes = 0;
                TagState::Text
            }
            (TagState::Inside, b'=') => TagState::AfterEquals,
            _ => {
                // A name starts behind a blank, a slash or a closing quote.
                let starts = before.is_ascii_whitespace() || matches!(before, b'/' | b'"' | b'\'');
                if starts && !byte.is_ascii_whitespace() {
                    self.attributes += 1;
                }
                TagState::Inside
            }
        };
    }
}
