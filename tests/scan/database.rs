//! The database: what it holds, and what an interruption leaves of it.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

use super::*;

/// Everything in a database, row by row, ids included.
pub(super) fn dump(path: &Path) -> Vec<String> {
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

pub(super) fn stored(path: &Path) -> i64 {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .and_then(|found| found.query_row("SELECT count(*) FROM documents", [], |row| row.get(0)))
        .unwrap_or(0)
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
