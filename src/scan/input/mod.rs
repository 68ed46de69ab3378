//! What a scan reads: files, directories, lists, lines of JSON, web archives.

mod http;
mod ndjson;
mod own;
mod stream;
mod walk;
mod warc;

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use self::ndjson::{Line, Lines};
use self::own::Own;
use self::walk::{Found, Walk, show};
use self::warc::{Archive, Capture, Held};
use super::document::{Document, Failure, FailureKind, Origin, Position};
use super::progress::Watch;
use super::{ScanError, ScanOptions};

const BUFFER: usize = 256 << 10;

/// Something to scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file or a directory. `.warc` and `.warc.gz` are archives, `.ndjson` and `.jsonl` (also `.gz`) are lines of
    /// JSON, any other file is one document.
    Path(PathBuf),
    /// A file with a path on every line; `-` is standard input.
    List(PathBuf),
    /// Lines of JSON on standard input.
    Lines,
}

/// How much there is to read, as far as file sizes tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measured {
    /// Bytes on the disk, without documents that are too large to be read.
    pub bytes: u64,
    /// Whether standard input, whose size nobody knows, is among the inputs.
    pub open_ended: bool,
}

/// Adds up what there is to read, for a progress display; ends early once the scan is stopped.
pub fn measure(inputs: &[Input], options: &ScanOptions, watch: &Watch) -> Measured {
    let mut measured = Measured::default();
    let own = Own::new(&options.own_files);
    let counted = |path: &Path, bytes: u64| match Kind::of(path) {
        Kind::Document if bytes > options.parse.read.max_bytes => 0,
        _ if own.has(path) => 0,
        _ => bytes,
    };
    let mut add = |path: &Path| match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => {
            for found in Walk::new(path.to_owned()) {
                if let Found::File { path, bytes } = found {
                    measured.bytes += counted(&path, bytes);
                }
                if watch.is_stopped() {
                    return;
                }
            }
        }
        Ok(found) => measured.bytes += counted(path, found.len()),
        Err(_) => {}
    };
    let mut open_ended = false;
    for input in inputs {
        match input {
            Input::Path(path) => add(path),
            Input::List(path) if path.as_os_str() != "-" => {
                let Ok(list) = File::open(path) else { continue };
                for line in BufReader::new(list).split(b'\n').map_while(Result::ok) {
                    if let Some(path) = listed(&line) {
                        add(&path);
                    }
                }
            }
            Input::List(_) | Input::Lines => open_ended = true,
        }
    }
    measured.open_ended = open_ended;
    measured
}

/// A document that is listed but not yet read.
#[derive(Debug)]
pub(super) struct Item {
    /// Bytes that it takes on its way.
    pub(super) weight: u64,
    payload: Payload,
}

#[derive(Debug)]
enum Payload {
    File(PathBuf),
    Line(Line),
    Page(Box<Capture>),
}

impl Item {
    /// The file or stream it comes from, for a person.
    pub(super) fn place(&self) -> String {
        match &self.payload {
            Payload::File(path) => show(path),
            Payload::Line(line) => format!("{}:{}", line.stream, line.number),
            Payload::Page(capture) => capture.place(),
        }
    }

    /// Reads the document's bytes.
    pub(super) fn load(self, max_bytes: u64) -> Result<Document, Box<Failure>> {
        match self.payload {
            Payload::File(path) => load_file(&path, max_bytes),
            Payload::Line(line) => line.read(max_bytes),
            Payload::Page(capture) => capture.read(max_bytes),
        }
    }
}

fn load_file(path: &Path, max_bytes: u64) -> Result<Document, Box<Failure>> {
    let name = show(path);
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| {
        let size = file.metadata().map_or(0, |found| found.len());
        bytes.reserve_exact(usize::try_from(size.min(max_bytes).saturating_add(1)).unwrap_or(0));
        file.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes)
    });
    match read {
        Err(error) => Err(Box::new(unreadable(path, &error))),
        Ok(size) if size as u64 > max_bytes => {
            let size = std::fs::metadata(path).map_or(size as u64, |found| found.len().max(size as u64));
            Err(Box::new(Failure::at(name, FailureKind::TooLarge, too_large(size, max_bytes))))
        }
        Ok(_) => Ok(Document {
            origin: Origin { name: name.clone(), ..Origin::default() },
            bytes,
            format: None,
            encoding: None,
            served_encoding: None,
            path: name,
            position: None,
        }),
    }
}

