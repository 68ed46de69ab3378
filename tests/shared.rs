//! Real policies that are not in the repository: figures against gold that only rise.
//!
//! The texts stand beside the repository, in `../shared` or where `SAYASAT_SHARED` says. Without them there is nothing to
//! score and the tests say that they were skipped.

mod scoring;

use std::path::{Path, PathBuf};

use scoring::{gold_files, hold, root, score, tell};

fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("SAYASAT_SHARED").map_or_else(|| root("../shared"), PathBuf::from);
    folder.join("policies").is_dir().then_some(folder)
}

/// Gold files with their texts; a gold file without a text is an error.
fn policies(gold: &Path, shared: &Path) -> Vec<(String, PathBuf, PathBuf)> {
    let text = |name: &str| {
        ["seeds", "policies"]
            .iter()
            .flat_map(|folder| ["txt", "md"].map(|end| shared.join(folder).join(format!("{name}.{end}"))))
            .find(|path| path.is_file())
    };
    gold_files(gold)
        .into_iter()
        .map(|(name, gold)| {
            let text =
                text(&name).unwrap_or_else(|| panic!("{name} has gold and no text in {}", shared.display()));
            (name, gold, text)
        })
        .collect()
}

fn hold_folder(set: &str, gold: impl Fn(&Path) -> PathBuf) {
    let Some(shared) = shared() else {
        tell(&format!("SKIPPED: {set}: no policies in ../shared; set SAYASAT_SHARED to their folder"));
        return;
    };
    let reports = score(&policies(&gold(&shared), &shared));
    let mut table = Vec::new();
    reports["all"].write_text(&mut table).expect("a vector takes all");
    hold(set, &reports, &String::from_utf8_lossy(&table));
}

#[test]
fn the_policies_of_the_assignment_are_read_no_worse_than_before() {
    hold_folder("assignment", |shared| shared.join("gold"));
}

#[test]
fn further_annotated_policies_are_read_no_worse_than_before() {
    hold_folder("annotated", |_| root("tests/gold"));
}
