//! Bytes to text: byte order marks, UTF-8, UTF-16 and the one-byte encodings of Russian and Kazakh.

mod charset;
mod guess;

use std::ops::Range;

pub(super) use charset::Charset;

use super::{Oddity, ReadError};
use crate::record::{Code, EncodingSource};

/// Most places of invalid bytes that are reported one by one; the last report counts the rest.
pub(super) const MAX_REPORTED_PLACES: usize = 16;
/// Bytes at the start of a document that are looked through for a declared encoding.
pub(super) const DECLARATION_WINDOW: usize = 4096;
/// Bytes at the start by which text is told from binary content.
const BINARY_SAMPLE: usize = 64 << 10;
/// Confidence under which a guessed encoding is reported as uncertain.
pub(super) const UNCERTAIN_BELOW: f64 = 0.75;

/// What is known about the encoding before the bytes are looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hints<'a> {
    /// Label that the caller insists on.
    pub(super) given: Option<&'a str>,
    /// Label that the carrier names (an HTTP header).
    pub(super) carrier: Option<&'a str>,
}

/// Decoded bytes.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: &'static str,
    pub(super) source: EncodingSource,
    pub(super) confidence: f64,
    pub(super) oddities: Vec<Oddity>,
}

/// Decodes bytes, choosing the encoding by order of trust: the caller, a byte order mark, the bytes themselves,
/// a declaration that they do not contradict, the likeliest letters.
///
/// # Errors
/// When the caller's label is not known.
pub(super) fn decode(bytes: &[u8], hints: Hints<'_>) -> Result<Decoded, ReadError> {
    if let Some(label) = hints.given {
        let charset =
            Charset::for_label(label).ok_or_else(|| ReadError::UnknownEncoding(label.to_owned()))?;
        let bytes = bytes.strip_prefix(charset.mark()).unwrap_or(bytes);
        return Ok(decode_as(bytes, charset, EncodingSource::Given, 1.0));
    }
    if let Some(charset) = Charset::for_mark(bytes) {
        return Ok(decode_as(&bytes[charset.mark().len()..], charset, EncodingSource::Bom, 1.0));
    }
    let declared =
        hints.carrier.and_then(Charset::for_label).or_else(|| declaration(bytes)).map(Charset::as_served);
    if let Ok(text) = std::str::from_utf8(bytes) {
        // A page that says windows-1251 and is valid UTF-8 was converted by somebody who forgot the declaration.
        let source =
            if declared == Some(Charset::UTF_8) { EncodingSource::Declared } else { EncodingSource::Valid };
        // UTF-16 that holds only Latin letters, digits and a few others is valid UTF-8 full of NULs.
        if let Some(charset) = guess::utf16(bytes) {
            return Ok(decode_as(bytes, charset, EncodingSource::Guessed, 0.9));
        }
        return Ok(finish(text.to_owned(), Vec::new(), Charset::UTF_8, source, 1.0));
    }
    if let Some(charset) = guess::utf16(bytes) {
        return Ok(decode_as(bytes, charset, EncodingSource::Guessed, 0.9));
    }
    if guess::mostly_utf8(bytes) {
        let source =
            if declared == Some(Charset::UTF_8) { EncodingSource::Declared } else { EncodingSource::Valid };
        return Ok(decode_as(bytes, Charset::UTF_8, source, 0.9));
    }
    let guess = guess::one_byte(bytes);
    match declared {
        // KZ-1048 differs from windows-1251 in sixteen letters and has no label that browsers know, so Kazakh pages
        // in it say windows-1251: there the letters decide.
        Some(charset)
            if charset.is_one_byte() && !(charset.is_1251() && guess.charset == Charset::Kz1048) =>
        {
            if !guess::contradicts(&guess, bytes, charset) {
                return Ok(decode_as(bytes, charset, EncodingSource::Declared, 0.95));
            }
            let mut decoded = decode_as(bytes, guess.charset, EncodingSource::Guessed, guess.confidence);
            let message = format!(
                "the document says {}, but its letters are those of {}; name the right encoding with --encoding",
                charset.name(),
                guess.charset.name()
            );
            decoded.oddities.push(Oddity { code: Code::EncodingUncertain, message, range: None });
            Ok(decoded)
        }
        _ => {
            let mut decoded = decode_as(bytes, guess.charset, EncodingSource::Guessed, guess.confidence);
            if guess.confidence < UNCERTAIN_BELOW {
                decoded.oddities.push(Oddity {
                    code: Code::EncodingUncertain,
                    message: format!(
                        "read as {}, which is only the likeliest encoding ({:.0} %); name the right one with --encoding",
                        guess.charset.name(),
                        guess.confidence * 100.0
                    ),
                    range: None,
                });
            }
            Ok(decoded)
        }
    }
}

