//! The SQLite database: what a scan found, and how far it came.
//!
//! Documents are committed whole, many at a time, in write-ahead mode: a process that is killed leaves a sound file
//! that lacks the last moment's documents, and the next run finds out which.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OptionalExtension as _, params};

use super::claims::{Claims, UnderWay};
use super::{Counted, SinkError};
use crate::record::{Diagnostic, Edition, PolicyRecord, Span};
use crate::scan::document::{ContentKey, Failure, Origin, Position};
use crate::scan::jurisdiction;
use crate::scan::pool::{Known, Outcome, Parsed};
use crate::scan::rows::{self, FactRow, NOT_A_POLICY, NodeRow, POLICY};

const SCHEMA: &str = include_str!("schema.sql");
/// Version of the tables; a database of another version is not touched.
pub(crate) const SCHEMA_VERSION: i32 = 1;
/// Marks the file as ours ("saya").
pub(crate) const APPLICATION_ID: i32 = 0x7361_7961;
/// How long to wait for another writer.
pub(crate) const BUSY: Duration = Duration::from_secs(5);
/// A transaction ends after so long, or after so many bytes of documents.
const COMMIT_AFTER: Duration = Duration::from_secs(1);
const COMMIT_BYTES: u64 = 64 << 20;

/// A database that a scan writes to.
#[derive(Debug)]
pub struct Database {
    path: PathBuf,
    connection: Connection,
    revision: String,
    under_way: UnderWay,
    batch: Option<Batch>,
    /// Documents committed in this run.
    stored: u64,
}

/// What stands in the open transaction.
#[derive(Debug)]
struct Batch {
    since: Instant,
    bytes: u64,
    documents: u64,
    keys: Vec<ContentKey>,
}

/// Where a database may not go.
#[derive(Debug, Clone, Copy, Default)]
pub struct DatabaseOptions {
    /// Most bytes that the file may have; what exceeds them is a full disk. No bound of its own by default.
    pub max_bytes: Option<u64>,
}

impl Database {
    /// Opens a database of an earlier scan, or makes one.
    ///
    /// # Errors
    /// When the file cannot be opened, is locked, or is something else than a database of this program.
    pub fn open(path: &Path, options: DatabaseOptions) -> Result<Self, SinkError> {
        let connection = Connection::open(path).map_err(|error| explain(path, "open", &error, 0))?;
        let mut database = Self {
            path: path.to_owned(),
            connection,
            revision: String::new(),
            under_way: UnderWay::default(),
            batch: None,
            stored: 0,
        };
        database.prepare(options)?;
        Ok(database)
    }

    fn prepare(&mut self, options: DatabaseOptions) -> Result<(), SinkError> {
        let told = |error| explain(&self.path, "open", &error, 0);
        let connection = &self.connection;
        connection.busy_timeout(BUSY).map_err(told)?;
        let (application, version, tables): (i32, i32, i64) = connection
            .query_row(
                "SELECT a.application_id, v.user_version, (SELECT count(*) FROM sqlite_schema)
                 FROM pragma_application_id a, pragma_user_version v",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .map_err(told)?;
        if tables > 0 && application != APPLICATION_ID {
            return Err(SinkError::Foreign {
                path: self.path.clone(),
                found: "a database of another program".to_owned(),
            });
        }
        if tables > 0 && version != SCHEMA_VERSION {
            return Err(SinkError::Foreign {
                path: self.path.clone(),
                found: format!(
                    "a database of another version of sayasat (tables {version}, here {SCHEMA_VERSION})"
                ),
            });
        }
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768;",
            )
            .map_err(told)?;
        connection.set_prepared_statement_cache_capacity(32);
        if let Some(max_bytes) = options.max_bytes {
            let page: u64 = connection.query_row("PRAGMA page_size", [], |row| row.get(0)).map_err(told)?;
            let pages = (max_bytes / page.max(1)).max(1);
            connection.execute_batch(&format!("PRAGMA max_page_count = {pages}")).map_err(told)?;
        }
        if tables == 0 {
            connection
                .execute_batch(&format!(
                    "BEGIN IMMEDIATE;
                     PRAGMA application_id = {APPLICATION_ID};
                     PRAGMA user_version = {SCHEMA_VERSION};
                     {SCHEMA}
                     COMMIT;"
                ))
                .map_err(told)?;
        }
        Ok(())
    }

    pub(super) fn begin(&mut self, revision: &str) {
        revision.clone_into(&mut self.revision);
    }

    pub(super) fn claims(&self) -> Result<Claims, SinkError> {
        Claims::open(&self.path, self.under_way.clone(), &self.revision)
    }

