//! Standard output and standard error, and what is known of the terminal behind them.

use std::io::{self, BufWriter, IsTerminal as _, Write};

use anstream::{AutoStream, ColorChoice};
use clap::{Args, ValueEnum};
use sayasat::lexicon::meta::Ui;
use sayasat::output::{View, visible};

/// When output is coloured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    #[default]
    Auto,
    Always,
    Never,
}

/// Where the program speaks.
pub(crate) struct Terminal {
    colour: ColorChoice,
}

impl Terminal {
    pub(crate) fn new(colour: Colour) -> Self {
        let colour = match colour {
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        };
        Self { colour }
    }

    /// Standard output for people: colours only where they are wanted.
    pub(crate) fn people(&self) -> impl Write + use<> {
        BufWriter::new(AutoStream::new(io::stdout().lock(), self.colour))
    }

    /// Standard output for programs: exactly what is written.
    pub(crate) fn machine(&self) -> impl Write + use<> {
        BufWriter::new(io::stdout().lock())
    }

    /// Whether a person looks at standard output.
    pub(crate) fn is_watched(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// One line on standard error. Names of files come from outside and may hold anything.
    pub(crate) fn complain(&self, message: &str) {
        // nothing is left to tell it to when standard error is gone
        let _ = writeln!(io::stderr().lock(), "sayasat: {}", visible(message));
    }
}

/// How output for people looks.
#[derive(Args)]
pub(crate) struct ViewArgs {
    /// Language of the program's words in tables and outlines: ru, kk or en [default: that of the locale].
    #[arg(long, value_name = "LANGUAGE", value_parser = ui)]
    ui: Option<Ui>,

    /// Columns to use [default: those of the terminal, else 100].
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..))]
    width: Option<u16>,
}

impl ViewArgs {
    pub(crate) fn view(&self) -> View {
        let default = View::default();
        let terminal = || terminal_size::terminal_size().map(|(width, _)| width.0);
        View {
            ui: self.ui.or_else(locale).unwrap_or_default(),
            width: self.width.or_else(terminal).map_or(default.width, usize::from).max(40),
        }
    }

    /// The language, if one was asked for.
    pub(crate) fn asked_ui(&self) -> Option<Ui> {
        self.ui
    }
}

fn ui(text: &str) -> Result<Ui, String> {
    text.parse().map_err(|_| "use ru, kk or en".to_owned())
}

/// Language of the environment, in the order in which POSIX looks at it.
fn locale() -> Option<Ui> {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let value = names.iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty())?;
    value.split(['_', '.', '@']).next()?.parse().ok()
}
