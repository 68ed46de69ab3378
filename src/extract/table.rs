//! Rows of tables: their cells, and the columns whose heading says that they name data.

use std::ops::Range;

use super::{Context, Unit};
use crate::record::NodeKind;

/// Cells of a row as ranges of tokens, between tabs or the bars of Markdown; none if a line is no row.
fn cells(context: &Context<'_>, unit: &Unit) -> Vec<Range<usize>> {
    let node = &context.outline.nodes[unit.node];
    let [piece] = node.pieces.as_slice() else { return Vec::new() };
    let text = &context.source.as_str()[piece.clone()];
    let parts = |sign: char| text.matches(sign).count();
    let sign = if text.starts_with('|') { '|' } else { '\t' };
    if parts(sign) < if sign == '|' { 3 } else { 1 } {
        return Vec::new();
    }
    let ends = text.match_indices(sign).map(|(at, _)| piece.start + at).chain([piece.end]);
    let mut token = 0;
    let mut out = Vec::new();
    for end in ends {
        let first = token;
        while token < unit.tokens.len() && unit.bytes(&(token..token + 1)).start < end {
            token += 1;
        }
        out.push(first..token);
    }
    out
}

/// The table that is being read: its columns that name data.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The last row, and the line it stands on.
    last: Option<usize>,
    columns: Vec<usize>,
}

impl Table {
    /// Cells of a unit that name data, if it is a row below a heading that says so.
    pub(super) fn data_cells(&mut self, context: &Context<'_>, unit: &Unit) -> Option<Vec<Range<usize>>> {
        /// Lines between two rows of one table: the rule below its heading, a blank.
        const APART: usize = 2;
        let cells = cells(context, unit);
        if cells.is_empty() {
            return None;
        }
        let line = context.outline.nodes[unit.node].line;
        let goes_on = self.last.is_some_and(|last| line <= last + APART)
            && context.outline.nodes[unit.node].kind != NodeKind::Section;
        self.last = Some(line);
        if !goes_on {
            let (topics, column) = (context.lexicon.file("topics"), context.lexicon.role("column"));
            let names_data = |cell: &Range<usize>| {
                let mentions = unit.mentions(context.lexicon, cell, &[]);
                mentions.iter().any(|m| Some(m.entry.file) == topics && m.entry.role == column)
            };
            self.columns = (0..cells.len()).filter(|&at| names_data(&cells[at])).collect();
            return None;
        }
        let named: Vec<_> = self.columns.iter().filter_map(|&at| cells.get(at).cloned()).collect();
        (!named.is_empty()).then_some(named)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn cells_under_a_heading_on_data_name_data_in_both_languages() {
        for (table, expected) in [
            (
                "| Какие данные | Для чего | Срок |\n| --- | --- | --- |\n| Почта, телефон | адрес доставки | год |\n",
                "email phone",
            ),
            ("Деректер\tМақсаты\nаты, электрондық пошта\tтелефон арқылы байланысу\n", "name email"),
            ("| Цель | Срок |\n| --- | --- |\n| Письма на почту | год |\n", ""),
        ] {
            let record = crate::parse(&format!("Политика конфиденциальности\n\n## Таблица\n\n{table}"));
            let found: Vec<&str> =
                record.facts.data_categories.iter().map(|fact| fact.value.kind.id()).collect();
            assert_eq!(found.join(" "), expected, "{table}");
        }
    }
}
