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

/// Whether a character is a letter; Cyrillic is told without the tables of all of Unicode.
pub fn is_letter(found: char) -> bool {
    match found {
        'a'..='z' | 'A'..='Z' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        '\0'..='\u{a9}' | '\u{2000}'..='\u{206f}' => false,
        _ => found.is_alphabetic(),
    }
}

/// Splits a folded text. A hyphen inside a word is a sign of its own: `ip-адрес` is found as `ip адрес`.
pub fn tokenise(folded: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(folded.len() / 8);
    let mut chars = folded.char_indices();
    let mut next = chars.next();
    while let Some((start, found)) = next {
        next = chars.next();
        let mut skip = |goes_on: fn(char) -> bool| {
            while next.is_some_and(|(_, found)| goes_on(found)) {
                next = chars.next();
            }
        };
        let kind = if is_letter(found) {
            skip(|found| is_letter(found) || found.is_numeric());
            Kind::Word
        } else if found.is_numeric() {
            skip(|found| found.is_numeric() && !is_letter(found));
            Kind::Number
        } else if found == ' ' {
            continue;
        } else {
            Kind::Sign(found)
        };
        let end = next.map_or(folded.len(), |(at, _)| at);
        tokens.push(Token { start: start as u32, end: end as u32, kind });
    }
    tokens
}
