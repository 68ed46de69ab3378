//! One policy in every format and encoding reads as the same lines; `tests/formats/make.py` wrote the files.

mod limits;
mod pages;
mod real;
mod records;
mod spans;
mod strange;

use std::path::Path;

use sayasat::record::{Code, EncodingSource, Format};
use sayasat::source::{ReadError, ReadOptions, SourceText, read};

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn source(name: &str) -> SourceText {
    read(&fixture(name), &ReadOptions::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Lines that are no page furniture.
fn lines(source: &SourceText) -> Vec<&str> {
    (0..source.line_count())
        .map(|line| source.line(line))
        .filter(|line| !line.is_empty() && !source.is_furniture(line.start))
        .map(|line| source.as_str()[line].trim_end_matches('\r'))
        .collect()
}

/// All words, wherever lines end: what a format with wrapped lines keeps.
fn words(source: &SourceText) -> Vec<String> {
    lines(source).iter().flat_map(|line| line.split_whitespace()).map(str::to_owned).collect()
}

#[test]
fn every_format_reads_as_the_same_lines() {
    for (language, names) in [
        ("ru", ["ru.html", "ru.docx", "ru.odt", "ru.rtf"]),
        ("kk", ["kk.html", "kk.docx", "kk.odt", "kk.rtf"]),
    ] {
        let expected = source(&format!("{language}.txt"));
        for name in names {
            let source = source(name);
            assert_eq!(lines(&source), lines(&expected), "{name}");
            assert_eq!(name.ends_with(source.format.id()), source.format != Format::Text, "{name}");
        }
    }
}

#[test]
fn every_encoding_reads_as_the_same_text() {
    for (name, encoding, how) in [
        ("ru.utf-8-bom.txt", "UTF-8", EncodingSource::Bom),
        ("ru.utf-16le-bom.txt", "UTF-16LE", EncodingSource::Bom),
        ("ru.utf-16be.txt", "UTF-16BE", EncodingSource::Guessed),
        ("ru.cp1251.txt", "windows-1251", EncodingSource::Guessed),
        ("ru.koi8-r.txt", "KOI8-R", EncodingSource::Guessed),
        ("ru.cp866.txt", "IBM866", EncodingSource::Guessed),
        ("kk.utf-8-bom.txt", "UTF-8", EncodingSource::Bom),
        ("kk.utf-16be.txt", "UTF-16BE", EncodingSource::Guessed),
        ("kk.kz1048.txt", "KZ-1048", EncodingSource::Guessed),
    ] {
        let mut expected = source(&format!("{}.txt", &name[..2])).as_str().to_owned();
        if matches!(encoding, "KOI8-R" | "IBM866") {
            expected = expected.replace('•', "-");
        }
        let source = source(name);
        assert_eq!(source.as_str(), expected, "{name}");
        assert_eq!((source.encoding.as_str(), source.encoding_source), (encoding, how), "{name}");
        assert!(
            source.oddities.is_empty() && source.encoding_confidence > 0.85,
            "{name}: {:?}",
            source.oddities
        );
    }
}

#[test]
fn the_caller_may_name_encoding_and_format() {
    let options = ReadOptions { encoding: Some("koi8-r".to_owned()), ..ReadOptions::default() };
    let read_as = read(&fixture("ru.koi8-r.txt"), &options).expect("a known label");
    assert_eq!(read_as.encoding_source, EncodingSource::Given);
    let options = ReadOptions { carrier_encoding: Some("windows-1251".to_owned()), ..ReadOptions::default() };
    let read_as = read(&fixture("ru.cp1251.txt"), &options).expect("a known label");
    assert_eq!(read_as.encoding_source, EncodingSource::Declared);
    let options = ReadOptions { format: Some(Format::Text), ..ReadOptions::default() };
    assert!(read(&fixture("ru.html"), &options).expect("text").as_str().starts_with("<!DOCTYPE"));
}

#[test]
fn a_pdf_keeps_its_words_and_sets_its_furniture_apart() {
    for name in ["ru", "kk"] {
        let pdf = source(&format!("{name}.pdf"));
        assert_eq!(words(&pdf), words(&source(&format!("{name}.txt"))), "{name}");
        let furniture: Vec<&str> =
            pdf.furniture.iter().flat_map(|range| pdf.as_str()[range.clone()].lines()).collect();
        let expected: Vec<String> =
            (1..=3).flat_map(|page| ["Внутренний документ".to_owned(), format!("стр. {page}")]).collect();
        assert_eq!(furniture, expected);
    }
}

#[test]
fn columns_of_a_pdf_are_read_one_after_the_other() {
    let expected = words(&source("ru.txt"));
    assert_eq!(words(&source("ru-columns.pdf"))[..expected.len()], expected);
}

#[test]
fn what_cannot_be_read_says_what_to_do() {
    let message = |bytes: &[u8]| match read(bytes, &ReadOptions::default()) {
        Err(ReadError::Unreadable(message)) => message,
        other => panic!("{other:?}"),
    };
    assert!(message(&fixture("locked.pdf")).contains("password"));
    assert!(message(&fixture("ru.pdf")[..200]).contains("damaged"));
    assert!(message(&fixture("ru.docx")[..2_000]).contains("broken"));
    assert!(message(b"\x89PNG\r\n\x1a\n").contains("OCR"));
    assert!(message(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").contains("save it as .docx"));
    let archive = b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n";
    assert!(message(archive).contains("save it as HTML or text"));
    let scan = source("scan.pdf");
    assert_eq!(scan.oddities[0].code, Code::TextUnreadable);
    assert!(scan.oddities[0].message.contains("OCR"));
    assert_eq!(source("no-copying.pdf").as_str(), "Политика\n");
    let limit = ReadOptions { max_bytes: 100, ..ReadOptions::default() };
    assert!(matches!(read(&fixture("ru.txt"), &limit), Err(ReadError::TooLarge { size: 1041, limit: 100 })));
}
