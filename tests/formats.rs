//! One policy in every format and encoding reads as the same lines; `tests/formats/make.py` wrote the files.

#![allow(clippy::print_stdout)] // a skipped test says why

use std::path::{Path, PathBuf};

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
    let scan = source("scan.pdf");
    assert_eq!(scan.oddities[0].code, Code::TextUnreadable);
    assert!(scan.oddities[0].message.contains("OCR"));
    assert_eq!(source("no-copying.pdf").as_str(), "Политика\n");
    let limit = ReadOptions { max_bytes: 100, ..ReadOptions::default() };
    assert!(matches!(read(&fixture("ru.txt"), &limit), Err(ReadError::TooLarge { size: 1041, limit: 100 })));
}

/// Real files beside the project, with the text that other tools made of them.
fn shared() -> Option<PathBuf> {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("SAYASAT_SHARED").map_or_else(default, PathBuf::from);
    shared.join("policies/raw").is_dir().then(|| shared.join("policies"))
}

/// The number at the start of a line, behind marks of headings and lists.
fn label(line: &str) -> Option<&str> {
    let line = line.trim_start_matches([' ', '\u{A0}', '\t', '#', '*', '-', '–', '—', '•']);
    let end = line.find(|letter: char| !(letter.is_ascii_digit() || letter == '.')).unwrap_or(line.len());
    let label = line[..end].trim_end_matches('.');
    let closed = line[label.len()..].starts_with(['.', ')', ' ', '\u{A0}']);
    (!label.is_empty() && label.starts_with(|first: char| first.is_ascii_digit()) && closed).then_some(label)
}

#[test]
fn real_files_have_the_labels_and_lines_of_their_plain_texts() {
    let Some(policies) = shared() else {
        println!("skipped: no ../shared/policies/raw beside the project, and SAYASAT_SHARED names none");
        return;
    };
    let mut names: Vec<PathBuf> = std::fs::read_dir(policies.join("raw"))
        .expect("a directory")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    names.sort();
    let mut differ = Vec::new();
    for path in names {
        let stem = path.file_stem().expect("a file").to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).expect("a readable file");
        let source = read(&bytes, &ReadOptions::default()).unwrap_or_else(|error| panic!("{stem}: {error}"));
        let plain = std::fs::read_to_string(policies.join(format!("{stem}.txt"))).expect("its plain text");
        let ours = lines(&source);
        let labels: Vec<&str> = ours.iter().filter_map(|line| label(line)).collect();
        let expected: Vec<&str> = plain.lines().filter_map(label).collect();
        let known = |line: &&str| plain.lines().any(|other| other.trim() == line.trim());
        let same = ours.iter().filter(|line| known(line)).count() as f64 / ours.len().max(1) as f64;
        println!(
            "{stem}: {} labels, {:.1} % of the lines stand in the plain text",
            labels.len(),
            same * 100.0
        );
        // PDF page numbers and dates at line starts are in the plain texts, too; furniture is not in ours.
        let in_order = if source.format == Format::Pdf {
            let mut rest = expected.iter();
            labels.iter().all(|label| rest.any(|other| other == label))
        } else {
            labels == expected
        };
        if !in_order || same < 0.98 {
            differ.push(format!("{stem}: {labels:?} instead of {expected:?}, {same:.3}"));
        }
    }
    assert!(differ.is_empty(), "{differ:#?}");
}