    pub(super) fn accept(&mut self, outcome: &Outcome) -> Result<Counted, SinkError> {
        self.enter()?;
        let result = self.write(outcome);
        let counted = result.map_err(|error| self.broken("write", &error))?;
        let (bytes, key) = match outcome {
            Outcome::Parsed(parsed) => {
                (parsed.record.as_ref().map_or(0, |record| record.source.bytes), Some(&parsed.key))
            }
            Outcome::Failed(failure) => (0, failure.content.as_ref()),
            Outcome::Known(_) => (0, None),
        };
        if let Some(batch) = &mut self.batch {
            batch.documents += 1;
            batch.bytes += bytes;
            batch.keys.extend(key.cloned());
            if batch.bytes >= COMMIT_BYTES || batch.since.elapsed() >= COMMIT_AFTER {
                self.commit()?;
            }
        }
        Ok(counted)
    }

    pub(super) fn rest(&mut self) -> Result<(), SinkError> {
        match &self.batch {
            Some(batch) if batch.since.elapsed() >= COMMIT_AFTER => self.commit(),
            _ => Ok(()),
        }
    }

    pub(super) fn finish(&mut self) -> Result<(), SinkError> {
        self.commit()?;
        let result = self.connection.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);");
        result.map_err(|error| self.broken("write", &error))
    }

    fn enter(&mut self) -> Result<(), SinkError> {
        if self.batch.is_none() {
            self.connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| self.broken("write", &error))?;
            self.batch = Some(Batch { since: Instant::now(), bytes: 0, documents: 0, keys: Vec::new() });
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), SinkError> {
        let Some(batch) = self.batch.take() else { return Ok(()) };
        self.connection.execute_batch("COMMIT").map_err(|error| self.broken("write", &error))?;
        self.stored += batch.documents;
        self.under_way.end(batch.keys.iter());
        Ok(())
    }

    fn broken(&self, doing: &'static str, error: &rusqlite::Error) -> SinkError {
        explain(&self.path, doing, error, self.stored)
    }

    fn write(&self, outcome: &Outcome) -> rusqlite::Result<Counted> {
        match outcome {
            Outcome::Parsed(parsed) => self.write_parsed(parsed),
            Outcome::Known(known) => self.write_known(known),
            Outcome::Failed(failure) => {
                self.write_failure(failure)?;
                Ok(Counted { is_policy: None, stored_before: false })
            }
        }
    }

    fn write_parsed(&self, parsed: &Parsed) -> rusqlite::Result<Counted> {
        let Some(record) = &parsed.record else {
            return Ok(Counted { is_policy: Some(parsed.is_policy), stored_before: false });
        };
        let stored = self.find(&parsed.key)?;
        let (id, stored_before) = match stored {
            Some(stored) if stored.revision == self.revision => (stored.id, true),
            Some(stored) => {
                self.clear(stored.id)?;
                (self.write_record(Some(stored.id), parsed, record)?, false)
            }
            None => (self.write_record(None, parsed, record)?, false),
        };
        self.write_source(id, &parsed.origin)?;
        self.forget_failure(&parsed.path, parsed.position)?;
        Ok(Counted { is_policy: Some(parsed.is_policy), stored_before })
    }

    fn write_known(&self, known: &Known) -> rusqlite::Result<Counted> {
        if let Some(stored) = self.find(&known.key)?
            && stored.revision == self.revision
        {
            self.write_source(stored.id, &known.origin)?;
            self.forget_failure(&known.path, known.position)?;
            return Ok(Counted { is_policy: Some(stored.is_policy), stored_before: true });
        }
        // The first of this content gave no record, so neither does this one.
        let (code, reason) = self
            .connection
            .prepare_cached(
                "SELECT code, reason FROM failures WHERE sha256 = ?1 AND reading = ?2 ORDER BY id LIMIT 1",
            )?
            .query_row((&known.key.sha256, &known.key.reading), |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
            })?;
        self.write_failure(&Failure {
            origin: known.origin.clone(),
            kind: code.parse().unwrap_or(crate::scan::FailureKind::DocumentUnreadable),
            reason,
            path: known.path.clone(),
            position: known.position,
            content: Some(known.key.clone()),
        })?;
        Ok(Counted { is_policy: None, stored_before: false })
    }

    fn find(&self, key: &ContentKey) -> rusqlite::Result<Option<Stored>> {
        self.connection
            .prepare_cached("SELECT id, revision, status FROM documents WHERE sha256 = ?1 AND reading = ?2")?
            .query_row((&key.sha256, &key.reading), |row| {
                Ok(Stored {
                    id: row.get(0)?,
                    revision: row.get(1)?,
                    is_policy: row.get_ref(2)?.as_str()? == POLICY,
                })
            })
            .optional()
    }

    /// Takes away what an earlier version of the program read from a document.
    fn clear(&self, id: i64) -> rusqlite::Result<()> {
        for table in ["nodes", "facts", "diagnostics", "editions"] {
            self.connection
                .prepare_cached(&format!("DELETE FROM {table} WHERE document = ?1"))?
                .execute([id])?;
        }
        Ok(())
    }

    fn write_record(&self, id: Option<i64>, parsed: &Parsed, record: &PolicyRecord) -> rusqlite::Result<i64> {
        let operator = record.editions.iter().find_map(|edition| edition.operator.as_ref());
        let identifiers = operator
            .filter(|operator| !operator.identifiers.is_empty())
            .and_then(|operator| serde_json::to_string(&operator.identifiers).ok());
        let title = record.editions.iter().find_map(|edition| edition.title.as_ref());
        let effective = record.editions.iter().find_map(|edition| edition.effective.as_ref()?.date.as_ref());
        self.connection
            .prepare_cached(
                "INSERT INTO documents (id, sha256, reading, revision, status, jurisdiction, languages, bytes, format,
                    encoding, title, operator, legal_form, identifiers, effective)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
                 ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, status = excluded.status,
                    jurisdiction = excluded.jurisdiction, languages = excluded.languages, format = excluded.format,
                    encoding = excluded.encoding, title = excluded.title, operator = excluded.operator,
                    legal_form = excluded.legal_form, identifiers = excluded.identifiers,
                    effective = excluded.effective",
            )?
            .execute(params![
                id,
                parsed.key.sha256,
                parsed.key.reading,
                self.revision,
                if parsed.is_policy { POLICY } else { NOT_A_POLICY },
                jurisdiction::of(record.editions.iter().map(|edition| edition.jurisdiction)).id(),
                rows::languages(record),
                record.source.bytes,
                record.source.format.id(),
                record.source.encoding,
                title,
                operator.map(|operator| &operator.name),
                operator.and_then(|operator| operator.legal_form).map(crate::record::LegalForm::id),
                identifiers,
                effective,
            ])?;
        let id = id.unwrap_or_else(|| self.connection.last_insert_rowid());
        for (number, edition) in record.editions.iter().enumerate() {
            self.write_edition(id, number, edition)?;
        }
        let mut result = Ok(());
        rows::nodes(record, |row| {
            if result.is_ok() {
                result = self.write_node(id, row);
            }
        });
        result?;
        let mut result = Ok(());
        rows::facts(&record.facts, |row| {
            if result.is_ok() {
                result = self.write_fact(id, row);
            }
        });
        result?;
        for diagnostic in &record.diagnostics {
            self.write_diagnostic(id, diagnostic)?;
        }
        Ok(id)
    }

    fn write_edition(&self, id: i64, number: usize, edition: &Edition) -> rusqlite::Result<()> {
        let operator = edition.operator.as_ref();
        let effective = edition.effective.as_ref();
        self.connection
            .prepare_cached("INSERT INTO editions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
            .execute(params![
                id,
                number,
                edition.language.id(),
                edition.title,
                operator.map(|operator| &operator.name),
                operator.and_then(|operator| operator.legal_form).map(crate::record::LegalForm::id),
                effective.and_then(|effective| effective.date.as_ref()),
                effective.and_then(|effective| effective.version.as_ref()),
            ])?;
        Ok(())
    }

    fn write_node(&self, id: i64, row: &NodeRow<'_>) -> rusqlite::Result<()> {
        let node = row.node;
        self.connection
            .prepare_cached(
                "INSERT INTO nodes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .execute(params![
                id,
                node.id,
                row.edition,
                row.parent,
                row.depth,
                node.kind.id(),
                node.label,
                node.heading,
                node.text,
                node.span.start,
                node.span.end,
                node.span.line,
                node.span.end_line,
            ])?;
        Ok(())
    }

    fn write_fact(&self, id: i64, row: &FactRow<'_>) -> rusqlite::Result<()> {
        let span = SpanColumns::of(row.span);
        let cues = serde_json::to_string(row.cues).unwrap_or_default();
        self.connection
            .prepare_cached(
                "INSERT INTO facts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                    ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)",
            )?
            .execute(params![
                id,
                row.id,
                row.edition,
                row.node,
                row.layer,
                row.kind,
                row.party,
                row.modality,
                row.status,
                row.value,
                row.iso,
                row.approx_days,
                row.day_type,
                row.bound,
                row.starts_from,
                row.action,
                row.purpose,
                row.target,
                row.title,
                row.article,
                row.condition,
                row.quote,
                cues,
                row.confidence,
                span.start,
                span.end,
                span.line,
                span.end_line,
            ])?;
        Ok(())
    }

    fn write_diagnostic(&self, id: i64, diagnostic: &Diagnostic) -> rusqlite::Result<()> {
        let span = SpanColumns::of(diagnostic.span);
        self.connection
            .prepare_cached("INSERT INTO diagnostics VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
            .execute(params![
                id,
                diagnostic.code.id(),
                <&'static str>::from(diagnostic.severity),
                diagnostic.message,
                span.start,
                span.end,
                span.line,
                span.end_line,
            ])?;
        Ok(())
    }

    fn write_source(&self, document: i64, origin: &Origin) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO sources (document, name, url, fetched, archive, offset)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                document,
                origin.name,
                origin.url,
                origin.fetched,
                origin.archive,
                origin.offset,
            ])?;
        Ok(())
    }

    fn write_failure(&self, failure: &Failure) -> rusqlite::Result<()> {
        let (line, offset) = columns(failure.position);
        let key = failure.content.as_ref();
        self.connection
            .prepare_cached(
                "INSERT INTO failures (name, code, reason, path, line, offset, url, fetched, sha256, reading)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 ON CONFLICT (path, coalesce(line, -1), coalesce(offset, -1)) DO UPDATE SET name = excluded.name,
                    code = excluded.code, reason = excluded.reason, url = excluded.url, fetched = excluded.fetched,
                    sha256 = excluded.sha256, reading = excluded.reading",
            )?
            .execute(params![
                failure.origin.name,
                failure.kind.id(),
                failure.reason,
                failure.path,
                line,
                offset,
                failure.origin.url,
                failure.origin.fetched,
                key.map(|key| &key.sha256),
                key.map(|key| &key.reading),
            ])?;
        Ok(())
    }

    fn forget_failure(&self, path: &str, position: Option<Position>) -> rusqlite::Result<()> {
        let (line, offset) = columns(position);
        self.connection
            .prepare_cached(
                "DELETE FROM failures
                 WHERE path = ?1 AND coalesce(line, -1) = coalesce(?2, -1) AND coalesce(offset, -1) = coalesce(?3, -1)",
            )?
            .execute(params![path, line, offset])?;
        Ok(())
    }
}

