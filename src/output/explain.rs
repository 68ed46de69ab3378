//! What an id means, for people.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::terminal::{width, wrap};
use super::{View, visible};
use crate::lexicon::meta::{Entry, Enumeration, Ui};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Writes what an entry means in each of the languages.
///
/// # Errors
/// When the writer fails.
pub fn write_entry(
    list: &str,
    entry: &Entry,
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