pub(super) fn too_large(size: u64, limit: u64) -> String {
    format!("the document has {size} bytes, more than the limit of {limit}; raise --max-bytes")
}

/// What the feed comes upon.
#[derive(Debug)]
pub(super) enum Fed {
    Item(Item),
    Failure(Box<Failure>),
}

/// Cuts the inputs into documents, in order, holding one at a time.
pub(super) struct Feed {
    inputs: std::vec::IntoIter<Input>,
    list: Option<List>,
    walk: Option<Walk>,
    lines: Option<Lines>,
    archive: Option<Archive>,
    document: Option<(PathBuf, u64)>,
    max_bytes: u64,
    own: Own,
    watch: Arc<Watch>,
}

struct List {
    name: String,
    from: Box<dyn BufRead + Send>,
    number: u64,
}

impl Feed {
    pub(super) fn new(
        inputs: Vec<Input>,
        options: &ScanOptions,
        watch: Arc<Watch>,
    ) -> Result<Self, ScanError> {
        let is_stdin = |input: &&Input| {
            matches!(input, Input::Lines) || matches!(input, Input::List(path) if path.as_os_str() == "-")
        };
        if inputs.is_empty() {
            return Err(ScanError::NoInput);
        }
        if inputs.iter().filter(is_stdin).count() > 1 {
            return Err(ScanError::StandardInputTwice);
        }
        // A list that cannot be opened is a mistake of the command, not of the corpus: told before anything is written.
        for input in &inputs {
            if let Input::List(path) = input
                && path.as_os_str() != "-"
            {
                File::open(path).map_err(|reason| ScanError::List { path: path.clone(), reason })?;
            }
        }
        Ok(Self {
            inputs: inputs.into_iter(),
            list: None,
            walk: None,
            lines: None,
            archive: None,
            document: None,
            max_bytes: options.parse.read.max_bytes,
            own: Own::new(&options.own_files),
            watch,
        })
    }

    fn enter(&mut self, input: Input) -> Option<Failure> {
        match input {
            Input::Path(path) => return self.enter_path(path),
            Input::Lines => {
                self.lines = Some(Lines::new("-".to_owned(), standard_input(), self.max_bytes));
            }
            Input::List(path) if path.as_os_str() == "-" => {
                self.list = Some(List { name: "-".to_owned(), from: standard_input(), number: 0 });
            }
            Input::List(path) => match File::open(&path) {
                Ok(file) => {
                    let from = Box::new(BufReader::with_capacity(BUFFER, file));
                    self.list = Some(List { name: show(&path), from, number: 0 });
                }
                Err(error) => return Some(unreadable(&path, &error)),
            },
        }
        None
    }

    fn enter_path(&mut self, path: PathBuf) -> Option<Failure> {
        match std::fs::metadata(&path) {
            Ok(found) if found.is_dir() => {
                self.walk = Some(Walk::new(path));
                None
            }
            Ok(found) => self.enter_file(path, found.len()),
            Err(error) => Some(unreadable(&path, &error)),
        }
    }

