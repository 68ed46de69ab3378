//! Names that a policy gives to its parties: «(далее — Школа)», «(бұдан әрі – Орталық)».

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{Unit, Units};
use crate::language::Kind;
use crate::record::Party;

/// Words, folded, that stand for a party in one document.
#[derive(Debug, Default)]
pub(super) struct Aliases {
    parties: HashMap<String, Party, RandomState>,
}

/// Words in front of an alias that show whose it is: legal forms and registration numbers for the operator.
const OPERATOR: [&str; 32] = [
    "ооо",
    "оао",
    "зао",
    "пао",
    "ао",
    "ип",
    "тоо",
    "жшс",
    "ақ",
    "жк",
    "гу",
    "кгу",
    "ргп",
    "нао",
    "товарищество",
    "общество",
    "предприниматель",
    "серіктестігі",
    "серіктестігінің",
    "кәсіпкер",
    "қоғамы",
    "оператор",
    "оператором",
    "операторы",
    "инн",
    "бин",
    "бсн",
    "огрн",
    "огрнип",
    "администрация",
    "сарл",
    "ltd",
];
const SUBJECT: [&str; 38] = [
    "адамдардың",
    "адамдар",
    "азаматтардың",
    "алушылардың",
    "кірушілердің",
    "клиенттердің",
    "заемщиков",
    "заявителей",
    "посетители",
    "заказчиков",
    "работников",
    "соискателей",
    "лица",
    "лицо",
    "лиц",
    "граждан",
    "граждане",
    "пользователей",
    "пользователи",
    "пользователя",
    "посетителей",
    "клиентов",
    "клиенты",
    "субъектов",
    "субъект",
    "покупателей",
    "учеников",
    "пациентов",
    "тұлға",
    "тұлғалар",
    "тұлғалардың",
    "субъектілері",
    "субъектісі",
    "пайдаланушылар",
    "пайдаланушылардың",
    "келушілер",
    "оқушылар",
    "интернет-пользователей",
];

impl Aliases {
    /// Looks through all units.
    pub(super) fn find(units: &Units<'_>) -> Self {
        let mut out = Self::default();
        for unit in units.all() {
            for at in 0..unit.tokens.len() {
                let opens = match unit.word(at) {
                    "далее" => true,
                    "әрі" => at > 0 && unit.word(at - 1) == "бұдан",
                    "қарай" => at > 0 && matches!(unit.word(at - 1), "ары" | "әрі"),
                    _ => false,
                };
                if opens {
                    out.note(&unit, at);
                }
            }
        }
        out
    }

    /// The party that a folded word stands for.
    pub(super) fn party(&self, word: &str) -> Option<Party> {
        if self.parties.is_empty() { None } else { self.parties.get(word).copied() }
    }

    /// The party that a Kazakh genitive stands for.
    pub(super) fn owner(&self, word: &str) -> Option<Party> {
        const GENITIVE: [&str; 6] = ["ның", "нің", "дың", "дің", "тың", "тің"];
        if self.parties.is_empty() {
            return None;
        }
        GENITIVE.iter().find_map(|end| self.party(word.strip_suffix(end)?))
    }

    /// The party that a Russian genitive stands for: Оператора, Школы, Управления, Организации.
    pub(super) fn genitive(&self, word: &str) -> Option<Party> {
        const ENDS: [(&str, &[&str]); 4] =
            [("а", &["", "о"]), ("я", &["ь", "й", "е"]), ("ы", &["а"]), ("и", &["я", "а", "ь"])];
        if self.parties.is_empty() {
            return None;
        }
        ENDS.iter()
            .filter_map(|(end, nominative)| Some((word.strip_suffix(end)?, nominative)))
            .flat_map(|(stem, nominative)| nominative.iter().map(move |end| format!("{stem}{end}")))
            .find_map(|name| self.party(&name))
    }

    fn note(&mut self, unit: &Unit, at: usize) -> Option<()> {
        // What stands before the last name was said of that one.
        let named = |token: &usize| matches!(unit.word(*token), "далее" | "бұдан");
        let start =
            (at.saturating_sub(24)..at.saturating_sub(1)).rev().find(named).map_or(0, |last| last + 1);
        let before = start.max(at.saturating_sub(24))..at;
        let has = |words: &[&str]| before.clone().any(|token| words.contains(&unit.word(token)));
        let party = if has(&OPERATOR) {
            Party::Operator
        } else if has(&SUBJECT) {
            Party::DataSubject
        } else {
            return None;
        };
        // One word up to the closing quote or bracket; longer names are terms, not parties.
        let words = (at + 1..(at + 8).min(unit.tokens.len())).filter(|&token| {
            !matches!(unit.word(token), "по" | "тексту" | "именуемое" | "именуемый" | "мәтін" | "бойынша")
        });
        for token in words {
            match unit.tokens[token].kind {
                Kind::Word => {
                    let alone = unit.tokens.get(token + 1).is_none_or(|next| {
                        matches!(next.kind, Kind::Sign(')' | '"' | '.' | ',' | ';' | '/'))
                    });
                    let word = unit.word(token);
                    let law = [
                        "закон",
                        "политика",
                        "сайт",
                        "саясат",
                        "заң",
                        "соглашение",
                        "договор",
                        "приложение",
                        "қосымша",
                    ];
                    if alone && !law.contains(&word) {
                        self.parties.entry(word.to_owned()).or_insert(party);
                    }
                    return Some(());
                }
                Kind::Sign('-' | '"' | ':' | '*' | ',') => {}
                _ => return None,
            }
        }
        None
    }
}
