//! How long it takes to get the text out of a document, format by format.
//!
//! A policy of the corpus, saved as a document of about 40 KB, is also parsed: getting the text out must take less.

use std::path::Path;

use sayasat::source::{ReadOptions, read};

fn main() {
    divan::main();
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn bench(bencher: divan::Bencher<'_, '_>, bytes: &[u8]) {
    let options = ReadOptions::default();
    bencher
        .counter(divan::counter::BytesCount::of_slice(bytes))
        .bench(|| read(divan::black_box(bytes), &options));
}

#[divan::bench(args = ["ru.txt", "ru.cp1251.txt", "kk.kz1048.txt", "ru.utf-16be.txt", "ru.html", "ru.docx", "ru.odt", "ru.rtf", "ru.pdf"])]
fn fixtures(bencher: divan::Bencher<'_, '_>, name: &str) {
    bench(bencher, &fixture(name));
}

#[divan::bench]
fn plain_text_of_1_mb(bencher: divan::Bencher<'_, '_>) {
    bench(bencher, &fixture("kk.txt").repeat(1_000));
}

/// A policy of the corpus as a document of about 40 KB; the page has its clauses twice.
fn document(format: &str) -> Vec<u8> {
    let bytes = fixture(&format!("corpus-kk-statutory.{format}"));
    if format != "html" {
        return bytes;
    }
    let page = String::from_utf8(bytes).expect("a page in UTF-8");
    let (head, rest) = page.split_once("<main>").expect("a page with its main part");
    let (main, tail) = rest.split_once("</main>").expect("a page with its main part");
    format!("{head}<main>{}</main>{tail}", main.repeat(40 * 1024 / main.len())).into_bytes()
}

const FORMATS: [&str; 5] = ["docx", "html", "odt", "rtf", "pdf"];

/// Getting the text out of a document …
#[divan::bench(args = FORMATS)]
fn reading(bencher: divan::Bencher<'_, '_>, format: &str) {
    bench(bencher, &document(format));
}

/// … and parsing that text, in the same run.
#[divan::bench(args = FORMATS)]
fn parsing_its_text(bencher: divan::Bencher<'_, '_>, format: &str) {
    let bytes = document(format);
    let source = read(&bytes, &ReadOptions::default()).expect("a document");
    let parser = sayasat::Parser::new();
    bencher.counter(divan::counter::BytesCount::of_slice(&bytes)).bench(|| {
        let document = sayasat::document(&source, &bytes, "");
        parser.parse_source(divan::black_box(&source), document)
    });
}
