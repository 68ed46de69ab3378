//! Contacts: addresses of every kind, whose they are and what for.

use std::collections::HashMap;
use std::ops::Range;

use super::{Context, Extraction, Unit};
use crate::record::{Code, Contact, ContactPurpose, ContactType, NodeKind, Party};
use crate::source::Oddity;
use crate::structure::NodeIndex;
use crate::value::{ContactHit, ContactShape, addresses, contacts as addresses_in, identifiers};

/// Nodes before a bare address that are looked at for what the address is for.
const BACK: usize = 4;
/// Most addresses that stand over the same word: a host, its mailbox, the postal address around them.
const OVERLAPPING: usize = 4;

/// An address with its place.
struct Found {
    kind: ContactType,
    value: String,
    /// Bytes of the unit's folded text.
    range: Range<usize>,
    mended: bool,
}

/// Finds the contacts of all editions: one fact for each edition, type and value, at its first mention.
pub(super) fn contacts(context: &Context<'_>, out: &mut Extraction) {
    let mut known: HashMap<(usize, ContactType, String), usize> = HashMap::new();
    let words = Words::new(context);
    for unit in context.units.all() {
        let unit = &*unit;
        if context.outline.nodes[unit.node].kind == NodeKind::Noise {
            continue;
        }
        let all = found(context, unit);
        let masks: Vec<Range<usize>> = all.iter().map(|found| tokens(unit, &found.range)).collect();
        for (index, found) in all.iter().enumerate() {
            let reading = words.reading(context, unit, found, &masks[index], &masks);
            if found.mended {
                out.oddities.push(Oddity {
                    code: Code::UrlMended,
                    message: format!("the malformed URL was read as {}", found.value),
                    range: Some(unit.folded.source(&found.range)),
                });
            }
            let key = (context.editions[unit.node], found.kind, found.value.to_lowercase());
            if let Some(&fact) = known.get(&key) {
                let fact = &mut out.facts.contacts[fact].value;
                if fact.purpose == ContactPurpose::General {
                    fact.purpose = reading.purpose;
                }
                continue;
            }
            known.insert(key, out.facts.contacts.len());
            let contact = Contact {
                kind: found.kind,
                value: found.value.clone(),
                party: reading.party,
                purpose: reading.purpose,
            };
            out.facts.contacts.push(context.fact(unit, &masks[index], reading.cue, 0.95, contact));
        }
    }
}

/// All addresses of a unit in the order of the text.
fn found(context: &Context<'_>, unit: &Unit) -> Vec<Found> {
    let folded = unit.folded.as_str();
    let source = context.source.as_str();
    let numbers = identifiers(folded);
    let mut out: Vec<Found> = Vec::new();
    for hit in addresses_in(folded) {
        if numbers
            .iter()
            .any(|number| number.range.start < hit.range.end && hit.range.start < number.range.end)
        {
            continue;
        }
        if hit.shape == ContactShape::Url && !hit.value.contains('/') && names_company(context, unit, &hit) {
            continue;
        }
        let kind = match hit.shape {
            ContactShape::Email => ContactType::Email,
            ContactShape::Url => ContactType::Url,
            ContactShape::Handle => ContactType::Messenger,
            ContactShape::Phone if is_messenger(unit, &hit) => ContactType::Messenger,
            ContactShape::Phone => ContactType::Phone,
        };
        let value = format!("{}{}", hit.value, unit.folded.written(source, &hit.tail));
        out.push(Found { kind, value, range: hit.range, mended: hit.mended });
    }
    let is_capital = |at: usize| {
        source[unit.folded.source(&(at..at + 1)).start..]
            .chars()
            .find(|found| found.is_alphanumeric())
            .is_some_and(|first| first.is_uppercase() || first.is_numeric())
    };
    for range in addresses(folded, &unit.tokens, &is_capital) {
        let value = unit.folded.written(source, &range);
        out.push(Found { kind: ContactType::PostalAddress, value, range, mended: false });
    }
    out.sort_by_key(|found| found.range.start);
    out
}

/// A bare host that is a company's name: `ТОО «Example.kz»`, `Example.KZ Limited`.
fn names_company(context: &Context<'_>, unit: &Unit, hit: &ContactHit) -> bool {
    /// Tokens of a name in front of its host.
    const BACK: usize = 6;
    let place = tokens(unit, &hit.range);
    let forms: Vec<Range<usize>> = unit
        .mentions(context.lexicon, &(0..unit.tokens.len()), &[])
        .iter()
        .filter(|mention| Some(mention.entry.file) == context.lexicon.file("legal_forms"))
        .map(|mention| mention.tokens.clone())
        .collect();
    let open = (place.start.saturating_sub(BACK)..place.start).rev().find(|&at| unit.is_sign(at, '"'));
    let closed = unit.is_sign(place.end, '"');
    forms.iter().any(|form| {
        form.end == place.start
            || Some(form.end) == open
            || (form.start == place.end + usize::from(closed && open.is_some())
                && !unit.is_sign(form.end, '"'))
    })
}