fn decode_as(bytes: &[u8], charset: Charset, source: EncodingSource, confidence: f64) -> Decoded {
    let mut invalid = Vec::new();
    let text = charset.decode(bytes, &mut invalid);
    finish(text, invalid, charset, source, confidence)
}

fn finish(
    text: String,
    invalid: Vec<Range<usize>>,
    charset: Charset,
    source: EncodingSource,
    confidence: f64,
) -> Decoded {
    let mut oddities = Vec::new();
    let places = invalid.len();
    for (at, range) in invalid.into_iter().take(MAX_REPORTED_PLACES).enumerate() {
        let more = if at + 1 == MAX_REPORTED_PLACES { places.saturating_sub(MAX_REPORTED_PLACES) } else { 0 };
        let more = if more > 0 { format!(" (and at {more} more places)") } else { String::new() };
        oddities.push(Oddity {
            code: Code::InvalidBytes,
            message: format!("bytes that are no {} became U+FFFD{more}", charset.name()),
            range: Some(range),
        });
    }
    oddities.extend(controls(&text));
    Decoded { text, encoding: charset.name(), source, confidence, oddities }
}

/// Whether a text is none: more than a tenth of it is control characters.
pub(super) fn is_binary(text: &str) -> bool {
    let sample = &text.as_bytes()[..text.len().min(BINARY_SAMPLE)];
    sample.iter().filter(|byte| is_control(byte)).count() * 10 > sample.len()
}

fn is_control(byte: &u8) -> bool {
    matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127)
}

/// Control characters that no text holds: a sign of binary content.
fn controls(text: &str) -> Option<Oddity> {
    let first = text.as_bytes().iter().position(is_control)?;
    let count = text.as_bytes()[first..].iter().filter(|&byte| is_control(byte)).count();
    Some(Oddity {
        code: Code::BinaryContent,
        message: format!("{count} control characters, the first of them U+{:04X}", text.as_bytes()[first]),
        range: Some(first..first + 1),
    })
}

/// The encoding that an HTML or XML document names for itself.
fn declaration(bytes: &[u8]) -> Option<Charset> {
    let window = &bytes[..bytes.len().min(DECLARATION_WINDOW)];
    if window.iter().find(|byte| !byte.is_ascii_whitespace()).is_none_or(|&byte| byte != b'<') {
        return None;
    }
    let window = window.to_ascii_lowercase();
    if window.starts_with(b"<?xml") {
        let end = memchr::memchr(b'>', &window)?;
        if let Some(label) = value_after(&window[..end], b"encoding") {
            return Charset::for_label(label);
        }
    }
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(&window[from..], b"<meta") {
        let start = from + at;
        let end = memchr::memchr(b'>', &window[start..]).map_or(window.len(), |end| start + end);
        if let Some(charset) = value_after(&window[start..end], b"charset").and_then(Charset::for_label) {
            return Some(charset);
        }
        from = end;
    }
    None
}

