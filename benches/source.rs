//! How long it takes to get the text out of a document, format by format.
//!
//! The fixtures are small, so HTML and DOCX are also measured at the size of a usual policy (40 KB).

use std::path::Path;

use sayasat::record::Format;
use sayasat::source::{ReadOptions, read};

fn main() {
    divan::main();
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn bench(bencher: divan::Bencher<'_, '_>, bytes: &[u8], format: Option<Format>) {
    let options = ReadOptions { format, ..ReadOptions::default() };
    bencher
        .counter(divan::counter::BytesCount::of_slice(bytes))
        .bench(|| read(divan::black_box(bytes), &options));
}

#[divan::bench(args = ["ru.txt", "ru.cp1251.txt", "kk.kz1048.txt", "ru.utf-16be.txt", "ru.html", "ru.docx", "ru.odt", "ru.rtf", "ru.pdf"])]
fn fixtures(bencher: divan::Bencher<'_, '_>, name: &str) {
    bench(bencher, &fixture(name), None);
}

#[divan::bench]
fn plain_text_of_1_mb(bencher: divan::Bencher<'_, '_>) {
    bench(bencher, &fixture("kk.txt").repeat(1_000), None);
}

#[divan::bench]
fn page_of_40_kb(bencher: divan::Bencher<'_, '_>) {
    let page = String::from_utf8_lossy(&fixture("ru.html")).into_owned();
    let (head, rest) = page.split_once("<main>").expect("a page with its main part");
    let (main, tail) = rest.split_once("</main>").expect("a page with its main part");
    let page = format!("{head}<main>{}</main>{tail}", main.repeat(40 * 1024 / main.len()));
    bench(bencher, page.as_bytes(), Some(Format::Html));
}

#[divan::bench]
fn document_of_40_kb(bencher: divan::Bencher<'_, '_>) {
    bench(bencher, &fixture("ru.docx"), None);
}
