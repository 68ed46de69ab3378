//! Web archives (WARC 1.0 and 1.1), plain or gzipped, as crawlers write them and as accidents leave them.
//!
//! A reader of our own: nothing is taken on trust (lengths, members, line ends), damage is told with its place, and
//! reading goes on at the next record.

use std::path::Path;

use super::http::{Head, Line, Refused, lines};
use super::stream::{Short, Stream};
use crate::record::Format;
use crate::scan::document::{Document, Failure, FailureKind, Origin, Position};

/// Longest block of header fields.
const HEAD: usize = 64 << 10;

pub(super) struct Archive {
    path: String,
    stream: Stream,
    max_bytes: u64,
    empty: bool,
    ended: bool,
}

/// A page as it was archived, not yet decoded.
#[derive(Debug)]
pub(super) struct Capture {
    origin: Origin,
    head: Head,
    /// HTTP head and body, or the body alone.
    block: Vec<u8>,
    path: String,
    position: Position,
}

/// What an archive holds next.
#[derive(Debug)]
pub(super) enum Held {
    Page(Box<Capture>),
    Failure(Box<Failure>),
    /// A record that is no page.
    PassedOver,
}

/// Header fields of a record that matter here.
#[derive(Debug, Default)]
struct Fields {
    kind: String,
    target: String,
    date: Option<String>,
    content_type: String,
    length: Option<u64>,
}

impl Archive {
    pub(super) fn open(path: &Path, max_bytes: u64) -> std::io::Result<Self> {
        Ok(Self {
            path: super::walk::show(path),
            stream: Stream::open(path)?,
            max_bytes,
            empty: true,
            ended: false,
        })
    }

    /// Bytes of the file read so far.
    pub(super) fn position(&self) -> u64 {
        self.stream.position()
    }

    pub(super) fn next(&mut self) -> Option<Held> {
        while !self.ended {
            match self.record() {
                Ok(None) => {}
                Ok(held) => {
                    self.empty = false;
                    return held;
                }
                Err(failure) => {
                    self.empty = false;
                    return Some(Held::Failure(failure));
                }
            }
        }
        if std::mem::take(&mut self.empty) {
            return Some(Held::Failure(self.failure(0, "the archive holds no record".to_owned())));
        }
        None
    }

    fn failure(&self, offset: u64, reason: String) -> Box<Failure> {
        let mut failure = Failure::at(self.path.clone(), FailureKind::ArchiveDamaged, reason)
            .positioned(Position::Offset(offset));
        failure.origin.name = format!("{}@{offset}", self.path);
        Box::new(failure)
    }

    /// Reads one record. Nothing when it is of no interest or the archive ends.
    fn record(&mut self) -> Result<Option<Held>, Box<Failure>> {
        self.skip_line_ends()?;
        if self.ended {
            return Ok(None);
        }
        let offset = self.stream.offset();
        let head_length = match self.head_length() {
            Ok(length) => length,
            Err(reason) => return Err(self.give_up(offset, 1, reason)),
        };
        let fields = Fields::read(&self.stream.window()[..head_length]);
        let Some(length) = fields.length else {
            return Err(self.give_up(offset, head_length, "the record has no Content-Length".to_owned()));
        };
        self.empty = false;
        let sort = self.sort(&fields, head_length, length);
        if length > self.max_bytes.saturating_add(HEAD as u64) {
            return self.skip(offset, &fields, head_length, length, &sort);
        }
        let whole = head_length + usize::try_from(length).unwrap_or(usize::MAX);
        if let Err(short) = self.stream.ensure(whole) {
            let found = self.stream.window().len().saturating_sub(head_length);
            let reason = match short {
                Short::End => {
                    format!("the record is cut short: it should have {length} bytes and has {found}")
                }
                Short::Damaged(message) => format!("the record cannot be decompressed: {message}"),
            };
            return Err(named(self.give_up(offset, head_length, reason), &fields));
        }
        if !self.ends_properly(whole) {
            let reason = format!("the record's length ({length} bytes) does not agree with what follows");
            return Err(named(self.give_up(offset, head_length, reason), &fields));
        }
        let held = match sort {
            Sort::Page(head) => {
                let block = self.stream.window()[head_length..whole].to_vec();
                let origin = Origin {
                    name: fields.target.clone(),
                    url: Some(fields.target),
                    fetched: fields.date,
                    archive: Some(self.path.clone()),
                    offset: Some(offset),
                };
                Some(Held::Page(Box::new(Capture {
                    origin,
                    head,
                    block,
                    path: self.path.clone(),
                    position: Position::Offset(offset),
                })))
            }
            Sort::PassedOver => Some(Held::PassedOver),
            Sort::Ignored => None,
        };
        self.stream.consume(whole);
        Ok(held)
    }

