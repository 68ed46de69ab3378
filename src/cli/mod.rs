//! The command line: arguments in, exit status out. Only this part of the program reads files, prints and exits.

mod dump;
mod explain;
mod input;
mod parse;
#[cfg(feature = "scan")]
mod progress;
mod review;
#[cfg(feature = "scan")]
mod scan;
mod schema;
mod score;
mod shell;
#[cfg(feature = "scan")]
mod stats;
mod terminal;
mod text;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::terminal::{Colour, Terminal};

/// Reads privacy policies written in Russian and Kazakh and turns them into structured, checkable records.
#[derive(Parser)]
#[command(name = "sayasat", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Examples:
  sayasat parse policy.txt                     the record of one policy as JSON
  sayasat parse --format table --ui ru policy.html
                                               what it says, clause by clause, for reading
  curl -s https://example.kz/privacy | sayasat parse --format tree -")]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,

    /// When to colour output: auto means on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    color: Colour,
}

#[derive(Subcommand)]
enum Command {
    Parse(parse::Parse),
    #[cfg(feature = "scan")]
    Scan(scan::Scan),
    #[cfg(feature = "scan")]
    Stats(stats::Stats),
    Explain(explain::Explain),
    Text(text::Text),
    Dump(dump::Dump),
    Review(review::Review),
    Score(score::Score),
    Schema(schema::Schema),
    Completions(shell::Completions),
    Man(shell::Man),
}

/// Why a command ended early.
pub(crate) enum Failure {
    /// It could not do what it was asked; the text is for people.
    Message(String),
    /// Its output could not be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
}

/// How a command that reached its end went.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was done.
    Done,
    /// Something was left out and said so on standard error.
    Incomplete,
    /// Everything was done, but some documents could not be read.
    #[cfg(feature = "scan")]
    SomeFailed,
    /// Somebody asked it to stop.
    #[cfg(feature = "scan")]
    Interrupted,
}

/// Runs the program. Status 0: done; 2: something could not be read, written or understood.
pub(crate) fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(usage) => {
            // a reader of the help that has gone away is no reason to complain
            let _ = usage.print();
            return ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2));
        }
    };
    let terminal = Terminal::new(cli.color);
    let outcome = match &cli.command {
        Command::Parse(command) => command.run(&terminal),
        #[cfg(feature = "scan")]
        Command::Scan(command) => command.run(&terminal),
        #[cfg(feature = "scan")]
        Command::Stats(command) => command.run(&terminal),
        Command::Explain(command) => command.run(&terminal),
        Command::Text(command) => command.run(&terminal),
        Command::Dump(command) => command.run(&terminal),
        Command::Review(command) => command.run(&terminal),
        Command::Score(command) => command.run(&terminal),
        Command::Schema(command) => command.run(&terminal),
        Command::Completions(command) => command.run(&terminal),
        Command::Man(command) => command.run(&terminal),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Incomplete) => ExitCode::from(2),
        #[cfg(feature = "scan")]
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        // what shells report of a program that Ctrl-C ended
        #[cfg(feature = "scan")]
        Ok(Outcome::Interrupted) => ExitCode::from(130),
        // `sayasat … | head`: the reader has what it wanted
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Output(error)) => {
            terminal.complain(&format!("the output cannot be written: {error}; is there room on the disk?"));
            ExitCode::from(2)
        }
        Err(Failure::Message(message)) => {
            terminal.complain(&message);
            ExitCode::from(2)
        }
    }
}
