//! What an id means, for people.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::terminal::{width, wrap};
use super::{View, visible};
use crate::lexicon::meta::{Entry, Enumeration, Ui};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// What an entry is called in policies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording<'a> {
    /// Patterns, each with the language it is for, or `any`.
    pub patterns: Vec<(&'static str, &'a str)>,
    /// Sentences that have the meaning.
    pub examples: Vec<&'a str>,
}

/// Writes what an entry means in each of the languages.
///
/// # Errors
/// When the writer fails.
pub fn write_entry(
    list: &str,
    entry: &Entry,
    wording: &Wording<'_>,
    languages: &[Ui],
    view: View,
    to: &mut dyn Write,
) -> io::Result<()> {
    let name = AnsiColor::Green.on_default().bold();
    writeln!(to, "{name}{list}/{}{name:#}", visible(&entry.id))?;
    for &ui in languages {
        writeln!(to, "  {DIM}{}{DIM:#}  {BOLD}{}{BOLD:#}", ui.id(), visible(entry.label(ui)))?;
        if !entry.about(ui).is_empty() {
            for line in wrap(entry.about(ui), view.width.saturating_sub(6)) {
                writeln!(to, "      {line}")?;
            }
        }
    }
    if let Some(term) = &entry.dpv {
        let grade: &str = entry.grade.into();
        writeln!(to, "  {DIM}DPV{DIM:#} {} ({grade} match)", visible(term))?;
    }
    if !entry.law.is_empty() {
        for (at, line) in wrap(&entry.law.join("; "), view.width.saturating_sub(6)).iter().enumerate() {
            let head = if at == 0 { "law" } else { "   " };
            writeln!(to, "  {DIM}{head}{DIM:#} {line}")?;
        }
    }
    let asked = |language: &str| language == "any" || languages.iter().any(|ui| ui.id() == language);
    let patterns = wording.patterns.iter().filter(|(language, _)| asked(language));
    let patterns: Vec<String> = patterns.map(|(language, pattern)| format!("{language} {pattern}")).collect();
    indented("wording", patterns.iter().map(String::as_str), view, to)?;
    indented("examples", wording.examples.iter().copied(), view, to)
}

/// A heading and below it texts that wrap; nothing if there are none.
fn indented<'a>(
    head: &str,
    texts: impl Iterator<Item = &'a str>,
    view: View,
    to: &mut dyn Write,
) -> io::Result<()> {
    for (at, text) in texts.enumerate() {
        if at == 0 {
            writeln!(to, "  {DIM}{head}{DIM:#}")?;
        }
        for (at, line) in wrap(text, view.width.saturating_sub(8)).iter().enumerate() {
            writeln!(to, "{}{line}", if at == 0 { "      " } else { "        " })?;
        }
    }
    Ok(())
}

/// Writes every id of a list with its name.
///
/// # Errors
/// When the writer fails.
pub fn write_list(list: &Enumeration, view: View, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "{BOLD}{}{BOLD:#}", list.name)?;
    let widest = list.entries.iter().map(|entry| width(&entry.id)).max().unwrap_or(0);
    for entry in &list.entries {
        let lines = wrap(entry.label(view.ui), view.width.saturating_sub(widest + 4));
        for (at, line) in lines.iter().enumerate() {
            let id = if at == 0 { entry.id.as_str() } else { "" };
            writeln!(to, "  {id:widest$}  {line}")?;
        }
    }
    Ok(())
}