    fn skip_line_ends(&mut self) -> Result<(), Box<Failure>> {
        loop {
            let window = self.stream.window();
            match window.iter().position(|byte| !matches!(byte, b'\r' | b'\n')) {
                Some(0) => return Ok(()),
                Some(blank) => {
                    self.stream.consume(blank);
                    return Ok(());
                }
                None => {
                    let blank = window.len();
                    self.stream.consume(blank);
                }
            }
            match self.stream.more() {
                Ok(()) => {}
                Err(Short::End) => {
                    self.ended = true;
                    return Ok(());
                }
                Err(Short::Damaged(message)) => {
                    let offset = self.stream.offset();
                    let reason = format!("the archive cannot be decompressed from here: {message}");
                    self.ended = !self.stream.recover();
                    return Err(self.failure(offset, reason));
                }
            }
        }
    }

    /// Length of the header block with its empty line.
    fn head_length(&mut self) -> Result<usize, String> {
        let mut searched = 0;
        loop {
            let window = self.stream.window();
            if window.len() >= 5 && !window.starts_with(b"WARC/") {
                return Err("no archive record begins here (expected `WARC/1.0` or `WARC/1.1`)".to_owned());
            }
            for end in memchr::memchr_iter(b'\n', &window[searched..]) {
                let rest = &window[searched + end + 1..];
                if rest.starts_with(b"\r\n") {
                    return Ok(searched + end + 3);
                }
                if rest.starts_with(b"\n") {
                    return Ok(searched + end + 2);
                }
            }
            searched = window.len().saturating_sub(2);
            if window.len() > HEAD {
                return Err(format!("the record's header has more than {HEAD} bytes"));
            }
            match self.stream.more() {
                Ok(()) => {}
                Err(Short::End) => return Err("the archive ends inside a record's header".to_owned()),
                Err(Short::Damaged(message)) => {
                    return Err(format!("the record's header cannot be decompressed: {message}"));
                }
            }
        }
    }

    /// Whether the record is followed by line ends and another record, or by the end of the archive.
    ///
    /// The two line ends that the standard asks for are enough: what is wrong behind them is the next record's.
    fn ends_properly(&mut self, whole: usize) -> bool {
        if self.stream.ensure(whole + 4).is_ok() && self.stream.window()[whole..].starts_with(b"\r\n\r\n") {
            return true;
        }
        let mut at = whole;
        loop {
            if self.stream.ensure(at + 5).is_err() {
                // The end, or damage that the next record will tell of.
                let rest = &self.stream.window()[at.min(self.stream.window().len())..];
                let rest = rest.trim_ascii_start();
                return rest.is_empty() || b"WARC/".starts_with(rest);
            }
            match self.stream.window()[at] {
                b'\r' | b'\n' => at += 1,
                _ => return self.stream.window()[at..].starts_with(b"WARC/"),
            }
        }
    }

    /// Leaves a damaged record and goes to the next one; `known` bytes are certain not to begin one.
    fn give_up(&mut self, offset: u64, known: usize, reason: String) -> Box<Failure> {
        let failure = self.failure(offset, reason);
        self.stream.consume(known);
        loop {
            if let Some(at) = find_record(self.stream.window()) {
                self.stream.consume(at);
                return failure;
            }
            let keep = self.stream.window().len().min(16);
            let drop = self.stream.window().len() - keep;
            self.stream.consume(drop);
            match self.stream.more() {
                Ok(()) => {}
                Err(Short::End) => {
                    self.ended = true;
                    return failure;
                }
                Err(Short::Damaged(_)) => {
                    self.ended = !self.stream.recover();
                    return failure;
                }
            }
        }
    }

    /// Passes a record that is too large to hold, watching for the next one in case its length is a lie.
    fn skip(
        &mut self,
        offset: u64,
        fields: &Fields,
        head_length: usize,
        length: u64,
        sort: &Sort,
    ) -> Result<Option<Held>, Box<Failure>> {
        self.stream.consume(head_length);
        let mut left = length;
        let mut lie = false;
        while left > 0 && !self.ended {
            if self.stream.window().len() < 32 && self.stream.more().is_err() {
                lie = true;
                self.ended = self.stream.window().is_empty() && !self.stream.recover();
                if self.stream.window().is_empty() {
                    break;
                }
            }
            let window = self.stream.window();
            let inside = window.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if let Some(at) = find_record(&window[..inside]) {
                lie = true;
                self.stream.consume(at);
                break;
            }
            // A record's first line may stand across two pieces.
            let step = if lie { inside } else { inside.saturating_sub(16).max(1) };
            self.stream.consume(step);
            left -= step as u64;
        }
        if lie {
            let reason = format!("the record's length ({length} bytes) does not agree with what follows");
            return Err(named(self.failure(offset, reason), fields));
        }
        match sort {
            Sort::Page(_) => {
                let mut failure = self.failure(offset, super::too_large(length, self.max_bytes));
                failure.kind = FailureKind::TooLarge;
                Err(named(failure, fields))
            }
            Sort::PassedOver => Ok(Some(Held::PassedOver)),
            Sort::Ignored => Ok(None),
        }
    }

