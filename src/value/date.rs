//! Calendar dates.

use std::ops::Range;

use super::{Rule, end, is_inside_word, piece, reach, read};
use crate::language::{has_year, month};

/// A date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateHit {
    /// Bytes of the folded text.
    pub range: Range<usize>,
    /// ISO 8601, `2026-07-24`.
    pub iso: String,
}

/// All dates of a folded text, in order and apart.
pub fn dates(folded: &str) -> Vec<DateHit> {
    let mut out: Vec<DateHit> = Vec::new();
    if !has_year(folded) {
        return out;
    }
    for (at, found) in folded.char_indices() {
        let starts = (found.is_ascii_digit() || found == '"' || found.is_ascii_lowercase())
            && !(found != '"' && is_inside_word(folded, at))
            && !follows_number(folded, at)
            && out.last().is_none_or(|last| last.range.end <= at);
        if starts && let Some(hit) = date(folded, at) {
            out.push(hit);
        }
    }
    out
}

/// `1.` in front of `2.2013` is not looked behind.
fn follows_number(folded: &str, at: usize) -> bool {
    let mut back = folded[..at].chars().rev();
    matches!(back.next(), Some('.' | '-' | '/')) && back.next().is_some_and(|found| found.is_ascii_digit())
}

fn date(folded: &str, at: usize) -> Option<DateHit> {
    /// Bytes of the longest date.
    const LONGEST: usize = 96;
    let near = reach(folded, at);
    if !has_year(near.get(..LONGEST).unwrap_or(near)) {
        return None;
    }
    let pair = read(Rule::date, folded, at)?;
    let number = |rule| piece(&pair, rule).and_then(|digits| digits.parse::<u32>().ok());
    let (year, day) = (number(Rule::year)?, number(Rule::day)?);
    let month = match number(Rule::month_number) {
        Some(number) => number,
        None => month(piece(&pair, Rule::month)?)?,
    };
    let is_real = (1..=12).contains(&month) && (1..=31).contains(&day);
    is_real.then(|| DateHit { range: at..at + end(&pair), iso: format!("{year:04}-{month:02}-{day:02}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold;

    #[test]
    fn dates_are_read_in_both_languages() {
        for (text, expected) in [
            ("от 21 мая 2013 года № 94-V", "2013-05-21"),
            ("2026 жылғы 24 шілде", "2026-07-24"),
            ("2013 жылғы 21 мамырдағы", "2013-05-21"),
            ("2013 жылдың 21 мамырынан", "2013-05-21"),
            ("20 мамыр 2026", "2026-05-20"),
            ("2026 ж. 2 мамыр", "2026-05-02"),
            ("01.12.2025", "2025-12-01"),
            ("[13.05.2025]", "2025-05-13"),
            ("21.05.2013 жылғы", "2013-05-21"),
            ("«1» января 2021 г.", "2021-01-01"),
            ("от «01» декабря 2023 года", "2023-12-01"),
            ("03 июня 2026 г.", "2026-06-03"),
            ("December 21, 2025", "2025-12-21"),
            ("2026-07-24", "2026-07-24"),
            ("действует с 1 сентября 2026 г.", "2026-09-01"),
            ("30 рабочих дней", ""),
            ("45.13.2020", ""),
        ] {
            let folded = fold(text, std::slice::from_ref(&(0..text.len())));
            let found: Vec<String> = dates(folded.as_str()).into_iter().map(|hit| hit.iso).collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }
}
