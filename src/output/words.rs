//! The program's own words in three languages, apart from the names of ids, which stand in `grammar/meta`.

use crate::lexicon::meta::Ui;

/// Words of tables and outlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Clause,
    Line,
    Fact,
    Quote,
    Operator,
    Effective,
    Version,
    Diagnostics,
    NoFacts,
    NotProcessed,
    Denied,
    From,
    Unresolved,
    Condition,
}

impl Word {
    pub(super) fn say(self, ui: Ui) -> &'static str {
        let (ru, kk, en) = match self {
            Word::Clause => ("Пункт", "Тармақ", "Clause"),
            Word::Line => ("Строка", "Жол", "Line"),
            Word::Fact => ("Содержание", "Мазмұны", "Fact"),
            Word::Quote => ("Цитата", "Дәйексөз", "Quote"),
            Word::Operator => ("Оператор", "Оператор", "Operator"),
            Word::Effective => ("Действует с", "Қолданылу күні", "In force since"),
            Word::Version => ("редакция", "нұсқасы", "version"),
            Word::Diagnostics => ("Замечания к тексту", "Мәтінге ескертпелер", "Remarks on the text"),
            Word::NoFacts => ("Фактов не найдено.", "Фактілер табылмады.", "No facts were found."),
            Word::NotProcessed => ("не обрабатывается", "өңделмейді", "not processed"),
            Word::Denied => ("отрицается", "жоққа шығарылады", "denied"),
            Word::From => ("отсчёт", "басталуы", "from"),
            Word::Unresolved => ("такого пункта нет", "мұндай тармақ жоқ", "no such clause"),
            Word::Condition => ("условие", "шарты", "condition"),
        };
        ui.pick(ru, kk, en)
    }
}

/// A duration in words; the ISO 8601 text itself when it is none that policies use. `days` names the counting of days.
pub(super) fn duration(iso: &str, days: Option<&str>, ui: Ui) -> String {
    let parts: Option<Vec<String>> = parts(iso).map(|parts| {
        parts
            .iter()
            .map(|&(count, unit)| {
                let days = days.filter(|_| unit == Unit::Day);
                let kind = days.map_or("", |id| counting(id, plural(count), ui));
                let name = match (ui, days) {
                    (Ui::Kk, Some("business")) => "күні",
                    _ => unit_name(unit, count, ui),
                };
                if kind.is_empty() { format!("{count} {name}") } else { format!("{count} {kind} {name}") }
            })
            .collect()
    });
    match parts {
        Some(parts) if !parts.is_empty() => parts.join(" "),
        _ => iso.to_owned(),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Year,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
}

fn parts(iso: &str) -> Option<Vec<(u64, Unit)>> {
    let mut found = Vec::new();
    let (mut digits, mut time) = (String::new(), false);
    for c in iso.strip_prefix('P')?.chars() {
        let unit = match c {
            '0'..='9' => {
                digits.push(c);
                continue;
            }
            'T' if digits.is_empty() => {
                time = true;
                continue;
            }
            'Y' => Unit::Year,
            'M' if time => Unit::Minute,
            'M' => Unit::Month,
            'W' => Unit::Week,
            'D' => Unit::Day,
            'H' => Unit::Hour,
            'S' => Unit::Second,
            _ => return None,
        };
        found.push((std::mem::take(&mut digits).parse().ok()?, unit));
    }
    digits.is_empty().then_some(found)
}

/// Which form a Russian noun takes after a number.
#[derive(Clone, Copy)]
enum Plural {
    One,
    Few,
    Many,
}

fn plural(count: u64) -> Plural {
    match (count % 10, count % 100) {
        (_, 11..=14) => Plural::Many,
        (1, _) => Plural::One,
        (2..=4, _) => Plural::Few,
        _ => Plural::Many,
    }
}

fn unit_name(unit: Unit, count: u64, ui: Ui) -> &'static str {
    let ([one, few, many], kk, [single, several]) = match unit {
        Unit::Year => (["год", "года", "лет"], "жыл", ["year", "years"]),
        Unit::Month => (["месяц", "месяца", "месяцев"], "ай", ["month", "months"]),
        Unit::Week => (["неделя", "недели", "недель"], "апта", ["week", "weeks"]),
        Unit::Day => (["день", "дня", "дней"], "күн", ["day", "days"]),
        Unit::Hour => (["час", "часа", "часов"], "сағат", ["hour", "hours"]),
        Unit::Minute => (["минута", "минуты", "минут"], "минут", ["minute", "minutes"]),
        Unit::Second => (["секунда", "секунды", "секунд"], "секунд", ["second", "seconds"]),
    };
    let ru = match plural(count) {
        Plural::One => one,
        Plural::Few => few,
        Plural::Many => many,
    };
    ui.pick(ru, kk, if count == 1 { single } else { several })
}

fn counting(day_type: &str, plural: Plural, ui: Ui) -> &'static str {
    let one = matches!(plural, Plural::One);
    match day_type {
        "business" => ui.pick(if one { "рабочий" } else { "рабочих" }, "жұмыс", "business"),
        "calendar" => ui.pick(if one { "календарный" } else { "календарных" }, "күнтізбелік", "calendar"),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_said_in_three_languages() {
        assert_eq!(duration("P1D", Some("business"), Ui::Ru), "1 рабочий день");
        assert_eq!(duration("P3D", Some("business"), Ui::Ru), "3 рабочих дня");
        assert_eq!(duration("P30D", None, Ui::Ru), "30 дней");
        assert_eq!(duration("P3D", Some("business"), Ui::Kk), "3 жұмыс күні");
        assert_eq!(duration("PT24H", None, Ui::En), "24 hours");
        assert_eq!(duration("P1Y6M", None, Ui::Ru), "1 год 6 месяцев");
        assert_eq!(duration("PT15M", None, Ui::En), "15 minutes");
        assert_eq!(duration("soon", None, Ui::En), "soon");
    }
}
