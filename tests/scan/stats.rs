//! `sayasat stats`, and the questions of docs/sql.md.

use std::fs;

use rusqlite::{Connection, OpenFlags};

use super::*;

pub(super) fn stats(arguments: &[&str]) -> Ran {
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
