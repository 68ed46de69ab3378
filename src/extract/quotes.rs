//! Quotation marks of a unit: which close which.

use std::ops::Range;

use crate::language::Folded;

/// Inner ranges, in bytes of the folded text, of all quotations that are closed, by their first byte.
///
/// Folding makes every mark `"`; the source tells « from ». A straight mark opens behind a space or a bracket.
pub(super) fn quotations(source: &str, folded: &Folded) -> Vec<Range<usize>> {
    let text = folded.as_str();
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut out = Vec::new();
    for (at, _) in text.match_indices('"') {
        let found = source[folded.source(&(at..at + 1))].chars().next().unwrap_or('"');
        let before = text[..at].chars().next_back();
        let behind = text[at + 1..].chars().next();
        let opens = match found {
            '«' | '„' | '‟' => true,
            '»' => false,
            // “ opens in English and closes in German: it opens where no „ waits for it.
            '“' => open.last().is_none_or(|(_, mark)| *mark != '„'),
            '”' => false,
            _ => {
                before.is_none_or(|c| matches!(c, ' ' | '(' | '[' | '"' | '-' | '*' | '/' | ':'))
                    && behind.is_some_and(|c| !matches!(c, ' ' | ')' | ',' | ';' | '.' | '-'))
                    && !(before == Some('"') && open.last().is_some_and(|(from, _)| *from + 1 < at))
            }
        };
        if opens {
            open.push((at, found));
        } else if let Some((from, _)) = open.pop() {
            out.push(from + 1..at);
        }
    }
    out.sort_unstable_by_key(|range: &Range<usize>| (range.start, std::cmp::Reverse(range.end)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold;

    #[test]
    fn marks_are_paired_and_nested() {
        for (text, expected) in [
            ("ТОО «Үлгі» и «Мысал»", vec!["үлгі", "мысал"]),
            ("закон «О внесении в \"О данных\", акты»", vec!["о внесении в \"о данных\", акты", "о данных"]),
            ("ООО \"Пример\" (\"мы\")", vec!["пример", "мы"]),
            ("«Пример «Плюс» без конца", vec!["плюс"]),
            ("„слово“ и “слово”", vec!["слово", "слово"]),
        ] {
            let folded = fold(text, std::slice::from_ref(&(0..text.len())));
            let found: Vec<&str> =
                quotations(text, &folded).into_iter().map(|range| &folded.as_str()[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
