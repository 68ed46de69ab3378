//! What belongs to the page and not to the policy.

use super::build::Builder;
use super::text::{Ending, ending, is_form_blank, starts_lower};
use crate::record::NodeKind;

impl Builder<'_> {
    pub(super) fn is_noise(&self, at: usize) -> bool {
        let line = &self.lines[self.ids[at]];
        let text = line.text(self.source);
        let heads_appendix = self.ids[at] == self.last_line + 1 && self.is_under_appendix();
        if at >= self.shape.footer || line.furniture || (self.is_furniture(line) && !heads_appendix) {
            return true;
        }
        let parts = |sign: &str| text.split(sign).count();
        if self.last.is_none()
            && ending(text) == Ending::Open
            && line.words() <= 12
            && (parts(" | ") >= 3 || (parts(" / ") >= 3 && self.is_path(text)) || self.is_switch(text))
        {
            return true; // a menu, a path, a choice of languages
        }
        if !line.marker.is_none() {
            return false;
        }
        // A bare number on a line is a page number.
        if !text.is_empty() && text.len() <= 4 && text.chars().all(|c| c.is_ascii_digit()) {
            return true;
        }
        if line.words() <= 4 && text.contains(['↑', '←']) {
            return true;
        }
        let Some(title) = self.shape.title else { return self.is_banner(text) };
        if at < title {
            let look = self.look(line);
            let sentence = line.words() >= 8 && ending(text) == Ending::Full;
            let approval = look.approval
                || (self.approved && self.ids[at] == self.last_line + 1)
                || (starts_lower(text)
                    && self.last.is_some_and(|last| self.out.nodes[last].kind == NodeKind::Paragraph));
            return !sentence
                && !approval
                && !look.dateline
                && !(look.title && !text.contains(['→', '›', '|']));
        }
        // A menu stands before the text; behind a sentence `Контакты` is a heading.
        let front = at < self.shape.first_section
            && at <= title + 6
            && !(title + 1..at).any(|before| self.is_sentence(before));
        let is_menu = || {
            let look = self.look(line);
            look.furniture && !look.title
        };
        (front && line.words() <= 3 && !text.contains(':') && is_menu()) || self.is_banner(text)
    }

    /// `Главная / Документы / Политика`
    fn is_path(&self, text: &str) -> bool {
        text.split(" / ").next().is_some_and(|first| self.layout.look(first).furniture)
    }

    /// `ҚАЗ | РУС`
    fn is_switch(&self, text: &str) -> bool {
        let mut parts = text.split(['|', '/']).map(str::trim);
        text.contains(['|', '/']) && parts.all(|part| self.layout.look(part).language)
    }

    /// A blank of a form: several on one line, or one whose meaning stands below it in brackets.
    pub(super) fn is_blank_to_fill(&self, at: usize) -> bool {
        let text = self.lines[self.ids[at]].text(self.source);
        let below = self.ids.get(at + 1).map(|&id| self.lines[id].text(self.source));
        is_form_blank(text)
            && (text.trim().contains(char::is_whitespace)
                || below.is_some_and(|below| below.starts_with('(')))
    }

    pub(super) fn is_sentence(&self, at: usize) -> bool {
        let line = &self.lines[self.ids[at]];
        line.words() >= 6 && ending(line.text(self.source)) == Ending::Full
    }

    /// A cookie banner: a sentence about cookies, then the words of its buttons.
    pub(super) fn is_banner(&self, text: &str) -> bool {
        let Some((sentence, buttons)) = text.rsplit_once(['.', '!']) else { return false };
        (1..=4).contains(&buttons.split_whitespace().count())
            && sentence.to_lowercase().contains("cook")
            && self.layout.look(buttons).furniture
    }
}
