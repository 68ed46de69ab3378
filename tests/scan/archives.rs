//! Archives of web pages: as other programs write them, and damaged.

use std::fs;

use super::*;

#[test]
fn archives_written_by_other_programs_are_read() {
    let wget = scan(&[&format!("{ARCHIVES}/wget.warc.gz")]);
    assert_eq!(wget.status, 0, "{}", wget.err);
    assert_eq!(names(&wget.lines), ["http://127.0.0.1:8765/index.html", "http://127.0.0.1:8765/kk.html"]);
    let expected = ["plain", "gzip", "chunked", "both", "undone", "cp1251", "resource.html"];
    let expected = expected.map(|name| format!("https://example.kz/{name}"));
    let plain = scan(&[&format!("{ARCHIVES}/warcio.warc")]);
    let gzip = scan(&[&format!("{ARCHIVES}/warcio.warc.gz")]);
    for ran in [&plain, &gzip] {
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert_eq!(names(&ran.lines), expected);
        assert!(ran.err.contains("4 archived files are no pages"), "{}", ran.err);
    }
    for (one, other) in plain.lines.iter().zip(&gzip.lines) {
        assert_eq!(one["editions"], other["editions"]);
        assert_eq!(one["source"], other["source"]);
        assert!(one["source"]["bytes"].as_u64() > Some(200), "the body is decoded: {one}");
    }
    // A position leads to the record: in a gzipped archive to the member that holds it.
    let bytes = fs::read(format!("{ARCHIVES}/warcio.warc.gz")).expect("the archive is there");
    let offset = gzip.lines[3]["origin"]["offset"].as_u64().expect("an offset");
    assert_eq!(bytes[usize::try_from(offset).expect("small")..][..3], [0x1F, 0x8B, 8]);
}

/// Cuts, breaks and lies, each in a copy of a good archive; the pages that are whole must come out all the same.
#[test]
fn damaged_archives_lose_the_damaged_record_only() {
    let root = folder("archives");
    let plain = fs::read(format!("{ARCHIVES}/warcio.warc")).expect("the archive is there");
    let gzip = fs::read(format!("{ARCHIVES}/warcio.warc.gz")).expect("the archive is there");
    let find =
        |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).position(|at| at == what).expect("it is there");
    let members: Vec<usize> =
        (0..gzip.len() - 3).filter(|at| gzip[*at..*at + 4] == [0x1F, 0x8B, 8, 0]).collect();
    let chunk = find(&plain, b"/chunked");
    let replace = |from: &[u8], to: &[u8]| {
        let at = chunk + find(&plain[chunk..], from);
        [&plain[..at], to, &plain[at + from.len()..]].concat()
    };
    let length = {
        let at = chunk + find(&plain[chunk..], b"Content-Length: ");
        let end = at + find(&plain[at..], b"\r\n");
        plain[at..end].to_vec()
    };
    let all = ["plain", "gzip", "chunked", "both", "undone", "cp1251", "resource.html"];
    let cases: Vec<(&str, Vec<u8>, Vec<&str>, usize)> = vec![
        ("cut-end.warc", plain[..plain.len() - 100].to_vec(), all[..6].to_vec(), 1),
        ("cut-end.warc.gz", gzip[..gzip.len() - 40].to_vec(), all[..6].to_vec(), 1),
        ("too-long.warc", replace(&length, b"Content-Length: 5000"), without(&all, "chunked"), 1),
        ("too-short.warc", replace(&length, b"Content-Length: 200"), without(&all, "chunked"), 1),
        ("far-too-long.warc", replace(&length, b"Content-Length: 99999999999"), without(&all, "chunked"), 1),
        ("no-length.warc", replace(&length, b"X-Length: 1"), without(&all, "chunked"), 1),
        ("no-header.warc", replace(b"WARC/1.0\r\n", b"WRAC/1.0\r\n"), without(&all, "both"), 1),
        ("garbage-first.warc", [b"garbage\n".as_slice(), &plain].concat(), all.to_vec(), 1),
        ("not-an-archive.warc", b"<p>1. \xD0\x9F\xD1\x80\xD0\xB0\xD0\xB2\xD0\xB0</p>".to_vec(), vec![], 1),
        ("empty.warc.gz", Vec::new(), vec![], 1),
        (
            "broken-member.warc.gz",
            {
                let mut bytes = gzip.clone();
                bytes[members[3] + 60..members[3] + 90].fill(0xFF);
                bytes
            },
            Vec::new(),
            1,
        ),
        ("missing-middle.warc.gz", [&gzip[..members[2] + 50], &gzip[members[4]..]].concat(), Vec::new(), 1),
    ];
    for (name, bytes, expected, failures) in cases {
        let path = root.join(name);
        write(&path, &bytes);
        let ran = scan(&[text(&path)]);
        assert_eq!(ran.status, 1, "{name}: {}", ran.err);
        let found: Vec<&str> = ran
            .lines
            .iter()
            .filter(|line| line.get("error").is_none())
            .filter_map(|line| line["source"]["name"].as_str()?.rsplit('/').next())
            .collect();
        if expected.is_empty() && bytes.len() > 1000 {
            assert!(found.len() >= 5, "{name}: {found:?}");
            assert_eq!(found.last(), Some(&"resource.html"), "{name}");
        } else {
            assert_eq!(found, expected, "{name}: {:?}", errors(&ran.lines));
        }
        let told = errors(&ran.lines);
        assert_eq!(told.len(), failures, "{name}: {told:?}");
        assert_eq!(told[0]["path"], text(&path), "{name}");
        assert!(told[0]["offset"].is_u64(), "{name}: {told:?}");
    }
}

fn without<'a>(all: &[&'a str], one: &str) -> Vec<&'a str> {
    all.iter().copied().filter(|name| *name != one).collect()
}
