//! `sayasat text`: the text of a document as the parser reads it.

use std::io::Write as _;

use clap::Args;
use sayasat::output::visible;

use super::input::{OneFile, ReadArgs};
use super::terminal::Terminal;
use super::{Failure, Outcome};

/// Print the text of a document as the parser reads it.
///
/// Offsets and lines of the record count in this text.
#[derive(Args)]
#[command(after_help = "Examples:
  sayasat text policy.docx > policy.txt
  sayasat text --number policy.pdf              with the line numbers that the record gives
  sayasat text --encoding windows-1251 old.html")]
pub(crate) struct Text {
    #[command(flatten)]
    file: OneFile,

    /// Put its number before each line.
    #[arg(long, short)]
    number: bool,

    #[command(flatten)]
    read: ReadArgs,
}

impl Text {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let source = self.read.text(&self.file.path).map_err(Failure::Message)?;
        let mut to = terminal.machine();
        if !self.number && !terminal.is_watched() {
            to.write_all(source.as_str().as_bytes())?;
            to.flush()?;
            return Ok(Outcome::Done);
        }
        // the line behind a last line end is empty and no line of the text
        let lines =
            source.line_count() - usize::from(source.as_str().ends_with('\n') || source.as_str().is_empty());
        for index in 0..lines {
            let line = &source.as_str()[source.line(index)];
            if self.number {
                write!(to, "{:>6}  ", index + 1)?;
            }
            if terminal.is_watched() {
                writeln!(to, "{}", visible(line))?;
            } else {
                writeln!(to, "{line}")?;
            }
        }
        to.flush()?;
        Ok(Outcome::Done)
    }
}
