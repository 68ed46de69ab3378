//! The tree builder: lines of one edition to nodes.

use std::collections::HashMap;
use std::ops::Range;

use super::headings::is_bold;
use super::layout::Layout;
use super::line::{Line, Number, Style};
use super::lists::Lists;
use super::shape::Shape;
use super::text::{Ending, ending, starts_lower};
use super::{MAX_DEPTH, NodeIndex, Outline, OutlineNode};
use crate::record::{Code, NodeKind};
use crate::source::{Oddity, SourceText};

/// Most words of a heading-only clause (MODEL.md, "Parent").
pub(super) const HEADING_WORDS: usize = 12;
/// A line shorter than this share of the wrap width ends its paragraph.
pub(super) const FULL_LINE: f64 = 0.6;
/// Lines behind a number within which the next one is looked for.
const LOOK_AHEAD: usize = 40;

pub(super) struct Builder<'a> {
    pub(super) source: &'a SourceText,
    pub(super) lines: &'a [Line],
    /// Lines of the edition.
    pub(super) ids: &'a [usize],
    pub(super) layout: &'static Layout,
    pub(super) out: &'a mut Outline,
    pub(super) shape: Shape,
    pub(super) repeated: HashMap<&'a str, usize>,
    pub(super) section: Option<NodeIndex>,
    /// Open divisions and Markdown sections by rank, outermost first.
    pub(super) ranks: Vec<(usize, NodeIndex)>,
    /// Open numbered clauses, outermost first.
    pub(super) clauses: Vec<(Vec<u32>, NodeIndex)>,
    pub(super) heading_clause: Option<NodeIndex>,
    pub(super) last: Option<NodeIndex>,
    pub(super) last_line: usize,
    section_number: u32,
    section_style: Option<Style>,
    pub(super) lists: Lists,
    /// A line whose marker was read with the line before.
    joined: Option<usize>,
    /// The points of an order are being read.
    ordering: bool,
    /// The text begins with a note of its approval.
    pub(super) approved: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        source: &'a SourceText,
        lines: &'a [Line],
        ids: &'a [usize],
        layout: &'static Layout,
        out: &'a mut Outline,
    ) -> Self {
        let mut builder = Self {
            source,
            lines,
            ids,
            layout,
            out,
            shape: Shape::default(),
            repeated: HashMap::new(),
            section: None,
            ranks: Vec::new(),
            clauses: Vec::new(),
            heading_clause: None,
            last: None,
            last_line: 0,
            section_number: 0,
            section_style: None,
            lists: Lists::default(),
            joined: None,
            ordering: false,
            approved: false,
        };
        builder.measure();
        builder
    }

    /// Adds the nodes of the edition to the outline.
    pub(super) fn build(mut self) {
        for at in 0..self.ids.len() {
            self.line(at);
        }
    }

    // ---- one line

    fn line(&mut self, at: usize) {
        let id = self.ids[at];
        let line = &self.lines[id];
        let text = line.text(self.source);
        if self.is_noise(at) {
            self.add(id, NodeKind::Noise, None);
            return;
        }
        if line.marker.is_none() && !text.chars().any(char::is_alphanumeric) && !self.is_blank_to_fill(at) {
            // A full stop that fell onto a line of its own belongs to its sentence; rules and icons belong to the page.
            let rule = text.len() >= 3 && text.chars().all(|c| "-–—*_=·.|:+ ".contains(c));
            match self.last {
                Some(last) if !rule && text.chars().all(|c| c.is_ascii_punctuation()) => self.go_on(last, id),
                _ => {
                    self.add(id, NodeKind::Noise, None);
                }
            }
            return;
        }
        if let Some(last) = self.last.filter(|_| self.joined == Some(at)) {
            self.go_on(last, id);
            return;
        }
        if self.shape.title.is_some_and(|title| at == title)
            || self.is_further_title(at)
            || self.is_appendix_title(at)
        {
            self.last = Some(self.add(id, NodeKind::Title, None));
            self.note_heading();
            self.last_line = id;
            return;
        }
        match (&line.marker.number, line.marker.hashes, line.marker.bullet) {
            (Some(number), _, _) if self.accepts(number, at) => {
                let number = number.clone();
                self.numbered(at, &number);
            }
            (_, hashes @ 1.., _) => self.hash_section(at, hashes),
            (None, _, Some(_)) => self.bulleted(at),
            _ => self.unmarked(at),
        }
        self.last_line = id;
    }

    /// Whether a torn number fits where it stands; one that does not is text.
    fn accepts(&self, number: &Number, at: usize) -> bool {
        if number.parts.len() > 1 {
            // `пунктах 2.1 и 2.2` may be broken before the number.
            let text = self.lines[self.ids[at]].text(self.source);
            let goes_on = starts_lower(text) && self.continues_sentence(at);
            return !goes_on
                && (!number.torn || self.section.is_none() || number.parts[0] == self.section_number);
        }
        // Hard-wrapped text may bring a number with a dot to the start of a line: `от 5.`
        let line = &self.lines[self.ids[at]];
        !(number.style == Style::Dotted && line.words() == 0 && self.continues_sentence(at))
    }

    fn continues_sentence(&self, at: usize) -> bool {
        self.shape.wrap.is_some()
            && at > 0
            && self.ids[at] == self.last_line + 1
            && self.last.is_some_and(|last| {
                self.out.nodes[last].kind != NodeKind::Section && ending(&self.text_of(last)) == Ending::Open
            })
    }

    // ---- numbered lines

    fn numbered(&mut self, at: usize, number: &Number) {
        let id = self.ids[at];
        if number.torn {
            let range = self.lines[id].marker_range.clone();
            self.odd(
                Code::NumberTorn,
                format!(
                    "number {:?} is read as {}",
                    &self.source.as_str()[range.clone()].trim(),
                    number.label
                ),
                range,
            );
        }
        if number.parts.len() > 1 {
            self.clause(at, number);
            return;
        }
        if let Some(whole) = self.torn_over_lines(at, number) {
            let range = self.lines[id].marker_range.clone();
            self.odd(
                Code::NumberTorn,
                format!("number {:?} is read as {}", number.label, whole.label),
                range,
            );
            self.clause(at, &whole);
            self.joined = Some(at + 1);
            return;
        }
        match number.style {
            Style::Letter => self.item(at),
            Style::Point => self.clause(at, number),
            Style::Division | Style::Roman => {
                self.ordering = false;
                let rank = if number.style == Style::Roman { 1 } else { division_rank(&number.division) };
                self.open_section(at, number, rank);
            }
            Style::Dotted | Style::Bare | Style::Bracket => self.single(at, number),
        }
    }

    /// A single number: a section, a clause under a division, or an entry of a list.
    fn single(&mut self, at: usize, number: &Number) {
        let id = self.ids[at];
        let line = &self.lines[id];
        let value = number.parts[0];
        let before = self.last.map(|last| ending(&self.text_of(last)));
        let listed = self.lists.number_before(self.out, number.style);
        let goes_on = listed.is_some_and(|listed| listed + 1 == value);
        let first = value == 1 && before == Some(Ending::Colon);
        // `… приказываю:`: what an order orders are its sections.
        let orders = first && self.last.is_some_and(|last| self.layout.look(&self.text_of(last)).orders);
        self.ordering |= orders;
        let opens_list =
            first && !orders && self.last.is_some_and(|l| self.out.nodes[l].kind != NodeKind::Title);
        let ordered = self.ordering
            && number.style == Style::Dotted
            && (value == 1 || value == self.section_number + 1);
        let heading = self.is_heading_like(at);
        if line.marker.hashes > 0 {
            self.open_section(at, number, line.marker.hashes);
        } else if ordered {
            self.open_section(at, number, 1);
        } else if number.style == Style::Dotted && self.lost_its_section(at, value) {
            self.clause(at, number);
        } else if self.shape.restarts
            && number.style == Style::Dotted
            && self.section.is_some()
            && !opens_list
            && !(goes_on && before == Some(Ending::Semicolon))
        {
            if self.opens_restart(at) {
                self.open_section(at, number, 1);
            } else {
                self.clause(at, number);
            }
        } else if self.shape.divisions && self.section.is_some() {
            if number.style == Style::Bracket
                || opens_list
                || (goes_on
                    && (before == Some(Ending::Semicolon)
                        || !self.clauses.last().is_some_and(|(parts, _)| parts.as_slice() == [value - 1])))
            {
                self.item(at);
            } else {
                self.clause(at, number);
            }
        } else if self.shape.has_clauses[at] && (value > self.section_number || heading) {
            self.open_section(at, number, 1);
        } else if opens_list
            || (goes_on
                && !(heading && value == self.section_number + 1 && before != Some(Ending::Semicolon)))
            || (number.style == Style::Bracket
                && self.section_style != Some(Style::Bracket)
                && !(heading && self.section.is_none()))
        {
            self.item(at);
        } else if value == self.section_number + 1
            || self.section.is_none()
            || heading
            || (value > self.section_number && value - self.section_number <= 2)
        {
            self.open_section(at, number, 1);
        } else {
            self.item(at);
        }
    }

    /// Whether a number is a clause's that lost the number of its section: `1.` between section 2 and clause `2.2.`
    fn lost_its_section(&self, at: usize, value: u32) -> bool {
        let missing = [self.section_number, value];
        let known = self.clauses.iter().any(|(parts, _)| parts.as_slice() == missing);
        let next = self.ids[at + 1..].iter().take(LOOK_AHEAD).find_map(|&id| {
            self.lines[id].marker.number.as_ref().filter(|number| number.style == Style::Dotted)
        });
        self.section.is_some()
            && self.section_style == Some(Style::Dotted)
            && !known
            && next.is_some_and(|next| next.parts.as_slice() == [self.section_number, value + 1])
    }

    /// `5.` on one line and `3. Текст` on the next, where clause 5.3 is due.
    fn torn_over_lines(&self, at: usize, number: &Number) -> Option<Number> {
        let next = self.lines[*self.ids.get(at + 1)?].marker.number.as_deref()?;
        let (last, _) = self.clauses.last()?;
        let torn = number.style == Style::Dotted
            && self.lines[self.ids[at]].words() == 0
            && number.parts[0] == self.section_number
            && matches!(next.style, Style::Dotted | Style::Point)
            && next.parts.len() == 1
            && last.as_slice() == [self.section_number, next.parts[0].checked_sub(1)?];
        torn.then(|| Number {
            label: format!("{}.{}", number.label, next.label),
            parts: vec![number.parts[0], next.parts[0]],
            torn: true,
            ..number.clone()
        })
    }

    fn open_section(&mut self, at: usize, number: &Number, rank: usize) {
        // What an appendix holds has numbers of its own.
        if rank > 0 && self.ranks.first().is_some_and(|(open, _)| *open == 0) {
            self.ranks.clear();
        }
        let node = self.open_rank(self.ids[at], rank);
        self.out.nodes[node].label.clone_from(&number.label);
        self.section_number = number.parts[0];
        self.section_style = Some(number.style);
        self.glued_clause(at, number);
    }

    /// A section below those of wider rank.
    fn open_rank(&mut self, id: usize, rank: usize) -> NodeIndex {
        while self.ranks.last().is_some_and(|(open, _)| *open >= rank) {
            self.ranks.pop();
        }
        let parent = self.ranks.last().map(|(_, node)| *node);
        let node = self.add(id, NodeKind::Section, parent);
        self.ranks.push((rank, node));
        self.enter_section(node);
        node
    }

    /// `4. Цели 4.1. Оператор …`: the first clause stands on the line of its section's heading.
    fn glued_clause(&mut self, at: usize, section: &Number) {
        let line = &self.lines[self.ids[at]];
        let text = line.text(self.source);
        let first = format!(" {}.1. ", section.label);
        let Some(found) = text.find(&first).filter(|_| section.style == Style::Dotted) else { return };
        let heading = &text[..found];
        if heading.split_whitespace().count() > HEADING_WORDS || ending(heading) != Ending::Open {
            return;
        }
        let start = line.body.start + found;
        let (marker, body) = (start + 1..start + first.len(), start + first.len()..line.body.end);
        let (Some(node), parts) = (self.last, vec![section.parts[0], 1]) else { return };
        let pieces = &mut self.out.nodes[node].pieces;
        pieces.clear();
        pieces.push(line.body.start..start);
        let label = format!("{}.1", section.label);
        let clause = self.add(self.ids[at], NodeKind::Clause, Some(node));
        let made = &mut self.out.nodes[clause];
        (made.label, made.marker, made.pieces) = (label, marker, vec![body]);
        self.clauses.push((parts, clause));
        self.last = Some(clause);
    }

    fn hash_section(&mut self, at: usize, hashes: usize) {
        let id = self.ids[at];
        let look = self.look(&self.lines[id]);
        let opens = self.shape.title.is_none() && self.section.is_none();
        if (opens && self.last.is_none() && (hashes == 1 || look.title))
            || (look.language && self.section.is_none())
        {
            self.last = Some(self.add(id, NodeKind::Title, None));
            return;
        }
        self.open_rank(id, hashes);
    }

    pub(super) fn enter_section(&mut self, node: NodeIndex) {
        self.section = Some(node);
        self.last = Some(node);
        self.clauses.clear();
        self.heading_clause = None;
        self.lists.clear();
        self.note_heading();
    }

    fn note_heading(&mut self) {
        if let Some(last) = self.last {
            let text = self.text_of(last);
            let long = text.split_whitespace().count() > 18;
            self.out.nodes[last].is_heading = !(long && ending(&text) == Ending::Full);
        }
    }

    fn clause(&mut self, at: usize, number: &Number) {
        let id = self.ids[at];
        while self
            .clauses
            .last()
            .is_some_and(|(open, _)| !(open.len() < number.parts.len() && number.parts.starts_with(open)))
        {
            self.clauses.pop();
        }
        let parent = self.clauses.last().map(|(_, node)| *node).or(self.section);
        let node = self.add(id, NodeKind::Clause, parent);
        self.out.nodes[node].label.clone_from(&number.label);
        self.clauses.push((number.parts.clone(), node));
        self.last = Some(node);
        self.lists.clear();
        // Markdown says itself what is a heading.
        let marked = self.lines[id].marker.hashes > 0 && self.lines[id].words() <= HEADING_WORDS;
        let heading = marked || self.is_heading_only(at);
        self.out.nodes[node].is_heading = heading;
        self.heading_clause = heading.then_some(node);
    }

    // ---- lists

    fn bulleted(&mut self, at: usize) {
        let id = self.ids[at];
        let text = self.lines[id].text(self.source);
        if let Some(last) = self.last
            && self.is_lone_dash(at)
        {
            let node = &self.out.nodes[last];
            let end = ending(&self.text_of(last));
            let broken =
                matches!(end, Ending::Open | Ending::Comma) || (end == Ending::Full && starts_lower(text));
            if broken && matches!(node.kind, NodeKind::Clause | NodeKind::Paragraph) && !node.is_heading {
                self.go_on(last, id);
                return;
            }
        }
        self.item(at);
    }

    /// A dashed line with no other beside it.
    fn is_lone_dash(&self, at: usize) -> bool {
        let line = &self.lines[self.ids[at]];
        let dash = |line: &Line| line.marker.bullet.is_some() && line.marker.number.is_none();
        let beside = |other: Option<&usize>| other.is_some_and(|&id| dash(&self.lines[id]));
        line.marker.bullet.is_some_and(super::line::is_dash)
            && !beside(self.ids.get(at + 1))
            && !(at > 0 && beside(self.ids.get(at - 1)))
            && self.last.is_some_and(|last| self.out.nodes[last].kind != NodeKind::Item)
    }

    pub(super) fn item(&mut self, at: usize) {
        let id = self.ids[at];
        let line = &self.lines[id];
        let lead = self.list_lead();
        let parent = self.lists.place(self.out, self.source, line, self.last, lead);
        let node = self.add(id, NodeKind::Item, parent);
        if let Some(number) = &line.marker.number {
            self.out.nodes[node].label.clone_from(&number.label);
        }
        self.lists.added(line, node);
        self.last = Some(node);
    }

    /// What a list that starts here hangs on.
    fn list_lead(&self) -> Option<NodeIndex> {
        let last = self.last?;
        let node = &self.out.nodes[last];
        let introduces = match node.kind {
            NodeKind::Clause | NodeKind::Paragraph | NodeKind::Item => {
                let text = self.text_of(last);
                // a clause that is no more than a title in bold type
                let title = is_bold(&text) && text.matches("**").count() == 2;
                title || matches!(ending(&text), Ending::Colon | Ending::Open | Ending::Comma)
            }
            _ => false,
        };
        if introduces { Some(last) } else { self.heading_clause.or(self.section) }
    }

    // ---- nodes

    pub(super) fn add(&mut self, id: usize, kind: NodeKind, parent: Option<NodeIndex>) -> NodeIndex {
        let line = &self.lines[id];
        let parent = self.within_depth(parent);
        let depth = parent.map_or(0, |parent| self.out.nodes[parent].depth + 1);
        self.out.nodes.push(OutlineNode {
            kind,
            label: String::new(),
            marker: line.marker_range.clone(),
            pieces: if line.body.is_empty() { Vec::new() } else { vec![line.body.clone()] },
            parent,
            depth,
            line: id,
            own_end_line: id,
            is_heading: false,
        });
        self.out.nodes.len() - 1
    }

    fn within_depth(&self, mut parent: Option<NodeIndex>) -> Option<NodeIndex> {
        while let Some(node) = parent {
            if self.out.nodes[node].depth + 1 < MAX_DEPTH {
                return parent;
            }
            parent = self.out.nodes[node].parent;
        }
        None
    }

    /// Adds a line, its marker included, to the own text of a node.
    pub(super) fn go_on(&mut self, node: NodeIndex, id: usize) {
        let line = &self.lines[id];
        let start = if line.marker_range.is_empty() { line.body.start } else { line.marker_range.start };
        let first = self.out.nodes[node].pieces.is_empty();
        self.out.nodes[node].pieces.push(start..line.body.end.max(start));
        self.out.nodes[node].own_end_line = id;
        self.last_line = id;
        if first && self.out.nodes[node].kind == NodeKind::Section {
            self.note_heading();
        }
    }

    pub(super) fn text_of(&self, node: NodeIndex) -> String {
        self.out.own_text(node, self.source)
    }

    pub(super) fn last_piece(&self, node: NodeIndex) -> &str {
        self.out.nodes[node].pieces.last().map_or("", |piece| &self.source.as_str()[piece.clone()])
    }

    fn odd(&mut self, code: Code, message: String, range: Range<usize>) {
        self.out.oddities.push(Oddity { code, message, range: Some(range) });
    }
}

/// Divisions from the widest to the narrowest.
fn division_rank(name: &str) -> usize {
    match name {
        "приложение" | "қосымша" => 0,
        "часть" => 1,
        "раздел" | "бөлім" => 2,
        "глава" | "тарау" => 3,
        _ => 4,
    }
}
