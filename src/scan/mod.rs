//! Whole corpora: many documents in, one record for each out, nothing lost on the way.
//!
//! ```text
//! inputs ──feed (1 thread)──▶ flow (bounded) ──workers (N threads)──▶ flow (order restored) ──sinks (caller's thread)──▶
//! ```
//!
//! The feed lists files and cuts streams into documents; workers read, decode and parse them; the caller's thread
//! writes what comes out, in the order of the input whatever the number of workers. What cannot be read becomes a
//! [`Failure`] at its place in that order. Memory is bounded by [`ScanOptions::in_flight_bytes`].

mod document;
mod flow;
mod input;
pub mod jurisdiction;
mod pool;
mod progress;
mod rows;
mod sink;
pub mod stats;

use std::path::PathBuf;

pub use document::{ContentKey, Failure, FailureKind, Origin, Position};
pub use input::{Input, Measured, measure};
pub use pool::scan;
pub use progress::{Counts, Watch};
#[cfg(feature = "parquet")]
pub use sink::Tables;
pub use sink::{Database, DatabaseOptions, LinesOut, Outputs, SinkError};

use crate::Options;
use crate::source::ReadError;

/// Largest document that a scan reads unless the caller allows more: 16 MiB.
pub const MAX_BYTES: u64 = 16 << 20;

/// How a scan runs. What is read and written stands in [`Input`] and [`Outputs`].
#[derive(Debug, Clone)]
pub struct ScanOptions {
    /// Documents parsed at a time; at least 1. The output is the same for any number.
    pub jobs: usize,
    /// How each document is parsed; `read.max_bytes` also bounds lines and archive records.
    pub parse: Options,
    /// Bytes of documents and of finished records that may be on their way at a time, for each job.
    pub in_flight_bytes: u64,
    /// Program version and whatever else changes a record, such as an own lexicon; records stored under another
    /// revision are made anew. How documents are read ([`ScanOptions::parse`]) need not be named here.
    pub revision: String,
    /// Files that the scan itself writes: passed over where a directory or a list holds them.
    pub own_files: Vec<PathBuf>,
}

impl ScanOptions {
    /// The revision with every way of reading that is not the usual one: under another, records may be others.
    fn whole_revision(&self) -> String {
        let (read, usual) = (&self.parse.read, Self::default().parse.read);
        let mut revision = self.revision.clone();
        let mut add = |name: &str, value: &dyn std::fmt::Display| {
            revision.push_str(&format!(" {name}={value}"));
        };
        if let Some(encoding) = &read.encoding {
            add("encoding", encoding);
        }
        if let Some(format) = read.format {
            add("format", &format.id());
        }
        if read.max_bytes != usual.max_bytes {
            add("max-bytes", &read.max_bytes);
        }
        if read.max_depth != usual.max_depth {
            add("max-depth", &read.max_depth);
        }
        if read.max_pages != usual.max_pages {
            add("max-pages", &read.max_pages);
        }
        revision
    }
}

impl Default for ScanOptions {
    fn default() -> Self {
        let mut parse = Options::default();
        parse.read.max_bytes = MAX_BYTES;
        Self {
            jobs: std::thread::available_parallelism().map_or(1, usize::from),
            parse,
            in_flight_bytes: 24 << 20,
            revision: env!("CARGO_PKG_VERSION").to_owned(),
            own_files: Vec::new(),
        }
    }
}

/// How a scan ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// What was met.
    pub counts: Counts,
    /// Whether [`Watch::stop`] ended the scan before its input did.
    pub interrupted: bool,
}

/// Why a scan could not run or go on. A document that cannot be read is no such reason, see [`Failure`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScanError {
    /// There is nothing to read.
    #[error(
        "nothing to scan: name files, directories, archives, `-` for lines on standard input, or --from-list FILE"
    )]
    NoInput,
    /// Standard input is named twice.
    #[error("standard input can be read once only, as documents (`-`) or as a list (`--from-list -`)")]
    StandardInputTwice,
    /// The list of inputs cannot be read.
    #[error("cannot read the list {}: {reason}", path.display())]
    List {
        /// File that was named.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// The encoding that all documents are to be read in is not known.
    #[error("{0}")]
    Encoding(ReadError),
    /// A thread could not be started.
    #[error("cannot start a thread for --jobs: {0}")]
    Thread(std::io::Error),
    /// The parser fails on any text: every document would be told to be at fault.
    #[error("the parser cannot run, a mistake of sayasat; please report it: {0}")]
    Parser(String),
    /// The thread that lists the inputs failed; documents may be missing.
    #[error(
        "the reading of the inputs failed, a mistake of sayasat; documents may be missing from the results"
    )]
    Feed,
    /// The results cannot be written.
    #[error(transparent)]
    Sink(#[from] SinkError),
}
