//! Data subjects: whose data a clause says are processed.

use super::{Clause, Found, Mention, Sentence};

pub(super) fn read(clause: &Clause<'_>, sentence: &Sentence<'_>) -> Vec<Found> {
    let names = sentence.of("data_subjects", "name");
    if (clause.has("subjects") || clause.led.subjects) && !clause.is_lead() {
        let mut out: Vec<Found> =
            names.map(|(kind, m)| Found::new("data_subjects", kind, &m.tokens, 0.9)).collect();
        if out.is_empty() && clause.is_item() && clause.unit.sentences.len() == 1 {
            out.push(Found::new("data_subjects", "other", &sentence.range, 0.5));
        }
        return out;
    }
    let is_own_act =
        |m: &Mention| sentence.subject_scopes.iter().any(|scope| scope.contains(&m.tokens.start));
    let beside = names.filter(|(_, m)| is_beside_data(clause, sentence, m) && !is_own_act(m));
    let marks = sentence.of("data_subjects", "mark");
    let stated = beside.chain(marks).map(|(kind, m)| Found::new("data_subjects", kind, &m.tokens, 0.85));
    if sentence.denies_processing() {
        // That children's data are not collected is worth knowing; of other people it only bounds what is.
        return stated.filter(|found| found.kind == "child").map(Found::denied).collect();
    }
    stated.collect()
}

/// `данные пользователей`, `пайдаланушылардың деректері`.
fn is_beside_data(clause: &Clause<'_>, sentence: &Sentence<'_>, mention: &Mention) -> bool {
    const NEAR: usize = 3;
    let unit = clause.unit;
    if sentence.kazakh {
        let word = unit.word(mention.tokens.end - 1);
        let genitive = ["ның", "нің", "дың", "дің", "тың", "тің"].iter().any(|end| word.ends_with(end));
        let is = |at: usize, words: &[&str]| words.iter().any(|word| unit.word(at).starts_with(word));
        return genitive
            && (mention.tokens.end..(mention.tokens.end + NEAR).min(sentence.range.end))
                .take_while(|&at| !is(at, &["рұқсат", "келісім", "қатысу"]))
                .any(|at| is(at, &["дерек", "ақпарат", "мәлімет"]));
    }
    let word = unit.word(mention.tokens.start);
    // by whom, to whom: not whose
    if ["ем", "ом", "ю", "у", "ам", "ям", "ами", "ями"].iter().any(|end| word.ends_with(end))
    {
        return false;
    }
    for at in (sentence.range.start..mention.tokens.start).rev().take(NEAR) {
        let word = unit.word(at);
        if ["данны", "информаци", "сведени"].iter().any(|data| word.starts_with(data)) {
            return true;
        }
        let adjective = ["ых", "их", "ого", "его", "ой"].iter().any(|end| word.ends_with(end));
        if !(adjective || word == "\"" || word == "всех") || word.starts_with("сво") {
            return false;
        }
    }
    false
}