/// A telephone number that the words right before it call a messenger's.
fn is_messenger(unit: &Unit, hit: &ContactHit) -> bool {
    let first = tokens(unit, &hit.range).start;
    (1..=4)
        .map_while(|back| first.checked_sub(back))
        .take_while(|&place| {
            !unit.is_sign(place, ',') && !unit.is_sign(place, ';') && !unit.is_sign(place, '.')
        })
        .any(|place| {
            let word = unit.word(place);
            ["whatsapp", "ватсап", "вотсап", "telegram", "телеграм", "viber", "вайбер"]
                .iter()
                .any(|name| word.starts_with(name))
        })
}

fn tokens(unit: &Unit, range: &Range<usize>) -> Range<usize> {
    let start = unit.tokens.partition_point(|token| (token.end as usize) <= range.start);
    let end = unit.tokens.partition_point(|token| (token.start as usize) < range.end);
    start..end.max(start)
}

/// What the words around an address say of it.
struct Reading {
    party: Party,
    purpose: ContactPurpose,
    cue: String,
}

/// Where the words of `contacts.toml` stand in the lexicon.
struct Words {
    file: Option<usize>,
    purpose: usize,
    whose: usize,
    site: usize,
}

impl Words {
    fn new(context: &Context<'_>) -> Self {
        let lexicon = context.lexicon;
        Self {
            file: lexicon.file("contacts"),
            purpose: lexicon.role("purpose"),
            whose: lexicon.role("whose"),
            site: lexicon.role("site"),
        }
    }

    fn reading(
        &self,
        context: &Context<'_>,
        unit: &Unit,
        found: &Found,
        place: &Range<usize>,
        masks: &[Range<usize>],
    ) -> Reading {
        let is_url = found.kind == ContactType::Url;
        let own = unit.sentences.partition_point(|sentence| sentence.end <= place.start);
        let sentence = unit.sentences.get(own).cloned().unwrap_or(0..unit.tokens.len());
        // a sentence may go on what the one before it speaks of: «Отказаться от них можно …»
        let before = own.checked_sub(1).and_then(|before| unit.sentences.get(before));
        let window = before.map_or(sentence.start, |before| before.start)..sentence.end;
        // A mask that begins before the window may reach into it; more than a few do not overlap.
        let first = masks.partition_point(|mask| mask.start < window.start).saturating_sub(OVERLAPPING);
        let masks = &masks[first..masks.partition_point(|mask| mask.start < window.end)];
        let mut purposes = self.ids(context, unit, &window, &sentence, masks, self.purpose);
        let mut whose = self.ids(context, unit, &sentence, &sentence, masks, self.whose);
        if is_url && !self.ids(context, unit, place, place, &[], self.site).is_empty() {
            whose.insert(0, "third_party".to_owned());
        }
        if !is_url {
            purposes.retain(|id| id != "website");
        }
        if purposes.is_empty() || whose.is_empty() {
            let (above, owner) = self.above(context, unit.node);
            if purposes.is_empty() && found.kind != ContactType::PostalAddress && !is_url {
                purposes = above;
            }
            if whose.is_empty() {
                whose = owner;
            }
        }
        let party = match whose.iter().map(String::as_str).min_by_key(|id| rank(&OWNERS, id)) {
            Some("authority") => Party::Authority,
            Some("third_party") => Party::ThirdParty,
            Some("dpo") => Party::Dpo,
            _ => Party::Operator,
        };
        if party != Party::Operator {
            purposes.retain(|id| id != "website");
        }
        let best = purposes.iter().map(String::as_str).min_by_key(|id| rank(&PURPOSES, id));
        let purpose = match best.and_then(|id| id.parse().ok()) {
            _ if is_url && party == Party::ThirdParty => ContactPurpose::General,
            Some(_) if purposes.iter().any(|id| id == "website") => ContactPurpose::Website,
            Some(found) => found,
            None if is_url && party == Party::Operator => ContactPurpose::Website,
            None => ContactPurpose::General,
        };
        Reading { party, purpose, cue: format!("contacts/{}", purpose.id()) }
    }

