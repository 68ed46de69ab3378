//! `sayasat review`: a sheet for marking facts.

use std::io::Write as _;

use clap::Args;
use sayasat::output::{ReviewStyle, write_review};

use super::input::{LexiconArgs, OneFile, ReadArgs};
use super::terminal::{Terminal, ViewArgs};
use super::{Failure, Outcome};

/// Write a sheet on which a lawyer marks each fact as right, wrong or missing.
///
/// Tab-separated, one fact a row, in the order of the text. The columns `mark` and `comment` are empty: write right or
/// wrong, and add a row marked missing, with layer and line, for what was not found.
#[derive(Args)]
#[command(after_help = "Examples:
  sayasat review policy.txt > review.tsv
  sayasat review --bom --ui ru policy.docx > review.tsv    for Excel")]
pub(crate) struct Review {
    #[command(flatten)]
    file: OneFile,

    /// Begin with a byte order mark, as Excel needs it to see Cyrillic.
    #[arg(long)]
    bom: bool,

    #[command(flatten)]
    view: ViewArgs,

    #[command(flatten)]
    read: ReadArgs,

    #[command(flatten)]
    lexicon: LexiconArgs,
}

impl Review {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let record = self.read.record(&self.lexicon.parser()?, &self.file.path).map_err(Failure::Message)?;
        let mut to = terminal.machine();
        write_review(&record, ReviewStyle { ui: self.view.view().ui, bom: self.bom }, &mut to)?;
        to.flush()?;
        Ok(Outcome::Done)
    }
}
