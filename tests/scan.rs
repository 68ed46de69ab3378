//! `sayasat scan` from outside: every kind of input, every kind of damage, any number of jobs, any interruption.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

const ARCHIVES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/archives");

struct Ran {
    status: i32,
    lines: Vec<Value>,
    out: String,
    err: String,
}

fn program(arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_sayasat"));
    program.arg("scan").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

fn finish(mut child: Child, input: &[u8]) -> Ran {
    let mut to = child.stdin.take().expect("there is a pipe");
    let input = input.to_vec();
    let feeder = std::thread::spawn(move || {
        // A program that stops early closes its end.
        let _ = to.write_all(&input);
    });
    let done = child.wait_with_output().expect("the program ends");
    feeder.join().expect("the input is written");
    let out = String::from_utf8(done.stdout).expect("output is UTF-8");
    Ran {
        status: done.status.code().unwrap_or(-1),
        lines: out.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect(),
        out,
        err: String::from_utf8(done.stderr).expect("complaints are UTF-8"),
    }
}

fn scan(arguments: &[&str]) -> Ran {
    scan_with(arguments, b"")
}

fn scan_with(arguments: &[&str], input: &[u8]) -> Ran {
    finish(program(arguments).spawn().expect("the program starts"), input)
}

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scan").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("the folder can be made");
    path
}

fn text(path: &Path) -> &str {
    path.to_str().expect("test paths are UTF-8")
}

fn write(path: &Path, content: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("folders can be made");
    fs::write(path, content).expect("the file can be written");
}

fn policy(number: usize) -> String {
    format!(
        "Политика конфиденциальности № {number}\n\n1. Общие положения\n\
         1.1. ТОО «Үлгі-{number}» (далее – Оператор) обрабатывает персональные данные.\n\n\
         2. Права\n2.1. Субъект вправе отозвать согласие в любое время.\n\
         2.2. Оператор отвечает на запрос в течение {} рабочих дней.\n",
        number % 30 + 1
    )
}

fn names(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["source"]["name"].as_str().expect("each line names its source")).collect()
}

fn errors(lines: &[Value]) -> Vec<&Value> {
    lines.iter().filter_map(|line| line.get("error")).collect()
}

fn stream(numbers: impl Iterator<Item = usize>) -> Vec<u8> {
    let mut out = Vec::new();
    for number in numbers {
        writeln!(out, "{}", json!({"id": format!("p{number}"), "text": policy(number)}))
            .expect("memory takes all");
    }
    out
}

/// Everything in a database, row by row, ids included.
fn dump(path: &Path) -> Vec<String> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("it opens");
    let check: String =
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it answers");
    assert_eq!(check, "ok");
    let mut rows = Vec::new();
    for table in ["documents", "sources", "editions", "nodes", "facts", "diagnostics", "failures"] {
        let mut statement =
            connection.prepare(&format!("SELECT * FROM {table}")).expect("the table is there");
        let columns = statement.column_count();
        let found = statement
            .query_map([], |row| {
                let cells: Vec<String> = (0..columns)
                    .map(|at| row.get_ref(at).map(|cell| format!("{cell:?}")))
                    .collect::<Result<_, _>>()?;
                Ok(format!("{table}: {}", cells.join("|")))
            })
            .expect("it can be read");
        rows.extend(found.map(|row| row.expect("a row can be read")));
    }
    rows
}

fn stored(path: &Path) -> i64 {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .and_then(|found| found.query_row("SELECT count(*) FROM documents", [], |row| row.get(0)))
        .unwrap_or(0)
}

