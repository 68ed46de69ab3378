//! Words for units of time in both languages.

use crate::record::DayType;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

const ADJECTIVES: [(&str, Unit); 8] = [
    ("дневн", Unit::Day),
    ("суточн", Unit::Day),
    ("недельн", Unit::Week),
    ("месячн", Unit::Month),
    ("годичн", Unit::Year),
    ("годов", Unit::Year),
    ("летн", Unit::Year),
    ("часов", Unit::Hour),
];

/// Bytes of the shortest of them.
pub(super) const SHORTEST: usize = 8;

/// Whether an adjective begins with a letter; few words hold one, and are asked at every letter.
pub(super) fn may_begin_adjective(first: char) -> bool {
    matches!(first, 'г' | 'д' | 'л' | 'м' | 'н' | 'с' | 'ч')
}

/// Whether the name of a unit or its adjective begins with a letter; most words do not.
fn may_begin(first: char) -> bool {
    may_begin_adjective(first) || matches!(first, 'а' | 'ж' | 'к' | 'т')
}

/// The unit whose adjective a word begins with.
pub(super) fn adjective(word: &str) -> Option<Unit> {
    ADJECTIVES.iter().find(|(stem, _)| word.starts_with(stem)).map(|(_, unit)| *unit)
}

/// How days are counted, if a word says it.
pub(super) fn day_type_word(word: &str) -> Option<DayType> {
    if word.starts_with("рабоч") || word.starts_with("банковск") || word == "жұмыс" || word == "банктік"
    {
        Some(DayType::Business)
    } else if word.starts_with("календарн") || word.starts_with("күнтізбелік") {
        Some(DayType::Calendar)
    } else {
        None
    }
}

/// The unit that a word names.
pub(super) fn unit(word: &str) -> Option<Unit> {
    if !word.starts_with(may_begin) {
        return None;
    }
    Some(match word {
        "день" | "дня" | "дней" | "дни" | "дню" | "днями" | "днях" | "дн" | "сутки" | "суток" | "суткам" => {
            Unit::Day
        }
        "час" | "часа" | "часов" | "часам" | "часах" => Unit::Hour,
        "минута" | "минуты" | "минут" | "минуту" | "минуттан" | "минутта" => {
            Unit::Minute
        }
        "месяц" | "месяца" | "месяцев" | "месяцам" | "мес" => Unit::Month,
        "квартал" | "квартала" | "кварталов" => Unit::Quarter,
        "год" | "года" | "годов" | "лет" | "году" => Unit::Year,
        "күн" | "күннен" | "күннің" | "күнге" | "күнде" | "күнді" | "күні" | "күнін" | "күнінің"
        | "күнінен" | "күніне" | "күнінде" | "күндік" | "күнмен" | "күндер" => {
            Unit::Day
        }
        "ай" | "айдан" | "айдың" | "айға" | "айда" | "айды" | "айлық" | "айын" => {
            Unit::Month
        }
        "жыл" | "жылдан" | "жылдың" | "жылға" | "жылда" | "жылды" | "жылдық" => {
            Unit::Year
        }
        _ if word.starts_with("недел") => Unit::Week,
        _ if word.starts_with("тәулік") || word.starts_with("тәулiк") => Unit::Day,
        _ if word.starts_with("сағат") => Unit::Hour,
        _ if word.starts_with("апта") => Unit::Week,
        _ => return adjective(word),
    })
}

/// A number of units as ISO 8601 writes it.
pub(super) fn iso(value: u32, unit: Unit) -> String {
    match unit {
        Unit::Minute => format!("PT{value}M"),
        Unit::Hour => format!("PT{value}H"),
        Unit::Day => format!("P{value}D"),
        Unit::Week => format!("P{value}W"),
        Unit::Month => format!("P{value}M"),
        Unit::Quarter => format!("P{}M", value * 3),
        Unit::Year => format!("P{value}Y"),
    }
}
