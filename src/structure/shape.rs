//! What the lines of an edition have in common: wraps, kinds of sections, title, footer.

use super::build::Builder;
use super::layout::Look;
use super::line::{Line, Style};
use super::text::{Ending, ending, has_digits, is_capitals, opens_with_icon, starts_lower};

/// Most lines of a page's footer.
const FOOTER_LINES: usize = 15;

/// What the lines of an edition have in common.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// Width in characters at which lines are wrapped, if they are.
    pub(super) wrap: Option<f64>,
    /// Columns in front of the first line of a paragraph, where that is how paragraphs show.
    pub(super) first_indent: Option<usize>,
    /// Sections are marked by Roman numbers or division names, so single numbers are clauses.
    pub(super) divisions: bool,
    /// Sections have numbers or `#`.
    pub(super) marked_sections: bool,
    /// Under numbered headings clauses are numbered from one again.
    pub(super) restarts: bool,
    /// Headings are lines in capitals.
    pub(super) capital_headings: bool,
    /// Questions on lines of their own are headings.
    pub(super) questions: bool,
    /// Headings have pictures in front of them.
    pub(super) icon_headings: bool,
    /// Position of the title among the edition's lines.
    pub(super) title: Option<usize>,
    /// Position of the first marked section.
    pub(super) first_section: usize,
    /// Position of the last line with a number.
    pub(super) last_marked: usize,
    /// Position of the page's footer.
    pub(super) footer: usize,
    /// For each position, whether clauses of the section that its single number opens follow.
    pub(super) has_clauses: Vec<bool>,
}

