//! `sayasat parse`: the record of one or more policies.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use sayasat::PolicyRecord;
use sayasat::output::{JsonStyle, View, visible, write_json, write_table, write_tree};

use super::input::{LexiconArgs, ReadArgs};
use super::terminal::{Terminal, ViewArgs};
use super::{Failure, Outcome};

/// Read policies and print their records.
#[derive(Args)]
#[command(after_help = "Examples:
  sayasat parse policy.txt                      one record, indented JSON
  sayasat parse *.html > records.ndjson         one record a line
  sayasat parse --format table --ui kk policy.docx
  sayasat parse --format json --compact - < policy.txt

Exit status: 0 when every file was read, 2 when some were not; the others are printed all the same.")]
pub(crate) struct Parse {
    /// Documents to read, - for standard input.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// What to print.
    #[arg(long, short, value_enum, default_value_t)]
    format: OutputFormat,

    /// JSON on one line.
    #[arg(long)]
    compact: bool,

    /// Leave out facts whose reading is less sure than this, from 0 to 1.
    #[arg(long, value_name = "X", value_parser = confidence)]
    min_confidence: Option<f64>,

    #[command(flatten)]
    view: ViewArgs,

    #[command(flatten)]
    read: ReadArgs,

    #[command(flatten)]
    lexicon: LexiconArgs,
}

/// What a record is printed as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// Indented JSON; one record a line if there are several files.
    #[default]
    Json,
    /// One record a line.
    Ndjson,
    /// The outline with the facts of each clause.
    Tree,
    /// The facts layer by layer, with clauses and quotes.
    Table,
}

impl Parse {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let parser = self.lexicon.parser()?;
        let mut outcome = Outcome::Done;
        let mut to: Box<dyn Write> = match self.format {
            OutputFormat::Json | OutputFormat::Ndjson => Box::new(terminal.machine()),
            OutputFormat::Tree | OutputFormat::Table => Box::new(terminal.people()),
        };
        let view = self.view.view();
        let json = JsonStyle {
            pretty: self.format == OutputFormat::Json && !self.compact && self.files.len() == 1,
            terminal: terminal.is_watched(),
        };
        for path in &self.files {
            match self.read.record(&parser, path) {
                Ok(mut record) => {
                    if let Some(least) = self.min_confidence {
                        record.facts.keep_confident(least);
                    }
                    self.write(&record, path, view, json, &mut to)?;
                }
                Err(problem) => {
                    // what was found so far stands before the complaint on a shared terminal
                    to.flush()?;
                    terminal.complain(&problem);
                    outcome = Outcome::Incomplete;
                }
            }
        }
        to.flush()?;
        Ok(outcome)
    }

    fn write(
        &self,
        record: &PolicyRecord,
        path: &Path,
        view: View,
        json: JsonStyle,
        to: &mut dyn Write,
    ) -> io::Result<()> {
        match self.format {
            OutputFormat::Json | OutputFormat::Ndjson => return write_json(record, json, to),
            _ if self.files.len() > 1 => writeln!(to, "== {} ==", visible(&path.to_string_lossy()))?,
            _ => {}
        }
        match self.format {
            OutputFormat::Tree => write_tree(record, view, to),
            _ => write_table(record, view, to),
        }
    }
}

fn confidence(text: &str) -> Result<f64, String> {
    let wrong = || "use a number from 0 to 1, such as 0.7".to_owned();
    text.parse().ok().filter(|number| (0.0..=1.0).contains(number)).ok_or_else(wrong)
}
