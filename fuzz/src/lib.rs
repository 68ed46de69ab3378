//! What every fuzz target checks: reading never panics, and what it gives hangs together.

use std::io::Write as _;

use sayasat::record::Format;
use sayasat::source::{ReadOptions, read};

/// Reads a document, as whatever it looks like or as the format given.
pub fn check(bytes: &[u8], format: Option<Format>) {
    let options = ReadOptions { format, max_bytes: 4 << 20, ..ReadOptions::default() };
    let Ok(source) = read(bytes, &options) else { return };
    let text = source.as_str();
    let mut last = 0;
    for range in &source.furniture {
        assert!(last <= range.start && range.start < range.end && range.end <= text.len());
        assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
        last = range.end;
    }
    for range in source.oddities.iter().filter_map(|odd| odd.range.as_ref()) {
        assert!(text.get(range.clone()).is_some());
        let span = source.span(range);
        assert!(span.start <= span.end && span.line <= span.end_line);
    }
    for line in 0..source.line_count() {
        assert!(!text[source.line(line)].contains('\n'));
    }
    let all = source.span(&(0..text.len()));
    assert_eq!(all.end, text.chars().count());
}

/// An archive with one part of the fuzzer's and others that stand fast: no fuzzer finds checksums.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, stored).expect("in memory");
        archive.write_all(bytes).expect("in memory");
    }
    archive.finish().expect("in memory").into_inner()
}

/// Cuts bytes in two at a mark, which goes with neither half.
pub fn split<'a>(bytes: &'a [u8], mark: &[u8]) -> (&'a [u8], &'a [u8]) {
    match bytes.windows(mark.len()).position(|window| window == mark) {
        Some(at) => (&bytes[..at], &bytes[at + mark.len()..]),
        None => (bytes, &[]),
    }
}
