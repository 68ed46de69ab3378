//! Quirks of published policies, one small case each: what the outline makes of them, and the facts where those are odd.
//!
//! A case is a text and the outline that a reader would draw: a node a line, indented by level, with its kind, its label
//! and behind `|` its text. All texts are made up.

mod bilingual;
mod characters;
mod headings;
mod layout;
mod lists;
mod numbering;
mod values;

use std::fmt::Write as _;

use sayasat::PolicyRecord;
use sayasat::record::{Code, Node};

/// The outline as a reader draws it.
fn drawn(record: &PolicyRecord) -> String {
    let mut out = String::new();
    for (at, edition) in record.editions.iter().enumerate() {
        if record.editions.len() > 1 {
            let _ = writeln!(out, "edition {at} {}", edition.language.id());
        }
        edition.structure.iter().for_each(|top| draw(top, 0, &mut out));
    }
    out
}

fn draw(node: &Node, depth: usize, out: &mut String) {
    let label = if node.label.is_empty() { String::new() } else { format!(" {}", node.label) };
    let _ = writeln!(out, "{}{}{label} | {}", "  ".repeat(depth), node.kind.id(), node.text);
    node.children.iter().for_each(|child| draw(child, depth + 1, out));
}

fn codes(record: &PolicyRecord) -> Vec<Code> {
    record.diagnostics.iter().map(|found| found.code).collect()
}

/// Checks the outline of a text; the lines of `outline` lose the indentation that they share.
#[track_caller]
fn check(text: &str, outline: &str) -> PolicyRecord {
    let record = sayasat::parse(text);
    let lines: Vec<&str> = outline.lines().filter(|line| !line.trim().is_empty()).collect();
    let shared = lines.iter().map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let expected: String = lines.iter().map(|line| format!("{}\n", line[shared..].trim_end())).collect();
    let found: String = drawn(&record).lines().map(|line| format!("{}\n", line.trim_end())).collect();
    assert!(found == expected, "the text\n{text}\nis drawn as\n{found}\nnot as\n{expected}");
    record
}

/// Checks an outline and that a diagnostic goes with it.
#[track_caller]
fn check_with(text: &str, outline: &str, code: Code) -> PolicyRecord {
    let record = check(text, outline);
    assert!(codes(&record).contains(&code), "{code:?} is missing: {:?}", record.diagnostics);
    record
}