    fn enter_file(&mut self, path: PathBuf, bytes: u64) -> Option<Failure> {
        if self.own.has(&path) {
            return None;
        }
        let opened = match Kind::of(&path) {
            Kind::Archive => Archive::open(&path, self.max_bytes).map(|archive| self.archive = Some(archive)),
            Kind::Lines { gzip } => File::open(&path).map(|file| {
                let from: Box<dyn BufRead + Send> = if gzip {
                    Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(file)))
                } else {
                    Box::new(BufReader::with_capacity(BUFFER, file))
                };
                self.lines = Some(Lines::new(show(&path), from, self.max_bytes));
            }),
            Kind::Document => {
                self.document = Some((path, bytes));
                return None;
            }
        };
        opened.err().map(|error| unreadable(&path, &error))
    }

    fn next_archived(&mut self) -> Option<Fed> {
        let archive = self.archive.as_mut()?;
        loop {
            let before = archive.position();
            let held = archive.next();
            Watch::add(&self.watch.bytes, archive.position().saturating_sub(before));
            match held {
                Some(Held::Page(capture)) => {
                    let weight = capture.weight();
                    return Some(Fed::Item(Item { weight, payload: Payload::Page(capture) }));
                }
                Some(Held::Failure(failure)) => return Some(Fed::Failure(failure)),
                Some(Held::PassedOver) => Watch::add(&self.watch.passed_over, 1),
                None => {
                    self.archive = None;
                    return None;
                }
            }
            if self.watch.is_stopped() {
                return None;
            }
        }
    }

    fn next_line(&mut self) -> Option<Fed> {
        let lines = self.lines.as_mut()?;
        let Some((read, line)) = lines.next() else {
            self.lines = None;
            return None;
        };
        Watch::add(&self.watch.bytes, read);
        Some(match line {
            Ok(line) => Fed::Item(Item { weight: line.bytes.len() as u64, payload: Payload::Line(line) }),
            Err(failure) => Fed::Failure(failure),
        })
    }

    fn next_walked(&mut self) -> Option<Fed> {
        let failure = match self.walk.as_mut()?.next() {
            None => {
                self.walk = None;
                return None;
            }
            Some(Found::Failure(failure)) => failure,
            Some(Found::File { path, bytes }) => self.enter_file(path, bytes)?,
        };
        Some(Fed::Failure(Box::new(failure)))
    }

    fn next_document(&mut self) -> Option<Fed> {
        let (path, bytes) = self.document.take()?;
        if bytes > self.max_bytes {
            let failure = Failure::at(show(&path), FailureKind::TooLarge, too_large(bytes, self.max_bytes));
            return Some(Fed::Failure(Box::new(failure)));
        }
        Watch::add(&self.watch.bytes, bytes);
        Some(Fed::Item(Item { weight: bytes, payload: Payload::File(path) }))
    }

    fn next_listed(&mut self) -> Option<Fed> {
        let list = self.list.as_mut()?;
        let mut line = Vec::new();
        let read = list.from.read_until(b'\n', &mut line);
        list.number += 1;
        let (name, position) = (list.name.clone(), Position::Line(list.number));
        let failure = match read {
            Ok(0) => {
                self.list = None;
                return None;
            }
            Ok(_) => {
                let path = listed(&line)?;
                let mut failure = self.enter_path(path)?;
                failure.path = name;
                failure
            }
            Err(error) => {
                self.list = None;
                Failure::at(name, FailureKind::FileUnreadable, format!("the list cannot be read on: {error}"))
            }
        };
        Some(Fed::Failure(Box::new(failure.positioned(position))))
    }
}

impl Iterator for Feed {
    type Item = Fed;

    fn next(&mut self) -> Option<Fed> {
        while !self.watch.is_stopped() {
            // Innermost first: a list names a directory, which holds an archive, which holds pages.
            let fed = if self.document.is_some() {
                self.next_document()
            } else if self.archive.is_some() {
                self.next_archived()
            } else if self.lines.is_some() {
                self.next_line()
            } else if self.walk.is_some() {
                self.next_walked()
            } else if self.list.is_some() {
                self.next_listed()
            } else {
                let input = self.inputs.next()?;
                self.enter(input).map(|failure| Fed::Failure(Box::new(failure)))
            };
            if fed.is_some() {
                return fed;
            }
        }
        None
    }
}

fn standard_input() -> Box<dyn BufRead + Send> {
    Box::new(BufReader::with_capacity(BUFFER, std::io::stdin()))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::at(show(path), FailureKind::FileUnreadable, reason(error))
}

/// What went wrong with a file, and what to do about it.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file; check the path".to_owned(),
        ErrorKind::PermissionDenied => "it may not be read; check the file's permissions".to_owned(),
        _ => format!("it cannot be read: {error}"),
    }
}

/// Path on a line of a list; blank lines are none.
fn listed(line: &[u8]) -> Option<PathBuf> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    (!line.trim_ascii().is_empty()).then(|| path_of(line))
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// What a file's name says that it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Archive,
    Lines { gzip: bool },
    Document,
}

impl Kind {
    fn of(path: &Path) -> Self {
        let name =
            path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        let (stem, gzip) = match name.strip_suffix(".gz") {
            Some(stem) => (stem, true),
            None => (name.as_str(), false),
        };
        if stem.ends_with(".warc") || stem.ends_with(".warc.wet") {
            Self::Archive
        } else if stem.ends_with(".ndjson") || stem.ends_with(".jsonl") {
            Self::Lines { gzip }
        } else {
            Self::Document
        }
    }
}
