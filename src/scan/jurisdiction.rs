//! Under whose law a policy stands, told from what its record says. The one place that decides it for a scan.
//!
//! Language says nothing here: a Russian text under Kazakh law is an ordinary case. Evidence is weighed in this
//! order, and the first kind that points to one country alone decides:
//!
//! 1. **Registration numbers of the operator**: BIN or IIN is Kazakhstan; INN, KPP or OGRN is Russia.
//! 2. **Legal form of the operator**: TOO, RGP, KGU, KGP is Kazakhstan; OOO, PAO, MUP, FGBU, ANO, NKO is Russia.
//!    The rest (AO, IP, GU, …) exist in both or in neither.
//! 3. **Acts cited**: the country with more citations (`KZ:…` against `RU:…`).
//! 4. **Telephone numbers**: +7 6 and +7 7 are Kazakhstan, any other +7 is Russia.
//! 5. **Domains** of the operator's addresses: `.kz` and `.қаз`; `.ru`, `.рф` and `.su`.
//!
//! Evidence of one kind for both countries does not decide and the next kind is asked. With none left the answer is
//! `unknown`.
//!
//! [`extract::jurisdiction`](crate::extract::jurisdiction) asks the same of the whole text, to resolve citations, and
//! knows more: names of countries, numbers of acts, hosts in running text. A record does not carry its answer, so lines
//! that were written before, which `stats` reads, cannot be asked. Once an edition has a field for it, this rule goes.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use crate::record::{Contact, ContactType, Facts, IdentifierKind, LegalForm, Operator, Party, PolicyRecord};

/// Country whose law a policy stands under.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
pub enum Jurisdiction {
    /// Kazakhstan.
    #[serde(rename = "KZ")]
    #[strum(serialize = "KZ")]
    Kz,
    /// Russia.
    #[serde(rename = "RU")]
    #[strum(serialize = "RU")]
    Ru,
    /// Nothing points to one country alone.
    #[serde(rename = "unknown")]
    #[strum(serialize = "unknown")]
    Unknown,
}

