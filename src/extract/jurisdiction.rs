//! Which country's law a policy is subject to.
//!
//! The rule stands here alone. Signs are grouped; a group votes with its weight, split by what its signs say, so that
//! a law named thirty times counts no more than one:
//!
//! | group | weight | signs |
//! | --- | --- | --- |
//! | identity | 4 | legal forms and registration numbers that one country has (ТОО, БИН; ООО, ОГРН) |
//! | country | 3 | the country's name |
//! | phones | 2 | +7 7xx is Kazakhstan, +7 3xx, 4xx, 8xx, 9xx Russia |
//! | numbers | 2 | `94-V`, `395/НҚ`; `152-ФЗ` |
//! | hosts | 1 | `.kz`; `.ru`, `.рф` |
//! | authority | 1 | the country's authorities |
//!
//! An edition without signs is judged by the whole document (a bilingual policy names the operator in one language
//! only), and a Kazakh text without any is taken for one of Kazakhstan.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::language::{digits, pattern};

use super::Context;
use crate::law::{NumberForm, Word};
use crate::record::{Edition, Jurisdiction, Language};
use crate::structure::NodeIndex;

/// Weights of the groups.
const WEIGHTS: [f64; 6] = [4.0, 3.0, 2.0, 2.0, 1.0, 1.0];
const IDENTITY: usize = 0;
const COUNTRY: usize = 1;
const PHONES: usize = 2;
const NUMBERS: usize = 3;
const HOSTS: usize = 4;
const AUTHORITY: usize = 5;

/// How often the signs of each group point to Kazakhstan and to Russia.
type Counts = [(u32, u32); WEIGHTS.len()];

/// Fills in the country of each edition, if any sign tells Kazakhstan from Russia.
pub(super) fn jurisdictions(context: &Context<'_>, editions: &mut [Edition]) {
    let counts: Vec<Counts> =
        context.outline.editions.iter().map(|edition| counts(context, edition.nodes.clone())).collect();
    let mut whole = Counts::default();
    for counts in &counts {
        for (sum, (kz, ru)) in whole.iter_mut().zip(counts) {
            *sum = (sum.0 + kz, sum.1 + ru);
        }
    }
    for (edition, counts) in editions.iter_mut().zip(&counts) {
        edition.jurisdiction = balance(counts)
            .or_else(|| balance(&whole))
            .or((edition.language == Language::Kk).then_some(Jurisdiction::Kz));
    }
}

fn balance(counts: &Counts) -> Option<Jurisdiction> {
    let balance: f64 = counts
        .iter()
        .zip(WEIGHTS)
        .filter(|((kz, ru), _)| kz + ru > 0)
        .map(|(&(kz, ru), weight)| weight * (f64::from(kz) - f64::from(ru)) / f64::from(kz + ru))
        .sum();
    match () {
        () if balance > 0.1 => Some(Jurisdiction::Kz),
        () if balance < -0.1 => Some(Jurisdiction::Ru),
        () => None,
    }
}

fn counts(context: &Context<'_>, nodes: Range<NodeIndex>) -> Counts {
    let mut counts = Counts::default();
    let mut count = |group: usize, country: Jurisdiction| match country {
        Jurisdiction::Kz => counts[group].0 += 1,
        Jurisdiction::Ru => counts[group].1 += 1,
        Jurisdiction::Eu => {}
    };
    for unit in context.units.of(nodes) {
        let text = unit.folded.as_str();
        for found in unit.law_words() {
            match found.word {
                Word::Identity(country) => count(IDENTITY, country),
                Word::Country(country) => count(COUNTRY, country),
                Word::Authority(country) => count(AUTHORITY, country),
                _ => {}
            }
        }
        for found in unit.law_numbers() {
            match found.form {
                NumberForm::KzLaw { .. } | NumberForm::KzOrder => count(NUMBERS, Jurisdiction::Kz),
                NumberForm::RuLaw | NumberForm::RuDecree => count(NUMBERS, Jurisdiction::Ru),
                NumberForm::Plain => {}
            }
        }
        // A regular expression looks at every letter; most texts hold no number.
        for found in (digits(text) >= DIGITS).then(|| PHONE.captures_iter(text)).into_iter().flatten() {
            count(PHONES, if &found[1] == "7" { Jurisdiction::Kz } else { Jurisdiction::Ru });
        }
        for (label, country) in hosts(text) {
            // Mailboxes and counters of Russian services stand in policies of any country.
            if !matches!(label, "mail" | "yandex" | "ya" | "bk" | "list" | "inbox" | "rambler") {
                count(HOSTS, country);
            }
        }
    }
    counts
}

/// Fewest digits that [`PHONE`] takes.
const DIGITS: usize = 8;
static PHONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:\+7|\b8)[\s(-]{0,3}([3-9])\d{2}[\s)-]{0,3}\d{2,3}[\s-]?\d{2}"));

/// Hosts of a country: the name in front of the ending.
fn hosts(text: &str) -> impl Iterator<Item = (&str, Jurisdiction)> {
    const ENDS: [(&str, Jurisdiction); 4] = [
        (".kz", Jurisdiction::Kz),
        (".қаз", Jurisdiction::Kz),
        (".ru", Jurisdiction::Ru),
        (".рф", Jurisdiction::Ru),
    ];
    text.match_indices('.').filter_map(move |(at, _)| {
        let (end, country) = ENDS.iter().find(|(end, _)| text[at..].starts_with(end))?;
        let goes_on = text[at + end.len()..].starts_with(char::is_alphanumeric);
        let rest = text[..at].trim_end_matches(|found: char| found.is_alphanumeric() || found == '-');
        let label = &text[rest.len()..at];
        (!goes_on && !label.is_empty()).then_some((label, *country))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::source::SourceText;
    use crate::structure::outline;

    #[test]
    fn the_country_is_told_by_forms_names_phones_and_numbers() {
        let lexicon = Lexicon::shared();
        for (text, country) in [
            (
                "1. Оператор персональных данных ТОО «Мысал» соблюдает Федеральный закон № 152-ФЗ.",
                Some(Jurisdiction::Kz),
            ),
            (
                "1. Оператор персональных данных ООО «Пример», ИНН 7700000000, соблюдает закон.",
                Some(Jurisdiction::Ru),
            ),
            ("1. Звоните: +7 (727) 000-00-05 или пишите.", Some(Jurisdiction::Kz)),
            ("1. Звоните: +7 (495) 000-00-05 или пишите.", Some(Jurisdiction::Ru)),
            ("1. Оператор соблюдает Закон № 94-V и хранит персональные данные.", Some(Jurisdiction::Kz)),
            ("1. Сайт example.ru собирает данные.", Some(Jurisdiction::Ru)),
            ("1. Қосымша деректерді жинайды және сақтайды.", Some(Jurisdiction::Kz)),
            ("1. Мы собираем персональные данные.", None),
        ] {
            let source = SourceText::new(text.to_owned());
            let outline = outline(&source);
            let context = Context::new(&source, &outline, &lexicon);
            let mut editions = crate::extract::editions(&source, &outline);
            jurisdictions(&context, &mut editions);
            assert_eq!(editions[0].jurisdiction, country, "{text}");
        }
    }
}
