//! A record with facts of every layer, through every sink and back.

#![allow(clippy::field_reassign_with_default)] // the fields depend on cargo features

use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::*;
use crate::record::PolicyRecord;
use crate::scan::document::{ContentKey, Origin};
use crate::scan::pool::Parsed;
use crate::scan::rows;
use crate::scan::stats::survey;

fn sample() -> PolicyRecord {
    serde_json::from_str(include_str!("../../../tests/records/example.json")).expect("the sample is a record")
}

fn parsed(name: &str) -> Outcome {
    let record = sample();
    let origin = Origin { name: name.to_owned(), ..Origin::default() };
    let style = JsonStyle::default();
    Outcome::Parsed(Box::new(Parsed {
        key: ContentKey { sha256: record.source.sha256.clone(), reading: String::new() },
        path: name.to_owned(),
        position: None,
        is_policy: rows::is_policy(&record),
        line: Some(render(&record, &origin, style)),
        record: Some(record),
        origin,
    }))
}

fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("sayasat-sink-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("the folder can be made");
    path
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn count_facts(record: &PolicyRecord) -> usize {
    let mut count = 0;
    rows::facts(&record.facts, |_| count += 1);
    count
}

#[test]
fn every_fact_reaches_the_database_and_counts_like_the_line() {
    let root = folder("facts");
    let db = root.join("p.sqlite");
    let written = Shared::default();
    let mut outputs = Outputs::default();
    outputs.lines = Some(LinesOut::new("memory", Box::new(written.clone()), JsonStyle::default()));
    outputs.database = Some(Database::open(&db, DatabaseOptions::default()).expect("it opens"));
    outputs.begin("1").expect("it begins");
    for name in ["a.txt", "b.txt"] {
        outputs.accept(parsed(name)).expect("it is written");
    }
    outputs.finish().expect("it ends");
    drop(outputs);
    let lines = root.join("out.ndjson");
    std::fs::write(&lines, &*written.0.lock().unwrap_or_else(PoisonError::into_inner))
        .expect("it is written");

    let record = sample();
    let line = std::fs::read_to_string(&lines).expect("it was written");
    let back: PolicyRecord = serde_json::from_str(line.lines().next().expect("a line")).expect("a record");
    assert_eq!(back, record);

    let connection = rusqlite::Connection::open(&db).expect("it opens");
    let number = |query: &str| -> usize {
        connection.query_row(query, [], |row| row.get::<_, usize>(0)).expect("it answers")
    };
    assert!(count_facts(&record) > 10);
    assert_eq!(number("SELECT count(*) FROM facts"), count_facts(&record));
    assert_eq!(number("SELECT count(*) FROM documents"), 1);
    assert_eq!(number("SELECT count(*) FROM policies"), 2);
    // Every fact stands in a node, but for those that the text gives no node for.
    assert_eq!(number("SELECT count(*) FROM clauses"), number("SELECT count(*) FROM facts WHERE node <> ''"));
    let rights = record.facts.rights.len();
    assert_eq!(number("SELECT count(*) FROM facts WHERE layer = 'rights' AND party IS NOT NULL"), rights);

    let of_db = survey(&db, &[]).expect("it counts");
    let of_lines = survey(&lines, &[]).expect("it counts");
    assert_eq!(of_db, of_lines);
    assert_eq!((of_db.corpus.documents, of_db.corpus.texts), (2, 1));
    assert!(of_db.rights.iter().all(|count| count.documents == 2) && !of_db.rights.is_empty());
    let _ = std::fs::remove_dir_all(root);
}

#[test]
fn another_revision_replaces_the_rows_and_keeps_the_names() {
    let root = folder("revision");
    let db = root.join("p.sqlite");
    for revision in ["1", "2", "2"] {
        let database = Database::open(&db, DatabaseOptions::default()).expect("it opens");
        let mut outputs = Outputs::default();
        outputs.database = Some(database);
        outputs.begin(revision).expect("it begins");
        outputs.accept(parsed("a.txt")).expect("it is written");
        outputs.finish().expect("it ends");
    }
    let connection = rusqlite::Connection::open(&db).expect("it opens");
    let found: (usize, usize, usize, String) = connection
        .query_row(
            "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM sources), (SELECT count(*) FROM facts),
                    (SELECT max(revision) FROM documents)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .expect("it answers");
    assert_eq!(found, (1, 1, count_facts(&sample()), "2".to_owned()));
    let _ = std::fs::remove_dir_all(root);
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_files_hold_a_row_a_clause_and_a_row_a_fact() {
    use ::parquet::file::reader::{FileReader as _, SerializedFileReader};
    let root = folder("parquet");
    let mut outputs = Outputs { tables: Some(Tables::create(&root).expect("made")), ..Outputs::default() };
    outputs.begin("1").expect("it begins");
    outputs.accept(parsed("a.txt")).expect("it is written");
    assert!(!root.join("facts.parquet").exists(), "a name is for whole files");
    outputs.finish().expect("it ends");
    let rows = |name: &str| {
        let file = std::fs::File::open(root.join(name)).expect("it is there");
        SerializedFileReader::new(file).expect("it is Parquet").metadata().file_metadata().num_rows()
    };
    let record = sample();
    let mut nodes = 0;
    rows::nodes(&record, |_| nodes += 1);
    assert_eq!((rows("documents.parquet"), rows("clauses.parquet"), rows("failures.parquet")), (1, nodes, 0));
    assert_eq!(rows("facts.parquet"), i64::try_from(count_facts(&record)).expect("small"));
    let _ = std::fs::remove_dir_all(root);
}
