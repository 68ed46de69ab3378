//! Lines of JSON: `{"id", "text" | "html" | "base64", "url"?, "fetched"?}`, one document a line.

use std::borrow::Cow;
use std::io::{BufRead, Read as _};

use base64::Engine as _;
use serde::Deserialize;

use crate::record::Format;
use crate::scan::document::{Document, Failure, FailureKind, Origin, Position};

/// What a line may have besides its document: quotes, escapes, address.
const ENVELOPE: u64 = 64 << 10;

/// Cuts a stream into lines without ever holding more than one, and of that no more than allowed.
pub(super) struct Lines {
    name: String,
    from: Box<dyn BufRead + Send>,
    number: u64,
    limit: u64,
    ended: bool,
}

/// A line as it was read, not yet understood.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) stream: String,
    pub(super) number: u64,
    pub(super) bytes: Vec<u8>,
}

impl Lines {
    pub(super) fn new(name: String, from: Box<dyn BufRead + Send>, max_bytes: u64) -> Self {
        // A Cyrillic letter of two bytes may stand as an escape of six: three times its size.
        Self { name, from, number: 0, limit: max_bytes.saturating_mul(3) + ENVELOPE, ended: false }
    }

    /// The next line that is not blank, and how many bytes were read for it.
    pub(super) fn next(&mut self) -> Option<(u64, Result<Line, Box<Failure>>)> {
        let mut read = 0;
        while !self.ended {
            let mut bytes = Vec::new();
            let taken = (&mut self.from).take(self.limit).read_until(b'\n', &mut bytes);
            self.number += 1;
            match taken {
                Err(error) => {
                    self.ended = true;
                    let reason = format!("cannot be read on: {error}");
                    return Some((read, Err(self.failure(FailureKind::FileUnreadable, reason))));
                }
                Ok(0) => {
                    self.ended = true;
                    return None;
                }
                Ok(taken) => read += taken as u64,
            }
            if bytes.last() != Some(&b'\n') && bytes.len() as u64 >= self.limit {
                let (skipped, whole) = self.skip_line();
                read += skipped;
                self.ended = !whole;
                let reason = format!(
                    "the line has {} bytes, more than the {} that a document of the allowed size can take; raise --max-bytes",
                    bytes.len() as u64 + skipped,
                    self.limit
                );
                return Some((read, Err(self.failure(FailureKind::TooLarge, reason))));
            }
            if !bytes.trim_ascii().is_empty() {
                return Some((read, Ok(Line { stream: self.name.clone(), number: self.number, bytes })));
            }
        }
        None
    }

    /// Reads to the end of the line and keeps nothing.
    fn skip_line(&mut self) -> (u64, bool) {
        let mut skipped = 0;
        loop {
            let Ok(buffer) = self.from.fill_buf() else { return (skipped, false) };
            if buffer.is_empty() {
                return (skipped, false);
            }
            let end = memchr::memchr(b'\n', buffer);
            let length = end.map_or(buffer.len(), |at| at + 1);
            self.from.consume(length);
            skipped += length as u64;
            if end.is_some() {
                return (skipped, true);
            }
        }
    }

    fn failure(&self, kind: FailureKind, reason: String) -> Box<Failure> {
        failure(&self.name, self.number, kind, reason)
    }
}

fn failure(stream: &str, number: u64, kind: FailureKind, reason: String) -> Box<Failure> {
    let mut failure = Failure::at(stream.to_owned(), kind, reason).positioned(Position::Line(number));
    failure.origin.name = format!("{stream}:{number}");
    Box::new(failure)
}

#[derive(Deserialize)]
struct Fields<'a> {
    id: Option<Id<'a>>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    #[serde(borrow)]
    html: Option<Cow<'a, str>>,
    #[serde(borrow)]
    base64: Option<Cow<'a, str>>,
    url: Option<String>,
    fetched: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id<'a> {
    Text(Cow<'a, str>),
    Number(serde_json::Number),
}

impl Line {
    /// Reads the line as a document.
    pub(super) fn read(self, max_bytes: u64) -> Result<Document, Box<Failure>> {
        let refuse = |kind, reason| Err(failure(&self.stream, self.number, kind, reason));
        let fields: Fields<'_> = match serde_json::from_slice(&self.bytes) {
            Ok(fields) => fields,
            Err(error) => return refuse(FailureKind::LineInvalid, explain(&error)),
        };
        let (bytes, format, encoding) = match (fields.text, fields.html, fields.base64) {
            (Some(text), None, None) => (text.into_owned().into_bytes(), Some(Format::Text), None),
            // The characters are decoded already, whatever the page's own `<meta charset>` says.
            (None, Some(html), None) => {
                (html.into_owned().into_bytes(), Some(Format::Html), Some("utf-8".to_owned()))
            }
            (None, None, Some(encoded)) => {
                match base64::engine::general_purpose::STANDARD.decode(encoded.as_bytes()) {
                    Ok(bytes) => (bytes, None, None),
                    Err(error) => {
                        return refuse(
                            FailureKind::LineInvalid,
                            format!("\"base64\" cannot be decoded: {error}"),
                        );
                    }
                }
            }
            (None, None, None) => {
                return refuse(
                    FailureKind::LineInvalid,
                    "the line has none of \"text\", \"html\" and \"base64\"".to_owned(),
                );
            }
            _ => {
                return refuse(
                    FailureKind::LineInvalid,
                    "the line has more than one of \"text\", \"html\" and \"base64\"; give one".to_owned(),
                );
            }
        };
        let name = match fields.id {
            Some(Id::Text(id)) => id.into_owned(),
            Some(Id::Number(id)) => id.to_string(),
            None => format!("{}:{}", self.stream, self.number),
        };
        let document = Document {
            origin: Origin { name, url: fields.url, fetched: fields.fetched, ..Origin::default() },
            bytes,
            format,
            encoding,
            served_encoding: None,
            path: self.stream,
            position: Some(Position::Line(self.number)),
        };
        if document.bytes.len() as u64 > max_bytes {
            return Err(document
                .failed(FailureKind::TooLarge, super::too_large(document.bytes.len() as u64, max_bytes)));
        }
        Ok(document)
    }
}

fn explain(error: &serde_json::Error) -> String {
    // serde counts lines of its input, which is one line; the column is what helps.
    let mut text = error.to_string();
    if let Some(at) = text.rfind(" at line ") {
        text.truncate(at);
    }
    format!(
        "no JSON object of the form {{\"id\", \"text\" | \"html\" | \"base64\"}}: {text}, column {}",
        error.column()
    )
}
