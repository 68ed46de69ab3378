//! One line of JSON for each document: its record, or why there is none.

use std::io::{BufWriter, Write};
use std::time::{Duration, Instant};

use serde::Serialize;

use super::SinkError;
use crate::output::{JsonStyle, write_json};
use crate::record::PolicyRecord;
use crate::scan::document::{Failure, Origin, Position};
use crate::scan::pool::Outcome;

/// Value of `schema` on a line that tells of a failure.
pub(crate) const ERROR_SCHEMA: &str = "sayasat-error/1";

/// How long a written line may wait for its reader.
const LATENCY: Duration = Duration::from_millis(250);

/// Writes lines to a file, a pipe or standard output.
pub struct LinesOut {
    name: String,
    to: BufWriter<Box<dyn Write>>,
    style: JsonStyle,
    flushed: Instant,
    pending: bool,
}

impl std::fmt::Debug for LinesOut {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("LinesOut").field("name", &self.name).finish_non_exhaustive()
    }
}

impl LinesOut {
    /// Writes to `to`; `name` is what errors call it. Records are on one line each whatever the style says.
    pub fn new(name: impl Into<String>, to: Box<dyn Write>, style: JsonStyle) -> Self {
        Self {
            name: name.into(),
            style: JsonStyle { pretty: false, ..style },
            to: BufWriter::with_capacity(256 << 10, to),
            flushed: Instant::now(),
            pending: false,
        }
    }

    pub(super) fn style(&self) -> JsonStyle {
        self.style
    }

    pub(super) fn accept(&mut self, outcome: &Outcome) -> Result<(), SinkError> {
        let result = match outcome {
            Outcome::Parsed(parsed) => self.to.write_all(parsed.line.as_deref().unwrap_or_default()),
            Outcome::Failed(failure) => self.to.write_all(&render_failure(failure, self.style)),
            // Not asked for while there are lines to write.
            Outcome::Known(_) => Ok(()),
        };
        self.pending = true;
        self.told(result)
    }

    pub(super) fn rest(&mut self) -> Result<(), SinkError> {
        if !self.pending || self.flushed.elapsed() < LATENCY {
            return Ok(());
        }
        self.finish()
    }

    pub(super) fn finish(&mut self) -> Result<(), SinkError> {
        let result = self.to.flush();
        self.pending = false;
        self.flushed = Instant::now();
        self.told(result)
    }

    fn told(&self, result: std::io::Result<()>) -> Result<(), SinkError> {
        result.map_err(|reason| SinkError::Lines { name: self.name.clone(), reason })
    }
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    record: &'a PolicyRecord,
    #[serde(skip_serializing_if = "Origin::is_bare")]
    origin: &'a Origin,
}

/// A record as its line; what the input says of its origin stands behind the record's own fields.
pub(crate) fn render(record: &PolicyRecord, origin: &Origin, style: JsonStyle) -> Vec<u8> {
    let mut line = Vec::with_capacity(usize::try_from(record.source.bytes).unwrap_or(0) * 2 + 1024);
    write(&Line { record, origin }, style, &mut line);
    line
}

fn write<T: Serialize>(value: &T, style: JsonStyle, line: &mut Vec<u8>) {
    if write_json(value, style, line).is_err() {
        // Memory takes everything and a record has no keys but strings; should that change, no half line is left.
        line.clear();
    }
}

#[derive(Serialize)]
struct FailureLine<'a> {
    schema: &'a str,
    source: Named<'a>,
    #[serde(skip_serializing_if = "Origin::is_bare")]
    origin: &'a Origin,
    error: Told<'a>,
}

#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<&'a str>,
}

#[derive(Serialize)]
struct Told<'a> {
    code: &'static str,
    message: &'a str,
    path: &'a str,
    #[serde(flatten)]
    position: Option<Position>,
}

fn render_failure(failure: &Failure, style: JsonStyle) -> Vec<u8> {
    let line = FailureLine {
        schema: ERROR_SCHEMA,
        source: Named {
            name: &failure.origin.name,
            sha256: failure.content.as_ref().map(|key| key.sha256.as_str()),
        },
        origin: &failure.origin,
        error: Told {
            code: failure.kind.id(),
            message: &failure.reason,
            path: &failure.path,
            position: failure.position,
        },
    };
    let mut out = Vec::new();
    write(&line, style, &mut out);
    out
}
