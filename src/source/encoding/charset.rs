//! The encodings that can be read, by name.

use std::ops::Range;

use encoding_rs::Encoding;

/// An encoding: one of the web's, or KZ-1048, which the web's list lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::source) enum Charset {
    /// An encoding of the WHATWG list.
    Web(&'static Encoding),
    /// Windows-1251 with sixteen Kazakh letters (СТ РК 1048-2002).
    Kz1048,
}

/// Where KZ-1048 differs from windows-1251, in the order of the bytes.
const KZ_1048: [(u8, char); 16] = [
    (0x8D, 'Қ'),
    (0x8E, 'Һ'),
    (0x9D, 'қ'),
    (0x9E, 'һ'),
    (0xA1, 'Ұ'),
    (0xA2, 'ұ'),
    (0xA3, 'Ә'),
    (0xA5, 'Ө'),
    (0xAA, 'Ғ'),
    (0xAF, 'Ү'),
    (0xB4, 'ө'),
    (0xBA, 'ғ'),
    (0xBC, 'ә'),
    (0xBD, 'Ң'),
    (0xBE, 'ң'),
    (0xBF, 'ү'),
];

/// Labels under which KZ-1048 is known (IANA), in lower case.
const KZ_1048_LABELS: [&str; 6] = ["kz-1048", "kz1048", "kz_1048", "strk1048-2002", "rk1048", "cskz1048"];

impl Charset {
    pub(in crate::source) const UTF_8: Self = Self::Web(encoding_rs::UTF_8);

    /// The encoding that a label names.
    pub(in crate::source) fn for_label(label: &str) -> Option<Self> {
        let label = label.trim();
        if KZ_1048_LABELS.iter().any(|known| label.eq_ignore_ascii_case(known)) {
            return Some(Self::Kz1048);
        }
        let alias = match label.to_ascii_lowercase().as_str() {
            "cp1251" | "win-1251" | "windows1251" => "windows-1251",
            "cp866" | "dos" => "ibm866",
            "utf8" => "utf-8",
            "utf16" => "utf-16le",
            _ => label,
        };
        let encoding = Encoding::for_label(alias.as_bytes())?;
        // `replacement` stands for encodings that browsers refuse to decode: no text would be left.
        (encoding != encoding_rs::REPLACEMENT).then_some(Self::Web(encoding))
    }

    /// The encoding whose byte order mark stands at the start.
    pub(super) fn for_mark(bytes: &[u8]) -> Option<Self> {
        Encoding::for_bom(bytes).map(|(encoding, _)| Self::Web(encoding))
    }

    /// The byte order mark; empty where there is none.
    pub(super) fn mark(self) -> &'static [u8] {
        match self {
            Self::Web(encoding) if encoding == encoding_rs::UTF_8 => b"\xEF\xBB\xBF",
            Self::Web(encoding) if encoding == encoding_rs::UTF_16LE => b"\xFF\xFE",
            Self::Web(encoding) if encoding == encoding_rs::UTF_16BE => b"\xFE\xFF",
            _ => b"",
        }
    }

    /// The encoding that a document can have which could be read as far as this declaration: never UTF-16.
    pub(super) fn as_served(self) -> Self {
        match self {
            Self::Web(encoding) if !encoding.is_ascii_compatible() => Self::UTF_8,
            other => other,
        }
    }

    /// WHATWG name, or `KZ-1048`.
    pub(in crate::source) fn name(self) -> &'static str {
        match self {
            Self::Web(encoding) => encoding.name(),
            Self::Kz1048 => "KZ-1048",
        }
    }

    pub(super) fn is_one_byte(self) -> bool {
        match self {
            Self::Web(encoding) => encoding.is_single_byte(),
            Self::Kz1048 => true,
        }
    }

    pub(super) fn is_1251(self) -> bool {
        self == Self::Web(encoding_rs::WINDOWS_1251)
    }

    /// The characters of the bytes 0x80–0xFF; meant for encodings of one byte a character.
    pub(in crate::source) fn upper_half(self) -> [char; 128] {
        let encoding = match self {
            Self::Web(encoding) => encoding,
            Self::Kz1048 => encoding_rs::WINDOWS_1251,
        };
        let bytes: Vec<u8> = (0x80..=0xFF).collect();
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        let mut table = ['\u{FFFD}'; 128];
        for (slot, letter) in table.iter_mut().zip(text.chars()) {
            *slot = letter;
        }
        if self == Self::Kz1048 {
            table[0x98 - 0x80] = '\u{FFFD}';
            for (byte, letter) in KZ_1048 {
                table[usize::from(byte - 0x80)] = letter;
            }
        }
        table
    }

    /// The byte that stands for a letter beyond ASCII.
    #[cfg(test)]
    pub(super) fn byte(self, letter: char) -> Option<u8> {
        let at = self.upper_half().iter().position(|&known| known == letter)?;
        u8::try_from(at + 0x80).ok()
    }

    /// Decodes; the places where bytes were replaced by U+FFFD are added to `invalid`, in bytes of the text.
    pub(super) fn decode(self, bytes: &[u8], invalid: &mut Vec<Range<usize>>) -> String {
        match self {
            Self::Web(encoding) if encoding == encoding_rs::UTF_8 => decode_utf8(bytes, invalid),
            Self::Kz1048 => {
                let table = self.upper_half();
                let mut text = String::with_capacity(bytes.len() * 2);
                for &byte in bytes {
                    let letter = if byte < 0x80 { char::from(byte) } else { table[usize::from(byte - 0x80)] };
                    text.push(letter);
                }
                find_replacements(&text, invalid);
                text
            }
            Self::Web(encoding) => {
                let (text, replaced) = encoding.decode_without_bom_handling(bytes);
                let text = text.into_owned();
                if replaced {
                    find_replacements(&text, invalid);
                }
                text
            }
        }
    }
}

fn decode_utf8(bytes: &[u8], invalid: &mut Vec<Range<usize>>) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            let start = text.len();
            text.push('\u{FFFD}');
            extend_or_push(invalid, start..text.len());
        }
    }
    text
}

fn find_replacements(text: &str, invalid: &mut Vec<Range<usize>>) {
    for at in memchr::memmem::find_iter(text.as_bytes(), "\u{FFFD}") {
        extend_or_push(invalid, at..at + '\u{FFFD}'.len_utf8());
    }
}

fn extend_or_push(ranges: &mut Vec<Range<usize>>, range: Range<usize>) {
    match ranges.last_mut() {
        Some(last) if last.end == range.start => last.end = range.end,
        _ => ranges.push(range),
    }
}
