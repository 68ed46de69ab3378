//! Fonts: from the bytes of a shown string to letters and their widths.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object};

use super::cmap::CMap;
use crate::source::encoding::Charset;

/// Largest ToUnicode map that is unpacked: 1 MiB.
const MAX_MAP: usize = 1 << 20;
/// Codes of a font whose widths are kept.
const MAX_WIDTHS: usize = 1 << 16;

/// A font as far as text needs it.
#[derive(Debug)]
pub(super) struct Font {
    /// Codes of two bytes.
    is_wide: bool,
    to_unicode: CMap,
    /// Letters of one-byte codes.
    letters: HashMap<u8, String>,
    widths: HashMap<u32, f32>,
    default_width: f32,
}

/// A code of a shown string.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    pub(super) text: String,
    /// Width in parts of the font size.
    pub(super) width: f32,
    /// The one-byte code 32, which word spacing applies to.
    pub(super) is_space: bool,
}

impl Font {
    /// Reads a font dictionary; what is missing is guessed.
    pub(super) fn read(document: &Document, font: &Dictionary) -> Self {
        let is_wide = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
        let map = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream);
        let map = map.and_then(|stream| stream.get_plain_content_with_limit(MAX_MAP));
        let to_unicode = map.map(|map| CMap::read(&map)).unwrap_or_default();
        let mut read = Self {
            is_wide,
            to_unicode,
            letters: HashMap::new(),
            widths: HashMap::new(),
            default_width: if is_wide { 1.0 } else { 0.5 },
        };
        if is_wide {
            read.read_wide_widths(document, font);
        } else {
            read.read_letters(document, font);
            read.read_widths(document, font);
        }
        read
    }

    /// A stand-in for a font that is not there: Latin letters, and Cyrillic ones of windows-1251.
    pub(super) fn missing() -> Self {
        let mut font = Self {
            is_wide: false,
            to_unicode: CMap::default(),
            letters: HashMap::new(),
            widths: HashMap::new(),
            default_width: 0.5,
        };
        font.plain_letters();
        font
    }

    /// The letters of a string, code by code.
    pub(super) fn show(&self, bytes: &[u8]) -> Vec<Shown> {
        if self.is_wide {
            return bytes
                .chunks(2)
                .map(|code| self.shown(code.iter().fold(0, |code, &byte| code << 8 | u32::from(byte)), false))
                .collect();
        }
        bytes.iter().map(|&byte| self.shown(u32::from(byte), byte == b' ')).collect()
    }

    fn shown(&self, code: u32, is_space: bool) -> Shown {
        let known = self.to_unicode.get(code);
        let letter = || u8::try_from(code).ok().and_then(|code| self.letters.get(&code)).map(String::as_str);
        let text = known.or_else(letter).unwrap_or(if is_space { " " } else { "\u{FFFD}" }).to_owned();
        let width = self.widths.get(&code).copied().unwrap_or(self.default_width);
        Shown { text, width, is_space }
    }

    /// Programs of the nineties put Cyrillic letters where the font says Latin ones: as windows-1251 has them.
    fn plain_letters(&mut self) {
        self.letters.extend((0x20..0x7F).map(|byte| (byte, char::from(byte).to_string())));
        self.upper_letters(encoding_rs::WINDOWS_1251);
    }

    fn upper_letters(&mut self, encoding: &'static encoding_rs::Encoding) {
        let letters = Charset::Web(encoding).upper_half();
        self.letters.extend((0x80..=0xFF).zip(letters.map(String::from)));
    }

    fn read_letters(&mut self, document: &Document, font: &Dictionary) {
        self.plain_letters();
        let Ok(encoding) = font.get_deref(b"Encoding", document) else { return };
        let name = match encoding {
            Object::Name(name) => Some(name.as_slice()),
            Object::Dictionary(encoding) => encoding.get(b"BaseEncoding").and_then(Object::as_name).ok(),
            _ => None,
        };
        if name == Some(b"MacRomanEncoding") {
            self.upper_letters(encoding_rs::X_MAC_CYRILLIC);
        }
        let differences =
            encoding.as_dict().and_then(|encoding| encoding.get_deref(b"Differences", document));
        let Ok(differences) = differences.and_then(Object::as_array) else { return };
        let mut code: i64 = 0;
        for item in differences.iter().take(1024) {
            match item {
                Object::Integer(number) => code = *number,
                Object::Name(name) => {
                    if let Ok(code) = u8::try_from(code) {
                        match letter_named(document, name) {
                            Some(letter) => self.letters.insert(code, letter),
                            None => self.letters.remove(&code),
                        };
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
    }

    fn read_widths(&mut self, document: &Document, font: &Dictionary) {
        // Widths of Type 3 fonts are in a space of their own.
        let scale = match font.get_deref(b"FontMatrix", document).and_then(Object::as_array) {
            Ok(matrix) => matrix.first().and_then(|value| value.as_float().ok()).unwrap_or(0.001),
            Err(_) => 0.001,
        };
        let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
        if let Ok(widths) = font.get_deref(b"Widths", document).and_then(Object::as_array) {
            for (code, width) in (first..).zip(widths.iter().take(256)) {
                if let (Ok(code), Some(width)) = (u32::try_from(code), float(document, width)) {
                    self.widths.insert(code, width * scale);
                }
            }
        }
        let descriptor = font.get_deref(b"FontDescriptor", document).and_then(Object::as_dict);
        let missing = descriptor.and_then(|descriptor| descriptor.get_deref(b"MissingWidth", document)).ok();
        if let Some(width) = missing.and_then(|width| float(document, width)).filter(|width| *width > 0.0) {
            self.default_width = width * scale;
        }
    }

    fn read_wide_widths(&mut self, document: &Document, font: &Dictionary) {
        let descendants = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array);
        let Ok(Some(descendant)) = descendants.map(|fonts| fonts.first()) else { return };
        let Ok((_, Object::Dictionary(descendant))) = document.dereference(descendant) else { return };
        if let Some(width) =
            descendant.get_deref(b"DW", document).ok().and_then(|width| float(document, width))
        {
            self.default_width = width / 1000.0;
        }
        let Ok(widths) = descendant.get_deref(b"W", document).and_then(Object::as_array) else { return };
        let mut at = 0;
        while let Some(first) = widths.get(at).and_then(|first| float(document, first)) {
            let first = first as u32;
            match widths
                .get(at + 1)
                .map(|second| document.dereference(second).map_or(second, |(_, object)| object))
            {
                Some(Object::Array(list)) => {
                    for (code, width) in (first..).zip(list) {
                        self.set_width(code, float(document, width));
                    }
                    at += 2;
                }
                Some(last) => {
                    let last = float(document, last).unwrap_or(0.0) as u32;
                    let width = widths.get(at + 2).and_then(|width| float(document, width));
                    for code in first..=last.min(first.saturating_add(MAX_WIDTHS as u32)) {
                        if !self.set_width(code, width) {
                            break;
                        }
                    }
                    at += 3;
                }
                None => return,
            }
        }
    }

    fn set_width(&mut self, code: u32, width: Option<f32>) -> bool {
        if let Some(width) = width.filter(|_| self.widths.len() < MAX_WIDTHS) {
            self.widths.insert(code, width / 1000.0);
            return true;
        }
        false
    }
}

/// A number, wherever it stands.
pub(super) fn float(document: &Document, object: &Object) -> Option<f32> {
    let (_, object) = document.dereference(object).ok()?;
    object.as_float().ok().filter(|number| number.is_finite())
}

/// The letter of a glyph name: `uni049B`, `u049B`, `afii10017`, or one of Adobe's list.
fn letter_named(document: &Document, name: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(name).ok()?;
    let base = text.split('.').next().filter(|base| !base.is_empty())?;
    let code = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).map(String::from);
    if let Some(letter) = base.strip_prefix("uni").filter(|digits| digits.len() == 4).and_then(code) {
        return Some(letter);
    }
    if let Some(letter) =
        base.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len())).and_then(code)
    {
        return Some(letter);
    }
    // The list of names stands in the PDF library, behind the encoding of a font.
    let encoding = lopdf::dictionary! { "Differences" => vec![Object::Integer(65), Object::Name(base.as_bytes().to_vec())] };
    let font = lopdf::dictionary! { "Type" => "Font", "Encoding" => encoding };
    let encoding = font.get_font_encoding(document).ok()?;
    match encoding {
        lopdf::Encoding::Differences(_) => {
            encoding.bytes_to_string(b"A").ok().filter(|letter| !letter.is_empty())
        }
        _ => None,
    }
}
