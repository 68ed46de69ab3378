//! Names of months in folded form.

/// Beginnings of the names of months: Russian in every case, Kazakh with every suffix, English.
const MONTHS: [(u32, &[&str]); 12] = [
    (1, &["январ", "қаңтар", "january"]),
    (2, &["феврал", "ақпан", "february"]),
    (3, &["март", "наурыз", "march"]),
    (4, &["апрел", "сәуір", "april"]),
    (5, &["мая", "май", "мае", "мамыр", "may"]),
    (6, &["июн", "маусым", "june"]),
    (7, &["июл", "шілде", "july"]),
    (8, &["август", "тамыз", "august"]),
    (9, &["сентябр", "қыркүйек", "қыркүйег", "september"]),
    (10, &["октябр", "қазан", "october"]),
    (11, &["ноябр", "қараша", "november"]),
    (12, &["декабр", "желтоқсан", "december"]),
];

/// Number of the month that a folded word names.
pub fn month(word: &str) -> Option<u32> {
    MONTHS
        .iter()
        .find(|(_, stems)| stems.iter().any(|stem| word.starts_with(stem)))
        .map(|(number, _)| *number)
}
