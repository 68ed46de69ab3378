//! Purposes: entries of a list of purposes, and what stands behind "for" beside collection and use.

use std::ops::Range;

use super::{Clause, Found, Sentence};

/// Reads a sentence; `goes_on` says that the one before it left its list of purposes open.
pub(super) fn read(clause: &Clause<'_>, sentence: &Sentence<'_>, goes_on: bool) -> Vec<Found> {
    let listed = is_listed(clause) && !clause.is_lead() && !sentence.says("denial");
    let list = sentence.list_behind(clause.unit, "purpose_list");
    let entry =
        is_labelled(clause) || clause.is_entry() && (clause.is_item() || !sentence.says("processing"));
    if sentence.says("basis_list") && sentence.list_behind(clause.unit, "basis_list").is_some() {
        return Vec::new(); // grounds, some of which read like ends
    }
    let whole = || Some(sentence.range.clone());
    let region = if list.is_some() {
        list
    } else if (listed && entry)
        || (goes_on && !sentence.says("purpose"))
        // what a service does is what it gets the data for
        || (clause.led.services && clause.unit.sentences.first() == Some(&sentence.range))
    {
        whole()
    } else if is_stated(clause, sentence) {
        region(clause, sentence)
    } else if listed && clause.is_item() {
        whole()
    } else {
        None
    };
    let Some(region) = region else { return Vec::new() };
    let inside = |tokens: &Range<usize>| region.start <= tokens.start && tokens.end <= region.end;
    let mut out: Vec<Found> = sentence
        .stated("purposes", "name")
        .into_iter()
        .filter(|(_, m)| inside(&m.tokens))
        .map(|(kind, m)| Found::new("purposes", kind, &m.tokens, if listed { 0.9 } else { 0.75 }))
        .collect();
    let words = sentence.range.len() > 1;
    let entry = clause.is_item() || (clause.led.purposes && clause.is_entry());
    if out.is_empty() && listed && entry && words && clause.unit.sentences.len() == 1 {
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
        && !is_denied(sentence)
        && (sentence.says("processing") || (about_data && !clause.is_lead()) || clause.has("purposes"))
}

/// Whether what it denies is all that it says; `only used for X and never for Y` says what for.
fn is_denied(sentence: &Sentence<'_>) -> bool {
    let Some(denial) = sentence.marks("denial").next().map(|m| m.tokens.start) else { return false };
    let before = |statement: &str| sentence.marks(statement).any(|m| m.tokens.end <= denial);
    !(sentence.says("exception") || (sentence.kazakh && before("processing") && before("purpose")))
}

/// `Хабарламалар: маңызды оқиғалар туралы …` among paragraphs on purposes.
fn is_labelled(clause: &Clause<'_>) -> bool {
    const LABEL: usize = 6;
    (1..LABEL).any(|at| clause.unit.is_sign(at, ':') && at + 1 < clause.unit.tokens.len())
}

/// `храним столько, сколько нужно для …`: the one sentence on ends among those on means of protection.
fn is_kept(sentence: &Sentence<'_>) -> bool {
    sentence.of("operations", "verb").any(|(kind, _)| kind == "storage")
}

/// Words that a purpose stands in: behind `для` (ru), before `үшін` (kk).
fn region(clause: &Clause<'_>, sentence: &Sentence<'_>) -> Option<Range<usize>> {
    // `… үшін қажет мерзімде`: how long, not what for.
    let is_term = |at: usize| {
        clause.unit.word(at).starts_with("қажет")
            && (at + 1..at + 4).any(|at| {
                ["мерзім", "уақыт", "кезең", "болған"]
                    .iter()
                    .any(|term| clause.unit.word(at).starts_with(term))
            })
    };
    let marks: Vec<_> = sentence
        .marks("purpose")
        .filter(|m| !(sentence.kazakh && is_term(m.tokens.end)))
        .map(|m| m.tokens.clone())
        .collect();
    let (first, last) = (marks.first()?, marks.last()?);
    Some(if sentence.kazakh { sentence.range.start..last.start } else { first.end..sentence.range.end })
}
