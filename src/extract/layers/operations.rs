//! Operations: what the operator says that it does with data.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Clause, Found, Mention, Sentence};
use crate::language::Kind;

/// Operations that a sentence names at least if it is a list of them.
const LIST: usize = 3;

pub(super) fn read(clause: &Clause<'_>, sentence: &Sentence<'_>) -> Vec<Found> {
    if clause.led.services || sentence.says("services") {
        return Vec::new(); // what services of third parties do themselves
    }
    let mut out = nouns(clause, sentence);
    for (kind, m) in sentence.stated("operations", "verb") {
        let negative = is_negated(clause, sentence, m);
        if negative && kind != "cross_border_transfer" && !is_bounded(clause, sentence, kind) {
            continue;
        }
        let about_data = match kind {
            "use" => is_about_data(sentence, m),
            "transfer" => sentence.says("data"),
            _ => true,
        };
        if !about_data {
            continue;
        }
        let kind = if kind == "transfer" && is_abroad(clause) { "cross_border_transfer" } else { kind };
        let mut found = Found::new("operations", kind, &m.tokens, 0.85);
        if kind == "cross_border_transfer" {
            found = found.with(country(clause, sentence));
        }
        let denied = negative && kind == "cross_border_transfer";
        out.push(if denied { found.denied() } else { found });
    }
    // Passing data on abroad is one thing, not two.
    if out.iter().any(|found| found.kind == "cross_border_transfer") {
        out.retain(|found| found.kind != "transfer" || found.cue.ends_with("list"));
    }
    out
}

/// Names of operations: in a list of them, in what a policy says that it describes, in principles.
fn nouns(clause: &Clause<'_>, sentence: &Sentence<'_>) -> Vec<Found> {
    if sentence.says("attack") || sentence.says("denial") {
        return Vec::new(); // what data are protected from
    }
    let nouns = sentence.stated("operations", "noun");
    let kinds: BTreeSet<&str> = nouns.iter().map(|(kind, _)| *kind).collect();
    let listed = (kinds.len() >= LIST && sentence.says("operations") && !sentence.says("measure"))
        || clause.has("operations");
    let described = sentence.says("description");
    let principle = clause.has("principles") && clause.is_item();
    nouns
        .into_iter()
        .filter(|(kind, _)| {
            listed
                || (described && matches!(*kind, "collection" | "storage" | "use" | "transfer"))
                || (principle && matches!(*kind, "destruction" | "anonymisation" | "erasure"))
        })
        .map(|(kind, m)| {
            let mut found = Found::new("operations", kind, &m.tokens, if listed { 0.9 } else { 0.7 });
            if listed {
                found.cue.push_str("/list");
            }
            found
        })
        .collect()
}

/// `не передаем`, `не могут быть переданы`; Kazakh negates in the verb itself, which no wording matches.
pub(super) fn is_negated(clause: &Clause<'_>, sentence: &Sentence<'_>, mention: &Mention) -> bool {
    const NEAR: usize = 3;
    if sentence.kazakh {
        return false; // `не үшін`: what for
    }
    (0..mention.tokens.start)
        .rev()
        .take(NEAR)
        .take_while(|&at| !matches!(clause.unit.tokens[at].kind, Kind::Sign(',' | ';' | ':' | '.')))
        .any(|at| clause.unit.word(at) == "не")
}

/// `не передаем, за исключением случаев:` and a list of the cases: data are passed on in them.
fn is_bounded(clause: &Clause<'_>, sentence: &Sentence<'_>, kind: &str) -> bool {
    kind == "transfer" && sentence.says("exception") && clause.is_lead()
}

/// Whether the nearest object of a verb is data, not a file, service or other tool.
fn is_about_data(sentence: &Sentence<'_>, verb: &Mention) -> bool {
    const NEAR: usize = 10;
    let distance = |at: &Range<usize>| {
        if at.start >= verb.tokens.end {
            at.start - verb.tokens.end
        } else {
            // A Russian object follows its verb more often than it goes before it.
            verb.tokens.start.saturating_sub(at.end) + usize::from(!sentence.kazakh)
        }
    };
    let nearest = |statement: &str| sentence.marks(statement).iter().map(|m| distance(&m.tokens)).min();
    match (nearest("data"), nearest("tool")) {
        (Some(data), Some(tool)) => data <= tool && data <= NEAR,
        (Some(data), None) => data <= NEAR,
        (None, _) => false,
    }
}

/// The heading above says that it is about passing data abroad.
fn is_abroad(clause: &Clause<'_>) -> bool {
    let context = clause.context;
    let Some(parent) = context.outline.nodes[clause.unit.node].parent else { return false };
    if !context.outline.nodes[parent].is_heading {
        return false;
    }
    let unit = &context.units[parent];
    Sentence::new(context, unit, &(0..unit.tokens.len())).says("abroad")
}

/// Countries as written.
fn country(clause: &Clause<'_>, sentence: &Sentence<'_>) -> Option<String> {
    let names: Vec<String> = sentence
        .marks("country")
        .iter()
        .map(|m| clause.unit.evidence(clause.context.source, &m.tokens).1)
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}