    /// Ids of the concepts whose words stand in a window and touch the sentence.
    fn ids(
        &self,
        context: &Context<'_>,
        unit: &Unit,
        window: &Range<usize>,
        sentence: &Range<usize>,
        masks: &[Range<usize>],
        role: usize,
    ) -> Vec<String> {
        unit.mentions(context.lexicon, window, masks)
            .iter()
            .filter(|mention| {
                Some(mention.entry.file) == self.file
                    && mention.entry.role == role
                    && mention.reach.end > sentence.start
                    && mention.reach.start < sentence.end
            })
            .map(|mention| context.lexicon.concept(mention.entry).id.clone())
            .collect()
    }

    /// Purpose and owner that a lead-in or the paragraph before gives to an address on a line of its own.
    fn above(&self, context: &Context<'_>, node: NodeIndex) -> (Vec<String>, Vec<String>) {
        let (mut purposes, mut whose) = (Vec::new(), Vec::new());
        let edition = context.editions[node];
        let mut looked = 0;
        for before in (0..node).rev() {
            let other = &context.outline.nodes[before];
            if context.editions[before] != edition || looked >= BACK {
                break;
            }
            if other.kind == NodeKind::Noise {
                continue;
            }
            let unit = &*context.units.get(before);
            // a numbered clause speaks for itself
            let is_clause =
                other.kind == NodeKind::Clause && context.outline.nodes[node].parent != Some(before);
            if other.is_heading
                || other.kind == NodeKind::Section
                || other.kind == NodeKind::Title
                || is_clause
            {
                break;
            }
            looked += 1;
            let all = 0..unit.tokens.len();
            purposes = self.ids(context, unit, &all, &all, &[], self.purpose);
            purposes.retain(|id| id != "website");
            whose = self.ids(context, unit, &all, &all, &[], self.whose);
            if unit.last_sign() == Some(':') || !purposes.is_empty() {
                break;
            }
        }
        (purposes, whose)
    }
}

/// Purposes, the most telling first.
const PURPOSES: [&str; 6] =
    ["marketing_opt_out", "consent_withdrawal", "data_update", "complaint", "inquiry", "website"];
/// Owners, the most telling first.
const OWNERS: [&str; 3] = ["third_party", "authority", "dpo"];

fn rank(order: &[&str], id: &str) -> usize {
    order.iter().position(|known| *known == id).unwrap_or(order.len())
}

#[cfg(test)]
mod tests {
    #[test]
    fn purpose_and_owner_come_from_the_sentence_in_both_languages() {
        for (clause, expected) in [
            (
                "Отказаться от рассылки можно письмом на stop@example.kz.",
                "stop@example.kz operator marketing_opt_out",
            ),
            (
                "Хабарламалардан бас тарту үшін stop@example.kz мекенжайына жазыңыз.",
                "stop@example.kz operator marketing_opt_out",
            ),
            (
                "Отзыв согласия направляется на info@example.kz.",
                "info@example.kz operator consent_withdrawal",
            ),
            (
                "Келісімді қайтарып алу үшін info@example.kz мекенжайына жазыңыз.",
                "info@example.kz operator consent_withdrawal",
            ),
            ("Вопросы направляйте на info@example.kz.", "info@example.kz operator inquiry"),
            ("Сұрақтарды info@example.kz мекенжайына жіберіңіз.", "info@example.kz operator inquiry"),
            ("Политика применяется к сайту https://example.kz/.", "https://example.kz operator website"),
            ("Саясат example.kz сайтына қолданылады.", "example.kz operator website"),
            (
                "Политика Google: https://policies.google.com/privacy",
                "https://policies.google.com/privacy third_party general",
            ),
            (
                "Жалобы в уполномоченный орган подаются через портал https://example.kz/form.",
                "https://example.kz/form authority complaint",
            ),
            ("Ответственный за обработку данных: dpo@example.kz.", "dpo@example.kz dpo general"),
            ("WhatsApp нөмірі: +7 700 000 00 06", "+77000000006 operator general"),
            (
                "Мекенжайы: Астана қаласы, Үлгі көшесі, 1-үй",
                "Астана қаласы, Үлгі көшесі, 1-үй operator general",
            ),
            ("Пользователь указывает адрес электронной почты и телефон.", ""),
        ] {
            let record = crate::parse(&format!("1.1. {clause}\n"));
            let found: Vec<String> = record
                .facts
                .contacts
                .iter()
                .map(|fact| {
                    format!("{} {} {}", fact.value.value, fact.value.party.id(), fact.value.purpose.id())
                })
                .collect();
            assert_eq!(found.join("; "), expected, "{clause}");
        }
    }
}