#[test]
fn directories_are_read_with_all_below_them_in_the_order_of_names() {
    let root = folder("tree");
    for name in ["b.txt", "a/z.txt", "a/b/c.txt", "c/1.txt", ".well-known/privacy.txt", "a.txt"] {
        write(&root.join(name), policy(name.len()));
    }
    let ran = scan(&[text(&root)]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let expected = [".well-known/privacy.txt", "a/b/c.txt", "a/z.txt", "a.txt", "b.txt", "c/1.txt"];
    let expected: Vec<String> = expected.iter().map(|name| format!("{}/{name}", text(&root))).collect();
    assert_eq!(names(&ran.lines), expected);
    assert!(ran.err.contains("6 documents: 6 policies"), "{}", ran.err);
}

#[test]
fn lists_are_read_from_files_and_from_standard_input() {
    let root = folder("lists");
    for name in ["1.txt", "2.txt"] {
        write(&root.join(name), policy(1));
    }
    let list = format!("{0}/2.txt\n\n{0}/none.txt\r\n{0}/1.txt\n", text(&root));
    write(&root.join("list"), &list);
    let from_file = scan(&["--from-list", text(&root.join("list"))]);
    let from_stdin = scan_with(&["--from-list", "-"], list.as_bytes());
    for (ran, place) in [(&from_file, text(&root.join("list"))), (&from_stdin, "-")] {
        assert_eq!(ran.status, 1);
        assert_eq!(
            names(&ran.lines),
            ["2.txt", "none.txt", "1.txt"].map(|name| format!("{}/{name}", text(&root)))
        );
        assert_eq!(ran.lines[1]["error"]["code"], "file-unreadable");
        assert_eq!(
            (&ran.lines[1]["error"]["path"], &ran.lines[1]["error"]["line"]),
            (&json!(place), &json!(3))
        );
    }
    assert_eq!(scan(&["--from-list", text(&root.join("no-list"))]).status, 2);
    assert_eq!(scan_with(&["-", "--from-list", "-"], b"").status, 2);
    assert_eq!(scan(&[]).status, 2);
}

#[test]
fn lines_of_json_carry_text_html_or_base64() {
    let input = [
        json!({"id": "t", "text": policy(1), "url": "https://example.kz/t", "fetched": "2026-01-02"}),
        json!({"id": 7, "html": "<h1>Политика</h1><p>1. Субъект вправе отозвать согласие.</p>"}),
        json!({"base64": "MS4g0J/RgNCw0LLQsAo=", "more": [1, 2]}),
    ];
    let input = input.map(|line| line.to_string()).join("\n");
    let ran = scan_with(&["-"], input.as_bytes());
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(names(&ran.lines), ["t", "7", "-:3"]);
    assert_eq!(ran.lines[0]["origin"], json!({"url": "https://example.kz/t", "fetched": "2026-01-02"}));
    assert_eq!(ran.lines[2].get("origin"), None);
    assert_eq!(ran.lines[2]["source"]["bytes"], 14);
    let file = folder("ndjson").join("pages.ndjson");
    write(&file, &input);
    let from_file = scan(&[text(&file)]);
    assert_eq!(from_file.lines[..2], ran.lines[..2]);
}

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

#[test]
fn damaged_lines_cost_themselves_only() {
    let mut input = Vec::new();
    input.extend(stream(0..1));
    input.extend(b"{\"id\": \"cut\", \"text\": \"1.\n");
    input.extend(b"[1, 2]\n");
    input.extend(b"{\"id\": \"nothing\"}\n");
    input.extend(b"{\"id\": \"both\", \"text\": \"a\", \"html\": \"b\"}\n");
    input.extend(b"{\"id\": \"base\", \"base64\": \"***\"}\n");
    input.extend(b"{\"id\": \"bytes\", \"text\": \"\xFF\xFE\"}\n");
    input.extend(b"\n   \n");
    input.extend(format!("{{\"id\": \"long\", \"text\": \"{}\"}}\n", "д".repeat(200_000)).into_bytes());
    input.extend(format!("{{\"id\": \"big\", \"text\": \"{}\"}}\n", "д".repeat(6_000)).into_bytes());
    input.extend(stream(1..2));
    let ran = scan_with(&["-", "--max-bytes", "10K"], &input);
    assert_eq!(ran.status, 1);
    let told: Vec<(&str, u64)> = errors(&ran.lines)
        .iter()
        .map(|error| (error["code"].as_str().unwrap_or(""), error["line"].as_u64().unwrap_or(0)))
        .collect();
    let expected = [
        ("line-invalid", 2),
        ("line-invalid", 3),
        ("line-invalid", 4),
        ("line-invalid", 5),
        ("line-invalid", 6),
        ("line-invalid", 7),
        ("too-large", 10),
        ("too-large", 11),
    ];
    assert_eq!(told, expected);
    assert_eq!(names(&ran.lines).first(), Some(&"p0"));
    assert_eq!(names(&ran.lines).last(), Some(&"p1"));
    assert!(ran.err.contains("10 documents: 2 policies, 0 not policies, 8 failures"), "{}", ran.err);
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

#[cfg(unix)]
#[test]
fn what_cannot_be_opened_is_told_and_passed() {
    use std::os::unix::fs::symlink;
    let root = folder("unreadable");
    write(&root.join("a.txt"), policy(1));
    write(&root.join("d/z.txt"), policy(2));
    write(&root.join("e.txt"), "1. ".repeat(10_000));
    symlink(root.join("nowhere"), root.join("b.txt")).expect("links can be made");
    symlink(&root, root.join("c")).expect("links can be made");
    let made = Command::new("mkfifo").arg(root.join("f")).status();
    assert!(made.expect("mkfifo is there").success());
    let ran = scan(&[text(&root), "--max-bytes", "9K"]);
    assert_eq!(ran.status, 1);
    let told: Vec<(String, &str)> = ran
        .lines
        .iter()
        .map(|line| {
            let name = line["source"]["name"].as_str().unwrap_or("");
            let name = name.strip_prefix(text(&root)).unwrap_or(name).to_owned();
            (name, line["error"]["code"].as_str().unwrap_or("read"))
        })
        .collect();
    let expected = [
        ("/a.txt", "read"),
        ("/b.txt", "file-unreadable"),
        ("/c", "directory-unreadable"),
        ("/d/z.txt", "read"),
        ("/e.txt", "too-large"),
        ("/f", "file-unreadable"),
    ];
    assert_eq!(told, expected.map(|(name, code)| (name.to_owned(), code)));
}

#[test]
fn output_is_the_same_for_any_number_of_jobs() {
    let mut input = Vec::new();
    for number in 0..300 {
        // Documents of very different length finish in another order than they began.
        let repeat = if number % 17 == 0 { 60 } else { 1 };
        let line = json!({"id": number, "text": policy(number).repeat(repeat)});
        writeln!(input, "{line}").expect("memory takes all");
        if number % 50 == 0 {
            input.extend(b"{damaged\n");
        }
    }
    let one = scan_with(&["-", "--jobs", "1", "--quiet"], &input);
    assert_eq!((one.status, one.lines.len(), one.err.as_str()), (1, 306, ""));
    for jobs in ["2", "7"] {
        assert!(scan_with(&["-", "--jobs", jobs, "--quiet"], &input).out == one.out, "{jobs} jobs");
    }
    let file = folder("jobs").join("out.ndjson");
    scan_with(&["-", "--out", text(&file)], &input);
    assert!(fs::read_to_string(&file).expect("it was written") == one.out);
}

#[test]
fn the_database_holds_what_the_lines_hold() {
    let db = folder("database").join("p.sqlite");
    let mut input = stream(0..20);
    input.extend(b"{\"id\": \"broken\"\n");
    let ran = scan_with(&["-", "--db", text(&db), "--out", "-"], &input);
    assert_eq!((ran.status, ran.lines.len()), (1, 21));
    let rows = dump(&db);
    assert_eq!(rows.iter().filter(|row| row.starts_with("documents:")).count(), 20);
    assert_eq!(rows.iter().filter(|row| row.starts_with("failures:")).count(), 1);
    let nodes: usize = ran
        .lines
        .iter()
        .filter_map(|line| line["editions"].as_array())
        .flatten()
        .map(|edition| count_nodes(&edition["structure"]))
        .sum();
    assert_eq!(rows.iter().filter(|row| row.starts_with("nodes:")).count(), nodes);
    let again = scan_with(&["-", "--db", text(&db)], &input);
    assert!(again.err.contains("20 were stored already"), "{}", again.err);
    assert_eq!(dump(&db), rows);
    // The broken line is mended: its failure goes away.
    let mut mended = stream(0..20);
    mended.extend(stream(99..100));
    scan_with(&["-", "--db", text(&db)], &mended);
    assert!(!dump(&db).iter().any(|row| row.starts_with("failures:")));
}

fn count_nodes(nodes: &Value) -> usize {
    nodes.as_array().map_or(0, |nodes| nodes.iter().map(|node| 1 + count_nodes(&node["children"])).sum())
}

#[test]
fn the_same_bytes_under_two_names_are_parsed_once() {
    let root = folder("twice");
    for (name, number) in [("a.txt", 1), ("b.txt", 2), ("c.txt", 1), ("d/a.txt", 1)] {
        write(&root.join(name), policy(number));
    }
    let db = folder("twice-db").join("p.sqlite");
    for jobs in ["1", "3"] {
        let ran = scan(&[text(&root), "--db", text(&db), "--jobs", jobs]);
        assert!(ran.err.contains("4 documents: 4 policies"), "{}", ran.err);
        let rows = dump(&db);
        assert_eq!(rows.iter().filter(|row| row.starts_with("documents:")).count(), 2);
        assert_eq!(rows.iter().filter(|row| row.starts_with("sources:")).count(), 4);
    }
}

#[test]
fn a_killed_scan_goes_on_to_the_same_database() {
    let root = folder("killed");
    let (whole, killed) = (root.join("whole.sqlite"), root.join("killed.sqlite"));
    let mut input = stream(0..400);
    input.extend(b"{\"id\": \"broken\"\n");
    input.extend(stream(0..10));
    assert_eq!(scan_with(&["-", "--db", text(&whole)], &input).status, 1);
    for part in [100, 250] {
        let mut child = program(&["-", "--db", text(&killed)]).spawn().expect("the program starts");
        let mut to = child.stdin.take().expect("there is a pipe");
        to.write_all(&stream(0..part)).expect("it reads");
        to.flush().expect("it reads");
        // Wait until something is committed, then have it in the middle of the next batch.
        let started = Instant::now();
        while stored(&killed) < i64::try_from(part).expect("small") {
            assert!(started.elapsed() < Duration::from_secs(60), "nothing is committed");
            std::thread::sleep(Duration::from_millis(20));
        }
        to.write_all(&stream(part..part + 100)).expect("it reads");
        to.flush().expect("it reads");
        std::thread::sleep(Duration::from_millis(100));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
    }
    assert!(stored(&killed) < 400);
    assert_eq!(scan_with(&["-", "--db", text(&killed)], &input).status, 1);
    assert_eq!(dump(&killed), dump(&whole));
}

#[cfg(unix)]
#[test]
fn an_interrupted_scan_finishes_what_is_in_hand_and_says_how_to_go_on() {
    let db = folder("interrupted").join("p.sqlite");
    let mut child = program(&["-", "--db", text(&db)]).spawn().expect("the program starts");
    let to = child.stdin.as_mut().expect("there is a pipe");
    to.write_all(&stream(0..50)).expect("it reads");
    to.flush().expect("it reads");
    let started = Instant::now();
    while stored(&db) < 1 {
        assert!(started.elapsed() < Duration::from_secs(60), "nothing is committed");
        std::thread::sleep(Duration::from_millis(20));
    }
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.expect("kill is there").success());
    // Standard input stays open: the scan must not wait for its end.
    let kept = child.stdin.take();
    let done = child.wait_with_output().expect("it ends");
    drop(kept);
    assert_eq!(done.status.code(), Some(130));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(said.contains("run the same command again to go on"), "{said}");
    assert_eq!(stored(&db), 50);
}

#[test]
fn a_locked_database_and_a_foreign_file_are_one_clear_error() {
    let root = folder("locked");
    let db = root.join("p.sqlite");
    assert_eq!(scan_with(&["-", "--db", text(&db)], &stream(0..3)).status, 0);
    let other = Connection::open(&db).expect("it opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("it can be locked");
    let ran = scan_with(&["-", "--db", text(&db), "--quiet"], &stream(3..6));
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("is locked: another program writes to it"), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    other.execute_batch("ROLLBACK").expect("it can be unlocked");
    drop(other);
    assert_eq!(scan_with(&["-", "--db", text(&db)], &stream(0..6)).status, 0);
    assert_eq!(stored(&db), 6);
    let text_file = root.join("notes.txt");
    write(&text_file, "no database at all, just some notes, long enough to be looked at".repeat(20));
    let ran = scan_with(&["-", "--db", text(&text_file)], b"");
    assert!(ran.status == 2 && ran.err.contains("no SQLite database"), "{}", ran.err);
    let foreign = root.join("foreign.sqlite");
    Connection::open(&foreign)
        .and_then(|found| found.execute_batch("CREATE TABLE t (x)"))
        .expect("it can be made");
    let ran = scan_with(&["-", "--db", text(&foreign)], b"");
    assert!(ran.status == 2 && ran.err.contains("a database of another program"), "{}", ran.err);
}

#[test]
#[allow(clippy::field_reassign_with_default)] // the fields depend on cargo features
fn a_full_disk_leaves_a_sound_database_that_a_second_run_completes() {
    use sayasat::scan::{
        Database, DatabaseOptions, Input, Outputs, ScanError, ScanOptions, SinkError, Watch,
    };
    use std::sync::Arc;
    let root = folder("full");
    let input = root.join("pages.ndjson");
    write(&input, stream(0..2000));
    let (whole, full) = (root.join("whole.sqlite"), root.join("full.sqlite"));
    let run = |path: &Path, max_bytes: Option<u64>| {
        let database = Database::open(path, DatabaseOptions { max_bytes }).expect("it opens");
        let mut outputs = Outputs::default();
        outputs.database = Some(database);
        let watch = Arc::new(Watch::default());
        let parser = Arc::new(sayasat::Parser::new());
        let inputs = [Input::Path(input.clone())];
        sayasat::scan::scan(&inputs, &parser, &ScanOptions::default(), &watch, &mut outputs)
    };
    run(&whole, None).expect("it runs");
    let error = run(&full, Some(600_000)).expect_err("there is no room");
    assert!(matches!(error, ScanError::Sink(SinkError::Full { .. })), "{error}");
    assert!(error.to_string().contains("free some room and run the same command again"), "{error}");
    dump(&full);
    run(&full, None).expect("it runs");
    assert_eq!(dump(&full), dump(&whole));
}

#[cfg(target_os = "linux")]
#[test]
fn lines_that_cannot_be_written_are_one_clear_error() {
    let ran = scan_with(&["-", "--out", "/dev/full", "--quiet"], &stream(0..50));
    assert_eq!(ran.status, 2);
    assert!(ran.err.starts_with("sayasat: cannot write to /dev/full:"), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1);
}

fn stats(arguments: &[&str]) -> Ran {
    let mut program = Command::new(env!("CARGO_BIN_EXE_sayasat"));
    program.arg("stats").args(arguments);
    let done = program.output().expect("the program runs");
    let out = String::from_utf8(done.stdout).expect("output is UTF-8");
    let err = String::from_utf8(done.stderr).expect("complaints are UTF-8");
    Ran { status: done.status.code().unwrap_or(-1), lines: Vec::new(), out, err }
}

#[test]
fn stats_of_lines_and_of_the_database_agree() {
    let root = folder("stats");
    let (lines, db) = (root.join("out.ndjson"), root.join("p.sqlite"));
    let mut input = stream(0..12);
    writeln!(input, "{}", json!({"id": "copy of p1", "text": policy(1)})).expect("memory takes all");
    input.extend(b"{\"id\": \"broken\"\n");
    assert_eq!(scan_with(&["-", "--db", text(&db), "--out", text(&lines)], &input).status, 1);
    for condition in [&[][..], &["--where", "language=ru"], &["--where", "jurisdiction!=KZ"]] {
        for format in ["table", "csv", "json"] {
            let arguments = [&["--format", format], condition].concat();
            let of_lines = stats(&[&[text(&lines)], arguments.as_slice()].concat());
            let of_db = stats(&[&[text(&db)], arguments.as_slice()].concat());
            assert_eq!((of_lines.status, of_db.status), (0, 0), "{} {}", of_lines.err, of_db.err);
            assert_eq!(of_lines.out, of_db.out, "{format} {condition:?}");
        }
    }
    let json: Value = serde_json::from_str(&stats(&[text(&db), "-f", "json"]).out).expect("it is JSON");
    let expected = json!({"documents": 13, "texts": 12, "policies": 13, "not_policies": 0, "failures": 1});
    assert_eq!(json["corpus"], expected);
    let ran = stats(&[text(&db), "--where", "country=KZ"]);
    assert!(ran.status == 2 && ran.err.contains("jurisdiction"), "{}", ran.err);
    let ran = stats(&[&format!("{ARCHIVES}/make_warc.py")]);
    assert!(ran.status == 2 && ran.err.contains("line 1: no record of sayasat"), "{}", ran.err);
}

#[test]
fn every_example_of_the_sql_page_runs() {
    let page =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/sql.md")).expect("the page is there");
    let db = folder("sql").join("p.sqlite");
    assert_eq!(scan_with(&["-", "--db", text(&db)], &stream(0..3)).status, 0);
    let connection = Connection::open_with_flags(&db, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("it opens");
    let mut examples = 0;
    for example in page.split("```sql\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        let mut statement = connection.prepare(example).unwrap_or_else(|error| panic!("{error}: {example}"));
        let mut rows = statement.query([]).expect("it runs");
        while rows.next().unwrap_or_else(|error| panic!("{error}: {example}")).is_some() {}
        examples += 1;
    }
    assert!(examples > 10, "{examples}");
}

#[test]
#[ignore = "needs GNU parallel; run with --ignored where it is installed"]
fn gnu_parallel_gives_the_records_of_one_process() {
    let root = folder("parallel");
    let input = stream(0..500);
    write(&root.join("pages.ndjson"), &input);
    let one = scan_with(&["-", "--quiet"], &input);
    // The command of docs/at-scale.md, with blocks small enough to be several.
    let command = format!(
        "parallel --pipe --keep-order --block 20k '{} scan - --out - --jobs 1 --quiet' < pages.ndjson",
        env!("CARGO_BIN_EXE_sayasat")
    );
    let done = Command::new("sh").args(["-c", &command]).current_dir(&root).output().expect("sh runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(String::from_utf8_lossy(&done.stdout) == one.out);
}

#[test]
#[ignore = "needs SAYASAT_SPARK=1, Java 17 and PySpark from PyPI: see tests/spark/run.sh"]
fn spark_gives_the_records_of_one_process() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/spark/run.sh");
    let done = Command::new("sh").args([script, env!("CARGO_BIN_EXE_sayasat")]).output().expect("sh runs");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && said.contains("the same as from one process"), "{said}");
}
