//! Durations: a number, a unit and how days are counted; digits or words, Russian or Kazakh.
//!
//! Read on tokens and not by the pest grammar: number words, glosses in brackets and words of the bound stand around
//! the unit in an order that differs between the languages.

use std::ops::Range;

use super::time::{SHORTEST, Unit, adjective, day_type_word, iso, may_begin_adjective, unit};
use crate::language::{Kind, Token, joined, number_word};
use crate::record::{Bound, DayType};

/// A duration that is a term; ages, years of dates, hours of opening and how often something is done are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DurationHit {
    /// Number, day type and unit as bytes of the folded text.
    pub range: Range<usize>,
    /// The same as tokens.
    pub tokens: Range<usize>,
    /// ISO 8601: `P30D`, `P2W`, `P6M` (calendar months, never converted), `P1Y`, `PT24H`.
    pub iso: String,
    /// How days are counted; only for days.
    pub day_type: Option<DayType>,
    /// What the words around it say; `Exact` where they say nothing.
    pub bound: Bound,
    /// Digits and words that differ, as a message: `40 (отыз): the words say 30`.
    pub contradiction: Option<String>,
}

/// A number in front of its unit.
struct Amount {
    value: u32,
    /// Token behind it.
    end: usize,
    /// Day type that stands inside its brackets: `10 (десяти рабочих) дней`.
    day_type: Option<DayType>,
    contradiction: Option<String>,
    /// `6–24`: only the larger is kept.
    is_range: bool,
}

/// Words from which an age is told, before the number or right behind the unit.
const AGE: [&str; 14] = [
    "возраст",
    "достиг",
    "достижени",
    "исполни",
    "лиц",
    "младше",
    "моложе",
    "несовершеннолет",
    "дет",
    "ребен",
    "старше",
    "стаж",
    "опыт",
    "роду",
];
/// Longest number of days that a term is written in; what is larger is an amount of something else.
const MAX: u32 = 1899;

/// All terms of a text.
pub fn durations(folded: &str, tokens: &[Token]) -> Vec<DurationHit> {
    let text = Text { folded, tokens };
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let amount = text.amount(at);
        // A number is not read again from its middle.
        let behind = amount.as_ref().map_or(at + 1, |amount| amount.end.max(at + 1));
        at = match text.duration(at, amount) {
            Some(hit) => {
                let end = hit.tokens.end;
                out.push(hit);
                end
            }
            None => behind,
        };
    }
    out
}

struct Text<'a> {
    folded: &'a str,
    tokens: &'a [Token],
}

