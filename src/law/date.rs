//! Dates of acts in both languages.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::language::{around_digits, has_year, pattern};

use super::number::captures;

/// A date in a folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFound {
    /// Bytes of the folded text, with the word for "year".
    pub range: Range<usize>,
    /// ISO 8601.
    pub iso: String,
}

/// Months by the beginnings of their names, Russian and Kazakh.
const MONTHS: [(&str, u8); 27] = [
    ("январ", 1),
    ("феврал", 2),
    ("март", 3),
    ("апрел", 4),
    ("мая", 5),
    ("май", 5),
    ("июн", 6),
    ("июл", 7),
    ("август", 8),
    ("сентябр", 9),
    ("октябр", 10),
    ("ноябр", 11),
    ("декабр", 12),
    ("қаңтар", 1),
    ("ақпан", 2),
    ("наурыз", 3),
    ("сәуір", 4),
    ("мамыр", 5),
    ("маусым", 6),
    ("шілде", 7),
    ("тамыз", 8),
    ("қыркүйе", 9),
    ("қазан", 10),
    ("қараша", 11),
    ("желтоқсан", 12),
    ("маус", 6),
    ("жел", 12),
];

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let months = MONTHS.map(|(stem, _)| stem).join("|");
    pattern(&format!(
        r#"(?x)
        \b(?:
            (?P<d1>\d{{1,2}})\.(?P<m1>\d{{1,2}})\.(?P<y1>\d{{4}})
          | (?P<y2>\d{{4}})\s*(?:жыл\p{{L}}*|ж\b\.?|г\b\.?)?\s*"?(?P<d2>\d{{1,2}})"?\s*-?\s*(?P<m2>(?:{months}))\p{{L}}*
          | (?P<d3>\d{{1,2}})"?\s+(?P<m3>(?:{months}))\p{{L}}*\s+(?P<y3>\d{{4}})
        )
        (?:\s*(?:жыл\p{{L}}*|ж\b\.?|года\b|году\b|г\b\.?))?"#
    ))
});

/// All dates with day, month and year.
pub fn dates(folded: &str) -> Vec<DateFound> {
    if !has_year(folded) {
        return Vec::new();
    }
    let stretches = around_digits(folded, |_, _| true);
    stretches
        .iter()
        .flat_map(|stretch| captures(&DATE, folded, stretch))
        .filter_map(|found| {
            let text = |name: &str| found.name(name).map(|group| group.as_str());
            let first = |names: [&str; 3]| names.into_iter().find_map(text);
            let day: u8 = first(["d1", "d2", "d3"])?.parse().ok()?;
            let month: u8 = match text("m1") {
                Some(number) => number.parse().ok()?,
                None => {
                    let name = text("m2").or_else(|| text("m3"))?;
                    MONTHS.iter().find(|(stem, _)| *stem == name)?.1
                }
            };
            let year = first(["y1", "y2", "y3"])?;
            if !(1..=31).contains(&day) || !(1..=12).contains(&month) {
                return None;
            }
            let range = found.get(0)?.range();
            Some(DateFound { range, iso: format!("{year}-{month:02}-{day:02}") })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold;

    #[test]
    fn dates_are_read_in_both_languages() {
        for (text, iso) in [
            ("от 21 мая 2013 года", "2013-05-21"),
            ("от 27.07.2006. № 152-ФЗ", "2006-07-27"),
            ("от «27» июля 2006 г.", "2006-07-27"),
            ("2013 жылғы 21 мамырдағы", "2013-05-21"),
            ("2013 жылдың 21 мамырынан", "2013-05-21"),
            ("2015 ж. 24 қарашадағы", "2015-11-24"),
            ("21.05.2013 жылғы", "2013-05-21"),
        ] {
            let folded = fold(text, std::slice::from_ref(&(0..text.len())));
            let found = dates(folded.as_str());
            assert_eq!(found.first().map(|found| found.iso.as_str()), Some(iso), "{text}");
        }
        assert_eq!(dates("30 дней, 32.13.2020, 4.9. 2013"), []);
    }
}
