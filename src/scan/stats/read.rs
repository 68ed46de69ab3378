//! Profiles of documents from the lines or the database of a scan.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::{Connection, ErrorCode, OpenFlags, Row, Rows};
use serde::Deserialize;

use super::{Condition, Profile, Survey, Tally, Thing, join_languages};
use crate::record::{Code, Facts, Language, Operator};
use crate::scan::jurisdiction::{self, Jurisdiction};
use crate::scan::rows::{POLICY, says_policy};
use crate::scan::sink::{APPLICATION_ID, BUSY, SCHEMA_VERSION, because};

/// Why a corpus could not be counted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StatsError {
    /// The file cannot be read.
    #[error("cannot read {}: {}", path.display(), explain(reason))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// A line is no record.
    #[error(
        "{}, line {line}: no record of sayasat ({reason}); give the output of `sayasat scan`",
        path.display()
    )]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What was expected.
        reason: String,
    },
    /// The database cannot be read.
    #[error("cannot read the database {}: {reason}", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

fn explain(reason: &std::io::Error) -> String {
    match reason.kind() {
        ErrorKind::NotFound => "there is no such file; check the path".to_owned(),
        ErrorKind::IsADirectory => "it is a directory; give the file that the scan wrote".to_owned(),
        ErrorKind::PermissionDenied => "it may not be read; check the file's permissions".to_owned(),
        _ => reason.to_string(),
    }
}

/// Counts a corpus: the database or the lines of a scan, `-` for lines on standard input.
///
/// # Errors
/// When the file cannot be read or is neither.
pub fn survey(path: &Path, conditions: &[Condition]) -> Result<Survey, StatsError> {
    let unreadable = |reason| StatsError::File { path: path.to_owned(), reason };
    let mut tally = Tally::default();
    if path.as_os_str() == "-" {
        lines(path, BufReader::new(std::io::stdin()), conditions, &mut tally)?;
        return Ok(tally.finish());
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let mut head = Vec::new();
    (&mut file).take(16).read_to_end(&mut head).map_err(unreadable)?;
    if head == b"SQLite format 3\0" {
        let told = |reason| StatsError::Database { path: path.to_owned(), reason };
        let connection = open(path).map_err(|error| told(because(path, &error)))?;
        if !is_ours(&connection).map_err(|error| told(because(path, &error)))? {
            return Err(told("it was not made by this version of `sayasat scan --db`".to_owned()));
        }
        database(&connection, conditions, &mut tally).map_err(|error| told(because(path, &error)))?;
    } else {
        let from = BufReader::with_capacity(256 << 10, std::io::Cursor::new(head).chain(file));
        lines(path, from, conditions, &mut tally)?;
    }
    Ok(tally.finish())
}

/// What the counts need of a line; the outline, most of it, is passed over.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    error: Option<serde::de::IgnoredAny>,
    source: Source,
    #[serde(default)]
    editions: Vec<Edition>,
    #[serde(default)]
    facts: Facts,
    #[serde(default)]
    diagnostics: Vec<Diagnostic>,
}

#[derive(Deserialize)]
struct Source {
    #[serde(default)]
    format: String,
    #[serde(default)]
    sha256: String,
}

#[derive(Deserialize)]
struct Edition {
    language: Language,
    #[serde(default)]
    operator: Option<Operator>,
    #[serde(default)]
    jurisdiction: Option<crate::record::Jurisdiction>,
}

#[derive(Deserialize)]
struct Diagnostic {
    code: Code,
}

fn lines(
    path: &Path,
    mut from: impl BufRead,
    conditions: &[Condition],
    tally: &mut Tally,
) -> Result<(), StatsError> {
    // Eight bytes of the hash tell five million texts apart for all that a count needs.
    let mut texts: HashSet<u64> = HashSet::new();
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        let read = from.read_until(b'\n', &mut bytes);
        if read.map_err(|reason| StatsError::File { path: path.to_owned(), reason })? == 0 {
            break;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_slice(&bytes).map_err(|error| StatsError::Line {
            path: path.to_owned(),
            line: number,
            reason: error.to_string(),
        })?;
        if line.error.is_some() {
            tally.corpus.failures += 1;
            continue;
        }
        let profile = line.profile();
        if conditions.iter().all(|condition| condition.holds(&profile)) {
            let hash = line.source.sha256.get(..16).and_then(|hex| u64::from_str_radix(hex, 16).ok());
            if texts.insert(hash.unwrap_or(number)) {
                tally.corpus.texts += 1;
            }
            tally.add(&profile);
        }
    }
    Ok(())
}

