//! Parquet files: one row a document, one row a clause, one row a fact, one row a failure.
//!
//! Written column by column without Arrow, which would double the dependencies. A file carries its final name only
//! when it is whole.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::SinkError;
use crate::record::{LegalForm, PolicyRecord};
use crate::scan::document::{Failure, Origin, Position};
use crate::scan::jurisdiction;
use crate::scan::pool::{Outcome, Parsed};
use crate::scan::rows::{self, NOT_A_POLICY, POLICY};

/// A row group ends after so many rows or bytes of text: that much is held in memory.
const GROUP_ROWS: usize = 50_000;
const GROUP_BYTES: usize = 16 << 20;

/// A directory of Parquet files that a scan writes.
#[derive(Debug)]
pub struct Tables {
    directory: PathBuf,
    documents: Table,
    clauses: Table,
    facts: Table,
    failures: Table,
}

impl Tables {
    /// Makes the directory, and the files in it under the names they have until they are whole.
    ///
    /// # Errors
    /// When that is not possible.
    pub fn create(directory: &Path) -> std::result::Result<Self, SinkError> {
        std::fs::create_dir_all(directory).map_err(|error| told(directory, &error))?;
        let table =
            |name, columns| Table::create(directory, name, columns).map_err(|error| told(directory, &error));
        Ok(Self {
            directory: directory.to_owned(),
            documents: table("documents", DOCUMENTS)?,
            clauses: table("clauses", CLAUSES)?,
            facts: table("facts", FACTS)?,
            failures: table("failures", FAILURES)?,
        })
    }

    /// The files that are made in a directory, whole and partial.
    pub fn files(directory: &Path) -> Vec<PathBuf> {
        let names = ["documents", "clauses", "facts", "failures"];
        let file = |end: &'static str| names.map(|name| directory.join(format!("{name}.{end}")));
        [file("parquet"), file("parquet.partial")].concat()
    }

    pub(super) fn accept(&mut self, outcome: &Outcome) -> std::result::Result<(), SinkError> {
        let result = match outcome {
            Outcome::Parsed(parsed) => self.write_parsed(parsed),
            Outcome::Failed(failure) => self.write_failure(failure),
            // Not asked for while there are tables to write.
            Outcome::Known(_) => Ok(()),
        };
        result.map_err(|error| told(&self.directory, &error))
    }

    pub(super) fn finish(&mut self) -> std::result::Result<(), SinkError> {
        for table in [&mut self.documents, &mut self.clauses, &mut self.facts, &mut self.failures] {
            table.finish().map_err(|error| told(&self.directory, &error))?;
        }
        Ok(())
    }

    fn write_parsed(&mut self, parsed: &Parsed) -> Result<()> {
        let Some(record) = &parsed.record else { return Ok(()) };
        let country = jurisdiction::of(record.editions.iter().map(|edition| edition.jurisdiction)).id();
        self.write_document(parsed, record, country)?;
        let languages: Vec<&str> = record.editions.iter().map(|edition| edition.language.id()).collect();
        let language = |edition: usize| languages.get(edition).copied();
        let head = |edition: usize| document_cells(&parsed.origin, record, country, language(edition));
        let mut result = Ok(());
        rows::nodes(record, |row| {
            if result.is_err() {
                return;
            }
            let node = row.node;
            let mut cells = head(row.edition);
            cells.extend([
                Cell::from(row.edition),
                node.id.as_str().into(),
                row.parent.into(),
                row.depth.into(),
                node.kind.id().into(),
                node.label.as_str().into(),
                node.heading.as_deref().into(),
                node.text.as_str().into(),
                node.span.start.into(),
                node.span.end.into(),
                node.span.line.into(),
                node.span.end_line.into(),
            ]);
            result = self.clauses.push(&cells);
        });
        result?;
        let mut result = Ok(());
        rows::facts(&record.facts, |row| {
            if result.is_err() {
                return;
            }
            let cues = row.cues.join(" ");
            let mut cells = head(row.edition);
            cells.extend([
                Cell::from(row.edition),
                row.id.into(),
                row.node.into(),
                row.layer.into(),
                row.kind.into(),
                row.party.into(),
                row.modality.into(),
                row.status.into(),
                row.value.into(),
                row.iso.into(),
                row.approx_days.map_or(Cell::Nothing, Cell::Real),
                row.day_type.into(),
                row.bound.into(),
                row.starts_from.into(),
                row.action.into(),
                row.purpose.into(),
                row.target.into(),
                row.title.into(),
                row.article.into(),
                row.condition.into(),
                row.quote.into(),
                cues.as_str().into(),
                Cell::Real(row.confidence),
                row.span.map_or(Cell::Nothing, |span| span.start.into()),
                row.span.map_or(Cell::Nothing, |span| span.end.into()),
                row.span.map_or(Cell::Nothing, |span| span.line.into()),
                row.span.map_or(Cell::Nothing, |span| span.end_line.into()),
            ]);
            result = self.facts.push(&cells);
        });
        result
    }