impl<'a> Text<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.of(self.folded))
    }

    fn before(&self, at: usize, back: usize) -> &'a str {
        at.checked_sub(back).map_or("", |at| self.word(at))
    }

    fn is_sign(&self, at: usize, sign: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Sign(sign))
    }

    fn is_number(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Number)
    }

    fn is_glued(&self, at: usize) -> bool {
        at > 0 && self.tokens.get(at).is_some_and(|token| token.start == self.tokens[at - 1].end)
    }

    /// The duration that begins at a token, of an amount if there is one.
    fn duration(&self, at: usize, amount: Option<Amount>) -> Option<DurationHit> {
        if matches!(self.tokens[at].kind, Kind::Sign(_)) {
            return None;
        }
        let (amount, unit, day_type, end) = amount
            .and_then(|amount| self.counted(amount))
            .or_else(|| self.adjective(at))
            .or_else(|| self.half(at))
            .or_else(|| self.single(at))?;
        let (mut start, mut day_type) = (at, day_type);
        if day_type.is_none() && at > 0 {
            day_type = day_type_word(self.before(at, 1));
            start -= usize::from(day_type.is_some());
        }
        let mut end = end;
        if day_type.is_none() && self.is_sign(end, '(') && self.is_sign(end + 2, ')') {
            day_type = day_type_word(self.word(end + 1));
            end += if day_type.is_some() { 3 } else { 0 };
        }
        if amount.value == 0 || amount.value > MAX || self.is_no_term(start, end, unit) {
            return None;
        }
        let day_type = (unit == Unit::Day).then(|| day_type.unwrap_or(DayType::Unspecified));
        let bound = if amount.is_range { Bound::Max } else { self.bound(start, end) };
        Some(DurationHit {
            range: self.tokens[start].start as usize..self.tokens[end - 1].end as usize,
            tokens: start..end,
            iso: iso(amount.value, unit),
            day_type,
            bound,
            contradiction: amount.contradiction,
        })
    }

    /// `30 (тридцати) календарных дней`, `үш жұмыс күнінен`, `30-дневный`.
    fn counted(&self, amount: Amount) -> Option<(Amount, Unit, Option<DayType>, usize)> {
        let mut end = amount.end;
        let mut day_type = amount.day_type;
        while let Some(found) = day_type_word(self.word(end)) {
            day_type = Some(found);
            end += 1;
        }
        if self.word(end) == "банк" && unit(self.word(end + 1)) == Some(Unit::Day) {
            day_type = Some(DayType::Business);
            end += 1;
        }
        if matches!(
            self.word(end),
            "полных" | "последующих" | "последовательных" | "толық" | "астрономических"
        ) {
            end += 1;
        }
        if self.is_sign(end, '-') && self.is_glued(end) {
            end += 1; // `30-дневный`
        }
        let unit = unit(self.word(end))?;
        if !(unit == Unit::Year && self.word(end) == "г") {
            return Some((amount, unit, day_type, end + 1));
        }
        None
    }

    /// `трехдневный срок`, `в месячный срок`.
    fn adjective(&self, at: usize) -> Option<(Amount, Unit, Option<DayType>, usize)> {
        let word = self.word(at);
        let (place, unit) = word
            .char_indices()
            .take_while(|&(place, _)| place + SHORTEST <= word.len())
            .filter(|&(_, first)| may_begin_adjective(first))
            .find_map(|(place, _)| Some((place, adjective(&word[place..])?)))?;
        let value = match &word[..place] {
            "" if self.word(at + 1).starts_with("срок") => 1,
            "полу" if unit == Unit::Year => {
                return Some((Amount::of(6, at + 1), Unit::Month, None, at + 1));
            }
            prefix => number_word(prefix)?,
        };
        Some((Amount::of(value, at + 1), unit, None, at + 1))
    }

    /// `полгода`, `полтора года`, `жарты жыл`.
    fn half(&self, at: usize) -> Option<(Amount, Unit, Option<DayType>, usize)> {
        let word = self.word(at);
        if !matches!(word, "полгода" | "полугода" | "полутора" | "полтора" | "жарты" | "бір")
        {
            return None;
        }
        let (months, length) = match (word, self.word(at + 1), self.word(at + 2)) {
            ("полгода" | "полугода", ..) => (6, 1),
            ("полутора", "лет" | "года", _) | ("полтора", "года", _) => (18, 2),
            ("жарты", word, _) if unit(word) == Some(Unit::Year) => (6, 2),
            ("бір", "жарым", word) if unit(word) == Some(Unit::Year) => (18, 3),
            _ => return None,
        };
        Some((Amount::of(months, at + length), Unit::Month, None, at + length))
    }

    /// One unit without a number: `в течение месяца`, `не позднее рабочего дня`, `тәулік ішінде`.
    fn single(&self, at: usize) -> Option<(Amount, Unit, Option<DayType>, usize)> {
        let day_type = day_type_word(self.word(at));
        let end = at + usize::from(day_type.is_some());
        let word = self.word(end);
        let found = unit(word)?;
        let (back, further) = (self.before(at, 1), self.before(at, 2));
        let russian = matches!(
            word,
            "дня"
                | "день"
                | "суток"
                | "сутки"
                | "недели"
                | "неделю"
                | "месяца"
                | "месяц"
                | "квартала"
                | "года"
                | "год"
                | "часа"
                | "час"
        ) && (back == "течение"
            || matches!((further, back), ("не", "позднее" | "более" | "дольше" | "свыше"))
            || back == "за" && found != Unit::Day);
        let kazakh = matches!(word, "ай" | "апта" | "тәулік" | "жыл")
            && self.word(end + 1) == "ішінде"
            && day_type.is_none()
            && number_word(back).is_none()
            && !matches!(back, "осы" | "бұл" | "сол")
            && at.checked_sub(1).is_none_or(|before| !self.is_number(before));
        (russian || kazakh).then(|| (Amount::of(1, end + 1), found, day_type, end + 1))
    }

    fn amount(&self, at: usize) -> Option<Amount> {
        match self.tokens[at].kind {
            Kind::Number => self.digits(at),
            Kind::Word => self.words(at),
            Kind::Sign(_) => None,
        }
    }

    fn digits(&self, at: usize) -> Option<Amount> {
        /// Dashes between numbers that may be ranges; a text may be made of them.
        const MOST: usize = 8;
        self.range(at, MOST)
    }

    /// A number in digits, or the larger of a range.
    fn range(&self, at: usize, dashes: usize) -> Option<Amount> {
        // `6.5`, `1,5` and `18:00` are clauses, shares and times
        let joint = |place: usize| {
            self.tokens
                .get(place)
                .is_some_and(|token| matches!(token.kind, Kind::Sign('.' | ',' | ':' | '/')))
        };
        if self.is_glued(at) && joint(at - 1) && at > 1 && self.is_number(at - 2) {
            return None;
        }
        if joint(at + 1) && self.is_glued(at + 1) && self.is_number(at + 2) && self.is_glued(at + 2) {
            return None;
        }
        let mut amount = Amount::of(self.word(at).parse().ok()?, at + 1);
        let tail = |place: usize| {
            matches!(self.word(place), "ти" | "и" | "х" | "й" | "го" | "ми" | "а" | "е" | "ть" | "ых")
        };
        if self.is_glued(at + 1) && tail(at + 1) {
            amount.end += 1;
        } else if self.is_sign(at + 1, '-') && self.is_glued(at + 2) && tail(at + 2) {
            amount.end += 2;
        } else if self.is_sign(at + 1, '-') && self.is_number(at + 2) {
            let larger = self.range(at + 2, dashes.checked_sub(1)?)?;
            let is_range = larger.value > amount.value;
            return is_range.then_some(Amount { is_range, ..larger });
        }
        self.gloss(&mut amount, at);
        Some(amount)
    }

    fn words(&self, at: usize) -> Option<Amount> {
        let mut amount = Amount::of(number_word(self.word(at))?, at + 1);
        while let Some(next) = number_word(self.word(amount.end)).and_then(|next| joined(amount.value, next))
        {
            amount.value = next;
            amount.end += 1;
        }
        if self.is_sign(amount.end, '-')
            && let Some(next) = number_word(self.word(amount.end + 1))
        {
            // `два-три дня`, but `он-бес` is one number
            let value = joined(amount.value, next).unwrap_or(next);
            amount.is_range = value == next;
            amount.value = value;
            amount.end += 2;
        }
        self.gloss(&mut amount, at);
        Some(amount)
    }

    /// The number once more in brackets; digits win over words.
    fn gloss(&self, amount: &mut Amount, at: usize) {
        if !self.is_sign(amount.end, '(') {
            return;
        }
        let inner = amount.end + 1;
        let Some(close) = (inner..self.tokens.len().min(inner + 6)).find(|&place| self.is_sign(place, ')'))
        else {
            return;
        };
        let in_digits = self.is_number(at);
        let other = if self.is_number(inner) {
            self.word(inner).parse().ok()
        } else {
            self.words(inner).map(|words| words.value)
        };
        let Some(other) = other else { return };
        amount.day_type = (inner..close).find_map(|place| day_type_word(self.word(place)));
        if other != amount.value {
            let written = &self.folded[self.tokens[at].range().start..self.tokens[close].range().end];
            let (digits, words) = if in_digits { (amount.value, other) } else { (other, amount.value) };
            amount.contradiction = Some(format!("{written}: the digits say {digits}, the words {words}"));
            amount.value = digits;
        }
        amount.end = close + 1;
    }

    /// Ages, times of the day, opening hours, how often, and stretches of the past.
    fn is_no_term(&self, start: usize, end: usize, unit: Unit) -> bool {
        let back = |reach: usize| (1..=reach).map(move |back| self.before(start, back));
        let unit_word = self.word(end - 1);
        if unit == Unit::Year && !unit_word.starts_with("жыл") {
            let is_age = |word: &str| AGE.iter().any(|stem| word.starts_with(stem));
            if back(5).any(is_age) || (end..end + 3).any(|place| is_age(self.word(place))) {
                return true;
            }
        }
        let (first, second) = (self.before(start, 1), self.before(start, 2));
        if matches!(
            first,
            "каждые"
                | "каждый"
                | "каждую"
                | "последние"
                | "последних"
                | "соңғы"
                | "әр"
                | "әрбір"
        ) || first == "в" && matches!(second, "раз" | "раза")
            || matches!(first, "күніне" | "аптасына" | "тәулігіне" | "айына" | "жылына")
        {
            return true;
        }
        let (next, further) = (self.word(end), self.word(end + 1));
        if next == "сайын"
            || next == "в" && matches!(further, "сутки" | "день" | "неделю" | "месяц" | "год")
            || (next == "бір" || next == "кемінде") && (further == "рет" || self.word(end + 2) == "рет")
        {
            return true;
        }
        // `с 9 до 18 часов`, `в 18 часов`
        unit == Unit::Hour
            && (first == "до" && back(5).skip(1).any(|word| word == "с") && self.is_number(start - 2)
                || first == "в"
                || self.is_sign(end, ',') && self.word(end + 1) == "7")
    }

    fn bound(&self, start: usize, end: usize) -> Bound {
        self.bound_behind(start, end).or_else(|| self.bound_before(start, end)).unwrap_or(Bound::Exact)
    }

    /// Kazakh: the words that bound a duration follow it.
    fn bound_behind(&self, start: usize, end: usize) -> Option<Bound> {
        let mut end = end;
        while matches!(self.word(end), "мерзім" | "мерзімнен" | "уақыттан" | "уақыт" | "кем")
            && end < start + 12
        {
            if self.word(end) == "кем" {
                return Some(Bound::Min);
            }
            end += 1;
        }
        let (next, further) = (self.word(end), self.word(end + 1));
        let negated = |word: &str| {
            word == "емес"
                || [
                    "майды",
                    "мейді",
                    "байды",
                    "бейді",
                    "пайды",
                    "пейді",
                    "маймыз",
                    "мейміз",
                    "баймыз",
                    "маса",
                    "мауы",
                    "меуі",
                    "мауға",
                ]
                .iter()
                .any(|ending| word.ends_with(ending))
        };
        match next {
            "ішінде"
            | "кешіктірмей"
            | "кешіктірілмей"
            | "кешікпей"
            | "дейін"
            | "дейінгі"
            | "бойы"
            | "бойына"
            | "аралығында"
            | "мерзімде" => Some(Bound::Max),
            "кеш" | "ұзақ" | "артық" | "көп" | "кейін" | "асып" => {
                let negative = (end + 1..end + 5).any(|place| negated(self.word(place)));
                (negative || next != "кейін").then_some(if negative { Bound::Max } else { Bound::Min })
            }
            "ерте" | "бұрын" if further == "емес" => Some(Bound::Min),
            "өткенге" | "өткенше" => Some(Bound::Max),
            // «15 жұмыс күнінде жауап береміз»
            _ if ["күнінде", "күнде", "айда", "аптада", "сағатта"].contains(&self.word(end.max(1) - 1)) => {
                Some(Bound::Max)
            }
            _ if next.starts_with("аспа") || next.starts_with("асыр") || next.starts_with("кешіктір") => {
                Some(Bound::Max)
            }
            _ => None,
        }
    }

    /// Russian, and the Kazakh `кемінде` and `ең көп`: the words stand before it.
    fn bound_before(&self, start: usize, end: usize) -> Option<Bound> {
        let mut words: Vec<&str> = Vec::new();
        let mut place = start;
        while words.len() < 5 && place > 0 {
            place -= 1;
            match self.tokens[place].kind {
                Kind::Word => words.push(self.word(place)),
                Kind::Sign('"' | '(' | ')' | '-' | '*') => {}
                Kind::Sign(',') if words.last() == Some(&"чем") => {}
                _ => break,
            }
        }
        for (index, &word) in words.iter().enumerate() {
            let negated = words.get(index + 1) == Some(&"не");
            let bound = match word {
                "позднее" | "позже" | "дольше" | "долее" | "свыше" if negated => {
                    Bound::Max
                }
                "более" | "больше" if negated => Bound::Max,
                "менее" | "меньше" | "ранее" | "раньше" if negated => Bound::Min,
                "более" | "больше" | "свыше" | "дольше" | "ранее" | "раньше" => {
                    Bound::Min
                }
                "менее" | "меньше" => Bound::Max,
                "минимум" | "меньшей" | "кемінде" | "кем" => Bound::Min,
                "максимум"
                | "көп"
                | "көбі"
                | "пределах"
                | "течение"
                | "течении"
                | "протяжении"
                | "большей" => Bound::Max,
                "истечения" => Bound::Max,
                "до" if index == 0 => Bound::Max,
                "от" if index == 0 => Bound::Min,
                // не позднее чем за 10 дней до
                "за" if index == 0 && words[1..].contains(&"позднее") => continue,
                "за" if index == 0 => {
                    if (end..end + 3).any(|place| self.word(place) == "до") {
                        Bound::Exact
                    } else {
                        Bound::Max
                    }
                }
                "в" if index == 0 && self.word(end).starts_with("срок") => Bound::Max,
                _ if word.starts_with("превыша") || word.starts_with("превысит") => Bound::Max,
                _ => continue,
            };
            if bound == Bound::Exact && words[1..].contains(&"менее") {
                continue;
            }
            // `по меньшей мере за 7 дней`, `не менее чем за десять дней`: the word further off says more than `за`
            if index == 0
                && word == "за"
                && words[1..].iter().any(|word| matches!(*word, "менее" | "меньшей" | "минимум"))
            {
                continue;
            }
            return Some(bound);
        }
        None
    }
}

