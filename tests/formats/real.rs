//! Real files beside the project, against the plain texts that other tools made of them.

#![allow(clippy::print_stdout)] // a skipped test says why, and the figures are of interest

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use sayasat::record::{Format, Node};
use sayasat::source::{ReadOptions, read};
use sayasat::{Options, PolicyRecord};
use serde_json::Value;

use super::lines;

/// Real files beside the project, with the text that other tools made of them.
fn shared() -> Option<PathBuf> {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("SAYASAT_SHARED").map_or_else(default, PathBuf::from);
    shared.join("policies/raw").is_dir().then(|| shared.join("policies"))
}

/// Real files, in the order of their names.
fn files(policies: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(policies.join("raw")).expect("a directory").flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem().expect("a file").to_string_lossy().into_owned()
}

fn record(path: &Path) -> PolicyRecord {
    let bytes = std::fs::read(path).expect("a readable file");
    sayasat::parse_bytes(&bytes, &Options::default())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Labels of all nodes that have one, in the order of the outline.
fn labels(record: &PolicyRecord) -> Vec<String> {
    fn walk(nodes: &[Node], labels: &mut Vec<String>) {
        for node in nodes {
            labels.extend(Some(node.label.clone()).filter(|label| !label.is_empty()));
            walk(&node.children, labels);
        }
    }
    let mut labels = Vec::new();
    record.editions.iter().for_each(|edition| walk(&edition.structure, &mut labels));
    labels
}

/// The core facts by layer, kind (or value) and quote, counted.
fn core(record: &PolicyRecord) -> HashMap<[String; 3], usize> {
    let facts = serde_json::to_value(&record.facts).expect("a record is JSON");
    let mut counts = HashMap::new();
    for layer in ["rights", "obligations", "data_categories", "deadlines", "contacts"] {
        for fact in facts[layer].as_array().expect("a layer is a list") {
            let text = |field: &str| fact.get(field).and_then(Value::as_str).map(str::to_owned);
            let kind = text("kind").or_else(|| text("value")).unwrap_or_default();
            *counts.entry([layer.to_owned(), kind, text("quote").unwrap_or_default()]).or_default() += 1;
        }
    }
    counts
}

/// F1 of the core facts of two records.
fn agreement(ours: &PolicyRecord, theirs: &PolicyRecord) -> f64 {
    let (ours, theirs) = (core(ours), core(theirs));
    let both: usize = ours.iter().map(|(fact, count)| *count.min(theirs.get(fact).unwrap_or(&0))).sum();
    let all = ours.values().sum::<usize>() + theirs.values().sum::<usize>();
    if all == 0 { 1.0 } else { 2.0 * both as f64 / all as f64 }
}

/// Compares two files; gives what is wrong, in figures only.
fn difference(name: &str, ours: &Path, theirs: &Path) -> Option<String> {
    let (ours, theirs) = (record(ours), record(theirs));
    let same = labels(&ours) == labels(&theirs);
    let f1 = agreement(&ours, &theirs);
    println!("{name}: {} labels, the same: {same}; core facts F1 {f1:.3}", labels(&ours).len());
    (!same || f1 < 0.98).then(|| format!("{name}: labels the same: {same}, core facts F1 {f1:.3}"))
}

#[test]
fn real_files_give_the_records_of_their_plain_texts() {
    let Some(policies) = shared() else {
        println!("skipped: no ../shared/policies/raw beside the project, and SAYASAT_SHARED names none");
        return;
    };
    let raw = policies.join("raw");
    let named = [
        "ru-felfri-tilda.docx",
        "ru-ital.pdf",
        "rukz-chessleader.docx",
        "kk-sushisan.html",
        "rukz-kitseller.html",
        "rukz-kitseller-docx.docx",
    ];
    assert!(named.iter().all(|name| raw.join(name).is_file()), "a file is missing from {}", raw.display());
    let plain = |path: &Path| policies.join(format!("{}.txt", stem(path)));
    let mut differ: Vec<String> =
        files(&policies).iter().filter_map(|path| difference(&stem(path), path, &plain(path))).collect();
    let (page, document) = (raw.join("rukz-kitseller.html"), raw.join("rukz-kitseller-docx.docx"));
    differ.extend(difference("rukz-kitseller, page and document", &page, &document));
    assert!(differ.is_empty(), "{differ:#?}");
}

/// The number at the start of a line, behind marks of headings and lists.
fn label(line: &str) -> Option<&str> {
    let line = line.trim_start_matches([' ', '\u{A0}', '\t', '#', '*', '-', '–', '—', '•']);
    let end = line.find(|letter: char| !(letter.is_ascii_digit() || letter == '.')).unwrap_or(line.len());
    let label = line[..end].trim_end_matches('.');
    let closed = line[label.len()..].starts_with(['.', ')', ' ', '\u{A0}']);
    (!label.is_empty() && label.starts_with(|first: char| first.is_ascii_digit()) && closed).then_some(label)
}

#[test]
fn real_files_have_the_labels_and_lines_of_their_plain_texts() {
    let Some(policies) = shared() else {
        println!("skipped: no ../shared/policies/raw beside the project, and SAYASAT_SHARED names none");
        return;
    };
    let mut differ = Vec::new();
    for path in files(&policies) {
        let stem = stem(&path);
        let bytes = std::fs::read(&path).expect("a readable file");
        let source = read(&bytes, &ReadOptions::default()).unwrap_or_else(|error| panic!("{stem}: {error}"));
        let plain = std::fs::read_to_string(policies.join(format!("{stem}.txt"))).expect("its plain text");
        let ours = lines(&source);
        let labels: Vec<&str> = ours.iter().filter_map(|line| label(line)).collect();
        let expected: Vec<&str> = plain.lines().filter_map(label).collect();
        let known = |line: &&str| plain.lines().any(|other| other.trim() == line.trim());
        let same = ours.iter().filter(|line| known(line)).count() as f64 / ours.len().max(1) as f64;
        println!(
            "{stem}: {} labels, {:.1} % of the lines stand in the plain text",
            labels.len(),
            same * 100.0
        );
        // PDF page numbers and dates at line starts are in the plain texts, too; furniture is not in ours.
        let in_order = if source.format == Format::Pdf {
            let mut rest = expected.iter();
            labels.iter().all(|label| rest.any(|other| other == label))
        } else {
            labels == expected
        };
        if !in_order || same < 0.98 {
            differ.push(format!("{stem}: {} labels instead of {}, {same:.3}", labels.len(), expected.len()));
        }
    }
    assert!(differ.is_empty(), "{differ:#?}");
}