impl Jurisdiction {
    /// The id as it stands in JSON and in the database.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// Tells the jurisdiction of a record, by the rule above.
pub fn of(record: &PolicyRecord) -> Jurisdiction {
    let operators: Vec<&Operator> =
        record.editions.iter().filter_map(|edition| edition.operator.as_ref()).collect();
    tell(&operators, &record.facts)
}

/// Tells it from the operators of the editions and the facts alone.
pub(super) fn tell(operators: &[&Operator], facts: &Facts) -> Jurisdiction {
    let operators = || operators.iter().copied();
    let contacts = || facts.contacts.iter().map(|fact| &fact.value);
    let kinds: [Evidence; 5] = [
        Evidence::count(
            operators().flat_map(|operator| &operator.identifiers).filter_map(|id| of_number(id.kind)),
        ),
        Evidence::count(operators().filter_map(|operator| operator.legal_form).filter_map(of_form)),
        Evidence::count(facts.citations.iter().filter_map(|fact| of_act(&fact.value.act))),
        Evidence::count(contacts().filter_map(of_phone)),
        Evidence::count(contacts().filter_map(of_domain)),
    ];
    let citations = &kinds[2];
    for (index, evidence) in kinds.iter().enumerate() {
        match (evidence.kz, evidence.ru) {
            (1.., 0) => return Jurisdiction::Kz,
            (0, 1..) => return Jurisdiction::Ru,
            // Policies cite the other country's law too; the one they cite more is theirs.
            (kz, ru) if index == 2 && kz != ru => {
                return if citations.kz > citations.ru { Jurisdiction::Kz } else { Jurisdiction::Ru };
            }
            _ => {}
        }
    }
    Jurisdiction::Unknown
}

#[derive(Debug, Default)]
struct Evidence {
    kz: usize,
    ru: usize,
}

impl Evidence {
    fn count(found: impl Iterator<Item = Jurisdiction>) -> Self {
        found.fold(Self::default(), |mut sum, country| {
            match country {
                Jurisdiction::Kz => sum.kz += 1,
                Jurisdiction::Ru => sum.ru += 1,
                Jurisdiction::Unknown => {}
            }
            sum
        })
    }
}

fn of_number(kind: IdentifierKind) -> Option<Jurisdiction> {
    match kind {
        IdentifierKind::Bin | IdentifierKind::Iin => Some(Jurisdiction::Kz),
        IdentifierKind::Inn | IdentifierKind::Kpp | IdentifierKind::Ogrn | IdentifierKind::Ogrnip => {
            Some(Jurisdiction::Ru)
        }
    }
}

fn of_form(form: LegalForm) -> Option<Jurisdiction> {
    match form {
        LegalForm::Too | LegalForm::Rgp | LegalForm::Kgu | LegalForm::Kgp => Some(Jurisdiction::Kz),
        LegalForm::Ooo
        | LegalForm::Pao
        | LegalForm::Mup
        | LegalForm::Fgbu
        | LegalForm::Ano
        | LegalForm::Nko => Some(Jurisdiction::Ru),
        _ => None,
    }
}

fn of_act(act: &str) -> Option<Jurisdiction> {
    match act.split_once(':')?.0 {
        "KZ" => Some(Jurisdiction::Kz),
        "RU" => Some(Jurisdiction::Ru),
        _ => None,
    }
}

fn of_phone(contact: &Contact) -> Option<Jurisdiction> {
    if !matches!(contact.kind, ContactType::Phone | ContactType::Messenger) {
        return None;
    }
    let rest = contact.value.strip_prefix("+7")?;
    // +7 800 is free to call in either country.
    if rest.len() != 10 || rest.starts_with("800") {
        return None;
    }
    Some(if rest.starts_with(['6', '7']) { Jurisdiction::Kz } else { Jurisdiction::Ru })
}

fn of_domain(contact: &Contact) -> Option<Jurisdiction> {
    if !matches!(contact.kind, ContactType::Email | ContactType::Url) || contact.party != Party::Operator {
        return None;
    }
    let host = contact.value.rsplit('@').next()?;
    let host = host.split_once("://").map_or(host, |(_, rest)| rest);
    let host = host.split(['/', '?', '#', ':']).next()?;
    match host.rsplit('.').next()? {
        "kz" | "қаз" | "xn--80ao21a" => Some(Jurisdiction::Kz),
        "ru" | "рф" | "su" | "xn--p1ai" => Some(Jurisdiction::Ru),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Citation, ContactPurpose, Fact, Span};

    fn fact<T>(value: T) -> Fact<T> {
        let span = Span { start: 0, end: 0, line: 1, end_line: 1 };
        let (id, node, quote) = (String::new(), String::new(), String::new());
        Fact { id, edition: 0, node, span, quote, cues: Vec::new(), confidence: 1.0, condition: None, value }
    }

    fn cites(acts: &[&str]) -> Facts {
        let citation = |act: &&str| {
            fact(Citation { act: (*act).to_owned(), number: None, date: None, title: None, article: None })
        };
        Facts { citations: acts.iter().map(citation).collect(), ..Facts::default() }
    }

    fn operator(legal_form: LegalForm) -> Operator {
        Operator {
            name: "Үлгі".to_owned(),
            legal_form: Some(legal_form),
            aliases: Vec::new(),
            identifiers: Vec::new(),
            span: Span { start: 0, end: 0, line: 1, end_line: 1 },
            quote: String::new(),
            node: String::new(),
        }
    }

    #[test]
    fn the_legal_form_beats_the_acts_cited() {
        let facts = cites(&["RU:152-FZ", "RU:152-FZ"]);
        assert_eq!(tell(&[&operator(LegalForm::Too)], &facts), Jurisdiction::Kz);
        assert_eq!(tell(&[&operator(LegalForm::Ao)], &facts), Jurisdiction::Ru);
    }

    #[test]
    fn the_country_cited_more_wins_and_a_tie_asks_on() {
        assert_eq!(tell(&[], &cites(&["KZ:94-V", "RU:152-FZ", "KZ:?"])), Jurisdiction::Kz);
        let mut facts = cites(&["KZ:94-V", "RU:152-FZ"]);
        assert_eq!(tell(&[], &facts), Jurisdiction::Unknown);
        facts.contacts.push(fact(Contact {
            kind: ContactType::Phone,
            value: "+77172000000".to_owned(),
            party: Party::Operator,
            purpose: ContactPurpose::General,
        }));
        assert_eq!(tell(&[], &facts), Jurisdiction::Kz);
        assert_eq!(tell(&[], &cites(&["EU:GDPR"])), Jurisdiction::Unknown);
    }
}
