//! Words, numbers and signs of a folded text.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, maybe with digits behind the first.
    Word,
    /// Digits.
    Number,
    /// Any other single character but a space.
    Sign(char),
}

/// A word, number or sign; `start` and `end` are bytes of the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// Byte behind the last.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
}

impl Token {
    /// Bytes of the folded text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The token's words.
    pub fn of(self, folded: &str) -> &str {
        &folded[self.range()]
    }
}

/// Splits a folded text. A hyphen inside a word is a sign of its own: `ip-адрес` is found as `ip адрес`.
pub fn tokenise(folded: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(folded.len() / 8);
    let mut open: Option<(usize, Kind)> = None;
    for (at, found) in folded.char_indices() {
        let kind = if found.is_alphabetic() {
            Some(Kind::Word)
        } else if found.is_numeric() {
            Some(Kind::Number)
        } else {
            None
        };
        match (open, kind) {
            (Some((_, Kind::Word)), Some(_)) | (Some((_, Kind::Number)), Some(Kind::Number)) => continue,
            _ => {}
        }
        if let Some((start, kind)) = open.take() {
            tokens.push(Token { start: start as u32, end: at as u32, kind });
        }
        match kind {
            Some(kind) => open = Some((at, kind)),
            None if found == ' ' => {}
            None => tokens.push(Token {
                start: at as u32,
                end: (at + found.len_utf8()) as u32,
                kind: Kind::Sign(found),
            }),
        }
    }
    if let Some((start, kind)) = open {
        tokens.push(Token { start: start as u32, end: folded.len() as u32, kind });
    }
    tokens
}