    fn write_document(&mut self, parsed: &Parsed, record: &PolicyRecord, country: &str) -> Result<()> {
        let operator = record.editions.iter().find_map(|edition| edition.operator.as_ref());
        let title = record.editions.iter().find_map(|edition| edition.title.as_deref());
        let effective =
            record.editions.iter().find_map(|edition| edition.effective.as_ref()?.date.as_deref());
        let languages = rows::languages(record);
        let mut cells = document_cells(&parsed.origin, record, country, Some(&languages));
        cells.extend([
            Cell::from(if parsed.is_policy { POLICY } else { NOT_A_POLICY }),
            Cell::Whole(i64::try_from(record.source.bytes).unwrap_or(i64::MAX)),
            record.source.format.id().into(),
            record.source.encoding.as_str().into(),
            title.into(),
            operator.map(|operator| operator.name.as_str()).into(),
            operator.and_then(|operator| operator.legal_form).map(LegalForm::id).into(),
            effective.into(),
        ]);
        self.documents.push(&cells)
    }

    fn write_failure(&mut self, failure: &Failure) -> Result<()> {
        let (line, offset) = match failure.position {
            Some(Position::Line(line)) => (Some(line), None),
            Some(Position::Offset(offset)) => (None, Some(offset)),
            None => (None, None),
        };
        let whole = |number: Option<u64>| {
            number.map_or(Cell::Nothing, |number| Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX)))
        };
        self.failures.push(&[
            failure.origin.name.as_str().into(),
            failure.origin.url.as_deref().into(),
            failure.origin.fetched.as_deref().into(),
            failure.kind.id().into(),
            failure.reason.as_str().into(),
            failure.path.as_str().into(),
            whole(line),
            whole(offset),
        ])
    }
}

fn document_cells<'a>(
    origin: &'a Origin,
    record: &'a PolicyRecord,
    country: &'a str,
    language: Option<&'a str>,
) -> Vec<Cell<'a>> {
    vec![
        origin.name.as_str().into(),
        record.source.sha256.as_str().into(),
        origin.url.as_deref().into(),
        origin.fetched.as_deref().into(),
        country.into(),
        language.into(),
    ]
}

fn told(directory: &Path, error: &dyn std::fmt::Display) -> SinkError {
    SinkError::Tables { directory: directory.to_owned(), reason: error.to_string() }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    Whole,
    Real,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Cell<'a> {
    Text(&'a str),
    Whole(i64),
    Real(f64),
    Nothing,
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<Option<&'a str>> for Cell<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Nothing, Self::Text)
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Self::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

type Columns = &'static [(&'static str, Type)];

use Type::{Real, Text, Whole};

const DOCUMENTS: Columns = &[
    ("document", Text),
    ("sha256", Text),
    ("url", Text),
    ("fetched", Text),
    ("jurisdiction", Text),
    ("languages", Text),
    ("status", Text),
    ("bytes", Whole),
    ("format", Text),
    ("encoding", Text),
    ("title", Text),
    ("operator", Text),
    ("legal_form", Text),
    ("effective", Text),
];

const CLAUSES: Columns = &[
    ("document", Text),
    ("sha256", Text),
    ("url", Text),
    ("fetched", Text),
    ("jurisdiction", Text),
    ("language", Text),
    ("edition", Whole),
    ("node", Text),
    ("parent", Text),
    ("depth", Whole),
    ("kind", Text),
    ("label", Text),
    ("heading", Text),
    ("text", Text),
    ("start_char", Whole),
    ("end_char", Whole),
    ("line", Whole),
    ("end_line", Whole),
];

