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
    let objects = Objects::new(sentence);
    let mut out = nouns(clause, sentence, &objects);
    let verbs = sentence.stated("operations", "verb");
    let abroad = verbs.iter().any(|(kind, _)| *kind == "transfer") && is_abroad(clause);
    for (kind, m) in verbs {
        let negative = is_negated(clause, sentence, m);
        if negative && kind != "cross_border_transfer" && !is_bounded(clause, sentence, kind) {
            continue;
        }
        let about_data = match kind {
            "use" => objects.are_data(sentence, m),
            "transfer" => !objects.data.is_empty(),
            _ => true,
        };
        if !about_data {
            continue;
        }
        let kind = if kind == "transfer" && abroad { "cross_border_transfer" } else { kind };
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
fn nouns(clause: &Clause<'_>, sentence: &Sentence<'_>, objects: &Objects) -> Vec<Found> {
    if sentence.says("attack") || sentence.says("denial") || sentence.right {
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
        .filter(|(kind, m)| {
            listed
                || (described && matches!(*kind, "collection" | "storage" | "transfer"))
                || (described && *kind == "use" && objects.are_data(sentence, m))
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

/// Objects that a sentence names, by their first token.
struct Objects {
    data: Vec<Range<usize>>,
    tools: Vec<Range<usize>>,
}

impl Objects {
    fn new(sentence: &Sentence<'_>) -> Self {
        let of = |statement: &str| sentence.marks(statement).map(|m| m.tokens.clone()).collect();
        Self { data: of("data"), tools: of("tool") }
    }

    /// Whether the nearest object of a verb is data, not a file, service or other tool.
    fn are_data(&self, sentence: &Sentence<'_>, verb: &Mention) -> bool {
        const NEAR: usize = 10;
        let nearest = |objects: &[Range<usize>]| {
            let from = objects.partition_point(|at| at.start + NEAR + 4 < verb.tokens.start);
            objects[from..]
                .iter()
                .take_while(|at| at.start <= verb.tokens.end + NEAR)
                .map(|at| {
                    if at.start >= verb.tokens.end {
                        at.start - verb.tokens.end
                    } else {
                        // A Russian object follows its verb more often than it goes before it.
                        verb.tokens.start.saturating_sub(at.end) + usize::from(!sentence.kazakh)
                    }
                })
                .min()
        };
        match (nearest(&self.data), nearest(&self.tools)) {
            (Some(data), Some(tool)) => data <= tool && data <= NEAR,
            (Some(data), None) => data <= NEAR,
            (None, _) => false,
        }
    }
}

/// The heading above says that it is about passing data abroad.
fn is_abroad(clause: &Clause<'_>) -> bool {
    let context = clause.context;
    let Some(parent) = context.outline.nodes[clause.unit.node].parent else { return false };
    if !context.outline.nodes[parent].is_heading {
        return false;
    }
    let unit = &*context.units.get(parent);
    Sentence::new(context, unit, &(0..unit.tokens.len())).says("abroad")
}

/// Countries as written.
fn country(clause: &Clause<'_>, sentence: &Sentence<'_>) -> Option<String> {
    let names: Vec<String> =
        sentence.marks("country").map(|m| clause.unit.evidence(clause.context.source, &m.tokens).1).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
