//! The bytes of an archive, plain or in gzip members, with the way back from each to its place on the disk.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::bufread::GzDecoder;

const PIECE: usize = 64 << 10;
const GZIP: [u8; 3] = [0x1F, 0x8B, 8];

/// Why fewer bytes could be had than were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Short {
    /// The file ends here.
    End,
    /// What follows cannot be read or decompressed.
    Damaged(String),
}

/// A window on the decompressed bytes; what is not consumed can be read again.
pub(super) struct Stream {
    source: Source,
    window: Vec<u8>,
    start: usize,
    /// Decompressed bytes before the window's start.
    consumed: u64,
    /// Decompressed position at which each gzip member in sight starts, and its place in the file.
    members: VecDeque<(u64, u64)>,
    /// Set when the source failed; cleared by [`Stream::recover`].
    damage: Option<String>,
}

enum Source {
    Plain(Counted),
    Member { decoder: Box<GzDecoder<Counted>>, start: u64 },
    Done { position: u64 },
}

struct Counted {
    from: BufReader<File>,
    at: u64,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.from.read(into)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.from.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        self.from.consume(amount);
    }
}

impl Counted {
    fn go_to(&mut self, position: u64) -> std::io::Result<()> {
        self.from.seek(SeekFrom::Start(position))?;
        self.at = position;
        Ok(())
    }
}

impl Stream {
    pub(super) fn open(path: &Path) -> std::io::Result<Self> {
        let mut file = Counted { from: BufReader::with_capacity(PIECE, File::open(path)?), at: 0 };
        let mut members = VecDeque::new();
        let source = if file.fill_buf()?.starts_with(&GZIP[..2]) {
            members.push_back((0, 0));
            Source::Member { decoder: Box::new(GzDecoder::new(file)), start: 0 }
        } else {
            Source::Plain(file)
        };
        Ok(Self { source, window: Vec::new(), start: 0, consumed: 0, members, damage: None })
    }

    /// What is in sight.
    pub(super) fn window(&self) -> &[u8] {
        &self.window[self.start..]
    }

    /// Brings at least so many bytes into sight.
    pub(super) fn ensure(&mut self, length: usize) -> Result<(), Short> {
        while self.window().len() < length {
            self.more()?;
        }
        Ok(())
    }

    /// Brings some more bytes into sight.
    pub(super) fn more(&mut self) -> Result<(), Short> {
        if let Some(message) = &self.damage {
            return Err(Short::Damaged(message.clone()));
        }
        if self.start > PIECE && self.start * 2 > self.window.len() {
            self.window.drain(..self.start);
            self.start = 0;
            // One large page must not keep its room for the rest of the archive.
            if self.window.capacity() > 4 * PIECE && self.window.len() < PIECE {
                self.window.shrink_to(2 * PIECE);
            }
        }
        let old = self.window.len();
        self.window.resize(old + PIECE, 0);
        let result = self.source.read(&mut self.window[old..]);
        let read = *result.as_ref().unwrap_or(&0);
        self.window.truncate(old + read);
        match result {
            Ok(0) => {
                if self.next_member()? {
                    return Ok(());
                }
                Err(Short::End)
            }
            Ok(_) => Ok(()),
            Err(error) => {
                let message = error.to_string();
                self.damage = Some(message.clone());
                Err(Short::Damaged(message))
            }
        }
    }

    pub(super) fn consume(&mut self, length: usize) {
        self.start += length.min(self.window.len() - self.start);
        let position = self.consumed_to();
        while self.members.get(1).is_some_and(|member| member.0 <= position) {
            self.members.pop_front();
        }
        if self.start == self.window.len() {
            self.consumed += self.start as u64;
            self.window.clear();
            self.start = 0;
        }
    }

    fn consumed_to(&self) -> u64 {
        self.consumed + self.start as u64
    }

    /// Place in the file of the first byte in sight: its own, or that of the gzip member it lies in.
    pub(super) fn offset(&self) -> u64 {
        match self.members.front() {
            Some(member) => member.1,
            None => self.consumed_to(),
        }
    }

    /// Bytes of the file that were read.
    pub(super) fn position(&self) -> u64 {
        match &self.source {
            Source::Plain(file) => file.at,
            Source::Member { decoder, .. } => decoder.get_ref().at,
            Source::Done { position } => *position,
        }
    }

    /// Goes over to the next gzip member; `false` at the end of the file.
    fn next_member(&mut self) -> Result<bool, Short> {
        let position = self.position();
        let Source::Member { decoder, .. } = std::mem::replace(&mut self.source, Source::Done { position })
        else {
            return Ok(false);
        };
        let mut file = decoder.into_inner();
        match file.fill_buf() {
            Ok([]) => Ok(false),
            Ok(_) => {
                self.begin(file);
                Ok(true)
            }
            Err(error) => {
                self.damage = Some(error.to_string());
                Err(Short::Damaged(error.to_string()))
            }
        }
    }

    fn begin(&mut self, file: Counted) {
        let start = file.at;
        self.members.push_back((self.consumed + self.window.len() as u64, start));
        self.source = Source::Member { decoder: Box::new(GzDecoder::new(file)), start };
    }

    /// After damage: forgets what is in sight and goes on at the next gzip member that holds an archive record.
    pub(super) fn recover(&mut self) -> bool {
        self.damage = None;
        self.consume(usize::MAX);
        let position = self.position();
        let Source::Member { decoder, start } =
            std::mem::replace(&mut self.source, Source::Done { position })
        else {
            return false;
        };
        // From the damaged member's second byte, not from where decompression gave up: a broken member may have
        // swallowed the ones that follow.
        let mut file = decoder.into_inner();
        let mut from = start + 1;
        while let Ok(Some(candidate)) = find_member(&mut file, from) {
            if file.go_to(candidate).is_err() {
                return false;
            }
            let mut decoder = GzDecoder::new(file);
            let mut first = [0; 5];
            let holds_record = decoder.read_exact(&mut first).is_ok() && &first == b"WARC/";
            file = decoder.into_inner();
            if holds_record {
                if file.go_to(candidate).is_err() {
                    return false;
                }
                self.begin(file);
                return true;
            }
            from = candidate + 1;
        }
        false
    }
}

impl Source {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Plain(file) => file.read(into),
            Self::Member { decoder, .. } => decoder.read(into),
            Self::Done { .. } => Ok(0),
        }
    }
}

/// Place of the next three bytes that may begin a gzip member.
fn find_member(file: &mut Counted, from: u64) -> std::io::Result<Option<u64>> {
    file.go_to(from)?;
    let finder = memchr::memmem::Finder::new(&GZIP);
    let mut tail: Vec<u8> = Vec::with_capacity(2 * PIECE);
    loop {
        let piece = file.fill_buf()?;
        if piece.is_empty() {
            return Ok(None);
        }
        let length = piece.len();
        tail.extend_from_slice(piece);
        file.consume(length);
        let base = file.at - tail.len() as u64;
        if let Some(at) = finder.find(&tail) {
            return Ok(Some(base + at as u64));
        }
        let keep = tail.len().min(GZIP.len() - 1);
        tail.drain(..tail.len() - keep);
    }
}
