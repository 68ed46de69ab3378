//! Recipients: to whom data are or may be passed, with the names of services.

use std::ops::Range;

use super::{Clause, Found, Sentence, operations};

pub(super) fn read(clause: &Clause<'_>, sentence: &Sentence<'_>) -> Vec<Found> {
    let mut out: Vec<Found> = sentence
        .stated("recipients", "mark")
        .into_iter()
        .filter(|(_, m)| !operations::is_negated(clause, sentence, m))
        .map(|(kind, m)| Found::new("recipients", kind, &m.tokens, 0.8))
        .collect();
    if clause.has("legal_bases") {
        return out; // whoever is named there shows why, not to whom
    }
    let topic = clause.has("recipients") || clause.led.recipients || clause.led.services;
    let open = topic || (sentence.says("recipient") && !sentence.says("attack"));
    let Some(region) = region(sentence) else {
        let third = sentence.of("recipients", "name").find(|(kind, _)| *kind == "other");
        if let Some((kind, m)) = third.filter(|_| open) {
            out.push(Found::new("recipients", kind, &m.tokens, 0.8).denied());
        }
        return out;
    };
    let inside = |tokens: &Range<usize>| region.start <= tokens.start && tokens.end <= region.end;
    // Who puts a counter or advertising on its pages passes data on to it.
    for (role, enough) in [("name", open), ("mark", true)] {
        for (_, m) in sentence.stated("services", role) {
            let kind = clause.context.lexicon.concept(m.entry).value.as_deref().unwrap_or("other");
            if enough && inside(&m.tokens) {
                let detail = Some(clause.unit.evidence(clause.context.source, &m.tokens).1);
                out.push(Found::new("recipients", kind, &m.tokens, 0.85).with(detail));
            }
        }
    }
    // `следующим лицам:` leaves the naming to the entries, `в следующих случаях:` does not.
    let cases = sentence
        .range
        .clone()
        .any(|at| ["случа", "жағдай"].iter().any(|case| clause.unit.word(at).starts_with(case)));
    // `если пользователь дал согласие на передачу третьей стороне`: an entry that says when, not to whom.
    let when = clause.is_item() && ["если", "когда", "при"].contains(&clause.unit.word(sentence.range.start));
    if !open || when || (clause.is_lead() && !cases) {
        return out;
    }
    let names: Vec<_> =
        sentence.stated("recipients", "name").into_iter().filter(|(_, m)| inside(&m.tokens)).collect();
    let specific = names.iter().any(|(kind, _)| *kind != "other") || !out.is_empty();
    for (kind, m) in names {
        // Third parties that the sentence goes on to name.
        let unnamed =
            ["трет", "үшінші"].iter().any(|third| clause.unit.word(m.tokens.start).starts_with(third));
        if !(unnamed && kind == "other" && specific) {
            out.push(Found::new("recipients", kind, &m.tokens, if topic { 0.9 } else { 0.75 }));
        }
    }
    out
}

/// Where recipients count: all of a sentence that denies nothing, only its exceptions otherwise.
fn region(sentence: &Sentence<'_>) -> Option<Range<usize>> {
    if !sentence.says("denial") {
        return Some(sentence.range.clone());
    }
    let exception = sentence.marks("exception").next().map(|m| m.tokens.clone())?;
    Some(if sentence.kazakh {
        sentence.range.start..exception.start
    } else {
        exception.end..sentence.range.end
    })
}
