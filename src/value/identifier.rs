//! Registration numbers: a label and its digits.

use std::ops::Range;

use super::{Rule, end, is_inside_word, piece, read};
use crate::language::digits;
use crate::record::IdentifierKind;

/// A registration number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentifierHit {
    /// Label and digits as bytes of the folded text.
    pub range: Range<usize>,
    /// Which number it is by its label.
    pub kind: IdentifierKind,
    /// Its digits.
    pub value: String,
}

/// All registration numbers of a folded text.
pub fn identifiers(folded: &str) -> Vec<IdentifierHit> {
    let mut out: Vec<IdentifierHit> = Vec::new();
    /// Digits of the shortest number.
    const SHORTEST: usize = 9;
    if digits(folded) < SHORTEST {
        return out;
    }
    let mut starts: Vec<usize> =
        LABELS.iter().flat_map(|(label, _)| folded.match_indices(label).map(|(at, _)| at)).collect();
    starts.sort_unstable();
    starts.dedup();
    for at in starts {
        if !is_inside_word(folded, at)
            && out.last().is_none_or(|last| last.range.end <= at)
            && let Some(hit) = identifier(folded, at)
        {
            out.push(hit);
        }
    }
    out
}

/// What a number may be called.
const LABELS: [(&str, IdentifierKind); 8] = [
    ("бин", IdentifierKind::Bin),
    ("бсн", IdentifierKind::Bin),
    ("иин", IdentifierKind::Iin),
    ("жсн", IdentifierKind::Iin),
    ("инн", IdentifierKind::Inn),
    ("кпп", IdentifierKind::Kpp),
    ("огрн", IdentifierKind::Ogrn),
    ("огрнип", IdentifierKind::Ogrnip),
];

fn identifier(folded: &str, at: usize) -> Option<IdentifierHit> {
    let pair = read(Rule::identifier, folded, at)?;
    let label = piece(&pair, Rule::id_label)?;
    let kind = LABELS.iter().find(|(known, _)| *known == label)?.1;
    let value = piece(&pair, Rule::id_digits)?.replace(' ', "");
    Some(IdentifierHit { range: at..at + end(&pair), kind, value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold;

    #[test]
    fn numbers_are_known_by_their_labels_in_both_languages() {
        for (text, expected) in [
            ("БИН: 000140000000", "Bin 000140000000"),
            ("БСН (ЖСН) 000140000000, мекенжай", "Bin 000140000000"),
            ("БИН/ИИН: 000140000000", "Bin 000140000000"),
            ("ЖСН 000000000047", "Iin 000000000047"),
            ("ИНН 7700000000, ОГРН 1000000000000;", "Inn 7700000000, Ogrn 1000000000000"),
            ("ОГРНИП № 300000000000000", "Ogrnip 300000000000000"),
            ("ИИН пользователя", ""),
        ] {
            let folded = fold(text, std::slice::from_ref(&(0..text.len())));
            let found: Vec<String> = identifiers(folded.as_str())
                .into_iter()
                .map(|hit| format!("{:?} {}", hit.kind, hit.value))
                .collect();
            assert_eq!(found.join(", "), expected, "{text}");
        }
    }
}