impl Amount {
    fn of(value: u32, end: usize) -> Self {
        Self { value, end, day_type: None, contradiction: None, is_range: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{fold, tokenise};

    fn read(text: &str) -> String {
        let folded = fold(text, std::slice::from_ref(&(0..text.len())));
        let tokens = tokenise(folded.as_str());
        let hits = durations(folded.as_str(), &tokens);
        let one = |hit: &DurationHit| {
            let day = hit.day_type.map_or("-", DayType::id);
            let odd = if hit.contradiction.is_some() { " !" } else { "" };
            format!("{} {day} {}{odd}", hit.iso, hit.bound.id())
        };
        hits.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn terms_are_read_in_both_languages() {
        for (text, expected) in [
            ("в течение 30 дней с даты получения", "P30D unspecified max"),
            ("в срок, не превышающий 30 (тридцати) календарных дней", "P30D calendar max"),
            ("не позднее, чем через 3-х рабочих дней", "P3D business max"),
            ("в течение 10 (десяти рабочих) дней", "P10D business max"),
            ("в трёхдневный срок", "P3D unspecified max"),
            ("в 30-дневный срок", "P30D unspecified max"),
            ("в месячный срок", "P1M - max"),
            ("хранятся 5 лет", "P5Y - exact"),
            ("не менее 5 (пяти) лет после окончания договора", "P5Y - min"),
            ("в течение месяца", "P1M - max"),
            ("не позднее чем через шесть месяцев", "P6M - max"),
            ("в течение 72 часов", "PT72H - max"),
            ("записи камер – 30 суток", "P30D unspecified exact"),
            ("сообщим по меньшей мере за 7 дней", "P7D unspecified min"),
            ("не менее чем за десять календарных дней до вступления", "P10D calendar min"),
            ("исправляет за один рабочий день", "P1D business max"),
            ("обычно до 30 дней", "P30D unspecified max"),
            ("от 6 до 24 месяцев", "P24M - max"),
            ("два-три рабочих дня", "P3D business max"),
            ("в течение двадцати четырёх часов", "PT24H - max"),
            ("за полгода", "P6M - max"),
            ("30 күн ішінде", "P30D unspecified max"),
            ("үш жұмыс күнінен кешіктірмей", "P3D business max"),
            ("15 (он бес) жұмыс күні ішінде", "P15D business max"),
            ("40 (отыз) жұмыс күні ішінде", "P40D business max !"),
            ("жеті күнтізбелік күн ішінде", "P7D calendar max"),
            ("күнтізбелік 30 күн ішінде", "P30D calendar max"),
            ("алты айдан аспайтын мерзімде", "P6M - max"),
            ("алты айдан артық сақталмайды", "P6M - max"),
            ("90 күннен артық емес", "P90D unspecified max"),
            ("үш жыл бойы сақталады", "P3Y - max"),
            ("кемінде бес жыл", "P5Y - min"),
            ("кемінде 7 күн бұрын", "P7D unspecified min"),
            ("30 күнге дейін", "P30D unspecified max"),
            ("әдетте 6–24 ай", "P24M - max"),
            ("72 сағаттан кешiктiрмей", "PT72H - max"),
            ("талдау cookie-і - 13 ай", "P13M - exact"),
            ("бір тәулік ішінде", "P1D unspecified max"),
            ("10 банк күні ішінде", "P10D business max"),
            ("5 (бес) жыл мерзімге", "P5Y - exact"),
            ("он күндік мерзімде", "P10D unspecified max"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn ages_dates_clauses_and_opening_hours_are_no_terms() {
        for text in [
            "лица, достигшие 18 лет",
            "дети до 14 лет",
            "14-летнего возраста",
            "пользователям младше 13 лет",
            "от 21 мая 2013 года № 94-V",
            "2013 жылғы 21 мамырдағы",
            "18 жасқа толған",
            "согласно пункту 6.5 дней",
            "с 9 до 18 часов",
            "24 часа в сутки, 7 дней в неделю",
            "не реже одного раза в год",
            "раз в три года",
            "әр 6 ай сайын",
            "2024 жылдан бастап",
            "20 мамыр 2026 жыл",
        ] {
            assert_eq!(read(text), "", "{text}");
        }
    }
}
