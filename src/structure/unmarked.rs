//! Lines without a marker: whether they go on a sentence, are entries of a list, headings or paragraphs.

use super::NodeIndex;
use super::build::{Builder, FULL_LINE};
use super::line::Line;
use super::text::{Ending, ending, is_capitals, is_cut, opens_definition, starts_lower};
use crate::record::NodeKind;

/// Most lines of a hard-wrapped entry of a list without markers.
const ENTRY_LINES: usize = 8;
/// Columns in front of a line that is set in the middle.
const CENTRED: usize = 8;

impl Builder<'_> {
    pub(super) fn unmarked(&mut self, at: usize) {
        let id = self.ids[at];
        if let Some(last) = self.last
            && self.goes_on(at, last)
        {
            self.go_on(last, id);
            return;
        }
        if self.is_unmarked_item(at) {
            self.item(at);
            return;
        }
        if self.is_bare_heading(at) {
            let node = self.add(id, NodeKind::Section, None);
            self.ranks.clear();
            self.enter_section(node);
            return;
        }
        self.approved |= self.section.is_none() && self.look(&self.lines[id]).approval;
        let parent = self.heading_clause.or(self.section);
        let node = self.add(id, NodeKind::Paragraph, parent);
        self.last = Some(node);
        self.lists.clear();
    }

    /// Whether a line goes on the sentence of the node before.
    pub(super) fn goes_on(&self, at: usize, last: NodeIndex) -> bool {
        let id = self.ids[at];
        let line = &self.lines[id];
        let text = line.text(self.source);
        let before = self.text_of(last);
        let node = &self.out.nodes[last];
        if before.is_empty() {
            return matches!(node.kind, NodeKind::Section | NodeKind::Clause | NodeKind::Item); // a number alone on its line
        }
        let end = ending(&before);
        if node.kind == NodeKind::Title && self.look(line).dateline {
            return false;
        }
        if node.kind == NodeKind::Title && is_capitals(text) && is_capitals(&before) {
            return end == Ending::Comma || (end == Ending::Open && id == self.last_line + 1);
        }
        if before.ends_with('_') && text.starts_with('(') {
            return true;
        }
        let adjacent = id == self.last_line + 1 || self.only_furniture_before(at);
        if let Some(wrap) = self.shape.wrap
            && adjacent
        {
            let width = self.last_piece(last).chars().count() as f64;
            let last_line = &self.lines[self.last_line];
            let indented = match self.shape.first_indent {
                Some(first) => line.indent >= first,
                None => line.indent >= last_line.indent + 3 && last_line.marker.is_none(),
            };
            let heading = matches!(node.kind, NodeKind::Section | NodeKind::Title);
            let centred = |line: &Line| line.indent >= CENTRED;
            if heading && matches!(end, Ending::Open | Ending::Comma) && centred(line) && centred(last_line) {
                return true;
            }
            let parts = self.shape.first_indent.is_some() && indented;
            return match end {
                Ending::Colon | Ending::Semicolon if parts => false,
                // What a colon opens or a semicolon parts may be a list, or the same sentence still.
                Ending::Colon => {
                    starts_lower(text) && !heading && width >= FULL_LINE * wrap && !self.is_unmarked_item(at)
                }
                Ending::Semicolon => {
                    !(node.kind == NodeKind::Item && node.marker.is_empty())
                        && !opens_definition(&before, text)
                }
                Ending::Full => {
                    !heading && width >= FULL_LINE * wrap && !indented && !self.look(line).dateline
                }
                Ending::Open | Ending::Comma if heading || node.is_heading => {
                    starts_lower(text) || end == Ending::Comma
                }
                // A line that had room for the next word was ended on purpose.
                Ending::Open
                    if matches!(node.kind, NodeKind::Clause | NodeKind::Paragraph)
                        && !starts_lower(text)
                        && !before.contains("__")
                        && self.has_room_for(text, width, wrap) =>
                {
                    false
                }
                Ending::Open | Ending::Comma => !indented || starts_lower(text),
            };
        }
        let unmarked_item = node.kind == NodeKind::Item && node.marker.is_empty();
        matches!(end, Ending::Open | Ending::Comma)
            && (starts_lower(text) || (!node.is_heading && node.kind != NodeKind::Title && is_cut(&before)))
            && !(unmarked_item && end == Ending::Comma)
            && !text.contains('\t')
            && !self.is_plain_entry(at)
            && !(self.look(line).dateline && !self.look(&self.lines[node.line]).approval)
    }

    /// Whether the first word of a text would have stood on a line of this width, and much more.
    fn has_room_for(&self, text: &str, width: f64, wrap: f64) -> bool {
        const ROOM: f64 = 0.75;
        let word = text.split_whitespace().next().map_or(0, |word| word.chars().count());
        width + 1.0 + (word as f64) < ROOM * wrap
    }

    /// Whether a page ended between the last line of text and this one.
    pub(super) fn only_furniture_before(&self, at: usize) -> bool {
        at > 0
            && self.ids[at - 1] > self.last_line
            && (self.is_furniture(&self.lines[self.ids[at - 1]])
                || (self.ids[at - 1] + 1 == self.ids[at] && self.is_noise(at - 1)))
    }

    /// An entry of a list that has lost markers and semicolons: short lines in lower case behind a colon.
    pub(super) fn is_plain_entry(&self, at: usize) -> bool {
        const WORDS: usize = 10;
        let short = |at: usize| {
            self.ids.get(at).map(|&id| &self.lines[id]).is_some_and(|line| {
                let text = line.text(self.source);
                line.marker.is_none()
                    && (1..=WORDS).contains(&line.words())
                    && starts_lower(text)
                    && ending(text) == Ending::Open
                    && !is_cut(text)
            })
        };
        let Some(last) = self.last.filter(|_| self.shape.wrap.is_none() && short(at)) else { return false };
        let node = &self.out.nodes[last];
        match ending(&self.text_of(last)) {
            Ending::Colon => !matches!(node.kind, NodeKind::Title | NodeKind::Section) && short(at + 1),
            Ending::Open => {
                node.kind == NodeKind::Item
                    && node.marker.is_empty()
                    && node.own_end_line == node.line
                    && at > 0
                    && short(at - 1)
            }
            _ => false,
        }
    }

    /// An entry of a list without markers: a colon opened it, semicolons separate it.
    pub(super) fn is_unmarked_item(&self, at: usize) -> bool {
        if self.is_plain_entry(at) {
            return true;
        }
        let Some(last) = self.last else { return false };
        let node = &self.out.nodes[last];
        let before = ending(&self.text_of(last));
        if node.kind == NodeKind::Item && node.marker.is_empty() && before != Ending::Colon {
            let own = ending(self.lines[self.ids[at]].text(self.source));
            return before == Ending::Semicolon
                || (before == Ending::Full && self.closes_with_semicolon(at))
                || (before == Ending::Open && own == Ending::Semicolon)
                || (before == Ending::Comma && starts_lower(self.lines[self.ids[at]].text(self.source)));
        }
        if before != Ending::Colon || node.kind == NodeKind::Title {
            return false;
        }
        // The first entry ends with `;`, or with `,` in lower case; hard-wrapped entries end some lines later.
        for &id in self.ids[at..].iter().take(self.entry_lines()) {
            let line = &self.lines[id];
            if !line.marker.is_none() {
                return false;
            }
            let text = line.text(self.source);
            match ending(text) {
                Ending::Semicolon => return true,
                Ending::Comma if self.shape.wrap.is_none() => return starts_lower(text) || line.words() <= 6,
                Ending::Full | Ending::Colon => return false,
                _ => {}
            }
        }
        false
    }

    pub(super) fn entry_lines(&self) -> usize {
        if self.shape.wrap.is_some() { ENTRY_LINES } else { 1 }
    }

    /// Whether an entry in lower case ends with a semicolon: the full stop before it stood inside another entry.
    pub(super) fn closes_with_semicolon(&self, at: usize) -> bool {
        starts_lower(self.lines[self.ids[at]].text(self.source))
            && self.ids[at..]
                .iter()
                .take(self.entry_lines())
                .map(|&id| &self.lines[id])
                .take_while(|line| line.marker.is_none())
                .map(|line| ending(line.text(self.source)))
                .find(|end| matches!(end, Ending::Semicolon | Ending::Full | Ending::Colon))
                == Some(Ending::Semicolon)
    }
}
