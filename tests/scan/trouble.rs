//! Outputs that cannot be written, and options that make no sense: one clear error, and nothing lost.

use std::path::Path;

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
