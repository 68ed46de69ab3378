//! Purposes: entries of a list of purposes, and what stands behind "for" beside collection and use.

use std::ops::Range;

use super::{Clause, Found, Sentence};

pub(super) fn read(clause: &Clause<'_>, sentence: &Sentence<'_>) -> Vec<Found> {
    let listed = is_listed(clause) && !clause.is_lead() && !sentence.says("denial");
    let regions = if listed && clause.is_entry() {
        vec![sentence.range.clone()]
    } else if clause.led.services && clause.unit.sentences.first() == Some(&sentence.range) {
        vec![sentence.range.clone()] // what a service does is what it gets the data for
    } else if is_stated(clause, sentence) {
        regions(sentence)
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
    // A list of data that a sentence on purposes opens is still a list of data.
    clause.led.purposes
        || (clause.has("purposes") && !clause.topics.lead.contains(&"data") && !clause.has("recipients"))
}

/// Whether a sentence outside a list of purposes says what data are for.
fn is_stated(clause: &Clause<'_>, sentence: &Sentence<'_>) -> bool {
    let about_data = clause.has("data") || clause.has("recipients") || clause.led.recipients;
    sentence.says("purpose")
        && !sentence.says("measure")
        && !clause.has("principles")
        && !clause.has("measures")
        && !sentence.denies_processing()
        && !(sentence.says("denial") && !sentence.says("exception"))
        && (sentence.says("processing") || (about_data && !clause.is_lead()) || clause.has("purposes"))
}

/// Words that a purpose stands in: behind `для` (ru), before `үшін` (kk).
fn regions(sentence: &Sentence<'_>) -> Vec<Range<usize>> {
    sentence
        .marks("purpose")
        .into_iter()
        .map(|m| {
            if sentence.kazakh {
                sentence.range.start..m.tokens.start
            } else {
                m.tokens.end..sentence.range.end
            }
        })
        .collect()
}