/// The value in `name = "value"`, quotes and blanks left out.
fn value_after<'a>(bytes: &'a [u8], name: &[u8]) -> Option<&'a str> {
    let at = memchr::memmem::find(bytes, name)? + name.len();
    let rest = bytes[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest
        .iter()
        .position(|&byte| matches!(byte, b'"' | b'\'' | b';' | b'/') || byte.is_ascii_whitespace())
        .unwrap_or(rest.len());
    std::str::from_utf8(&rest[..end]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str =
        "Политика конфиденциальности. 1.1. Оператор обязан уничтожить данные — «немедленно».";
    const KAZAKH: &str =
        "Құпиялылық саясаты. 1.1. Әкімші өңдейтін дербес деректер үшінші тұлғаларға берілмейді.";

    fn read(bytes: &[u8]) -> Decoded {
        decode(bytes, Hints::default()).expect("no label was given")
    }

    fn kz1048(text: &str) -> Vec<u8> {
        text.chars()
            .map(|letter| {
                if letter.is_ascii() {
                    letter as u8
                } else {
                    Charset::Kz1048.byte(letter).expect("in KZ-1048")
                }
            })
            .collect()
    }

    #[test]
    fn one_byte_encodings_of_russian_are_told_apart() {
        for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::KOI8_R, encoding_rs::IBM866] {
            let text = RUSSIAN.replace(['—', '«', '»'], "-");
            for text in [text.clone(), text.to_uppercase(), "Политика".to_owned()] {
                let decoded = read(&encoding.encode(&text).0);
                assert_eq!(decoded.text, text, "{}", encoding.name());
                assert_eq!(decoded.encoding, encoding.name());
                assert_eq!(decoded.source, EncodingSource::Guessed);
            }
        }
    }

    #[test]
    fn kazakh_letters_make_it_kz_1048_whatever_the_page_says() {
        let decoded = read(&kz1048(KAZAKH));
        assert_eq!((decoded.text.as_str(), decoded.encoding), (KAZAKH, "KZ-1048"));
        assert!(decoded.oddities.is_empty(), "{:?}", decoded.oddities);
        let page = format!("<html><meta charset=windows-1251><p>{KAZAKH}");
        assert_eq!(read(&kz1048(&page)).text, page);
        let page = format!("<html><meta charset=windows-1251><p>{RUSSIAN}");
        let decoded = read(&encoding_rs::WINDOWS_1251.encode(&page).0);
        assert_eq!(
            (decoded.text, decoded.encoding, decoded.source),
            (page, "windows-1251", EncodingSource::Declared)
        );
    }

    #[test]
    fn a_declaration_that_the_letters_contradict_is_not_believed() {
        let page = format!("<html><meta charset=koi8-r><p>{RUSSIAN}").replace(['—', '«', '»'], "-");
        let decoded = read(&encoding_rs::WINDOWS_1251.encode(&page).0);
        assert_eq!((decoded.text, decoded.encoding), (page, "windows-1251"));
        assert_eq!(decoded.oddities[0].code, Code::EncodingUncertain);
    }

    #[test]
    fn a_label_overrides_the_content_and_an_unknown_one_is_refused() {
        let bytes = kz1048(KAZAKH);
        let given = |label| decode(&bytes, Hints { given: Some(label), carrier: None });
        assert_eq!(given("KZ-1048").expect("known").text, KAZAKH);
        assert_eq!(given("windows-1251").expect("known").encoding, "windows-1251");
        assert!(matches!(given("ebcdic"), Err(ReadError::UnknownEncoding(label)) if label == "ebcdic"));
    }

    #[test]
    fn utf_16_is_read_with_and_without_a_mark() {
        let units = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        for text in [RUSSIAN, KAZAKH, "1. Privacy policy of the site"] {
            let plain = units(text);
            assert_eq!(read(&plain).text, text);
            let marked = [b"\xFF\xFE".as_slice(), &plain].concat();
            let decoded = read(&marked);
            assert_eq!((decoded.text.as_str(), decoded.source), (text, EncodingSource::Bom));
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(read(&big).text, text);
        }
    }

    #[test]
    fn the_mark_is_dropped_and_nothing_else() {
        let decoded = read("\u{FEFF}\u{FEFF}a\r\n\u{A0}b\t".as_bytes());
        assert_eq!(decoded.text, "\u{FEFF}a\r\n\u{A0}b\t");
        assert_eq!(decoded.source, EncodingSource::Bom);
    }

    #[test]
    fn a_broken_byte_in_utf_8_is_replaced_and_reported_with_its_place() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes.insert(2, 0xFF);
        let decoded = read(&bytes);
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.text.starts_with("П\u{FFFD}олитика"));
        assert_eq!(decoded.oddities[0].code, Code::InvalidBytes);
        assert_eq!(decoded.oddities[0].range, Some(2..5));
    }

    #[test]
    fn control_characters_are_reported_and_many_of_them_are_no_text() {
        let decoded = read("Политика\0 конфиденциальности".as_bytes());
        assert_eq!(decoded.oddities[0].code, Code::BinaryContent);
        assert!(!is_binary(&decoded.text) && is_binary("\0\u{1}\u{2}abc"));
    }

    #[test]
    fn many_broken_places_are_counted() {
        let bytes = "слово \u{1}".repeat(40).into_bytes();
        let bytes: Vec<u8> = bytes.into_iter().map(|byte| if byte == 1 { 0xFF } else { byte }).collect();
        let decoded = read(&bytes);
        assert_eq!(decoded.oddities.len(), MAX_REPORTED_PLACES);
        assert!(decoded.oddities[MAX_REPORTED_PLACES - 1].message.contains("24 more"));
    }

    #[test]
    fn a_few_letters_are_an_uncertain_guess() {
        let decoded = read(b"\xE0\xE1");
        assert_eq!(decoded.oddities[0].code, Code::EncodingUncertain);
    }
}
