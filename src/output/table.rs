//! The facts of a policy layer by layer, in words and with their quotes, for a lawyer at a terminal.

use std::collections::HashMap;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use strum::IntoEnumIterator as _;

use super::View;
use super::facts::{FactRow, Layer, rows};
use super::terminal::{visible, width, wrap};
use super::words::Word;
use crate::lexicon::meta::label;
use crate::record::{Edition, Node, PolicyRecord, Severity};

const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();

/// Writes all facts: clause, line, what is said, and the words that say it.
///
/// # Errors
/// When the writer fails.
pub fn write_table(record: &PolicyRecord, view: View, to: &mut dyn Write) -> io::Result<()> {
    let clauses = clauses(record);
    let facts = rows(&record.facts);
    for (at, edition) in record.editions.iter().enumerate() {
        if at > 0 {
            writeln!(to)?;
        }
        edition_heading(edition, view, to)?;
        for layer in Layer::iter() {
            let of_layer = facts.iter().filter(|row| row.layer == layer && row.edition == at);
            write_layer(layer, &of_layer.collect::<Vec<_>>(), &clauses, view, to)?;
        }
    }
    if facts.is_empty() {
        writeln!(to, "{}", Word::NoFacts.say(view.ui))?;
    }
    diagnostics(record, view, to)
}

