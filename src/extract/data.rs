//! Data categories: which data a clause says are or are not processed.

use std::collections::HashSet;

use super::frame;
use super::topics::Topics;
use super::{Context, Extraction, Mention, Unit};
use crate::language::Kind;
use crate::record::{Data, DataCategory, DataStatus};

/// Extracts the layer.
pub(super) fn data_categories(context: &Context<'_>, topics: &[Topics], out: &mut Extraction) {
    let reader = Reader {
        context,
        data: context.lexicon.file("data"),
        processing: context.lexicon.file("processing"),
        obligations: context.lexicon.file("obligations"),
    };
    let mut denied = vec![false; context.units.len()];
    for unit in context.units.iter().filter(|unit| context.is_read(unit.node)) {
        let lead = super::topics::lead_of(context, unit.node);
        let by_lead = lead.is_some_and(|lead| denied[lead]) || reader.heading_denies(unit.node);
        denied[unit.node] = reader.read(unit, &topics[unit.node], by_lead, out);
    }
}

struct Reader<'a> {
    context: &'a Context<'a>,
    data: Option<usize>,
    processing: Option<usize>,
    obligations: Option<usize>,
}

/// Topics under which a clause says what data are for, not which.
const OTHER_TOPICS: [&str; 6] =
    ["purposes", "legal_bases", "measures", "principles", "request", "rights_subject"];

impl Reader<'_> {
    /// Reads a unit; says whether it denies processing to what hangs on it.
    fn read(&self, unit: &Unit, topics: &Topics, by_lead: bool, out: &mut Extraction) -> bool {
        if topics.has("definitions") && super::deontic::is_definition(unit) {
            return false;
        }
        let mut denies = by_lead;
        let mut seen: HashSet<(usize, DataCategory, DataStatus)> = HashSet::new();
        for (index, range) in unit.sentences.iter().enumerate() {
            let mentions = unit.mentions(self.context.lexicon, range, &[]);
            let of = |file: Option<usize>| mentions.iter().filter(move |m| Some(m.entry.file) == file);
            let named: Vec<&Mention> = of(self.data).collect();
            let verb =
                |id: &str| of(self.processing).find(|m| self.context.lexicon.concept(m.entry).id == id);
            let negative = verb("not_processed");
            let stated = verb("processed").is_some() || negative.is_some();
            if index + 1 == unit.sentences.len() {
                denies |= negative.is_some();
            }
            if named.is_empty() {
                continue;
            }
            let listed = topics.has("data") || (by_lead && !stated);
            let other = OTHER_TOPICS.iter().any(|topic| topics.has(topic));
            // Under a heading on data the list itself counts; elsewhere the sentence must say that data are processed.
            if !(listed && !other || stated) || self.is_form(unit, range) {
                continue;
            }
            let status = if negative.is_some() || (by_lead && !stated) {
                DataStatus::NotProcessed
            } else {
                DataStatus::Processed
            };
            self.add(unit, &named, status, listed, &mut seen, out);
        }
        denies
    }

    fn heading_denies(&self, node: usize) -> bool {
        let Some(parent) = self.context.outline.nodes[node].parent else { return false };
        if !self.context.outline.nodes[parent].is_heading {
            return false;
        }
        let unit = &self.context.units[parent];
        unit.mentions(self.context.lexicon, &(0..unit.tokens.len()), &[]).iter().any(|m| {
            Some(m.entry.file) == self.processing
                && self.context.lexicon.concept(m.entry).id == "not_processed"
        })
    }

    /// What a request must contain is no statement on processing; nor is what somebody must or may do with the data.
    fn is_form(&self, unit: &Unit, range: &std::ops::Range<usize>) -> bool {
        let sentence = frame::read(self.context, unit, range);
        let _ = self.obligations;
        sentence.form
    }

    fn add(
        &self,
        unit: &Unit,
        named: &[&Mention],
        status: DataStatus,
        listed: bool,
        seen: &mut HashSet<(usize, DataCategory, DataStatus)>,
        out: &mut Extraction,
    ) {
        let id = |mention: &Mention| self.context.lexicon.concept(mention.entry).id.as_str();
        let special = [
            "race_ethnicity",
            "political_opinion",
            "religion_belief",
            "intimate_life",
            "health",
            "biometric",
        ];
        let examples = named.iter().any(|m| special.contains(&id(m)));
        for mention in named {
            let Ok(kind) = id(mention).parse::<DataCategory>() else { continue };
            // A special category with examples gives the examples' kinds.
            if kind == DataCategory::SpecialCategories && examples {
                continue;
            }
            if is_address(unit, mention) || is_covered(named, mention) {
                continue;
            }
            let cue = format!("data/{}", kind.id());
            let sure = if listed { 0.95 } else { 0.85 };
            let fact = self.context.fact(unit, &mention.tokens, cue, sure, Data { kind, status });
            if seen.insert((fact.span.line, kind, status)) {
                out.facts.data_categories.push(fact);
            }
        }
    }
}

/// Words inside those of a longer name: `адрес` in `адрес электронной почты`.
fn is_covered(named: &[&Mention], mention: &Mention) -> bool {
    named.iter().any(|other| {
        other.entry.concept != mention.entry.concept
            && other.tokens.len() > mention.tokens.len()
            && other.tokens.start <= mention.tokens.start
            && mention.tokens.end <= other.tokens.end
    })
}

/// `адрес электронной почты info@…`, `телефон: +7 …`: a contact, not a category.
fn is_address(unit: &Unit, mention: &Mention) -> bool {
    let behind = mention.tokens.end..(mention.tokens.end + 7).min(unit.tokens.len());
    let kind = |token: usize| unit.tokens[token].kind;
    behind
        .clone()
        .take_while(|&token| !matches!(kind(token), Kind::Sign(',' | ';' | '(')))
        .any(|token| matches!(kind(token), Kind::Sign('@' | '+')))
}