const FACTS: Columns = &[
    ("document", Text),
    ("sha256", Text),
    ("url", Text),
    ("fetched", Text),
    ("jurisdiction", Text),
    ("language", Text),
    ("edition", Whole),
    ("fact", Text),
    ("node", Text),
    ("layer", Text),
    ("kind", Text),
    ("party", Text),
    ("modality", Text),
    ("status", Text),
    ("value", Text),
    ("iso", Text),
    ("approx_days", Real),
    ("day_type", Text),
    ("bound", Text),
    ("starts_from", Text),
    ("action", Text),
    ("purpose", Text),
    ("target", Text),
    ("title", Text),
    ("article", Text),
    ("condition", Text),
    ("quote", Text),
    ("cues", Text),
    ("confidence", Real),
    ("start_char", Whole),
    ("end_char", Whole),
    ("line", Whole),
    ("end_line", Whole),
];

const FAILURES: Columns = &[
    ("document", Text),
    ("url", Text),
    ("fetched", Text),
    ("code", Text),
    ("reason", Text),
    ("path", Text),
    ("line", Whole),
    ("offset", Whole),
];

/// Values of a column in the open row group; a level of 0 stands for nothing.
#[derive(Debug)]
struct Column {
    kind: Type,
    levels: Vec<i16>,
    texts: Vec<ByteArray>,
    wholes: Vec<i64>,
    reals: Vec<f64>,
}

struct Table {
    writer: Option<SerializedFileWriter<BufWriter<File>>>,
    partial: PathBuf,
    whole: PathBuf,
    columns: Vec<Column>,
    rows: usize,
    bytes: usize,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("Table").field("whole", &self.whole).finish_non_exhaustive()
    }
}

impl Table {
    fn create(directory: &Path, name: &str, columns: Columns) -> Result<Self> {
        let fields: Vec<String> = columns
            .iter()
            .map(|(name, kind)| match kind {
                Text => format!("OPTIONAL BYTE_ARRAY {name} (UTF8);"),
                Whole => format!("OPTIONAL INT64 {name};"),
                Real => format!("OPTIONAL DOUBLE {name};"),
            })
            .collect();
        let schema = parse_message_type(&format!("message {name} {{ {} }}", fields.join(" ")))?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let partial = directory.join(format!("{name}.parquet.partial"));
        let file = BufWriter::new(File::create(&partial)?);
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))?;
        let columns = columns
            .iter()
            .map(|(_, kind)| Column {
                kind: *kind,
                levels: Vec::new(),
                texts: Vec::new(),
                wholes: Vec::new(),
                reals: Vec::new(),
            })
            .collect();
        let whole = directory.join(format!("{name}.parquet"));
        Ok(Self { writer: Some(writer), partial, whole, columns, rows: 0, bytes: 0 })
    }

    fn push(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        debug_assert_eq!(cells.len(), self.columns.len());
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.levels.push(i16::from(*cell != Cell::Nothing));
            match cell {
                Cell::Text(text) => {
                    self.bytes += text.len();
                    column.texts.push(ByteArray::from(*text));
                }
                Cell::Whole(number) => column.wholes.push(*number),
                Cell::Real(number) => column.reals.push(*number),
                Cell::Nothing => {}
            }
        }
        self.rows += 1;
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        let Some(writer) = self.writer.as_mut().filter(|_| self.rows > 0) else { return Ok(()) };
        let mut group = writer.next_row_group()?;
        for column in &mut self.columns {
            let Some(mut to) = group.next_column()? else { break };
            let levels = Some(column.levels.as_slice());
            match column.kind {
                Text => to.typed::<ByteArrayType>().write_batch(&column.texts, levels, None)?,
                Whole => to.typed::<Int64Type>().write_batch(&column.wholes, levels, None)?,
                Real => to.typed::<DoubleType>().write_batch(&column.reals, levels, None)?,
            };
            to.close()?;
            column.levels.clear();
            column.texts.clear();
            column.wholes.clear();
            column.reals.clear();
        }
        group.close()?;
        self.rows = 0;
        self.bytes = 0;
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        self.flush()?;
        if let Some(writer) = self.writer.take() {
            writer.close()?;
            std::fs::rename(&self.partial, &self.whole)?;
        }
        Ok(())
    }
}
