//! A record as rows: what the database and the Parquet files hold of it.

use crate::record::{Action, Bound, Code, DayType, Fact, Facts, Node, PolicyRecord, Span};

/// Status of a document that is a policy.
pub(super) const POLICY: &str = "policy";
/// Status of a document that is something else.
pub(super) const NOT_A_POLICY: &str = "not-a-policy";

/// A unit of the outline with its place in the tree.
#[derive(Debug)]
pub(super) struct NodeRow<'a> {
    pub(super) edition: usize,
    pub(super) parent: Option<&'a str>,
    pub(super) depth: usize,
    pub(super) node: &'a Node,
}

/// Calls `visit` for every node, parents before children, in the order of the text.
pub(super) fn nodes<'a>(record: &'a PolicyRecord, mut visit: impl FnMut(&NodeRow<'a>)) {
    for (edition, found) in record.editions.iter().enumerate() {
        // No recursion: the depth is the document's to choose.
        let mut stack: Vec<NodeRow<'a>> = rows_of(&found.structure, edition, None, 0).collect();
        while let Some(row) = stack.pop() {
            visit(&row);
            stack.extend(rows_of(&row.node.children, edition, Some(row.node.id.as_str()), row.depth + 1));
        }
    }
}

fn rows_of<'a>(
    nodes: &'a [Node],
    edition: usize,
    parent: Option<&'a str>,
    depth: usize,
) -> impl Iterator<Item = NodeRow<'a>> {
    nodes.iter().rev().map(move |node| NodeRow { edition, parent, depth, node })
}

/// A fact of any layer. What a layer does not have is nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct FactRow<'a> {
    pub(super) id: &'a str,
    pub(super) edition: usize,
    pub(super) node: &'a str,
    pub(super) layer: &'static str,
    /// Kind, contact type, or act.
    pub(super) kind: &'a str,
    /// Holder, bearer or party.
    pub(super) party: Option<&'static str>,
    pub(super) modality: Option<&'static str>,
    /// `processed`, `not_processed`; `stated` or `denied` in the layers that only have a kind.
    pub(super) status: Option<&'static str>,
    /// Contact value, defined term, label referred to, number of an act as written, detail.
    pub(super) value: Option<&'a str>,
    pub(super) iso: Option<&'a str>,
    pub(super) approx_days: Option<f64>,
    pub(super) day_type: Option<&'static str>,
    pub(super) bound: Option<&'static str>,
    pub(super) starts_from: Option<&'static str>,
    pub(super) action: Option<&'a str>,
    pub(super) purpose: Option<&'static str>,
    /// Node referred to; right or obligation that a deadline belongs to.
    pub(super) target: Option<&'a str>,
    /// Title and article of an act, meaning of a term.
    pub(super) title: Option<&'a str>,
    pub(super) article: Option<&'a str>,
    pub(super) condition: Option<&'a str>,
    pub(super) quote: &'a str,
    pub(super) cues: &'a [String],
    pub(super) confidence: f64,
    pub(super) span: Option<Span>,
}

/// Calls `visit` for every fact, layer by layer in the order of the JSON.
pub(super) fn facts<'a>(facts: &'a Facts, mut visit: impl FnMut(&FactRow<'a>)) {
    for fact in &facts.rights {
        let right = &fact.value;
        visit(&FactRow { kind: right.kind.id(), party: Some(right.holder.id()), ..row("rights", fact) });
    }
    for fact in &facts.obligations {
        let duty = &fact.value;
        visit(&FactRow {
            kind: duty.kind.id(),
            party: Some(duty.bearer.id()),
            modality: Some(duty.modality.id()),
            ..row("obligations", fact)
        });
    }
    for fact in &facts.data_categories {
        let data = &fact.value;
        visit(&FactRow {
            kind: data.kind.id(),
            status: Some(data.status.id()),
            ..row("data_categories", fact)
        });
    }
    for fact in &facts.deadlines {
        let deadline = &fact.value;
        visit(&FactRow {
            kind: deadline.kind.id(),
            iso: filled(&deadline.iso),
            approx_days: approx_days(&deadline.iso),
            day_type: deadline.day_type.map(DayType::id),
            bound: deadline.bound.map(Bound::id),
            starts_from: Some(deadline.trigger.id()),
            action: filled(action(&deadline.action)),
            target: deadline.applies_to.as_deref(),
            ..row("deadlines", fact)
        });
    }
    for fact in &facts.contacts {
        let contact = &fact.value;
        visit(&FactRow {
            kind: contact.kind.id(),
            party: Some(contact.party.id()),
            value: Some(&contact.value),
            purpose: Some(contact.purpose.id()),
            ..row("contacts", fact)
        });
    }
    for fact in &facts.definitions {
        let definition = &fact.value;
        visit(&FactRow {
            value: Some(&definition.term),
            title: filled(&definition.meaning),
            ..row("definitions", fact)
        });
    }
    for fact in &facts.citations {
        let citation = &fact.value;
        visit(&FactRow {
            kind: &citation.act,
            value: citation.number.as_deref(),
            title: citation.title.as_deref(),
            article: citation.article.as_deref(),
            ..row("citations", fact)
        });
    }
    for fact in &facts.references {
        let reference = &fact.value;
        visit(&FactRow {
            value: Some(&reference.label),
            target: reference.target.as_deref(),
            ..row("references", fact)
        });
    }
    typed("purposes", &facts.purposes, |kind| kind.id(), &mut visit);
    typed("legal_bases", &facts.legal_bases, |kind| kind.id(), &mut visit);
    typed("data_subjects", &facts.data_subjects, |kind| kind.id(), &mut visit);
    typed("recipients", &facts.recipients, |kind| kind.id(), &mut visit);
    typed("measures", &facts.measures, |kind| kind.id(), &mut visit);
    typed("operations", &facts.operations, |kind| kind.id(), &mut visit);
}

