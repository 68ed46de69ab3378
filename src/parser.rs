//! The way through the house: bytes to record.

use sha2::{Digest, Sha256};

use std::sync::Arc;

use crate::extract::{Context, LexiconMention, editions, extract, lexicon_mentions, structure};
use crate::lexicon::Lexicon;
use crate::record::{Diagnostic, PolicyRecord, SCHEMA, Source};
use crate::source::{ReadError, ReadOptions, SourceText, read};
use crate::structure::outline;

/// How documents are parsed.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How their bytes are read.
    pub read: ReadOptions,
}

/// A parser that can be used for many documents, from many threads.
#[derive(Debug, Clone)]
pub struct Parser {
    lexicon: Arc<Lexicon>,
}

impl Default for Parser {
    fn default() -> Self {
        Self::new()
    }
}

impl Parser {
    /// A parser with the built-in lexicon, which is built once for the process.
    pub fn new() -> Self {
        Self { lexicon: Lexicon::shared() }
    }

    /// A parser with a lexicon of the caller's: see [`Lexicon::load`].
    pub fn with_lexicon(lexicon: Lexicon) -> Self {
        Self { lexicon: Arc::new(lexicon) }
    }

    /// Parses text that is already decoded.
    pub fn parse(&self, text: &str) -> PolicyRecord {
        let source = SourceText::new(text.to_owned());
        self.parse_source(&source, document(&source, text.as_bytes(), ""))
    }

    /// Parses the bytes of a document.
    ///
    /// # Errors
    /// When nothing can be read from them: see [`ReadError`]. A strange policy is no error.
    pub fn parse_bytes(&self, bytes: &[u8], options: &Options) -> Result<PolicyRecord, ReadError> {
        let source = read(bytes, &options.read)?;
        Ok(self.parse_source(&source, document(&source, bytes, &options.read.name)))
    }

    /// Wordings of the lexicon that stand in a text, in its order: what the extractors go by.
    pub fn mentions(&self, source: &SourceText) -> Vec<LexiconMention> {
        let outline = outline(source);
        lexicon_mentions(&Context::new(source, &outline, &self.lexicon))
    }

    /// Parses text that was read before, of a document that [`document`] described; its bytes are needed no more.
    pub fn parse_source(&self, source: &SourceText, document: Source) -> PolicyRecord {
        let outline = outline(source);
        let context = Context::new(source, &outline, &self.lexicon);
        let mut editions = editions(source, &outline);
        let extraction = extract(&context, &mut editions);
        drop(context); // of a long text, memory is needed for the record now
        structure(source, &outline, &mut editions);
        let mut diagnostics: Vec<Diagnostic> = source
            .oddities
            .iter()
            .chain(&outline.oddities)
            .chain(&extraction.oddities)
            .map(|odd| Diagnostic {
                code: odd.code,
                severity: odd.code.severity(),
                message: odd.message.clone(),
                span: odd.range.as_ref().map(|range| source.span(range)),
            })
            .collect();
        diagnostics.sort_by_key(|diagnostic| diagnostic.span.map_or((0, 0), |span| (span.start, span.end)));
        PolicyRecord {
            schema: SCHEMA.to_owned(),
            source: document,
            editions,
            facts: extraction.facts,
            diagnostics,
        }
    }
}

/// What a record says of the document that a text was read from.
pub fn document(source: &SourceText, bytes: &[u8], name: &str) -> Source {
    Source {
        name: name.to_owned(),
        format: source.format,
        encoding: source.encoding.clone(),
        encoding_source: source.encoding_source,
        bytes: bytes.len() as u64,
        sha256: hex(&Sha256::digest(bytes)),
        offset_unit: "unicode_code_point".to_owned(),
    }
}

/// Parses text with the built-in lexicon; the lexicon is loaded once for the process.
pub fn parse(text: &str) -> PolicyRecord {
    Parser::new().parse(text)
}

/// Parses the bytes of a document with the built-in lexicon.
///
/// # Errors
/// When nothing can be read from them: see [`ReadError`].
pub fn parse_bytes(bytes: &[u8], options: &Options) -> Result<PolicyRecord, ReadError> {
    Parser::new().parse_bytes(bytes, options)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
