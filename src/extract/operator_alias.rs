//! Aliases that stand behind an operator's name: «(далее – Оператор)», «(бұдан әрі – Компания)», «, именуемое далее …».

use super::hereinafter;
use super::operator::{OURS, Reader, TO_ALIAS, unit_bytes};
use crate::language::Kind;

impl Reader<'_> {
    /// Aliases in the bracket behind a name, and how much they tell.
    pub(super) fn aliases(&self, end: usize) -> (Vec<String>, i32) {
        // `Ltd. (`: the dot of a form ends no sentence
        let end = end + usize::from(self.unit.is_sign(end, '.') && self.unit.is_sign(end + 1, '('));
        let sentence = self.unit.sentence_of(end);
        let last = sentence.map_or(end, |sentence| sentence.end).min(end + TO_ALIAS);
        for at in end..last {
            if self.unit.is_sign(at, '(') {
                let Some(close) = self.closing(at) else { return (Vec::new(), 0) };
                let found = self.in_bracket(at, close, false);
                if found.1 > 0 {
                    return found;
                }
            } else if self.is_form(at) {
                if !(end..at).all(|before| self.is_form(before) || self.unit.is_sign(before, '.')) {
                    break; // another name
                }
            } else if self.unit.is_sign(at, ',') && self.cue(at, at + 2).is_some() {
                let ends = |&at: &usize| self.unit.is_sign(at, ',') || self.unit.is_sign(at, ';');
                let close = (at + 2..last).find(ends).unwrap_or(last).min(self.unit.tokens.len() - 1);
                return self.in_bracket(at, close, false);
            }
        }
        (Vec::new(), 0)
    }

    /// Aliases inside a bracket. `bare`: a word alone counts, without `далее`.
    pub(super) fn in_bracket(&self, open: usize, close: usize, bare: bool) -> (Vec<String>, i32) {
        let further = self.cue(open, close);
        let quoted = self.unit.is_sign(open + 1, '"');
        if further.is_none() && !quoted && !bare || close - open > 40 {
            return (Vec::new(), 0);
        }
        let from = further.unwrap_or(open + 1);
        let skipped = (from..close)
            .take_while(|&at| {
                matches!(
                    self.unit.word(at),
                    "именуемый"
                        | "именуемое"
                        | "именуемая"
                        | "и"
                        | "или"
                        | "-"
                        | ":"
                        | ","
                )
            })
            .count();
        let at = from + skipped;
        let mut aliases = Vec::new();
        let mut score = 0;
        let mut from = at;
        for place in at..=close {
            let ends = place == close
                || self.unit.is_sign(place, ',')
                || self.unit.is_sign(place, '/')
                || matches!(self.unit.word(place), "и" | "или" | "және" | "не");
            if !ends {
                continue;
            }
            let words: Vec<usize> =
                (from..place).filter(|&word| self.unit.tokens[word].kind == Kind::Word).collect();
            from = place + 1;
            let (Some(&first), Some(&last)) = (words.first(), words.last()) else { continue };
            let is = |id: &str| self.is_under(first, id);
            if is("not_alias") || words.len() > 4 || (!quoted && further.is_none() && !self.is_capital(first))
            {
                continue;
            }
            score = score.max(if is("ours") {
                OURS
            } else if further.is_some() {
                60
            } else {
                0
            });
            aliases.push(
                self.unit
                    .folded
                    .written(self.context.source.as_str(), &unit_bytes(&self.unit, &(first..last + 1))),
            );
        }
        (aliases, score)
    }

    pub(super) fn closing(&self, open: usize) -> Option<usize> {
        (open + 1..self.unit.tokens.len().min(open + 60)).find(|&at| self.unit.is_sign(at, ')'))
    }

    /// Token behind «далее по тексту –» between two tokens.
    fn cue(&self, open: usize, close: usize) -> Option<usize> {
        let start = self.unit.tokens.get(open)?.end as usize;
        let end =
            self.unit.tokens.get(close).map_or(self.unit.folded.as_str().len(), |token| token.start as usize);
        let behind = start + hereinafter::cue(self.unit.folded.as_str().get(start..end)?)?;
        Some(self.unit.tokens.partition_point(|token| (token.start as usize) < behind))
    }
}