fn typed<'a, K: Copy>(
    layer: &'static str,
    facts: &'a [Fact<crate::record::Typed<K>>],
    id: impl Fn(K) -> &'static str,
    visit: &mut impl FnMut(&FactRow<'a>),
) {
    for fact in facts {
        visit(&FactRow {
            kind: id(fact.value.kind),
            status: Some(if fact.value.stated { "stated" } else { "denied" }),
            value: fact.value.detail.as_deref(),
            ..row(layer, fact)
        });
    }
}

fn row<'a, T>(layer: &'static str, fact: &'a Fact<T>) -> FactRow<'a> {
    FactRow {
        id: &fact.id,
        edition: fact.edition,
        node: &fact.node,
        layer,
        condition: fact.condition.as_deref(),
        quote: &fact.quote,
        cues: &fact.cues,
        confidence: fact.confidence,
        span: Some(fact.span),
        ..FactRow::default()
    }
}

fn action(action: &Action) -> &str {
    &action.0
}

fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// Days in an ISO 8601 duration, for sorting only: a month counts 30.44 days, a year 365.25.
pub(super) fn approx_days(iso: &str) -> Option<f64> {
    let rest = iso.strip_prefix('P')?;
    let (mut days, mut number, mut in_time, mut any) = (0.0, String::new(), false, false);
    for letter in rest.chars() {
        if letter == 'T' {
            in_time = true;
            continue;
        }
        if letter.is_ascii_digit() || letter == '.' {
            number.push(letter);
            continue;
        }
        let amount: f64 = number.parse().ok()?;
        number.clear();
        any = true;
        days += amount
            * match (letter, in_time) {
                ('Y', false) => 365.25,
                ('M', false) => 30.44,
                ('W', false) => 7.0,
                ('D', false) => 1.0,
                ('H', true) => 1.0 / 24.0,
                ('M', true) => 1.0 / 1440.0,
                ('S', true) => 1.0 / 86400.0,
                _ => return None,
            };
    }
    (any && number.is_empty()).then_some(days)
}

/// Languages of a record's editions, each once, in their order: `kk`, `kk+ru`.
pub(super) fn languages(record: &PolicyRecord) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for edition in &record.editions {
        if !seen.contains(&edition.language.id()) {
            seen.push(edition.language.id());
        }
    }
    if seen.is_empty() {
        return "unknown".to_owned();
    }
    seen.join("+")
}

/// Whether the parser takes the document for a policy. A document without any text is none.
pub(super) fn is_policy(record: &PolicyRecord) -> bool {
    says_policy(record.diagnostics.iter().map(|found| found.code))
}

/// The same from the codes of its diagnostics.
pub(super) fn says_policy(mut codes: impl Iterator<Item = Code>) -> bool {
    !codes.any(|code| matches!(code, Code::NotAPolicy | Code::EmptyDocument))
}

#[cfg(test)]
mod tests {
    use super::approx_days;

    #[test]
    fn durations_sort_by_their_length() {
        assert_eq!(approx_days("P30D"), Some(30.0));
        assert_eq!(approx_days("PT24H"), Some(1.0));
        assert!(approx_days("P1Y") > approx_days("P6M"));
        assert_eq!((approx_days(""), approx_days("P")), (None, None));
    }
}
