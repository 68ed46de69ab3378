//! The committed schema is the one the program prints, and every record in the repository keeps to it.

use std::fs;
use std::path::{Path, PathBuf};

use sayasat::PolicyRecord;
use sayasat::output::schema;
use serde_json::{Value, json};

const COMMITTED: &str = "schema/sayasat-1.schema.json";

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn the_committed_schema_is_the_one_of_the_code() {
    let code = serde_json::to_string_pretty(&schema()).expect("a schema is JSON") + "\n";
    let path = root(COMMITTED);
    if std::env::var_os("SAYASAT_UPDATE").is_some() {
        fs::write(&path, &code).expect("the schema can be written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == code,
        "{COMMITTED} is not what the code says; if the change is meant, run SAYASAT_UPDATE=1 cargo test --test schema"
    );
}

#[test]
fn the_schema_is_valid_draft_2020_12() {
    jsonschema::draft202012::meta::validate(&schema()).expect("the schema is one");
}

/// The schema with every object closed: the public one lets later versions add fields, a test should not.
fn closed() -> jsonschema::Validator {
    fn close(schema: &mut Value) {
        match schema {
            Value::Object(object) => {
                if object.contains_key("properties") {
                    object.insert("additionalProperties".to_owned(), false.into());
                }
                object.values_mut().for_each(close);
            }
            Value::Array(list) => list.iter_mut().for_each(close),
            _ => {}
        }
    }
    let mut schema = schema();
    close(&mut schema);
    jsonschema::draft202012::new(&schema).expect("the closed schema is a schema")
}

fn complaints(validator: &jsonschema::Validator, record: &Value) -> Vec<String> {
    validator.iter_errors(record).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Every record that the repository holds: samples, and snapshots of the corpus.
fn records() -> Vec<(PathBuf, Value)> {
    files(&["tests/records", "tests/snapshots", "corpus"])
        .into_iter()
        .filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            let json = match path.extension()?.to_str()? {
                "json" => text.as_str(),
                // insta puts a header between two rules before the value
                "snap" => text.splitn(3, "---\n").nth(2)?,
                _ => return None,
            };
            let value: Value = serde_json::from_str(json).ok()?;
            value.get("editions").is_some().then_some((path, value))
        })
        .collect()
}

fn files(folders: &[&str]) -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    for folder in folders {
        walk(&root(folder), &mut found);
    }
    found.sort();
    found
}

#[test]
fn every_record_in_the_repository_is_valid_and_reads_back_the_same() {
    let (validator, records) = (closed(), records());
    assert!(records.iter().any(|(path, _)| path.ends_with("tests/records/example.json")));
    for (path, value) in records {
        assert_eq!(complaints(&validator, &value), Vec::<String>::new(), "{}", path.display());
        let record: PolicyRecord = serde_json::from_value(value.clone()).expect("a valid record is a record");
        let again = serde_json::to_value(&record).expect("a record is JSON");
        assert_eq!(complaints(&validator, &again), Vec::<String>::new(), "{}, written again", path.display());
        let twice: PolicyRecord = serde_json::from_value(again).expect("what was written can be read");
        assert_eq!(record, twice, "{}", path.display());
    }
}

#[test]
fn what_the_parser_writes_is_valid() {
    let validator = closed();
    for text in [
        "",
        "1. Права\n1.1. Пользователь вправе отозвать согласие в любое время.\n",
        "1. Жалпы ережелер\n1.1. Оператор деректерді 3 жұмыс күні ішінде жояды.\nemail: info@example.kz\n",
        include_str!("records/example.txt"),
    ] {
        let record = serde_json::to_value(sayasat::parse(text)).expect("a record is JSON");
        assert_eq!(complaints(&validator, &record), Vec::<String>::new(), "{text}");
    }
    let policies = files(&["corpus"]);
    let policy =
        |path: &&PathBuf| path.extension().is_some_and(|end| end == "txt" || end == "html" || end == "docx");
    for path in policies.iter().filter(policy) {
        let bytes = fs::read(path).expect("the policy is there");
        let record = sayasat::parse_bytes(&bytes, &sayasat::Options::default()).expect("it can be read");
        let record = serde_json::to_value(record).expect("a record is JSON");
        assert_eq!(complaints(&validator, &record), Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn wrong_records_are_refused() {
    let public = jsonschema::draft202012::new(&schema()).expect("the schema is one");
    let sample: Value =
        serde_json::from_str(include_str!("records/example.json")).expect("the sample is JSON");
    assert!(public.is_valid(&sample));
    for (pointer, wrong) in [
        ("/schema", json!("sayasat/2")),
        ("/source/offset_unit", json!("byte")),
        ("/source/sha256", json!("ABC")),
        ("/source/bytes", json!(-1)),
        ("/editions/0/language", json!("de")),
        ("/editions/0/structure/0/kind", json!("chapter")),
        ("/editions/0/structure/0/span/line", json!(0)),
        ("/editions/0/effective/date", json!("31.01.2026")),
        ("/editions/0/operator/legal_form", json!("too")),
        ("/facts/rights/0/kind", json!("deletion")),
        ("/facts/rights/0/holder", json!("user")),
        ("/facts/rights/0/confidence", json!(1.5)),
        ("/facts/rights/0/span", json!(null)),
        ("/facts/rights/1/condition", json!(null)),
        ("/facts/obligations/0/modality", json!("may")),
        ("/facts/data_categories/0/status", json!("collected")),
        ("/facts/deadlines/0/iso", json!("3 days")),
        ("/facts/deadlines/0/day_type", json!("working")),
        ("/facts/deadlines/0/bound", json!("maximum")),
        ("/facts/deadlines/0/trigger", json!("withdrawal")),
        ("/facts/deadlines/0/action", json!("destroy")),
        ("/facts/contacts/0/type", json!("mail")),
        ("/facts/references/0/target", json!(9)),
        ("/facts/purposes/0/kind", json!("shipping")),
        ("/facts/measures", json!({})),
        ("/diagnostics/0/code", json!("reference_unresolved")),
        ("/diagnostics/0/severity", json!("fatal")),
    ] {
        let mut record = sample.clone();
        *record.pointer_mut(pointer).expect(pointer) = wrong;
        assert!(!public.is_valid(&record), "{pointer} takes anything");
    }
    let mut record = sample;
    record["facts"].as_object_mut().expect("facts").remove("recipients");
    assert!(!public.is_valid(&record), "a layer may be missing");
}
