//! Which lines are headings: titles, sections without a number, clauses that are only a heading.

use super::NodeIndex;
use super::build::{Builder, FULL_LINE, HEADING_WORDS};
use super::line::Style;
use super::text::{Ending, ending, has_digits, is_capitals, starts_lower};
use crate::record::NodeKind;

impl Builder<'_> {
    /// The policy's name once more, in another language or as a Markdown heading.
    pub(super) fn is_further_title(&self, at: usize) -> bool {
        let Some(title) = self.shape.title else {
            return at == 0 && self.lines[self.ids[at]].marker.hashes == 1;
        };
        if at >= self.shape.first_section || at.abs_diff(title) > 3 {
            return false;
        }
        let line = &self.lines[self.ids[at]];
        let first = &self.lines[self.ids[title]];
        let text = line.text(self.source);
        let other_language =
            line.letters.is_kazakh().is_some() && line.letters.is_kazakh() != first.letters.is_kazakh();
        line.marker.bullet.is_none()
            && (1..=12).contains(&line.words())
            && matches!(ending(text), Ending::Open)
            && (line.marker.hashes == 1 || other_language || self.repeats(title, at))
            && self.look(line).title
    }

    /// Whether a line holds all words of the title: a menu or path above the text had named the policy already.
    fn repeats(&self, title: usize, at: usize) -> bool {
        let words = |at: usize| -> Vec<String> {
            let text = self.lines[self.ids[at]].text(self.source).to_lowercase();
            text.split_whitespace().map(str::to_owned).collect()
        };
        let (first, second) = (words(title), words(at));
        at > title && first.len() >= 2 && first.iter().all(|word| second.contains(word))
    }

    /// Whether nothing but the heading of an appendix has been read of it.
    pub(super) fn is_under_appendix(&self) -> bool {
        self.ranks.last().is_some_and(|(rank, node)| *rank == 0 && Some(*node) == self.last)
    }

    /// The name of what an appendix holds.
    pub(super) fn is_appendix_title(&self, at: usize) -> bool {
        self.is_under_appendix() && self.names_act(&self.lines[self.ids[at]])
    }

    pub(super) fn is_heading_like(&self, at: usize) -> bool {
        let line = &self.lines[self.ids[at]];
        let text = line.text(self.source);
        let end = ending(text);
        !starts_lower(text)
            && line.words() <= 18
            && (matches!(end, Ending::Open)
                || (matches!(end, Ending::Full | Ending::Colon) && line.words() <= 10))
    }

    /// `2.1 Принципы обработки`: a number and a title, followed by an unmarked paragraph.
    pub(super) fn is_heading_only(&self, at: usize) -> bool {
        let line = &self.lines[self.ids[at]];
        let text = line.text(self.source);
        let Some(next) = self.ids.get(at + 1).map(|&id| &self.lines[id]) else { return false };
        let narrow = self.shape.wrap.is_none_or(|wrap| (text.chars().count() as f64) < FULL_LINE * wrap);
        (1..=HEADING_WORDS).contains(&line.words())
            && ending(text) == Ending::Open
            && next.marker.is_none()
            && next.words() > 0
            && !starts_lower(next.text(self.source))
            && narrow
            && !self.is_noise(at + 1)
    }

    /// A short line without a number that opens a section.
    pub(super) fn is_bare_heading(&self, at: usize) -> bool {
        let line = &self.lines[self.ids[at]];
        let text = line.text(self.source);
        let end = ending(text);
        let capitals = is_capitals(text);
        let most = if capitals { 2 * HEADING_WORDS } else { HEADING_WORDS };
        let bare = text.strip_suffix(':').unwrap_or(text);
        if !(1..=most).contains(&line.words())
            || starts_lower(text)
            || bare.contains(['@', ':', '\t', '|', '/', '+'])
            || text.contains("  ")
            || text.contains("__")
            || self.shape.title.is_some_and(|title| at < title)
        {
            return false;
        }
        let look = self.look(line);
        if look.dateline {
            return false;
        }
        let Some(next) = self.ids.get(at + 1).map(|&id| &self.lines[id]) else { return false };
        let next_text = next.text(self.source);
        let opens = next.marker.bullet.is_some()
            || (next.marker.is_none()
                && (next.words() > HEADING_WORDS
                    || matches!(ending(next_text), Ending::Full | Ending::Colon)));
        if self.shape.marked_sections {
            // «Коротко о главном» stands before the first number, with sentences below it.
            if at < self.shape.first_section && self.shape.title.is_some() && self.opens_summary(at) {
                return true;
            }
            let closing = at > self.shape.last_marked
                && (look.contacts
                    || line.words() >= 2 && (!self.is_in_contacts() || self.is_sentence(at + 1)))
                && !text.contains(['«', '"', ','])
                && self.last.is_some_and(|last| self.is_finished(last));
            return end == Ending::Open
                && (capitals && line.words() >= 2 && opens || closing)
                && !has_digits(text);
        }
        let stands_apart = at > 0 && self.ids[at - 1] + 1 < self.ids[at];
        let ends_block = at > 0 && !stands_apart && self.ids[at] + 1 < self.ids[at + 1];
        match end {
            Ending::Open if self.shape.icon_headings && self.has_icon(at) => true,
            Ending::Open if look.contacts => at > 0,
            Ending::Open if opens => {
                at > 0 && !ends_block && (capitals || is_bold(text) || !has_digits(text))
            }
            // Lines that are no sentences may stand below a heading in capitals.
            Ending::Open => {
                capitals
                    && stands_apart
                    && next.marker.is_none()
                    && !is_capitals(next_text)
                    && !has_digits(text)
                    && !text.contains(['«', '"', ','])
            }
            Ending::Colon => {
                look.contacts
                    || (capitals && stands_apart && self.shape.capital_headings)
                    || (stands_apart && line.words() <= 6 && self.is_sentence_below(at))
            }
            Ending::Full => self.shape.questions && self.is_question(at),
            _ => false,
        }
    }

    /// A few words without a full stop between title and first section, with full sentences up to that section.
    fn opens_summary(&self, at: usize) -> bool {
        let line = &self.lines[self.ids[at]];
        let text = line.text(self.source);
        let below = at + 1..self.shape.first_section.min(self.ids.len());
        (2..=6).contains(&line.words())
            && ending(text) == Ending::Open
            && !has_digits(text)
            && !text.contains(['«', '"', ',', '.'])
            && !self.look(line).approval
            && !self.look(line).title
            && !below.is_empty()
            && below.clone().all(|at| self.is_sentence(at) || !self.lines[self.ids[at]].marker.is_none())
    }

    /// A numbered heading whose clauses are numbered from one.
    pub(super) fn opens_restart(&self, at: usize) -> bool {
        let single = |at: usize| {
            let number = self.ids.get(at).and_then(|&id| self.lines[id].marker.number.as_ref());
            number.filter(|n| n.parts.len() == 1 && n.style == Style::Dotted).map(|n| n.parts[0])
        };
        let line = &self.lines[self.ids[at]];
        let text = line.text(self.source);
        single(at).is_some()
            && single(at + 1) == Some(1)
            && line.words() <= HEADING_WORDS
            && ending(text) == Ending::Open
            && !starts_lower(text)
    }

    /// A question on a line of its own, as pages of questions and answers have for headings.
    pub(super) fn is_question(&self, at: usize) -> bool {
        let line = &self.lines[self.ids[at]];
        line.marker.is_none()
            && (2..=HEADING_WORDS).contains(&line.words())
            && line.text(self.source).ends_with('?')
            && self.ids.get(at + 1).is_some_and(|&id| !self.lines[id].text(self.source).ends_with('?'))
    }

    /// Whether the open section is one of contacts: what follows are requisites.
    fn is_in_contacts(&self) -> bool {
        self.section.is_some_and(|section| self.look(&self.lines[self.out.nodes[section].line]).contacts)
    }

    /// Whether the next line is a sentence and no entry of a list.
    fn is_sentence_below(&self, at: usize) -> bool {
        self.ids.get(at + 1).map(|&id| &self.lines[id]).is_some_and(|next| {
            let text = next.text(self.source);
            next.marker.is_none() && next.words() >= 4 && ending(text) == Ending::Full && !starts_lower(text)
        })
    }

    /// A clause or paragraph whose last sentence is complete, or a contact or requisite that needs no full stop.
    pub(super) fn is_finished(&self, last: NodeIndex) -> bool {
        let text = self.text_of(last);
        let address = text.split_whitespace().next_back().is_some_and(|word| word.contains(['@', '/']));
        matches!(self.out.nodes[last].kind, NodeKind::Clause | NodeKind::Paragraph | NodeKind::Item)
            && (ending(&text) == Ending::Full || address)
    }
}

pub(super) fn is_bold(text: &str) -> bool {
    text.ends_with("**") && text.starts_with("**")
}