struct Stored {
    id: i64,
    revision: String,
    is_policy: bool,
}

#[derive(Default)]
struct SpanColumns {
    start: Option<usize>,
    end: Option<usize>,
    line: Option<usize>,
    end_line: Option<usize>,
}

impl SpanColumns {
    fn of(span: Option<Span>) -> Self {
        span.map_or_else(Self::default, |span| Self {
            start: Some(span.start),
            end: Some(span.end),
            line: Some(span.line),
            end_line: Some(span.end_line),
        })
    }
}

fn columns(position: Option<Position>) -> (Option<u64>, Option<u64>) {
    match position {
        Some(Position::Line(line)) => (Some(line), None),
        Some(Position::Offset(offset)) => (None, Some(offset)),
        None => (None, None),
    }
}

/// Says in words what SQLite says in codes.
pub(super) fn explain(path: &Path, doing: &'static str, error: &rusqlite::Error, stored: u64) -> SinkError {
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => SinkError::Full { path, stored },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => SinkError::Locked { path },
        Some(ErrorCode::NotADatabase) => SinkError::Foreign { path, found: "no SQLite database".to_owned() },
        _ => SinkError::Database { reason: because(&path, error), path, doing },
    }
}

/// Why a database cannot be used, and what to do about it.
pub(crate) fn because(path: &Path, error: &rusqlite::Error) -> String {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another program has locked it; wait until it is done".to_owned()
        }
        Some(ErrorCode::CannotOpen) if path.is_dir() => "it is a directory; name a file".to_owned(),
        Some(ErrorCode::CannotOpen) if !directory.is_dir() => {
            format!("there is no directory {}; make it first", directory.display())
        }
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => format!(
            "the file or its directory may not be written to; check the permissions of {}",
            directory.display()
        ),
        Some(ErrorCode::DatabaseCorrupt) => {
            "the file is damaged; take a copy of it from before, or scan into a new one".to_owned()
        }
        Some(ErrorCode::SystemIoFailure) => {
            format!("{error}; check the disk, and the limit on the size of files (ulimit -f)")
        }
        _ => error.to_string(),
    }
}