    fn sort(&mut self, fields: &Fields, head_length: usize, length: u64) -> Sort {
        match fields.kind.as_str() {
            "response" if fields.content_type.starts_with("application/http") => {
                let peek = head_length + usize::try_from(length).unwrap_or(HEAD).min(HEAD);
                // Too few bytes are told of when the whole record is asked for.
                let _ = self.stream.ensure(peek);
                let window = self.stream.window();
                let block = &window[head_length.min(window.len())..peek.min(window.len())];
                match Head::read(block) {
                    Some(head) if (200..300).contains(&head.status) && is_readable(head.media_type()) => {
                        Sort::Page(head)
                    }
                    Some(_) => Sort::PassedOver,
                    None => Sort::Page(Head { status: 0, ..Head::default() }),
                }
            }
            "resource" | "conversion" => {
                let head = Head { content_type: fields.content_type.to_ascii_lowercase(), ..Head::default() };
                // Crawlers keep their own logs and page texts as resources.
                let own = ["metadata:", "urn:"].iter().any(|scheme| fields.target.starts_with(scheme));
                if !own && is_readable(head.media_type()) { Sort::Page(head) } else { Sort::PassedOver }
            }
            "warcinfo" | "request" | "metadata" => Sort::Ignored,
            _ => Sort::PassedOver,
        }
    }
}

/// What is to be done with a record.
#[derive(Debug)]
enum Sort {
    Page(Head),
    PassedOver,
    Ignored,
}

fn named(mut failure: Box<Failure>, fields: &Fields) -> Box<Failure> {
    if !fields.target.is_empty() {
        failure.origin.name.clone_from(&fields.target);
        failure.origin.url = Some(fields.target.clone());
    }
    failure.origin.fetched.clone_from(&fields.date);
    failure
}

fn find_record(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(bytes, b"WARC/").find(|at| {
        let rest = &bytes[at + 5..];
        rest.len() > 3
            && rest[0].is_ascii_digit()
            && rest[1] == b'.'
            && rest[2].is_ascii_digit()
            && matches!(rest[3], b'\r' | b'\n')
    })
}

fn is_readable(media_type: &str) -> bool {
    matches!(
        media_type,
        "" | "text/html"
            | "application/xhtml+xml"
            | "text/plain"
            | "text/markdown"
            | "text/x-markdown"
            | "text/rtf"
            | "application/rtf"
            | "application/pdf"
            | "application/octet-stream"
            | "application/vnd.oasis.opendocument.text"
            | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )
}

impl Fields {
    fn read(block: &[u8]) -> Self {
        let mut fields = Self::default();
        for line in lines(block).skip(1) {
            let Line::Field { name, value } = line else { break };
            let value = String::from_utf8_lossy(value).into_owned();
            match name.to_ascii_lowercase().as_slice() {
                b"warc-type" => fields.kind = value.to_ascii_lowercase(),
                // Older wget puts the address in angle brackets.
                b"warc-target-uri" => fields.target = value.trim_matches(['<', '>']).to_owned(),
                b"warc-date" => fields.date = Some(value),
                b"content-type" => fields.content_type = value,
                b"content-length" => fields.length = value.parse().ok(),
                _ => {}
            }
        }
        fields
    }
}

impl Capture {
    pub(super) fn place(&self) -> String {
        self.origin.name.clone()
    }

    pub(super) fn weight(&self) -> u64 {
        self.block.len() as u64
    }

    /// Undoes the encodings of the transfer.
    pub(super) fn read(self, max_bytes: u64) -> Result<Document, Box<Failure>> {
        let Self { origin, head, block, path, position } = self;
        let failed = |kind, reason: String| {
            Box::new(Failure {
                origin: origin.clone(),
                kind,
                reason,
                path: path.clone(),
                position: Some(position),
                content: None,
            })
        };
        let bytes = match head.body(&block, max_bytes) {
            Ok(bytes) => bytes,
            Err(Refused::TooLarge) => {
                let reason = format!("the page unpacks to more than {max_bytes} bytes; raise --max-bytes");
                return Err(failed(FailureKind::TooLarge, reason));
            }
            Err(Refused::Unknown(encoding)) => {
                let reason = format!("the page is compressed as {encoding:?}, which is not supported");
                return Err(failed(FailureKind::PageUndecodable, reason));
            }
            Err(Refused::Damaged(message)) => {
                let reason = format!("the page's compressed body is damaged: {message}");
                return Err(failed(FailureKind::PageUndecodable, reason));
            }
        };
        if bytes.len() as u64 > max_bytes {
            let reason = super::too_large(bytes.len() as u64, max_bytes);
            return Err(failed(FailureKind::TooLarge, reason));
        }
        let is_html = matches!(head.media_type(), "text/html" | "application/xhtml+xml")
            && !bytes.starts_with(b"%PDF")
            && !bytes.starts_with(b"PK");
        let is_utf8 = std::str::from_utf8(&bytes).is_ok();
        // Servers say one encoding of all their pages; bytes that are plainly UTF-8 know better.
        let served_encoding = head.charset().filter(|_| !is_utf8).map(str::to_owned);
        Ok(Document {
            origin,
            bytes,
            format: is_html.then_some(Format::Html),
            encoding: None,
            served_encoding,
            path,
            position: Some(position),
        })
    }
}
