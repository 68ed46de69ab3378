//! Purposes: entries of a list of purposes, and what stands behind "for" beside collection and use.

use std::ops::Range;

use super::{Clause, Found, Sentence};

/// Reads a sentence; `goes_on` says that the one before it left its list of purposes open.
pub(super) fn read(clause: &Clause<'_>, sentence: &Sentence<'_>, goes_on: bool) -> Vec<Found> {
    let listed = is_listed(clause) && !clause.is_lead() && !sentence.says("denial");
    let regions = if (listed && clause.is_entry()) || (goes_on && !sentence.says("purpose")) {
        vec![sentence.range.clone()]
    } else if clause.led.services && clause.unit.sentences.first() == Some(&sentence.range) {
        vec![sentence.range.clone()] // what a service does is what it gets the data for
    } else if is_stated(clause, sentence) {
        regions(clause, sentence)
    } else if listed && clause.is_item() {
        vec![sentence.range.clone()]
    } else {
        return Vec::new();
    };
    let inside = |tokens: &Range<usize>| {
        regions.iter().any(|region| region.start <= tokens.start && tokens.end <= region.end)
    };
    let mut out: Vec<Found> = sentence
        .stated("purposes", "name")
        .into_iter()
        .filter(|(_, m)| inside(&m.tokens))
        .map(|(kind, m)| Found::new("purposes", kind, &m.tokens, if listed { 0.9 } else { 0.75 }))
        .collect();
    let words = sentence.range.len() > 1;
    if out.is_empty() && listed && clause.is_item() && words && clause.unit.sentences.len() == 1 {
        // Most purposes that no word tells are what the service itself does.
        out.push(Found::new("purposes", "service_provision", &sentence.range, 0.5));
    }
    out
}

fn is_listed(clause: &Clause<'_>) -> bool {
    // A list that a sentence on purposes opens need not be one of purposes: `в этих целях собирает:`.
    clause.led.purposes || (!clause.is_led() && clause.has("purposes"))
}

/// Whether a sentence outside a list of purposes says what data are for.
fn is_stated(clause: &Clause<'_>, sentence: &Sentence<'_>) -> bool {
    let about_data = clause.has("data") || clause.has("recipients") || clause.led.recipients;
    sentence.says("purpose")
        && !sentence.says("measure")
        && !(clause.has("principles") && clause.is_item())
        && !clause.has("legal_bases")
        && (!clause.has("measures") || is_kept(sentence))
        && !sentence.denies_processing()
        && !(sentence.says("denial") && !sentence.says("exception"))
        && (sentence.says("processing") || (about_data && !clause.is_lead()) || clause.has("purposes"))
}

/// `храним столько, сколько нужно для …`: the one sentence on ends among those on means of protection.
fn is_kept(sentence: &Sentence<'_>) -> bool {
    sentence.of("operations", "verb").iter().any(|(kind, _)| *kind == "storage")
}

/// Words that a purpose stands in: behind `для` (ru), before `үшін` (kk).
fn regions(clause: &Clause<'_>, sentence: &Sentence<'_>) -> Vec<Range<usize>> {
    // `… үшін қажет мерзімде`: how long, not what for.
    let is_term = |at: usize| {
        clause.unit.word(at).starts_with("қажет")
            && (at + 1..at + 4).any(|at| {
                ["мерзім", "уақыт", "кезең"].iter().any(|term| clause.unit.word(at).starts_with(term))
            })
    };
    sentence
        .marks("purpose")
        .into_iter()
        .filter(|m| !(sentence.kazakh && is_term(m.tokens.end)))
        .map(|m| {
            if sentence.kazakh {
                sentence.range.start..m.tokens.start
            } else {
                m.tokens.end..sentence.range.end
            }
        })
        .collect()
}
