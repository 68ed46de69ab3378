//! Words that a line end has split: `персо-` / `нальных` is one word again, `интернет-` / `магазин` keeps its hyphen.
//!
//! No dictionary is at hand, but the document is: it shows most of its words unbroken somewhere. A document that never
//! splits such a word splits none.

use std::collections::HashSet;

use super::layout::Line;

/// Splits of words that stand unbroken elsewhere, from which on a document is taken to split words.
const EVIDENCE: usize = 2;
/// First parts of words that are written with a hyphen.
const FIRST_PARTS: [&str; 12] =
    ["интернет", "веб", "онлайн", "смс", "пуш", "бизнес", "мини", "вице", "экс", "что", "какой", "аты"];

/// Joins the words that the ends of lines have split; the rest of a word moves up to its beginning.
pub(super) fn join(lines: &mut [&mut Line]) {
    let breaks: Vec<bool> =
        lines.windows(2).map(|pair| split(&pair[0].text, &pair[1].text).is_some()).collect();
    if !breaks.contains(&true) {
        return;
    }
    let known = words(lines, &breaks);
    let evident = lines.windows(2).filter_map(|pair| split(&pair[0].text, &pair[1].text)).filter(
        |(first, sign, rest)| *sign == '\u{AD}' || known.contains(&format!("{first}{rest}").to_lowercase()),
    );
    let splits = evident.count() >= EVIDENCE;
    for at in 0..lines.len() - 1 {
        let (upper, lower) = lines.split_at_mut(at + 1);
        let (upper, lower) = (&mut upper[at].text, &mut lower[0].text);
        let Some((first, sign, rest)) = split(upper, lower) else { continue };
        if sign == '\u{AD}' || is_one_word(first, rest, &known, splits) {
            let end = lower.find(' ').unwrap_or(lower.len());
            upper.truncate(upper.len() - sign.len_utf8());
            upper.push_str(&lower[..end]);
            *lower = lower[end..].trim_start().to_owned();
        }
    }
}

/// The parts of a word on both sides of a line end, and the sign between them.
fn split<'a>(upper: &'a str, lower: &'a str) -> Option<(&'a str, char, &'a str)> {
    let sign = upper.chars().next_back().filter(|sign| matches!(sign, '-' | '\u{2010}' | '\u{AD}'))?;
    let before = &upper[..upper.len() - sign.len_utf8()];
    let first = &before[before.trim_end_matches(char::is_alphabetic).len()..];
    let rest = &lower[..lower.len() - lower.trim_start_matches(char::is_alphabetic).len()];
    let small = rest.chars().next().is_some_and(char::is_lowercase);
    (!first.is_empty() && small).then_some((first, sign, rest))
}

/// Words of the text, and compounds with their hyphens, but not the parts at the breaks.
fn words(lines: &[&mut Line], breaks: &[bool]) -> HashSet<String> {
    let mut known = HashSet::new();
    for (at, line) in lines.iter().enumerate() {
        let mut words: Vec<&str> = line.text.split_whitespace().collect();
        if breaks.get(at) == Some(&true) {
            words.pop();
        }
        if at > 0 && breaks[at - 1] && !words.is_empty() {
            words.remove(0);
        }
        for word in words {
            let word = word.to_lowercase();
            known.insert(word.trim_matches(|letter: char| !letter.is_alphabetic()).to_owned());
            known.extend(word.split(|letter: char| !letter.is_alphabetic()).map(str::to_owned));
        }
    }
    known
}

fn is_one_word(first: &str, rest: &str, known: &HashSet<String>, splits: bool) -> bool {
    let (first, rest) = (first.to_lowercase(), rest.to_lowercase());
    if known.contains(&format!("{first}{rest}")) {
        return true;
    }
    let compound = known.contains(&format!("{first}-{rest}"))
        || (known.contains(&first) && known.contains(&rest))
        || FIRST_PARTS.contains(&first.as_str())
        // `рекламно-информационный`
        || (first.ends_with('о') && first.chars().count() > 4);
    let letters = |part: &str| part.chars().count() >= 2 && !part.is_ascii();
    splits && !compound && letters(&first) && letters(&rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(lines: &[&str]) -> Vec<String> {
        let mut lines: Vec<Line> =
            lines.iter().map(|text| Line { text: (*text).to_owned(), y: 0.0, size: 10.0 }).collect();
        join(&mut lines.iter_mut().collect::<Vec<_>>());
        lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn words_that_were_split_are_whole_again() {
        assert_eq!(
            joined(&["порядок обработки персональ-", "ных данных и отзы\u{AD}", "ва, если", "персональных"]),
            ["порядок обработки персональных", "данных и отзыва,", "если", "персональных"]
        );
        // Two words that stand elsewhere show that the document splits words: the third is split, too.
        let lines = ["деректерді өңде-", "уге келі-", "сімін қай-", "тарып алу", "өңдеуге келісімін береді"];
        assert_eq!(joined(&lines)[..3], ["деректерді өңдеуге", "келісімін", "қайтарып"]);
    }

    #[test]
    fn compounds_and_addresses_keep_their_hyphens() {
        for (first, rest) in [
            ("наш интернет-", "магазин"),
            ("рассылку рекламно-", "информационных материалов"),
            ("www.site-", "one.example.kz"),
            ("Закон № 94-", "V"),
            ("аты-", "жөніңіз"),
            ("на договор -", "оферту"),
            ("хранить лог-", "файлы"),
        ] {
            assert_eq!(joined(&[first, rest]), [first, rest]);
        }
        assert_eq!(
            joined(&["договор купли-", "продажи", "предмет купли и цена продажи"])[0],
            "договор купли-"
        );
        assert_eq!(joined(&["логин-", "пароля", "пара логин-пароля"])[0], "логин-");
    }
}
