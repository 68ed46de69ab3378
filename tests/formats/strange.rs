//! Documents that are locked, cut off, differently encoded, or not what the caller says.

use std::io::Write as _;

use sayasat::record::{Code, Format};
use sayasat::source::{ReadError, ReadOptions, read};

use super::fixture;

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("in memory");
        zip.write_all(bytes).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

/// Text in UTF-16, maybe with a mark.
fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

fn why(bytes: &[u8], options: &ReadOptions) -> String {
    match read(bytes, options) {
        Err(ReadError::Unreadable(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn parts_of_a_document_may_be_utf_16() {
    let line = "Қауіпсіздік саясаты 🔒 Политика";
    // long enough to be decoded in more than one go
    let lines: Vec<String> = (0..500).map(|at| format!("{at} {line}")).collect();
    let word: String = lines.iter().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let word = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{word}</w:body></w:document>"
    );
    let open: String = lines.iter().map(|line| format!("<t:p>{line}</t:p>")).collect();
    let open = format!(
        "<o:document-content xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:t=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><o:body><o:text>{open}</o:text></o:body></o:document-content>"
    );
    for (little, mark) in [(true, true), (true, false), (false, true), (false, false)] {
        let docx = archive(&[("word/document.xml", &utf16(&word, little, mark))]);
        let odt = archive(&[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", &utf16(&open, little, mark)),
        ]);
        for (bytes, format) in [(docx, Format::Docx), (odt, Format::Odt)] {
            let source = read(&bytes, &ReadOptions::default()).expect("a document");
            assert_eq!((source.format, source.oddities.as_slice()), (format, [].as_slice()));
            assert!(source.as_str().lines().eq(&lines), "{little} {mark}: {:.200}", source.as_str());
        }
    }
}

#[test]
fn a_locked_open_document_asks_for_one_without_a_password() {
    let kind = ("mimetype", b"application/vnd.oasis.opendocument.text".as_slice());
    let manifest = b"<m:manifest><m:file-entry m:full-path=\"content.xml\"><m:encryption-data/></m:file-entry></m:manifest>";
    let parts = archive(&[kind, ("content.xml", b"\x9c\x01\xff"), ("META-INF/manifest.xml", manifest)]);
    let whole = archive(&[kind, ("encrypted-package", b"\x9c\x01\xff")]);
    for bytes in [parts, whole] {
        let why = why(&bytes, &ReadOptions::default());
        assert!(why.contains("password") && why.contains("save it without one"), "{why}");
    }
}

#[test]
fn a_pdf_whose_end_is_missing_says_so() {
    let cut = |source: &sayasat::source::SourceText| {
        source.oddities.iter().any(|odd| odd.code == Code::TextUnreadable && odd.message.contains("end"))
    };
    for name in ["ru.pdf", "kk.pdf", "corpus-kk-statutory.pdf", "no-copying.pdf", "scan.pdf"] {
        let whole = fixture(name);
        assert!(!cut(&read(&whole, &ReadOptions::default()).expect("a document")), "{name}");
        let half = &whole[..whole.len() / 2];
        match read(half, &ReadOptions::default()) {
            Ok(source) => assert!(cut(&source), "{name}: {:?}", source.oddities),
            Err(error) => assert!(error.to_string().contains("print it to PDF again"), "{name}: {error}"),
        }
    }
}

#[test]
fn what_the_caller_says_wrongly_is_named() {
    let encoding = ReadOptions { encoding: Some("utf-8".to_owned()), ..ReadOptions::default() };
    assert!(why(&fixture("ru.utf-16le-bom.txt"), &encoding).contains("--encoding"));
    let rtf = ReadOptions { format: Some(Format::Rtf), ..ReadOptions::default() };
    assert!(why(&fixture("ru.txt"), &rtf).contains("--input-format"));
    assert!(read(&fixture("ru.rtf"), &rtf).is_ok());
    let pdf = ReadOptions { format: Some(Format::Pdf), ..ReadOptions::default() };
    assert!(why(&fixture("ru.txt"), &pdf).contains("damaged"));
}

#[test]
fn office_documents_in_one_xml_file_are_no_text() {
    for root in
        ["office:document xmlns:office=\"x\"", "pkg:package xmlns:pkg=\"x\"", "w:wordDocument xmlns:w=\"x\""]
    {
        let file = format!(
            "<?xml version=\"1.0\"?>\r\n<?mso-application progid=\"Word.Document\"?><{root}><p>Политика</p></p></p></x>"
        );
        assert!(why(file.as_bytes(), &ReadOptions::default()).contains("save it as .docx"), "{root}");
        // Whoever says that it is text gets the text.
        let text = ReadOptions { format: Some(Format::Text), ..ReadOptions::default() };
        assert_eq!(read(file.as_bytes(), &text).expect("a text").as_str(), file);
    }
    let text = "Политика описывает <office:document> и другие слова.\n";
    assert_eq!(read(text.as_bytes(), &ReadOptions::default()).expect("a text").as_str(), text);
}