impl Builder<'_> {
    /// Looks over all lines before the first node is made.
    pub(super) fn measure(&mut self) {
        let marked = |line: &Line| {
            line.marker.number.as_ref().is_some_and(|n| n.style != Style::Letter) || line.marker.hashes > 1
        };
        self.shape.first_section =
            self.ids.iter().position(|&id| marked(&self.lines[id])).unwrap_or(self.ids.len());
        self.shape.last_marked =
            self.ids.iter().rposition(|&id| marked(&self.lines[id])).unwrap_or(self.ids.len());
        self.shape.wrap = self.wrap_width();
        if self.shape.wrap.is_some() {
            for &id in self.ids {
                let line = &self.lines[id];
                let blank = line.text(self.source).contains("__");
                if line.marker.is_none() && !blank && (1..=8).contains(&line.words()) {
                    *self.repeated.entry(line.text(self.source)).or_default() += 1;
                }
            }
            self.repeated.retain(|text, count| *count >= 3 && ending(text) == Ending::Open);
        }
        self.shape.first_indent = self.shape.wrap.and_then(|_| self.first_indent());
        let styled = |style: Style| {
            self.ids
                .iter()
                .filter(|&&id| self.lines[id].marker.number.as_ref().is_some_and(|n| n.style == style))
                .count()
        };
        // A single division counts if the numbers begin with it.
        let begins = |line: &Line| {
            let number = line.marker.number.as_ref();
            number.is_some_and(|n| n.parts[0] == 1 && matches!(n.style, Style::Division | Style::Roman))
        };
        self.shape.divisions = styled(Style::Division) >= 2
            || styled(Style::Roman) >= 2
            || self.ids.get(self.shape.first_section).is_some_and(|&id| begins(&self.lines[id]));
        let singles = self.ids.iter().filter(|&&id| {
            let marker = &self.lines[id].marker;
            marker.hashes > 1
                || marker
                    .number
                    .as_ref()
                    .is_some_and(|n| n.parts.len() == 1 && matches!(n.style, Style::Dotted | Style::Bare))
        });
        self.shape.marked_sections = self.shape.divisions || singles.count() >= 2;
        self.shape.has_clauses = self.sections_with_clauses();
        self.shape.restarts = (0..self.ids.len()).filter(|&at| self.opens_restart(at)).count() >= 2;
        self.shape.capital_headings = !self.shape.marked_sections
            && self.ids.iter().filter(|&&id| self.is_in_capitals(&self.lines[id])).count() >= 3;
        self.shape.icon_headings =
            !self.shape.marked_sections && (1..self.ids.len()).filter(|&at| self.has_icon(at)).count() >= 3;
        self.shape.questions = (1..self.ids.len()).filter(|&at| self.is_question(at)).count() >= 2;
        self.shape.title = self.find_title();
        self.shape.footer = self.find_footer();
    }

    /// Hard-wrapped text: of its unmarked lines, three in eight at the least go on the sentence of the line before. In
    /// other texts it is hardly ever one in four.
    fn wrap_width(&self) -> Option<f64> {
        let (mut pairs, mut open) = (0, 0);
        let mut widths = Vec::new();
        for pair in self.ids.windows(2) {
            let (line, next) = (&self.lines[pair[0]], &self.lines[pair[1]]);
            if line.words() == 0 {
                continue;
            }
            widths.push(line.text(self.source).chars().count());
            if pair[1] != pair[0] + 1 || !next.marker.is_none() || next.words() == 0 {
                continue;
            }
            pairs += 1;
            if matches!(ending(line.text(self.source)), Ending::Open | Ending::Comma)
                && starts_lower(next.text(self.source))
            {
                open += 1;
            }
        }
        if pairs < 6 || open * 8 < pairs * 3 {
            return None;
        }
        widths.sort_unstable();
        let width = widths[widths.len() * 9 / 10];
        (width <= 140).then_some(width as f64)
    }

    /// Wrapped text whose paragraphs and numbers begin further right than their other lines.
    fn first_indent(&self) -> Option<usize> {
        const INDENT: usize = 3;
        let (mut marked, mut set_in, mut inner, mut flush) = (0, 0, 0, 0);
        for pair in self.ids.windows(2) {
            let (before, line) = (&self.lines[pair[0]], &self.lines[pair[1]]);
            if line.marker.number.is_some() {
                marked += 1;
                set_in += usize::from(line.indent >= INDENT);
            } else if line.marker.is_none()
                && pair[1] == pair[0] + 1
                && starts_lower(line.text(self.source))
                && ending(before.text(self.source)) == Ending::Open
                && before.indent < 2 * INDENT
            {
                inner += 1;
                flush += usize::from(line.indent < INDENT);
            }
        }
        (marked >= 3 && set_in * 4 >= marked * 3 && inner >= 3 && flush * 5 >= inner * 4).then_some(INDENT)
    }

    fn sections_with_clauses(&self) -> Vec<bool> {
        let mut out = vec![false; self.ids.len()];
        let mut open: Option<(usize, u32)> = None;
        for (at, &id) in self.ids.iter().enumerate() {
            match &self.lines[id].marker.number {
                Some(number)
                    if number.parts.len() == 1 && !matches!(number.style, Style::Letter | Style::Point) =>
                {
                    open = Some((at, number.parts[0]))
                }
                Some(number) if number.parts.len() > 1 => {
                    if let Some((section, value)) = open
                        && number.parts[0] == value
                    {
                        out[section] = true;
                    }
                }
                _ => {}
            }
        }
        out
    }

    fn find_title(&self) -> Option<usize> {
        let limit = self.shape.first_section.min(40);
        let candidate = |at: usize, names: &dyn Fn(&Line) -> bool| {
            let line = &self.lines[self.ids[at]];
            let text = line.text(self.source);
            line.marker.bullet.is_none()
                && (1..=25).contains(&line.words())
                && matches!(ending(text), Ending::Open | Ending::Comma)
                && !text.contains(['→', '›', '|', '@'])
                && text.matches(" / ").count() < 2
                && names(line)
                && !self.is_furniture(line)
        };
        let found = (0..limit)
            .find(|&at| candidate(at, &|line| self.look(line).title || self.names_act(line)))
            .or_else(|| (0..limit).find(|&at| candidate(at, &|line| self.look(line).name)))?;
        // A title in capitals may begin on the lines before the one that names the policy.
        let mut start = found;
        while start > 0 {
            let (line, text) = self.line_at(start);
            let (line_before, before) = self.line_at(start - 1);
            let capitals = is_capitals(before) && is_capitals(text);
            let named = before.trim_end().ends_with(['»', '"']); // the operator's name above the title
            let short = line.words() <= 6 && line_before.words() <= 6 && !named;
            let adjacent = self.ids[start - 1] + 1 == self.ids[start] && line_before.words() > 0;
            let goes_on = adjacent
                && (ending(before) == Ending::Open || ending(before) == Ending::Comma && starts_lower(text))
                && line_before.marker.is_none()
                && !before.contains(['|', '/'])
                && !self.look(line_before).furniture
                && !self.look(line_before).approval
                && (starts_lower(text) || capitals && short);
            if !(goes_on || capitals && ending(before) == Ending::Comma) {
                break;
            }
            start -= 1;
        }
        Some(start)
    }

    /// `ПРИКАЗ`, `ЕРЕЖЕ`: the kind of an act, in capitals on a line of its own.
    pub(super) fn names_act(&self, line: &Line) -> bool {
        line.words() <= 2 && is_capitals(line.text(self.source)) && self.look(line).act
    }

    /// A few words behind a picture, on a line of its own.
    pub(super) fn has_icon(&self, at: usize) -> bool {
        let (line, text) = self.line_at(at);
        line.marker.is_none()
            && opens_with_icon(text)
            && (2..=8).contains(&line.words())
            && ending(text) == Ending::Open
            && !text.contains(['@', ':', '/'])
            && !text.contains("  ")
            && !has_digits(text)
    }

    fn is_in_capitals(&self, line: &Line) -> bool {
        let text = line.text(self.source);
        line.marker.is_none()
            && (1..=8).contains(&line.words())
            && is_capitals(text)
            && matches!(ending(text), Ending::Open | Ending::Colon)
    }

    fn line_at(&self, at: usize) -> (&Line, &str) {
        let line = &self.lines[self.ids[at]];
        (line, line.text(self.source))
    }

    /// Where the page's footer starts: short lines at the end, from the first that is furniture.
    fn find_footer(&self) -> usize {
        let open = |text: &str| !matches!(ending(text), Ending::Full | Ending::Semicolon | Ending::Colon);
        let mut from = self.ids.len();
        while from > 0 && self.ids.len() - from < FOOTER_LINES {
            let line = &self.lines[self.ids[from - 1]];
            let text = line.text(self.source);
            let short = line.words() <= 14 && (open(text) || text.contains('©'));
            let dots = line.words() == 0;
            if !line.marker.is_none() || !(short || dots) {
                break;
            }
            from -= 1;
        }
        let is_furniture = |at: usize| {
            let (line, text) = self.line_at(at);
            let band =
                (text.contains(" · ") || self.is_band(text)) && open(text) && !self.is_below_contacts(at);
            let number = text.chars().filter(char::is_ascii_digit).count() >= 6;
            let words = line.words() <= 5 && !text.contains('@') && !number && self.look(line).furniture;
            text.contains('©') || band || words
        };
        // Where headings have no numbers, one with contacts below it may be the policy's own.
        let is_contacts = |at: usize| {
            let below = |at: usize| {
                let text = self.line_at(at).1;
                text.contains(['@', ':']) || text.chars().filter(char::is_ascii_digit).count() >= 6
            };
            !self.shape.marked_sections
                && self.look(self.line_at(at).0).contacts
                && (at + 1..self.ids.len()).take(3).any(below)
        };
        (from..self.ids.len())
            .find(|&at| is_furniture(at) && !is_contacts(at))
            .filter(|&at| at > 0)
            .unwrap_or(self.ids.len())
    }

    /// `Главная   Каталог   Доставка`: three parts or more with wide gaps between them, one at least a word of menus.
    pub(super) fn is_band(&self, text: &str) -> bool {
        let parts = || text.split("  ").map(str::trim).filter(|part| !part.is_empty());
        parts().nth(2).is_some() && parts().any(|part| self.layout.look(part).furniture)
    }

    /// Whether a heading of contacts stands shortly before.
    fn is_below_contacts(&self, at: usize) -> bool {
        const LINES: usize = 6;
        (at.saturating_sub(LINES)..at).any(|at| self.look(self.line_at(at).0).contacts)
    }

    pub(super) fn look(&self, line: &Line) -> Look {
        self.layout.look(line.text(self.source))
    }

    pub(super) fn is_furniture(&self, line: &Line) -> bool {
        line.furniture || self.repeated.contains_key(line.text(self.source))
    }
}
