//! ToUnicode maps: what the codes of a font mean.

use std::collections::HashMap;

/// Codes of one map that are kept; a font has 65,536 at most.
const MAX_CODES: usize = 1 << 16;
/// Letters that one code may stand for (ligatures).
const MAX_LETTERS: usize = 8;

/// From codes to text.
#[derive(Debug, Default)]
pub(super) struct CMap {
    map: HashMap<u32, String>,
    /// Bytes of a code, as the code space says; 0 if it says nothing.
    pub(super) width: usize,
}

#[derive(Debug, PartialEq, Eq)]
enum Token<'a> {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(&'a [u8]),
}

impl CMap {
    /// Reads a map; what is broken in it is left out.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut operands: Vec<Token<'_>> = Vec::new();
        for token in (Tokens { bytes }) {
            match token {
                Token::Word(b"endcodespacerange") => map.code_space(&operands),
                Token::Word(b"endbfchar") => map.chars(&operands),
                Token::Word(b"endbfrange") => map.ranges(&operands),
                Token::Word(word) if word.starts_with(b"begin") => operands.clear(),
                Token::Word(_) => {}
                token if operands.len() < 4 * MAX_CODES => operands.push(token),
                _ => {}
            }
        }
        map
    }

    /// The text that a code stands for.
    pub(super) fn get(&self, code: u32) -> Option<&str> {
        self.map.get(&code).map(String::as_str)
    }

    fn code_space(&mut self, operands: &[Token<'_>]) {
        for operand in operands {
            if let Token::Hex(bytes) = operand {
                self.width = self.width.max(bytes.len().min(4));
            }
        }
    }

    fn chars(&mut self, operands: &[Token<'_>]) {
        for pair in operands.chunks_exact(2) {
            if let [Token::Hex(code), Token::Hex(text)] = pair {
                self.insert(number(code), utf16(text));
            }
        }
    }

    fn ranges(&mut self, operands: &[Token<'_>]) {
        let mut rest = operands;
        while let [Token::Hex(first), Token::Hex(last), target, behind @ ..] = rest {
            let (first, last) = (number(first), number(last));
            let last = last.min(first.saturating_add(MAX_CODES as u32));
            rest = behind;
            match target {
                Token::Hex(text) => {
                    for code in first..=last {
                        if self.map.len() >= MAX_CODES {
                            return;
                        }
                        self.insert(code, shifted(text, code - first));
                    }
                }
                Token::Open => {
                    let end = rest.iter().position(|token| *token == Token::Close).unwrap_or(rest.len());
                    for (code, token) in (first..=last).zip(&rest[..end]) {
                        if let Token::Hex(text) = token {
                            self.insert(code, utf16(text));
                        }
                    }
                    rest = rest.get(end + 1..).unwrap_or_default();
                }
                _ => return,
            }
        }
    }

    fn insert(&mut self, code: u32, text: String) {
        if self.map.len() < MAX_CODES && !text.is_empty() {
            self.map.insert(code, text);
        }
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |number, &byte| number << 8 | u32::from(byte))
}

fn utf16(bytes: &[u8]) -> String {
    // One byte is no UTF-16, but some programs write Latin letters so.
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units = bytes.as_chunks::<2>().0.iter().map(|&pair| u16::from_be_bytes(pair));
    char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{FFFD}')).take(MAX_LETTERS).collect()
}

/// The text of the code so many places behind the first of a range: its last unit counts on.
fn shifted(text: &[u8], by: u32) -> String {
    let mut bytes = text.to_vec();
    let len = bytes.len();
    if len >= 2 {
        let unit = u16::from_be_bytes([bytes[len - 2], bytes[len - 1]]).wrapping_add(by as u16);
        bytes[len - 2..].copy_from_slice(&unit.to_be_bytes());
    } else if let Some(last) = bytes.last_mut() {
        *last = last.wrapping_add(by as u8);
    }
    utf16(&bytes)
}

struct Tokens<'a> {
    bytes: &'a [u8],
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (&first, behind) = self.bytes.split_first()?;
            match first {
                b'%' => {
                    let end =
                        behind.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(behind.len());
                    self.bytes = &behind[end..];
                }
                b'<' if behind.first() != Some(&b'<') => {
                    let end = behind.iter().position(|&byte| byte == b'>').unwrap_or(behind.len());
                    self.bytes = behind.get(end + 1..).unwrap_or_default();
                    return Some(Token::Hex(hex(&behind[..end])));
                }
                b'[' => {
                    self.bytes = behind;
                    return Some(Token::Open);
                }
                b']' => {
                    self.bytes = behind;
                    return Some(Token::Close);
                }
                _ if first.is_ascii_alphanumeric() || first == b'/' => {
                    let is_end = |byte: &u8| {
                        byte.is_ascii_whitespace() || matches!(byte, b'<' | b'>' | b'[' | b']' | b'(' | b'/')
                    };
                    let end = behind.iter().position(is_end).unwrap_or(behind.len());
                    let word = &self.bytes[..=end];
                    self.bytes = &behind[end..];
                    return Some(Token::Word(word));
                }
                _ => self.bytes = behind,
            }
        }
    }
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let mut nibbles: Vec<u8> =
        digits.iter().filter_map(|&digit| char::from(digit).to_digit(16)).map(|digit| digit as u8).collect();
    if !nibbles.len().is_multiple_of(2) {
        nibbles.push(0);
    }
    nibbles.as_chunks::<2>().0.iter().map(|[high, low]| high << 4 | low).collect()
}

#[cfg(test)]
mod tests {
    use super::CMap;

    #[test]
    fn chars_ranges_and_arrays_are_read() {
        let map = CMap::read(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0003> <0020> <0004> <00660069> endbfchar \
            2 beginbfrange <0010> <0012> <0410> <0020> <0021> [<049B> <04A3>] endbfrange",
        );
        assert_eq!(map.width, 2);
        let text: Vec<_> =
            [3, 4, 0x10, 0x12, 0x20, 0x21, 0x30].iter().map(|&code| map.get(code).unwrap_or("?")).collect();
        assert_eq!(text, [" ", "fi", "А", "В", "қ", "ң", "?"]);
    }

    #[test]
    fn broken_maps_end_quietly() {
        assert_eq!(CMap::read(b"beginbfrange <00> <FFFFFFFF> endbfrange <").get(0), None);
        assert_eq!(CMap::read(b"beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange").get(1), Some("B"));
    }
}
