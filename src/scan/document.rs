//! One document on its way: where it comes from, what it holds, and what went wrong.

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use strum::{EnumIter, EnumString, IntoStaticStr};

use crate::record::Format;

/// Where a document was found. Absent fields are left out of the JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Path, `id` of a line, or address of an archived page; the record's `source.name`.
    #[serde(skip)]
    pub name: String,
    /// Address it was published at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was fetched, as the input says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched: Option<String>,
    /// Archive that holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive: Option<String>,
    /// Its record's offset in the archive, in bytes as they lie on the disk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
}

impl Origin {
    /// Whether there is more to say than the name.
    pub fn is_bare(&self) -> bool {
        self.url.is_none() && self.fetched.is_none() && self.archive.is_none()
    }
}

/// A place in a file of many documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// Line, from 1.
    Line(u64),
    /// Bytes from the start of the file as it lies on the disk.
    Offset(u64),
}

/// Why there is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, EnumIter, EnumString, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum FailureKind {
    /// The file cannot be found, opened or read.
    FileUnreadable,
    /// The directory cannot be listed.
    DirectoryUnreadable,
    /// The document has more bytes than allowed.
    TooLarge,
    /// The line is not a JSON object of the expected form.
    LineInvalid,
    /// The archive record, or the archive from there on, is damaged.
    ArchiveDamaged,
    /// The page's transfer or content encoding cannot be undone.
    PageUndecodable,
    /// The bytes are no text and no known format.
    DocumentUnreadable,
    /// The parser failed on the document: a mistake of this program.
    ParserFailed,
}

impl FailureKind {
    /// The name as it stands in JSON and in the database.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// A document, or a part of the input, that gave no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Where it was found, as far as known.
    pub origin: Origin,
    /// What sort of failure it is.
    pub kind: FailureKind,
    /// What happened, for a person.
    pub reason: String,
    /// File or directory it happened in.
    pub path: String,
    /// Where in that file.
    pub position: Option<Position>,
    /// Bytes that were read in vain, if they could be told.
    pub content: Option<ContentKey>,
}

impl Failure {
    pub(super) fn at(path: String, kind: FailureKind, reason: impl Into<String>) -> Self {
        let origin = Origin { name: path.clone(), ..Origin::default() };
        Self { origin, kind, reason: reason.into(), path, position: None, content: None }
    }

    pub(super) fn positioned(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }
}

/// A document's bytes and all that its record depends on besides them and the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) origin: Origin,
    pub(super) bytes: Vec<u8>,
    pub(super) format: Option<Format>,
    /// Encoding that is certain.
    pub(super) encoding: Option<String>,
    /// Encoding that a server named; it may be wrong.
    pub(super) served_encoding: Option<String>,
    /// File or stream, and the place in it, for failures.
    pub(super) path: String,
    pub(super) position: Option<Position>,
}

impl Document {
    /// Names the content: same key, same record but for the name.
    pub(super) fn key(&self) -> ContentKey {
        ContentKey { sha256: sha256(&self.bytes), reading: self.reading() }
    }

    /// What the reader is told or may guess from the name; empty for a plain file.
    pub(super) fn reading(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(self.format.map(|format| format!("format={}", format.id())));
        parts.extend(self.encoding.as_ref().map(|label| format!("encoding={}", label.to_ascii_lowercase())));
        parts.extend(self.served_encoding.as_ref().map(|label| format!("served={label}")));
        if self.format.is_none() {
            parts.extend(hint(&self.origin.name).map(|extension| format!("name=.{extension}")));
        }
        parts.join(",")
    }

    pub(super) fn failed(&self, kind: FailureKind, reason: impl Into<String>) -> Box<Failure> {
        Box::new(Failure {
            origin: self.origin.clone(),
            kind,
            reason: reason.into(),
            path: self.path.clone(),
            position: self.position,
            content: Some(self.key()),
        })
    }
}

/// Extension that may change how bytes are read; a plain text or an unknown one does not.
fn hint(name: &str) -> Option<&'static str> {
    const HINTS: [(&str, &str); 10] = [
        ("md", "md"),
        ("markdown", "md"),
        ("html", "html"),
        ("htm", "html"),
        ("xhtml", "html"),
        ("docx", "docx"),
        ("pdf", "pdf"),
        ("odt", "odt"),
        ("rtf", "rtf"),
        ("doc", "doc"),
    ];
    let (_, extension) = name.rsplit_once('.')?;
    HINTS.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known)).map(|(_, same)| *same)
}

/// Content hash and manner of reading: what a record depends on besides the program.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ContentKey {
    /// SHA-256 of the document's bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Format, encoding or file extension that steered the reading; empty for a plain file.
    pub reading: String,
}

fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
