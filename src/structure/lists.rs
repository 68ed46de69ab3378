//! Which list an entry belongs to: levels by marker and indent.

use super::line::{Line, Style, is_dash};
use super::text::{Ending, ending};
use super::{NodeIndex, Outline};
use crate::record::NodeKind;
use crate::source::SourceText;

/// What an entry is marked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Dash,
    Bullet(char),
    Number(Style),
    None,
}

#[derive(Debug)]
struct Level {
    lead: Option<NodeIndex>,
    mark: Mark,
    indent: usize,
    last: NodeIndex,
    number: u32,
}

/// Open list levels, outermost first.
#[derive(Debug, Default)]
pub(super) struct Lists {
    levels: Vec<Level>,
    pending: Option<Option<NodeIndex>>,
}

impl Lists {
    pub(super) fn clear(&mut self) {
        self.levels.clear();
    }

    /// Number of the last entry that a number of this style may go on.
    pub(super) fn number_before(&self, _outline: &Outline, style: Style) -> Option<u32> {
        self.levels.iter().rev().find(|level| level.mark == Mark::Number(style)).map(|level| level.number)
    }

    /// Parent of an entry; `lead` is what a new list would hang on.
    pub(super) fn place(
        &mut self,
        outline: &Outline,
        source: &SourceText,
        line: &Line,
        last: Option<NodeIndex>,
        lead: Option<NodeIndex>,
    ) -> Option<NodeIndex> {
        let in_list = last.is_some_and(|last| outline.nodes[last].kind == NodeKind::Item);
        if !in_list {
            self.levels.clear();
        }
        let mark = mark(line);
        let nested = last.is_some_and(|last| ending(&outline.own_text(last, source)) == Ending::Colon);
        while let Some(top) = self.levels.last() {
            if line.indent > top.indent + 1 || (nested && (line.indent > top.indent || mark == Mark::None)) {
                break;
            }
            if mark == top.mark && line.indent + 1 >= top.indent {
                let same_indent = line.indent >= top.indent || self.levels.len() == 1;
                if same_indent {
                    return self.sibling();
                }
            }
            let known = self.levels.iter().any(|level| level.mark == mark && level.indent <= line.indent + 1);
            if !known && line.indent >= top.indent {
                if nested {
                    break;
                }
                return self.sibling();
            }
            if self.levels.len() == 1 {
                return self.sibling();
            }
            self.levels.pop();
        }
        let parent = self.levels.last().map_or(lead, |top| Some(top.last));
        self.pending = Some(parent);
        parent
    }

    fn sibling(&mut self) -> Option<NodeIndex> {
        self.pending = None;
        self.levels.last().and_then(|level| level.lead)
    }

    /// Notes the entry that was placed.
    pub(super) fn added(&mut self, line: &Line, node: NodeIndex) {
        let number = line.marker.number.as_ref().map_or(0, |number| number.parts[0]);
        match (self.pending.take(), self.levels.last_mut()) {
            (None, Some(level)) => {
                level.last = node;
                level.number = number;
                level.mark = mark(line);
            }
            (lead, _) => {
                self.levels.push(Level {
                    lead: lead.flatten(),
                    mark: mark(line),
                    indent: line.indent,
                    last: node,
                    number,
                });
            }
        }
    }
}

fn mark(line: &Line) -> Mark {
    match (&line.marker.number, line.marker.bullet) {
        (Some(number), _) => Mark::Number(number.style),
        (None, Some(bullet)) if is_dash(bullet) => Mark::Dash,
        (None, Some(bullet)) => Mark::Bullet(bullet),
        (None, None) => Mark::None,
    }
}
