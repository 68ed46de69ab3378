//! Negations of single acts: which verb of a sentence they belong to.

use std::ops::Range;

use super::frame::Scope;
use super::{Mention, Unit};

/// `обязан не использовать …, хранить в тайне`, `пайдаланбауға және құпия ұстауға міндетті`: the negation belongs to
/// another verb.
pub(super) fn is_beside(unit: &Unit, scope: &Scope, act: &Mention, kazakh: bool) -> bool {
    if kazakh {
        let duty = ["міндетті", "тиіс", "керек", "қажет"].contains(&unit.word(scope.marker.start));
        return duty && !stands_in(unit, &act.reach, true);
    }
    scope.marker.clone().next_back().is_some_and(|last| unit.word(last) == "не")
        && !denies(unit, act)
        && (scope.marker.end..act.tokens.start).any(|at| unit.word(at) == "и")
}

/// `не` right before the act.
pub(super) fn denies(unit: &Unit, act: &Mention) -> bool {
    act.tokens.start.checked_sub(1).is_some_and(|before| unit.word(before) == "не")
}

/// An entry whose own verb is negated: не вводить …, бермеуге.
pub(super) fn stands_in(unit: &Unit, range: &Range<usize>, kazakh: bool) -> bool {
    const KAZAKH: [&str; 18] = [
        "мауға",
        "меуге",
        "бауға",
        "беуге",
        "пауға",
        "пеуге",
        "мау",
        "меу",
        "бау",
        "беу",
        "пау",
        "пеу",
        "мауы",
        "меуі",
        "бауы",
        "беуі",
        "пауы",
        "пеуі",
    ];
    const RUSSIAN: [&str; 4] = ["ть", "ти", "ться", "чь"];
    if kazakh {
        let last = range
            .clone()
            .rev()
            .map(|token| unit.word(token))
            .find(|word| word.chars().any(char::is_alphabetic));
        return last.is_some_and(|word| {
            !word.starts_with("болдырма") // «болдырмау» prevents
                && word.chars().count() > 4 && KAZAKH.iter().any(|end| word.ends_with(end))
        });
    }
    range.clone().take(4).any(|token| {
        unit.word(token) == "не" && RUSSIAN.iter().any(|end| unit.word(token + 1).ends_with(end))
    })
}
