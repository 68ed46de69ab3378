//! Documents from files and standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, builder::TypedValueParser as _};
use sayasat::lexicon::Lexicon;
use sayasat::record::Format;
use sayasat::source::{MAX_BYTES, MAX_DEPTH, MAX_PAGES, SourceText, read};
use sayasat::{Parser, PolicyRecord, ReadOptions, document};
use strum::IntoEnumIterator as _;

use super::Failure;

/// How documents are read.
#[derive(Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct ReadArgs {
    /// Character encoding of the document, whatever it says itself (windows-1251, koi8-r, kz-1048, …).
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,

    /// Format of the document, whatever its content looks like.
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    input_format: Option<Format>,

    /// Largest document that is read, and largest that may be unpacked from it; K, M and G are understood.
    #[arg(long, value_name = "BYTES", default_value_t = MAX_BYTES, value_parser = size)]
    max_bytes: u64,

    /// Deepest nesting that is followed in HTML and XML.
    #[arg(long, value_name = "LEVELS", default_value_t = MAX_DEPTH)]
    max_depth: usize,

    /// Most pages of a PDF that are read.
    #[arg(long, value_name = "PAGES", default_value_t = MAX_PAGES)]
    max_pages: usize,
}

/// Which words the parser knows.
#[derive(Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct LexiconArgs {
    /// File with more wordings (TOML): tables named after the built-in files, e.g. [[rights]]; may be repeated.
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<PathBuf>,
}

impl LexiconArgs {
    /// The parser that the documents go to.
    pub(crate) fn parser(&self) -> Result<Parser, Failure> {
        if self.lexicon.is_empty() {
            return Ok(Parser::new());
        }
        let files: Result<Vec<_>, String> =
            self.lexicon.iter().map(|path| Ok((path.display().to_string(), file_text(path)?))).collect();
        let lexicon = Lexicon::load(&files.map_err(Failure::Message)?);
        Ok(Parser::with_lexicon(lexicon.map_err(|problem| Failure::Message(problem.to_string()))?))
    }
}

impl ReadArgs {
    fn options(&self, path: &Path) -> ReadOptions {
        ReadOptions {
            name: path.to_string_lossy().into_owned(),
            encoding: self.encoding.clone(),
            format: self.input_format,
            max_bytes: self.max_bytes,
            max_depth: self.max_depth,
            max_pages: self.max_pages,
            ..ReadOptions::default()
        }
    }

    /// The bytes of a file, or of standard input for `-`. The error is one line for people, with the path.
    fn bytes(&self, path: &Path) -> Result<Vec<u8>, String> {
        let failed = |error: &io::Error| format!("{}: {}", path.display(), reason(error));
        let too_large = || {
            let limit = self.max_bytes;
            format!(
                "{}: has more than the {limit} bytes that are allowed; raise the limit with --max-bytes",
                path.display()
            )
        };
        // one byte more than allowed is enough to know that it is too much
        let most = self.max_bytes.saturating_add(1);
        let mut bytes = Vec::new();
        if path == Path::new("-") {
            io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
        } else {
            let file = File::open(path).map_err(|error| failed(&error))?;
            // a pipe has no length and is read to its end or the limit
            if file.metadata().is_ok_and(|known| known.is_file() && known.len() > self.max_bytes) {
                return Err(too_large());
            }
            file.take(most).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
        }
        if bytes.len() as u64 > self.max_bytes { Err(too_large()) } else { Ok(bytes) }
    }

    /// The decoded text of a document.
    pub(crate) fn text(&self, path: &Path) -> Result<SourceText, String> {
        let bytes = self.bytes(path)?;
        read(&bytes, &self.options(path)).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// The record of a document.
    pub(crate) fn record(&self, parser: &Parser, path: &Path) -> Result<PolicyRecord, String> {
        let bytes = self.bytes(path)?;
        let options = self.options(path);
        let source = read(&bytes, &options).map_err(|error| format!("{}: {error}", path.display()))?;
        let document = document(&source, &bytes, &options.name);
        drop(bytes);
        Ok(parser.parse_source(&source, document))
    }
}

/// The whole text of a small file that the program itself asks for.
pub(crate) fn file_text(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {}", path.display(), reason(&error)))
}

/// What went wrong with a file and what to do about it.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file; check the path".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read; check the file's permissions".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory; give the files in it".to_owned(),
        io::ErrorKind::InvalidData => "it is not UTF-8 text; check that it is the right file".to_owned(),
        _ => format!("it cannot be read: {error}"),
    }
}

/// One document.
#[derive(Args)]
pub(crate) struct OneFile {
    /// Document to read, - for standard input.
    #[arg(value_name = "FILE")]
    pub(crate) path: PathBuf,
}

/// Reads the name of a format.
pub(crate) fn formats() -> impl clap::builder::TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::iter().map(Format::id)).try_map(|id| id.parse::<Format>())
}

/// Reads a number of bytes, with K, M or G.
pub(crate) fn size(text: &str) -> Result<u64, String> {
    let (digits, shift) = match text.to_ascii_uppercase() {
        upper if upper.ends_with('K') => (&text[..text.len() - 1], 10),
        upper if upper.ends_with('M') => (&text[..text.len() - 1], 20),
        upper if upper.ends_with('G') => (&text[..text.len() - 1], 30),
        _ => (text, 0),
    };
    let wrong = || "use a number of bytes such as 1000000 or 64M".to_owned();
    digits.parse::<u64>().ok().and_then(|count| count.checked_mul(1 << shift)).ok_or_else(wrong)
}
