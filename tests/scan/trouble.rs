//! Outputs that cannot be written, and options that make no sense: one clear error, and nothing lost.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use rusqlite::Connection;

use super::database::{dump, stored};
use super::*;

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

#[test]
fn outputs_that_cannot_be_made_say_why_and_what_to_do() {
    let root = folder("outputs");
    write(&root.join("a.txt"), policy(1));
    let (a, here) = (root.join("a.txt"), text(&root).to_owned());
    let nowhere = root.join("nowhere/x");
    for (arguments, said) in [
        (["--out", text(&nowhere)], "nowhere; make it first"),
        (["--out", here.as_str()], "it is a directory; name a file"),
        (["--db", text(&nowhere)], "nowhere; make it first"),
        (["--db", here.as_str()], "it is a directory; name a file"),
        (["--db", "-"], "a database needs a file"),
        (["--encoding", "cp-none"], "unknown encoding \"cp-none\""),
        (["--jobs", "0"], "use a number from 1 to"),
        (["--max-bytes", "ten"], "use a number of bytes"),
        (["--out", text(&a)], "is to be read and to be written"),
        (["--db", text(&a)], "is to be read and to be written"),
    ] {
        let ran = scan(&[&[text(&a)], arguments.as_slice()].concat());
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
    }
    let both = text(&root.join("both")).to_owned();
    let ran = scan(&[text(&a), "--db", &both, "--out", &both]);
    assert!(ran.status == 2 && ran.err.contains("give them two"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&a).expect("it is still there"), policy(1));
    assert_eq!(fs::read_dir(&root).expect("it can be listed").count(), 1, "nothing was made");
}

#[test]
fn a_scan_does_not_read_what_it_writes() {
    let root = folder("own");
    for number in 0..30 {
        // Enough for several buffers of output before the end of the directory is reached.
        write(&root.join(format!("{number:02}.txt")), policy(number).repeat(40));
    }
    let (lines, db) = (root.join("99-records.ndjson"), root.join("99-policies.sqlite"));
    let ran = scan(&[text(&root), "--out", text(&lines), "--db", text(&db), "--jobs", "1"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.err.contains("30 documents: 30 policies"), "{}", ran.err);
    assert_eq!(stored(&db), 30);
    for left in fs::read_dir(&root).expect("it can be listed").flatten() {
        if left.path().extension().is_none_or(|extension| extension != "txt") {
            fs::remove_file(left.path()).expect("it can be removed");
        }
    }
    // Standard output may lead there as well.
    let to = fs::File::create(&lines).expect("it can be made");
    let mut command = program(&[text(&root), "--jobs", "1"]);
    let done = command.stdout(to).stdin(Stdio::null()).output().expect("the program runs");
    let said = String::from_utf8_lossy(&done.stderr);
    if cfg!(target_os = "linux") {
        assert!(said.contains("30 documents: 30 policies"), "{said}");
    }
}

#[test]
fn other_limits_make_other_records() {
    let root = folder("limits");
    let (page, db) = (root.join("a.html"), root.join("p.sqlite"));
    write(&page, format!("{}<p>1. Субъект вправе отозвать согласие.</p>", "<div>".repeat(60)));
    let with = |limits: &[&str]| scan(&[&[text(&page), "--db", text(&db)], limits].concat());
    for limits in [&[][..], &["--max-depth", "10"], &["--max-pages", "3"], &["--max-bytes", "1M"]] {
        let ran = with(limits);
        assert!(ran.status == 0 && !ran.err.contains("stored already"), "{limits:?}: {}", ran.err);
        assert!(with(limits).err.contains("1 were stored already"), "{limits:?}");
        assert_eq!(stored(&db), 1);
        let cut: i64 = Connection::open(&db)
            .and_then(|found| {
                let count = "SELECT count(*) FROM diagnostics WHERE code = 'limit-reached'";
                found.query_row(count, [], |row| row.get(0))
            })
            .expect("it answers");
        assert_eq!(cut > 0, limits.contains(&"10"), "{limits:?}");
    }
}

#[test]
fn a_document_without_text_is_no_policy() {
    let root = folder("empty");
    let db = root.join("p.sqlite");
    let input = stream(0..1);
    let ran = scan_with(
        &["-", "--db", text(&db)],
        &[&input[..], b"{\"id\": \"empty\", \"text\": \"\"}\n"].concat(),
    );
    assert!(ran.err.contains("2 documents: 1 policy, 1 not policies, 0 failures"), "{}", ran.err);
}
