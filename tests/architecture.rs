//! The house rules that a compiler does not keep: who imports whom, how long a file is, what may not stay in it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Modules and what they may import, lowest first. ARCHITECTURE.md says why.
const MAY_IMPORT: [(&str, &[&str]); 13] = [
    ("prepared", &[]),
    ("record", &[]),
    ("source", &["record"]),
    ("language", &["record", "source"]),
    ("structure", &["prepared", "record", "source", "language"]),
    ("lexicon", &["prepared", "record", "source", "language"]),
    ("value", &["record", "source", "language", "lexicon"]),
    ("law", &["prepared", "record", "source", "language"]),
    ("extract", &["record", "source", "language", "structure", "lexicon", "value", "law"]),
    ("score", &["record"]),
    ("output", &["record", "lexicon", "score"]),
    ("parser", &["record", "source", "language", "structure", "lexicon", "value", "extract"]),
    ("scan", &["record", "source", "lexicon", "output", "parser", "Options", "Parser"]),
];

/// The program: it uses the library from outside.
const PROGRAM: [&str; 2] = ["cli", "main"];

/// It streams corpora from and to disks.
const STREAMS: &str = "scan";

/// Most lines of a source file.
const LONGEST: usize = 650;

/// Lists of ids that grow with the record and hold nothing else.
const LISTS: [&str; 1] = ["src/record/vocabulary.rs"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Source files below a folder: path from the top of the repository, with `/`, and text.
fn sources(folder: &str) -> BTreeMap<String, String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("the folder can be listed") {
            let path = entry.expect("the folder can be listed").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found
        .into_iter()
        .map(|path| {
            let name =
                path.strip_prefix(root()).expect("it is below the top").to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(path).expect("source is text"))
        })
        .collect()
}

/// `src/record/facts.rs` → `record`, `src/parser.rs` → `parser`.
fn module(path: &str) -> &str {
    let rest = path.strip_prefix("src/").unwrap_or(path);
    rest.split(['/', '.']).next().unwrap_or(rest)
}

/// Modules of this crate that a line names: `crate::record::Span`, `use crate::{record, source}`.
fn imports(line: &str) -> Vec<&str> {
    let word = |text: &'static str| move |c: char| !(c.is_alphanumeric() || c == '_') && !text.contains(c);
    let mut out = Vec::new();
    for (at, found) in line.match_indices("crate::") {
        // `$crate::` and `sayasat_crate::` are other things
        if line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &line[at + found.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let (mut depth, mut from) = (0_u32, 0);
            for (at, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => {
                        out.push(group[from..at].trim());
                        break;
                    }
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        out.push(group[from..at].trim());
                        from = at + 1;
                    }
                    _ => {}
                }
            }
        } else {
            out.push(rest);
        }
    }
    out.into_iter()
        .map(|name| name.split(word("")).next().unwrap_or(name))
        .filter(|name| !name.is_empty())
        .collect()
}

/// The text without unit tests, which may look at more, and without comments.
fn code(text: &str) -> String {
    let code = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text);
    code.lines().map(|line| line.split("//").next().unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

#[test]
fn modules_import_only_what_stands_below_them() {
    let mut wrong = String::new();
    for (path, text) in sources("src") {
        let own = module(&path);
        if own == "lib" {
            continue;
        }
        let program = PROGRAM.contains(&own);
        let allowed = MAY_IMPORT.iter().find(|(name, _)| *name == own).map(|(_, allowed)| *allowed);
        assert!(
            allowed.is_some() || program,
            "{path}: the module {own:?} has no place in MAY_IMPORT of tests/architecture.rs (and in ARCHITECTURE.md)"
        );
        let text = code(&text);
        // a group may go over several lines
        for name in imports(&text.replace('\n', " ")) {
            let ok = program || name == own || allowed.is_some_and(|allowed| allowed.contains(&name));
            if !ok {
                let line = text.lines().position(|line| line.contains(&format!("crate::{name}")));
                let _ = writeln!(
                    wrong,
                    "{path}:{}: {own} may not import {name}; move what both need below them",
                    line.map_or(0, |line| line + 1)
                );
            }
        }
        if program && text.contains("crate::") && text.contains("crate::record") {
            let _ = writeln!(
                wrong,
                "{path}: the program uses the library from outside: `sayasat::`, not `crate::`"
            );
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_table_of_imports_has_no_circle() {
    for (at, (name, allowed)) in MAY_IMPORT.iter().enumerate() {
        for other in *allowed {
            // names that lib.rs passes on from the parser
            if matches!(*other, "Options" | "Parser") {
                continue;
            }
            let below = MAY_IMPORT[..at].iter().any(|(lower, _)| lower == other);
            assert!(below, "{name} may import {other}, which does not stand above it in MAY_IMPORT");
        }
    }
}

#[test]
fn only_the_program_prints_reads_files_or_exits() {
    let mut wrong = String::new();
    for (path, text) in sources("src") {
        if PROGRAM.contains(&module(&path)) || path.ends_with("/tests.rs") {
            continue;
        }
        let text = code(&text);
        for (at, line) in text.lines().enumerate() {
            for call in ["println!", "eprintln!", "std::process::", "std::env::", "std::fs::", "std::net::"] {
                let streams = module(&path) == STREAMS && matches!(call, "std::fs::" | "std::net::");
                if line.contains(call) && !streams {
                    let _ = writeln!(wrong, "{path}:{}: {call} belongs into src/cli", at + 1);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold_in_the_head() {
    let mut wrong = String::new();
    for (path, text) in sources("src") {
        let lines = text.lines().count();
        if lines >= LONGEST && !LISTS.contains(&path.as_str()) {
            let _ = writeln!(wrong, "{path}: {lines} lines, at most {LONGEST}; split it by what it is about");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn nothing_is_left_for_later_in_the_code() {
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
        concat!("to", "do!("),
        "unimplemented!(",
    ];
    let mut wrong = String::new();
    for folder in ["src", "tests", "benches"] {
        for (path, text) in sources(folder) {
            for (at, line) in text.lines().enumerate() {
                if let Some(mark) = marks.iter().find(|mark| line.contains(**mark)) {
                    let _ = writeln!(wrong, "{path}:{}: {mark}: do it, or write an issue", at + 1);
                }
            }
        }
    }
    // the test of marks names two of them itself
    let wrong: String = wrong.lines().filter(|line| !line.starts_with("tests/architecture.rs")).collect();
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn no_drawer_is_named_after_nothing() {
    let drawers = ["util", "utils", "helper", "helpers", "common", "misc", "shared_stuff", "types"];
    for folder in ["src", "tests"] {
        for path in sources(folder).keys() {
            for part in path.trim_end_matches(".rs").split('/') {
                assert!(
                    !drawers.contains(&part),
                    "{path}: {part:?} says nothing; name it after what it holds"
                );
            }
        }
    }
}
