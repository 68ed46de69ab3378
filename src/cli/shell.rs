//! `sayasat completions` and `sayasat man`: what a shell and a manual reader need to know of the command line.

use std::io::Write as _;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::terminal::Terminal;
use super::{Cli, Failure, Outcome};

/// Print a completion script for a shell.
#[derive(Args)]
#[command(after_help = "Example:
  sayasat completions bash > ~/.local/share/bash-completion/completions/sayasat")]
pub(crate) struct Completions {
    /// Shell to complete for.
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        // the generator panics when its writer fails, so it writes into memory
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "sayasat", &mut script);
        let mut to = terminal.machine();
        to.write_all(&script)?;
        to.flush()?;
        Ok(Outcome::Done)
    }
}

/// Print the manual page of the program or of one command.
#[derive(Args)]
#[command(after_help = "Examples:
  sayasat man > sayasat.1
  sayasat man parse | man -l -")]
pub(crate) struct Man {
    /// Command to describe; without it, the whole program.
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl Man {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let mut program = Cli::command();
        program.build();
        let page = match &self.command {
            None => program,
            Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| {
                Failure::Message(format!("there is no command {name:?}; `sayasat --help` lists them"))
            })?,
        };
        let mut to = terminal.machine();
        clap_mangen::Man::new(page).render(&mut to)?;
        to.flush()?;
        Ok(Outcome::Done)
    }
}
