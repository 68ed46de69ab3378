//! The outline of a policy with the facts of each node, for a terminal.

use std::collections::HashMap;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::facts::{FactRow, Layer, rows};
use super::terminal::{cut, visible, width};
use super::{View, table};
use crate::record::{Node, NodeKind, PolicyRecord};

const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();

/// Writes the outline: a line a node with its label and the beginning of its text, below it the tags of its facts.
///
/// # Errors
/// When the writer fails.
pub fn write_tree(record: &PolicyRecord, view: View, to: &mut dyn Write) -> io::Result<()> {
    let mut tags: HashMap<&str, Vec<FactRow<'_>>> = HashMap::new();
    let facts = rows(&record.facts);
    for &row in &facts {
        tags.entry(row.node).or_default().push(row);
    }
    for (at, edition) in record.editions.iter().enumerate() {
        if at > 0 {
            writeln!(to)?;
        }
        table::edition_heading(edition, view, to)?;
        let mut outline = Outline { view, tags: &tags, open: Vec::new(), to: &mut *to };
        outline.write(&edition.structure)?;
    }
    table::diagnostics(record, view, to)
}

struct Outline<'a> {
    view: View,
    tags: &'a HashMap<&'a str, Vec<FactRow<'a>>>,
    /// For each level above: whether more nodes of that level follow.
    open: Vec<bool>,
    to: &'a mut dyn Write,
}

impl Outline<'_> {
    /// A stack of its own, because a hostile document nests deeper than the program's stack is.
    fn write(&mut self, roots: &[Node]) -> io::Result<()> {
        let mut levels = vec![roots.iter()];
        while let Some(level) = levels.last_mut() {
            let Some(node) = level.next() else {
                levels.pop();
                self.open.pop();
                continue;
            };
            let more = level.len() > 0;
            self.open.truncate(levels.len() - 1);
            self.node(node, more)?;
            if !node.children.is_empty() {
                self.open.push(more);
                levels.push(node.children.iter());
            }
        }
        Ok(())
    }

    fn node(&mut self, node: &Node, more: bool) -> io::Result<()> {
        let (first, rest) = self.rules(more);
        let mark = mark(node);
        let style = match node.kind {
            NodeKind::Title | NodeKind::Section => BOLD,
            NodeKind::Noise => DIM,
            _ => Style::new(),
        };
        let room = self.view.width.saturating_sub(width(&first) + width(&mark) + 1).max(20);
        let text = node.heading.as_deref().filter(|text| !text.is_empty()).unwrap_or(&node.text);
        let text = cut(text, room);
        writeln!(self.to, "{DIM}{first}{DIM:#}{style}{}{style:#}", format!("{mark} {text}").trim_end())?;
        let Some(facts) = self.tags.get(node.id.as_str()) else { return Ok(()) };
        let rest = if node.children.is_empty() { format!("{rest}  ") } else { format!("{rest}│ ") };
        self.facts(facts, &rest)
    }

    fn facts(&mut self, facts: &[FactRow<'_>], margin: &str) -> io::Result<()> {
        let room = self.view.width.saturating_sub(width(margin)).max(20);
        let mut used = 0;
        for fact in facts {
            let tag = cut(&format!("[{}]", fact.tag(self.view.ui)), room);
            if used > 0 && used + 1 + width(&tag) > room {
                writeln!(self.to)?;
                used = 0;
            }
            if used == 0 {
                write!(self.to, "{DIM}{margin}{DIM:#}")?;
            } else {
                write!(self.to, " ")?;
                used += 1;
            }
            let style = style(fact.layer);
            write!(self.to, "{style}{tag}{style:#}")?;
            used += width(&tag);
        }
        writeln!(self.to)
    }

    /// Rules left of a node: on its first line, and on the lines below. Deep levels share half the width.
    fn rules(&self, more: bool) -> (String, String) {
        let most = self.view.width / 6;
        let skipped = self.open.len().saturating_sub(most);
        let mut above = String::from(if skipped > 0 { "… " } else { "" });
        for &open in &self.open[skipped..] {
            above.push_str(if open { "│  " } else { "   " });
        }
        let (first, rest) = if more { ("├─ ", "│  ") } else { ("└─ ", "   ") };
        (format!("{above}{first}"), format!("{above}{rest}"))
    }
}

/// What stands before a node's text: its label, or a sign of its kind.
fn mark(node: &Node) -> String {
    match node.kind {
        _ if !node.label.is_empty() => visible(&node.label).into_owned(),
        NodeKind::Title => "#".to_owned(),
        NodeKind::Section => "§".to_owned(),
        NodeKind::Clause | NodeKind::Paragraph => "¶".to_owned(),
        NodeKind::Item => "•".to_owned(),
        NodeKind::Noise => "~".to_owned(),
    }
}

fn style(layer: Layer) -> Style {
    let colour = match layer {
        Layer::Rights => AnsiColor::Green,
        Layer::Obligations => AnsiColor::Yellow,
        Layer::DataCategories | Layer::DataSubjects => AnsiColor::Cyan,
        Layer::Deadlines => AnsiColor::Magenta,
        Layer::Contacts => AnsiColor::Blue,
        Layer::Purposes | Layer::LegalBases => AnsiColor::BrightGreen,
        Layer::Recipients | Layer::Operations => AnsiColor::BrightCyan,
        Layer::Measures => AnsiColor::BrightYellow,
        Layer::Definitions | Layer::Citations | Layer::References => AnsiColor::BrightBlack,
    };
    colour.on_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::meta::Ui;
    use crate::output::sample;

    fn tree(view: View) -> String {
        let mut out = Vec::new();
        write_tree(&sample::record(), view, &mut out).expect("a vector takes all");
        anstream::adapter::strip_str(&String::from_utf8(out).expect("text")).to_string()
    }

    #[test]
    fn outline_with_tags() {
        insta::assert_snapshot!(tree(View { ui: Ui::Ru, width: 80 }));
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        for columns in [40, 61, 200] {
            let text = tree(View { ui: Ui::Kk, width: columns });
            assert!(text.lines().all(|line| width(line) <= columns), "{columns}\n{text}");
        }
    }

    #[test]
    fn deep_nesting_is_drawn_in_bounded_width_and_without_recursion() {
        let mut record = sample::record();
        let mut node = record.editions[0].structure.remove(0);
        for _ in 0..300 {
            let mut outer = node.clone();
            outer.children = vec![node];
            node = outer;
        }
        record.editions[0].structure = vec![node];
        let mut out = Vec::new();
        write_tree(&record, View { ui: Ui::En, width: 60 }, &mut out).expect("a vector takes all");
        let text = anstream::adapter::strip_str(&String::from_utf8(out).expect("text")).to_string();
        assert!(text.lines().filter(|line| line.contains('#')).all(|line| width(line) <= 60));
    }
}
