//! Measures: how the operator says that data are protected.

use super::{Clause, Found, Sentence};

pub(super) fn read(clause: &Clause<'_>, sentence: &Sentence<'_>) -> Vec<Found> {
    let mut out: Vec<Found> = sentence
        .stated("measures", "mark")
        .into_iter()
        .map(|(kind, m)| Found::new("measures", kind, &m.tokens, 0.8))
        .collect();
    if clause.led.documents && clause.is_item() {
        return vec![Found::new("measures", "internal_documents", &sentence.range, 0.8)];
    }
    let listed = clause.has("measures") || clause.led.measures;
    if clause.is_lead() || !(listed || sentence.says("measure")) {
        return out;
    }
    for (kind, m) in sentence.stated("measures", "name") {
        out.push(Found::new("measures", kind, &m.tokens, if listed { 0.9 } else { 0.75 }));
    }
    if out.len() > 1 {
        // What has a kind of its own is not "other" as well.
        let known = out.iter().any(|found| found.kind != "other");
        out.retain(|found| !known || found.kind != "other");
    }
    if out.is_empty() && listed && clause.is_item() && clause.unit.sentences.len() == 1 {
        out.push(Found::new("measures", "other", &sentence.range, 0.5));
    }
    out
}
