//! Which contents need no parsing any more: those in the database, and those on their way to it.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags};

use super::SinkError;
use super::database::{BUSY, explain};
use crate::scan::document::ContentKey;

/// Contents that a worker has, or that are written but not committed.
#[derive(Debug, Clone, Default)]
pub(super) struct UnderWay(Arc<Mutex<HashSet<ContentKey>>>);

impl UnderWay {
    /// Notes a content; `false` if it was noted before.
    fn begin(&self, key: &ContentKey) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone())
    }

    fn has(&self, key: &ContentKey) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(key)
    }

    /// Forgets contents that anybody can find in the database now.
    pub(super) fn end<'a>(&self, keys: impl Iterator<Item = &'a ContentKey>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            all.remove(key);
        }
    }
}

/// Asks for contents from a thread of its own, through a connection of its own.
#[derive(Debug)]
pub(crate) struct Claims {
    connection: Connection,
    under_way: UnderWay,
    revision: String,
}

impl Claims {
    pub(super) fn open(path: &Path, under_way: UnderWay, revision: &str) -> Result<Self, SinkError> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map_err(|error| explain(path, "open", &error, 0))?;
        connection.busy_timeout(BUSY).map_err(|error| explain(path, "open", &error, 0))?;
        Ok(Self { connection, under_way, revision: revision.to_owned() })
    }

    /// Whether the content is known; if it is not, it is from now on.
    pub(crate) fn is_known(&self, key: &ContentKey) -> bool {
        // First what is under way: it leaves there only after the database has it.
        if self.under_way.has(key) {
            return true;
        }
        // A database that cannot answer costs a document parsed twice, no more.
        self.is_stored(key).unwrap_or(false) || !self.under_way.begin(key)
    }

    fn is_stored(&self, key: &ContentKey) -> rusqlite::Result<bool> {
        self.connection
            .prepare_cached("SELECT 1 FROM documents WHERE sha256 = ?1 AND reading = ?2 AND revision = ?3")?
            .exists((&key.sha256, &key.reading, &self.revision))
    }
}
