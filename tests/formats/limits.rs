//! Hostile files: each ends in what was read so far and a diagnostic, or in one clear error, and takes little memory.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sayasat::record::Code;
use sayasat::source::{ReadError, ReadOptions, SourceText, read};

const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const OPEN: &str = "xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:t=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"";

/// An archive; each part is a beginning and a piece that is repeated.
fn archive(parts: &[(&str, &str, &str, usize)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, start, piece, times) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("in memory");
        zip.write_all(start.as_bytes()).expect("in memory");
        let block = piece.repeat(1_000);
        (0..times / 1_000).for_each(|_| zip.write_all(block.as_bytes()).expect("in memory"));
    }
    zip.finish().expect("in memory").into_inner()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn document(piece: &str, times: usize) -> Vec<u8> {
    let start = format!("<w:document {WORD}><w:body>{}", paragraph("начало"));
    archive(&[("word/document.xml", &start, piece, times)])
}

fn open_document(piece: &str, times: usize) -> Vec<u8> {
    let start = format!("<o:document-content {OPEN}><o:body><o:text><t:p>начало</t:p><t:p>");
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text", "", 0),
        ("content.xml", &start, piece, times),
    ])
}

/// A PDF of objects as they stand.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| out.extend(format!("{place:010} 00000 n \n").bytes()));
    out.extend(
        format!("trailer<</Root 1 0 R/Size {}>>\nstartxref\n{table}\n%%EOF", objects.len() + 1).bytes(),
    );
    out
}

fn stream(content: &str, more: &str) -> String {
    format!("<<{more}/Length {}>>stream\n{content}\nendstream", content.len())
}

/// A form that draws the one after it ten times.
fn form(next: usize) -> String {
    let resources =
        format!("/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</F {next} 0 R>>>>");
    stream(&"/F Do ".repeat(10), &resources)
}