impl Line {
    fn profile(&self) -> Profile {
        let is_policy = says_policy(self.diagnostics.iter().map(|found| found.code));
        let languages = join_languages(self.editions.iter().map(|edition| edition.language.id()));
        let jurisdiction = jurisdiction::of(self.editions.iter().map(|edition| edition.jurisdiction));
        let mut profile = Profile::new(is_policy, jurisdiction, languages);
        profile.format.clone_from(&self.source.format);
        profile.names_operator = self.editions.iter().any(|edition| edition.operator.is_some());
        profile.add_facts(&self.facts);
        profile
    }
}

/// Opens a database to read it, even from a place that nobody may write to.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(BUSY)?;
    let looked = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    match looked {
        // Readers of a database with a write-ahead log leave traces beside it. Where they may not and there is no
        // log, nobody writes and the file alone is whole.
        Err(error)
            if matches!(error.sqlite_error_code(), Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen))
                && !beside(path, "-wal").exists() =>
        {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(immutable(path), flags)
        }
        other => other.map(|()| connection),
    }
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// The address of a database that does not change.
fn immutable(path: &Path) -> String {
    let mut address = "file:".to_owned();
    for c in path.to_string_lossy().chars() {
        match c {
            '%' => address.push_str("%25"),
            '?' => address.push_str("%3f"),
            '#' => address.push_str("%23"),
            _ => address.push(c),
        }
    }
    address + "?immutable=1"
}

fn is_ours(connection: &Connection) -> rusqlite::Result<bool> {
    let marks: (i32, i32) = connection.query_row(
        "SELECT a.application_id, v.user_version FROM pragma_application_id a, pragma_user_version v",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(marks == (APPLICATION_ID, SCHEMA_VERSION))
}

fn database(connection: &Connection, conditions: &[Condition], tally: &mut Tally) -> rusqlite::Result<()> {
    // One look at the database, even while a scan goes on writing to it.
    connection.execute_batch("BEGIN")?;
    tally.corpus.failures = connection.query_row("SELECT count(*) FROM failures", [], |row| row.get(0))?;
    let mut documents = connection.prepare(
        "SELECT d.id, d.status, d.jurisdiction, d.languages, d.format, d.operator IS NOT NULL,
                (SELECT count(*) FROM sources s WHERE s.document = d.id)
         FROM documents d ORDER BY d.id",
    )?;
    let mut facts = connection.prepare(
        "SELECT document, layer, kind, party, status, iso, day_type, action
         FROM facts WHERE +layer IN ('rights', 'data_categories', 'contacts', 'citations', 'deadlines')
         ORDER BY document",
    )?;
    let mut documents = documents.query([])?;
    let mut facts = Ahead::new(facts.query([])?)?;
    while let Some(row) = documents.next()? {
        let id: i64 = row.get(0)?;
        let is_policy = text(row, 1)? == POLICY;
        let country: Jurisdiction = text(row, 2)?.parse().unwrap_or(Jurisdiction::Unknown);
        let mut profile = Profile::new(is_policy, country, text(row, 3)?.to_owned());
        text(row, 4)?.clone_into(&mut profile.format);
        profile.names_operator = row.get(5)?;
        profile.names = row.get(6)?;
        facts.add_to(id, &mut profile)?;
        if conditions.iter().all(|condition| condition.holds(&profile)) {
            tally.corpus.texts += 1;
            tally.add(&profile);
        }
    }
    Ok(())
}

/// Facts in the order of their documents, one of them looked at in advance.
struct Ahead<'a> {
    rows: Rows<'a>,
    document: Option<i64>,
}

impl<'a> Ahead<'a> {
    fn new(mut rows: Rows<'a>) -> rusqlite::Result<Self> {
        let document = rows.next()?.map(|row| row.get(0)).transpose()?;
        Ok(Self { rows, document })
    }

    fn add_to(&mut self, id: i64, profile: &mut Profile) -> rusqlite::Result<()> {
        while self.document.is_some_and(|document| document <= id) {
            if let Some(row) = self.rows.get()
                && self.document == Some(id)
            {
                add_fact(row, profile)?;
            }
            self.document = self.rows.next()?.map(|row| row.get(0)).transpose()?;
        }
        Ok(())
    }
}

fn add_fact(row: &Row<'_>, profile: &mut Profile) -> rusqlite::Result<()> {
    let kind = text(row, 2)?;
    match text(row, 1)? {
        "rights" if text(row, 3)? == "data_subject" => profile.say(Thing::Right(kind.to_owned())),
        "data_categories" if text(row, 4)? == "processed" => profile.say(Thing::Data(kind.to_owned())),
        "contacts" => profile.say(Thing::Contact(kind.to_owned())),
        "citations" => profile.say(Thing::Act(kind.to_owned())),
        "deadlines" => profile.add_deadline(kind, text(row, 5)?, text(row, 6)?, text(row, 7)?),
        _ => {}
    }
    Ok(())
}

/// Text of a column; empty for NULL.
fn text<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<&'a str> {
    Ok(row.get_ref(column)?.as_str_or_null()?.unwrap_or_default())
}
