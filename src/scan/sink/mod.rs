//! Where the records go: lines of JSON, a database, Parquet files; any of them together.

mod claims;
mod database;
mod lines;
#[cfg(feature = "parquet")]
mod parquet;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

pub use database::{Database, DatabaseOptions};
pub use lines::LinesOut;
#[cfg(feature = "parquet")]
pub use parquet::Tables;

pub(super) use claims::Claims;
pub(super) use database::{APPLICATION_ID, BUSY, SCHEMA_VERSION, because};
pub(super) use lines::render;

use super::pool::Outcome;
use crate::output::JsonStyle;

/// The sinks of a scan.
#[derive(Debug, Default)]
pub struct Outputs {
    /// Lines of JSON.
    pub lines: Option<LinesOut>,
    /// A SQLite database; without other sinks it also spares documents that it holds already.
    pub database: Option<Database>,
    /// Parquet files.
    #[cfg(feature = "parquet")]
    pub tables: Option<Tables>,
}

/// What workers have to prepare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) line: Option<JsonStyle>,
    pub(super) record: bool,
}

/// What an accepted outcome counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    /// Nothing for a failure.
    pub(super) is_policy: Option<bool>,
    pub(super) stored_before: bool,
}

/// Why results cannot be written. What was written before stays sound.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SinkError {
    /// Lines cannot be written.
    #[error("cannot write to {name}: {reason}")]
    Lines {
        /// File, or standard output.
        name: String,
        /// What the system said.
        reason: std::io::Error,
    },
    /// Parquet files cannot be written.
    #[error("cannot write Parquet files to {}: {reason}", directory.display())]
    Tables {
        /// Their directory.
        directory: PathBuf,
        /// What the system or the library said.
        reason: String,
    },
    /// The disk is full.
    #[error(
        "no room left on the disk of {}: {stored} documents of this run are stored and sound; free some room and run the same command again",
        path.display()
    )]
    Full {
        /// The database.
        path: PathBuf,
        /// Documents committed in this run.
        stored: u64,
    },
    /// Somebody else writes the database.
    #[error(
        "{} is locked: another program writes to it; wait until it is done, or use another file with --db",
        path.display()
    )]
    Locked {
        /// The database.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{} is {found}; name another file with --db", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it is.
        found: String,
    },
    /// Anything else that SQLite reports.
    #[error("cannot {doing} the database {}: {reason}", path.display())]
    Database {
        /// The database.
        path: PathBuf,
        /// `open`, `read`, `write`.
        doing: &'static str,
        /// What SQLite said.
        reason: String,
    },
}

impl SinkError {
    /// Whether the reader of the lines has gone away, as `head` does; nobody needs to be told.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Lines { reason, .. } if reason.kind() == std::io::ErrorKind::BrokenPipe)
    }
}

impl Outputs {
    pub(super) fn wanted(&self) -> Wanted {
        Wanted {
            line: self.lines.as_ref().map(LinesOut::style),
            record: self.database.is_some() || self.has_tables(),
        }
    }

    fn has_tables(&self) -> bool {
        #[cfg(feature = "parquet")]
        return self.tables.is_some();
        #[cfg(not(feature = "parquet"))]
        false
    }

    /// Makes ready. Gives claims when documents that are stored need no parsing, that is when nothing but the
    /// database wants their records.
    pub(super) fn begin(&mut self, revision: &str) -> Result<Option<Claims>, SinkError> {
        let alone = self.lines.is_none() && !self.has_tables();
        match &mut self.database {
            Some(database) => {
                database.begin(revision);
                alone.then(|| database.claims()).transpose()
            }
            None => Ok(None),
        }
    }

    pub(super) fn accept(&mut self, outcome: Outcome) -> Result<Counted, SinkError> {
        if let Some(lines) = &mut self.lines {
            lines.accept(&outcome)?;
        }
        #[cfg(feature = "parquet")]
        if let Some(tables) = &mut self.tables {
            tables.accept(&outcome)?;
        }
        let counted = match &outcome {
            Outcome::Parsed(parsed) => Counted { is_policy: Some(parsed.is_policy), stored_before: false },
            Outcome::Known(_) | Outcome::Failed(_) => Counted { is_policy: None, stored_before: false },
        };
        match &mut self.database {
            Some(database) => database.accept(&outcome),
            None => Ok(counted),
        }
    }

    /// Uses a moment in which nothing comes in.
    pub(super) fn rest(&mut self) -> Result<(), SinkError> {
        if let Some(lines) = &mut self.lines {
            lines.rest()?;
        }
        if let Some(database) = &mut self.database {
            database.rest()?;
        }
        Ok(())
    }

    pub(super) fn finish(&mut self) -> Result<(), SinkError> {
        if let Some(lines) = &mut self.lines {
            lines.finish()?;
        }
        #[cfg(feature = "parquet")]
        if let Some(tables) = &mut self.tables {
            tables.finish()?;
        }
        if let Some(database) = &mut self.database {
            database.finish()?;
        }
        Ok(())
    }
}
