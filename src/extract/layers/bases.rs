//! Legal bases: entries of a list of grounds, and words that state a ground wherever they stand.

use super::{Clause, Found, Sentence};

pub(super) fn read(clause: &Clause<'_>, sentence: &Sentence<'_>) -> Vec<Found> {
    let mut out: Vec<Found> = sentence
        .stated("legal_bases", "mark")
        .into_iter()
        .map(|(kind, m)| Found::new("legal_bases", kind, &m.tokens, 0.8))
        .collect();
    if !clause.has("legal_bases") || clause.is_lead() || sentence.says("denial") {
        return out;
    }
    let names = sentence.stated("legal_bases", "name");
    // The articles of association and rules of a contest are no law, whatever law they name.
    let own_act = clause.is_item() && names.first().is_some_and(|(kind, _)| *kind == "other");
    for (kind, m) in names {
        if !(own_act && kind != "other") {
            out.push(Found::new("legal_bases", kind, &m.tokens, 0.9));
        }
    }
    if out.is_empty() && clause.is_item() && clause.unit.sentences.len() == 1 {
        out.push(Found::new("legal_bases", "other", &sentence.range, 0.5));
    }
    out
}
