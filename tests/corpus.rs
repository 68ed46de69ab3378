//! The policies of `corpus/`: figures against gold that only rise, and the records as snapshots.
//!
//! `INSTA_UPDATE=always cargo test --test corpus` takes over new records and better figures.

mod scoring;

use std::fs;
use std::path::PathBuf;

use scoring::{gold_files, hold, root, score};

fn policies() -> Vec<(String, PathBuf, PathBuf)> {
    policies_of("corpus")
}

fn policies_of(folder: &str) -> Vec<(String, PathBuf, PathBuf)> {
    let folder = root(folder);
    gold_files(&folder)
        .into_iter()
        .map(|(name, gold)| {
            let text = folder.join(format!("{name}.txt"));
            (name, gold, text)
        })
        .collect()
}

#[test]
fn every_policy_of_the_corpus_has_gold_and_is_told_of() {
    let readme = fs::read_to_string(root("corpus/README.md")).expect("corpus/README.md is there");
    let policies = policies();
    for entry in fs::read_dir(root("corpus")).expect("corpus is a folder") {
        let path = entry.expect("the folder can be listed").path();
        if path.extension().is_some_and(|end| end == "txt") {
            let name = path.file_stem().expect("a file has a name").to_string_lossy();
            assert!(policies.iter().any(|(other, ..)| *other == name), "corpus/{name}.gold is missing");
            assert!(
                readme.contains(&format!("| `{name}` |")),
                "corpus/README.md: add a row on {name} to the table"
            );
        }
    }
    assert!(policies.len() >= 10, "the corpus has at least ten policies");
}

#[test]
fn the_corpus_is_read_no_worse_than_before() {
    let reports = score(&policies());
    let mut table = Vec::new();
    reports["all"].write_text(&mut table).expect("a vector takes all");
    let table = String::from_utf8_lossy(&table);
    hold("corpus", &reports, &format!("{table}See where: sayasat parse, then sayasat score --errors\n"));
}

/// Nobody tunes on these: only totals are shown, and nobody reads their texts, their gold or their errors.
#[test]
fn policies_that_nobody_tuned_on_are_read_no_worse_than_before() {
    let reports = score(&policies_of("corpus/held-out"));
    let mut table = Vec::new();
    reports["all"].write_text(&mut table).expect("a vector takes all");
    hold("held-out", &reports, &String::from_utf8_lossy(&table));
}

#[test]
fn the_records_of_the_corpus_are_the_reviewed_ones() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, _, text) in policies() {
            let bytes = fs::read(text).expect("the policy can be read");
            let mut options = sayasat::Options::default();
            options.read.name = format!("{name}.txt");
            let record = sayasat::parse_bytes(&bytes, &options).expect("the policy can be read");
            insta::assert_json_snapshot!(name, record);
        }
    });
}