fn write_layer(
    layer: Layer,
    facts: &[&FactRow<'_>],
    clauses: &HashMap<&str, String>,
    view: View,
    to: &mut dyn Write,
) -> io::Result<()> {
    if facts.is_empty() {
        return Ok(());
    }
    writeln!(to, "\n{BOLD}{} ({}){BOLD:#}", layer.title(view.ui), facts.len())?;
    let mut table =
        Table::new([Word::Clause, Word::Line, Word::Fact, Word::Quote].map(|word| word.say(view.ui)));
    for row in facts {
        let clause = clauses.get(row.node).map_or("", String::as_str);
        table.rows.push([
            clause.to_owned(),
            row.span.line.to_string(),
            row.words(view.ui),
            row.quote.to_owned(),
        ]);
    }
    table.write(view.width, to)
}

/// Language, title, operator and date of an edition.
pub(super) fn edition_heading(edition: &Edition, view: View, to: &mut dyn Write) -> io::Result<()> {
    let heading = format!("[{}] {}", edition.language.id(), visible(edition.title.as_deref().unwrap_or("")));
    for line in wrap(&heading, view.width) {
        writeln!(to, "{BOLD}{line}{BOLD:#}")?;
    }
    if let Some(operator) = &edition.operator {
        write!(to, "{}: ", Word::Operator.say(view.ui))?;
        if let Some(form) = operator.legal_form {
            write!(to, "{} ", label("legal_forms", form.id(), view.ui))?;
        }
        write!(to, "{}", visible(&operator.name))?;
        for number in &operator.identifiers {
            write!(to, ", {} {}", label("identifiers", number.kind.id(), view.ui), visible(&number.value))?;
        }
        writeln!(to)?;
    }
    if let Some(effective) = &edition.effective {
        let parts = [(Word::Effective, &effective.date), (Word::Version, &effective.version)];
        let parts: Vec<String> = parts
            .into_iter()
            .filter_map(|(word, text)| {
                text.as_ref().map(|text| format!("{} {}", word.say(view.ui), visible(text)))
            })
            .collect();
        writeln!(to, "{}", parts.join(", "))?;
    }
    Ok(())
}

/// What is odd about the document.
pub(super) fn diagnostics(record: &PolicyRecord, view: View, to: &mut dyn Write) -> io::Result<()> {
    if record.diagnostics.is_empty() {
        return Ok(());
    }
    writeln!(to, "\n{BOLD}{} ({}){BOLD:#}", Word::Diagnostics.say(view.ui), record.diagnostics.len())?;
    for odd in &record.diagnostics {
        let style = match odd.severity {
            Severity::Error => AnsiColor::Red.on_default(),
            Severity::Warning => AnsiColor::Yellow.on_default(),
            Severity::Note => DIM,
        };
        let place = odd.span.map(|span| format!("{} {}: ", Word::Line.say(view.ui), span.line));
        let name = label("diagnostics", odd.code.id(), view.ui);
        let text = format!("{}{name}: {} [{}]", place.unwrap_or_default(), odd.message, odd.code.id());
        for (at, line) in wrap(&text, view.width.saturating_sub(4).max(20)).iter().enumerate() {
            writeln!(to, "{style}{}{line}{style:#}", if at == 0 { "  " } else { "    " })?;
        }
    }
    Ok(())
}

/// For each node the number under which a lawyer finds it: its own label, behind that of the clause it stands in.
pub(super) fn clauses(record: &PolicyRecord) -> HashMap<&str, String> {
    let mut found = HashMap::new();
    let mut rest: Vec<(&Node, String)> = Vec::new();
    rest.extend(
        record.editions.iter().flat_map(|edition| &edition.structure).map(|node| (node, String::new())),
    );
    while let Some((node, above)) = rest.pop() {
        let own = match (node.label.as_str(), above.as_str()) {
            ("", _) => above,
            (label, "") => label.to_owned(),
            // 3.2.4 says by itself where it stands; а and 1 do not
            (label, above) if label.contains('.') || above.len() > 40 => label.to_owned(),
            (label, above) => format!("{above} {label}"),
        };
        rest.extend(node.children.iter().map(|child| (child, own.clone())));
        found.insert(node.id.as_str(), own);
    }
    found
}

/// Four columns: two narrow ones as wide as they need, two that share the rest and wrap.
struct Table {
    heads: [&'static str; 4],
    rows: Vec<[String; 4]>,
}

impl Table {
    fn new(heads: [&'static str; 4]) -> Self {
        Self { heads, rows: Vec::new() }
    }

    fn write(&self, columns: usize, to: &mut dyn Write) -> io::Result<()> {
        const GAP: usize = 2;
        let widest = |at: usize, most: usize| {
            let cells = self.rows.iter().map(|row| width(&row[at]));
            cells.chain([width(self.heads[at])]).max().unwrap_or(0).min(most)
        };
        let (clause, line) = (widest(0, 14), widest(1, 8));
        let rest = columns.saturating_sub(clause + line + 3 * GAP).max(20);
        let fact = widest(2, rest * 2 / 5);
        let widths = [clause, line, fact, rest - fact];
        write_row(&self.heads.map(str::to_owned), widths, DIM, to)?;
        for row in &self.rows {
            write_row(row, widths, Style::new(), to)?;
        }
        Ok(())
    }
}

fn write_row(cells: &[String; 4], widths: [usize; 4], style: Style, to: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<Vec<String>> = cells.iter().zip(widths).map(|(cell, room)| wrap(cell, room)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let mut line = String::new();
        for (column, (cell, room)) in cells.iter().zip(widths).enumerate() {
            let text = cell.get(at).map_or("", String::as_str);
            let pad = " ".repeat(room.saturating_sub(width(text)));
            // numbers of lines stand flush right, under each other
            let (before, after) = if column == 1 { (pad.as_str(), "") } else { ("", pad.as_str()) };
            line.push_str(before);
            line.push_str(text);
            line.push_str(after);
            line.push_str("  ");
        }
        writeln!(to, "{style}{}{style:#}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::meta::Ui;
    use crate::output::sample;

    fn table(view: View) -> String {
        let mut out = Vec::new();
        write_table(&sample::record(), view, &mut out).expect("a vector takes all");
        anstream::adapter::strip_str(&String::from_utf8(out).expect("text")).to_string()
    }

    #[test]
    fn facts_in_words() {
        insta::assert_snapshot!(table(View { ui: Ui::Ru, width: 100 }));
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        for columns in [40, 61, 200] {
            let text = table(View { ui: Ui::Kk, width: columns });
            assert!(text.lines().all(|line| width(line) <= columns), "{columns}\n{text}");
        }
    }

    #[test]
    fn what_could_steer_a_terminal_is_spelled_out() {
        let mut record = sample::record();
        record.facts.contacts[0].quote = "a\u{1b}]0;x\u{7}\u{202e}b".to_owned();
        record.facts.contacts[0].value.value = "\u{9b}2J".to_owned();
        record.editions[0].title = Some("\u{1b}c".to_owned());
        let mut out = Vec::new();
        write_table(&record, View::default(), &mut out).expect("a vector takes all");
        let text = anstream::adapter::strip_str(&String::from_utf8(out).expect("text")).to_string();
        assert!(
            text.contains("a␛]0;x␇<U+202E>b") && text.contains("<U+009B>2J") && text.contains("␛c"),
            "{text}"
        );
    }
}