fn pdf_of_forms() -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>".to_owned(),
        stream("/F Do", ""),
    ];
    objects.extend((6..40).map(form));
    objects.push(form(5));
    pdf(&objects.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Name, bytes, and whether something is read before the limit.
fn bombs() -> Vec<(&'static str, Vec<u8>, bool)> {
    vec![
        ("paragraphs.docx", document(&paragraph(&"0".repeat(1_000)), 200_000), true),
        ("one-paragraph.docx", document("<w:p><w:r><w:t>0000000000</w:t></w:r>", 1_000_000), true),
        ("cells.docx", document(&format!("<w:tbl><w:tr><w:tc>{}</w:tc>", paragraph("0")), 300_000), true),
        ("nested.docx", document("<w:p><w:txbxContent>", 1_000_000), true),
        ("paragraphs.odt", open_document("<t:p>начало</t:p>", 3_000_000), true),
        ("blanks.odt", open_document("<t:s t:c=\"1000000\"/>", 300_000), true),
        (
            "nested.html",
            format!("<!doctype html><p>начало</p>{}", "<div>".repeat(1_000_000)).into_bytes(),
            true,
        ),
        (
            "formats.html",
            format!("<!doctype html><p>начало</p><p>{}", "<b><i>".repeat(300_000)).into_bytes(),
            true,
        ),
        ("nested.rtf", format!("{{\\rtf1 nachalo\\par {}", "{".repeat(3_000_000)).into_bytes(), true),
        ("forms.pdf", pdf_of_forms(), false),
    ]
}

#[test]
fn bombs_end_in_a_diagnostic_with_what_was_read_so_far() {
    for (name, bytes, begins) in bombs() {
        let source = read(&bytes, &ReadOptions::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let codes: Vec<Code> = source.oddities.iter().map(|odd| odd.code).collect();
        assert!(codes.contains(&Code::LimitReached), "{name}: {codes:?}");
        let first = source.as_str().lines().next().unwrap_or_default();
        assert!(!begins || ["начало", "nachalo"].contains(&first.trim()), "{name}: {first:.40}");
    }
}

#[test]
fn entities_are_not_expanded() {
    let mut entities = "<!DOCTYPE x [<!ENTITY a0 \"аааааааааа\">".to_owned();
    for at in 1..12 {
        let inner = format!("&a{};", at - 1).repeat(10);
        entities.push_str(&format!("<!ENTITY a{at} \"{inner}\">"));
    }
    let body = format!("{entities}]><w:document {WORD}><w:body>{}", paragraph("до &a11; после"));
    let source =
        read(&archive(&[("word/document.xml", &body, "", 0)]), &ReadOptions::default()).expect("a document");
    assert_eq!(source.as_str(), "до  после\n");
    let page = format!("{entities}]><html><p>до &a11; после</p></html>");
    let source = read(page.as_bytes(), &ReadOptions::default()).expect("a page");
    assert!(source.as_str().len() < 2 * page.len());
}

#[test]
fn a_pdf_that_goes_round_in_circles_ends() {
    let catalog = "<</Type/Catalog/Pages 2 0 R>>";
    let page = "<</Type/Page/Parent 2 0 R/Resources<</XObject<</F 4 0 R>>>>/Contents 5 0 R>>";
    let itself =
        stream("/F Do /F Do", "/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</F 4 0 R>>>>");
    let pages = "<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>";
    let loops = [
        pdf(&[catalog, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"]),
        pdf(&[catalog, pages, page, &itself, &stream("/F Do", "")]),
        pdf(&[catalog, pages, "<</Type/Page/Parent 3 0 R/Contents 4 0 R/Resources 4 0 R>>", "4 0 R"]),
    ];
    for bytes in loops {
        match read(&bytes, &ReadOptions::default()) {
            Ok(source) => assert!(!source.oddities.is_empty()),
            Err(error) => assert!(error.to_string().contains("damaged"), "{error}"),
        }
    }
}

#[test]
fn paths_inside_an_archive_lead_nowhere() {
    let body = format!("<w:document {WORD}><w:body>{}</w:body></w:document>", paragraph("Политика"));
    let bytes = archive(&[
        ("../../../outside.txt", "нет", "", 0),
        ("/outside.txt", "нет", "", 0),
        ("word/document.xml", &body, "", 0),
    ]);
    assert_eq!(read(&bytes, &ReadOptions::default()).expect("a document").as_str(), "Политика\n");
    let only = archive(&[("../policy.txt", "Политика", "", 0)]);
    assert!(
        matches!(read(&only, &ReadOptions::default()), Err(ReadError::Unreadable(why)) if why.contains("unpack"))
    );
}

#[test]
fn limits_can_be_raised() {
    let reached = |source: &SourceText| source.oddities.iter().any(|odd| odd.code == Code::LimitReached);
    let deep = format!("<!doctype html>{}<p>дно</p>", "<div>".repeat(400));
    let source = read(deep.as_bytes(), &ReadOptions::default()).expect("a page");
    assert!(reached(&source) && source.oddities[0].message.contains("--max-depth"));
    let raised = ReadOptions { max_depth: 1_000, ..ReadOptions::default() };
    let source = read(deep.as_bytes(), &raised).expect("a page");
    assert!(!reached(&source) && source.as_str() == "дно\n");
    let packed = document(&paragraph(&"0".repeat(100)), 20_000);
    let source = read(&packed, &ReadOptions::default()).expect("a document");
    assert!(reached(&source) && source.oddities[0].message.contains("--max-bytes"));
    let raised = ReadOptions { max_bytes: 256 << 20, ..ReadOptions::default() };
    let source = read(&packed, &raised).expect("a document");
    assert!(!reached(&source) && source.as_str().lines().count() == 20_001);
}

/// A file for the program to read, gone with the test.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("sayasat-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).expect("a temporary file");
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn program(command: &str, path: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_sayasat"));
    program.arg(command).arg(path);
    program
}

#[test]
fn two_gigabytes_are_refused_at_once_with_one_line() {
    let file = Temporary::new("large.txt", b"");
    let sparse = std::fs::OpenOptions::new().write(true).open(&file.0).expect("a temporary file");
    if sparse.set_len(2 << 30).is_err() {
        return; // a disk without holes in files
    }
    let output = program("text", &file.0).output().expect("it runs");
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(message.contains("--max-bytes") && message.lines().count() == 1, "{message}");
}

/// Most memory of the program, in KiB, as the system counts it while it runs.
#[cfg(target_os = "linux")]
fn peak(command: &str, path: &Path) -> u64 {
    let mut child =
        program(command, path).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("it can be waited for").is_none() {
        let status = std::fs::read_to_string(&status).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = now.unwrap_or(0).max(peak);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    peak
}

/// Ten times the document and 64 MiB, whatever it unpacks to.
#[cfg(target_os = "linux")]
#[test]
fn bombs_take_little_memory() {
    for (name, bytes, _) in bombs() {
        let file = Temporary::new(name, &bytes);
        let (peak, allowed) = (peak("text", &file.0), bytes.len() as u64 * 10 / 1024 + (64 << 10));
        assert!(peak <= allowed, "{name}: {peak} KiB for {} bytes, {allowed} allowed", bytes.len());
    }
}

/// A whole parse keeps to the same: a text of many clauses, of lines that hold next to nothing, of one endless line.
#[cfg(target_os = "linux")]
#[test]
fn long_texts_take_little_memory_to_parse() {
    const LENGTH: usize = 2_000_000;
    let policy = include_str!("../../corpus/kk-ru-pair.txt");
    let sentence = "Оператор обязан удалить персональные данные пользователя в течение 30 дней. ";
    for (name, piece) in [("clauses", policy), ("lines", "а\n"), ("line", sentence), ("bullets", "- имя\n")]
    {
        let text = piece.repeat(LENGTH / piece.len());
        let file = Temporary::new(name, text.as_bytes());
        let (peak, allowed) = (peak("parse", &file.0), text.len() as u64 * 10 / 1024 + (64 << 10));
        assert!(peak <= allowed, "{name}: {peak} KiB for {} bytes, {allowed} allowed", text.len());
    }
}
