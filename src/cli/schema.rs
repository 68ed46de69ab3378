//! `sayasat schema`: the JSON Schema of the record.

use std::io::Write as _;

use clap::Args;
use sayasat::output::{JsonStyle, schema, write_json};

use super::terminal::Terminal;
use super::{Failure, Outcome};

/// Print the JSON Schema (draft 2020-12) of the record.
#[derive(Args)]
#[command(after_help = "Example:
  sayasat schema > sayasat-1.schema.json")]
pub(crate) struct Schema {
    /// JSON on one line.
    #[arg(long)]
    compact: bool,
}

impl Schema {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let style = JsonStyle { pretty: !self.compact, terminal: terminal.is_watched() };
        let mut to = terminal.machine();
        write_json(&schema(), style, &mut to)?;
        to.flush()?;
        Ok(Outcome::Done)
    }
}
